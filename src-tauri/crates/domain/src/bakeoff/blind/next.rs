//! Which task is next.
//!
//! Each step of a rater draws what kind it is (repeat, common, at random, informative) from a stream of its own. An informative pair
//! is the one whose comparison shrinks the strengths' intervals most: with Σ the covariance of the strengths and d = eᵢ − eⱼ, one
//! more comparison of information w = p(1 − p) takes w/(1 + w·dᵀΣd) · (n·|Σd|² − (1ᵀΣd)²) from the sum of the variances of all
//! differences (A-optimality; Chernoff, Annals of Mathematical Statistics 24, 1953). Strengths have a normal prior of variance
//! [`PRIOR`], so that Σ exists before anything hangs together.
//!
//! Of the cases, the one judged least for this pair's sake and in all comes first: cases are spread evenly.

use std::collections::{HashMap, HashSet};

use nalgebra::{DMatrix, DVector};

use super::order::{Order, Purpose, draws, shuffled};
use super::{Judgement, Mode, Plan, Shown, Task, Verdict};

/// Variance of a strength before anything is known: odds of 50 : 1 are rare.
const PRIOR: f64 = 4.0;

/// Steps that lie between a task and its repeat at least.
const REPEAT_AFTER: usize = 10;

/// Pairs of candidates, or candidates.
type Look = (u32, Option<u32>);

/// The most tasks a rater can be asked, without repeats.
pub(super) fn most(plan: &Plan) -> u32 {
    let looks = match plan.mode {
        Mode::Pairs => plan.candidates.saturating_mul(plan.candidates.saturating_sub(1)) / 2,
        Mode::Rubric => plan.candidates,
    };
    looks.saturating_mul(plan.cases)
}

/// Tasks skipped and not judged since, the one skipped longest ago first.
pub(super) fn put_off(own: &[&Judgement]) -> Vec<Task> {
    let mut open: Vec<Task> = Vec::new();
    for one in own {
        open.retain(|task| *task != one.task);
        if one.verdict == Verdict::Skipped {
            open.push(one.task);
        }
    }
    open
}

/// What `rater` is shown next; `None` once they are through, or where the plan allows nothing ([`Plan::check`]).
pub fn next(plan: &Plan, judgements: &[Judgement], rater: &str) -> Option<Shown> {
    plan.check().ok()?;
    let own: Vec<&Judgement> = judgements.iter().filter(|one| one.rater == rater).collect();
    let order = Order::new(plan, rater);
    let shown = |task: Task, repeat: bool| Shown { task, swapped: order.swapped(&task, repeat), repeat };
    let skipped = put_off(&own);
    let judged = own.iter().filter(|one| one.verdict != Verdict::Skipped).count();
    if judged + skipped.len() < plan.target as usize {
        let step = own.len();
        let mut chance = draws(plan, Purpose::Step, rater, step as u64);
        let kind = chance.unit();
        if kind < plan.repeat_share
            && let Some(task) = repeat(&own, &mut chance)
        {
            return Some(shown(task, true));
        }
        let known: HashSet<Task> = own.iter().map(|one| one.task).collect();
        if kind >= plan.repeat_share
            && kind < plan.repeat_share + plan.overlap_share
            && let Some(task) = common(plan, &known)
        {
            return Some(shown(task, false));
        }
        let mut looks = looks(plan);
        let at_random = chance.unit() < plan.random_share;
        for at in (1..looks.len()).rev() {
            looks.swap(at, chance.below(at as u32 + 1) as usize);
        }
        if !at_random {
            let told = worth(plan, &looks, judgements);
            let mut by_worth: Vec<(f64, Look)> = told.into_iter().zip(looks).collect();
            by_worth.sort_by(|a, b| b.0.total_cmp(&a.0));
            looks = by_worth.into_iter().map(|one| one.1).collect();
        }
        if let Some(task) = Cases::new(plan, judgements).pick(&looks, &known, &order) {
            return Some(shown(task, false));
        }
    }
    let task = skipped.first()?;
    Some(shown(*task, own.iter().any(|one| one.task == *task && one.verdict != Verdict::Skipped)))
}

/// The tasks `rater` would be asked were every one a tie, repeats left out: what goes into a packet for a laptop that knows nothing
/// of the others. At most `count`.
pub fn ahead(plan: &Plan, judgements: &[Judgement], rater: &str, count: usize) -> Vec<Task> {
    let plan = Plan { repeat_share: 0.0, ..plan.clone() };
    let (mut judgements, mut tasks) = (judgements.to_vec(), Vec::new());
    while tasks.len() < count {
        let Some(shown) = next(&plan, &judgements, rater) else { break };
        let verdict = if shown.task.second.is_some() { Verdict::Tie } else { Verdict::Score { score: 3 } };
        let rater = rater.to_owned();
        judgements.push(Judgement {
            rater,
            task: shown.task,
            verdict,
            repeat: false,
            seconds: None,
            note: String::new(),
        });
        tasks.push(shown.task);
    }
    tasks
}

fn looks(plan: &Plan) -> Vec<Look> {
    let all = 0..plan.candidates;
    match plan.mode {
        Mode::Rubric => all.map(|one| (one, None)).collect(),
        Mode::Pairs => all.flat_map(|i| (i + 1..plan.candidates).map(move |j| (i, Some(j)))).collect(),
    }
}

