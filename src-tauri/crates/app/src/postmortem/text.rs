//! The text of a post-mortem: each pause of a hand is a revision, none is overwritten, any can be read again and brought back.

use chrono::TimeDelta;
use domain::difference::{DiffKind, DiffPart, difference as difference_of};
use domain::id::IncidentId;
use domain::postmortem::hints::HintReason;
use domain::postmortem::history::{self, Body, Unsound, WHOLE_EVERY};
use domain::postmortem::{Change, apply, difference, hints, merge};
use report::format;
use serde::{Deserialize, Serialize};
use store::postmortem::Revision;
use store::{Snapshot, Write};
use ts_rs::TS;

use super::{Kept, POSTMORTEM, read_kept, written};
use crate::incident::{IncidentRef, called};
use crate::view::word;
use crate::{AppError, Context, Result, activity};

/// The longest text, in bytes: some six hundred thousand words.
pub const LONGEST: usize = 4 << 20;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TextView {
    pub text: String,
    pub revision: u32,
    /// Later revisions were there and could not be read: the file was changed past the program.
    pub damaged: bool,
}

/// Which revision is the newest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "TextHead")]
pub struct HeadView {
    pub revision: u32,
}

/// What a hand has changed since a revision.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(rename = "TextWrite")]
pub struct WriteRequest {
    pub id: IncidentId,
    /// The revision it was typed on.
    pub base: u32,
    /// In its order, each where it stood in the text of that revision.
    pub changes: Vec<Change>,
    #[serde(default)]
    pub by: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "TextWritten")]
pub struct Written {
    pub revision: u32,
    /// What others wrote meanwhile, on the text as it was sent.
    pub others: Option<Change>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(rename = "PostmortemVersionRef")]
pub struct VersionRef {
    pub id: IncidentId,
    pub number: u32,
}

/// Revisions of one sitting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "PostmortemVersionView")]
pub struct VersionView {
    /// The last of them.
    pub number: u32,
    pub at_text: String,
    pub author: String,
    /// How often it was saved.
    pub saves: u32,
    /// "Restored", where it was not typed.
    pub cause: String,
    pub newest: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "PostmortemVersionText")]
pub struct VersionText {
    pub view: VersionView,
    pub text: String,
    /// From this one to the newest; of long passages that are the same only the ends.
    pub parts: Vec<DiffPart>,
}

/// A line with who wrote it and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BlameLine {
    pub text: String,
    pub author: String,
    pub at_text: String,
    pub number: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HintsRequest {
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HintView {
    pub from: u32,
    pub to: u32,
    pub words: String,
    pub reason: HintReason,
    /// Why, and what to ask instead.
    pub text: String,
}

/// The text of a revision, or why it is none.
pub(super) async fn at(
    snapshot: &mut Snapshot,
    id: IncidentId,
    number: u32,
) -> Result<std::result::Result<String, Unsound>> {
    let Some(revision) = store::postmortem::revision_of(snapshot, id, number).await? else {
        return Ok(Err(Unsound::NoStart));
    };
    let bodies = store::postmortem::bodies(snapshot, id, number).await?;
    Ok(history::read(&bodies, &revision.hash))
}

/// The newest revision that can be read, with its text.
///
/// # Errors
/// `postmortem-none`.
pub(crate) async fn newest(snapshot: &mut Snapshot, id: IncidentId) -> Result<(u32, String)> {
    let head = store::postmortem::head(snapshot, id).await?.ok_or_else(|| AppError::refused("postmortem-none"))?;
    // The newest but for a file that was changed past the program.
    for number in (1..=head.number).rev() {
        if let Ok(text) = at(snapshot, id, number).await? {
            return Ok((number, text));
        }
    }
    Ok((head.number, String::new()))
}

pub async fn postmortem_text(context: &Context, input: IncidentRef) -> Result<TextView> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let head = store::postmortem::head(&mut snapshot, input.id).await?;
    let head = head.ok_or_else(|| AppError::refused("postmortem-none"))?.number;
    let (sound, text) = newest(&mut snapshot, input.id).await?;
    // What is typed next goes on from the newest number.
    Ok(TextView { text, revision: head, damaged: sound != head })
}

pub async fn postmortem_head(context: &Context, input: IncidentRef) -> Result<HeadView> {
    let store = context.store().await?;
    let head = store::postmortem::head(&mut *store.read().await?, input.id).await?;
    Ok(HeadView { revision: head.map_or(0, |head| head.number) })
}

