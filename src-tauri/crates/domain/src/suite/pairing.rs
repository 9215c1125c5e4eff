//! Which case of one side is which of the other: by id, else by identity, never by where they stand.
//!
//! An id that both sides know decides, even where the content differs; that it differs is said, because results of another question
//! under the same id would be compared. Cases without a partner by id are matched by what a candidate is shown, if exactly one case
//! on each side is such.

use std::collections::BTreeMap;
use std::hash::Hash;

use super::Case;
use super::hash::{ContentHash, identity};

/// What is known of one side's case or result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key<'k> {
    pub id: Option<&'k str>,
    pub identity: Option<ContentHash>,
}

impl<'k> Key<'k> {
    pub fn of(case: &'k Case) -> Self {
        // A case without messages is told by its id alone.
        let identity = (!case.messages.is_empty()).then(|| identity(&case.messages));
        Self { id: case.id.as_deref(), identity }
    }
}

/// How two were matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum By {
    Id,
    Identity,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Matched {
    pub left: usize,
    pub right: usize,
    pub by: By,
    /// They bear one id and ask different things.
    pub differs: bool,
}

/// Why one has no partner although something fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ambiguous {
    /// By index on each side: all that share an id or an identity.
    pub left: Vec<usize>,
    pub right: Vec<usize>,
    pub by: By,
}

/// The outcome. Every index of either side occurs once: in `matched`, in `ambiguous`, among the duplicates or among the unmatched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pairing {
    /// In the order of the left side.
    pub matched: Vec<Matched>,
    pub unmatched_left: Vec<usize>,
    pub unmatched_right: Vec<usize>,
    pub ambiguous: Vec<Ambiguous>,
    /// Repeats of a case on its own side, alike in id and identity; the first one stands for all.
    pub duplicates_left: Vec<usize>,
    pub duplicates_right: Vec<usize>,
}

/// Matches two sides in time proportional to both.
pub fn pair(left: &[Key<'_>], right: &[Key<'_>]) -> Pairing {
    let mut pairing = Pairing::default();
    let (left_open, right_open) =
        (first_of_each(left, &mut pairing.duplicates_left), first_of_each(right, &mut pairing.duplicates_right));
    let (left_open, right_open) = matches(
        &left_open,
        &right_open,
        By::Id,
        |side, index| [left, right][side][index].id,
        left,
        right,
        &mut pairing,
    );
    let identity = |side: usize, index: usize| [left, right][side][index].identity;
    let (left_open, right_open) = matches(&left_open, &right_open, By::Identity, identity, left, right, &mut pairing);
    pairing.unmatched_left = left_open;
    pairing.unmatched_right = right_open;
    pairing.matched.sort_unstable_by_key(|matched| (matched.left, matched.right));
    pairing
}

