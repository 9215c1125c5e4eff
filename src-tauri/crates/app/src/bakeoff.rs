//! Bake-offs: who is compared on what, what came in, how sure it is, and what is decided. While a round of blind scoring is open,
//! no candidate of its bake-off has a name: [`Names`] is the only way to one.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::bakeoff::{
    Bakeoff, BakeoffDetails, Candidate, CandidateDetails, CandidateId, Criterion, LEAD_DAYS, PriceSource, Seal,
};
use domain::id::{BakeoffId, ContractId, RoundId, SuiteId};
use report::format;
use serde::{Deserialize, Serialize};
use store::Snapshot;
use store::activity::Activity;
use store::bakeoff::round::Round;
use ts_rs::TS;
use uuid::Uuid;

use crate::error::FieldError;
use crate::{AppError, Context, Result, activity, suite};

pub mod blind;
pub mod compare;
pub mod decide;
pub mod export;
pub mod memo;
pub mod power;
pub mod results;
pub mod scorers;
pub(crate) mod settled;
pub(crate) mod standing;
pub(crate) mod waiting;

pub use power::PowerView;
pub(crate) use power::measured_power;
use power::power;

pub(crate) const BAKEOFF: &str = "bakeoff";
pub(crate) const CANDIDATE: &str = "candidate";
pub(crate) const RESULT_IMPORT: &str = "result-import";

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BakeoffRef {
    pub id: BakeoffId,
}

/// A bake-off as typed; without an id it is new.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BakeoffDraft {
    pub id: Option<BakeoffId>,
    pub name: String,
    #[serde(default)]
    pub owner: String,
    #[serde(default)]
    pub question: String,
    pub suite_id: SuiteId,
    pub version: u32,
    #[serde(default)]
    pub contract_id: Option<ContractId>,
    /// Where none are typed, those the results bring are taken.
    #[serde(default)]
    pub criteria: Vec<Criterion>,
    #[serde(default = "minimum_effect")]
    pub minimum_effect: f64,
    #[serde(default = "one")]
    pub repeats: u32,
    #[serde(default = "lead_days")]
    pub lead_days: u32,
}

impl BakeoffDraft {
    /// A new one with nothing said but what it is on.
    pub fn on(name: String, suite_id: SuiteId, version: u32) -> Self {
        Self {
            id: None,
            name,
            owner: String::new(),
            question: String::new(),
            suite_id,
            version,
            contract_id: None,
            criteria: Vec::new(),
            minimum_effect: minimum_effect(),
            repeats: one(),
            lead_days: lead_days(),
        }
    }
}

/// Two points of a hundred.
fn minimum_effect() -> f64 {
    0.02
}

fn one() -> u32 {
    1
}

fn lead_days() -> u32 {
    LEAD_DAYS
}

