//! The price book: search, history, additions that close what was in force, seeding and updating from a list.

use std::collections::HashMap;
use std::io::Read;

use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::ReportingCalendar;
use domain::contract::{OutsideTerm, outside_term};
use domain::id::{ContractId, PriceId};
use domain::price::{Layer, PriceRow, Rate, Rates, overlapping};
use domain::typed::is_possible;
use domain::vendor::provider_key;
use ingest::RowIssue;
use ingest::model_prices;
use report::chart::{Axis, ChartSpec, ColourToken, Marks, Series, Tick};
use report::format;
use report::table::{Align, Cell, TableColumn, TableSpec};
use serde::{Deserialize, Serialize};
use store::Store;
use store::activity::Activity;
use ts_rs::TS;
use uuid::Uuid;

use crate::activity;
use crate::economics;
use crate::error::FieldError;
use crate::job::Unit;
use crate::repricing::{self, DayPriced, Repriced, Repricing};
use crate::view::PathInput;
use crate::view::position;
use crate::{AppError, Context, Result};

mod list;

pub use list::*;

/// The seed, compressed; see `data/NOTICE.md`.
static SEED: &[u8] = include_bytes!("../data/model-prices_0.0.5.json.gz");
/// What another open list knows beside it; see `data/NOTICE.md`.
static BESIDE: &[u8] = include_bytes!("../data/rates-beside-the-list.json");
const SEED_NAME: &str = "model-prices";
const SEED_LICENCE: &str = "MIT";
const SEED_NOTICE: &str = "model-prices 0.0.5, an open dated price list of model providers, from PyPI; audio, image and \
    long-context rates it lacks are those of genai-prices, named on each row.";

pub(crate) const PRICE: &str = "price";
pub(crate) const PRICE_LIST: &str = "price-list";

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OfferRef {
    pub provider: String,
    pub model: String,
    pub tier: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PriceHistory {
    pub provider: String,
    /// What it is called.
    pub vendor_name: String,
    pub model: String,
    pub tier: String,
    pub tiers: Vec<String>,
    /// Newest first.
    pub rows: Vec<PriceRow>,
    /// The row that prices a request now.
    pub applies: Option<PriceId>,
    pub chart: ChartSpec,
}

/// A price as typed: a contract's when `contract_id` is given, else the workspace's own override of the list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PriceDraft {
    pub provider: String,
    pub model: String,
    pub tier: String,
    /// A day of the workspace's zone, or an instant.
    pub from: String,
    pub currency: String,
    pub rates: RatesDraft,
    pub contract_id: Option<ContractId>,
    pub source: String,
}

/// Rates as typed, currency units per million tokens; empty is "not offered".
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RatesDraft {
    pub input: Option<String>,
    pub cache_read: Option<String>,
    #[serde(rename = "cacheWrite5m")]
    pub cache_write_5m: Option<String>,
    #[serde(rename = "cacheWrite1h")]
    pub cache_write_1h: Option<String>,
    pub output: Option<String>,
    pub input_audio: Option<String>,
    pub input_image: Option<String>,
    pub output_audio: Option<String>,
    pub output_image: Option<String>,
}

