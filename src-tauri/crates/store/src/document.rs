//! Documents: which sections each has, and what a person wrote into them.

use serde::{Deserialize, Serialize};
use sqlx::{Row, SqliteConnection};
use ts_rs::TS;

use crate::row::{from_json, to_json};
use crate::{Result, Tag, Write};

/// What a person wrote into one section: a finding in place of the computed headline, and commentary. Either may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Passage {
    pub section: String,
    pub headline: String,
    pub text: String,
    /// Figures of its page that it cites, as they read when it was written.
    #[serde(default)]
    pub figures: Vec<CitedFigure>,
}

/// A figure of a page: what it is called there and how it reads.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct CitedFigure {
    pub label: String,
    pub text: String,
}

fn passage(row: &sqlx::sqlite::SqliteRow) -> Result<Passage> {
    Ok(Passage {
        section: row.try_get("section")?,
        headline: row.try_get("headline")?,
        text: row.try_get("text")?,
        figures: from_json(row.try_get("figures")?)?,
    })
}

/// What was written into a document.
pub async fn passages(connection: &mut SqliteConnection, kind: &str, subject: &str) -> Result<Vec<Passage>> {
    let rows = sqlx::query("SELECT * FROM passage WHERE kind = $1 AND subject = $2 ORDER BY section")
        .bind(kind)
        .bind(subject)
        .fetch_all(connection)
        .await?;
    rows.iter().map(passage).collect()
}

/// What was written into any document, by its kind and subject.
pub async fn all_passages(connection: &mut SqliteConnection) -> Result<Vec<(String, String, Passage)>> {
    let rows = sqlx::query("SELECT * FROM passage ORDER BY kind, subject, section").fetch_all(connection).await?;
    rows.iter().map(|row| Ok((row.try_get("kind")?, row.try_get("subject")?, passage(row)?))).collect()
}

/// Saves what was written into a section; where nothing is left of it, it is removed.
pub async fn save_passage(write: &mut Write, kind: &str, subject: &str, passage: &Passage) -> Result<()> {
    write.touch(Tag::REPORTS);
    if passage.headline.trim().is_empty() && passage.text.trim().is_empty() {
        sqlx::query("DELETE FROM passage WHERE kind = $1 AND subject = $2 AND section = $3")
            .bind(kind)
            .bind(subject)
            .bind(&passage.section)
            .execute(write.connection())
            .await?;
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO passage (kind, subject, section, headline, text, figures) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (kind, subject, section) DO UPDATE SET headline = excluded.headline, text = excluded.text,
             figures = excluded.figures",
    )
    .bind(kind)
    .bind(subject)
    .bind(&passage.section)
    .bind(&passage.headline)
    .bind(&passage.text)
    .bind(to_json(&passage.figures)?)
    .execute(write.connection())
    .await?;
    Ok(())
}

/// The sections chosen for a document, in order; `None` where nobody has chosen.
pub async fn sections(connection: &mut SqliteConnection, kind: &str, subject: &str) -> Result<Option<Vec<String>>> {
    let chosen: Option<String> = sqlx::query_scalar("SELECT sections FROM document WHERE kind = $1 AND subject = $2")
        .bind(kind)
        .bind(subject)
        .fetch_optional(connection)
        .await?;
    chosen.as_deref().map(from_json).transpose()
}

/// Chooses a document's sections, or with `None` none in particular.
pub async fn save_sections(write: &mut Write, kind: &str, subject: &str, sections: Option<&[String]>) -> Result<()> {
    write.touch(Tag::REPORTS);
    match sections {
        Some(sections) => {
            sqlx::query(
                "INSERT INTO document (kind, subject, sections) VALUES ($1, $2, $3)
                 ON CONFLICT (kind, subject) DO UPDATE SET sections = excluded.sections",
            )
            .bind(kind)
            .bind(subject)
            .bind(to_json(&sections)?)
            .execute(write.connection())
            .await?;
        }
        None => {
            sqlx::query("DELETE FROM document WHERE kind = $1 AND subject = $2")
                .bind(kind)
                .bind(subject)
                .execute(write.connection())
                .await?;
        }
    }
    Ok(())
}
