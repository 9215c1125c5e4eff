//! The arrows between the crates, and which libraries each may use. What is not written here is not allowed.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, MetadataCommand};

/// Crate → (our crates it may use, libraries it may use).
fn allowed() -> BTreeMap<&'static str, (&'static [&'static str], &'static [&'static str])> {
    BTreeMap::from([
        (
            "domain",
            (
                &[][..],
                &["chrono", "chrono-tz", "serde", "sketches-ddsketch", "strsim", "thiserror", "ts-rs", "uuid"][..],
            ),
        ),
        (
            "store",
            (
                &["domain"],
                &[
                    "chrono",
                    "futures-util",
                    "log",
                    "serde",
                    "serde_json",
                    "sqlx",
                    "thiserror",
                    "tokio",
                    "ts-rs",
                    // The mark on values that SQLite cannot look into.
                    "twox-hash",
                    "uuid",
                ],
            ),
        ),
        (
            "ingest",
            (
                &["domain"],
                &[
                    "chrono",
                    "chrono-tz",
                    "encoding_rs",
                    "flate2",
                    "foldhash",
                    "log",
                    "memchr",
                    "serde",
                    "serde_json",
                    "sha2",
                    "tempfile",
                    "thiserror",
                    "ts-rs",
                    "twox-hash",
                    "uuid",
                ],
            ),
        ),
        ("connect", (&["domain"], &["keyring", "reqwest", "serde", "serde_json", "thiserror"])),
        (
            "report",
            (
                &["domain"],
                &[
                    "chrono",
                    "fluent-bundle",
                    "lopdf",
                    "parley",
                    "plotters",
                    "plotters-backend",
                    "printpdf",
                    "serde",
                    "sha2",
                    "thiserror",
                    "ts-rs",
                    "unic-langid",
                ],
            ),
        ),
        (
            "app",
            (
                &["connect", "domain", "ingest", "report", "store"],
                &[
                    "base64",
                    "chrono",
                    "fastrand",
                    "flate2",
                    "log",
                    "serde",
                    "serde_json",
                    "thiserror",
                    "tokio",
                    "ts-rs",
                    "uuid",
                ],
            ),
        ),
        ("cli", (&["app"], &["clap", "serde", "serde_json", "tokio"])),
        (
            "quarterdeck-desktop",
            (
                &["app"],
                &[
                    "log",
                    "serde_json",
                    "tauri",
                    "tauri-plugin-dialog",
                    "tauri-plugin-log",
                    "tauri-plugin-single-instance",
                    "tauri-plugin-window-state",
                    "tokio",
                ],
            ),
        ),
        (
            "quarterdeck-tests",
            (&["app", "domain", "store"], &["chrono", "serde_json", "tempfile", "thirtyfour", "tokio"]),
        ),
    ])
}

#[test]
fn every_crate_uses_only_what_the_house_allows() {
    let metadata = MetadataCommand::new().no_deps().exec().unwrap();
    let ours: BTreeSet<String> = metadata.packages.iter().map(|p| p.name.to_string()).collect();
    let allowed = allowed();
    let mut wrong = Vec::new();
    for package in &metadata.packages {
        let Some((crates, libraries)) = allowed.get(package.name.as_str()) else {
            wrong.push(format!("{} is a new crate: give it its place here", package.name));
            continue;
        };
        for dependency in package.dependencies.iter().filter(|d| d.kind == DependencyKind::Normal) {
            let name = dependency.name.as_str();
            let list = if ours.contains(name) { crates } else { libraries };
            if !list.contains(&name) {
                wrong.push(format!("{} must not use {name}", package.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
