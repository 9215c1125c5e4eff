//! What any record carries: documents, comments, links both ways; and the people who own records.

#![allow(clippy::unwrap_used)]

use quarterdeck_tests::Bench;
use serde_json::{Value, json};

fn about(area: &str, record: &Value) -> Value {
    json!({ "area": area, "id": record["id"] })
}

async fn record(bench: &Bench, area: &str, of: &Value) -> Value {
    bench.call("record", about(area, of)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_shows_at_both_ends_once_and_outlives_the_record_it_leads_to() {
    let bench = Bench::with_workspace().await;
    let (vendor, contract) = bench.contract("OpenAI", &["openai"]).await;
    let (other, _) = bench.contract("Azure", &["azure"]).await;
    let link = json!({ "one": about("contract", &contract), "other": about("vendor", &other) });
    bench.call("link_add", link.clone()).await;
    // From the other end it is the same link.
    let back = json!({ "one": about("vendor", &other), "other": about("contract", &contract) });
    bench.call("link_add", back.clone()).await;
    let at_contract = record(&bench, "contract", &contract).await["links"].clone();
    assert_eq!(at_contract.as_array().unwrap().len(), 1);
    assert_eq!((&at_contract[0]["title"], &at_contract[0]["gone"]), (&json!("Azure"), &json!(false)));
    assert_eq!(record(&bench, "vendor", &other).await["links"][0]["title"], "EA");
    assert_eq!(record(&bench, "vendor", &vendor).await["links"], json!([]));

    // The record is deleted: the link says what it was.
    let contracts = bench.call("contracts", Value::Null).await["rows"].clone();
    let its =
        contracts.as_array().unwrap().iter().find(|row| row["vendorName"] == "Azure").unwrap()["contract"].clone();
    bench.call("contract_delete", json!({ "id": its["id"] })).await;
    bench.call("vendor_delete", json!({ "id": other["id"] })).await;
    let left = record(&bench, "contract", &contract).await["links"][0].clone();
    assert_eq!((&left["title"], &left["gone"]), (&json!("Azure"), &json!(true)));
    bench.call("undo", Value::Null).await;
    assert_eq!(record(&bench, "contract", &contract).await["links"][0]["gone"], false);

    bench.call("link_remove", back).await;
    assert_eq!(record(&bench, "contract", &contract).await["links"], json!([]));
    bench.call("undo", Value::Null).await;
    assert_eq!(record(&bench, "vendor", &other).await["links"][0]["title"], "EA");

    let itself = json!({ "one": about("vendor", &vendor), "other": about("vendor", &vendor) });
    assert_eq!(bench.try_call("link_add", itself).await.unwrap_err().code, "link-to-itself");
    let nowhere = json!({ "one": about("vendor", &vendor), "other": { "area": "vendor", "id": "x" } });
    assert_eq!(bench.try_call("link_add", nowhere).await.unwrap_err().code, "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn comments_stay_with_their_record_are_edited_deleted_and_brought_back() {
    let bench = Bench::with_workspace().await;
    let (vendor, contract) = bench.contract("OpenAI", &["openai"]).await;
    let say = |id: Value, text: &str| json!({ "id": id, "about": about("vendor", &vendor), "author": " 林晓雯 ", "text": text });
    let first = bench.call("comment_save", say(Value::Null, "  <b>First</b> ")).await;
    assert_eq!((&first["text"], &first["author"]), (&json!("<b>First</b>"), &json!("林晓雯")));
    let second = bench.call("comment_save", say(Value::Null, "Second")).await;
    bench.call("comment_save", say(first["id"].clone(), "First, put better")).await;
    let texts = async || -> Vec<String> {
        let comments = record(&bench, "vendor", &vendor).await["comments"].clone();
        comments.as_array().unwrap().iter().map(|comment| comment["text"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(texts().await, ["Second", "First, put better"]);
    assert_eq!(record(&bench, "contract", &contract).await["comments"], json!([]));
    bench.call("comment_delete", json!({ "id": second["id"] })).await;
    assert_eq!(texts().await, ["First, put better"]);
    bench.call("undo", Value::Null).await;
    bench.call("undo", Value::Null).await;
    assert_eq!(texts().await, ["Second", "<b>First</b>"]);
    bench.call("redo", Value::Null).await;
    assert_eq!(texts().await, ["Second", "First, put better"]);

    for text in ["", "  \n ", &"x".repeat(20_001)] {
        assert_eq!(bench.try_call("comment_save", say(Value::Null, text)).await.unwrap_err().code, "invalid", "{text}");
    }
    let lost = json!({ "id": null, "about": { "area": "vendor", "id": "nobody" }, "author": "", "text": "x" });
    assert_eq!(bench.try_call("comment_save", lost).await.unwrap_err().code, "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn any_record_keeps_documents_of_any_kind_and_refuses_what_is_none() {
    let bench = Bench::with_workspace().await;
    let (vendor, contract) = bench.contract("OpenAI", &["openai"]).await;
    let attach = |area: &str, of: &Value, path: String| json!({ "about": about(area, of), "path": path });
    let png = b"\x89PNG\r\n\x1a\n rest";
    let picture = bench.call("record_attach", attach("vendor", &vendor, bench.write("shot.png", png))).await;
    let letter = bench.call("record_attach", attach("contract", &contract, bench.write("信.txt", "合同终止"))).await;
    assert_eq!(record(&bench, "vendor", &vendor).await["attachments"][0]["name"], "shot.png");
    // A vendor's page lists the documents of its contracts beside its own.
    assert_eq!(
        bench.call("vendor", json!({ "id": vendor["id"] })).await["documents"][0]["attachment"]["name"],
        "信.txt"
    );
    let content = bench.call("attachment_content", json!({ "id": picture["id"] })).await;
    assert_eq!((&content["sight"], &content["mediaType"]), (&json!("image"), &json!("image/png")));
    let content = bench.call("attachment_content", json!({ "id": letter["id"] })).await;
    assert_eq!((&content["sight"], &content["text"]), (&json!("text"), &json!("合同终止")));

    let refused =
        async |path: String| bench.try_call("record_attach", attach("vendor", &vendor, path)).await.unwrap_err();
    assert_eq!(refused(bench.write("empty.pdf", "")).await.code, "attachment-empty");
    assert_eq!(refused(bench.path("nowhere.pdf")).await.code, "file-not-found");
    assert_eq!(refused(bench.folder.path().to_string_lossy().into_owned()).await.code, "not-a-file");
    // Never read into memory: it has no bytes on the disk.
    let huge = std::fs::File::create(bench.path("huge.pdf")).unwrap();
    huge.set_len(200 << 20).unwrap();
    let error = refused(bench.path("huge.pdf")).await;
    assert_eq!((error.code.as_str(), error.params["limit"].as_str()), ("attachment-too-large", "50"));
    assert_eq!(record(&bench, "vendor", &vendor).await["attachments"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_found_by_any_of_their_names_and_owns_what_names_them() {
    let bench = Bench::with_workspace().await;
    let (mut vendor, _) = bench.contract("OpenAI", &["openai"]).await;
    vendor["owner"] = json!("林晓雯");
    bench.call("vendor_save", vendor).await;
    let unknown = bench.call("people", Value::Null).await["unknown"].clone();
    assert_eq!((&unknown[0]["name"], &unknown[0]["owns"][0]["title"]), (&json!("林晓雯"), &json!("OpenAI")));

    let person = |id: Value, name: &str, names: &[&str], deputy: Value| json!({ "id": id, "name": name, "names": names, "role": "", "email": "", "deputyId": deputy });
    let lin = bench
        .call("person_save", person(Value::Null, " Lin  Xiaowen ", &["林晓雯", "", "lin xiaowen"], Value::Null))
        .await;
    assert_eq!((&lin["name"], &lin["names"]), (&json!("Lin Xiaowen"), &json!(["林晓雯"])));
    let people = bench.call("people", Value::Null).await;
    assert_eq!((&people["unknown"], &people["people"][0]["owns"][0]["title"]), (&json!([]), &json!("OpenAI")));
    let hits = bench.call("search", json!({ "text": "晓雯", "limit": 5 })).await;
    assert!(hits.as_array().unwrap().iter().any(|hit| hit["title"] == "Lin Xiaowen"), "{hits}");

    // Renamed, they still answer to what records call them.
    let renamed = bench.call("person_save", person(lin["id"].clone(), "Lin Wei", &[], Value::Null)).await;
    assert_eq!(renamed["names"], json!(["Lin Xiaowen"]));

    let fields = async |draft: Value| -> Vec<(String, String)> {
        let error = bench.try_call("person_save", draft).await.unwrap_err();
        error.fields.into_iter().map(|field| (field.field, field.code)).collect()
    };
    let wrong = |field: &str, code: &str| vec![(field.to_owned(), code.to_owned())];
    assert_eq!(fields(person(Value::Null, "LIN WEI", &[], Value::Null)).await, wrong("name", "taken"));
    assert_eq!(fields(person(Value::Null, "  ", &[], Value::Null)).await, wrong("name", "required"));
    assert_eq!(fields(person(Value::Null, "Bo", &["lin xiaowen"], Value::Null)).await, wrong("names", "taken"));
    let bo = bench.call("person_save", person(Value::Null, "Bo", &[], lin["id"].clone())).await;
    assert_eq!(
        fields(person(lin["id"].clone(), "Lin Wei", &[], bo["id"].clone())).await,
        wrong("deputyId", "deputy-circle")
    );
    assert_eq!(
        fields(person(Value::Null, "Al", &[], json!("01980000-0000-7000-8000-0000000000ff"))).await,
        wrong("deputyId", "no-such-person")
    );
    let mut addressed = person(Value::Null, "Al", &[], Value::Null);
    addressed["email"] = json!("al at home");
    assert_eq!(fields(addressed).await, wrong("email", "not-an-email"));

    // Removed, the name they stood in for says so no more; back, it does again.
    bench.call("person_delete", json!({ "id": lin["id"] })).await;
    let people = bench.call("people", Value::Null).await["people"].clone();
    assert_eq!((people.as_array().unwrap().len(), &people[0]["deputy"]), (1, &json!("")));
    bench.call("undo", Value::Null).await;
    assert_eq!(bench.call("people", Value::Null).await["people"][0]["deputy"], "Lin Wei");
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_a_record_carries_is_exported() {
    let bench = Bench::with_workspace().await;
    let (vendor, contract) = bench.contract("OpenAI", &["openai"]).await;
    let remark =
        json!({ "id": null, "about": about("vendor", &vendor), "author": "Priya", "text": "Ask for a bridge" });
    bench.call("comment_save", remark).await;
    bench.call("link_add", json!({ "one": about("vendor", &vendor), "other": about("contract", &contract) })).await;
    let pdf = bench.write("signed.pdf", b"%PDF-1.7 signed");
    bench.call("record_attach", json!({ "about": about("vendor", &vendor), "path": pdf })).await;
    bench
        .call(
            "person_save",
            json!({ "id": null, "name": "Priya", "names": [], "role": "", "email": "", "deputyId": null }),
        )
        .await;
    bench.call("workspace_export", json!({ "path": bench.path("out") })).await;
    let read = |name: &str| std::fs::read_to_string(bench.folder.path().join("out").join(name)).unwrap();
    assert!(read("comments.json").contains("Ask for a bridge"));
    assert!(read("links.json").contains(contract["id"].as_str().unwrap()));
    assert!(read("documents.json").contains("signed.pdf"));
    assert!(read("people.json").contains("Priya"));
    let documents: Vec<_> = std::fs::read_dir(bench.path("out/documents")).unwrap().collect();
    assert_eq!(documents.len(), 1);
    assert_eq!(std::fs::read(documents[0].as_ref().unwrap().path()).unwrap(), b"%PDF-1.7 signed");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn the_open_workspace_is_read_as_nothing_else_by_whatever_name() {
    let bench = Bench::with_workspace().await;
    let (vendor, _) = bench.contract("OpenAI", &["openai"]).await;
    let link = bench.path("link.csv");
    std::os::unix::fs::symlink(bench.path("acme.quarterdeck"), &link).unwrap();
    for path in [bench.path("acme.quarterdeck"), link, bench.path("acme.quarterdeck-wal")] {
        let attach = json!({ "about": about("vendor", &vendor), "path": path });
        assert_eq!(bench.try_call("record_attach", attach).await.unwrap_err().code, "source-is-workspace", "{path}");
        for command in ["import_inspect", "price_import"] {
            let refused = bench.try_call(command, json!({ "path": path })).await.unwrap_err();
            assert_eq!(refused.code, "source-is-workspace", "{command} {path}");
        }
    }
    // A file that never ends is not read to its end.
    let endless = json!({ "about": about("vendor", &vendor), "path": "/dev/zero" });
    assert_eq!(bench.try_call("record_attach", endless).await.unwrap_err().code, "not-a-file");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_with_a_name_too_long_for_a_folder_is_exported() {
    let bench = Bench::with_workspace().await;
    let (vendor, _) = bench.contract("OpenAI", &["openai"]).await;
    let long = format!("{}.pdf", "合".repeat(80));
    let path = bench.write(&long, b"%PDF-1.7 signed");
    bench.call("record_attach", json!({ "about": about("vendor", &vendor), "path": path })).await;
    bench.call("workspace_export", json!({ "path": bench.path("out") })).await;
    let files: Vec<_> = std::fs::read_dir(bench.path("out/documents")).unwrap().collect();
    let name = files[0].as_ref().unwrap().file_name().to_string_lossy().into_owned();
    assert!(name.ends_with(".pdf") && name.len() < 255, "{name}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_at_once_leave_no_comment_on_what_is_gone_and_no_change_twice() {
    let bench = Bench::with_workspace().await;
    for round in 0..10 {
        let vendor = json!({ "id": null, "name": format!("V{round}"), "status": "approved", "owner": "", "riskTier": null,
            "website": "", "endpoint": "", "notes": "", "contacts": [], "providerKeys": [] });
        let vendor = bench.call("vendor_save", vendor).await;
        let remark = json!({ "id": null, "about": about("vendor", &vendor), "author": "", "text": "x" });
        let first = bench.call("comment_save", remark.clone()).await;
        let gone = json!({ "id": first["id"] });
        let edit = json!({ "id": first["id"], "about": about("vendor", &vendor), "author": "", "text": "y" });
        let (deleted, edited) =
            tokio::join!(bench.try_call("comment_delete", gone.clone()), bench.try_call("comment_save", edit));
        assert!(deleted.is_ok());
        assert!(edited.is_ok() || edited.unwrap_err().code == "not-found");
        assert_eq!(record(&bench, "vendor", &vendor).await["comments"], json!([]), "round {round}");
        let (_, said) = tokio::join!(
            bench.try_call("vendor_delete", json!({ "id": vendor["id"] })),
            bench.try_call("comment_save", remark)
        );
        let comments = record(&bench, "vendor", &vendor).await["comments"].as_array().unwrap().len();
        assert_eq!(comments, usize::from(said.is_ok()), "round {round}");
    }
}
