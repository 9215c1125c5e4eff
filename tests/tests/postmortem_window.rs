//! Post-mortems in the real window: the third journey from declaring to the version for others, a power cut at any moment of typing,
//! and two windows on one text.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::time::{Duration, Instant};

use quarterdeck_tests::window::Window;
use quarterdeck_tests::{cases, pdf_text, quarterdeck};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

/// A workspace with one incident whose post-mortem is begun and holds a line to write on.
async fn begun(window: &Window) -> String {
    let draft = json!({ "title": "Typed on a train", "kind": "other", "impact": null, "scope": null });
    let id = window.call("incident_declare", draft).await["id"].as_str().unwrap().to_owned();
    let text = window.call("postmortem_begin", json!({ "id": id })).await;
    let units = text["text"].as_str().unwrap().encode_utf16().count();
    let change = json!({ "from": 0, "to": units, "insert": "START\n" });
    window.call("postmortem_write", json!({ "id": id, "base": text["revision"], "changes": [change] })).await;
    id
}

async fn editor(window: &Window, id: &str) -> WebElement {
    window.go(&format!("/incidents/{id}/postmortem"), "postmortem-editor").await;
    window.css("[data-testid=postmortem-editor] .cm-content").await
}

/// A text as it is typed: a new line is the Enter key.
fn lines(text: &str) -> String {
    text.replace('\n', "\u{e007}")
}

/// The text of the file, by the command line.
fn kept(folder: &Path, file: &str, id: &str) -> String {
    let output = quarterdeck(folder, &["-w", file, "postmortem", "show", id, "--json"]);
    let view: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    assert_eq!(view["damaged"], json!(false));
    view["text"].as_str().unwrap().to_owned()
}

/// What may be missing after a power cut.
const LOST: Duration = Duration::from_millis(300);

#[tokio::test(flavor = "multi_thread")]
async fn a_power_cut_takes_no_more_than_the_last_third_of_a_second() {
    let whole = std::env::var("QUARTERDECK_CASES").is_ok_and(|text| text == "all");
    let (seed, count) = if whole { (1, 50) } else { cases(3) };
    for round in seed..seed + count.min(50) {
        let folder = tempfile::tempdir().unwrap();
        assert!(quarterdeck(folder.path(), &["new", "a.quarterdeck", "--name", "Acme"]).status.success());
        let window = Window::open(folder.path(), Some(&folder.path().join("a.quarterdeck"))).await;
        window.find("nav-home").await;
        let id = begun(&window).await;
        let content = editor(&window, &id).await;
        content.click().await.unwrap();
        window
            .driver
            .action_chain()
            .key_down(Key::Control)
            .send_keys(Key::End)
            .key_up(Key::Control)
            .perform()
            .await
            .unwrap();
        // Typed key by key, with when each was on its way back from the window.
        let moment = Duration::from_millis(200 + (round * 7_919) % 2_300);
        let start = Instant::now();
        let mut typed: Vec<(char, Instant)> = Vec::new();
        while start.elapsed() < moment {
            let key = char::from(b'a' + (typed.len() % 26) as u8);
            window.driver.action_chain().send_keys(key.to_string()).perform().await.unwrap();
            typed.push((key, Instant::now()));
        }
        let cut = Instant::now();
        window.kill();
        let text = kept(folder.path(), "a.quarterdeck", &id);
        let all: String = typed.iter().map(|(key, _)| *key).collect();
        let found = text.strip_prefix("START\n").unwrap_or_else(|| panic!("round {round}: {text}"));
        assert!(all.starts_with(found), "round {round}: {found} is not the beginning of {all}");
        let safe = typed.iter().filter(|(_, at)| cut.duration_since(*at) > LOST).count();
        assert!(
            found.len() >= safe,
            "round {round}: {} of {} keys kept, {safe} were older than {LOST:?}",
            found.len(),
            all.len()
        );
        let sound = quarterdeck(folder.path(), &["-w", "a.quarterdeck", "verify"]);
        assert!(sound.status.success(), "round {round}: {}", String::from_utf8_lossy(&sound.stderr));
    }
}

