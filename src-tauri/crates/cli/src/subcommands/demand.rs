//! `quarterdeck demand`.

use app::demand::{DemandFigures, DemandQuery, DemandRow, DemandView, LatencyFigures, MinuteFigures};
use app::report::format::{self, UNKNOWN};
use app::wire::Dimension;
use clap::Args;

use super::economics::expect_value;
use crate::subcommand::Subcommand;
use crate::{Failure, Session, output};

/// Requests and tokens per minute, the busiest minutes, and how long requests took
#[derive(Debug, Args)]
pub struct Demand {
    /// 2026-Q3, 2026-07, 2026 or 2026-07-01..2026-07-31
    #[arg(long)]
    pub period: String,
    /// Keep this vendor; may be given several times
    #[arg(long, value_name = "NAME")]
    pub vendor: Vec<String>,
    /// Keep this model; may be given several times
    #[arg(long, value_name = "NAME")]
    pub model: Vec<String>,
    /// Also each day; with --json always
    #[arg(long)]
    pub days: bool,
}

impl Subcommand for Demand {
    async fn run(&self, session: &Session) -> Result<u8, Failure> {
        for (dimension, names) in [(Dimension::Vendor, &self.vendor), (Dimension::Model, &self.model)] {
            for name in names {
                let flag = format!("--{}", dimension.name());
                expect_value(session, dimension, name, Some(&flag)).await?;
            }
        }
        let query = DemandQuery {
            period: self.period.clone(),
            vendors: self.vendor.clone(),
            models: self.model.clone(),
            by_day: self.days || session.json,
        };
        let view: DemandView = session.call("demand", query).await?;
        if session.json {
            output::json(&view);
            return Ok(0);
        }
        output::say(&format!("{} · {}", view.period.label, view.time_zone));
        if view.rows.is_empty() {
            output::say(&session.text("cli-demand-none", &[]));
            return Ok(0);
        }
        minutes(session, &view);
        output::say("");
        latencies(session, &view);
        if view.rows.iter().any(|row| row.figures.requests.is_none()) {
            output::note(&session.text("cli-demand-unknown", &[]));
        }
        Ok(0)
    }
}

/// The lines of a table: each vendor's model over the period, and its days where they are asked for.
fn each(view: &DemandView) -> impl Iterator<Item = (&DemandRow, Option<String>, &DemandFigures)> {
    view.rows.iter().flat_map(|row| {
        let days = row.by_day.iter().map(move |day| (row, Some(day.day.to_string()), &day.figures));
        std::iter::once((row, None, &row.figures)).chain(days)
    })
}

/// Vendor, model and, with days, the day or that it is all of them.
fn names(session: &Session, with_days: bool, row: &DemandRow, day: Option<String>) -> Vec<String> {
    let mut cells = vec![output::name(&row.vendor_name).to_owned(), output::name(&row.model).to_owned()];
    if with_days {
        cells.push(day.unwrap_or_else(|| session.text("cli-demand-all-days", &[])));
    }
    cells
}

fn header(session: &Session, with_days: bool, rest: &[&str]) -> (Vec<String>, Vec<bool>) {
    let named = ["vendor", "model", "day"];
    let named = &named[..if with_days { 3 } else { 2 }];
    let header = named.iter().chain(rest).map(|id| session.text(&format!("cli-column-{id}"), &[])).collect();
    let right = named.iter().map(|_| false).chain(rest.iter().map(|id| RIGHT.contains(id))).collect();
    (header, right)
}

/// Columns of numbers.
const RIGHT: [&str; 5] = ["p50", "p95", "p99", "busiest", "known-requests"];

fn minutes(session: &Session, view: &DemandView) {
    let with_days = view.rows.iter().any(|row| !row.by_day.is_empty());
    let (header, right) = header(session, with_days, &["per-minute", "p50", "p95", "p99", "busiest", "at"]);
    let mut rows = Vec::new();
    for (row, day, figures) in each(view) {
        let rates = [
            ("requests", &figures.requests),
            ("input-tokens", &figures.input_tokens),
            ("output-tokens", &figures.output_tokens),
        ];
        for (name, rate) in rates {
            let mut cells = names(session, with_days, row, day.clone());
            cells.push(session.text(&format!("cli-demand-{name}"), &[]));
            cells.extend(rate_cells(session, rate.as_ref()));
            rows.push(cells);
        }
    }
    output::table(&header, &right, rows);
}

fn rate_cells(session: &Session, rate: Option<&MinuteFigures>) -> [String; 5] {
    let Some(rate) = rate else { return std::array::from_fn(|_| UNKNOWN.to_owned()) };
    let at = rate.peaks.first().map_or(UNKNOWN.to_owned(), |peak| peak.local.clone());
    [
        output::figure(&rate.p50),
        output::figure(&rate.p95),
        output::figure(&rate.p99),
        covered(session, output::figure(&rate.max), rate.coverage),
        at,
    ]
}

fn latencies(session: &Session, view: &DemandView) {
    let with_days = view.rows.iter().any(|row| !row.by_day.is_empty());
    let (header, right) = header(session, with_days, &["duration", "p50", "p95", "p99", "known-requests"]);
    let mut rows = Vec::new();
    for (row, day, figures) in each(view) {
        for (name, latency) in [("latency", &figures.latency), ("first-token", &figures.first_token)] {
            let mut cells = names(session, with_days, row, day.clone());
            cells.push(session.text(&format!("cli-demand-{name}"), &[]));
            cells.extend(latency_cells(session, latency.as_ref()));
            rows.push(cells);
        }
    }
    output::table(&header, &right, rows);
}

fn latency_cells(session: &Session, latency: Option<&LatencyFigures>) -> [String; 4] {
    let Some(latency) = latency else { return std::array::from_fn(|_| UNKNOWN.to_owned()) };
    let known = covered(session, output::figure(&latency.known), latency.coverage);
    [latency.p50.text.clone(), latency.p95.text.clone(), latency.p99.text.clone(), known]
}

/// A figure with how much it covers, where that is not everything.
fn covered(session: &Session, figure: String, coverage: Option<f64>) -> String {
    match coverage {
        Some(share) => {
            let covered = session.text("cli-coverage", &[("share", format::share(share, 0).into())]);
            format!("{figure} ({covered})")
        }
        None => figure,
    }
}
