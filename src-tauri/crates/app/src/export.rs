//! Everything that was typed in or imported can leave again: JSON for records, CSV for tables.

use std::io::Write;
use std::path::Path;

use domain::usage::{Dimension, Measures};
use report::export::csv_cell;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::job::Unit;
use crate::target::{Agreed, FolderTarget};
use crate::view::Exported;
use crate::{AppError, Context, Result};

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportRequest {
    pub path: String,
    /// Whoever asks has agreed to lose files of an earlier export in that folder.
    #[serde(default)]
    pub replace: bool,
    /// Whoever asks has agreed to have the folder made that this one lies in.
    #[serde(default)]
    pub create_folder: bool,
}

/// Writes records as one file of JSON.
///
/// # Errors
/// The disk's.
pub fn json<T: Serialize>(folder: &Path, name: &str, value: &T) -> Result<()> {
    let bytes = serde_json::to_vec_pretty(value).map_err(|error| AppError::Internal(error.to_string()))?;
    Ok(std::fs::write(folder.join(name), bytes)?)
}

/// Writes the whole workspace into a folder: whatever each area holds.
pub async fn workspace_export(context: &Context, input: ExportRequest) -> Result<Exported> {
    let agreed = Agreed { replace: input.replace, create_folder: input.create_folder };
    let made = FolderTarget::begin(context, context.app.path(&input.path), agreed).await?;
    let folder = made.place();
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    context.progress.report("exporting", 0, None, Unit::Rows);
    let mut rows = 0;
    for area in context.app.areas() {
        rows += (area.export)(context, &mut snapshot, folder).await?;
    }
    let path = made.finish()?;
    Ok(Exported { path: path.to_string_lossy().into_owned(), rows })
}

/// Every import with how it was read.
pub(crate) async fn imports(snapshot: &mut store::Snapshot) -> Result<Vec<serde_json::Value>> {
    let imports = store::import::list(snapshot).await?;
    Ok(imports
        .iter()
        .map(|i| {
            serde_json::json!({ "id": i.id, "file": i.name, "sha256": i.sha256, "feed": i.source, "format": i.format,
                "importedAt": i.imported_at, "rows": i.rows, "bad": i.bad, "mapping": i.mapping })
        })
        .collect())
}

/// The hourly roll-ups as a table.
pub(crate) async fn usage(context: &Context, snapshot: &mut store::Snapshot, path: &Path) -> Result<u64> {
    let names = store::dimension::names(snapshot).await?;
    let series: std::collections::HashMap<_, _> = store::usage::series(snapshot).await?.into_iter().collect();
    let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
    writeln!(
        out,
        "hour_utc,vendor,model,feature,tenant,environment,service_tier,basis,price_id,{},reported_amount,reported_currency",
        Measures::COLUMNS.join(",")
    )?;
    let mut rows = 0u64;
    let progress = context.progress.clone();
    store::usage::each_hour(snapshot, |hour, id, _, measures| {
        let Some(key) = series.get(&id) else { return Ok(()) };
        if progress.is_cancelled() {
            return Err(std::io::Error::other("cancelled"));
        }
        rows += 1;
        progress.report("exporting", rows, None, Unit::Rows);
        let at = chrono::DateTime::from_timestamp(hour, 0).unwrap_or_default();
        let values = Dimension::ALL.map(|d| csv_cell(names.name(key.values[d.index()])));
        // What a file does not say is empty, not 0.
        let counts: Vec<String> = measures
            .counts()
            .into_iter()
            .zip(key.known.counts())
            .map(|(count, known)| if known || count > 0 { count.to_string() } else { String::new() })
            .collect();
        let stated = key.known.reported_cost.then(|| domain::money::decimal(measures.reported_nanos));
        // A row of a date stays one.
        let at = match key.day_zone {
            Some(_) => at.date_naive().to_string(),
            None => at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        };
        writeln!(
            out,
            "{at},{},{},{},{},{},{},{}",
            values.join(","),
            csv_cell(&key.tier),
            key.basis.name(),
            key.price.map_or(String::new(), |id| id.to_string()),
            counts.join(","),
            stated.unwrap_or_default(),
            key.reported_currency,
        )
    })
    .await
    .map_err(|error| match context.progress.check() {
        Err(cancelled) => cancelled,
        Ok(()) => error.into(),
    })?;
    out.flush()?;
    Ok(rows)
}