/// A candidate as typed; without an id it is new.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CandidateDraft {
    pub bakeoff_id: BakeoffId,
    #[ts(type = "number | null")]
    pub id: Option<CandidateId>,
    #[serde(flatten)]
    pub details: CandidateDetails,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CandidateRef {
    pub id: CandidateId,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BakeoffRow {
    pub id: BakeoffId,
    pub name: String,
    pub owner: String,
    /// "Clinical assistant v7".
    pub suite: String,
    pub cases: u32,
    pub candidates: u32,
    pub results: u32,
    pub stage: Stage,
    /// The stage in words.
    pub stage_text: String,
    /// The day by which it has to have begun, where it serves a contract's deadline.
    #[ts(type = "string | null")]
    pub begin: Option<NaiveDate>,
    pub begin_text: String,
}

/// How far a bake-off has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Nothing has come in yet.
    Planned,
    Results,
    Scoring,
    /// A round is closed; nothing is signed.
    Scored,
    Signed,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BakeoffView {
    pub row: BakeoffRow,
    pub details: BakeoffDetails,
    pub suite_hash: String,
    pub candidates: Vec<CandidateView>,
    /// The round whose being open hides every name.
    pub sealed: Option<RoundId>,
    pub power: PowerView,
    pub deadline: Option<DeadlineView>,
    pub imports: Vec<results::ResultImportView>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CandidateView {
    pub id: CandidateId,
    /// What it is called, or the number it goes by while a round is open.
    pub name: String,
    /// `None` while a round is open.
    pub details: Option<CandidateDetails>,
    pub vendor: String,
    /// What its tokens are counted at, in words.
    pub price: String,
    pub results: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeadlineView {
    pub contract_id: ContractId,
    pub contract: String,
    #[ts(type = "string")]
    pub notice: NaiveDate,
    pub notice_text: String,
    #[ts(type = "string")]
    pub begin: NaiveDate,
    pub begin_text: String,
    /// Negative once it is past.
    pub days_left: i32,
}

/// What candidates are called: their names, or numbers while a round is open.
pub(crate) struct Names {
    pub candidates: Vec<Candidate>,
    seal: Option<(RoundId, Seal)>,
    number: String,
}

impl Names {
    pub(crate) async fn of(context: &Context, snapshot: &mut Snapshot, id: BakeoffId) -> Result<Self> {
        let candidates = store::bakeoff::candidates(snapshot, id).await?;
        let open = store::bakeoff::round::open(snapshot).await?;
        let round = open.into_iter().find(|round| round.bakeoff_id == id);
        let ids: Vec<CandidateId> = candidates.iter().map(|candidate| candidate.id).collect();
        let seal = round.map(|round| (round.id, Seal::new(&ids, seed_of(&round))));
        Ok(Self { candidates, seal, number: context.text("candidate-sealed", &[]) })
    }

    pub(crate) fn sealed(&self) -> Option<RoundId> {
        self.seal.as_ref().map(|(round, _)| *round)
    }

    /// # Errors
    /// `sealed`, while a round is open.
    pub(crate) fn expect_open(&self) -> Result<()> {
        if self.seal.is_some() { Err(AppError::refused("sealed")) } else { Ok(()) }
    }

    pub(crate) fn name(&self, id: CandidateId) -> String {
        match &self.seal {
            Some((_, seal)) => format!("{} {}", self.number, seal.number(id)),
            None => {
                self.candidates.iter().find(|one| one.id == id).map_or_else(String::new, |one| one.details.name.clone())
            }
        }
    }

    /// The id a candidate is shown by: its own, or one that stands for its place under the seal.
    pub(crate) fn shown_id(&self, id: CandidateId) -> CandidateId {
        self.seal.as_ref().map_or(id, |(_, seal)| CandidateId(-i64::from(seal.number(id))))
    }

    /// Candidates in the order in which they are shown: as they were entered, or by the numbers they go by.
    pub(crate) fn shown(&self) -> Vec<CandidateId> {
        let mut ids: Vec<CandidateId> = self.candidates.iter().map(|one| one.id).collect();
        if let Some((_, seal)) = &self.seal {
            ids.sort_by_key(|id| seal.number(*id));
        }
        ids
    }

    pub(crate) fn incumbent(&self) -> Option<CandidateId> {
        self.candidates.iter().find(|one| one.details.incumbent).map(|one| one.id)
    }
}

/// The seed a round keeps.
pub(crate) fn seed_of(round: &Round) -> u64 {
    round.details["seed"].as_str().and_then(|seed| seed.parse().ok()).unwrap_or(0)
}

/// A difference of points of a hundred, as everything here writes it.
pub(crate) fn points(share: f64) -> String {
    format::points(share, 1)
}

/// The notice deadline a bake-off serves, and the day it has to begin for it.
async fn deadline(
    context: &Context,
    snapshot: &mut Snapshot,
    details: &BakeoffDetails,
) -> Result<Option<DeadlineView>> {
    let Some(id) = details.contract_id else { return Ok(None) };
    let Some(contract) = store::contract::find(snapshot, id).await? else { return Ok(None) };
    let today = context.today(&store::workspace::settings(snapshot).await?)?;
    let Some(deadline) = domain::contract::deadline(&contract.details.terms, today) else { return Ok(None) };
    let begin = deadline.date - Duration::days(details.lead_days.into());
    Ok(Some(DeadlineView {
        contract_id: id,
        contract: contract.details.title,
        notice: deadline.date,
        notice_text: format::date(deadline.date, context.language),
        begin,
        begin_text: format::date(begin, context.language),
        days_left: (deadline.date - today).num_days() as i32,
    }))
}

async fn stage(snapshot: &mut Snapshot, id: BakeoffId, results: u32) -> Result<Stage> {
    let decisions = store::bakeoff::decision::list(snapshot, id).await?;
    if decisions.iter().any(|decision| decision.signed.is_some()) {
        return Ok(Stage::Signed);
    }
    let rounds = store::bakeoff::round::list(snapshot, id).await?;
    Ok(match (rounds.iter().any(|round| round.closed.is_none()), rounds.is_empty(), results) {
        (true, ..) => Stage::Scoring,
        (_, false, _) => Stage::Scored,
        (.., 0) => Stage::Planned,
        _ => Stage::Results,
    })
}

async fn row(context: &Context, snapshot: &mut Snapshot, bakeoff: &Bakeoff) -> Result<BakeoffRow> {
    let details = &bakeoff.details;
    let suite = store::suite::get(snapshot, details.suite_id).await?;
    let cases = match store::suite::version_of(snapshot, details.suite_id, details.version).await {
        Ok(version) => version.cases,
        Err(store::StoreError::NotFound) => 0,
        Err(error) => return Err(error.into()),
    };
    let counts = store::bakeoff::results::counts(snapshot, bakeoff.id).await?;
    let results = counts.iter().map(|(_, count)| count).sum();
    let stage = stage(snapshot, bakeoff.id, results).await?;
    let deadline = deadline(context, snapshot, details).await?;
    Ok(BakeoffRow {
        id: bakeoff.id,
        name: details.name.clone(),
        owner: details.owner.clone(),
        suite: format!("{} v{}", suite.name, details.version),
        cases,
        candidates: store::bakeoff::candidates(snapshot, bakeoff.id).await?.len() as u32,
        results,
        stage,
        stage_text: context.text(&format!("bakeoff-stage-{}", crate::view::word(&stage)), &[]),
        begin: deadline.as_ref().map(|deadline| deadline.begin),
        begin_text: deadline.map_or_else(String::new, |deadline| deadline.begin_text),
    })
}

pub async fn bakeoffs(context: &Context, (): ()) -> Result<Vec<BakeoffRow>> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let mut rows = Vec::new();
    for bakeoff in store::bakeoff::list(&mut snapshot).await? {
        rows.push(row(context, &mut snapshot, &bakeoff).await?);
    }
    Ok(rows)
}

pub async fn bakeoff(context: &Context, input: BakeoffRef) -> Result<BakeoffView> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let bakeoff = store::bakeoff::get(&mut snapshot, input.id).await?;
    let row = row(context, &mut snapshot, &bakeoff).await?;
    let names = Names::of(context, &mut snapshot, bakeoff.id).await?;
    let counts: BTreeMap<CandidateId, u32> =
        store::bakeoff::results::counts(&mut snapshot, bakeoff.id).await?.into_iter().collect();
    let vendors = store::vendor::names(&mut snapshot).await?;
    let contracts = store::contract::list(&mut snapshot).await?;
    let version = store::suite::version_of(&mut snapshot, bakeoff.details.suite_id, bakeoff.details.version).await?;
    let is_sealed = names.sealed().is_some();
    let candidates = names
        .shown()
        .into_iter()
        .map(|id| {
            let details =
                names.candidates.iter().find(|one| one.id == id).map(|one| &one.details).filter(|_| !is_sealed);
            let vendor = details.and_then(|one| one.vendor_id).and_then(|vendor| vendors.get(&vendor.to_string()));
            let price = match details.map(|one| one.price) {
                None => String::new(),
                Some(PriceSource::Book) => context.text("price-source-book", &[]),
                Some(PriceSource::Stated) => context.text("price-source-stated", &[]),
                Some(PriceSource::Contract { contract_id }) => {
                    let contract = contracts.iter().find(|contract| contract.id == contract_id);
                    contract.map_or_else(|| "—".to_owned(), |contract| contract.details.title.clone())
                }
            };
            CandidateView {
                // While a round is open not even the number they had before tells who they are.
                id: names.shown_id(id),
                name: names.name(id),
                vendor: vendor.cloned().unwrap_or_default(),
                price,
                // How many answers there are of each would tell them apart.
                results: if is_sealed { 0 } else { counts.get(&id).copied().unwrap_or(0) },
                details: details.cloned(),
            }
        })
        .collect();
    Ok(BakeoffView {
        power: power(context, version.cases, &bakeoff.details),
        deadline: deadline(context, &mut snapshot, &bakeoff.details).await?,
        imports: if is_sealed { Vec::new() } else { results::views(context, &mut snapshot, bakeoff.id).await? },
        suite_hash: version.hash.map(|hash| hash.to_string()).unwrap_or_default(),
        sealed: names.sealed(),
        candidates,
        row,
        details: bakeoff.details,
    })
}

/// Names of criteria are compared without regard to case: files write them as they please.
fn checked(draft: &BakeoffDraft) -> Result<BakeoffDetails> {
    let mut problems = Vec::new();
    if draft.name.trim().is_empty() {
        problems.push(FieldError::new("name", "required"));
    }
    if !(draft.minimum_effect.is_finite() && draft.minimum_effect > 0.0 && draft.minimum_effect < 1.0) {
        problems.push(FieldError::new("minimumEffect", "share-between"));
    }
    if !(1..=1_000).contains(&draft.repeats) {
        problems.push(FieldError::new("repeats", "count-of-repeats"));
    }
    if draft.lead_days > 1_000 {
        problems.push(FieldError::new("leadDays", "too-many-days"));
    }
    let mut seen = BTreeSet::new();
    for criterion in &draft.criteria {
        let name = criterion.name.trim().to_lowercase();
        // Weights know these two as what answers cost and how long they take.
        let is_reserved = name == "cost" || name == "latency";
        if name.is_empty() || is_reserved || !seen.insert(name) {
            problems.push(FieldError::new("criteria", "criterion-name"));
        }
        if criterion.share(criterion.best).is_none() || !criterion.passes.is_finite() {
            problems.push(FieldError::new("criteria", "criterion-scale"));
        }
    }
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    Ok(BakeoffDetails {
        name: draft.name.trim().to_owned(),
        owner: draft.owner.trim().to_owned(),
        question: draft.question.trim().to_owned(),
        suite_id: draft.suite_id,
        version: draft.version,
        contract_id: draft.contract_id,
        criteria: draft.criteria.clone(),
        minimum_effect: draft.minimum_effect,
        repeats: draft.repeats,
        lead_days: draft.lead_days,
    })
}

pub async fn bakeoff_save(context: &Context, draft: BakeoffDraft) -> Result<BakeoffRef> {
    let details = checked(&draft)?;
    let store = context.store().await?;
    let mut write = store.write().await?;
    suite::frozen_in(&mut write, details.suite_id, details.version).await?;
    let before = match draft.id {
        Some(id) => Some(store::bakeoff::get(write.connection(), id).await?),
        None => None,
    };
    if let Some(before) = &before {
        let moved = (before.details.suite_id, before.details.version) != (details.suite_id, details.version);
        let has_results = !store::bakeoff::results::counts(write.connection(), before.id).await?.is_empty();
        // Results belong to the version they answer, for ever.
        if moved && has_results {
            return Err(AppError::Invalid(vec![FieldError::new("version", "has-results")]));
        }
    }
    let bakeoff = Bakeoff { id: draft.id.unwrap_or_else(|| BakeoffId(Uuid::now_v7())), details };
    let id = bakeoff.id.to_string();
    let name = bakeoff.details.name.clone();
    match &before {
        Some(before) if *before == bakeoff => return Ok(BakeoffRef { id: bakeoff.id }),
        Some(before) => activity::edited(&mut write, context, BAKEOFF, &id, &name, before, &bakeoff).await?,
        None => activity::created(&mut write, context, BAKEOFF, &id, &name, &bakeoff).await?,
    }
    store::bakeoff::save(&mut write, &bakeoff, context.now()).await?;
    write.commit().await?;
    Ok(BakeoffRef { id: bakeoff.id })
}

pub async fn bakeoff_delete(context: &Context, input: BakeoffRef) -> Result<()> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    let bakeoff = store::bakeoff::get(write.connection(), input.id).await?;
    let name = bakeoff.details.name.clone();
    activity::deleted(&mut write, context, BAKEOFF, &bakeoff.id.to_string(), &name, &bakeoff).await?;
    store::bakeoff::delete(&mut write, bakeoff.id).await?;
    write.commit().await?;
    Ok(())
}

