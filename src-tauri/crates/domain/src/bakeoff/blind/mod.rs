//! Blind scoring: who is shown what next, on which side, and what a closed round says. Invariants:
//!
//! - The next task is a function of the round and of the judgements so far, and of nothing else: after a crash the same two answers
//!   stand on the same sides.
//! - Candidates and cases are numbers here: nothing that could name one is near.
//! - No rater is asked twice about one task, but for planned repeats, with the sides exchanged: how far a rater agrees with
//!   themselves.
//! - A planned share of tasks is the same for all raters, whether or not they know of one another: agreement needs tasks that two
//!   have judged.
//! - A judgement withdrawn is gone from the list given here; the record of it is kept by whoever keeps the list.

mod next;
mod order;
mod results;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use next::{ahead, next};
pub use order::Order;
pub use results::{
    Adjudication, AgreementOfRaters, CasePreference, Coefficient, Disputed, PairCount, RoundResults, RubricMean,
    SelfAgreement, results,
};

/// How answers are scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Two answers side by side.
    Pairs,
    /// One answer, 1 to 5.
    Rubric,
}

/// What does not change while a round is open.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// On the wire as text: 64 bits are more than JSON's numbers hold.
    #[serde(with = "crate::bakeoff::blind::seed_text")]
    #[ts(type = "string")]
    pub seed: u64,
    pub mode: Mode,
    pub candidates: u32,
    pub cases: u32,
    /// Tasks asked of each rater, repeats included.
    pub target: u32,
    /// Share of tasks drawn at random and not for what they tell.
    pub random_share: f64,
    /// Share of tasks that all raters are asked alike.
    pub overlap_share: f64,
    /// Share of tasks that are asked a second time.
    pub repeat_share: f64,
}

impl Plan {
    /// 200 tasks each, a fifth at random, a fifth in common, one in twenty a second time.
    pub fn new(seed: u64, mode: Mode, candidates: u32, cases: u32) -> Self {
        Self { seed, mode, candidates, cases, target: 200, random_share: 0.2, overlap_share: 0.2, repeat_share: 0.05 }
    }

    /// # Errors
    /// [`PlanError`].
    pub fn check(&self) -> Result<(), PlanError> {
        let least = if self.mode == Mode::Pairs { 2 } else { 1 };
        if self.candidates < least || self.candidates > MOST_CANDIDATES {
            return Err(PlanError::Candidates { have: self.candidates, least, most: MOST_CANDIDATES });
        }
        if self.cases == 0 {
            return Err(PlanError::NoCases);
        }
        let shares = [self.random_share, self.overlap_share, self.repeat_share];
        if shares.iter().any(|share| !(0.0..=1.0).contains(share)) || self.overlap_share + self.repeat_share > 1.0 {
            return Err(PlanError::Shares);
        }
        Ok(())
    }
}

/// More candidates than that are no bake-off.
pub const MOST_CANDIDATES: u32 = 64;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    #[error("{have} candidates: at least {least} and at most {most} can be scored")]
    Candidates { have: u32, least: u32, most: u32 },
    #[error("there is no case to score")]
    NoCases,
    #[error("shares lie between 0 and 1, and common tasks and repeats are not more than all")]
    Shares,
}

/// What a rater is asked: two candidates' answers to a case, or one's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Task {
    pub case: u32,
    /// The smaller number of the two.
    pub first: u32,
    pub second: Option<u32>,
}

/// A task as it is put before a rater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Shown {
    pub task: Task,
    /// The second one's answer stands on the left.
    pub swapped: bool,
    /// The rater has judged it before.
    pub repeat: bool,
}

/// What a rater presses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Choice {
    Left,
    Right,
    Tie,
    BothBad,
    Score { score: u8 },
    Skip,
}

/// What it means, whichever side they stood on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Verdict {
    First,
    Second,
    Tie,
    BothBad,
    /// 1 to 5.
    Score {
        score: u8,
    },
    /// Comes back at the end.
    Skipped,
}

