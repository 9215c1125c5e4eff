//! A file against what its feed has told before, hour by hour.

use std::collections::{HashMap, HashSet};

use domain::usage::Measures;
use ingest::{UsageBatch, UsageFormat};
use store::usage::SeriesKey;

use super::{ConflictView, instants};
use crate::Result;

pub(super) fn conflict_view(hours: &HashSet<i64>, before: &Measures, after: &Measures) -> Option<ConflictView> {
    let (first, last) = (hours.iter().min()?, hours.iter().max()?);
    Some(ConflictView {
        hours: hours.len() as u32,
        period: instants(*first, last + 3600)?,
        requests_before: before.requests.to_string(),
        requests_after: after.requests.to_string(),
        tokens_before: before.tokens.total().to_string(),
        tokens_after: after.tokens.total().to_string(),
    })
}

/// Hours this feed has told about: those in which the file says the same, those in which it does not, and what either says
/// in the latter.
#[derive(Debug, Default)]
pub(super) struct Comparison {
    pub same: HashSet<i64>,
    pub conflict: HashSet<i64>,
    pub before: Measures,
    pub after: Measures,
}

pub(super) async fn compare(
    connection: &mut store::sqlx::SqliteConnection,
    source: &str,
    format: UsageFormat,
    batch: &UsageBatch,
) -> Result<Comparison> {
    let mut comparison = Comparison::default();
    let Some(source_id) = store::import::source_id(connection, source, format.name()).await? else {
        return Ok(comparison);
    };
    let (Some(first), Some(last)) = (batch.cells.first(), batch.cells.last()) else { return Ok(comparison) };
    let stored = store::usage::cells_of_source(connection, source_id, first.hour, last.hour).await?;
    if stored.is_empty() {
        return Ok(comparison);
    }
    let names = store::dimension::names(connection).await?;
    let series: HashMap<u32, SeriesKey> = store::usage::series(connection).await?.into_iter().collect();
    type Values<'a> = [&'a str; 5];
    // Prices may have been added since: an hour is the same if what was *used* is the same.
    let mut hours: HashMap<i64, HashMap<(Values<'_>, &str), Measures>> = HashMap::new();
    for ((hour, id), measures) in &stored {
        let Some(key) = series.get(id) else { continue };
        let values = key.values.map(|value| names.name(value));
        hours.entry(*hour).or_default().entry((values, &key.tier)).or_default().add(measures);
    }
    let mut planned: HashMap<i64, HashMap<(Values<'_>, &str), Measures>> = HashMap::new();
    for cell in batch.cells.iter().filter(|cell| hours.contains_key(&cell.hour)) {
        let series = &batch.series[cell.series as usize];
        let values = series.values.each_ref().map(String::as_str);
        planned.entry(cell.hour).or_default().entry((values, &series.tier)).or_default().add(&cell.measures);
    }
    for (hour, cells) in planned {
        let stored = hours.get(&hour);
        if stored == Some(&cells) {
            comparison.same.insert(hour);
            continue;
        }
        comparison.conflict.insert(hour);
        stored.into_iter().flat_map(HashMap::values).for_each(|measures| comparison.before.add(measures));
        cells.values().for_each(|measures| comparison.after.add(measures));
    }
    Ok(comparison)
}
