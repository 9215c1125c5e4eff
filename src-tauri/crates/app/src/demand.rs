//! Demand per minute and latency of each vendor's models over a period.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate};
use domain::calendar::{Period, utc_day};
use domain::demand::{DayMinutes, HourMinutes, Rate, by_day};
use domain::economics::traffic::{Counting, Line, Traffic};
use domain::latency::{LatencySketch, Span};
use domain::usage::Dimension;
use report::format;

use crate::economics::{Loaded, PeriodView, load, period_label};
use crate::{AppError, Context, Result};

mod wire;

pub use wire::*;

/// Highest minutes named per rate.
const PEAKS: usize = 5;

const HOUR: i64 = 3_600;

/// What is known of one vendor's model.
#[derive(Default)]
struct Known {
    days: BTreeMap<NaiveDate, DayMinutes>,
    latencies: BTreeMap<NaiveDate, LatencySketch>,
}

pub async fn demand(context: &Context, query: DemandQuery) -> Result<DemandView> {
    let loaded = load(context).await?;
    let period: Period =
        query.period.parse().map_err(|_| AppError::refused("bad-period").with("period", &query.period))?;
    let (first, last) = loaded.calendar.days(period);
    let counting = Counting::of(&loaded.cube, first, last);
    let wanted = Wanted::of(&query);
    let known = read(context, &loaded, &counting, (period, first, last), &wanted).await?;
    let lines: BTreeSet<Line> = counting.traffic.keys().chain(known.keys()).copied().collect();
    let none = (BTreeMap::new(), Known::default());
    let mut rows: Vec<(u64, DemandRow)> = lines
        .into_iter()
        .filter(|line| wanted.has(&loaded, *line))
        .map(|line| {
            let traffic = counting.traffic.get(&line).unwrap_or(&none.0);
            let known = known.get(&line).unwrap_or(&none.1);
            row(&loaded, line, traffic, known, query.by_day)
        })
        .collect();
    rows.sort_by(|(a, one), (b, other)| {
        Reverse(a).cmp(&Reverse(b)).then_with(|| (&one.vendor, &one.model).cmp(&(&other.vendor, &other.model)))
    });
    let (from, to) = loaded.calendar.bounds(period);
    Ok(DemandView {
        period: PeriodView {
            key: period.to_string(),
            label: period_label(&loaded.calendar, period, context.language),
            from,
            first,
            to,
            days: ((last - first).num_days() + 1).unsigned_abs() as u32,
            partial: context.now() < to,
        },
        time_zone: loaded.settings.time_zone.clone(),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
    })
}

/// Which vendors and models are asked for; empty is all.
struct Wanted<'q> {
    vendors: &'q [String],
    models: &'q [String],
}

impl<'q> Wanted<'q> {
    fn of(query: &'q DemandQuery) -> Self {
        Self { vendors: &query.vendors, models: &query.models }
    }

    fn has(&self, loaded: &Loaded, (vendor, model): Line) -> bool {
        let among = |names: &[String], id| names.is_empty() || names.iter().any(|name| name == loaded.names.name(id));
        among(self.vendors, vendor) && among(self.models, model)
    }
}

/// Reads the minutes and sketches that count of the days `first..=last`.
async fn read(
    context: &Context,
    loaded: &Loaded,
    counting: &Counting,
    (period, first, last): (Period, NaiveDate, NaiveDate),
    wanted: &Wanted<'_>,
) -> Result<HashMap<Line, Known>> {
    let (from, to) = loaded.calendar.bounds(period);
    // A day may begin within an hour of UTC.
    let stretch = (from.timestamp().div_euclid(HOUR) * HOUR, to.timestamp());
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let mut hours: HashMap<Line, BTreeMap<i64, HourMinutes>> = HashMap::new();
    let days_at = |at: i64| (loaded.calendar.day_of_seconds(at), utc_day(at));
    store::demand::each_minutes(&mut snapshot, stretch, |hour, source, line, mut minutes| {
        if !wanted.has(loaded, line) {
            return;
        }
        if counting.has_exceptions() {
            let mut counted = HourMinutes::default();
            for (minute, totals) in minutes.each() {
                if counting.counts(days_at(hour + i64::from(minute) * 60), source, line) {
                    counted.add(minute, totals);
                }
            }
            minutes = counted;
        }
        hours.entry(line).or_default().entry(hour).or_default().merge(&minutes);
    })
    .await?;
    let series: HashMap<u32, (u32, Line)> = store::usage::series(&mut snapshot)
        .await?
        .into_iter()
        .map(|(id, key)| {
            (id, (key.source, (key.values[Dimension::Vendor.index()], key.values[Dimension::Model.index()])))
        })
        .collect();
    let mut known: HashMap<Line, Known> = HashMap::new();
    store::demand::each_latency(&mut snapshot, stretch, |at, id, sketch| {
        let Some((source, line)) = series.get(&id).copied() else { return Ok(()) };
        let (day, utc_day) = days_at(at);
        let counts = (first..=last).contains(&day) && counting.counts((day, utc_day), source, line);
        if !counts || !wanted.has(loaded, line) {
            return Ok(());
        }
        known.entry(line).or_default().latencies.entry(day).or_default().merge_bytes(sketch)
    })
    .await?;
    for (line, hours) in hours {
        let mut days = by_day(&loaded.calendar, hours.iter().map(|(hour, minutes)| (*hour, minutes)));
        days.retain(|day, _| (first..=last).contains(day));
        known.entry(line).or_default().days = days;
    }
    Ok(known)
}

