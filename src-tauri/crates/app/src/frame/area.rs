//! What an area of the product says about itself. Nothing central knows areas by name: it walks the list.

use std::future::Future;
use std::path::Path;
use std::pin::Pin;

use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::{Period, ReportingCalendar};
use serde_json::Value;
use store::activity::Activity;
use store::{Snapshot, Write};
use uuid::Uuid;

use super::attention::{AttentionItem, DatedThing};
use super::command::Command;
use super::review::{DocumentKind, Section};
use super::search::Searchable;
use super::since::SinceLine;
use super::{Context, Kept};
use crate::error::Result;
use crate::view::FieldChange;

/// Work that an area does when it is asked.
pub type Work<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// An area's declaration. Every field is asked for, so that none is forgotten: what an area does not have is said too.
pub struct Area {
    /// The same in every room: "contract".
    pub name: &'static str,
    /// Kinds of record whose changes are its own, as the log names them: "contract", "attachment".
    pub records: &'static [&'static str],
    pub commands: &'static [Command],
    /// What a change of one of its records was, field by field, in words of the context's language.
    pub describe: for<'a> fn(&'a Context, &'a mut Snapshot, &'a Activity) -> Work<'a, Vec<FieldChange>>,
    /// Makes a record what it was before a change.
    pub put_back: for<'a> fn(&'a mut Write, &'a Activity) -> Work<'a, ()>,
    /// Makes a change of one of its records again after it was put back.
    pub again: Again,
    /// Everything of it that the palette finds.
    pub search: for<'a> fn(&'a Context, &'a mut Snapshot) -> Work<'a, Vec<Searchable>>,
    /// What it answers with at once when it is asked for by name: figures, periods.
    pub answers: for<'a> fn(&'a Context) -> Work<'a, Vec<Searchable>>,
    /// Ids of its records that belong to this one and have no page of their own: their changes are told on its page.
    pub parts: for<'a> fn(&'a mut Snapshot, &'a str) -> Work<'a, Vec<String>>,
    /// What of it needs a person today.
    pub attention: for<'a> fn(&'a Context) -> Work<'a, Vec<AttentionItem>>,
    /// What of it has a day within these, both included.
    pub dates: for<'a> fn(&'a Context, (NaiveDate, NaiveDate)) -> Work<'a, Vec<DatedThing>>,
    /// What has happened to it since an instant.
    pub since: for<'a> fn(&'a Context, DateTime<Utc>) -> Work<'a, Vec<SinceLine>>,
    /// Kinds of document it composes.
    pub documents: &'static [DocumentKind],
    /// What it contributes to documents of any area.
    pub sections: &'static [Section],
    /// What `quarterdeck check` alerts to, of a period or of today.
    pub check: for<'a> fn(&'a Context, Option<Period>) -> Work<'a, Vec<AttentionItem>>,
    /// Writes everything it holds into a folder; answers with the rows of its tables.
    pub export: for<'a> fn(&'a Context, &'a mut Snapshot, &'a Path) -> Work<'a, u64>,
    /// Its part of the sample company.
    pub sample: for<'a> fn(&'a Context, &'a mut Write, &'a Sample) -> Work<'a, ()>,
}

/// How a change is made again.
pub enum Again {
    /// As it is put back, the other way round: the log holds the whole state of the record before and after.
    Reversed,
    /// In a way of its own. What it answers is what the log keeps of the change henceforth, where that is something else.
    By(for<'a> fn(&'a Context, &'a mut Write, &'a Activity) -> Work<'a, Option<Value>>),
}

/// What the parts of the sample company agree on.
pub struct Sample {
    pub today: NaiveDate,
    pub now: DateTime<Utc>,
    pub calendar: ReportingCalendar,
    /// What areas hand on to those after them in the list.
    pub kept: Kept,
}

impl Sample {
    /// An id that is the same in every sample, so that two of one day are the same file; shaped like those the application
    /// makes.
    pub fn id(n: u128) -> Uuid {
        Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0000 | n)
    }
}

/// For areas that have nothing of a kind.
pub fn none<'a, T: Default + Send + 'a>() -> Work<'a, T> {
    Box::pin(async { Ok(T::default()) })
}
