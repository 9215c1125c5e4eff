//! Results on their way out: one table of answers and scores, or the files of Every Eval Ever.
//!
//! What is written is what counts: of a result that came in twice the later one, without what was taken back. While a round is open
//! nothing leaves that tells candidates apart.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use domain::bakeoff::{Candidate, CandidateId, Criterion};
use domain::stats::mean::mean;
use ingest::bakeoff::export::{Evaluation, Figure, aggregate, instance, instances_path};
use ingest::bakeoff::told::{self, ErrorKind, Place, ResultError, ResultRecord, Score, StatedFigure};
use report::export::csv_cell;
use serde::{Deserialize, Serialize};
use store::suite::StoredCase;
use ts_rs::TS;

use super::Names;
use super::compare::{Loaded, load};
use crate::files::folder_of;
use crate::suite::case_name;
use crate::target::{Agreed, FolderTarget, Target};
use crate::view::Exported;
use crate::{AppError, Context, Result};

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ResultsForm {
    /// One file, a row for each answer, a column for each criterion.
    Csv,
    /// A folder: figures of each candidate as JSON, answers as JSON Lines beside them.
    EveryEvalEver,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResultsExport {
    pub bakeoff_id: domain::id::BakeoffId,
    pub form: ResultsForm,
    /// A file for a table, a folder for Every Eval Ever.
    pub path: String,
    #[serde(default)]
    pub replace: bool,
    #[serde(default)]
    pub create_folder: bool,
}

/// Writes everything that counts of a bake-off's results.
///
/// # Errors
/// `sealed` while a round is open; `results-none`; those of a place for a file.
pub async fn results_export(context: &Context, request: ResultsExport) -> Result<Exported> {
    let path = context.app.path(&request.path);
    let agreed = Agreed { replace: request.replace, create_folder: request.create_folder };
    let file = match request.form {
        ResultsForm::Csv => Some(Target::file(context, path.clone(), agreed).await?),
        ResultsForm::EveryEvalEver => None,
    };
    let open = context.app.open().await?;
    let mut snapshot = open.store.read().await?;
    let names = Names::of(context, &mut snapshot, request.bakeoff_id).await?;
    names.expect_open()?;
    let loaded = load(&open.kept, &mut snapshot, request.bakeoff_id).await?;
    let records = records(&mut snapshot, &loaded, &names).await?;
    if records.is_empty() {
        return Err(AppError::refused("results-none"));
    }
    let settings = store::workspace::settings(&mut snapshot).await?;
    let rows = records.len() as u64;
    if let Some(target) = file {
        target.write(table(&loaded, &records).into_bytes())?;
        return Ok(Exported { path: target.path.to_string_lossy().into_owned(), rows });
    }
    let made = FolderTarget::begin(context, path, agreed).await?;
    let suite = store::suite::get(&mut snapshot, loaded.bakeoff.details.suite_id).await?;
    let suite = format!("{}, v{}", suite.name, loaded.bakeoff.details.version);
    let of = Whole { suite: &suite, organisation: &settings.name, written_at: context.now().timestamp() };
    evaluations(made.place(), &of, &loaded, &names, &records)?;
    Ok(Exported { path: made.finish()?.to_string_lossy().into_owned(), rows })
}

/// A result with the place of its case and whose it is.
struct Out {
    case: usize,
    candidate: CandidateId,
    record: ResultRecord,
}

fn told_of(candidate: &Candidate) -> told::Candidate {
    let some = |text: &str| Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned);
    told::Candidate {
        provider: some(&candidate.details.provider),
        model: some(&candidate.details.model),
        label: candidate.details.name.clone(),
        settings: candidate.details.settings.clone(),
    }
}

