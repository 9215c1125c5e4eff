//! When an incident began, was seen, taken, mitigated and over, and how long that took.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Status;

/// The instants of an incident; what has not happened, or is not known, is `None`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(rename = "IncidentTimes")]
pub struct Times {
    #[ts(type = "string | null")]
    pub began: Option<DateTime<Utc>>,
    #[ts(type = "string | null")]
    pub detected: Option<DateTime<Utc>>,
    #[ts(type = "string | null")]
    pub acknowledged: Option<DateTime<Utc>>,
    #[ts(type = "string | null")]
    pub mitigated: Option<DateTime<Utc>>,
    #[ts(type = "string | null")]
    pub resolved: Option<DateTime<Utc>>,
}

/// Which of the instants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "IncidentStage")]
pub enum Stage {
    Began,
    Detected,
    Acknowledged,
    Mitigated,
    Resolved,
}

/// How long each stage took, in seconds. From the moment it was seen: what nobody knows of nobody can work on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Durations {
    /// Time to detect: `detected − began`.
    pub detect: Option<i64>,
    /// Time to acknowledge: `acknowledged − detected`.
    pub acknowledge: Option<i64>,
    /// Time to mitigate: `mitigated − detected`.
    pub mitigate: Option<i64>,
    /// Time to resolve: `resolved − detected`.
    pub resolve: Option<i64>,
}

/// Two instants that cannot both be true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfOrder {
    pub earlier: Stage,
    pub later: Stage,
}

impl Times {
    fn stages(&self) -> [(Stage, Option<DateTime<Utc>>); 5] {
        [
            (Stage::Began, self.began),
            (Stage::Detected, self.detected),
            (Stage::Acknowledged, self.acknowledged),
            (Stage::Mitigated, self.mitigated),
            (Stage::Resolved, self.resolved),
        ]
    }

    /// Every pair of neighbouring known instants of which the later one is before the earlier one.
    pub fn out_of_order(&self) -> Vec<OutOfOrder> {
        let known: Vec<_> = self.stages().into_iter().filter_map(|(stage, at)| Some((stage, at?))).collect();
        let is_wrong = |pair: &&[(Stage, DateTime<Utc>)]| pair[1].1 < pair[0].1;
        known.windows(2).filter(is_wrong).map(|pair| OutOfOrder { earlier: pair[0].0, later: pair[1].0 }).collect()
    }

    /// How long each stage took. A span that would be negative is not known.
    pub fn durations(&self) -> Durations {
        let between = |from: Option<DateTime<Utc>>, to: Option<DateTime<Utc>>| {
            Some((to? - from?).num_seconds()).filter(|seconds| *seconds >= 0)
        };
        Durations {
            detect: between(self.began, self.detected),
            acknowledge: between(self.detected, self.acknowledged),
            mitigate: between(self.detected, self.mitigated),
            resolve: between(self.detected, self.resolved),
        }
    }

    /// The furthest stage that is reached.
    pub fn status(&self) -> Status {
        match (self.resolved, self.mitigated, self.acknowledged) {
            (Some(_), _, _) => Status::Resolved,
            (None, Some(_), _) => Status::Mitigated,
            (None, None, Some(_)) => Status::Acknowledged,
            _ => Status::Open,
        }
    }

    /// From when it began, or was seen, to when it was mitigated, or over; open ones go on until now. `None` where no beginning is
    /// known, or the end is before it.
    pub fn span(&self, now: DateTime<Utc>) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let from = self.began.or(self.detected)?;
        let to = self.mitigated.or(self.resolved).unwrap_or(now);
        (from <= to).then_some((from, to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Option<DateTime<Utc>> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn durations_count_from_the_moment_it_was_seen_and_across_a_change_of_clocks() {
        let times = Times {
            // Clocks went back in Berlin at 01:00 UTC that night; UTC does not care.
            began: at("2026-10-24T23:30:00Z"),
            detected: at("2026-10-25T00:10:00Z"),
            acknowledged: at("2026-10-25T00:14:30Z"),
            mitigated: at("2026-10-25T01:40:00Z"),
            resolved: None,
        };
        let durations = times.durations();
        assert_eq!((durations.detect, durations.acknowledge), (Some(2_400), Some(270)));
        assert_eq!((durations.mitigate, durations.resolve), (Some(5_400), None));
        assert_eq!(times.status(), Status::Mitigated);
        assert!(times.out_of_order().is_empty());
    }

    #[test]
    fn what_was_over_before_it_began_is_said_and_takes_no_time() {
        let times = Times {
            began: at("2026-11-01T12:00:00Z"),
            detected: at("2026-11-01T12:05:00Z"),
            resolved: at("2026-11-01T11:00:00Z"),
            ..Times::default()
        };
        assert_eq!(times.out_of_order(), [OutOfOrder { earlier: Stage::Detected, later: Stage::Resolved }]);
        assert_eq!(times.durations().resolve, None);
        assert_eq!(times.span(at("2026-11-02T00:00:00Z").unwrap()), None);
    }
}
