//! Spend seen from one vendor: which usage is its, and what it came to.

use chrono::NaiveDate;
use domain::calendar::Period;
use domain::economics::Totals;
use domain::economics::ratios::unit_costs;
use domain::usage::Dimension;
use domain::vendor::{VendorDetails, provider_key};
use report::chart::ChartSpec;
use report::format;

use super::{
    DimensionFilter, EconomicsQuery, Line, Loaded, charts, fold, period_label, previous_label, quarter_in_hand, sum,
};
use crate::view::{Change, Sense, StripFigure, change, change_points};
use crate::{Context, Result};

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
    let query = EconomicsQuery { period, by: vec![Dimension::Vendor], filters: vec![], limit: 0 };
    let folded = fold(loaded, &query, today)?;
    let costs: Vec<i128> = folded
        .lines
        .iter()
        .filter(|line| goes_by(vendor, &line.keys[0]))
        .filter_map(|line| unit_costs(&line.totals).spend)
        .collect();
    Ok((!costs.is_empty()).then(|| costs.iter().sum()))
}

/// Whether usage under a name is a vendor's.
pub(crate) fn goes_by(vendor: &VendorDetails, name: &str) -> bool {
    let key = provider_key(name);
    !key.is_empty() && (key == provider_key(&vendor.name) || vendor.provider_keys.contains(&key))
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
    let query = EconomicsQuery { period: quarter.to_string(), by: vec![Dimension::Vendor], filters: vec![], limit: 0 };
    let folded = fold(loaded, &query, today)?;
    let mine: Vec<&Line> = folded.lines.iter().filter(|line| goes_by(vendor, &line.keys[0])).collect();
    let (own, against) =
        (sum(mine.iter().copied(), vec![], folded.buckets.len()), previous_label(context, loaded, &folded));
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
            values: mine.iter().map(|line| line.keys[0].clone()).collect(),
        }],
        ..query
    };
    let folded = fold(loaded, &by_model, today)?;
    let chart = charts::spend_over_time(context, loaded, &by_model, &folded);
    Ok((strip, Some(chart)))
}
