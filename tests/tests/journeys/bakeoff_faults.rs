//! What would make a bake-off say more than it knows, or lose what was decided: seals, signatures, undo, packets, ties, hostile
//! files.

#![allow(clippy::unwrap_used)]

use quarterdeck_tests::{Bench, quarterdeck};
use serde_json::{Value, json};

const NAMES: [&str; 3] = ["vendor/xray-model-4", "yak-o3", "Zebra Model"];

/// A bake-off on eight cases with results of three candidates, the second in use; `score` gives each answer its own.
async fn bakeoff(bench: &Bench, score: impl Fn(usize, usize) -> f64) -> Value {
    let cases: String = (0..8).map(|n| format!("q{n},Question {n}?,Right {n},all\n")).collect();
    let path = bench.write("cases.csv", format!("id,question,answer,topic\n{cases}"));
    let suite = bench.call("suite_import", json!({ "path": path, "name": "Eight" })).await["id"].clone();
    bench.call("suite_freeze", json!({ "id": suite, "by": "Ada" })).await;
    let draft = json!({ "name": "Three", "suiteId": suite, "version": 1 });
    let id = bench.call("bakeoff_save", draft).await["id"].clone();
    let mut rows = String::new();
    for (at, name) in NAMES.iter().enumerate() {
        for case in 0..8 {
            rows +=
                &format!("q{case},{name},I am {name}. Answer {case} of {at},{},{}\n", score(at, case), 900 + at * 100);
        }
    }
    let path = bench.write("results.csv", format!("case,candidate,answer,score,latency_ms\n{rows}"));
    bench.call("results_commit", json!({ "bakeoffId": id, "path": path })).await;
    change(bench, &id, 1, |details| details["incumbent"] = json!(true)).await;
    id
}

/// Changes what is said of a candidate.
async fn change(bench: &Bench, bakeoff: &Value, at: usize, change: impl FnOnce(&mut Value)) {
    let view = bench.call("bakeoff", json!({ "id": bakeoff })).await;
    let mut draft = view["candidates"][at]["details"].clone();
    change(&mut draft);
    draft["bakeoffId"] = bakeoff.clone();
    draft["id"] = view["candidates"][at]["id"].clone();
    bench.call("candidate_save", draft).await;
}

async fn signed(bench: &Bench, bakeoff: &Value) {
    let view = bench.call("bakeoff", json!({ "id": bakeoff })).await;
    let content = json!({ "choice": view["candidates"][0]["id"], "rationale": "Better.", "weights": { "score": 1.0 } });
    bench.call("decision_save", json!({ "bakeoffId": bakeoff, "content": content })).await;
    bench.call("decision_sign", json!({ "bakeoffId": bakeoff, "by": "Ada" })).await;
}

