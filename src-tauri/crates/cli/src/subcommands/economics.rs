//! `quarterdeck economics`.

use app::economics::{
    DimensionFilter, DimensionValues, DimensionValuesQuery, EconomicsQuery, EconomicsRow, EconomicsView,
};
use app::reconcile::{ReconciliationQuery, ReconciliationView};
use app::report::format::{self, UNKNOWN};
use app::wire::{Dimension, Money};
use clap::Args;
use serde::Serialize;

use crate::subcommand::Subcommand;
use crate::{Failure, Session, output};

/// What a session, a request and 1,000 tokens cost
#[derive(Debug, Args)]
pub struct Economics {
    /// 2026-Q3, 2026-07, 2026 or 2026-07-01..2026-07-31
    #[arg(long)]
    pub period: String,
    /// One or two of vendor, model, feature, tenant, environment
    #[arg(long, value_delimiter = ',', default_value = "feature")]
    pub by: Vec<String>,
    /// Keep rows with this value, as dimension=value, e.g. --filter feature=search; several values of one dimension are
    /// kept together
    #[arg(long, value_name = "DIMENSION=VALUE")]
    pub filter: Vec<String>,
    /// Rows shown; the rest is summed as one row
    #[arg(long, default_value_t = 0)]
    pub limit: u32,
    /// Amounts with all their digits; rounded to the cent, rows may miss their total by one
    #[arg(long)]
    pub exact: bool,
    /// Also compare what was computed, reported and billed, per vendor and month
    #[arg(long)]
    pub reconcile: bool,
}

/// The window's view, with the reconciliation of the period beside it.
#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    view: &'a EconomicsView,
    reconciliation: &'a ReconciliationView,
}

impl Subcommand for Economics {
    async fn run(&self, session: &Session) -> Result<u8, Failure> {
        let query = query(session, self).await?;
        let view: EconomicsView = session.call("economics", query).await?;
        let compared = ReconciliationQuery { period: self.period.clone() };
        if session.json {
            let reconciliation: ReconciliationView = session.call("reconciliation", compared).await?;
            output::json(&Whole { view: &view, reconciliation: &reconciliation });
            return Ok(0);
        }
        output::say(&format!("{} · {}", view.period.label, view.time_zone));
        show(session, self.exact, &view);
        for unpriced in &view.unpriced {
            output::note(&output::unpriced(session, unpriced));
        }
        if self.reconcile {
            let reconciliation: ReconciliationView = session.call("reconciliation", compared).await?;
            reconcile(session, self.exact, &reconciliation);
        }
        Ok(0)
    }
}

async fn query(session: &Session, economics: &Economics) -> Result<EconomicsQuery, Failure> {
    let dimension = |text: &str| text.parse().map_err(|_| session.misuse("bad-dimension", &[("text", text)]));
    let by = economics.by.iter().map(|text| dimension(text)).collect::<Result<Vec<Dimension>, Failure>>()?;
    let mut filters: Vec<DimensionFilter> = Vec::new();
    for text in &economics.filter {
        let (name, value) = text.split_once('=').ok_or_else(|| session.misuse("bad-filter", &[("text", text)]))?;
        let dimension: Dimension = dimension(name)?;
        expect_value(session, dimension, value, None).await?;
        match filters.iter_mut().find(|filter| filter.dimension == dimension) {
            Some(filter) => filter.values.push(value.to_owned()),
            None => filters.push(DimensionFilter { dimension, values: vec![value.to_owned()] }),
        }
    }
    Ok(EconomicsQuery { period: economics.period.clone(), by, filters, limit: economics.limit, grain: None })
}

/// Refuses a value no usage has, with those it has: an empty table would look like no spend. `flag` is the dimension's own one,
/// where the command has it.
pub async fn expect_value(
    session: &Session,
    dimension: Dimension,
    value: &str,
    flag: Option<&str>,
) -> Result<(), Failure> {
    let asked = DimensionValuesQuery { dimension, text: value.to_owned(), limit: 1_000 };
    let near: DimensionValues = session.call("dimension_values", asked).await?;
    // Among more values than are listed it may be there all the same.
    if near.values.iter().any(|known| known == value) || near.total as usize > near.values.len() {
        return Ok(());
    }
    let failure = session.misuse("unknown-value", &[("dimension", dimension.name()), ("value", value)]);
    let mut examples = near.values;
    if examples.is_empty() {
        let any = DimensionValuesQuery { dimension, text: String::new(), limit: 5 };
        examples = session.call::<DimensionValues>("dimension_values", any).await?.values;
    }
    examples.retain(|example| !example.is_empty());
    examples.truncate(5);
    if examples.is_empty() {
        return Err(failure);
    }
    let values = examples.join(", ");
    let hint = match flag {
        Some(flag) => session.text("cli-hint-name", &[("flag", flag.into()), ("values", values.into())]),
        None => {
            let args = [("dimension", dimension.name().into()), ("values", values.into())];
            session.text("cli-hint-value", &args)
        }
    };
    Err(failure.with_hint(hint))
}

/// How amounts are written: to the cent, or with all their digits.
fn amount(session: &Session, exact: bool, money: Option<&Money>) -> String {
    match money {
        None => UNKNOWN.to_owned(),
        Some(money) if exact => format!("{} {}", money.currency(), money.amount()),
        Some(money) => session.money(money),
    }
}

