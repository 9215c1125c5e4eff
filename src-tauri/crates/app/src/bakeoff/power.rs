//! What a bake-off can find out: before anything is spent, and by what was measured.

use domain::bakeoff::BakeoffDetails;
use domain::stats::power::{PairedDesign, cases_to_detect, detectable_at};
use report::format;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Context;

/// What the bake-off can find out: before anything is spent, or by what was measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PowerView {
    pub cases: u32,
    pub repeats: u32,
    /// The smallest difference it finds four times in five, in points of a hundred.
    pub detectable: Option<f64>,
    pub detectable_text: String,
    pub wanted_text: String,
    /// It cannot find what matters.
    pub underpowered: bool,
    /// How many cases would do.
    #[ts(type = "number | null")]
    pub cases_needed: Option<u64>,
    pub sentence: String,
}

/// Power of a paired comparison of shares before anything is known: the variance of a difference between two candidates that agree on
/// most cases. Miller, "Adding error bars to evals" (2024), takes ω² = 1/9 for scores of 0 to 1 with one answer a case; answers
/// within a case vary by at most 1/6 more, which repeats wear off.
fn planned_design(repeats: u32) -> PairedDesign {
    PairedDesign {
        between_cases: 1.0 / 9.0,
        within_case: [1.0 / 6.0; 2],
        repeats: [repeats.max(1); 2],
        design_effect: 1.0,
    }
}

const ALPHA: f64 = 0.05;
const POWER: f64 = 0.8;

pub(super) fn power(context: &Context, cases: u32, details: &BakeoffDetails) -> PowerView {
    let design = planned_design(details.repeats);
    let detectable = design.minimum_detectable_effect(cases.into(), ALPHA, POWER).ok();
    let needed = design.cases_needed(details.minimum_effect, ALPHA, POWER).ok().map(|cases| cases.ceil() as u64);
    power_view(context, (cases, details), detectable, needed, false)
}

/// What the bake-off can find by the error its own results have: the widest of the differences from the incumbent, on the first
/// criterion. `se` is a share of the scale.
pub(crate) fn measured_power(context: &Context, cases: u32, details: &BakeoffDetails, se: f64) -> PowerView {
    let detectable = detectable_at(se, ALPHA, POWER).ok();
    let needed = detectable.and_then(|found| cases_to_detect(cases.into(), found, details.minimum_effect));
    power_view(context, (cases, details), detectable, needed, true)
}

fn power_view(
    context: &Context,
    (cases, details): (u32, &BakeoffDetails),
    detectable: Option<f64>,
    needed: Option<u64>,
    measured: bool,
) -> PowerView {
    let underpowered = detectable.is_none_or(|found| found > details.minimum_effect);
    let text = |share: f64| format!("{} {}", format::ratio(share * 100.0, 1), context.text("points-unit", &[]));
    let detectable_text = detectable.map_or_else(|| "—".to_owned(), text);
    let wanted_text = text(details.minimum_effect);
    let id = match (underpowered, measured) {
        (true, false) => "power-under",
        (false, false) => "power-enough",
        (true, true) => "power-measured-under",
        (false, true) => "power-measured-enough",
    };
    let sentence = context.text(
        id,
        &[
            ("cases", format::count(cases.into()).into()),
            ("detectable", detectable_text.clone().into()),
            ("wanted", wanted_text.clone().into()),
            ("needed", format::count(needed.unwrap_or(0).into()).into()),
            ("criterion", details.criteria.first().map_or_else(String::new, |one| one.name.clone()).into()),
        ],
    );
    PowerView {
        cases,
        repeats: details.repeats,
        detectable,
        detectable_text,
        wanted_text,
        underpowered,
        cases_needed: needed,
        sentence,
    }
}
