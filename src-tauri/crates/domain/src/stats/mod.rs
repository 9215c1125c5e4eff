//! The statistics of bake-offs and release gates. Invariants:
//!
//! - No NaN and no infinity leaves a function: what cannot be said is a [`Refused`] that says why.
//! - A missing score is `None`, never 0; [`missing`] shows both ways of treating it side by side.
//! - Randomness comes from a seed alone ([`random`]): the same seed gives the same bits on any number of threads.
//! - The order of rows never matters: rows are brought into an order of their own before anything is drawn.
//! - Below [`proportion::FEWEST_FOR_NORMAL`] cases a proportion gets no normal approximation.
//! - Whoever has clusters of cases (paraphrases, one document, one conversation) resamples whole clusters.

pub mod agreement;
mod bca;
pub mod bradley_terry;
pub mod components;
pub mod distribution;
pub mod equivalence;
pub mod histogram;
pub mod mann_whitney;
pub mod mcnemar;
pub mod mean;
pub mod missing;
pub mod multiplicity;
pub mod paired;
mod patterns;
pub mod power;
pub mod proportion;
pub mod quantile;
pub mod random;
mod resample;
pub mod scores;
pub mod sequential;
pub mod topsis;
mod units;
pub mod wilcoxon;

pub use units::Design;

#[cfg(test)]
mod canary;
#[cfg(test)]
mod coverage;
#[cfg(test)]
mod extremes;
#[cfg(test)]
mod peers;
#[cfg(test)]
mod published;

/// Fewer clusters than this and a cluster-robust standard error is too small more often than not (Cameron, Gelbach, Miller:
/// "Bootstrap-based improvements for inference with clustered errors", Review of Economics and Statistics 90, 2008).
pub const FEW_CLUSTERS: usize = 20;

/// A range that covers the true value in `confidence` of all repetitions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
    /// Above 0 and below 1: 0.95 for 95 %.
    pub confidence: f64,
}

impl Interval {
    pub fn contains(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// The interval of the negated figure.
    #[must_use]
    pub fn negated(self) -> Self {
        Self { low: -self.high, high: -self.low, confidence: self.confidence }
    }
}

/// How a bootstrap draws: the same values always give the same interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resampling {
    pub seed: u64,
    /// Samples drawn with replacement; [`Self::DEFAULT_RESAMPLES`] unless there is a reason.
    pub resamples: u32,
    /// Above 0 and below 1.
    pub confidence: f64,
}

impl Resampling {
    /// Enough for the second digit of a tail of 2.5 % (Efron, Tibshirani: "An Introduction to the Bootstrap", 1993, 14.3 asks
    /// for 1,000 at least).
    pub const DEFAULT_RESAMPLES: u32 = 10_000;

    /// As many as are believed to be meant: more is a slip of the pen.
    pub const MOST_RESAMPLES: u32 = 1_000_000;

    /// 10,000 resamples and 95 %.
    pub fn seeded(seed: u64) -> Self {
        Self { seed, resamples: Self::DEFAULT_RESAMPLES, confidence: 0.95 }
    }

    pub(crate) fn check(&self) -> Result<(), Refused> {
        confidence(self.confidence)?;
        if (1..=Self::MOST_RESAMPLES).contains(&self.resamples) {
            Ok(())
        } else {
            Err(Refused::OutOfRange { what: "resamples" })
        }
    }
}

/// Why a figure cannot be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("there is nothing to count: no value, or all of them missing or of weight 0")]
    Empty,
    #[error("{have} are too few: {need} are needed")]
    TooFew { have: usize, need: usize },
    #[error("columns of {left} and {right} rows do not belong together")]
    LengthsDiffer { left: usize, right: usize },
    #[error("row {row} is not a finite number")]
    NotFinite { row: usize },
    #[error("the weight of row {row} is negative or not a finite number")]
    Weight { row: usize },
    #[error("all cases lie in one cluster: how clusters differ cannot be seen")]
    OneCluster,
    #[error("all values are equal: their spread cannot be seen")]
    NoSpread,
    #[error("{what} is out of its range")]
    OutOfRange { what: &'static str },
    #[error(
        "unit {unit} has another number of raters than the first: Krippendorff's alpha allows that, Fleiss' kappa does not"
    )]
    UnequalRaters { unit: usize },
    #[error("no case has more than one repeat: how repeats differ cannot be seen")]
    NoRepeats,
    #[error("the iteration did not come to rest")]
    NotConverged,
}

/// A share strictly between 0 and 1.
pub(crate) fn confidence(share: f64) -> Result<f64, Refused> {
    between(share, "confidence")
}

pub(crate) fn between(share: f64, what: &'static str) -> Result<f64, Refused> {
    if share > 0.0 && share < 1.0 { Ok(share) } else { Err(Refused::OutOfRange { what }) }
}

pub(crate) fn positive(value: f64, what: &'static str) -> Result<f64, Refused> {
    if value > 0.0 && value.is_finite() { Ok(value) } else { Err(Refused::OutOfRange { what }) }
}

pub(crate) fn not_negative(value: f64, what: &'static str) -> Result<f64, Refused> {
    if value >= 0.0 && value.is_finite() { Ok(value) } else { Err(Refused::OutOfRange { what }) }
}

/// The value, unless it overflowed on the way.
pub(crate) fn finite(value: f64, what: &'static str) -> Result<f64, Refused> {
    if value.is_finite() { Ok(value) } else { Err(Refused::OutOfRange { what }) }
}
