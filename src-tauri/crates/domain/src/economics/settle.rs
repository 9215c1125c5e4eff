//! Which evidence counts: a bill, a gateway's report and metered tokens describe the same money, so they never add up.
//!
//! A *token charge* restates metered tokens of the same vendor, day and model. What is restated is not added; metered tokens
//! without a price take what the charge leaves over as their cost. A charge that nothing has metered is the spend. Charges of
//! another kind are added unless the same kind is metered. A feed that gives way to another counts only where that one is silent.

use std::collections::{HashMap, HashSet};

use super::cube::{DayRow, Series, own_cost};
use super::evidence::{Basis, ChargeKind};
use crate::fx::{FxRate, MissingRate};
use crate::money::{Currency, Femtos, divide_half_even};

/// What a series' model is, for telling whether two feeds mean the same: the caller numbers names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Identity {
    /// Who bills.
    pub vendor: u32,
    /// The model as the price book knows it, or the text of the file.
    pub model: u32,
    /// What its dated and undated ids share.
    pub family: u32,
    /// The book or an alias knows the model; otherwise only equal text is the same.
    pub recognised: bool,
    /// The id is of one date: two dates of one family are two models.
    pub dated: bool,
    /// What the name says it charges, where no model has it.
    pub label: Option<ChargeKind>,
}

/// What becomes of a row whose own cost is not simply added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Another feed tells of the same traffic and is the one that counts.
    GivesWay,
    /// A charge for what is metered: shown beside the spend.
    Restates,
    /// Metered without a price: this much of the charges for it.
    Takes(Femtos),
    /// Not known for want of an exchange rate.
    Missing(MissingRate),
}

/// A feed that gives way to another where both tell of the same vendor, model and day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Precedence {
    pub gives_way: u32,
    pub to: u32,
}

/// Whether feeds give way to one another in a circle, so that none of them would count where all tell of the same traffic.
pub fn goes_in_a_circle(precedence: &[Precedence]) -> bool {
    let mut left = precedence.to_vec();
    // A feed that gives way to nobody ends every line that leads to it; what never ends is a circle.
    loop {
        let giving: HashSet<u32> = left.iter().map(|rule| rule.gives_way).collect();
        let before = left.len();
        left.retain(|rule| giving.contains(&rule.to));
        if left.len() == before {
            return before > 0;
        }
    }
}

/// Verdicts by place of the row. Rows meet by the day they are billed on.
pub(super) fn settle(
    series: &[Series],
    rows: &[DayRow],
    precedence: &[Precedence],
    (currency, rates): (Currency, &[FxRate]),
) -> HashMap<u32, Verdict> {
    let mut verdicts = HashMap::new();
    let is_charge: Vec<bool> = series.iter().map(|s| matches!(s.basis, Basis::Charge(_))).collect();
    if precedence.is_empty() && !is_charge.contains(&true) {
        return verdicts;
    }
    let mut order: Vec<u32> = (0..rows.len() as u32).collect();
    order.sort_by_key(|place| rows[*place as usize].billed_on);
    for day in order.chunk_by(|a, b| rows[*a as usize].billed_on == rows[*b as usize].billed_on) {
        if !precedence.is_empty() {
            give_way(series, rows, day, precedence, |place| {
                verdicts.insert(place, Verdict::GivesWay);
            });
        }
        if day.iter().any(|place| is_charge[rows[*place as usize].series as usize]) {
            let mut vendors: HashMap<u32, Vec<u32>> = HashMap::new();
            for place in day.iter().copied().filter(|place| !verdicts.contains_key(place)) {
                vendors.entry(series[rows[place as usize].series as usize].identity.vendor).or_default().push(place);
            }
            for members in vendors.into_values() {
                settle_vendor(series, rows, &members, (currency, rates), |place, verdict| {
                    verdicts.insert(place, verdict);
                });
            }
        }
    }
    verdicts
}

fn give_way(series: &[Series], rows: &[DayRow], day: &[u32], precedence: &[Precedence], mut mark: impl FnMut(u32)) {
    let of = |place: &u32| &series[rows[*place as usize].series as usize];
    for rule in precedence {
        let mut families = HashSet::new();
        let mut vendors = HashSet::new();
        let mut unrecognised = HashSet::new();
        for series in day.iter().map(of) {
            if series.source == rule.to {
                families.insert((series.identity.vendor, series.identity.family));
                vendors.insert(series.identity.vendor);
                if !series.identity.recognised {
                    unrecognised.insert(series.identity.vendor);
                }
            }
        }
        if vendors.is_empty() {
            continue;
        }
        for place in day {
            let series = of(place);
            let identity = series.identity;
            let same = families.contains(&(identity.vendor, identity.family))
                || (!identity.recognised && vendors.contains(&identity.vendor))
                || unrecognised.contains(&identity.vendor);
            if series.source == rule.gives_way && same {
                mark(*place);
            }
        }
    }
}

