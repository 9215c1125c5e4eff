//! The sample's incidents: seven over three quarters, of five kinds, one still open. Invented, like the company.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};
use domain::id::{IncidentId, VendorId};
use domain::incident::{
    Clock, Factor, Impact, Incident, IncidentDetails, IncidentKind, Roles, Scope, Severity, Times, suggested,
};
use store::Write;

use crate::Result;
use crate::frame::Sample;

/// How an incident went. Instants are minutes: of the day before today's count of days it began, and after that.
struct Script {
    number: u32,
    title: &'static str,
    kind: IncidentKind,
    impact: Impact,
    scope: Scope,
    /// Why it was graver or lesser than suggested.
    decided: Option<(Severity, &'static str)>,
    summary: &'static str,
    days_ago: i64,
    began: i64,
    detected: i64,
    acknowledged: Option<i64>,
    mitigated: Option<i64>,
    resolved: Option<i64>,
    commander: &'static str,
    features: &'static [&'static str],
    tenants: &'static [&'static str],
    vendor: Option<u128>,
    factors: &'static [Factor],
    /// Name, what is due to whom, hours, and minutes after detection at which it was told.
    clock: Option<(&'static str, &'static str, u32, i64)>,
}

const SCRIPTS: [Script; 7] = [
    Script {
        number: 19,
        title: "Agent loop on claim checks until the daily limit stopped it",
        kind: IncidentKind::RunawayLoop,
        impact: Impact::Degraded,
        scope: Scope::Several,
        decided: None,
        summary: "An agent retried a failing tool call without end. 1,900 sessions ran until the daily token limit stopped them.",
        days_ago: 201,
        began: 130,
        detected: 395,
        acknowledged: Some(9),
        mitigated: Some(31),
        resolved: Some(210),
        commander: "Tomás Herrera",
        features: &["Agent operations"],
        tenants: &[],
        vendor: None,
        factors: &[Factor::Tools, Factor::Guardrail],
        clock: None,
    },
    Script {
        number: 22,
        title: "Document search answered from an index of the week before",
        kind: IncidentKind::QualityRegression,
        impact: Impact::Minor,
        scope: Scope::Widespread,
        decided: Some((Severity::Sev3, "Clinicians were answered from a withdrawn guideline for four hours.")),
        summary: "The nightly rebuild failed silently and the alias kept pointing at the old index.",
        days_ago: 158,
        began: 180,
        detected: 238,
        acknowledged: Some(12),
        mitigated: Some(44),
        resolved: Some(95),
        commander: "Marcus Oyelaran",
        features: &["Document search"],
        tenants: &[],
        vendor: None,
        factors: &[Factor::Data, Factor::Process],
        clock: None,
    },
    Script {
        number: 24,
        title: "Elevated errors at the provider of Visit summaries",
        kind: IncidentKind::VendorOutage,
        impact: Impact::Outage,
        scope: Scope::Several,
        decided: None,
        summary: "One region returned 529 for a third of the requests. Traffic moved to the second source after the alert.",
        days_ago: 117,
        began: 905,
        detected: 7,
        acknowledged: Some(3),
        mitigated: Some(26),
        resolved: Some(141),
        commander: "Marcus Oyelaran",
        features: &["Visit summaries"],
        tenants: &[],
        vendor: Some(0x101),
        factors: &[Factor::Vendor],
        clock: None,
    },
    Script {
        number: 27,
        title: "Visit notes of one clinic shown to another",
        kind: IncidentKind::CrossTenantLeak,
        impact: Impact::OthersData,
        scope: Scope::Single,
        decided: None,
        summary: "A cache key left the tenant out. Eleven answers at one clinic quoted notes of another before the cache was emptied.",
        days_ago: 71,
        began: 842,
        detected: 53,
        acknowledged: Some(4),
        mitigated: Some(38),
        resolved: Some(1_625),
        commander: "Priya Raman",
        features: &["Visit summaries"],
        tenants: &["Northgate Health System"],
        vendor: None,
        factors: &[Factor::Data, Factor::Guardrail, Factor::Process],
        clock: Some(("GDPR Art. 33", "Supervisory authority: notification of the breach", 72, 2_710)),
    },
    Script {
        number: 31,
        title: "Instructions in an uploaded letter were followed",
        kind: IncidentKind::PromptInjection,
        impact: Impact::Harm,
        scope: Scope::Single,
        decided: None,
        summary: "White text in a scanned referral told the assistant to mark it urgent. One referral was moved ahead of others.",
        days_ago: 44,
        began: 610,
        detected: 316,
        acknowledged: Some(21),
        mitigated: Some(87),
        resolved: Some(402),
        commander: "Anneke de Vries",
        features: &["Intake triage"],
        tenants: &[],
        vendor: None,
        factors: &[Factor::Guardrail, Factor::Prompt],
        clock: None,
    },
    Script {
        number: 33,
        title: "Support chat down with its provider",
        kind: IncidentKind::VendorOutage,
        impact: Impact::Outage,
        scope: Scope::Widespread,
        decided: None,
        summary: "The provider's gateway timed out for 74 minutes. The fallback answered, at half the quality and a third of the cost.",
        days_ago: 26,
        began: 1_012,
        detected: 4,
        acknowledged: Some(2),
        mitigated: Some(74),
        resolved: Some(118),
        commander: "Marcus Oyelaran",
        features: &["Support chat"],
        tenants: &[],
        vendor: Some(0x100),
        factors: &[Factor::Vendor, Factor::Process],
        clock: None,
    },
    Script {
        number: 34,
        title: "Intake triage asks twice for the date of birth",
        kind: IncidentKind::QualityRegression,
        impact: Impact::Minor,
        scope: Scope::Widespread,
        decided: Some((Severity::Sev3, "Half of the intakes were given up on Saturday.")),
        summary: "Since a change of the system prompt the intake form loses its first answer. Patients give up in the second step.",
        days_ago: 3,
        began: 540,
        detected: 1_180,
        acknowledged: Some(40),
        mitigated: None,
        resolved: None,
        commander: "Tomás Herrera",
        features: &["Intake triage"],
        tenants: &[],
        vendor: None,
        factors: &[],
        clock: None,
    },
];

