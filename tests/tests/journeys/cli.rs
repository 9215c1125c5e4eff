//! What the command line says and does beyond the commands it shares with the window.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use quarterdeck_tests::{NOW, program, quarterdeck};
use serde_json::{Value, json};
use tempfile::TempDir;

/// What a run came to.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}{}", self.out, self.err))
    }

    #[track_caller]
    fn ok(self) -> Self {
        assert_eq!(self.code, 0, "{}{}", self.out, self.err);
        self
    }

    /// Wrong use, said with all of these words.
    #[track_caller]
    fn asks(self, words: &[&str]) -> Self {
        self.ends(2, words)
    }

    #[track_caller]
    fn ends(self, code: i32, words: &[&str]) -> Self {
        assert_eq!(self.code, code, "{}{}", self.out, self.err);
        for word in words {
            assert!(self.err.contains(word), "“{word}” is not in: {}", self.err);
        }
        self
    }
}

/// A workspace on disk, and the command line beside it.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        assert!(quarterdeck(folder.path(), &["new", "acme.quarterdeck", "--name", "Acme"]).status.success());
        Self { folder }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path().join(name), text).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let output = quarterdeck(self.path(), &[&["-w", "acme.quarterdeck"], arguments].concat());
        Ran {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Imports a usage file of this text.
    fn usage(&self, name: &str, text: &str, more: &[&str]) -> Ran {
        self.write(name, text);
        self.run(&[&["import", "usage", name], more].concat())
    }

    fn economics(&self, more: &[&str]) -> Value {
        self.run(&[&["economics", "--period", "2026-Q3", "--json"], more].concat()).ok().json()
    }

    /// Tokens of the quarter, as exact text.
    fn tokens(&self) -> Value {
        self.economics(&[])["total"]["tokensTotal"].clone()
    }
}

const HEADER: &str = "time,vendor,model,feature,requests,input_tokens\n";

fn row(day: u32, feature: &str, tokens: u32) -> String {
    format!("2026-07-{day:02}T10:00:00Z,openai,gpt-4o,{feature},1,{tokens}\n")
}

#[test]
fn what_a_file_leaves_open_is_asked_for_by_the_flag_that_answers_it() {
    let desk = Desk::new();
    // Day or month first: nothing in the file tells.
    let dates = "time,vendor,model,input_tokens\n07/08/2026 10:00:00Z,openai,gpt-4o,5\n";
    desk.usage("dates.csv", dates, &[]).asks(&["07/08/2026", "--day-first true", "--day-first false"]);
    desk.usage("dates.csv", dates, &["--day-first", "true", "--source", "dates"]).ok();
    assert_eq!(desk.economics(&["--filter", "vendor=openai"])["total"]["tokensTotal"], "5");
    // 1,000 is a thousand, or one.
    let numbers = "time;vendor;model;input_tokens\n2026-07-01T10:00:00Z;openai;gpt-4o;1,000\n";
    desk.usage("numbers.csv", numbers, &[]).asks(&["input_tokens", "--decimal-comma true", "--decimal-comma false"]);
    desk.usage("numbers.csv", numbers, &["--decimal-comma", "false"]).ok();
    assert_eq!(desk.tokens(), "1005");
    // A time without a zone.
    let bare = "time,vendor,model,input_tokens\n2026-07-20 10:00:00,openai,gpt-4o,7\n";
    desk.usage("bare.csv", bare, &["--source", "bare"]).asks(&["zone", "--time-zone"]);
    desk.usage("bare.csv", bare, &["--source", "bare", "--time-zone", "UTC"]).ok();
    // One field twice.
    desk.usage("twice.csv", bare, &["--map", "time=timestamp,vendor=model,model=model"])
        .asks(&["model", "--map", "--set"]);
    assert_eq!(desk.tokens(), "1012");
}

#[test]
fn hours_told_otherwise_are_asked_about_and_what_is_left_out_is_said() {
    let desk = Desk::new();
    let file = |tokens: u32| format!("{HEADER}{}", row(1, "chat", tokens));
    desk.usage("a.csv", &file(100), &["--source", "gateway"]).ok();
    let asked = desk.usage("b.csv", &file(900), &["--source", "gateway"]);
    asked.asks(&["--on-conflict keep", "--on-conflict replace", "--on-conflict add"]);
    let kept = desk.usage("b.csv", &file(900), &["--source", "gateway", "--on-conflict", "keep"]).ok();
    assert!(kept.out.contains("One hour was left out") && kept.out.contains("900 tokens"), "{}", kept.out);
    assert_eq!(desk.tokens(), "100");
}

