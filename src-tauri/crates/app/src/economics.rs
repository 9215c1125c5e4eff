//! Unit economics as asked for: one fold of the cube for the period, one for the period before, formatted.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Datelike, NaiveDate};
use domain::calendar::{Period, ReportingCalendar, utc_day};
use domain::economics::ratios::{
    Covered, UnitCosts, cache_hit_share, output_input_ratio, tokens_per_session, unit_costs,
};
use domain::economics::{Cube, DayRow, Days, Precedence, Series, Totals, drivers};
use domain::fx::FxRate;
use domain::money::{Femtos, Money};
use domain::price::PriceRow;
use domain::price_book::PriceBook;
use domain::usage::Dimension;
use domain::vendor::VendorNames;
use report::format;
use report::locale::Language;
use store::Snapshot;
use store::dimension::Names;
use store::import::{FeedPair, Import};
use store::usage::Day;
use store::workspace::{Settings, Workspace};

use tokio::sync::Mutex;

use crate::frame::Kept;
use crate::view::{
    Change, ExplainKey, FigureValue, Sense, Tile, TokenTotals, Unpriced, change, change_points, figure_exact,
    figure_text, money,
};
use crate::{Context, Result};

pub(crate) mod attention;
pub(crate) mod by_vendor;
pub mod charts;
mod fold;
pub mod over_time;
pub(crate) mod review;
mod series;
mod wire;

pub(crate) use attention::quarter_in_hand;
pub(crate) use by_vendor::{models_this_quarter, spend_figures, spend_of, spend_with};
pub use fold::*;
pub(crate) use series::SeriesReader;
pub use wire::*;

/// The cube with the names behind its numbers.
#[derive(Clone)]
pub struct Loaded {
    pub cube: Arc<Cube>,
    pub names: Arc<Names>,
    /// What vendors are called by their records.
    pub vendors: VendorNames,
    /// Names of vendors that usage has.
    used: Arc<[String]>,
    pub prices: Arc<Prices>,
    /// Who bills, by the vendor's number in a series' identity.
    pub billers: Vec<String>,
    pub rates: Vec<FxRate>,
    pub settings: Settings,
    pub calendar: ReportingCalendar,
    pub imports: Vec<Import>,
    pub last_hour: Option<i64>,
}

/// The prices a workspace knows.
pub struct Prices {
    /// Every row ever used, also of contracts that were removed: what history was priced with.
    pub rows: Vec<PriceRow>,
    /// Prices and aliases of today: what models are known by.
    pub book: PriceBook,
}

/// The prices as a snapshot of `workspace` has them, read again only when they changed.
pub(crate) async fn prices(kept: &Kept, snapshot: &mut Snapshot, workspace: &Workspace) -> Result<Arc<Prices>> {
    let slot = kept.slot::<Mutex<Option<(i64, Arc<Prices>)>>>();
    let mut cached = slot.lock().await;
    if let Some((revision, prices)) = cached.as_ref()
        && *revision == workspace.prices_revision
    {
        return Ok(prices.clone());
    }
    let (rows, book) = store::price::all_and_book(snapshot).await?;
    let prices = Arc::new(Prices { rows, book });
    *cached = Some((workspace.prices_revision, prices.clone()));
    Ok(prices)
}

/// What days come to, both included; `None` where nothing is known of them, or a rate is missing.
pub(crate) fn spend_over(loaded: &Loaded, days: (NaiveDate, NaiveDate)) -> Option<Money> {
    let groups = loaded.cube.fold(days, &[], &[], 0, |_| 0).ok()?;
    let total = &groups.first()?.totals;
    total.costed.then(|| Money::from_nanos(total.spend().to_nanos(), loaded.settings.currency))
}

/// Which feeds give way to which.
pub(crate) fn precedence(pairs: &[FeedPair]) -> Vec<Precedence> {
    pairs
        .iter()
        .filter_map(|pair| {
            let to = pair.basis?;
            Some(Precedence { gives_way: if to == pair.a { pair.b } else { pair.a }, to })
        })
        .collect()
}

