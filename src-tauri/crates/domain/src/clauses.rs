//! What a contract says of data, limits, service and the life of models, as far as gates and scores read it. Every field is
//! optional: what a contract does not say, or nobody has read yet, is unknown, and unknown is never in anyone's favour.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Everything of a contract that is compared across vendors.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Clauses {
    pub data: DataTerms,
    pub limits: RateLimits,
    pub sla: Sla,
    pub lifecycle: Lifecycle,
}

/// May the vendor train on what we send?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Training {
    Never,
    /// Only once we agree.
    OptIn,
    /// Until we object, and we can.
    OptOut,
    /// Yes, and nothing is said of objecting.
    ByDefault,
}

/// Who at the vendor reads what we send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum HumanReview {
    Never,
    /// Where abuse is suspected, or on our request.
    OnCause,
    Sampled,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum OutputOwnership {
    Customer,
    /// Ours to use, theirs too.
    Shared,
    Vendor,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct DataTerms {
    /// Days prompts and answers are kept at most. 0 where nothing is kept.
    pub retention_days: Option<u32>,
    pub zero_retention: Option<bool>,
    pub training: Option<Training>,
    pub human_review: Option<HumanReview>,
    /// Regions as the contract names them ("EU", "us-east-1"); an empty list says: anywhere.
    pub storage_regions: Option<Vec<String>>,
    pub processing_regions: Option<Vec<String>>,
    /// Days of notice before a new sub-processor.
    pub subprocessor_notice_days: Option<u32>,
    /// We may refuse one.
    pub subprocessor_veto: Option<bool>,
    pub breach_notice_hours: Option<u32>,
    /// Days to delete everything once asked or ended.
    pub deletion_days: Option<u32>,
    pub output_ownership: Option<OutputOwnership>,
}

impl DataTerms {
    /// Nothing is kept: said so, or by a retention of 0 days. `None` where neither is known.
    pub fn keeps_nothing(&self) -> Option<bool> {
        match (self.zero_retention, self.retention_days) {
            (Some(true), _) | (None, Some(0)) => Some(true),
            (Some(false), _) | (None, Some(_)) => Some(false),
            (None, None) => None,
        }
    }

    /// Days prompts are kept, 0 where nothing is.
    pub fn days_kept(&self) -> Option<u32> {
        if self.keeps_nothing() == Some(true) { Some(0) } else { self.retention_days }
    }
}

/// What may be asked of the vendor per minute and day.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct RateLimits {
    #[ts(type = "number | null")]
    pub requests_per_minute: Option<u64>,
    #[ts(type = "number | null")]
    pub input_tokens_per_minute: Option<u64>,
    #[ts(type = "number | null")]
    pub output_tokens_per_minute: Option<u64>,
    #[ts(type = "number | null")]
    pub tokens_per_day: Option<u64>,
    pub provisioned_units: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Sla {
    /// 0.999 for 99.9 %.
    pub uptime: Option<f64>,
    pub p95_ms: Option<f64>,
    /// In any order; [`Sla::credit`] sorts.
    pub credits: Option<Vec<CreditStep>>,
    pub claim_days: Option<u32>,
}

/// Below this share of uptime, this share of the period's fee comes back.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CreditStep {
    pub below: f64,
    pub credit: f64,
}

/// A period held against what is promised.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeasuredPeriod {
    /// Seconds.
    pub downtime: i64,
    pub uptime: f64,
    /// Share of the period's fee.
    pub credit: f64,
}

impl Sla {
    /// What a period came to: seconds down, each counted once however many spans cover it; uptime `1 − downtime / period`; the share
    /// that comes back. `None` where no ladder is known, or the period is none.
    pub fn measured(
        &self,
        down: &[(DateTime<Utc>, DateTime<Utc>)],
        period: (DateTime<Utc>, DateTime<Utc>),
    ) -> Option<MeasuredPeriod> {
        let seconds = (period.1 - period.0).num_seconds();
        let downtime = crate::incident::span::covered(down, period);
        let uptime = 1.0 - downtime as f64 / seconds as f64;
        (seconds > 0).then_some(())?;
        Some(MeasuredPeriod { downtime, uptime, credit: self.credit(uptime)? })
    }

    /// The share that comes back for an uptime: the largest of the steps it lies below, 0 if none. `None` where no ladder is
    /// known, or a figure is not a share.
    pub fn credit(&self, uptime: f64) -> Option<f64> {
        let steps = self.credits.as_ref()?;
        let is_share = |share: f64| (0.0..=1.0).contains(&share);
        if !is_share(uptime) || !steps.iter().all(|step| is_share(step.below) && is_share(step.credit)) {
            return None;
        }
        Some(steps.iter().filter(|step| uptime < step.below).map(|step| step.credit).fold(0.0, f64::max))
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Lifecycle {
    /// A version can be pinned.
    pub pinning: Option<bool>,
    pub change_notice_days: Option<u32>,
    pub deprecation_notice_days: Option<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_outages_of_a_month_count_once_and_give_back_what_the_ladder_says() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let month = (at("2026-10-01T00:00:00Z"), at("2026-11-01T00:00:00Z"));
        let ladder = vec![CreditStep { below: 0.999, credit: 0.1 }, CreditStep { below: 0.99, credit: 0.25 }];
        let sla = Sla { credits: Some(ladder), ..Sla::default() };
        let down = [
            (at("2026-10-05T10:00:00Z"), at("2026-10-05T11:00:00Z")),
            (at("2026-10-05T10:30:00Z"), at("2026-10-05T11:30:00Z")),
            (at("2026-10-31T23:30:00Z"), at("2026-11-01T08:00:00Z")),
        ];
        let found = sla.measured(&down, month).unwrap();
        // An hour and a half, and the half hour before midnight; 744 hours in all.
        assert_eq!(found.downtime, 2 * 3_600);
        assert!((found.uptime - (1.0 - 2.0 / 744.0)).abs() < 1e-12);
        assert_eq!(found.credit, 0.1);
        assert_eq!(sla.measured(&[], month).unwrap().credit, 0.0);
        assert_eq!(Sla::default().measured(&down, month), None);
        assert_eq!(sla.measured(&down, (month.1, month.0)), None);
    }

    #[test]
    fn what_is_not_written_is_unknown() {
        let clauses: Clauses = serde_json::from_str(r#"{"data":{"retentionDays":0},"sla":{"uptime":0.999}}"#).unwrap();
        assert_eq!(clauses.data.keeps_nothing(), Some(true));
        assert_eq!(clauses.data.training, None);
        assert_eq!(DataTerms::default().keeps_nothing(), None);
        let both = DataTerms { zero_retention: Some(true), retention_days: Some(30), ..DataTerms::default() };
        assert_eq!(both.days_kept(), Some(0));
        assert_eq!(serde_json::from_str::<Clauses>(&serde_json::to_string(&clauses).unwrap()).unwrap(), clauses);
    }

    #[test]
    fn the_deepest_step_of_the_ladder_counts() {
        let step = |below, credit| CreditStep { below, credit };
        let ladder = vec![step(0.99, 0.25), step(0.999, 0.1), step(0.95, 1.0)];
        let sla = Sla { credits: Some(ladder), ..Sla::default() };
        assert_eq!(
            [0.9995, 0.999, 0.995, 0.98, 0.5].map(|uptime| sla.credit(uptime)),
            [0.0, 0.0, 0.1, 0.25, 1.0].map(Some)
        );
        assert_eq!(sla.credit(f64::NAN), None);
        assert_eq!(Sla::default().credit(0.5), None);
    }
}
