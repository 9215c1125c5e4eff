//! A bake-off from files to a closed round: what the person reads, and what nobody reads before the round is closed.

#![allow(clippy::unwrap_used)]

use std::path::Path;

use quarterdeck_tests::Bench;
use serde_json::{Value, json};

const CASES: &str = "id,question,answer,topic\n\
    c1,What is 2 + 2?,4,math\n\
    c2,Capital of France?,Paris,geography\n\
    c3,Capital of Peru?,Lima,geography\n\
    c4,What is 9 - 3?,6,math\n";

/// A suite of four cases, frozen, and a bake-off on it: their ids.
async fn planned(bench: &Bench) -> (Value, Value) {
    let path = bench.write("cases.csv", CASES);
    let suite = bench.call("suite_import", json!({ "path": path, "name": "Small golden" })).await["id"].clone();
    bench.call("suite_freeze", json!({ "id": suite, "by": "Ada" })).await;
    let draft = json!({ "name": "Small", "suiteId": suite, "version": 1 });
    let bakeoff = bench.call("bakeoff_save", draft).await["id"].clone();
    (suite, bakeoff)
}

const NAMES: [&str; 2] = ["Canary Harbor", "Canary Northwind"];

/// Results of two candidates, in no order: the first is right thrice, the second once.
fn results() -> String {
    let mut text = "case,candidate,answer,score,latency_ms\n".to_owned();
    for (case, candidate, answer, score) in [
        ("c3", 0, "Lima", 1),
        ("c1", 1, "5", 0),
        ("c1", 0, "4", 1),
        ("c2", 1, "Paris", 1),
        ("c4", 0, "7", 0),
        ("c2", 0, "Paris, says Canary Harbor", 1),
        ("c3", 1, "Cusco", 0),
        ("c4", 1, "12", 0),
    ] {
        text += &format!("{case},{},\"{answer}\",{score},{}\n", NAMES[candidate], 800 + candidate * 400);
    }
    text
}

async fn with_results(bench: &Bench) -> Value {
    let (_, bakeoff) = planned(bench).await;
    let path = bench.write("results.csv", results());
    bench.call("results_commit", json!({ "bakeoffId": bakeoff, "path": path })).await;
    bakeoff
}

