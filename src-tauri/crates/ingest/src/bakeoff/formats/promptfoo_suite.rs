//! promptfoo's configuration as a suite: `tests` with their variables put into `prompts`. What lies in other files, in scripts or on
//! pages is said, not followed.
//!
//! YAML is read within a budget of nodes, depth and what aliases may come to: a file of a few lines cannot fill the memory.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use domain::suite::{Case, Message};
use serde_json::Value;

use super::promptfoo::{messages, of_variables, references, rubric, variables};
use super::{Format, Group, Part};
use crate::bakeoff::document::{SourceReader, parse};
use crate::bakeoff::gather::Gather;
use crate::bakeoff::input::InputFile;
use crate::bakeoff::outline::Shape;
use crate::bakeoff::values::{any_text, name, positive};
use crate::{IngestError, Result, RowIssue};

/// Largest configuration read, in bytes.
const MOST: u64 = 32 << 20;

pub(super) const FORMAT: Format = Format {
    name: "promptfoo-suite",
    is_mapped: false,
    part: |shape| {
        let is_yaml = matches!(shape, Shape::Yaml);
        let is_config = |keys: &BTreeSet<String>| {
            let has = |key: &str| keys.contains(key);
            has("tests")
                && (has("prompts") || has("providers") || has("defaultTest") || has("targets"))
                && !has("results")
        };
        (is_yaml || matches!(shape, Shape::Object(keys) if is_config(keys))).then_some(Part::Whole)
    },
    read,
};

fn read(group: &Group<'_>, gather: &mut Gather<'_>) -> Result<()> {
    for file in group.of(Part::Whole) {
        gather.open(&file.name);
        let (reader, _) = SourceReader::open(&file.path)?;
        let mut text = Vec::new();
        reader.take(MOST + 1).read_to_end(&mut text)?;
        if text.len() as u64 > MOST {
            return Err(IngestError::file("file-too-large", &[("file", &file.name), ("limit", "32")]));
        }
        let config = if text.trim_ascii_start().starts_with(b"{") { json(&text, file)? } else { yaml(&text, file)? };
        suite(&config, gather)?;
    }
    Ok(())
}

fn json(text: &[u8], file: &InputFile) -> Result<Value> {
    parse(text).map(|parsed| parsed.value).map_err(|broken| {
        let (line, position) = (broken.line.to_string(), broken.position.to_string());
        IngestError::file("json-unreadable", &[("file", &file.name), ("line", &line), ("position", &position)])
    })
}

fn yaml(text: &[u8], file: &InputFile) -> Result<Value> {
    let text = String::from_utf8_lossy(text);
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: 100,
            max_nodes: 2_000_000,
            max_documents: 1,
            max_total_scalar_bytes: 64 << 20,
            max_aliases: 10_000,
            max_anchors: 10_000,
        },
        duplicate_keys: serde_saphyr::DuplicateKeyPolicy::LastWins,
    };
    serde_saphyr::from_str_with_options::<Value>(&text, options).map_err(|error| {
        let at = |of: fn(&serde_saphyr::Location) -> u64| error.location().map_or(1, |l| of(&l)).to_string();
        let (line, position) = (at(serde_saphyr::Location::line), at(serde_saphyr::Location::column));
        let cause = error.to_string().lines().next().unwrap_or_default().chars().take(200).collect::<String>();
        IngestError::file(
            "yaml-unreadable",
            &[("file", &file.name), ("line", &line), ("position", &position), ("cause", &cause)],
        )
    })
}

/// A text that names something else to be read or run.
fn leads_elsewhere(text: &str) -> bool {
    ["file://", "http://", "https://", "huggingface://", "package:", "exec:", "python:"]
        .iter()
        .any(|scheme| text.starts_with(scheme))
}

