//! OpenAI's organization costs API: pages of day buckets of amounts by line item, as saved from the API. Money only.
//!
//! `amount.value` is a number or a text; `line_item` names the model and what was charged: "gpt-4o-2024-08-06, cached input",
//! "Image models", "Web search tool calls".

use std::path::Path;

use domain::economics::ChargeKind;
use domain::money::Currency;
use serde_json::Value;

use crate::accumulate::Setup;
use crate::json_usage::{Taken, Tally, Verdict, push, scalar, stream};
use crate::number::{self, Evidence};
use crate::openai_usage::{is_day, results};
use crate::sniff::Look;
use crate::timestamp::{SECOND, TimestampReader};
use crate::usage::{Found, Progress};
use crate::{IngestError, Result, RowIssue};

/// Whether a page or bucket states amounts.
pub(crate) fn looks_like(value: &Value) -> bool {
    results(value).any(|result| result.get("amount").is_some_and(Value::is_object))
}

/// The currency of the first amount; a file is of one organization, which is billed in one.
///
/// # Errors
/// A currency that is none.
pub(crate) fn currency(look: &Look) -> Result<Currency> {
    let text = String::from_utf8_lossy(&look.text);
    let stated = text.find("\"currency\"").and_then(|at| text[at + 10..].split('"').nth(1)).unwrap_or("usd");
    stated.parse().map_err(|_| IngestError::file("unknown-currency", &[("currency", stated)]))
}

pub(crate) fn read<'a>(
    path: &Path,
    look: &Look,
    setup: Setup<'a>,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<Found<'a>> {
    let mut timestamps = TimestampReader::new(Some(chrono_tz::UTC), false);
    let currency = setup.reported_currency;
    stream(path, look, setup, progress, |tally, value| {
        let buckets = match value.get("data").and_then(Value::as_array) {
            Some(buckets) => buckets.iter().collect(),
            None => vec![&value],
        };
        buckets.into_iter().try_for_each(|bucket| take_bucket(tally, bucket, currency, &mut timestamps))
    })
}

fn take_bucket(
    tally: &mut Tally<'_>,
    bucket: &Value,
    currency: Currency,
    timestamps: &mut TimestampReader,
) -> std::io::Result<()> {
    let Some(results) = bucket.get("results").and_then(Value::as_array) else {
        tally.count(Verdict::Bad(RowIssue::new("not-a-bucket").value(bucket.to_string().as_bytes())));
        return Ok(());
    };
    for result in results {
        let verdict = match row(bucket, result, currency, timestamps) {
            Ok(taken) => push(tally, taken.record())?,
            Err(issue) => Verdict::Bad(issue),
        };
        tally.count(verdict);
    }
    Ok(())
}

fn row(
    bucket: &Value,
    result: &Value,
    currency: Currency,
    timestamps: &mut TimestampReader,
) -> std::result::Result<Taken, RowIssue> {
    let start = scalar(bucket.get("start_time"));
    let at = timestamps.nanos(start.as_bytes()).map_err(|e| {
        let code = if start.is_empty() { "timestamp-missing" } else { e.code() };
        RowIssue::new(code).column("start_time").value(start.as_bytes())
    })?;
    let end = timestamps.nanos(scalar(bucket.get("end_time")).as_bytes()).unwrap_or(at);
    let is_whole_day = is_day(at, end);
    // A longer bucket is put at its middle, as rows of a day are.
    let at = if end - at > 3600 * SECOND { at + (end - at) / 2 } else { at };
    let amount = result.get("amount");
    let value = scalar(amount.and_then(|amount| amount.get("value")));
    let stated = scalar(amount.and_then(|amount| amount.get("currency")));
    if !stated.is_empty() && !stated.eq_ignore_ascii_case(currency.code()) {
        return Err(RowIssue::new("other-currency")
            .column("amount.currency")
            .value(stated.as_bytes())
            .param("currency", currency));
    }
    let nanos = number::nanos(value.as_bytes(), false, &Evidence::default())
        .map_err(|e| RowIssue::new(e.code()).column("amount.value").value(value.as_bytes()))?;
    let item = scalar(result.get("line_item"));
    let charge = ChargeKind::named(&item);
    // "gpt-4o-2024-08-06, input": the model is before the comma; "Image models" names none.
    let model = match item.split_once(',') {
        Some((model, _)) if charge == ChargeKind::Tokens => model.trim().to_owned(),
        None if charge == ChargeKind::Tokens && !item.contains(' ') => item.clone(),
        _ => String::new(),
    };
    let text = |name: &str| scalar(result.get(name));
    Ok(Taken {
        at,
        is_whole_day,
        reported: Some(nanos),
        charge,
        vendor: "openai".to_owned(),
        model,
        feature: text("api_key_id"),
        tenant: [text("project_id"), text("organization_id")].into_iter().find(|t| !t.is_empty()).unwrap_or_default(),
        ..Taken::default()
    })
}