#[test]
fn feeds_of_the_same_traffic_are_named_each_with_its_flag() {
    let desk = Desk::new();
    let file = format!("{HEADER}{}", row(1, "chat", 100));
    desk.usage("a.csv", &file, &["--source", "prod gateway"]).ok();
    let other = format!("{HEADER}{}", row(1, "chat", 90));
    let import = ["--source", "console"];
    desk.usage("b.csv", &other, &import).asks(&["prod gateway", "--same-traffic \"prod gateway=this\""]);
    desk.usage("b.csv", &other, &[&import[..], &["--same-traffic", "prod gateway=perhaps"]].concat())
        .asks(&["prod gateway=perhaps", "--same-traffic"]);
    desk.usage("b.csv", &other, &[&import[..], &["--same-traffic", "prod gateway=this"]].concat()).ok();
    assert_eq!(desk.tokens(), "90", "the console counts");
    // Answered once, the same line of a scheduled job goes on working.
    let later = format!("{HEADER}{}", row(2, "chat", 7));
    let again = desk.usage("c.csv", &later, &[&import[..], &["--same-traffic", "prod gateway=this"]].concat()).ok();
    assert!(again.err.contains("prod gateway"), "{}", again.err);
}

#[test]
fn a_value_that_is_set_wins_over_a_column_and_over_what_was_remembered() {
    let desk = Desk::new();
    let file = |day: u32| format!("{HEADER}{}", row(day, "chat", 100));
    let first = desk.usage("a.csv", &file(1), &["--set", "vendor=azure", "--set", "feature=search"]).ok();
    assert!(!first.err.contains("azure"), "nothing to reuse yet: {}", first.err);
    assert_eq!(desk.economics(&["--by", "vendor,feature"])["rows"][0]["keys"], json!(["azure", "search"]));
    // The next file with this header takes it all over, and says so in a sentence.
    let second = desk.usage("b.csv", &file(2), &[]).ok();
    for word in ["vendor=azure", "feature=search", "feed “a”"] {
        assert!(second.err.contains(word), "{word}: {}", second.err);
    }
    assert_eq!(desk.economics(&["--by", "vendor"])["rows"][0]["requests"], "2");
    // What is said now wins over what is remembered, and is not called reused.
    let third = desk.usage("c.csv", &file(3), &["--set", "vendor=mistral", "--source", "third"]).ok();
    assert!(!third.err.contains("vendor=") && !third.err.contains("feed"), "{}", third.err);
    let vendors = desk.economics(&["--by", "vendor"]);
    let names: Vec<&Value> = vendors["rows"].as_array().unwrap().iter().map(|row| &row["keys"][0]).collect();
    assert!(names.contains(&&json!("mistral")), "{names:?}");
    // A column said now wins over a remembered value.
    let columns =
        "time=timestamp,vendor=vendor,model=model,feature=feature,requests=requests,input_tokens=input-tokens";
    let fourth = desk.usage("d.csv", &file(4), &["--map", columns, "--source", "fourth"]).ok();
    assert!(!fourth.err.contains("feature="), "{}", fourth.err);
    assert_eq!(desk.economics(&["--by", "feature", "--filter", "feature=chat"])["rows"][0]["requests"], "1");
}

#[test]
fn a_strict_import_writes_nothing_when_a_row_is_bad_and_says_which() {
    let desk = Desk::new();
    let mut file = format!("{HEADER}{}", row(1, "chat", 100));
    for _ in 0..25 {
        file.push_str("2026-07-02T10:00:00Z,openai,gpt-4o,chat,1,many\n");
    }
    let strict = desk.usage("a.csv", &file, &["--strict"]).ends(1, &["25 rows of a.csv are bad", "--strict"]);
    let named =
        strict.out.lines().filter(|line| line.contains("column input_tokens") && line.contains("“many”")).count();
    assert_eq!(named, 20, "{}", strict.out);
    assert!(strict.out.contains("row 3,") && strict.out.contains("and 5 more"), "{}", strict.out);
    assert_eq!(desk.tokens(), Value::Null);
    let error = desk.usage("a.csv", &file, &["--strict", "--json"]);
    assert_eq!((error.code, error.json()["error"]["code"].clone()), (1, json!("strict")));
    desk.usage("a.csv", &file, &[]).ok();
    assert_eq!(desk.tokens(), "100");
}

