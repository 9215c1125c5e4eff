//! Results of the schema before imports had numbers are the same results after it.

#![allow(clippy::unwrap_used)]

use store::sqlx::{AssertSqlSafe, Connection, Row, SqliteConnection, query, query_scalar, raw_sql};

fn migrations() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let named = |path: &std::path::PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    files.iter().map(|path| (named(path), std::fs::read_to_string(path).unwrap())).collect()
}

#[tokio::test]
async fn results_keep_their_import_scores_and_answers_when_imports_get_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let address = format!("sqlite://{}?mode=rwc", folder.path().join("old.sqlite").display());
    let mut file = SqliteConnection::connect(&address).await.unwrap();
    let apply = async |file: &mut SqliteConnection, sql: &str| {
        raw_sql(AssertSqlSafe(format!("BEGIN; {sql}; COMMIT"))).execute(file).await.unwrap();
    };
    query("PRAGMA foreign_keys = ON").execute(&mut file).await.unwrap();
    let migrations = migrations();
    for (_, sql) in migrations.iter().filter(|(name, _)| name.as_str() < "0012") {
        apply(&mut file, sql).await;
    }
    apply(
        &mut file,
        "INSERT INTO suite (id, name, kind) VALUES ('s', 'S', 'golden');
         INSERT INTO suite_case (id, content, identity, body) VALUES (1, zeroblob(32), zeroblob(32), '{}');
         INSERT INTO bakeoff (id, suite_id, details, created_at) VALUES ('b', 's', '{}', '2026-01-01');
         INSERT INTO candidate (id, bakeoff_id, place, details) VALUES (1, 'b', 0, '{}');
         INSERT INTO result_import (id, bakeoff_id, name, format, sha256, at, summary, reverted)
           VALUES ('later', 'b', 'l', 'csv', 'x', '2026-02-01', '{}', 0), ('first', 'b', 'f', 'csv', 'y', '2026-01-01', '{}', 1);
         INSERT INTO result (id, candidate, case_id, repeat, import_id, answer, latency, cost_nanos, cost_currency)
           VALUES (7, 1, 1, 0, 'later', 'an answer', 12, '34', 'EUR'), (9, 1, 1, 0, 'first', NULL, NULL, NULL, NULL);
         INSERT INTO score VALUES (7, 'quality', 0.5, 'file', 'why', 'Ada'), (9, 'quality', 0.25, 'file', '', '')",
    )
    .await;
    for (_, sql) in migrations.iter().filter(|(name, _)| name.as_str() >= "0012") {
        apply(&mut file, sql).await;
    }
    let rows = query(
        "SELECT r.id, i.id AS import, r.answer, r.latency, r.cost_nanos, s.value, s.rater FROM result r
         JOIN result_import i ON i.number = r.import JOIN score s ON s.result = r.id ORDER BY r.id",
    )
    .fetch_all(&mut file)
    .await
    .unwrap();
    // Number, import, answer, latency, cost, score, rater.
    type Told = (i64, String, Option<String>, Option<i64>, Option<String>, f64, String);
    let told: Vec<Told> = rows
        .iter()
        .map(|row| (row.get(0), row.get(1), row.get(2), row.get(3), row.get(4), row.get(5), row.get(6)))
        .collect();
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(
        told,
        [
            (7, "later".into(), text("an answer"), Some(12), text("34"), 0.5, "Ada".into()),
            (9, "first".into(), None, None, None, 0.25, String::new())
        ]
    );
    assert_eq!(query("PRAGMA foreign_key_check").fetch_all(&mut file).await.unwrap().len(), 0);
    // Scores still go with their result.
    query("DELETE FROM result WHERE id = 7").execute(&mut file).await.unwrap();
    assert_eq!(query_scalar::<_, i64>("SELECT count(*) FROM score").fetch_one(&mut file).await.unwrap(), 1);
}
