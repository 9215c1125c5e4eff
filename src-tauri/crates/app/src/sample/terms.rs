//! What the sample's contracts say of data and service, and the marks its vendors were given. Invented, like the company.

use chrono::Duration;
use domain::clauses::{
    Clauses, CreditStep, DataTerms, HumanReview, Lifecycle, OutputOwnership, RateLimits, Sla, Training,
};
use domain::id::{VendorId, VendorScoreId};
use domain::scorecard::{Dimension, EvidenceRef, Mark};
use store::Write;

use crate::Result;
use crate::bakeoff::BAKEOFF;
use crate::contract::CONTRACT;
use crate::frame::Sample;

fn regions(names: &[&str]) -> Option<Vec<String>> {
    Some(names.iter().map(|name| (*name).to_owned()).collect())
}

/// By contract, in their order.
pub(crate) fn clauses() -> [Clauses; 4] {
    let ladder = |steps: &[(f64, f64)]| {
        Some(steps.iter().map(|(below, credit)| CreditStep { below: *below, credit: *credit }).collect())
    };
    [
        Clauses {
            data: DataTerms {
                retention_days: Some(30),
                training: Some(Training::Never),
                human_review: Some(HumanReview::OnCause),
                storage_regions: regions(&["US"]),
                processing_regions: regions(&["US"]),
                subprocessor_notice_days: Some(30),
                subprocessor_veto: Some(false),
                breach_notice_hours: Some(72),
                deletion_days: Some(30),
                output_ownership: Some(OutputOwnership::Customer),
                ..DataTerms::default()
            },
            limits: RateLimits {
                requests_per_minute: Some(20_000),
                input_tokens_per_minute: Some(40_000_000),
                output_tokens_per_minute: Some(8_000_000),
                ..RateLimits::default()
            },
            sla: Sla {
                uptime: Some(0.999),
                p95_ms: None,
                credits: ladder(&[(0.999, 0.1), (0.99, 0.25), (0.95, 0.5)]),
                claim_days: Some(30),
            },
            lifecycle: Lifecycle {
                pinning: Some(true),
                change_notice_days: Some(30),
                deprecation_notice_days: Some(180),
            },
        },
        Clauses {
            data: DataTerms {
                zero_retention: Some(true),
                training: Some(Training::Never),
                human_review: Some(HumanReview::Never),
                storage_regions: regions(&["US"]),
                processing_regions: regions(&["US"]),
                subprocessor_notice_days: Some(30),
                subprocessor_veto: Some(true),
                breach_notice_hours: Some(48),
                deletion_days: Some(0),
                output_ownership: Some(OutputOwnership::Customer),
                ..DataTerms::default()
            },
            limits: RateLimits {
                requests_per_minute: Some(4_000),
                input_tokens_per_minute: Some(12_000_000),
                output_tokens_per_minute: Some(2_400_000),
                ..RateLimits::default()
            },
            sla: Sla {
                uptime: Some(0.995),
                p95_ms: Some(4_000.0),
                credits: ladder(&[(0.995, 0.1), (0.98, 0.3)]),
                claim_days: Some(60),
            },
            lifecycle: Lifecycle {
                pinning: Some(true),
                change_notice_days: Some(60),
                deprecation_notice_days: Some(180),
            },
        },
        Clauses {
            data: DataTerms {
                retention_days: Some(55),
                training: Some(Training::OptOut),
                human_review: Some(HumanReview::OnCause),
                storage_regions: regions(&["US", "EU"]),
                processing_regions: regions(&[]),
                subprocessor_notice_days: Some(15),
                breach_notice_hours: Some(72),
                deletion_days: Some(180),
                output_ownership: Some(OutputOwnership::Customer),
                ..DataTerms::default()
            },
            limits: RateLimits { requests_per_minute: Some(10_000), ..RateLimits::default() },
            sla: Sla {
                uptime: Some(0.999),
                credits: ladder(&[(0.999, 0.1), (0.99, 0.25)]),
                claim_days: Some(30),
                p95_ms: None,
            },
            lifecycle: Lifecycle { deprecation_notice_days: Some(90), ..Lifecycle::default() },
        },
        // The pilot's letter says where and for how long; the rest nobody has read yet.
        Clauses {
            data: DataTerms {
                retention_days: Some(30),
                training: Some(Training::OptIn),
                storage_regions: regions(&["EU"]),
                processing_regions: regions(&["EU"]),
                ..DataTerms::default()
            },
            ..Clauses::default()
        },
    ]
}

