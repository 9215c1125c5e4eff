//! Whatever is typed into a field of a form: what is wrong is not stored and not called saved, what is right is stored as it is
//! shown. Walked in the real window, field by field, with good, bad and half-typed values.
//!
//! Some values each time, all of them with `QUARTERDECK_CASES=all`, as `./dev prove` does.

#![allow(clippy::unwrap_used)]

use std::time::Duration;

use quarterdeck_tests::sample;
use quarterdeck_tests::window::Window;
use serde_json::{Value, json};
use thirtyfour::prelude::*;

/// Fields that a person types into, on the page or in the dialog above it: their test ids, in order.
const FIELDS: &str = "const above = document.querySelector('[role=dialog]') ?? document.querySelector('.page-body');
    return [...above.querySelectorAll('input[data-testid], textarea[data-testid]')]
        .filter((field) => field.offsetParent !== null && !field.matches(':disabled') && !field.readOnly && !['checkbox', 'radio', 'search', 'password'].includes(field.type))
        // A question, whose answer is stored nowhere.
        .filter((field) => field.dataset.testid !== 'notice-day')
        .map((field) => field.dataset.testid)";

/// How a field stands: what it shows, whether it is said to be wrong, and whether the form says that it is saved.
const STANDING: &str = "const field = document.querySelector(`[data-testid=\"${arguments[0]}\"]`);
    const around = field.closest('.field');
    const state = document.querySelector('[data-testid=save-state]');
    return { shown: field.value, wrong: field.getAttribute('aria-invalid') === 'true' || around?.querySelector('.field-error') != null,
        said: state === null ? '' : state.innerText.trim() }";

/// What may be typed anywhere: good of one kind, bad of another, and what one passes on the way.
const VALUES: &[&str] = &[
    "7",
    "-3",
    "48x",
    "1e3",
    "12.",
    "999999999999",
    "0",
    "2026-03-01",
    "1 Mar 2027",
    "2026-02-30",
    "31/12/2026",
    "2026-1",
    "tomorrow",
    "x",
    "https://example.com/v1",
    "http://user:pass@example.com",
    "ftp://example.com",
    "https://",
    "a@b.example",
    "a@",
    "<b>x</b>",
    "Ünïcödé 模型 🚀",
    "  ",
    "",
];

fn values() -> Vec<&'static str> {
    if std::env::var("QUARTERDECK_CASES").is_ok_and(|cases| cases == "all") {
        return VALUES.to_vec();
    }
    vec!["7", "48x", "2026-02-30", ""]
}

async fn standing(window: &Window, field: &str) -> (String, bool, String) {
    let found = window.run(STANDING, vec![json!(field)]).await;
    let text = |name: &str| found[name].as_str().unwrap().to_owned();
    (text("shown"), found["wrong"].as_bool().unwrap(), text("said"))
}

/// Types into a field and leaves it; answers how it stands once nothing is on its way any more.
async fn typed(window: &Window, field: &str, text: &str) -> (String, bool, String) {
    let element = window.find(field).await;
    element.click().await.unwrap();
    element.send_keys(Key::Control + "a").await.unwrap();
    element.send_keys(Key::Delete).await.unwrap();
    if !text.is_empty() {
        element.send_keys(text).await.unwrap();
    }
    element.send_keys(Key::Tab + "").await.unwrap();
    for _ in 0..40 {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let now = standing(window, field).await;
        if now.2 != "Saving…" {
            break;
        }
    }
    tokio::time::sleep(Duration::from_millis(150)).await;
    standing(window, field).await
}

/// Walks a form that saves as one types. `kept` reads what the core has of it.
async fn walk(window: &Window, address: &str, testid: &str, kept: (&str, Value)) -> Vec<String> {
    let mut wrong = Vec::new();
    window.go(address, testid).await;
    let fields: Vec<String> = serde_json::from_value(window.run(FIELDS, vec![]).await).unwrap();
    assert!(!fields.is_empty(), "{address} has no fields");
    // Of a long form some fields each time.
    let is_whole = std::env::var("QUARTERDECK_CASES").is_ok();
    for field in fields.iter().step_by(if is_whole { 1 } else { fields.len().div_ceil(5) }) {
        for value in values() {
            let stored = window.call(kept.0, kept.1.clone()).await;
            let before = standing(window, field).await.0;
            let (shown, refused, said) = typed(window, field, value).await;
            let now = window.call(kept.0, kept.1.clone()).await;
            let about = format!("{address} {field} “{value}”");
            if refused {
                if said == "Saved" {
                    wrong.push(format!("{about}: refused, and called saved"));
                }
                if now != stored {
                    wrong.push(format!("{about}: refused, and stored all the same"));
                }
                // Put right again, for what comes after.
                let (_, still, _) = typed(window, field, &before).await;
                if still {
                    wrong.push(format!("{about}: “{before}”, which stood there, is refused"));
                }
            }
            // What is refused is put right again by now; the next value finds the page as it was.
            if refused && std::env::var("QUARTERDECK_CASES").is_err() {
                continue;
            }
            // Looked at again, the page shows what is stored: what was accepted as it was shown, or what stood there before.
            window.go("/guide", "guide-search").await;
            window.go(address, testid).await;
            let again = standing(window, field).await.0;
            let expected = if refused { &before } else { &shown };
            if again.trim() != expected.trim() {
                wrong.push(format!("{about}: shown as “{expected}”, and as “{again}” when looked at again"));
            }
        }
    }
    wrong
}

