//! What changed between two versions of a suite.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Case;
use super::hash::content;
use super::pairing::{Key, Pairing, pair};

/// A part of a case that a person edits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CaseField {
    Id,
    Messages,
    Reference,
    Rubric,
    Tags,
    Weight,
    Cluster,
    Variables,
}

/// A case that is in both versions and not the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    pub before: usize,
    pub after: usize,
    pub fields: Vec<CaseField>,
}

/// Cases by what became of them. `before.len() = removed + changed + unchanged`, `after.len() = added + changed + unchanged`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SuiteDiff {
    pub added: Vec<usize>,
    pub removed: Vec<usize>,
    pub changed: Vec<Changed>,
    pub unchanged: usize,
}

/// Compares two versions, whatever the order of their cases. Of cases that cannot be told apart (repeats, one id twice) so many stay
/// as both versions hold alike; the others are removed and added.
pub fn diff(before: &[Case], after: &[Case]) -> SuiteDiff {
    let (left, right): (Vec<Key<'_>>, Vec<Key<'_>>) =
        (before.iter().map(Key::of).collect(), after.iter().map(Key::of).collect());
    let Pairing { matched, unmatched_left, unmatched_right, ambiguous, duplicates_left, duplicates_right } =
        pair(&left, &right);
    let mut diff = SuiteDiff::default();
    for pair in matched {
        let fields = changed_fields(&before[pair.left], &after[pair.right]);
        if fields.is_empty() {
            diff.unchanged += 1;
        } else {
            diff.changed.push(Changed { before: pair.left, after: pair.right, fields });
        }
    }
    let (mut removed, mut added) = (unmatched_left, unmatched_right);
    removed.extend(duplicates_left.into_iter().chain(ambiguous.iter().flat_map(|a| a.left.iter().copied())));
    added.extend(duplicates_right.into_iter().chain(ambiguous.iter().flat_map(|a| a.right.iter().copied())));
    let mut alike: std::collections::HashMap<_, Vec<usize>> = std::collections::HashMap::new();
    added.sort_unstable();
    for index in added.into_iter().rev() {
        alike.entry(content(&after[index])).or_default().push(index);
    }
    removed.sort_unstable();
    for index in removed {
        match alike.get_mut(&content(&before[index])).and_then(Vec::pop) {
            Some(_) => diff.unchanged += 1,
            None => diff.removed.push(index),
        }
    }
    diff.added = alike.into_values().flatten().collect();
    diff.added.sort_unstable();
    diff
}

/// Which parts of a case differ, as [`super::hash`] sees them: the end of a line is no change.
pub fn changed_fields(before: &Case, after: &Case) -> Vec<CaseField> {
    let bare = |case: &Case, field: CaseField| {
        let mut one = Case::default();
        match field {
            CaseField::Id => one.id.clone_from(&case.id),
            CaseField::Messages => one.messages.clone_from(&case.messages),
            CaseField::Reference => one.reference.clone_from(&case.reference),
            CaseField::Rubric => one.rubric.clone_from(&case.rubric),
            CaseField::Tags => one.tags.clone_from(&case.tags),
            CaseField::Weight => one.weight = case.weight,
            CaseField::Cluster => one.cluster.clone_from(&case.cluster),
            CaseField::Variables => one.variables.clone_from(&case.variables),
        }
        content(&one)
    };
    if content(before) == content(after) {
        return Vec::new();
    }
    use CaseField::{Cluster, Id, Messages, Reference, Rubric, Tags, Variables, Weight};
    let all = [Id, Messages, Reference, Rubric, Tags, Weight, Cluster, Variables];
    all.into_iter().filter(|field| bare(before, *field) != bare(after, *field)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Message;
    use super::*;

    fn case(id: &str, text: &str) -> Case {
        Case { id: Some(id.to_owned()), messages: vec![Message::user(text)], ..Case::default() }
    }

    #[test]
    fn what_was_added_removed_and_changed_is_told_with_its_fields() {
        let before = [case("a", "one"), case("b", "two"), case("c", "three"), case("d", "four")];
        let mut changed = case("b", "two, please");
        changed.weight = 2.0;
        changed.tags.insert("new".into());
        let after = [case("e", "five"), case("d", "four\r\n"), changed, case("a", "one")];
        let diff = diff(&before, &after);
        assert_eq!((diff.added, diff.removed, diff.unchanged), (vec![0], vec![2], 2));
        let fields = vec![CaseField::Messages, CaseField::Tags, CaseField::Weight];
        assert_eq!(diff.changed, [Changed { before: 1, after: 2, fields }]);
    }

    #[test]
    fn repeats_are_counted_and_not_lost() {
        let before = [case("a", "one"), case("a", "one"), case("a", "other")];
        assert_eq!(diff(&before, &before), SuiteDiff { unchanged: 3, ..SuiteDiff::default() });
        let less = diff(&before, &before[..2]);
        assert_eq!((less.removed, less.unchanged, less.added.len()), (vec![2], 2, 0));
    }

    #[test]
    fn a_renamed_case_is_the_same_case() {
        let changed = diff(&[case("a", "one")], &[case("z", "one")]).changed;
        assert_eq!(changed, [Changed { before: 0, after: 0, fields: vec![CaseField::Id] }]);
    }
}
