//! What counts in a comparison and what does not: requests that failed, pairs nobody drew, tries of one case, rows of nobody, what was
//! replaced; and that results that leave and come back say what they said.

#![allow(clippy::unwrap_used)]

use quarterdeck_tests::{Bench, quarterdeck};
use serde_json::{Value, json};
use store::sqlx::{Connection, SqliteConnection, query};

/// A suite of so many cases, "c1" on, frozen, and a bake-off on it.
async fn planned(bench: &Bench, cases: usize) -> Value {
    let text: String = (1..=cases).map(|n| format!("c{n},What is {n}?\n")).collect();
    let path = bench.write("cases.csv", format!("id,question\n{text}"));
    let suite = bench.call("suite_import", json!({ "path": path, "name": "Cases" })).await["id"].clone();
    bench.call("suite_freeze", json!({ "id": suite, "by": "Ada" })).await;
    bench.call("bakeoff_save", json!({ "name": "Cases", "suiteId": suite, "version": 1 })).await["id"].clone()
}

async fn workspace(bench: &Bench) -> String {
    bench.call("workspace_status", Value::Null).await["path"].as_str().unwrap().to_owned()
}

async fn compared(bench: &Bench, name: &str, cases: usize, results: &str) -> Value {
    let id = planned(bench, cases).await;
    let path = bench.write(name, results);
    bench.call("results_commit", json!({ "bakeoffId": id, "path": path })).await;
    bench.call("bakeoff_comparison", json!({ "id": id })).await
}

