//! Results as Every Eval Ever writes them, schema 0.3: one JSON of figures, and JSON Lines of what was answered.
//!
//! What the schema demands and a result does not tell is written as the schema's own "unknown"; nothing is made up.

use domain::suite::Case;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::told::{Candidate, ResultRecord, StatedFigure};

/// The version of the schema written.
pub const SCHEMA_VERSION: &str = "0.3.0";

/// What is exported as one evaluation.
#[derive(Debug, Clone)]
pub struct Evaluation<'e> {
    /// "source/model/time", unique.
    pub id: &'e str,
    /// Epoch seconds it was written out.
    pub written_at: i64,
    /// Whose figures these are.
    pub organisation: &'e str,
    pub candidate: &'e Candidate,
    /// What the cases are called as a whole: the suite and its version.
    pub suite: &'e str,
    /// The application and its version.
    pub library: (&'e str, &'e str),
    pub figures: &'e [Figure<'e>],
    /// The file of instances beside it: its path as [`instances_path`] gives it, SHA-256, and rows.
    pub instances: Option<(&'e str, &'e str, u64)>,
}

/// A figure, and how to read it.
#[derive(Debug, Clone)]
pub struct Figure<'e> {
    pub figure: &'e StatedFigure,
    pub lower_is_better: bool,
    /// The ends of the scale, where there is one.
    pub scale: Option<(f64, f64)>,
}

/// Where the schema wants the file of instances to lie: `data/{source}/{developer}/{model}/{uuid}_samples.jsonl`. The UUID has the form
/// of version 4, which the schema asks for, and is made of the evaluation's id: the same evaluation lies in the same place.
pub fn instances_path(evaluation: &str, source: &str, candidate: &Candidate) -> String {
    let part = |text: &str| {
        let safe: String =
            text.chars().map(|c| if c.is_alphanumeric() || "-._".contains(c) { c } else { '_' }).collect();
        let safe = safe.trim_matches('.').to_owned();
        if safe.is_empty() { "unknown".to_owned() } else { safe }
    };
    let digest = Sha256::digest(evaluation.as_bytes());
    let bytes = std::array::from_fn(|place| digest[place]);
    let developer = part(candidate.provider.as_deref().unwrap_or("unknown"));
    let model = part(candidate.model.as_deref().unwrap_or(&candidate.label));
    let uuid = uuid::Builder::from_random_bytes(bytes).into_uuid();
    format!("data/{}/{developer}/{model}/{uuid}_samples.jsonl", part(source))
}

fn model(candidate: &Candidate) -> Value {
    let id = match (&candidate.provider, &candidate.model) {
        (Some(provider), Some(model)) => format!("{provider}/{model}"),
        (None, Some(model)) => model.clone(),
        _ => candidate.label.clone(),
    };
    let mut details: Map<String, Value> =
        candidate.settings.iter().map(|(key, value)| (key.clone(), Value::String(value.clone()))).collect();
    details.insert("deployment_type".into(), "unknown".into());
    details.insert("model_availability".into(), "unknown".into());
    let mut model = json!({ "name": candidate.label, "id": id, "additional_details": details });
    if let Some(provider) = &candidate.provider {
        model["inference_platform"] = json!(provider);
    }
    model
}

/// The figures of one candidate.
pub fn aggregate(of: &Evaluation<'_>) -> Value {
    let figures: Vec<Value> = of.figures.iter().map(|figure| result(of, figure)).collect();
    let mut all = json!({
        "schema_version": SCHEMA_VERSION,
        "evaluation_id": of.id,
        "retrieved_timestamp": of.written_at.to_string(),
        "source_metadata": {
            "source_name": of.library.0,
            "source_type": "evaluation_run",
            "source_organization_name": of.organisation,
            "evaluator_relationship": "third_party",
        },
        "eval_library": { "name": of.library.0, "version": of.library.1 },
        "model_info": model(of.candidate),
        "evaluation_results": figures,
    });
    if let Some((file, sha256, rows)) = of.instances {
        all["detailed_evaluation_results"] = json!({
            "format": "jsonl", "file_path": file, "hash_algorithm": "sha256", "checksum": sha256, "total_rows": rows,
        });
    }
    all
}

