//! What any record carries: documents, comments, links.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::id::{AttachmentId, CommentId};
use report::table::Tone;
use store::attachment::Attachment;
use store::comment::Comment;
use store::record::RecordRef;
use store::{Snapshot, Tag};

use crate::activity::{self, Shown, changes};
use crate::frame::since::SinceLine;
use crate::frame::{Again, Area, Context, Work, area};
use crate::record::{
    ATTACHMENT, AttachRequest, AttachmentContent, AttachmentRef, AttachmentSave, COMMENT, CommentDraft, CommentRef,
    LINK, LinkDraft, RecordView, attachment_content, attachment_delete, attachment_save, comment_delete, comment_save,
    link_add, link_remove, record, record_attach,
};
use crate::search;
use crate::{AppError, commands, export, sample};

pub(super) const AREA: Area = Area {
    name: "record",
    records: &[ATTACHMENT, COMMENT, LINK],
    commands: commands! {
        query  record(RecordRef) -> RecordView, reads [Tag::RECORDS, Tag::ACTIVITY];
        mutate record_attach(AttachRequest) -> Attachment;
        query  attachment_content(AttachmentRef) -> AttachmentContent;
        mutate attachment_save(AttachmentSave) -> ();
        mutate attachment_delete(AttachmentRef) -> ();
        mutate comment_save(CommentDraft) -> Comment;
        mutate comment_delete(CommentRef) -> ();
        mutate link_add(LinkDraft) -> ();
        mutate link_remove(LinkDraft) -> ();
    },
    describe: |context, snapshot, activity| {
        Box::pin(async move {
            let shown = |field: &str| if field == "text" { Shown::Text } else { Shown::Hidden };
            changes(context, snapshot, activity, &HashMap::new(), shown).await
        })
    },
    put_back: |write, activity| {
        Box::pin(async move {
            match (activity.area.as_str(), activity.before.clone()) {
                (ATTACHMENT, before) => {
                    let id = activity::id_of::<AttachmentId>(activity)?;
                    store::attachment::set_deleted(write, id, before.is_none()).await?;
                }
                (COMMENT, Some(before)) => store::comment::save(write, &activity::read::<Comment>(before)?).await?,
                (COMMENT, None) => store::comment::delete(write, activity::id_of::<CommentId>(activity)?).await?,
                (_, before) => {
                    let linked = before.is_some();
                    let link = before.or_else(|| activity.after.clone()).unwrap_or_default();
                    let LinkDraft { one, other } = activity::read(link)?;
                    store::record::set_linked(write, &one, &other, linked).await?;
                }
            }
            Ok(())
        })
    },
    again: Again::Reversed,
    search: |_, _| area::none(),
    answers: |_| area::none(),
    parts: |_, _| area::none(),
    attention: |_| area::none(),
    dates: |_, _| area::none(),
    since: |context, from| Box::pin(said(context, from)),
    documents: &[],
    sections: &[],
    check: |_, _| area::none(),
    export: written,
    sample: |_, write, sample| Box::pin(sample::past(write, sample)),
};

fn written<'a>(_: &'a Context, snapshot: &'a mut Snapshot, folder: &'a std::path::Path) -> Work<'a, u64> {
    Box::pin(async move {
        export::json(folder, "comments.json", &store::comment::all(snapshot).await?)?;
        export::json(folder, "links.json", &store::record::all_links(snapshot).await?)?;
        let attachments = store::attachment::all(snapshot).await?;
        export::json(folder, "documents.json", &attachments)?;
        let documents = folder.join("documents");
        std::fs::create_dir_all(&documents).map_err(AppError::from)?;
        for (_, document) in attachments {
            let (name, bytes) = store::attachment::bytes(snapshot, document.id).await?;
            // The id keeps two documents of one name apart; the name was chosen elsewhere and is no path here.
            std::fs::write(documents.join(format!("{}_{}", document.id, as_file_name(&name))), bytes)?;
        }
        Ok(0)
    })
}

/// Who remarked on what since.
async fn said(context: &Context, from: DateTime<Utc>) -> crate::Result<Vec<SinceLine>> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let comments: Vec<Comment> =
        store::comment::all(&mut snapshot).await?.into_iter().filter(|comment| comment.at > from).collect();
    let Some(last) = comments.last() else { return Ok(Vec::new()) };
    let index = search::index(context, &mut snapshot).await?;
    let Some(about) = index.get(&last.about) else { return Ok(Vec::new()) };
    let author = if last.author.is_empty() { context.text("comment-nobody", &[]) } else { last.author.clone() };
    let count = comments.len();
    let args = [("count", count.into()), ("author", author.into()), ("title", about.title.as_str().into())];
    Ok(vec![SinceLine {
        label: context.text("since-comments", &[]),
        text: context.text("since-comments-text", &args),
        tone: Tone::Plain,
        link: about.link.clone(),
    }])
}

/// A document's name as part of a file's: what is no letter, digit or point is replaced, and one too long for a folder is cut in its
/// middle, so that its ending stays.
fn as_file_name(name: &str) -> String {
    const LONGEST: usize = 200;
    let name: String = name.chars().map(|c| if c.is_alphanumeric() || "._- ".contains(c) { c } else { '_' }).collect();
    if name.len() <= LONGEST {
        return name;
    }
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).chars().take(12).collect::<String>();
    let mut start = String::new();
    for c in name.chars() {
        if start.len() + c.len_utf8() + ending.len() + 2 > LONGEST {
            break;
        }
        start.push(c);
    }
    format!("{start}~.{ending}")
}