#[test]
fn a_file_read_otherwise_says_what_it_replaces_and_what_was_normalised() {
    let desk = Desk::new();
    let file = "time,vendor,model,input_tokens,cache_read_tokens\n2026-07-01T10:00:00Z,openai,gpt-4o,100,40\n";
    let first = desk.usage("a.csv", file, &[]).ok();
    assert!(first.out.contains("Input tokens include cached ones"), "{}", first.out);
    let again = desk.usage("a.csv", file, &["--input-excludes-cache"]).ok();
    assert!(again.out.contains("read otherwise"), "{}", again.out);
    assert_eq!(desk.tokens(), "140");
    let same = desk.usage("a.csv", file, &[]).ok();
    assert!(same.out.contains("Nothing was changed"), "{}", same.out);
}

#[test]
fn an_error_under_json_is_one_document_on_standard_output() {
    let desk = Desk::new();
    let ran = desk.run(&["economics", "--period", "2026-Q9", "--json"]);
    assert_eq!((ran.code, ran.err.as_str()), (2, ""));
    let error = &ran.json()["error"];
    assert_eq!((&error["code"], &error["params"]["period"]), (&json!("bad-period"), &json!("2026-Q9")));
    assert!(error["sentence"].as_str().unwrap().contains("2026-Q9"));
    assert!(error["hint"].as_str().unwrap().contains("2026-Q3"));
    // What cannot even be read as a command, what needs a workspace, and what fails.
    for (arguments, code, known) in [
        (&["economics", "--json"][..], 2, "wrong-use"),
        (&["economics", "--period", "2026-Q3", "--by", "colour", "--json"], 2, "bad-dimension"),
        (&["import", "usage", "missing.csv", "--json"], 1, "file-not-found"),
    ] {
        let ran = desk.run(arguments);
        let said = ran.json();
        assert_eq!((ran.code, &said["error"]["code"]), (code, &json!(known)), "{said}");
        assert_eq!(said.as_object().unwrap().len(), 1);
    }
    let output = quarterdeck(desk.path(), &["verify", "--json"]);
    let said: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), &said["error"]["code"]), (Some(2), &json!("workspace-needed")));
}

#[test]
fn imports_are_listed_taken_back_and_answered_otherwise() {
    let desk = Desk::new();
    let file = |tokens: u32| format!("{HEADER}{}", row(1, "chat", tokens));
    desk.usage("a.csv", &file(100), &["--source", "gateway"]).ok();
    desk.usage("b.csv", &file(900), &["--source", "gateway", "--on-conflict", "keep"]).ok();
    let rows = desk.run(&["imports", "list", "--json"]).ok().json();
    let id = |name: &str| {
        let found = rows.as_array().unwrap().iter().find(|row| row["name"] == name).unwrap();
        (found["id"].as_str().unwrap().to_owned(), found["answer"].clone())
    };
    let ((first, _), (second, answer)) = (id("a.csv"), id("b.csv"));
    assert_eq!(answer, "keep");
    let listed = desk.run(&["imports", "list"]).ok().out;
    assert!(listed.contains(&second) && listed.contains("gateway") && listed.contains("keep"), "{listed}");
    for (answer, tokens) in [("add", "1000"), ("replace", "900"), ("keep", "100")] {
        assert!(desk.run(&["imports", "answer", &second, answer]).ok().out.contains(answer));
        assert_eq!(desk.tokens(), tokens, "{answer}");
    }
    assert!(desk.run(&["imports", "undo", &second]).ok().out.contains("b.csv"));
    assert!(desk.run(&["imports", "undo", &first]).ok().out.contains("a.csv"));
    assert_eq!(desk.tokens(), Value::Null);
    desk.run(&["imports", "undo", "the last one"]).asks(&["the last one"]);
    desk.run(&["imports", "undo", "01890000-0000-7000-8000-000000000000"]).ends(1, &["no longer there"]);
}