/// A contract's price, by the day it begins.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PriceTerm {
    pub contract_id: ContractId,
    /// A day of the workspace's zone, or an instant.
    pub from: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PriceClose {
    pub id: PriceId,
    /// A day of the workspace's zone, or an instant.
    pub at: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PriceImportSummary {
    pub added: u32,
    pub closed: u32,
    pub unchanged: u32,
    pub refused: Vec<RowIssue>,
    /// Days whose unpriced usage has a price now.
    pub priced: Vec<DayPriced>,
}

/// Fills a new workspace's price book from the list the application carries.
pub(crate) async fn seed(store: &Store) -> Result<()> {
    let mut text = Vec::new();
    flate2::read::GzDecoder::new(SEED).read_to_end(&mut text)?;
    let mut list = model_prices::read(&text)?;
    model_prices::supplement(&mut list, BESIDE)?;
    let mut write = store.write().await?;
    store::price::save_source(&mut write, SEED_NAME, list.date, SEED_LICENCE, SEED_NOTICE).await?;
    store::price::insert(&mut write, &list.rows, Some(SEED_NAME)).await?;
    store::price::save_aliases(&mut write, &list.aliases).await?;
    write.commit().await?;
    Ok(())
}

pub async fn price_history(context: &Context, offer: OfferRef) -> Result<PriceHistory> {
    let vendor_name = economics::load(context).await?.vendors.label(&offer.provider);
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let calendar = store::workspace::settings(&mut snapshot).await?.calendar()?;
    let all = store::price::offer(&mut snapshot, &offer.provider, &offer.model).await?;
    let mut tiers: Vec<String> = all.iter().map(|row| row.tier.clone()).collect();
    tiers.sort_by_key(|tier| (tier != "standard", tier.clone()));
    tiers.dedup();
    let mut rows: Vec<PriceRow> = all.into_iter().filter(|row| row.tier == offer.tier).collect();
    if rows.is_empty() {
        return Err(AppError::refused("not-found"));
    }
    rows.sort_by(|a, b| b.from.cmp(&a.from).then(a.layer.cmp(&b.layer)));
    let chart = history_chart(context, &offer, &rows, &calendar);
    let mut candidates: Vec<&PriceRow> = rows.iter().collect();
    candidates.sort_by_key(|row| row.layer);
    let applies = domain::price::in_force(&candidates, context.now()).map(|row| row.id);
    Ok(PriceHistory {
        vendor_name,
        provider: offer.provider,
        model: offer.model,
        tier: offer.tier,
        tiers,
        rows,
        applies,
        chart,
    })
}

/// A service tier as a person reads it; one the catalogue does not know stays as the provider writes it.
fn tier_name(context: &Context, tier: &str) -> String {
    const NAMED: [&str; 7] = ["standard", "batch", "priority", "flex", "fast", "ultrafast", "thinking"];
    if NAMED.contains(&tier) { context.text(&format!("tier-{tier}"), &[]).to_lowercase() } else { tier.to_owned() }
}

/// The price that applied, kind by kind, as steps over time.
fn history_chart(context: &Context, offer: &OfferRef, rows: &[PriceRow], calendar: &ReportingCalendar) -> ChartSpec {
    let language = context.language;
    let today = calendar.day_of(context.now());
    let mut changes: Vec<DateTime<Utc>> = rows.iter().flat_map(|row| [row.from, row.to]).flatten().collect();
    changes.sort();
    changes.dedup();
    let now = context.now();
    changes.retain(|at| *at <= now);
    let earliest = changes.first().map_or(today, |at| calendar.day_of(*at));
    // Where a price was in force before the first change, some of that time is shown: else it would be a mere spike.
    let run_up = chrono::Duration::days(if rows.iter().any(|row| row.from.is_none()) { 30 } else { 0 });
    let first = (earliest - run_up).min(today - chrono::Duration::days(90));
    let mut instants: Vec<DateTime<Utc>> = vec![calendar.start_of(first)];
    instants.extend(changes);
    instants.push(now);
    let candidates: Vec<&PriceRow> = {
        let mut list: Vec<&PriceRow> = rows.iter().collect();
        list.sort_by_key(|row| row.layer);
        list
    };
    let in_force: Vec<Option<&PriceRow>> =
        instants.iter().map(|at| domain::price::in_force(&candidates, *at)).collect();
    // A price list may change its currency: every label is in that of its own row.
    let code =
        in_force.iter().rev().flatten().next().or(rows.first().as_ref()).map_or("USD", |row| row.currency.code());
    type Pick = fn(&Rates) -> Option<Rate>;
    let kinds: [(&str, ColourToken, Pick); 4] = [
        ("output", ColourToken::Series5, |r| r.output),
        ("input", ColourToken::Series1, |r| r.input),
        ("cache-write", ColourToken::Series3, |r| r.cache_write_5m),
        ("cache-read", ColourToken::Series2, |r| r.cache_read),
    ];
    let per_million =
        |rate: Rate, row: &PriceRow| format::money_unit(i128::from(rate.0), row.currency.code(), language);
    let series: Vec<Series> = kinds
        .into_iter()
        .filter(|(_, _, pick)| in_force.iter().flatten().any(|row| pick(&row.rates).is_some()))
        .map(|(kind, colour, pick)| {
            let rates: Vec<Option<(Rate, &PriceRow)>> =
                in_force.iter().map(|row| row.and_then(|row| Some((pick(&row.rates)?, row)))).collect();
            Series {
                name: context.text(&format!("token-kind-{kind}"), &[]),
                colour,
                // Only amounts of the currency the axis is in have a place on it.
                values: rates
                    .iter()
                    .map(|rate| rate.filter(|(_, row)| row.currency.code() == code).map(|(r, _)| r.0 as f64 / 1e9))
                    .collect(),
                labels: rates
                    .iter()
                    .map(|rate| rate.map_or("—".to_owned(), |(rate, row)| per_million(rate, row)))
                    .collect(),
            }
        })
        .collect();
    let highest = in_force
        .iter()
        .flatten()
        .flat_map(|row| kinds.iter().filter_map(|(_, _, pick)| pick(&row.rates)))
        .map(|rate| i128::from(rate.0))
        .max()
        .unwrap_or(0);
    let day = |at: &DateTime<Utc>| position(calendar.day_of(*at));
    let x: Vec<f64> = instants.iter().map(day).collect();
    let x_labels: Vec<String> = instants.iter().map(|at| format::date(calendar.day_of(*at), language)).collect();
    let (min, max) = (position(first), position(today).max(position(first) + 1.0));
    let title = context.text("chart-price-title", &[("model", offer.model.clone().into())]);
    let subtitle = context.text(
        "chart-price-subtitle",
        &[("currency", code.to_owned().into()), ("tier", tier_name(context, &offer.tier).into())],
    );
    let mut columns = vec![TableColumn { title: context.text("chart-date", &[]), align: Align::Left, weight: 1.0 }];
    columns.extend(series.iter().map(|s| TableColumn { title: s.name.clone(), align: Align::Right, weight: 1.0 }));
    let table_rows = (0..instants.len())
        .map(|i| {
            let mut row = vec![Cell::plain(x_labels[i].clone())];
            row.extend(series.iter().map(|s| Cell::plain(s.labels[i].clone())));
            row
        })
        .collect();
    ChartSpec {
        summary: format!("{title}. {subtitle}"),
        title,
        subtitle,
        x: Axis {
            label: String::new(),
            min,
            max,
            ticks: format::time_ticks(first, today, 6, language)
                .into_iter()
                .map(|t| Tick { at: position(t.date), label: t.label })
                .filter(|t| t.at >= min && t.at <= max)
                .collect(),
        },
        y: format::money_axis(0, highest, 5, code, "", language),
        marks: Marks::Line { x, x_labels, series, bands: vec![], step: true },
        annotations: vec![],
        table: TableSpec { columns, rows: table_rows, total: None },
    }
}

fn checked_rates(draft: &RatesDraft) -> Result<Rates> {
    let rate = |text: &Option<String>, field: &str| -> Result<Option<Rate>> {
        match text.as_deref().map(str::trim).filter(|t| !t.is_empty()) {
            None => Ok(None),
            Some(text) => {
                let rate = Rate::per_million(text).map_err(|_| AppError::field(field, "not-a-rate"))?;
                // Finer than a rate is kept, it would be no price at all.
                let lost = rate.is_zero() && text.contains(|c: char| ('1'..='9').contains(&c));
                if lost { Err(AppError::field(field, "rate-too-small")) } else { Ok(Some(rate)) }
            }
        }
    };
    let rates = Rates {
        input: rate(&draft.input, "input")?,
        cache_read: rate(&draft.cache_read, "cacheRead")?,
        cache_write_5m: rate(&draft.cache_write_5m, "cacheWrite5m")?,
        cache_write_1h: rate(&draft.cache_write_1h, "cacheWrite1h")?,
        output: rate(&draft.output, "output")?,
        input_audio: rate(&draft.input_audio, "inputAudio")?,
        input_image: rate(&draft.input_image, "inputImage")?,
        output_audio: rate(&draft.output_audio, "outputAudio")?,
        output_image: rate(&draft.output_image, "outputImage")?,
    };
    if rates.is_empty() { Err(AppError::field("input", "rate-required")) } else { Ok(rates) }
}

/// A day as typed begins where the workspace reports.
async fn instant(context: &Context, text: &str, field: &str) -> Result<DateTime<Utc>> {
    let text = text.trim();
    let refuse_impossible = |day: NaiveDate| {
        if is_possible(day) { Ok(()) } else { Err(AppError::field(field, "date-out-of-range")) }
    };
    if let Ok(day) = text.parse::<NaiveDate>() {
        refuse_impossible(day)?;
        let store = context.store().await?;
        let calendar = store::workspace::settings(&mut *store.read().await?).await?.calendar()?;
        return Ok(calendar.start_of(day));
    }
    let params = [("text".to_owned(), text.to_owned())].into();
    let wrong = FieldError { field: field.to_owned(), code: "not-a-day".to_owned(), params };
    let at: DateTime<Utc> = text.parse().map_err(|_| AppError::Invalid(vec![wrong]))?;
    refuse_impossible(at.date_naive())?;
    Ok(at)
}

/// The row a draft describes.
async fn drafted(context: &Context, draft: PriceDraft) -> Result<PriceRow> {
    let (provider, model) = (provider_key(&draft.provider), provider_key(&draft.model));
    if provider.is_empty() {
        return Err(AppError::field("provider", "required"));
    }
    if model.is_empty() {
        return Err(AppError::field("model", "required"));
    }
    let currency = draft.currency.parse().map_err(|_| AppError::field("currency", "not-a-currency"))?;
    let tier =
        Some(draft.tier.trim().to_lowercase()).filter(|t| !t.is_empty()).unwrap_or_else(|| "standard".to_owned());
    Ok(PriceRow {
        id: PriceId(Uuid::now_v7()),
        provider,
        model,
        channel: String::new(),
        region: String::new(),
        tier,
        from: Some(instant(context, &draft.from, "from").await?),
        to: None,
        currency,
        rates: checked_rates(&draft.rates)?,
        context_tiers: Vec::new(),
        layer: if draft.contract_id.is_some() { Layer::Contract } else { Layer::Override },
        contract_id: draft.contract_id,
        source: draft.source.trim().to_owned(),
        basis: String::new(),
    })
}

/// Puts a row into the book: the one in force ends where it begins, and unpriced usage it covers is priced.
async fn put(write: &mut store::Write, context: &Context, row: &PriceRow) -> Result<(Option<PriceId>, Repricing)> {
    if let Some(id) = row.contract_id {
        store::contract::get(write.connection(), id).await?;
    }
    let mut existing = store::price::offer(write.connection(), &row.provider, &row.model).await?;
    let mut closed = None;
    // The row in force ends where the new one begins; a row that would begin later, or at the same time, is an overlap.
    if let Some(open) = existing.iter_mut().find(|old| {
        old.layer == row.layer
            && old.contract_id == row.contract_id
            && old.tier == row.tier
            && old.channel == row.channel
            && old.region == row.region
            && old.to.is_none()
            && old.from.is_none_or(|from| row.from.is_some_and(|begin| from < begin))
    }) {
        open.to = row.from;
        closed = Some(open.id);
        store::price::close(write, open.id, row.from).await?;
    }
    if let Some(other) = overlapping(&existing, row) {
        let calendar = store::workspace::settings(write.connection()).await?.calendar()?;
        let from = other.from.map_or("—".to_owned(), |at| format::date(calendar.day_of(at), context.language));
        return Err(AppError::refused("price-overlap").with("from", from).with("model", &row.model));
    }
    store::price::insert(write, std::slice::from_ref(row), None).await?;
    Ok((closed, repricing::price_unpriced(write).await?))
}

/// What adding a price would make known: days whose usage has no price yet, with what it comes to. Nothing that is priced moves.
pub async fn price_preview(context: &Context, draft: PriceDraft) -> Result<Vec<DayPriced>> {
    let row = drafted(context, draft).await?;
    let store = context.store().await?;
    // Dropped without a commit, the file is as it was.
    let mut write = store.write().await?;
    Ok(put(&mut write, context, &row).await?.1.days)
}

/// What is odd about the day a contract's price begins: it may be, a contract can be signed late, but nobody should be taken
/// by surprise.
pub async fn price_term(context: &Context, asked: PriceTerm) -> Result<Option<String>> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let terms = store::contract::get(&mut snapshot, asked.contract_id).await?.details.terms;
    let calendar = store::workspace::settings(&mut snapshot).await?.calendar()?;
    drop(snapshot);
    let day = calendar.day_of(instant(context, &asked.from, "from").await?);
    let say = |id: &str, day| context.text(id, &[("date", format::date(day, context.language).into())]);
    Ok(outside_term(&terms, day).map(|outside| match outside {
        OutsideTerm::Before(start) => say("price-before-contract", start),
        OutsideTerm::After(end) => say("price-after-contract", end),
    }))
}

