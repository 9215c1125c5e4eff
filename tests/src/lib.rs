//! What the journeys share: a workspace in a folder of its own, the command line, text out of PDFs, the real window.
//!
//! No mocks: real SQLite files, real PDFs, the real binaries.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use app::report::locale::Language;
use app::{App, Config, WireError};
use serde_json::{Value, json};
use tempfile::TempDir;

pub mod pages;
pub mod sources;
pub mod window;

/// The day the journeys happen on.
pub const NOW: &str = "2026-11-24T09:30:00Z";

pub fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path)
}

/// One of our own programs, as the workspace's build left it.
pub fn program(name: &str) -> PathBuf {
    // target/<profile>/deps/<test> → target/<profile>/<name>
    let deps = std::env::current_exe().unwrap();
    let folder = deps.parent().unwrap().parent().unwrap();
    let path = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(path.is_file(), "{} is not built: cargo build --workspace", path.display());
    path
}

/// An answer without the texts its amounts carry on the wire: tests compare what is exact.
pub fn bare(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(bare).collect(),
        Value::Object(fields) if fields.contains_key("amount") && fields.contains_key("compact") => {
            json!({ "amount": fields["amount"], "currency": fields["currency"] })
        }
        Value::Object(fields) => fields.iter().map(|(name, field)| (name.clone(), bare(field))).collect(),
        other => other.clone(),
    }
}

/// An application with a folder of its own.
pub struct Bench {
    pub app: Arc<App>,
    pub folder: TempDir,
}

impl Bench {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let now = Some(NOW.parse().unwrap());
        Self { app: App::new(Config { data_dir: folder.path().join("data"), folder: None, now }), folder }
    }

    /// A new, empty workspace in UTC and US dollars.
    pub async fn with_workspace() -> Self {
        let bench = Self::new();
        let path = bench.path("acme.quarterdeck");
        bench
            .call(
                "workspace_create",
                json!({ "path": path, "name": "Acme", "currency": "USD", "timeZone": "UTC", "fiscalStartMonth": 1 }),
            )
            .await;
        bench
    }

    /// A vendor with the names files use for it, and a contract of a year with it: their records.
    pub async fn contract(&self, vendor: &str, keys: &[&str]) -> (Value, Value) {
        let vendor = json!({ "id": null, "name": vendor, "status": "incumbent", "owner": "", "riskTier": null, "website": "",
            "endpoint": "", "notes": "", "contacts": [], "providerKeys": keys });
        let vendor = self.call("vendor_save", vendor).await;
        let contract = json!({ "id": null, "vendorId": vendor["id"], "title": "EA", "kind": "msa", "owner": "", "parties": "",
            "start": "2026-01-01", "initialTermMonths": 12, "end": null, "autoRenew": false, "renewalTermMonths": null,
            "noticeMinDays": null, "noticeMaxDays": null, "noticeGiven": null, "currency": "USD", "commitment": null,
            "commitmentPeriod": null, "notes": "" });
        let contract = self.call("contract_save", contract).await;
        (vendor, contract)
    }

    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_string_lossy().into_owned()
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    pub async fn try_call(&self, command: &str, payload: Value) -> Result<Value, WireError> {
        self.app.dispatch(command, payload, Language::En, None).await.map(|answer| bare(&answer))
    }

    #[track_caller]
    pub fn call(&self, command: &str, payload: Value) -> impl Future<Output = Value> {
        let place = std::panic::Location::caller();
        let outcome = self.app.clone();
        let command = command.to_owned();
        async move {
            match outcome.dispatch(&command, payload, Language::En, None).await {
                Ok(value) => bare(&value),
                Err(error) => panic!("{place}: {command}: {error:?}"),
            }
        }
    }

    /// Looks at, plans and commits a usage file; `change` edits the guessed mapping. Feeds that tell of the same traffic are
    /// said to be different.
    pub async fn import(&self, path: &str, change: impl FnOnce(&mut Value)) -> Value {
        let plan = self.plan(path, change).await.unwrap();
        self.commit(&plan, Value::Null, "both").await.unwrap()
    }

    /// Commits a plan with one answer to its conflicts and one about every feed that tells of the same traffic.
    pub async fn commit(&self, plan: &Value, on_conflict: Value, basis: &str) -> Result<Value, WireError> {
        let feeds: Vec<Value> = plan["overlaps"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|overlap| json!({ "sourceId": overlap["sourceId"], "basis": basis }))
            .collect();
        let request = json!({ "planId": plan["id"], "onConflict": on_conflict, "feeds": feeds });
        self.try_call("import_commit", request).await
    }

    /// Commits a plan without any answer.
    pub async fn call_commit(&self, plan: &Value) -> Result<Value, WireError> {
        self.try_call("import_commit", json!({ "planId": plan["id"], "onConflict": null, "feeds": [] })).await
    }

    /// Plans and commits a fixture as a person would; `None` is a file of which not one row is good.
    pub async fn bring(&self, source: &sources::Source) -> Option<Value> {
        let request =
            json!({ "path": source.path, "format": source.format, "mapping": source.mapping(), "source": source.feed });
        let plan = match self.try_call("import_plan", request).await {
            // A piece of a file may hold nothing but rows that are no usage.
            Err(error) if error.code == "file-without-rows" => return None,
            planned => planned.unwrap(),
        };
        if plan["rows"]["good"] == json!(0) {
            return None;
        }
        let answer = if plan["conflict"].is_null() { Value::Null } else { json!("keep") };
        Some(self.commit(&plan, answer, "both").await.unwrap())
    }

    pub async fn plan(&self, path: &str, change: impl FnOnce(&mut Value)) -> Result<Value, WireError> {
        let look = self.try_call("import_inspect", json!({ "path": path })).await?;
        let mut request =
            json!({ "path": path, "format": look["format"], "mapping": look["mapping"], "source": look["source"] });
        change(&mut request);
        self.try_call("import_plan", request).await
    }
}

