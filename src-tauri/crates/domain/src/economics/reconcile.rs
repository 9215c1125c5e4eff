//! The three kinds of evidence beside each other, per vendor and month: computed, reported, billed; and what explains the
//! difference.

use std::collections::{BTreeMap, HashMap};
use std::ops::RangeInclusive;

use chrono::{Datelike, Days, NaiveDate};

use super::cube::{Cube, own_cost};
use super::evidence::{Basis, ChargeKind};
use super::settle::Verdict;
use crate::fx::MissingRate;
use crate::money::Femtos;

/// A share of what is metered above which a difference is flagged: 2 %.
pub const TOLERANCE: f64 = 0.02;

/// What is known of one vendor's month, in the workspace currency.
///
/// `billed − metered = not_metered + other_kinds + unpriced + neighbouring − not_billed + remainder`, exactly. Bills are cut in
/// days of UTC, months in the reporting zone: what the one counts in this month and the other in the next is `neighbouring`.
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
    /// On the days that both cover, from the first to the last that the vendor's bill and meter have in common: what tokens are
    /// charged at, and what they are metered at, with what a bill says of those without a price.
    pub charged_where_metered: Femtos,
    pub metered_where_charged: Femtos,
    /// What the days of UTC count in this month and reporting days in a neighbour, less the reverse: of what is metered, less what
    /// is billed.
    pub neighbouring: Femtos,
    /// What no cause explains: other rates, discounts, rounding.
    pub remainder: Femtos,
    pub unpriced_tokens: u64,
    /// Charges for models nobody recognises, matched by vendor and day.
    pub unrecognised: Femtos,
    /// What feeds that give way to others come to by themselves: compared, part of nothing else here.
    pub set_aside: Option<Femtos>,
    /// All that is charged for tokens stands on one day on which nothing is metered, beside days of that month, or of the one
    /// before, that are metered and not charged, and comes to a good part of what is metered on them. It may be the bill of the
    /// whole month; matched by day, both count.
    pub lump_sum: bool,
}

impl VendorMonth {
    pub fn difference(&self) -> Option<Femtos> {
        // A bill beside nothing metered is no difference: it is the spend.
        let billed = self.billed?;
        (self.computed.is_some() || self.reported.is_some()).then(|| Femtos(billed.0 - self.metered.0))
    }

    /// What tokens are charged at beyond what they are metered at on the days both cover, as a share of the latter; `None` without
    /// both. A bill still to come and a meter set up later are no difference, nor are charges of other kinds: these count as spend
    /// as they stand.
    pub fn share(&self) -> Option<f64> {
        self.difference()?;
        let (charged, metered) = (self.charged_where_metered.0, self.metered_where_charged.0);
        (metered != 0).then(|| (charged - metered) as f64 / metered.abs() as f64)
    }

    /// Whether anything of it has a cost.
    pub fn is_costed(&self) -> bool {
        [self.computed, self.reported, self.billed].iter().any(Option::is_some)
    }

    /// Whether the bill leaves out days on which more than [`TOLERANCE`] of what is metered was used.
    pub fn is_incomplete(&self) -> bool {
        self.difference().is_some() && self.not_billed.0 as f64 > TOLERANCE * self.metered.0 as f64
    }

    /// Whether that is beyond [`TOLERANCE`], or bill and meter may count the same twice.
    pub fn is_flagged(&self) -> bool {
        self.lump_sum || self.share().is_some_and(|share| share.abs() > TOLERANCE)
    }
}

/// What one vendor's tokens of a day come to.
#[derive(Default)]
struct Day {
    /// `None` where nothing is metered, or charged.
    metered: Option<Femtos>,
    charged: Option<Femtos>,
    /// What unpriced tokens take of the charges for them.
    taken: Femtos,
}

/// From the first to the last of each vendor's days of a sort.
fn spans(
    days: &HashMap<(u32, NaiveDate), Day>,
    is_one: impl Fn(&Day) -> bool,
) -> HashMap<u32, RangeInclusive<NaiveDate>> {
    let mut spans: HashMap<u32, RangeInclusive<NaiveDate>> = HashMap::new();
    for ((vendor, date), _) in days.iter().filter(|(_, day)| is_one(day)) {
        let span = spans.entry(*vendor).or_insert(*date..=*date);
        *span = *date.min(span.start())..=*date.max(span.end());
    }
    spans
}

/// What a month's bill comes to at least, as a share of what is metered, to be taken for one: 25 %.
const LUMP_SHARE: f64 = 0.25;

