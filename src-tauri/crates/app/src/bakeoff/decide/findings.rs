//! What the figures of a decision say, in sentences.

use domain::bakeoff::CandidateId;
use domain::bakeoff::columns::case_cost;
use domain::bakeoff::decision::information::{Lead, LeadTerm, Stake, ValueOfCases, lead_error, value_of_cases};
use domain::bakeoff::decision::sensitivity::{WeightRange, needed, without_candidates, without_criteria};
use domain::bakeoff::decision::{Board, NoDecision, Score};
use domain::bakeoff::weights::WeightError;
use domain::money::{Currency, Money};
use domain::stats::scores::Method;
use domain::stats::topsis::topsis;
use report::format;

use super::weighing::{COST, LATENCY, P95, Weighing};
use crate::Context;
use crate::bakeoff::Names;
use crate::bakeoff::compare::{Costs, Loaded};

/// What the figures say, in sentences.
pub(super) fn say(
    context: &Context,
    names: &Names,
    board: &Board,
    ranked: &[Score],
    (weighings, ranges): (&[Weighing], &[Option<WeightRange>]),
    (loaded, latencies): (&Loaded, &[Option<P95>]),
    stakes: &Stakes<'_>,
) -> Vec<String> {
    let mut said = Vec::new();
    let Some(winner) = ranked.first() else { return said };
    let name = names.name(winner.candidate);
    let percent = |share: f64| format::share(share, 0);
    let tied: Vec<String> = ranked
        .iter()
        .filter(|other| (winner.low - other.low).abs() < 1e-9)
        .map(|other| names.name(other.candidate))
        .collect();
    if tied.len() > 1 {
        said.push(context.text("finding-tie", &[("names", format::listed(&tied, context.language).into())]));
        return said;
    }
    // The weight that is nearest to changing the first place.
    // Where a range ends at 0 % or 100 % nothing changes: that is as far as a weight goes.
    let nearest = ranges.iter().flatten().min_by(|a, b| {
        let slack = |range: &&WeightRange| {
            let below = if range.low <= 0.0 { f64::INFINITY } else { range.weight - range.low };
            let above = if range.high >= 1.0 { f64::INFINITY } else { range.high - range.weight };
            below.min(above)
        };
        slack(a).total_cmp(&slack(b))
    });
    if let Some(range) = nearest {
        let id = if range.low <= 0.0 && range.high >= 1.0 { "finding-any-weight" } else { "finding-weight-range" };
        said.push(context.text(
            id,
            &[
                ("winner", name.clone().into()),
                ("criterion", weighings[range.criterion].name.clone().into()),
                ("low", percent(range.low).into()),
                ("high", percent(range.high).into()),
            ],
        ));
    }
    let weighed = board.weights().iter().filter(|weight| **weight > 0.0).count();
    if weighed > 1
        && let Ok(without) = without_criteria(board)
    {
        let changing: Vec<String> =
            without.iter().filter(|one| one.changes).map(|one| weighings[one.criterion].name.clone()).collect();
        let id = if changing.is_empty() { "finding-no-criterion-alone" } else { "finding-criterion-alone" };
        said.push(context.text(
            id,
            &[("winner", name.clone().into()), ("criteria", format::listed(&changing, context.language).into())],
        ));
    }
    if without_candidates(board).iter().all(|one| !one.reorders) {
        said.push(context.text("finding-no-candidate-reorders", &[]));
    }
    if let Ok(Some((runner_up, needed))) = needed(board)
        && let Some((first, value)) =
            needed.iter().find_map(|one| Some((one, one.value.filter(|_| one.needed.is_some())?)))
    {
        let of = &weighings[first.criterion];
        let text = anchor_text(value, of, loaded, (context, stakes.currency.code()));
        said.push(context.text(
            "finding-needed",
            &[("runner", names.name(runner_up).into()), ("criterion", of.name.clone().into()), ("needed", text.into())],
        ));
    }
    said.extend(few_cases(context, board, weighings, loaded));
    said.extend(second_opinion(context, names, board, ranked));
    if let Some(value) = more_cases(board, ranked, weighings, (loaded, latencies), stakes) {
        let wrong = ("wrong", format::chance(value.wrong).into());
        let is_settled = value.cases_to_settle.is_some_and(|cases| cases as usize <= loaded.cases.len());
        said.push(match value.cases_to_settle {
            // As many as there are settle it already.
            Some(_) if is_settled => context.text("finding-settled", &[wrong, ("winner", name.into())]),
            // Nobody writes a hundred thousand cases.
            Some(cases) if cases <= MOST_CASES => context.text(
                "finding-more-cases",
                &[wrong, ("cases", format::count(cases.into()).into()), ("winner", name.into())],
            ),
            _ => context.text("finding-never-settled", &[wrong, ("winner", name.into())]),
        });
        said.extend(worth_of_cases(context, &value, stakes).filter(|_| !is_settled));
    }
    said
}

