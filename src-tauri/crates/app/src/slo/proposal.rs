//! Objectives that the last quarter would have held, and how often each would have been missed.

use chrono::Duration;
use domain::slo::propose::{best, proposals};
use report::format;
use serde::{Deserialize, Serialize};
use store::slo::Slo;
use ts_rs::TS;
use uuid::Uuid;

use super::{SloDraft, days_of, events};
use crate::{Context, Result};

/// Days looked back at.
const DAYS: u32 = 91;
/// Days on which a proposed objective may have been missed.
const TOLERATED: f64 = 0.0;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "SloProposal")]
pub struct ProposalView {
    /// "99.5".
    pub objective: String,
    pub objective_text: String,
    /// "missed on 12 of 91 days".
    pub text: String,
    /// The strictest that was held throughout.
    pub best: bool,
}

/// Of what is typed so far; nothing where too little is known.
pub async fn slo_proposals(context: &Context, draft: SloDraft) -> Result<Vec<ProposalView>> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let calendar = store::workspace::settings(&mut snapshot).await?.calendar()?;
    let details = draft.details;
    let (method, window) = (details.method, details.window);
    let zone = details.zone.parse().unwrap_or(calendar.zone);
    let slo = Slo { id: draft.id.unwrap_or(domain::id::SloId(Uuid::nil())), details };
    let now = context.now();
    let back = Duration::days(i64::from(DAYS) + days_of(window) + 2);
    let history = events::events(context, &mut snapshot, &slo, (now - back, now)).await?;
    let last = now.timestamp().div_euclid(60);
    let minute = history.known().map_or(last, |(_, to)| to.min(last));
    let found = proposals(&history, method, window, zone, minute, DAYS);
    let held = best(&found, TOLERATED);
    Ok(found
        .into_iter()
        .filter(|one| one.days > 0)
        .map(|one| ProposalView {
            objective: one.objective.to_string(),
            objective_text: format!("{} %", one.objective),
            text: context.text(
                "slo-proposal",
                &[("missed", format::count(one.missed.into()).into()), ("days", format::count(one.days.into()).into())],
            ),
            best: held == Some(one),
        })
        .collect())
}
