//! What a contract says of data, limits, service and the life of models: typed by whoever read it, compared across vendors.

use domain::clauses::{Clauses, DataTerms, HumanReview, OutputOwnership, Training};
use domain::contract::{ContractState, state};
use domain::id::{ContractId, VendorId};
use report::format;
use serde::{Deserialize, Serialize};
use store::activity::Activity;
use ts_rs::TS;

use super::ContractRef;
use crate::error::FieldError;
use crate::view::word;
use crate::{AppError, Context, Result, activity};

pub(crate) const CLAUSES: &str = "contract-clauses";

/// The clauses of a contract as typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ClausesDraft {
    pub id: ContractId,
    pub clauses: Clauses,
}

/// Data terms of every contract in force, side by side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct DataTermsView {
    pub rows: Vec<DataTermsRow>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DataTermsRow {
    pub contract_id: ContractId,
    pub contract: String,
    pub vendor_id: VendorId,
    pub vendor: String,
    /// In the order of the clauses: training, retention, human review, storage, processing, sub-processors, breach, deletion, ownership.
    /// "—" where nobody has said.
    pub texts: Vec<String>,
}

fn checked(clauses: &Clauses) -> Result<()> {
    let mut problems = Vec::new();
    let mut share = |field: &str, value: Option<f64>| {
        if value.is_some_and(|value| !(0.0..=1.0).contains(&value)) {
            problems.push(FieldError::new(field, "share-to-one"));
        }
    };
    share("uptime", clauses.sla.uptime);
    for step in clauses.sla.credits.iter().flatten() {
        share("credits", Some(step.below));
        share("credits", Some(step.credit));
    }
    if clauses.sla.p95_ms.is_some_and(|ms| !(ms.is_finite() && ms > 0.0)) {
        problems.push(FieldError::new("p95Ms", "number-positive"));
    }
    if clauses.limits.provisioned_units.is_some_and(|units| !(units.is_finite() && units >= 0.0)) {
        problems.push(FieldError::new("provisionedUnits", "number-not-negative"));
    }
    // A contract that keeps nothing for thirty days says two things.
    if clauses.data.zero_retention == Some(true) && clauses.data.retention_days.is_some_and(|days| days > 0) {
        problems.push(FieldError::new("retentionDays", "keeps-nothing-and-keeps"));
    }
    if problems.is_empty() { Ok(()) } else { Err(AppError::Invalid(problems)) }
}

pub async fn contract_clauses(context: &Context, input: ContractRef) -> Result<ClausesDraft> {
    let store = context.store().await?;
    let clauses = store::contract::clauses(&mut *store.read().await?, input.id).await?;
    Ok(ClausesDraft { id: input.id, clauses })
}

pub async fn contract_clauses_save(context: &Context, draft: ClausesDraft) -> Result<ClausesDraft> {
    checked(&draft.clauses)?;
    let store = context.store().await?;
    let mut write = store.write().await?;
    let contract = store::contract::get(write.connection(), draft.id).await?;
    let before = ClausesDraft { id: draft.id, clauses: store::contract::clauses(write.connection(), draft.id).await? };
    if before == draft {
        return Ok(draft);
    }
    store::contract::set_clauses(&mut write, draft.id, &draft.clauses).await?;
    let (id, title) = (draft.id.to_string(), &contract.details.title);
    activity::edited(&mut write, context, CLAUSES, &id, title, &before, &draft).await?;
    write.commit().await?;
    Ok(draft)
}

/// Makes the clauses what they were before a change.
pub(crate) async fn put_back(write: &mut store::Write, activity: &Activity) -> Result<()> {
    let before = activity.before.clone().ok_or_else(|| AppError::refused("undo-not-possible"))?;
    let draft: ClausesDraft = activity::read(before)?;
    Ok(store::contract::set_clauses(write, draft.id, &draft.clauses).await?)
}

fn days(context: &Context, days: Option<u32>) -> Option<String> {
    days.map(|days| context.text("clause-days", &[("days", days.into())]))
}

fn said<T: Serialize>(context: &Context, prefix: &str, value: Option<&T>) -> Option<String> {
    value.map(|value| context.text(&format!("{prefix}-{}", word(value)), &[]))
}

fn training(context: &Context, terms: &DataTerms) -> Option<String> {
    said::<Training>(context, "training", terms.training.as_ref())
}

fn retention(context: &Context, terms: &DataTerms) -> Option<String> {
    if terms.keeps_nothing() == Some(true) {
        return Some(context.text("clause-keeps-nothing", &[]));
    }
    days(context, terms.retention_days)
}

fn regions(context: &Context, regions: Option<&Vec<String>>) -> Option<String> {
    regions.map(|regions| {
        if regions.is_empty() {
            context.text("clause-anywhere", &[])
        } else {
            format::listed(regions, context.language)
        }
    })
}

fn subprocessors(context: &Context, terms: &DataTerms) -> Option<String> {
    let notice = days(context, terms.subprocessor_notice_days);
    let veto =
        terms.subprocessor_veto.map(|veto| context.text(if veto { "clause-veto" } else { "clause-no-veto" }, &[]));
    let parts: Vec<String> = [notice, veto].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// What data terms come to in a line: training, retention, regions, sub-processors.
pub(crate) fn data_sentence(context: &Context, terms: &DataTerms) -> String {
    let parts = [
        training(context, terms).map(|said| context.text("clause-said-training", &[("said", said.into())])),
        retention(context, terms).map(|said| context.text("clause-said-retention", &[("said", said.into())])),
        regions(context, terms.storage_regions.as_ref())
            .map(|said| context.text("clause-said-regions", &[("said", said.into())])),
        subprocessors(context, terms).map(|said| context.text("clause-said-subprocessors", &[("said", said.into())])),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

pub async fn data_terms(context: &Context, (): ()) -> Result<DataTermsView> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let today = context.today(&store::workspace::settings(&mut snapshot).await?)?;
    let vendors = store::vendor::names(&mut snapshot).await?;
    let mut rows = Vec::new();
    for contract in store::contract::list(&mut snapshot).await? {
        if state(&contract.details.terms, today) == ContractState::Ended {
            continue;
        }
        let terms = store::contract::clauses(&mut snapshot, contract.id).await?.data;
        let texts = [
            training(context, &terms),
            retention(context, &terms),
            said::<HumanReview>(context, "review", terms.human_review.as_ref()),
            regions(context, terms.storage_regions.as_ref()),
            regions(context, terms.processing_regions.as_ref()),
            subprocessors(context, &terms),
            terms.breach_notice_hours.map(|hours| context.text("clause-hours", &[("hours", hours.into())])),
            days(context, terms.deletion_days),
            said::<OutputOwnership>(context, "ownership", terms.output_ownership.as_ref()),
        ];
        rows.push(DataTermsRow {
            contract_id: contract.id,
            vendor: vendors.get(&contract.details.vendor_id.to_string()).cloned().unwrap_or_default(),
            vendor_id: contract.details.vendor_id,
            contract: contract.details.title,
            texts: texts.into_iter().map(|text| text.unwrap_or_else(|| "—".to_owned())).collect(),
        });
    }
    rows.sort_by(|a, b| (&a.vendor, &a.contract).cmp(&(&b.vendor, &b.contract)));
    Ok(DataTermsView { rows })
}
