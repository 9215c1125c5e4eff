//! Automatic scorers: rules that score an answer without asking anyone. Invariants:
//!
//! - The same rule of the same version gives the same value for the same answer on every machine: what is stored is
//!   [`StoredRule`], and a change of what a rule means is a new version.
//! - A rule is checked when it is made ([`StoredRule::prepare`]): a broken pattern, schema or expression is one sentence then, not
//!   one per row.
//! - Time is linear in the answer's length, whatever it holds: patterns are automata, expressions have no loops, JSON is looked
//!   for from a bounded number of places, no schema is fetched from anywhere.
//! - What cannot be scored is a [`RuleError`], never a 0.

mod expression;
mod json;
mod number;
mod refusal;
mod text;

use std::collections::BTreeMap;

use regex::Regex;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use expression::Expression;
pub use number::{Which, number_in};
pub use refusal::{Refusal, refusal_in};
pub use text::{LengthUnit, Normalise, length};

use crate::suite::Message;

/// How an answer is scored. Values are 1 and 0 but for expressions, which give what they give.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Rule {
    /// The answer is one of the references.
    Exact { normalise: Normalise },
    /// The answer holds one of the texts, or all of them. Without texts, of the references.
    Contains { texts: Option<Vec<String>>, all: bool, normalise: Normalise },
    /// The pattern is found anywhere in the answer (`^` and `$` are the ends of the answer).
    Pattern { pattern: String, ignore_case: bool },
    /// The answer is JSON, or holds a block of it.
    ValidJson,
    /// The JSON of the answer fits the schema, given as its text.
    JsonSchema { schema: String },
    /// The number in the answer lies within a tolerance of one of the references': |a − r| ≤ max(absolute, relative·|r|).
    Number { which: Which, absolute: Option<f64>, relative: Option<f64> },
    /// The length lies between two bounds, both included.
    Length { unit: LengthUnit, least: Option<u32>, most: Option<u32> },
    /// The answer refuses, where a refusal is wanted; or does not, where it is not.
    Refusal { wanted: bool },
    /// What an expression gives: truth is 1, a number itself.
    Expression { source: String },
}

impl Rule {
    /// The version of each rule as this build applies it.
    pub const fn current_version(&self) -> u32 {
        match self {
            Self::Exact { .. }
            | Self::Contains { .. }
            | Self::Pattern { .. }
            | Self::ValidJson
            | Self::JsonSchema { .. }
            | Self::Number { .. }
            | Self::Length { .. }
            | Self::Refusal { .. }
            | Self::Expression { .. } => 1,
        }
    }

    /// The rule as it is to be stored today.
    pub fn stored(self) -> StoredRule {
        StoredRule { version: self.current_version(), rule: self }
    }
}

/// A rule with the version of what it means.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StoredRule {
    pub version: u32,
    #[serde(flatten)]
    pub rule: Rule,
}

/// Why a rule cannot be made, or a row not be scored by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum RuleError {
    #[error("this rule has version {found}, and version {known} is the newest this build knows")]
    Version { found: u32, known: u32 },
    /// `message` shows the place within the pattern.
    #[error("the pattern cannot be read: {message}")]
    Pattern { message: String },
    #[error("the pattern is too large: it would need more than {megabytes} MB")]
    PatternTooLarge { megabytes: u32 },
    #[error("the schema is not JSON: line {line}, column {column}: {message}")]
    SchemaText { line: usize, column: usize, message: String },
    /// `place` is a JSON pointer into the schema.
    #[error("the schema is wrong at “{place}”: {message}")]
    Schema { place: String, message: String },
    #[error("the expression cannot be read: line {line}, column {column}: {message}")]
    Expression { line: usize, column: usize, message: String },
    #[error("the expression names “{name}”, which does not exist")]
    UnknownName { name: String },
    #[error("the expression has {have} characters; {most} are the most there may be")]
    ExpressionTooLong { have: usize, most: usize },
    #[error("a tolerance is neither negative nor without end")]
    Tolerance,
    #[error("a length has a bound, and its lower one is not above its upper one")]
    Bounds,
    #[error("no text is given to look for")]
    NoTexts,
    /// Of a row.
    #[error("the case has no reference to compare with")]
    NoReference,
    #[error("no reference of the case is a number")]
    ReferenceNotANumber,
    #[error("the expression gives no number for this answer: {message}")]
    NoValue { message: String },
}