impl Verdict {
    /// What it is worth to the first and to the second: 1 for who was found better, a half each for a tie, nothing where both are
    /// bad; a mark is worth itself. `None` where nothing was said.
    pub fn worth(self) -> Option<(f64, f64)> {
        match self {
            Verdict::First => Some((1.0, 0.0)),
            Verdict::Second => Some((0.0, 1.0)),
            Verdict::Tie => Some((0.5, 0.5)),
            Verdict::BothBad => Some((0.0, 0.0)),
            Verdict::Score { score } => Some((f64::from(score), 0.0)),
            Verdict::Skipped => None,
        }
    }

    /// The same with the two exchanged.
    #[must_use]
    pub fn exchanged(self) -> Self {
        match self {
            Verdict::First => Verdict::Second,
            Verdict::Second => Verdict::First,
            other => other,
        }
    }
}

impl Shown {
    /// `None` where there is no such answer to this task: a side of a single answer, a score of a pair or beyond 1 to 5.
    pub fn verdict(&self, choice: Choice) -> Option<Verdict> {
        let paired = self.task.second.is_some();
        match choice {
            Choice::Left if paired => Some(if self.swapped { Verdict::Second } else { Verdict::First }),
            Choice::Right if paired => Some(if self.swapped { Verdict::First } else { Verdict::Second }),
            Choice::Tie if paired => Some(Verdict::Tie),
            Choice::BothBad if paired => Some(Verdict::BothBad),
            Choice::Score { score } if !paired && (1..=5).contains(&score) => Some(Verdict::Score { score }),
            Choice::Skip => Some(Verdict::Skipped),
            _ => None,
        }
    }
}

/// What one rater said of one task. Lists of them are in the order each rater said them; raters may be mixed in any way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Judgement {
    pub rater: String,
    pub task: Task,
    pub verdict: Verdict,
    pub repeat: bool,
    /// How long it took.
    pub seconds: Option<f64>,
    pub note: String,
}

/// How far a rater is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    pub judged: u32,
    /// Skipped and not yet come back to.
    pub skipped: u32,
    pub target: u32,
    /// The median of the last 20 that were timed.
    pub pace_seconds: Option<f64>,
    pub seconds_left: Option<f64>,
}

/// Judgements the pace is the median of.
const PACE_OVER: usize = 20;

/// How far `rater` is and how long the rest takes at this pace.
pub fn progress(plan: &Plan, judgements: &[Judgement], rater: &str) -> Progress {
    let own: Vec<&Judgement> = judgements.iter().filter(|one| one.rater == rater).collect();
    let judged = own.iter().filter(|one| one.verdict != Verdict::Skipped).count();
    let timed = |one: &&&Judgement| one.verdict != Verdict::Skipped;
    let seconds = own.iter().filter(timed).filter_map(|one| one.seconds.filter(|s| s.is_finite() && *s >= 0.0));
    let mut last: Vec<f64> = seconds.rev().take(PACE_OVER).collect();
    last.sort_by(f64::total_cmp);
    let middle = |at: usize| last.get(at).copied();
    let pace_seconds = match last.len() {
        0 => None,
        odd if odd % 2 == 1 => middle(odd / 2),
        even => middle(even / 2 - 1).zip(middle(even / 2)).map(|(low, high)| low / 2.0 + high / 2.0),
    };
    let judged = judged as u32;
    let target = plan.target.min(next::most(plan));
    let left = f64::from(target.saturating_sub(judged));
    Progress {
        judged,
        skipped: next::put_off(&own).len() as u32,
        target,
        pace_seconds,
        seconds_left: pace_seconds.map(|pace| pace * left).filter(|left| left.is_finite()),
    }
}

/// Takes the last judgement of `rater` off the list, and returns it: the same task is next again.
pub fn undo(judgements: &mut Vec<Judgement>, rater: &str) -> Option<Judgement> {
    let at = judgements.iter().rposition(|one| one.rater == rater)?;
    Some(judgements.remove(at))
}

/// A seed as decimal text.
pub(crate) mod seed_text {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(seed: &u64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(seed)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
