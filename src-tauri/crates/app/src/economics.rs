//! Unit economics as asked for: one fold of the cube for the period, one for the period before, formatted.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};
use domain::calendar::{Period, ReportingCalendar};
use domain::economics::ratios::{UnitCosts, cache_hit_share, output_input_ratio, tokens_per_session, unit_costs};
use domain::economics::{Cube, DayRow, Filter, Group, Series, SeriesPrice, Totals, drivers};
use domain::fx::FxRate;
use domain::money::{Currency, Femtos, Money};
use domain::price::PriceRow;
use domain::usage::Dimension;
use domain::vendor::{VendorDetails, provider_key};
use report::format;
use report::locale::Language;
use serde::{Deserialize, Serialize};
use store::dimension::Names;
use store::import::Import;
use store::workspace::Settings;
use ts_rs::TS;

use crate::view::{Change, ExplainKey, FigureValue, Sense, Tile, TokenTotals, Unpriced, change, change_points, money};
use crate::{AppError, Context, Result};
use report::chart::ChartSpec;

pub mod charts;

/// The cube with the names behind its numbers.
pub struct Loaded {
    pub cube: Cube,
    pub names: Names,
    pub prices: Vec<PriceRow>,
    pub rates: Vec<FxRate>,
    pub settings: Settings,
    pub calendar: ReportingCalendar,
    pub imports: Vec<Import>,
    pub last_hour: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EconomicsQuery {
    /// "2026-Q3", "2026-07", "2026" or "2026-07-01..2026-07-31".
    pub period: String,
    /// One or two dimensions.
    pub by: Vec<Dimension>,
    #[serde(default)]
    pub filters: Vec<DimensionFilter>,
    /// Rows shown; the rest is summed as "other". 0 shows all.
    #[serde(default)]
    pub limit: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DimensionFilter {
    pub dimension: Dimension,
    pub values: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PeriodView {
    pub key: String,
    pub label: String,
    #[ts(type = "string")]
    pub from: DateTime<Utc>,
    #[ts(type = "string")]
    pub to: DateTime<Utc>,
    pub days: u32,
    /// Not over yet: compared with the same number of days of the period before.
    pub partial: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PreviousPeriod {
    pub key: String,
    pub label: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EconomicsView {
    pub period: PeriodView,
    pub previous: Option<PreviousPeriod>,
    pub time_zone: String,
    #[ts(type = "string | null")]
    pub data_to: Option<DateTime<Utc>>,
    pub imports: u32,
    pub tiles: Vec<Tile>,
    pub chart: Option<ChartSpec>,
    pub waterfall: Option<ChartSpec>,
    pub dimensions: Vec<Dimension>,
    pub rows: Vec<EconomicsRow>,
    pub other: Option<EconomicsRow>,
    pub rows_total: u32,
    pub total: Option<EconomicsRow>,
    pub unpriced: Vec<Unpriced>,
    pub tokens_chart: Option<ChartSpec>,
    pub currency: Currency,
}

/// Asks for a dimension's values, to filter by.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DimensionValuesQuery {
    pub dimension: Dimension,
    /// Part of the value; empty finds all.
    pub text: String,
    pub limit: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DimensionValues {
    /// The first that match, by name.
    pub values: Vec<String>,
    /// How many match.
    pub total: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EconomicsRow {
    /// One value per dimension; "" is "not given".
    pub keys: Vec<String>,
    pub requests: Option<String>,
    pub sessions: Option<String>,
    pub successful_sessions: Option<String>,
    pub tokens: TokenTotals,
    pub tokens_total: String,
    pub spend: Option<Money>,
    pub cost_per_session: Option<Money>,
    pub cost_per_successful_session: Option<Money>,
    pub cost_per_request: Option<Money>,
    pub cost_per_1k_tokens: Option<Money>,
    pub tokens_per_session: Option<String>,
    pub cache_hit_share: Option<f64>,
    pub output_input_ratio: Option<f64>,
    /// Of spend, on the period before.
    pub change: Option<Change>,
    /// Of the period's spend, 0–1.
    pub share: Option<f64>,
    /// Spend per week, for a sparkline.
    pub trend: Vec<f64>,
    pub unpriced_tokens: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PeriodOption {
    pub key: String,
    pub label: String,
    pub kind: PeriodKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PeriodKind {
    Quarter,
    Month,
    Year,
}

/// The cube of the open workspace, read again only when usage changed.
pub(crate) async fn load(context: &Context) -> Result<Arc<Loaded>> {
    let open = context.app.open().await?;
    let mut snapshot = open.store.read().await?;
    let workspace = store::workspace::get(&mut snapshot).await?;
    let mut cached = open.cube.lock().await;
    if let Some((revision, loaded)) = cached.as_ref()
        && *revision == workspace.usage_revision
    {
        return Ok(loaded.clone());
    }
    let names = store::dimension::names(&mut snapshot).await?;
    let prices = store::price::all(&mut snapshot).await?;
    let price_index: HashMap<_, _> = prices.iter().enumerate().map(|(index, row)| (row.id, index)).collect();
    let stored = store::usage::series(&mut snapshot).await?;
    let mut place = HashMap::new();
    let series: Vec<Series> = stored
        .into_iter()
        .enumerate()
        .map(|(index, (id, key))| {
            place.insert(id, index as u32);
            let price = key.price.and_then(|id| price_index.get(&id).copied()).map(|row| SeriesPrice {
                row,
                band: key.band as usize,
                rates: prices[row].rates_of(key.band as usize),
                currency: prices[row].currency,
            });
            Series {
                source: key.source,
                values: key.values,
                price,
                known: key.known,
                reported_currency: key.reported_currency,
            }
        })
        .collect();
    let rows = store::usage::days(&mut snapshot)
        .await?
        .into_iter()
        .filter_map(|(day, id, measures)| Some(DayRow { day, series: *place.get(&id)?, measures }))
        .collect();
    let loaded = Arc::new(Loaded {
        cube: Cube::new(series, rows),
        names,
        prices,
        rates: store::fx::list(&mut snapshot).await?,
        calendar: workspace.settings.calendar()?,
        settings: workspace.settings,
        imports: store::import::list(&mut snapshot).await?,
        last_hour: store::usage::last_hour(&mut snapshot).await?,
    });
    *cached = Some((workspace.usage_revision, loaded.clone()));
    Ok(loaded)
}

/// A stretch of the time axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    pub first: NaiveDate,
    pub last: NaiveDate,
}

/// How long a bucket of the time axis is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    Day,
    Week,
    Month,
}

fn grain(first: NaiveDate, last: NaiveDate) -> Grain {
    match (last - first).num_days() {
        ..=100 => Grain::Day,
        101..=800 => Grain::Week,
        _ => Grain::Month,
    }
}

fn buckets(first: NaiveDate, last: NaiveDate, grain: Grain) -> Vec<Bucket> {
    let mut list = Vec::new();
    let mut at = first;
    while at <= last {
        let end = match grain {
            Grain::Day => at,
            Grain::Week => at + Duration::days(6 - i64::from(at.weekday().num_days_from_monday())),
            Grain::Month => {
                let next = if at.month() == 12 { (at.year() + 1, 1) } else { (at.year(), at.month() + 1) };
                NaiveDate::from_ymd_opt(next.0, next.1, 1).map_or(last, |first| first - Duration::days(1))
            }
        };
        list.push(Bucket { first: at, last: end.min(last) });
        at = end + Duration::days(1);
    }
    list
}

/// One row before formatting.
#[derive(Debug, Clone)]
pub struct Line {
    pub keys: Vec<String>,
    pub totals: Totals,
    pub before: Totals,
    pub spend: Vec<Femtos>,
}

/// A period folded, with the one before it.
pub struct Folded {
    pub period: Period,
    /// First and last day, cut at today while the period runs.
    pub days: (NaiveDate, NaiveDate),
    pub partial: bool,
    pub previous: Period,
    pub previous_days: (NaiveDate, NaiveDate),
    pub grain: Grain,
    pub buckets: Vec<Bucket>,
    /// How many of them are over: the one that runs, or that data does not reach the end of, is the last one.
    pub whole_buckets: usize,
    /// By spend, the most expensive first.
    pub lines: Vec<Line>,
    pub total: Totals,
    pub total_before: Totals,
}

/// Folds the cube for a query.
///
/// # Errors
/// A period or dimension that cannot be read; a missing exchange rate.
pub fn fold(loaded: &Loaded, query: &EconomicsQuery, today: NaiveDate) -> Result<Folded> {
    let period: Period =
        query.period.parse().map_err(|_| AppError::refused("bad-period").with("period", &query.period))?;
    if query.by.len() > 2 {
        return Err(AppError::refused("too-many-dimensions"));
    }
    let (first, end) = loaded.calendar.days(period);
    let partial = today >= first && today < end;
    // A running period reaches as far as its data: compared with more days than it has, anything would seem to fall.
    let data_day = loaded.last_hour.map_or(today, |hour| loaded.calendar.day_of_seconds(hour));
    let last = if partial { today.min(data_day).max(first) } else { end };
    let previous = loaded.calendar.previous(period);
    let (before_first, before_end) = loaded.calendar.days(previous);
    let before_last = if partial { before_end.min(before_first + (last - first)) } else { before_end };
    let filters: Vec<Filter> = query
        .filters
        .iter()
        .filter(|filter| !filter.values.is_empty())
        .map(|filter| Filter {
            dimension: filter.dimension,
            values: filter
                .values
                .iter()
                .filter_map(|value| loaded.names.id(filter.dimension, value))
                .collect::<HashSet<_>>(),
        })
        .collect();
    let grain = grain(first, last);
    let buckets = buckets(first, last, grain);
    let money = (loaded.settings.currency, loaded.rates.as_slice());
    let place = |day: NaiveDate| buckets.partition_point(|bucket| bucket.last < day);
    let now = loaded.cube.fold((first, last), &query.by, &filters, money, buckets.len(), place)?;
    let then = loaded.cube.fold((before_first, before_last), &query.by, &filters, money, 0, |_| 0)?;
    let mut before: HashMap<Vec<u32>, Totals> = then.into_iter().map(|group| (group.key, group.totals)).collect();
    let name = |key: &[u32]| key.iter().map(|id| loaded.names.name(*id).to_owned()).collect::<Vec<_>>();
    let mut lines: Vec<Line> = now
        .into_iter()
        .map(|Group { key, totals, spend }| Line {
            keys: name(&key),
            totals,
            before: before.remove(&key).unwrap_or_default(),
            spend,
        })
        .collect();
    // What has vanished still explains a change.
    lines.extend(before.into_iter().map(|(key, before)| Line {
        keys: name(&key),
        totals: Totals::default(),
        before,
        spend: vec![Femtos(0); buckets.len()],
    }));
    lines.sort_by(|a, b| {
        (b.totals.spend(), b.totals.measures.tokens.total(), &a.keys).cmp(&(
            a.totals.spend(),
            a.totals.measures.tokens.total(),
            &b.keys,
        ))
    });
    let (mut total, mut total_before) = (Totals::default(), Totals::default());
    for line in &lines {
        total.add(&line.totals);
        total_before.add(&line.before);
    }
    // Today is not over, and days without usage behind the last known one are not known to be empty.
    let known_to = loaded.last_hour.map(|hour| loaded.calendar.day_of_seconds(hour).min(today - Duration::days(1)));
    let whole_buckets = match known_to {
        Some(day) if partial => buckets.partition_point(|bucket| bucket.last <= day),
        _ => buckets.len(),
    };
    Ok(Folded {
        period,
        days: (first, last),
        partial,
        previous,
        previous_days: (before_first, before_last),
        grain,
        buckets,
        whole_buckets,
        lines,
        total,
        total_before,
    })
}

/// A period's name in a language.
pub fn period_label(calendar: &ReportingCalendar, period: Period, language: Language) -> String {
    match period {
        Period::Quarter(year, quarter) => format::quarter(year, quarter, language),
        Period::Month(..) => format::month(calendar.days(period).0, language),
        Period::Year(year) => year.to_string(),
        Period::Span(from, to) => format::period(from, to, language),
    }
}

/// What the period before is called in a comparison.
pub fn previous_label(context: &Context, loaded: &Loaded, folded: &Folded) -> String {
    let label = period_label(&loaded.calendar, folded.previous, context.language);
    if folded.partial {
        let days = (folded.days.1 - folded.days.0).num_days() + 1;
        context.text("economics-same-days", &[("period", label.into()), ("days", days.into())])
    } else {
        label
    }
}

/// The six key figures.
pub fn tiles(context: &Context, loaded: &Loaded, folded: &Folded) -> Vec<Tile> {
    let against = previous_label(context, loaded, folded);
    let currency = loaded.settings.currency;
    let (now, then) = (unit_costs(&folded.total), unit_costs(&folded.total_before));
    let (total, before) = (&folded.total, &folded.total_before);
    let amount = |key: &str, pick: fn(&UnitCosts) -> Option<i128>, sense, reason: &str| {
        let value = match money(pick(&now), currency) {
            Some(money) => FigureValue::Money { money },
            None => FigureValue::Unknown { reason: reason.to_owned() },
        };
        tile(key, value, change(pick(&now), pick(&then), sense, &against))
    };
    let has_usage = total.measures != domain::usage::Measures::default();
    let count = |key: &str, known: bool, value: u64, before: u64| {
        let value_now = known.then_some(i128::from(value));
        let figure = match value_now {
            Some(count) => FigureValue::Count { count: count.to_string() },
            None => {
                let reason = if key == "sessions" && has_usage { "no-sessions" } else { "no-data" };
                FigureValue::Unknown { reason: reason.to_owned() }
            }
        };
        tile(key, figure, change(value_now, Some(i128::from(before)), Sense::Neutral, &against))
    };
    let cost_reason = if total.measures.requests == 0 && !total.costed { "no-data" } else { "unpriced" };
    let session_reason = if total.known.sessions { cost_reason } else { "no-sessions" };
    let outcome_reason = if total.known.successful_sessions { cost_reason } else { "no-outcomes" };
    let (hits, hits_before) = (cache_hit_share(total), cache_hit_share(before));
    let share_reason = if total.known.tokens && !total.known.cache { "no-cache-split" } else { "no-data" };
    let share =
        hits.map_or(FigureValue::Unknown { reason: share_reason.to_owned() }, |share| FigureValue::Share { share });
    vec![
        amount("spend", |c| c.spend, Sense::Neutral, cost_reason),
        count("sessions", total.known.sessions, total.measures.sessions, before.measures.sessions),
        amount("cost-per-session", |c| c.per_session, Sense::MoreIsBad, session_reason),
        amount("cost-per-successful-session", |c| c.per_successful_session, Sense::MoreIsBad, outcome_reason),
        count("tokens", total.known.tokens, total.measures.tokens.total(), before.measures.tokens.total()),
        tile("cache-hit-share", share, change_points(hits, hits_before, Sense::MoreIsGood, &against)),
    ]
}

fn tile(key: &str, value: FigureValue, change: Option<Change>) -> Tile {
    Tile { key: key.to_owned(), value, change, explain: ExplainKey { figure: key.to_owned(), row: None } }
}

/// A line as the wire carries it.
pub fn row(loaded: &Loaded, folded: &Folded, line: &Line, against: &str) -> EconomicsRow {
    let currency = loaded.settings.currency;
    let (totals, measures) = (&line.totals, &line.totals.measures);
    let costs = unit_costs(totals);
    let whole = folded.total.spend();
    let known = |known: bool, value: u64| known.then(|| value.to_string());
    EconomicsRow {
        keys: line.keys.clone(),
        requests: known(totals.known.requests, measures.requests),
        sessions: known(totals.known.sessions, measures.sessions),
        successful_sessions: known(totals.known.successful_sessions, measures.successful_sessions),
        tokens: TokenTotals::of(&measures.tokens, totals.known),
        tokens_total: measures.tokens.total().to_string(),
        spend: money(costs.spend, currency),
        cost_per_session: money(costs.per_session, currency),
        cost_per_successful_session: money(costs.per_successful_session, currency),
        cost_per_request: money(costs.per_request, currency),
        cost_per_1k_tokens: money(costs.per_1k_tokens, currency),
        tokens_per_session: tokens_per_session(totals).map(|tokens| tokens.to_string()),
        cache_hit_share: cache_hit_share(totals),
        output_input_ratio: output_input_ratio(totals),
        change: change(costs.spend, unit_costs(&line.before).spend, Sense::Neutral, against),
        share: (totals.costed && whole.0 > 0).then(|| totals.spend().0 as f64 / whole.0 as f64),
        trend: trend(line, folded),
        unpriced_tokens: totals.unpriced.total().to_string(),
    }
}

/// Spend per week as geometry; longer buckets stay as they are. Weeks are counted back from the last whole day: a week cut
/// short would look like a fall.
fn trend(line: &Line, folded: &Folded) -> Vec<f64> {
    let days = &line.spend[..folded.whole_buckets.min(line.spend.len())];
    if folded.grain != Grain::Day || days.len() < 14 {
        return days.iter().map(|spend| units(*spend)).collect();
    }
    days[days.len() % 7..].chunks(7).map(|week| units(week.iter().copied().sum())).collect()
}

/// Currency units as a position; never shown as a number.
pub(crate) fn units(amount: Femtos) -> f64 {
    amount.0 as f64 / 1e15
}

/// Sums lines into one.
pub(crate) fn sum<'a>(lines: impl Iterator<Item = &'a Line>, keys: Vec<String>, buckets: usize) -> Line {
    let mut sum = Line { keys, totals: Totals::default(), before: Totals::default(), spend: vec![Femtos(0); buckets] };
    for line in lines {
        sum.totals.add(&line.totals);
        sum.before.add(&line.before);
        for (mine, theirs) in sum.spend.iter_mut().zip(&line.spend) {
            *mine += *theirs;
        }
    }
    sum
}

/// Lines summed by their first dimension.
pub(crate) fn by_first(folded: &Folded) -> Vec<Line> {
    let mut order: Vec<&str> = Vec::new();
    let mut groups: HashMap<&str, Vec<&Line>> = HashMap::new();
    for line in &folded.lines {
        let key = line.keys.first().map_or("", String::as_str);
        if !groups.contains_key(key) {
            order.push(key);
        }
        groups.entry(key).or_default().push(line);
    }
    let mut lines: Vec<Line> = order
        .into_iter()
        .map(|key| sum(groups[key].iter().copied(), vec![key.to_owned()], folded.buckets.len()))
        .collect();
    lines.sort_by_key(|line| std::cmp::Reverse((line.totals.spend(), line.totals.measures.tokens.total())));
    lines
}

pub async fn economics(context: &Context, query: EconomicsQuery) -> Result<EconomicsView> {
    let loaded = load(context).await?;
    let today = loaded.calendar.day_of(context.now());
    view(context, &loaded, &query, today)
}

/// The whole view of a query.
///
/// # Errors
/// As [`fold`].
pub fn view(context: &Context, loaded: &Loaded, query: &EconomicsQuery, today: NaiveDate) -> Result<EconomicsView> {
    let by = if query.by.is_empty() { vec![Dimension::Feature] } else { query.by.clone() };
    let query = &EconomicsQuery { by, ..query.clone() };
    let folded = fold(loaded, query, today)?;
    let against = previous_label(context, loaded, &folded);
    let present: Vec<&Line> = folded.lines.iter().filter(|l| l.totals != Totals::default()).collect();
    let limit = if query.limit == 0 { usize::MAX } else { query.limit as usize };
    // One line too many is shown rather than summed into an "other" of one.
    let shown = if present.len() <= limit.saturating_add(1) { present.len() } else { limit };
    let rows = present[..shown].iter().map(|line| row(loaded, &folded, line, &against)).collect();
    let other = (shown < present.len())
        .then(|| sum(present[shown..].iter().copied(), vec![String::new(); query.by.len()], folded.buckets.len()))
        .map(|line| row(loaded, &folded, &line, &against));
    let whole = sum(folded.lines.iter(), vec![], folded.buckets.len());
    let (first, end) = loaded.calendar.bounds(folded.period);
    let drivers_by = EconomicsQuery { by: vec![Dimension::Feature, Dimension::Model], ..query.clone() };
    let groups: Vec<_> =
        fold(loaded, &drivers_by, today)?.lines.iter().map(|l| (l.totals, l.before)).map(|(a, b)| (b, a)).collect();
    let waterfall = drivers(&groups).map(|d| charts::waterfall(context, loaded, &folded, &d));
    Ok(EconomicsView {
        period: PeriodView {
            key: folded.period.to_string(),
            label: period_label(&loaded.calendar, folded.period, context.language),
            from: first,
            to: end,
            days: ((folded.days.1 - folded.days.0).num_days() + 1).clamp(0, i64::from(u32::MAX)) as u32,
            partial: folded.partial,
        },
        previous: (folded.total_before != Totals::default())
            .then(|| PreviousPeriod { key: folded.previous.to_string(), label: against.clone() }),
        time_zone: loaded.settings.time_zone.clone(),
        data_to: loaded.last_hour.and_then(|hour| DateTime::from_timestamp(hour + 3600, 0)),
        imports: imports_within(loaded, folded.days).len() as u32,
        tiles: tiles(context, loaded, &folded),
        chart: folded.total.costed.then(|| charts::spend_over_time(context, loaded, query, &folded)),
        waterfall,
        dimensions: query.by.clone(),
        rows,
        other,
        rows_total: present.len() as u32,
        total: (!present.is_empty()).then(|| row(loaded, &folded, &whole, &against)),
        unpriced: unpriced(loaded, query, today)?,
        tokens_chart: (folded.total.measures.tokens.total() > 0).then(|| charts::token_mix(context, query, &folded)),
        currency: loaded.settings.currency,
    })
}

/// Imports that told of some day from the first to the last, the earliest first.
pub(crate) fn imports_within(loaded: &Loaded, (first, last): (NaiveDate, NaiveDate)) -> Vec<ImportDays<'_>> {
    let mut within: Vec<ImportDays<'_>> = loaded
        .imports
        .iter()
        .filter_map(|import| {
            let (from, to) = import.hours?;
            let (from_day, to_day) = (loaded.calendar.day_of_seconds(from), loaded.calendar.day_of_seconds(to));
            (from_day <= last && to_day >= first).then_some(ImportDays { import, first: from_day, last: to_day })
        })
        .collect();
    within.sort_by_key(|used| (used.first, used.import.imported_at));
    within
}

/// An import with the first and last day it tells of.
pub(crate) struct ImportDays<'a> {
    pub import: &'a Import,
    pub first: NaiveDate,
    pub last: NaiveDate,
}

/// Traffic of the period without a price, most tokens first.
pub(crate) fn unpriced(loaded: &Loaded, query: &EconomicsQuery, today: NaiveDate) -> Result<Vec<Unpriced>> {
    let query = EconomicsQuery { by: vec![Dimension::Vendor, Dimension::Model], ..query.clone() };
    let folded = fold(loaded, &query, today)?;
    let mut lines: Vec<&Line> = folded.lines.iter().filter(|l| l.totals.unpriced.total() > 0).collect();
    lines.sort_by_key(|l| std::cmp::Reverse(l.totals.unpriced.total()));
    Ok(lines
        .into_iter()
        .map(|l| Unpriced {
            vendor: l.keys[0].clone(),
            model: l.keys[1].clone(),
            requests: l.totals.unpriced_requests.to_string(),
            tokens: l.totals.unpriced.total().to_string(),
        })
        .collect())
}

/// A dimension's values, the first that match what was typed: there may be as many tenants as a company has customers.
pub async fn dimension_values(context: &Context, query: DimensionValuesQuery) -> Result<DimensionValues> {
    let loaded = load(context).await?;
    let wanted = query.text.trim().to_lowercase();
    let ids: HashSet<u32> = loaded.cube.series().iter().map(|s| s.values[query.dimension.index()]).collect();
    let mut values: Vec<&str> = ids
        .into_iter()
        .map(|id| loaded.names.name(id))
        .filter(|name| wanted.is_empty() || name.to_lowercase().contains(&wanted))
        .collect();
    values.sort_unstable();
    let total = values.len() as u32;
    values.truncate(query.limit.min(1_000) as usize);
    Ok(DimensionValues { values: values.into_iter().map(str::to_owned).collect(), total })
}

/// Quarters, months and years from the first to the last that holds data, newest first; the running ones where there is
/// none yet.
pub async fn periods(context: &Context, (): ()) -> Result<Vec<PeriodOption>> {
    let loaded = load(context).await?;
    let today = loaded.calendar.day_of(context.now());
    let (first, last) = loaded.cube.span().unwrap_or((today, today));
    let mut options = Vec::new();
    let option = |period: Period, kind| PeriodOption {
        key: period.to_string(),
        label: period_label(&loaded.calendar, period, context.language),
        kind,
    };
    let mut quarter = loaded.calendar.quarter_of(last);
    while loaded.calendar.days(quarter).1 >= first && options.len() < 40 {
        options.push(option(quarter, PeriodKind::Quarter));
        quarter = loaded.calendar.previous(quarter);
    }
    let mut month = Period::Month(last.year(), last.month());
    let quarters = options.len();
    while loaded.calendar.days(month).1 >= first && options.len() < quarters + 36 {
        options.push(option(month, PeriodKind::Month));
        month = loaded.calendar.previous(month);
    }
    let year_of = |day| match loaded.calendar.quarter_of(day) {
        Period::Quarter(year, _) => year,
        _ => day.year(),
    };
    for year in (year_of(first)..=year_of(last)).rev() {
        options.push(option(Period::Year(year), PeriodKind::Year));
    }
    Ok(options)
}

/// A model's traffic in the running quarter, to be matched with vendors.
pub(crate) struct ModelUse {
    pub vendor: String,
    pub model: String,
    pub requests: u64,
    pub spend: Option<i128>,
}

impl ModelUse {
    pub(crate) fn is_of(&self, vendor: &VendorDetails) -> bool {
        let key = provider_key(&self.vendor);
        !key.is_empty() && (key == provider_key(&vendor.name) || vendor.provider_keys.contains(&key))
    }
}

pub(crate) async fn models_this_quarter(context: &Context) -> Result<Vec<ModelUse>> {
    let loaded = load(context).await?;
    let today = loaded.calendar.day_of(context.now());
    let query = EconomicsQuery {
        period: loaded.calendar.quarter_of(today).to_string(),
        by: vec![Dimension::Vendor, Dimension::Model],
        filters: vec![],
        limit: 0,
    };
    // A missing exchange rate is said on Home and in economics; the list of vendors shows spend as unknown.
    let folded = match fold(&loaded, &query, today) {
        Err(AppError::MissingRate(_)) => return Ok(Vec::new()),
        other => other?,
    };
    Ok(folded
        .lines
        .iter()
        .filter(|l| l.totals != Totals::default())
        .map(|l| ModelUse {
            vendor: l.keys[0].clone(),
            model: l.keys[1].clone(),
            requests: l.totals.measures.requests,
            spend: unit_costs(&l.totals).spend,
        })
        .collect())
}

/// What a vendor's models cost together; unknown if none of them is priced.
pub(crate) fn spend_of(models: &[&ModelUse], currency: Currency) -> Option<Money> {
    let costs: Vec<i128> = models.iter().filter_map(|m| m.spend).collect();
    (!costs.is_empty()).then(|| Money::from_nanos(costs.iter().sum(), currency))
}
