//! Reconciliation: computed, reported and billed beside each other per vendor and month, with what explains the difference; the
//! aliases of models, and which of two feeds counts.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::calendar::Period;
use domain::economics::{Basis, VendorMonth, reconcile};
use domain::model_name;
use domain::money::{Currency, Femtos, Money};
use domain::price_book::ModelAlias;
use domain::urgency::Urgency;
use report::format;
use serde::{Deserialize, Serialize};
use store::Write;
use store::activity::Activity;
use store::import::FeedPair;
use ts_rs::TS;

use crate::activity;
use crate::economics::{self, Loaded, period_label};
use crate::frame::attention::AttentionItem;
use crate::import::{FeedBasis, feeds};
use crate::repricing::{self, DayPriced};
use crate::view::{Link, word};
use crate::{AppError, Context, Result};

pub(crate) const ALIAS: &str = "alias";
pub(crate) const FEED: &str = "feed";

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
    /// What it is called.
    pub vendor_name: String,
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
    /// The same with its sign: "+10.0 %".
    pub share_text: Option<String>,
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
    /// What is billed and metered and what explains the difference, in words.
    pub finding: Vec<String>,
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
    /// What it is called.
    pub vendor_name: String,
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
            let name = loaded.vendors.biller(&vendor);
            let mut view = month_view((vendor, name), place, &evidence, currency);
            view.finding = finding(context, &view);
            (evidence.difference().map(|sum| sum.0.abs()), view)
        })
        .collect();
    months.sort_by(|(a, x), (b, y)| b.cmp(a).then_with(|| y.month.cmp(&x.month)).then_with(|| x.vendor.cmp(&y.vendor)));
    Ok(months.into_iter().map(|(_, month)| month).collect())
}

fn month_view(
    (vendor, vendor_name): (String, String),
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
        vendor_name,
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
        share_text: evidence.share().map(|share| format::change(share, 1)),
        flagged: evidence.is_flagged(),
        lump_sum: evidence.lump_sum,
        incomplete: evidence.is_incomplete(),
        causes,
        unrecognised: (evidence.unrecognised.0 != 0).then(|| money(evidence.unrecognised)),
        unpriced_tokens: evidence.unpriced_tokens.to_string(),
        set_aside: evidence.set_aside.map(money),
        finding: Vec::new(),
    }
}

/// A month's bill and meter with the causes that are known and the rest, a line each.
fn finding(context: &Context, month: &VendorMonthView) -> Vec<String> {
    let money = |money: &Money| format::money_unit(money.nanos(), money.currency().code(), context.language);
    const UNKNOWN: &str = "—";
    let mut lines = vec![context.text(
        // A bill and a meter that share no day have nothing to be compared.
        if month.share.is_some() { "bill-finding" } else { "bill-finding-apart" },
        &[
            ("vendor", month.vendor_name.as_str().into()),
            ("month", month.month_label.as_str().into()),
            ("billed", month.billed.as_ref().map_or(UNKNOWN.to_owned(), money).into()),
            ("metered", money(&month.metered).into()),
            ("share", month.share.map_or(UNKNOWN.to_owned(), |share| format::change(share, 1)).into()),
        ],
    )];
    if month.lump_sum {
        lines.push(context.text("bill-lump-sum", &[]));
    }
    for cause in &month.causes {
        let id = format!("bill-cause-{}", word(&cause.kind));
        lines.push(context.text(&id, &[("amount", money(&cause.amount).into())]));
    }
    if let Some(remainder) = month.remainder.as_ref().filter(|money| money.nanos() != 0) {
        lines.push(context.text("bill-cause-remainder", &[("amount", money(remainder).into())]));
    }
    lines
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
                vendor_name: loaded.vendors.label(&vendor),
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
    let after = logged(&alias, &repricing)?;
    match &before {
        Some(before) => {
            let before = logged(before, &repricing::Repricing::default())?;
            activity::decided(&mut write, context, ALIAS, &id, &subject, &before, &after).await?;
        }
        None => activity::created(&mut write, context, ALIAS, &id, &subject, &after).await?,
    }
    write.commit().await?;
    Ok(AliasEffect { alias, priced: repricing.days })
}

