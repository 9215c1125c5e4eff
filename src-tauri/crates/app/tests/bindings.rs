//! The TypeScript side of the command list is generated; this holds what is committed to what the Rust types say.
//!
//! After changing a type on the wire: `UPDATE_BINDINGS=1 cargo test -p app --test bindings`.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use app::areas::{commands, export_types};
use app::frame::command::{Command, Kind};

fn committed() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/src/core/bindings")
}

/// The client's list: every command's kind, input, output and read tags.
fn command_list(config: &ts_rs::Config) -> String {
    let mut text = String::from("// Generated from the command list of the core. Do not edit.\n\n");
    let commands: Vec<(&Command, String, String)> =
        commands().map(|command| (command, (command.input)(config), (command.output)(config))).collect();
    let mut names: Vec<String> =
        commands.iter().flat_map(|(_, input, output)| [input, output]).flat_map(|t| type_names(t)).collect();
    names.sort();
    names.dedup();
    for name in names {
        let _ = writeln!(text, "import type {{ {name} }} from \"./{name}\";");
    }
    text.push_str("\nexport interface Commands {\n");
    for (command, input, output) in &commands {
        let kind = match command.kind {
            Kind::Query => "query",
            Kind::Mutate => "mutate",
            Kind::Job => "job",
        };
        let _ = writeln!(text, "  {}: {{ kind: \"{kind}\"; input: {}; output: {} }};", command.name, input, output);
    }
    text.push_str("}\n\n/** The tags each query reads: a commit that touches one of them makes it stale. */\nexport const READS = {\n");
    for command in commands.iter().map(|(command, ..)| command).filter(|command| command.kind == Kind::Query) {
        let tags: Vec<String> = command.reads.iter().map(|t| serde_json::to_string(t).unwrap()).collect();
        let _ = writeln!(text, "  {}: [{}],", command.name, tags.join(", "));
    }
    text.push_str("} as const;\n");
    text
}

/// Names of our own types within a TypeScript type.
fn type_names(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().next().is_some_and(char::is_uppercase) && *word != "Array")
        .map(str::to_owned)
        .collect()
}

fn files(folder: &Path) -> BTreeMap<String, String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return BTreeMap::new() };
    entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "ts"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(&path).unwrap()))
        .collect()
}

#[test]
fn committed_bindings_are_what_the_types_say() {
    let fresh = tempfile::tempdir().unwrap();
    let config = ts_rs::Config::new().with_large_int("number").with_out_dir(fresh.path());
    export_types(&config).unwrap();
    std::fs::write(fresh.path().join("commands.ts"), command_list(&config)).unwrap();
    let fresh = files(fresh.path());
    assert!(fresh.len() > 60, "{} files", fresh.len());
    if std::env::var_os("UPDATE_BINDINGS").is_some() {
        let _ = std::fs::remove_dir_all(committed());
        std::fs::create_dir_all(committed()).unwrap();
        for (name, text) in &fresh {
            std::fs::write(committed().join(name), text).unwrap();
        }
    }
    let committed = files(&committed());
    let stale: Vec<&String> =
        fresh.keys().chain(committed.keys()).filter(|name| fresh.get(*name) != committed.get(*name)).collect();
    assert!(stale.is_empty(), "stale bindings {stale:?}: run UPDATE_BINDINGS=1 cargo test -p app --test bindings");
}
