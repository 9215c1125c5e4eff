//! People: who owns what, and who stands in for them. Records name their owners by text, as files and forms have it; a
//! person is found by any of their names.

use std::collections::HashMap;

use domain::id::PersonId;
use domain::name::name_key;
use domain::person::{self, Person, PersonDetails};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::error::FieldError;
use crate::search::{self, SearchHit};
use crate::{AppError, Context, Result, activity};

pub(crate) const PERSON: &str = "person";

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PeopleView {
    pub people: Vec<PersonRow>,
    /// Names that records give as their owner and that are nobody's here.
    pub unknown: Vec<UnknownName>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PersonRow {
    pub person: Person,
    /// Who stands in for them; "" where nobody does.
    pub deputy: String,
    pub owns: Vec<SearchHit>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct UnknownName {
    pub name: String,
    pub owns: Vec<SearchHit>,
}

/// A person as typed; without an id they are new.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PersonDraft {
    pub id: Option<PersonId>,
    #[serde(flatten)]
    pub details: PersonDetails,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PersonRef {
    pub id: PersonId,
}

pub async fn people(context: &Context, (): ()) -> Result<PeopleView> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let people = store::person::list(&mut snapshot).await?;
    let index = search::index(context, &mut snapshot).await?;
    let name_of = |id: PersonId| people.iter().find(|p| p.id == id).map(|p| p.details.name.clone());
    let mut rows: Vec<PersonRow> = people
        .iter()
        .map(|person| PersonRow {
            deputy: person.details.deputy_id.and_then(name_of).unwrap_or_default(),
            person: person.clone(),
            owns: Vec::new(),
        })
        .collect();
    let mut unknown: Vec<UnknownName> = Vec::new();
    let places = person::places(&people);
    let mut unknown_places: HashMap<String, usize> = HashMap::new();
    for (owner, hit) in index.owned() {
        let key = name_key(owner);
        match places.get(&key) {
            Some(place) => rows[*place].owns.push(hit.clone()),
            None => {
                let place = *unknown_places.entry(key).or_insert_with(|| {
                    unknown.push(UnknownName { name: owner.to_owned(), owns: Vec::new() });
                    unknown.len() - 1
                });
                unknown[place].owns.push(hit.clone());
            }
        }
    }
    unknown.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(PeopleView { people: rows, unknown })
}

pub async fn person_save(context: &Context, draft: PersonDraft) -> Result<Person> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    let people = store::person::list(write.connection()).await?;
    let before = match draft.id {
        Some(id) => Some(store::person::get(write.connection(), id).await?),
        None => None,
    };
    let called = before.as_ref().map(|before| before.details.name.as_str());
    let details = person::checked(&draft.details, draft.id, called, &people).map_err(|problems| {
        let problem = |(field, code): (&str, &str)| FieldError {
            field: field.to_owned(),
            code: code.to_owned(),
            params: Default::default(),
        };
        AppError::Invalid(problems.into_iter().map(problem).collect())
    })?;
    let person = Person { id: draft.id.unwrap_or_else(|| PersonId(Uuid::now_v7())), details };
    let (id, name) = (person.id.to_string(), person.details.name.clone());
    match &before {
        Some(before) if *before == person => return Ok(person),
        Some(before) => activity::edited(&mut write, context, PERSON, &id, &name, before, &person).await?,
        None => activity::created(&mut write, context, PERSON, &id, &name, &person).await?,
    }
    store::person::save(&mut write, &person).await?;
    write.commit().await?;
    Ok(person)
}

/// Removes a person. Records that name them keep the name.
pub async fn person_delete(context: &Context, input: PersonRef) -> Result<()> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    let person = store::person::get(write.connection(), input.id).await?;
    let (id, name) = (person.id.to_string(), person.details.name.clone());
    activity::deleted(&mut write, context, PERSON, &id, &name, &person).await?;
    store::person::delete(&mut write, person.id).await?;
    write.commit().await?;
    Ok(())
}

/// Makes a person what they were before a change, as far as that still may be.
///
/// # Errors
/// `undo-conflict`, where somebody else is called so by now, or they would stand in for themselves.
pub(crate) async fn put_back(write: &mut store::Write, activity: &store::activity::Activity) -> Result<()> {
    let Some(before) = activity.before.clone() else {
        return Ok(store::person::delete(write, activity::id_of(activity)?).await?);
    };
    let person: Person = activity::read(before)?;
    let people = store::person::list(write.connection()).await?;
    // Whoever stood in for them may be gone: that was so before as well.
    let fits = match person::checked(&person.details, Some(person.id), None, &people) {
        Ok(_) => true,
        Err(problems) => problems.iter().all(|(_, code)| *code == "no-such-person"),
    };
    if !fits {
        return Err(AppError::refused("undo-conflict"));
    }
    Ok(store::person::save(write, &person).await?)
}
