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
                &[
                    // Names that stay inside, all of them in one pass.
                    "aho-corasick",
                    // Expressions of scorers.
                    "cel",
                    "chrono",
                    "chrono-tz",
                    // Scorers of answers that are to be JSON.
                    "jsonschema",
                    // Personal data, secrets and names within text.
                    "regex",
                    // The bootstrap's matrix product and the algebra of strengths.
                    "nalgebra",
                    // A seeded stream that is fixed by its paper, and nothing that draws without a seed.
                    "rand_core",
                    "rand_pcg",
                    "rayon",
                    "serde",
                    "serde_json",
                    "sha2",
                    "sketches-ddsketch",
                    "statrs",
                    "similar",
                    "strsim",
                    "thiserror",
                    "ts-rs",
                    "unicode-normalization",
                    "uuid",
                ][..],
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
                    // Suites in YAML.
                    "serde-saphyr",
                    "serde_json",
                    "sha2",
                    "tempfile",
                    "thiserror",
                    "ts-rs",
                    "twox-hash",
                    "uuid",
                    // Logs of evaluations that are archives.
                    "zip",
                ],
            ),
        ),
        (
            "connect",
            (
                &["domain"],
                &[
                    "keyring",
                    "reqwest",
                    "serde",
                    "serde_json",
                    "thiserror",
                    // What is wrong with an address, by kind; reqwest brings it.
                    "url",
                ],
            ),
        ),
        (
            "report",
            (
                &["domain"],
                &[
                    "chrono",
                    "flate2",
                    "fluent-bundle",
                    "lopdf",
                    "parley",
                    "plotters",
                    "plotters-backend",
                    "printpdf",
                    "pulldown-cmark",
                    // Tables as workbooks, with typed cells.
                    "rust_xlsxwriter",
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
                    // The folders an operating system has for an application and its person.
                    "directories",
                    "fastrand",
                    "flate2",
                    // Maps of half a million results.
                    "foldhash",
                    "icalendar",
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
        (
            "cli",
            (
                &["app"],
                &[
                    "clap",
                    // Tables whose columns align, whatever the script.
                    "comfy-table",
                    // The progress line of a terminal.
                    "indicatif",
                    "serde",
                    "serde_json",
                    "tokio",
                ],
            ),
        ),
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

/// The names right after `crate::` in a source text: modules, or what the crate's root re-exports.
fn uses(text: &str) -> BTreeSet<String> {
    let code: String = text
        .split("#[cfg(test)]\nmod ")
        .next()
        .unwrap_or_default()
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n");
    let name = |text: &str| text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::").filter(|(at, _)| !code[..*at].ends_with(['$', '_'])) {
        let rest = &code[at + "crate::".len()..];
        let Some(group) = rest.strip_prefix('{') else {
            found.insert(name(rest));
            continue;
        };
        let (mut depth, mut start) = (1, 0);
        for (end, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => {
                    found.insert(name(&group[start..end]));
                    start = end + 1;
                }
                _ => {}
            }
            if depth == 0 {
                found.insert(name(&group[start..end]));
                break;
            }
        }
    }
    found.remove("");
    found
}

fn sources(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut all: Vec<_> = entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect();
    all.retain(|path| path.extension().is_some_and(|e| e == "rs") && path.file_name().is_some_and(|n| n != "tests.rs"));
    all
}

/// Which top-level module of a crate uses which. What the root re-exports counts as its module's; the root itself is "crate".
fn graph(folder: &std::path::Path) -> BTreeMap<String, BTreeSet<String>> {
    let root = std::fs::read_to_string(folder.join("lib.rs")).unwrap();
    let mut home: BTreeMap<String, String> = BTreeMap::new();
    for line in root.split(';').filter_map(|line| line.trim().split_once("pub use ").map(|(_, what)| what)) {
        if let Some((module, names)) = line.trim_start_matches("self::").split_once("::") {
            for name in names.trim_matches(['{', '}']).split(',') {
                home.insert(name.trim().to_owned(), module.to_owned());
            }
        }
    }
    let is_module = |name: &str| folder.join(name).is_dir() || folder.join(format!("{name}.rs")).is_file();
    let mut graph: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in sources(folder) {
        let relative = path.strip_prefix(folder).unwrap();
        let top =
            relative.components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
        let top = if top == "lib" { "crate".to_owned() } else { top };
        let text = std::fs::read_to_string(&path).unwrap();
        let mut used = uses(&text);
        if top == "crate" {
            // The root names its modules without "crate::".
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//") && !line.contains("use "));
            let before = |text: &str| text.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().map(str::to_owned);
            let named =
                code.flat_map(|line| line.match_indices("::").map(|(at, _)| before(&line[..at])).collect::<Vec<_>>());
            used.extend(named.flatten().filter(|name| is_module(name)));
        }
        for used in used {
            let module = home.get(&used).cloned().unwrap_or(if is_module(&used) { used } else { "crate".to_owned() });
            if module != top {
                graph.entry(top.clone()).or_default().insert(module);
            }
        }
    }
    graph
}

/// A way round from a module to itself.
fn circle(graph: &BTreeMap<String, BTreeSet<String>>) -> Option<Vec<String>> {
    fn walk(graph: &BTreeMap<String, BTreeSet<String>>, path: &mut Vec<String>, done: &mut BTreeSet<String>) -> bool {
        let at = path.last().cloned().unwrap_or_default();
        for next in graph.get(&at).into_iter().flatten() {
            if let Some(start) = path.iter().position(|passed| passed == next) {
                path.drain(..start);
                path.push(next.clone());
                return true;
            }
            if done.contains(next) {
                continue;
            }
            path.push(next.clone());
            if walk(graph, path, done) {
                return true;
            }
            path.pop();
        }
        done.insert(at);
        false
    }
    let mut done = BTreeSet::new();
    graph.keys().find_map(|start| {
        let mut path = vec![start.clone()];
        walk(graph, &mut path, &mut done).then_some(path)
    })
}

#[test]
fn no_module_of_a_crate_is_used_by_what_it_uses() {
    for name in ["app", "connect", "domain", "ingest", "report", "store"] {
        let folder =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/crates").join(name).join("src");
        let graph = graph(&folder);
        if let Some(circle) = circle(&graph) {
            panic!("{name}: {}", circle.join(" → "));
        }
    }
}

#[test]
fn the_walk_over_uses_finds_a_circle_and_knows_groups_and_comments() {
    let text = "use crate::{alpha::{A, B}, beta};\n// use crate::gamma;\nfn f() { crate::delta::g() }\n";
    assert_eq!(uses(text), ["alpha", "beta", "delta"].map(str::to_owned).into());
    let to = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    let mut graph = BTreeMap::from([("a".to_owned(), to(&["b"])), ("b".to_owned(), to(&["c"]))]);
    assert_eq!(circle(&graph), None);
    graph.insert("c".to_owned(), to(&["a"]));
    assert_eq!(circle(&graph).unwrap(), ["a", "b", "c", "a"]);
}
