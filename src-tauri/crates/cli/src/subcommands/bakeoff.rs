//! `quarterdeck bakeoff`: from result files to a comparison.

use app::bakeoff::compare::ComparisonView;
use app::bakeoff::results::{OnConflict, ResultsImported, ResultsPlan, ResultsRequest};
use app::bakeoff::{BakeoffDraft, BakeoffRef, BakeoffRow, BakeoffView};
use app::wire::{ColumnField, ColumnMapping, RowIssue};
use clap::Args;

use super::suite;
use crate::subcommand::Subcommand;
use crate::{Failure, Session, output};

/// Bake-offs: candidates compared on the cases of a suite
#[derive(Debug, Args)]
pub struct Bakeoff {
    #[command(subcommand)]
    what: BakeoffCommand,
}

#[derive(Debug, clap::Subcommand)]
enum BakeoffCommand {
    /// Bake-offs, with their ids
    List,
    /// Begin a bake-off on a frozen version of a suite
    New {
        name: String,
        /// Id or name of the suite
        #[arg(long)]
        suite: String,
        /// The newest frozen version where none is given
        #[arg(long)]
        version: Option<u32>,
        /// The smallest difference that matters, as a share: 0.02 is two points of a hundred
        #[arg(long, default_value_t = 0.02)]
        minimum_effect: f64,
        #[arg(long, default_value_t = 1)]
        repeats: u32,
        #[arg(long, default_value = "")]
        owner: String,
    },
    /// Bring in results: promptfoo, Inspect, lm-evaluation-harness, HELM, Every Eval Ever, MT-Bench, arena battles, OpenAI evals, CSV, JSON Lines
    Import {
        /// Id or name of the bake-off
        bakeoff: String,
        file: String,
        /// Which column means what: case=ID,candidate=WHO,score=SCORE (or score:CRITERION=COLUMN),answer=TEXT,tag=TOPIC
        #[arg(long, value_delimiter = ',')]
        map: Vec<String>,
        /// Say what would come in, and write nothing
        #[arg(long)]
        dry_run: bool,
        /// Results that are here already and say something else are replaced
        #[arg(long)]
        replace: bool,
    },
    /// What is compared, what came in and how sure it is
    Status {
        /// Id or name
        bakeoff: String,
    },
}

impl Subcommand for Bakeoff {
    async fn run(&self, session: &Session) -> Result<u8, Failure> {
        match &self.what {
            BakeoffCommand::List => list(session).await?,
            BakeoffCommand::New { name, suite, version, minimum_effect, repeats, owner } => {
                let found = suite::find(session, suite).await?;
                let version = version.or(found.frozen);
                let version = version.ok_or_else(|| session.misuse("suite-not-frozen", &[("suite", suite)]))?;
                let draft = BakeoffDraft {
                    id: None,
                    name: name.clone(),
                    owner: owner.clone(),
                    question: String::new(),
                    suite_id: found.id,
                    version,
                    contract_id: None,
                    criteria: Vec::new(),
                    minimum_effect: *minimum_effect,
                    repeats: *repeats,
                    lead_days: 60,
                };
                let made: BakeoffRef = session.call("bakeoff_save", draft).await?;
                let view: BakeoffView = session.call("bakeoff", BakeoffRef { id: made.id }).await?;
                session.print(&view, |view| format!("{}  {}\n{}", view.row.id, view.row.name, view.power.sentence));
            }
            BakeoffCommand::Import { bakeoff, file, map, dry_run, replace } => {
                let row = find(session, bakeoff).await?;
                let request = ResultsRequest {
                    bakeoff_id: row.id,
                    path: file.clone(),
                    format: None,
                    mapping: mapping(session, map)?,
                    candidates: Vec::new(),
                    on_conflict: if *replace { OnConflict::Replace } else { OnConflict::Keep },
                    planned: None,
                };
                let plan: ResultsPlan = session.call("results_plan", request.clone()).await?;
                issues(session, &plan.issues);
                if *dry_run {
                    session.print(&plan, |plan| plan_text(session, plan));
                    return Ok(0);
                }
                let request = ResultsRequest { planned: Some(plan.planned.clone()), ..request };
                let done: ResultsImported = session.call("results_commit", request).await?;
                session.print(&done, |done| {
                    let args = [
                        ("results", output::count(done.results).into()),
                        ("unmatched", output::count(done.unmatched).into()),
                        ("known", output::count(done.known).into()),
                    ];
                    format!("{}\n{}", plan_text(session, &plan), session.text("cli-results-imported", &args))
                });
            }
            BakeoffCommand::Status { bakeoff } => {
                let row = find(session, bakeoff).await?;
                let view: BakeoffView = session.call("bakeoff", BakeoffRef { id: row.id }).await?;
                if view.sealed.is_some() {
                    session.print(&view, |view| format!("{}: {}", view.row.name, view.row.stage_text));
                    return Ok(0);
                }
                let comparison: ComparisonView = session.call("bakeoff_comparison", BakeoffRef { id: row.id }).await?;
                if session.json {
                    output::json(&serde_json::json!({ "bakeoff": view, "comparison": comparison }));
                } else {
                    output::say(&format!("{}: {}", view.row.name, view.power.sentence));
                    table(session, &comparison);
                    comparison.notes.iter().for_each(|note| output::note(note));
                }
            }
        }
        Ok(0)
    }
}