/// A vendor's model with its requests, by which rows are sorted.
fn row(
    loaded: &Loaded,
    (vendor, model): Line,
    traffic: &BTreeMap<NaiveDate, Traffic>,
    known: &Known,
    with_days: bool,
) -> (u64, DemandRow) {
    let mut whole: Option<Traffic> = None;
    for traffic in traffic.values() {
        whole = Some(whole.map_or(*traffic, |mut sum| {
            sum.add(traffic);
            sum
        }));
    }
    let (mut minutes, mut sketch) = (DayMinutes::default(), LatencySketch::default());
    known.days.values().for_each(|day| minutes.merge(day));
    known.latencies.values().for_each(|day| sketch.merge(day));
    let days: BTreeSet<NaiveDate> =
        traffic.keys().chain(known.days.keys()).chain(known.latencies.keys()).copied().collect();
    let by_day = days.iter().filter(|_| with_days).map(|day| DemandDay {
        day: *day,
        figures: figures(loaded, traffic.get(day), known.days.get(day), known.latencies.get(day)),
    });
    let requests = whole.map_or(minutes.sum().requests, |whole| whole.sum.requests);
    let row = DemandRow {
        vendor_name: loaded.vendors.label(loaded.names.name(vendor)),
        vendor: loaded.names.name(vendor).to_owned(),
        model: loaded.names.name(model).to_owned(),
        days: known.days.len() as u32,
        requests_total: requests.to_string(),
        figures: figures(loaded, whole.as_ref(), Some(&minutes).filter(|_| !known.days.is_empty()), Some(&sketch)),
        by_day: by_day.collect(),
    };
    (requests, row)
}

fn figures(
    loaded: &Loaded,
    traffic: Option<&Traffic>,
    minutes: Option<&DayMinutes>,
    sketch: Option<&LatencySketch>,
) -> DemandFigures {
    let rate = |rate: Rate| {
        let minutes =
            minutes.filter(|_| rate == Rate::Requests || traffic.is_none_or(|traffic| traffic.knows_tokens))?;
        let distribution = minutes.distribution(rate, PEAKS);
        let all = traffic.map_or(0, |traffic| traffic.sum.get(rate));
        let peaks = distribution.highest.iter().filter_map(|peak| {
            let at = DateTime::from_timestamp(peak.at, 0)?;
            let local = at.with_timezone(&loaded.calendar.zone).format("%Y-%m-%d %H:%M").to_string();
            Some(PeakMinute { at, local, total: peak.total.to_string() })
        });
        Some(MinuteFigures {
            p50: distribution.p50.to_string(),
            p95: distribution.p95.to_string(),
            p99: distribution.p99.to_string(),
            max: distribution.max().to_string(),
            peaks: peaks.collect(),
            coverage: coverage(minutes.sum().get(rate), all),
        })
    };
    let latency = |span: Span| {
        let sketch = sketch?;
        let [p50, p95, p99] = sketch.percentiles(span, [0.5, 0.95, 0.99])?.map(duration);
        let known = sketch.known(span);
        let all = traffic.map_or(known, |traffic| traffic.sum.requests);
        Some(LatencyFigures { p50, p95, p99, known: known.to_string(), coverage: coverage(known, all) })
    };
    DemandFigures {
        requests: rate(Rate::Requests),
        input_tokens: rate(Rate::InputTokens),
        output_tokens: rate(Rate::OutputTokens),
        latency: latency(Span::EndToEnd),
        first_token: latency(Span::FirstToken),
    }
}

/// How much of a whole a part is, where it is not all of it.
fn coverage(part: u64, whole: u64) -> Option<f64> {
    (part < whole).then(|| part as f64 / whole as f64)
}

fn duration(micros: f64) -> Duration {
    let micros = micros.round() as u64;
    Duration { micros, text: format::duration(micros) }
}
