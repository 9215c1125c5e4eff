//! Values that hold an hour each of what one import tells: the form in which cells and what stands beside them are stored.

use sqlx::QueryBuilder;

use crate::seal::seal;
use crate::{Result, Tag, Write};

/// Rows of one statement.
const BATCH: usize = 200;

/// Adds values that hold an import's hours, each with the hour it is of, to a table.
pub(crate) async fn insert(
    write: &mut Write,
    table: &'static str,
    (import, source): (i64, u32),
    counted: bool,
    mut packed: Vec<(i64, Vec<u8>)>,
) -> Result<()> {
    for batch in packed.chunks_mut(BATCH) {
        let mut insert = QueryBuilder::new("INSERT INTO ");
        insert.push(table).push(" ");
        insert.push_values(batch, |mut values, (hour, bytes)| {
            let bytes = seal(std::mem::take(bytes));
            values.push_bind(*hour).push_bind(source).push_bind(import).push_bind(counted).push_bind(bytes);
        });
        insert.build().execute(write.connection()).await?;
    }
    write.touch(Tag::USAGE);
    Ok(())
}