/// Matches one vendor's charges of one day with what is metered of it.
fn settle_vendor(
    series: &[Series],
    rows: &[DayRow],
    members: &[u32],
    money: (Currency, &[FxRate]),
    mut mark: impl FnMut(u32, Verdict),
) {
    let of = |place: u32| &series[rows[place as usize].series as usize];
    let meters = |index: u32| of(index).known.tokens;
    let metered: Vec<u32> = members
        .iter()
        .copied()
        .filter(|index| of(*index).known.tokens && !matches!(of(*index).basis, Basis::Charge(_)))
        .collect();
    let mut charges = Vec::new();
    for index in members.iter().copied() {
        match of(index).basis {
            Basis::Charge(ChargeKind::Tokens) => charges.push(index),
            // Nothing tells two of these apart; and nothing meters what is given back.
            Basis::Charge(ChargeKind::Request | ChargeKind::Other | ChargeKind::Credit) => {}
            Basis::Charge(kind) if !meters(index) => {
                let is_metered = |other: &u32| meters(*other) && of(*other).basis == Basis::Charge(kind);
                if members.iter().any(is_metered) {
                    mark(index, Verdict::Restates);
                }
            }
            _ => {}
        }
    }
    if charges.is_empty() || metered.is_empty() {
        return;
    }
    type Same = fn(Identity, Identity) -> bool;
    let mut groups: Vec<(Vec<u32>, Vec<u32>)> = Vec::new();
    let mut open = metered.clone();
    // The same id first; then a dated id with the undated one of its family.
    let same_id: Same = |a, b| a.model == b.model;
    let same_family: Same = |a, b| a.family == b.family && !(a.dated && b.dated);
    for same in [same_id, same_family] {
        while let Some((first, _)) = charges
            .iter()
            .enumerate()
            .find(|(_, charge)| open.iter().any(|metered| same(of(**charge).identity, of(*metered).identity)))
        {
            let identity = of(charges[first]).identity;
            let (mine, others): (Vec<u32>, Vec<u32>) =
                open.into_iter().partition(|metered| same(identity, of(*metered).identity));
            let (matched, rest): (Vec<u32>, Vec<u32>) = charges
                .into_iter()
                .partition(|charge| mine.iter().any(|metered| same(of(*charge).identity, of(*metered).identity)));
            (charges, open) = (rest, others);
            groups.push((matched, mine));
        }
    }
    // What no metered model is called, and calls itself something else than a model, is that; unless tokens of it are metered.
    let meters_images = metered.iter().any(|place| {
        let tokens = &rows[*place as usize].measures.tokens;
        tokens.input_image + tokens.output_image > 0
    });
    charges.retain(|index| match of(*index).identity.label {
        Some(ChargeKind::Images) => meters_images,
        label => label.is_none(),
    });
    let (known, unknown): (Vec<u32>, Vec<u32>) = charges.into_iter().partition(|index| of(*index).identity.recognised);
    let strangers: Vec<u32> = open.iter().copied().filter(|index| !of(*index).identity.recognised).collect();
    if unknown.is_empty() && !strangers.is_empty() && !known.is_empty() {
        groups.push((known, strangers));
    } else if !unknown.is_empty() && !open.is_empty() {
        let mut charges = unknown;
        if !strangers.is_empty() {
            charges.extend(known);
        }
        groups.push((charges, open));
    } else if !unknown.is_empty() {
        // All that is metered has charges of its own. What is charged beside them is of the same vendor and day, so it goes with
        // the tokens that have no price: settled a second time for itself it would take the place of their own charges.
        let has_unrated =
            |metered: &[u32]| metered.iter().any(|place| unrated_tokens(of(*place), &rows[*place as usize]) > 0);
        let (unrated, rated): (Vec<_>, Vec<_>) = groups.into_iter().partition(|(_, metered)| has_unrated(metered));
        groups = rated;
        let mut pool = (unknown, Vec::new());
        for (charges, metered) in unrated {
            pool.0.extend(charges);
            pool.1.extend(metered);
        }
        groups.push(pool);
    }
    for (charges, metered) in groups {
        settle_group(series, rows, &charges, &metered, money, &mut mark);
    }
}

fn settle_group(
    series: &[Series],
    rows: &[DayRow],
    charges: &[u32],
    metered: &[u32],
    (currency, rates): (Currency, &[FxRate]),
    mark: &mut impl FnMut(u32, Verdict),
) {
    for index in charges {
        mark(*index, Verdict::Restates);
    }
    // Tokens without a rate: those of a row without a price, and those kinds a price leaves out.
    let row = |place: u32| &rows[place as usize];
    let of = |place: u32| &series[row(place).series as usize];
    let unrated: Vec<(u32, u64)> = metered
        .iter()
        .map(|place| (*place, unrated_tokens(of(*place), row(*place))))
        .filter(|(_, tokens)| *tokens > 0)
        .collect();
    let weight: u64 = unrated.iter().map(|(_, tokens)| tokens).sum();
    if weight == 0 {
        return;
    }
    let sum = |places: &[u32]| -> Result<Femtos, MissingRate> {
        places.iter().try_fold(Femtos(0), |sum, place| {
            let cost = own_cost(of(*place), row(*place), currency, rates)?;
            Ok(Femtos(sum.0 + cost.map_or(0, |cost| cost.total().0)))
        })
    };
    let left = match (sum(charges), sum(metered)) {
        (Ok(charged), Ok(priced)) => charged.0 - priced.0,
        (Err(missing), _) | (_, Err(missing)) => {
            for (index, _) in unrated {
                mark(index, Verdict::Missing(missing.clone()));
            }
            return;
        }
    };
    if left <= 0 {
        return;
    }
    // Shares are differences of rounded running sums, so that they add up to the whole.
    let (mut seen, mut given) = (0u64, 0i128);
    for (index, tokens) in unrated {
        seen += tokens;
        let upto = share(left, seen, weight);
        mark(index, Verdict::Takes(Femtos(upto - given)));
        given = upto;
    }
}

/// `amount × part ÷ whole`, split so that no realistic amount overflows.
fn share(amount: i128, part: u64, whole: u64) -> i128 {
    let (part, whole) = (i128::from(part), i128::from(whole));
    amount / whole * part + divide_half_even(amount % whole * part, whole)
}

fn unrated_tokens(series: &Series, row: &DayRow) -> u64 {
    match &series.basis {
        Basis::Unpriced => row.measures.tokens.total(),
        Basis::Computed(price) => price.rates.cost(&row.measures.tokens).unrated_tokens,
        _ => 0,
    }
}
