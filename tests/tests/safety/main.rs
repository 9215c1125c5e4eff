//! Never lose, never lie: the file under an open window, files written for a person, what lies beside a workspace.

use quarterdeck_tests::Bench;
use serde_json::{Value, json};
use std::path::Path;

fn vendor(name: &str) -> Value {
    json!({ "id": null, "name": name, "status": "approved", "owner": "", "riskTier": null, "website": "", "notes": "",
        "contacts": [], "providerKeys": [] })
}

fn names(vendors: &Value) -> Vec<&str> {
    vendors.as_array().unwrap().iter().map(|row| row["vendor"]["name"].as_str().unwrap()).collect()
}

mod place;

mod targets;

mod foreign;

#[cfg(unix)]
mod full;

mod made;

mod news;

#[cfg(unix)]
mod read_only;

mod sealed;

mod together;

mod undo;