/// Vendor, dimension, mark, days ago, by whom, and why where it is another than proposed.
type Given = (u128, Dimension, u8, i64, &'static str, &'static str);

const PRIYA: &str = "Priya Raman";
const TOMAS: &str = "Tomás Herrera";
const ANNEKE: &str = "Anneke de Vries";

const GIVEN: [Given; 20] = [
    (0x100, Dimension::Quality, 3, 5, PRIYA, ""),
    (0x100, Dimension::Latency, 4, 5, TOMAS, "Steadier than the bake-off's hour: our own traffic sees p95 under 3 s."),
    (0x100, Dimension::Price, 3, 5, PRIYA, ""),
    (0x100, Dimension::DataTerms, 3, 41, ANNEKE, ""),
    (0x100, Dimension::Support, 2, 96, TOMAS, "Two tickets of severity 1 answered after nine hours."),
    (0x100, Dimension::Support, 3, 12, TOMAS, "Named engineer since October; answers within two hours so far."),
    (0x100, Dimension::Quality, 3, 110, PRIYA, "By the spring comparison."),
    (0x100, Dimension::DataTerms, 2, 150, ANNEKE, "Before retention was brought to 30 days."),
    (0x101, Dimension::Quality, 5, 5, PRIYA, ""),
    (0x101, Dimension::Quality, 4, 110, PRIYA, "By the spring comparison."),
    (0x101, Dimension::Safety, 4, 5, ANNEKE, "No failure in the suite; jailbreaks are not part of it yet."),
    (0x101, Dimension::Price, 2, 5, PRIYA, ""),
    (0x101, Dimension::DataTerms, 5, 41, ANNEKE, ""),
    (0x101, Dimension::Support, 4, 40, TOMAS, "Weekly call, deprecations announced early."),
    (0x102, Dimension::Quality, 3, 5, PRIYA, ""),
    (0x102, Dimension::DataTerms, 2, 60, ANNEKE, ""),
    (0x102, Dimension::Support, 3, 60, TOMAS, "Portal only; fair answers."),
    (0x103, Dimension::Quality, 1, 5, PRIYA, ""),
    (0x103, Dimension::Safety, 1, 5, ANNEKE, "Told a patient to double a dose: critical for us."),
    (0x103, Dimension::DataTerms, 4, 30, ANNEKE, "Residency in the EU confirmed in writing."),
];

/// Gives the marks, the oldest first.
pub(crate) async fn scorecards(write: &mut Write, sample: &Sample) -> Result<()> {
    let mut given = GIVEN;
    given.sort_by_key(|given| -given.3);
    for (n, (vendor, dimension, mark, days, author, reason)) in (0..).zip(given) {
        let (area, record, title) = match dimension {
            Dimension::DataTerms => (
                CONTRACT,
                vendor + 0x100,
                super::contracts(sample.today)?[(vendor - 0x100) as usize].details.title.clone(),
            ),
            _ => (BAKEOFF, 0xb11, "Support assistant renewal".to_owned()),
        };
        let evidence = EvidenceRef { area: area.to_owned(), id: Sample::id(record).to_string(), title };
        let rests = dimension != Dimension::Support && days < 100;
        let mark = Mark {
            id: VendorScoreId(Sample::id(0xc00 + n)),
            vendor_id: VendorId(Sample::id(vendor)),
            dimension,
            day: sample.today - Duration::days(days),
            mark,
            author: author.to_owned(),
            reason: reason.to_owned(),
            proposed: None,
            evidence: if rests { vec![evidence] } else { Vec::new() },
        };
        store::scorecard::save(write, &mark).await?;
    }
    Ok(())
}
