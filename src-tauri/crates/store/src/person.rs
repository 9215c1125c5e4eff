//! People: owners of records, approvers, their deputies.

use domain::id::PersonId;
use domain::person::{Person, PersonDetails};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::row::{from_json, parsed, to_json};
use crate::{Result, StoreError, Tag, Write};

fn person(row: &SqliteRow) -> Result<Person> {
    let deputy: Option<&str> = row.try_get("deputy_id")?;
    Ok(Person {
        id: parsed(row.try_get("id")?)?,
        details: PersonDetails {
            name: row.try_get("name")?,
            names: from_json(row.try_get("names")?)?,
            role: row.try_get("role")?,
            email: row.try_get("email")?,
            deputy_id: deputy.map(parsed).transpose()?,
        },
    })
}

/// Everybody, by name.
pub async fn list(connection: &mut SqliteConnection) -> Result<Vec<Person>> {
    let rows = sqlx::query("SELECT * FROM person WHERE deleted = 0 ORDER BY name, id").fetch_all(connection).await?;
    rows.iter().map(person).collect()
}

/// A person; also one who was removed.
pub async fn get(connection: &mut SqliteConnection, id: PersonId) -> Result<Person> {
    let row = sqlx::query("SELECT * FROM person WHERE id = $1").bind(id.to_string()).fetch_optional(connection).await?;
    person(&row.ok_or(StoreError::NotFound)?)
}

/// Saves a person, bringing back one who was removed.
pub async fn save(write: &mut Write, person: &Person) -> Result<()> {
    let details = &person.details;
    sqlx::query(
        "INSERT INTO person (id, name, names, role, email, deputy_id) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, names = excluded.names, role = excluded.role,
             email = excluded.email, deputy_id = excluded.deputy_id, deleted = 0",
    )
    .bind(person.id.to_string())
    .bind(&details.name)
    .bind(to_json(&details.names)?)
    .bind(&details.role)
    .bind(&details.email)
    .bind(details.deputy_id.map(|id| id.to_string()))
    .execute(write.connection())
    .await?;
    write.touch(Tag::PEOPLE);
    Ok(())
}

pub async fn delete(write: &mut Write, id: PersonId) -> Result<()> {
    sqlx::query("UPDATE person SET deleted = 1 WHERE id = $1").bind(id.to_string()).execute(write.connection()).await?;
    write.touch(Tag::PEOPLE);
    Ok(())
}