/// By case, then candidate, repeat and variant: the same results are the same file, in whatever order they came in.
async fn records(snapshot: &mut store::Snapshot, loaded: &Loaded, names: &Names) -> Result<Vec<Out>> {
    let id = loaded.bakeoff.id;
    let mut said = store::bakeoff::results::said(snapshot, id).await?;
    let mut scores: HashMap<i64, BTreeMap<String, Vec<f64>>> = HashMap::new();
    for score in store::bakeoff::results::scores(snapshot, id).await? {
        scores.entry(score.result).or_default().entry(score.criterion.to_lowercase()).or_default().push(score.value);
    }
    let cases: HashMap<i64, usize> = loaded.cases.iter().enumerate().map(|(at, stored)| (stored.id, at)).collect();
    let candidates: HashMap<CandidateId, (usize, Arc<told::Candidate>)> =
        names.candidates.iter().enumerate().map(|(at, one)| (one.id, (at, Arc::new(told_of(one))))).collect();
    let place = Place { file: Arc::from(""), entry: None, row: None };
    let mut found: Vec<Out> = Vec::with_capacity(loaded.measured.len());
    for one in &loaded.measured {
        let (Some(case), Some((_, candidate))) = (cases.get(&one.case), candidates.get(&one.candidate)) else {
            continue;
        };
        let stored = &loaded.cases[*case].case;
        let texts = said.remove(&one.id).unwrap_or_default();
        let of = scores.remove(&one.id).unwrap_or_default();
        found.push(Out {
            case: *case,
            candidate: one.candidate,
            record: ResultRecord {
                case_id: Some(case_name(stored, *case)),
                scope: None,
                case_identity: Some(domain::suite::hash::identity(&stored.messages)),
                candidate: candidate.clone(),
                repeat: one.repeat,
                variant: Some(one.variant.clone()).filter(|variant| !variant.is_empty()),
                answer: texts.answer,
                scores: loaded.criteria.iter().filter_map(|criterion| score(criterion, &of)).collect(),
                error: one.error.as_ref().map(|kind| ResultError {
                    kind: serde_json::from_value(kind.as_str().into()).unwrap_or(ErrorKind::Run),
                    text: texts.error.unwrap_or_default(),
                }),
                latency_ms: one.latency.map(|micros| micros as f64 / 1_000.0),
                ttft_ms: one.first_token.map(|micros| micros as f64 / 1_000.0),
                tokens: one.tokens,
                cost: one.cost,
                cached: Some(one.cached),
                at: None,
                tags: Vec::new(),
                place: place.clone(),
            },
        });
    }
    found.sort_by(|a, b| {
        let place = |out: &Out| (out.case, candidates.get(&out.candidate).map(|(at, _)| *at), out.record.repeat);
        place(a).cmp(&place(b)).then_with(|| a.record.variant.cmp(&b.record.variant))
    });
    Ok(found)
}

/// Every result of a bake-off as it is kept, for the export of the whole workspace.
pub(crate) async fn plain(
    snapshot: &mut store::Snapshot,
    id: domain::id::BakeoffId,
    candidates: &[Candidate],
) -> Result<Vec<serde_json::Value>> {
    let bakeoff = store::bakeoff::get(snapshot, id).await?;
    let version = store::suite::version_of(snapshot, bakeoff.details.suite_id, bakeoff.details.version).await?;
    let cases = store::suite::cases(snapshot, version.id).await?;
    let cases: HashMap<i64, String> =
        cases.iter().enumerate().map(|(at, stored)| (stored.id, case_name(&stored.case, at))).collect();
    let mut said = store::bakeoff::results::said(snapshot, id).await?;
    let mut scores: HashMap<i64, Vec<serde_json::Value>> = HashMap::new();
    for score in store::bakeoff::results::scores(snapshot, id).await? {
        let told = serde_json::json!({ "criterion": score.criterion, "value": score.value, "source": score.source });
        scores.entry(score.result).or_default().push(told);
    }
    let name = |of: CandidateId| candidates.iter().find(|one| one.id == of).map(|one| one.details.name.clone());
    let measured = store::bakeoff::results::measured(snapshot, id).await?;
    Ok(measured
        .into_iter()
        .map(|one| {
            let texts = said.remove(&one.id).unwrap_or_default();
            serde_json::json!({
                "bakeoff": id, "candidate": name(one.candidate), "case": cases.get(&one.case), "repeat": one.repeat,
                "variant": one.variant, "answer": texts.answer, "error": one.error, "errorText": texts.error,
                "latencyMicros": one.latency, "tokens": one.tokens, "cost": one.cost,
                "scores": scores.remove(&one.id).unwrap_or_default(),
            })
        })
        .collect())
}

/// Scores of one answer by one criterion: their mean, as the comparison takes them.
fn score(criterion: &Criterion, of: &BTreeMap<String, Vec<f64>>) -> Option<Score> {
    let values = of.get(&criterion.name.to_lowercase())?;
    Some(Score {
        scorer: criterion.name.clone(),
        value: values.iter().sum::<f64>() / values.len() as f64,
        scale: None,
        reason: None,
        rater: None,
    })
}

