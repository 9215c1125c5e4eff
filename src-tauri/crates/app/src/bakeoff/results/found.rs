//! Who and what a file of results speaks of: the candidates its names mean, the criteria it scores by.

use std::collections::{BTreeMap, HashMap};

use domain::bakeoff::{Candidate, CandidateDetails, CandidateId, Criterion, PriceSource};
use foldhash::quality::RandomState;
use ingest::bakeoff::told::{ResultRecord, StatedFigure};
use report::format;

use super::heard::{Heard, is_filtered, is_of};
use super::{AssignedTo, Assignment, FoundCandidate, FoundCriterion, StatedView};
use crate::bakeoff::Names;

/// The candidate a name of a file means: whoever is known by it, else by its model.
fn guess(names: &Names, record: &ResultRecord) -> AssignedTo {
    let key = |text: &str| text.trim().to_lowercase();
    let label = key(&record.candidate.label);
    let model = record.candidate.model.as_deref().map(key);
    // Letter by letter first: "a" beside "A" is somebody else.
    let exact = |one: &&Candidate| {
        let text = record.candidate.label.trim();
        one.details.name.trim() == text || one.details.labels.iter().any(|known| known.trim() == text)
    };
    let exact = names.candidates.iter().find(exact);
    let known = exact.or_else(|| {
        names
            .candidates
            .iter()
            .find(|one| key(&one.details.name) == label || one.details.labels.iter().any(|known| key(known) == label))
    });
    let by_model = || {
        let mut of = names
            .candidates
            .iter()
            .filter(|one| model.as_deref().is_some_and(|model| key(&one.details.model) == model));
        of.next().filter(|_| of.next().is_none())
    };
    known.or_else(by_model).map_or(AssignedTo::New, |one| AssignedTo::Candidate { id: one.id })
}

pub(super) struct Found {
    pub view: FoundCandidate,
    pub details: CandidateDetails,
}

pub(super) fn found_candidates(names: &Names, heard: &Heard, chosen: &[Assignment]) -> BTreeMap<String, Found> {
    let mut found: BTreeMap<String, Found> = BTreeMap::new();
    let mut counts: HashMap<&str, [u32; 3], RandomState> = HashMap::default();
    for record in &heard.results {
        let label = &record.candidate.label;
        let [results, errors, empty] = counts.entry(label).or_default();
        *results += 1;
        *errors += u32::from(record.error.is_some());
        let is_empty = record.error.is_none() && record.answer.as_deref().is_some_and(|text| text.trim().is_empty());
        *empty += u32::from(is_empty);
        // The first of its results tells who it is.
        if *results == 1 {
            let to = chosen.iter().find(|one| one.label == *label).map_or_else(|| guess(names, record), |one| one.to);
            let name = match to {
                AssignedTo::Candidate { id } => names.name(id),
                AssignedTo::New => label.clone(),
                AssignedTo::Nobody => String::new(),
            };
            let of = &record.candidate;
            let (provider, model) = (of.provider.clone().unwrap_or_default(), of.model.clone().unwrap_or_default());
            let view = FoundCandidate {
                label: label.clone(),
                provider: provider.clone(),
                model: model.clone(),
                results: 0,
                errors: 0,
                empty: 0,
                to,
                name,
            };
            let details = CandidateDetails {
                name: label.clone(),
                vendor_id: None,
                provider,
                model,
                settings: of.settings.clone(),
                price: PriceSource::Book,
                incumbent: false,
                labels: vec![label.clone()],
            };
            found.insert(label.clone(), Found { view, details });
        }
    }
    for (label, [results, errors, empty]) in counts {
        if let Some(Found { view, .. }) = found.get_mut(label) {
            (view.results, view.errors, view.empty) = (results, errors, empty);
        }
    }
    part_guesses(names, &mut found, chosen);
    found
}

/// Two names of a file that were guessed to be one candidate, by its model, are two: only the one it is known by stays.
fn part_guesses(names: &Names, found: &mut BTreeMap<String, Found>, chosen: &[Assignment]) {
    let mut taken: HashMap<CandidateId, u32> = HashMap::new();
    for one in found.values() {
        if let AssignedTo::Candidate { id } = one.view.to {
            *taken.entry(id).or_default() += 1;
        }
    }
    for (label, one) in found.iter_mut() {
        let AssignedTo::Candidate { id } = one.view.to else { continue };
        let is_chosen = chosen.iter().any(|chosen| chosen.label == *label);
        let is_known = names
            .candidates
            .iter()
            .any(|known| known.id == id && (known.details.name == *label || known.details.labels.contains(label)));
        if taken.get(&id).is_some_and(|count| *count > 1) && !is_chosen && !is_known {
            one.view.to = AssignedTo::New;
            one.view.name = label.clone();
        }
    }
}

