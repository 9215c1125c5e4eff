//! People.

use domain::person::Person;
use store::Tag;

use crate::activity::{Shown, changes};
use crate::frame::search::Searchable;
use crate::frame::{Again, Area, area};
use crate::people::{PERSON, PeopleView, PersonDraft, PersonRef, people, person_delete, person_save, put_back};
use crate::view::Link;
use crate::{commands, export, sample};

pub(super) const AREA: Area = Area {
    name: "people",
    records: &[PERSON],
    commands: commands! {
        query  people(()) -> PeopleView, reads [Tag::PEOPLE, Tag::VENDORS, Tag::CONTRACTS, Tag::ACTIVITY];
        mutate person_save(PersonDraft) -> Person;
        mutate person_delete(PersonRef) -> ();
    },
    describe: |context, snapshot, activity| {
        Box::pin(async move {
            let shown = |field: &str| match field {
                "id" => Shown::Hidden,
                "deputyId" => Shown::Name,
                _ => Shown::Text,
            };
            let people = store::person::list(snapshot).await?;
            let names = people.into_iter().map(|person| (person.id.to_string(), person.details.name)).collect();
            changes(context, snapshot, activity, &names, shown).await
        })
    },
    put_back: |write, activity| Box::pin(put_back(write, activity)),
    again: Again::Reversed,
    search: |_, snapshot| {
        Box::pin(async move {
            let people = store::person::list(snapshot).await?;
            let found = people.into_iter().map(|Person { id, details }| Searchable {
                link: Link::to(PERSON, id),
                body: format!("{} {}", details.names.join(" "), details.email),
                title: details.name,
                detail: details.role,
                owner: String::new(),
            });
            Ok(found.collect())
        })
    },
    answers: |_| area::none(),
    parts: |_, _| area::none(),
    attention: |_| area::none(),
    dates: |_, _| area::none(),
    since: |_, _| area::none(),
    documents: &[],
    sections: &[],
    check: |_, _| area::none(),
    export: |_, snapshot, folder| {
        Box::pin(async move {
            export::json(folder, "people.json", &store::person::list(snapshot).await?)?;
            Ok(0)
        })
    },
    sample: |_, write, _| {
        Box::pin(async move {
            for person in sample::people() {
                store::person::save(write, &person).await?;
            }
            Ok(())
        })
    },
};
