//! Renewals that a signed decision has settled.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::id::{BakeoffId, ContractId, VendorId};
use report::format;
use store::Snapshot;

use super::decide::{content_of, newest};
use crate::{Context, Result};

/// What was decided about a contract's renewal.
#[derive(Debug, Clone)]
pub(crate) struct Settled {
    pub bakeoff: BakeoffId,
    pub name: String,
    /// The candidate that was chosen, and whose it is.
    pub choice: String,
    pub vendor: Option<VendorId>,
    pub by: String,
    pub day: NaiveDate,
}

impl Settled {
    /// What was decided, in a sentence; `vendor` is the contract's.
    pub(crate) fn sentence(&self, context: &Context, vendor: VendorId) -> String {
        let id = if self.stays(vendor) { "renewal-settled-stay" } else { "renewal-settled-move" };
        let args = [
            ("bakeoff", self.name.clone().into()),
            ("choice", self.choice.clone().into()),
            ("by", self.by.clone().into()),
            ("date", format::date(self.day, context.language).into()),
        ];
        context.text(id, &args)
    }

    /// Was the contract's own vendor chosen?
    pub(crate) fn stays(&self, vendor: VendorId) -> bool {
        self.vendor == Some(vendor)
    }
}

/// By contract, what the newest signed decision of a bake-off that serves it says. One that was reopened settles nothing.
pub(crate) async fn settled(snapshot: &mut Snapshot) -> Result<BTreeMap<ContractId, Settled>> {
    let calendar = store::workspace::settings(snapshot).await?.calendar()?;
    let mut found: BTreeMap<ContractId, Settled> = BTreeMap::new();
    for bakeoff in store::bakeoff::list(snapshot).await? {
        let Some(contract) = bakeoff.details.contract_id else { continue };
        let decision = newest(snapshot, bakeoff.id).await?;
        let content = content_of(decision.as_ref())?;
        let Some(signed) = decision.and_then(|decision| decision.signed) else { continue };
        let candidates = store::bakeoff::candidates(snapshot, bakeoff.id).await?;
        let Some(chosen) = candidates.into_iter().find(|one| Some(one.id) == content.choice) else { continue };
        let settled = Settled {
            bakeoff: bakeoff.id,
            name: bakeoff.details.name,
            choice: chosen.details.name,
            vendor: chosen.details.vendor_id,
            by: signed.by,
            day: calendar.day_of(signed.at),
        };
        // The newest bake-off comes first.
        found.entry(contract).or_insert(settled);
    }
    Ok(found)
}