#[test]
fn a_price_shows_the_days_it_makes_known_and_ends_when_told() {
    let desk = Desk::new();
    let usage = "time,vendor,model,requests,input_tokens\n\
        2026-07-01T10:00:00Z,acme-ai,house-1,1,1000000\n2026-07-02T10:00:00Z,acme-ai,house-1,1,2000000\n";
    desk.usage("a.csv", usage, &[]).ok();
    let add = ["prices", "add", "--provider", "acme-ai", "--model", "house-1", "--from", "2026-07-02", "--input", "3"];
    let shown = desk.run(&[&add[..], &["--dry-run"]].concat()).ok().out;
    assert!(shown.contains("2026-07-02: $6.00 for 2,000,000 tokens") && !shown.contains("2026-07-01"), "{shown}");
    assert_eq!(desk.economics(&[])["total"]["spend"], Value::Null, "a dry run writes nothing");
    let added = desk.run(&[&add[..], &["--json"]].concat()).ok().json();
    assert_eq!(added["priced"][0]["cost"]["amount"], "6");
    assert_eq!(desk.economics(&[])["total"]["spend"]["amount"], "6");
    let id = added["price"]["id"].as_str().unwrap();
    let listed = desk.run(&["prices", "list", "--provider", "acme-ai"]).ok().out;
    assert!(listed.contains(id) && listed.contains("USD 3"), "{listed}");
    let few = desk.run(&["prices", "list"]).ok();
    assert_eq!(few.out.lines().count(), 51);
    assert!(few.err.contains("--all"), "{}", few.err);
    let (all, models) =
        (desk.run(&["prices", "list", "--all"]).ok(), desk.run(&["prices", "list", "--model", "gpt-4o"]));
    assert!(all.out.lines().count() > 400 && all.err.is_empty());
    assert!(models.out.lines().skip(1).all(|line| line.contains("gpt-4o")), "{}", models.out);
    // It ends, and what was spent stays.
    desk.run(&["prices", "close", id, "--at", "someday"]).asks(&["someday", "2026-07-01"]);
    desk.run(&["prices", "close", id, "--at", "2026-06-01"]).asks(&["not in force"]);
    desk.run(&["prices", "close", id, "--at", "2026-08-01"]).ok();
    assert!(!desk.run(&["prices", "list", "--provider", "acme-ai"]).ok().out.contains(id));
    assert_eq!(desk.economics(&[])["total"]["spend"]["amount"], "6");
    desk.run(&[&add[..], &["--currency", "dollars"]].concat()).asks(&["currency", "EUR"]);
}

#[test]
fn a_price_list_says_which_prices_it_refused_and_why() {
    let desk = Desk::new();
    let usage = "time,vendor,model,requests,input_tokens\n2026-07-01T10:00:00Z,acme-ai,house-1,1,1000000\n";
    desk.usage("a.csv", usage, &[]).ok();
    let list = |rate: u32| {
        format!(
            r#"{{"schema":1,"updated_at":"2026-07-01T00:00:00Z","prices":{{"acme-ai":{{"house-1":{{"standard":[
            {{"start":null,"rates":{{"input":{rate},"output":15}}}}]}}}}}}}}"#
        )
    };
    desk.write("prices.json", &list(3));
    let first = desk.run(&["prices", "import", "prices.json"]).ok().out;
    assert!(first.contains("Prices: 1 added") && first.contains("2026-07-01: $3.00"), "{first}");
    desk.write("prices.json", &list(4));
    let second = desk.run(&["prices", "import", "prices.json"]).ok().out;
    assert!(
        second.contains("1 refused") && second.contains("acme-ai/house-1: The rates of this row differ"),
        "{second}"
    );
}

#[test]
fn exchange_rates_are_entered_and_listed_and_a_missing_one_names_the_command() {
    let desk = Desk::new();
    desk.usage(
        "a.csv",
        "time,vendor,model,cost\n2026-07-01T10:00:00Z,acme-ai,house-1,10\n",
        &["--cost-currency", "EUR"],
    )
    .ok();
    let missing = desk.run(&["economics", "--period", "2026-Q3"]);
    missing.ends(1, &["EUR", "quarterdeck fx add EUR USD 2026-07-01"]);
    desk.run(&["fx", "add", "EUR", "USD", "July", "1.2"]).asks(&["July", "2026-07-01"]);
    desk.run(&["fx", "add", "EUR", "DOLLAR", "2026-07-01", "1.2"]).asks(&["to:", "EUR"]);
    assert!(desk.run(&["fx", "add", "EUR", "USD", "2026-07-01", "1.2"]).ok().out.contains("1 EUR = 1.2 USD"));
    assert!(desk.run(&["fx", "list"]).ok().out.contains("1 EUR = 1.2 USD from 2026-07-01"));
    assert_eq!(desk.economics(&[])["total"]["spend"]["amount"], "12");
    desk.usage("b.csv", HEADER, &["--cost-currency", "euros"]).asks(&["euros", "EUR"]);
}

#[test]
fn an_alias_prices_what_a_vendor_calls_otherwise_and_is_forgotten() {
    let desk = Desk::new();
    desk.usage("a.csv", "time,vendor,model,input_tokens\n2026-07-01T10:00:00Z,openai,our-four-oh,1000000\n", &[]).ok();
    desk.run(&["aliases", "add", "openai", "our-four-oh", "gpt-4o"]).asks(&["provider/model", "openai/gpt-4o"]);
    desk.run(&["aliases", "add", "openai", "our-four-oh", "openai/gpt-9000"]).asks(&["no such model", "prices list"]);
    let added = desk.run(&["aliases", "add", "OpenAI", "our-four-oh", "openai/gpt-4o"]).ok().out;
    assert!(added.contains("2026-07-01: $2.50 for 1,000,000 tokens"), "{added}");
    assert!(desk.run(&["aliases", "list"]).ok().out.contains("our-four-oh"));
    desk.run(&["aliases", "remove", "OpenAI", "our-four-oh"]).ok();
    assert_eq!(desk.run(&["aliases", "list", "--json"]).ok().json(), json!([]));
    desk.run(&["aliases", "remove", "openai", "our-four-oh"]).ends(1, &["our-four-oh"]);
}