/// A task of this rater's, judged once and a while ago.
fn repeat(own: &[&Judgement], chance: &mut crate::stats::random::Draws) -> Option<Task> {
    let long_ago = own.get(..own.len().checked_sub(REPEAT_AFTER)?)?;
    let again: HashSet<Task> = own.iter().filter(|one| one.repeat).map(|one| one.task).collect();
    let once = long_ago.iter().filter(|one| one.verdict != Verdict::Skipped && !one.repeat);
    let once: Vec<Task> = once.map(|one| one.task).filter(|task| !again.contains(task)).collect();
    once.get(chance.below(once.len().max(1) as u32) as usize).copied()
}

/// The first task of the list common to all raters that this one has not seen: cases in one order for all, looks in turn.
fn common(plan: &Plan, known: &HashSet<Task>) -> Option<Task> {
    let cases = shuffled(plan.cases, &mut draws(plan, Purpose::CaseOrder, "", 1));
    let looks = looks(plan);
    let tasks = (0u64..).map(|lap| shuffled(looks.len() as u32, &mut draws(plan, Purpose::Common, "", lap)));
    // As many as there are looks follow one another with each of them once.
    tasks
        .flatten()
        .zip(cases.iter().cycle())
        .take(known.len() + 1 + cases.len().min(64))
        .filter_map(|(look, case)| {
            let (first, second) = *looks.get(look as usize)?;
            Some(Task { case: *case, first, second })
        })
        .find(|task| !known.contains(task))
}

/// What one more judgement of each look is worth.
fn worth(plan: &Plan, looks: &[Look], judgements: &[Judgement]) -> Vec<f64> {
    let mut counts: HashMap<Look, [f64; 2]> = HashMap::new();
    for one in judgements {
        let cell = counts.entry((one.task.first, one.task.second)).or_default();
        match one.verdict {
            Verdict::First => cell[0] += 1.0,
            Verdict::Second => cell[1] += 1.0,
            Verdict::Tie | Verdict::BothBad => cell.iter_mut().for_each(|wins| *wins += 0.5),
            Verdict::Score { .. } => cell[0] += 1.0,
            Verdict::Skipped => {}
        }
    }
    let count = |look: &Look| counts.get(look).copied().unwrap_or_default();
    if plan.mode == Mode::Rubric {
        return looks.iter().map(|look| -count(look)[0]).collect();
    }
    let cells: Vec<(usize, usize, [f64; 2])> =
        looks.iter().filter_map(|look| Some((look.0 as usize, look.1? as usize, count(look)))).collect();
    let Some((strengths, covariance)) = posterior(plan.candidates as usize, &cells) else {
        return vec![0.0; looks.len()];
    };
    let n = f64::from(plan.candidates);
    let worth = cells.iter().map(|(i, j, _)| {
        let moved: DVector<f64> = covariance.column(*i) - covariance.column(*j);
        let spread = moved[*i] - moved[*j];
        let p = chance(strengths[*i] - strengths[*j]);
        let information = p * (1.0 - p);
        information / (1.0 + information * spread) * (n * moved.norm_squared() - moved.sum().powi(2))
    });
    worth.collect()
}

fn chance(difference: f64) -> f64 {
    1.0 / (1.0 + (-difference).exp())
}

/// Mode and covariance of the strengths, by Newton's method: the prior makes the problem strictly concave.
fn posterior(candidates: usize, cells: &[(usize, usize, [f64; 2])]) -> Option<(DVector<f64>, DMatrix<f64>)> {
    let mut strengths = DVector::zeros(candidates);
    for _ in 0..100 {
        let mut slope: DVector<f64> = -&strengths / PRIOR;
        let mut information = DMatrix::from_diagonal_element(candidates, candidates, 1.0 / PRIOR);
        for (i, j, wins) in cells {
            let games = wins[0] + wins[1];
            let p = chance(strengths[*i] - strengths[*j]);
            let surplus = wins[0] - games * p;
            slope[*i] += surplus;
            slope[*j] -= surplus;
            let weight = games * p * (1.0 - p);
            information[(*i, *i)] += weight;
            information[(*j, *j)] += weight;
            information[(*i, *j)] -= weight;
            information[(*j, *i)] -= weight;
        }
        let root = information.cholesky()?;
        let step = root.solve(&slope);
        // Far from the top a whole step may overshoot.
        let longest = step.amax();
        strengths += &step * (1.0 / longest.max(1.0));
        if longest < 1e-9 {
            return Some((strengths, root.inverse()));
        }
    }
    None
}

/// How often each case was judged.
struct Cases {
    judged: Vec<u32>,
    tasks: HashSet<Task>,
}

impl Cases {
    fn new(plan: &Plan, judgements: &[Judgement]) -> Self {
        let mut judged = vec![0; plan.cases as usize];
        let mut tasks = HashSet::with_capacity(judgements.len());
        for one in judgements.iter().filter(|one| !one.repeat) {
            if let Some(count) = judged.get_mut(one.task.case as usize) {
                *count += 1;
            }
            tasks.insert(one.task);
        }
        Self { judged, tasks }
    }

    /// The first look that has a case left, and of its cases the one judged least, those nobody judged for this look first.
    fn pick(&self, looks: &[Look], known: &HashSet<Task>, order: &Order) -> Option<Task> {
        looks.iter().find_map(|(first, second)| {
            let tasks = order.cases.iter().map(|case| Task { case: *case, first: *first, second: *second });
            let fresh = tasks.filter(|task| !known.contains(task));
            // The first of equals: the rater's own order.
            fresh.min_by_key(|task| {
                (self.tasks.contains(task), self.judged.get(task.case as usize).copied().unwrap_or(0))
            })
        })
    }
}
