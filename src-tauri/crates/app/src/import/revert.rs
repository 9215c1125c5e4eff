//! Taking a whole import back, and bringing it back again.

use domain::id::ImportId;
use serde::Serialize;
use store::backup::{self, Reason};

use super::ImportRef;
use crate::activity::{self, Area};
use crate::{AppError, Context, Result};

/// What an import's place in the activity log says: that it was there.
#[derive(Serialize)]
struct WasThere {
    id: ImportId,
}

/// Takes a whole import back. A backup is made first; undo brings the import back as it was.
pub async fn import_revert(context: &Context, input: ImportRef) -> Result<()> {
    let store = context.store().await?;
    let import = store::import::get(&mut *store.read().await?, input.id).await?;
    backup::take(&store, Reason::Import).await?;
    let mut write = store.write().await?;
    let calendar = store::workspace::settings(write.connection()).await?.calendar()?;
    if let Some((from, to)) = import.hours {
        store::usage::set_aside(&mut write, &calendar, import.n, (from, to)).await?;
    }
    store::import::set_reverted(&mut write, import.n, true).await?;
    let before = WasThere { id: import.id };
    activity::reverted(&mut write, context, Area::Import, &import.id.to_string(), &import.name, &before).await?;
    write.commit().await?;
    Ok(())
}

/// Brings a reverted import back.
///
/// # Errors
/// `imported-again` when the same file has come in anew since: both would count.
pub(crate) async fn undo_revert(write: &mut store::Write, id: ImportId) -> Result<()> {
    let import = store::import::get(write.connection(), id).await?;
    let same = store::import::by_hash(write.connection(), &import.sha256).await?;
    if same.iter().any(|other| other.source_id == import.source_id) {
        return Err(AppError::refused("imported-again").with("file", import.name));
    }
    let calendar = store::workspace::settings(write.connection()).await?.calendar()?;
    if let Some(hours) = import.hours {
        store::usage::put_back(write, &calendar, import.n, hours).await?;
    }
    Ok(store::import::set_reverted(write, import.n, false).await?)
}