/// More cases than that are as good as none.
const MOST_CASES: u32 = 100_000;

/// A figure of what is weighed, as it is written: a share, an amount, a time.
pub(super) fn anchor_text(value: f64, of: &Weighing, loaded: &Loaded, (context, currency): (&Context, &str)) -> String {
    match (of.criterion.and_then(|at| loaded.criteria.get(at)), of.key.as_str()) {
        (Some(criterion), _) => crate::bakeoff::compare::share_text(criterion, value),
        (None, COST) => format::money_unit((value * 1e9).round() as i128, currency, context.language),
        _ => format::duration((value.max(0.0) * 1e6).round() as u64),
    }
}

/// Criteria that are weighed and rest on less than half of the cases, with how many each has: a few verdicts weigh as much as all
/// answers.
fn few_cases(context: &Context, board: &Board, weighings: &[Weighing], loaded: &Loaded) -> Vec<String> {
    let all = loaded.cases.len();
    let of = |criterion: usize| {
        let known = |case: usize| (0..loaded.candidates.len()).any(|one| loaded.column(one, criterion)[case].is_some());
        (0..all).filter(|case| known(*case)).count()
    };
    let weighed = weighings.iter().zip(board.weights()).filter(|(_, weight)| **weight > 0.0);
    weighed
        .filter_map(|(one, _)| Some((one, of(one.criterion?))))
        .filter(|(_, known)| known * 2 < all)
        .map(|(one, known)| {
            let args = [
                ("criterion", one.name.clone().into()),
                ("known", format::count(known as i128).into()),
                ("cases", format::count(all as i128).into()),
            ];
            context.text("finding-few-cases", &args)
        })
        .collect()
}

/// What a decision is about in money: what a year of the contract it serves commits to, and what answers cost.
pub(super) struct Stakes<'d> {
    pub contract: Option<(String, Money)>,
    pub costs: &'d [Costs],
    pub currency: Currency,
    pub repeats: u32,
}

impl Stakes<'_> {
    /// What one more case costs, asked of two candidates; nobody's time is in it.
    fn of_case(&self, (one, other): (usize, usize)) -> Option<Money> {
        let spent = |place: usize| self.costs.get(place).map(|costs| &costs.priced);
        let cost = case_cost(spent(one)?, spent(other)?, self.repeats)?;
        Some(Money::from_nanos(cost.to_nanos(), self.currency))
    }
}

/// What more cases are worth beside what their answers cost, by the contract they are for.
fn worth_of_cases(context: &Context, value: &ValueOfCases, stakes: &Stakes<'_>) -> Option<String> {
    let (contract, whole) = stakes.contract.as_ref()?;
    let text = |money: &Money| format::money_compact(money.nanos(), money.currency().code(), context.language);
    let stake = [
        ("contract", contract.clone().into()),
        ("stake", text(whole).into()),
        ("perfect", text(value.perfect_worth.as_ref()?).into()),
    ];
    Some(match value.best.and_then(|best| value.more.get(best)) {
        Some(best) => {
            let more = [
                ("cases", format::count(best.cases.into()).into()),
                ("worth", text(best.worth.as_ref()?).into()),
                ("cost", text(best.cost.as_ref()?).into()),
            ];
            context.text("finding-cases-worth", &stake.into_iter().chain(more).collect::<Vec<_>>())
        }
        None => context.text("finding-cases-not-worth", &stake),
    })
}

/// Fewer cases that both have answered settle nothing, whatever they say.
const FEWEST_CASES: usize = 5;

