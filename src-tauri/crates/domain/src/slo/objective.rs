//! The share of events that must be good.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Ten-millionths in one.
const WHOLE: u32 = 10_000_000;

/// A share of good events above 0 % and below 100 %, exact to a hundred-thousandth of a percent (99.99999 %).
///
/// Kept as what is *allowed* to be bad: 99.9 % is 10,000 ten-millionths, where `1 − 0.999` in floating point is not 0.001.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Objective {
    allowed: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ObjectiveError {
    #[error("an objective is a percentage such as 99.9")]
    NotANumber,
    /// 100 % allows nothing: the first bad event ends it, and there is no budget to speak of.
    #[error("an objective of 100 % leaves no error budget: nothing may ever fail")]
    Whole,
    #[error("an objective lies above 0 % and below 100 %")]
    Outside,
    #[error("an objective has at most five places after the point: 99.99999")]
    TooFine,
}

impl Objective {
    /// From a percentage as it is written: "99.9".
    ///
    /// # Errors
    /// [`ObjectiveError`].
    pub fn percent(text: &str) -> Result<Self, ObjectiveError> {
        Self::scaled(text, 2)
    }

    /// From a share as OpenSLO writes it: "0.999".
    ///
    /// # Errors
    /// [`ObjectiveError`].
    pub fn share(text: &str) -> Result<Self, ObjectiveError> {
        Self::scaled(text, 0)
    }

    /// Reads digits and a point; `shift` places of the seven stand before the point.
    fn scaled(text: &str, shift: usize) -> Result<Self, ObjectiveError> {
        let text = text.trim();
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let is_digits = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() && part.is_empty() || !is_digits(whole) || !is_digits(part) || whole.len() > 9 {
            return Err(ObjectiveError::NotANumber);
        }
        let part = part.trim_end_matches('0');
        let places = 7 - shift;
        if part.len() > places {
            return Err(ObjectiveError::TooFine);
        }
        let unit = 10u64.pow(places as u32);
        let whole: u64 = whole.parse().unwrap_or(0);
        let good = whole * unit + format!("{part:0<places$}").parse::<u64>().unwrap_or(0);
        match good.cmp(&u64::from(WHOLE)) {
            std::cmp::Ordering::Equal => Err(ObjectiveError::Whole),
            std::cmp::Ordering::Less if good > 0 => Ok(Self { allowed: WHOLE - good as u32 }),
            _ => Err(ObjectiveError::Outside),
        }
    }

    /// The share that may be bad: 0.001 of 99.9 %.
    pub fn allowed(self) -> f64 {
        f64::from(self.allowed) / f64::from(WHOLE)
    }

    /// The share that must be good.
    pub fn good(self) -> f64 {
        f64::from(WHOLE - self.allowed) / f64::from(WHOLE)
    }

    /// The highest burn rate there can be, all events being bad: `1 / (1 − objective)`.
    pub fn highest_burn(self) -> f64 {
        f64::from(WHOLE) / f64::from(self.allowed)
    }

    /// The lowest objective at which a burn rate can be reached at all: `1 − 1 / factor`.
    pub fn reaching(factor: f64) -> f64 {
        1.0 - 1.0 / factor
    }

    /// Minutes that may be bad in a span of minutes, time being counted rather than events.
    pub fn minutes(self, span: u64) -> f64 {
        span as f64 * self.allowed()
    }

    /// Whether a promise to customers leaves room below this objective: it must be looser.
    pub fn is_stricter_than(self, promised: Self) -> bool {
        self.allowed < promised.allowed
    }

    /// As a share, "0.999".
    pub fn as_share(self) -> String {
        let good = WHOLE - self.allowed;
        trimmed(format!("0.{good:07}"))
    }
}

fn trimmed(text: String) -> String {
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// As a percentage, "99.9".
impl fmt::Display for Objective {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let good = WHOLE - self.allowed;
        f.write_str(&trimmed(format!("{}.{:05}", good / 100_000, good % 100_000)))
    }
}

impl FromStr for Objective {
    type Err = ObjectiveError;
    fn from_str(text: &str) -> Result<Self, ObjectiveError> {
        Self::percent(text)
    }
}

impl TryFrom<String> for Objective {
    type Error = ObjectiveError;
    fn try_from(text: String) -> Result<Self, ObjectiveError> {
        Self::percent(&text)
    }
}

impl From<Objective> for String {
    fn from(objective: Objective) -> Self {
        objective.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_objective_is_read_and_written_exactly() {
        for (text, allowed) in [("99.9", 0.001), ("99.99999", 1e-7), ("50", 0.5), ("99.50", 0.005), ("0.5", 0.995)] {
            let objective = Objective::percent(text).unwrap();
            assert_eq!(objective.allowed(), allowed, "{text}");
            assert_eq!(Objective::percent(&objective.to_string()), Ok(objective));
            assert_eq!(Objective::share(&objective.as_share()), Ok(objective));
        }
        assert_eq!(Objective::percent("99.90").unwrap().to_string(), "99.9");
        assert_eq!(Objective::share("0.9995").unwrap().to_string(), "99.95");
    }

    #[test]
    fn what_is_no_objective_says_why() {
        let why = |text: &str| Objective::percent(text).unwrap_err();
        assert_eq!([why("100"), why("100.000")], [ObjectiveError::Whole; 2]);
        assert_eq!([why("0"), why("101"), why("0.0")], [ObjectiveError::Outside; 3]);
        assert_eq!([why(""), why("."), why("-1"), why("9x"), why("NaN"), why("1e2")], [ObjectiveError::NotANumber; 6]);
        assert_eq!(why("99.999999"), ObjectiveError::TooFine);
    }

    /// Google, "The Site Reliability Workbook", chapter 5: a factor of 14.4 needs an objective of 93.06 % at least.
    #[test]
    fn a_factor_is_reached_from_its_lowest_objective_on() {
        for (factor, lowest) in [(14.4, 0.930_556), (6.0, 0.833_333), (3.0, 0.666_667)] {
            assert!((Objective::reaching(factor) - lowest).abs() < 1e-6);
        }
        assert!(Objective::percent("93.1").unwrap().highest_burn() > 14.4);
        assert!(Objective::percent("93").unwrap().highest_burn() < 14.4);
    }
}
