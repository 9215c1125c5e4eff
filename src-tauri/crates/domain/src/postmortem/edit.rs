//! Changes of a text, and two of them at once.
//!
//! Positions are in UTF-16 units, as every editor of the web counts; one may not stand within a character of two units.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What stands from `from` to `to` is replaced. Several of one text are in its order and do not overlap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "TextChange")]
pub struct Change {
    pub from: u32,
    pub to: u32,
    pub insert: String,
}

/// A change that is none of this text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the change stands outside of the text, or within a character")]
pub struct BadChange;

/// Two people changed the same passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("both change the same passage")]
pub struct Conflict;

fn units(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

impl Change {
    /// By how much it moves what follows.
    fn shift(&self) -> i64 {
        i64::from(units(&self.insert)) - i64::from(self.to - self.from)
    }
}

/// The text after some changes of it.
///
/// # Errors
/// [`BadChange`]; the text is as it was.
pub fn apply(text: &str, changes: &[Change]) -> Result<String, BadChange> {
    let mut out = String::with_capacity(text.len() + changes.iter().map(|one| one.insert.len()).sum::<usize>());
    let mut place = Place { text, byte: 0, unit: 0 };
    for change in changes {
        if change.from < place.unit || change.to < change.from {
            return Err(BadChange);
        }
        out.push_str(place.until(change.from).ok_or(BadChange)?);
        place.until(change.to).ok_or(BadChange)?;
        out.push_str(&change.insert);
    }
    out.push_str(&text[place.byte..]);
    Ok(out)
}

/// A place in a text that is walked once.
struct Place<'t> {
    text: &'t str,
    byte: usize,
    unit: u32,
}

impl<'t> Place<'t> {
    /// What stands between here and a position further on.
    fn until(&mut self, unit: u32) -> Option<&'t str> {
        let start = self.byte;
        let rest = &self.text[start..];
        let ahead = (unit - self.unit) as usize;
        // Most of most texts is ASCII: where it is, units are bytes.
        if rest.len() >= ahead && rest.as_bytes()[..ahead].is_ascii() {
            self.byte += ahead;
            self.unit = unit;
            return Some(&self.text[start..self.byte]);
        }
        for (at, character) in rest.char_indices() {
            if self.unit >= unit {
                self.byte = start + at;
                break;
            }
            self.unit += character.len_utf16() as u32;
            self.byte = start + at + character.len_utf8();
        }
        (self.unit == unit).then(|| &self.text[start..self.byte])
    }
}

/// The one change that makes a text another: what they begin and end with alike stays. `None` where they are one.
pub fn difference(before: &str, after: &str) -> Option<Change> {
    if before == after {
        return None;
    }
    let alike = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let start = (0..=alike).rev().find(|at| before.is_char_boundary(*at) && after.is_char_boundary(*at))?;
    let (old, new) = (&before[start..], &after[start..]);
    let alike = old.bytes().rev().zip(new.bytes().rev()).take_while(|(a, b)| a == b).count();
    let end =
        (0..=alike).rev().find(|at| old.is_char_boundary(old.len() - at) && new.is_char_boundary(new.len() - at))?;
    let from = units(&before[..start]);
    let (old, new) = (&old[..old.len() - end], &new[..new.len() - end]);
    Some(Change { from, to: from + units(old), insert: new.to_owned() })
}

/// Changes of one text by two, each as they are after the other's: `mine` on the text that has theirs, `theirs` on the text that has
/// mine. Both ways lead to the same text. Words put in at one place stand one after the other, theirs first.
///
/// # Errors
/// [`Conflict`]: one takes out what the other changes.
pub fn merge(mine: &[Change], theirs: &Change) -> Result<(Vec<Change>, Change), Conflict> {
    let mut moved = Vec::with_capacity(mine.len());
    let mut before = 0_i64;
    for change in mine {
        let inserts_at_once = change.from == theirs.from && change.to == change.from && theirs.to == theirs.from;
        let shift = if change.to <= theirs.from && !inserts_at_once {
            before += change.shift();
            0
        } else if change.from >= theirs.to {
            theirs.shift()
        } else {
            return Err(Conflict);
        };
        let at = |place: u32| u32::try_from(i64::from(place) + shift).map_err(|_| Conflict);
        moved.push(Change { from: at(change.from)?, to: at(change.to)?, insert: change.insert.clone() });
    }
    let at = |place: u32| u32::try_from(i64::from(place) + before).map_err(|_| Conflict);
    Ok((moved, Change { from: at(theirs.from)?, to: at(theirs.to)?, insert: theirs.insert.clone() }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn change(from: u32, to: u32, insert: &str) -> Change {
        Change { from, to, insert: insert.to_owned() }
    }

    #[test]
    fn a_change_within_a_character_or_beyond_the_end_is_refused() {
        assert_eq!(apply("a😀b", &[change(1, 3, "x")]), Ok("axb".into()));
        assert_eq!(apply("a😀b", &[change(2, 3, "x")]), Err(BadChange));
        assert_eq!(apply("ab", &[change(0, 3, "")]), Err(BadChange));
        assert_eq!(apply("ab", &[change(1, 2, ""), change(0, 1, "")]), Err(BadChange));
        assert_eq!(apply("时间线", &[change(1, 2, "—"), change(3, 3, "!")]), Ok("时—线!".into()));
    }

    #[test]
    fn two_who_change_the_same_words_are_told() {
        let theirs = change(2, 5, "x");
        assert_eq!(merge(&[change(4, 6, "y")], &theirs), Err(Conflict));
        assert_eq!(merge(&[change(3, 3, "y")], &theirs), Err(Conflict));
        assert!(merge(&[change(5, 6, "y")], &theirs).is_ok() && merge(&[change(0, 2, "y")], &theirs).is_ok());
    }

    fn texts() -> impl Strategy<Value = String> {
        proptest::collection::vec(prop_oneof!["[a-z \n]", Just("时".to_owned()), Just("😀".to_owned())], 0..40)
            .prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn the_difference_makes_the_one_of_the_other(before in texts(), after in texts()) {
            let made = match difference(&before, &after) {
                Some(change) => apply(&before, &[change]).unwrap(),
                None => before.clone(),
            };
            prop_assert_eq!(made, after);
        }

        /// Whoever is first, both read the same text, and nothing that either put in is lost.
        #[test]
        fn either_order_makes_the_same_text(base in texts(), cuts in proptest::collection::vec(any::<u16>(), 6), a in "[A-M]{0,3}", b in "[N-Z]{0,3}", c in "[0-9]{0,3}") {
            let places: Vec<u32> = base.char_indices().map(|(at, _)| units(&base[..at])).chain([units(&base)]).collect();
            let mut cuts: Vec<u32> = cuts.iter().map(|cut| places[usize::from(*cut) % places.len()]).collect();
            let theirs = { let mut two = [cuts[4], cuts[5]]; two.sort_unstable(); change(two[0], two[1], &b) };
            cuts.truncate(4);
            cuts.sort_unstable();
            let mine = [change(cuts[0], cuts[1], &a), change(cuts[2], cuts[3], &c)];
            if let Ok((after, others)) = merge(&mine, &theirs) {
                let one = apply(&apply(&base, std::slice::from_ref(&theirs)).unwrap(), &after).unwrap();
                let other = apply(&apply(&base, &mine).unwrap(), &[others]).unwrap();
                prop_assert_eq!(&one, &other);
                prop_assert!(one.contains(&a) && one.contains(&b) && one.contains(&c));
            }
        }
    }
}
