//! Demand per minute: requests, input tokens and output tokens of each minute of an hour, and what the minutes of a day come to.
//!
//! Providers limit requests and tokens per minute (RPM, input TPM, output TPM). The busiest minute of a day cannot be had from
//! hours, nor added up from series whose peaks lie apart; so minutes are totalled per vendor and model, beside the hours.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::calendar::{Period, ReportingCalendar};
use crate::latency::nearest_rank;
use crate::usage::Measures;
use crate::varint::{Damaged, Reader, put};

const MINUTE: i64 = 60;
const MINUTES_PER_HOUR: u8 = 60;

/// What is limited per minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rate {
    Requests,
    /// All input, cached or not.
    InputTokens,
    OutputTokens,
}

impl Rate {
    pub const ALL: [Rate; 3] = [Rate::Requests, Rate::InputTokens, Rate::OutputTokens];
}

/// What was asked for within a minute.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MinuteTotals {
    pub requests: u64,
    pub input: u64,
    pub output: u64,
}

impl MinuteTotals {
    pub fn of(measures: &Measures) -> Self {
        let tokens = &measures.tokens;
        Self { requests: measures.requests, input: tokens.input_total(), output: tokens.output_total() }
    }

    pub fn add(&mut self, other: &MinuteTotals) {
        self.requests = self.requests.saturating_add(other.requests);
        self.input = self.input.saturating_add(other.input);
        self.output = self.output.saturating_add(other.output);
    }

    pub fn get(&self, rate: Rate) -> u64 {
        match rate {
            Rate::Requests => self.requests,
            Rate::InputTokens => self.input,
            Rate::OutputTokens => self.output,
        }
    }

    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether each total is at most the other's.
    pub fn is_within(&self, other: &MinuteTotals) -> bool {
        Rate::ALL.iter().all(|rate| self.get(*rate) <= other.get(*rate))
    }
}

/// The minutes of one UTC hour that saw any traffic. Adding is commutative: the order of rows, threads and imports decides
/// nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HourMinutes {
    /// Bit m: minute m saw traffic.
    seen: u64,
    /// Of the minutes seen, in their order.
    totals: Vec<MinuteTotals>,
}

impl HourMinutes {
    /// Adds to minute 0–59. Nothing adds nothing.
    pub fn add(&mut self, minute: u8, totals: &MinuteTotals) {
        if minute >= MINUTES_PER_HOUR || totals.is_empty() {
            return;
        }
        let bit = 1u64 << minute;
        let place = (self.seen & (bit - 1)).count_ones() as usize;
        if self.seen & bit == 0 {
            self.seen |= bit;
            self.totals.insert(place, *totals);
        } else {
            self.totals[place].add(totals);
        }
    }

    pub fn merge(&mut self, other: &HourMinutes) {
        for (minute, totals) in other.each() {
            self.add(minute, totals);
        }
    }

    /// Minutes that saw traffic, with what they saw.
    pub fn each(&self) -> impl Iterator<Item = (u8, &MinuteTotals)> {
        let seen = self.seen;
        (0..MINUTES_PER_HOUR).filter(move |minute| seen >> minute & 1 == 1).zip(&self.totals)
    }

    pub fn is_empty(&self) -> bool {
        self.seen == 0
    }

    /// Every minute of the hour, with or without traffic.
    pub fn by_minute(&self) -> [MinuteTotals; MINUTES_PER_HOUR as usize] {
        let mut all = [MinuteTotals::default(); MINUTES_PER_HOUR as usize];
        for (minute, totals) in self.each() {
            all[usize::from(minute)] = *totals;
        }
        all
    }

    /// A mask of the minutes seen, then three numbers for each of them.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(10 + self.totals.len() * 6);
        put(&mut out, u128::from(self.seen));
        for totals in &self.totals {
            Rate::ALL.iter().for_each(|rate| put(&mut out, u128::from(totals.get(*rate))));
        }
        out
    }

    /// # Errors
    /// [`Damaged`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Damaged> {
        let mut reader = Reader::new(bytes);
        let seen: u64 = reader.number()?;
        if seen >> MINUTES_PER_HOUR != 0 {
            return Err(Damaged);
        }
        let mut totals = Vec::with_capacity(seen.count_ones() as usize);
        for _ in 0..seen.count_ones() {
            totals.push(MinuteTotals { requests: reader.number()?, input: reader.number()?, output: reader.number()? });
        }
        if reader.is_empty() { Ok(Self { seen, totals }) } else { Err(Damaged) }
    }
}