fn suite(config: &Value, gather: &mut Gather<'_>) -> Result<()> {
    let mut prompts = Vec::new();
    let listed = match config.get("prompts") {
        Some(Value::Array(list)) => list.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    for (index, prompt) in listed.iter().enumerate() {
        let text = name(prompt.get("raw")).or_else(|| name(prompt.get("id"))).or_else(|| any_text(Some(prompt)));
        match text {
            Some(text) if leads_elsewhere(&text) => elsewhere(gather, &format!("prompts[{index}]"), &text)?,
            Some(text) => prompts.push(text),
            None => {}
        }
    }
    let base = config.get("defaultTest").filter(|base| base.is_object());
    if let Some(text) = name(config.get("defaultTest")) {
        elsewhere(gather, "defaultTest", &text)?;
    }
    let tests = match (config.get("tests"), config) {
        (_, Value::Array(list)) | (Some(Value::Array(list)), _) => list.as_slice(),
        (Some(one), _) => std::slice::from_ref(one),
        (None, _) => &[],
    };
    for (number, test) in (1..).zip(tests) {
        if let Some(text) = name(Some(test)) {
            elsewhere(gather, &format!("tests[{}]", number - 1), &text)?;
            continue;
        }
        one(gather, test, number, base, &prompts)?;
    }
    Ok(())
}

fn elsewhere(gather: &mut Gather<'_>, column: &str, text: &str) -> Result<()> {
    gather.issue(RowIssue::new("not-followed").column(column).value(text.as_bytes()))
}

fn one(gather: &mut Gather<'_>, test: &Value, number: u64, base: Option<&Value>, prompts: &[String]) -> Result<()> {
    let of_base = |key: &str| base.and_then(|base| base.get(key));
    let mut vars = variables(of_base("vars"));
    if let Some(text) = name(test.get("vars")) {
        elsewhere(gather, &format!("tests[{}].vars", number - 1), &text)?;
    }
    vars.extend(variables(test.get("vars")));
    for (key, value) in &vars {
        if leads_elsewhere(value) {
            elsewhere(gather, &format!("tests[{}].vars.{key}", number - 1), value)?;
        }
    }
    let asserts: Vec<Value> = [of_base("assert"), test.get("assert")]
        .into_iter()
        .flatten()
        .filter_map(Value::as_array)
        .flatten()
        .cloned()
        .collect();
    for assert in &asserts {
        if let Some(text) = name(assert.get("value")).filter(|text| leads_elsewhere(text)) {
            elsewhere(gather, &format!("tests[{}].assert", number - 1), &text)?;
        }
    }
    let asserts = Value::Array(asserts);
    let id = name(test.pointer("/metadata/id")).or_else(|| name(test.get("description")));
    // One prompt is what is asked; of several, each is a way of asking the same, and the case is its variables.
    let asked = match prompts {
        [prompt] => filled(prompt, &vars),
        _ => of_variables(&vars),
    };
    let tags: BTreeSet<String> = crate::bakeoff::values::texts(test.pointer("/metadata/tags")).into_iter().collect();
    let case = Case {
        id,
        messages: asked,
        reference: references(Some(&asserts)),
        rubric: rubric(Some(&asserts)),
        tags,
        weight: positive(test.get("weight")).unwrap_or(1.0),
        cluster: name(test.pointer("/metadata/cluster")),
        variables: vars,
    };
    gather.case(case, Some(number))
}

/// A prompt with its `{{names}}` put in. A name that is not told stays as it is; what is more than a name (a filter, a condition)
/// is the template engine's and stays too.
fn filled(prompt: &str, vars: &BTreeMap<String, String>) -> Vec<Message> {
    let mut out = String::with_capacity(prompt.len());
    let mut rest = prompt;
    while let Some(open) = rest.find("{{") {
        out.push_str(&rest[..open]);
        let Some(close) = rest[open..].find("}}").map(|n| open + n) else { break };
        match vars.get(rest[open + 2..close].trim().trim_matches('-').trim()) {
            Some(value) => out.push_str(value),
            None => out.push_str(&rest[open..close + 2]),
        }
        rest = &rest[close + 2..];
    }
    out.push_str(rest);
    messages(Some(&Value::String(out)))
}
