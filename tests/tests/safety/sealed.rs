//! Values only the program can read: a damaged one is refused and found, never shown as other figures.

use quarterdeck_tests::Bench;
use serde_json::{Value, json};
use store::sqlx::{Connection, Executor, Row, SqliteConnection};

const COLUMNS: [(&str, &str); 4] =
    [("usage_day", "parts"), ("usage_hour", "cells"), ("usage_minute", "minutes"), ("usage_latency", "sketches")];

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_value_is_refused_and_found_whatever_became_of_it() {
    for (table, column) in COLUMNS {
        for damage in ["emptied", "cut", "changed"] {
            let bench = Bench::with_workspace().await;
            let rows = "2026-07-01T09:10:00Z,openai,gpt-4o,100,300\n2026-07-02T09:10:00Z,openai,gpt-4o,100,300\n2026-07-03T09:10:00Z,openai,gpt-4o,100,300\n";
            let text = format!("time,vendor,model,input_tokens,latency_ms\n{rows}");
            bench.import(&bench.write("usage.csv", text), |_| {}).await;
            assert_eq!(bench.call("workspace_verify", Value::Null).await["ok"], true);
            bench.app.shut_down().await;
            let path = bench.path("acme.quarterdeck");
            let mut file = SqliteConnection::connect(&path).await.unwrap();
            let sql = format!("SELECT rowid, {column} FROM {table} LIMIT 1");
            let found = if table == "usage_minute" { sql.replace("rowid", "hour") } else { sql };
            let row = file.fetch_one(store::sqlx::AssertSqlSafe(found)).await.unwrap();
            let (id, mut bytes): (i64, Vec<u8>) = (row.get(0), row.get(1));
            match damage {
                "emptied" => bytes.clear(),
                "cut" => bytes.truncate(bytes.len() / 2),
                _ => bytes[0] ^= 1,
            }
            let key = if table == "usage_minute" { "hour" } else { "rowid" };
            let update = format!("UPDATE {table} SET {column} = $1 WHERE {key} = $2");
            store::sqlx::query(store::sqlx::AssertSqlSafe(update))
                .bind(bytes)
                .bind(id)
                .execute(&mut file)
                .await
                .unwrap();
            file.close().await.unwrap();
            bench.call("workspace_open", json!({ "path": path })).await;
            let verified = bench.call("workspace_verify", Value::Null).await;
            assert_eq!(verified["ok"], false, "{table} {damage}: {verified}");
            if table == "usage_day" {
                let asked = json!({ "period": "2026-Q3", "by": ["model"] });
                assert_eq!(bench.try_call("economics", asked).await.unwrap_err().code, "damaged", "{damage}");
            }
        }
    }
}
