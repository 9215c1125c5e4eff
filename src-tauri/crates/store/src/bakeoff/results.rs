//! Results of a bake-off and their scores, as they came in or were made by a rule.

mod insert;

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::{DateTime, SecondsFormat, Utc};
use domain::bakeoff::CandidateId;
use domain::id::{BakeoffId, ResultImportId};
use domain::money::Money;
use domain::usage::TokenCounts;
use futures_util::TryStreamExt;
use serde_json::Value;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

pub use insert::{Insertion, Prepared, insert, insert_scores, write};

use crate::row::{from_json, parsed, to_json};
use crate::{Result, StoreError, Tag, Write};

/// A file of results that came in.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultImport {
    pub id: ResultImportId,
    pub bakeoff_id: BakeoffId,
    pub name: String,
    pub format: String,
    pub sha256: String,
    pub at: DateTime<Utc>,
    /// What was matched, left out and wrong.
    pub summary: Value,
    pub reverted: bool,
}

/// A result on its way in.
#[derive(Debug, Clone, PartialEq)]
pub struct NewResult {
    pub candidate: CandidateId,
    pub case: i64,
    pub repeat: u32,
    pub variant: String,
    pub answer: Option<String>,
    pub error: Option<(String, String)>,
    /// Microseconds.
    pub latency: Option<i64>,
    pub first_token: Option<i64>,
    pub tokens: Option<TokenCounts>,
    pub cost: Option<Money>,
    pub cached: Option<bool>,
    pub at: Option<i64>,
    pub scores: Vec<NewScore>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct NewScore {
    pub criterion: String,
    pub value: f64,
    /// "file", or the rule that made it.
    pub source: String,
    pub reason: String,
    pub rater: String,
}

/// What is counted of a result: everything but its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    pub id: i64,
    pub candidate: CandidateId,
    pub case: i64,
    pub repeat: u32,
    pub variant: String,
    pub has_answer: bool,
    /// An answer came, and there is nothing in it. Of a result that holds no answer at all nothing is known.
    pub is_blank: bool,
    pub error: Option<String>,
    pub latency: Option<i64>,
    pub first_token: Option<i64>,
    pub tokens: Option<TokenCounts>,
    pub cost: Option<Money>,
    pub cached: bool,
}

/// A score by the result it is of.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    pub result: i64,
    pub criterion: String,
    pub value: f64,
    pub source: String,
}

/// One answer as it is read.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub id: i64,
    pub candidate: CandidateId,
    pub repeat: u32,
    pub variant: String,
    pub answer: Option<String>,
    pub error_kind: Option<String>,
    pub error: Option<String>,
    pub latency: Option<i64>,
    pub cost: Option<Money>,
    pub import_id: ResultImportId,
}

fn import(row: &SqliteRow) -> Result<ResultImport> {
    Ok(ResultImport {
        id: parsed(row.try_get("id")?)?,
        bakeoff_id: parsed(row.try_get("bakeoff_id")?)?,
        name: row.try_get("name")?,
        format: row.try_get("format")?,
        sha256: row.try_get("sha256")?,
        at: parsed(row.try_get("at")?)?,
        summary: from_json(row.try_get("summary")?)?,
        reverted: row.try_get("reverted")?,
    })
}

/// The newest first; those that were taken back too.
pub async fn imports(connection: &mut SqliteConnection, id: BakeoffId) -> Result<Vec<ResultImport>> {
    let rows = sqlx::query("SELECT * FROM result_import WHERE bakeoff_id = $1 ORDER BY at DESC, id DESC")
        .bind(id.to_string())
        .fetch_all(connection)
        .await?;
    rows.iter().map(import).collect()
}