/// The cube of the open workspace, read again only when usage changed.
pub(crate) async fn load(context: &Context) -> Result<Arc<Loaded>> {
    let open = context.app.open().await?;
    let mut snapshot = open.store.read().await?;
    let workspace = store::workspace::get(&mut snapshot).await?;
    let slot = open.kept.slot::<Mutex<Option<(i64, Arc<Loaded>)>>>();
    let mut cached = slot.lock().await;
    if let Some((revision, loaded)) = cached.as_ref()
        && *revision == workspace.usage_revision
    {
        let vendors = vendor_names(&mut snapshot, &loaded.used).await?;
        if loaded.vendors == vendors {
            return Ok(loaded.clone());
        }
        // A vendor was renamed: no figure is another.
        let renamed = Arc::new(Loaded { vendors, ..Loaded::clone(loaded) });
        *cached = Some((workspace.usage_revision, renamed.clone()));
        return Ok(renamed);
    }
    let names = store::dimension::names(&mut snapshot).await?;
    let prices = prices(&open.kept, &mut snapshot, &workspace).await?;
    let calendar = workspace.settings.calendar()?;
    let mut reader = SeriesReader::new(&prices, &calendar);
    let stored = store::usage::series(&mut snapshot).await?;
    // By the store's number, which is asked for once for every row of years.
    const NOWHERE: u32 = u32::MAX;
    let mut place = vec![NOWHERE; stored.last().map_or(0, |(id, _)| *id as usize + 1)];
    let series: Vec<Series> = stored
        .into_iter()
        .enumerate()
        .map(|(index, (id, key))| {
            place[id as usize] = index as u32;
            let [vendor, model, ..] = key.values;
            reader.series(&key, names.name(vendor), names.name(model))
        })
        .collect();
    let mut rows = Vec::new();
    store::usage::each_day(&mut snapshot, |Day { day, utc_day, series, measures }| {
        let series = place.get(series as usize).copied().filter(|series| *series != NOWHERE);
        rows.extend(series.map(|series| DayRow::new(day, utc_day, series, measures)));
    })
    .await?;
    let rates = store::fx::list(&mut snapshot).await?;
    let precedence = precedence(&store::import::feed_pairs(&mut snapshot).await?);
    let cube = Cube::new(series, rows, &precedence, (workspace.settings.currency, &rates));
    let billers = reader.billers();
    let used: HashSet<u32> = cube.series().iter().map(|series| series.values[Dimension::Vendor.index()]).collect();
    let used: Arc<[String]> = used.into_iter().map(|id| names.name(id).to_owned()).collect();
    let loaded = Arc::new(Loaded {
        vendors: vendor_names(&mut snapshot, &used).await?,
        used,
        cube: Arc::new(cube),
        names: Arc::new(names),
        billers,
        prices,
        rates,
        calendar,
        settings: workspace.settings,
        imports: store::import::list(&mut snapshot).await?,
        last_hour: store::usage::last_hour(&mut snapshot).await?,
    });
    *cached = Some((workspace.usage_revision, loaded.clone()));
    Ok(loaded)
}

async fn vendor_names(snapshot: &mut Snapshot, used: &[String]) -> Result<VendorNames> {
    let vendors = store::vendor::list(snapshot).await?;
    Ok(VendorNames::new(&vendors, used.iter().map(String::as_str)))
}

impl Loaded {
    /// The same workspace with another cube: as it will be.
    pub(crate) fn with_cube(&self, cube: Cube) -> Self {
        Self { cube: Arc::new(cube), ..self.clone() }
    }

    /// What a dimension's value is called where a person reads it; "" is "not given". The value itself stays the key.
    pub fn label(&self, dimension: Dimension, value: &str) -> String {
        match dimension {
            Dimension::Vendor => self.vendors.label(value),
            _ => value.to_owned(),
        }
    }

    /// The last day that data reaches the end of: that of the last row, if it is of a whole day or of the day's last hour.
    pub(super) fn whole_days_to(&self) -> Option<NaiveDate> {
        let (_, last) = self.cube.span()?;
        let is_dated = self.cube.rows_between(last, last).iter().all(|row| self.cube.days_of(row) != Days::Instants);
        let reaches = self.last_hour.is_some_and(|hour| self.calendar.day_of_seconds(hour + 3600) > last);
        Some(if is_dated || reaches { last } else { last - chrono::Duration::days(1) })
    }
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
    compared_label(context, loaded, folded, folded.previous)
}

/// What a period is called of which as many days are compared as the running one has.
pub fn compared_label(context: &Context, loaded: &Loaded, folded: &Folded, period: Period) -> String {
    let label = period_label(&loaded.calendar, period, context.language);
    let days = folded.compared_days;
    if folded.cut && days > 0 {
        context.text("economics-same-days", &[("period", label.into()), ("days", days.into())])
    } else {
        label
    }
}

