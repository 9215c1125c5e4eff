//! A figure as one paragraph somebody can paste into a memo: what it is, how it comes about, from which files, and where.

use chrono::NaiveDate;
use report::format;
use report::locale::Language;

use super::{ExplainInput, FileUsed, UNKNOWN};
use crate::Context;

/// As many digits of a hash as tell files apart.
const SHORT_HASH: usize = 12;
/// Files named one by one.
const NAMED: usize = 12;

/// What a citation says beside the explanation itself.
pub(super) struct Cited<'a> {
    pub figure: &'static str,
    pub name: &'a str,
    /// Of what: "All usage", "Support chat".
    pub what: &'a str,
    pub period: &'a str,
    pub days: (NaiveDate, NaiveDate),
    pub zone: &'a str,
    pub value: &'a str,
    pub formula: &'a str,
    pub inputs: &'a [ExplainInput],
    pub caveats: &'a [String],
    pub files: &'a [FileUsed],
    pub workspace: &'a str,
    pub today: NaiveDate,
}

pub(super) fn citation(context: &Context, cited: &Cited<'_>) -> String {
    let language = context.language;
    let day = |day: NaiveDate| format::date(day, language);
    let separator = context.text("citation-separator", &[]);
    let mut parts = vec![
        context.text(
            "citation-figure",
            &[
                ("figure", cited.name.into()),
                ("what", cited.what.into()),
                ("period", cited.period.into()),
                ("from", day(cited.days.0).into()),
                ("to", day(cited.days.1).into()),
                ("zone", cited.zone.into()),
                ("value", cited.value.into()),
            ],
        ),
        context.text("citation-formula", &[("formula", cited.formula.trim_end_matches(['.', '。']).into())]),
    ];
    if let Some(numbers) = numbers(cited.figure, cited.inputs) {
        let args = [("numbers", numbers.into()), ("value", cited.value.into())];
        parts.push(context.text("citation-numbers", &args));
    }
    if !cited.inputs.is_empty() {
        let inputs: Vec<String> = cited.inputs.iter().map(|input| format!("{} {}", input.label, input.value)).collect();
        parts.push(context.text("citation-inputs", &[("inputs", inputs.join(&separator).into())]));
    }
    parts.extend(cited.caveats.iter().cloned());
    if !cited.files.is_empty() {
        let mut files: Vec<String> = cited.files.iter().take(NAMED).map(|file| named(context, file)).collect();
        if let Some(more) = cited.files.len().checked_sub(NAMED).filter(|more| *more > 0) {
            files.push(context.text("citation-more-files", &[("count", more.into())]));
        }
        parts.push(context.text("citation-files", &[("files", files.join(&separator).into())]));
    }
    parts.push(context.text(
        "citation-source",
        &[
            ("workspace", cited.workspace.into()),
            ("version", env!("CARGO_PKG_VERSION").into()),
            ("date", day(cited.today).into()),
        ],
    ));
    // Chinese sentences follow each other without a space.
    parts.join(if language == Language::ZhCn { "" } else { " " })
}

fn named(context: &Context, file: &FileUsed) -> String {
    let hash = file.sha256.get(..SHORT_HASH).unwrap_or(&file.sha256);
    context.text("citation-file", &[("name", file.name.as_str().into()), ("hash", hash.into())])
}

/// The formula with its numbers; nothing where one of them is unknown, or where the figure is counted and not calculated.
fn numbers(figure: &str, inputs: &[ExplainInput]) -> Option<String> {
    if inputs.iter().any(|input| input.value == UNKNOWN) {
        return None;
    }
    let value = |at: usize| inputs.get(at).map(|input| input.value.as_str());
    match figure {
        // Tokens of a kind stand before what they cost.
        "spend" | "tokens" => {
            let parts: Vec<&str> =
                inputs.iter().map(|input| input.value.rsplit(" → ").next().unwrap_or_default()).collect();
            (!parts.is_empty()).then(|| parts.join(" + "))
        }
        "sessions" | "successful-sessions" => None,
        "cost-per-1k-tokens" => Some(format!("{} × 1,000 ÷ {}", value(0)?, value(1)?)),
        _ => Some(format!("{} ÷ {}", value(0)?, value(1)?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inputs(values: &[&str]) -> Vec<ExplainInput> {
        values.iter().map(|value| ExplainInput { label: "A".into(), value: (*value).into() }).collect()
    }

    #[test]
    fn a_formula_has_its_numbers_in_it_unless_one_is_unknown() {
        let of = |figure: &str, values: &[&str]| numbers(figure, &inputs(values));
        assert_eq!(of("spend", &["1,000 → USD 2.5", "USD 3"]).as_deref(), Some("USD 2.5 + USD 3"));
        assert_eq!(of("cost-per-1k-tokens", &["USD 5", "2,000"]).as_deref(), Some("USD 5 × 1,000 ÷ 2,000"));
        // Sessions that failed are an input, and no part of the division.
        let per_success = of("cost-per-successful-session", &["USD 9", "3", "4"]);
        assert_eq!(per_success.as_deref(), Some("USD 9 ÷ 3"));
        assert_eq!(of("cost-per-session", &["USD 9", UNKNOWN]), None);
        assert_eq!((of("sessions", &["4", "USD 9"]), of("spend", &[])), (None, None));
    }
}
