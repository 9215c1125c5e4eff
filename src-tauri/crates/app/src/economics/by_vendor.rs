//! Spend seen from one vendor: which usage is its, and what it came to.

use chrono::NaiveDate;
use domain::calendar::Period;
use domain::economics::Totals;
use domain::economics::ratios::unit_costs;
use domain::money::{Currency, Money};
use domain::usage::Dimension;
use domain::vendor::VendorDetails;
use report::chart::ChartSpec;
use report::format;

use super::{
    DimensionFilter, EconomicsQuery, Folded, Line, Loaded, fold, load, over_time, period_label, previous_label,
    quarter_in_hand, sum,
};
use crate::view::{Change, Sense, StripFigure, change, change_points, money};
use crate::{AppError, Context, Result};

/// What was spent with a vendor between two days, both included, in nano-units of the reporting currency; `None` where
/// nothing of it has a cost.
///
/// # Errors
/// A missing exchange rate.
pub(crate) fn spend_with(
    loaded: &Loaded,
    vendor: &VendorDetails,
    days: (NaiveDate, NaiveDate),
    today: NaiveDate,
) -> Result<Option<i128>> {
    let period = Period::Span(days.0, days.1).to_string();
    let query = EconomicsQuery { period, by: vec![Dimension::Vendor], filters: vec![], limit: 0, grain: None };
    let folded = fold(loaded, &query, today)?;
    Ok(unit_costs(&of_vendor(&folded, vendor).totals).spend)
}

/// What a vendor's usage comes to, under whichever names: added first and rounded once.
fn of_vendor(folded: &Folded, vendor: &VendorDetails) -> Line {
    let lines = folded.lines.iter().filter(|line| vendor.goes_by(&line.keys[0]));
    sum(lines, vec![], folded.buckets.len())
}

/// A vendor's key figures of this quarter, each against as many days of the one before, and its spend by model.
///
/// # Errors
/// A missing exchange rate.
pub(crate) fn spend_figures(
    context: &Context,
    loaded: &Loaded,
    vendor: &VendorDetails,
    today: NaiveDate,
) -> Result<(Vec<StripFigure>, Option<ChartSpec>)> {
    let Some(quarter) = quarter_in_hand(context, loaded) else { return Ok((Vec::new(), None)) };
    let query = EconomicsQuery {
        period: quarter.to_string(),
        by: vec![Dimension::Vendor],
        filters: vec![],
        limit: 0,
        grain: None,
    };
    let folded = fold(loaded, &query, today)?;
    let (own, against) = (of_vendor(&folded, vendor), previous_label(context, loaded, &folded));
    let Some(spend) = unit_costs(&own.totals).spend else { return Ok((Vec::new(), None)) };
    let versus = |change: Option<Change>| {
        change.map_or(String::new(), |change| {
            let args = [("change", change.text.into()), ("against", change.against.into())];
            context.text("change-against", &args)
        })
    };
    let share =
        |of: &Totals, whole: &Totals| (whole.spend().0 > 0).then(|| of.spend().0 as f64 / whole.spend().0 as f64);
    let label = period_label(&loaded.calendar, quarter, context.language);
    let amount = format::money_compact(spend, loaded.settings.currency.code(), context.language);
    let moved = change(unit_costs(&own.compared).spend, unit_costs(&own.before).spend, Sense::Neutral, &against);
    let mut strip =
        vec![StripFigure::new(context.text("strip-spend", &[("period", label.into())]), amount).noting(versus(moved))];
    if let Some(part) = share(&own.totals, &folded.total) {
        let (now, then) = (share(&own.compared, &folded.total_compared), share(&own.before, &folded.total_before));
        let moved = change_points(now, then, Sense::Neutral, &against, |points| {
            context.text("change-points", &[("points", points.into())])
        });
        let text = format::share(part, 1);
        strip.push(
            StripFigure::new(context.text("strip-share", &[]), text).noting(moved.map_or(String::new(), |m| m.text)),
        );
    }
    let by_model = EconomicsQuery {
        by: vec![Dimension::Model],
        filters: vec![DimensionFilter {
            dimension: Dimension::Vendor,
            values: folded.lines.iter().map(|line| line.keys[0].clone()).filter(|name| vendor.goes_by(name)).collect(),
        }],
        ..query
    };
    let folded = fold(loaded, &by_model, today)?;
    let chart = over_time::spend_over_time(context, loaded, &by_model, &folded);
    Ok((strip, Some(chart)))
}

/// A model's traffic in the running quarter, to be matched with vendors.
pub(crate) struct ModelUse {
    pub vendor: String,
    pub model: String,
    pub totals: Totals,
}

impl ModelUse {
    pub(crate) fn is_of(&self, vendor: &VendorDetails) -> bool {
        vendor.goes_by(&self.vendor)
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
        grain: None,
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
        .map(|l| ModelUse { vendor: l.keys[0].clone(), model: l.keys[1].clone(), totals: l.totals })
        .collect())
}

/// What models cost together, added first and rounded once; unknown if none of them is priced.
pub(crate) fn spend_of(models: &[&ModelUse], currency: Currency) -> Option<Money> {
    let mut totals = Totals::default();
    for model in models {
        totals.add(&model.totals);
    }
    money(unit_costs(&totals).spend, currency)
}