pub async fn price_add(context: &Context, draft: PriceDraft) -> Result<PriceRow> {
    let row = drafted(context, draft).await?;
    let store = context.store().await?;
    let mut write = store.write().await?;
    let (closed_before, repricing) = put(&mut write, context, &row).await?;
    let subject = format!("{} · {}", row.provider, row.model);
    let after = added(&row, closed_before, &repricing)?;
    activity::created(&mut write, context, PRICE, &row.id.to_string(), &subject, &after).await?;
    write.commit().await?;
    Ok(row)
}

/// A created row with the one it closed, so that undo can reopen it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PriceCreated<'a> {
    #[serde(flatten)]
    row: &'a PriceRow,
    closed_before: Option<PriceId>,
}

/// What a list changed, so that undo can take it back.
#[derive(Serialize, Deserialize)]
struct ListCame {
    added: Vec<PriceId>,
    closed: Vec<PriceId>,
}

/// Takes a price back: a row that came goes with what it priced, one that was closed is as it was.
///
/// # Errors
/// `price-in-use` when usage was imported at it since.
pub(crate) async fn put_back(write: &mut store::Write, activity: &Activity) -> Result<()> {
    if let Some(before) = activity.before.clone() {
        let row: PriceRow = activity::read(before)?;
        store::price::close(write, row.id, row.to).await?;
        return expect_apart(write, &row).await;
    }
    let id = activity::id_of::<PriceId>(activity)?;
    let added_from = store::price::get(write.connection(), id).await?.from;
    if store::price::is_used(write.connection(), id).await? {
        // What it priced on being added is given back; usage imported at it since is history. Ids are in order of time.
        let imports = store::import::list(write.connection()).await?;
        if imports.iter().any(|import| import.id.0 > activity.id.0) {
            return Err(AppError::refused("price-in-use"));
        }
        repricing::unprice(write, id).await?;
    }
    store::price::remove(write, id).await?;
    if let Some(closed) = activity.after.as_ref().and_then(|after| after.get("closedBefore"))
        && let Some(id) = closed.as_str().and_then(|id| id.parse().ok())
    {
        // Closed anew since, it stays so.
        let now = store::price::get(write.connection(), PriceId(id)).await?;
        if now.to == added_from {
            store::price::close(write, PriceId(id), None).await?;
            expect_apart(write, &now).await?;
        }
    }
    Ok(())
}

