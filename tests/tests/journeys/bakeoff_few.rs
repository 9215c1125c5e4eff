//! What few cases, and cases that hardly differ, may not be taken for: a gate passed, a first place that is certain, a difference
//! that could have been found. And what a cost is in another currency, or out of a cache.

use quarterdeck_tests::Bench;
use serde_json::{Value, json};

/// A bake-off of "new" and "old", the latter in use; `right` says who answers which case well.
async fn compared(bench: &Bench, cases: usize, right: impl Fn(&str, usize) -> bool) -> Value {
    let row = |case: usize, who: &str| format!("q{case},{who},{}\n", u8::from(right(who, case)));
    let rows: String = (0..cases).flat_map(|case| ["new", "old"].map(|who| row(case, who))).collect();
    let path = bench.write("results.csv", format!("case,candidate,score\n{rows}"));
    brought(bench, &path).await
}

async fn brought(bench: &Bench, path: &str) -> Value {
    let suite = bench.call("suite_import", json!({ "path": path, "name": path })).await["id"].clone();
    bench.call("suite_freeze", json!({ "id": suite, "by": "Ada" })).await;
    let draft = json!({ "name": "Few", "suiteId": suite, "version": 1, "minimumEffect": 0.02 });
    let id = bench.call("bakeoff_save", draft).await["id"].clone();
    bench.call("results_commit", json!({ "bakeoffId": id, "path": path })).await;
    let view = bench.call("bakeoff", json!({ "id": id })).await;
    for one in view["candidates"].as_array().unwrap() {
        let mut draft = one["details"].clone();
        draft["bakeoffId"] = id.clone();
        draft["id"] = one["id"].clone();
        draft["incumbent"] = json!(draft["name"] == "old");
        draft["price"] = json!({ "kind": "stated" });
        bench.call("candidate_save", draft).await;
    }
    id
}

fn named<'v>(view: &'v Value, name: &str) -> &'v Value {
    view["candidates"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap()
}

async fn decided(bench: &Bench, id: &Value, gates: Value) -> Value {
    let content = json!({ "weights": { "score": 1.0 }, "gates": gates, "plusMinus": 0.0 });
    bench.call("decision", json!({ "bakeoffId": id, "content": content })).await
}

/// A bootstrap never draws a loss that was not seen: one win in five, and no loss, is not "not worse".
#[tokio::test(flavor = "multi_thread")]
async fn not_worse_is_passed_by_evidence_and_not_by_having_few_cases() {
    let standing = async |cases: usize, wins: usize, losses: usize| {
        let bench = Bench::with_workspace().await;
        let id = compared(&bench, cases, |who, case| match case {
            case if case < wins => who == "new",
            case if case < wins + losses => who == "old",
            _ => true,
        })
        .await;
        let view = decided(&bench, &id, json!([{ "kind": "quality", "margin": 0.02 }])).await;
        named(&view, "new")["gates"][0]["standing"].as_str().unwrap().to_owned()
    };
    assert_eq!(standing(5, 1, 0).await, "failed");
    assert_eq!(standing(12, 0, 0).await, "failed", "twelve ties leave room for many losses");
    assert_eq!(standing(30, 2, 0).await, "failed");
    assert_eq!(standing(12, 12, 0).await, "passed", "all wins");
    assert_eq!(standing(400, 0, 0).await, "passed", "so many ties leave none");
}

