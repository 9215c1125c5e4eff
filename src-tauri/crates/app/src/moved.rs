//! No figure moves without the log saying by how much: whatever a change makes of any month's spend is kept beside the change,
//! and beside its undoing.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, Months, NaiveDate};
use domain::id::ActivityId;
use domain::money::Money;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::economics::{self, Loaded};
use crate::{Context, Result};

/// A month's spend before and after a change; `None` where nothing was known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MonthMoved {
    /// "2026-07".
    pub month: String,
    /// Its name, in the language it is asked for in.
    #[serde(default)]
    pub label: String,
    pub before: Option<Money>,
    pub after: Option<Money>,
}

/// What every month came to at a revision of an open file.
pub(crate) struct Figures {
    path: std::path::PathBuf,
    loaded: Arc<Loaded>,
}

impl Figures {
    /// `None` where no workspace is open, or what it holds cannot be read.
    pub(crate) async fn now(context: &Context) -> Option<Self> {
        let path = context.store().await.ok()?.path().to_owned();
        Some(Self { path, loaded: economics::load(context).await.ok()? })
    }

    fn months(&self) -> BTreeMap<NaiveDate, Option<Money>> {
        let mut months = BTreeMap::new();
        let Some((first, last)) = self.loaded.cube.span() else { return months };
        let mut at = first.with_day(1).unwrap_or(first);
        while at <= last {
            let next = at + Months::new(1);
            months.insert(at, economics::spend_over(&self.loaded, (at, next.pred_opt().unwrap_or(next))));
            at = next;
        }
        months
    }

    /// Months that come to something else than `before`.
    fn since(&self, before: &Figures) -> Vec<MonthMoved> {
        // Nothing was read anew: usage and what it is read through are as they were.
        if Arc::ptr_eq(&self.loaded, &before.loaded) || self.path != before.path {
            return Vec::new();
        }
        let (was, is) = (before.months(), self.months());
        let mut days: Vec<NaiveDate> = was.keys().chain(is.keys()).copied().collect();
        days.sort_unstable();
        days.dedup();
        days.into_iter()
            .map(|day| MonthMoved {
                month: day.format("%Y-%m").to_string(),
                label: String::new(),
                before: was.get(&day).copied().flatten(),
                after: is.get(&day).copied().flatten(),
            })
            .filter(|month| month.before != month.after)
            .collect()
    }
}

/// Keeps what a command has moved beside its entry in the log: the newest, or the one that was undone or made again.
pub(crate) async fn keep(
    context: &Context,
    before: Figures,
    undone: Option<ActivityId>,
    redone: Option<ActivityId>,
) -> Result<()> {
    let Some(after) = Figures::now(context).await else { return Ok(()) };
    let months = after.since(&before);
    if months.is_empty() {
        return Ok(());
    }
    let store = context.store().await?;
    let mut write = store.write().await?;
    let entry = match undone.or(redone) {
        Some(id) => Some(id),
        None => store::activity::list(write.connection(), 1).await?.first().map(|activity| activity.id),
    };
    let Some(entry) = entry else { return Ok(()) };
    let months = serde_json::to_value(months).map_err(|error| crate::AppError::Internal(error.to_string()))?;
    store::activity::moved(&mut write, entry, undone.is_some(), context.now(), &months).await?;
    write.commit().await?;
    Ok(())
}