/// Everything a rule may look at.
#[derive(Debug, Clone, Copy)]
pub struct Row<'r> {
    pub answer: &'r str,
    pub reference: &'r [String],
    pub variables: &'r BTreeMap<String, String>,
    pub messages: &'r [Message],
    pub latency_ms: Option<f64>,
    pub tokens: Option<f64>,
    pub cost: Option<f64>,
    /// What other rules, files and people gave this answer.
    pub scores: &'r BTreeMap<String, f64>,
}

/// What an answer got and what for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Scored {
    pub value: f64,
    pub reason: Reason,
}

/// Why an answer got its value, to be worded by whoever shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Reason {
    /// It is the reference of this number, from 0.
    Equals {
        reference: usize,
    },
    EqualsNone,
    Contains {
        text: String,
    },
    Lacks {
        text: String,
    },
    /// Bytes from and to of the first place the pattern was found at.
    Found {
        from: usize,
        to: usize,
    },
    NotFound,
    FitsSchema,
    NoJson,
    IsJson,
    /// The first place that does not fit, as a JSON pointer into the answer, and by which keyword of the schema.
    Unfit {
        place: String,
        keyword: String,
    },
    Number {
        found: f64,
        nearest: f64,
    },
    NoNumber,
    Length {
        found: u32,
    },
    Refused {
        refusal: Refusal,
        phrase: String,
    },
    Answered,
    Computed,
}

/// A rule made ready for many rows.
#[derive(Debug)]
pub struct Scorer(Ready);

#[derive(Debug)]
enum Ready {
    Exact(Normalise),
    /// Texts as they were given, and normalised; `None` for the references.
    Contains(Option<Vec<(String, String)>>, bool, Normalise),
    Pattern(Box<Regex>),
    ValidJson,
    JsonSchema(Box<jsonschema::Validator>),
    Number(Which, f64, f64),
    Length(LengthUnit, u32, u32),
    Refusal(bool),
    Expression(Box<Expression>),
}

/// Patterns that would need more than this when made ready are refused.
const PATTERN_MEGABYTES: u32 = 4;

impl StoredRule {
    /// Checks the rule.
    ///
    /// # Errors
    /// [`RuleError`], in words that name the place.
    pub fn prepare(&self) -> Result<Scorer, RuleError> {
        let known = self.rule.current_version();
        if self.version != known {
            return Err(RuleError::Version { found: self.version, known });
        }
        Ok(Scorer(match &self.rule {
            Rule::Exact { normalise } => Ready::Exact(*normalise),
            Rule::Contains { texts, all, normalise } => {
                let texts = texts.as_ref().map(|texts| {
                    let shown = texts.iter().filter(|text| !text.is_empty());
                    shown.map(|text| (text.clone(), normalise.apply(text))).collect::<Vec<_>>()
                });
                // A text of nothing but what is normalised away would be in every answer.
                if texts.as_ref().is_some_and(|texts| texts.is_empty() || texts.iter().any(|text| text.1.is_empty())) {
                    return Err(RuleError::NoTexts);
                }
                Ready::Contains(texts, *all, *normalise)
            }
            Rule::Pattern { pattern, ignore_case } => {
                let size = (PATTERN_MEGABYTES as usize) << 20;
                let mut builder = regex::RegexBuilder::new(pattern);
                let built = builder.case_insensitive(*ignore_case).size_limit(size).dfa_size_limit(size).build();
                Ready::Pattern(Box::new(built.map_err(|error| match error {
                    regex::Error::CompiledTooBig(_) => RuleError::PatternTooLarge { megabytes: PATTERN_MEGABYTES },
                    error => RuleError::Pattern { message: error.to_string() },
                })?))
            }
            Rule::ValidJson => Ready::ValidJson,
            Rule::JsonSchema { schema } => Ready::JsonSchema(Box::new(json::schema(schema)?)),
            Rule::Number { which, absolute, relative } => {
                let (absolute, relative) = (absolute.unwrap_or(0.0), relative.unwrap_or(0.0));
                if [absolute, relative].iter().any(|tolerance| !(tolerance.is_finite() && *tolerance >= 0.0)) {
                    return Err(RuleError::Tolerance);
                }
                Ready::Number(*which, absolute, relative)
            }
            Rule::Length { unit, least, most } => {
                let (from, to) = (least.unwrap_or(0), most.unwrap_or(u32::MAX));
                if least.is_none() && most.is_none() || from > to {
                    return Err(RuleError::Bounds);
                }
                Ready::Length(*unit, from, to)
            }
            Rule::Refusal { wanted } => Ready::Refusal(*wanted),
            Rule::Expression { source } => Ready::Expression(Box::new(Expression::new(source)?)),
        }))
    }
}