fn result(of: &Evaluation<'_>, figure: &Figure<'_>) -> Value {
    let stated = figure.figure;
    let mut metric =
        json!({ "metric_id": stated.metric, "metric_name": stated.metric, "lower_is_better": figure.lower_is_better });
    if let Some((low, high)) = figure.scale {
        metric["score_type"] = json!("continuous");
        metric["min_score"] = json!(low);
        metric["max_score"] = json!(high);
    }
    let mut uncertainty = Map::new();
    if let Some(error) = stated.standard_error {
        uncertainty.insert("standard_error".into(), json!({ "value": error, "method": "analytic" }));
    }
    if let Some((lower, upper)) = stated.interval {
        uncertainty
            .insert("confidence_interval".into(), json!({ "lower": lower, "upper": upper, "confidence_level": 0.95 }));
    }
    if let Some(n) = stated.n {
        uncertainty.insert("num_samples".into(), json!(n));
    }
    let mut score = json!({ "score": stated.value });
    if !uncertainty.is_empty() {
        score["uncertainty"] = Value::Object(uncertainty);
    }
    json!({
        "evaluation_result_id": result_id(stated),
        "evaluation_name": stated.scope.as_deref().unwrap_or(of.suite),
        "source_data": { "dataset_name": of.suite, "source_type": "other" },
        "metric_config": metric,
        "score_details": score,
    })
}

fn result_id(stated: &StatedFigure) -> String {
    let parts = [stated.scope.as_deref(), Some(stated.metric.as_str()), stated.filter.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join("/")
}

/// One answer under one scorer, as a line of the file of instances. `passes` says from which value an answer counts as right. A request
/// that failed has the `worst` score beside its error: the schema knows no line without one. `None` for an answer that this scorer did
/// not score.
pub fn instance(
    evaluation: &Evaluation<'_>,
    case: &Case,
    result: &ResultRecord,
    scorer: &str,
    (passes, worst): (f64, f64),
) -> Option<Value> {
    let score = match result.scores.iter().find(|score| score.scorer == scorer) {
        Some(score) => score.value,
        None => result.error.as_ref().map(|_| worst)?,
    };
    let asked = case.messages.iter().map(|message| message.content.as_str()).collect::<Vec<_>>().join("\n\n");
    let info = model(&result.candidate);
    let mut line = json!({
        "schema_version": SCHEMA_VERSION,
        "evaluation_id": evaluation.id,
        "model_id": info["id"],
        "evaluation_name": evaluation.suite,
        "evaluation_result_id": scorer,
        "sample_id": result.case_id.clone().or_else(|| result.case_identity.map(|hash| hash.to_string())).unwrap_or_default(),
        "sample_hash": result.case_identity.map(|hash| hash.to_string()),
        "interaction_type": "single_turn",
        "input": { "raw": asked, "reference": case.reference },
        "output": { "raw": [result.answer.clone().unwrap_or_default()] },
        "answer_attribution": [{
            "turn_idx": 0,
            "source": "output.raw",
            "extracted_value": result.answer.clone().unwrap_or_default(),
            "extraction_method": "none",
            "is_terminal": true,
        }],
        "evaluation": { "score": score, "is_correct": score >= passes },
        "metadata": { "repeat": result.repeat.to_string() },
    });
    if let Some(tokens) = &result.tokens {
        // Written apart as Inspect does: the total tells that the cached part stands beside the input.
        let write = tokens.cache_write_5m + tokens.cache_write_1h;
        let input = tokens.input_total() - tokens.cache_read - write;
        line["token_usage"] = json!({
            "input_tokens": input,
            "output_tokens": tokens.output_total(),
            "total_tokens": tokens.total(),
            "input_tokens_cache_write": write,
            "input_tokens_cache_read": tokens.cache_read,
            "reasoning_tokens": tokens.reasoning,
        });
    }
    if result.latency_ms.is_some() || result.ttft_ms.is_some() {
        line["performance"] = json!({ "latency_ms": result.latency_ms, "time_to_first_token_ms": result.ttft_ms });
    }
    if let Some(error) = &result.error {
        line["error"] = json!(error.to_text());
    }
    Some(line)
}
