//! Every page of the real window is laid out without overflow, overlap, cut text, crooked rows or weak contrast.
//!
//! A sample of combinations each time; all of them with `QUARTERDECK_CASES=all`, as `./dev prove` does.

#![allow(clippy::unwrap_used)]

use std::time::Duration;

use quarterdeck_tests::pages::pages;
use quarterdeck_tests::sample;
use quarterdeck_tests::window::Window;
use serde_json::json;

const CHECK: &str = include_str!("../e2e/layout.js");

struct Look {
    language: &'static str,
    theme: &'static str,
    width: u32,
}

fn looks() -> Vec<Look> {
    let all = ["en", "zh-CN"].into_iter().flat_map(|language| {
        ["light", "dark"]
            .into_iter()
            .flat_map(move |theme| [1024, 1280, 1920].into_iter().map(move |width| Look { language, theme, width }))
    });
    if std::env::var("QUARTERDECK_CASES").is_ok_and(|cases| cases == "all") {
        return all.collect();
    }
    all.filter(|look| {
        matches!((look.language, look.theme, look.width), ("en", "light", 1280) | ("zh-CN", "dark", 1024))
    })
    .collect()
}

async fn set(window: &Window, look: &Look) {
    let script = "localStorage.setItem('quarterdeck.lang', JSON.stringify(arguments[0]));
        localStorage.setItem('quarterdeck.theme', JSON.stringify(arguments[1]));
        location.reload()";
    window.driver.execute(script, vec![json!(look.language), json!(look.theme)]).await.unwrap();
    window.driver.set_window_rect(0, 0, look.width, 800).await.unwrap();
    // The page is read anew: until then there is nothing to ask.
    tokio::time::sleep(Duration::from_millis(800)).await;
    window.find("nav-home").await;
}

/// What is wrong with the page that is shown, once it no longer changes.
async fn faults(window: &Window) -> Vec<String> {
    let script = format!("const found = {CHECK}\nreturn found");
    let mut before: Option<Vec<String>> = None;
    for _ in 0..40 {
        let found = window.driver.execute(&script, vec![]).await.unwrap();
        let found: Vec<String> = serde_json::from_value(found.json().clone()).unwrap();
        if before.as_ref() == Some(&found) {
            return found;
        }
        before = Some(found);
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    before.unwrap_or_default()
}

/// Two windows at once are measured while they wait for each other's work: one is open at a time.
static ONE_WINDOW: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

#[tokio::test]
async fn no_page_has_anything_that_overflows_overlaps_is_cut_crooked_or_hard_to_read() {
    let _alone = ONE_WINDOW.lock().await;
    let folder = tempfile::tempdir().unwrap();
    let workspace = sample(folder.path());
    let mut wrong = Vec::new();
    let window = Window::open(folder.path(), Some(&workspace)).await;
    let looks = looks();
    let is_whole = looks.len() > 2;
    for (turn, look) in looks.into_iter().enumerate() {
        set(&window, &look).await;
        for (at, (address, testid)) in pages(&window).await.into_iter().enumerate() {
            // Of a sample every page is looked at once, in one look or the other.
            if !is_whole && at % 2 != turn % 2 {
                continue;
            }
            window.go(&address, testid).await;
            for fault in faults(&window).await {
                wrong.push(format!("{address} {} {} {}: {fault}", look.language, look.theme, look.width));
            }
        }
    }
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
    window.close().await;
}

#[tokio::test]
async fn planted_faults_are_found() {
    let _alone = ONE_WINDOW.lock().await;
    let folder = tempfile::tempdir().unwrap();
    let workspace = sample(folder.path());
    let window = Window::open(folder.path(), Some(&workspace)).await;
    // Until the workspace is open there is no place to go to.
    window.find("nav-home").await;
    window.go("/contracts", "contract-add").await;
    assert_eq!(faults(&window).await, Vec::<String>::new());
    for (style, kind) in [
        (".page-header h1 { width: 3000px; flex: none }", "overflow"),
        (".sidebar-link { width: 60px; overflow: hidden; white-space: nowrap }", "clipped"),
        (
            ".page-header::after { content: ''; position: fixed; inset: 0 0 auto 0; height: 90px; z-index: 99 }",
            "overlap",
        ),
        (".page-body { padding-right: 40px }", "alignment"),
        (".data-table td { color: #bbb }", "contrast"),
    ] {
        // A style sheet made by script stands outside what the content policy looks at.
        let script =
            "const sheet = new CSSStyleSheet(); sheet.replaceSync(arguments[0]); document.adoptedStyleSheets = [sheet]";
        window.driver.execute(script, vec![json!(style)]).await.unwrap();
        let found = faults(&window).await;
        assert!(found.iter().any(|fault| fault.starts_with(kind)), "{kind}: {found:?}");
    }
    window.close().await;
}
