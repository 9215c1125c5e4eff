//! Which parts of what a decision rests on are no longer the same.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, ChangeKind, Part, Recorded, ScoreKey};
use crate::bakeoff::CandidateId;
use crate::suite::hash::ContentHash;

/// What differs between a record and what is computed anew from what is stored: nothing, if all is as it was signed.
pub fn verify(stored: &Recorded, recomputed: &Recorded) -> Vec<Change> {
    let mut changes = Vec::new();
    let whole = |part, key: &str, before: Option<String>, after: Option<String>, kind| Change {
        part,
        candidate: None,
        case: None,
        key: key.to_owned(),
        score: None,
        before,
        after,
        kind,
    };
    if !stored.is_sound() {
        let (before, after) = (Some(stored.hash.to_string()), Some(stored.root().to_string()));
        changes.push(whole(Part::Figures, "hash", before, after, ChangeKind::Tampered));
    }
    if stored.hash == recomputed.hash && changes.is_empty() {
        return changes;
    }
    if stored.suite_version != recomputed.suite_version {
        let (before, after) = (stored.suite_version.to_string(), recomputed.suite_version.to_string());
        changes.push(whole(Part::SuiteVersion, "", Some(before), Some(after), ChangeKind::Changed));
    }
    changed_results(stored, recomputed, &mut changes);
    let parts: BTreeSet<Part> = stored.parts.keys().chain(recomputed.parts.keys()).copied().collect();
    for part in parts {
        let none = BTreeMap::new();
        let (before, after) = (stored.parts.get(&part).unwrap_or(&none), recomputed.parts.get(&part).unwrap_or(&none));
        let value = |recorded: &Recorded, key: &str| recorded.values.get(&part).and_then(|all| all.get(key)).cloned();
        let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for key in keys {
            if let Some(kind) = kind_of(before.get(key), after.get(key)) {
                changes.push(whole(part, key, value(stored, key), value(recomputed, key), kind));
            }
        }
    }
    changes
}

fn kind_of<T: PartialEq>(before: Option<&T>, after: Option<&T>) -> Option<ChangeKind> {
    match (before, after) {
        (Some(_), None) => Some(ChangeKind::Removed),
        (None, Some(_)) => Some(ChangeKind::Added),
        (before, after) => (before != after).then_some(ChangeKind::Changed),
    }
}

fn changed_results(stored: &Recorded, recomputed: &Recorded, changes: &mut Vec<Change>) {
    let by_key = |recorded: &Recorded| -> BTreeMap<(CandidateId, ContentHash), ContentHash> {
        recorded.results.iter().map(|one| ((one.candidate, one.case), one.hash)).collect()
    };
    let (before, after) = (by_key(stored), by_key(recomputed));
    let keys: BTreeSet<&(CandidateId, ContentHash)> = before.keys().chain(after.keys()).collect();
    let changed = keys.into_iter().filter_map(|key| Some((*key, kind_of(before.get(key), after.get(key))?)));
    let changed: Vec<_> = changed.collect();
    if changed.is_empty() {
        return;
    }
    let (old, new) = (scores_by_key(stored), scores_by_key(recomputed));
    for ((candidate, case), kind) in changed {
        let result = |key: String, score: Option<ScoreKey>, before: Option<String>, after: Option<String>| Change {
            part: Part::Results,
            candidate: Some(candidate),
            case: Some(case),
            key,
            score,
            before,
            after,
            kind,
        };
        let (old, new) = (old.get(&(candidate, case)), new.get(&(candidate, case)));
        let mut named = 0;
        if let (Some(old), Some(new)) = (old, new) {
            let keys: BTreeSet<_> = old.keys().chain(new.keys()).copied().collect();
            for key @ (score, repeat, variant) in keys {
                let (before, after) = (old.get(&key).copied().flatten(), new.get(&key).copied().flatten());
                if before != after {
                    // The try is said where there are several, counted from 1 as people do.
                    let of_try = if repeat == 0 { String::new() } else { (repeat + 1).to_string() };
                    let place = [of_try.as_str(), variant].into_iter().filter(|part| !part.is_empty());
                    let place = place.collect::<Vec<_>>().join(" · ");
                    changes.push(result(
                        place,
                        Some(score.clone()),
                        before.map(str::to_owned),
                        after.map(str::to_owned),
                    ));
                    named += 1;
                }
            }
        }
        // Tokens, cost, latency, words or an error changed; or no scores were kept.
        if named == 0 {
            changes.push(result(String::new(), None, None, None));
        }
    }
}

type ByAnswer<'k> = BTreeMap<(&'k ScoreKey, u32, &'k str), Option<&'k str>>;

fn scores_by_key(recorded: &Recorded) -> BTreeMap<(CandidateId, ContentHash), ByAnswer<'_>> {
    let mut by_key: BTreeMap<(CandidateId, ContentHash), ByAnswer<'_>> = BTreeMap::new();
    for one in recorded.scores.iter().flatten() {
        let answers = by_key.entry((one.candidate, one.case)).or_default();
        answers.insert((&one.score, one.repeat, &one.variant), one.value.as_deref());
    }
    by_key
}
