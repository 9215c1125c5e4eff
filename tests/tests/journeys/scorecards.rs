//! Scorecards: what is proposed follows from the bake-off and the contract, and a mark is a person's. Renewals that a decision has
//! settled say so.

#![allow(clippy::unwrap_used)]

use quarterdeck_tests::{Bench, quarterdeck, sample};
use serde_json::{Value, json};

async fn opened() -> (tempfile::TempDir, Bench) {
    let folder = tempfile::tempdir().unwrap();
    let path = sample(folder.path());
    let bench = Bench::new();
    bench.call("workspace_open", json!({ "path": path })).await;
    (folder, bench)
}

async fn vendor(bench: &Bench, name: &str) -> Value {
    let rows = bench.call("vendors", Value::Null).await;
    let found = rows.as_array().unwrap().iter().find(|row| row["vendor"]["name"] == name).cloned();
    found.unwrap_or_else(|| panic!("no {name}: {rows}"))["vendor"]["id"].clone()
}

fn row(card: &Value, dimension: &str) -> Value {
    card["rows"].as_array().unwrap().iter().find(|row| row["dimension"] == dimension).unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn proposals_are_what_the_bake_off_and_the_contract_say_and_no_data_is_no_mark() {
    let (_folder, bench) = opened().await;
    let id = vendor(&bench, "Anthropic").await;
    let card = bench.call("scorecard", json!({ "id": id })).await;
    let rows = bench.call("bakeoffs", Value::Null).await;
    let signed = rows.as_array().unwrap().iter().find(|row| row["stage"] == "signed").unwrap();
    let compared = bench.call("bakeoff_comparison", json!({ "id": signed["id"] })).await;
    let one = compared["candidates"].as_array().unwrap().iter().find(|one| one["name"] == "Claude Sonnet 4.5").unwrap();
    // The interval lies wholly above the smallest difference that matters, 2 points: a five.
    let quality = row(&card, "quality");
    assert_eq!(quality["proposal"]["mark"], json!(5));
    let difference = one["scores"][0]["differenceText"].as_str().unwrap();
    let (low, high) = difference[difference.find('[').unwrap() + 1..].trim_end_matches(']').split_once(", ").unwrap();
    let basis = quality["proposal"]["basis"].as_str().unwrap();
    assert!(basis.contains(&format!("{low} to {high} points against GPT-5.1")), "{basis} of {difference}");
    // Nothing kept, residency, a veto, no training: a five, and the clause is the evidence.
    let data = row(&card, "data-terms");
    assert_eq!(
        (data["proposal"]["mark"].clone(), data["proposal"]["evidence"]["link"]["area"].clone()),
        (json!(5), json!("contract"))
    );
    // The contract's own target comes before the gate's 8 s.
    let latency = row(&card, "latency");
    assert!(latency["proposal"]["basis"].as_str().unwrap().ends_with("the contract says 4.00 s"), "{latency}");
    let support = row(&card, "support");
    assert_eq!(support["proposal"], Value::Null);
    assert!(!support["noProposal"].as_str().unwrap().is_empty());
    // A vendor nobody knows anything of has no mark and no proposal.
    let made = bench.call("vendor_save", json!({ "id": null, "name": "Nobody", "status": "candidate", "owner": "", "riskTier": null, "website": "", "notes": "", "contacts": [], "providerKeys": [] })).await;
    let empty = bench.call("scorecard", json!({ "id": made["id"] })).await;
    for one in empty["rows"].as_array().unwrap() {
        assert_eq!((one["mark"].clone(), one["proposal"].clone()), (Value::Null, Value::Null), "{one}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_other_than_proposed_needs_a_reason_is_undone_and_leaves_the_older_one_standing() {
    let (_folder, bench) = opened().await;
    let id = vendor(&bench, "Anthropic").await;
    let give = |mark: u8, reason: &str, author: &str| json!({ "vendorId": id, "dimension": "quality", "mark": mark, "reason": reason, "author": author });
    let refused = bench.try_call("scorecard_set", give(2, " ", "Ada")).await.unwrap_err();
    assert_eq!(
        (refused.fields[0].field.as_str(), refused.fields[0].code.as_str()),
        ("reason", "reason-where-other-than-proposed")
    );
    let refused = bench.try_call("scorecard_set", give(6, "more", "Ada")).await.unwrap_err();
    assert_eq!(refused.fields[0].field, "mark");
    let refused = bench.try_call("scorecard_set", give(5, "", "")).await.unwrap_err();
    assert_eq!(refused.fields[0].field, "author");
    let stands = async || row(&bench.call("scorecard", json!({ "id": id })).await, "quality")["mark"].clone();
    let before = stands().await;
    bench.call("scorecard_set", give(2, "Wrong on long documents", "Ada")).await;
    assert_eq!(
        (stands().await["mark"].clone(), stands().await["reason"].clone()),
        (json!(2), json!("Wrong on long documents"))
    );
    bench.call("undo", Value::Null).await;
    assert_eq!(stands().await, before);
    bench.call("redo", Value::Null).await;
    assert_eq!(stands().await["mark"], json!(2));
    let all = bench.call("scorecards", Value::Null).await;
    let of = all["rows"].as_array().unwrap().iter().find(|row| row["vendorId"] == id).unwrap();
    assert_eq!((of["marks"][0].clone(), of["proposed"][0].clone()), (json!(2), json!(5)));
}

#[tokio::test(flavor = "multi_thread")]
async fn clauses_are_kept_undone_compared_and_refused_where_they_contradict_themselves() {
    let (_folder, bench) = opened().await;
    let contracts = bench.call("contracts", Value::Null).await;
    let id = contracts["rows"][0]["contract"]["id"].clone();
    let before = bench.call("contract_clauses", json!({ "id": id })).await;
    let mut changed = before.clone();
    changed["clauses"]["data"]["training"] = json!("by-default");
    changed["clauses"]["data"]["storageRegions"] = json!([]);
    bench.call("contract_clauses_save", changed.clone()).await;
    assert_eq!(bench.call("contract_clauses", json!({ "id": id })).await, changed);
    let terms = bench.call("data_terms", Value::Null).await;
    let of = terms["rows"].as_array().unwrap().iter().find(|row| row["contractId"] == id).unwrap();
    assert_eq!((of["texts"][0].clone(), of["texts"][3].clone()), (json!("by default"), json!("anywhere")));
    bench.call("undo", Value::Null).await;
    assert_eq!(bench.call("contract_clauses", json!({ "id": id })).await, before);
    for (place, value, field) in [
        ("/clauses/sla/uptime", json!(99.9), "uptime"),
        ("/clauses/sla/p95Ms", json!(0), "p95Ms"),
        ("/clauses/sla/credits", json!([{ "below": 0.99, "credit": 1.5 }]), "credits"),
        ("/clauses/data/zeroRetention", json!(true), "retentionDays"),
    ] {
        let mut wrong = before.clone();
        wrong["clauses"]["data"]["retentionDays"] = json!(30);
        *wrong.pointer_mut(place).unwrap() = value;
        let refused = bench.try_call("contract_clauses_save", wrong).await.unwrap_err();
        assert_eq!(refused.fields[0].field, field, "{place}");
        assert_eq!(bench.call("contract_clauses", json!({ "id": id })).await, before);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renewal_that_is_decided_says_so_on_its_contract_and_on_home_until_it_is_reopened() {
    let (_folder, bench) = opened().await;
    let rows = bench.call("bakeoffs", Value::Null).await;
    let signed = rows.as_array().unwrap().iter().find(|row| row["stage"] == "signed").unwrap()["id"].clone();
    let view = bench.call("bakeoff", json!({ "id": signed })).await;
    let contract = view["details"]["contractId"].clone();
    let settled = bench.call("contract", json!({ "id": contract })).await["settled"].clone();
    let text = settled["text"].as_str().unwrap();
    assert!(text.contains("move to Claude Sonnet 4.5") && text.starts_with("Notice is still to be given"), "{text}");
    // On Home it is what the row says, not something beside it that nobody is shown.
    let home = bench.call("home", Value::Null).await;
    let items = home["attention"].as_array().unwrap();
    let is_notice = |item: &&Value| item["link"]["id"] == contract && item["kind"] == "notice-deadline";
    let item = items.iter().find(is_notice).unwrap_or_else(|| panic!("{home}"));
    assert_eq!((item["detail"].as_str(), item["action"].clone()), (Some(text), json!("Give notice")));
    // Reopened as the next version: nothing is settled.
    let decision = bench.call("decision", json!({ "bakeoffId": signed })).await;
    let mut content = decision["content"].clone();
    content["rationale"] = json!("Looked at again.");
    bench.call("decision_save", json!({ "bakeoffId": signed, "content": content })).await;
    assert_eq!(bench.call("contract", json!({ "id": contract })).await["settled"], Value::Null);
}

#[test]
fn the_command_line_shows_and_gives_marks() {
    let folder = tempfile::tempdir().unwrap();
    let path = sample(folder.path());
    let file = path.to_str().unwrap();
    let run = |args: &[&str]| {
        let done = quarterdeck(folder.path(), &[&["-w", file], args].concat());
        (done.status.code(), String::from_utf8(done.stdout).unwrap(), String::from_utf8(done.stderr).unwrap())
    };
    let (code, all, _) = run(&["scorecard", "show"]);
    assert_eq!(code, Some(0));
    assert!(all.contains("Data terms") && all.contains("Anthropic"), "{all}");
    let (code, _, said) = run(&["scorecard", "set", "anthropic", "price", "5", "--by", "Ada"]);
    assert!(code != Some(0) && said.contains("say why"), "{said}");
    let (code, shown, _) =
        run(&["--json", "scorecard", "set", "anthropic", "price", "5", "--by", "Ada", "--reason", "Rebate"]);
    assert_eq!(code, Some(0));
    let shown: Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(row(&shown, "price")["mark"]["author"], "Ada");
    let (code, _, said) = run(&["scorecard", "show", "No such"]);
    assert!(code != Some(0) && said.contains("No such"), "{said}");
}
