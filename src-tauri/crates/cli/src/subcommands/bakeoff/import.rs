//! `quarterdeck bakeoff import`: results of a file, into a bake-off that is there or one that is made for them.

use app::bakeoff::results::{OnConflict, ResultsImported, ResultsPlan, ResultsRequest};
use app::bakeoff::{BakeoffDraft, BakeoffRef, BakeoffRow};
use app::suite::{CasesMode, FreezeRequest, SuiteImport, SuiteImported, SuitePreview, SuiteRow, VersionView};
use app::wire::{BakeoffFormat, ColumnField, ColumnMapping, RowIssue, SuiteKind};
use clap::Args;

use crate::{Failure, Session, output};

pub(super) const EXAMPLES: &str = "\
Examples:
  quarterdeck bakeoff import renewal results.json
  quarterdeck bakeoff import results.csv --format csv --map case=case,candidate=candidate,score=score,tag=tag";

#[derive(Debug, Args)]
pub struct Import {
    /// Id or name of the bake-off, and the file. The file alone: bake-off and suite are called after it, and made where they are missing
    #[arg(num_args = 1..=2, required = true, value_names = ["BAKEOFF", "FILE"])]
    what: Vec<String>,
    /// Which format it is, where the file may be of several: csv, jsonl, promptfoo, inspect-archive, lm-eval …
    #[arg(long)]
    format: Option<String>,
    /// Which column means what: case=ID,candidate=WHO,score=SCORE (or score:CRITERION=COLUMN),answer=TEXT,tag=TOPIC
    #[arg(long, value_delimiter = ',')]
    map: Vec<String>,
    /// 12,5 is twelve and a half (true), or 12.5 is (false), where the file itself does not tell
    #[arg(long, value_name = "BOOL")]
    decimal_comma: Option<bool>,
    /// Say what would come in, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Results that are here already and say something else are replaced
    #[arg(long)]
    replace: bool,
}

/// A bake-off that is there, or what would have to be made for it.
enum Target {
    There(BakeoffRow),
    Missing { name: String },
}

impl Import {
    pub(super) async fn run(&self, session: &Session) -> Result<(), Failure> {
        let format = self.format.as_deref().map(|name| format(session, name)).transpose()?;
        let mapping = mapping(session, &self.map, self.decimal_comma)?;
        let (file, target) = match self.what.as_slice() {
            [bakeoff, file] => (file, Target::There(super::find(session, bakeoff).await?)),
            [file] => (file, of_file(session, file).await?),
            _ => return Err(session.misuse("bakeoff-and-file", &[])),
        };
        let row = match target {
            Target::There(row) => row,
            Target::Missing { name } if self.dry_run => {
                return self.would_make(session, &name, file, (format, mapping)).await;
            }
            Target::Missing { name } => {
                let preview: SuitePreview =
                    session.call("suite_preview", suite_of(&name, file, format, mapping.clone())).await?;
                // Nothing is made for a file that tells of no result.
                if preview.counts.results + preview.counts.verdicts == 0 {
                    issues(session, file, &preview.issues);
                    return Err(session.failed("no-results-in-file", &[("file", file)]));
                }
                made(session, name, file, (format, mapping.clone())).await?
            }
        };
        let request = ResultsRequest {
            bakeoff_id: row.id,
            path: file.clone(),
            format,
            mapping,
            candidates: Vec::new(),
            on_conflict: if self.replace { OnConflict::Replace } else { OnConflict::Keep },
            planned: None,
        };
        let plan: ResultsPlan = session.call("results_plan", request.clone()).await?;
        issues(session, file, &plan.issues);
        if self.dry_run {
            session.print(&plan, |plan| plan_text(session, plan));
            return Ok(());
        }
        let request = ResultsRequest { planned: Some(plan.planned.clone()), ..request };
        let done: ResultsImported = session.call("results_commit", request).await?;
        session.print(&done, |done| {
            let args = [
                ("results", output::count(done.results).into()),
                ("unmatched", output::count(done.unmatched).into()),
                ("known", output::count(done.known).into()),
            ];
            let mut text = format!("{}\n{}", plan_text(session, &plan), session.text("cli-results-imported", &args));
            if done.differing > 0 && !self.replace {
                let args = [("differing", output::count(done.differing).into())];
                text = format!("{text} {}", session.text("cli-results-differing", &args));
            }
            text
        });
        Ok(())
    }

    async fn would_make(
        &self,
        session: &Session,
        name: &str,
        file: &str,
        (format, mapping): (Option<BakeoffFormat>, Option<ColumnMapping>),
    ) -> Result<(), Failure> {
        let preview: SuitePreview = session.call("suite_preview", suite_of(name, file, format, mapping)).await?;
        issues(session, file, &preview.issues);
        session.print(&preview, |preview| {
            let counts = &preview.counts;
            let args = [
                ("name", name.into()),
                ("cases", output::count(preview.cases).into()),
                ("results", output::count(counts.results as i64).into()),
                ("verdicts", output::count(counts.verdicts as i64).into()),
                ("candidates", counts.candidates.into()),
            ];
            session.text("cli-import-would-make", &args)
        });
        Ok(())
    }
}

