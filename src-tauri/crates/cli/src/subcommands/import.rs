//! `quarterdeck import usage`.

use app::import::{
    CommitRequest, FileInspection, ImportPlan, ImportRequest, ImportSummary, IssuesExport, OnConflict, UsageFormat,
};
use app::view::{Exported, PathInput};
use clap::Args;
use serde::Serialize;

use crate::subcommand::Subcommand;
use crate::{FAILED, Failure, Session, output};

mod answers;
mod mapping;
mod preview;

pub use answers::{Basis, Choice};
pub use preview::issue_sentence;

/// Import a file
#[derive(Debug, Args)]
pub struct Import {
    #[command(subcommand)]
    what: ImportCommand,
}

#[derive(Debug, clap::Subcommand)]
enum ImportCommand {
    /// Usage: requests and tokens, from a gateway, a provider or your own log
    ///
    /// What the file leaves open is asked for: the run ends with exit code 2 and names the flag to give.
    Usage(Box<Usage>),
}

#[derive(Debug, Args)]
pub struct Usage {
    pub path: String,
    /// generic-csv, generic-jsonl, litellm-spend-logs, openai-usage, openai-costs, anthropic-cost-csv or
    /// anthropic-usage-csv; guessed if not given
    #[arg(long)]
    pub format: Option<String>,
    /// Which column is which field, as column=field, e.g. --map ContextTokens=input-tokens,GeneratedTokens=output-tokens
    #[arg(long, value_delimiter = ',', value_name = "COLUMN=FIELD")]
    pub map: Vec<String>,
    /// A field with the same value in every row, as field=value, e.g. --set vendor=openai --set model=gpt-4o; it takes
    /// the place of a column mapped to that field
    #[arg(long, value_name = "FIELD=VALUE")]
    pub set: Vec<String>,
    /// Zone of timestamps that name none (IANA), e.g. Europe/Berlin
    #[arg(long)]
    pub time_zone: Option<String>,
    /// Input tokens do not include cached ones
    #[arg(long)]
    pub input_excludes_cache: bool,
    /// Input tokens include cached ones
    #[arg(long, conflicts_with = "input_excludes_cache")]
    pub input_includes_cache: bool,
    /// Currency of the cost column, e.g. EUR
    #[arg(long)]
    pub cost_currency: Option<String>,
    /// Decimals are written with a comma, 12,5 (true), or with a point, 12.5 (false); the file decides if not given
    #[arg(long, value_name = "true|false")]
    pub decimal_comma: Option<bool>,
    /// Dates are day first, 31/07/2026 (true), or month first, 07/31/2026 (false); the file decides if not given
    #[arg(long, value_name = "true|false")]
    pub day_first: Option<bool>,
    /// Name of the feed the file belongs to
    #[arg(long)]
    pub source: Option<String>,
    /// What to do with hours this feed has told about otherwise already
    #[arg(long, value_enum)]
    pub on_conflict: Option<Choice>,
    /// Which counts where another feed tells of the same traffic: this file's, the other, or both because the traffic is
    /// different; once per feed
    #[arg(long, value_name = "FEED=this|other|both")]
    pub same_traffic: Vec<String>,
    /// Import nothing when any row is bad
    #[arg(long)]
    pub strict: bool,
    /// Show the plan and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Write the bad rows to a CSV file
    #[arg(long, value_name = "PATH")]
    pub issues: Option<String>,
    /// Replace the file --issues names, if it is there
    #[arg(long, requires = "issues")]
    pub force: bool,
    /// Make the folder of the file --issues names, if there is none
    #[arg(long, requires = "issues")]
    pub create_folder: bool,
}

/// How often a file is read anew because the workspace moved meanwhile.
const MOST_READINGS: usize = 4;

#[derive(Serialize)]
struct Imported<'a> {
    plan: &'a ImportPlan,
    summary: &'a ImportSummary,
}

impl Subcommand for Import {
    async fn run(&self, session: &Session) -> Result<u8, Failure> {
        let ImportCommand::Usage(usage) = &self.what;
        let answers = answers::said(session, usage)?;
        let look: FileInspection = session.call("import_inspect", PathInput { path: usage.path.clone() }).await?;
        let format = match &usage.format {
            Some(format) => format.parse().map_err(|_| {
                let known = UsageFormat::ALL.map(UsageFormat::name).join(", ");
                session.misuse("bad-format", &[("text", format), ("known", &known)])
            })?,
            None => look.format,
        };
        let said = mapping::Said::of(session, usage)?;
        if let Some(sentence) = said.reused(session, usage, &look) {
            output::note(&sentence);
        }
        let mapping = said.over(session, usage, look.mapping)?;
        let source = usage.source.clone().unwrap_or(look.source);
        let request = ImportRequest { path: usage.path.clone(), format, mapping, source };
        // Somebody else's import or price may come between reading a file and writing it: it is read again, so often.
        for reading in 0..MOST_READINGS {
            match read_and_write(session, usage, &answers, request.clone(), reading > 0).await {
                Err(failure) if failure.code == "data-moved" => {}
                outcome => return outcome,
            }
        }
        read_and_write(session, usage, &answers, request, true).await
    }
}

async fn read_and_write(
    session: &Session,
    usage: &Usage,
    answers: &[(String, Basis)],
    request: ImportRequest,
    again: bool,
) -> Result<u8, Failure> {
    let plan: ImportPlan = session.job("import_plan", request).await?;
    if let Some(path) = &usage.issues {
        let request = IssuesExport {
            plan_id: plan.id,
            path: path.clone(),
            replace: usage.force || again,
            create_folder: usage.create_folder,
        };
        let _: Exported = session.call("import_issues_export", request).await?;
    }
    let is_refused = usage.strict && plan.rows.bad > 0;
    if usage.dry_run && !is_refused {
        session.print(&plan, |plan| preview::describe(session, plan));
        // A plan that would import nothing out of bad rows is a failure for whoever waits for the data.
        let nothing = plan.rows.good == 0 && plan.rows.bad != 0;
        return Ok(if nothing { FAILED } else { 0 });
    }
    if !session.json {
        output::say(&preview::describe(session, &plan));
    }
    if is_refused {
        if session.json {
            preview::issues(session, &plan).iter().for_each(|line| output::note(line));
        }
        return Err(session.failed("strict", &[("file", &plan.name), ("bad", &plan.rows.bad.to_string())]));
    }
    let on_conflict = usage.on_conflict.map(OnConflict::from);
    let feeds = answers::feeds(session, &plan, answers);
    let commit = CommitRequest { plan_id: plan.id, on_conflict, feeds };
    let summary: ImportSummary = match session.job("import_commit", commit).await {
        Err(failure) if failure.code == "feeds-undecided" => {
            return Err(failure.with_hint(answers::open_feeds(session, &plan, answers)));
        }
        outcome => outcome?,
    };
    if session.json {
        output::json(&Imported { plan: &plan, summary: &summary });
        return Ok(0);
    }
    let id = match (summary.unchanged, summary.import_id) {
        (true, None) => "cli-import-unchanged",
        (true, Some(_)) => "cli-import-kept",
        (false, _) if summary.left_out.is_some() => "cli-imported-part",
        (false, _) => "cli-imported",
    };
    output::say(&session.text(
        id,
        &[
            ("n", summary.rows.into()),
            ("rows", output::count(summary.rows).into()),
            ("cells", (summary.cells + summary.replaced).into()),
            ("hours", output::count(summary.cells + summary.replaced).into()),
        ],
    ));
    if let Some(left_out) = &summary.left_out {
        output::say(&preview::left_out(session, left_out, &summary));
    }
    Ok(0)
}