#[test]
fn which_of_two_feeds_counts_is_listed_and_changed() {
    let desk = Desk::new();
    desk.usage("a.csv", &format!("{HEADER}{}", row(1, "chat", 100)), &["--source", "gateway"]).ok();
    let both = ["--source", "console", "--same-traffic", "gateway=both"];
    desk.usage("b.csv", &format!("{HEADER}{}", row(1, "chat", 90)), &both).ok();
    assert_eq!(desk.tokens(), "190");
    assert!(desk.run(&["feeds", "list"]).ok().out.contains("both count"));
    for (arguments, tokens) in [
        (["gateway", "console", "this"], "100"),
        (["gateway", "console", "other"], "90"),
        (["console", "gateway", "other"], "100"),
        (["console", "gateway", "this"], "90"),
        (["console", "gateway", "both"], "190"),
    ] {
        desk.run(&[&["feeds", "set"], &arguments[..]].concat()).ok();
        assert_eq!(desk.tokens(), tokens, "{arguments:?}");
    }
    desk.run(&["feeds", "set", "gateway", "consul", "this"]).asks(&["consul", "gateway", "console"]);
}

const VENDOR: &str = r#"{"name":"OpenAI","status":"approved","owner":"Ada","riskTier":null,"website":"","notes":"",
    "contacts":[{"name":"Bo","role":"sales","email":"bo@example.com"}],"providerKeys":["openai"]}"#;