/// A format by its name; "csv" and "jsonl" are tables.
fn format(session: &Session, name: &str) -> Result<BakeoffFormat, Failure> {
    let full = match name {
        "csv" => "table-csv",
        "jsonl" => "table-jsonl",
        other => other,
    };
    full.parse().map_err(|_| {
        let known = BakeoffFormat::ALL.map(BakeoffFormat::name).join(", ");
        session.misuse("unknown-results-format", &[("format", name), ("known", &known)])
    })
}

/// The bake-off that is called after a file.
async fn of_file(session: &Session, file: &str) -> Result<Target, Failure> {
    let name = std::path::Path::new(file).file_stem().map_or_else(|| file.into(), |stem| stem.to_string_lossy());
    let rows: Vec<BakeoffRow> = session.call("bakeoffs", ()).await?;
    let mut of_name = rows.into_iter().filter(|row| row.name.to_lowercase() == name.to_lowercase());
    Ok(match (of_name.next(), of_name.next()) {
        (Some(row), None) => Target::There(row),
        (None, _) => Target::Missing { name: name.into_owned() },
        _ => return Err(session.misuse("several-bakeoffs", &[("bakeoff", &name)])),
    })
}

fn suite_of(name: &str, file: &str, format: Option<BakeoffFormat>, mapping: Option<ColumnMapping>) -> SuiteImport {
    SuiteImport {
        path: file.to_owned(),
        id: None,
        name: name.to_owned(),
        kind: SuiteKind::Golden,
        format,
        mapping,
        mode: CasesMode::Add,
    }
}

/// A suite of the file's cases, frozen, and a bake-off on it.
async fn made(
    session: &Session,
    name: String,
    file: &str,
    (format, mapping): (Option<BakeoffFormat>, Option<ColumnMapping>),
) -> Result<BakeoffRow, Failure> {
    let suites: Vec<SuiteRow> = session.call("suites", ()).await?;
    let known = suites.into_iter().find(|row| row.name.to_lowercase() == name.to_lowercase());
    let (suite_id, version) = match known.and_then(|row| Some((row.id, row.frozen?))) {
        Some(known) => known,
        None => {
            let made: SuiteImported = session.call("suite_import", suite_of(&name, file, format, mapping)).await?;
            // What is wrong with the file is said once, with the plan of its results.
            let by = session.text("cli-frozen-by-import", &[]);
            let frozen: VersionView =
                session.call("suite_freeze", FreezeRequest { id: made.id, by, note: String::new() }).await?;
            (made.id, frozen.number)
        }
    };
    let draft = BakeoffDraft::on(name.clone(), suite_id, version);
    let made: BakeoffRef = session.call("bakeoff_save", draft).await?;
    output::note(&session.text("cli-bakeoff-made", &[("name", name.into()), ("version", version.into())]));
    super::find(session, &made.id.to_string()).await
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
        let stated = criterion.stated.iter().map(|one| match one.computed_text.as_str() {
            "" => format!("{} {}", one.candidate, one.text),
            computed => format!("{} {} ≠ {computed}", one.candidate, one.text),
        });
        let stated = stated.collect::<Vec<_>>();
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

/// "case=ID,score:accuracy=ACC" as a mapping; none where nothing is said.
pub fn mapping(
    session: &Session,
    map: &[String],
    decimal_comma: Option<bool>,
) -> Result<Option<ColumnMapping>, Failure> {
    if map.is_empty() && decimal_comma.is_none() {
        return Ok(None);
    }
    let mut mapping = ColumnMapping { decimal_comma, ..ColumnMapping::default() };
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

/// What was wrong row by row, on standard error: within a folder or an archive with the file of it.
pub fn issues(session: &Session, read: &str, issues: &[RowIssue]) {
    let read = std::path::Path::new(read);
    const SHOWN: usize = 20;
    for issue in issues.iter().take(SHOWN) {
        let mut args: Vec<_> = issue.params.iter().map(|(name, text)| (name.as_str(), text.as_str().into())).collect();
        args.push(("value", issue.value.as_deref().unwrap_or_default().into()));
        args.push(("column", issue.column.as_deref().unwrap_or_default().into()));
        let column = issue.column.as_ref().map_or_else(String::new, |column| format!(" {column}"));
        let file = issue.params.get("file").filter(|file| !read.ends_with(file.as_str()));
        let within = file.into_iter().chain(issue.params.get("entry")).cloned().collect::<Vec<_>>().join(" › ");
        let row = issue.row.map_or_else(String::new, |row| format!("{row}{column}"));
        let place = [within, row].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        let place = if place.is_empty() { place } else { format!("{place}: ") };
        output::note(&format!("{place}{}", session.text(&format!("issue-{}", issue.code), &args)));
    }
    if issues.len() > SHOWN {
        output::note(&format!("… {}", output::count((issues.len() - SHOWN) as i64)));
    }
}
