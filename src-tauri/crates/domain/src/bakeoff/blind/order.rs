//! The orders in which cases come, and the sides on which answers stand.

use sha2::{Digest, Sha256};

use super::{Plan, Task};
use crate::stats::random::Draws;

/// What chance is asked for: each has streams of its own.
#[derive(Debug, Clone, Copy)]
pub(super) enum Purpose {
    CaseOrder = 1,
    Step = 2,
    Common = 3,
    Side = 4,
}

/// A stream of chance for a rater (empty: for all of them) and a step.
pub(super) fn draws(plan: &Plan, purpose: Purpose, rater: &str, step: u64) -> Draws {
    let mut hash = Sha256::new();
    hash.update([purpose as u8]);
    hash.update(step.to_le_bytes());
    hash.update(rater.as_bytes());
    let hash: [u8; 32] = hash.finalize().into();
    let mut stream = [0; 8];
    stream.copy_from_slice(&hash[..8]);
    Draws::new(plan.seed, u64::from_le_bytes(stream))
}

pub(super) fn shuffled(count: u32, draws: &mut Draws) -> Vec<u32> {
    let mut order: Vec<u32> = (0..count).collect();
    for at in (1..order.len()).rev() {
        order.swap(at, draws.below(at as u32 + 1) as usize);
    }
    order
}

/// A rater's own order of cases, which decides the sides too.
#[derive(Debug, Clone)]
pub struct Order {
    /// Cases in their order, and the place of each.
    pub(super) cases: Vec<u32>,
    pub(super) places: Vec<u32>,
    flipped: bool,
}

impl Order {
    pub fn new(plan: &Plan, rater: &str) -> Self {
        let cases = shuffled(plan.cases, &mut draws(plan, Purpose::CaseOrder, rater, 0));
        let mut places = vec![0; cases.len()];
        for (place, case) in cases.iter().enumerate() {
            if let Some(at) = places.get_mut(*case as usize) {
                *at = place as u32;
            }
        }
        Self { cases, places, flipped: draws(plan, Purpose::Side, rater, 0).below(2) == 1 }
    }

    /// Does the second one's answer stand on the left? Sides alternate along the rater's order of cases, so that over a rater's
    /// tasks each side comes up as often; from pair to pair of one case they change too, and a repeat exchanges them.
    pub fn swapped(&self, task: &Task, repeat: bool) -> bool {
        let Some(second) = task.second else { return false };
        let place = self.places.get(task.case as usize).copied().unwrap_or(0);
        let turn = place & 1 == 1;
        let pair = (task.first ^ second).count_ones() & 1 == 1;
        self.flipped ^ turn ^ pair ^ repeat
    }
}