#[test]
fn vendors_and_contracts_are_written_as_the_window_writes_them() {
    let desk = Desk::new();
    desk.write("vendor.json", VENDOR);
    let vendor = desk.run(&["vendors", "add", "vendor.json", "--json"]).ok().json();
    let id = vendor["id"].as_str().unwrap();
    assert!(desk.run(&["vendors", "list"]).ok().out.contains(id));
    // A field nobody knows is refused by its name, wherever it stands.
    desk.write(
        "typo.json",
        &VENDOR.replace("\"owner\"", "\"riskTeir\":\"low\",\"owner\"").replace("\"role\"", "\"rank\":1,\"role\""),
    );
    desk.run(&["vendors", "edit", id, "typo.json"]).asks(&["riskTeir", "contacts[0].rank", "providerKeys"]);
    desk.write("short.json", r#"{"name":"Short"}"#);
    desk.run(&["vendors", "add", "short.json"]).asks(&["missing field", "status"]);
    desk.write("again.json", &vendor.to_string());
    desk.run(&["vendors", "add", "again.json"]).asks(&["edit"]);
    desk.write("edited.json", &VENDOR.replace("approved", "incumbent"));
    desk.run(&["vendors", "edit", id, "edited.json"]).ok();
    let rows = desk.run(&["vendors", "list", "--json"]).ok().json();
    assert_eq!((rows.as_array().unwrap().len(), &rows[0]["vendor"]["status"]), (1, &json!("incumbent")));
    // A contract from standard input.
    let contract = json!({ "vendorId": id, "title": "Order form 1", "kind": "order-form", "owner": "", "parties": "",
        "start": "2026-01-01", "initialTermMonths": 12, "end": null, "autoRenew": true, "renewalTermMonths": 12,
        "noticeMinDays": 30, "noticeMaxDays": null, "noticeGiven": null, "currency": "USD", "commitment": null,
        "commitmentPeriod": null, "notes": "" });
    let piped = |arguments: &[&str], text: &str| {
        let mut child = Command::new(program("quarterdeck"))
            .args([&["-w", "acme.quarterdeck"], arguments].concat())
            .current_dir(desk.path())
            .env("QUARTERDECK_DATA_DIR", desk.path().join("data"))
            .env("QUARTERDECK_NOW", NOW)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    let added = piped(&["contracts", "add", "-", "--json"], &contract.to_string());
    assert!(added.status.success());
    let added: Value = serde_json::from_slice(&added.stdout).unwrap();
    let mut changed = contract.clone();
    changed["title"] = json!("Order form 1a");
    desk.write("contract.json", &changed.to_string());
    desk.run(&["contracts", "edit", added["id"].as_str().unwrap(), "contract.json"]).ok();
    let listed = desk.run(&["contracts", "list"]).ok().out;
    assert!(listed.contains("Order form 1a") && listed.contains("2026-12-01"), "{listed}");
    changed["noticeMinDay"] = json!(5);
    desk.write("contract.json", &changed.to_string());
    desk.run(&["contracts", "add", "contract.json"]).asks(&["noticeMinDay"]);
}

/// A figure of the printed table as a number.
fn number(cell: &str) -> f64 {
    cell.trim_start_matches('$').replace(',', "").parse().unwrap_or_else(|_| panic!("{cell}"))
}

#[test]
fn the_rows_of_economics_add_up_to_the_total_that_is_printed() {
    let desk = Desk::new();
    let mut file = HEADER.to_owned();
    for feature in 0..9 {
        file.push_str(&row(1, &format!("feature-{feature}"), 4_000_000 * (feature + 1)));
    }
    desk.usage("a.csv", &file, &[]).ok();
    for limit in ["0", "3"] {
        let printed = desk.run(&["economics", "--period", "2026-Q3", "--limit", limit]).ok().out;
        let rows: Vec<Vec<&str>> = printed.lines().skip(2).map(|line| line.split_whitespace().collect()).collect();
        let (total, parts) = rows.split_last().unwrap();
        assert_eq!(parts.len(), if limit == "0" { 9 } else { 4 }, "{printed}");
        // Requests, tokens and spend.
        for column in [1, 3, 4] {
            let sum: f64 = parts.iter().map(|part| number(part[column])).sum();
            assert!((sum - number(total[column])).abs() < 1e-9, "column {column}: {printed}");
        }
        assert_eq!((total[3], total[4]), ("180,000,000", "$450.00"), "{printed}");
    }
    // With all digits they add up to the last one, whatever the amounts.
    let odd: String = (1..8).map(|feature| row(21, &format!("odd-{feature}"), 1_234_567 * feature + 1)).collect();
    desk.usage("odd.csv", &format!("{HEADER}{odd}"), &["--source", "odd"]).ok();
    let exact = desk.run(&["economics", "--period", "2026-07-21..2026-07-21", "--limit", "2", "--exact"]).ok().out;
    let nanos = |line: &str| {
        let amount = line.split("USD ").nth(1).unwrap().split_whitespace().next().unwrap();
        let (whole, part) = amount.split_once('.').unwrap_or((amount, ""));
        format!("{whole}{part:0<9}").parse::<u128>().unwrap()
    };
    let amounts: Vec<u128> = exact.lines().skip(2).map(nanos).collect();
    assert_eq!((amounts.len(), amounts[3]), (4, amounts[..3].iter().sum()), "{exact}");
    // What rounding takes or gives has a line of its own: four times $1.004 is $4.016.
    let even: String = (1..5).map(|feature| row(22, &format!("even-{feature}"), 401_600)).collect();
    desk.usage("even.csv", &format!("{HEADER}{even}"), &["--source", "even"]).ok();
    let day = ["economics", "--period", "2026-07-22..2026-07-22"];
    let printed = desk.run(&day).ok().out;
    let spend: Vec<f64> = printed
        .lines()
        .skip(2)
        .map(|line| number(line.split('$').nth(1).unwrap().split_whitespace().next().unwrap()))
        .collect();
    assert_eq!(spend, [1.0, 1.0, 1.0, 1.0, 0.02, 4.02], "{printed}");
    assert!(printed.contains("Rounding"), "{printed}");
    let exact = desk.run(&[&day[..], &["--exact"]].concat()).ok().out;
    assert!(!exact.contains("Rounding") && exact.contains("USD 4.016"), "{exact}");
    let small = format!("{HEADER}{}", row(20, "small", 1_234));
    desk.usage("b.csv", &small, &["--source", "b"]).ok();
    let rounded = desk.run(&["economics", "--period", "2026-07-20..2026-07-20"]).ok().out;
    assert!(rounded.contains("$0.00308"), "{rounded}");
    let exact = desk.run(&["economics", "--period", "2026-07-20..2026-07-20", "--exact"]).ok().out;
    assert!(exact.contains("USD 0.003085"), "{exact}");
}

#[test]
fn a_figure_that_covers_a_part_says_of_how_much() {
    let desk = Desk::new();
    let file = "time,vendor,model,feature,requests,input_tokens\n2026-07-01T10:00:00Z,openai,gpt-4o,chat,94,1000000\n\
        2026-07-01T10:00:00Z,acme-ai,house-1,chat,6,1000000\n";
    desk.usage("a.csv", file, &[]).ok();
    let printed = desk.run(&["economics", "--period", "2026-Q3"]).ok();
    assert!(printed.out.contains("(of 94 %)"), "{}", printed.out);
    assert!(printed.err.contains("house-1"), "{}", printed.err);
}

#[test]
fn what_economics_cannot_mean_is_refused_with_an_example() {
    let desk = Desk::new();
    desk.usage("a.csv", &format!("{HEADER}{}{}", row(1, "search", 5), row(1, "chat", 7)), &[]).ok();
    let economics = |more: &[&str]| desk.run(&[&["economics"], more].concat());
    economics(&["--period", "Q3"]).asks(&["Q3", "2026-Q3"]);
    economics(&["--period", "2026-Q3", "--by", "colour"]).asks(&["colour", "feature"]);
    economics(&["--period", "2026-Q3", "--by", "vendor,model,tenant"]).asks(&["--by feature,model"]);
    economics(&["--period", "2026-Q3", "--filter", "search"]).asks(&["search", "--filter feature=search"]);
    economics(&["--period", "2026-Q3", "--filter", "feature=Searhc"]).asks(&["Searhc", "search", "chat"]);
    economics(&["--period", "2026-Q3", "--filter", "feature=sear"]).asks(&["sear", "search"]);
    let new = |more: &[&str]| {
        let output = quarterdeck(desk.path(), &[&["new", "other.quarterdeck"], more].concat());
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    for (more, example) in [(["--time-zone", "Mars/Olympus"], "Europe/Berlin"), (["--currency", "dollars"], "EUR")] {
        let (code, said) = new(&more);
        assert!(code == Some(2) && said.contains(example), "{said}");
    }
    // Several values of one dimension are kept together.
    let both = desk.economics(&["--filter", "feature=search", "--filter", "feature=chat"]);
    assert_eq!(both["total"]["tokensTotal"], "12");
}

/// A month of metered usage and a bill that is a tenth higher.
fn billed(desk: &Desk) {
    desk.usage("a.csv", &format!("{HEADER}{}", row(1, "chat", 400_000_000)), &["--source", "gateway"]).ok();
    let bill = "time,vendor,model,cost\n2026-07-01T10:00:00Z,openai,gpt-4o,1100\n";
    desk.usage("bill.csv", bill, &["--source", "bill"]).ok();
}

#[test]
fn economics_compares_what_was_metered_with_what_was_billed() {
    let desk = Desk::new();
    billed(&desk);
    let printed = desk.run(&["economics", "--period", "2026-07", "--reconcile"]).ok().out;
    for word in ["Billed", "$1,000.00", "$1,100.00", "+10.0 %", "$100.00: not explained"] {
        assert!(printed.contains(word), "{word}: {printed}");
    }
    assert!(!printed.contains("matched by vendor and day only"));
    let month = &desk.economics(&[])["reconciliation"]["months"][0];
    assert_eq!((&month["flagged"], &month["billed"]["amount"]), (&json!(true), &json!("1100")));
    let more = "time,vendor,model,cost\n2026-07-01T10:00:00Z,openai,Harbour Plus,11\n";
    desk.usage("more.csv", more, &["--source", "bill", "--on-conflict", "add"]).ok();
    let printed = desk.run(&["economics", "--period", "2026-07", "--reconcile"]).ok().out;
    assert!(printed.contains("$11.00 is billed under names nobody recognises"), "{printed}");
}

#[test]
fn a_check_ends_with_three_when_anything_needs_a_person() {
    let desk = Desk::new();
    let empty = desk.run(&["check"]);
    assert_eq!(empty.code, 3, "no usage yet: {}", empty.out);
    desk.usage("a.csv", &format!("{HEADER}{}", row(1, "chat", 400_000_000)), &["--source", "gateway"]).ok();
    assert!(desk.run(&["check"]).ok().out.contains("Nothing needs a person"));
    let bill = "time,vendor,model,cost\n2026-07-01T10:00:00Z,openai,gpt-4o,1100\n";
    desk.usage("bill.csv", bill, &["--source", "bill"]).ok();
    let flagged = desk.run(&["check"]);
    assert!(flagged.code == 3 && flagged.out.contains("$1,100.00 billed"), "{}", flagged.out);
    assert_eq!(desk.run(&["check", "--period", "2026-Q2"]).code, 0);
    let said = desk.run(&["check", "--json"]);
    assert_eq!(said.code, 3);
    let alerts = said.json()["alerts"].clone();
    assert_eq!((&alerts[0]["kind"], &alerts[0]["link"]["id"]), (&json!("bill-differs"), &json!("2026-07")), "{alerts}");
    // The sample has a contract whose notice is near: it is on Home, and here.
    let sample = quarterdeck(desk.path(), &["new", "sample.quarterdeck", "--sample"]);
    assert!(sample.status.success());
    let sample = quarterdeck(desk.path(), &["-w", "sample.quarterdeck", "check"]);
    assert_eq!(sample.status.code(), Some(3));
    desk.run(&["check", "--period", "soon"]).asks(&["soon", "2026-Q3"]);
}

#[test]
fn what_keep_leaves_out_is_not_called_imported() {
    let desk = Desk::new();
    let hours = |tokens: [u64; 3]| {
        let row =
            |(hour, tokens): (usize, u64)| format!("2026-07-01T{}:00:00Z,openai,gpt-4o,chat,1,{tokens}\n", 10 + hour);
        format!("{HEADER}{}", tokens.into_iter().enumerate().map(row).collect::<String>())
    };
    desk.usage("a.csv", &hours([5, 5, 5]), &["--source", "gateway"]).ok();
    let said = desk.usage("b.csv", &hours([5, 7, 5]), &["--source", "gateway", "--on-conflict", "keep"]).ok().out;
    assert!(said.contains("Read 3 rows: no hourly roll-up is new.") && !said.contains("Imported"), "{said}");
    assert!(said.contains("One hour"), "{said}");
}

#[test]
fn a_provider_or_model_without_a_price_is_refused_with_some_that_have_one() {
    let desk = Desk::new();
    let list = |more: &[&str]| desk.run(&[&["prices", "list"], more].concat());
    list(&["--provider", "opnai"]).asks(&["opnai", "openai"]);
    list(&["--model", "zzz"]).asks(&["zzz", "--model"]);
    list(&["--provider", "openai", "--model", "claude-opus"]).asks(&["claude-opus", "gpt"]);
    assert!(list(&["--provider", "openai", "--model", "gpt-4o"]).ok().out.contains("gpt-4o"));
}

#[test]
fn two_imports_at_once_of_one_traffic_never_both_count_unasked() {
    let desk = Desk::new();
    let rows = |output: u32| {
        let row = |n: u32| format!("2026-07-01T10:{:02}:{:02}Z,openai,gpt-4o,{n},{output}\n", n / 60 % 60, n % 60);
        format!("time,vendor,model,input_tokens,output_tokens\n{}", (0..3_000).map(row).collect::<String>())
    };
    std::fs::write(desk.path().join("a.csv"), rows(100)).unwrap();
    std::fs::write(desk.path().join("b.csv"), rows(101)).unwrap();
    std::thread::scope(|scope| {
        for name in ["a", "b"] {
            let desk = &desk;
            scope.spawn(move || desk.run(&["import", "usage", &format!("{name}.csv"), "--source", name]));
        }
    });
    let feeds = desk.run(&["imports", "list", "--json"]).json();
    assert_eq!(feeds.as_array().unwrap().len(), 1, "one is refused and asks: {feeds}");
}

/// `module::Type` of each line of `subcommands!`.
fn listed(list: &str) -> Vec<(&str, &str)> {
    let lines = list.split("\nsubcommands! {").nth(1).unwrap().split('}').next().unwrap().lines();
    lines.filter_map(|line| line.trim().trim_end_matches(',').split_once("::")).collect()
}

#[test]
fn each_subcommand_of_the_help_is_one_line_of_the_list_and_declared_in_its_own_file() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("src-tauri/crates/cli/src");
    let read = |name: &str| std::fs::read_to_string(source.join(name)).unwrap();
    let list = read("subcommands.rs");
    let listed = listed(&list);
    let help = Command::new(program("quarterdeck")).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let commands = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap().lines();
    let shown: Vec<&str> = commands.map(|line| line.split_whitespace().next().unwrap()).collect();
    let (last, shown) = shown.split_last().unwrap();
    assert_eq!(*last, "help", "clap's own");
    assert!(shown.len() > 10, "{help}");
    assert_eq!(shown, listed.iter().map(|(_, name)| name.to_lowercase()).collect::<Vec<_>>());
    for (module, name) in &listed {
        let file = read(&format!("subcommands/{module}.rs"));
        assert!(file.contains(&format!("pub struct {name} {{")), "{module}.rs has no arguments of {name}");
        assert!(file.contains(&format!("impl Subcommand for {name} {{")), "{module}.rs does not say what {name} does");
        // What is central knows none of them.
        for central in ["main.rs", "arguments.rs", "subcommand.rs"] {
            let text = read(central);
            for known in [format!("subcommands::{module}"), format!("Command::{name}"), format!("mod {module};")] {
                assert!(!text.contains(&known), "{central} knows {known}");
            }
        }
    }
}
