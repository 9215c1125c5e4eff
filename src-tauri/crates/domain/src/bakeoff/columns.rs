//! Results as columns to be compared: one value per candidate, criterion and case.

use super::Criterion;
use crate::money::Femtos;
use crate::stats::Interval;
use crate::stats::proportion::clopper_pearson;

/// A score where it belongs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    pub candidate: usize,
    pub criterion: usize,
    pub case: usize,
    pub value: f64,
}

/// The mean of everything a candidate has of a case by a criterion: repeats, turns and raters weigh alike. In the layout of
/// [`crate::stats::scores::Scores`]; `None` where there is nothing. The order of cells does not matter, to the last bit.
pub fn means(candidates: usize, criteria: usize, cases: usize, cells: &[Cell]) -> Vec<Option<f64>> {
    let place = |cell: &Cell| (cell.candidate * criteria + cell.criterion) * cases + cell.case;
    let mut sorted: Vec<(usize, f64)> = cells
        .iter()
        .filter(|cell| cell.candidate < candidates && cell.criterion < criteria && cell.case < cases)
        .map(|cell| (place(cell), cell.value + 0.0))
        .collect();
    sorted.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut means = vec![None; candidates * criteria * cases];
    for group in sorted.chunk_by(|a, b| a.0 == b.0) {
        let sum: f64 = group.iter().map(|(_, value)| value).sum();
        means[group[0].0] = Some(sum / group.len() as f64);
    }
    means
}

/// What a candidate's answers cost and how many were a success: rows whose cost and whose score are both known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spent {
    pub cost: Femtos,
    pub answers: u64,
    pub successes: u64,
    /// Answers whose cost or score is not known; no part of the others.
    pub unknown: u64,
}

impl Spent {
    pub fn add(&mut self, cost: Option<Femtos>, is_success: Option<bool>) {
        match (cost, is_success) {
            (Some(cost), Some(is_success)) => {
                self.cost += cost;
                self.answers += 1;
                self.successes += u64::from(is_success);
            }
            _ => self.unknown += 1,
        }
    }

    /// Cost per successful task: all cost ÷ successes. `None` without a success: not free, unknown.
    pub fn per_success(&self) -> Option<Femtos> {
        let count = i128::from(self.successes);
        (count > 0).then(|| Femtos(crate::money::divide_half_even(self.cost.0, count)))
    }

    /// What an answer costs: all cost ÷ answers whose cost is known.
    pub fn per_answer(&self) -> Option<Femtos> {
        let count = i128::from(self.answers);
        (count > 0).then(|| Femtos(crate::money::divide_half_even(self.cost.0, count)))
    }

    /// How much of the answers the figure tells of, 0–1.
    pub fn coverage(&self) -> Option<f64> {
        let all = self.answers + self.unknown;
        (all > 0).then(|| self.answers as f64 / all as f64)
    }
}

/// What one more case costs that two candidates are asked, each so many times: the sum of what an answer of each costs, times the
/// repeats. `None` where either cost is not known, or the sum is beyond what money can hold.
pub fn case_cost(one: &Spent, other: &Spent, repeats: u32) -> Option<Femtos> {
    let both = one.per_answer()?.0.checked_add(other.per_answer()?.0)?;
    both.checked_mul(i128::from(repeats.max(1))).map(Femtos)
}

/// The share of cases that pass by a criterion, with how many: `None` where nothing is scored.
pub fn passing(criterion: &Criterion, column: &[Option<f64>]) -> Option<(u64, u64)> {
    let scored = column.iter().flatten();
    let (passed, all) =
        scored.fold((0, 0), |(passed, all), value| (passed + u64::from(criterion.is_success(*value)), all + 1));
    (all > 0).then_some((passed, all))
}

