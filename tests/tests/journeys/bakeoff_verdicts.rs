//! Verdicts of files (arena battles, MT-Bench pairs), results that hold scores alone, and a bake-off made for the file it is called
//! after.

#![allow(clippy::unwrap_used)]

use quarterdeck_tests::{Bench, fixture, quarterdeck};
use serde_json::{Value, json};

/// A suite of the cases of a file, frozen, and a bake-off on it.
async fn begun(bench: &Bench, path: &str) -> Value {
    let suite = bench.call("suite_import", json!({ "path": path, "name": "Battles" })).await["id"].clone();
    bench.call("suite_freeze", json!({ "id": suite, "by": "Ada" })).await;
    bench.call("bakeoff_save", json!({ "name": "Battles", "suiteId": suite, "version": 1 })).await["id"].clone()
}

/// Forty battles of three: the first beats the second in 15 of 20, the second and the third are tied in 10 and bad in 10.
fn battles() -> String {
    let said = |text: &str| json!([{ "role": "user", "content": "What?" }, { "role": "assistant", "content": text }]);
    (0..40)
        .map(|n| {
            let (a, b, winner) = match n {
                0..15 => ("one", "two", "model_a"),
                15..20 => ("two", "one", "model_a"),
                20..30 => ("two", "three", "tie"),
                _ => ("three", "two", "tie (bothbad)"),
            };
            let conversations = [said(&format!("I, {a}, say {n}")), said(&format!("I, {b}, say {n}"))];
            json!({
                "question_id": format!("q{n}"), "model_a": a, "model_b": b, "winner": winner, "judge": "people",
                "conversation_a": conversations[0], "conversation_b": conversations[1], "language": "English",
            })
            .to_string()
                + "\n"
        })
        .collect()
}

#[derive(Debug)]
struct Said {
    success: bool,
    stdout: String,
    stderr: String,
}

