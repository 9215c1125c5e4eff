//! What a planned file holds, beside what it changes: its cost by model and its volume over time.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Timelike};
use domain::calendar::{ReportingCalendar, utc_day};
use domain::coverage::{Grain, Volume};
use domain::economics::by_model;
use domain::economics::by_model::{ModelCost, Part, Source};
use domain::money::{Currency, Money};
use domain::price_book::PriceBook;
use domain::usage::{Known, Measures};
use domain::vendor::VendorNames;
use ingest::UsageBatch;
use report::chart::{Axis, ChartSpec, ColourToken, Marks, Series, Tick};
use report::format;
use report::table::{Align, Cell, TableColumn, TableSpec};

use super::{CostSource, ModelRow};
use crate::view::position;
use crate::{Context, Result};

/// Cost by model, each part by its own evidence.
pub(super) fn models(batch: &UsageBatch, book: &PriceBook, vendors: &VendorNames) -> Vec<ModelRow> {
    let rows: HashMap<_, _> = book.rows().iter().map(|row| (row.id, row)).collect();
    let parts = batch.series.iter().zip(&batch.by_series).map(|(series, measures)| {
        let [vendor, model, ..] = &series.values;
        let price = series.price.and_then(|id| rows.get(&id)).map(|row| (*row, series.band as usize));
        let tells_tokens = batch.known.tokens && series.shape.tells_tokens;
        let part = Part { measures, basis: series.basis, price, stated_in: batch.reported_currency, tells_tokens };
        ((vendor.clone(), model.clone()), part)
    });
    by_model(parts)
        .into_iter()
        .map(|((vendor, model), cost)| ModelRow {
            vendor_name: vendors.label(&vendor),
            vendor,
            model,
            requests: batch.known.requests.then(|| cost.requests.to_string()),
            tokens: batch.known.tokens.then(|| cost.tokens.to_string()),
            unpriced_tokens: cost.unpriced_tokens.to_string(),
            cost: amounts(&cost),
            sources: cost.sources.into_iter().map(source).collect(),
        })
        .collect()
}

fn amounts(cost: &ModelCost) -> Vec<Money> {
    cost.costs.iter().map(|(currency, sum)| Money::from_nanos(sum.to_nanos(), *currency)).collect()
}

fn source(source: Source) -> CostSource {
    match source {
        Source::Price(layer, name) => CostSource::Price { layer, name },
        Source::Stated => CostSource::Stated,
        Source::Charged => CostSource::Charged,
        Source::Unpriced => CostSource::Unpriced,
    }
}

/// What is counted over time: what a file is able to say, the plainest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    Requests,
    Tokens,
    Stated(Currency),
}

impl Counted {
    pub(super) fn of(known: Known, currency: Currency) -> Self {
        match (known.requests, known.tokens) {
            (true, _) => Counted::Requests,
            (false, true) => Counted::Tokens,
            (false, false) => Counted::Stated(currency),
        }
    }

    pub(super) fn count(self, measures: &Measures) -> i128 {
        match self {
            Counted::Requests => measures.requests.into(),
            Counted::Tokens => measures.tokens.total().into(),
            Counted::Stated(_) => measures.reported_nanos,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Counted::Requests => "requests",
            Counted::Tokens => "tokens",
            Counted::Stated(_) => "stated",
        }
    }
}

const HOUR: i64 = 3_600;

/// The unit of a grain that a cell lies in: a row of a date is of that date, wherever it is reported.
pub(super) fn unit(calendar: &ReportingCalendar, grain: Grain, hour: i64, is_daily: bool) -> i64 {
    match (grain, is_daily) {
        (Grain::Hour, _) => hour.div_euclid(HOUR),
        (Grain::Day, true) => epoch_day(utc_day(hour)),
        (Grain::Day, false) => epoch_day(calendar.day_of_seconds(hour)),
    }
}

pub(super) fn epoch_day(day: NaiveDate) -> i64 {
    (day - DateTime::UNIX_EPOCH.date_naive()).num_days()
}

pub(super) fn from_epoch_day(day: i64) -> NaiveDate {
    DateTime::UNIX_EPOCH.date_naive() + chrono::Duration::days(day)
}

/// A planned file's volume over time.
pub(super) fn volume(context: &Context, batch: &UsageBatch, calendar: &ReportingCalendar) -> Result<Option<ChartSpec>> {
    const SECOND: i64 = 1_000_000_000;
    let Some((first, last)) = batch.span else { return Ok(None) };
    let is_daily = batch.series.iter().any(|series| series.shape.is_daily);
    let grain = Grain::of(first.div_euclid(SECOND), last.div_euclid(SECOND), is_daily);
    let counted = Counted::of(batch.known, batch.reported_currency);
    let (mut rows, mut buffer) = (HashMap::<i64, i128>::new(), Vec::new());
    for hour in batch.cells.hours() {
        batch.cells.each(hour, &mut buffer, |series, measures| {
            let is_daily = batch.series[series as usize].shape.is_daily;
            *rows.entry(unit(calendar, grain, hour.hour, is_daily)).or_default() += counted.count(&measures);
        })?;
    }
    Ok(Volume::of(rows).map(|volume| chart(context, calendar, (grain, counted), &volume)))
}