/// The six key figures.
pub fn tiles(context: &Context, loaded: &Loaded, folded: &Folded) -> Vec<Tile> {
    let against = previous_label(context, loaded, folded);
    let currency = loaded.settings.currency;
    let (now, whole, then) =
        (unit_costs(&folded.total), unit_costs(&folded.total_compared), unit_costs(&folded.total_before));
    let (total, compared, before) = (&folded.total, &folded.total_compared, &folded.total_before);
    let amount = |key: &str, pick: fn(&UnitCosts) -> Option<Covered<i128>>, sense, reason: &str| {
        let value = match money(UnitCosts::value(pick(&now)), currency) {
            Some(money) => FigureValue::Money { money },
            None => FigureValue::Unknown { reason: reason.to_owned() },
        };
        let change = change(UnitCosts::value(pick(&whole)), UnitCosts::value(pick(&then)), sense, &against);
        covering(tile(context, key, value, change), pick(&now).and_then(|figure| figure.coverage()))
    };
    let has_usage = total.measures != domain::usage::Measures::default();
    let count = |key: &str, known: bool, pick: fn(&Totals) -> u64| {
        let (value, whole, before) = (pick(total), pick(compared), pick(before));
        let value_now = known.then_some(i128::from(value));
        let figure = match value_now {
            Some(count) => FigureValue::Count { count: count.to_string() },
            None => {
                let reason = if key == "sessions" && has_usage { "no-sessions" } else { "no-data" };
                FigureValue::Unknown { reason: reason.to_owned() }
            }
        };
        tile(
            context,
            key,
            figure,
            change(known.then_some(i128::from(whole)), Some(i128::from(before)), Sense::Neutral, &against),
        )
    };
    let cost_reason = if total.measures.requests == 0 && !total.costed { "no-data" } else { "unpriced" };
    let session_reason = if total.known.sessions { cost_reason } else { "no-sessions" };
    let outcome_reason = if total.known.successful_sessions { cost_reason } else { "no-outcomes" };
    let (hits, hits_compared, hits_before) =
        (cache_hit_share(total), cache_hit_share(compared), cache_hit_share(before));
    let hit_coverage = hits.and_then(|share| share.coverage());
    let value = |share: Option<Covered<f64>>| share.map(|share| share.value);
    let (hits, hits_compared, hits_before) = (value(hits), value(hits_compared), value(hits_before));
    let share_reason = if total.known.tokens && !total.known.cache { "no-cache-split" } else { "no-data" };
    let share =
        hits.map_or(FigureValue::Unknown { reason: share_reason.to_owned() }, |share| FigureValue::Share { share });
    vec![
        tile(
            context,
            "spend",
            money(now.spend, currency)
                .map_or(FigureValue::Unknown { reason: cost_reason.to_owned() }, |money| FigureValue::Money { money }),
            change(whole.spend, then.spend, Sense::Neutral, &against),
        ),
        count("sessions", total.known.sessions, |t| t.measures.sessions),
        amount("cost-per-session", |c| c.per_session, Sense::MoreIsBad, session_reason),
        amount("cost-per-successful-session", |c| c.per_successful_session, Sense::MoreIsBad, outcome_reason),
        count("tokens", total.known.tokens, |t| t.measures.tokens.total()),
        covering(
            tile(
                context,
                "cache-hit-share",
                share,
                change_points(hits_compared, hits_before, Sense::MoreIsGood, &against, |points| {
                    context.text("change-points", &[("points", points.into())])
                }),
            ),
            hit_coverage,
        ),
    ]
}

fn tile(context: &Context, key: &str, value: FigureValue, change: Option<Change>) -> Tile {
    Tile {
        key: key.to_owned(),
        text: figure_text(&value, context.language),
        exact: figure_exact(&value),
        value,
        coverage: None,
        covered: None,
        change,
        explain: ExplainKey { figure: key.to_owned(), row: None },
    }
}

/// A tile of a figure that may tell of a part only.
fn covering(tile: Tile, coverage: Option<f64>) -> Tile {
    Tile { coverage, covered: coverage.map(format::coverage), ..tile }
}

