//! Which traffic counts, day by day: what minutes and latencies, which are kept apart from the cube, are held against.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::cube::{Cube, Days, Series};
use super::evidence::{Basis, ChargeKind};
use crate::demand::MinuteTotals;
use crate::usage::Dimension;

/// Whether what is charged for without tokens may be a request made to a model, as a gateway logs one that failed or drew a
/// picture. Searches and storage come beside requests, support and tax from nobody's.
pub fn is_of_a_request(kind: ChargeKind) -> bool {
    matches!(kind, ChargeKind::Request | ChargeKind::Images | ChargeKind::Audio)
}

/// A vendor's model, as value ids.
pub type Line = (u32, u32);

/// What a vendor's model was asked for on one day, by the roll-ups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Traffic {
    pub sum: MinuteTotals,
    /// Every row says how many tokens it is of. Else their total is not known.
    pub knows_tokens: bool,
}

impl Traffic {
    pub fn add(&mut self, other: &Traffic) {
        self.sum.add(&other.sum);
        self.knows_tokens &= other.knows_tokens;
    }
}

/// How a feed's rows of one reporting day stand where some of them give way to another feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Standing {
    /// Days of UTC on which it gives way.
    gives_way_on: Vec<NaiveDate>,
    /// The reporting day is held in its parts by day of UTC.
    in_parts: bool,
}

/// What counts of the days of a period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counting {
    pub traffic: HashMap<Line, BTreeMap<NaiveDate, Traffic>>,
    standing: HashMap<(NaiveDate, u32, Line), Standing>,
}

impl Counting {
    /// Traffic and standing of the days from `from` to `to`, both included. What a bill charges is no traffic.
    pub fn of(cube: &Cube, from: NaiveDate, to: NaiveDate) -> Self {
        let mut counting = Self::default();
        for (row, counts) in cube.rows_with_standing(from, to) {
            let series = &cube.series()[row.series as usize];
            let line = line_of(series);
            let is_other_charge = matches!(series.basis, Basis::Charge(kind) if !is_of_a_request(kind));
            if is_other_charge || !(series.known.requests || series.known.tokens) {
                continue;
            }
            if !counts {
                let standing = counting.standing.entry((row.day, series.source, line)).or_default();
                standing.gives_way_on.push(row.billed_on);
            } else {
                let traffic = Traffic { sum: MinuteTotals::of(&row.measures), knows_tokens: series.known.tokens };
                let days = counting.traffic.entry(line).or_default();
                days.entry(row.day).and_modify(|sum| sum.add(&traffic)).or_insert(traffic);
            }
        }
        if !counting.standing.is_empty() {
            for row in cube.rows_between(from, to).iter().filter(|row| row.billed_on != row.day) {
                let series = &cube.series()[row.series as usize];
                if series.days == Days::Instants
                    && let Some(standing) = counting.standing.get_mut(&(row.day, series.source, line_of(series)))
                {
                    standing.in_parts = true;
                }
            }
        }
        counting
    }

    /// Whether any feed gives way anywhere.
    pub fn has_exceptions(&self) -> bool {
        !self.standing.is_empty()
    }

    /// Whether a feed's traffic of a line counts at an instant of a reporting day and a day of UTC.
    pub fn counts(&self, (day, utc_day): (NaiveDate, NaiveDate), source: u32, line: Line) -> bool {
        let Some(standing) = self.standing.get(&(day, source, line)) else { return true };
        // A day that is not held in parts is matched as a whole, by its own date.
        let matched_by = if standing.in_parts { utc_day } else { day };
        !standing.gives_way_on.contains(&matched_by)
    }
}

fn line_of(series: &Series) -> Line {
    (series.values[Dimension::Vendor.index()], series.values[Dimension::Model.index()])
}
