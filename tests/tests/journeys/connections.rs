//! Where vendors are reached: pages, endpoints and what they speak; what is said where no keychain runs; a price's day and its
//! contract.

use app::report::locale::{Catalogue, Language};
use quarterdeck_tests::{Bench, quarterdeck};
use serde_json::{Value, json};

fn vendor(name: &str) -> Value {
    json!({ "id": null, "name": name, "status": "approved", "owner": "", "riskTier": null, "website": "", "protocol": "openai-compatible",
        "endpoint": "", "notes": "", "contacts": [], "providerKeys": [] })
}

#[tokio::test(flavor = "multi_thread")]
async fn each_thing_that_is_wrong_with_an_address_has_its_own_sentence() {
    let bench = Bench::with_workspace().await;
    let catalogues = Language::ALL.map(Catalogue::new);
    for (field, text, code) in [
        ("endpoint", "models", "not-an-address"),
        ("endpoint", "https://exa mple/v1", "not-an-address"),
        ("endpoint", "https://", "address-without-host"),
        ("endpoint", "http://models.example/v1", "not-encrypted"),
        ("endpoint", "http://10.0.0.1/v1", "not-encrypted"),
        ("endpoint", "ftp://models.example/v1", "address-not-web"),
        ("endpoint", "https://u:p@models.example/v1", "address-has-credentials"),
        ("endpoint", "https://models.example/v1?key=k", "address-carries-more"),
        ("endpoint", "https://models.example/v1#k", "address-carries-more"),
        ("website", "not on the web", "not-a-website"),
        ("website", "none", "not-a-website"),
        ("website", "javascript:alert(1)", "not-a-website"),
        ("website", "javascript://example.com/%0aalert(1)", "address-not-web"),
        ("website", "file:///etc/passwd", "address-not-web"),
        ("website", "https://", "address-without-host"),
        ("website", "sales@example.com", "address-has-credentials"),
    ] {
        let mut draft = vendor("Harbor");
        draft[field] = json!(text);
        let error = bench.try_call("vendor_save", draft).await.unwrap_err();
        let found: Vec<_> = error.fields.iter().map(|one| (one.field.as_str(), one.code.as_str())).collect();
        assert_eq!(found, [(field, code)], "{text}");
        assert!(!format!("{error:?}").contains(text), "{text} is repeated");
        assert!(catalogues.iter().all(|catalogue| catalogue.has(&format!("field-{code}"))), "{code}");
    }
    assert_eq!(bench.call("vendors", Value::Null).await, json!([]), "nothing of it was kept");
    // Both at once are said at once.
    let mut draft = vendor("Harbor");
    (draft["website"], draft["endpoint"]) = (json!("none"), json!("none"));
    assert_eq!(bench.try_call("vendor_save", draft).await.unwrap_err().fields.len(), 2);
    for (number, (field, text, kept)) in [
        ("website", "example.com", "https://example.com"),
        ("website", " www.example.com/a?b#c ", "https://www.example.com/a?b#c"),
        ("website", "http://intranet/vendors", "http://intranet/vendors"),
        ("endpoint", "http://localhost:4000/v1", "http://localhost:4000/v1"),
        ("endpoint", "http://[::1]:4000", "http://[::1]:4000"),
        ("endpoint", "https://models.example/v1", "https://models.example/v1"),
    ]
    .into_iter()
    .enumerate()
    {
        let mut draft = vendor(&format!("Vendor {number}"));
        draft[field] = json!(text);
        assert_eq!(bench.call("vendor_save", draft).await[field], kept);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_endpoint_speaks_is_kept_logged_and_undone() {
    let bench = Bench::with_workspace().await;
    // As a draft was written before there was a choice.
    let mut draft = vendor("Anthropic");
    draft.as_object_mut().unwrap().remove("protocol");
    let saved = bench.call("vendor_save", draft).await;
    assert_eq!(saved["protocol"], "openai-compatible");
    for protocol in ["anthropic", "google", "azure-openai", "other"] {
        let mut changed = saved.clone();
        changed["protocol"] = json!(protocol);
        bench.call("vendor_save", changed).await;
        bench.call("workspace_open", json!({ "path": bench.path("acme.quarterdeck") })).await;
        let kept = bench.call("vendor", json!({ "id": saved["id"] })).await;
        assert_eq!(kept["vendor"]["protocol"], protocol);
    }
    // Changes of one person in one go are one entry.
    let log = bench.call("activity", json!({ "limit": 1 })).await;
    let change = &log[0]["changes"][0];
    assert_eq!(
        (&change["label"], &change["before"], &change["after"]),
        (&json!("Protocol"), &json!("OpenAI-compatible"), &json!("Other"))
    );
    bench.call("undo", Value::Null).await;
    assert_eq!(bench.call("vendor", json!({ "id": saved["id"] })).await["vendor"]["protocol"], "openai-compatible");
    // Nobody knows how to ask one that speaks something else.
    let mut other = saved.clone();
    (other["protocol"], other["endpoint"]) = (json!("other"), json!("http://127.0.0.1:9/v1"));
    bench.call("vendor_save", other).await;
    assert_eq!(
        bench.try_call("vendor_models", json!({ "id": saved["id"] })).await.unwrap_err().code,
        "endpoint-no-list"
    );
    let mut unknown = saved.clone();
    unknown["protocol"] = json!("gopher");
    assert!(bench.try_call("vendor_save", unknown).await.is_err());
}

#[test]
fn where_no_keychain_runs_it_is_said_what_to_start_and_what_works_without() {
    for language in Language::ALL {
        let catalogue = Catalogue::new(language);
        for id in ["error-keychain-unavailable", "key-no-keychain-remedy"] {
            let text = catalogue.plain(id);
            assert!(text.contains("GNOME Keyring") && text.contains("KWallet"), "{text}");
        }
    }
    assert!(Catalogue::new(Language::En).plain("key-no-keychain-remedy").contains("Everything but keys works"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_outside_of_its_contract_is_kept_with_a_warning() {
    let bench = Bench::with_workspace().await;
    let (_, contract) = bench.contract("OpenAI", &["openai"]).await;
    let ask = async |from: &str| bench.call("price_term", json!({ "contractId": contract["id"], "from": from })).await;
    assert_eq!(ask("2025-12-31").await, "This is before the contract begins on 1 Jan 2026.");
    assert_eq!(ask("2026-01-01").await, Value::Null);
    assert_eq!(ask("2026-12-31T23:00:00Z").await, Value::Null);
    assert_eq!(ask("2027-01-01").await, "This is after the contract’s last day, 31 Dec 2026.");
    let unread =
        bench.try_call("price_term", json!({ "contractId": contract["id"], "from": "soon" })).await.unwrap_err();
    assert_eq!(unread.fields[0].code, "not-a-day");
    bench.app.shut_down().await;
    let id = contract["id"].as_str().unwrap();
    let add = |from: &str, more: &[&str]| {
        let price = ["-w", "acme.quarterdeck", "prices", "add", "--provider", "openai", "--model", "m", "--input", "1"];
        let ran = quarterdeck(bench.folder.path(), &[&price[..], &["--contract", id, "--from", from], more].concat());
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        (String::from_utf8(ran.stdout).unwrap(), String::from_utf8(ran.stderr).unwrap())
    };
    let (out, err) = add("2025-06-01", &[]);
    assert!(out.contains("openai/m") && err.contains("before the contract begins on 1 Jan 2026"), "{out}{err}");
    assert_eq!(add("2026-02-01", &[]).1, "");
    let (out, err) = add("2027-06-01", &["--json", "--dry-run"]);
    let said: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&said["warning"], err.as_str()), (&json!("This is after the contract’s last day, 31 Dec 2026."), ""));
}
