//! Hours folded to days of the workspace's zone.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, NaiveDate};
use domain::calendar::{ReportingCalendar, utc_day};
use domain::daily::{self, DayPart};
use domain::hourly;
use domain::usage::Measures;
use futures_util::TryStreamExt;
use sqlx::{Row, SqliteConnection};

use super::{Cell, damaged};
use crate::seal::{open, seal};
use crate::{Result, Tag, Write};

/// A day's measures by series and step to the day of UTC.
type Parts = HashMap<(u32, i32), Measures>;

async fn put_day(write: &mut Write, day: i32, parts: &Parts) -> Result<()> {
    let mut parts: Vec<DayPart> = parts
        .iter()
        .map(|((series, utc_step), measures)| DayPart { series: *series, utc_step: *utc_step, measures: *measures })
        .collect();
    parts.sort_unstable_by_key(|part| (part.series, part.utc_step));
    sqlx::query("INSERT OR REPLACE INTO usage_day (day, parts) VALUES ($1, $2)")
        .bind(day)
        .bind(seal(daily::to_bytes(&parts)))
        .execute(write.connection())
        .await?;
    Ok(())
}

/// Which day a cell counts on.
struct Days<'c> {
    calendar: &'c ReportingCalendar,
    /// Series whose rows are whole days: the day of such a row is its date, wherever it is reported.
    dated: HashSet<u32>,
    hour: i64,
    /// Of the hour: its reporting day and its day of UTC.
    of_hour: (i32, i32),
    parts: BTreeMap<i32, Parts>,
}

impl<'c> Days<'c> {
    async fn new(write: &mut Write, calendar: &'c ReportingCalendar) -> Result<Self> {
        let ids = sqlx::query_scalar("SELECT id FROM usage_series WHERE day_zone IS NOT NULL");
        let dated = ids.fetch_all(write.connection()).await?.into_iter().collect();
        Ok(Self { calendar, dated, hour: i64::MIN, of_hour: (0, 0), parts: BTreeMap::new() })
    }

    fn add(&mut self, hour: i64, series: u32, measures: &Measures) {
        if hour != self.hour {
            self.hour = hour;
            self.of_hour = (epoch_day(self.calendar.day_of_seconds(hour)), epoch_day(utc_day(hour)));
        }
        let (reported, in_utc) = self.of_hour;
        let day = if self.dated.contains(&series) { in_utc } else { reported };
        self.parts.entry(day).or_default().entry((series, in_utc - day)).or_default().add(measures);
    }
}

/// Adds cells that count to their days.
pub(super) async fn add(write: &mut Write, calendar: &ReportingCalendar, cells: &[Cell]) -> Result<()> {
    let mut days = Days::new(write, calendar).await?;
    for cell in cells {
        days.add(cell.hour, cell.series, &cell.measures);
    }
    for (day, mut parts) in days.parts {
        let there: Option<Vec<u8>> = sqlx::query_scalar("SELECT parts FROM usage_day WHERE day = $1")
            .bind(day)
            .fetch_optional(write.connection())
            .await?;
        if let Some(there) = there {
            daily::each(open(&there)?, |part| {
                parts.entry((part.series, part.utc_step)).or_default().add(&part.measures);
            })
            .map_err(damaged)?;
        }
        put_day(write, day, &parts).await?;
    }
    Ok(())
}

/// Folds the days touched by hours `from..=to` anew.
pub async fn rebuild_days(write: &mut Write, calendar: &ReportingCalendar, from: i64, to: i64) -> Result<()> {
    const DAY: i64 = 86_400;
    // The days of instants, and the dates of whole days.
    let first = epoch_day(calendar.day_of_seconds(from)).min(epoch_day(utc_day(from)));
    let last = epoch_day(calendar.day_of_seconds(to)).max(epoch_day(utc_day(to)));
    sqlx::query("DELETE FROM usage_day WHERE day BETWEEN $1 AND $2")
        .bind(first)
        .bind(last)
        .execute(write.connection())
        .await?;
    let mut days = Days::new(write, calendar).await?;
    let mut next = from.saturating_sub(2 * DAY);
    // A local day reaches at most a day beyond any of its hours on either side.
    let end = to.saturating_add(2 * DAY);
    while next <= end {
        // A stretch at a time: what is folded already is written before more of it is read.
        let until = next.saturating_add(30 * DAY).min(end);
        {
            let mut rows = sqlx::query(
                "SELECT hour, cells FROM usage_hour WHERE hour BETWEEN $1 AND $2 AND counted = 1 ORDER BY hour",
            )
            .bind(next)
            .bind(until)
            .fetch(write.connection());
            while let Some(row) = rows.try_next().await? {
                let hour: i64 = row.try_get(0)?;
                hourly::each(open(row.try_get(1)?)?, |series, measures| days.add(hour, series, &measures))
                    .map_err(damaged)?;
            }
        }
        let whole = if until == end { i32::MAX } else { (until / DAY) as i32 - 2 };
        while let Some(day) = days.parts.first_entry().filter(|day| *day.key() <= whole) {
            let (day, parts) = day.remove_entry();
            if (first..=last).contains(&day) {
                put_day(write, day, &parts).await?;
            }
        }
        next = until + 1;
    }
    write.touch(Tag::USAGE);
    Ok(())
}

/// Folds every day anew, after the workspace's zone changed.
pub async fn rebuild_all_days(write: &mut Write, calendar: &ReportingCalendar) -> Result<()> {
    sqlx::query("DELETE FROM usage_day").execute(write.connection()).await?;
    let span: (Option<i64>, Option<i64>) =
        sqlx::query_as("SELECT min(hour), max(hour) FROM usage_hour").fetch_one(write.connection()).await?;
    if let (Some(from), Some(to)) = span {
        rebuild_days(write, calendar, from, to).await?;
    }
    write.touch(Tag::USAGE);
    Ok(())
}

/// What a series counts of a reporting day, as far as it lies on one day of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    pub day: NaiveDate,
    pub utc_day: NaiveDate,
    pub series: u32,
    pub measures: Measures,
}

/// Hands on every day, in order of (day, series, day of UTC): a workspace opens by reading years of them, once.
pub async fn each_day(connection: &mut SqliteConnection, visit: impl FnMut(Day)) -> Result<()> {
    days_since(connection, i32::MIN, visit).await
}

/// Hands on the days from one on, in the same order.
pub async fn each_day_from(connection: &mut SqliteConnection, from: NaiveDate, visit: impl FnMut(Day)) -> Result<()> {
    days_since(connection, epoch_day(from), visit).await
}

async fn days_since(connection: &mut SqliteConnection, since: i32, mut visit: impl FnMut(Day)) -> Result<()> {
    let mut rows =
        sqlx::query("SELECT day, parts FROM usage_day WHERE day >= $1 ORDER BY day").bind(since).fetch(connection);
    while let Some(row) = rows.try_next().await? {
        let number: i32 = row.try_get(0)?;
        let day = from_epoch_day(number);
        daily::each(open(row.try_get(1)?)?, |DayPart { series, utc_step, measures }| {
            let utc_day = if utc_step == 0 { day } else { from_epoch_day(number + utc_step) };
            visit(Day { day, utc_day, series, measures });
        })
        .map_err(damaged)?;
    }
    Ok(())
}

fn epoch_day(day: NaiveDate) -> i32 {
    (day - DateTime::UNIX_EPOCH.date_naive()).num_days() as i32
}

fn from_epoch_day(day: i32) -> NaiveDate {
    DateTime::UNIX_EPOCH.date_naive() + chrono::Duration::days(i64::from(day))
}
