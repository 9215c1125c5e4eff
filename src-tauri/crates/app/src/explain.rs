//! Every figure opens to its formula, its inputs, the prices used and the files it came from.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::economics::ratios::{
    Covered, UnitCosts, cache_hit_share, output_input_ratio, tokens_per_session, unit_costs,
};
use domain::economics::{Basis, Totals};
use domain::price::Layer;
use domain::usage::{Dimension, TOKEN_KIND_NAMES};
use report::format;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::economics::{self, DimensionFilter, EconomicsQuery, Loaded, period_label};
use crate::{AppError, Context, Result};

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ExplainQuery {
    pub query: EconomicsQuery,
    /// "spend", "sessions", "cost-per-session", "cost-per-successful-session", "cost-per-request", "cost-per-1k-tokens",
    /// "tokens", "tokens-per-session", "cache-hit-share", "output-input-ratio".
    pub figure: String,
    /// Values of the row's dimensions; `None` for the whole.
    pub row: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    pub title: String,
    pub value: String,
    pub formula: String,
    pub inputs: Vec<ExplainInput>,
    pub prices: Vec<PriceUsed>,
    pub files: Vec<FileUsed>,
    pub caveats: Vec<String>,
    /// All of it as one paragraph of plain text.
    pub citation: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExplainInput {
    pub label: String,
    pub value: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PriceUsed {
    pub provider: String,
    pub model: String,
    pub tier: String,
    /// Rates per million tokens, as text.
    pub rates: String,
    #[ts(type = "string | null")]
    pub from: Option<DateTime<Utc>>,
    pub layer: Layer,
    pub source: String,
    pub tokens: String,
    pub cost: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FileUsed {
    pub name: String,
    pub sha256: String,
    #[ts(type = "string")]
    pub imported_at: DateTime<Utc>,
    #[ts(type = "number")]
    pub rows: i64,
    #[ts(type = "string")]
    pub from: DateTime<Utc>,
    #[ts(type = "string")]
    pub to: DateTime<Utc>,
}

mod citation;

const UNKNOWN: &str = "—";

const FIGURES: [&str; 11] = [
    "spend",
    "sessions",
    "successful-sessions",
    "cost-per-session",
    "cost-per-successful-session",
    "cost-per-request",
    "cost-per-1k-tokens",
    "tokens",
    "tokens-per-session",
    "cache-hit-share",
    "output-input-ratio",
];

pub async fn explain(context: &Context, request: ExplainQuery) -> Result<Explanation> {
    let loaded = economics::load(context).await?;
    let today = loaded.calendar.day_of(context.now());
    let figure = FIGURES.into_iter().find(|f| *f == request.figure).ok_or_else(|| AppError::refused("not-found"))?;
    let mut query = request.query.clone();
    if let Some(row) = &request.row {
        for (dimension, value) in request.query.by.iter().zip(row) {
            query.filters.push(DimensionFilter { dimension: *dimension, values: vec![value.clone()] });
        }
    }
    let folded = economics::fold(&loaded, &EconomicsQuery { by: vec![], ..query.clone() }, today)?;
    let totals = &folded.total;
    let measures = &totals.measures;
    let language = context.language;
    let code = loaded.settings.currency.code();
    let value = value_text(&loaded, totals, figure);
    let where_text = match &request.row {
        Some(row) => request
            .query
            .by
            .iter()
            .zip(row)
            .map(|(dimension, value)| economics::charts::value_name(context, &loaded, *dimension, value))
            .collect::<Vec<_>>()
            .join(" · "),
        None => context.text("explain-all", &[]),
    };
    let period = period_label(&loaded.calendar, folded.period, language);
    let name = context.text(&format!("tile-{figure}"), &[]);
    let title = format!("{name} · {where_text} · {period}");
    let (prices, sources) = prices_used(&loaded, &query, &folded, context)?;
    let files: Vec<FileUsed> = economics::imports_within(&loaded, folded.days)
        .into_iter()
        .filter(|used| sources.contains(&used.import.source_id))
        .filter_map(|used| {
            let (from, to) = used.import.hours?;
            Some(FileUsed {
                name: used.import.name.clone(),
                sha256: used.import.sha256.clone(),
                imported_at: used.import.imported_at,
                rows: used.import.rows,
                from: DateTime::from_timestamp(from, 0)?,
                to: DateTime::from_timestamp(to + 3600, 0)?,
            })
        })
        .collect();
    let mut caveats = Vec::new();
    if totals.unpriced.total() > 0 {
        let tokens = format::count(totals.unpriced.total().into());
        caveats.push(context.text("caveat-unpriced", &[("tokens", tokens.into())]));
    }
    if folded.partial {
        let day = format::date(folded.days.1, language);
        caveats.push(context.text("caveat-partial", &[("date", day.into())]));
    }
    if totals.known.sessions && totals.sessions.spend != totals.spend() && figure.contains("session") {
        let counted = format::money(totals.sessions.spend.to_nanos(), code, language);
        let all = format::money(totals.spend().to_nanos(), code, language);
        caveats.push(context.text("caveat-some-without-sessions", &[("counted", counted.into()), ("all", all.into())]));
    }
    let [_, reported, charged] = totals.spend_by_evidence();
    for (id, amount) in
        [("caveat-reported", reported), ("caveat-charged", charged), ("caveat-restated", totals.restated)]
    {
        if amount.0 != 0 {
            let amount = format::money(amount.to_nanos(), code, language);
            caveats.push(context.text(id, &[("amount", amount.into())]));
        }
    }
    if measures.web_searches > 0 && figure == "spend" {
        let searches = format::count(measures.web_searches.into());
        caveats.push(context.text("caveat-searches", &[("searches", searches.into())]));
    }
    if totals.partly_priced_tokens > 0 {
        let tokens = format::count(totals.partly_priced_tokens.into());
        caveats.push(context.text("caveat-partly", &[("tokens", tokens.into())]));
    }
    if let Some((part, whole)) = covered(totals, figure).filter(|(part, whole)| part < whole) {
        let share = format::share(part as f64 / whole as f64, 1);
        caveats.push(context.text(
            "caveat-coverage",
            &[
                ("share", share.into()),
                ("part", format::count(part.into()).into()),
                ("whole", format::count(whole.into()).into()),
            ],
        ));
    }
    let formula = context.text(&format!("formula-{figure}"), &[]);
    let inputs = inputs(context, code, totals, figure);
    let citation = citation::citation(
        context,
        &citation::Cited {
            figure,
            name: &name,
            what: &where_text,
            period: &period,
            days: folded.days,
            zone: &loaded.settings.time_zone,
            value: &value,
            formula: &formula,
            inputs: &inputs,
            caveats: &caveats,
            files: &files,
            workspace: &loaded.settings.name,
            today,
        },
    );
    Ok(Explanation { title, value, formula, inputs, prices, files, caveats, citation })
}

/// How many of what is counted below the line a ratio covers, of how many.
fn covered(totals: &Totals, figure: &str) -> Option<(u64, u64)> {
    let costs = unit_costs(totals);
    let of = |figure: Option<Covered<i128>>| figure.map(|figure| (figure.covered, figure.of));
    match figure {
        "cost-per-session" => of(costs.per_session),
        "cost-per-successful-session" => of(costs.per_successful_session),
        "cost-per-request" => of(costs.per_request),
        "cost-per-1k-tokens" => of(costs.per_1k_tokens),
        "tokens-per-session" => tokens_per_session(totals).map(|figure| (figure.covered, figure.of)),
        "cache-hit-share" => cache_hit_share(totals).map(|figure| (figure.covered, figure.of)),
        _ => None,
    }
}

/// A figure exactly: money to the nano-unit where it has that many places.
fn value_text(loaded: &Loaded, totals: &Totals, figure: &str) -> String {
    let costs = unit_costs(totals);
    let money = |nanos: Option<i128>| nanos.map(|n| exact_money(n, loaded.settings.currency.code()));
    let count = |n: u64| format::count(n.into());
    let text = match figure {
        "spend" => money(costs.spend),
        "cost-per-session" => money(UnitCosts::value(costs.per_session)),
        "cost-per-successful-session" => money(UnitCosts::value(costs.per_successful_session)),
        "cost-per-request" => money(UnitCosts::value(costs.per_request)),
        "cost-per-1k-tokens" => money(UnitCosts::value(costs.per_1k_tokens)),
        "sessions" => totals.known.sessions.then(|| count(totals.measures.sessions)),
        "successful-sessions" => totals.known.successful_sessions.then(|| count(totals.measures.successful_sessions)),
        "tokens" => totals.known.tokens.then(|| count(totals.measures.tokens.total())),
        "tokens-per-session" => tokens_per_session(totals).map(|tokens| count(tokens.value)),
        "cache-hit-share" => cache_hit_share(totals).map(|share| format::share(share.value, 2)),
        _ => output_input_ratio(totals).map(|ratio| format!("{ratio:.3}")),
    };
    text.unwrap_or_else(|| UNKNOWN.to_owned())
}

/// "USD 1,234.567890123": every place there is.
fn exact_money(nanos: i128, code: &str) -> String {
    let text = domain::money::decimal(nanos);
    let (whole, places) = text.split_once('.').unwrap_or((&text, ""));
    let whole = format::count(whole.parse().unwrap_or(0));
    let sign = if nanos < 0 && !whole.starts_with(['-', '−']) { "−" } else { "" };
    format!("{code} {sign}{whole}{}{places}", if places.is_empty() { "" } else { "." })
}

fn inputs(context: &Context, code: &str, totals: &Totals, figure: &str) -> Vec<ExplainInput> {
    let measures = &totals.measures;
    let input = |id: &str, value: String| ExplainInput { label: context.text(id, &[]), value };
    let count = |n: u64| format::count(n.into());
    let told = |known: bool, n: u64| if known { count(n) } else { UNKNOWN.to_owned() };
    let known = totals.known;
    let money = |f: domain::money::Femtos| exact_money(f.to_nanos(), code);
    let spent =
        |known: bool, sum: domain::money::Femtos| if known && totals.costed { money(sum) } else { UNKNOWN.to_owned() };
    let spend = || input("tile-spend", spent(true, totals.spend()));
    match figure {
        "spend" => {
            let tokens = measures.tokens.billed();
            let mut list: Vec<ExplainInput> = TOKEN_KIND_NAMES
                .iter()
                .enumerate()
                .filter(|(kind, _)| totals.cost_by_kind[*kind].0 != 0)
                .map(|(kind, name)| {
                    let value = format!("{} → {}", count(tokens[kind]), money(totals.cost_by_kind[kind]));
                    input(&format!("token-kind-{name}"), value)
                })
                .collect();
            let [_, reported, charged] = totals.spend_by_evidence();
            for (id, sum) in [("explain-reported-cost", reported), ("explain-charges", charged)] {
                if sum.0 != 0 {
                    list.push(input(id, money(sum)));
                }
            }
            list
        }
        "cost-per-session" => vec![
            input("explain-spend-with-sessions", spent(known.sessions, totals.sessions.spend)),
            input("tile-sessions", told(known.sessions, totals.sessions.count)),
        ],
        "cost-per-successful-session" => vec![
            input("explain-spend-with-outcomes", spent(known.successful_sessions, totals.decided.spend)),
            input("tile-successful-sessions", told(known.successful_sessions, totals.decided_successes)),
            input("tile-sessions", told(known.sessions, totals.decided.count)),
        ],
        "cost-per-request" => vec![
            input("explain-spend-with-requests", money(totals.requests.spend)),
            input("explain-priced-requests", count(totals.requests.count)),
        ],
        "cost-per-1k-tokens" => vec![
            input("explain-spend-with-tokens", money(totals.tokens.spend)),
            input("explain-priced-tokens", count(totals.tokens.count)),
        ],
        "tokens-per-session" => {
            vec![
                input("tile-tokens", count(totals.session_tokens)),
                input("tile-sessions", told(known.sessions, totals.token_sessions)),
            ]
        }
        "cache-hit-share" => vec![
            input("token-kind-cache-read", told(known.cache, measures.tokens.cache_read)),
            input("explain-all-input", told(known.cache, totals.cache_input)),
        ],
        "output-input-ratio" => vec![
            input("token-kind-output", count(measures.tokens.output_total())),
            input("explain-all-input", count(measures.tokens.input_total())),
        ],
        "tokens" => {
            let kinds = TOKEN_KIND_NAMES.iter().zip(measures.tokens.billed());
            kinds
                .filter(|(_, tokens)| *tokens > 0)
                .map(|(name, tokens)| input(&format!("token-kind-{name}"), count(tokens)))
                .collect()
        }
        _ => vec![input("tile-requests", count(measures.requests)), spend()],
    }
}

/// Prices with the tokens they applied to, most expensive first; and the feeds behind the figure.
fn prices_used(
    loaded: &Loaded,
    query: &EconomicsQuery,
    folded: &economics::Folded,
    context: &Context,
) -> Result<(Vec<PriceUsed>, Vec<u32>)> {
    let kept = |dimension: Dimension, value: u32| {
        query
            .filters
            .iter()
            .filter(|f| f.dimension == dimension && !f.values.is_empty())
            .all(|f| f.values.iter().any(|v| loaded.names.id(dimension, v) == Some(value)))
    };
    let by_series = loaded
        .cube
        .by_series(folded.days, |series| Dimension::ALL.into_iter().all(|d| kept(d, series.values[d.index()])))?;
    let mut sources = Vec::new();
    let mut used: HashMap<(usize, usize), Totals> = HashMap::new();
    for (index, totals) in &by_series {
        let series = &loaded.cube.series()[*index as usize];
        if !sources.contains(&series.source) {
            sources.push(series.source);
        }
        if let Basis::Computed(price) = &series.basis {
            used.entry((price.row, price.band)).or_default().add(totals);
        }
    }
    let mut used: Vec<_> = used.into_iter().collect();
    // What a bill adds for tokens the price has no rate for is no cost at that price.
    let at_price = |totals: &Totals| totals.spend_by_evidence()[0];
    used.sort_by_key(|((row, band), totals)| (std::cmp::Reverse(at_price(totals)), *row, *band));
    let prices = used
        .into_iter()
        .map(|((row, band), totals)| {
            let price = &loaded.prices.rows[row];
            let rates = price.rates_of(band);
            // Rates of kinds nobody used explain nothing.
            let rates = TOKEN_KIND_NAMES
                .into_iter()
                .zip(rates.billed())
                .zip(totals.measures.tokens.billed())
                .filter(|(_, tokens)| *tokens > 0)
                .filter_map(|((kind, rate), _)| {
                    let name = context.text(&format!("token-kind-{kind}"), &[]);
                    Some(format!("{name} {}", domain::money::decimal(i128::from(rate?.0))))
                })
                .collect::<Vec<_>>()
                .join(" · ");
            PriceUsed {
                provider: loaded.vendors.label(&price.provider),
                model: price.model.clone(),
                tier: price.tier.clone(),
                rates: format!("{rates} {} / 1M", price.currency),
                from: price.from,
                layer: price.layer,
                source: price.source.clone(),
                tokens: format::count(totals.measures.tokens.total().into()),
                cost: exact_money(at_price(&totals).to_nanos(), loaded.settings.currency.code()),
            }
        })
        .collect();
    Ok((prices, sources))
}