#[tokio::test(flavor = "multi_thread")]
async fn results_are_paired_by_case_priced_and_compared_whatever_their_order() {
    let bench = Bench::with_workspace().await;
    let (_, bakeoff) = planned(&bench).await;
    let path = bench.write("results.csv", results());
    let request = json!({ "bakeoffId": bakeoff, "path": path });
    let plan = bench.call("results_plan", request.clone()).await;
    assert_eq!(
        (plan["matched"].clone(), plan["casesAnswered"].clone(), plan["unmatched"].clone()),
        (json!(8), json!(4), json!(0))
    );
    assert_eq!(plan["criteria"][0]["mean"], json!(0.5));
    let done = bench.call("results_commit", request.clone()).await;
    assert_eq!((done["results"].clone(), done["candidatesMade"].clone()), (json!(8), json!(2)));
    let again = bench.try_call("results_commit", request).await.unwrap_err();
    assert_eq!(again.code, "results-already", "the same file twice changes nothing");

    let view = bench.call("bakeoff", json!({ "id": bakeoff })).await;
    let harbor = view["candidates"].as_array().unwrap().iter().find(|one| one["name"] == NAMES[0]).unwrap().clone();
    let mut details = harbor["details"].clone();
    details["incumbent"] = json!(true);
    details["bakeoffId"] = bakeoff.clone();
    details["id"] = harbor["id"].clone();
    bench.call("candidate_save", details).await;
    let comparison = bench.call("bakeoff_comparison", json!({ "id": bakeoff })).await;
    let of = |name: &str| {
        let found = comparison["candidates"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap();
        found["scores"][0].clone()
    };
    assert_eq!((of(NAMES[0])["text"].clone(), of(NAMES[1])["text"].clone()), (json!("75.0 %"), json!("25.0 %")));
    assert!(of(NAMES[1])["differenceText"].as_str().unwrap().starts_with("−50.0"), "{}", of(NAMES[1]));
    // Of four cases, the exact test cannot tell them apart.
    assert!(of(NAMES[1])["pText"].as_str().unwrap().starts_with("p 0.5"), "{}", of(NAMES[1])["pText"]);
    // A file that says the same in another order changes nothing.
    let mut lines: Vec<String> = results().lines().map(str::to_owned).collect();
    lines[1..].reverse();
    let other = bench.write("results-turned.csv", lines.join("\n"));
    let refused = bench.try_call("results_commit", json!({ "bakeoffId": bakeoff, "path": other })).await.unwrap_err();
    assert_eq!(refused.code, "results-nothing-new");
    assert_eq!(bench.call("bakeoff_comparison", json!({ "id": bakeoff })).await, comparison);

    // Taken back, nothing is left of it; brought back, everything.
    bench.call("undo", Value::Null).await;
    bench.call("undo", Value::Null).await;
    bench.call("redo", Value::Null).await;
    bench.call("redo", Value::Null).await;
    assert_eq!(bench.call("bakeoff_comparison", json!({ "id": bakeoff })).await, comparison);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frozen_version_never_changes_and_its_hash_tells_of_every_case() {
    let bench = Bench::with_workspace().await;
    let (suite, bakeoff) = planned(&bench).await;
    let before = bench.call("bakeoff", json!({ "id": bakeoff })).await["suiteHash"].clone();
    let cases = bench.call("suite_cases", json!({ "id": suite, "version": 1, "limit": 100 })).await;
    assert_eq!(cases["total"], json!(4));
    let number = cases["rows"][0]["number"].clone();
    let mut case = bench.call("suite_case", json!({ "number": number })).await["case"].clone();
    case["reference"] = json!(["5"]);
    bench.call("suite_case_save", json!({ "id": suite, "number": number, "case": case })).await;
    // The change went to the next draft.
    assert_eq!(bench.call("suite_cases", json!({ "id": suite, "version": 1, "limit": 100 })).await, cases);
    assert_eq!(bench.call("bakeoff", json!({ "id": bakeoff })).await["suiteHash"], before);
    let diff = bench.call("suite_diff", json!({ "id": suite, "from": 1, "to": 2 })).await;
    assert_eq!((diff["changed"][0]["fields"].clone(), diff["unchanged"].clone()), (json!(["reference"]), json!(3)));
    bench.call("undo", Value::Null).await;
    let diff = bench.call("suite_diff", json!({ "id": suite, "from": 1, "to": 2 })).await;
    assert_eq!((diff["changed"].clone(), diff["unchanged"].clone()), (json!([]), json!(4)));
    let refused = bench.try_call("suite_freeze", json!({ "id": suite, "by": "Ada" })).await.unwrap_err();
    assert_eq!(refused.code, "frozen-already", "the same cases are the same version");
}

/// Everything that can be asked while a round is open, as one text.
async fn everything(bench: &Bench, bakeoff: &Value, round: &Value) -> String {
    let mut said = String::new();
    for (command, payload) in [
        ("bakeoffs", Value::Null),
        ("bakeoff", json!({ "id": bakeoff })),
        ("bakeoff_comparison", json!({ "id": bakeoff })),
        ("bakeoff_cases", json!({ "id": bakeoff, "limit": 100 })),
        ("bakeoff_case", json!({ "id": bakeoff, "number": 1 })),
        ("rounds", json!({ "id": bakeoff })),
        ("round_task", json!({ "id": round, "rater": "Bo" })),
        ("round_results", json!({ "id": round })),
        ("activity", json!({ "limit": 1000 })),
        ("round_disputes", json!({ "id": round })),
        ("search", json!({ "text": "canary", "limit": 50 })),
        ("search", json!({ "text": "small", "limit": 50 })),
        ("home", Value::Null),
        ("calendar", json!({ "from": "2026-01-01", "to": "2027-12-31" })),
        ("suites", Value::Null),
        ("people", Value::Null),
        ("results_plan", json!({ "bakeoffId": bakeoff, "path": bench.path("results.csv") })),
        ("undo", Value::Null),
    ] {
        said += &match bench.try_call(command, payload).await {
            Ok(value) => value.to_string(),
            Err(error) => format!("{error:?}"),
        };
        said.push('\n');
    }
    let folder = bench.path(&format!("export-{}", said.len()));
    bench.call("workspace_export", json!({ "path": folder })).await;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            said += &String::from_utf8_lossy(&std::fs::read(path).unwrap());
        }
    }
    said
}