/// Two prices of one offer are never in force at once.
///
/// # Errors
/// `undo-conflict`.
async fn expect_apart(write: &mut store::Write, row: &PriceRow) -> Result<()> {
    let offer = store::price::offer(write.connection(), &row.provider, &row.model).await?;
    let Some(now) = offer.iter().find(|other| other.id == row.id) else { return Ok(()) };
    let others: Vec<PriceRow> = offer.iter().filter(|other| other.id != row.id).cloned().collect();
    if overlapping(&others, now).is_some() { Err(AppError::refused("undo-conflict")) } else { Ok(()) }
}

/// Adds a price, or closes one, again. A list's rows went when it was taken back: it is read again from its file.
///
/// # Errors
/// `price-overlap` and `not-found` as on adding; `redo-price-list`.
pub(crate) async fn put_again(
    context: &Context,
    write: &mut store::Write,
    activity: &Activity,
) -> Result<Option<serde_json::Value>> {
    if activity.area == PRICE_LIST {
        return Err(AppError::refused("redo-price-list"));
    }
    let row: PriceRow = activity::read(activity.after.clone().unwrap_or_default())?;
    if activity.before.is_some() {
        store::price::close(write, row.id, row.to).await?;
        return Ok(None);
    }
    let (closed_before, repricing) = put(write, context, &row).await?;
    Ok(Some(added(&row, closed_before, &repricing)?))
}

