//! `quarterdeck bakeoff`: from result files to a comparison.

use app::bakeoff::blind::{CloseRequest, RoundRow};
use app::bakeoff::compare::ComparisonView;
use app::bakeoff::decide::{DecisionContent, DecisionDraft, DecisionTrial, DecisionView, SignRequest, VerifyView};
use app::bakeoff::export::{ResultsExport, ResultsForm};
use app::bakeoff::memo::MEMO;
use app::bakeoff::results::ResultImportRef;
use app::bakeoff::scorers::{ScorerDraft, ScorerRef, ScorerRun};
use app::bakeoff::{BakeoffDraft, BakeoffRef, BakeoffRow, BakeoffView};
use app::frame::review::DocumentRef;
use app::reports::{ReportExport, ReportExported};
use app::view::Exported;
use clap::Args;

use super::report::PaperName;
use super::suite;
use crate::subcommand::Subcommand;
use crate::{ALERTS, Failure, Session, drafts, output};

mod import;

pub use import::{issues, mapping};

const DECISION: &str = r#"{"weights":{"score":3,"cost":1,"latency":1},"gates":[{"kind":"latency","mostMs":4000}],"choice":2,"rationale":"Why","dissent":"","approvers":["Ada"]}"#;

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
    #[command(after_help = import::EXAMPLES)]
    Import(import::Import),
    /// Take back an import of results, by its id ('status' lists them); what it replaced counts again
    Revert {
        /// Id of the import
        import: String,
    },
    /// Write what counts of the results: one CSV file, or a folder as Every Eval Ever has it
    Export {
        /// Id or name
        bakeoff: String,
        #[arg(long)]
        out: String,
        /// A folder of Every Eval Ever, schema 0.3, instead of one CSV file
        #[arg(long)]
        every_eval_ever: bool,
        /// Replace what is there
        #[arg(long)]
        force: bool,
    },
    /// Score every answer by a rule, as JSON: {"kind":"pattern","pattern":"(?i)paris","ignoreCase":true}; again with none
    Score {
        /// Id or name
        bakeoff: String,
        #[arg(long)]
        criterion: String,
        #[arg(long)]
        rule: Option<String>,
    },
    /// Close the open round: names are shown from here on
    Close {
        /// Id or name
        bakeoff: String,
        #[arg(long)]
        by: String,
    },
    /// Keep a decision as it is written in a JSON file, or on standard input for "-"; sign it with --sign
    #[command(after_help = DECISION)]
    Decide {
        /// Id or name
        bakeoff: String,
        file: Option<String>,
        /// Sign it in this person's name
        #[arg(long)]
        sign: Option<String>,
    },
    /// Check signed decisions against the file; exit code 3 where one no longer holds
    Verify {
        /// Id or name
        bakeoff: String,
    },
    /// Write the memo as PDF
    Memo {
        /// Id or name
        bakeoff: String,
        #[arg(long)]
        out: String,
        /// Replace the file if it is there
        #[arg(long)]
        force: bool,
        #[arg(long, value_enum, default_value = "a4")]
        paper: PaperName,
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
                    owner: owner.clone(),
                    minimum_effect: *minimum_effect,
                    repeats: *repeats,
                    ..BakeoffDraft::on(name.clone(), found.id, version)
                };
                let made: BakeoffRef = session.call("bakeoff_save", draft).await?;
                let view: BakeoffView = session.call("bakeoff", BakeoffRef { id: made.id }).await?;
                session.print(&view, |view| format!("{}  {}\n{}", view.row.id, view.row.name, view.power.sentence));
            }
            BakeoffCommand::Import(import) => import.run(session).await?,
            BakeoffCommand::Revert { import } => {
                let which = ResultImportRef { id: session.id(import)? };
                let (): () = session.call("results_revert", &which).await?;
                session.print(&which, |_| session.text("cli-results-reverted", &[]));
            }
            BakeoffCommand::Export { bakeoff, out, every_eval_ever, force } => {
                let row = find(session, bakeoff).await?;
                let form = if *every_eval_ever { ResultsForm::EveryEvalEver } else { ResultsForm::Csv };
                let request = ResultsExport {
                    bakeoff_id: row.id,
                    form,
                    path: out.clone(),
                    replace: *force,
                    create_folder: false,
                };
                let done: Exported = session.call("results_export", request).await?;
                session.print(&done, |done| {
                    let args = [("path", done.path.as_str().into()), ("rows", output::count(done.rows as i64).into())];
                    session.text("cli-results-exported", &args)
                });
            }
            BakeoffCommand::Score { bakeoff, criterion, rule } => {
                let row = find(session, bakeoff).await?;
                let run: ScorerRun = match rule {
                    Some(rule) => {
                        let rule = serde_json::from_str(rule)
                            .map_err(|error| session.misuse("rule-unreadable", &[("cause", &error.to_string())]))?;
                        let draft = ScorerDraft { bakeoff_id: row.id, criterion: criterion.clone(), rule };
                        session.call("scorer_save", draft).await?
                    }
                    None => {
                        let again = ScorerRef { bakeoff_id: row.id, criterion: criterion.clone() };
                        session.call("scorer_run", again).await?
                    }
                };
                session.print(&run, |run| {
                    let args = [
                        ("scored", output::count(run.scored).into()),
                        ("unscored", output::count(run.unscored).into()),
                    ];
                    session.text("cli-scored", &args)
                });
            }
            BakeoffCommand::Close { bakeoff, by } => {
                let row = find(session, bakeoff).await?;
                let rounds: Vec<RoundRow> = session.call("rounds", BakeoffRef { id: row.id }).await?;
                let open = rounds.into_iter().find(|round| round.open);
                let open = open.ok_or_else(|| session.misuse("no-open-round", &[("bakeoff", bakeoff)]))?;
                let (): () = session.call("round_close", CloseRequest { id: open.id, by: by.clone() }).await?;
                session.print(&row, |row| session.text("cli-round-closed", &[("bakeoff", row.name.as_str().into())]));
            }
            BakeoffCommand::Decide { bakeoff, file, sign } => {
                let row = find(session, bakeoff).await?;
                let mut view: Option<DecisionView> = None;
                if let Some(file) = file {
                    let content: DecisionContent = drafts::read(session, file, DECISION)?;
                    view = Some(session.call("decision_save", DecisionDraft { bakeoff_id: row.id, content }).await?);
                }
                if let Some(by) = sign {
                    let content = view.map(|view| view.content);
                    let request = SignRequest { bakeoff_id: row.id, by: by.clone(), content };
                    view = Some(session.call("decision_sign", request).await?);
                }
                let view = match view {
                    Some(view) => view,
                    None => session.call("decision", DecisionTrial { bakeoff_id: row.id, content: None }).await?,
                };
                session.print(&view, |view| decision_text(session, view));
            }
            BakeoffCommand::Verify { bakeoff } => {
                let row = find(session, bakeoff).await?;
                let checked: Vec<VerifyView> = session.call("decision_verify", BakeoffRef { id: row.id }).await?;
                session.print(&checked, |checked| verify_text(session, checked));
                return Ok(if checked.iter().all(|one| one.holds) { 0 } else { ALERTS });
            }
            BakeoffCommand::Memo { bakeoff, out, force, paper } => {
                let row = find(session, bakeoff).await?;
                let request = ReportExport {
                    document: DocumentRef { kind: MEMO.to_owned(), subject: row.id.to_string() },
                    paper: (*paper).into(),
                    lang: session.language,
                    path: out.clone(),
                    replace: *force,
                    create_folder: false,
                };
                let done: ReportExported = session.call("report_export", request).await?;
                session.print(&done, |done| {
                    session.text("cli-memo", &[("path", done.path.as_str().into()), ("pages", done.pages.into())])
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
                    output::say(&format!(
                        "{}: {}",
                        view.row.name,
                        comparison.power.as_ref().unwrap_or(&view.power).sentence
                    ));
                    table(session, &comparison);
                    comparison.notes.iter().for_each(|note| output::note(note));
                    for import in view.imports.iter().filter(|import| !import.reverted) {
                        let args = [
                            ("id", import.id.to_string().into()),
                            ("name", import.name.as_str().into()),
                            ("results", output::count(import.results).into()),
                        ];
                        output::note(&session.text("cli-results-import", &args));
                    }
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
    let is_wanted = |row: &BakeoffRow| row.id.to_string() == wanted || row.name.to_lowercase() == wanted.to_lowercase();
    let mut found = rows.into_iter().filter(is_wanted);
    match (found.next(), found.next()) {
        // Signing the other one of two would be hard to take back.
        (Some(_), Some(_)) => Err(session.misuse("several-bakeoffs", &[("bakeoff", wanted)])),
        (Some(one), None) => Ok(one),
        _ => Err(session.misuse("no-such-bakeoff", &[("bakeoff", wanted)])),
    }
}

fn decision_text(session: &Session, view: &DecisionView) -> String {
    let mut lines: Vec<String> = view
        .candidates
        .iter()
        .map(|one| {
            let gates: Vec<String> = one.gates.iter().map(|gate| format!("{}: {}", gate.name, gate.text)).collect();
            format!("{} ({})  {}  {}  {}", one.name, one.id.0, one.score_text, one.first_text, gates.join("; "))
        })
        .collect();
    lines.extend(view.findings.iter().cloned());
    if !view.undecided.is_empty() {
        lines.push(view.undecided.clone());
    }
    if let Some(signed) = &view.signed {
        let args = [("by", signed.by.as_str().into()), ("hash", signed.hash.as_str().into())];
        lines.push(session.text("cli-decision-signed", &args));
    }
    lines.join("\n")
}

fn verify_text(session: &Session, checked: &[VerifyView]) -> String {
    if checked.is_empty() {
        return session.text("cli-nothing-signed", &[]);
    }
    let lines = checked.iter().flat_map(|one| {
        let head = match one.version {
            None => session.text("cli-decision-gone", &[]),
            Some(version) => {
                let id = if one.holds { "cli-decision-holds" } else { "cli-decision-changed" };
                session.text(id, &[("version", version.into()), ("hash", one.hash.as_str().into())])
            }
        };
        let changes = one.changes.iter().map(|change| {
            let what = [change.part.as_str(), &change.what].into_iter().filter(|part| !part.is_empty());
            let values = [change.before.as_str(), &change.after].into_iter().filter(|part| !part.is_empty());
            format!("  {}: {}", what.collect::<Vec<_>>().join(" · "), values.collect::<Vec<_>>().join(" → "))
        });
        std::iter::once(head).chain(changes).collect::<Vec<_>>()
    });
    lines.collect::<Vec<_>>().join("\n")
}