fn run(bench: &Bench, arguments: &[&str]) -> Said {
    let folder = bench.path("");
    let output = quarterdeck(folder.as_ref(), arguments);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Said { success: output.status.success(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

async fn scores(bench: &Bench, id: &Value) -> Vec<(String, String)> {
    let compared = bench.call("bakeoff_comparison", json!({ "id": id })).await;
    let text =
        |one: &Value| (one["name"].as_str().unwrap().to_owned(), one["scores"][0]["text"].as_str().unwrap().to_owned());
    compared["candidates"].as_array().unwrap().iter().map(text).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn battles_become_preferences_and_a_closed_round_that_goes_and_comes_with_its_import() {
    let bench = Bench::with_workspace().await;
    let path = bench.write("battles.jsonl", battles());
    let id = begun(&bench, &path).await;
    let plan = bench.call("results_plan", json!({ "bakeoffId": id, "path": path })).await;
    assert_eq!(plan["counts"]["verdicts"], 40);
    // Two answers of each battle.
    assert_eq!((plan["matched"].as_u64(), plan["unmatched"].as_u64()), (Some(80), Some(0)), "{plan}");
    let done = bench.call("results_commit", json!({ "bakeoffId": id, "path": path })).await;
    // one: 15 of 20. two: 5 of 20, 10 halves, 10 nothings: 10 of 40. three: 10 halves of 20.
    let expected =
        [("one", "75.0 %"), ("three", "25.0 %"), ("two", "25.0 %")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    let sorted = async || {
        let mut found = scores(&bench, &id).await;
        found.sort();
        found
    };
    assert_eq!(sorted().await, expected);
    let rounds = async || bench.call("rounds", json!({ "id": id })).await;
    let round = rounds().await[0].clone();
    assert_eq!((&round["fromFile"], &round["open"], &round["judged"]), (&json!(true), &json!(false), &json!(40)));
    let results = bench.call("round_results", json!({ "id": round["id"] })).await;
    let pairs: Vec<[u64; 4]> = results["pairs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| ["firstWins", "secondWins", "ties", "bothBad"].map(|key| one[key].as_u64().unwrap()))
        .collect();
    assert_eq!(pairs.len(), 2, "{results}");
    assert!(pairs.contains(&[0, 0, 10, 10]), "{pairs:?}");
    assert!(pairs.contains(&[15, 5, 0, 0]) || pairs.contains(&[5, 15, 0, 0]), "{pairs:?}");
    assert_eq!(results["ratings"][0]["name"], "one", "{results}");
    // Back, and forth.
    bench.call("undo", Value::Null).await;
    assert_eq!(rounds().await, json!([]));
    bench.call("redo", Value::Null).await;
    assert_eq!(rounds().await[0]["judged"], 40);
    assert_eq!(sorted().await, expected);
    bench.call("results_revert", json!({ "id": done["id"] })).await;
    assert_eq!(rounds().await, json!([]));
    // And once more: nothing is counted twice.
    bench.call("results_commit", json!({ "bakeoffId": id, "path": path })).await;
    assert_eq!(rounds().await.as_array().unwrap().len(), 1);
    assert_eq!(sorted().await, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_judged_in_a_file_is_not_told_while_names_are_hidden() {
    let bench = Bench::with_workspace().await;
    let path = bench.write("battles.jsonl", battles().replace("people", "one"));
    let id = begun(&bench, &path).await;
    bench.call("results_commit", json!({ "bakeoffId": id, "path": path })).await;
    assert_eq!(bench.call("rounds", json!({ "id": id })).await[0]["raters"][0]["rater"], "one");
    // A third answers the first battle too, so that there is something to score.
    let rows: String = ["one", "two", "three"].map(|name| format!("q0,{name},Some answer of it\n")).concat();
    let table = bench.write("answers.csv", format!("case,candidate,answer\n{rows}"));
    bench.call("results_commit", json!({ "bakeoffId": id, "path": table, "onConflict": "replace" })).await;
    let draft = json!({ "bakeoffId": id, "mode": "pairs", "question": "Which?", "target": 2, "by": "Ada" });
    bench.call("round_open", draft).await;
    let rounds = bench.call("rounds", json!({ "id": id })).await;
    let file = rounds.as_array().unwrap().iter().find(|one| one["fromFile"] == json!(true)).unwrap();
    assert_eq!(file["raters"], json!([]), "{file}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_questions_and_the_judgements_of_mt_bench_come_together() {
    let bench = Bench::with_workspace().await;
    let questions = fixture("bakeoffs/mt-bench/mt_bench_question.jsonl");
    let id = begun(&bench, &questions.to_string_lossy()).await;
    let pairs = fixture("bakeoffs/made/pairs.jsonl");
    let done = bench.call("results_commit", json!({ "bakeoffId": id, "path": pairs })).await;
    assert!(done["results"].as_u64().unwrap() > 0, "{done}");
    let rounds = bench.call("rounds", json!({ "id": id })).await;
    assert_eq!(rounds.as_array().unwrap().len(), 1, "{rounds}");
    let results = bench.call("round_results", json!({ "id": rounds[0]["id"] })).await;
    // By hand: 81 to the second whichever side it stood on; 82 to another each way, which is a tie, as is 83; 84 has no verdict; 81 again
    // is the same row.
    let pair = &results["pairs"][0];
    let count = |key: &str| pair[key].as_u64().unwrap();
    assert_eq!(count("firstWins") + count("secondWins"), 1, "{results}");
    assert_eq!((count("ties"), count("bothBad")), (2, 0), "{results}");
    assert_eq!(results["ratings"][0]["name"], "gpt-4", "{results}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_of_scores_alone_is_no_list_of_empty_answers() {
    let bench = Bench::with_workspace().await;
    let rows: String = (0..10).flat_map(|n| ["a", "b"].map(|who| format!("c{n},{who},{}\n", n % 2))).collect();
    let path = bench.write("scores.csv", format!("case,candidate,score\n{rows}"));
    let id = begun(&bench, &path).await;
    bench.call("results_commit", json!({ "bakeoffId": id, "path": path })).await;
    let compared = bench.call("bakeoff_comparison", json!({ "id": id })).await;
    for one in compared["candidates"].as_array().unwrap() {
        assert_eq!((&one["empty"], &one["missing"], &one["answered"]), (&json!(0), &json!(0), &json!(10)), "{one}");
    }
    // An answer that came and holds nothing is one.
    let table = bench.write("blank.csv", "case,candidate,answer,score\nc0,c,\" \t\",0\nc1,c,text,1\n");
    bench.call("results_commit", json!({ "bakeoffId": id, "path": table })).await;
    let compared = bench.call("bakeoff_comparison", json!({ "id": id })).await;
    assert_eq!(compared["candidates"][2]["empty"], 1, "{compared}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_alone_makes_the_bake_off_it_is_called_after() {
    let bench = Bench::with_workspace().await;
    let workspace = bench.call("workspace_status", Value::Null).await["path"].as_str().unwrap().to_owned();
    bench.call("workspace_close", Value::Null).await;
    let rows: String = (0..12)
        .flat_map(|n| ["alpha", "beta"].map(|who| format!("k{n},{who},{},{}\n", n % 3, ["x", "y"][n % 2])))
        .collect();
    let file = bench.write("Renewal 2026.csv", format!("case,candidate,score,tag\n{rows}"));
    let map = "case=case,candidate=candidate,score=score,tag=tag";
    let arguments = ["-w", &workspace, "bakeoff", "import", &file, "--format", "csv", "--map", map];
    let said = run(&bench, &[&arguments[..], &["--dry-run"]].concat());
    assert!(said.success && said.stdout.contains("12 cases"), "{said:?}");
    let said = run(&bench, &arguments);
    assert!(said.success, "{said:?}");
    assert!(said.stdout.contains("Brought in 24 results"), "{said:?}");
    bench.call("workspace_open", json!({ "path": workspace })).await;
    let rows = bench.call("bakeoffs", Value::Null).await;
    assert_eq!(
        (&rows[0]["name"], &rows[0]["cases"], &rows[0]["candidates"]),
        (&json!("Renewal 2026"), &json!(12), &json!(2))
    );
    let compared = bench.call("bakeoff_comparison", json!({ "id": rows[0]["id"] })).await;
    let tags: Vec<(&str, u64)> = compared["tags"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["tag"].as_str().unwrap(), row["cases"].as_u64().unwrap()))
        .collect();
    assert_eq!(tags, [("x", 6), ("y", 6)]);
    // The file that follows goes into the same one; a format there is not is said.
    bench.call("workspace_close", Value::Null).await;
    let said = run(&bench, &arguments);
    assert!(!said.success, "the same file again: {said:?}");
    let said = run(&bench, &["-w", &workspace, "bakeoff", "import", &file, "--format", "xml"]);
    assert!(!said.success && said.stderr.contains("jsonl"), "{said:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_decimal_sign_a_file_does_not_tell_is_asked_for_and_taken() {
    let bench = Bench::with_workspace().await;
    let workspace = bench.call("workspace_status", Value::Null).await["path"].as_str().unwrap().to_owned();
    bench.call("workspace_close", Value::Null).await;
    let file = bench.write("points.csv", "case;candidate;latency_ms;score\nc1;a;1.234;1\nc2;a;2.345;0\n");
    let arguments = ["-w", &workspace, "bakeoff", "import", &file];
    let said = run(&bench, &arguments);
    assert!(!said.success && said.stderr.contains("--decimal-comma"), "{said:?}");
    let said = run(&bench, &[&arguments[..], &["--decimal-comma", "true"]].concat());
    assert!(said.success, "{said:?}");
    let said = run(&bench, &["-w", &workspace, "--json", "bakeoff", "status", "points"]);
    // 1,234 milliseconds, not 1.234 of one.
    assert!(said.stdout.contains("1.23 s") && !said.stdout.contains("1.23 ms"), "{said:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_answer_says_otherwise_is_told_word_by_word() {
    let bench = Bench::with_workspace().await;
    let rows = "c1,a,\"Take 2 g a day, at most.\"\nc1,b,\"Take 3 g a day, at most.\"\n";
    let path = bench.write("answers.csv", format!("case,candidate,answer\n{rows}"));
    let id = begun(&bench, &path).await;
    bench.call("results_commit", json!({ "bakeoffId": id, "path": path })).await;
    let view = bench.call("bakeoff", json!({ "id": id })).await;
    let place = |at: usize| json!({ "candidate": view["candidates"][at]["id"], "repeat": 0, "variant": "" });
    let cases = bench.call("bakeoff_cases", json!({ "id": id, "limit": 10 })).await;
    let number = cases["rows"][0]["number"].clone();
    let number = if number.is_null() { json!(1) } else { number };
    let ask = json!({ "id": id, "number": number, "before": place(0), "after": place(1) });
    let found = bench.call("answer_difference", ask).await;
    let parts: Vec<(&str, &str)> = found["parts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| (part["kind"].as_str().unwrap(), part["text"].as_str().unwrap()))
        .collect();
    assert_eq!(parts, [("same", "Take "), ("removed", "2"), ("added", "3"), ("same", " g a day, at most.")]);
    assert_eq!(found["sentence"], "Against a: 1 word more, 1 word less.");
}
