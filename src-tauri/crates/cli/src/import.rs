//! `quarterdeck import usage`.

use serde_json::{Value, json};

use crate::arguments::Usage;
use app::import::{Field, UsageFormat};

use crate::{FAILED, Failure, Session, WRONG_USE, output};

pub async fn usage(session: &Session, usage: &Usage) -> Result<u8, Failure> {
    let inspection = session.call("import_inspect", json!({ "path": usage.path })).await?;
    let mut mapping = inspection["mapping"].clone();
    apply(session, usage, &mut mapping)?;
    let format = match &usage.format {
        Some(format) => {
            let names = || UsageFormat::ALL.map(UsageFormat::name).join(", ");
            let known: UsageFormat = format.parse().map_err(|_| Failure {
                sentence: session.text("cli-bad-format", &[("text", format.clone().into()), ("known", names().into())]),
                code: WRONG_USE,
            })?;
            json!(known.name())
        }
        None => inspection["format"].clone(),
    };
    let source = match &usage.source {
        Some(source) => json!(source),
        None => inspection["source"].clone(),
    };
    let request = json!({ "path": usage.path, "format": format, "mapping": mapping, "source": source });
    let plan = session.job("import_plan", request).await?;
    if let Some(path) = &usage.issues {
        session
            .call("import_issues_export", json!({ "planId": plan["id"], "path": path, "replace": usage.force }))
            .await?;
    }
    if usage.dry_run {
        session.print(&plan, |plan| describe(session, plan));
        // A plan that would import nothing out of bad rows is a failure for whoever waits for the data.
        let nothing = plan["rows"]["good"] == 0 && plan["rows"]["bad"] != 0;
        return Ok(if nothing { FAILED } else { 0 });
    }
    if !session.json {
        output::say(&describe(session, &plan));
    }
    let commit = json!({ "planId": plan["id"], "onConflict": usage.on_conflict.map(|choice| choice.name()) });
    let summary = session.job("import_commit", commit).await?;
    if session.json {
        output::json(&json!({ "plan": plan, "summary": summary }));
    } else {
        let id = if summary["unchanged"] == true { "cli-import-unchanged" } else { "cli-imported" };
        let count = |name: &str| summary[name].as_u64().unwrap_or(0);
        output::say(&session.text(id, &[("rows", count("rows").into()), ("cells", count("cells").into())]));
    }
    Ok(0)
}

fn unknown_field(session: &Session, field: &str) -> Failure {
    let known = Field::ALL.map(Field::name).join(", ");
    let args = [("text", field.trim().to_owned().into()), ("known", known.into())];
    Failure { sentence: session.text("cli-bad-field", &args), code: WRONG_USE }
}

/// Puts what was said on the command line over the guessed mapping.
fn apply(session: &Session, usage: &Usage, mapping: &mut Value) -> Result<(), Failure> {
    let wrong = |text: &str| Failure {
        sentence: session.text("cli-bad-mapping", &[("text", text.to_owned().into())]),
        code: WRONG_USE,
    };
    // With a mapping of one's own the guesses are not mixed in.
    if !usage.map.is_empty() {
        mapping["columns"] = json!([]);
    }
    for pair in &usage.map {
        let (column, field) = pair.rsplit_once('=').ok_or_else(|| wrong(pair))?;
        field.parse::<Field>().map_err(|_| unknown_field(session, field))?;
        if let Some(columns) = mapping["columns"].as_array_mut() {
            columns.push(json!({ "field": field.trim(), "column": column.trim() }));
        }
    }
    for pair in &usage.set {
        let (field, value) = pair.split_once('=').ok_or_else(|| wrong(pair))?;
        let field = field.trim();
        field.parse::<Field>().map_err(|_| unknown_field(session, field))?;
        if let Some(columns) = mapping["columns"].as_array_mut() {
            columns.retain(|c| c["field"] != field);
        }
        if let Some(constants) = mapping["constants"].as_array_mut() {
            constants.retain(|c| c["field"] != field);
            constants.push(json!({ "field": field, "value": value.trim() }));
        }
    }
    if let Some(zone) = &usage.time_zone {
        mapping["timeZone"] = json!(zone);
    }
    if usage.input_excludes_cache {
        mapping["inputIncludesCache"] = json!(false);
    }
    if let Some(currency) = &usage.cost_currency {
        mapping["costCurrency"] = json!(currency);
    }
    if usage.day_first {
        mapping["dayFirst"] = json!(true);
    }
    Ok(())
}

/// The plan in a few lines: rows, period, tokens, cost, what is wrong.
fn describe(session: &Session, plan: &Value) -> String {
    let count = |value: &Value| value.as_u64().unwrap_or(0);
    let rows = &plan["rows"];
    let mut lines = vec![session.text(
        "cli-plan-rows",
        &[
            ("file", output::text(&plan["name"]).into()),
            ("good", count(&rows["good"]).into()),
            ("bad", count(&rows["bad"]).into()),
            ("duplicate", count(&rows["duplicate"]).into()),
            ("skipped", count(&rows["skipped"]).into()),
        ],
    )];
    if !plan["period"].is_null() {
        let period = &plan["period"];
        lines.push(session.text(
            "cli-plan-period",
            &[("from", output::text(&period["from"]).into()), ("to", output::text(&period["to"]).into())],
        ));
    }
    for amount in plan["totals"]["computed"].as_array().into_iter().flatten() {
        lines.push(session.text("cli-plan-cost", &[("amount", output::money(amount).into())]));
    }
    for unpriced in plan["unpriced"].as_array().into_iter().flatten() {
        lines.push(session.text(
            "cli-plan-unpriced",
            &[
                ("vendor", output::name(&unpriced["vendor"]).into()),
                ("model", output::name(&unpriced["model"]).into()),
                ("tokens", output::text(&unpriced["tokens"]).into()),
            ],
        ));
    }
    let cells = &plan["cells"];
    if count(&cells["conflict"]) > 0 {
        lines.push(session.text("cli-plan-conflict", &[("cells", count(&cells["conflict"]).into())]));
    }
    for issue in plan["issues"].as_array().into_iter().flatten().take(10) {
        let value = issue["value"].as_str().unwrap_or_default();
        let params = issue["params"].as_object().into_iter().flatten();
        let mut args: Vec<_> = params.map(|(name, text)| (name.as_str(), output::text(text).into())).collect();
        args.push(("value", value.into()));
        let reason = session.text(&format!("issue-{}", output::text(&issue["code"])), &args);
        let column = issue["column"].as_str().unwrap_or_default();
        let id = if column.is_empty() { "cli-issue" } else { "cli-issue-column" };
        let row = output::text(&issue["row"]);
        lines.push(session.text(id, &[("row", row.into()), ("column", column.into()), ("reason", reason.into())]));
    }
    let hidden = count(&plan["issuesTotal"]).saturating_sub(10);
    if hidden > 0 {
        lines.push(session.text("cli-issues-more", &[("count", hidden.into())]));
    }
    lines.join("\n")
}
