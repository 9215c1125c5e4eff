//! How long answers take: quantiles with what is known of them, and how they are spread.

use domain::bakeoff::CandidateId;
use domain::stats::histogram::histogram;
use domain::stats::quantile::{Quantile, quantile};
use report::chart::{Bin, ChartSpec, ColourToken, Marks, Quantile as QuantileLine};
use report::format;
use report::table::{Align, Cell, TableColumn, TableSpec};

use super::Loaded;
use crate::Context;

/// Bins of each candidate's spread: enough to see two humps, few enough for some hundred answers.
const BINS: u32 = 30;

pub(super) fn seconds(micros: f64) -> String {
    format::duration(micros.max(0.0).round() as u64)
}

/// What answers took, in microseconds. What came from a cache says nothing of a vendor, and a request that was turned away is no
/// answer, however quickly that went.
fn took(loaded: &Loaded, id: CandidateId) -> Vec<f64> {
    let of = loaded.measured.iter().filter(|one| one.candidate == id && !one.cached && one.error.is_none());
    of.filter_map(|one| one.latency.map(|micros| micros as f64)).collect()
}

/// The quantiles of a candidate that are told.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Latency {
    pub p50: Option<Quantile>,
    pub p95: Option<Quantile>,
    p99: Option<Quantile>,
}

impl Latency {
    pub(super) fn of(loaded: &Loaded, id: CandidateId) -> Self {
        let took: Vec<Option<f64>> = took(loaded, id).into_iter().map(Some).collect();
        let share = |share| quantile(&took, share, 0.95).ok();
        Self { p50: share(0.5), p95: share(0.95), p99: share(0.99) }
    }
}

pub(super) fn text(found: Option<Quantile>) -> String {
    found.map_or_else(|| "—".to_owned(), |found| seconds(found.value))
}

pub(super) fn interval(found: Option<Quantile>) -> String {
    match found.and_then(|found| found.low.zip(found.high)) {
        Some((low, high)) => format!("{} – {}", seconds(low), seconds(high)),
        None => "—".to_owned(),
    }
}

/// How the answers of each candidate are spread, all on one axis of time so that they compare by eye. It ends at the greatest
/// 99th percentile: what takes longer is counted beneath the title.
pub(super) fn spreads(context: &Context, loaded: &Loaded, candidates: &[(String, Latency)]) -> Vec<ChartSpec> {
    let greatest = candidates.iter().filter_map(|(_, of)| of.p99).map(|found| found.value).fold(0.0, f64::max);
    if greatest <= 0.0 {
        return Vec::new();
    }
    // Seconds, or milliseconds where all is quick.
    let (scale, unit) = if greatest >= 1e6 { (1e6, "axis-seconds") } else { (1e3, "axis-milliseconds") };
    let x = format::value_axis(0.0, greatest / scale, 6, "", &context.text(unit, &[]));
    let found: Vec<(usize, usize, domain::stats::histogram::Histogram)> = loaded
        .candidates
        .iter()
        .enumerate()
        .filter_map(|(at, id)| {
            let took: Vec<f64> = took(loaded, *id).into_iter().map(|micros| micros / scale).collect();
            let spread = histogram(&took, x.max, BINS).ok().filter(|_| !took.is_empty())?;
            Some((at, took.len(), spread))
        })
        .collect();
    let most = found.iter().flat_map(|(.., spread)| &spread.counts).max().copied().unwrap_or(0);
    let y = format::count_axis(0, most.into(), 4, &context.text("axis-answers", &[]), context.language);
    let of = |at: usize| candidates.get(at).map_or((String::new(), Latency::default()), Clone::clone);
    found
        .into_iter()
        .map(|(at, count, spread)| {
            let (name, latency) = of(at);
            let title = context.text("spread-title", &[("candidate", name.into()), ("p95", text(latency.p95).into())]);
            let beyond = [
                ("answers", format::count(count as i128).into()),
                ("beyond", format::count(spread.beyond.into()).into()),
                ("longest", seconds(x.max * scale).into()),
            ];
            let subtitle = context.text(if spread.beyond > 0 { "spread-beyond" } else { "spread-all" }, &beyond);
            let lines = [("p50", latency.p50), ("p95", latency.p95), ("p99", latency.p99)];
            let rows = lines.map(|(name, found)| {
                vec![Cell::plain(name.to_owned()), Cell::plain(text(found)), Cell::plain(interval(found))]
            });
            let column = |id: &str, align| TableColumn { title: context.text(id, &[]), align, weight: 1.0 };
            ChartSpec {
                summary: format!("{title}. {subtitle}"),
                x: x.clone(),
                y: y.clone(),
                marks: Marks::Histogram {
                    bins: bins(context, &spread, scale),
                    // The 99th would be written over the edge of most.
                    quantiles: lines[..2]
                        .iter()
                        .filter_map(|(name, found)| {
                            let found = found.as_ref()?;
                            let label = format!("{name} {}", seconds(found.value));
                            Some(QuantileLine { at: found.value / scale, label })
                        })
                        .collect(),
                    colour: ColourToken::SERIES[at % ColourToken::SERIES.len()],
                },
                annotations: vec![],
                table: TableSpec {
                    columns: vec![
                        column("spread-quantile", Align::Left),
                        column("spread-time", Align::Right),
                        column("spread-interval", Align::Right),
                    ],
                    rows: rows.to_vec(),
                    total: None,
                },
                title,
                subtitle,
            }
        })
        .collect()
}

fn bins(context: &Context, spread: &domain::stats::histogram::Histogram, scale: f64) -> Vec<Bin> {
    let edge = |at: usize| at as f64 * spread.width;
    let of = |(at, count): (usize, &u32)| Bin {
        from: edge(at),
        to: edge(at + 1),
        value: f64::from(*count),
        label: context.text(
            "spread-bin",
            &[
                ("from", seconds(edge(at) * scale).into()),
                ("to", seconds(edge(at + 1) * scale).into()),
                ("count", format::count(i128::from(*count)).into()),
            ],
        ),
    };
    spread.counts.iter().enumerate().map(of).collect()
}