async fn opened() -> (tempfile::TempDir, Window) {
    let folder = tempfile::tempdir().unwrap();
    let workspace = sample(folder.path());
    let window = Window::open(folder.path(), Some(&workspace)).await;
    window.driver.set_window_rect(0, 0, 1280, 900).await.unwrap();
    window.find("nav-home").await;
    (folder, window)
}

#[tokio::test]
async fn a_field_that_saves_as_one_types_stores_what_it_shows_and_nothing_that_is_wrong() {
    let (_folder, window) = opened().await;
    let contracts = window.call("contracts", json!(null)).await;
    let first = contracts["rows"][0]["contract"].clone();
    let (contract, vendor) = (first["id"].as_str().unwrap(), first["vendorId"].as_str().unwrap());
    let mut wrong = Vec::new();
    wrong.extend(walk(&window, "/settings", "settings-name", ("workspace_status", json!(null))).await);
    wrong.extend(
        walk(&window, &format!("/vendors/{vendor}?tab=details"), "vendor-name", ("vendors", json!(null))).await,
    );
    wrong.extend(walk(&window, &format!("/contracts/{contract}"), "contract-title", ("contracts", json!(null))).await);
    let clauses = format!("/contracts/{contract}?tab=clauses");
    wrong.extend(walk(&window, &clauses, "clause-training", ("contract_clauses", json!({ "id": contract }))).await);
    let bakeoffs = window.call("bakeoffs", json!(null)).await;
    let signed = bakeoffs.as_array().unwrap().iter().find(|row| row["stage"] == "signed").unwrap()["id"].clone();
    let setup = format!("/bakeoffs/{}?tab=setup", signed.as_str().unwrap());
    let incidents = window.call("incidents", json!(null)).await;
    let grave = incidents.as_array().unwrap().iter().find(|row| row["severity"] == "sev1").unwrap()["id"].clone();
    let incident = format!("/incidents/{}", grave.as_str().unwrap());
    wrong.extend(walk(&window, &incident, "incident-title", ("incident", json!({ "id": grave }))).await);
    wrong.extend(walk(&window, &setup, "setup-name", ("bakeoff", json!({ "id": signed }))).await);
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
    window.close().await;
}

/// "600,000" is shown and "600000" is typed: the text that takes its place is as selected as the one that Tab came to.
#[tokio::test]
async fn what_is_typed_after_tab_takes_the_place_of_what_stood_there() {
    let (_folder, window) = opened().await;
    let contracts = window.call("contracts", json!(null)).await;
    let with = |row: &&Value| row["contract"]["commitment"]["amount"].is_string();
    let committed = contracts["rows"].as_array().unwrap().iter().find(with).unwrap()["contract"]["id"].clone();
    window.go(&format!("/contracts/{}", committed.as_str().unwrap()), "contract-commitment").await;
    window.find("contract-notice-max").await.click().await.unwrap();
    let shown = standing(&window, "contract-commitment").await.0;
    assert!(shown.contains(','), "{shown}");
    // Past the currency.
    let reached = "return document.activeElement.dataset.testid ?? ''";
    for _ in 0..4 {
        window.press(Key::Tab + "").await;
        if window.run(reached, vec![]).await == json!("contract-commitment") {
            break;
        }
    }
    assert_eq!(window.run(reached, vec![]).await, json!("contract-commitment"));
    window.press("7").await;
    window.press(Key::Tab + "").await;
    let now = standing(&window, "contract-commitment").await;
    assert_eq!((now.0.as_str(), now.1), ("7", false));
    window.close().await;
}

