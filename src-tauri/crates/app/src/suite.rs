//! Suites: what they are called, their versions, and the cases these hold. A frozen version is never edited: every change goes
//! to the next draft.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::id::SuiteId;
use domain::suite::diff::{CaseField, diff};
use domain::suite::hash::{content, version as version_hash};
use domain::suite::scan::{FindingKind, scan};
use domain::suite::{Case, SuiteKind};
use report::format;
use serde::{Deserialize, Serialize};
use store::suite::{StoredCase, Suite, Version};
use store::{Snapshot, StoreError, Write};
use tokio::sync::Mutex;
use ts_rs::TS;
use uuid::Uuid;

use crate::error::FieldError;
use crate::{AppError, Context, Result, activity};

mod import;

pub use import::*;

pub(crate) const SUITE: &str = "suite";
/// A version's cases, as the log has them: which content it holds.
pub(crate) const SUITE_CASES: &str = "suite-cases";

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SuiteRef {
    pub id: SuiteId,
}

/// A suite as typed; without an id it is new.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SuiteDraft {
    pub id: Option<SuiteId>,
    pub name: String,
    pub kind: SuiteKind,
    #[serde(default)]
    pub owner: String,
    #[serde(default)]
    pub purpose: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SuiteRow {
    pub id: SuiteId,
    pub name: String,
    pub kind: SuiteKind,
    pub owner: String,
    pub purpose: String,
    /// Of its newest version.
    pub cases: u32,
    pub cases_text: String,
    /// The newest frozen version; `None` where nothing is frozen yet.
    pub frozen: Option<u32>,
    pub frozen_at: Option<String>,
    /// Something is written that no version holds yet.
    pub has_draft: bool,
    pub bakeoffs: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VersionView {
    pub number: u32,
    pub cases: u32,
    pub hash: Option<String>,
    #[ts(type = "string | null")]
    pub frozen_at: Option<DateTime<Utc>>,
    pub frozen_by: String,
    pub note: String,
    /// How many bake-offs ask it.
    pub bakeoffs: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SuiteView {
    pub row: SuiteRow,
    /// The newest first.
    pub versions: Vec<VersionView>,
    /// What was found in the newest version that must not leave the house, by kind.
    pub findings: Vec<FindingCount>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct FindingCount {
    pub kind: FindingKind,
    /// Its name in words.
    pub name: String,
    pub cases: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CasesQuery {
    pub id: SuiteId,
    pub version: u32,
    /// Part of an id, of what is asked or of the reference.
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub tag: Option<String>,
    /// Only cases in which something was found that must not leave the house.
    #[serde(default)]
    pub flagged: bool,
    pub limit: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CasesView {
    pub rows: Vec<CaseRow>,
    /// How many match.
    pub total: u32,
    pub tags: Vec<TagCount>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TagCount {
    pub tag: String,
    pub cases: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CaseRow {
    #[ts(type = "number")]
    pub number: i64,
    /// What it is called: its id, else its place.
    pub name: String,
    /// The last thing that is asked, in one line.
    pub input: String,
    pub reference: String,
    pub tags: Vec<String>,
    pub weight: f64,
    pub cluster: String,
    /// How many things in it must not leave the house.
    pub findings: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CaseRef {
    #[ts(type = "number")]
    pub number: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CaseView {
    #[ts(type = "number")]
    pub number: i64,
    pub case: Case,
    pub findings: Vec<FindingView>,
}

/// Something that must not leave the house, never shown whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct FindingView {
    pub kind: FindingKind,
    pub name: String,
    pub excerpt: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FreezeRequest {
    pub id: SuiteId,
    pub by: String,
    #[serde(default)]
    pub note: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DiffQuery {
    pub id: SuiteId,
    pub from: u32,
    pub to: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct DiffView {
    pub added: Vec<CaseRow>,
    pub removed: Vec<CaseRow>,
    pub changed: Vec<ChangedCase>,
    pub unchanged: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ChangedCase {
    pub name: String,
    /// Which parts: messages `case-field-<name>`.
    pub fields: Vec<CaseField>,
    pub before: Case,
    pub after: Case,
}

/// Cases of a difference that are listed; counts are of all.
const LISTED: usize = 500;

/// A version's cases, read once; a frozen one never changes.
pub(crate) struct Cases {
    version: i64,
    revision: i64,
    pub rows: Vec<StoredCase>,
    flags: Vec<u32>,
}

/// The cases of a version, kept until something is written.
pub(crate) async fn cases_of(context: &Context, snapshot: &mut Snapshot, version: &Version) -> Result<Arc<Cases>> {
    let open = context.app.open().await?;
    let slot = open.kept.slot::<Mutex<Vec<Arc<Cases>>>>();
    let mut kept = slot.lock().await;
    let revision = if version.hash.is_some() { 0 } else { store::workspace::get(snapshot).await?.revision };
    if let Some(found) = kept.iter().find(|cases| cases.version == version.id && cases.revision == revision) {
        return Ok(found.clone());
    }
    let rows = store::suite::cases(snapshot, version.id).await?;
    let flags = rows.iter().map(|stored| findings(&stored.case).len() as u32).collect();
    let cases = Arc::new(Cases { version: version.id, revision, rows, flags });
    kept.retain(|other| other.version != version.id);
    // A suite or two are looked at at a time.
    while kept.len() >= 4 {
        kept.remove(0);
    }
    kept.push(cases.clone());
    Ok(cases)
}

fn findings(case: &Case) -> Vec<domain::suite::scan::Finding> {
    let texts = case.messages.iter().map(|message| message.content.as_str());
    let texts =
        texts.chain(case.reference.iter().map(String::as_str)).chain(case.variables.values().map(String::as_str));
    texts.flat_map(scan).collect()
}

/// Whether anything of a case must not leave the house.
pub(crate) fn is_flagged(case: &Case) -> bool {
    !findings(case).is_empty()
}

/// In one line, no longer than a row of a table.
pub(crate) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 160;
    let mut line = String::new();
    let mut count = 0;
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        for c in word.chars() {
            if count >= LONGEST {
                line.push('…');
                return line;
            }
            line.push(if c.is_control() { ' ' } else { c });
            count += 1;
        }
        count += 1;
    }
    line
}

pub(crate) fn case_name(case: &Case, place: usize) -> String {
    case.id.clone().filter(|id| !id.trim().is_empty()).unwrap_or_else(|| format!("#{}", place + 1))
}

/// What was asked: the last turn of a conversation; turns that follow each other without an answer between were all asked.
pub(crate) fn asked(case: &Case) -> String {
    let from = case.messages.iter().rposition(|message| message.role == "assistant").map_or(0, |at| at + 1);
    let turns = case.messages[from..].iter().filter(|message| message.role == "user");
    let turns: Vec<&str> = turns.map(|message| message.content.as_str()).collect();
    match (turns.is_empty(), case.messages.last()) {
        (false, _) => turns.join(" ⏎ "),
        (true, last) => last.map_or_else(String::new, |message| message.content.clone()),
    }
}

fn case_row(stored: &StoredCase, place: usize, findings: u32) -> CaseRow {
    let case = &stored.case;
    CaseRow {
        number: stored.id,
        name: case_name(case, place),
        input: excerpt(&asked(case)),
        reference: excerpt(case.reference.first().map_or("", String::as_str)),
        tags: case.tags.iter().cloned().collect(),
        weight: case.weight,
        cluster: case.cluster.clone().unwrap_or_default(),
        findings,
    }
}

fn row(context: &Context, suite: &Suite, versions: &[&Version], bakeoffs: u32) -> SuiteRow {
    let frozen = versions.iter().find(|version| version.hash.is_some());
    let newest = versions.first();
    SuiteRow {
        id: suite.id,
        name: suite.name.clone(),
        kind: suite.kind,
        owner: suite.owner.clone(),
        purpose: suite.purpose.clone(),
        cases: newest.map_or(0, |version| version.cases),
        cases_text: format::count(newest.map_or(0, |version| version.cases).into()),
        frozen: frozen.map(|version| version.number),
        frozen_at: frozen
            .and_then(|version| version.frozen_at)
            .map(|at| format::date(at.date_naive(), context.language)),
        has_draft: newest.is_some_and(|version| version.hash.is_none()),
        bakeoffs,
    }
}

async fn uses(snapshot: &mut Snapshot) -> Result<BTreeMap<(SuiteId, u32), u32>> {
    let mut uses = BTreeMap::new();
    for bakeoff in store::bakeoff::list(snapshot).await? {
        *uses.entry((bakeoff.details.suite_id, bakeoff.details.version)).or_default() += 1;
    }
    Ok(uses)
}

pub async fn suites(context: &Context, (): ()) -> Result<Vec<SuiteRow>> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let versions = store::suite::versions(&mut snapshot).await?;
    let uses = uses(&mut snapshot).await?;
    let suites = store::suite::list(&mut snapshot).await?;
    Ok(suites
        .iter()
        .map(|suite| {
            let of: Vec<&Version> = versions.iter().filter(|version| version.suite_id == suite.id).collect();
            let bakeoffs = uses.iter().filter(|((id, _), _)| *id == suite.id).map(|(_, count)| count).sum();
            row(context, suite, &of, bakeoffs)
        })
        .collect())
}

pub async fn suite(context: &Context, input: SuiteRef) -> Result<SuiteView> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let suite = store::suite::get(&mut snapshot, input.id).await?;
    let versions = store::suite::versions(&mut snapshot).await?;
    let of: Vec<&Version> = versions.iter().filter(|version| version.suite_id == suite.id).collect();
    let uses = uses(&mut snapshot).await?;
    let used = |number: u32| uses.get(&(suite.id, number)).copied().unwrap_or(0);
    let mut by_kind: BTreeMap<FindingKind, u32> = BTreeMap::new();
    if let Some(newest) = of.first() {
        let cases = cases_of(context, &mut snapshot, newest).await?;
        for (stored, _) in cases.rows.iter().zip(&cases.flags).filter(|(_, flags)| **flags > 0) {
            let kinds: std::collections::BTreeSet<FindingKind> =
                findings(&stored.case).into_iter().map(|finding| finding.kind).collect();
            for kind in kinds {
                *by_kind.entry(kind).or_default() += 1;
            }
        }
    }
    Ok(SuiteView {
        row: row(context, &suite, &of, of.iter().map(|version| used(version.number)).sum()),
        versions: of.iter().map(|version| version_view(version, used(version.number))).collect(),
        findings: by_kind
            .into_iter()
            .map(|(kind, cases)| FindingCount { name: finding_name(context, kind), kind, cases })
            .collect(),
    })
}

fn finding_name(context: &Context, kind: FindingKind) -> String {
    context.text(&format!("finding-{}", crate::view::word(&kind)), &[])
}

fn version_view(version: &Version, bakeoffs: u32) -> VersionView {
    VersionView {
        number: version.number,
        cases: version.cases,
        hash: version.hash.as_ref().map(ToString::to_string),
        frozen_at: version.frozen_at,
        frozen_by: version.frozen_by.clone(),
        note: version.note.clone(),
        bakeoffs,
    }
}

pub async fn suite_cases(context: &Context, query: CasesQuery) -> Result<CasesView> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let version = store::suite::version_of(&mut snapshot, query.id, query.version).await?;
    let cases = cases_of(context, &mut snapshot, &version).await?;
    let words: Vec<String> = query.text.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let mut tags: BTreeMap<&str, u32> = BTreeMap::new();
    let (mut rows, mut total) = (Vec::new(), 0);
    for (place, (stored, flags)) in cases.rows.iter().zip(&cases.flags).enumerate() {
        for tag in &stored.case.tags {
            *tags.entry(tag).or_default() += 1;
        }
        let tagged = query.tag.as_ref().is_none_or(|tag| stored.case.tags.contains(tag));
        let flagged = !query.flagged || *flags > 0;
        if !tagged || !flagged || !(words.is_empty() || says(&stored.case, &words)) {
            continue;
        }
        total += 1;
        if rows.len() < query.limit as usize {
            rows.push(case_row(stored, place, *flags));
        }
    }
    let tags = tags.into_iter().map(|(tag, cases)| TagCount { tag: tag.to_owned(), cases }).collect();
    Ok(CasesView { rows, total, tags })
}

/// Whether a case holds all of these words, in lower case.
fn says(case: &Case, words: &[String]) -> bool {
    let texts = case.id.iter().chain(&case.reference).map(String::as_str);
    let texts: Vec<String> =
        texts.chain(case.messages.iter().map(|message| message.content.as_str())).map(str::to_lowercase).collect();
    words.iter().all(|word| texts.iter().any(|text| text.contains(word.as_str())))
}

pub async fn suite_case(context: &Context, input: CaseRef) -> Result<CaseView> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let stored = store::suite::case(&mut snapshot, input.number).await?;
    let findings = findings(&stored.case)
        .into_iter()
        .map(|finding| FindingView {
            kind: finding.kind,
            name: finding_name(context, finding.kind),
            excerpt: finding.excerpt,
        })
        .collect();
    Ok(CaseView { number: stored.id, case: stored.case, findings })
}

pub async fn suite_save(context: &Context, draft: SuiteDraft) -> Result<SuiteRef> {
    let name = draft.name.trim().to_owned();
    if name.is_empty() {
        return Err(AppError::Invalid(vec![FieldError::new("name", "required")]));
    }
    let store = context.store().await?;
    let mut write = store.write().await?;
    let taken = store::suite::list(write.connection()).await?;
    if taken.iter().any(|other| Some(other.id) != draft.id && other.name.to_lowercase() == name.to_lowercase()) {
        return Err(AppError::Invalid(vec![FieldError::new("name", "taken")]));
    }
    let before = match draft.id {
        Some(id) => Some(store::suite::get(write.connection(), id).await?),
        None => None,
    };
    let suite = Suite {
        id: draft.id.unwrap_or_else(|| SuiteId(Uuid::now_v7())),
        name,
        kind: draft.kind,
        owner: draft.owner.trim().to_owned(),
        purpose: draft.purpose.trim().to_owned(),
    };
    let id = suite.id.to_string();
    match &before {
        Some(before) if *before == suite => return Ok(SuiteRef { id: suite.id }),
        Some(before) => activity::edited(&mut write, context, SUITE, &id, &suite.name, before, &suite).await?,
        None => activity::created(&mut write, context, SUITE, &id, &suite.name, &suite).await?,
    }
    store::suite::save(&mut write, &suite).await?;
    write.commit().await?;
    Ok(SuiteRef { id: suite.id })
}

/// Removes a suite. Versions that bake-offs rest on stay in the file.
pub async fn suite_delete(context: &Context, input: SuiteRef) -> Result<()> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    let suite = store::suite::get(write.connection(), input.id).await?;
    activity::deleted(&mut write, context, SUITE, &suite.id.to_string(), &suite.name, &suite).await?;
    store::suite::delete(&mut write, suite.id).await?;
    write.commit().await?;
    Ok(())
}

/// Freezes the draft: its hash stands for its cases from here on.
pub async fn suite_freeze(context: &Context, request: FreezeRequest) -> Result<VersionView> {
    let by = request.by.trim();
    if by.is_empty() {
        return Err(AppError::Invalid(vec![FieldError::new("by", "required")]));
    }
    let store = context.store().await?;
    let mut write = store.write().await?;
    let suite = store::suite::get(write.connection(), request.id).await?;
    let versions = store::suite::versions(write.connection()).await?;
    let mut of = versions.iter().filter(|version| version.suite_id == suite.id);
    let draft = of.next().filter(|version| version.hash.is_none());
    let draft = draft.ok_or_else(|| AppError::refused("nothing-to-freeze"))?.clone();
    let cases: Vec<Case> =
        store::suite::cases(write.connection(), draft.id).await?.into_iter().map(|stored| stored.case).collect();
    if cases.is_empty() {
        return Err(AppError::refused("nothing-to-freeze"));
    }
    let hash = version_hash(&cases);
    if let Some(same) = of.find(|version| version.hash.as_ref() == Some(&hash)) {
        return Err(AppError::refused("frozen-already").with("version", same.number));
    }
    store::suite::freeze(&mut write, draft.id, (&hash, context.now(), by, request.note.trim())).await?;
    activity::noted(&mut write, context, SUITE, activity::Action::Frozen, &suite.id.to_string(), &suite.name).await?;
    write.commit().await?;
    let mut snapshot = store.read().await?;
    Ok(version_view(&store::suite::version_of(&mut snapshot, suite.id, draft.number).await?, 0))
}

pub async fn suite_diff(context: &Context, query: DiffQuery) -> Result<DiffView> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let from = store::suite::version_of(&mut snapshot, query.id, query.from).await?;
    let to = store::suite::version_of(&mut snapshot, query.id, query.to).await?;
    let (from, to) = (cases_of(context, &mut snapshot, &from).await?, cases_of(context, &mut snapshot, &to).await?);
    Ok(difference(&from.rows, &to.rows))
}

fn difference(from: &[StoredCase], to: &[StoredCase]) -> DiffView {
    let bare = |rows: &[StoredCase]| rows.iter().map(|stored| stored.case.clone()).collect::<Vec<_>>();
    let (before, after) = (bare(from), bare(to));
    let found = diff(&before, &after);
    let listed = |places: &[usize], rows: &[StoredCase]| {
        places.iter().take(LISTED).map(|place| case_row(&rows[*place], *place, 0)).collect()
    };
    DiffView {
        added: listed(&found.added, to),
        removed: listed(&found.removed, from),
        changed: found
            .changed
            .iter()
            .take(LISTED)
            .map(|one| ChangedCase {
                name: case_name(&after[one.after], one.after),
                fields: one.fields.clone(),
                before: before[one.before].clone(),
                after: after[one.after].clone(),
            })
            .collect(),
        unchanged: found.unchanged as u32,
    }
}

/// A case as typed: in place of the one it was, or new where there is none.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CaseDraft {
    pub id: SuiteId,
    #[ts(type = "number | null")]
    pub number: Option<i64>,
    pub case: Case,
}

/// What a draft holds, as the log keeps it: by content, so that it can be put back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Held {
    pub suite: SuiteId,
    pub cases: Vec<i64>,
}

/// Writes a case into the draft, which is begun where there is none.
pub async fn suite_case_save(context: &Context, draft: CaseDraft) -> Result<CaseRef> {
    if draft.case.messages.iter().all(|message| message.content.trim().is_empty()) {
        return Err(AppError::Invalid(vec![FieldError::new("messages", "required")]));
    }
    if !draft.case.weight.is_finite() || draft.case.weight < 0.0 {
        return Err(AppError::Invalid(vec![FieldError::new("weight", "number-not-negative")]));
    }
    let hash = content(&draft.case);
    change_cases(context, draft.id, move |cases| {
        let place = draft.number.and_then(|number| cases.iter().position(|stored| stored.id == number));
        match place {
            Some(place) => cases[place].case = draft.case.clone(),
            None => cases.push(StoredCase { id: 0, case: draft.case.clone() }),
        }
        Ok(())
    })
    .await?;
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let number = store::suite::case_by_content(&mut snapshot, &hash).await?;
    Ok(CaseRef { number })
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CasesRemoval {
    pub id: SuiteId,
    #[ts(type = "number[]")]
    pub numbers: Vec<i64>,
}

pub async fn suite_cases_remove(context: &Context, input: CasesRemoval) -> Result<()> {
    change_cases(context, input.id, move |cases| {
        cases.retain(|stored| !input.numbers.contains(&stored.id));
        Ok(())
    })
    .await
}

/// Changes the cases of a suite's draft, logged so that it can be taken back.
async fn change_cases(
    context: &Context,
    id: SuiteId,
    change: impl FnOnce(&mut Vec<StoredCase>) -> Result<()>,
) -> Result<()> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    let suite = store::suite::get(write.connection(), id).await?;
    let draft = store::suite::draft(&mut write, id).await?;
    let mut cases = store::suite::cases(write.connection(), draft.id).await?;
    let before = Held { suite: id, cases: cases.iter().map(|stored| stored.id).collect() };
    change(&mut cases)?;
    let bare: Vec<Case> = cases.into_iter().map(|stored| stored.case).collect();
    store::suite::set_cases(&mut write, draft.id, &bare).await?;
    log_cases(&mut write, context, &suite, before, draft.id).await?;
    write.commit().await?;
    Ok(())
}

pub(crate) async fn log_cases(
    write: &mut Write,
    context: &Context,
    suite: &Suite,
    before: Held,
    draft: i64,
) -> Result<()> {
    let cases = store::suite::case_numbers(write.connection(), draft).await?;
    let after = Held { suite: suite.id, cases };
    if before != after {
        activity::decided(write, context, SUITE_CASES, &suite.id.to_string(), &suite.name, &before, &after).await?;
    }
    Ok(())
}

/// Makes the draft of a suite hold what it held.
pub(crate) async fn put_back(write: &mut Write, activity: &store::activity::Activity) -> Result<()> {
    if activity.area == SUITE_CASES {
        let before = activity.before.clone().ok_or_else(|| AppError::refused("undo-not-possible"))?;
        let held: Held = activity::read(before)?;
        let draft = store::suite::draft(write, held.suite).await?;
        return Ok(store::suite::set_case_numbers(write, draft.id, &held.cases).await?);
    }
    match activity.before.clone() {
        Some(before) => store::suite::save(write, &activity::read::<Suite>(before)?).await?,
        None => store::suite::delete(write, activity::id_of(activity)?).await?,
    }
    Ok(())
}

/// Refuses a version that is not frozen: results belong to a frozen version.
pub(crate) async fn frozen_in(write: &mut Write, id: SuiteId, number: u32) -> Result<Version> {
    match store::suite::version_of(write.connection(), id, number).await {
        Ok(version) if version.hash.is_some() => Ok(version),
        Ok(_) | Err(StoreError::NotFound) => Err(AppError::Invalid(vec![FieldError::new("version", "not-frozen")])),
        Err(error) => Err(error.into()),
    }
}