/// A candidate with the bake-off it is of, as the log keeps it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entered {
    bakeoff_id: BakeoffId,
    #[serde(flatten)]
    candidate: Candidate,
}

pub async fn candidate_save(context: &Context, draft: CandidateDraft) -> Result<CandidateRef> {
    let name = draft.details.name.trim().to_owned();
    if name.is_empty() {
        return Err(AppError::Invalid(vec![FieldError::new("name", "required")]));
    }
    let store = context.store().await?;
    let mut write = store.write().await?;
    let bakeoff = store::bakeoff::get(write.connection(), draft.bakeoff_id).await?;
    expect_unsealed(&mut write, bakeoff.id).await?;
    let others = store::bakeoff::candidates(write.connection(), bakeoff.id).await?;
    if others.iter().any(|other| Some(other.id) != draft.id && other.details.name.to_lowercase() == name.to_lowercase())
    {
        return Err(AppError::Invalid(vec![FieldError::new("name", "taken")]));
    }
    let details = CandidateDetails { name, ..draft.details };
    if details.incumbent {
        // There is one in use: who it was before is a candidate like the others.
        for other in others.iter().filter(|other| other.details.incumbent && Some(other.id) != draft.id) {
            let mut changed = other.clone();
            changed.details.incumbent = false;
            log_candidate(&mut write, context, &bakeoff, Some(other), Some(&changed)).await?;
            store::bakeoff::candidate_save(&mut write, &changed).await?;
        }
    }
    let id = match draft.id {
        Some(id) => {
            let before = others.iter().find(|other| other.id == id).ok_or(store::StoreError::NotFound)?;
            let after = Candidate { id, details };
            if after != *before {
                log_candidate(&mut write, context, &bakeoff, Some(before), Some(&after)).await?;
                store::bakeoff::candidate_save(&mut write, &after).await?;
            }
            id
        }
        None => {
            let id = store::bakeoff::candidate_add(&mut write, bakeoff.id, &details).await?;
            log_candidate(&mut write, context, &bakeoff, None, Some(&Candidate { id, details })).await?;
            id
        }
    };
    write.commit().await?;
    Ok(CandidateRef { id })
}