/// Begins one from the template of the language; one that is there stays as it is.
pub async fn postmortem_begin(context: &Context, input: IncidentRef) -> Result<TextView> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    let incident = store::incident::get(write.connection(), input.id).await?;
    if store::postmortem::head(write.connection(), input.id).await?.is_none() {
        let details = &incident.details;
        let mut names: Vec<String> = details.tenants.iter().cloned().collect();
        let roles = [&details.roles.commander, &details.roles.scribe, &details.roles.comms];
        names.extend(roles.into_iter().filter(|name| !name.is_empty()).cloned());
        names.sort();
        names.dedup();
        let kept = Kept { names, ..Kept::default() };
        store::postmortem::save(&mut write, input.id, &written(&kept)?, context.now()).await?;
        let text = template(context, &details.summary);
        add(context, &mut write, input.id, (1, &text, None), ("", "template")).await?;
        let (id, name) = (input.id.to_string(), called(&incident));
        activity::noted(&mut write, context, POSTMORTEM, activity::Action::Opened, &id, &name).await?;
        write.commit().await?;
    }
    postmortem_text(context, input).await
}

/// Sections of the template, in their order; with each what to write there.
const SECTIONS: [&str; 14] = [
    "summary",
    "impact",
    "timeline",
    "detection",
    "technical",
    "process",
    "evals-missed",
    "mitigations",
    "well",
    "badly",
    "luck",
    "evals-added",
    "actions",
    "communications",
];

/// The text one begins with: its sections in the language asked for, each with what belongs there.
pub(crate) fn template(context: &Context, summary: &str) -> String {
    let mut text = String::new();
    for section in SECTIONS.iter().chain(&["questions"]) {
        let heading = context.text(&format!("postmortem-section-{section}"), &[]);
        let body = match *section {
            "summary" if !summary.trim().is_empty() => summary.trim().to_owned(),
            "timeline" => "{{timeline}}".to_owned(),
            "actions" => "{{actions}}".to_owned(),
            other => format!("_{}_", context.text(&format!("postmortem-prompt-{other}"), &[])),
        };
        text.push_str(&format!("## {heading}\n\n{body}\n\n"));
    }
    text
}

/// Adds a revision: a whole text now and then, else what changed.
async fn add(
    context: &Context,
    write: &mut Write,
    id: IncidentId,
    (number, text, changes): (u32, &str, Option<Vec<Change>>),
    (by, cause): (&str, &str),
) -> Result<()> {
    if text.len() > LONGEST {
        return Err(AppError::refused("postmortem-too-long").with("limit", LONGEST >> 20));
    }
    let body = match changes {
        Some(changes) if number % WHOLE_EVERY != 0 => Body::Changes { changes },
        _ => Body::Whole { text: text.to_owned() },
    };
    let revision = Revision {
        number,
        at: context.now(),
        author: by.to_owned(),
        hash: history::hash(text),
        cause: cause.to_owned(),
    };
    store::postmortem::append(write, id, &revision, &body).await?;
    Ok(())
}

async fn expect_open(write: &mut Write, id: IncidentId) -> Result<()> {
    match read_kept(store::postmortem::get(write.connection(), id).await?)? {
        None => Err(AppError::refused("postmortem-none")),
        Some(kept) if kept.state.is_frozen() => Err(AppError::refused("postmortem-frozen")),
        Some(_) => Ok(()),
    }
}

/// Keeps what was typed. What others typed meanwhile stays: both are one text, and what is theirs comes back. Without changes it only
/// tells what others wrote.
///
/// # Errors
/// `postmortem-conflict`, where both changed the same passage: nothing was written, and nothing is lost here or there.
pub async fn postmortem_write(context: &Context, request: WriteRequest) -> Result<Written> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    expect_open(&mut write, request.id).await?;
    let (sound, text) = newest(write.snapshot(), request.id).await?;
    let head = store::postmortem::head(write.connection(), request.id).await?.map_or(0, |head| head.number);
    let unfit = || AppError::refused("postmortem-change");
    let theirs = if request.base == head {
        None
    } else {
        let base = at(write.snapshot(), request.id, request.base).await?.map_err(|_| unfit())?;
        difference(&base, &text)
    };
    let (changes, others) = match theirs {
        None => (request.changes, None),
        Some(theirs) => {
            let (moved, theirs) =
                merge(&request.changes, &theirs).map_err(|_| AppError::refused("postmortem-conflict"))?;
            (moved, Some(theirs))
        }
    };
    let changes: Vec<Change> = changes.into_iter().filter(|one| one.from != one.to || !one.insert.is_empty()).collect();
    if changes.is_empty() {
        return Ok(Written { revision: head, others });
    }
    let after = apply(&text, &changes).map_err(|_| unfit())?;
    let by: String = request.by.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(200).collect();
    // After what cannot be read nothing is told by changes.
    let changes = (sound == head).then_some(changes);
    add(context, &mut write, request.id, (head + 1, &after, changes), (&by, "")).await?;
    write.commit().await?;
    Ok(Written { revision: head + 1, others })
}