pub async fn import_get(connection: &mut SqliteConnection, id: ResultImportId) -> Result<ResultImport> {
    let row = sqlx::query("SELECT * FROM result_import WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?;
    import(&row.ok_or(StoreError::NotFound)?)
}

pub async fn import_add(write: &mut Write, import: &ResultImport) -> Result<()> {
    sqlx::query(
        "INSERT INTO result_import (id, bakeoff_id, name, format, sha256, at, summary) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(import.id.to_string())
    .bind(import.bakeoff_id.to_string())
    .bind(&import.name)
    .bind(&import.format)
    .bind(&import.sha256)
    .bind(import.at.to_rfc3339_opts(SecondsFormat::Millis, true))
    .bind(import.summary.to_string())
    .execute(write.connection())
    .await?;
    write.touch(Tag::BAKEOFFS);
    Ok(())
}

/// Takes an import back, or brings it back: its results stay in the file and count or do not.
pub async fn import_set_reverted(write: &mut Write, id: ResultImportId, reverted: bool) -> Result<()> {
    sqlx::query("UPDATE result_import SET reverted = $1 WHERE id = $2")
        .bind(reverted)
        .bind(id.to_string())
        .execute(write.connection())
        .await?;
    write.touch(Tag::BAKEOFFS);
    Ok(())
}

/// Forgets the scores that a source gave by a criterion.
pub async fn forget_scores(write: &mut Write, id: BakeoffId, criterion: &str, source: &str) -> Result<()> {
    sqlx::query(
        "DELETE FROM score WHERE criterion = $1 AND source = $2
           AND result IN (SELECT r.id FROM result r JOIN candidate c ON c.id = r.candidate WHERE c.bakeoff_id = $3)",
    )
    .bind(criterion)
    .bind(source)
    .bind(id.to_string())
    .execute(write.connection())
    .await?;
    write.touch(Tag::BAKEOFFS);
    Ok(())
}

/// Results that count, in the order of candidates and cases.
const COUNTED: &str = "FROM result r JOIN candidate c ON c.id = r.candidate JOIN result_import i ON i.number = r.import
    WHERE c.bakeoff_id = $1 AND c.deleted = 0 AND i.reverted = 0";

fn cost(row: &SqliteRow) -> Result<Option<Money>> {
    let (nanos, currency): (Option<&str>, Option<&str>) = (row.try_get("cost_nanos")?, row.try_get("cost_currency")?);
    match (nanos, currency) {
        (Some(nanos), Some(currency)) => Ok(Some(Money::from_nanos(parsed(nanos)?, parsed(currency)?))),
        _ => Ok(None),
    }
}

/// Everything that is counted of a bake-off's results; of one that came in twice, the later import last.
pub async fn measured(connection: &mut SqliteConnection, id: BakeoffId) -> Result<Vec<Measured>> {
    let sql = format!(
        "SELECT r.id, r.candidate, r.case_id, r.repeat, r.variant, r.answer IS NOT NULL AS has_answer, coalesce(trim(r.answer, char(9, 10, 11, 12, 13, 32, 160, 12288)) = '', 0) AS is_blank, r.error_kind,
           r.latency, r.first_token, r.tokens, r.cost_nanos, r.cost_currency, coalesce(r.cached, 0) AS cached
         {COUNTED} ORDER BY r.candidate, r.case_id, r.repeat, r.variant, i.at, i.id"
    );
    let mut rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id.to_string()).fetch(connection);
    let mut found = Vec::new();
    while let Some(row) = rows.try_next().await? {
        let tokens: Option<&str> = row.try_get("tokens")?;
        found.push(Measured {
            id: row.try_get("id")?,
            candidate: CandidateId(row.try_get("candidate")?),
            case: row.try_get("case_id")?,
            repeat: row.try_get("repeat")?,
            variant: row.try_get("variant")?,
            has_answer: row.try_get::<bool, _>("has_answer")? && !row.try_get::<bool, _>("is_blank")?,
            is_blank: row.try_get("is_blank")?,
            error: row.try_get("error_kind")?,
            latency: row.try_get("latency")?,
            first_token: row.try_get("first_token")?,
            tokens: tokens.map(from_json).transpose()?,
            cost: cost(&row)?,
            cached: row.try_get("cached")?,
        });
    }
    Ok(found)
}

/// Every score of a bake-off's results, by result.
pub async fn scores(connection: &mut SqliteConnection, id: BakeoffId) -> Result<Vec<Scored>> {
    let sql = format!(
        "SELECT s.result, s.criterion, s.value, s.source FROM score s WHERE s.result IN (SELECT r.id {COUNTED}) ORDER BY s.result"
    );
    let mut rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id.to_string()).fetch(connection);
    let mut found = Vec::new();
    while let Some(row) = rows.try_next().await? {
        found.push(Scored {
            result: row.try_get("result")?,
            criterion: row.try_get("criterion")?,
            value: row.try_get("value")?,
            source: row.try_get("source")?,
        });
    }
    Ok(found)
}

/// The answers to one case.
pub async fn answers(connection: &mut SqliteConnection, id: BakeoffId, case: i64) -> Result<Vec<Answer>> {
    let sql = format!(
        "SELECT r.*, i.id AS import_id {COUNTED} AND r.case_id = $2 ORDER BY c.place, r.repeat, r.variant, r.id"
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id.to_string()).bind(case).fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            Ok(Answer {
                id: row.try_get("id")?,
                candidate: CandidateId(row.try_get("candidate")?),
                repeat: row.try_get("repeat")?,
                variant: row.try_get("variant")?,
                answer: row.try_get("answer")?,
                error_kind: row.try_get("error_kind")?,
                error: row.try_get("error")?,
                latency: row.try_get("latency")?,
                cost: cost(row)?,
                import_id: parsed(row.try_get("import_id")?)?,
            })
        })
        .collect()
}