/// The minute of its UTC hour an epoch second lies in, 0–59.
pub fn minute_of(second: i64) -> u8 {
    (second.rem_euclid(3_600) / MINUTE) as u8
}

/// A minute and how much of one rate it saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peak {
    /// Epoch second it begins at.
    pub at: i64,
    pub total: u64,
}

/// How the totals of minutes are distributed: percentiles by nearest rank, the ⌈q·n⌉-th of n minutes in rising order, minutes
/// without traffic counted as 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distribution {
    pub p50: u64,
    pub p95: u64,
    pub p99: u64,
    /// The highest minutes, the highest first, of equals the earlier: at most as many as were asked for.
    pub highest: Vec<Peak>,
}

impl Distribution {
    /// The busiest minute's total; 0 if none saw any.
    pub fn max(&self) -> u64 {
        self.highest.first().map_or(0, |peak| peak.total)
    }
}

/// The minutes of a local day, or of several. A day has as many minutes as the zone gives it: 1,440, or 1,380 and 1,500 where
/// the clock changes by an hour.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DayMinutes {
    /// All of its minutes, with traffic or without.
    pub length: u64,
    /// Those with traffic, by the epoch second they begin at.
    pub minutes: BTreeMap<i64, MinuteTotals>,
}

impl DayMinutes {
    /// A day nothing is known of yet.
    pub fn of(calendar: &ReportingCalendar, day: NaiveDate) -> Self {
        let (from, to) = calendar.bounds(Period::Span(day, day));
        Self { length: (to - from).num_minutes().unsigned_abs(), minutes: BTreeMap::new() }
    }

    /// The sum of all minutes.
    pub fn sum(&self) -> MinuteTotals {
        let mut sum = MinuteTotals::default();
        self.minutes.values().for_each(|totals| sum.add(totals));
        sum
    }

    /// The distribution of one rate over all minutes, with the `highest` highest.
    pub fn distribution(&self, rate: Rate, highest: usize) -> Distribution {
        let mut peaks: Vec<Peak> = self
            .minutes
            .iter()
            .map(|(at, totals)| Peak { at: *at, total: totals.get(rate) })
            .filter(|peak| peak.total > 0)
            .collect();
        peaks.sort_unstable_by_key(|peak| (Reverse(peak.total), peak.at));
        let all = self.length.max(peaks.len() as u64);
        // From the top: minutes without traffic stand below all others.
        let at_rank = |share: f64| {
            let from_top = nearest_rank(share, all).map_or(0, |rank| all - rank);
            peaks.get(from_top as usize).map_or(0, |peak| peak.total)
        };
        let (p50, p95, p99) = (at_rank(0.5), at_rank(0.95), at_rank(0.99));
        peaks.truncate(highest);
        Distribution { p50, p95, p99, highest: peaks }
    }

    /// Several days as one: the distribution of all their minutes.
    pub fn merge(&mut self, other: &DayMinutes) {
        self.length += other.length;
        for (at, totals) in &other.minutes {
            self.minutes.entry(*at).or_default().add(totals);
        }
    }
}

/// Sorts the minutes of UTC hours into the local days of a calendar. Days without a minute of traffic are not there: nothing is
/// known of them.
pub fn by_day<'h>(
    calendar: &ReportingCalendar,
    hours: impl IntoIterator<Item = (i64, &'h HourMinutes)>,
) -> BTreeMap<NaiveDate, DayMinutes> {
    let mut days: BTreeMap<NaiveDate, DayMinutes> = BTreeMap::new();
    for (hour, minutes) in hours {
        for (minute, totals) in minutes.each() {
            let at = hour + i64::from(minute) * MINUTE;
            let day = calendar.day_of_seconds(at);
            let of_day = days.entry(day).or_insert_with(|| DayMinutes::of(calendar, day));
            of_day.minutes.entry(at).or_default().add(totals);
        }
    }
    days
}

#[cfg(test)]
mod tests;
