use super::*;
use store::sqlx::sqlite::SqliteConnectOptions;
use store::sqlx::{self, Connection, SqliteConnection};

async fn entries(bench: &Bench) -> Vec<Value> {
    bench.call("activity", json!({ "limit": 100 })).await.as_array().unwrap().clone()
}

async fn entry(bench: &Bench, area: &str, action: &str, subject: &str) -> Value {
    let all = entries(bench).await;
    let found = all.iter().find(|e| e["what"] == area && e["action"] == action && e["subject"] == subject);
    found.unwrap_or_else(|| panic!("no {area} {action} {subject} in {all:?}")).clone()
}

/// Undoes by id what is said to be undoable, and is refused what is not; the file is as it was after a refusal.
async fn try_each_that_is_refused(bench: &Bench) {
    for entry in entries(bench).await.iter().filter(|e| e["undoable"] == false) {
        let before = bench.call("workspace_status", Value::Null).await["revision"].clone();
        assert!(bench.try_call("undo", json!({ "id": entry["id"], "past": null })).await.is_err(), "{entry}");
        assert_eq!(bench.call("workspace_status", Value::Null).await["revision"], before);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_cannot_be_undone_says_so_and_can_be_stepped_over() {
    let bench = Bench::with_workspace().await;
    bench.call("vendor_save", vendor("Older")).await;
    let price = json!({ "provider": "openai", "model": "gpt-4o", "tier": "standard", "from": "2026-03-01T00:00:00Z",
        "currency": "USD", "rates": { "input": "2", "output": "8" }, "contractId": null, "source": "letter" });
    bench.call("price_add", price).await;
    let usage =
        bench.write("usage.csv", "time,vendor,model,input_tokens\n2026-07-01T00:00:00Z,openai,gpt-4o,1000000\n");
    bench.import(&usage, |_| {}).await;
    let blocked = bench.try_call("undo", Value::Null).await.unwrap_err();
    assert_eq!(blocked.code, "price-in-use");
    let price = entries(&bench).await.into_iter().find(|e| e["what"] == "Price").unwrap();
    assert_eq!((&json!(blocked.params["entry"]), &json!(blocked.params["subject"])), (&price["id"], &price["subject"]));
    // It blocks nothing: the older one is taken back past it, and nothing is left then but what is blocked.
    let past = json!({ "id": null, "past": price["id"] });
    assert_eq!(bench.call("undo", past.clone()).await["undone"]["subject"], "Older");
    assert_eq!(bench.call("vendors", Value::Null).await, json!([]));
    assert_eq!(bench.call("undo", past).await["undone"], Value::Null);
    assert_eq!(bench.try_call("undo", Value::Null).await.unwrap_err().code, "price-in-use");
    try_each_that_is_refused(&bench).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_given_entry_is_undone_when_nothing_newer_touches_the_same_record() {
    let bench = Bench::with_workspace().await;
    let a = bench.call("vendor_save", vendor("A")).await;
    bench.call("vendor_save", vendor("B")).await;
    let mut renamed = a.clone();
    renamed["name"] = json!("A2");
    bench.call("vendor_save", renamed).await;
    // Its creation is older than its renaming: the renaming goes first.
    let created = entry(&bench, "Vendor", "added", "A").await;
    assert_eq!(created["undoable"], false);
    let first = bench.try_call("undo", json!({ "id": created["id"], "past": null })).await.unwrap_err();
    assert_eq!((first.code.as_str(), first.params["newer"].as_str()), ("undo-newer-first", "A2"));
    try_each_that_is_refused(&bench).await;
    // Another record's is no obstacle.
    let b = entry(&bench, "Vendor", "added", "B").await;
    bench.call("undo", json!({ "id": b["id"], "past": null })).await;
    assert_eq!(names(&bench.call("vendors", Value::Null).await), ["A2"]);
    let edited = entry(&bench, "Vendor", "changed", "A2").await;
    bench.call("undo", json!({ "id": edited["id"], "past": null })).await;
    assert_eq!(names(&bench.call("vendors", Value::Null).await), ["A"]);
    let again = bench.try_call("undo", json!({ "id": edited["id"], "past": null })).await.unwrap_err();
    assert_eq!(again.code, "undo-not-possible");
    bench.call("undo", json!({ "id": created["id"], "past": null })).await;
    assert_eq!(bench.call("vendors", Value::Null).await, json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_another_was_made_for_is_not_undone_before_it() {
    let bench = Bench::with_workspace().await;
    let a = bench.call("vendor_save", vendor("A")).await;
    let contract = json!({ "id": null, "vendorId": a["id"], "title": "Order form", "kind": "order-form", "owner": "",
        "parties": "", "start": "2026-02-01", "initialTermMonths": 12, "end": null, "autoRenew": false,
        "renewalTermMonths": null, "noticeMinDays": null, "noticeMaxDays": null, "noticeGiven": null,
        "currency": "USD", "commitment": null, "commitmentPeriod": null, "notes": "" });
    bench.call("contract_save", contract).await;
    let (made_for, made) =
        (entry(&bench, "Vendor", "added", "A").await, entry(&bench, "Contract", "added", "Order form").await);
    assert_eq!((&made_for["undoable"], &made["undoable"]), (&json!(false), &json!(true)));
    try_each_that_is_refused(&bench).await;
    for id in [&made["id"], &made_for["id"]] {
        bench.call("undo", json!({ "id": id, "past": null })).await;
    }
    assert_eq!(bench.call("vendors", Value::Null).await, json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_list_comes_with_a_copy_from_before_and_can_be_undone() {
    let bench = Bench::with_workspace().await;
    let usage = "time,vendor,model,input_tokens\n2026-07-01T10:00:00Z,acme-ai,house-1,1000000\n";
    bench.import(&bench.write("usage.csv", usage), |_| {}).await;
    let list = r#"{"schema":1,"updated_at":"2026-07-01T00:00:00Z","prices":{"acme-ai":{"house-1":{"standard":[
        {"start":null,"rates":{"input":3,"output":15}}]}}}}"#;
    let path = bench.write("prices.json", list);
    let backups = async || bench.call("backups", Value::Null).await.as_array().unwrap().len();
    let spend = async || {
        bench.call("economics", json!({ "period": "2026-Q3", "by": ["model"] })).await["total"]["spend"].clone()
    };
    assert_eq!(spend().await, Value::Null);
    let before = backups().await;
    bench.call("price_import", json!({ "path": path })).await;
    assert_eq!((spend().await["amount"].clone(), backups().await), (json!("3"), before + 1));
    bench.call("undo", Value::Null).await;
    assert_eq!(spend().await, Value::Null);
}

/// Everything a person may have changed here, as the window would show it.
async fn everything(bench: &Bench) -> Value {
    let mut all = Vec::new();
    for command in ["vendors", "contracts", "fx_rates", "workspace_status", "imports", "aliases"] {
        all.push(bench.call(command, Value::Null).await);
    }
    all.push(bench.call("document", json!({ "kind": "quarter", "subject": "2026-Q3" })).await);
    all.push(bench.call("prices", json!({ "search": "house", "used": false, "limit": 5 })).await);
    all.push(bench.call("home", Value::Null).await["snoozed"].clone());
    let mut all = json!(all);
    // How often the file was written is another matter.
    all[3]["revision"] = Value::Null;
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_undone_is_redone_change_by_change_until_something_else_is_changed() {
    let bench = Bench::with_workspace().await;
    let (openai, contract) = bench.contract("OpenAI", &["openai"]).await;
    let usage =
        bench.write("usage.csv", "time,vendor,model,input_tokens\n2026-07-01T00:00:00Z,openai,house-1,1000000\n");
    bench.import(&usage, |_| {}).await;
    let mut renamed = openai.clone();
    renamed["name"] = json!("OpenAI Inc.");
    bench.call("vendor_save", renamed).await;
    let document = json!({ "kind": "quarter", "subject": "2026-Q3" });
    bench.call("document_arrange", json!({ "document": document, "sections": ["spend"] })).await;
    let passage = json!({ "document": document, "section": "spend", "headline": "", "text": "Growth." });
    bench.call("passage_save", passage).await;
    bench.call("fx_rate_save", json!({ "from": "EUR", "to": "USD", "day": "2026-07-01", "rate": "1.1" })).await;
    let until = json!({ "key": "contract/x", "title": "Notice", "until": "2026-12-01", "due": null });
    bench.call("attention_snooze", until).await;
    let price = json!({ "provider": "openai", "model": "house-1", "tier": "standard", "from": "2026-03-01T00:00:00Z",
        "currency": "USD", "rates": { "input": "2", "output": "8" }, "contractId": null, "source": "letter" });
    bench.call("price_add", price).await;
    let imports = bench.call("imports", Value::Null).await;
    bench.call("import_revert", json!({ "id": imports[0]["id"] })).await;
    bench.call("contract_delete", json!({ "id": contract["id"] })).await;

    let mut states = vec![everything(&bench).await];
    let mut undone = Vec::new();
    loop {
        let entry = bench.call("undo", Value::Null).await["undone"].clone();
        if entry.is_null() {
            break;
        }
        undone.push(entry);
        states.push(everything(&bench).await);
    }
    assert_eq!(undone.len(), 10);
    // From the newest state to the oldest, and back through each of them.
    states.pop();
    for (state, entry) in states.iter().rev().zip(undone.iter().rev()) {
        let redone = bench.call("redo", Value::Null).await["redone"].clone();
        assert_eq!((&redone["id"], &redone["undone"]), (&entry["id"], &json!(false)));
        assert_eq!(everything(&bench).await, *state, "{entry}");
    }
    assert_eq!(bench.call("redo", Value::Null).await["redone"], Value::Null);

    // Anything new is made on what is there: what was undone before it stays undone.
    bench.call("undo", Value::Null).await;
    bench.call("vendor_save", vendor("New")).await;
    assert_eq!(bench.call("redo", Value::Null).await["redone"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_list_taken_back_is_imported_again_not_redone() {
    let bench = Bench::with_workspace().await;
    let list = r#"{"schema":1,"updated_at":"2026-07-01T00:00:00Z","prices":{"acme-ai":{"house-1":{"standard":[
        {"start":null,"rates":{"input":3,"output":15}}]}}}}"#;
    bench.call("price_import", json!({ "path": bench.write("prices.json", list) })).await;
    bench.call("undo", Value::Null).await;
    let refused = bench.try_call("redo", Value::Null).await.unwrap_err();
    assert_eq!(refused.code, "redo-price-list");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_comes_back_after_what_it_needs_and_never_against_what_was_made_since() {
    let bench = Bench::with_workspace().await;
    let (openai, contract) = bench.contract("OpenAI", &["openai"]).await;
    bench.call("contract_delete", json!({ "id": contract["id"] })).await;
    bench.call("vendor_delete", json!({ "id": openai["id"] })).await;
    // A contract with a vendor that is gone would be on no page.
    let deleted = entry(&bench, "Contract", "deleted", "EA").await;
    assert_eq!(deleted["undoable"], false);
    let refused = bench.try_call("undo", json!({ "id": deleted["id"], "past": null })).await.unwrap_err();
    assert_eq!(refused.code, "undo-newer-first");
    // Another vendor has that name by now.
    bench.call("vendor_save", vendor("ＯＰＥＮＡＩ")).await;
    let gone = entry(&bench, "Vendor", "deleted", "OpenAI").await;
    let refused = bench.try_call("undo", json!({ "id": gone["id"], "past": null })).await.unwrap_err();
    assert_eq!(refused.code, "undo-conflict");

    let person = |name: &str, deputy: Value| json!({ "id": null, "name": name, "names": [], "role": "", "email": "", "deputyId": deputy });
    let bob = bench.call("person_save", person("Bob", Value::Null)).await;
    let ann = bench.call("person_save", person("Ann", bob["id"].clone())).await;
    let mut alone = ann.clone();
    alone["deputyId"] = Value::Null;
    bench.call("person_save", alone).await;
    let mut stood_in = bob.clone();
    stood_in["deputyId"] = ann["id"].clone();
    bench.call("person_save", stood_in).await;
    let changed = entries(&bench).await.into_iter().find(|e| e["what"] == "Person" && e["subject"] == "Ann").unwrap();
    let refused = bench.try_call("undo", json!({ "id": changed["id"], "past": null })).await.unwrap_err();
    assert!(["undo-conflict", "undo-newer-first"].contains(&refused.code.as_str()), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_prices_of_one_offer_are_not_brought_together_by_undo() {
    let bench = Bench::with_workspace().await;
    let price = |from: &str| {
        json!({ "provider": "acme", "model": "house", "tier": "standard", "from": from, "currency": "USD",
        "rates": { "input": "2", "output": "8" }, "contractId": null, "source": "" })
    };
    let first = bench.call("price_add", price("2026-01-01T00:00:00Z")).await;
    bench.call("price_close", json!({ "id": first["id"], "at": "2026-03-01T00:00:00Z" })).await;
    bench.call("price_add", price("2026-04-01T00:00:00Z")).await;
    let closed = entry(&bench, "Price", "changed", "acme · house").await;
    let refused = bench.try_call("undo", json!({ "id": closed["id"], "past": null })).await.unwrap_err();
    assert!(["undo-conflict", "undo-newer-first"].contains(&refused.code.as_str()), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_to_many_at_once_is_undone_at_once_however_many_there_are() {
    let bench = Bench::with_workspace().await;
    let mut ids = Vec::new();
    for n in 0..1_100 {
        ids.push(bench.call("vendor_save", vendor(&format!("V{n}"))).await["id"].clone());
    }
    let batch = bench.call("vendors_owner", json!({ "ids": ids, "owner": "Ann" })).await;
    bench.call("undo_together", batch).await;
    let owners = bench.call("vendors", Value::Null).await;
    assert!(owners.as_array().unwrap().iter().all(|row| row["vendor"]["owner"] == ""));
    // A record's history is found behind a thousand others.
    let about = json!({ "limit": 5, "about": ids[0] });
    assert_eq!(bench.call("activity", about).await.as_array().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_order_of_changes_is_that_in_which_they_were_made_whatever_the_clock_said() {
    let bench = Bench::with_workspace().await;
    let a = bench.call("vendor_save", vendor("A")).await;
    bench.app.shut_down().await;
    // As if the clock had been ahead until now.
    let path = bench.path("acme.quarterdeck");
    let options = SqliteConnectOptions::new().filename(&path);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::query("UPDATE activity SET id = 'ffffffff' || substr(id, 9)").execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    bench.call("workspace_open", json!({ "path": path })).await;
    let mut renamed = a.clone();
    renamed["name"] = json!("A2");
    bench.call("vendor_save", renamed).await;
    assert_eq!(bench.call("undo", Value::Null).await["undone"]["subject"], "A2");
    assert_eq!(names(&bench.call("vendors", Value::Null).await), ["A"]);
    assert_eq!(bench.call("redo", Value::Null).await["redone"]["subject"], "A2");
    assert_eq!(names(&bench.call("vendors", Value::Null).await), ["A2"]);
}
