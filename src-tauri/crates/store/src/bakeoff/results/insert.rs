//! Results and scores on their way into the file. Half a million rows of sixteen values are eight million bound values: they are made
//! ready on one thread while SQLite writes those before on another, and a text that many rows share is allocated once.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use domain::id::ResultImportId;
use sqlx::sqlite::SqliteArguments;
use sqlx::{Arguments, AssertSqlSafe};

use super::{NewResult, NewScore};
use crate::row::to_json;
use crate::{Result, StoreError, Tag, Write};

/// Rows of a statement: enough that what a statement costs is spread over many, few enough that its program stays in the cache.
const ROWS: usize = 512;
const RESULT_VALUES: usize = 16;
const SCORE_VALUES: usize = 6;

const INSERT_RESULTS: &str =
    "INSERT INTO result (id, candidate, case_id, repeat, variant, import, answer, error_kind, error, latency,
    first_token, tokens, cost_nanos, cost_currency, cached, at) VALUES ";
const INSERT_SCORES: &str = "INSERT INTO score (result, criterion, value, source, reason, rater) VALUES ";
/// A score of the same criterion, source and rater is replaced.
const OR_REPLACE: &str =
    " ON CONFLICT (result, criterion, source, rater) DO UPDATE SET value = excluded.value, reason = excluded.reason";

/// Statements of a full batch are written once, and prepared once.
static RESULTS: LazyLock<String> = LazyLock::new(|| statement(INSERT_RESULTS, RESULT_VALUES, ROWS, ""));
static SCORES: LazyLock<String> = LazyLock::new(|| statement(INSERT_SCORES, SCORE_VALUES, ROWS, OR_REPLACE));

fn statement(start: &str, values: usize, rows: usize, end: &str) -> String {
    let row = format!("({})", vec!["?"; values].join(","));
    format!("{start}{}{end}", vec![row; rows].join(","))
}

/// Texts that many rows share.
#[derive(Default)]
struct Shared(HashMap<String, Arc<str>>);

impl Shared {
    fn of(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return known.clone();
        }
        let shared: Arc<str> = text.into();
        self.0.insert(text.to_owned(), shared.clone());
        shared
    }
}

/// Rows whose values are bound already.
pub struct Prepared {
    results: Vec<(SqliteArguments, usize)>,
    scores: Vec<(SqliteArguments, usize)>,
    rows: usize,
}

impl Prepared {
    /// How many results they are.
    pub fn rows(&self) -> usize {
        self.rows
    }
}

/// Results of one import as they are written. In the order of candidates and cases each lands at the end of the index.
pub struct Insertion {
    import: i64,
    next: i64,
    shared: Shared,
}

impl Insertion {
    /// Of an import that is there. Nothing else adds results until it ends: the transaction sees to that.
    ///
    /// # Errors
    /// SQLite's.
    pub async fn begin(write: &mut Write, import: ResultImportId) -> Result<Self> {
        let number: i64 = sqlx::query_scalar("SELECT number FROM result_import WHERE id = $1")
            .bind(import.to_string())
            .fetch_one(write.connection())
            .await?;
        let next: i64 =
            sqlx::query_scalar("SELECT coalesce(max(id), 0) + 1 FROM result").fetch_one(write.connection()).await?;
        Ok(Self { import: number, next, shared: Shared::default() })
    }

