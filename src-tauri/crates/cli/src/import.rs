//! `quarterdeck import usage`.

use app::import::{
    CommitRequest, FeedAnswer, FeedBasis, Field, FileInspection, ImportPlan, ImportRequest, ImportSummary,
    IssuesExport, LeftOut, OnConflict, UsageFormat,
};
use app::view::Exported;
use app::view::PathInput;
use app::wire::{FieldMapping, MappedColumn, MappedConstant, RowIssue};
use clap::{Args, Subcommand, ValueEnum};
use serde::Serialize;

use crate::{FAILED, Failure, Session, output};

#[derive(Debug, Subcommand)]
pub enum ImportCommand {
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
}

/// What to do with hours told otherwise before.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Choice {
    /// What was there stands; this file's hours are left out
    Keep,
    /// This file's hours take their place
    Replace,
    /// Both count
    Add,
}

impl From<Choice> for OnConflict {
    fn from(choice: Choice) -> Self {
        match choice {
            Choice::Keep => OnConflict::Keep,
            Choice::Replace => OnConflict::Replace,
            Choice::Add => OnConflict::Add,
        }
    }
}

/// Which of two feeds counts.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Basis {
    This,
    Other,
    Both,
}

impl From<Basis> for FeedBasis {
    fn from(basis: Basis) -> Self {
        match basis {
            Basis::This => FeedBasis::This,
            Basis::Other => FeedBasis::Other,
            Basis::Both => FeedBasis::Both,
        }
    }
}

/// Bad rows that are written out; the rest is counted.
const ISSUES_SHOWN: usize = 20;

/// How often a file is read anew because the workspace moved meanwhile.
const MOST_READINGS: usize = 4;

#[derive(Serialize)]
struct Imported<'a> {
    plan: &'a ImportPlan,
    summary: &'a ImportSummary,
}