fn of<'v>(view: &'v Value, name: &str) -> &'v Value {
    view["candidates"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_that_everybody_failed_counts_as_a_failure_of_everybody() {
    let bench = Bench::with_workspace().await;
    let mut text = "case,candidate,answer,score,error\n".to_owned();
    for n in 1..=20 {
        for (who, right) in [("a", n <= 15), ("b", n <= 8)] {
            text += &match n {
                16.. => format!("c{n},{who},,,request timed out\n"),
                _ => format!("c{n},{who},yes,{},\n", u8::from(right)),
            };
        }
    }
    let view = compared(&bench, "results.csv", 20, &text).await;
    let read = |name: &str| {
        let score = &of(&view, name)["scores"][0];
        (score["text"].clone(), score["asFailureText"].clone(), of(&view, name)["missing"].clone())
    };
    assert_eq!(read("a"), (json!("100.0 %"), json!("75.0 %"), json!(5)));
    assert_eq!(read("b"), (json!("53.3 %"), json!("40.0 %"), json!(5)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_failed_is_no_answer_whatever_score_and_time_its_file_gives_it() {
    let bench = Bench::with_workspace().await;
    let mut text = "case,candidate,answer,score,error,latency_ms\n".to_owned();
    for n in 1..=40 {
        text += &match n % 2 {
            0 => format!("c{n},a,,0,429 too many requests,40\n"),
            _ => format!("c{n},a,yes,1,,5000\n"),
        };
    }
    let view = compared(&bench, "results.csv", 40, &text).await;
    let a = of(&view, "a");
    assert_eq!((&a["scores"][0]["text"], &a["scores"][0]["asFailureText"]), (&json!("100.0 %"), &json!("50.0 %")));
    assert_eq!((&a["answered"], &a["missing"]), (&json!(20), &json!(20)));
    assert_eq!(a["p50Text"], "5.00 s");
    assert_eq!(a["failures"], json!([{ "kind": "rate-limit", "name": "Rate limit", "count": 20 }]));
}

/// Four models, each battle of two: who was not in it was never asked.
#[tokio::test(flavor = "multi_thread")]
async fn a_pair_that_was_never_drawn_is_missing_of_nobody_and_every_verdict_is_rated() {
    let bench = Bench::with_workspace().await;
    let names = ["m-a", "m-b", "m-c", "m-d"];
    let mut text = String::new();
    for n in 0..60 {
        let (a, b) = (names[n % 4], names[(n + 1 + n / 4 % 3) % 4]);
        // Two turns, and two judges without a name.
        for (turn, at) in [(1, 0), (1, 7), (2, 13)] {
            let winner = if (n + at) % 3 == 0 { "model_b" } else { "model_a" };
            text += &json!({ "question_id": format!("q{}", n / 6), "model_a": a, "model_b": b, "winner": winner, "turn": turn, "tstamp": 1_700_000_000 + n * 100 + at }).to_string();
            text += "\n";
        }
    }
    let path = bench.write("battles.jsonl", text);
    let suite = bench.call("suite_import", json!({ "path": path, "name": "Battles" })).await["id"].clone();
    bench.call("suite_freeze", json!({ "id": suite, "by": "Ada" })).await;
    let draft = json!({ "name": "Battles", "suiteId": suite, "version": 1 });
    let id = bench.call("bakeoff_save", draft).await["id"].clone();
    let plan = bench.call("results_plan", json!({ "bakeoffId": id, "path": path })).await;
    assert_eq!((&plan["counts"]["verdicts"], &plan["counts"]["duplicates"]), (&json!(180), &json!(0)), "{plan}");
    bench.call("results_commit", json!({ "bakeoffId": id, "path": path })).await;
    let view = bench.call("bakeoff_comparison", json!({ "id": id })).await;
    for one in view["candidates"].as_array().unwrap() {
        assert_eq!((&one["missing"], &one["scores"][0]["asFailureText"]), (&json!(0), &json!("")), "{one}");
    }
    let round = bench.call("rounds", json!({ "id": id })).await[0].clone();
    assert_eq!(round["judged"], 180);
    let results = bench.call("round_results", json!({ "id": round["id"] })).await;
    let counted: u64 = results["pairs"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|pair| ["firstWins", "secondWins", "ties", "bothBad"].map(|key| pair[key].as_u64().unwrap()))
        .sum();
    assert_eq!(counted, 180, "{results}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_model_that_a_later_battle_brings_to_a_question_has_its_answer() {
    let bench = Bench::with_workspace().await;
    let said = |who: &str| json!([{ "role": "user", "content": "What?" }, { "role": "assistant", "content": format!("I am {who}") }]);
    let battle = |a: &str, b: &str| {
        json!({ "question_id": "q1", "model_a": a, "model_b": b, "winner": "tie", "conversation_a": said(a), "conversation_b": said(b) })
            .to_string()
    };
    let path = bench.write("battles.jsonl", format!("{}\n{}\n", battle("one", "two"), battle("three", "one")));
    let suite = bench.call("suite_import", json!({ "path": path, "name": "Battles" })).await["id"].clone();
    bench.call("suite_freeze", json!({ "id": suite, "by": "Ada" })).await;
    let draft = json!({ "name": "Battles", "suiteId": suite, "version": 1 });
    let id = bench.call("bakeoff_save", draft).await["id"].clone();
    bench.call("results_commit", json!({ "bakeoffId": id, "path": path })).await;
    let cases = bench.call("bakeoff_cases", json!({ "id": id, "text": "", "tag": null, "limit": 10 })).await;
    let case = &cases["rows"][0];
    let view = bench.call("bakeoff_case", json!({ "id": id, "number": case["number"] })).await.to_string();
    for who in ["one", "two", "three"] {
        assert!(view.contains(&format!("I am {who}")), "{view}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn three_tries_of_which_two_agree_are_three_and_a_row_of_nobody_is_said() {
    let bench = Bench::with_workspace().await;
    let mut text = "case,candidate,answer,score\n".to_owned();
    for n in 1..=20 {
        for score in [1, 1, 0] {
            text += &format!("c{n},a,yes,{score}\n");
        }
    }
    text += "c1,,yes,1\n";
    let id = planned(&bench, 20).await;
    let path = bench.write("tries.csv", text);
    let plan = bench.call("results_plan", json!({ "bakeoffId": id, "path": path })).await;
    let codes: Vec<&str> =
        plan["issues"].as_array().unwrap().iter().map(|issue| issue["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["candidate-untold"], "{plan}");
    bench.call("results_commit", json!({ "bakeoffId": id, "path": path })).await;
    let view = bench.call("bakeoff_comparison", json!({ "id": id })).await;
    assert_eq!(view["candidates"].as_array().unwrap().len(), 1);
    assert_eq!(of(&view, "a")["scores"][0]["text"], "66.7 %");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_later_import_replaced_is_counted_once_and_counts_again_when_that_is_taken_back() {
    let bench = Bench::with_workspace().await;
    let rows = |score: u8| (1..=10).map(|n| format!("c{n},a,yes,{score}\n")).collect::<String>();
    let id = planned(&bench, 10).await;
    let first = bench.write("first.csv", format!("case,candidate,answer,score\n{}", rows(0)));
    let second = bench.write("second.csv", format!("case,candidate,answer,score\n{}", rows(1)));
    bench.call("results_commit", json!({ "bakeoffId": id, "path": first })).await;
    let again = json!({ "bakeoffId": id, "path": second, "onConflict": "replace" });
    let import = bench.call("results_commit", again).await["id"].clone();
    let read = async || {
        let row = bench.call("bakeoffs", Value::Null).await[0]["results"].clone();
        let view = bench.call("bakeoff_comparison", json!({ "id": id })).await;
        (row, of(&view, "a")["scores"][0]["text"].clone())
    };
    assert_eq!(read().await, (json!(10), json!("100.0 %")));
    // From the command line, by the id that "status" tells.
    let (folder, workspace) = (bench.path(""), workspace(&bench).await);
    let status = quarterdeck(folder.as_ref(), &["-w", &workspace, "bakeoff", "status", "Cases"]);
    let told = format!("{}{}", String::from_utf8_lossy(&status.stderr), String::from_utf8_lossy(&status.stdout));
    assert!(told.contains(import.as_str().unwrap()), "{told}");
    let output = quarterdeck(folder.as_ref(), &["-w", &workspace, "bakeoff", "revert", import.as_str().unwrap()]);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(read().await, (json!(10), json!("0.0 %")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_questions_alone_leaves_no_empty_bakeoff_behind() {
    let bench = Bench::with_workspace().await;
    let path = bench.write("questions.csv", "id,question\nc1,What?\nc2,Why?\n");
    let (folder, workspace) = (bench.path(""), workspace(&bench).await);
    let output = quarterdeck(folder.as_ref(), &["-w", &workspace, "bakeoff", "import", &path]);
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("suite import"), "{said}");
    assert_eq!(
        (bench.call("bakeoffs", Value::Null).await, bench.call("suites", Value::Null).await),
        (json!([]), json!([]))
    );
}

/// Scores, what is missing and why, tokens and times, by candidate.
fn figures(view: &Value) -> Vec<Value> {
    let mut names: Vec<(String, usize)> = view["criteria"]
        .as_array()
        .unwrap()
        .iter()
        .enumerate()
        .map(|(at, one)| (one["name"].as_str().unwrap().to_owned(), at))
        .collect();
    names.sort();
    let of = |one: &Value| {
        let score = |at: usize| {
            let score = &one["scores"][at];
            json!([score["text"], score["intervalText"], score["asFailureText"], score["cases"]])
        };
        let scores: Vec<Value> = names.iter().map(|(name, at)| json!([name, score(*at)])).collect();
        // Every Eval Ever knows models by their ids.
        let name = one["name"].as_str().unwrap().trim_start_matches("m-");
        json!([name, scores, one["answered"], one["missing"], one["failures"]])
    };
    let mut all: Vec<Value> = view["candidates"].as_array().unwrap().iter().map(of).collect();
    all.sort_by_key(|one| one[0].to_string());
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn results_that_leave_and_come_back_say_what_they_said() {
    let bench = Bench::with_workspace().await;
    let kinds = ["", "request timed out", "429 too many requests", "blocked by the content filter", "connection reset"];
    let mut text = "case,candidate,model,answer,error,score_Resolved,score_No harm,latency_ms,input_tokens,output_tokens,reasoning_tokens\n".to_owned();
    for n in 1..=40 {
        for (who, share) in [("Claude", 7), ("Gemini", 4)] {
            let right = u8::from((n * 3 + share) % 10 < share);
            text += &match (n % 13, who) {
                (0, _) => format!("c{n},{who},m-{who},,{},,,,,,\n", kinds[1 + n / 13 % 4]),
                (5, "Gemini") => format!("c{n},{who},m-{who},,,,,700,10,0,0\n"),
                _ => format!(
                    "c{n},{who},m-{who},\"Answer, {n}\",,{right},{},{},100,{n},5\n",
                    u8::from(n % 9 != 0),
                    500 + n * 7
                ),
            };
        }
    }
    let view = compared(&bench, "results.csv", 40, &text).await;
    let expected = figures(&view);
    let row = bench.call("bakeoffs", Value::Null).await[0].clone();
    let suite = bench.call("suites", Value::Null).await[0]["id"].clone();
    for (form, place) in [("csv", "out.csv"), ("every-eval-ever", "out")] {
        let path = bench.path(place);
        let request = json!({ "bakeoffId": row["id"], "form": form, "path": path });
        bench.call("results_export", request).await;
        let draft = json!({ "name": form, "suiteId": suite, "version": 1 });
        let id = bench.call("bakeoff_save", draft).await["id"].clone();
        let done = bench.call("results_commit", json!({ "bakeoffId": id, "path": path })).await;
        assert_eq!(done["unmatched"], 0, "{form}: {done}");
        let again = figures(&bench.call("bakeoff_comparison", json!({ "id": id })).await);
        for (one, other) in expected.iter().zip(&again) {
            assert_eq!(one, other, "{form}");
        }
        assert_eq!(again.len(), expected.len());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_rater_of_an_answer_counts_and_the_same_file_again_changes_nothing() {
    let bench = Bench::with_workspace().await;
    let id = planned(&bench, 10).await;
    let rows: String = (1..=10)
        .flat_map(|n| {
            [("ann", 1), ("bob", 0)].map(|(who, score)| format!("c{n},A,x,{who},{score}\nc{n},a,y,{who},1\n"))
        })
        .collect();
    let path = bench.write("raters.csv", format!("case_id,candidate,answer,rater,score\n{rows}"));
    let done = bench.call("results_commit", json!({ "bakeoffId": id, "path": path })).await;
    assert_eq!((&done["results"], &done["candidatesMade"]), (&json!(20), &json!(2)), "{done}");
    let read = async || {
        let view = bench.call("bakeoff_comparison", json!({ "id": id })).await;
        (
            view["candidates"].as_array().unwrap().len(),
            of(&view, "A")["scores"][0]["text"].clone(),
            of(&view, "a")["scores"][0]["text"].clone(),
        )
    };
    let expected = (2, json!("50.0 %"), json!("100.0 %"));
    assert_eq!(read().await, expected);
    // Names that differ in their letters alone are two, each time anew.
    let again = json!({ "bakeoffId": id, "path": path, "onConflict": "replace" });
    let refused = bench.try_call("results_commit", again).await.unwrap_err();
    assert_eq!(refused.code, "results-nothing-new");
    assert_eq!(read().await, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_answer_takes_is_said_and_a_sign_of_a_currency_is_read() {
    let bench = Bench::with_workspace().await;
    let id = planned(&bench, 3).await;
    let text = "case_id,candidate,answer,score,latency_ms,cost\nc1,A,x,1,1e300,€2\nc2,A,x,1,1e16,1.5\nc3,A,x,1,900,1\n";
    let path = bench.write("slow.csv", text);
    let plan = bench.call("results_plan", json!({ "bakeoffId": id, "path": path })).await;
    let issues: Vec<(&str, u64)> = plan["issues"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["code"].as_str().unwrap(), one["row"].as_u64().unwrap()))
        .collect();
    assert_eq!(issues, [("too-large", 2), ("too-large", 3)], "{plan}");
    bench.call("results_commit", json!({ "bakeoffId": id, "path": path })).await;
    let view = bench.call("bakeoff_comparison", json!({ "id": id })).await;
    assert_eq!(of(&view, "A")["p50Text"], "900 ms");
    let out = bench.path("out.csv");
    bench.call("results_export", json!({ "bakeoffId": id, "form": "csv", "path": out })).await;
    let written = std::fs::read_to_string(out).unwrap();
    assert!(written.contains(",2,EUR,") && written.contains(",1.5,USD,"), "{written}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expression_however_nested_gets_a_sentence_or_an_answer() {
    let bench = Bench::with_workspace().await;
    let id = planned(&bench, 2).await;
    let path = bench.write("one.csv", "case_id,candidate,answer,score\nc1,A,x,1\nc2,A,y,0\n");
    bench.call("results_commit", json!({ "bakeoffId": id, "path": path })).await;
    let rule = |source: String| json!({ "bakeoffId": id, "criterion": "Rule", "rule": { "kind": "expression", "source": source } });
    let nested = |open: &str, close: &str, depth: usize| format!("{}1{}", open.repeat(depth), close.repeat(depth));
    for source in [
        nested("(", ")", 16),
        format!("1{}", "+1".repeat(60)),
        "answer == '((((((((((((((((((((((((((((((' ? 1 : 0".to_owned(),
    ] {
        bench.call("scorer_save", rule(source)).await;
    }
    for source in [
        nested("(", ")", 900),
        nested("[", "]", 900),
        format!("{}true", "!".repeat(1_900)),
        format!("1{}", "+1".repeat(900)),
    ] {
        let refused = bench.try_call("scorer_save", rule(source)).await.unwrap_err();
        assert_ne!(refused.code, "internal");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gate_that_nothing_can_be_held_against_is_refused_and_the_draft_before_it_stands() {
    let bench = Bench::with_workspace().await;
    let id = planned(&bench, 2).await;
    let path = bench.write("one.csv", "case_id,candidate,answer,score\nc1,A,x,1\nc2,A,y,0\nc1,B,x,1\nc2,B,y,1\n");
    bench.call("results_commit", json!({ "bakeoffId": id, "path": path })).await;
    let save = async |most: f64, why: &str| {
        let content =
            json!({ "weights": { "score": 1.0 }, "gates": [{ "kind": "latency", "mostMs": most }], "rationale": why });
        bench.try_call("decision_save", json!({ "bakeoffId": id, "content": content })).await
    };
    save(4_000.0, "First").await.unwrap();
    let refused = save(-1.0, "Second").await.unwrap_err();
    assert_eq!(refused.code, "decision-gates");
    let kept = bench.call("decision", json!({ "bakeoffId": id, "content": null })).await;
    assert_eq!(kept["content"]["rationale"], "First", "{kept}");
    let workspace = workspace(&bench).await;
    let list = bench.write("list.json", "[]");
    let output = quarterdeck(bench.path("").as_ref(), &["-w", &workspace, "bakeoff", "decide", "Cases", &list]);
    assert!(!output.status.success());
    let kept = bench.call("decision", json!({ "bakeoffId": id, "content": null })).await;
    assert_eq!(kept["content"]["rationale"], "First");
}

/// Evidence that was thrown away is not a fault of the program: the decision does not hold.
#[tokio::test(flavor = "multi_thread")]
async fn a_signature_whose_evidence_is_gone_does_not_hold() {
    let bench = Bench::new();
    let path = bench.path("sample.quarterdeck");
    bench.call("workspace_sample", json!({ "path": path })).await;
    bench.call("workspace_close", Value::Null).await;
    let mut file = SqliteConnection::connect(&format!("sqlite://{path}")).await.unwrap();
    query("DROP TRIGGER decision_changed").execute(&mut file).await.unwrap();
    query("UPDATE decision SET evidence = '{}'").execute(&mut file).await.unwrap();
    file.close().await.unwrap();
    bench.call("workspace_open", json!({ "path": path })).await;
    let rows = bench.call("bakeoffs", Value::Null).await;
    let signed = rows.as_array().unwrap().iter().find(|row| row["stage"] == "signed").unwrap()["id"].clone();
    let checked = bench.call("decision_verify", json!({ "id": signed })).await;
    assert_eq!(checked[0]["holds"], false, "{checked}");
}
