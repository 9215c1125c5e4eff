//! People who own records, approve, and stand in for each other.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_normalization::UnicodeNormalization;

use crate::id::PersonId;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Person {
    pub id: PersonId,
    #[serde(flatten)]
    pub details: PersonDetails,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PersonDetails {
    pub name: String,
    /// What they are called elsewhere: in another alphabet, before a marriage, by everybody.
    #[serde(default)]
    pub names: Vec<String>,
    #[serde(default)]
    pub role: String,
    #[serde(default)]
    pub email: String,
    /// Who stands in for them.
    #[serde(default)]
    pub deputy_id: Option<PersonId>,
}

/// A name as it is compared: case, width, how accents are encoded, marks nobody sees, and space around and between words tell
/// nobody apart (Unicode's NFKC).
pub fn name_key(name: &str) -> String {
    let seen = name.chars().filter(|c| !is_unseen(*c));
    seen.nfkc().collect::<String>().to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name as it is kept: one line, one space between words, nothing that cannot be seen.
pub fn tidy(name: &str) -> String {
    let seen: String = name.chars().filter(|c| !is_unseen(*c)).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Zero-width marks and controls; joiners stay where letters need them to be shown.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{00ad}') || (c.is_control() && !c.is_whitespace())
}

impl PersonDetails {
    /// Every name of theirs, the one that is shown first.
    pub fn all_names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.names.iter().map(String::as_str))
    }

    /// Whether a text names them.
    pub fn is_called(&self, text: &str) -> bool {
        let key = name_key(text);
        !key.is_empty() && self.all_names().any(|name| name_key(name) == key)
    }
}

/// Who a text names, by whichever of their names.
pub fn named<'a>(people: &'a [Person], text: &str) -> Option<&'a Person> {
    people.iter().find(|person| person.details.is_called(text))
}

/// Whether a person would, through deputies of deputies, stand in for themselves.
pub fn deputy_goes_in_a_circle(people: &[Person], id: PersonId, deputy: PersonId) -> bool {
    let mut at = Some(deputy);
    for _ in 0..=people.len() {
        match at {
            None => return false,
            Some(next) if next == id => return true,
            Some(next) => at = people.iter().find(|person| person.id == next).and_then(|p| p.details.deputy_id),
        }
    }
    // A circle further on, without this person.
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn person(n: u128, name: &str, names: &[&str], deputy: Option<u128>) -> Person {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        let deputy_id = deputy.map(|n| PersonId(Uuid::from_u128(n)));
        let details = PersonDetails { name: name.into(), names, role: String::new(), email: String::new(), deputy_id };
        Person { id: PersonId(Uuid::from_u128(n)), details }
    }

    #[test]
    fn a_person_is_found_by_any_name_however_it_is_spaced_or_cased() {
        let people = [person(1, "Li Ming", &["李明"], None), person(2, "Šárka Nová", &[], None)];
        let found = |text| named(&people, text).map(|person| person.details.name.as_str());
        assert_eq!(found("  li   MING "), Some("Li Ming"));
        assert_eq!(found("李明"), Some("Li Ming"));
        assert_eq!(found("šárka nová"), Some("Šárka Nová"));
        // Accents composed or not, wide letters, marks nobody sees.
        assert_eq!(found("S\u{30c}a\u{301}rka Nova\u{301}"), Some("Šárka Nová"));
        assert_eq!((found("Ｌｉ Ｍｉｎｇ"), found("Li\u{200b} Ming")), (Some("Li Ming"), Some("Li Ming")));
        assert_eq!((found("Li"), found(" "), found("\u{200b}")), (None, None, None));
        assert_eq!(tidy(" A\u{200b}nn\n de\0 Vries "), "Ann de Vries");
    }

    #[test]
    fn deputies_never_lead_back() {
        let id = |n| PersonId(Uuid::from_u128(n));
        let people = [person(1, "A", &[], None), person(2, "B", &[], Some(1)), person(3, "C", &[], Some(2))];
        assert!(deputy_goes_in_a_circle(&people, id(1), id(3)));
        assert!(deputy_goes_in_a_circle(&people, id(1), id(1)));
        assert!(!deputy_goes_in_a_circle(&people, id(3), id(1)));
        // Two who already stand in for each other are no circle of a third's.
        let people = [person(1, "A", &[], Some(2)), person(2, "B", &[], Some(1)), person(3, "C", &[], None)];
        assert!(!deputy_goes_in_a_circle(&people, id(3), id(1)));
    }
}