pub async fn run(session: &Session, command: &ImportCommand) -> Result<u8, Failure> {
    let ImportCommand::Usage(usage) = command;
    let answers = answers(session, usage)?;
    let look: FileInspection = session.call("import_inspect", PathInput { path: usage.path.clone() }).await?;
    let format = match &usage.format {
        Some(format) => format.parse().map_err(|_| {
            let known = UsageFormat::ALL.map(UsageFormat::name).join(", ");
            session.misuse("bad-format", &[("text", format), ("known", &known)])
        })?,
        None => look.format,
    };
    let said = Said::of(session, usage)?;
    if let Some(sentence) = said.reused(session, usage, &look) {
        eprintln!("{sentence}");
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

async fn read_and_write(
    session: &Session,
    usage: &Usage,
    answers: &[(String, Basis)],
    request: ImportRequest,
    again: bool,
) -> Result<u8, Failure> {
    let plan: ImportPlan = session.job("import_plan", request).await?;
    if let Some(path) = &usage.issues {
        let request = IssuesExport { plan_id: plan.id, path: path.clone(), replace: usage.force || again };
        let _: Exported = session.call("import_issues_export", request).await?;
    }
    let is_refused = usage.strict && plan.rows.bad > 0;
    if usage.dry_run && !is_refused {
        session.print(&plan, |plan| describe(session, plan));
        // A plan that would import nothing out of bad rows is a failure for whoever waits for the data.
        let nothing = plan.rows.good == 0 && plan.rows.bad != 0;
        return Ok(if nothing { FAILED } else { 0 });
    }
    if !session.json {
        output::say(&describe(session, &plan));
    }
    if is_refused {
        if session.json {
            issues(session, &plan).iter().for_each(|line| eprintln!("{line}"));
        }
        return Err(session.failed("strict", &[("file", &plan.name), ("bad", &plan.rows.bad.to_string())]));
    }
    let on_conflict = usage.on_conflict.map(OnConflict::from);
    let feeds = feeds(session, &plan, answers);
    let commit = CommitRequest { plan_id: plan.id, on_conflict, feeds };
    let summary: ImportSummary = match session.job("import_commit", commit).await {
        Err(failure) if failure.code == "feeds-undecided" => {
            return Err(failure.with_hint(open_feeds(session, &plan, answers)));
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
        output::say(&said_left_out(session, left_out, &summary));
    }
    Ok(0)
}

fn said_left_out(session: &Session, left_out: &LeftOut, summary: &ImportSummary) -> String {
    let id = summary.import_id.map_or(String::new(), |id| id.to_string());
    session.text(
        "cli-left-out",
        &[
            ("hours", left_out.hours.into()),
            ("from", output::time(&left_out.period.from).into()),
            ("to", output::time(&left_out.period.to).into()),
            ("n", left_out.requests.parse::<u64>().unwrap_or_default().into()),
            ("requests", output::figure(&left_out.requests).into()),
            ("tokens", output::figure(&left_out.tokens).into()),
            ("id", id.into()),
        ],
    )
}

/// What was said about feeds that tell of the same traffic.
fn answers(session: &Session, usage: &Usage) -> Result<Vec<(String, Basis)>, Failure> {
    let answer = |text: &String| {
        let (feed, basis) = text.rsplit_once('=')?;
        Some((feed.trim().to_owned(), Basis::from_str(basis.trim(), false).ok()?))
    };
    let all = usage.same_traffic.iter();
    all.map(|text| answer(text).ok_or_else(|| session.misuse("bad-same-traffic", &[("text", text)]))).collect()
}

/// The answers the plan asks for. One about a feed it does not ask about changes nothing, and is said.
fn feeds(session: &Session, plan: &ImportPlan, answers: &[(String, Basis)]) -> Vec<FeedAnswer> {
    for (feed, _) in answers.iter().filter(|(feed, _)| !plan.overlaps.iter().any(|overlap| overlap.source == *feed)) {
        eprintln!("{}", session.text("cli-feed-not-asked", &[("feed", feed.as_str().into())]));
    }
    let answer_to = |name: &str| answers.iter().rev().find(|(feed, _)| feed == name).map(|(_, basis)| *basis);
    let overlaps = plan.overlaps.iter();
    overlaps
        .filter_map(|overlap| {
            let basis = answer_to(&overlap.source)?.into();
            Some(FeedAnswer { source_id: overlap.source_id, basis })
        })
        .collect()
}

/// One flag for each feed that is still to be answered about.
fn open_feeds(session: &Session, plan: &ImportPlan, answers: &[(String, Basis)]) -> String {
    let open = plan.overlaps.iter().filter(|overlap| !answers.iter().any(|(feed, _)| *feed == overlap.source));
    let hint = |feed: &str| session.text("cli-hint-same-traffic", &[("feed", feed.into())]);
    open.map(|overlap| hint(&overlap.source)).collect::<Vec<_>>().join("\n")
}

/// What the command line says about columns and fixed values.
struct Said {
    columns: Vec<MappedColumn>,
    constants: Vec<MappedConstant>,
}

impl Said {
    fn of(session: &Session, usage: &Usage) -> Result<Self, Failure> {
        let wrong = |text: &str| session.misuse("bad-mapping", &[("text", text)]);
        let field = |text: &str| {
            text.trim().parse::<Field>().map_err(|_| {
                let known = Field::ALL.map(Field::name).join(", ");
                session.misuse("bad-field", &[("text", text.trim()), ("known", &known)])
            })
        };
        let mut said = Self { columns: Vec::new(), constants: Vec::new() };
        for pair in &usage.map {
            let (column, name) = pair.rsplit_once('=').ok_or_else(|| wrong(pair))?;
            said.columns.push(MappedColumn { field: field(name)?, column: column.trim().to_owned() });
        }
        for pair in &usage.set {
            let (name, value) = pair.split_once('=').ok_or_else(|| wrong(pair))?;
            said.constants.push(MappedConstant { field: field(name)?, value: value.trim().to_owned() });
        }
        Ok(said)
    }

    fn sets(&self, field: Field) -> bool {
        self.constants.iter().any(|constant| constant.field == field)
    }

    fn maps(&self, field: Field) -> bool {
        self.columns.iter().any(|column| column.field == field)
    }

    /// Puts what was said over a guessed or remembered mapping.
    fn over(self, session: &Session, usage: &Usage, mut mapping: FieldMapping) -> Result<FieldMapping, Failure> {
        // What was remembered as fixed gives way to what is said now, be it a value or a column.
        mapping.constants.retain(|constant| !self.sets(constant.field) && !self.maps(constant.field));
        // With a mapping of one's own the guesses are not mixed in.
        if !self.columns.is_empty() {
            mapping.columns.clone_from(&self.columns);
        }
        // A value holds for every row: no column is read for that field.
        mapping.columns.retain(|column| !self.sets(column.field));
        mapping.constants.extend(self.constants);
        if let Some(zone) = &usage.time_zone {
            mapping.time_zone = Some(zone.clone());
        }
        if usage.input_excludes_cache || usage.input_includes_cache {
            mapping.input_includes_cache = usage.input_includes_cache;
        }
        if let Some(currency) = &usage.cost_currency {
            let unknown = |_| {
                let example = session.text("cli-hint-currency", &[]);
                session.misuse("bad-currency", &[("text", currency)]).with_hint(example)
            };
            mapping.cost_currency = Some(currency.parse().map_err(unknown)?);
        }
        mapping.decimal_comma = usage.decimal_comma.or(mapping.decimal_comma);
        mapping.day_first = usage.day_first.or(mapping.day_first);
        Ok(mapping)
    }

    /// What is taken over from an earlier file with the same header, as one sentence.
    fn reused(&self, session: &Session, usage: &Usage, look: &FileInspection) -> Option<String> {
        if !look.remembered {
            return None;
        }
        let mapping = &look.mapping;
        let mut parts: Vec<String> = Vec::new();
        for constant in &mapping.constants {
            if !self.sets(constant.field) && !self.maps(constant.field) {
                parts.push(format!("{}={}", constant.field.name(), constant.value));
            }
        }
        if let Some(zone) = mapping.time_zone.as_deref().filter(|_| usage.time_zone.is_none()) {
            parts.push(session.text("cli-reused-zone", &[("zone", zone.into())]));
        }
        if let Some(currency) = mapping.cost_currency.as_ref().filter(|_| usage.cost_currency.is_none()) {
            parts.push(session.text("cli-reused-currency", &[("currency", currency.to_string().into())]));
        }
        if let Some(comma) = mapping.decimal_comma.filter(|_| usage.decimal_comma.is_none()) {
            parts.push(session.text("cli-reused-decimal", &[("comma", u8::from(comma).into())]));
        }
        if let Some(first) = mapping.day_first.filter(|_| usage.day_first.is_none()) {
            parts.push(session.text("cli-reused-day", &[("first", u8::from(first).into())]));
        }
        if usage.source.is_none() {
            parts.push(session.text("cli-reused-feed", &[("feed", look.source.as_str().into())]));
        }
        let what = parts.join(&session.text("cli-separator", &[]));
        (!what.is_empty()).then(|| session.text("cli-reused", &[("what", what.into())]))
    }
}

/// The plan in a few lines: rows, period, tokens, cost, what is wrong.
fn describe(session: &Session, plan: &ImportPlan) -> String {
    let mut lines = vec![
        session.text(
            "cli-plan-rows",
            &[
                ("file", plan.name.as_str().into()),
                ("n", plan.rows.good.into()),
                ("good", output::count(plan.rows.good).into()),
                ("bad", output::count(plan.rows.bad).into()),
                ("duplicate", output::count(plan.rows.duplicate).into()),
                ("skipped", output::count(plan.rows.skipped).into()),
            ],
        ),
        session.text("cli-plan-feed", &[("feed", plan.source.as_str().into()), ("format", plan.format.name().into())]),
    ];
    if let Some(period) = &plan.period {
        lines.push(session.text(
            "cli-plan-period",
            &[("from", output::time(&period.from).into()), ("to", output::time(&period.to).into())],
        ));
    }
    for amount in &plan.totals.computed {
        lines.push(session.text("cli-plan-cost", &[("amount", session.money(amount).into())]));
    }
    for amount in &plan.totals.reported {
        lines.push(session.text("cli-plan-reported", &[("amount", session.money(amount).into())]));
    }
    if let Some(at) = &plan.already_imported {
        lines.push(session.text("cli-plan-already", &[("time", output::time(at).into())]));
    }
    if plan.overruled > 0 {
        lines.push(session.text("cli-plan-overruled", &[("hours", plan.overruled.into())]));
    }
    if let Some(at) = &plan.replaces {
        lines.push(session.text("cli-plan-replaces", &[("time", output::time(at).into())]));
    }
    for unpriced in &plan.unpriced {
        lines.push(output::unpriced(session, unpriced));
    }
    if let Some(conflict) = &plan.conflict {
        lines.push(session.text(
            "cli-plan-conflict",
            &[
                ("hours", conflict.hours.into()),
                ("from", output::time(&conflict.period.from).into()),
                ("to", output::time(&conflict.period.to).into()),
                ("before", output::figure(&conflict.tokens_before).into()),
                ("after", output::figure(&conflict.tokens_after).into()),
            ],
        ));
        if let (Some(before), Some(after)) = (&conflict.stated_before, &conflict.stated_after) {
            let args = [("before", session.money(before).into()), ("after", session.money(after).into())];
            lines.push(session.text("cli-plan-conflict-stated", &args));
        }
        if conflict.disjoint {
            lines.push(session.text("cli-plan-disjoint", &[]));
        }
    }
    for overlap in &plan.overlaps {
        lines.push(session.text(
            "cli-plan-overlap",
            &[
                ("feed", overlap.source.as_str().into()),
                ("vendors", overlap.vendors.join(", ").into()),
                ("days", overlap.days.into()),
                ("first", overlap.first.to_string().into()),
                ("last", overlap.last.to_string().into()),
                ("here", output::figure(&overlap.tokens_here).into()),
                ("there", output::figure(&overlap.tokens_there).into()),
            ],
        ));
    }
    lines.extend(plan.notes.iter().map(|note| session.text(&format!("note-{note}"), &[])));
    lines.extend(issues(session, plan));
    lines.join("\n")
}

/// The first bad rows, and how many more there are.
fn issues(session: &Session, plan: &ImportPlan) -> Vec<String> {
    let mut lines: Vec<String> =
        plan.issues.iter().take(ISSUES_SHOWN).map(|issue| issue_sentence(session, issue)).collect();
    let hidden = plan.issues_total.saturating_sub(ISSUES_SHOWN as u64);
    if hidden > 0 {
        lines.push(session.text("cli-issues-more", &[("count", hidden.into())]));
    }
    lines
}

/// What is wrong with a row, with the row and the column it stands in.
pub fn issue_sentence(session: &Session, issue: &RowIssue) -> String {
    let mut args = crate::failure::arguments(&issue.params);
    args.push(("value", issue.value.as_deref().unwrap_or_default().into()));
    args.push(("code", issue.code.as_str().into()));
    let id = format!("issue-{}", issue.code);
    let reason = session.text(if session.catalogue.has(&id) { &id } else { "issue-unknown" }, &args);
    let column = issue.column.as_deref().unwrap_or_default();
    match issue.row {
        Some(row) if column.is_empty() => session.text("cli-issue", &[("row", row.into()), ("reason", reason.into())]),
        Some(row) => session
            .text("cli-issue-column", &[("row", row.into()), ("column", column.into()), ("reason", reason.into())]),
        None if column.is_empty() => reason,
        None => format!("{column}: {reason}"),
    }
}