/// What the log keeps of a price that was added.
fn added(row: &PriceRow, closed_before: Option<PriceId>, repricing: &Repricing) -> Result<serde_json::Value> {
    let record = PriceCreated { row, closed_before };
    let after = Repriced { record: &record, priced: &repricing.days, priced_series: &repricing.series };
    serde_json::to_value(after).map_err(|error| AppError::Internal(error.to_string()))
}

/// Takes a price list back: its rows go, those it closed are open again, and what it priced is unpriced.
///
/// # Errors
/// `price-in-use` when usage was imported at one of its prices since.
pub(crate) async fn put_list_back(write: &mut store::Write, activity: &Activity) -> Result<()> {
    let after = activity.after.clone().unwrap_or_default();
    let series: Vec<u32> = after.get("pricedSeries").cloned().map_or(Ok(Vec::new()), activity::read)?;
    let came: ListCame = activity::read(after)?;
    repricing::unprice_series(write, &series).await?;
    for id in &came.added {
        if store::price::is_used(write.connection(), *id).await? {
            return Err(AppError::refused("price-in-use"));
        }
        store::price::remove(write, *id).await?;
    }
    for id in &came.closed {
        store::price::close(write, *id, None).await?;
    }
    Ok(())
}

pub async fn price_close(context: &Context, close: PriceClose) -> Result<PriceRow> {
    let at = instant(context, &close.at, "at").await?;
    let store = context.store().await?;
    let mut write = store.write().await?;
    let before = store::price::get(write.connection(), close.id).await?;
    if before.from.is_some_and(|from| at <= from) || before.to.is_some_and(|to| to <= at) {
        return Err(AppError::field("at", "close-out-of-range"));
    }
    let after = PriceRow { to: Some(at), ..before.clone() };
    store::price::close(&mut write, close.id, after.to).await?;
    let subject = format!("{} · {}", before.provider, before.model);
    activity::edited(&mut write, context, PRICE, &close.id.to_string(), &subject, &before, &after).await?;
    write.commit().await?;
    Ok(after)
}