pub async fn candidate_delete(context: &Context, input: CandidateRef) -> Result<()> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    let (id, candidate) = store::bakeoff::candidate_of(write.connection(), input.id).await?;
    expect_unsealed(&mut write, id).await?;
    let bakeoff = store::bakeoff::get(write.connection(), id).await?;
    log_candidate(&mut write, context, &bakeoff, Some(&candidate), None).await?;
    store::bakeoff::candidate_delete(&mut write, candidate.id).await?;
    write.commit().await?;
    Ok(())
}

/// The log names the bake-off, never the candidate: it is read while a round is open.
async fn log_candidate(
    write: &mut store::Write,
    context: &Context,
    bakeoff: &Bakeoff,
    before: Option<&Candidate>,
    after: Option<&Candidate>,
) -> Result<()> {
    let entered =
        |candidate: Option<&Candidate>| candidate.map(|one| Entered { bakeoff_id: bakeoff.id, candidate: one.clone() });
    let id = before.or(after).map_or(0, |candidate| candidate.id.0).to_string();
    let name = &bakeoff.details.name;
    match (entered(before), entered(after)) {
        (None, Some(after)) => activity::created(write, context, CANDIDATE, &id, name, &after).await,
        (Some(before), None) => activity::deleted(write, context, CANDIDATE, &id, name, &before).await,
        (Some(before), Some(after)) => activity::edited(write, context, CANDIDATE, &id, name, &before, &after).await,
        (None, None) => Ok(()),
    }
}