fn table(session: &Session, view: &ComparisonView) {
    let mut header = vec![session.text("column-candidate", &[])];
    for criterion in &view.criteria {
        header.push(criterion.name.clone());
        header.push(session.text("cli-column-difference", &[]));
    }
    header.push(session.text("front-cost", &[]));
    header.push("p95".to_owned());
    let right: Vec<bool> = (0..header.len()).map(|at| at > 0).collect();
    let body = view.candidates.iter().map(|one| {
        let mut row = vec![one.name.clone()];
        for score in &one.scores {
            row.push(format!("{} ({})", score.text, score.interval_text));
            row.push(score.difference_text.clone());
        }
        row.push(one.cost_text.clone());
        row.push(format!("{} ({})", one.p95_text, one.p95_interval_text));
        row
    });
    output::table(&header, &right, body.collect());
}

fn plan_text(session: &Session, plan: &ResultsPlan) -> String {
    let args = [
        ("matched", output::count(plan.matched).into()),
        ("answered", output::count(plan.cases_answered).into()),
        ("cases", output::count(plan.cases).into()),
        ("unmatched", output::count(plan.unmatched).into()),
        ("candidates", plan.candidates.len().into()),
    ];
    let mut text = session.text("cli-results-plan", &args);
    for criterion in &plan.criteria {
        let stated = criterion.stated.iter().map(|one| format!("{} {}", one.candidate, one.text)).collect::<Vec<_>>();
        let stated = if stated.is_empty() { String::new() } else { format!(" ({})", stated.join(", ")) };
        text.push_str(&format!(
            "\n  {}: {} × {}{stated}",
            criterion.name,
            criterion.mean_text,
            output::count(criterion.scores)
        ));
    }
    text
}

async fn list(session: &Session) -> Result<(), Failure> {
    let rows: Vec<BakeoffRow> = session.call("bakeoffs", ()).await?;
    if session.json {
        output::json(&rows);
        return Ok(());
    }
    let header = ["id", "bakeoff", "suite", "cases", "candidates", "results", "state"]
        .map(|id| session.text(&format!("cli-column-{id}"), &[]));
    let body = rows.iter().map(|row| {
        vec![
            row.id.to_string(),
            row.name.clone(),
            row.suite.clone(),
            output::count(row.cases),
            output::count(row.candidates),
            output::count(row.results),
            row.stage_text.clone(),
        ]
    });
    output::table(&header, &[false, false, false, true, true, true, false], body.collect());
    Ok(())
}

/// A bake-off by its id, else by its name.
async fn find(session: &Session, wanted: &str) -> Result<BakeoffRow, Failure> {
    let rows: Vec<BakeoffRow> = session.call("bakeoffs", ()).await?;
    let found =
        rows.into_iter().find(|row| row.id.to_string() == wanted || row.name.to_lowercase() == wanted.to_lowercase());
    found.ok_or_else(|| session.misuse("no-such-bakeoff", &[("bakeoff", wanted)]))
}

/// "case=ID,score:accuracy=ACC" as a mapping; none where nothing is said.
pub fn mapping(session: &Session, map: &[String]) -> Result<Option<ColumnMapping>, Failure> {
    if map.is_empty() {
        return Ok(None);
    }
    let mut mapping = ColumnMapping::default();
    for pair in map {
        let Some((field, column)) = pair.split_once('=') else {
            return Err(session.misuse("map-pair", &[("pair", pair)]));
        };
        let (field, column) = (field.trim(), column.trim().to_owned());
        let (name, criterion) = field.split_once(':').unwrap_or((field, ""));
        if name == "score" {
            let criterion = if criterion.is_empty() { column.clone() } else { criterion.to_owned() };
            mapping.scores.push(app::wire::ScoreColumn { criterion, column });
            continue;
        }
        let name = if name == "case" { "case-id" } else { name };
        let field: ColumnField = name.parse().map_err(|_| session.misuse("map-field", &[("field", name)]))?;
        mapping.columns.push(app::wire::MeantColumn { field, column });
    }
    Ok(Some(mapping))
}

/// What was wrong row by row, on standard error.
pub fn issues(session: &Session, issues: &[RowIssue]) {
    const SHOWN: usize = 20;
    for issue in issues.iter().take(SHOWN) {
        let args: Vec<_> = issue.params.iter().map(|(name, text)| (name.as_str(), text.as_str().into())).collect();
        let place = issue.row.map_or_else(String::new, |row| format!("{row}: "));
        output::note(&format!("{place}{}", session.text(&format!("issue-{}", issue.code), &args)));
    }
    if issues.len() > SHOWN {
        output::note(&format!("… {}", output::count((issues.len() - SHOWN) as i64)));
    }
}