async fn shown(window: &Window) -> String {
    let script = "return document.querySelector('[data-testid=postmortem-editor] .cm-content').innerText";
    window.run(script, vec![]).await.as_str().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_windows_and_a_restore_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    assert!(quarterdeck(folder.path(), &["new", "a.quarterdeck", "--name", "Acme"]).status.success());
    let file = folder.path().join("a.quarterdeck");
    let (one, other) = (folder.path().join("one"), folder.path().join("other"));
    std::fs::create_dir_all(&one).unwrap();
    std::fs::create_dir_all(&other).unwrap();
    let first = Window::open(&one, Some(&file)).await;
    first.find("nav-home").await;
    let id = begun(&first).await;
    let second = Window::open(&other, Some(&file)).await;
    second.find("nav-home").await;
    let (left, right) = (editor(&first, &id).await, editor(&second, &id).await);
    left.click().await.unwrap();
    right.click().await.unwrap();
    let to = async |window: &Window, key: Key| {
        window
            .driver
            .action_chain()
            .key_down(Key::Control)
            .send_keys(key)
            .key_up(Key::Control)
            .perform()
            .await
            .unwrap();
    };
    to(&first, Key::Home).await;
    to(&second, Key::End).await;
    for step in 0..12 {
        first.driver.action_chain().send_keys(format!("<{step}")).perform().await.unwrap();
        second.driver.action_chain().send_keys(format!("{step}>")).perform().await.unwrap();
    }
    let expected: (String, String) =
        ((0..12).map(|step| format!("<{step}")).collect(), (0..12).map(|step| format!("{step}>")).collect());
    let whole = format!("{}START\n{}", expected.0, expected.1);
    let begin = Instant::now();
    loop {
        let (text, a, b) = (kept(folder.path(), "a.quarterdeck", &id), shown(&first).await, shown(&second).await);
        if text == whole && a.trim_end() == whole && b.trim_end() == whole {
            break;
        }
        assert!(begin.elapsed() < Duration::from_secs(20), "file: {text}\nfirst: {a}\nsecond: {b}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    // The same words by both: one of the two is asked, and both texts are in the history.
    let version = first.call("postmortem_head", json!({ "id": id })).await["revision"].as_u64().unwrap();
    first.call("postmortem_restore", json!({ "id": id, "number": 2 })).await;
    let begin = Instant::now();
    while shown(&second).await.trim_end() != "START" {
        assert!(begin.elapsed() < Duration::from_secs(20), "{}", shown(&second).await);
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let before = first.call("postmortem_version", json!({ "id": id, "number": version })).await;
    assert_eq!(before["text"], whole.as_str());
    first.close().await;
    second.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_writes_a_post_mortem_from_a_line_to_the_version_for_others() {
    let folder = tempfile::tempdir().unwrap();
    assert!(quarterdeck(folder.path(), &["new", "a.quarterdeck", "--name", "Acme"]).status.success());
    let file = folder.path().join("a.quarterdeck");
    let window = Window::open(folder.path(), Some(&file)).await;
    window.find("nav-home").await;

    // Declared in a line; the post-mortem begins from there.
    window.go("/incidents?add=true", "incident-title").await;
    window.fill("incident-title", "Notes of one clinic shown to another").await;
    window.click("incident-go").await;
    window.click("incident-postmortem").await;
    window.click("postmortem-begin").await;
    window.find("postmortem-editor").await;
    let incidents = window.call("incidents", Value::Null).await;
    let id = incidents[0]["id"].as_str().unwrap().to_owned();

    // A chat becomes the time line.
    window.click("chat-import").await;
    window
        .fill("chat-text", "2026-09-14 14:05 Ada: canary probe is red\n2026-09-14 14:12 Bo: cache switched off\n")
        .await;
    window.click("chat-go").await;
    window.see("canary probe is red").await;

    // Written, with a passage that stays inside, and the word that judges somebody pointed at.
    let content = window.css("[data-testid=postmortem-editor] .cm-content").await;
    content.click().await.unwrap();
    window.driver.action_chain().key_down(Key::Control).send_keys("a").key_up(Key::Control).perform().await.unwrap();
    window
        .press(lines("## Summary\n\nAnswers quoted {==Northgate Clinic==}. Somebody should have noticed.\n\n## Timeline\n\n{{timeline}}\n\n## Action items\n\n{{actions}}\n"))
        .await;
    window.see("What did it look like then").await;

    // An action.
    window.click("action-add").await;
    window.fill("action-title", "The tenant is part of every key").await;
    window.click("action-go").await;
    window.see("The tenant is part of every key").await;

    // Reviewed and approved; the text does not change any more.
    window.click("postmortem-forward").await;
    window.see("In review").await;
    window.click("postmortem-forward").await;
    window.fill("approve-by", "Ada Lovelace").await;
    window.click("approve-go").await;
    window.see("Approved by Ada Lovelace").await;
    let before = kept(folder.path(), "a.quarterdeck", &id);
    assert!(before.contains("{==Northgate Clinic==}"), "{before}");
    let content = window.css("[data-testid=postmortem-editor] .cm-content").await;
    content.click().await.unwrap();
    window.driver.action_chain().send_keys("not any more").perform().await.unwrap();
    tokio::time::sleep(Duration::from_millis(600)).await;
    assert_eq!(kept(folder.path(), "a.quarterdeck", &id), before);

    // The version for others.
    window.click("postmortem-export").await;
    window.click("postmortem-external").await;
    let out = folder.path().join("external.pdf");
    window.fill("postmortem-export-path", &out.to_string_lossy()).await;
    window.click("postmortem-export-go").await;
    window.see("Version for others written").await;
    let text = pdf_text(&out);
    for said in ["Summary", "canary probe is red", "The tenant is part of every key"] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    for kept in ["Northgate", "Clinic==", "Ada Lovelace"] {
        assert!(!text.contains(kept), "{kept}\n{text}");
    }

    // Opened again, it is what it was.
    window.close().await;
    let window = Window::open(folder.path(), Some(&file)).await;
    window.find("nav-home").await;
    editor(&window, &id).await;
    window.see("Approved by Ada Lovelace").await;
    assert!(shown(&window).await.contains("Answers quoted"));
    window.close().await;
}
