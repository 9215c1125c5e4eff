//! Comments: what somebody remarks on a record.

use domain::id::CommentId;
use serde::{Deserialize, Serialize};
use store::comment::Comment;
use store::record::RecordRef;
use ts_rs::TS;
use uuid::Uuid;

use super::title_of;
use crate::{AppError, Context, Result, activity};

pub(crate) const COMMENT: &str = "comment";

/// Longer than any remark; what is longer belongs into a document.
const LONGEST: usize = 20_000;

/// A comment as typed; without an id it is new.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CommentDraft {
    pub id: Option<CommentId>,
    pub about: RecordRef,
    pub author: String,
    pub text: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CommentRef {
    pub id: CommentId,
}

pub async fn comment_save(context: &Context, draft: CommentDraft) -> Result<Comment> {
    let text = draft.text.trim();
    if text.is_empty() {
        return Err(AppError::field("text", "required"));
    }
    if text.chars().count() > LONGEST {
        return Err(AppError::field("text", "too-long"));
    }
    let store = context.store().await?;
    // From here on nobody else writes: the record and the comment are still there when it is saved.
    let mut write = store.write().await?;
    let before = match draft.id {
        Some(id) => Some(store::comment::get(write.connection(), id).await?),
        None => None,
    };
    let comment = match &before {
        // When it was made and about what stays; a comment is no other one for being put better.
        Some(before) => Comment { text: text.to_owned(), ..before.clone() },
        None => Comment {
            id: CommentId(Uuid::now_v7()),
            about: draft.about,
            author: draft.author.trim().chars().take(200).collect(),
            text: text.to_owned(),
            at: context.now(),
        },
    };
    let subject = title_of(context, &comment.about).await?;
    let id = comment.id.to_string();
    match &before {
        Some(before) if *before == comment => return Ok(comment),
        Some(before) => activity::edited(&mut write, context, COMMENT, &id, &subject, before, &comment).await?,
        None => activity::created(&mut write, context, COMMENT, &id, &subject, &comment).await?,
    }
    store::comment::save(&mut write, &comment).await?;
    write.commit().await?;
    Ok(comment)
}

pub async fn comment_delete(context: &Context, input: CommentRef) -> Result<()> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    let comment = store::comment::get(write.connection(), input.id).await?;
    // The record may be gone.
    let subject = title_of(context, &comment.about).await.unwrap_or_default();
    activity::deleted(&mut write, context, COMMENT, &comment.id.to_string(), &subject, &comment).await?;
    store::comment::delete(&mut write, comment.id).await?;
    write.commit().await?;
    Ok(())
}