/// What the log keeps of an alias.
fn logged(alias: &ModelAlias, repricing: &repricing::Repricing) -> Result<serde_json::Value> {
    let record = repricing::Repriced { record: alias, priced: &repricing.days, priced_series: &repricing.series };
    serde_json::to_value(record).map_err(|error| AppError::Internal(error.to_string()))
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
    activity::deleted(&mut write, context, ALIAS, &alias_id(&before), &subject, &before).await?;
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
        Some(before) => activity::decided(&mut write, context, FEED, &id, &subject, before, &draft).await?,
        None => activity::created(&mut write, context, FEED, &id, &subject, &draft).await?,
    }
    write.commit().await?;
    Ok(())
}

/// Makes an alias or the answer about two feeds what it was before a change.
pub(crate) async fn put_back(write: &mut Write, activity: &Activity) -> Result<()> {
    let (before, after) = (activity.before.clone(), activity.after.clone().unwrap_or_default());
    if activity.area == FEED {
        return match before {
            Some(before) => {
                let draft: FeedPairDraft = activity::read(before)?;
                feeds::answer(write, draft.a_id, draft.b_id, draft.basis).await
            }
            None => {
                let added: FeedPairDraft = activity::read(after)?;
                Ok(store::import::save_feed_pair(write, added.a_id, added.b_id, None).await?)
            }
        };
    }
    // What it priced is given back, whether it goes or takes its old meaning again.
    if let Some(series) = after.get("pricedSeries") {
        repricing::unprice_series(write, &activity::read::<Vec<u32>>(series.clone())?).await?;
    }
    match before {
        Some(before) => store::price::record_alias(write, &activity::read::<ModelAlias>(before)?).await?,
        None => {
            let added: ModelAlias = activity::read(after)?;
            store::price::forget_alias(write, &added.vendor, &added.alias).await?;
        }
    }
    Ok(())
}

/// Makes a change of an alias or of the answer about two feeds again; an alias prices anew what has no price.
pub(crate) async fn put_again(write: &mut Write, activity: &Activity) -> Result<Option<serde_json::Value>> {
    let Some(after) = activity.after.clone().filter(|_| activity.area == ALIAS) else {
        return put_back(write, &activity.reversed()).await.map(|()| None);
    };
    let alias: ModelAlias = activity::read(after)?;
    store::price::record_alias(write, &alias).await?;
    Ok(Some(logged(&alias, &repricing::price_unpriced(write).await?)?))
}

/// Vendors' months of a period whose bill differs too much from the meter; without a period those of the quarter with
/// data and the one before it, for bills come late.
pub(crate) async fn bills_that_differ(context: &Context, period: Option<Period>) -> Result<Vec<AttentionItem>> {
    let loaded = economics::load(context).await?;
    let days = match (period, economics::quarter_in_hand(context, &loaded)) {
        (Some(period), _) => loaded.calendar.days(period),
        (None, Some(quarter)) => {
            (loaded.calendar.days(loaded.calendar.previous(quarter)).0, loaded.calendar.days(quarter).1)
        }
        (None, None) => return Ok(Vec::new()),
    };
    let months = match months(context, &loaded, days) {
        // Said already, of the figures that need it.
        Err(AppError::MissingRate(_)) => return Ok(Vec::new()),
        months => months?,
    };
    Ok(months.iter().filter(|month| month.flagged).map(|month| differs(context, month)).collect())
}

fn differs(context: &Context, month: &VendorMonthView) -> AttentionItem {
    let money = |money: &Money| format::money(money.nanos(), money.currency().code(), context.language);
    AttentionItem {
        key: format!("economics/bill/{}/{}", month.vendor, month.month),
        area: "economics".to_owned(),
        kind: "bill-differs".to_owned(),
        urgency: Urgency::Later,
        title: context.text(
            if month.lump_sum { "home-bill-lump-sum" } else { "home-bill-differs" },
            &[("vendor", month.vendor_name.clone().into()), ("month", month.month_label.clone().into())],
        ),
        detail: context.text(
            if month.lump_sum { "home-bill-lump-sum-detail" } else { "home-bill-differs-detail" },
            &[
                ("billed", month.billed.as_ref().map_or_else(String::new, money).into()),
                ("metered", money(&month.metered).into()),
            ],
        ),
        evidence: month.finding.clone(),
        owner: String::new(),
        due: None,
        days_left: None,
        money: month.difference.as_ref().map(money),
        action: context.text("attention-reconcile", &[]),
        link: Link::to("reconciliation", &month.month),
    }
}
