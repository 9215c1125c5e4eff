//! What is no longer as it was signed, in the words of the people who signed: names and not numbers, sentences and not keys.

use std::collections::{BTreeMap, HashMap};

use domain::bakeoff::CandidateId;
use domain::bakeoff::evidence::{Change, ChangeKind, Part, ScoreKey};
use domain::bakeoff::gates::GateResult;
use domain::suite::hash::ContentHash;
use report::format;

use super::weighing::name_of;
use super::{ChangeView, gate_view};
use crate::Context;
use crate::bakeoff::Names;
use crate::view::word;

/// Changes of one candidate's results of one kind beyond this many are one line.
const MOST_OF_A_KIND: usize = 5;

/// Fields and figures that have a name of their own.
const KEYS: [&str; 21] = [
    "signer",
    "signed-at",
    "version",
    "name",
    "question",
    "minimum-effect",
    "repeats",
    "choice",
    "rationale",
    "dissent",
    "approvers",
    "incumbent",
    "candidate",
    "score",
    "first",
    "hash",
    "round-question",
    "round-rubric",
    "round-opened-by",
    "round-closed-by",
    "round-details",
];

/// What changes are read by.
pub(super) struct Changes<'c> {
    pub context: &'c Context,
    pub names: &'c Names,
    pub cases: &'c HashMap<ContentHash, String>,
}

impl Changes<'_> {
    /// What holds for many results of one candidate is said once, before everything else.
    pub fn read(&self, changes: Vec<Change>) -> Vec<ChangeView> {
        let gone: HashMap<String, String> = changes
            .iter()
            .filter_map(|change| Some((change.key.strip_prefix("candidate/")?.to_owned(), change.before.clone()?)))
            .collect();
        let mut many: BTreeMap<(CandidateId, ChangeKind), usize> = BTreeMap::new();
        for change in changes.iter().filter(|change| change.part == Part::Results) {
            if let Some(candidate) = change.candidate {
                *many.entry((candidate, change.kind)).or_default() += 1;
            }
        }
        many.retain(|_, count| *count > MOST_OF_A_KIND);
        let mut views: Vec<ChangeView> = many
            .iter()
            .map(|((candidate, kind), count)| {
                let name = self.names.name(*candidate);
                let was = || gone.get(&candidate.0.to_string()).cloned().unwrap_or_default();
                let args = [("count", format::count(*count as i128).into())];
                ChangeView {
                    part: self.context.text("evidence-results", &[]),
                    what: if name.is_empty() { was() } else { name },
                    before: String::new(),
                    after: self.context.text(&format!("evidence-many-{}", word(kind)), &args),
                }
            })
            .collect();
        let is_told = |change: &Change| {
            change.part == Part::Results && change.candidate.is_some_and(|one| many.contains_key(&(one, change.kind)))
        };
        for view in changes.into_iter().filter(|change| !is_told(change)).map(|change| self.change(change)) {
            // Of judgements of one rater that changed alike one line tells.
            if !views.contains(&view) {
                views.push(view);
            }
        }
        views
    }

    fn change(&self, change: Change) -> ChangeView {
        let mut what: Vec<String> = Vec::new();
        what.extend(change.candidate.map(|candidate| self.names.name(candidate)));
        what.extend(change.case.and_then(|case| self.cases.get(&case).cloned()));
        what.extend(change.score.as_ref().map(|score| self.score(score)));
        if !change.key.is_empty() {
            what.push(self.key(change.part, &change.key));
        }
        let (before, after) = match (change.part, change.kind) {
            // A hash tells people nothing.
            (Part::SuiteVersion | Part::Judgements, _) => (None, None),
            (Part::Text, _) if change.key.starts_with("round-details") => (None, None),
            (Part::Results, _) if change.score.is_none() => (None, None),
            _ => (Some(change.before), Some(change.after)),
        };
        let value = |value: Option<Option<String>>, otherwise: String| {
            value.map_or(otherwise, |value| self.value(change.part, &change.key, value))
        };
        ChangeView {
            part: self.context.text(&format!("evidence-{}", word(&change.part)), &[]),
            what: what.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
            before: value(before, String::new()),
            after: value(after, self.context.text(&format!("evidence-is-{}", word(&change.kind)), &[])),
        }
    }

    /// A criterion, with the rule and the person where a score is not the file's own.
    fn score(&self, score: &ScoreKey) -> String {
        // The criterion of a round says that it is one; its id says nothing.
        let is_plain = score.source == "file" || score.source.starts_with("round:");
        let source = if is_plain { "" } else { &score.source };
        let parts = [score.criterion.as_str(), source, &score.rater];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// What a key of the evidence is called: "score/3" is a candidate's score, "signed-at" the day of the signature.
    fn key(&self, part: Part, key: &str) -> String {
        let (first, rest) = key.split_once('/').unwrap_or((key, ""));
        let candidate = |id: &str| id.parse().map(|id| self.names.name(CandidateId(id))).unwrap_or_default();
        match part {
            Part::Weights => name_of(self.context, key),
            Part::Prices => format!("{} · {}", candidate(first), self.context.text(&format!("token-kind-{rest}"), &[])),
            // Which gate it is, its value says.
            Part::Gates => candidate(first),
            // By whom; which answers they were shown is nobody's name.
            Part::Judgements => first.to_owned(),
            Part::Text | Part::Figures => {
                let known = KEYS.contains(&first);
                let text = self.context.text(&format!("evidence-key-{}", if known { first } else { "other" }), &[]);
                let of = if first.starts_with("round-") { rest.to_owned() } else { candidate(rest) };
                if of.is_empty() { text } else { format!("{text} · {of}") }
            }
            Part::SuiteVersion | Part::Results => key.to_owned(),
        }
    }

    fn value(&self, part: Part, key: &str, value: Option<String>) -> String {
        let Some(text) = value else { return "—".to_owned() };
        let name = |id: &str| id.parse().map(|id| self.names.name(CandidateId(id))).unwrap_or_default();
        let read = match part {
            Part::Gates => serde_json::from_str::<GateResult>(&text).ok().map(|gate| {
                let view = gate_view(self.context, &gate, false);
                let standing = self.context.text(&format!("evidence-gate-{}", word(&view.standing)), &[]);
                format!("{} ({}): {standing}", view.name, view.text)
            }),
            Part::Prices => priced(&text).map(|(nanos, currency)| {
                let price = format::money_unit(nanos, currency, self.context.language);
                self.context.text("evidence-price", &[("price", price.into())])
            }),
            Part::Text if matches!(key, "choice" | "incumbent") => Some(name(&text)),
            Part::Text if key == "minimum-effect" => text.parse().ok().map(|effect| format::share(effect, 1)),
            Part::Figures if key.starts_with("first/") => text.parse().ok().map(format::chance),
            Part::Text if key == "approvers" => serde_json::from_str::<Vec<String>>(&text)
                .ok()
                .map(|names| format::listed(&names, self.context.language)),
            _ => text
                .parse::<f64>()
                .ok()
                .filter(|_| text.contains('.'))
                .map(|figure| format::ratio(figure, 4).trim_end_matches('0').trim_end_matches('.').to_owned()),
        };
        let text = read.unwrap_or(text);
        if text.is_empty() { "—".to_owned() } else { text }
    }
}

/// Nano-units for a million tokens and their currency, of a price as the evidence keeps it.
fn priced(text: &str) -> Option<(i128, &str)> {
    let mut words = text.split(' ');
    Some((words.next()?.parse().ok()?, words.next()?))
}