    /// Makes rows ready. It waits for nothing, and may be done on any thread.
    ///
    /// # Errors
    /// Tokens that cannot be written as JSON.
    pub fn prepare(&mut self, results: Vec<NewResult>) -> Result<Prepared> {
        let rows = results.len();
        let mut prepared = Prepared { results: Vec::new(), scores: Vec::new(), rows };
        let mut scores: Vec<(i64, NewScore)> = Vec::new();
        let mut results = results.into_iter();
        while results.len() > 0 {
            let count = results.len().min(ROWS);
            let mut values = SqliteArguments::default();
            values.reserve(count * RESULT_VALUES, 0);
            for result in results.by_ref().take(count) {
                let id = self.next;
                self.next += 1;
                self.bind(&mut values, id, &result)?;
                let error = result.error.as_ref().map(|(kind, _)| self.shared.of(kind));
                bound(&mut values, result.answer)?;
                bound(&mut values, error)?;
                bound(&mut values, result.error.map(|(_, text)| text))?;
                bound(&mut values, result.latency)?;
                bound(&mut values, result.first_token)?;
                bound(&mut values, result.tokens.as_ref().map(to_json).transpose()?)?;
                bound(&mut values, result.cost.map(|cost| cost.nanos().to_string()))?;
                bound(&mut values, result.cost.map(|cost| self.shared.of(cost.currency().code())))?;
                bound(&mut values, result.cached)?;
                bound(&mut values, result.at)?;
                scores.extend(result.scores.into_iter().map(|score| (id, score)));
            }
            prepared.results.push((values, count));
        }
        for batch in scores.chunks(ROWS) {
            let mut values = SqliteArguments::default();
            values.reserve(batch.len() * SCORE_VALUES, 0);
            for (id, score) in batch {
                bind_score(&mut values, &mut self.shared, *id, score)?;
            }
            prepared.scores.push((values, batch.len()));
        }
        Ok(prepared)
    }

    fn bind(&mut self, values: &mut SqliteArguments, id: i64, result: &NewResult) -> Result<()> {
        bound(values, id)?;
        bound(values, result.candidate.0)?;
        bound(values, result.case)?;
        bound(values, i64::from(result.repeat))?;
        bound(values, self.shared.of(&result.variant))?;
        bound(values, self.import)
    }
}

/// Writes what was made ready.
///
/// # Errors
/// SQLite's.
pub async fn write(write: &mut Write, prepared: Prepared) -> Result<()> {
    for (values, rows) in prepared.results {
        execute(write, &RESULTS, INSERT_RESULTS, "", (values, rows, RESULT_VALUES)).await?;
    }
    for (values, rows) in prepared.scores {
        execute(write, &SCORES, INSERT_SCORES, OR_REPLACE, (values, rows, SCORE_VALUES)).await?;
    }
    write.touch(Tag::BAKEOFFS);
    Ok(())
}

async fn execute(
    write: &mut Write,
    whole: &'static str,
    start: &str,
    end: &str,
    (values, rows, width): (SqliteArguments, usize, usize),
) -> Result<()> {
    if rows == ROWS {
        sqlx::query_with(whole, values).execute(write.connection()).await?;
    } else {
        let sql = AssertSqlSafe(statement(start, width, rows, end));
        // Statements of so many rows do not come again.
        sqlx::query_with(sql, values).persistent(false).execute(write.connection()).await?;
    }
    Ok(())
}

fn bound<'v, T>(values: &mut SqliteArguments, value: T) -> Result<()>
where
    T: sqlx::Encode<'v, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite>,
{
    values.add(value).map_err(|error| StoreError::from(sqlx::Error::Encode(error)))
}

fn bind_score(values: &mut SqliteArguments, shared: &mut Shared, result: i64, score: &NewScore) -> Result<()> {
    bound(values, result)?;
    bound(values, shared.of(&score.criterion))?;
    bound(values, score.value)?;
    bound(values, shared.of(&score.source))?;
    if score.reason.is_empty() {
        bound(values, shared.of(""))?
    } else {
        bound(values, score.reason.clone())?
    }
    bound(values, shared.of(&score.rater))
}

/// Adds results of one import with their scores.
///
/// # Errors
/// SQLite's.
pub async fn insert(into: &mut Write, import: ResultImportId, results: Vec<NewResult>) -> Result<()> {
    let prepared = Insertion::begin(into, import).await?.prepare(results)?;
    write(into, prepared).await
}

/// Adds scores of results that are there; one of the same criterion, source and rater is replaced.
///
/// # Errors
/// SQLite's.
pub async fn insert_scores(into: &mut Write, scores: &[(i64, &NewScore)]) -> Result<()> {
    let mut shared = Shared::default();
    for batch in scores.chunks(ROWS) {
        let mut values = SqliteArguments::default();
        for (id, score) in batch {
            bind_score(&mut values, &mut shared, *id, score)?;
        }
        execute(into, &SCORES, INSERT_SCORES, OR_REPLACE, (values, batch.len(), SCORE_VALUES)).await?;
    }
    into.touch(Tag::BAKEOFFS);
    Ok(())
}