pub async fn price_sources(context: &Context, (): ()) -> Result<Vec<store::price::PriceSource>> {
    let store = context.store().await?;
    Ok(store::price::sources(&mut *store.read().await?).await?)
}

/// Updates the list prices from a newer copy of the list: rows that ended are closed, new ones added, nothing edited.
pub async fn price_import(context: &Context, input: PathInput) -> Result<PriceImportSummary> {
    let path = context.app.path(&input.path);
    crate::target::refuse_to_read(context, &path).await?;
    ingest::sniff::sniff(&path)?;
    context.progress.report("reading", 0, None, Unit::Rows);
    let mut text = std::fs::read(&path)?;
    if text.starts_with(&[0x1f, 0x8b]) {
        let packed = std::mem::take(&mut text);
        flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut text)?;
    }
    let list = model_prices::read(&text)?;
    let store = context.store().await?;
    store::backup::take(&store, store::backup::Reason::Import).await?;
    let mut write = store.write().await?;
    let existing = store::price::list(write.connection()).await?;
    let by_id: HashMap<PriceId, &PriceRow> = existing.iter().map(|row| (row.id, row)).collect();
    let mut summary =
        PriceImportSummary { added: 0, closed: 0, unchanged: 0, refused: list.issues, priced: Vec::new() };
    let mut book: HashMap<(String, String), Vec<PriceRow>> = HashMap::new();
    for row in existing.iter().filter(|row| row.layer == Layer::List) {
        book.entry((row.provider.clone(), row.model.clone())).or_default().push(row.clone());
    }
    let (mut added, mut closed) = (Vec::new(), Vec::new());
    for row in list.rows {
        let offer = book.entry((row.provider.clone(), row.model.clone())).or_default();
        match by_id.get(&row.id) {
            // What another list knew beside this one stays.
            Some(old)
                if row.rates.or(&old.rates) == old.rates
                    && (row.context_tiers == old.context_tiers || row.context_tiers.is_empty()) =>
            {
                if old.to == row.to {
                    summary.unchanged += 1;
                } else if old.to.is_none() {
                    store::price::close(&mut write, row.id, row.to).await?;
                    if let Some(kept) = offer.iter_mut().find(|kept| kept.id == row.id) {
                        kept.to = row.to;
                    }
                    closed.push(row.id);
                    summary.closed += 1;
                } else {
                    summary.unchanged += 1;
                }
            }
            Some(_) => summary.refused.push(
                RowIssue::new("price-changed")
                    .column(format!("{}/{}", row.provider, row.model))
                    .param("tier", &row.tier),
            ),
            None => match overlapping(offer, &row) {
                Some(_) => summary.refused.push(
                    RowIssue::new("price-overlaps")
                        .column(format!("{}/{}", row.provider, row.model))
                        .param("tier", &row.tier),
                ),
                None => {
                    offer.push(row.clone());
                    added.push(row);
                    summary.added += 1;
                }
            },
        }
    }
    context.progress.check()?;
    store::price::save_source(&mut write, SEED_NAME, list.date, SEED_LICENCE, SEED_NOTICE).await?;
    store::price::insert(&mut write, &added, Some(SEED_NAME)).await?;
    store::price::save_aliases(&mut write, &list.aliases).await?;
    let repricing = repricing::price_unpriced(&mut write).await?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let came = ListCame { added: added.iter().map(|row| row.id).collect(), closed };
    let after = Repriced { record: &came, priced: &repricing.days, priced_series: &repricing.series };
    activity::created(&mut write, context, PRICE_LIST, "", &name, &after).await?;
    write.commit().await?;
    summary.priced = repricing.days;
    Ok(summary)
}
