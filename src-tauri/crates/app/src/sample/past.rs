//! What has happened in the sample company so far: its people, what they changed, remarked and linked. Days before today.

use chrono::{DateTime, Duration, Utc};
use domain::contract::Contract;
use domain::id::{ActivityId, CommentId, PersonId};
use domain::person::{Person, PersonDetails};
use domain::vendor::{RiskTier, Vendor, VendorStatus};
use serde::Serialize;
use serde_json::Value;
use store::activity::Activity;
use store::comment::Comment;
use store::record::RecordRef;
use store::{Tag, Write};

use crate::activity::Action;
use crate::contract::CONTRACT;
use crate::frame::Sample;
use crate::import::IMPORT;
use crate::price::PRICE;
use crate::record::{COMMENT, LINK, LinkDraft};
use crate::vendor::VENDOR;
use crate::{AppError, Result};

/// Name, other names, role, and whose number among these stands in.
type Who = (&'static str, &'static [&'static str], &'static str, Option<usize>);

const PEOPLE: [Who; 5] = [
    ("Priya Raman", &[], "Head of AI operations", Some(1)),
    ("Tomás Herrera", &["Tomas Herrera"], "AI platform lead", Some(3)),
    ("Anneke de Vries", &[], "Privacy and vendor risk", Some(0)),
    ("Marcus Oyelaran", &[], "Reliability engineer, on call", Some(1)),
    ("Lin Xiaowen", &["林晓雯"], "Finance partner", Some(0)),
];

pub(crate) fn people() -> Vec<Person> {
    let id = |n: usize| PersonId(Sample::id(0x800 + n as u128));
    let person = |(n, (name, names, role, deputy)): (usize, &Who)| {
        let address = name.split(' ').next_back().unwrap_or(name).to_lowercase();
        Person {
            id: id(n),
            details: PersonDetails {
                name: (*name).to_owned(),
                names: names.iter().map(|name| (*name).to_owned()).collect(),
                role: (*role).to_owned(),
                email: format!("{address}@meridian.example"),
                deputy_id: deputy.map(id),
            },
        }
    };
    PEOPLE.iter().enumerate().map(person).collect()
}

/// Days before today, on which record, by whom, and what was said.
const REMARKS: [(i64, &str, u128, &str, &str); 5] = [
    (
        41,
        VENDOR,
        0x101,
        "Anneke de Vries",
        "Subprocessor list of October reviewed: one new entry, hosting only, same region. No objection; next review in January.",
    ),
    (
        26,
        CONTRACT,
        0x200,
        "Lin Xiaowen",
        "Finance plans with $900,000 for the coming term. If usage stays behind the even pace we would rather commit to less than carry it over.",
    ),
    (
        19,
        CONTRACT,
        0x200,
        "Priya Raman",
        "Asked Dana for a bridge of three months in case the bake-off is not decided by the notice date. Answer promised by the end of the month.",
    ),
    (
        9,
        VENDOR,
        0x100,
        "Tomás Herrera",
        "Support chat now keeps its prefix stable; cache reads are where the schedule assumes them. Worth saying in the renewal talks.",
    ),
    (
        3,
        CONTRACT,
        0x203,
        "Anneke de Vries",
        "The pilot ends without renewing. Residency was confirmed in writing; the letter goes with the documents here once it is signed.",
    ),
];

/// Two records, by their area and number.
type Ends = ((&'static str, u128), (&'static str, u128));

/// Contracts that bear on each other.
const LINKS: [Ends; 2] = [((CONTRACT, 0x200), (CONTRACT, 0x201)), ((CONTRACT, 0x203), (VENDOR, 0x102))];

/// Where entries of the log are numbered from, so that two parts of the sample do not share an id.
pub(super) struct Log {
    pub n: u128,
}

/// A record as it was before a change, and after.
pub(super) type States = (Option<Value>, Option<Value>);

impl Log {
    pub async fn add(
        &mut self,
        write: &mut Write,
        at: DateTime<Utc>,
        (kind, action): (&str, Action),
        (record, subject): (String, &str),
        (before, after): States,
    ) -> Result<()> {
        self.n += 1;
        let activity = Activity {
            id: ActivityId(Sample::id(0x9000 + self.n)),
            at,
            area: kind.to_owned(),
            action: action.word().to_owned(),
            record,
            subject: subject.to_owned(),
            before,
            after,
            undone: false,
            together: None,
        };
        Ok(store::activity::record(write, &activity).await?)
    }
}

fn json<T: Serialize>(value: &T) -> Result<Option<Value>> {
    serde_json::to_value(value).map(Some).map_err(|error| AppError::Internal(error.to_string()))
}

/// What people did, remarked and linked, with its place in the log.
pub(crate) async fn past(write: &mut Write, sample: &Sample) -> Result<()> {
    let (vendors, contracts) = (super::vendors(), super::contracts(sample.today)?);
    let imports = store::import::list(write.connection()).await?;
    // Spread over the working day, never two in the same minute.
    let at = |days: i64, n: i64| {
        sample.calendar.start_of(sample.today - Duration::days(days)) + Duration::minutes(9 * 60 + (n * 97) % 480)
    };
    let mut happened: Vec<(DateTime<Utc>, What<'_>)> = Vec::new();
    for (n, vendor) in (0..).zip(&vendors) {
        happened.push((at(190 - n * 31, n), What::Vendor(None, vendor.clone())));
    }
    for (n, contract) in (0..).zip(&contracts) {
        happened.push((at(172 - n * 24, n + 5), What::Contract(None, contract.clone())));
    }
    let with = |vendor: &Vendor, change: fn(&mut Vendor)| {
        let mut before = vendor.clone();
        change(&mut before);
        What::Vendor(Some(before), vendor.clone())
    };
    happened.push((at(88, 2), with(&vendors[2], |vendor| vendor.details.status = VendorStatus::Candidate)));
    happened.push((at(40, 3), with(&vendors[1], |vendor| vendor.details.risk_tier = Some(RiskTier::Medium))));
    let shorter = {
        let mut before = contracts[0].clone();
        before.details.terms.notice_min_days = Some(30);
        What::Contract(Some(before), contracts[0].clone())
    };
    happened.push((at(74, 4), shorter));
    happened.push((at(160, 9), What::Priced));
    for import in &imports {
        happened.push((import.imported_at, What::Imported(import.id.to_string(), &import.name)));
    }
    for (n, remark) in (0..).zip(&REMARKS) {
        happened.push((at(remark.0, n + 11), What::Remark(n as u128)));
    }
    for (n, link) in (0..).zip(&LINKS) {
        happened.push((at(25 - n * 14, n + 3), What::Linked(*link)));
    }
    happened.sort_by_key(|(at, _)| *at);

    let title = |area: &str, n: u128| {
        let id = Sample::id(n).to_string();
        let vendor = vendors.iter().find(|vendor| area == VENDOR && vendor.id.to_string() == id);
        let contract = contracts.iter().find(|contract| area == CONTRACT && contract.id.to_string() == id);
        vendor.map(|v| v.details.name.clone()).or(contract.map(|c| c.details.title.clone())).unwrap_or_default()
    };
    let mut log = Log { n: 0 };
    for (at, what) in happened {
        match what {
            What::Vendor(before, after) => {
                let action = if before.is_some() { Action::Edited } else { Action::Created };
                let subject = (after.id.to_string(), after.details.name.as_str());
                let states = (before.as_ref().map_or(Ok(None), json)?, json(&after)?);
                log.add(write, at, (VENDOR, action), subject, states).await?;
            }
            What::Contract(before, after) => {
                let action = if before.is_some() { Action::Edited } else { Action::Created };
                let subject = (after.id.to_string(), after.details.title.as_str());
                let states = (before.as_ref().map_or(Ok(None), json)?, json(&after)?);
                log.add(write, at, (CONTRACT, action), subject, states).await?;
            }
            // Usage has been priced by it since: it cannot be taken back on its own.
            What::Priced => {
                let subject = (Sample::id(0x300).to_string(), "anthropic · claude-sonnet-4-5");
                log.add(write, at, (PRICE, Action::Created), subject, (None, None)).await?;
            }
            What::Imported(id, name) => {
                log.add(write, at, (IMPORT, Action::Imported), (id, name), (None, None)).await?
            }
            What::Remark(n) => {
                let (_, area, record, author, text) = REMARKS[n as usize];
                let comment = Comment {
                    id: CommentId(Sample::id(0xa00 + n)),
                    about: RecordRef::of(area, Sample::id(record)),
                    author: author.to_owned(),
                    text: text.to_owned(),
                    at,
                };
                store::comment::save(write, &comment).await?;
                let subject = (comment.id.to_string(), title(area, record));
                log.add(write, at, (COMMENT, Action::Created), (subject.0, &subject.1), (None, json(&comment)?))
                    .await?;
            }
            What::Linked(((area, n), (other_area, m))) => {
                let draft = LinkDraft {
                    one: RecordRef::of(area, Sample::id(n)),
                    other: RecordRef::of(other_area, Sample::id(m)),
                };
                store::record::set_linked(write, &draft.one, &draft.other, true).await?;
                let subject = format!("{} · {}", title(area, n), title(other_area, m));
                log.add(write, at, (LINK, Action::Created), (draft.id(), &subject), (None, json(&draft)?)).await?;
            }
        }
    }
    write.touch(Tag::ACTIVITY);
    Ok(())
}

/// Something that happened.
enum What<'a> {
    /// A vendor as it was, where it was there, and as it became.
    Vendor(Option<Vendor>, Vendor),
    Contract(Option<Contract>, Contract),
    Priced,
    /// An import, by its id and name.
    Imported(String, &'a str),
    /// Which of the remarks.
    Remark(u128),
    Linked(Ends),
}
