//! Do the comparisons hang together, so that every strength is finite?

use super::fit::Cell;
use super::{NoRatings, Ties};

/// # Errors
/// [`NoRatings::Disconnected`], [`NoRatings::Separable`], [`NoRatings::UnboundedTies`].
pub(super) fn check(candidates: usize, cells: &[Cell], ties: Ties) -> Result<(), NoRatings> {
    hang_together(candidates, cells)?;
    // Without a tie there is no parameter of them.
    if ties == Ties::Davidson && cells.iter().any(|cell| cell.ties > 0.0) && !ties_are_bounded(candidates, cells) {
        return Err(NoRatings::UnboundedTies);
    }
    Ok(())
}

fn hang_together(candidates: usize, cells: &[Cell]) -> Result<(), NoRatings> {
    let beat = Beaten::of(candidates, cells);
    if beat.reached(0, false).iter().all(|reached| *reached) && beat.reached(0, true).iter().all(|reached| *reached) {
        return Ok(());
    }
    let mut group_of: Vec<Option<usize>> = vec![None; candidates];
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for from in 0..candidates {
        if group_of[from].is_none() {
            let mut met = vec![from];
            group_of[from] = Some(groups.len());
            let mut at = 0;
            while let Some(one) = met.get(at).copied() {
                for other in beat.below[one].iter().chain(&beat.above[one]) {
                    if group_of[*other].is_none() {
                        group_of[*other] = Some(groups.len());
                        met.push(*other);
                    }
                }
                at += 1;
            }
            met.sort_unstable();
            groups.push(met);
        }
    }
    if groups.len() > 1 {
        groups.sort_by_key(|group| (std::cmp::Reverse(group.len()), group[0]));
        return Err(NoRatings::Disconnected { groups });
    }
    Err(NoRatings::Separable { groups: beat.groups(candidates) })
}

/// Is there a most likely share of ties under [`super::Ties::Davidson`]? Not where strengths β exist such that with ln ν = 1 no result
/// seen is less likely, in the limit of large multiples, than another of its pair: β₁ − β₂ ≥ 2 where one won, |β₁ − β₂| ≤ 2 where they
/// tied. (Directions of recession of an exponential family: Barndorff-Nielsen, "Information and Exponential Families", 1978, 9.3.)
/// These are bounds on differences: they can be met unless a cycle of them has a negative sum (Bellman, Ford).
fn ties_are_bounded(candidates: usize, cells: &[Cell]) -> bool {
    let mut bounds = Vec::new();
    for cell in cells {
        let (i, j) = cell.pair;
        // (from, to, most): β of `to` is at most that of `from` plus `most`.
        for (seen, from, to, most) in [(cell.wins[0], i, j, -2.0), (cell.wins[1], j, i, -2.0)] {
            if seen > 0.0 {
                bounds.push((from, to, most));
            }
        }
        if cell.ties > 0.0 {
            bounds.extend([(i, j, 2.0), (j, i, 2.0)]);
        }
    }
    let mut strengths = vec![0.0f64; candidates];
    for _ in 0..=candidates {
        let mut moved = false;
        for (from, to, most) in &bounds {
            if strengths[*to] > strengths[*from] + most {
                strengths[*to] = strengths[*from] + most;
                moved = true;
            }
        }
        if !moved {
            return false;
        }
    }
    true
}

/// Who beat or tied with whom.
struct Beaten {
    below: Vec<Vec<usize>>,
    above: Vec<Vec<usize>>,
}

impl Beaten {
    fn of(candidates: usize, cells: &[Cell]) -> Self {
        let (mut below, mut above) = (vec![Vec::new(); candidates], vec![Vec::new(); candidates]);
        for cell in cells {
            let (i, j) = cell.pair;
            for (wins, winner, loser) in [(cell.wins[0], i, j), (cell.wins[1], j, i)] {
                if wins + cell.ties > 0.0 {
                    below[winner].push(loser);
                    above[loser].push(winner);
                }
            }
        }
        Self { below, above }
    }

    fn reached(&self, from: usize, upwards: bool) -> Vec<bool> {
        let next = if upwards { &self.above } else { &self.below };
        let mut reached = vec![false; next.len()];
        let mut open = vec![from];
        while let Some(one) = open.pop() {
            if let Some(seen) = reached.get_mut(one)
                && !*seen
            {
                *seen = true;
                open.extend(&next[one]);
            }
        }
        reached
    }

    /// Groups within which everyone can be reached by wins; whoever reaches more stands before.
    fn groups(&self, candidates: usize) -> Vec<Vec<usize>> {
        let down: Vec<Vec<bool>> = (0..candidates).map(|from| self.reached(from, false)).collect();
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for (one, reached) in down.iter().enumerate() {
            match groups.iter_mut().find(|group| reached[group[0]] && down[group[0]][one]) {
                Some(group) => group.push(one),
                None => groups.push(vec![one]),
            }
        }
        let reach = |group: &[usize]| down[group[0]].iter().filter(|reached| **reached).count();
        groups.sort_by_key(|group| (std::cmp::Reverse(reach(group)), group[0]));
        groups
    }
}
