//! Reconciliation: computed, reported and billed beside each other per vendor and month, with what explains the difference; the
//! aliases of models, and which of two feeds counts.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::calendar::Period;
use domain::economics::{Basis, VendorMonth, reconcile};
use domain::model_name;
use domain::money::{Currency, Femtos, Money};
use domain::price_book::ModelAlias;
use report::format;
use serde::{Deserialize, Serialize};
use store::import::FeedPair;
use ts_rs::TS;

use crate::activity::{self, Area};
use crate::economics::{self, Loaded, period_label};
use crate::import::{FeedBasis, feeds};
use crate::repricing::{self, DayPriced};
use crate::{AppError, Context, Result};

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReconciliationQuery {
    /// As for economics: "2026-Q3", "2026-07", …
    pub period: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReconciliationView {
    pub period: String,
    pub label: String,
    pub currency: Currency,
    /// The largest difference first; months without one behind them.
    pub months: Vec<VendorMonthView>,
    /// Models whose name neither a rule nor an alias resolves.
    pub unresolved: Vec<UnresolvedModel>,
    /// Aliases a person recorded.
    pub aliases: Vec<ModelAlias>,
    /// Pairs of feeds that tell of the same traffic, with what was answered.
    pub feeds: Vec<FeedPairView>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VendorMonthView {
    pub vendor: String,
    /// "2026-07".
    pub month: String,
    pub month_label: String,
    pub computed: Option<Money>,
    pub reported: Option<Money>,
    pub billed: Option<Money>,
    pub metered: Money,
    /// Unknown where nothing of it has a cost.
    pub spend: Option<Money>,
    /// Billed less metered, and as a share of metered; unknown without both.
    pub difference: Option<Money>,
    pub share: Option<f64>,
    /// Beyond 2 %, or bill and meter may count the same twice.
    pub flagged: bool,
    /// The bill's tokens stand on one day on which nothing is metered: it may be the bill of the whole month.
    pub lump_sum: bool,
    /// The bill leaves out days that are metered, of more than 2 % of the month: it may not be whole yet.
    pub incomplete: bool,
    /// What explains the difference; with the remainder they add up to it.
    pub causes: Vec<CauseView>,
    pub remainder: Option<Money>,
    /// Charges for models nobody recognises, matched by vendor and day.
    pub unrecognised: Option<Money>,
    pub unpriced_tokens: String,
    /// What feeds that give way to others come to: compared, not counted.
    pub set_aside: Option<Money>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CauseKind {
    /// Billed, and nothing has metered it.
    NotMetered,
    /// Searches, storage, tax: billed beside tokens.
    OtherKinds,
    /// Metered without a price; the bill says what it cost.
    Unpriced,
    /// Metered on days the bill does not cover.
    NotBilled,
    /// Counted in a neighbouring month: bills are cut in days of UTC, months in the workspace's zone.
    Neighbouring,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CauseView {
    pub kind: CauseKind,
    /// Signed: what it adds to the bill over what is metered.
    pub amount: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UnresolvedModel {
    pub vendor: String,
    pub model: String,
    pub tokens: String,
    /// What bills charge for it.
    pub charged: Option<Money>,
    /// The model of the price book its name is nearest to.
    pub guess: Option<AliasTarget>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AliasTarget {
    pub provider: String,
    pub model: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FeedPairView {
    pub a: String,
    pub a_id: u32,
    pub b: String,
    pub b_id: u32,
    /// "this" is a.
    pub basis: FeedBasis,
}

pub async fn reconciliation(context: &Context, query: ReconciliationQuery) -> Result<ReconciliationView> {
    let loaded = economics::load(context).await?;
    let period: Period =
        query.period.parse().map_err(|_| AppError::refused("bad-period").with("period", &query.period))?;
    let days = loaded.calendar.days(period);
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let aliases = store::price::aliases(&mut snapshot).await?;
    let sources = store::import::sources(&mut snapshot).await?;
    let pairs = store::import::feed_pairs(&mut snapshot).await?;
    let name = |id: u32| sources.iter().find(|(source, ..)| *source == id).map_or("", |(_, name, _)| name).to_owned();
    Ok(ReconciliationView {
        period: period.to_string(),
        label: period_label(&loaded.calendar, period, context.language),
        currency: loaded.settings.currency,
        months: months(context, &loaded, days)?,
        unresolved: unresolved(&loaded, days)?,
        aliases: aliases.into_iter().filter(|(_, recorded)| *recorded).map(|(alias, _)| alias).collect(),
        feeds: pairs
            .into_iter()
            .map(|FeedPair { a, b, basis }| FeedPairView {
                a: name(a),
                a_id: a,
                b: name(b),
                b_id: b,
                basis: match basis {
                    None => FeedBasis::Both,
                    Some(basis) if basis == a => FeedBasis::This,
                    Some(_) => FeedBasis::Other,
                },
            })
            .collect(),
    })
}

/// Every vendor's months between two days, the largest difference first.
pub(crate) fn months(context: &Context, loaded: &Loaded, days: (NaiveDate, NaiveDate)) -> Result<Vec<VendorMonthView>> {
    let currency = loaded.settings.currency;
    let mut months: Vec<(Option<i128>, VendorMonthView)> = reconcile(&loaded.cube, days)?
        .into_iter()
        .map(|((vendor, year, month), evidence)| {
            let label = NaiveDate::from_ymd_opt(year, month, 1).map(|day| format::month(day, context.language));
            let place = (format!("{year}-{month:02}"), label.unwrap_or_default());
            let vendor = loaded.billers.get(vendor as usize).cloned().unwrap_or_default();
            (evidence.difference().map(|sum| sum.0.abs()), month_view(vendor, place, &evidence, currency))
        })
        .collect();
    months.sort_by(|(a, x), (b, y)| b.cmp(a).then_with(|| y.month.cmp(&x.month)).then_with(|| x.vendor.cmp(&y.vendor)));
    Ok(months.into_iter().map(|(_, month)| month).collect())
}

fn month_view(
    vendor: String,
    (month, month_label): (String, String),
    evidence: &VendorMonth,
    currency: Currency,
) -> VendorMonthView {
    let money = |sum: Femtos| Money::from_nanos(sum.to_nanos(), currency);
    let difference = evidence.difference().map(money);
    let causes = [
        (CauseKind::NotMetered, evidence.not_metered),
        (CauseKind::OtherKinds, evidence.other_kinds),
        (CauseKind::Unpriced, evidence.unpriced),
        (CauseKind::NotBilled, Femtos(-evidence.not_billed.0)),
        (CauseKind::Neighbouring, evidence.neighbouring),
    ];
    let causes: Vec<CauseView> = causes
        .into_iter()
        .filter(|(_, amount)| difference.is_some() && amount.0 != 0)
        .map(|(kind, amount)| CauseView { kind, amount: money(amount) })
        .collect();
    VendorMonthView {
        vendor,
        month,
        month_label,
        computed: evidence.computed.map(money),
        reported: evidence.reported.map(money),
        billed: evidence.billed.map(money),
        metered: money(evidence.metered),
        spend: evidence.is_costed().then(|| money(evidence.spend)),
        remainder: difference.map(|whole| {
            // Of the amounts shown, so that they add up: each is rounded to the nano-unit.
            let explained: i128 = causes.iter().map(|cause| cause.amount.nanos()).sum();
            Money::from_nanos(whole.nanos() - explained, currency)
        }),
        difference,
        share: evidence.share(),
        flagged: evidence.is_flagged(),
        lump_sum: evidence.lump_sum,
        incomplete: evidence.is_incomplete(),
        causes,
        unrecognised: (evidence.unrecognised.0 != 0).then(|| money(evidence.unrecognised)),
        unpriced_tokens: evidence.unpriced_tokens.to_string(),
        set_aside: evidence.set_aside.map(money),
    }
}

/// Models of the period whose name nothing resolves, most money and tokens first, each with a guess.
fn unresolved(loaded: &Loaded, (from, to): (NaiveDate, NaiveDate)) -> Result<Vec<UnresolvedModel>> {
    let mut found: BTreeMap<(u32, u32), (u64, i128)> = BTreeMap::new();
    for row in loaded.cube.rows_between(from, to) {
        let series = &loaded.cube.series()[row.series as usize];
        let [vendor, model, ..] = series.values;
        if series.identity.recognised || loaded.names.name(model).is_empty() {
            continue;
        }
        let sums = found.entry((vendor, model)).or_default();
        sums.0 += row.measures.tokens.total();
        if matches!(series.basis, Basis::Charge(_)) && series.currency == loaded.settings.currency {
            sums.1 += row.measures.reported_nanos;
        }
    }
    let mut list: Vec<((u32, u32), (u64, i128))> = found.into_iter().collect();
    list.sort_by_key(|(_, (tokens, nanos))| std::cmp::Reverse((*nanos, *tokens)));
    Ok(list
        .into_iter()
        .take(200)
        .map(|((vendor, model), (tokens, nanos))| {
            let (vendor, model) = (loaded.names.name(vendor).to_owned(), loaded.names.name(model).to_owned());
            let guess = loaded.prices.book.nearest(&vendor, &model);
            UnresolvedModel {
                tokens: tokens.to_string(),
                charged: (nanos != 0).then(|| Money::from_nanos(nanos, loaded.settings.currency)),
                guess: guess
                    .map(|offer| AliasTarget { provider: offer.provider.to_owned(), model: offer.model.to_owned() }),
                vendor,
                model,
            }
        })
        .collect())
}

pub async fn aliases(context: &Context, (): ()) -> Result<Vec<ModelAlias>> {
    let store = context.store().await?;
    let aliases = store::price::aliases(&mut *store.read().await?).await?;
    Ok(aliases.into_iter().filter(|(_, recorded)| *recorded).map(|(alias, _)| alias).collect())
}

/// What recording an alias makes known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AliasEffect {
    pub alias: ModelAlias,
    /// Days whose unpriced usage has a price now.
    pub priced: Vec<DayPriced>,
}

/// Records that a vendor means a model of the price book by a name. Usage it left unpriced gets its price.
pub async fn alias_save(context: &Context, draft: ModelAlias) -> Result<AliasEffect> {
    let alias = ModelAlias {
        vendor: model_name::vendor(&draft.vendor),
        alias: draft.alias.trim().to_lowercase(),
        provider: draft.provider.trim().to_lowercase(),
        model: draft.model.trim().to_lowercase(),
    };
    if alias.alias.is_empty() {
        return Err(AppError::field("alias", "required"));
    }
    let store = context.store().await?;
    let mut write = store.write().await?;
    if store::price::offer(write.connection(), &alias.provider, &alias.model).await?.is_empty() {
        return Err(AppError::field("model", "no-such-model"));
    }
    let before = store::price::aliases(write.connection())
        .await?
        .into_iter()
        .map(|(known, _)| known)
        .find(|known| known.vendor == alias.vendor && known.alias == alias.alias);
    store::price::record_alias(&mut write, &alias).await?;
    let repricing = repricing::price_unpriced(&mut write).await?;
    let (id, subject) = (alias_id(&alias), format!("{} → {}", alias.alias, alias.model));
    let logged = |record, repricing: &repricing::Repricing| {
        serde_json::to_value(repricing::Repriced { record, priced: &repricing.days, priced_series: &repricing.series })
            .map_err(|error| AppError::Internal(error.to_string()))
    };
    let after = logged(&alias, &repricing)?;
    match &before {
        Some(before) => {
            let before = logged(before, &repricing::Repricing::default())?;
            activity::decided(&mut write, context, Area::Alias, &id, &subject, &before, &after).await?;
        }
        None => activity::created(&mut write, context, Area::Alias, &id, &subject, &after).await?,
    }
    write.commit().await?;
    Ok(AliasEffect { alias, priced: repricing.days })
}

fn alias_id(alias: &ModelAlias) -> String {
    format!("{}/{}", alias.vendor, alias.alias)
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AliasRef {
    pub vendor: String,
    pub alias: String,
}

/// Forgets an alias. What was priced through it stays priced: history does not move.
pub async fn alias_forget(context: &Context, which: AliasRef) -> Result<()> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    let known = store::price::aliases(write.connection()).await?;
    let before = known.into_iter().map(|(alias, _)| alias).find(|a| a.vendor == which.vendor && a.alias == which.alias);
    let before = before.ok_or_else(|| AppError::refused("not-found"))?;
    store::price::forget_alias(&mut write, &which.vendor, &which.alias).await?;
    let subject = format!("{} → {}", before.alias, before.model);
    activity::deleted(&mut write, context, Area::Alias, &alias_id(&before), &subject, &before).await?;
    write.commit().await?;
    Ok(())
}

/// Which of two feeds counts where both tell of the same vendor, model and day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FeedPairDraft {
    pub a_id: u32,
    pub b_id: u32,
    /// "this" is a.
    pub basis: FeedBasis,
}

pub async fn feed_pair_save(context: &Context, draft: FeedPairDraft) -> Result<()> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    let sources = store::import::sources(write.connection()).await?;
    let name = |id: u32| sources.iter().find(|(source, ..)| *source == id).map(|(_, name, _)| name.clone());
    let (Some(a), Some(b)) = (name(draft.a_id), name(draft.b_id)) else { return Err(AppError::refused("not-found")) };
    let known = store::import::feed_pairs(write.connection()).await?;
    let pair = known.into_iter().find(|pair| [(pair.a, pair.b), (pair.b, pair.a)].contains(&(draft.a_id, draft.b_id)));
    let before = pair.map(|pair| FeedPairDraft {
        a_id: draft.a_id,
        b_id: draft.b_id,
        basis: match pair.basis {
            None => FeedBasis::Both,
            Some(basis) if basis == draft.a_id => FeedBasis::This,
            Some(_) => FeedBasis::Other,
        },
    });
    feeds::answer(&mut write, draft.a_id, draft.b_id, draft.basis).await?;
    let (id, subject) = (format!("{}/{}", draft.a_id, draft.b_id), format!("{a} · {b}"));
    match &before {
        Some(before) => activity::decided(&mut write, context, Area::Feed, &id, &subject, before, &draft).await?,
        None => activity::created(&mut write, context, Area::Feed, &id, &subject, &draft).await?,
    }
    write.commit().await?;
    Ok(())
}