fn incident(sample: &Sample, script: &Script) -> Incident {
    let midnight: DateTime<Utc> = sample.calendar.start_of(sample.today - Duration::days(script.days_ago));
    let began = midnight + Duration::minutes(script.began);
    let detected = began + Duration::minutes(script.detected);
    let after = |minutes: i64| detected + Duration::minutes(minutes);
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    let (severity, reason) = script.decided.unwrap_or((suggested(script.impact, script.scope), ""));
    let clock = script.clock.map(|(name, due, hours, told)| Clock {
        name: name.to_owned(),
        due: due.to_owned(),
        hours,
        done: Some(after(told)),
    });
    Incident {
        id: IncidentId(Sample::id(0xd00 + u128::from(script.number))),
        number: script.number,
        details: IncidentDetails {
            title: script.title.to_owned(),
            kind: script.kind,
            severity,
            severity_reason: reason.to_owned(),
            impact: script.impact,
            scope: script.scope,
            summary: script.summary.to_owned(),
            times: Times {
                began: Some(began),
                detected: Some(detected),
                acknowledged: script.acknowledged.map(after),
                mitigated: script.mitigated.map(after),
                resolved: script.resolved.map(after),
            },
            roles: Roles { commander: script.commander.to_owned(), ..Roles::default() },
            features: names(script.features),
            tenants: names(script.tenants),
            models: BTreeSet::new(),
            vendors: script.vendor.into_iter().map(|id| VendorId(Sample::id(id))).collect(),
            contracts: BTreeSet::new(),
            factors: script.factors.iter().copied().collect(),
            clocks: clock.into_iter().collect(),
            source: String::new(),
        },
    }
}

pub(crate) async fn incidents(write: &mut Write, sample: &Sample) -> Result<()> {
    for script in &SCRIPTS {
        let incident = incident(sample, script);
        let at = incident.details.times.detected.unwrap_or(sample.now);
        store::incident::save(write, &incident, at).await?;
    }
    Ok(())
}
