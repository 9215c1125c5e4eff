//! History does not move by itself: over random sequences of imports, price lists, overrides, contracts, reverts and undos, no
//! month's spend changes without an entry in the log that says by how much.

use std::collections::BTreeMap;

use quarterdeck_tests::{Bench, cases};
use serde_json::{Value, json};

const MONTHS: [&str; 3] = ["2026-06", "2026-07", "2026-08"];

async fn spend(bench: &Bench) -> BTreeMap<String, Option<String>> {
    let mut months = BTreeMap::new();
    for month in MONTHS {
        let view = bench.call("economics", json!({ "period": month, "by": ["model"] })).await;
        months.insert(month.to_owned(), view["total"]["spend"]["amount"].as_str().map(str::to_owned));
    }
    months
}

/// What the log says the last change to an entry made of each month, by entry.
async fn log(bench: &Bench) -> BTreeMap<String, Value> {
    let entries = bench.call("activity", json!({ "limit": 1000 })).await;
    let of = |entry: &Value| (entry["id"].as_str().unwrap().to_owned(), entry["moved"].clone());
    entries.as_array().unwrap().iter().map(of).collect()
}

fn usage(rng: &mut fastrand::Rng) -> String {
    let mut text = "time,vendor,model,session,ok,input_tokens,cost\n".to_owned();
    for _ in 0..rng.usize(1..12) {
        let (month, day, hour) = (rng.u32(6..9), rng.u32(1..29), rng.u32(0..24));
        let model = ["gpt-4o", "gpt-4o-mini", "house", "other-house"][rng.usize(0..4)];
        let vendor = ["openai", "azure", "acme"][rng.usize(0..3)];
        let cost = ["", "", "0.25", "0"][rng.usize(0..4)];
        let tokens = rng.u32(1..2_000_000);
        text += format!(
            "2026-{month:02}-{day:02}T{hour:02}:10:00Z,{vendor},{model},s{day},{},{tokens},{cost}\n",
            rng.bool()
        )
        .as_str();
    }
    text
}

fn bill(rng: &mut fastrand::Rng) -> String {
    let mut text = "time,vendor,model,cost\n".to_owned();
    for _ in 0..rng.usize(1..6) {
        let model = ["GPT-4o", "gpt-4o-mini-2024-07-18", "house", "mystery", ""][rng.usize(0..5)];
        let vendor = ["openai", "azure", "acme"][rng.usize(0..3)];
        let (month, day) = (rng.u32(6..9), rng.u32(1..29));
        text += format!("2026-{month:02}-{day:02}T12:00:00Z,{vendor},{model},{}.5\n", rng.u32(0..9)).as_str();
    }
    text
}

