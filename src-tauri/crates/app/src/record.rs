//! What any record carries, whatever its area: documents, comments, links to others. A record is one that can be found.

use serde::{Deserialize, Serialize};
use store::Snapshot;
use store::attachment::Attachment;
use store::comment::Comment;
use store::record::RecordRef;
use ts_rs::TS;

use crate::search::{self, Index};
use crate::view::Link;
use crate::{AppError, Context, Result, activity};

mod attachments;
mod comments;

pub use attachments::*;
pub use comments::*;

pub(crate) const LINK: &str = "link";

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RecordView {
    pub attachments: Vec<Attachment>,
    /// The newest first.
    pub comments: Vec<Comment>,
    pub links: Vec<LinkedRecord>,
}

/// A record at the other end of a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LinkedRecord {
    pub link: Link,
    /// What it is: "Contract".
    pub what: String,
    pub title: String,
    pub detail: String,
    /// It was deleted since; what it was called is known still.
    pub gone: bool,
}

pub async fn record(context: &Context, about: RecordRef) -> Result<RecordView> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let index = search::index(context, &mut snapshot).await?;
    let mut links = Vec::new();
    for other in store::record::linked(&mut snapshot, &about).await? {
        links.push(end(context, &mut snapshot, &index, other).await?);
    }
    links.sort_by(|a, b| (a.gone, &a.what, &a.title).cmp(&(b.gone, &b.what, &b.title)));
    Ok(RecordView {
        attachments: store::attachment::of(&mut snapshot, &about).await?,
        comments: store::comment::of(&mut snapshot, &about).await?,
        links,
    })
}

async fn end(context: &Context, snapshot: &mut Snapshot, index: &Index, other: RecordRef) -> Result<LinkedRecord> {
    let area = format!("area-{}", other.area);
    let what = context.app.catalogue(context.language).find(&area).unwrap_or_else(|| other.area.clone());
    let link = Link::to(&other.area, &other.id);
    Ok(match index.get(&other) {
        Some(hit) => LinkedRecord { link, what, title: hit.title.clone(), detail: hit.detail.clone(), gone: false },
        None => {
            let title = store::activity::last_subject(snapshot, &other.area, &other.id).await?.unwrap_or_default();
            LinkedRecord { link, what, title, detail: String::new(), gone: true }
        }
    })
}

/// What a record is called.
///
/// # Errors
/// `not-found` where there is none.
async fn title_of(context: &Context, about: &RecordRef) -> Result<String> {
    let store = context.store().await?;
    let index = search::index(context, &mut store.read().await?).await?;
    index.get(about).map(|hit| hit.title.clone()).ok_or_else(|| AppError::refused("not-found"))
}

/// Two records that are, or were, linked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LinkDraft {
    pub one: RecordRef,
    pub other: RecordRef,
}

impl LinkDraft {
    pub(crate) fn id(&self) -> String {
        let Self { one, other } = self;
        format!("{}/{} {}/{}", one.area, one.id, other.area, other.id)
    }
}

/// Links two records: each shows the other.
pub async fn link_add(context: &Context, draft: LinkDraft) -> Result<()> {
    if draft.one == draft.other {
        return Err(AppError::refused("link-to-itself"));
    }
    let store = context.store().await?;
    let mut write = store.write().await?;
    let (one, other) = (title_of(context, &draft.one).await?, title_of(context, &draft.other).await?);
    if store::record::set_linked(&mut write, &draft.one, &draft.other, true).await? {
        activity::created(&mut write, context, LINK, &draft.id(), &format!("{one} · {other}"), &draft).await?;
        write.commit().await?;
    }
    Ok(())
}

/// Parts two records; either may be gone.
pub async fn link_remove(context: &Context, draft: LinkDraft) -> Result<()> {
    let ends = [title_of(context, &draft.one).await, title_of(context, &draft.other).await];
    let names: Vec<String> = ends.into_iter().filter_map(Result::ok).collect();
    let store = context.store().await?;
    let mut write = store.write().await?;
    if store::record::set_linked(&mut write, &draft.one, &draft.other, false).await? {
        activity::deleted(&mut write, context, LINK, &draft.id(), &names.join(" · "), &draft).await?;
        write.commit().await?;
    }
    Ok(())
}