/// A line as the wire carries it.
pub fn row(loaded: &Loaded, folded: &Folded, by: &[Dimension], line: &Line, against: &str) -> EconomicsRow {
    let currency = loaded.settings.currency;
    let (totals, measures) = (&line.totals, &line.totals.measures);
    let costs = unit_costs(totals);
    let whole = folded.total.spend();
    let known = |known: bool, value: u64| known.then(|| value.to_string());
    EconomicsRow {
        labels: by.iter().zip(&line.keys).map(|(dimension, key)| loaded.label(*dimension, key)).collect(),
        keys: line.keys.clone(),
        requests: known(totals.known.requests, measures.requests),
        sessions: known(totals.known.sessions, measures.sessions),
        successful_sessions: known(totals.known.successful_sessions, measures.successful_sessions),
        tokens: TokenTotals::of(&measures.tokens, totals.known),
        tokens_total: measures.tokens.total().to_string(),
        spend: money(costs.spend, currency),
        cost_per_session: money(UnitCosts::value(costs.per_session), currency),
        cost_per_successful_session: money(UnitCosts::value(costs.per_successful_session), currency),
        cost_per_request: money(UnitCosts::value(costs.per_request), currency),
        cost_per_1k_tokens: money(UnitCosts::value(costs.per_1k_tokens), currency),
        tokens_per_session: tokens_per_session(totals).map(|tokens| tokens.value.to_string()),
        cache_hit_share: cache_hit_share(totals).map(|share| share.value),
        coverage: Coverage {
            cost_per_session: coverage(costs.per_session),
            cost_per_successful_session: coverage(costs.per_successful_session),
            cost_per_request: coverage(costs.per_request),
            cost_per_1k_tokens: coverage(costs.per_1k_tokens),
            tokens_per_session: coverage(tokens_per_session(totals)),
            cache_hit_share: coverage(cache_hit_share(totals)),
        },
        basis: SpendBasis::of(totals, currency),
        output_input_ratio: output_input_ratio(totals),
        change: change(unit_costs(&line.compared).spend, unit_costs(&line.before).spend, Sense::Neutral, against),
        share: (totals.costed && whole.0 > 0).then(|| totals.spend().0 as f64 / whole.0 as f64),
        texts: texts(&costs, totals, whole),
        trend: trend(line, folded),
        unpriced_tokens: totals.unpriced.total().to_string(),
    }
}

/// A line's figures as their columns show them, by measure; those whose column is of counts stand as they are.
fn texts(costs: &UnitCosts, totals: &Totals, whole: Femtos) -> BTreeMap<String, String> {
    let amount = |nanos: Option<i128>, decimals| nanos.map(|nanos| format::amount(nanos, decimals));
    let share = |share: Option<f64>| share.map(|share| format::share(share, 1));
    let of_whole = (totals.costed && whole.0 > 0).then(|| totals.spend().0 as f64 / whole.0 as f64);
    [
        ("spend", amount(costs.spend, 2)),
        ("share", share(of_whole)),
        ("cost-per-session", amount(UnitCosts::value(costs.per_session), 4)),
        ("cost-per-successful-session", amount(UnitCosts::value(costs.per_successful_session), 4)),
        ("cost-per-request", amount(UnitCosts::value(costs.per_request), 5)),
        ("cost-per-1k-tokens", amount(UnitCosts::value(costs.per_1k_tokens), 6)),
        ("cache-hit-share", share(cache_hit_share(totals).map(|share| share.value))),
        ("output-input-ratio", output_input_ratio(totals).map(|ratio| format::ratio(ratio, 2))),
        ("cost-per-session-coverage", coverage(costs.per_session).map(format::coverage)),
        ("cost-per-successful-session-coverage", coverage(costs.per_successful_session).map(format::coverage)),
        ("cost-per-request-coverage", coverage(costs.per_request).map(format::coverage)),
        ("cost-per-1k-tokens-coverage", coverage(costs.per_1k_tokens).map(format::coverage)),
        ("tokens-per-session-coverage", coverage(tokens_per_session(totals)).map(format::coverage)),
        ("cache-hit-share-coverage", coverage(cache_hit_share(totals)).map(format::coverage)),
    ]
    .into_iter()
    .filter_map(|(measure, text)| Some((measure.to_owned(), text?)))
    .collect()
}

