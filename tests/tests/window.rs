//! The main job in the real window, end to end.

use quarterdeck_tests::window::Window;
use quarterdeck_tests::{fixture, pdf_text};
use serde_json::json;
use thirtyfour::prelude::*;

/// Types into a field that offers choices and takes the first.
async fn pick(window: &Window, testid: &str, text: &str) {
    window.fill(testid, text).await;
    window.css(".popup-item").await;
    window.find(testid).await.send_keys(Key::Down + Key::Enter).await.unwrap();
}

/// What the trace costs at gpt-4o's list price, summed apart from the program.
fn separate_total() -> u128 {
    let mut reader = csv::Reader::from_path(fixture("usage/AzureLLMInferenceTrace_code.csv")).unwrap();
    let rows = reader.records().map(|row| row.unwrap());
    rows.map(|row| row[1].parse::<u128>().unwrap() * 2_500 + row[2].parse::<u128>().unwrap() * 10_000).sum()
}

#[tokio::test]
async fn a_person_goes_from_nothing_to_a_quarterly_pdf_and_finds_it_all_after_a_power_cut() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("acme.quarterdeck");
    let deck = folder.path().join("deck.pdf");

    let window = Window::open(folder.path(), None).await;
    window.click("start-new").await;
    window.fill("new-name", "Acme Robotics").await;
    window.fill("new-path", &workspace.to_string_lossy()).await;
    pick(&window, "new-zone", "UTC").await;
    window.click("new-create").await;

    window.click("nav-vendors").await;
    window.click("vendor-add").await;
    window.fill("vendor-name", "Azure OpenAI").await;
    window.find("vendor-name").await.send_keys(Key::Tab).await.unwrap();
    window.see("Saved").await;

    window.click("nav-contracts").await;
    window.click("contract-add").await;
    window.fill("contract-title", "Order form 1").await;
    pick(&window, "contract-vendor", "Azure OpenAI").await;
    window.fill("contract-start", "2026-01-01").await;
    window.fill("contract-months", "12").await;
    window.click("contract-create").await;
    window.find("deadline-explanation").await;

    window.click("nav-data").await;
    window.click("sub-imports").await;
    window.click("import-start").await;
    let trace = fixture("usage/AzureLLMInferenceTrace_code.csv");
    window.fill("import-path", &trace.to_string_lossy()).await;
    window.click("import-inspect").await;
    window.fill("constant-vendor", "azure").await;
    window.fill("constant-model", "gpt-4o").await;
    pick(&window, "import-zone", "UTC").await;
    window.click("import-plan").await;
    window.find("plan").await;
    window.see("8,819").await;
    window.click("import-commit").await;
    window.find("import-done").await;
    window.click("import-to-economics").await;

    // The trace is of November 2023: economics opens on the quarter that holds data.
    let nanos = separate_total();
    let exact = format!("{}.{:09}", nanos / 1_000_000_000, nanos % 1_000_000_000);
    let exact = exact.trim_end_matches('0');
    window.click("economics-tile-spend").await;
    window.see(&format!("USD {exact}")).await;
    let payload = json!({ "period": "2023-Q4", "by": ["model"], "filters": [], "limit": 0 });
    let before = window.call("economics", payload.clone()).await;
    assert_eq!(before["tiles"][0]["value"]["money"]["amount"], exact);

    window.driver.action_chain().send_keys(Key::Escape).perform().await.unwrap();
    window.click("nav-reports").await;
    window.click("report-export").await;
    window.fill("report-path", &deck.to_string_lossy()).await;
    window.click("report-save").await;
    window.see("deck.pdf").await;
    let text = pdf_text(&deck);
    assert!(text.contains(&format!("${:.2}", nanos as f64 / 1e9)), "{text}");
    assert!(text.contains("Azure OpenAI"), "{text}");
    window.kill();

    let window = Window::open(folder.path(), Some(&workspace)).await;
    window.see("Acme Robotics").await;
    assert_eq!(window.call("economics", payload).await, before);
    window.click("nav-contracts").await;
    window.see("Order form 1").await;
    window.click("nav-vendors").await;
    window.see("Azure OpenAI").await;
    window.close().await;
}

#[tokio::test]
async fn a_damaged_file_opens_the_recovery_screen_and_a_backup_brings_it_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("acme.quarterdeck");
    let run = |arguments: &[&str]| assert!(quarterdeck_tests::quarterdeck(folder.path(), arguments).status.success());
    run(&["new", "acme.quarterdeck", "--name", "Acme Robotics"]);
    run(&["-w", "acme.quarterdeck", "backup"]);
    let mut bytes = std::fs::read(&path).unwrap();
    for byte in &mut bytes[100..] {
        *byte = 0xa5;
    }
    std::fs::write(&path, bytes).unwrap();

    let window = Window::open(folder.path(), Some(&path)).await;
    window.find("recovery").await;
    window.click("restore").await;
    window.click("alert-confirm").await;
    window.see("Acme Robotics").await;
    window.find("nav-home").await;
    window.close().await;
}

#[tokio::test]
async fn no_script_style_or_request_leaves_the_window() {
    let folder = tempfile::tempdir().unwrap();
    let window = Window::open(folder.path(), None).await;
    window.find("start-new").await;
    // The content security policy is the webview's own: an outside origin and an inline script are both refused.
    let script = "const done = arguments[arguments.length - 1];
        window.leaked = false;
        const inline = document.createElement('script');
        inline.textContent = 'window.leaked = true';
        document.head.append(inline);
        fetch('https://example.com/').then(() => done('reached'), () => done(window.leaked ? 'inline' : 'refused'));";
    let outcome = window.driver.execute_async(script, vec![]).await.unwrap();
    assert_eq!(outcome.json(), &json!("refused"));
    window.close().await;
}

#[tokio::test]
async fn return_right_after_j_opens_the_row_and_marked_rows_are_copied() {
    let folder = tempfile::tempdir().unwrap();
    let made = quarterdeck_tests::quarterdeck(folder.path(), &["new", "sample.quarterdeck", "--sample"]);
    assert!(made.status.success());
    let window = Window::open(folder.path(), Some(&folder.path().join("sample.quarterdeck"))).await;
    window.click("nav-prices").await;
    window.css("[data-testid=prices-table] tr[data-index='1']").await;
    let row = async |script: &str| {
        let found = window.driver.execute(script, vec![]).await.unwrap();
        found.json().as_str().unwrap_or_default().to_owned()
    };
    let second = row(
        "return document.querySelector('[data-testid=prices-table] tr[data-index=\"1\"] .truncate').innerText.trim()",
    )
    .await;
    window.driver.execute("document.activeElement.blur()", vec![]).await.unwrap();
    // No pause in between: the second row is on its way when Return comes.
    window.driver.action_chain().send_keys("jj").send_keys(Key::Enter).perform().await.unwrap();
    window.css(".panel-title").await;
    let title = row("return document.querySelector('.panel-title').innerText").await;
    assert!(title.contains(&second), "{title}, not {second}");

    window.driver.action_chain().send_keys(Key::Escape).perform().await.unwrap();
    window.driver.execute("document.querySelector('tr[data-index=\"0\"]').focus()", vec![]).await.unwrap();
    window.driver.action_chain().send_keys(" ").perform().await.unwrap();
    window.find("prices-table-bulk").await;
    window.see("1 selected").await;
    window.click("prices-table-copy").await;
    window.see("1 row copied").await;
    window.close().await;
}
