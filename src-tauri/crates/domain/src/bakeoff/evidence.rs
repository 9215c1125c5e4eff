//! What a decision rests on, as one hash, and which of it is no longer the same.
//!
//! Canonical form: every part is a length (8 bytes, little endian) and its bytes, under a name of its own; floats by their bits,
//! −0 as 0, and a NaN is refused; texts as they are, byte for byte: a signed text is not normalised. Rows are sorted by their key, so
//! that the order they come in tells nothing.
//!
//! Two levels: one hash for each candidate × case (its repeats and variants), kept beside the decision, and over all of them one root.
//! A changed result is thereby found and named without its old value being kept; where the old value is kept
//! ([`Recorded::scores`]), it is said too.

mod verify;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use ts_rs::TS;

pub use verify::verify;

use super::CandidateId;
use super::blind::{Judgement, Verdict};
use super::gates::GateResult;
use crate::money::Money;
use crate::suite::hash::ContentHash;
use crate::usage::TokenCounts;

/// One answer and what it got. Unknown is `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    pub candidate: CandidateId,
    /// Identity of the case.
    pub case: ContentHash,
    pub repeat: u32,
    pub variant: String,
    pub scores: BTreeMap<ScoreKey, Option<f64>>,
    /// Why a score is what it is, in the words of whoever or whatever gave it.
    pub reasons: BTreeMap<ScoreKey, String>,
    pub tokens: Option<TokenCounts>,
    /// As the file states it.
    pub cost: Option<Money>,
    /// Microseconds.
    pub latency: Option<i64>,
    pub first_token: Option<i64>,
    /// Epoch milliseconds.
    pub at: Option<i64>,
    pub cached: bool,
    /// Kind and words, as the file told it; `None` of an answer that is there.
    pub error: Option<(String, String)>,
    /// What was answered, word for word: it is what people judged.
    pub answer: Option<String>,
}

/// Which score of an answer: by criterion, by what gave it ("file", or a rule with its version), by whom.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScoreKey {
    pub criterion: String,
    pub source: String,
    /// Empty where nobody is named.
    pub rater: String,
}

/// A price that was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UsedPrice {
    pub candidate: CandidateId,
    /// "input", "output", "cache-read", …
    pub kind: String,
    /// Nano-units for a million tokens, as text: more than JSON's numbers hold.
    pub nanos_per_million: String,
    pub currency: String,
    /// The contract, the price list, or the file.
    pub source: String,
}

/// Everything a decision rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence<'e> {
    pub suite_version: ContentHash,
    pub outcomes: &'e [Outcome],
    pub prices: &'e [UsedPrice],
    /// As they count, by criterion.
    pub weights: &'e BTreeMap<String, f64>,
    pub gates: &'e BTreeMap<CandidateId, Vec<GateResult>>,
    pub judgements: &'e [Judgement],
    /// Rationale, dissent, choice: whatever is signed, by name of the field.
    pub text: &'e BTreeMap<String, String>,
    /// Everything else computed that the decision shows, by key: scores, shares, ranges.
    pub figures: &'e BTreeMap<String, f64>,
}

/// A part of the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    SuiteVersion,
    Results,
    Prices,
    Weights,
    Gates,
    Judgements,
    Text,
    Figures,
}

/// Evidence as it is kept with a decision: hashes by part and key, and the small values themselves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Recorded {
    /// Over everything below; what is signed.
    pub hash: ContentHash,
    pub suite_version: ContentHash,
    pub results: Vec<ResultHash>,
    /// By part, then by key.
    pub parts: BTreeMap<Part, BTreeMap<String, ContentHash>>,
    /// Values by part and key, where there are few enough to be kept.
    pub values: BTreeMap<Part, BTreeMap<String, String>>,
    /// Every score, if they are to be kept: then a change says from what to what. In the hash like everything else: a forged old
    /// value would be believed.
    pub scores: Option<Vec<KeptScore>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResultHash {
    pub candidate: CandidateId,
    pub case: ContentHash,
    pub hash: ContentHash,
}

/// A score of one answer, in shortest decimal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeptScore {
    pub candidate: CandidateId,
    pub case: ContentHash,
    pub repeat: u32,
    pub variant: String,
    pub score: ScoreKey,
    pub value: Option<String>,
}

/// Why evidence cannot be recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoEvidence {
    #[error("{part:?} “{key}” is not a finite number")]
    NotFinite { part: Part, key: String },
    #[error("{part:?} “{key}” is there twice")]
    Twice { part: Part, key: String },
}

/// What is no longer the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    pub part: Part,
    /// Of a result: its candidate and case.
    pub candidate: Option<CandidateId>,
    pub case: Option<ContentHash>,
    /// A criterion, a price, a field: what within the part.
    pub key: String,
    /// Of a score: which.
    pub score: Option<ScoreKey>,
    /// As text, where it was kept; `None` where it was not, or was not there.
    pub before: Option<String>,
    pub after: Option<String>,
    pub kind: ChangeKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    Added,
    Removed,
    Changed,
    /// The record itself does not fit its own hash: it was changed where it is kept.
    Tampered,
}

