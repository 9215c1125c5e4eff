//! The three kinds of evidence beside each other, per vendor and month: computed, reported, billed; and what explains the
//! difference.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, NaiveDate};

use super::cube::{Cube, own_cost};
use super::evidence::{Basis, ChargeKind};
use super::settle::Verdict;
use crate::fx::MissingRate;
use crate::money::Femtos;

/// A share of what is metered above which a difference is flagged: 2 %.
pub const TOLERANCE: f64 = 0.02;

/// What is known of one vendor's month, in the workspace currency.
///
/// `billed − metered = not_metered + other_kinds + unpriced − not_billed + remainder`, exactly.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct VendorMonth {
    /// Metered tokens at our prices; `None` where nothing is priced.
    pub computed: Option<Femtos>,
    /// What gateways reported with requests that have tokens, whether or not it counts.
    pub reported: Option<Femtos>,
    /// What bills charge, of every kind.
    pub billed: Option<Femtos>,
    /// What is metered comes to: computed, and reported where there is no price.
    pub metered: Femtos,
    /// What counts as spend of all of it.
    pub spend: Femtos,
    /// Token charges for what nothing has metered.
    pub not_metered: Femtos,
    /// Charges of other kinds: searches, storage, tax.
    pub other_kinds: Femtos,
    /// What unpriced tokens take of the charges for them.
    pub unpriced: Femtos,
    /// What is metered on days without any charge for tokens, where other days of the month have some.
    pub not_billed: Femtos,
    /// What no cause explains: other rates, discounts, rounding.
    pub remainder: Femtos,
    pub unpriced_tokens: u64,
    /// Charges for models nobody recognises, matched by vendor and day.
    pub unrecognised: Femtos,
}

impl VendorMonth {
    pub fn difference(&self) -> Option<Femtos> {
        // A bill beside nothing metered is no difference: it is the spend.
        let billed = self.billed?;
        (self.computed.is_some() || self.reported.is_some()).then(|| Femtos(billed.0 - self.metered.0))
    }

    /// The difference as a share of what is metered; `None` without both.
    pub fn share(&self) -> Option<f64> {
        let difference = self.difference()?;
        (self.metered.0 != 0).then(|| difference.0 as f64 / self.metered.0.abs() as f64)
    }

    /// Whether the part no cause explains, or the whole, is beyond [`TOLERANCE`].
    pub fn is_flagged(&self) -> bool {
        self.share().is_some_and(|share| share.abs() > TOLERANCE)
    }
}

/// Every vendor's months between two days, by (vendor's number, year, month).
///
/// # Errors
/// [`MissingRate`] as for any fold.
pub fn reconcile(
    cube: &Cube,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<BTreeMap<(u32, i32, u32), VendorMonth>, MissingRate> {
    let mut months: BTreeMap<(u32, i32, u32), VendorMonth> = BTreeMap::new();
    // Per vendor and day: what is metered, and whether tokens are charged.
    let mut days: HashMap<(u32, NaiveDate), (Femtos, bool)> = HashMap::new();
    for place in cube.places(from, to) {
        let row = &cube.rows()[place];
        let series = &cube.series()[row.series as usize];
        let verdict = cube.verdict(place);
        if let Some(Verdict::Missing(missing)) = verdict {
            return Err(missing.clone());
        }
        if verdict == Some(&Verdict::GivesWay) {
            continue;
        }
        let (currency, rates) = cube.money();
        let own = own_cost(series, row, currency, rates)?.map_or(Femtos(0), |cost| cost.total());
        let vendor = series.identity.vendor;
        let month = months.entry((vendor, row.day.year(), row.day.month())).or_default();
        let day = days.entry((vendor, row.day)).or_default();
        let add = |sum: &mut Option<Femtos>, amount: Femtos| *sum = Some(sum.unwrap_or_default() + amount);
        let meters = series.known.tokens || series.known.requests;
        match series.basis {
            Basis::Charge(kind) if !meters => {
                add(&mut month.billed, own);
                if kind == ChargeKind::Tokens {
                    day.1 = true;
                }
                match (verdict, kind) {
                    (Some(Verdict::Restates), ChargeKind::Tokens) if !series.identity.recognised => {
                        month.unrecognised += own;
                    }
                    (Some(Verdict::Restates), _) => {}
                    (_, ChargeKind::Tokens) => {
                        month.not_metered += own;
                        month.spend += own;
                    }
                    _ => {
                        month.other_kinds += own;
                        month.spend += own;
                    }
                }
            }
            Basis::Charge(_) => {
                add(&mut month.reported, own);
                month.metered += own;
                month.spend += own;
                day.0 += own;
            }
            _ => {
                if matches!(series.basis, Basis::Computed(_)) {
                    add(&mut month.computed, own);
                }
                if let Some(stated) = cube.stated(row, series)? {
                    add(&mut month.reported, stated);
                }
                if series.basis == Basis::Unpriced {
                    month.unpriced_tokens += row.measures.tokens.total();
                }
                month.metered += own;
                month.spend += own;
                day.0 += own;
                if let Some(Verdict::Takes(amount)) = verdict {
                    month.unpriced += *amount;
                    month.spend += *amount;
                }
            }
        }
    }
    for ((vendor, day), (metered, charged)) in days {
        if let Some(month) = months.get_mut(&(vendor, day.year(), day.month()))
            && month.billed.is_some()
            && !charged
        {
            month.not_billed += metered;
        }
    }
    for month in months.values_mut() {
        if let Some(billed) = month.billed {
            let explained = month.not_metered.0 + month.other_kinds.0 + month.unpriced.0 - month.not_billed.0;
            month.remainder = Femtos(billed.0 - month.metered.0 - explained);
        }
    }
    Ok(months)
}