/// Marks the months whose one charge for tokens may be the bill of the month, or of the one before.
fn mark_lump_sums(
    months: &mut BTreeMap<(u32, i32, u32), VendorMonth>,
    days: &HashMap<(u32, NaiveDate), Day>,
    month_of: impl Fn(u32, NaiveDate) -> (u32, i32, u32),
) {
    #[derive(Default)]
    struct Of {
        charged_days: u32,
        metered_days: u32,
        both: u32,
        metered: Femtos,
    }
    let mut counts: HashMap<(u32, i32, u32), Of> = HashMap::new();
    for ((vendor, date), day) in days {
        let of = counts.entry(month_of(*vendor, *date)).or_default();
        of.charged_days += u32::from(day.charged.is_some());
        of.metered_days += u32::from(day.metered.is_some());
        of.both += u32::from(day.charged.is_some() && day.metered.is_some());
        of.metered += day.metered.unwrap_or_default();
    }
    let nothing = Of::default();
    for ((vendor, year, month), evidence) in months {
        let before = if *month == 1 { (*vendor, *year - 1, 12) } else { (*vendor, *year, *month - 1) };
        let own = counts.get(&(*vendor, *year, *month)).unwrap_or(&nothing);
        let before = counts.get(&before).filter(|of| of.charged_days == 0).unwrap_or(&nothing);
        let is_of = |of: &Of| of.metered_days > 1 && evidence.not_metered.0 as f64 >= LUMP_SHARE * of.metered.0 as f64;
        evidence.lump_sum =
            own.charged_days == 1 && own.both == 0 && evidence.not_metered.0 > 0 && (is_of(own) || is_of(before));
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
    let month_of = |vendor: u32, day: NaiveDate| (vendor, day.year(), day.month());
    let within = |day: NaiveDate| from <= day && day <= to;
    let mut months: BTreeMap<(u32, i32, u32), VendorMonth> = BTreeMap::new();
    let add = |sum: &mut Option<Femtos>, amount: Femtos| *sum = Some(sum.unwrap_or_default() + amount);
    // Per vendor and day it is billed on.
    let mut days: HashMap<(u32, NaiveDate), Day> = HashMap::new();
    // A day of UTC reaches at most two days of any zone.
    let reach = Days::new(2);
    let (first, last) = (from.checked_sub_days(reach).unwrap_or(from), to.checked_add_days(reach).unwrap_or(to));
    for place in cube.places(first, last) {
        let row = &cube.rows()[place];
        if !within(row.day) && !within(row.billed_on) {
            continue;
        }
        let series = &cube.series()[row.series as usize];
        let verdict = cube.verdict(place);
        if let Some(Verdict::Missing(missing)) = verdict {
            return Err(missing.clone());
        }
        let (currency, rates) = cube.money();
        let cost = own_cost(series, row, currency, rates)?.map(|cost| cost.total());
        if verdict == Some(&Verdict::GivesWay) {
            if let Some(cost) = cost.filter(|_| within(row.day)) {
                add(&mut months.entry(month_of(series.identity.vendor, row.day)).or_default().set_aside, cost);
            }
            continue;
        }
        let own = cost.unwrap_or_default();
        let vendor = series.identity.vendor;
        let taken = match verdict {
            Some(Verdict::Takes(amount)) => *amount,
            _ => Femtos(0),
        };
        // As the bill counts it: by the day it is billed on.
        if within(row.billed_on) {
            let day = days.entry((vendor, row.billed_on)).or_default();
            let month = months.entry(month_of(vendor, row.billed_on)).or_default();
            match series.basis {
                Basis::Charge(kind) if series.is_bill() => {
                    month.neighbouring += Femtos(-own.0);
                    let is_token = kind == ChargeKind::Tokens && series.identity.label.is_none();
                    if is_token {
                        add(&mut day.charged, own);
                    }
                    match verdict {
                        Some(Verdict::Restates) if is_token && !series.identity.recognised => month.unrecognised += own,
                        Some(Verdict::Restates) => {}
                        _ if is_token => month.not_metered += own,
                        _ => month.other_kinds += own,
                    }
                }
                _ => {
                    add(&mut day.metered, own);
                    day.taken += taken;
                    month.unpriced += taken;
                    month.neighbouring += own;
                }
            }
        }
        if !within(row.day) {
            continue;
        }
        // As everything else counts it: by its reporting day.
        let month = months.entry(month_of(vendor, row.day)).or_default();
        match series.basis {
            _ if series.is_bill() => {
                add(&mut month.billed, own);
                month.neighbouring += own;
                if verdict != Some(&Verdict::Restates) {
                    month.spend += own;
                }
                continue;
            }
            Basis::Charge(_) => add(&mut month.reported, own),
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
            }
        }
        month.metered += own;
        month.spend += own + taken;
        month.neighbouring += Femtos(-own.0);
    }
    // A month that is only lent to, or lends, tells of nothing itself.
    months.retain(|_, month| {
        [month.computed, month.reported, month.billed, month.set_aside].iter().any(Option::is_some)
            || month.unpriced_tokens > 0
    });
    mark_lump_sums(&mut months, &days, month_of);
    let metered = spans(&days, |day| day.metered.is_some());
    let charged = spans(&days, |day| day.charged.is_some());
    for ((vendor, date), day) in &days {
        let Some(month) = months.get_mut(&month_of(*vendor, *date)).filter(|month| month.billed.is_some()) else {
            continue;
        };
        if day.charged.is_none() {
            month.not_billed += day.metered.unwrap_or_default();
        }
        if [&metered, &charged].iter().all(|spans| spans.get(vendor).is_some_and(|span| span.contains(date))) {
            month.charged_where_metered += day.charged.unwrap_or_default();
            month.metered_where_charged += day.metered.unwrap_or_default() + day.taken;
        }
    }
    for month in months.values_mut() {
        match month.billed {
            Some(billed) => {
                let explained = month.not_metered.0 + month.other_kinds.0 + month.unpriced.0 + month.neighbouring.0
                    - month.not_billed.0;
                month.remainder = Femtos(billed.0 - month.metered.0 - explained);
            }
            // Without a bill there is nothing to compare with.
            None => month.neighbouring = Femtos(0),
        }
    }
    Ok(months)
}