/// Writes parts that cannot run into one another.
struct Canonical(Sha256);

impl Canonical {
    fn new(name: &str) -> Self {
        let mut canonical = Self(Sha256::new());
        canonical.text("quarterdeck evidence 2");
        canonical.text(name);
        canonical
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    fn float(&mut self, value: f64) {
        self.bytes(&(value + 0.0).to_bits().to_le_bytes());
    }

    fn score_key(&mut self, key: &ScoreKey) {
        [&key.criterion, &key.source, &key.rater].into_iter().for_each(|part| self.text(part));
    }

    fn optional<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        self.bytes(&[u8::from(value.is_some())]);
        if let Some(value) = value {
            write(self, value);
        }
    }

    fn done(self) -> ContentHash {
        ContentHash(self.0.finalize().into())
    }
}

fn hash_of(name: &str, text: &str) -> ContentHash {
    let mut canonical = Canonical::new(name);
    canonical.text(text);
    canonical.done()
}

/// The shortest decimal that reads back as the same number.
fn shortest(value: f64) -> String {
    (value + 0.0).to_string()
}

/// Records evidence. `keep_scores`: keep every score as well, so that a change tells its old value.
///
/// # Errors
/// [`NoEvidence`].
pub fn record(evidence: &Evidence<'_>, keep_scores: bool) -> Result<Recorded, NoEvidence> {
    let results = results(evidence.outcomes)?;
    let mut values: BTreeMap<Part, BTreeMap<String, String>> = BTreeMap::new();
    let mut put = |part: Part, key: String, value: String| match values.entry(part).or_default().entry(key) {
        std::collections::btree_map::Entry::Occupied(held) => Err(NoEvidence::Twice { part, key: held.key().clone() }),
        std::collections::btree_map::Entry::Vacant(free) => {
            free.insert(value);
            Ok(())
        }
    };
    for price in evidence.prices {
        let key = format!("{}/{}", price.candidate.0, price.kind);
        put(Part::Prices, key, format!("{} {} ({})", price.nanos_per_million, price.currency, price.source))?;
    }
    for (part, figures) in [(Part::Weights, evidence.weights), (Part::Figures, evidence.figures)] {
        for (key, value) in figures {
            if !value.is_finite() {
                return Err(NoEvidence::NotFinite { part, key: key.clone() });
            }
            put(part, key.clone(), shortest(*value))?;
        }
    }
    for (candidate, gates) in evidence.gates {
        for (at, gate) in gates.iter().enumerate() {
            // JSON writes fields in the order of the type: two equal results are equal texts.
            let key = format!("{}/{}", candidate.0, at + 1);
            let text = serde_json::to_string(gate)
                .map_err(|_| NoEvidence::NotFinite { part: Part::Gates, key: key.clone() })?;
            put(Part::Gates, key, text)?;
        }
    }
    let mut judged: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for one in evidence.judgements {
        let second = one.task.second.map_or_else(String::new, |second| format!("-{second}"));
        let repeat = if one.repeat { "/again" } else { "" };
        let key = format!("{}/{}/{}{second}{repeat}", one.rater, one.task.case, one.task.first);
        let seconds = one.seconds.map_or_else(String::new, shortest);
        let mut judgement = Canonical::new("judgement");
        [said(one.verdict), &seconds, &one.note].into_iter().for_each(|part| judgement.text(part));
        judged.entry(key).or_default().push(judgement.done().to_string());
    }
    for (key, mut verdicts) in judged {
        verdicts.sort_unstable();
        put(Part::Judgements, key, verdicts.join(" "))?;
    }
    for (key, text) in evidence.text {
        put(Part::Text, key.clone(), text.clone())?;
    }
    let parts = hashes_of(&values);
    let scores = keep_scores.then(|| kept(evidence.outcomes));
    // Judgements are as many as results: their hashes name a change, their values would store them twice.
    values.remove(&Part::Judgements);
    let mut recorded =
        Recorded { hash: ContentHash([0; 32]), suite_version: evidence.suite_version, results, parts, values, scores };
    recorded.hash = recorded.root();
    Ok(recorded)
}

fn said(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::First => "first",
        Verdict::Second => "second",
        Verdict::Tie => "tie",
        Verdict::BothBad => "both-bad",
        Verdict::Score { score } => ["0", "1", "2", "3", "4", "5"].get(usize::from(score)).copied().unwrap_or("beyond"),
        Verdict::Skipped => "skipped",
    }
}