/// # Errors
/// `sealed`, while a round of the bake-off is open: nothing that tells candidates apart is changed then.
pub(crate) async fn expect_unsealed(write: &mut store::Write, id: BakeoffId) -> Result<()> {
    let open = store::bakeoff::round::open(write.connection()).await?;
    if open.iter().any(|round| round.bakeoff_id == id) { Err(AppError::refused("sealed")) } else { Ok(()) }
}

/// Makes a bake-off or a candidate what it was before a change.
pub(crate) async fn put_back(write: &mut store::Write, activity: &Activity) -> Result<()> {
    match activity.area.as_str() {
        CANDIDATE => {
            let state = activity.before.clone().or(activity.after.clone());
            let entered: Entered = activity::read(state.ok_or_else(|| AppError::refused("undo-not-possible"))?)?;
            expect_unsealed(write, entered.bakeoff_id).await?;
            match activity.before {
                Some(_) => store::bakeoff::candidate_save(write, &entered.candidate).await?,
                None => store::bakeoff::candidate_delete(write, entered.candidate.id).await?,
            }
        }
        RESULT_IMPORT => {
            let id = activity::id_of(activity)?;
            let import = store::bakeoff::results::import_get(write.connection(), id).await?;
            expect_unsealed(write, import.bakeoff_id).await?;
            // What a round or a signature rests on is not swept away by the key that takes back typing.
            let rounds = store::bakeoff::round::list(write.connection(), import.bakeoff_id).await?;
            let decisions = store::bakeoff::decision::list(write.connection(), import.bakeoff_id).await?;
            let rests = decisions.iter().filter_map(|one| one.signed.as_ref()).any(|signed| signed.at >= import.at)
                || rounds.iter().any(|round| round.opened_at >= import.at && !blind::is_of_import(round, id));
            if rests {
                return Err(AppError::refused("undo-results-rest"));
            }
            let reverted = activity.before.is_none();
            store::bakeoff::results::import_set_reverted(write, id, reverted).await?;
            results::set_verdicts_reverted(write, &import, reverted).await?;
        }
        decide::DECISION => decide::put_back(write, activity).await?,
        _ => match activity.before.clone() {
            Some(before) => {
                let bakeoff: Bakeoff = activity::read(before)?;
                store::bakeoff::save(write, &bakeoff, DateTime::<Utc>::UNIX_EPOCH).await?;
            }
            None => store::bakeoff::delete(write, activity::id_of(activity)?).await?,
        },
    }
    Ok(())
}