/// What a result is of: candidate, case, repeat, variant.
pub type Of = (CandidateId, i64, u32, String);

/// What a result says, as one number: answer, error, latency, time to the first token, whether it came out of a cache, tokens, cost and the scores its file brought. For comparing within one
/// run of the program; never kept.
pub fn fingerprint(result: &NewResult) -> Result<u64> {
    let mut scores: Vec<(&str, f64)> =
        result.scores.iter().map(|score| (score.criterion.as_str(), score.value)).collect();
    let tokens = result.tokens.as_ref().map(to_json).transpose()?;
    let kind = result.error.as_ref().map(|(kind, _)| kind.as_str());
    let took = (result.latency, result.first_token, result.cached.unwrap_or(false));
    let cost = result.cost.map(|cost| (cost.nanos().to_string(), cost.currency().to_string()));
    let cost = cost.as_ref().map(|(nanos, currency)| (nanos.as_str(), currency.as_str()));
    Ok(hashed((result.answer.as_deref(), kind), took, (tokens.as_deref(), cost), &mut scores))
}

fn hashed(
    said: (Option<&str>, Option<&str>),
    took: (Option<i64>, Option<i64>, bool),
    spent: (Option<&str>, Option<(&str, &str)>),
    scores: &mut [(&str, f64)],
) -> u64 {
    scores.sort_by(|a, b| a.0.cmp(b.0).then(a.1.total_cmp(&b.1)));
    let mut hasher = DefaultHasher::new();
    (said, took, spent).hash(&mut hasher);
    for (criterion, value) in scores.iter() {
        // 0 and −0 are one score.
        (criterion, (value + 0.0).to_bits()).hash(&mut hasher);
    }
    hasher.finish()
}

/// What results say ([`fingerprint`]), by what they are of, the newest import last.
pub async fn told(connection: &mut SqliteConnection, id: BakeoffId) -> Result<Vec<(Of, u64)>> {
    let mut by_result: HashMap<i64, Vec<(String, f64)>> = HashMap::new();
    for score in scores(connection, id).await?.into_iter().filter(|score| score.source == "file") {
        by_result.entry(score.result).or_default().push((score.criterion, score.value));
    }
    let sql = format!("SELECT r.* {COUNTED} ORDER BY i.at, i.id");
    let mut rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id.to_string()).fetch(connection);
    let mut found = Vec::new();
    while let Some(row) = rows.try_next().await? {
        let scores = by_result.remove(&row.try_get::<i64, _>("id")?).unwrap_or_default();
        let mut scores: Vec<(&str, f64)> = scores.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        let nanos: Option<&str> = row.try_get("cost_nanos")?;
        let cost = nanos.zip(row.try_get("cost_currency")?);
        let told = hashed(
            (row.try_get("answer")?, row.try_get("error_kind")?),
            (
                row.try_get("latency")?,
                row.try_get("first_token")?,
                row.try_get::<Option<bool>, _>("cached")?.unwrap_or(false),
            ),
            (row.try_get("tokens")?, cost),
            &mut scores,
        );
        let of = (
            CandidateId(row.try_get("candidate")?),
            row.try_get("case_id")?,
            row.try_get("repeat")?,
            row.try_get("variant")?,
        );
        found.push((of, told));
    }
    Ok(found)
}

/// How many results count, by candidate.
pub async fn counts(connection: &mut SqliteConnection, id: BakeoffId) -> Result<Vec<(CandidateId, u32)>> {
    // What a later import replaced counts once: only then are there several rows of one result.
    let imports: i64 = sqlx::query_scalar("SELECT count(*) FROM result_import WHERE bakeoff_id = $1 AND reverted = 0")
        .bind(id.to_string())
        .fetch_one(&mut *connection)
        .await?;
    let sql = if imports < 2 {
        format!("SELECT r.candidate, count(*) AS results {COUNTED} GROUP BY r.candidate")
    } else {
        format!(
            "SELECT candidate, count(*) AS results FROM
               (SELECT DISTINCT r.candidate, r.case_id, r.repeat, r.variant {COUNTED}) GROUP BY candidate"
        )
    };
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id.to_string()).fetch_all(connection).await?;
    rows.iter().map(|row| Ok((CandidateId(row.try_get("candidate")?), row.try_get("results")?))).collect()
}