fn hashes_of(values: &BTreeMap<Part, BTreeMap<String, String>>) -> BTreeMap<Part, BTreeMap<String, ContentHash>> {
    let part = |(part, values): (&Part, &BTreeMap<String, String>)| {
        (*part, values.iter().map(|(key, value)| (key.clone(), hash_of(key, value))).collect())
    };
    values.iter().map(part).collect()
}

fn kept(outcomes: &[Outcome]) -> Vec<KeptScore> {
    let scores = outcomes.iter().flat_map(|one| {
        one.scores.iter().map(|(key, value)| KeptScore {
            candidate: one.candidate,
            case: one.case,
            repeat: one.repeat,
            variant: one.variant.clone(),
            score: key.clone(),
            value: value.map(shortest),
        })
    });
    let mut scores: Vec<KeptScore> = scores.collect();
    scores.sort_unstable();
    scores
}

/// One hash for each candidate × case, by both.
fn results(outcomes: &[Outcome]) -> Result<Vec<ResultHash>, NoEvidence> {
    let mut sorted: Vec<&Outcome> = outcomes.iter().collect();
    let key = |one: &Outcome| (one.candidate, one.case);
    sorted.sort_by(|a, b| (key(a), a.repeat, &a.variant).cmp(&(key(b), b.repeat, &b.variant)));
    let mut hashes = Vec::new();
    for rows in sorted.chunk_by(|a, b| key(a) == key(b)) {
        let mut canonical = Canonical::new("result");
        let mut before: Option<&Outcome> = None;
        for one in rows {
            let name = || format!("{}/{}/{}", one.candidate.0, one.case, one.repeat);
            if before.is_some_and(|before| before.repeat == one.repeat && before.variant == one.variant) {
                return Err(NoEvidence::Twice { part: Part::Results, key: name() });
            }
            before = Some(one);
            canonical.bytes(&one.repeat.to_le_bytes());
            canonical.text(&one.variant);
            canonical.bytes(&(one.scores.len() as u64).to_le_bytes());
            for (key, value) in &one.scores {
                if value.is_some_and(|value| !value.is_finite()) {
                    let key = format!("{}/{}", name(), key.criterion);
                    return Err(NoEvidence::NotFinite { part: Part::Results, key });
                }
                canonical.score_key(key);
                canonical.optional(*value, Canonical::float);
            }
            canonical.bytes(&(one.reasons.len() as u64).to_le_bytes());
            for (key, reason) in &one.reasons {
                canonical.score_key(key);
                canonical.text(reason);
            }
            canonical.optional(one.tokens, |to, tokens| {
                tokens.billed().into_iter().chain([tokens.reasoning]).for_each(|count| to.bytes(&count.to_le_bytes()));
            });
            canonical.optional(one.cost, |to, cost| {
                to.bytes(&cost.nanos().to_le_bytes());
                to.text(cost.currency().code());
            });
            for measured in [one.latency, one.first_token, one.at] {
                canonical.optional(measured, |to, number| to.bytes(&number.to_le_bytes()));
            }
            canonical.bytes(&[u8::from(one.cached)]);
            canonical.optional(one.error.as_ref(), |to, (kind, words)| {
                to.text(kind);
                to.text(words);
            });
            canonical.optional(one.answer.as_deref(), Canonical::text);
        }
        let first = rows[0];
        hashes.push(ResultHash { candidate: first.candidate, case: first.case, hash: canonical.done() });
    }
    Ok(hashes)
}

impl Recorded {
    fn root(&self) -> ContentHash {
        let mut canonical = Canonical::new("root");
        canonical.bytes(&self.suite_version.0);
        canonical.bytes(&(self.results.len() as u64).to_le_bytes());
        for one in &self.results {
            canonical.bytes(&one.candidate.0.to_le_bytes());
            canonical.bytes(&one.case.0);
            canonical.bytes(&one.hash.0);
        }
        for (part, hashes) in &self.parts {
            canonical.text(&format!("{part:?}"));
            canonical.bytes(&(hashes.len() as u64).to_le_bytes());
            for (key, hash) in hashes {
                canonical.text(key);
                canonical.bytes(&hash.0);
            }
        }
        canonical.optional(self.scores.as_ref(), |to, scores| {
            to.bytes(&(scores.len() as u64).to_le_bytes());
            for one in scores {
                to.bytes(&one.candidate.0.to_le_bytes());
                to.bytes(&one.case.0);
                to.bytes(&one.repeat.to_le_bytes());
                to.text(&one.variant);
                to.score_key(&one.score);
                to.optional(one.value.as_deref(), Canonical::text);
            }
        });
        canonical.done()
    }

    /// Does the record fit its own hash?
    fn is_sound(&self) -> bool {
        let values = hashes_of(&self.values);
        let fit = values.iter().all(|(part, hashes)| self.parts.get(part) == Some(hashes));
        fit && self.hash == self.root()
    }
}

#[cfg(test)]
mod tests;