/// One thing a person may do; refusals are fine.
async fn act(bench: &Bench, rng: &mut fastrand::Rng, step: usize, files: &mut Vec<String>, contract: &Value) -> String {
    match rng.usize(0..13) {
        0..=2 => {
            let again = !files.is_empty() && rng.u32(0..4) == 0;
            let path = if again {
                files[rng.usize(0..files.len())].clone()
            } else {
                let text = if rng.u32(0..3) == 0 { bill(rng) } else { usage(rng) };
                bench.write(&format!("f{step}.csv"), text)
            };
            files.push(path.clone());
            let feed = ["gateway", "console"][rng.usize(0..2)];
            let plan = bench.plan(&path, |request| request["source"] = json!(feed)).await;
            let Ok(plan) = plan else { return "import refused".into() };
            let choice = ["keep", "replace", "add"][rng.usize(0..3)];
            let answer = if plan["conflict"].is_null() { Value::Null } else { json!(choice) };
            let done = bench.commit(&plan, answer, ["this", "other", "both"][rng.usize(0..3)]).await;
            format!("import {feed} {choice}: {}", done.is_ok())
        }
        3 | 4 => {
            let model = ["gpt-4o", "house", "other-house", "mystery"][rng.usize(0..4)];
            let provider = ["openai", "acme", "azure"][rng.usize(0..3)];
            let of_contract = if rng.u32(0..3) == 0 { contract["id"].clone() } else { Value::Null };
            let draft = json!({ "provider": provider, "model": model, "tier": "standard",
                "from": format!("2026-{:02}-01T00:00:00Z", rng.u32(1..9)), "currency": "USD",
                "rates": { "input": format!("{}.75", rng.u32(0..9)) }, "contractId": of_contract, "source": "" });
            format!("price {provider}/{model}: {}", bench.try_call("price_add", draft).await.is_ok())
        }
        5 => {
            let (vendor, alias) = (["azure", "acme"][rng.usize(0..2)], ["house", "mystery"][rng.usize(0..2)]);
            let draft = json!({ "vendor": vendor, "alias": alias,
                "provider": "openai", "model": "gpt-4o-mini" });
            format!("alias: {}", bench.try_call("alias_save", draft).await.is_ok())
        }
        6 => {
            let imports = bench.call("imports", Value::Null).await;
            let list = imports.as_array().unwrap();
            if list.is_empty() {
                return "nothing to revert".into();
            }
            let id = list[rng.usize(0..list.len())]["id"].clone();
            format!(
                "revert: {:?}",
                bench.try_call("import_revert", json!({ "id": id })).await.map_err(|e| e.code).err()
            )
        }
        7 => {
            let imports = bench.call("imports", Value::Null).await;
            let Some(import) = imports.as_array().unwrap().iter().find(|import| !import["answer"].is_null()) else {
                return "nothing to answer".into();
            };
            let choice = ["keep", "replace", "add"][rng.usize(0..3)];
            let change = json!({ "id": import["id"], "onConflict": choice });
            format!("answer {choice}: {}", bench.try_call("import_answer", change).await.is_ok())
        }
        8 => {
            // A list that sells what was not priced before, with a long context of its own.
            let input = rng.u32(1..9);
            let rates = json!({ "input": input, "output": 8, "tiers": [{ "above": 500_000, "input": 9.5 }] });
            let model = ["house", "other-house"][rng.usize(0..2)];
            let row = json!({ "start": "2026-06-15T00:00:00Z", "rates": rates });
            let list = json!({ "schema": 1, "updated_at": "2026-07-01T00:00:00Z", "prices": { "acme": { model: { "standard": [row] } } } });
            let path = bench.write(&format!("list{step}.json"), list.to_string());
            bench.call("price_import", json!({ "path": path })).await;
            format!("price list: {model} at {input}")
        }
        9 => format!("redo: {:?}", bench.try_call("redo", Value::Null).await.map_err(|error| error.code).err()),
        10 => {
            // Taken back and made again, nothing has happened.
            let before = spend(bench).await;
            let Ok(undone) = bench.try_call("undo", Value::Null).await else { return "undo refused".into() };
            if undone["undone"].is_null() {
                return "nothing to undo".into();
            }
            let what = format!("{} {}", undone["undone"]["what"], undone["undone"]["subject"]);
            match bench.try_call("redo", Value::Null).await {
                Ok(redone) => {
                    assert_eq!(redone["redone"]["id"], undone["undone"]["id"]);
                    assert_eq!(spend(bench).await, before, "{what} undone and redone");
                }
                Err(error) => assert_eq!(error.code, "redo-price-list", "{what}"),
            }
            format!("undone and redone: {what}")
        }
        _ => format!("undo: {:?}", bench.try_call("undo", Value::Null).await.map_err(|error| error.code).err()),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_month_changes_without_an_entry_in_the_log_that_says_by_how_much() {
    let template = Bench::with_workspace().await;
    template.app.shut_down().await;
    let empty = std::fs::read(template.path("acme.quarterdeck")).unwrap();
    let (first, count) = cases(12);
    for seed in first..first + count {
        let mut rng = fastrand::Rng::with_seed(seed);
        let bench = Bench::new();
        let path = bench.write("acme.quarterdeck", &empty);
        bench.call("workspace_open", json!({ "path": path })).await;
        let (_, contract) = bench.contract("Azure", &["azure"]).await;
        let (mut files, mut told) = (Vec::new(), String::new());
        for step in 0..14 {
            let (before, logged) = (spend(&bench).await, log(&bench).await);
            let what = act(&bench, &mut rng, step, &mut files, &contract).await;
            told += format!("{step}: {what}\n").as_str();
            let after = spend(&bench).await;
            let entries = log(&bench).await;
            let said: Vec<&Value> = entries
                .iter()
                .filter(|(id, moved)| logged.get(*id) != Some(moved))
                .flat_map(|(_, m)| m.as_array().unwrap())
                .collect();
            for month in MONTHS {
                let entry = said.iter().find(|moved| moved["month"] == month);
                let amount = |side: &str| entry.and_then(|entry| entry[side]["amount"].as_str()).map(str::to_owned);
                if before[month] == after[month] {
                    assert!(entry.is_none(), "seed {seed}, {month}: the log says {entry:?}\n{told}");
                } else {
                    assert_eq!(
                        (amount("before"), amount("after")),
                        (before[month].clone(), after[month].clone()),
                        "seed {seed}, {month}\n{told}"
                    );
                }
            }
            // Read from the file anew, the figures are the same.
            if step % 5 == 4 {
                bench.app.shut_down().await;
                bench.call("workspace_open", json!({ "path": path })).await;
                assert_eq!(spend(&bench).await, after, "seed {seed}, opened again\n{told}");
            }
        }
        bench.app.shut_down().await;
    }
}
