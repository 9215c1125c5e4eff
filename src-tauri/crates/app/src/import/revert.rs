//! Taking a whole import back, bringing it back again, and answering otherwise.

use domain::id::ImportId;
use domain::overlap::Answer;
use serde::{Deserialize, Serialize};
use store::backup::{self, Reason};
use store::import::Import;
use ts_rs::TS;

use super::{AnswerChange, ImportRef, merge};
use crate::activity;
use crate::activity::Batch;
use crate::{AppError, Context, Result};

pub(crate) const IMPORT: &str = "import";

/// What a reverted import's place in the activity log says: that it was there.
#[derive(Serialize)]
struct WasThere {
    id: ImportId,
}

/// Makes an import's own hours count, or not any more; what its feed tells together is settled by the caller. Returns its hours.
pub(super) async fn set_in_force(write: &mut store::Write, n: i64, counts: bool) -> Result<Option<(i64, i64)>> {
    let import = store::import::by_number(write.connection(), n).await?;
    if let Some((first, last)) = import.hours {
        store::usage::set_counted(write, n, (merge::utc_hour(first), last), counts).await?;
    }
    Ok(import.hours)
}

/// Takes an import back or brings it back, and makes its feed say what the others say then.
async fn set_reverted(write: &mut store::Write, import: &Import, reverted: bool) -> Result<()> {
    let calendar = store::workspace::settings(write.connection()).await?.calendar()?;
    store::import::set_reverted(write, import.n, reverted).await?;
    let mut hours = set_in_force(write, import.n, false).await?;
    // The import in whose place this one stands is in force again without it, and not with it.
    if let Some(replaced) = import.replaces {
        let others = set_in_force(write, replaced, false).await?;
        hours = match (hours, others) {
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (one, other) => one.or(other),
        };
    }
    if let Some(hours) = hours {
        merge::settle(write, &calendar, import.source_id, hours).await?;
    }
    Ok(())
}

/// Takes a whole import back. A backup is made first; undo brings the import back as it was.
pub async fn import_revert(context: &Context, input: ImportRef) -> Result<()> {
    revert(context, &[input.id]).await.map(drop)
}

/// Several imports to be taken back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ImportRefs {
    pub ids: Vec<ImportId>,
}

/// Takes several imports back, all or none.
pub async fn imports_revert(context: &Context, input: ImportRefs) -> Result<Batch> {
    revert(context, &input.ids).await
}

async fn revert(context: &Context, ids: &[ImportId]) -> Result<Batch> {
    let store = context.store().await?;
    let mut standing = Vec::with_capacity(ids.len());
    for id in ids {
        let import = store::import::get(&mut *store.read().await?, *id).await?;
        if !import.reverted && !standing.contains(&import.id) {
            standing.push(import.id);
        }
    }
    if standing.is_empty() {
        return Ok(Batch { ids: Vec::new() });
    }
    backup::take(&store, Reason::Import).await?;
    let mut write = store.write().await?;
    let mut entries = Vec::with_capacity(standing.len());
    for id in standing {
        // As it stands now: taking back the one before may have changed it.
        let import = store::import::get(write.connection(), id).await?;
        set_reverted(&mut write, &import, true).await?;
        let before = WasThere { id };
        let entry = activity::reverted(&mut write, context, IMPORT, &id.to_string(), &import.name, &before).await?;
        entries.push(entry);
    }
    let batch = activity::together(&mut write, entries).await?;
    write.commit().await?;
    Ok(batch)
}

/// Brings a reverted import back.
///
/// # Errors
/// `imported-again` when the same file has come in anew since, read in the same way or another: both would count.
pub(crate) async fn undo_revert(write: &mut store::Write, id: ImportId) -> Result<()> {
    let import = store::import::get(write.connection(), id).await?;
    let same = store::import::by_hash(write.connection(), &import.sha256).await?;
    if same
        .iter()
        .any(|other| other.source_id == import.source_id && other.n != import.n && Some(other.n) != import.replaces)
    {
        return Err(AppError::refused("imported-again").with("file", import.name));
    }
    set_reverted(write, &import, false).await
}

/// Takes an import back once more after it was brought back.
pub(crate) async fn revert_again(write: &mut store::Write, id: ImportId) -> Result<()> {
    let import = store::import::get(write.connection(), id).await?;
    set_reverted(write, &import, true).await
}

/// An answer as the log keeps it.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Answered {
    pub on_conflict: Option<Answer>,
}

/// Answers otherwise about the hours an import tells otherwise than those before it: what was left out comes in, or what
/// replaced goes out again.
pub async fn import_answer(context: &Context, change: AnswerChange) -> Result<()> {
    let store = context.store().await?;
    backup::take(&store, Reason::Import).await?;
    let mut write = store.write().await?;
    let import = store::import::get(write.connection(), change.id).await?;
    let (before, after) = (Answered { on_conflict: import.answer }, Answered { on_conflict: Some(change.on_conflict) });
    set_answer(&mut write, change.id, after.on_conflict).await?;
    activity::decided(&mut write, context, IMPORT, &import.id.to_string(), &import.name, &before, &after).await?;
    write.commit().await?;
    Ok(())
}

pub(crate) async fn set_answer(write: &mut store::Write, id: ImportId, answer: Option<Answer>) -> Result<()> {
    let import = store::import::get(write.connection(), id).await?;
    let calendar = store::workspace::settings(write.connection()).await?.calendar()?;
    store::import::set_answer(write, import.n, answer).await?;
    if let Some(hours) = import.hours {
        merge::settle(write, &calendar, import.source_id, hours).await?;
    }
    Ok(())
}