/// What more cases would bring, by the error of the lead as all criteria and the latency make it up. What answers cost has no error here.
fn more_cases(
    board: &Board,
    ranked: &[Score],
    weighings: &[Weighing],
    (loaded, latencies): (&Loaded, &[Option<P95>]),
    stakes: &Stakes<'_>,
) -> Option<ValueOfCases> {
    let [first, second, ..] = ranked else { return None };
    let comparison = loaded.comparison.as_ref().ok();
    let place = |id: CandidateId| loaded.candidates.iter().position(|one| *one == id);
    let (one, other) = (place(first.candidate)?, place(second.candidate)?);
    let share = |at: usize| {
        board.weights().get(at).map(|weight| weight / (weighings[at].anchors[1] - weighings[at].anchors[0]))
    };
    let terms: Vec<LeadTerm<'_>> = weighings
        .iter()
        .enumerate()
        .filter_map(|(at, weighing)| {
            let criterion = weighing.criterion?;
            let column = |place: usize| {
                let mean = comparison.and_then(|found| found.mean(place, criterion).ok()).map(|found| found.value);
                if mean.is_some_and(|mean| weighing.is_between(mean)) { loaded.column(place, criterion) } else { &[] }
            };
            Some(LeadTerm { share: share(at)?, first: column(one), second: column(other) })
        })
        .collect();
    let design = loaded.design();
    // Where hardly a case tells the two apart the sample says too little of its own error.
    let of_few = weighings.iter().enumerate().filter_map(|(at, weighing)| {
        let found = comparison?.difference(one, other, weighing.criterion?).ok()?.estimate;
        Some(share(at)? * found.spread().filter(|_| found.method == Method::Exact)?)
    });
    let of_few = of_few.fold(0.0, f64::hypot);
    // One case, or one cluster, tells nothing of how far it may be off.
    let of_cases = match lead_error(&terms, design.weights, design.clusters) {
        Some(error) => error.max(of_few),
        None => Some(of_few).filter(|error| *error > 0.0)?,
    };
    let both = |case: &usize| {
        let known = |column: &[Option<f64>]| column.get(*case).copied().flatten().is_some();
        weighings
            .iter()
            .filter_map(|weighing| weighing.criterion)
            .any(|criterion| known(loaded.column(one, criterion)) && known(loaded.column(other, criterion)))
    };
    let cases = (0..loaded.cases.len()).filter(both).count();
    if cases < FEWEST_CASES {
        return None;
    }
    let of_latency = weighings.iter().position(|weighing| weighing.key == LATENCY).and_then(|at| {
        let error = |place: usize| {
            let (value, error) = latencies.get(place).copied().flatten()?;
            if weighings[at].is_between(value) { error } else { Some(0.0) }
        };
        Some(share(at)? * error(one)?.hypot(error(other)?))
    });
    let lead = Lead {
        difference: (first.low - second.low).max(0.0),
        se: of_cases.hypot(of_latency.unwrap_or(0.0)),
        cases: cases as u32,
    };
    let stake = stakes.contract.as_ref().zip(stakes.of_case((one, other)));
    let stake = stake.map(|((_, whole), case)| Stake { whole_score: *whole, case });
    value_of_cases(&lead, stake.as_ref()).ok()
}

/// Whom TOPSIS would put first, by the same worths and weights: another way of adding up, for whoever doubts this one. Nothing is
/// decided by it.
fn second_opinion(context: &Context, names: &Names, board: &Board, ranked: &[Score]) -> Option<String> {
    let complete: Vec<(&Score, Vec<f64>)> = ranked
        .iter()
        .filter_map(|score| Some((score, score.worth.iter().copied().collect::<Option<Vec<f64>>>()?)))
        .collect();
    let rows: Vec<Vec<f64>> = complete.iter().map(|(_, worth)| worth.clone()).collect();
    let closeness = topsis(&rows, board.weights()).ok()?;
    let best = (0..closeness.len()).max_by(|a, b| closeness[*a].total_cmp(&closeness[*b]))?;
    let (first, winner) = (complete[best].0.candidate, ranked.first()?.candidate);
    let id = if first == winner { "finding-topsis-agrees" } else { "finding-topsis-differs" };
    let args = [("winner", names.name(winner).into()), ("other", names.name(first).into())];
    (closeness.len() > 1).then(|| context.text(id, &args))
}

/// Why there is no score, in words; criteria by their names.
pub(super) fn undecided(context: &Context, weighings: &[Weighing], error: &NoDecision) -> String {
    let name = |at: usize| weighings.get(at).map_or_else(String::new, |one| one.name.clone());
    let of = |id: &str, at: usize| context.text(id, &[("criterion", name(at).into())]);
    match error {
        NoDecision::NoCandidates => context.text("undecided-no-candidates", &[]),
        NoDecision::NoneComplete => context.text("undecided-none-complete", &[]),
        NoDecision::Anchors { criterion } => of("undecided-anchors", *criterion),
        NoDecision::Scale { criterion } => of("undecided-scale", *criterion),
        NoDecision::NotFinite { criterion, .. } => of("undecided-not-finite", *criterion),
        NoDecision::Weights(error) => unweighed(context, weighings, error),
        // What is typed cannot lead there.
        other @ (NoDecision::LengthsDiffer { .. } | NoDecision::Twice { .. } | NoDecision::OutOfRange { .. }) => {
            other.to_string()
        }
    }
}

/// Why there are no weights, in words; criteria by their names.
pub(super) fn unweighed(context: &Context, weighings: &[Weighing], error: &WeightError) -> String {
    let name = |at: usize| weighings.get(at).map_or_else(String::new, |one| one.name.clone());
    match error {
        WeightError::AllZero | WeightError::Empty => context.text("undecided-all-zero", &[]),
        WeightError::Missing { first, second } => {
            context.text("undecided-not-compared", &[("first", name(*first).into()), ("second", name(*second).into())])
        }
        WeightError::TooMany { most, .. } => context.text("undecided-too-many", &[("most", (*most as u64).into())]),
        other @ (WeightError::Weight { .. } | WeightError::Criterion { .. } | WeightError::Ratio { .. }) => {
            other.to_string()
        }
    }
}
