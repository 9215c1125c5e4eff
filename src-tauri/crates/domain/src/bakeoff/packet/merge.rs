//! A packet that comes back, held against what is here.

use std::collections::{BTreeMap, BTreeSet};

use super::{Keys, Returned, Token, Unreadable};
use crate::bakeoff::blind::{Judgement, Order, Plan, Shown, Task};
use crate::id::RoundId;
use crate::suite::hash::ContentHash;

/// What is known here of a round when a packet comes back.
#[derive(Debug, Clone, Copy)]
pub struct Here<'h> {
    pub round_id: RoundId,
    pub suite_version: ContentHash,
    pub plan: &'h Plan,
    /// Tasks that went out.
    pub tasks: &'h [Task],
    pub judgements: &'h [Judgement],
    /// Which packets each rater name has been merged from.
    pub merged: &'h [(String, Token)],
}

/// What merging would do; nothing is done by it.
#[derive(Debug, Clone, PartialEq)]
pub struct Merge {
    /// To be added, in the order they were given.
    pub new: Vec<Judgement>,
    pub already: u32,
    /// The same rater judged the same task otherwise: here, and in the packet.
    pub conflicts: Vec<(Judgement, Judgement)>,
    /// Verdicts for tasks this round does not have, or that are no verdict on such a task.
    pub unknown: u32,
    /// Another packet has been merged under this rater's name: one person twice, or two people. Whoever merges says which.
    pub same_name: bool,
}

/// Why a packet is refused as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    #[error("the packet belongs to another round")]
    OtherRound,
    #[error("the packet was made of another version of the suite")]
    OtherVersion,
    #[error("none of the packet's {verdicts} verdicts is on a task of this round")]
    AllUnknown { verdicts: u32 },
    #[error("the packet names no rater")]
    NoRater,
}

/// Compares a returned packet with what is here.
///
/// `made_for` is the rater the packet was issued to: the sides were theirs, whatever name it comes back under.
///
/// # Errors
/// [`Refusal`].
pub fn merge(here: &Here<'_>, returned: &Returned, made_for: &str) -> Result<Merge, Refusal> {
    returned.check()?;
    if returned.round_id != here.round_id {
        return Err(Refusal::OtherRound);
    }
    if returned.suite_version != here.suite_version {
        return Err(Refusal::OtherVersion);
    }
    if returned.rater.trim().is_empty() {
        return Err(Refusal::NoRater);
    }
    // Whoever it was written for, whatever name it was scored under: or one packet, come back twice, would be two raters.
    let rater = made_for;
    let keys = Keys::new(here.plan, here.round_id);
    let order = Order::new(here.plan, made_for);
    let tasks: BTreeMap<Token, Task> = here.tasks.iter().map(|task| (keys.task(task), *task)).collect();
    let known = here.judgements.iter().filter(|one| one.rater == rater && !one.repeat);
    let known: BTreeMap<Task, &Judgement> = known.map(|one| (one.task, one)).collect();
    let mut merge = Merge {
        new: Vec::new(),
        already: 0,
        conflicts: Vec::new(),
        unknown: 0,
        same_name: here
            .merged
            .iter()
            .any(|(name, packet)| (name == rater || name == returned.rater.trim()) && *packet != returned.packet_id),
    };
    let mut told: BTreeMap<Task, Judgement> = BTreeMap::new();
    let mut sequence: Vec<Task> = Vec::new();
    for verdict in &returned.verdicts {
        let task = tasks.get(&verdict.task);
        let said = task.and_then(|task| {
            let shown = Shown { task: *task, swapped: order.swapped(task, false), repeat: false };
            Some(Judgement {
                rater: rater.to_owned(),
                task: *task,
                verdict: shown.verdict(verdict.choice)?,
                repeat: false,
                seconds: verdict.seconds.filter(|seconds| seconds.is_finite() && *seconds >= 0.0),
                note: verdict.note.clone(),
            })
        });
        let Some(said) = said else {
            merge.unknown += 1;
            continue;
        };
        // Of two verdicts on one task within a packet the later one is what the rater meant.
        if !told.contains_key(&said.task) {
            sequence.push(said.task);
        }
        told.insert(said.task, said);
    }
    if told.is_empty() && merge.unknown > 0 {
        return Err(Refusal::AllUnknown { verdicts: merge.unknown });
    }
    for task in sequence {
        let Some(said) = told.remove(&task) else { continue };
        match known.get(&task) {
            Some(before) if before.verdict == said.verdict => merge.already += 1,
            Some(before) => merge.conflicts.push(((*before).clone(), said)),
            None => merge.new.push(said),
        }
    }
    Ok(merge)
}

/// Rater names under which several packets came.
pub fn shared_names(merged: &[(String, Token)]) -> Vec<String> {
    let mut packets: BTreeMap<&str, BTreeSet<Token>> = BTreeMap::new();
    merged.iter().for_each(|(name, packet)| {
        packets.entry(name).or_default().insert(*packet);
    });
    packets.into_iter().filter(|(_, packets)| packets.len() > 1).map(|(name, _)| name.to_owned()).collect()
}