/// A volume as a chart: a block for each unit, and nothing where nothing is told.
pub(super) fn chart(
    context: &Context,
    calendar: &ReportingCalendar,
    (grain, counted): (Grain, Counted),
    volume: &Volume,
) -> ChartSpec {
    let language = context.language;
    let grain_word = if grain == Grain::Hour { "hour" } else { "day" };
    let local = |unit: i64| {
        let at = DateTime::from_timestamp(unit * HOUR, 0).unwrap_or_default();
        at.with_timezone(&calendar.zone).naive_local()
    };
    let label = |unit: i64| match grain {
        Grain::Hour => format!("{}, {}", format::date(local(unit).date(), language), local(unit).format("%H:%M")),
        Grain::Day => format::date(from_epoch_day(unit), language),
    };
    let amount = |count: i128| match counted {
        Counted::Stated(currency) => format::money(count, currency.code(), language),
        _ => format::count(count),
    };
    let at = |unit: i64| match grain {
        Grain::Hour => unit as f64,
        Grain::Day => position(from_epoch_day(unit)),
    };
    let units: Vec<i64> = (0..volume.counts.len() as i64).map(|step| volume.first + step).collect();
    let last = units.last().copied().unwrap_or(volume.first);
    let values: Vec<Option<f64>> = volume
        .counts
        .iter()
        .map(|count| {
            count.map(|count| match counted {
                Counted::Stated(_) => count as f64 / domain::money::NANOS_PER_UNIT as f64,
                _ => count as f64,
            })
        })
        .collect();
    let labels: Vec<String> =
        volume.counts.iter().map(|count| count.map_or_else(|| format::UNKNOWN.to_owned(), amount)).collect();
    let x_labels: Vec<String> = units.iter().map(|unit| label(*unit)).collect();
    let name = context.text(&format!("volume-{}", counted.word()), &[]);
    let silent = volume.silent();
    let title = context.text(
        &format!("volume-title-{grain_word}"),
        &[("what", name.clone().into()), ("silent", silent.into()), ("all", units.len().into())],
    );
    let subtitle = match grain {
        Grain::Hour => context.text(
            "volume-subtitle-hour",
            &[("from", label(volume.first).into()), ("to", label(last).into()), ("zone", calendar.zone.name().into())],
        ),
        Grain::Day => format::period(from_epoch_day(volume.first), from_epoch_day(last), language),
    };
    let greatest = volume.counts.iter().flatten().copied().max().unwrap_or(0).max(0);
    let least = volume.counts.iter().flatten().copied().min().unwrap_or(0).min(0);
    let y = match counted {
        Counted::Stated(currency) => format::money_axis(least, greatest, 4, currency.code(), "", language),
        _ => format::count_axis(least, greatest, 4, "", language),
    };
    let ticks = match grain {
        Grain::Hour => {
            let step = [1, 2, 3, 6, 12, 24].into_iter().find(|step| units.len() as i64 / step <= 9).unwrap_or(24);
            let on_step = |unit: &&i64| i64::from(local(**unit).hour()) % step == 0;
            let tick = |unit: &i64| {
                let time = local(*unit);
                // The day is said where it begins.
                let label = match time.hour() {
                    0 => format::day(time.date(), language),
                    _ => time.format("%H:%M").to_string(),
                };
                Tick { at: at(*unit), label }
            };
            units.iter().filter(on_step).map(tick).collect()
        }
        Grain::Day => format::time_ticks(from_epoch_day(volume.first), from_epoch_day(last), 8, language)
            .into_iter()
            .map(|tick| Tick { at: position(tick.date), label: tick.label })
            .filter(|tick| tick.at >= at(volume.first) && tick.at <= at(last))
            .collect(),
    };
    let unit_title = context.text(&format!("volume-{grain_word}"), &[]);
    let column = |title: String, align| TableColumn { title, align, weight: 1.0 };
    let table = TableSpec {
        columns: vec![column(unit_title, Align::Left), column(name.clone(), Align::Right)],
        rows: x_labels.iter().zip(&labels).map(|(x, y)| vec![Cell::plain(x.clone()), Cell::plain(y.clone())]).collect(),
        total: None,
    };
    ChartSpec {
        summary: format!("{title}. {subtitle}"),
        title,
        subtitle,
        x: Axis { label: String::new(), min: at(volume.first) - 0.5, max: at(last) + 0.5, ticks },
        y,
        marks: Marks::StackedArea {
            x: units.iter().map(|unit| at(*unit)).collect(),
            x_labels,
            series: vec![Series { name, colour: ColourToken::Series1, values, labels }],
            step: true,
        },
        annotations: vec![],
        table,
    }
}