/// How many answers have a score, by criterion as it was written and by where the score comes from.
pub async fn scored_by(connection: &mut SqliteConnection, id: BakeoffId) -> Result<Vec<(String, String, u32)>> {
    let sql = format!(
        "SELECT s.criterion, s.source, count(DISTINCT s.result) AS results FROM score s
         WHERE s.result IN (SELECT r.id {COUNTED}) GROUP BY s.criterion, s.source"
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id.to_string()).fetch_all(connection).await?;
    rows.iter().map(|row| Ok((row.try_get("criterion")?, row.try_get("source")?, row.try_get("results")?))).collect()
}

/// Scores of the answers to one case: by result, with criterion, value and reason.
pub async fn scores_of_case(
    connection: &mut SqliteConnection,
    id: BakeoffId,
    case: i64,
) -> Result<Vec<(i64, String, f64, String)>> {
    let sql = format!(
        "SELECT s.result, s.criterion, s.value, s.reason FROM score s
         WHERE s.result IN (SELECT r.id {COUNTED} AND r.case_id = $2) ORDER BY s.result, s.criterion, s.source, s.rater"
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id.to_string()).bind(case).fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            Ok((row.try_get("result")?, row.try_get("criterion")?, row.try_get("value")?, row.try_get("reason")?))
        })
        .collect()
}

/// Where scores by a criterion come from, whichever letters of its name are capitals.
pub async fn sources(connection: &mut SqliteConnection, id: BakeoffId, criterion: &str) -> Result<Vec<String>> {
    let sql = format!("SELECT DISTINCT s.criterion, s.source FROM score s WHERE s.result IN (SELECT r.id {COUNTED})");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id.to_string()).fetch_all(connection).await?;
    let wanted = criterion.to_lowercase();
    let mut found = Vec::new();
    for row in rows {
        let of: String = row.try_get("criterion")?;
        // Not in SQL: its lower() knows no letters beyond ASCII.
        if of.to_lowercase() == wanted {
            found.push(row.try_get("source")?);
        }
    }
    Ok(found)
}

/// An answer with what a rule may look at.
#[derive(Debug, Clone, PartialEq)]
pub struct WholeAnswer {
    pub id: i64,
    pub candidate: CandidateId,
    pub case: i64,
    pub answer: Option<String>,
    pub latency: Option<i64>,
    pub tokens: Option<TokenCounts>,
    pub cost: Option<Money>,
}

/// Every answer of a bake-off, with its text.
pub async fn all_answers(connection: &mut SqliteConnection, id: BakeoffId) -> Result<Vec<WholeAnswer>> {
    let sql = format!(
        "SELECT r.id, r.candidate, r.case_id, r.answer, r.latency, r.tokens, r.cost_nanos, r.cost_currency {COUNTED} ORDER BY r.id"
    );
    let mut rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id.to_string()).fetch(connection);
    let mut found = Vec::new();
    while let Some(row) = rows.try_next().await? {
        let tokens: Option<&str> = row.try_get("tokens")?;
        found.push(WholeAnswer {
            id: row.try_get("id")?,
            candidate: CandidateId(row.try_get("candidate")?),
            case: row.try_get("case_id")?,
            answer: row.try_get("answer")?,
            latency: row.try_get("latency")?,
            tokens: tokens.map(from_json).transpose()?,
            cost: cost(&row)?,
        });
    }
    Ok(found)
}

/// What a result says in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    pub answer: Option<String>,
    pub error: Option<String>,
    /// When, in epoch milliseconds.
    pub at: Option<i64>,
}

/// A score with everything that is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct WholeScore {
    pub result: i64,
    pub score: NewScore,
}

/// Every score of a bake-off's results, with who gave it and why.
pub async fn whole_scores(connection: &mut SqliteConnection, id: BakeoffId) -> Result<Vec<WholeScore>> {
    let sql = format!("SELECT s.* FROM score s WHERE s.result IN (SELECT r.id {COUNTED})");
    let mut rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id.to_string()).fetch(connection);
    let mut found = Vec::new();
    while let Some(row) = rows.try_next().await? {
        let score = NewScore {
            criterion: row.try_get("criterion")?,
            value: row.try_get("value")?,
            source: row.try_get("source")?,
            reason: row.try_get("reason")?,
            rater: row.try_get("rater")?,
        };
        found.push(WholeScore { result: row.try_get("result")?, score });
    }
    Ok(found)
}

/// Answers and errors of a bake-off's results, by result.
pub async fn said(connection: &mut SqliteConnection, id: BakeoffId) -> Result<HashMap<i64, Said>> {
    let sql = format!("SELECT r.id, r.answer, r.error, r.at {COUNTED}");
    let mut rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id.to_string()).fetch(connection);
    let mut found = HashMap::new();
    while let Some(row) = rows.try_next().await? {
        let said = Said { answer: row.try_get("answer")?, error: row.try_get("error")?, at: row.try_get("at")? };
        found.insert(row.try_get("id")?, said);
    }
    Ok(found)
}