#[tokio::test(flavor = "multi_thread")]
async fn while_a_round_is_open_nothing_holds_the_name_of_a_candidate() {
    let bench = Bench::with_workspace().await;
    let bakeoff = with_results(&bench).await;
    let before = bench.call("bakeoff", json!({ "id": bakeoff })).await.to_string();
    assert!(NAMES.iter().all(|name| before.contains(name)), "the canaries are there to begin with");
    let draft =
        json!({ "bakeoffId": bakeoff, "mode": "pairs", "question": "Which is right?", "target": 4, "by": "Ada" });
    let round = bench.call("round_open", draft).await["id"].clone();
    let said = everything(&bench, &bakeoff, &round).await;
    for name in NAMES {
        assert!(!said.contains(name), "{name} is told: {}", &said[said.find(name).unwrap().saturating_sub(400)..]);
        assert!(!said.to_lowercase().contains(&name.to_lowercase().replace(' ', "-")));
    }
    // Scored through, and closed: now they are.
    for step in 0..4 {
        let choice = ["left", "tie", "right", "both-bad"][step % 4];
        let request = json!({ "id": round, "rater": "Bo", "step": step, "choice": { "kind": choice }, "seconds": 3.0 });
        bench.call("round_judge", request).await;
    }
    assert_eq!(bench.call("round_task", json!({ "id": round, "rater": "Bo" })).await["task"], Value::Null);
    bench.call("round_close", json!({ "id": round, "by": "Ada" })).await;
    let after = bench.call("bakeoff", json!({ "id": bakeoff })).await;
    assert!(NAMES.iter().all(|name| after.to_string().contains(name)));
    let rounds = bench.call("rounds", json!({ "id": bakeoff })).await;
    assert_eq!((rounds[0]["open"].clone(), rounds[0]["closedBy"].clone()), (json!(false), json!("Ada")));
    let again = bench.try_call("round_close", json!({ "id": round, "by": "Ada" })).await.unwrap_err();
    assert_eq!(again.code, "round-closed");
    // Closing is not undone silently, nor is what it rests on.
    assert_eq!(bench.try_call("undo", Value::Null).await.unwrap_err().code, "undo-results-rest");
    let rounds = bench.call("rounds", json!({ "id": bakeoff })).await;
    assert_eq!(rounds[0]["open"], json!(false));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_goes_on_at_the_same_pair_with_the_same_sides_and_a_verdict_is_of_what_was_shown() {
    let bench = Bench::with_workspace().await;
    let bakeoff = with_results(&bench).await;
    let draft =
        json!({ "bakeoffId": bakeoff, "mode": "pairs", "question": "Which is right?", "target": 4, "by": "Ada" });
    let round = bench.call("round_open", draft).await["id"].clone();
    let ask = json!({ "id": round, "rater": "Bo" });
    let first = bench.call("round_task", ask.clone()).await;
    let judge = |step: u32, kind: &str| json!({ "id": round, "rater": "Bo", "step": step, "choice": { "kind": kind } });
    let second = bench.call("round_judge", judge(0, "left")).await;
    assert_ne!(second["task"], first["task"]);
    // Pressed twice: the second press is of no other pair.
    assert_eq!(bench.try_call("round_judge", judge(0, "left")).await.unwrap_err().code, "round-moved-on");
    let path = bench.call("workspace_status", Value::Null).await["path"].clone();
    bench.call("workspace_close", Value::Null).await;
    bench.call("workspace_open", json!({ "path": path })).await;
    assert_eq!(bench.call("round_task", ask.clone()).await, second, "after a restart the same pair, on the same sides");
    // Undo leads back to the very first.
    let back = bench.call("round_undo", ask.clone()).await;
    assert_eq!((back["task"].clone(), back["step"].clone()), (first["task"].clone(), json!(0)));
    // What was put off comes back at the end.
    bench.call("round_judge", judge(0, "skip")).await;
    for step in 1..4 {
        bench.call("round_judge", judge(step, "tie")).await;
    }
    let last = bench.call("round_task", ask).await;
    assert_eq!(last["task"]["left"], first["task"]["left"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_raters_do_not_agree_on_is_settled_blind_and_counts_when_the_round_is_closed() {
    let bench = Bench::with_workspace().await;
    let bakeoff = with_results(&bench).await;
    let draft = json!({ "bakeoffId": bakeoff, "mode": "pairs", "question": "Which is right?", "target": 4, "overlapShare": 1.0, "repeatShare": 0.0, "by": "Ada" });
    let round = bench.call("round_open", draft).await["id"].clone();
    let asked = json!({ "id": round });
    // Bo finds none better, Cy always one: whichever sides they stand on, every task they share is in dispute.
    for (rater, key) in [("Bo", "tie"), ("Cy", "right")] {
        for step in 0..4 {
            let request = json!({ "id": round, "rater": rater, "step": step, "choice": { "kind": key } });
            bench.call("round_judge", request).await;
        }
    }
    let disputes = bench.call("round_disputes", asked.clone()).await;
    let count = disputes.as_array().unwrap().len();
    assert!(count > 0, "{disputes}");
    assert!(NAMES.iter().all(|name| !disputes.to_string().contains(name)));
    assert_eq!(bench.call("rounds", json!({ "id": bakeoff })).await[0]["disputed"], json!(count));
    let settle = |token: &Value, kind: &str, by: &str, reason: &str| json!({ "id": round, "token": token, "choice": { "kind": kind }, "by": by, "reason": reason });
    let token = &disputes[0]["token"];
    let refused = bench.try_call("round_adjudicate", settle(token, "tie", "", "Both right")).await.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.fields[0].field.as_str()), ("invalid", "by"));
    let unknown = bench.try_call("round_adjudicate", settle(&json!(999_999), "tie", "Di", "Both right")).await;
    assert_eq!(unknown.unwrap_err().code, "round-not-disputed");
    assert!(bench.try_call("round_adjudicate", settle(token, "skip", "Di", "Later")).await.is_err());
    for one in disputes.as_array().unwrap() {
        bench.call("round_adjudicate", settle(&one["token"], "both-bad", "Di", "Neither helps")).await;
    }
    let settled = bench.call("round_disputes", asked.clone()).await;
    assert_eq!(settled[0]["settled"], "both bad, settled by Di: Neither helps");
    bench.call("round_close", json!({ "id": round, "by": "Ada" })).await;
    assert_eq!(
        bench.try_call("round_adjudicate", settle(token, "tie", "Di", "Late")).await.unwrap_err().code,
        "round-closed"
    );
    let results = bench.call("round_results", asked).await;
    assert!(results["disputed"][0]["settled"].as_str().unwrap().starts_with("both bad"), "{results}");
    // Settled as both bad, a task is worth nothing to either: no one is preferred where all were settled so.
    let compared = bench.call("bakeoff_comparison", json!({ "id": bakeoff })).await;
    let preferred = compared["criteria"].as_array().unwrap().iter().position(|one| one["name"] == "Blind preference");
    let values: Vec<&Value> = compared["candidates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["scores"][preferred.unwrap()]["value"])
        .collect();
    let sum: f64 = values.iter().filter_map(|value| value.as_f64()).sum();
    assert!((sum - (4 - count) as f64 / 4.0).abs() < 1e-9, "{count} of 4 are settled as both bad: {values:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_packet_is_scored_elsewhere_comes_back_once_and_names_nobody() {
    let bench = Bench::with_workspace().await;
    let bakeoff = with_results(&bench).await;
    let draft =
        json!({ "bakeoffId": bakeoff, "mode": "pairs", "question": "Which is right?", "target": 4, "by": "Ada" });
    let round = bench.call("round_open", draft).await["id"].clone();
    let packet = bench.path("for-bo.packet.json");
    bench.call("round_packet", json!({ "id": round, "rater": "Bo", "tasks": 4, "path": packet })).await;
    let text = std::fs::read_to_string(&packet).unwrap();
    assert!(NAMES.iter().all(|name| !text.contains(name)), "{text}");
    let other = Bench::with_workspace().await;
    let mut step = 0;
    while other.call("packet_task", json!({ "path": packet, "rater": "Bo" })).await["task"] != Value::Null {
        let request =
            json!({ "path": packet, "rater": "Bo", "step": step, "choice": { "kind": "left" }, "seconds": 2.0 });
        other.call("packet_judge", request).await;
        step += 1;
    }
    assert_eq!(step, 4);
    // The last one taken back is next again.
    let back = other.call("packet_undo", json!({ "path": packet, "rater": "Bo" })).await;
    assert!(back["task"] != Value::Null && back["step"] == json!(3));
    let request = json!({ "path": packet, "rater": "Bo", "step": 3, "choice": { "kind": "left" }, "seconds": 2.0 });
    other.call("packet_judge", request).await;
    let scored = bench.path("for-bo.packet.scored.json");
    let merged = bench.call("round_merge", json!({ "id": round, "path": scored })).await;
    assert_eq!((merged["added"].clone(), merged["rater"].clone()), (json!(4), json!("Bo")));
    let again = bench.call("round_merge", json!({ "id": round, "path": scored })).await;
    assert_eq!((again["added"].clone(), again["already"].clone()), (json!(0), json!(4)));
    // A verdict changed by hand is noticed.
    let forged = std::fs::read_to_string(&scored).unwrap().replacen("left", "right", 1);
    let path = bench.write("forged.json", forged);
    assert_eq!(
        bench.try_call("round_merge", json!({ "id": round, "path": path })).await.unwrap_err().code,
        "packet-refused"
    );
}

/// Marks the first candidate as the one in use, and answers with both by name.
async fn with_incumbent(bench: &Bench, bakeoff: &Value) -> Vec<Value> {
    let view = bench.call("bakeoff", json!({ "id": bakeoff })).await;
    let mut found: Vec<Value> = Vec::new();
    for name in NAMES {
        found.push(view["candidates"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap().clone());
    }
    let mut details = found[0]["details"].clone();
    details["incumbent"] = json!(true);
    details["bakeoffId"] = bakeoff.clone();
    details["id"] = found[0]["id"].clone();
    bench.call("candidate_save", details).await;
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_decision_does_not_change_and_one_changed_score_behind_it_is_named() {
    let bench = Bench::with_workspace().await;
    let bakeoff = with_results(&bench).await;
    let candidates = with_incumbent(&bench, &bakeoff).await;
    let content = json!({ "weights": { "score": 3.0, "latency": 1.0 }, "choice": candidates[0]["id"],
        "rationale": "Right thrice of four.", "approvers": ["Bo"], "gates": [{ "kind": "latency", "mostMs": 2000.0 }] });
    let nothing = bench.try_call("decision_sign", json!({ "bakeoffId": bakeoff, "by": "Ada" })).await.unwrap_err();
    assert_eq!(nothing.code, "decision-no-choice");
    let view = bench.call("decision_save", json!({ "bakeoffId": bakeoff, "content": content })).await;
    let of =
        |name: &str| view["candidates"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap().clone();
    // Worth by hand: 0.75 of the scale, and half of the way from twice to half the incumbent's p95, weighed 3 to 1.
    let score = of(NAMES[0])["score"].as_f64().unwrap();
    assert!((score - (0.75 * 0.75 + 0.25 * (2.0 / 3.0))).abs() < 1e-9, "{score}");
    assert!(of(NAMES[0])["passed"] == json!(true) && of(NAMES[0])["first"].as_f64().unwrap() > 0.5);
    let signed = bench.call("decision_sign", json!({ "bakeoffId": bakeoff, "by": "Ada" })).await;
    assert_eq!(signed["signed"]["by"], json!("Ada"));
    let checked = bench.call("decision_verify", json!({ "id": bakeoff })).await;
    assert_eq!((checked[0]["holds"].clone(), checked[0]["changes"].clone()), (json!(true), json!([])));
    // Reopened it is the next version; the first stays as it was signed.
    let mut other = content.clone();
    other["rationale"] = json!("Another reason.");
    let next = bench.call("decision_save", json!({ "bakeoffId": bakeoff, "content": other })).await;
    assert_eq!((next["version"].clone(), next["versions"][0]["version"].clone()), (json!(2), json!(1)));
    assert_eq!(bench.call("decision_verify", json!({ "id": bakeoff })).await[0]["holds"], json!(true));

    let path = bench.path("acme.quarterdeck");
    bench.call("workspace_close", Value::Null).await;
    let file = store::Store::open(Path::new(&path)).await.unwrap();
    let mut write = file.write().await.unwrap();
    let sql = "UPDATE score SET value = 0.25 WHERE result = (SELECT id FROM result WHERE answer LIKE 'Lima' LIMIT 1)";
    store::sqlx::query(sql).execute(write.connection()).await.unwrap();
    let refused = store::sqlx::query("UPDATE decision SET content = '{}' WHERE hash IS NOT NULL")
        .execute(write.connection())
        .await;
    assert!(refused.is_err(), "the file itself keeps a signed decision");
    write.commit().await.unwrap();
    file.close().await;
    bench.call("workspace_open", json!({ "path": path })).await;
    let checked = bench.call("decision_verify", json!({ "id": bakeoff })).await;
    assert_eq!(checked[0]["holds"], json!(false));
    let changes = checked[0]["changes"].as_array().unwrap();
    let score = changes.iter().find(|change| change["part"] == "Result").unwrap();
    assert!(
        score["what"].as_str().unwrap().contains("c3") && score["what"].as_str().unwrap().contains(NAMES[0]),
        "{score}"
    );
    assert_eq!((score["before"].clone(), score["after"].clone()), (json!("1"), json!("0.25")));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_memo_is_two_to_four_pages_and_a_sealed_bake_off_has_none() {
    let bench = Bench::with_workspace().await;
    let bakeoff = with_results(&bench).await;
    let candidates = with_incumbent(&bench, &bakeoff).await;
    let content =
        json!({ "weights": { "score": 1.0 }, "choice": candidates[0]["id"], "rationale": "Right thrice of four." });
    bench.call("decision_save", json!({ "bakeoffId": bakeoff, "content": content })).await;
    let document = json!({ "kind": "bakeoff-memo", "subject": bakeoff });
    for (paper, lang) in [("a4", "en"), ("letter", "zh-CN")] {
        let path = bench.path(&format!("memo-{lang}.pdf"));
        let request = json!({ "document": document, "paper": paper, "lang": lang, "path": path });
        let done = bench.call("report_export", request).await;
        assert!((2..=4).contains(&done["pages"].as_u64().unwrap()), "{done}");
    }
    let draft =
        json!({ "bakeoffId": bakeoff, "mode": "pairs", "question": "Which is right?", "target": 4, "by": "Ada" });
    bench.call("round_open", draft).await;
    let request = json!({ "document": document, "paper": "a4", "lang": "en", "path": bench.path("sealed.pdf") });
    assert_eq!(bench.try_call("report_export", request).await.unwrap_err().code, "sealed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_scores_every_answer_again_the_same_and_a_broken_one_is_said_when_it_is_made() {
    let bench = Bench::with_workspace().await;
    let bakeoff = with_results(&bench).await;
    let rule = |pattern: &str| json!({ "kind": "pattern", "pattern": pattern, "ignoreCase": true });
    let draft = |pattern: &str| json!({ "bakeoffId": bakeoff, "criterion": "names a city", "rule": rule(pattern) });
    let broken = bench.try_call("scorer_save", draft("(")).await.unwrap_err();
    assert_eq!((broken.fields[0].field.as_str(), broken.fields[0].code.as_str()), ("rule", "rule-broken"));
    let run = bench.call("scorer_save", draft("paris|lima|cusco")).await;
    assert_eq!((run["scored"].clone(), run["unscored"].clone()), (json!(8), json!(0)));
    let cases = json!({ "id": bakeoff, "criterion": "names a city", "limit": 10 });
    let before = bench.call("bakeoff_cases", cases.clone()).await;
    let again = bench.call("scorer_run", json!({ "bakeoffId": bakeoff, "criterion": "names a city" })).await;
    assert_eq!(again, run);
    let rules = bench.call("scorers", json!({ "id": bakeoff })).await;
    assert_eq!((rules[0]["scored"].clone(), rules[0]["criterion"].clone()), (json!(8), json!("names a city")));
    assert_eq!(bench.call("bakeoff_cases", cases).await, before);
    let taken = json!({ "bakeoffId": bakeoff, "criterion": "score", "rule": rule("x") });
    assert_eq!(bench.try_call("scorer_save", taken).await.unwrap_err().fields[0].code, "criterion-scored");
    // A file brings scores under the rule's name: running it again would throw them away.
    let path = bench.write("later.csv", format!("case,candidate,repeat,answer,city\nc1,{},1,Oslo,0.5\n", NAMES[0]));
    let plan = bench.call("results_plan", json!({ "bakeoffId": bakeoff, "path": path })).await;
    let mut mapping = plan["files"][0]["mapping"].clone();
    mapping["scores"] = json!([{ "criterion": "names a city", "column": "city" }]);
    bench.call("results_commit", json!({ "bakeoffId": bakeoff, "path": path, "mapping": mapping })).await;
    let cases = json!({ "id": bakeoff, "criterion": "names a city", "limit": 10 });
    let before = bench.call("bakeoff_cases", cases.clone()).await;
    let again = bench.try_call("scorer_run", json!({ "bakeoffId": bakeoff, "criterion": "names a city" })).await;
    assert_eq!(again.unwrap_err().fields[0].code, "criterion-scored");
    assert_eq!(bench.call("bakeoff_cases", cases).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_nobody_can_guess_shows_its_columns_and_comes_in_once_they_are_named() {
    let bench = Bench::with_workspace().await;
    let (_, bakeoff) = planned(&bench).await;
    let path = bench.write("odd.csv", "aaa,bbb,ccc\nc1,Harbor,0.5\nc2,Harbor,1\nc9,Harbor,1\n");
    let plan = bench.call("results_plan", json!({ "bakeoffId": bakeoff, "path": path })).await;
    assert_eq!(
        (plan["files"][0]["columns"].clone(), plan["matched"].clone()),
        (json!(["aaa", "bbb", "ccc"]), json!(0))
    );
    assert_eq!(plan["issues"][0]["code"], json!("columns-not-enough"));
    let mut mapping = plan["files"][0]["mapping"].clone();
    mapping["columns"] = json!([{ "field": "case-id", "column": "aaa" }, { "field": "candidate", "column": "bbb" }]);
    mapping["scores"] = json!([{ "criterion": "quality", "column": "ccc" }]);
    let request = json!({ "bakeoffId": bakeoff, "path": path, "mapping": mapping });
    let plan = bench.call("results_plan", request.clone()).await;
    assert_eq!(
        (plan["matched"].clone(), plan["unmatched"].clone(), plan["unmatchedCases"].clone()),
        (json!(2), json!(1), json!(["c9"]))
    );
    assert_eq!(bench.call("results_commit", request).await["results"], json!(2));
    let cases = bench.write("odd-cases.csv", "aaa,bbb\nk1,What?\n");
    let preview = bench.call("suite_preview", json!({ "path": cases })).await;
    assert_eq!((preview["cases"].clone(), preview["files"][0]["columns"].clone()), (json!(0), json!(["aaa", "bbb"])));
}

#[tokio::test(flavor = "multi_thread")]
async fn suites_cases_candidates_and_results_go_and_come_back() {
    let bench = Bench::with_workspace().await;
    let bakeoff = with_results(&bench).await;
    let suites = bench.call("suites", Value::Null).await;
    let id = suites[0]["id"].clone();
    bench
        .call("suite_save", json!({ "id": id, "name": "Renamed", "kind": "safety", "owner": "Ada", "purpose": "" }))
        .await;
    let view = bench.call("suite", json!({ "id": id })).await;
    assert_eq!((view["row"]["name"].clone(), view["versions"][0]["bakeoffs"].clone()), (json!("Renamed"), json!(1)));
    let cases = bench.call("suite_cases", json!({ "id": id, "version": 1, "limit": 9 })).await;
    bench.call("suite_cases_remove", json!({ "id": id, "numbers": [cases["rows"][0]["number"]] })).await;
    let draft = json!({ "id": id, "version": 2, "limit": 9 });
    assert_eq!(bench.call("suite_cases", draft.clone()).await["total"], json!(3));
    bench.call("undo", Value::Null).await;
    assert_eq!(bench.call("suite_cases", draft).await["total"], json!(4));

    let before = bench.call("bakeoff", json!({ "id": bakeoff })).await;
    bench.call("candidate_delete", json!({ "id": before["candidates"][0]["id"] })).await;
    assert_eq!(bench.call("bakeoff", json!({ "id": bakeoff })).await["candidates"].as_array().unwrap().len(), 1);
    bench.call("undo", Value::Null).await;
    bench.call("results_revert", json!({ "id": before["imports"][0]["id"] })).await;
    assert_eq!(bench.call("bakeoff", json!({ "id": bakeoff })).await["row"]["results"], json!(0));
    bench.call("undo", Value::Null).await;
    assert_eq!(bench.call("bakeoff", json!({ "id": bakeoff })).await, before);
    assert_eq!(bench.call("scorers", json!({ "id": bakeoff })).await, json!([]));
    assert_eq!(bench.call("decision", json!({ "bakeoffId": bakeoff })).await["version"], json!(1));

    bench.call("bakeoff_delete", json!({ "id": bakeoff })).await;
    bench.call("suite_delete", json!({ "id": id })).await;
    assert_eq!(
        (bench.call("bakeoffs", Value::Null).await, bench.call("suites", Value::Null).await),
        (json!([]), json!([]))
    );
    bench.call("undo", Value::Null).await;
    bench.call("undo", Value::Null).await;
    assert_eq!(bench.call("bakeoff", json!({ "id": bakeoff })).await, before);
}

/// What a person compares of a bake-off: each candidate's score, interval, cost as stated and latency, by name.
async fn compared(bench: &Bench, bakeoff: &Value) -> Vec<Value> {
    let view = bench.call("bakeoff_comparison", json!({ "id": bakeoff })).await;
    let mut rows: Vec<Value> = view["candidates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let score = &one["scores"][0];
            json!([
                one["name"],
                score["text"],
                score["intervalText"],
                one["statedText"],
                one["p95Text"],
                one["missing"]
            ])
        })
        .collect();
    rows.sort_by_key(Value::to_string);
    rows
}

#[tokio::test(flavor = "multi_thread")]
async fn results_that_left_come_back_as_they_were_in_either_form() {
    let bench = Bench::with_workspace().await;
    let bakeoff = with_results(&bench).await;
    let before = compared(&bench, &bakeoff).await;
    let suite = bench.call("bakeoff", json!({ "id": bakeoff })).await["row"]["id"].clone();
    assert_eq!(suite, bakeoff);
    let suite = bench.call("suites", Value::Null).await[0]["id"].clone();
    for (form, name) in [("csv", "out.csv"), ("every-eval-ever", "out")] {
        let request = json!({ "bakeoffId": bakeoff, "form": form, "path": bench.path(name) });
        let done = bench.call("results_export", request.clone()).await;
        assert_eq!(done["rows"], json!(8), "{form}");
        let refused = bench.try_call("results_export", request).await.unwrap_err();
        assert!(["target-exists", "folder-not-empty"].contains(&refused.code.as_str()), "{}", refused.code);
        let other = json!({ "name": form, "suiteId": suite, "version": 1 });
        let other = bench.call("bakeoff_save", other).await["id"].clone();
        bench.call("results_commit", json!({ "bakeoffId": other, "path": bench.path(name) })).await;
        assert_eq!(compared(&bench, &other).await, before, "{form}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_results_leave_while_a_round_is_open_and_none_are_written_of_nothing() {
    let bench = Bench::with_workspace().await;
    let (_, empty) = planned(&bench).await;
    let request = |id: &Value| json!({ "bakeoffId": id, "form": "csv", "path": bench.path("out.csv") });
    assert_eq!(bench.try_call("results_export", request(&empty)).await.unwrap_err().code, "results-none");
    let path = bench.write("results.csv", results());
    bench.call("results_commit", json!({ "bakeoffId": empty, "path": path })).await;
    let round = json!({ "bakeoffId": empty, "question": "Which helps more?", "mode": "pairs", "target": 4, "by": "Ada",
        "randomShare": 0.2, "overlapShare": 0.5, "repeatShare": 0.0, "masked": false, "rubric": "", "despiteFindings": true });
    bench.call("round_open", round).await;
    assert_eq!(bench.try_call("results_export", request(&empty)).await.unwrap_err().code, "sealed");
    assert!(!std::path::Path::new(&bench.path("out.csv")).exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_that_comes_into_force_later_changes_no_signed_decision_and_one_ended_before_it_does() {
    let bench = Bench::with_workspace().await;
    let (_, bakeoff) = planned(&bench).await;
    let mut text = "case,candidate,provider,model,answer,score,input_tokens,output_tokens\n".to_owned();
    for case in ["c1", "c2", "c3", "c4"] {
        text += &format!("{case},House,house,house-model,an answer,1,1000000,0\n");
    }
    let path = bench.write("results.csv", text);
    bench.call("results_commit", json!({ "bakeoffId": bakeoff, "path": path })).await;
    let price = |from: &str, input: &str| {
        json!({ "provider": "house", "model": "house-model", "tier": "standard", "from": from, "currency": "USD",
            "rates": { "input": input, "output": "8" }, "contractId": null, "source": "" })
    };
    let first = bench.call("price_add", price("2026-01-01T00:00:00Z", "2")).await["id"].clone();
    let candidate = bench.call("bakeoff", json!({ "id": bakeoff })).await["candidates"][0]["id"].clone();
    let content = json!({ "weights": { "score": 1.0 }, "choice": candidate, "rationale": "It is right.", "approvers": [], "gates": [] });
    bench.call("decision_save", json!({ "bakeoffId": bakeoff, "content": content })).await;
    bench.call("decision_sign", json!({ "bakeoffId": bakeoff, "by": "Ada" })).await;
    bench.call("price_close", json!({ "id": first, "at": "2026-12-01T00:00:00Z" })).await;
    bench.call("price_add", price("2026-12-01T00:00:00Z", "3")).await;
    let file = bench.path("acme.quarterdeck");
    bench.call("workspace_close", Value::Null).await;

    let later = Some("2027-12-01T00:00:00Z".parse().unwrap());
    let app = app::App::new(app::Config { data_dir: bench.folder.path().join("later"), folder: None, now: later });
    let bench = Bench { app, folder: bench.folder };
    bench.call("workspace_open", json!({ "path": file })).await;
    let cost = async || {
        let view = bench.call("bakeoff_comparison", json!({ "id": bakeoff })).await;
        view["candidates"][0]["costText"].as_str().unwrap().to_owned()
    };
    assert_eq!(cost().await, "$2.00", "as it was read when it was signed");
    assert_eq!(bench.call("decision_verify", json!({ "id": bakeoff })).await[0]["holds"], json!(true));
    // What is decided next is decided at the prices of its day; what was signed stays.
    let mut next = content.clone();
    next["rationale"] = json!("Still right.");
    bench.call("decision_save", json!({ "bakeoffId": bakeoff, "content": next })).await;
    assert_eq!(cost().await, "$3.00");
    assert_eq!(bench.call("decision_verify", json!({ "id": bakeoff })).await[0]["holds"], json!(true));
    // A price said afterwards to have ended before that day is another matter.
    bench.call("price_close", json!({ "id": first, "at": "2026-06-01T00:00:00Z" })).await;
    assert_eq!(bench.call("decision_verify", json!({ "id": bakeoff })).await[0]["holds"], json!(false));
}

#[tokio::test(flavor = "multi_thread")]
async fn whole_scores_come_again_as_the_same_and_what_contradicts_is_said_and_can_be_replaced_later() {
    let bench = Bench::with_workspace().await;
    let (_, bakeoff) = planned(&bench).await;
    let rows = |scores: [&str; 3]| {
        let cases = ["c1", "c2", "c3"];
        let rows: Vec<String> =
            cases.iter().zip(scores).map(|(case, score)| format!("{case},Harbor,yes,{score}\n")).collect();
        format!("case,candidate,answer,score\n{}", rows.concat())
    };
    let request = |path: &str, conflict: &str| json!({ "bakeoffId": bakeoff, "path": path, "onConflict": conflict });
    let first = bench.write("first.csv", rows(["1", "0", "0.25"]));
    bench.call("results_commit", request(&first, "keep")).await;
    // Another file that says the same: nothing of it is new, nothing contradicts.
    let same = bench.write("same.csv", format!("{}\n", rows(["1.0", "0", "0.25"])));
    let plan = bench.call("results_plan", json!({ "bakeoffId": bakeoff, "path": same })).await;
    assert_eq!((plan["known"].clone(), plan["differing"].clone()), (json!(3), json!(0)), "{plan}");
    assert_eq!(bench.try_call("results_commit", request(&same, "keep")).await.unwrap_err().code, "results-nothing-new");
    // Two contradict: said with their number, kept out, and let in by the same file when that is wanted.
    let other = bench.write("other.csv", rows(["0", "1", "0.25"]));
    let refused = bench.try_call("results_commit", request(&other, "keep")).await.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.params["results"].as_str()), ("results-only-differing", "2"));
    let more = bench.write("more.csv", format!("{}c4,Harbor,yes,1\n", rows(["0", "1", "0.25"])));
    let done = bench.call("results_commit", request(&more, "keep")).await;
    assert_eq!((done["results"].clone(), done["differing"].clone()), (json!(1), json!(2)));
    let done = bench.call("results_commit", request(&more, "replace")).await;
    assert_eq!(done["results"], json!(2));
    let view = bench.call("bakeoff_comparison", json!({ "id": bakeoff })).await;
    let value = view["candidates"][0]["scores"][0]["value"].as_f64().unwrap();
    assert!((value - (0.0 + 1.0 + 0.25 + 1.0) / 4.0).abs() < 1e-9);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeat_that_failed_counts_as_a_failure_beside_the_mean_of_those_that_answered() {
    let bench = Bench::with_workspace().await;
    let (_, bakeoff) = planned(&bench).await;
    let mut rows = String::new();
    for case in ["c1", "c2", "c3", "c4"] {
        for repeat in 0..2 {
            let fails = case != "c4" && repeat == 1;
            let (answer, score, error) = if fails { ("", "", "timed out") } else { ("yes", "1", "") };
            rows += &format!("{case},Harbor,{repeat},{answer},{score},{error}\n");
        }
    }
    let path = bench.write("repeats.csv", format!("case,candidate,repeat,answer,score,error\n{rows}"));
    bench.call("results_commit", json!({ "bakeoffId": bakeoff, "path": path })).await;
    let view = bench.call("bakeoff_comparison", json!({ "id": bakeoff })).await;
    let one = &view["candidates"][0];
    assert_eq!(
        (one["scores"][0]["text"].clone(), one["scores"][0]["asFailureText"].clone()),
        (json!("100.0 %"), json!("62.5 %")),
        "{one}"
    );
    assert_eq!(one["missing"], json!(3));
    assert!(view["notes"][0].as_str().unwrap().contains("Harbor"), "{}", view["notes"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn weights_by_pairs_that_are_not_complete_are_said_by_name_and_nothing_is_signed_without_a_score() {
    let bench = Bench::with_workspace().await;
    let (_, bakeoff) = planned(&bench).await;
    let rows: String = ["c1", "c2", "c3", "c4"]
        .iter()
        .map(|case| format!("{case},Harbor,a,1,0.5,0.2\n{case},Lumen,b,0,0.5,0.9\n"))
        .collect();
    let path = bench.write("three.csv", format!("case,candidate,answer,right,kind,short\n{rows}"));
    let plan = bench.call("results_plan", json!({ "bakeoffId": bakeoff, "path": path })).await;
    let mut mapping = plan["files"][0]["mapping"].clone();
    mapping["scores"] = json!(["right", "kind", "short"].map(|name| json!({ "criterion": name, "column": name })));
    bench.call("results_commit", json!({ "bakeoffId": bakeoff, "path": path, "mapping": mapping })).await;
    let criteria = bench.call("bakeoff", json!({ "id": bakeoff })).await["details"]["criteria"].clone();
    let names: Vec<&str> = criteria.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    let pair = |first: &str, second: &str| json!({ "first": first, "second": second, "ratio": 3.0 });
    let content = json!({ "pairwise": [pair(names[0], names[1])], "choice": 1, "rationale": "Because." });
    let trial = bench.call("decision", json!({ "bakeoffId": bakeoff, "content": content })).await;
    assert_eq!(names, ["right", "kind", "short"], "as the file names them");
    assert!(trial["consistency"].as_str().unwrap().contains("not compared yet"), "{trial}");
    assert!(trial["undecided"].as_str().unwrap().contains("all weights are 0"), "{trial}");
    bench.call("decision_save", json!({ "bakeoffId": bakeoff, "content": trial["content"] })).await;
    let refused = bench.try_call("decision_sign", json!({ "bakeoffId": bakeoff, "by": "Ada" })).await.unwrap_err();
    assert_eq!(refused.code, "decision-undecided");
}