/// Columns by the names an import takes them for.
fn table(loaded: &Loaded, records: &[Out]) -> String {
    let has_answers = records.iter().any(|out| out.record.answer.is_some());
    let mut header: Vec<String> =
        ["case_id", "candidate", "provider", "model", "repeat", "variant", "input"].map(str::to_owned).to_vec();
    header.extend(has_answers.then(|| "answer".to_owned()));
    let measured =
        ["error", "latency_ms", "ttft_ms", "input_tokens", "cache_read_tokens", "output_tokens", "reasoning_tokens"];
    header.extend(measured.map(str::to_owned));
    let has_costs = records.iter().any(|out| out.record.cost.is_some());
    header.extend(has_costs.then(|| ["cost", "currency"].map(str::to_owned)).into_iter().flatten());
    let has_cached = records.iter().any(|out| out.record.cached == Some(true));
    header.extend(has_cached.then(|| "cached".to_owned()));
    header.extend(loaded.criteria.iter().map(|criterion| format!("score_{}", criterion.name)));
    let line = |cells: &[String]| cells.iter().map(|cell| csv_cell(cell)).collect::<Vec<_>>().join(",") + "\r\n";
    let mut text = line(&header);
    for out in records {
        let one = &out.record;
        let number = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
        let tokens = |of: fn(&domain::usage::TokenCounts) -> u64| {
            one.tokens.as_ref().map_or_else(String::new, |tokens| of(tokens).to_string())
        };
        let mut cells = vec![
            one.case_id.clone().unwrap_or_default(),
            one.candidate.label.clone(),
            one.candidate.provider.clone().unwrap_or_default(),
            one.candidate.model.clone().unwrap_or_default(),
            one.repeat.to_string(),
            one.variant.clone().unwrap_or_default(),
            crate::suite::asked(&loaded.cases[out.case].case),
        ];
        // An empty cell is an answer that is empty: where there are none at all, there is no column.
        cells.extend(has_answers.then(|| one.answer.clone().unwrap_or_default()));
        cells.extend([
            one.error.as_ref().map_or_else(String::new, ResultError::to_text),
            number(one.latency_ms),
            number(one.ttft_ms),
            tokens(|tokens| tokens.input_total() - tokens.cache_read),
            tokens(|tokens| tokens.cache_read),
            tokens(|tokens| tokens.output_total()),
            tokens(|tokens| tokens.reasoning),
        ]);
        if has_costs {
            cells.push(one.cost.map_or_else(String::new, |cost| cost.amount()));
            cells.push(one.cost.map_or_else(String::new, |cost| cost.currency().code().to_owned()));
        }
        cells.extend(has_cached.then(|| one.cached.map_or_else(String::new, |cached| cached.to_string())));
        cells.extend(loaded.criteria.iter().map(|criterion| {
            number(one.scores.iter().find(|score| score.scorer == criterion.name).map(|score| score.value))
        }));
        text.push_str(&line(&cells));
    }
    text
}

/// What is the same of every candidate.
struct Whole<'w> {
    suite: &'w str,
    organisation: &'w str,
    written_at: i64,
}

const SOURCE: &str = "Quarterdeck";

/// One file of figures for each candidate, and beside it one of answers.
fn evaluations(folder: &Path, whole: &Whole, loaded: &Loaded, names: &Names, records: &[Out]) -> Result<()> {
    let internal = |error: serde_json::Error| AppError::Internal(error.to_string());
    for (at, id) in loaded.candidates.iter().enumerate() {
        let Some(candidate) = names.candidates.iter().find(|one| one.id == *id).map(told_of) else { continue };
        let figures = figures(loaded, at, &Arc::new(candidate.clone()));
        let evaluation = format!("{SOURCE}/{}/{}/{}", loaded.bakeoff.id, id.0, whole.written_at);
        let figures: Vec<Figure<'_>> = figures
            .iter()
            .map(|(stated, criterion)| Figure {
                figure: stated,
                lower_is_better: criterion.best < criterion.worst,
                scale: Some((criterion.worst.min(criterion.best), criterion.worst.max(criterion.best))),
            })
            .collect();
        let mut of = Evaluation {
            id: &evaluation,
            written_at: whole.written_at,
            organisation: whole.organisation,
            candidate: &candidate,
            suite: whole.suite,
            library: (SOURCE, env!("CARGO_PKG_VERSION")),
            figures: &figures,
            instances: None,
        };
        let mut lines = String::new();
        let mut rows = 0;
        for out in records.iter().filter(|out| out.candidate == *id) {
            let StoredCase { case, .. } = &loaded.cases[out.case];
            for criterion in &loaded.criteria {
                let ends = (criterion.passes, criterion.worst);
                let Some(line) = instance(&of, case, &out.record, &criterion.name, ends) else { continue };
                lines.push_str(&serde_json::to_string(&line).map_err(internal)?);
                lines.push('\n');
                rows += 1;
            }
        }
        let place = instances_path(&evaluation, SOURCE, &candidate);
        let hash = ingest::hash_bytes(lines.as_bytes());
        if rows > 0 {
            of.instances = Some((&place, &hash, rows));
        }
        let answers = folder.join(&place);
        std::fs::create_dir_all(folder_of(&answers))?;
        let beside = place.replace("_samples.jsonl", ".json");
        std::fs::write(folder.join(beside), serde_json::to_vec_pretty(&aggregate(&of)).map_err(internal)?)?;
        if rows > 0 {
            std::fs::write(answers, lines)?;
        }
    }
    Ok(())
}

/// The mean of a candidate by each criterion, on the criterion's own scale, with its standard error over cases.
fn figures<'l>(loaded: &'l Loaded, at: usize, candidate: &Arc<told::Candidate>) -> Vec<(StatedFigure, &'l Criterion)> {
    let of = |(place, criterion): (usize, &'l Criterion)| {
        let found = mean(loaded.column(at, place), &loaded.design()).ok()?;
        let stated = StatedFigure {
            candidate: candidate.clone(),
            scope: None,
            scorer: None,
            metric: criterion.name.clone(),
            filter: None,
            value: found.value,
            standard_error: found.se,
            interval: None,
            n: Some(found.cases as u64),
            place: Place { file: Arc::from(""), entry: None, row: None },
        };
        Some((stated, criterion))
    };
    loaded.criteria.iter().enumerate().filter_map(of).collect()
}
