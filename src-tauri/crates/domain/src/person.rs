//! People who own records, approve, and stand in for each other.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::id::PersonId;
use crate::name::{name_key, tidy};

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

/// Longest name, in characters.
const LONGEST: usize = 200;

/// Where each person stands in a list, by the key of each of their names; who comes first has a name that two have.
pub fn places(people: &[Person]) -> HashMap<String, usize> {
    let mut places = HashMap::new();
    for (place, person) in people.iter().enumerate() {
        for name in person.details.all_names() {
            places.entry(name_key(name)).or_insert(place);
        }
    }
    places
}

/// A person as typed, put in order; or what of it cannot be, by field. `before` is what they were called until now: records go
/// on naming them so, and it stays one of their names.
///
/// # Errors
/// "required", "too-long", "taken", "not-an-email", "no-such-person", "deputy-circle".
pub fn checked(
    typed: &PersonDetails,
    id: Option<PersonId>,
    before: Option<&str>,
    people: &[Person],
) -> Result<PersonDetails, Vec<(&'static str, &'static str)>> {
    let name = tidy(&typed.name);
    let mut names: Vec<String> = Vec::new();
    for other in typed.names.iter().map(String::as_str).chain(before).map(tidy) {
        let key = name_key(&other);
        if !key.is_empty() && key != name_key(&name) && !names.iter().any(|known| name_key(known) == key) {
            names.push(other);
        }
    }
    let mut problems = Vec::new();
    let taken = |name: &str| people.iter().any(|other| Some(other.id) != id && other.details.is_called(name));
    if name_key(&name).is_empty() {
        problems.push(("name", "required"));
    } else if taken(&name) {
        problems.push(("name", "taken"));
    }
    if name.chars().count() > LONGEST {
        problems.push(("name", "too-long"));
    }
    if names.iter().any(|name| taken(name)) {
        problems.push(("names", "taken"));
    }
    let email = typed.email.trim();
    if !email.is_empty() && !is_address(email) {
        problems.push(("email", "not-an-email"));
    }
    if let Some(deputy) = typed.deputy_id {
        if !people.iter().any(|person| person.id == deputy) {
            problems.push(("deputyId", "no-such-person"));
        } else if id.is_some_and(|id| deputy_goes_in_a_circle(people, id, deputy)) {
            problems.push(("deputyId", "deputy-circle"));
        }
    }
    let details =
        PersonDetails { name, names, role: tidy(&typed.role), email: email.to_owned(), deputy_id: typed.deputy_id };
    if problems.is_empty() { Ok(details) } else { Err(problems) }
}

/// Somebody at a host with a point in it; whether it is anybody's, only a letter would tell.
fn is_address(text: &str) -> bool {
    let parts = text.split_once('@');
    parts.is_some_and(|(who, host)| !who.is_empty() && host.contains('.')) && !text.contains(char::is_whitespace)
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
        let places = places(&people);
        let found = |text| places.get(&name_key(text)).map(|place| people[*place].details.name.as_str());
        assert_eq!(found("  li   MING "), Some("Li Ming"));
        assert_eq!(found("李明"), Some("Li Ming"));
        assert_eq!(found("šárka nová"), Some("Šárka Nová"));
        // Accents composed or not, wide letters, marks nobody sees.
        assert_eq!(found("S\u{30c}a\u{301}rka Nova\u{301}"), Some("Šárka Nová"));
        assert_eq!((found("Ｌｉ Ｍｉｎｇ"), found("Li\u{200b} Ming")), (Some("Li Ming"), Some("Li Ming")));
        assert_eq!((found("Li"), found(" "), found("\u{200b}")), (None, None, None));
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
