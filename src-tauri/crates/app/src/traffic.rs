//! Usage hour by hour, of what is asked for: which series count, and which give way to others that tell of the same traffic.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate};
use domain::usage::Dimension;
use store::Snapshot;
use store::usage::SeriesKey;

use crate::economics::{Loaded, load};
use crate::{Context, Result};

pub(crate) const HOUR: i64 = 3_600;

/// The usage of the workspace, as far as somebody asks for it.
pub(crate) struct Traffic {
    pub loaded: Arc<Loaded>,
    /// By the store's number: the place in the cube, and what the series is of.
    series: HashMap<u32, (u32, SeriesKey)>,
    /// Feeds that give way to others, by the day of UTC: their traffic is told by those.
    gives_way: HashSet<(u32, NaiveDate)>,
    /// Of the values asked for; all where none is.
    wanted: Option<BTreeSet<u32>>,
}

impl Traffic {
    /// Of series that have one of the names in each of the dimensions named; names are compared without case.
    pub async fn of(
        context: &Context,
        snapshot: &mut Snapshot,
        named: &[(Dimension, BTreeSet<String>)],
    ) -> Result<Self> {
        let loaded = load(context).await?;
        let stored = store::usage::series(snapshot).await?;
        let mut wanted: Option<BTreeSet<u32>> = None;
        for (dimension, names) in named.iter().filter(|(_, names)| !names.is_empty()) {
            let names: BTreeSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
            let is_named =
                |key: &SeriesKey| names.contains(&loaded.names.name(key.values[dimension.index()]).to_lowercase());
            let of: BTreeSet<u32> = stored.iter().filter(|(_, key)| is_named(key)).map(|(id, _)| *id).collect();
            wanted = Some(wanted.map_or(of.clone(), |before| before.intersection(&of).copied().collect()));
        }
        let gives_way = match loaded.cube.span() {
            Some((from, to)) => loaded
                .cube
                .rows_with_standing(from, to)
                .filter(|(_, counts)| !counts)
                .map(|(row, _)| (loaded.cube.series()[row.series as usize].source, row.billed_on))
                .collect(),
            None => HashSet::new(),
        };
        let series = (0..).zip(stored).map(|(place, (id, key))| (id, (place, key))).collect();
        Ok(Self { loaded, series, gives_way, wanted })
    }

    /// A series whose cell of an hour (epoch seconds) counts: its place in the cube, what it is of, and the day of UTC. A whole day
    /// says nothing of its hours, and a bill nothing of requests.
    pub fn counted(&self, hour: i64, id: u32) -> Option<(u32, &SeriesKey, NaiveDate)> {
        let (place, key) = self.series.get(&id)?;
        let day = DateTime::from_timestamp(hour, 0)?.date_naive();
        let is_hourly = key.day_zone.is_none() && (key.known.requests || key.known.tokens || key.known.sessions);
        let is_wanted = self.wanted.as_ref().is_none_or(|wanted| wanted.contains(&id));
        (is_hourly && is_wanted && !self.gives_way.contains(&(key.source, day))).then_some((*place, key, day))
    }
}
