//! The first journey in the real window: from files to a signed decision and its memo, through a power cut, and with no name to be
//! seen while a round is open.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::time::Duration;

use quarterdeck_tests::window::Window;
use quarterdeck_tests::{Bench, pdf_text, quarterdeck};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

const NAMES: [&str; 3] = ["Canary Harbor", "Canary Northwind", "Canary Lumen"];

const CASES: usize = 40;

/// Cases, and a file of answers of each candidate: the first is right most often.
fn files(folder: &Path) {
    let cases: String = (0..CASES).map(|n| format!("q{n:02},How much is {n} + {n}?,{},sums\n", n + n)).collect();
    std::fs::write(folder.join("cases.csv"), format!("id,question,answer,topic\n{cases}")).unwrap();
    for (at, name) in NAMES.iter().enumerate() {
        let rows: String = (0..CASES)
            .map(|n| {
                let right = (n * 7 + at * 3) % 10 >= at * 3;
                let said = if right { format!("It is {}.", n + n) } else { format!("Perhaps {}?", n + 1) };
                format!("q{n:02},{name},\"{said}\",{},{}\n", u8::from(right), 700 + at * 150 + n * 3)
            })
            .collect();
        std::fs::write(folder.join(format!("run-{at}.csv")), format!("case,candidate,answer,score,latency_ms\n{rows}"))
            .unwrap();
    }
}

/// Everything of the window that could tell a name: what is drawn, what is not, its title, what it keeps for the next start.
async fn everything(window: &Window) -> String {
    let script = "return [document.documentElement.outerHTML, document.title, JSON.stringify(localStorage), JSON.stringify(sessionStorage), location.href].join('\\n')";
    window.run(script, vec![]).await.as_str().unwrap().to_owned()
}

async fn no_name(window: &Window, place: &str) {
    let said = everything(window).await;
    for name in NAMES {
        let found = said.find(name);
        assert!(found.is_none(), "{place} tells {name}: {}", &said[found.unwrap().saturating_sub(200)..]);
    }
    let title = window.driver.title().await.unwrap();
    assert!(!title.contains("Canary"), "{title}");
}

/// What the palette finds by the word that all names share.
async fn found(window: &Window) -> String {
    window.driver.action_chain().key_down(Key::Control).send_keys("k").key_up(Key::Control).perform().await.unwrap();
    window.css("[role=dialog] input").await;
    window.press("Canary").await;
    tokio::time::sleep(Duration::from_millis(800)).await;
    let records = "return [...document.querySelectorAll('[role=option]')].map((one) => one.innerText).filter((text) => text.includes('Sums') || text.includes('Canary')).join('\\n')";
    let listed = window.run(records, vec![]).await.as_str().unwrap().to_owned();
    window.press(Key::Escape).await;
    window.press(Key::Escape).await;
    listed
}