impl Scorer {
    /// Scores one answer.
    ///
    /// # Errors
    /// [`RuleError::NoReference`], [`RuleError::ReferenceNotANumber`], [`RuleError::NoValue`].
    pub fn score(&self, row: &Row<'_>) -> Result<Scored, RuleError> {
        let told = |right: bool, reason: Reason| Ok(Scored { value: f64::from(u8::from(right)), reason });
        match &self.0 {
            Ready::Exact(normalise) => {
                let answer = normalise.apply(row.answer);
                let found = some_of(row.reference)?.iter().position(|one| normalise.apply(one) == answer);
                told(found.is_some(), found.map_or(Reason::EqualsNone, |reference| Reason::Equals { reference }))
            }
            Ready::Contains(texts, all, normalise) => {
                let references;
                let texts = match texts {
                    Some(texts) => texts,
                    None => {
                        let shown = some_of(row.reference)?.iter();
                        references = shown.map(|one| (one.clone(), normalise.apply(one))).collect::<Vec<_>>();
                        &references
                    }
                };
                let answer = normalise.apply(row.answer);
                let holds = |text: &&(String, String)| !text.1.is_empty() && answer.contains(&text.1);
                let (right, decides) = if *all {
                    let lacking = texts.iter().find(|text| !holds(text));
                    (lacking.is_none(), lacking.or(texts.first()))
                } else {
                    let held = texts.iter().find(holds);
                    (held.is_some(), held.or(texts.first()))
                };
                let text = decides.map(|text| text.0.clone()).unwrap_or_default();
                told(right, if right { Reason::Contains { text } } else { Reason::Lacks { text } })
            }
            Ready::Pattern(pattern) => match pattern.find(row.answer) {
                Some(found) => told(true, Reason::Found { from: found.start(), to: found.end() }),
                None => told(false, Reason::NotFound),
            },
            Ready::ValidJson => match json::block(row.answer) {
                Some(_) => told(true, Reason::IsJson),
                None => told(false, Reason::NoJson),
            },
            Ready::JsonSchema(schema) => match json::block(row.answer) {
                Some(value) => match json::unfit(schema, &value) {
                    Some((place, keyword)) => told(false, Reason::Unfit { place, keyword }),
                    None => told(true, Reason::FitsSchema),
                },
                None => told(false, Reason::NoJson),
            },
            Ready::Number(which, absolute, relative) => {
                let wanted = some_of(row.reference)?.iter().filter_map(|one| number_in(one, Which::First));
                let wanted: Vec<f64> = wanted.collect();
                if wanted.is_empty() {
                    return Err(RuleError::ReferenceNotANumber);
                }
                let Some(found) = number_in(row.answer, *which) else { return told(false, Reason::NoNumber) };
                let nearest = wanted.iter().copied().min_by(|a, b| (a - found).abs().total_cmp(&(b - found).abs()));
                let near = |one: &f64| (found - one).abs() <= absolute.max(relative * one.abs());
                let nearest = wanted.iter().copied().find(|one| near(one)).or(nearest).unwrap_or(found);
                told(near(&nearest), Reason::Number { found, nearest })
            }
            Ready::Length(unit, from, to) => {
                let found = length(row.answer, *unit);
                told((*from..=*to).contains(&found), Reason::Length { found })
            }
            Ready::Refusal(wanted) => match refusal_in(row.answer) {
                Some((refusal, phrase)) => told(*wanted, Reason::Refused { refusal, phrase }),
                None => told(!*wanted, Reason::Answered),
            },
            Ready::Expression(expression) => Ok(Scored { value: expression.value(row)?, reason: Reason::Computed }),
        }
    }
}

fn some_of(references: &[String]) -> Result<&[String], RuleError> {
    if references.is_empty() { Err(RuleError::NoReference) } else { Ok(references) }
}

#[cfg(test)]
mod tests;
