//! The keyboard alone: on every page of the real window Tab reaches whatever can be used, and what has the focus shows it; menus
//! and dialogs take the focus and give it back. Every third page each time, all with `QUARTERDECK_CASES=all`.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::time::Duration;

use quarterdeck_tests::pages::pages;
use quarterdeck_tests::sample;
use quarterdeck_tests::window::Window;
use serde_json::{Value, json};
use thirtyfour::prelude::*;

const MET: &str = include_str!("../e2e/keyboard.js");

/// Something that can be used: its number, its group's where it is of one, and what it is called.
type Usable = (u64, Option<u64>, String);

fn usable(value: &Value) -> Option<Usable> {
    Some((value["id"].as_u64()?, value["group"].as_u64(), value["name"].as_str()?.to_owned()))
}

/// What is wrong with a page for somebody who has only keys.
async fn walk(window: &Window) -> Vec<String> {
    let met = async |whole: bool| {
        window.run(&format!("const met = {MET}(arguments[0]);\nreturn met"), vec![json!(whole)]).await
    };
    let mut wrong = BTreeSet::new();
    window.run("document.activeElement?.blur(); window.scrollTo(0, 0)", vec![]).await;
    let mut reached: BTreeSet<u64> = BTreeSet::new();
    // The round is closed when the focus leaves the page, or is where it has been.
    for _ in 0..300 {
        window.press(Key::Tab).await;
        let now = met(false).await;
        let Some((id, group, name)) = usable(&now["here"]) else { break };
        if now["shown"] == false {
            wrong.insert(format!("{name} has the focus and does not show it"));
        }
        reached.extend(group);
        if !reached.insert(id) {
            break;
        }
    }
    for (id, group, name) in met(true).await["all"].as_array().unwrap().iter().filter_map(usable) {
        if !reached.contains(&id) && group.is_none_or(|group| !reached.contains(&group)) {
            wrong.insert(format!("{name} is not reached by Tab"));
        }
    }
    wrong.into_iter().collect()
}

/// Some pages each time, all of them in `./dev prove`.
async fn some_pages(window: &Window) -> Vec<(String, &'static str)> {
    let all = std::env::var("QUARTERDECK_CASES").is_ok_and(|cases| cases == "all");
    let pages = pages(window).await.into_iter().enumerate();
    pages.filter(|(at, _)| all || at % 3 == 1).map(|(_, page)| page).collect()
}

/// A window behind another has no focus to show: one is open at a time.
static ONE_WINDOW: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

async fn opened() -> (tempfile::TempDir, Window) {
    let folder = tempfile::tempdir().unwrap();
    let workspace = sample(folder.path());
    let window = Window::open(folder.path(), Some(&workspace)).await;
    window.driver.set_window_rect(0, 0, 1280, 800).await.unwrap();
    window.find("nav-home").await;
    (folder, window)
}

#[tokio::test]
async fn on_every_page_tab_reaches_whatever_can_be_used_and_shows_where_it_is() {
    let _alone = ONE_WINDOW.lock().await;
    let (_folder, window) = opened().await;
    let mut wrong = Vec::new();
    for (address, testid) in some_pages(&window).await {
        window.go(&address, testid).await;
        wrong.extend(walk(&window).await.into_iter().map(|fault| format!("{address}: {fault}")));
    }
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
    window.close().await;
}

/// What a script finds wrong and goes on finding for a second.
async fn settled(window: &Window, script: &str) -> Option<String> {
    let mut fault = None;
    for _ in 0..20 {
        fault = window.run(script, vec![]).await.as_str().filter(|fault| !fault.is_empty()).map(str::to_owned);
        if fault.is_none() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    fault
}

#[tokio::test]
async fn menus_and_dialogs_take_the_focus_from_the_keyboard_and_give_it_back() {
    let _alone = ONE_WINDOW.lock().await;
    let (_folder, window) = opened().await;
    let mut wrong = Vec::new();
    for (address, testid) in some_pages(&window).await {
        window.go(&address, testid).await;
        let count = window.run("return document.querySelectorAll('[aria-haspopup=menu], [aria-haspopup=dialog], [aria-haspopup=listbox]').length", vec![]).await;
        for at in 0..count.as_u64().unwrap() {
            let focus = "const all = document.querySelectorAll('[aria-haspopup=menu], [aria-haspopup=dialog], [aria-haspopup=listbox]');
                const one = all[arguments[0]];
                if (!one || one.matches(':disabled') || one.tabIndex < 0 || one.offsetParent === null || one.matches('input')) return null;
                one.focus();
                window.walked = one;
                return (one.getAttribute('aria-label') || one.innerText || one.tagName).trim()";
            let Some(name) = window.run(focus, vec![json!(at)]).await.as_str().map(str::to_owned) else { continue };
            window.press(Key::Enter).await;
            // The topmost of what is open.
            let inside = "const open = [...document.querySelectorAll('[role=menu], [role=dialog], [role=listbox]')].at(-1);
                return open === undefined ? 'nothing opened' : open.contains(document.activeElement) ? '' : 'the focus stays outside'";
            let fault = settled(&window, inside).await;
            window.press(Key::Escape).await;
            let back = "return document.activeElement === window.walked ? '' : 'the focus is not given back but to ' + document.activeElement.outerHTML.slice(0, 80)";
            let lost = settled(&window, back).await;
            wrong.extend([fault, lost].into_iter().flatten().map(|fault| format!("{address}: {name}: {fault}")));
        }
    }
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
    window.close().await;
}