#[tokio::test(flavor = "multi_thread")]
async fn all_of_few_cases_is_no_certain_first_place() {
    let bench = Bench::with_workspace().await;
    let id = compared(&bench, 5, |who, case| who == "new" || case > 0).await;
    let view = decided(&bench, &id, json!([])).await;
    let first = named(&view, "new")["firstText"].as_str().unwrap().trim_end_matches(" %").parse::<u32>().unwrap();
    assert!((60..95).contains(&first), "{first}");
    // The exact bounds of five, not those of Wilson: 0.025^(1/5).
    let compared = bench.call("bakeoff_comparison", json!({ "id": id })).await;
    assert_eq!(named(&compared, "new")["scores"][0]["intervalText"], "47.8 % – 100.0 %");
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_agree_find_no_difference_of_nothing() {
    let bench = Bench::with_workspace().await;
    let id = compared(&bench, 12, |_, case| case % 2 == 0).await;
    let power = bench.call("bakeoff_comparison", json!({ "id": id })).await["power"].clone();
    assert_eq!(power["underpowered"], true, "{power}");
    assert!(power["detectable"].as_f64().unwrap() > 0.3, "{power}");
    // One case in 150 tells them apart; McNemar's test needs six.
    let bench = Bench::with_workspace().await;
    let id = compared(&bench, 150, |who, case| case > 0 || who == "new").await;
    let power = bench.call("bakeoff_comparison", json!({ "id": id })).await["power"].clone();
    assert!(power["underpowered"] == true && power["detectable"].as_f64().unwrap() > 0.04, "{power}");
}

#[tokio::test(flavor = "multi_thread")]
async fn those_that_are_level_have_the_same_chance_wherever_they_stand() {
    let bench = Bench::with_workspace().await;
    let rows: String = (0..12)
        .flat_map(|case| {
            [("old", 0.5), ("b", 4.0), ("c", 4.0), ("d", 4.0)].map(|(who, mark)| format!("q{case},{who},{mark}\n"))
        })
        .collect();
    let path = bench.write("results.csv", format!("case,candidate,score\n{rows}"));
    let id = brought(&bench, &path).await;
    let view = decided(&bench, &id, json!([])).await;
    for name in ["b", "c", "d"] {
        let share = named(&view, name)["first"].as_f64().unwrap();
        // 100,000 draws: three standard errors are 0.45 points.
        assert!((share - 1.0 / 3.0).abs() < 0.005, "{name}: {share}");
    }
}

/// What leaves as a table says the same when it comes back: a cost in euros, and that an answer came out of a cache.
#[tokio::test(flavor = "multi_thread")]
async fn a_cost_in_euros_and_an_answer_out_of_a_cache_come_back_as_they_left() {
    let bench = Bench::with_workspace().await;
    let mut text = "case,candidate,answer,score,latency_ms,cost,currency,cached\n".to_owned();
    for case in 0..20 {
        text += &format!("q{case},new,yes,1,1000,0.5,EUR,false\nq{case},old,yes,1,5,0.25,USD,true\n");
    }
    let path = bench.write("first.csv", &text);
    let id = brought(&bench, &path).await;
    let out = bench.path("out.csv");
    bench.call("results_export", json!({ "bakeoffId": id, "form": "csv", "path": out })).await;
    let left = std::fs::read_to_string(&out).unwrap();
    let again = brought(&bench, &out).await;
    let back = bench.path("back.csv");
    bench.call("results_export", json!({ "bakeoffId": again, "form": "csv", "path": back })).await;
    assert_eq!(std::fs::read_to_string(&back).unwrap(), left);
    assert!(left.contains(",0.50,EUR,false,") || left.contains(",0.5,EUR,false,"), "{left}");

    let compared = bench.call("bakeoff_comparison", json!({ "id": again })).await;
    // A cached answer says nothing of how long the provider takes.
    assert_eq!(named(&compared, "old")["p95Text"], "—", "{compared}");
    let notes = compared["notes"].to_string();
    assert!(notes.contains("No rate from EUR to USD on ") && notes.contains(" new "), "{notes}");
    assert!(!notes.contains("No price is known"), "a rate is missing, no price: {notes}");
}

/// Three tries that agree two to one are three, whether or not the file says that each cost the same.
#[tokio::test(flavor = "multi_thread")]
async fn tries_that_agree_are_tries_though_each_costs_the_same() {
    for (cost, head) in [("", ""), (",0.001", ",cost")] {
        let bench = Bench::with_workspace().await;
        let mut text = format!("case,candidate,answer,score{head}\n");
        for case in 0..20 {
            for score in [1, 1, 0] {
                text += &format!("q{case},new,said {score},{score}{cost}\n");
            }
        }
        let path = bench.write("results.csv", text);
        let id = brought(&bench, &path).await;
        let compared = bench.call("bakeoff_comparison", json!({ "id": id })).await;
        assert_eq!(named(&compared, "new")["scores"][0]["text"], "66.7 %", "{cost}: {compared}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn criteria_that_differ_in_case_or_are_called_cost_stay_apart() {
    let bench = Bench::with_workspace().await;
    let rows: String = (0..6).map(|case| format!("q{case},new,1,0,0.5\nq{case},old,1,0,0.5\n")).collect();
    let path = bench.write("results.csv", format!("case,candidate,score_Right,score_right,score_cost\n{rows}"));
    let id = brought(&bench, &path).await;
    let compared = bench.call("bakeoff_comparison", json!({ "id": id })).await;
    let said: Vec<(String, String)> = compared["criteria"]
        .as_array()
        .unwrap()
        .iter()
        .zip(named(&compared, "new")["scores"].as_array().unwrap())
        .map(|(one, score)| (one["name"].as_str().unwrap().to_owned(), score["text"].as_str().unwrap().to_owned()))
        .collect();
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(said.contains(&("Right".to_owned(), "100.0 %".to_owned())), "{said:?}");
    assert!(said.contains(&("right (2)".to_owned(), "0.0 %".to_owned())), "{said:?}");
    assert!(said.iter().any(|(name, _)| name == "cost (2)"), "{said:?}");
}

/// What somebody else wrote into the decision meanwhile is not signed by whoever saw another.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_signs_what_somebody_else_wrote_meanwhile() {
    let bench = Bench::with_workspace().await;
    let id = compared(&bench, 30, |who, case| who == "new" || case > 9).await;
    let content = |rationale: &str, choice: &Value| json!({ "weights": { "score": 1.0 }, "rationale": rationale, "choice": choice, "gates": [], "plusMinus": 0.05 });
    let view = bench.call("bakeoff", json!({ "id": id })).await;
    let choice = view["candidates"][0]["id"].clone();
    let save = async |rationale: &str| {
        let draft = json!({ "bakeoffId": id, "content": content(rationale, &choice) });
        bench.call("decision_save", draft).await["content"].clone()
    };
    let seen = save("Bob's reason").await;
    save("Cid's reason").await;
    let refused =
        bench.try_call("decision_sign", json!({ "bakeoffId": id, "by": "Bob", "content": seen })).await.unwrap_err();
    assert_eq!(refused.code, "decision-changed-meanwhile");
    let again = save("Bob's reason").await;
    let signed = bench.call("decision_sign", json!({ "bakeoffId": id, "by": "Bob", "content": again })).await;
    assert_eq!(signed["signed"]["by"], "Bob");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_case_settles_nothing_and_more_candidates_than_can_be_compared_are_refused() {
    let bench = Bench::with_workspace().await;
    let id = compared(&bench, 1, |who, _| who == "new").await;
    let findings = decided(&bench, &id, json!([])).await["findings"].to_string();
    assert!(!findings.contains("settle"), "{findings}");

    let bench = Bench::with_workspace().await;
    let cases = bench.write("cases.csv", "case,question\nq0,Why?\n");
    let suite = bench.call("suite_import", json!({ "path": cases, "name": "One" })).await["id"].clone();
    bench.call("suite_freeze", json!({ "id": suite, "by": "Ada" })).await;
    let id = bench.call("bakeoff_save", json!({ "name": "Many", "suiteId": suite, "version": 1 })).await["id"].clone();
    let rows: String = (0..101).map(|at| format!("q0,model {at},1\n")).collect();
    let path = bench.write("many.csv", format!("case,candidate,score\n{rows}"));
    let refused = bench.try_call("results_commit", json!({ "bakeoffId": id, "path": path })).await.unwrap_err();
    assert_eq!(refused.code, "results-too-many-candidates");
}

/// A folder may hold what leads anywhere and what never ends: neither is read.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn links_and_pipes_in_a_folder_are_not_followed() {
    let bench = Bench::with_workspace().await;
    let folder = quarterdeck_tests::fixture("bakeoffs");
    let run = std::fs::read_dir(folder.join("helm")).ok().and_then(|mut all| all.next()).unwrap().unwrap().path();
    let copy = std::path::PathBuf::from(bench.path("run"));
    std::fs::create_dir(&copy).unwrap();
    for entry in std::fs::read_dir(run).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), copy.join(entry.file_name())).unwrap();
    }
    std::os::unix::fs::symlink(".", copy.join("a")).unwrap();
    std::os::unix::fs::symlink(".", copy.join("b")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", copy.join("zero")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(copy.join("pipe")).status().unwrap().success());
    let suite = bench.call("suite_import", json!({ "path": copy, "name": "Helm" })).await["id"].clone();
    bench.call("suite_freeze", json!({ "id": suite, "by": "Ada" })).await;
    let id = bench.call("bakeoff_save", json!({ "name": "Helm", "suiteId": suite, "version": 1 })).await["id"].clone();
    let done = bench.call("results_commit", json!({ "bakeoffId": id, "path": copy })).await;
    assert!(done["results"].as_u64().unwrap() > 0, "{done}");
}