/// The first seed and how many cases of a campaign are tried: shortened in `./dev test`, whole in `./dev prove`.
pub fn cases(short: u64) -> (u64, u64) {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let first = number("QUARTERDECK_SEED").unwrap_or(1);
    let count = number("QUARTERDECK_CASES").unwrap_or(short);
    eprintln!("{count} cases from seed {first}");
    (first, count)
}

impl Default for Bench {
    fn default() -> Self {
        Self::new()
    }
}

/// Maps the Azure trace: its zone is UTC, its vendor and model are not in the file.
pub fn azure(request: &mut Value) {
    request["mapping"]["timeZone"] = json!("UTC");
    request["mapping"]["constants"] =
        json!([{ "field": "vendor", "value": "azure" }, { "field": "model", "value": "gpt-4o" }]);
}

/// Runs the command line on the journeys' day.
pub fn quarterdeck(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(program("quarterdeck"))
        .args(arguments)
        .current_dir(folder)
        .env("QUARTERDECK_DATA_DIR", folder.join("data"))
        .env("QUARTERDECK_NOW", NOW)
        .env("LANG", "en_US.UTF-8")
        .env_remove("LC_ALL")
        .output()
        .unwrap()
}

/// Makes the sample workspace in a folder, on the journeys' day.
pub fn sample(folder: &Path) -> PathBuf {
    let made = quarterdeck(folder, &["new", "sample.quarterdeck", "--sample"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    folder.join("sample.quarterdeck")
}

/// A PDF's text in reading order, by poppler's `pdftotext`.
pub fn pdf_text(path: &Path) -> String {
    let output = Command::new("pdftotext").args(["-layout", "-enc", "UTF-8"]).arg(path).arg("-").output();
    let output = output.expect("pdftotext is part of poppler-utils; ./dev test installs it");
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}