fn coverage<T: Copy>(figure: Option<Covered<T>>) -> Option<f64> {
    figure.and_then(|figure| figure.coverage())
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
    let (totals, compared, before) = Default::default();
    let mut sum = Line { keys, totals, compared, before, spend: vec![Femtos(0); buckets] };
    for line in lines {
        sum.totals.add(&line.totals);
        sum.compared.add(&line.compared);
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
    let present: Vec<&Line> = folded.lines.iter().filter(|line| line.totals.adds()).collect();
    let limit = if query.limit == 0 { usize::MAX } else { query.limit as usize };
    // One line too many is shown rather than summed into an "other" of one.
    let shown = if present.len() <= limit.saturating_add(1) { present.len() } else { limit };
    let rows = present[..shown].iter().map(|line| row(loaded, &folded, &query.by, line, &against)).collect();
    let other = (shown < present.len())
        .then(|| sum(present[shown..].iter().copied(), vec![String::new(); query.by.len()], folded.buckets.len()))
        .map(|line| row(loaded, &folded, &query.by, &line, &against));
    let whole = Line { totals: folded.total, ..sum(folded.lines.iter(), vec![], folded.buckets.len()) };
    let (first, end) = loaded.calendar.bounds(folded.period);
    let drivers_by = EconomicsQuery { by: vec![Dimension::Feature, Dimension::Model], ..query.clone() };
    let groups: Vec<_> = fold(loaded, &drivers_by, today)?.lines.iter().map(|l| (l.before, l.compared)).collect();
    let waterfall = drivers(&groups).map(|d| charts::drivers_of_change(context, loaded, &folded, &d));
    Ok(EconomicsView {
        period: PeriodView {
            key: folded.period.to_string(),
            label: period_label(&loaded.calendar, folded.period, context.language),
            from: first,
            first: folded.days.0,
            to: end,
            days: ((folded.days.1 - folded.days.0).num_days() + 1).clamp(0, i64::from(u32::MAX)) as u32,
            partial: folded.partial,
        },
        previous: (folded.total_before != Totals::default())
            .then(|| PreviousPeriod { key: folded.previous.to_string(), label: against.clone() }),
        uncompared: folded.uncompared.map(|since| {
            let period = period_label(&loaded.calendar, folded.previous, context.language);
            let since = format::date(since, context.language);
            context.text("economics-uncompared", &[("period", period.into()), ("since", since.into())])
        }),
        time_zone: loaded.settings.time_zone.clone(),
        data_to: loaded.last_hour.and_then(|hour| DateTime::from_timestamp(hour + 3600, 0)),
        imports: imports_within(loaded, folded.days).len() as u32,
        tiles: tiles(context, loaded, &folded),
        chart: folded.total.costed.then(|| over_time::spend_over_time(context, loaded, query, &folded)),
        grain: over_time::drawn_by(query, &folded),
        grains: over_time::grains(&folded),
        waterfall,
        dimensions: query.by.clone(),
        rows,
        other,
        rows_total: present.len() as u32,
        total: (!present.is_empty()).then(|| row(loaded, &folded, &query.by, &whole, &against)),
        unpriced: unpriced(loaded, query, today)?,
        tokens_chart: (folded.total.measures.tokens.total() > 0)
            .then(|| charts::token_mix(context, loaded, query, &folded)),
        currency: loaded.settings.currency,
    })
}

/// Imports that told of some day from the first to the last, the earliest first.
pub(crate) fn imports_within(loaded: &Loaded, (first, last): (NaiveDate, NaiveDate)) -> Vec<ImportDays<'_>> {
    let daily = loaded.cube.series().iter().filter(|series| series.days != Days::Instants);
    let daily: HashSet<u32> = daily.map(|series| series.source).collect();
    let mut within: Vec<ImportDays<'_>> = loaded
        .imports
        .iter()
        .filter_map(|import| {
            let (from, to) = import.hours?;
            // A row of a date is of that date, wherever it is reported.
            let day = |hour: i64| match daily.contains(&import.source_id) {
                true => utc_day(hour),
                false => loaded.calendar.day_of_seconds(hour),
            };
            let (from_day, to_day) = (day(from), day(to));
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
            vendor_name: loaded.vendors.label(&l.keys[0]),
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
        .filter(|name| {
            let told = [(*name).to_owned(), loaded.label(query.dimension, name)];
            wanted.is_empty() || told.iter().any(|text| text.to_lowercase().contains(&wanted))
        })
        .collect();
    values.sort_unstable();
    let total = values.len() as u32;
    values.truncate(query.limit.min(1_000) as usize);
    Ok(DimensionValues {
        labels: values.iter().map(|value| loaded.label(query.dimension, value)).collect(),
        values: values.into_iter().map(str::to_owned).collect(),
        total,
    })
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