/// The interval of a mean where every scored case stands at one and the same end of the scale, on that scale: resampling has nothing
/// to vary there, and an interval of no width would claim to be certain. The exact one of Clopper and Pearson, of as many trials as
/// there are cases: clusters that are all of one kind tell nothing of how alike their cases are, and the safety floor counts cases
/// too ([`super::gates`]). `None` where cases differ, or stand elsewhere.
pub fn end_interval(criterion: &Criterion, column: &[Option<f64>], confidence: f64) -> Option<Interval> {
    let scored = || column.iter().flatten();
    let first = *scored().next()?;
    if scored().any(|value| *value != first) || !(first == criterion.worst || first == criterion.best) {
        return None;
    }
    let trials = scored().count() as u64;
    let best = if first == criterion.best { trials } else { 0 };
    let share = clopper_pearson(best, trials, confidence).ok()?;
    let at = |share: f64| criterion.worst + share * (criterion.best - criterion.worst);
    let (one, other) = (at(share.low), at(share.high));
    Some(Interval { low: one.min(other), high: one.max(other), confidence })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cell(candidate: usize, case: usize, value: f64) -> Cell {
        Cell { candidate, criterion: 0, case, value }
    }

    #[test]
    fn repeats_are_averaged_and_what_is_missing_stays_missing() {
        let means = means(2, 1, 2, &[cell(0, 0, 1.0), cell(0, 0, 0.0), cell(1, 1, 1.0)]);
        assert_eq!(means, [Some(0.5), None, None, Some(1.0)]);
    }

    #[test]
    fn no_success_has_no_cost_of_one() {
        let mut spent = Spent::default();
        spent.add(Some(Femtos(10)), Some(false));
        assert_eq!(spent.per_success(), None);
        spent.add(Some(Femtos(20)), Some(true));
        spent.add(None, Some(true));
        spent.add(Some(Femtos(5)), None);
        assert_eq!((spent.per_success(), spent.coverage()), (Some(Femtos(30)), Some(0.5)), "like by like");
        assert_eq!(spent.per_answer(), Some(Femtos(15)));
        // Asked twice of two that cost 15 an answer each.
        assert_eq!(case_cost(&spent, &spent, 2), Some(Femtos(60)));
        assert_eq!(case_cost(&spent, &Spent::default(), 2), None);
    }

    #[test]
    fn a_hundred_successes_of_a_hundred_are_not_certain() {
        let unit = Criterion::unit("safe");
        let all = vec![Some(1.0); 100];
        let found = end_interval(&unit, &all, 0.95).unwrap();
        // 1 − 0.025^(1/100): the rule of three, two-sided.
        assert!((found.low - 0.963_783).abs() < 1e-6 && found.high == 1.0, "{found:?}");
        // Errors, of which fewer are better: none of a hundred.
        let errors = Criterion { worst: 10.0, best: 0.0, ..Criterion::unit("errors") };
        let found = end_interval(&errors, &vec![Some(0.0); 100], 0.95).unwrap();
        assert!(found.low == 0.0 && (found.high - 0.362_167).abs() < 1e-5, "{found:?}");
        assert_eq!(end_interval(&unit, &[Some(1.0), Some(0.0)], 0.95), None);
        assert_eq!(end_interval(&unit, &[Some(0.5), Some(0.5)], 0.95), None);
        assert_eq!(end_interval(&unit, &[None], 0.95), None);
    }

    proptest! {
        #[test]
        fn the_order_of_cells_changes_no_bit(
            mut cells in prop::collection::vec((0usize..3, 0usize..4, -1e6f64..1e6), 0..60),
            turn in any::<prop::sample::Index>(),
        ) {
            let made = |cells: &[(usize, usize, f64)]| {
                let cells: Vec<Cell> = cells.iter().map(|(one, case, value)| cell(*one, *case, *value)).collect();
                means(3, 1, 4, &cells)
            };
            let before = made(&cells);
            if !cells.is_empty() {
                let middle = turn.index(cells.len());
                cells.rotate_left(middle);
                cells.reverse();
            }
            prop_assert_eq!(before, made(&cells));
        }
    }
}