async fn open(bench: &Bench, bakeoff: &Value) -> Value {
    let draft = json!({ "bakeoffId": bakeoff, "mode": "pairs", "question": "Which?", "target": 4, "overlapShare": 1.0, "repeatShare": 0.0, "by": "Ada" });
    bench.call("round_open", draft).await["id"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn verify_names_whatever_was_changed_behind_a_signature_names_and_answers_included() {
    let bench = Bench::with_workspace().await;
    let id = bakeoff(&bench, |at, case| f64::from(u8::from(case > at * 2))).await;
    signed(&bench, &id).await;
    let verified = async || bench.call("decision_verify", json!({ "id": id })).await[0].clone();
    assert_eq!(verified().await["holds"], json!(true));
    // Another name, and back.
    change(&bench, &id, 0, |details| details["name"] = json!("Another")).await;
    let changed = verified().await;
    assert_eq!(changed["holds"], json!(false));
    assert!(
        changed["changes"].to_string().contains("Another") && changed["changes"].to_string().contains(NAMES[2]),
        "{changed}"
    );
    bench.call("undo", Value::Null).await;
    assert_eq!(verified().await["holds"], json!(true));
    // What matters, afterwards.
    let details = bench.call("bakeoff", json!({ "id": id })).await["details"].clone();
    let mut draft = details.clone();
    draft["id"] = id.clone();
    draft["minimumEffect"] = json!(0.5);
    bench.call("bakeoff_save", draft).await;
    assert!(verified().await["changes"].to_string().contains("effect that matters"));
    bench.call("undo", Value::Null).await;
    // An answer, a signer: past the program, in the file itself.
    let path = bench.call("workspace_status", Value::Null).await["path"].as_str().unwrap().to_owned();
    bench.call("workspace_close", Value::Null).await;
    let forge = |sql: &'static str| {
        let path = path.clone();
        async move {
            use store::sqlx::{Connection, SqliteConnection, query};
            let mut file = SqliteConnection::connect(&format!("sqlite://{path}")).await.unwrap();
            query(sql).execute(&mut file).await.unwrap();
        }
    };
    forge("UPDATE result SET answer = 'forged' WHERE id = (SELECT min(id) FROM result)").await;
    bench.call("workspace_open", json!({ "path": path })).await;
    let changed = verified().await;
    assert_eq!(changed["holds"], json!(false), "{changed}");
    let memo = bench.path("memo.pdf");
    let document = json!({ "kind": "bakeoff-memo", "subject": id });
    bench.call("report_export", json!({ "document": document, "path": memo, "paper": "a4", "lang": "en" })).await;
    let text = quarterdeck_tests::pdf_text(memo.as_ref());
    assert!(text.contains("no longer what was signed"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_decision_is_written_under_the_seal_and_ids_tell_nobody() {
    let bench = Bench::with_workspace().await;
    let id = bakeoff(&bench, |at, case| f64::from(u8::from(case > at * 2))).await;
    let content = |text: &str| json!({ "rationale": text, "weights": { "score": 1.0 } });
    bench.call("decision_save", json!({ "bakeoffId": id, "content": content("Before.") })).await;
    let ids = |view: &Value| {
        view["candidates"].as_array().unwrap().iter().map(|one| one["id"].as_i64().unwrap()).collect::<Vec<_>>()
    };
    let known = ids(&bench.call("bakeoff", json!({ "id": id })).await);
    let round = open(&bench, &id).await;
    let refused = bench.try_call("decision_save", json!({ "bakeoffId": id, "content": content("Under seal.") })).await;
    assert_eq!(refused.unwrap_err().code, "sealed");
    let sealed = ids(&bench.call("bakeoff", json!({ "id": id })).await);
    assert!(sealed.iter().all(|id| !known.contains(id)), "{known:?} {sealed:?}");
    // Names within answers are hidden in every way they are written.
    let task = bench.call("round_task", json!({ "id": round, "rater": "Bo" })).await["task"].to_string();
    for name in ["xray", "o3", "Zebra"] {
        assert!(!task.contains(name), "{name} is told: {task}");
    }
    for step in 0..4 {
        let judged = json!({ "id": round, "rater": "Bo", "step": step, "choice": { "kind": "tie" } });
        bench.call("round_judge", judged).await;
    }
    bench.call("round_close", json!({ "id": round, "by": "Ada" })).await;
    let decision = bench.call("decision", json!({ "bakeoffId": id })).await;
    assert_eq!(decision["content"]["rationale"], "Before.");
    // Ties alone: nobody is better, and nothing is said of how sure that is.
    let results = bench.call("round_results", json!({ "id": round })).await;
    for rating in results["ratings"].as_array().unwrap() {
        assert!(!rating["text"].as_str().unwrap().contains('['), "{rating}");
    }
    // The key that takes back typing does not sweep away what a round rests on.
    // What came after the import is taken back; the import itself is not.
    let refused = loop {
        match bench.try_call("undo", Value::Null).await {
            Ok(_) => {}
            Err(refused) => break refused,
        }
    };
    assert_eq!(refused.code, "undo-results-rest");
    assert_eq!(bench.call("bakeoff", json!({ "id": id })).await["row"]["results"], json!(24));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_packet_is_of_whom_it_was_written_for() {
    let bench = Bench::with_workspace().await;
    let id = bakeoff(&bench, |at, case| f64::from(u8::from(case > at * 2))).await;
    let round = open(&bench, &id).await;
    let packet = bench.path("bo.json");
    bench.call("round_packet", json!({ "id": round, "rater": "Bo", "tasks": 4, "path": packet })).await;
    for step in 0..4 {
        let judged = json!({ "path": packet, "rater": "Eve", "step": step, "choice": { "kind": "left" } });
        bench.call("packet_judge", judged).await;
    }
    let scored = bench.path("bo.scored.json");
    let refused = bench.try_call("round_merge", json!({ "id": round, "path": scored })).await.unwrap_err();
    assert_eq!((refused.code.as_str(), refused.params["rater"].as_str()), ("packet-other-rater", "Bo"));
    let merged = bench.call("round_merge", json!({ "id": round, "path": scored, "samePerson": true })).await;
    assert_eq!(merged["added"], json!(4));
    let again = bench.call("round_merge", json!({ "id": round, "path": scored, "samePerson": true })).await;
    assert_eq!(
        (again["added"].clone(), again["already"].clone()),
        (json!(0), json!(4)),
        "come back twice, it counts once"
    );
    let rounds = bench.call("rounds", json!({ "id": id })).await;
    assert_eq!(rounds[0]["raters"].as_array().unwrap().len(), 1);
    assert_eq!(rounds[0]["raters"][0]["rater"], "Bo");
    assert!(bench.try_call("round_task", json!({ "id": round, "rater": "\u{200b}" })).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_can_know_is_not_said() {
    let bench = Bench::with_workspace().await;
    // All alike: level, and nobody leads.
    let id = bakeoff(&bench, |_, _| 1.0).await;
    let decision = bench.call("decision", json!({ "bakeoffId": id, "content": { "weights": { "score": 1.0 } } })).await;
    assert!(decision["findings"][0].as_str().unwrap().contains("are level"), "{}", decision["findings"]);
    assert_eq!(decision["findings"].as_array().unwrap().len(), 1);
    // A weight on something that has nothing to be held against, by name; a made-up one too.
    for (weights, name) in
        [(json!({ "score": 1.0, "cost": 3.0 }), "Cost per successful task"), (json!({ "nope": 3.0 }), "nope")]
    {
        let trial = bench.call("decision", json!({ "bakeoffId": id, "content": { "weights": weights } })).await;
        let said = trial["undecided"].as_str().unwrap();
        assert!(said.contains(name) && said.contains("nothing to be held against"), "{said}");
    }
    let wrong = json!({ "bakeoffId": id, "content": { "choice": 99_999, "weights": { "score": 1.0 } } });
    assert_eq!(bench.try_call("decision_save", wrong).await.unwrap_err().fields[0].code, "no-such-candidate");
    // One case: a value, and no chance of anything.
    let cases = bench.write("one.csv", "id,question,answer\nx1,Alone?,Yes\n");
    let suite = bench.call("suite_import", json!({ "path": cases, "name": "One" })).await["id"].clone();
    bench.call("suite_freeze", json!({ "id": suite, "by": "Ada" })).await;
    let one = bench.call("bakeoff_save", json!({ "name": "One", "suiteId": suite, "version": 1 })).await["id"].clone();
    let path = bench.write("one-results.csv", "case,candidate,answer,score\nx1,A,yes,0.5\nx1,B,no,0.7\n");
    bench.call("results_commit", json!({ "bakeoffId": one, "path": path })).await;
    let decision =
        bench.call("decision", json!({ "bakeoffId": one, "content": { "weights": { "score": 1.0 } } })).await;
    for candidate in decision["candidates"].as_array().unwrap() {
        assert_eq!(candidate["first"], Value::Null, "{candidate}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_no_case_where_the_question_is_another_and_the_largest_numbers_have_a_mean() {
    let bench = Bench::with_workspace().await;
    let cases = bench.write("cases.csv", "id,question,answer\n1,Capital of France?,Paris\n2,Capital of Peru?,Lima\n");
    let suite = bench.call("suite_import", json!({ "path": cases, "name": "Two" })).await["id"].clone();
    bench.call("suite_freeze", json!({ "id": suite, "by": "Ada" })).await;
    let id = bench.call("bakeoff_save", json!({ "name": "Two", "suiteId": suite, "version": 1 })).await["id"].clone();
    let row = |at: usize, asked: &str| json!({ "promptIdx": 0, "testIdx": at, "success": true, "score": 1, "provider": { "id": "openai:able", "label": "" }, "prompt": { "label": "p", "raw": asked }, "response": { "output": "Paris" }, "vars": { "question": asked } });
    let file = json!({ "evalId": "eval-1", "results": { "version": 3, "prompts": [], "results": [row(1, "Where is everyone?"), row(2, "Capital of Peru?")], "stats": {} }, "config": {} });
    let path = bench.write("promptfoo.json", file.to_string());
    let plan = bench.call("results_plan", json!({ "bakeoffId": id, "path": path })).await;
    assert_eq!((plan["matched"].clone(), plan["unmatched"].clone()), (json!(1), json!(1)), "{plan}");
    let path = bench.write("huge.csv", "case,candidate,answer,score\n1,A,x,1e308\n2,A,y,1e308\n");
    let plan = bench.call("results_plan", json!({ "bakeoffId": id, "path": path })).await;
    assert_eq!(plan["criteria"][0]["mean"], json!(1e308));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_names_for_one_candidate_and_two_ids_of_one_question_are_said_and_count_once() {
    let bench = Bench::with_workspace().await;
    let cases =
        bench.write("cases.csv", "id,question,answer\nq1,Capital of Peru?,Lima\nq2,Capital of Chile?,Santiago\n");
    let suite = bench.call("suite_import", json!({ "path": cases, "name": "Two" })).await["id"].clone();
    bench.call("suite_freeze", json!({ "id": suite, "by": "Ada" })).await;
    let id = bench.call("bakeoff_save", json!({ "name": "Two", "suiteId": suite, "version": 1 })).await["id"].clone();
    let rows = "case,candidate,answer,score\nq1,able,Lima,1\nq1,able-2,Cusco,0\nq2,able,Santiago,1\n";
    let path = bench.write("names.csv", rows);
    let plan = bench.call("results_plan", json!({ "bakeoffId": id, "path": path })).await;
    assert_eq!((plan["matched"].clone(), plan["candidates"].as_array().unwrap().len()), (json!(3), 2));
    bench.call("candidate_save", json!({ "bakeoffId": id, "id": null, "name": "Able", "vendorId": null, "provider": "", "model": "able", "settings": {}, "price": { "kind": "book" }, "incumbent": false, "labels": [] })).await;
    let able = bench.call("bakeoff", json!({ "id": id })).await["candidates"][0]["id"].clone();
    let one = |label: &str| json!({ "label": label, "to": { "kind": "candidate", "id": able } });
    let request = json!({ "bakeoffId": id, "path": path, "candidates": [one("able"), one("able-2")] });
    let plan = bench.call("results_plan", request.clone()).await;
    assert_eq!(
        (plan["matched"].clone(), plan["issues"][0]["code"].clone(), plan["issues"][0]["row"].clone()),
        (json!(2), json!("result-twice"), json!(3)),
        "{plan}"
    );
    let done = bench.call("results_commit", request).await;
    assert_eq!((done["results"].clone(), done["issues"].clone()), (json!(2), json!(1)));
    let view = bench.call("bakeoff_comparison", json!({ "id": id })).await;
    assert_eq!(view["candidates"][0]["scores"][0]["text"], "100.0 %", "the first counts");
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_of_a_bake_off_leaves_with_the_workspace() {
    let bench = Bench::with_workspace().await;
    let id = bakeoff(&bench, |at, case| f64::from(u8::from(case > at * 2))).await;
    signed(&bench, &id).await;
    let folder = bench.path("out");
    bench.call("workspace_export", json!({ "path": folder })).await;
    let read = |name: &str| std::fs::read_to_string(std::path::Path::new(&folder).join(name)).unwrap();
    let bakeoffs: Value = serde_json::from_str(&read("bakeoffs.json")).unwrap();
    assert_eq!(bakeoffs[0]["decisions"][0]["content"]["rationale"], "Better.");
    assert_eq!(bakeoffs[0]["decisions"][0]["signed"]["by"], "Ada");
    let results: Value = serde_json::from_str(&read("bakeoff-results.json")).unwrap();
    assert_eq!(results.as_array().unwrap().len(), 24);
    assert!(results[0]["answer"].as_str().unwrap().starts_with("I am"), "{}", results[0]);
}

#[test]
fn a_terminal_prints_no_escapes_of_files_and_says_which_value_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        let done = quarterdeck(folder.path(), &[&["-w", "a.quarterdeck"], args].concat());
        String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned()
    };
    assert!(quarterdeck(folder.path(), &["new", "a.quarterdeck", "--name", "A"]).status.success());
    std::fs::write(folder.path().join("cases.csv"), "id,question,answer\nc1,Q?,A\nc2,R?,B\n").unwrap();
    run(&["suite", "import", "cases.csv", "--name", "S", "--freeze-by", "Ada"]);
    run(&["bakeoff", "new", "B", "--suite", "S"]);
    std::fs::write(
        folder.path().join("r.csv"),
        "case,candidate,answer,score\nc1,\u{1b}[31mred\u{202e},x,NaN\nc2,\u{1b}[31mred\u{202e},y,1\n",
    )
    .unwrap();
    let said = [run(&["bakeoff", "import", "B", "r.csv"]), run(&["bakeoff", "status", "B"])].concat();
    assert!(!said.contains('\u{1b}') && !said.contains('\u{202e}'), "{said:?}");
    assert!(said.contains("NaN") && !said.contains("{$"), "{said}");
    // Two of one name: neither is taken for the other.
    run(&["bakeoff", "new", "B", "--suite", "S"]);
    let said = run(&["bakeoff", "status", "B"]);
    assert!(said.contains("Several bake-offs"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn home_says_what_a_bake_off_waits_for_from_its_beginning_to_its_signature() {
    let bench = Bench::with_workspace().await;
    // It ends on 31 December; today is 24 November.
    let (_, contract) = bench.contract("Acme AI", &["acme"]).await;
    let waiting = async || {
        let home = bench.call("home", Value::Null).await;
        let items = home["attention"].as_array().unwrap();
        items.iter().filter(|item| item["area"] == "bakeoff").cloned().collect::<Vec<Value>>()
    };
    let id = bakeoff(&bench, |at, case| f64::from(u8::from(case > at * 2))).await;
    let item = waiting().await.remove(0);
    assert_eq!((&item["kind"], &item["due"]), (&json!("bakeoff-decide"), &Value::Null), "no contract, no day: {item}");
    let serving = async |id: &Value, lead: u32| {
        let mut draft = bench.call("bakeoff", json!({ "id": id })).await["details"].clone();
        draft["id"] = id.clone();
        draft["contractId"] = contract["id"].clone();
        draft["leadDays"] = json!(lead);
        bench.call("bakeoff_save", draft).await;
    };
    serving(&id, 10).await;
    let item = waiting().await.remove(0);
    assert_eq!((&item["kind"], &item["due"]), (&json!("bakeoff-decide"), &json!("2026-12-31")), "{item}");
    // Taken back, there are no answers: it has to begin, or had to.
    let import = bench.call("bakeoff", json!({ "id": id })).await["imports"][0]["id"].clone();
    bench.call("results_revert", json!({ "id": import })).await;
    let item = waiting().await.remove(0);
    assert_eq!(
        (&item["kind"], &item["due"], &item["urgency"]),
        (&json!("bakeoff-begin"), &json!("2026-12-21"), &json!("month"))
    );
    serving(&id, 60).await;
    let item = waiting().await.remove(0);
    assert_eq!((&item["due"], &item["urgency"]), (&json!("2026-11-01"), &json!("overdue")), "{item}");
    assert!(item["detail"].as_str().unwrap().contains("had to begin by 1 Nov 2026"), "{item}");
    bench.call("undo", Value::Null).await;
    bench.call("undo", Value::Null).await;
    // An open round, whose candidates nobody names.
    let round = open(&bench, &id).await;
    let item = waiting().await.remove(0);
    assert_eq!(item["kind"], "bakeoff-score");
    assert_eq!(item["detail"], "Blind scoring is open: nobody has judged yet, 4 asked of each.");
    assert!(NAMES.iter().all(|name| !item.to_string().contains(name)), "{item}");
    let judge = json!({ "id": round, "rater": "Ada", "step": 0, "choice": { "kind": "left" }, "note": "" });
    bench.call("round_judge", judge).await;
    assert_eq!(waiting().await[0]["detail"], "Blind scoring is open: 1 judged by one rater, 4 asked of each.");
    bench.call("round_close", json!({ "id": round, "by": "Ada" })).await;
    assert_eq!(waiting().await[0]["kind"], "bakeoff-decide");
    signed(&bench, &id).await;
    assert_eq!(waiting().await, Vec::<Value>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_in_which_nothing_was_judged_is_cancelled_and_changes_nothing() {
    let bench = Bench::with_workspace().await;
    let id = bakeoff(&bench, |at, case| f64::from(u8::from(case > at * 2))).await;
    signed(&bench, &id).await;
    let before = bench.call("bakeoff_comparison", json!({ "id": id })).await;
    let round = open(&bench, &id).await;
    let code = async |command: &str, payload: Value| bench.try_call(command, payload).await.unwrap_err().code;
    assert_eq!(code("bakeoff_comparison", json!({ "id": id })).await, "sealed");
    let packet =
        json!({ "id": round, "rater": "Eve", "tasks": 2, "path": bench.path("packet.json"), "replace": false });
    bench.call("round_packet", packet).await;
    let skip = json!({ "id": round, "rater": "Ada", "step": 0, "choice": { "kind": "skip" }, "note": "" });
    bench.call("round_judge", skip).await;
    bench.call("round_cancel", json!({ "id": round })).await;
    assert_eq!(bench.call("bakeoff_comparison", json!({ "id": id })).await, before);
    assert_eq!(bench.call("rounds", json!({ "id": id })).await, json!([]));
    assert_eq!(bench.call("decision_verify", json!({ "id": id })).await[0]["holds"], json!(true));
    // What comes back of it is not taken in, and it is not cancelled twice.
    let merge = json!({ "id": round, "path": bench.path("packet.json"), "samePerson": false });
    assert!(bench.try_call("round_merge", merge).await.is_err());
    assert_eq!(code("round_cancel", json!({ "id": round })).await, "round-closed");
    // One that was judged is closed: what was judged counts.
    let round = open(&bench, &id).await;
    let judge = json!({ "id": round, "rater": "Ada", "step": 0, "choice": { "kind": "left" }, "note": "" });
    bench.call("round_judge", judge).await;
    assert_eq!(code("round_cancel", json!({ "id": round })).await, "round-not-empty");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_after_a_signature_is_thrown_away_and_the_memo_says_what_is_a_draft() {
    let bench = Bench::with_workspace().await;
    let id = bakeoff(&bench, |at, case| f64::from(u8::from(case > at * 2))).await;
    signed(&bench, &id).await;
    let of = async || bench.call("decision", json!({ "bakeoffId": id })).await;
    let before = of().await;
    let memo = async || {
        let path = bench.path("memo.pdf");
        let document = json!({ "kind": "bakeoff-memo", "subject": id });
        let ask = json!({ "document": document, "path": path, "paper": "a4", "lang": "en", "replace": true });
        bench.call("report_export", ask).await;
        quarterdeck_tests::pdf_text(path.as_ref())
    };
    assert!(!memo().await.contains("Draft"));
    let content = json!({ "weights": { "score": 1.0 }, "rationale": "Other.", "choice": before["content"]["choice"], "approvers": ["Eve"] });
    bench.call("decision_save", json!({ "bakeoffId": id, "content": content })).await;
    let text = memo().await;
    assert!(text.contains("Draft of version 2: not signed") && text.contains("To be approved by: Eve"), "{text}");
    assert!(text.contains("No gate was set"), "{text}");
    assert_eq!(of().await["versions"][0]["version"], json!(1));
    let after = bench.call("decision_discard", json!({ "id": id })).await;
    assert_eq!(after["content"], before["content"]);
    assert_eq!(of().await, before);
    let error = bench.try_call("decision_discard", json!({ "id": id })).await.unwrap_err();
    assert_eq!(error.code, "decision-nothing-to-discard");
    // All of it stands in the bake-off's own log, nothing in a shape nobody reads.
    let log = bench.call("activity", json!({ "limit": 50, "about": id })).await;
    let actions: Vec<&str> = log.as_array().unwrap().iter().map(|one| one["action"].as_str().unwrap()).collect();
    for action in ["its draft discarded", "signed", "added"] {
        assert!(actions.contains(&action), "{actions:?}");
    }
    assert!(!log.to_string().contains("pairwise"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_nobody_knows_passes_no_gate_and_each_candidate_stands_for_itself() {
    let bench = Bench::with_workspace().await;
    let id = bakeoff(&bench, |at, case| f64::from(u8::from(case > at * 2))).await;
    let gates = json!([{ "kind": "price" }, { "kind": "quality", "margin": 0.02 }]);
    let content = json!({ "weights": { "score": 1.0, "latency": 1.0 }, "gates": gates });
    let view = bench.call("decision", json!({ "bakeoffId": id, "content": content })).await;
    for one in view["candidates"].as_array().unwrap() {
        assert_eq!(one["gates"][0]["standing"], "unknown", "{one}");
    }
    // The one in use is candidate 1: it is not held against itself.
    assert_eq!(view["candidates"][1]["gates"][1]["text"], "the incumbent itself");
    assert!(view["candidates"][0]["gates"][1]["text"].as_str().unwrap().starts_with("lower bound"), "{view}");
    // Nobody is left; the weights are still those that were entered.
    let weights: Vec<&str> =
        view["criteria"].as_array().unwrap().iter().map(|one| one["weightText"].as_str().unwrap()).collect();
    assert_eq!(weights, ["50 %", "50 %"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_candidate_removed_behind_a_signature_is_one_line_with_its_name() {
    let bench = Bench::with_workspace().await;
    let id = bakeoff(&bench, |at, case| f64::from(u8::from(case > at * 2))).await;
    signed(&bench, &id).await;
    let view = bench.call("bakeoff", json!({ "id": id })).await;
    let removed = &view["candidates"][2];
    bench.call("candidate_delete", json!({ "id": removed["id"] })).await;
    let changes = bench.call("decision_verify", json!({ "id": id })).await[0]["changes"].clone();
    assert!(changes[0]["what"].as_str().unwrap().contains(removed["name"].as_str().unwrap()), "{changes}");
    assert_eq!(changes[0]["after"], "8 results are no longer there");
    assert!(changes.as_array().unwrap().iter().skip(1).all(|one| one["part"] != "Result"), "{changes}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_in_a_table_of_cases_is_what_counts_as_right() {
    let bench = Bench::with_workspace().await;
    let path = bench.write("cases.csv", "id,question,answer,topic\nq1,Two and two?,4,math\n");
    let preview = bench.call("suite_preview", json!({ "path": path, "id": null })).await;
    let meant: Vec<&str> = preview["files"][0]["mapping"]["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["field"].as_str().unwrap())
        .collect();
    assert!(meant.contains(&"reference") && !meant.contains(&"answer"), "{preview}");
    let suite = bench.call("suite_import", json!({ "path": path, "name": "One" })).await["id"].clone();
    let cases = bench
        .call(
            "suite_cases",
            json!({ "id": suite, "version": 1, "text": "", "tag": null, "flagged": false, "limit": 10 }),
        )
        .await;
    let case = bench.call("suite_case", json!({ "number": cases["rows"][0]["number"] })).await;
    assert_eq!(case["case"]["reference"], json!(["4"]), "{case}");
    // A table that says who answered is one of answers.
    let path = bench.write("answers.csv", "id,question,candidate,answer\nq1,Two and two?,a,5\n");
    let preview = bench.call("suite_preview", json!({ "path": path, "id": null })).await;
    assert!(preview["files"][0]["mapping"].to_string().contains("\"answer\""), "{preview}");
}

/// What is changed past the program, in the file itself: each is found by itself, and what is not changed is not named.
#[tokio::test(flavor = "multi_thread")]
async fn verify_finds_every_kind_of_change_made_past_the_program() {
    let bench = Bench::with_workspace().await;
    let id = bakeoff(&bench, |at, case| f64::from(u8::from(case > at * 2))).await;
    let round = open(&bench, &id).await;
    let judge = json!({ "id": round, "rater": "Ada", "step": 0, "choice": { "kind": "left" }, "note": "Close." });
    bench.call("round_judge", judge).await;
    bench.call("round_close", json!({ "id": round, "by": "Ada" })).await;
    signed(&bench, &id).await;
    let path = bench.call("workspace_status", Value::Null).await["path"].as_str().unwrap().to_owned();
    bench.call("workspace_close", Value::Null).await;
    let whole = std::fs::read(&path).unwrap();
    let one = "WHERE id = (SELECT min(id) FROM result)";
    let forgeries = [
        (format!("UPDATE result SET cost_nanos = '5', cost_currency = 'EUR' {one}"), "Result"),
        (format!("UPDATE result SET first_token = 7 {one}"), "Result"),
        (format!("UPDATE result SET at = 7 {one}"), "Result"),
        (format!("UPDATE result SET cached = 1, error = 'forged' {one}"), "Result"),
        ("UPDATE score SET reason = 'forged' WHERE result = (SELECT min(id) FROM result)".to_owned(), "Result"),
        ("UPDATE blind_round SET details = json_set(details, '$.question', 'Other?')".to_owned(), "question of blind round"),
        ("UPDATE blind_round SET closed_by = 'Eve'".to_owned(), "closed by, blind round"),
        ("UPDATE judgement SET body = json_set(body, '$.note', 'forged')".to_owned(), "Judgement"),
        ("UPDATE judgement SET body = json_set(body, '$.seconds', 3.5)".to_owned(), "Judgement"),
        ("DROP TRIGGER decision_changed; UPDATE decision SET version = 2".to_owned(), "version"),
        ("DROP TRIGGER decision_changed; UPDATE decision SET signed_by = 'Eve'".to_owned(), "signed by"),
        (
            "DROP TRIGGER decision_changed; UPDATE decision SET evidence = json_set(evidence, '$.scores[0].value', '0.123')"
                .to_owned(),
            "hash of the record",
        ),
        ("DROP TRIGGER decision_removed; DELETE FROM decision".to_owned(), "Signed decision"),
    ];
    for (sql, named) in forgeries {
        use store::sqlx::{AssertSqlSafe, Connection, SqliteConnection, raw_sql};
        std::fs::write(&path, &whole).unwrap();
        let mut file = SqliteConnection::connect(&format!("sqlite://{path}")).await.unwrap();
        raw_sql(AssertSqlSafe(sql.clone())).execute(&mut file).await.unwrap();
        file.close().await.unwrap();
        bench.call("workspace_open", json!({ "path": path })).await;
        let checked = bench.call("decision_verify", json!({ "id": id })).await;
        assert_eq!(checked[0]["holds"], json!(false), "{sql}: {checked}");
        let changes = checked[0]["changes"].to_string();
        assert!(changes.contains(named), "{sql}: {changes}");
        assert!(!changes.contains('{') || !changes.contains("\\\""), "a person reads no JSON: {changes}");
        bench.call("workspace_close", Value::Null).await;
    }
    // Without the trick with the triggers the file itself refuses.
    use store::sqlx::{Connection, SqliteConnection, raw_sql};
    std::fs::write(&path, &whole).unwrap();
    let mut file = SqliteConnection::connect(&format!("sqlite://{path}")).await.unwrap();
    assert!(raw_sql("DELETE FROM decision").execute(&mut file).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_of_answers_that_was_cut_or_left_behind_says_how_many_are_missing() {
    let bench = Bench::with_workspace().await;
    let id = bakeoff(&bench, |at, case| f64::from(u8::from(case > at * 2))).await;
    let out = bench.path("out");
    bench.call("results_export", json!({ "bakeoffId": id, "form": "every-eval-ever", "path": out })).await;
    let plan = async || bench.call("results_plan", json!({ "bakeoffId": id, "path": out })).await;
    assert!(!plan().await["issues"].to_string().contains("answers-missing"));
    let mut answers = Vec::new();
    let mut folders = vec![std::path::PathBuf::from(&out)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap().path();
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.to_string_lossy().ends_with("_samples.jsonl") {
                answers.push(entry);
            }
        }
    }
    answers.sort();
    assert_eq!(answers.len(), 3);
    let text = std::fs::read_to_string(&answers[0]).unwrap();
    std::fs::write(&answers[0], text.split_inclusive('\n').take(5).collect::<String>()).unwrap();
    std::fs::remove_file(&answers[1]).unwrap();
    let plan = plan().await;
    let missing: Vec<(&Value, &Value)> = plan["issues"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|issue| issue["code"] == "answers-missing")
        .map(|issue| (&issue["params"]["rows"], &issue["params"]["found"]))
        .collect();
    assert!(missing.contains(&(&json!("8"), &json!("5"))) && missing.contains(&(&json!("8"), &json!("0"))), "{plan}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_column_of_currencies_says_what_a_cost_is_in_and_one_nobody_knows_is_no_dollar() {
    let bench = Bench::with_workspace().await;
    let id = bakeoff(&bench, |at, case| f64::from(u8::from(case > at * 2))).await;
    let path = bench
        .write("c.csv", "case,candidate,score,cost,currency\nq0,new,1,0.5,EUR\nq1,new,1,0.5,usd\nq2,new,1,0.5,Taler\n");
    let plan = bench.call("results_plan", json!({ "bakeoffId": id, "path": path })).await;
    assert_eq!(
        (&plan["issues"][0]["code"], &plan["issues"][0]["row"]),
        (&json!("not-a-currency"), &json!(4)),
        "{plan}"
    );
    bench.call("results_commit", json!({ "bakeoffId": id, "path": path })).await;
    let out = bench.path("out.csv");
    bench.call("results_export", json!({ "bakeoffId": id, "form": "csv", "path": out })).await;
    let text = std::fs::read_to_string(out).unwrap();
    assert!(text.contains(",0.5,EUR,") && text.contains(",0.5,USD,") && !text.contains("Taler"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gate_nothing_could_miss_is_refused() {
    let bench = Bench::with_workspace().await;
    let id = bakeoff(&bench, |at, case| f64::from(u8::from(case > at * 2))).await;
    for gate in [
        json!({ "kind": "latency", "mostMs": 1e308 }),
        json!({ "kind": "quality", "margin": 2.0 }),
        json!({ "kind": "safety-floor", "mostFailures": 1.5, "confidence": 0.95 }),
    ] {
        let content = json!({ "weights": { "score": 1.0 }, "gates": [gate] });
        let refused = bench.try_call("decision_save", json!({ "bakeoffId": id, "content": content })).await;
        assert!(refused.is_err(), "{content}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_choice_against_the_score_is_said_before_it_is_signed_and_in_the_memo() {
    let bench = Bench::with_workspace().await;
    let id = bakeoff(&bench, |at, case| f64::from(u8::from(case > at * 2))).await;
    let view = bench.call("bakeoff", json!({ "id": id })).await;
    let of = |name: &str| {
        let all = view["candidates"].as_array().unwrap();
        all.iter().find(|one| one["name"] == name).unwrap()["id"].clone()
    };
    let content = |at: usize| json!({ "choice": of(NAMES[at]), "rationale": "Cheaper.", "weights": { "score": 1.0 } });
    let against = async |at: usize| {
        bench.call("decision", json!({ "bakeoffId": id, "content": content(at) })).await["against"].clone()
    };
    assert_eq!(against(0).await, "");
    let said = against(2).await;
    let said = said.as_str().unwrap();
    assert!(said.starts_with(&format!("{} is chosen, and {} has the higher score", NAMES[2], NAMES[0])), "{said}");
    bench.call("decision_save", json!({ "bakeoffId": id, "content": content(2) })).await;
    bench.call("decision_sign", json!({ "bakeoffId": id, "by": "Ada" })).await;
    let memo = bench.path("memo.pdf");
    let document = json!({ "kind": "bakeoff-memo", "subject": id });
    bench.call("report_export", json!({ "document": document, "path": memo, "paper": "a4", "lang": "en" })).await;
    let text = quarterdeck_tests::pdf_text(memo.as_ref()).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("has the higher score") && text.contains("Table, CSV"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn marks_of_single_answers_have_means_and_no_sentence_of_a_program() {
    let bench = Bench::with_workspace().await;
    let id = bakeoff(&bench, |at, case| f64::from(u8::from(case > at * 2))).await;
    let draft = json!({ "bakeoffId": id, "mode": "rubric", "question": "How good?", "target": 6, "overlapShare": 0.0, "repeatShare": 0.0, "by": "Ada" });
    let round = bench.call("round_open", draft).await["id"].clone();
    for step in 0..6 {
        let choice = json!({ "kind": "score", "score": 1 + step % 5 });
        bench
            .call("round_judge", json!({ "id": round, "rater": "Ada", "step": step, "choice": choice, "note": "" }))
            .await;
    }
    bench.call("round_close", json!({ "id": round, "by": "Ada" })).await;
    let results = bench.call("round_results", json!({ "id": round })).await;
    assert_eq!((&results["noRatings"], results["ratings"].as_array().unwrap().len()), (&json!(""), 0), "{results}");
    let marks = results["marks"].as_array().unwrap();
    assert!(!marks.is_empty() && marks.iter().all(|one| one["text"].as_str().unwrap().contains("answer")), "{results}");
    assert!(!results["agreement"].to_string().contains('—'), "{results}");
}

#[tokio::test(flavor = "multi_thread")]
async fn turns_that_follow_each_other_were_all_asked_and_a_gate_says_why_it_knows_nothing() {
    let bench = Bench::with_workspace().await;
    let path = bench.write(
        "turns.jsonl",
        "{\"question_id\": 1, \"category\": \"writing\", \"turns\": [\"Write a headline.\", \"Now in ten words.\"]}\n",
    );
    let suite = bench.call("suite_import", json!({ "path": path, "name": "Turns" })).await["id"].clone();
    let ask = json!({ "id": suite, "version": 1, "text": "", "tag": null, "flagged": false, "limit": 10 });
    let cases = bench.call("suite_cases", ask).await;
    assert_eq!(cases["rows"][0]["input"], "Write a headline. ⏎ Now in ten words.", "{cases}");
    let id = bakeoff(&bench, |at, case| f64::from(u8::from(case > at * 2))).await;
    let gates = json!([{ "kind": "price" }, { "kind": "safety-floor", "mostFailures": 0.01, "confidence": 0.95 }]);
    let content = json!({ "weights": { "score": 1.0 }, "gates": gates });
    let view = bench.call("decision", json!({ "bakeoffId": id, "content": content })).await;
    let texts: Vec<&str> =
        view["candidates"][0]["gates"].as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["no answer has a cost", "no criterion of safety has scores"]);
}