/// A mean as it grows: sums of the largest numbers there are would be none.
#[derive(Clone, Copy)]
struct Mean {
    count: u32,
    value: f64,
    lowest: f64,
    highest: f64,
}

impl Mean {
    const NONE: Mean = Mean { count: 0, value: 0.0, lowest: f64::INFINITY, highest: f64::NEG_INFINITY };

    fn add(&mut self, value: f64) {
        self.count += 1;
        self.value += (value - self.value) / f64::from(self.count);
        self.lowest = self.lowest.min(value);
        self.highest = self.highest.max(value);
    }
}

/// By what a figure of a file is over: criterion, candidate, task.
type Over<'h> = (&'h str, &'h str, Option<&'h str>);

/// Criteria a file scores by, with what it states of them itself, each figure beside the mean of the scores it is over.
pub(super) fn found_criteria(heard: &Heard, known: &[Criterion]) -> Vec<FoundCriterion> {
    // In the order in which the file names them: the first criterion says what a success is.
    let mut order: Vec<&str> = Vec::new();
    let mut means: HashMap<&str, Mean, RandomState> = HashMap::default();
    let mut by: HashMap<Over<'_>, Mean> = HashMap::new();
    for record in &heard.results {
        for score in &record.scores {
            let name = score.scorer.as_str();
            means.entry(name).or_insert_with(|| {
                order.push(name);
                Mean::NONE
            });
            if let Some(mean) = means.get_mut(name) {
                mean.add(score.value);
            }
            let candidate = record.candidate.label.as_str();
            let scopes = [None, record.scope.as_deref()];
            for scope in scopes.iter().take(if scopes[1].is_some() { 2 } else { 1 }) {
                by.entry((name, candidate, *scope)).or_insert(Mean::NONE).add(score.value);
            }
        }
    }
    order
        .into_iter()
        .filter_map(|name| Some((name, *means.get(name)?)))
        .map(|(name, mean)| FoundCriterion {
            known: known.iter().any(|criterion| criterion.name.to_lowercase() == name.to_lowercase()),
            mean_text: format::ratio(mean.value, 4),
            stated: heard
                .stated
                .iter()
                .filter(|figure| is_of(figure, name))
                .take(50)
                .map(|one| stated(&by, name, one))
                .collect(),
            name: name.to_owned(),
            scores: mean.count,
            mean: mean.value,
            lowest: mean.lowest,
            highest: mean.highest,
        })
        .collect()
}

/// Figures are written with four digits at least by every tool that is read here.
const ROUNDED: f64 = 5e-5;

fn stated(by: &HashMap<Over<'_>, Mean>, criterion: &str, figure: &StatedFigure) -> StatedView {
    let candidate = figure.candidate.label.as_str();
    // A figure is checked where the file says that it is the mean of these very scores: one over a split or under a perturbation is of
    // others.
    let is_mean = figure.scorer.as_deref() == Some(criterion) && figure.filter.is_none()
        || figure.filter.is_some() && is_filtered(figure, criterion);
    let found =
        by.get(&(criterion, candidate, figure.scope.as_deref())).or_else(|| by.get(&(criterion, candidate, None)));
    let found = found.filter(|mean| is_mean && figure.n.is_none_or(|n| n == u64::from(mean.count)));
    let off = found.filter(|mean| (mean.value - figure.value).abs() > ROUNDED * figure.value.abs().max(1.0));
    StatedView {
        candidate: candidate.to_owned(),
        value: figure.value,
        text: format::ratio(figure.value, 4),
        computed_text: off.map_or_else(String::new, |mean| format::ratio(mean.value, 4)),
    }
}

/// The scale a criterion seems to have: shares where all values lie between 0 and 1, else the usual scales of judges, else what
/// was found.
pub(super) fn scale(found: &FoundCriterion) -> Criterion {
    let (worst, best) = match (found.lowest, found.highest) {
        (low, high) if low >= 0.0 && high <= 1.0 => (0.0, 1.0),
        (low, high) if low >= 1.0 && high <= 5.0 => (1.0, 5.0),
        (low, high) if low >= 0.0 && high <= 10.0 => (if low >= 1.0 { 1.0 } else { 0.0 }, 10.0),
        (low, high) if low >= 0.0 && high <= 100.0 => (0.0, 100.0),
        (low, high) => (low, if high > low { high } else { low + 1.0 }),
    };
    Criterion { worst, best, passes: (worst + best) / 2.0, ..Criterion::unit(&found.name) }
}
