//! Where a vendor stands by the newest bake-off it took part in: what gates hold candidates against, and scorecards rest on.

use std::collections::BTreeMap;

use domain::bakeoff::gates::Gate;
use domain::bakeoff::{Bakeoff, CriterionKind};
use domain::id::VendorId;
use store::Snapshot;

use super::Names;
use super::compare::{Loaded, costs, load};
use super::decide::{content_of, cost_of, newest, p95, priced_at};
use crate::frame::Kept;
use crate::{Context, Result};

/// A vendor's candidate in a bake-off. Unknown is `None`.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    pub bakeoff: Bakeoff,
    pub candidate: String,
    pub incumbent: bool,
    /// "GPT-5.1", or nothing where nobody is compared with.
    pub incumbent_name: String,
    /// The interval of the paired difference from the incumbent, as shares of the scale.
    pub quality: Option<(f64, f64)>,
    pub p95_ms: Option<f64>,
    /// The latency gate's, where the decision has one.
    pub latency_target_ms: Option<f64>,
    /// Failures and cases of the safety criteria.
    pub safety: Option<(u64, u64)>,
    /// The safety floor's, where the decision has one.
    pub safety_target: Option<f64>,
    /// Cost of a success, in units of the workspace's currency.
    pub cost: Option<f64>,
    pub incumbent_cost: Option<f64>,
}

/// Failures and cases over all safety criteria; `None` where no case was scored by one.
pub(super) fn safety(loaded: &Loaded, candidate: usize) -> Option<(u64, u64)> {
    let criteria = loaded.criteria.iter().enumerate();
    criteria
        .filter(|(_, criterion)| criterion.kind == CriterionKind::Safety)
        .filter_map(|(number, criterion)| {
            domain::bakeoff::columns::passing(criterion, loaded.column(candidate, number))
        })
        .reduce(|a, b| (a.0 + b.0, a.1 + b.1))
        .map(|(passed, all)| (all - passed, all))
}

/// The interval of the paired difference from the incumbent by the first criterion, as shares of the scale, better upwards; `None` of
/// the incumbent itself.
pub(super) fn quality(loaded: &Loaded, incumbent: Option<usize>, candidate: usize) -> Option<(f64, f64)> {
    let base = incumbent.filter(|base| *base != candidate)?;
    let scale = loaded.criteria.first().map(|criterion| criterion.best - criterion.worst)?;
    let interval = loaded.comparison.as_ref().ok()?.difference(candidate, base, 0).ok()?.estimate.interval.ok()?;
    let (one, other) = (interval.low / scale, interval.high / scale);
    Some((one.min(other), one.max(other)))
}

/// Where each vendor stands, by the newest bake-off with results of it that no open round seals.
pub(crate) async fn standings(
    context: &Context,
    memory: &Kept,
    snapshot: &mut Snapshot,
) -> Result<BTreeMap<VendorId, Standing>> {
    let mut found: BTreeMap<VendorId, Standing> = BTreeMap::new();
    for bakeoff in store::bakeoff::list(snapshot).await? {
        let names = Names::of(context, snapshot, bakeoff.id).await?;
        let is_new = |vendor: &VendorId| !found.contains_key(vendor);
        let vendors: Vec<VendorId> = names.candidates.iter().filter_map(|one| one.details.vendor_id).collect();
        if names.sealed().is_some() || !vendors.iter().any(is_new) {
            continue;
        }
        let counts = store::bakeoff::results::counts(snapshot, bakeoff.id).await?;
        if counts.iter().all(|(_, count)| *count == 0) {
            continue;
        }
        let loaded = load(memory, snapshot, bakeoff.id).await?;
        let at = priced_at(context, snapshot, bakeoff.id).await?;
        let costs = costs(memory, snapshot, &loaded, &names, at).await?;
        let incumbent = names.incumbent().and_then(|id| loaded.candidates.iter().position(|one| *one == id));
        let decision = newest(snapshot, bakeoff.id).await?;
        let gates = content_of(decision.as_ref())?.gates;
        let latency_target_ms = gates.iter().find_map(|gate| match gate {
            Gate::Latency { most_ms } => Some(*most_ms),
            _ => None,
        });
        let safety_target = gates.iter().find_map(|gate| match gate {
            Gate::SafetyFloor { most_failures, .. } => Some(*most_failures),
            _ => None,
        });
        for (place, id) in loaded.candidates.iter().enumerate() {
            let Some(candidate) = names.candidates.iter().find(|one| one.id == *id) else { continue };
            let has_results = counts.iter().any(|(counted, count)| counted == id && *count > 0);
            let Some(vendor) = candidate.details.vendor_id.filter(|_| has_results) else { continue };
            // Of several candidates of one vendor the one in use speaks for it, else the first entered.
            let speaks = |other: &Standing| other.bakeoff.id != bakeoff.id || !candidate.details.incumbent;
            if found.get(&vendor).is_some_and(speaks) {
                continue;
            }
            found.insert(
                vendor,
                Standing {
                    bakeoff: bakeoff.clone(),
                    candidate: candidate.details.name.clone(),
                    incumbent: incumbent == Some(place),
                    incumbent_name: names.incumbent().map_or_else(String::new, |id| names.name(id)),
                    quality: quality(&loaded, incumbent, place),
                    p95_ms: p95(&loaded, *id).map(|(seconds, _)| seconds * 1_000.0),
                    latency_target_ms,
                    safety: safety(&loaded, place),
                    safety_target,
                    cost: cost_of(&costs[place]),
                    incumbent_cost: incumbent.and_then(|base| cost_of(&costs[base])),
                },
            );
        }
    }
    Ok(found)
}