/// A form that is sent: where it is, what opens it, what makes it whole, what sends it, and what the core has of it.
struct Sent {
    address: &'static str,
    testid: &'static str,
    /// What opens it where it is not there at once.
    opens: Option<&'static str>,
    whole: &'static [(&'static str, &'static str)],
    send: &'static str,
    kept: (&'static str, Value),
}

impl Sent {
    async fn open(&self, window: &Window) {
        window.go(self.address, self.testid).await;
        if let Some(opens) = self.opens {
            window.click(opens).await;
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
    }
}

#[tokio::test]
async fn a_form_that_is_sent_stores_nothing_while_a_field_of_it_is_wrong() {
    let (_folder, window) = opened().await;
    let vendor = "01980000-0000-7000-8000-000000000100";
    let forms = [
        Sent {
            address: "/suites",
            testid: "suite-add",
            opens: Some("suite-add"),
            whole: &[("suite-name", "Suite {n}")],
            send: "suite-create",
            kept: ("suites", json!(null)),
        },
        Sent {
            address: "/vendors/01980000-0000-7000-8000-000000000100?tab=scorecard",
            testid: "scorecard",
            opens: Some("score-give-support"),
            whole: &[("score-reason", "Seen {n}"), ("score-author", "Ada {n}")],
            send: "score-go",
            kept: ("scorecard", json!({ "id": vendor })),
        },
        Sent {
            address: "/incidents?add=true",
            testid: "incident-title",
            opens: None,
            whole: &[("incident-title", "Down {n}")],
            send: "incident-go",
            kept: ("incidents", json!(null)),
        },
        Sent {
            address: "/people?id=new",
            testid: "person-name",
            opens: None,
            whole: &[("person-name", "Ada {n}")],
            send: "person-save",
            kept: ("people", json!(null)),
        },
        Sent {
            address: "/contracts?add=true",
            testid: "contract-title",
            opens: None,
            whole: &[("contract-title", "Order form {n}"), ("contract-start", "2026-01-01"), ("contract-months", "12")],
            send: "contract-create",
            kept: ("contracts", json!(null)),
        },
        Sent {
            address: "/prices",
            testid: "price-search",
            opens: Some("price-add"),
            whole: &[
                ("price-provider", "acme"),
                ("price-model", "house-{n}"),
                ("price-from", "2026-01-01"),
                ("price-input", "2"),
                ("price-output", "8"),
            ],
            send: "price-save",
            kept: ("prices", json!({ "search": "house", "limit": 2000, "used": false })),
        },
        Sent {
            address: "/data/reconciliation",
            testid: "alias-add",
            opens: Some("alias-add"),
            whole: &[("alias-name", "our-{n}"), ("alias-provider", "openai"), ("alias-model", "gpt-4o")],
            send: "alias-save",
            kept: ("aliases", json!(null)),
        },
        Sent {
            address: "/settings?tab=rates",
            testid: "rate-day",
            opens: None,
            whole: &[("rate-day", "2026-07-01"), ("rate-value", "1.{n}")],
            send: "rate-add",
            kept: ("fx_rates", json!(null)),
        },
    ];
    let mut wrong = Vec::new();
    // No two are the same: what is stored a second time would change nothing.
    let mut n = 100;
    for form in &forms {
        window.go("/guide", "guide-search").await;
        form.open(&window).await;
        let fields: Vec<String> = serde_json::from_value(window.run(FIELDS, vec![]).await).unwrap();
        // Of a form with many fields some each time.
        let is_whole = std::env::var("QUARTERDECK_CASES").is_ok();
        for field in fields.iter().step_by(if is_whole { 1 } else { fields.len().div_ceil(3).max(1) }) {
            for value in values() {
                n += 1;
                window.go("/guide", "guide-search").await;
                form.open(&window).await;
                for (other, text) in form.whole.iter().filter(|(other, _)| *other != field.as_str()) {
                    typed(&window, other, &text.replace("{n}", &n.to_string())).await;
                }
                let stored = window.call(form.kept.0, form.kept.1.clone()).await;
                typed(&window, field, value).await;
                let enabled = format!(
                    "const send = document.querySelector('[data-testid=\"{}\"]'); return send !== null && !send.disabled",
                    form.send
                );
                let sent = window.run(&enabled, vec![]).await == json!(true);
                let said =
                    "return [...document.querySelectorAll('.field-error')].map((one) => one.innerText).join('; ')";
                if sent {
                    window.click(form.send).await;
                }
                // Until something is said or stored; what is refused may take as long as what is not, and a machine that is busy longer.
                let (mut errors, mut now) = (String::new(), stored.clone());
                for _ in 0..if sent { 200 } else { 4 } {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    errors = window.run(said, vec![]).await.as_str().unwrap().to_owned();
                    now = window.call(form.kept.0, form.kept.1.clone()).await;
                    if !errors.is_empty() || now != stored {
                        break;
                    }
                }
                let about = format!("{} {field} “{value}”", form.address);
                if !errors.is_empty() && now != stored {
                    wrong.push(format!("{about}: {errors}, and stored all the same"));
                }
                if sent && errors.is_empty() && now == stored {
                    // What stands there instead, for whoever has to find out why.
                    let there =
                        "return (document.querySelector('[role=dialog]') ?? document.body).innerText.slice(0, 300)";
                    let there = window.run(there, vec![]).await;
                    wrong.push(format!("{about}: sent, nothing said, and nothing stored; there stands {there}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
    window.close().await;
}

/// The mapping screen: fixed values stand for columns that a file does not have.
#[tokio::test]
async fn a_fixed_value_that_is_wrong_is_said_before_anything_is_imported() {
    let (folder, window) = opened().await;
    let trace = folder.path().join("trace.csv");
    std::fs::write(&trace, "when,in,out\n2026-07-01T00:00:00Z,10,5\n2026-07-01T01:00:00Z,20,5\n").unwrap();
    window.go("/imports/new", "import-path").await;
    let stored = window.call("imports", json!(null)).await;
    let mut wrong = Vec::new();
    let fields =
        "return [...document.querySelectorAll('[data-testid^=constant-]')].map((field) => field.dataset.testid)";
    let mapped = async || {
        window.go("/guide", "guide-search").await;
        window.go("/imports/new", "import-path").await;
        window.fill("import-path", &trace.to_string_lossy()).await;
        window.press(Key::Enter).await;
        window.find("import-source").await;
        for (field, text) in [("constant-vendor", "acme"), ("constant-model", "house-1")] {
            window.fill(field, text).await;
        }
    };
    mapped().await;
    let fields: Vec<String> = serde_json::from_value(window.run(fields, vec![]).await).unwrap();
    assert!(fields.len() > 3, "{fields:?}");
    for field in fields.iter().map(String::as_str).chain(["import-source"]) {
        for value in values() {
            mapped().await;
            typed(&window, field, value).await;
            let ready = "const plan = document.querySelector('[data-testid=import-plan]'); return !plan.disabled";
            if window.run(ready, vec![]).await == json!(true) {
                window.click("import-plan").await;
                // Either the preview, which says how many rows are good, or a sentence.
                let over = "return document.querySelector('[data-testid=import-commit]') !== null
                    || document.querySelector('[data-testid=error-note]') !== null";
                let mut answered = false;
                for _ in 0..100 {
                    answered = window.run(over, vec![]).await == json!(true);
                    if answered {
                        break;
                    }
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                if !answered {
                    wrong.push(format!("{field} “{value}”: neither a preview nor a sentence"));
                }
            }
            if window.call("imports", json!(null)).await != stored {
                wrong.push(format!("{field} “{value}”: imported before it was asked for"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
    window.close().await;
}

/// The first form anybody meets.
#[tokio::test]
async fn a_new_workspace_is_made_as_typed_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let window = Window::open(folder.path(), None).await;
    let mut wrong = Vec::new();
    let anew = async || {
        window.press(Key::Escape).await;
        window.call("workspace_close", json!(null)).await;
        window.go("/", "start-new").await;
        tokio::time::sleep(Duration::from_millis(200)).await;
        window.click("start-new").await;
    };
    for (n, value) in values().into_iter().enumerate() {
        anew().await;
        let path = folder.path().join(format!("made-{n}.quarterdeck"));
        // As it is shown: the driver does not type every character.
        let shown = typed(&window, "new-name", value).await.0;
        typed(&window, "new-path", &path.to_string_lossy()).await;
        let ready = "const make = document.querySelector('[data-testid=new-create]'); return !make.disabled";
        let sent = window.run(ready, vec![]).await == json!(true);
        if sent {
            window.click("new-create").await;
        }
        let mut status = Value::Null;
        for _ in 0..if sent { 200 } else { 1 } {
            tokio::time::sleep(Duration::from_millis(100)).await;
            status = window.call("workspace_status", json!(null)).await;
            if !status["settings"].is_null() {
                break;
            }
        }
        let named = status["settings"]["name"].as_str();
        let expected = shown.trim();
        match (path.exists(), named) {
            (true, Some(name)) if name == expected && !expected.is_empty() => {}
            (false, None) if expected.is_empty() => {}
            other => wrong.push(format!("name “{value}”: {other:?}")),
        }
    }
    // A path that cannot be makes nothing, and says so.
    for path in ["relative/w.quarterdeck", "/proc/w.quarterdeck", "/missing/folder/w.quarterdeck"] {
        anew().await;
        typed(&window, "new-name", "Acme").await;
        typed(&window, "new-path", path).await;
        window.click("new-create").await;
        tokio::time::sleep(Duration::from_millis(400)).await;
        let said = "return [...document.querySelectorAll('.field-error, [data-testid=error-note]')].length > 0";
        if window.run(said, vec![]).await != json!(true) || std::path::Path::new(path).exists() {
            wrong.push(format!("path “{path}”: made, or nothing said"));
        }
    }
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
    window.close().await;
}
