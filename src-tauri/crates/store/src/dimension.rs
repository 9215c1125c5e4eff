//! Dimension values, interned: a roll-up holds small numbers instead of names.

use std::collections::HashMap;

use domain::usage::Dimension;
use sqlx::{Row, SqliteConnection};

use crate::{Result, Write};

/// Names by dimension and id.
#[derive(Debug, Clone, Default)]
pub struct Names {
    by_id: HashMap<u32, String>,
    ids: [HashMap<String, u32>; 5],
}

impl Names {
    /// The value's name; "" is "not given".
    pub fn name(&self, id: u32) -> &str {
        self.by_id.get(&id).map_or("", String::as_str)
    }

    pub fn id(&self, dimension: Dimension, name: &str) -> Option<u32> {
        self.ids[dimension.index()].get(name).copied()
    }

    fn insert(&mut self, id: u32, dimension: usize, name: String) {
        if let Some(ids) = self.ids.get_mut(dimension) {
            ids.insert(name.clone(), id);
        }
        self.by_id.insert(id, name);
    }
}

pub async fn names(connection: &mut SqliteConnection) -> Result<Names> {
    let mut names = Names::default();
    for row in sqlx::query("SELECT id, dimension, value FROM dimension_value").fetch_all(connection).await? {
        let dimension: u32 = row.try_get("dimension")?;
        names.insert(row.try_get("id")?, dimension as usize, row.try_get("value")?);
    }
    Ok(names)
}

/// The id of a value, made if it is new.
pub async fn intern(write: &mut Write, names: &mut Names, dimension: Dimension, value: &str) -> Result<u32> {
    if let Some(id) = names.id(dimension, value) {
        return Ok(id);
    }
    let row = sqlx::query("INSERT INTO dimension_value (dimension, value) VALUES ($1, $2) RETURNING id")
        .bind(dimension.index() as i64)
        .bind(value)
        .fetch_one(write.connection())
        .await?;
    let id = row.try_get("id")?;
    names.insert(id, dimension.index(), value.to_owned());
    Ok(id)
}