fn show(session: &Session, exact: bool, view: &EconomicsView) {
    let mut header: Vec<String> =
        view.dimensions.iter().map(|by| session.text(&format!("heading-{}", by.name()), &[])).collect();
    for id in [
        "requests",
        "sessions",
        "tokens",
        "spend",
        "cost-per-session",
        "cost-per-successful-session",
        "cost-per-request",
        "cost-per-1k-tokens",
    ] {
        header.push(session.text(&format!("tile-{id}"), &[]));
    }
    let names = view.dimensions.len();
    let right: Vec<bool> = (0..header.len()).map(|column| column >= names).collect();
    let of = |money: Option<&Money>, coverage: Option<f64>| match coverage {
        Some(share) => {
            let covered = session.text("cli-coverage", &[("share", format::share(share, 0).into())]);
            format!("{} ({covered})", amount(session, exact, money))
        }
        None => amount(session, exact, money),
    };
    let cells = |row: &EconomicsRow, mut cells: Vec<String>| {
        cells.extend([
            output::known(row.requests.as_deref()),
            output::known(row.sessions.as_deref()),
            output::figure(&row.tokens_total),
            amount(session, exact, row.spend.as_ref()),
            of(row.cost_per_session.as_ref(), row.coverage.cost_per_session),
            of(row.cost_per_successful_session.as_ref(), row.coverage.cost_per_successful_session),
            of(row.cost_per_request.as_ref(), row.coverage.cost_per_request),
            of(row.cost_per_1k_tokens.as_ref(), row.coverage.cost_per_1k_tokens),
        ]);
        cells
    };
    let mut rows: Vec<Vec<String>> = view
        .rows
        .iter()
        .map(|row| cells(row, row.labels.iter().map(|label| output::name(label).to_owned()).collect()))
        .collect();
    let named = |label: &str| {
        let mut cells = vec![session.text(label, &[])];
        cells.resize(names, String::new());
        cells
    };
    rows.extend(view.other.iter().map(|sum| cells(sum, named("cli-row-other"))));
    if let Some(total) = &view.total {
        // Each amount is rounded for itself; what that comes to has a line, so that the column adds up as it is printed.
        let nanos = |row: &EconomicsRow| row.spend.as_ref().map(Money::nanos);
        let (whole, parts) = (nanos(total).unwrap_or(0), view.rows.iter().chain(&view.other).filter_map(nanos));
        let currency = view.currency.code();
        let rounding = if exact { format::rest(whole, parts) } else { format::rounding(whole, parts, currency) };
        if rounding != 0 {
            let mut row = named("cli-row-rounding");
            row.resize(header.len(), String::new());
            row[names + 3] = match exact {
                true => amount(session, exact, Some(&Money::from_nanos(rounding, view.currency))),
                false => format::money_exact(rounding, currency, session.language),
            };
            rows.push(row);
        }
        rows.push(cells(total, named("row-total")));
    }
    output::table(&header, &right, rows);
}

/// Vendors' months: what was metered beside what was billed, and what explains the difference.
fn reconcile(session: &Session, exact: bool, view: &ReconciliationView) {
    output::say("");
    if view.months.is_empty() {
        output::say(&session.text("cli-reconcile-none", &[]));
        return;
    }
    let header = ["vendor", "month", "computed", "reported", "billed", "metered", "difference", "share"]
        .map(|id| session.text(&format!("cli-column-{id}"), &[]));
    let write = |money: Option<&Money>| amount(session, exact, money);
    let body = view.months.iter().map(|month| {
        vec![
            month.vendor_name.clone(),
            month.month_label.clone(),
            write(month.computed.as_ref()),
            write(month.reported.as_ref()),
            write(month.billed.as_ref()),
            // What nothing meters is not 0.
            write(Some(&month.metered).filter(|_| month.computed.is_some() || month.reported.is_some())),
            write(month.difference.as_ref()),
            month.share.map_or(UNKNOWN.to_owned(), |share| format::change(share, 1)),
        ]
    });
    let right = [false, false, true, true, true, true, true, true];
    output::table(&header, &right, body.collect());
    for month in view.months.iter().filter(|month| month.flagged) {
        output::say(&month.finding.join("\n  "));
    }
    for month in &view.months {
        if let Some(money) = &month.unrecognised {
            let args = [
                ("vendor", month.vendor_name.as_str().into()),
                ("month", month.month_label.as_str().into()),
                ("amount", session.money(money).into()),
            ];
            output::say(&session.text("cli-unrecognised", &args));
        }
        if let Some(money) = &month.set_aside {
            let args = [
                ("vendor", output::name(&month.vendor_name).into()),
                ("month", month.month_label.as_str().into()),
                ("amount", amount(session, exact, Some(money)).into()),
            ];
            output::say(&session.text("cli-set-aside", &args));
        }
    }
    for model in &view.unresolved {
        let args = [("vendor", output::name(&model.vendor_name).into()), ("model", model.model.as_str().into())];
        output::note(&session.text("cli-unresolved", &args));
        if let Some(guess) = &model.guess {
            let args = [
                ("vendor", model.vendor.as_str().into()),
                ("model", model.model.as_str().into()),
                ("target", format!("{}/{}", guess.provider, guess.model).into()),
            ];
            output::note(&session.text("cli-unresolved-guess", &args));
        }
    }
}
