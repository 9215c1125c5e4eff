//! The usage fixtures as feeds, each with the mapping a person would give it.

use serde_json::{Value, json};

use crate::fixture;

/// A file of a feed, read as a person would say.
#[derive(Debug, Clone)]
pub struct Source {
    pub path: String,
    pub format: &'static str,
    pub feed: String,
    pub constants: Vec<(&'static str, &'static str)>,
    pub columns: Vec<(&'static str, &'static str)>,
}

impl Source {
    fn fixture(name: &str, format: &'static str) -> Self {
        let path = fixture(&format!("usage/{name}")).to_string_lossy().into_owned();
        Self { path, format, feed: name.to_owned(), constants: vec![], columns: vec![] }
    }

    fn generic(
        name: &str,
        format: &'static str,
        columns: &[(&'static str, &'static str)],
        constants: &[(&'static str, &'static str)],
    ) -> Self {
        Self { columns: columns.to_vec(), constants: constants.to_vec(), ..Self::fixture(name, format) }
    }

    /// As the window and the program take it.
    pub fn mapping(&self) -> Value {
        let columns: Vec<Value> = self.columns.iter().map(|(f, c)| json!({ "field": f, "column": c })).collect();
        let constants: Vec<Value> = self.constants.iter().map(|(f, v)| json!({ "field": f, "value": v })).collect();
        let is_costed = self.columns.iter().any(|(field, _)| *field == "cost");
        json!({ "columns": columns, "constants": constants, "timeZone": "UTC", "inputIncludesCache": true,
            "costCurrency": if is_costed { json!("USD") } else { Value::Null }, "dayFirst": null, "decimalComma": null })
    }

    /// As a step of a scenario for the oracle.
    pub fn step(&self) -> Value {
        let mut mapping = self.mapping();
        mapping["dayFirst"] = json!(false);
        mapping["decimalComma"] = json!(self.feed.starts_with("semicolons"));
        json!({ "op": "import", "path": self.path, "format": self.format, "feed": self.feed, "mapping": mapping, "onConflict": "keep" })
    }
}

/// Every fixture that holds usage or a bill.
pub fn sources() -> Vec<Source> {
    let otel = [
        ("timestamp", "timestamp"),
        ("vendor", "attributes.gen_ai.provider.name"),
        ("model", "attributes.gen_ai.request.model"),
        ("session", "attributes.gen_ai.conversation.id"),
        ("success", "status"),
        ("input-tokens", "attributes.gen_ai.usage.input_tokens"),
        ("cache-read-tokens", "attributes.gen_ai.usage.cache_read.input_tokens"),
        ("output-tokens", "attributes.gen_ai.usage.output_tokens"),
        ("reasoning-tokens", "attributes.gen_ai.usage.reasoning.output_tokens"),
    ];
    let german = [
        ("timestamp", "Zeitpunkt"),
        ("vendor", "Anbieter"),
        ("model", "Modell"),
        ("feature", "Produkt"),
        ("tenant", "Kunde"),
        ("success", "Erfolg"),
        ("input-tokens", "Eingabe"),
        ("output-tokens", "Ausgabe"),
        ("cost", "Kosten"),
    ];
    let gaps = [
        ("timestamp", "time"),
        ("vendor", "vendor"),
        ("model", "model"),
        ("feature", "feature"),
        ("session", "session_id"),
        ("success", "success"),
        ("input-tokens", "input_tokens"),
        ("cache-read-tokens", "cached_tokens"),
        ("output-tokens", "output_tokens"),
    ];
    let azure = [("timestamp", "TIMESTAMP"), ("input-tokens", "ContextTokens"), ("output-tokens", "GeneratedTokens")];
    vec![
        Source::fixture("anthropic_cost.csv", "anthropic-cost-csv"),
        Source::fixture("anthropic_usage.csv", "anthropic-usage-csv"),
        Source::fixture("anthropic_usage_short.csv", "anthropic-usage-csv"),
        Source::fixture("litellm_spend_logs.json", "litellm-spend-logs"),
        Source::fixture("litellm_spend_logs.jsonl", "litellm-spend-logs"),
        Source::fixture("openai_usage_page.json", "openai-usage"),
        Source::fixture("openai_usage_pages.json", "openai-usage"),
        Source::fixture("openai_usage_pages.jsonl", "openai-usage"),
        Source::fixture("openai_usage_pages_joined.json", "openai-usage"),
        Source::fixture("openai_costs.json", "openai-costs"),
        Source::generic("otel_spans.jsonl", "generic-jsonl", &otel, &[]),
        Source::generic("semicolons_decimal_comma.csv", "generic-csv", &german, &[]),
        Source::generic("semicolons.csv.gz", "generic-csv", &german, &[]),
        Source::generic(
            "AzureLLMInferenceTrace_code.csv",
            "generic-csv",
            &azure,
            &[("vendor", "openai"), ("model", "gpt-4o")],
        ),
        Source::generic("gaps.csv", "generic-csv", &gaps, &[]),
    ]
}
