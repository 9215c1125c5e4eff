//! Two feeds that tell of the same traffic: found by vendor, model and day, and asked about once.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use domain::calendar::utc_day;
use domain::economics::{Basis, Precedence, goes_in_a_circle};
use ingest::UsageBatch;
use store::Write;
use store::import::FeedPair;

use super::{FeedBasis, FeedOverlap};
use crate::economics::Loaded;
use crate::identity::Identities;
use crate::view::tokens_text;
use crate::{AppError, Result};

/// What two feeds are compared by.
type Place = (u32, u32, NaiveDate);

/// Other feeds of the same sort (metered, or bills) that tell of a vendor, model and day the file tells of too, and about which
/// nobody has said yet which of them counts.
pub(super) fn overlaps(
    loaded: &Loaded,
    batch: &UsageBatch,
    source: Option<u32>,
    pairs: &[FeedPair],
    sources: &[(u32, String, String)],
) -> Vec<FeedOverlap> {
    let mut identities = Identities::new(&loaded.book);
    let is_metered = batch.known.tokens || batch.known.requests;
    let mut mine: HashMap<Place, u64> = HashMap::new();
    let mut day_of_hour: HashMap<i64, NaiveDate> = HashMap::new();
    for cell in &batch.cells {
        let series = &batch.series[cell.series as usize];
        let [vendor, model, ..] = &series.values;
        let identity = identities.of(vendor, model);
        let day = match series.is_daily {
            true => utc_day(cell.hour),
            false => *day_of_hour.entry(cell.hour).or_insert_with(|| loaded.calendar.day_of_seconds(cell.hour)),
        };
        *mine.entry((identity.vendor, identity.family, day)).or_default() += cell.measures.tokens.total();
    }
    let (Some(first), Some(last)) =
        (mine.keys().map(|(_, _, day)| *day).min(), mine.keys().map(|(_, _, day)| *day).max())
    else {
        return Vec::new();
    };
    let identity_of: Vec<_> = loaded
        .cube
        .series()
        .iter()
        .map(|series| identities.of(loaded.names.name(series.values[0]), loaded.names.name(series.values[1])))
        .collect();
    let answered: HashSet<u32> = pairs
        .iter()
        .filter_map(|pair| match source {
            Some(source) if pair.a == source => Some(pair.b),
            Some(source) if pair.b == source => Some(pair.a),
            _ => None,
        })
        .collect();
    let mut found: BTreeMap<u32, (BTreeSet<NaiveDate>, BTreeSet<String>, u64, u64)> = BTreeMap::new();
    for row in loaded.cube.rows_between(first, last) {
        let series = &loaded.cube.series()[row.series as usize];
        let meters = series.known.tokens || series.known.requests;
        if Some(series.source) == source || answered.contains(&series.source) || meters != is_metered {
            continue;
        }
        // Searches and storage are told beside tokens, not instead of them.
        if matches!(series.basis, Basis::Charge(kind) if kind != domain::economics::ChargeKind::Tokens) {
            continue;
        }
        let identity = identity_of[row.series as usize];
        if let Some(tokens) = mine.get(&(identity.vendor, identity.family, row.day)) {
            let entry = found.entry(series.source).or_default();
            if entry.0.insert(row.day) {
                entry.2 += tokens;
            }
            entry.1.insert(loaded.names.name(series.values[0]).to_owned());
            entry.3 += row.measures.tokens.total();
        }
    }
    found
        .into_iter()
        .filter_map(|(id, (days, vendors, ours, theirs))| {
            let (_, name, _) = sources.iter().find(|(source, _, _)| *source == id)?;
            Some(FeedOverlap {
                source: name.clone(),
                source_id: id,
                vendors: vendors.into_iter().collect(),
                days: days.len() as u32,
                first: *days.first()?,
                last: *days.last()?,
                tokens_here: tokens_text(ours),
                tokens_there: tokens_text(theirs),
            })
        })
        .collect()
}

/// Records which of two feeds counts; "this" is `this`. An answer that makes feeds give way in a circle is refused: where all of
/// them tell of the same traffic, none would count.
pub(crate) async fn answer(write: &mut Write, this: u32, other: u32, answer: FeedBasis) -> Result<()> {
    let basis = match answer {
        FeedBasis::This => Some(this),
        FeedBasis::Other => Some(other),
        FeedBasis::Both => None,
    };
    store::import::save_feed_pair(write, this, other, Some(basis)).await?;
    let pairs = store::import::feed_pairs(write.connection()).await?;
    if goes_in_a_circle(&precedence(&pairs)) {
        return Err(AppError::refused("feeds-in-a-circle"));
    }
    Ok(())
}

/// Which feeds give way to which.
pub(crate) fn precedence(pairs: &[FeedPair]) -> Vec<Precedence> {
    pairs
        .iter()
        .filter_map(|pair| {
            let to = pair.basis?;
            Some(Precedence { gives_way: if to == pair.a { pair.b } else { pair.a }, to })
        })
        .collect()
}