/// Makes an earlier text the newest; those between stay.
pub async fn postmortem_restore(context: &Context, input: VersionRef) -> Result<Written> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    expect_open(&mut write, input.id).await?;
    let incident = store::incident::get(write.connection(), input.id).await?;
    let text = at(write.snapshot(), input.id, input.number).await?;
    let text = text.map_err(|_| AppError::refused("postmortem-damaged"))?;
    let (_, now) = newest(write.snapshot(), input.id).await?;
    let head = store::postmortem::head(write.connection(), input.id).await?.map_or(0, |head| head.number);
    if text != now {
        add(context, &mut write, input.id, (head + 1, &text, None), ("", "restored")).await?;
        let (id, name) = (input.id.to_string(), called(&incident));
        activity::noted(&mut write, context, POSTMORTEM, activity::Action::Reverted, &id, &name).await?;
        write.commit().await?;
        return Ok(Written { revision: head + 1, others: None });
    }
    Ok(Written { revision: head, others: None })
}

/// A pause longer than that begins another version.
const SITTING: TimeDelta = TimeDelta::minutes(10);

/// Revisions by sitting: until somebody else writes, the pen rests, or a text is brought back.
fn sittings(revisions: Vec<Revision>) -> Vec<(Revision, u32)> {
    let mut found: Vec<(Revision, u32)> = Vec::new();
    for revision in revisions {
        match found.last_mut() {
            Some((last, saves))
                if last.author == revision.author
                    && revision.cause.is_empty()
                    && last.cause.is_empty()
                    && revision.at - last.at < SITTING =>
            {
                *last = revision;
                *saves += 1;
            }
            _ => found.push((revision, 1)),
        }
    }
    found
}

async fn versions(context: &Context, snapshot: &mut Snapshot, id: IncidentId) -> Result<Vec<VersionView>> {
    let calendar = store::workspace::settings(snapshot).await?.calendar()?;
    let all = sittings(store::postmortem::revisions(snapshot, id).await?);
    let newest = all.last().map_or(0, |(last, _)| last.number);
    let view = |(last, saves): (Revision, u32)| {
        let local = last.at.with_timezone(&calendar.zone);
        VersionView {
            number: last.number,
            at_text: format!("{} {}", format::date(local.date_naive(), context.language), local.format("%H:%M")),
            author: last.author,
            saves,
            cause: match last.cause.as_str() {
                "" => String::new(),
                cause => context.text(&format!("postmortem-cause-{cause}"), &[]),
            },
            newest: last.number == newest,
        }
    };
    Ok(all.into_iter().map(view).collect())
}

/// The newest first.
pub async fn postmortem_history(context: &Context, input: IncidentRef) -> Result<Vec<VersionView>> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let mut views = versions(context, &mut snapshot, input.id).await?;
    views.reverse();
    Ok(views)
}

/// Lines of what is the same that are shown beside a change.
const BESIDE: usize = 3;

/// A difference without the middle of long passages that are the same.
fn shortened(parts: Vec<DiffPart>) -> Vec<DiffPart> {
    let short = |part: DiffPart| {
        let lines: Vec<&str> = part.text.split_inclusive('\n').collect();
        if part.kind != DiffKind::Same || lines.len() <= 2 * BESIDE + 1 {
            return part;
        }
        let text = format!("{}…\n{}", lines[..BESIDE].concat(), lines[lines.len() - BESIDE..].concat());
        DiffPart { kind: part.kind, text }
    };
    parts.into_iter().map(short).collect()
}

pub async fn postmortem_version(context: &Context, input: VersionRef) -> Result<VersionText> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let views = versions(context, &mut snapshot, input.id).await?;
    let view = views.into_iter().find(|view| view.number >= input.number);
    let view = view.ok_or_else(|| AppError::refused("not-found"))?;
    let text = at(&mut snapshot, input.id, input.number).await?;
    let text = text.map_err(|_| AppError::refused("postmortem-damaged"))?;
    let (_, now) = newest(&mut snapshot, input.id).await?;
    Ok(VersionText { parts: shortened(difference_of(&text, &now)), view, text })
}

/// Versions whose texts are compared for who wrote what: the newest of them.
const BLAMED: usize = 200;

/// Who wrote which line, and in which version.
pub async fn postmortem_blame(context: &Context, input: IncidentRef) -> Result<Vec<BlameLine>> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let views = versions(context, &mut snapshot, input.id).await?;
    let views = &views[views.len().saturating_sub(BLAMED)..];
    let (mut texts, mut of) = (Vec::new(), Vec::new());
    for view in views {
        if let Ok(text) = at(&mut snapshot, input.id, view.number).await? {
            texts.push(text);
            of.push(view);
        }
    }
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let blamed = history::blame(&texts);
    Ok(blamed
        .into_iter()
        .map(|one| BlameLine {
            text: one.line,
            author: of[one.by].author.clone(),
            at_text: of[one.by].at_text.clone(),
            number: of[one.by].number,
        })
        .collect())
}

/// Words of a text that judge people, each with its reason. Nothing is kept from being written.
pub async fn postmortem_hints(context: &Context, request: HintsRequest) -> Result<Vec<HintView>> {
    let found = hints::hints(&request.text);
    Ok(found
        .into_iter()
        .map(|hint| HintView {
            from: hint.from,
            to: hint.to,
            text: context.text(&format!("postmortem-hint-{}", word(&hint.reason)), &[]),
            words: hint.words,
            reason: hint.reason,
        })
        .collect())
}