/// Indices without repeats of the same case; a case of which nothing is known repeats nothing.
fn first_of_each(side: &[Key<'_>], duplicates: &mut Vec<usize>) -> Vec<usize> {
    let mut seen = std::collections::HashSet::new();
    let mut first = Vec::with_capacity(side.len());
    for (index, key) in side.iter().enumerate() {
        let is_known = key.id.is_some() || key.identity.is_some();
        if is_known && !seen.insert((key.id, key.identity)) {
            duplicates.push(index);
        } else {
            first.push(index);
        }
    }
    first
}

/// Matches by one kind of key and returns who is left.
fn matches<K: Hash + Eq + Ord>(
    left_open: &[usize],
    right_open: &[usize],
    by: By,
    key: impl Fn(usize, usize) -> Option<K>,
    left: &[Key<'_>],
    right: &[Key<'_>],
    pairing: &mut Pairing,
) -> (Vec<usize>, Vec<usize>) {
    let mut groups: BTreeMap<K, [Vec<usize>; 2]> = BTreeMap::new();
    let mut rest = [Vec::new(), Vec::new()];
    for (side, open) in [left_open, right_open].into_iter().enumerate() {
        for index in open {
            match key(side, *index) {
                Some(key) => groups.entry(key).or_default()[side].push(*index),
                None => rest[side].push(*index),
            }
        }
    }
    for [of_left, of_right] in groups.into_values() {
        match (of_left.as_slice(), of_right.as_slice()) {
            ([], _) | (_, []) => {
                rest[0].extend(of_left);
                rest[1].extend(of_right);
            }
            ([one], [other]) => {
                let identities = (left[*one].identity, right[*other].identity);
                let differs = matches!(identities, (Some(a), Some(b)) if a != b);
                pairing.matched.push(Matched { left: *one, right: *other, by, differs });
            }
            _ => pairing.ambiguous.push(Ambiguous { left: of_left, right: of_right, by }),
        }
    }
    let [mut left_rest, mut right_rest] = rest;
    left_rest.sort_unstable();
    right_rest.sort_unstable();
    (left_rest, right_rest)
}

#[cfg(test)]
mod tests {
    use super::super::Message;
    use super::*;
    use proptest::prelude::*;

    fn case(id: &str, text: &str) -> Case {
        let messages = if text.is_empty() { Vec::new() } else { vec![Message::user(text)] };
        Case { id: (!id.is_empty()).then(|| id.to_owned()), messages, ..Case::default() }
    }

    fn paired(left: &[Case], right: &[Case]) -> Pairing {
        let left: Vec<Key<'_>> = left.iter().map(Key::of).collect();
        let right: Vec<Key<'_>> = right.iter().map(Key::of).collect();
        pair(&left, &right)
    }

    #[test]
    fn ids_come_first_then_what_is_asked_and_order_never() {
        let left = [case("a", "one"), case("b", "two"), case("", "three"), case("x", "four"), case("", "five")];
        let right = [case("", "three"), case("y", "four"), case("b", "two!"), case("a", "one"), case("", "six")];
        let pairing = paired(&left, &right);
        let short: Vec<_> = pairing.matched.iter().map(|m| (m.left, m.right, m.by, m.differs)).collect();
        assert_eq!(
            short,
            [(0, 3, By::Id, false), (1, 2, By::Id, true), (2, 0, By::Identity, false), (3, 1, By::Identity, false)]
        );
        assert_eq!((pairing.unmatched_left, pairing.unmatched_right), (vec![4], vec![4]));
    }

    #[test]
    fn one_id_for_two_questions_is_said_and_repeats_are_counted() {
        let pairing = paired(
            &[case("a", "one"), case("a", "other"), case("b", "x"), case("b", "x")],
            &[case("a", "one"), case("b", "x")],
        );
        assert_eq!(pairing.ambiguous, [Ambiguous { left: vec![0, 1], right: vec![0], by: By::Id }]);
        assert_eq!(pairing.duplicates_left, [3]);
        assert_eq!(pairing.matched.len(), 1);
    }

    #[test]
    fn what_is_not_known_is_not_alike() {
        let pairing = paired(&[case("", ""), case("", "")], &[case("", "")]);
        assert_eq!((pairing.unmatched_left.len(), pairing.unmatched_right.len()), (2, 1));
        assert!(pairing.duplicates_left.is_empty() && pairing.matched.is_empty());
    }

    proptest! {
        #[test]
        fn every_case_is_in_one_place_and_shuffling_changes_nothing(
            left in prop::collection::vec((0..6u8, 0..6u8), 0..30),
            right in prop::collection::vec((0..6u8, 0..6u8), 0..30),
        ) {
            let cases = |side: &[(u8, u8)]| -> Vec<Case> {
                let name = |n: &u8| if *n == 0 { String::new() } else { n.to_string() };
                side.iter().map(|(id, text)| case(&name(id), &name(text))).collect()
            };
            let (left, right) = (cases(&left), cases(&right));
            let found = paired(&left, &right);
            let mut all: Vec<usize> = found.matched.iter().map(|m| m.left).collect();
            all.extend(found.ambiguous.iter().flat_map(|a| a.left.iter()));
            all.extend(found.unmatched_left.iter().chain(&found.duplicates_left));
            all.sort_unstable();
            prop_assert_eq!(all, (0..left.len()).collect::<Vec<_>>());
            let turned: Vec<Case> = right.iter().rev().cloned().collect();
            let again = paired(&left, &turned);
            prop_assert_eq!(again.matched.len(), found.matched.len());
            prop_assert_eq!(again.duplicates_right.len(), found.duplicates_right.len());
        }
    }
}
