//! `quarterdeck economics`.

use serde_json::{Value, json};

use crate::arguments::Economics;
use crate::{Failure, Session, WRONG_USE, output};

const DIMENSIONS: [&str; 5] = ["vendor", "model", "feature", "tenant", "environment"];

pub async fn show(session: &Session, query: &Economics) -> Result<u8, Failure> {
    let wrong = |text: &str| Failure {
        sentence: session.text("cli-bad-dimension", &[("text", text.to_owned().into())]),
        code: WRONG_USE,
    };
    if let Some(unknown) = query.by.iter().find(|by| !DIMENSIONS.contains(&by.as_str())) {
        return Err(wrong(unknown));
    }
    let mut filters = Vec::new();
    for filter in &query.filter {
        let (dimension, value) = filter.split_once('=').ok_or_else(|| wrong(filter))?;
        if !DIMENSIONS.contains(&dimension) {
            return Err(wrong(dimension));
        }
        filters.push(json!({ "dimension": dimension, "values": [value] }));
    }
    let payload = json!({ "period": query.period, "by": query.by, "filters": filters, "limit": query.limit });
    let view = session.call("economics", payload).await?;
    if session.json {
        output::json(&view);
        return Ok(0);
    }
    output::say(&format!("{} · {}", output::text(&view["period"]["label"]), output::text(&view["timeZone"])));
    let mut header: Vec<String> = query.by.iter().map(|by| session.text(&format!("heading-{by}"), &[])).collect();
    for id in ["requests", "sessions", "tokens", "spend", "cost-per-session", "cost-per-successful-session"] {
        header.push(session.text(&format!("tile-{id}"), &[]));
    }
    let right: Vec<bool> = (0..header.len()).map(|column| column >= query.by.len()).collect();
    let cells = |row: &Value, names: Vec<String>| {
        let mut cells = names;
        cells.extend([
            output::text(&row["requests"]),
            output::text(&row["sessions"]),
            output::text(&row["tokensTotal"]),
            output::money(&row["spend"]),
            output::money(&row["costPerSession"]),
            output::money(&row["costPerSuccessfulSession"]),
        ]);
        cells
    };
    let mut rows: Vec<Vec<String>> = view["rows"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|row| cells(row, row["keys"].as_array().into_iter().flatten().map(output::name).collect()))
        .collect();
    for (key, label) in [("other", "cli-row-other"), ("total", "row-total")] {
        if !view[key].is_null() {
            let mut names = vec![session.text(label, &[])];
            names.resize(query.by.len().max(1), String::new());
            rows.push(cells(&view[key], names));
        }
    }
    output::table(&header, &right, rows);
    for unpriced in view["unpriced"].as_array().into_iter().flatten() {
        eprintln!(
            "{}",
            session.text(
                "cli-plan-unpriced",
                &[
                    ("vendor", output::name(&unpriced["vendor"]).into()),
                    ("model", output::name(&unpriced["model"]).into()),
                    ("tokens", output::text(&unpriced["tokens"]).into()),
                ]
            )
        );
    }
    Ok(0)
}