/// Every log below a folder.
fn logs(folder: &Path) -> Vec<(PathBuf, String)> {
    let (mut folders, mut found) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "log") {
                let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
                found.push((path, text));
            }
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_scores_a_bake_off_from_files_to_a_signed_memo_and_no_name_is_seen_before_the_round_is_closed() {
    let folder = tempfile::tempdir().unwrap();
    files(folder.path());
    let file = folder.path().join("acme.quarterdeck");
    assert!(quarterdeck(folder.path(), &["new", "acme.quarterdeck", "--name", "Acme"]).status.success());
    let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let window = Window::open(folder.path(), Some(&file)).await;
    window.find("nav-home").await;

    // The suite, frozen.
    window.go("/suites/import", "cases-path").await;
    window.fill("cases-path", &at("cases.csv")).await;
    window.fill("cases-name", "Sums").await;
    window.click("cases-preview").await;
    window.click("cases-go").await;
    window.click("suite-freeze").await;
    window.fill("freeze-by", "Ada").await;
    window.click("freeze-go").await;
    window.see("v1").await;

    // The bake-off, and a file of results of each.
    let suite = window.call("suites", Value::Null).await[0]["id"].clone();
    let draft = json!({ "name": "Sums by three", "suiteId": suite, "version": 1 });
    let bakeoff = window.call("bakeoff_save", draft).await["id"].as_str().unwrap().to_owned();
    for run in 0..NAMES.len() {
        window.go(&format!("/bakeoffs/{bakeoff}/import"), "results-path").await;
        window.fill("results-path", &at(&format!("run-{run}.csv"))).await;
        window.click("results-look").await;
        window.click("results-commit").await;
        window.see("40 results imported").await;
        window.find("bakeoff-actions").await;
    }
    let view = window.call("bakeoff", json!({ "id": bakeoff })).await;
    assert_eq!(view["row"]["results"], json!(3 * CASES));
    let mut incumbent = view["candidates"][1].clone();
    assert_eq!(incumbent["name"], NAMES[1]);
    incumbent["details"]["incumbent"] = json!(true);
    incumbent["details"]["price"] = json!({ "kind": "stated" });
    let mut draft = incumbent["details"].clone();
    draft["bakeoffId"] = json!(bakeoff);
    draft["id"] = incumbent["id"].clone();
    window.call("candidate_save", draft).await;

    // Until then they are everywhere: what is looked for below would be found.
    window.go(&format!("/bakeoffs/{bakeoff}?tab=candidates"), "candidate-add").await;
    window.see(NAMES[2]).await;
    let shown = everything(&window).await;
    assert!(NAMES.iter().all(|name| shown.contains(name)));
    assert!(found(&window).await.contains("Sums by three"), "the palette finds a bake-off by a candidate's name");

    // A round is opened: from here on nobody has a name.
    window.go(&format!("/bakeoffs/{bakeoff}?tab=blind"), "round-open").await;
    window.click("round-open").await;
    window.fill("round-target", "16").await;
    window.fill("round-by", "Ada").await;
    window.click("round-open-go").await;
    window.click("round-score").await;
    window.fill("rater-name", "Bo").await;
    window.click("round-score-go").await;
    window.find("blind-left").await;
    let done = async |window: &Window, count: usize| window.see(&format!("{count} of 16")).await;
    for (count, key) in ["1", "2", "3", "4", "1", "1", "2", "3", "2", "1"].into_iter().enumerate() {
        done(&window, count).await;
        window.find("blind-left").await;
        no_name(&window, "the blind page").await;
        window.press(key).await;
    }
    done(&window, 10).await;
    let round = window.call("rounds", json!({ "id": bakeoff })).await[0]["id"].clone();
    let pair = async |window: &Window| {
        let (left, right) = (window.find("blind-left").await, window.find("blind-right").await);
        (left.text().await.unwrap(), right.text().await.unwrap())
    };
    let before = pair(&window).await;
    window.kill();

    // After a power cut: the same pair, on the same sides.
    let window = Window::open(folder.path(), Some(&file)).await;
    window.find("nav-home").await;
    window.go(&format!("/bakeoffs/{bakeoff}/blind?round={}&rater=Bo", round.as_str().unwrap()), "blind-left").await;
    done(&window, 10).await;
    assert_eq!(pair(&window).await, before);
    for (address, testid) in [
        ("/", "nav-home"),
        ("/bakeoffs", "bakeoff-add"),
        ("/suites", "suite-add"),
        ("/vendors", "nav-vendors"),
        ("/calendar", "calendar-export"),
        ("/settings?tab=activity", "tab-activity"),
        ("/imports", "import-start"),
    ] {
        window.go(address, testid).await;
        no_name(&window, address).await;
    }
    for tab in ["comparison", "cases", "blind", "decision", "candidates", "results", "setup", "documents", "activity"] {
        window.go(&format!("/bakeoffs/{bakeoff}?tab={tab}"), "bakeoff-actions").await;
        no_name(&window, tab).await;
    }
    assert_eq!(found(&window).await, "", "the palette finds nothing by a candidate's name");
    let logs = logs(folder.path());
    assert!(!logs.is_empty(), "there is a log to look into");
    for (path, text) in logs {
        assert!(NAMES.iter().all(|name| !text.contains(name)), "{} tells a name", path.display());
    }

    // A second rater, on another laptop.
    window.go(&format!("/bakeoffs/{bakeoff}?tab=blind"), "round-packet").await;
    window.click("round-packet").await;
    window.fill("packet-rater", "Cy").await;
    window.fill("packet-path", &at("for-cy.json")).await;
    window.click("packet-go").await;
    window.see("for-cy.json").await;
    let packet = std::fs::read_to_string(at("for-cy.json")).unwrap();
    assert!(NAMES.iter().all(|name| !packet.contains(name)));
    let laptop = Bench::new();
    let ask = json!({ "path": at("for-cy.json"), "rater": "Cy" });
    let mut view = laptop.call("packet_task", ask.clone()).await;
    while view["task"] != Value::Null {
        let right = |side: &str| view["task"][side].as_str().unwrap_or_default().starts_with("It is");
        let kind = match (right("left"), right("right")) {
            (true, false) => "left",
            (false, true) => "right",
            (true, true) => "tie",
            (false, false) => "both-bad",
        };
        let mut judged = ask.clone();
        judged["step"] = view["step"].clone();
        judged["choice"] = json!({ "kind": kind });
        view = laptop.call("packet_judge", judged).await;
    }
    window.press(Key::Escape).await;
    window.click("round-merge").await;
    window.fill("merge-path", &at("for-cy.scored.json")).await;
    window.click("merge-go").await;
    window.see("Cy").await;
    window.press(Key::Escape).await;
    let raters = window.call("rounds", json!({ "id": bakeoff })).await[0]["raters"].clone();
    let judged: Vec<u64> = raters.as_array().unwrap().iter().map(|one| one["judged"].as_u64().unwrap()).collect();
    assert!(judged.len() == 2 && judged[0] == 10 && judged[1] > 0, "{raters}");

    // Closed: names, and what was found.
    window.click("round-close").await;
    window.fill("round-closed-by", "Ada").await;
    window.click("round-close-go").await;
    window.find("round-results").await;
    window.see(NAMES[0]).await;
    window.go(&format!("/bakeoffs/{bakeoff}"), "comparison-table").await;
    window.see("Blind preference").await;

    // A round opened by mistake is cancelled.
    window.go(&format!("/bakeoffs/{bakeoff}?tab=blind"), "round-open").await;
    window.click("round-open").await;
    window.fill("round-by", "Ada").await;
    window.click("round-open-go").await;
    window.click("round-cancel").await;
    window.see("The round is cancelled").await;

    // Weighed, decided, signed.
    window.go(&format!("/bakeoffs/{bakeoff}?tab=decision"), "decision-rationale").await;
    let slider = window.css(".decision-weights input[type=range]").await;
    slider.send_keys(Key::Right + Key::Right + Key::Right).await.unwrap();
    window.fill("decision-rationale", "Right more often, and preferred unseen.").await;
    window.click("decision-choice").await;
    let option =
        window.driver.query(By::XPath(format!("//*[@role='option'][contains(., '{}')]", NAMES[0]))).first().await;
    option.unwrap().click().await.unwrap();
    window.see("Saved").await;
    window.click("decision-sign").await;
    window.fill("decision-by", "Ada").await;
    window.click("decision-sign-go").await;
    window.find("decision-verify").await;
    let decision = window.call("decision", json!({ "bakeoffId": bakeoff })).await;
    assert_eq!(decision["signed"]["by"], "Ada", "{decision}");
    window.click("decision-verify").await;
    window.find("verified").await;
    window.press(Key::Escape).await;
    // Signed is only read, until the next version is begun; its draft is thrown away again.
    let is_locked = "return document.querySelector('.decision-weights input[type=range]').matches(':disabled')
        && document.querySelector('[data-testid=decision-rationale]').matches(':disabled')";
    assert_eq!(window.run(is_locked, vec![]).await, json!(true));
    window.click("decision-reopen").await;
    window.fill("decision-rationale", "Thought about again.").await;
    window.press(Key::Tab).await;
    window.see("Draft of version 2").await;
    window.see("version 1 was signed by Ada").await;
    window.click("decision-discard").await;
    window.see("Version 1, signed by Ada").await;
    assert_eq!(window.run(is_locked, vec![]).await, json!(true));

    // The memo.
    window.click("decision-memo").await;
    window.click("report-export").await;
    window.fill("report-path", &at("memo.pdf")).await;
    window.click("report-save").await;
    window.see("memo.pdf").await;
    let text = pdf_text(Path::new(&at("memo.pdf")));
    assert!(text.contains("Canary Harbor is chosen"), "{text}");
    assert!(text.contains("Right more often, and preferred unseen."), "{text}");
    assert!(text.contains(&decision["signed"]["hash"].as_str().unwrap()[..16]), "{text}");
    window.close().await;
}
