//! A post-mortem on its way out: a PDF, a page of HTML that needs nothing else, Markdown. The version for others is made of a text from
//! which everything that stays inside was taken out before, and is looked through once more before it is written.

mod html;
mod markdown;

use std::collections::{BTreeMap, HashMap};

use base64::Engine;
use chrono::{DateTime, Utc};
use domain::calendar::ReportingCalendar;
use domain::id::{AttachmentId, IncidentId};
use domain::incident::Incident;
use domain::postmortem::redact::{Redaction, WITHHELD, unmarked};
use domain::postmortem::{Event, Piece, State, pieces};
use report::chart::{Axis, ChartSpec, ColourToken, Lane, LaneMark, Marks, Span};
use report::doc::{Block, Figure, Page, ReportDoc};
use report::table::{Align, Cell, TableSpec, Tone};
use report::{format, render_pdf};
use serde::{Deserialize, Serialize};
use store::Snapshot;
use ts_rs::TS;

use super::{ActionView, FactView, actions, kept, text};
use crate::frame::review::column;
use crate::incident::figure::ticks;
use crate::reports::PaperKind;
use crate::target::{Agreed, Target};
use crate::view::{Exported, word};
use crate::{AppError, Context, Result};

/// What a post-mortem is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PostmortemForm {
    Pdf,
    Html,
    Markdown,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PostmortemExport {
    pub id: IncidentId,
    pub form: PostmortemForm,
    /// For people outside: what is marked, and names that stay inside, are taken out.
    #[serde(default)]
    pub external: bool,
    #[serde(default = "PaperKind::a4")]
    pub paper: PaperKind,
    pub path: String,
    #[serde(default)]
    pub replace: bool,
    #[serde(default)]
    pub create_folder: bool,
}

/// Everything that is written of one, as plain text: whoever it is for, nothing of it has to be taken out any more.
struct Paper {
    title: String,
    code: String,
    workspace: String,
    text: String,
    events: Vec<Event>,
    actions: Vec<ActionView>,
    facts: Vec<FactView>,
    approved: String,
    state: State,
    external: bool,
    calendar: ReportingCalendar,
    zone: String,
    stages: Vec<(DateTime<Utc>, &'static str)>,
    pictures: HashMap<String, String>,
    figures: BTreeMap<String, ChartSpec>,
    redaction: Option<Redaction>,
}

/// Pictures beyond that are not put into a page: it would be opened by nothing.
const LARGEST_PICTURE: usize = 8 << 20;

/// The kind of a picture by its first bytes; none of a file that is none.
fn picture_kind(bytes: &[u8]) -> Option<&'static str> {
    let starts = |sign: &[u8]| bytes.starts_with(sign);
    match () {
        () if starts(b"\x89PNG\r\n\x1a\n") => Some("image/png"),
        () if starts(b"\xff\xd8\xff") => Some("image/jpeg"),
        () if starts(b"GIF87a") || starts(b"GIF89a") => Some("image/gif"),
        () if starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") => Some("image/webp"),
        () => None,
    }
}

async fn pictures(snapshot: &mut Snapshot, id: IncidentId) -> Result<HashMap<String, String>> {
    let about = store::record::RecordRef { area: crate::incident::INCIDENT.to_owned(), id: id.to_string() };
    let mut found = HashMap::new();
    for one in store::attachment::of(snapshot, &about).await? {
        let (_, bytes) = store::attachment::bytes(snapshot, AttachmentId(one.id.0)).await?;
        if let Some(kind) = picture_kind(&bytes).filter(|_| bytes.len() <= LARGEST_PICTURE) {
            let data = base64::engine::general_purpose::STANDARD.encode(&bytes);
            found.insert(format!("attachment:{}", one.id), format!("data:{kind};base64,{data}"));
        }
    }
    Ok(found)
}

async fn paper(context: &Context, id: IncidentId, external: bool) -> Result<Paper> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let incident = store::incident::get(&mut snapshot, id).await?;
    let kept = kept(&mut snapshot, id).await?;
    let settings = store::workspace::settings(&mut snapshot).await?;
    let (calendar, today) = (settings.calendar()?, context.today(&settings)?);
    let (sound, whole) = text::newest(&mut snapshot, id).await?;
    let head = store::postmortem::head(&mut snapshot, id).await?.map_or(0, |head| head.number);
    if sound != head {
        // A text that is not what was written last leaves under nobody's name.
        return Err(AppError::refused("postmortem-damaged"));
    }
    let standing = super::approval(&mut snapshot, &incident, &kept).await?;
    let events: Vec<Event> = match &kept.approval {
        Some(approval) => approval.events.clone(),
        None => store::postmortem::events(&mut snapshot, id).await?.into_iter().map(|one| one.event).collect(),
    };
    let all = store::postmortem::actions(&mut snapshot).await?;
    let actions = all.iter().filter(|one| one.incident_id == id);
    let actions: Vec<ActionView> = actions.map(|one| actions::view(context, &incident, one, today)).collect();
    let approved = match (&kept.approval, standing) {
        (_, Some(false)) => context.text("postmortem-not-as-approved", &[]),
        (Some(approval), _) => {
            let date = format::date(calendar.day_of(approval.at), context.language);
            let hash: String = approval.hash.chars().take(16).collect();
            let args = [("by", approval.by.clone().into()), ("date", date.clone().into()), ("hash", hash.into())];
            // A hash over what stays inside could be tried against guesses of it.
            if external {
                context.text("postmortem-approved-on", &[("date", date.into())])
            } else {
                context.text("postmortem-approved-by", &args)
            }
        }
        (None, _) => String::new(),
    };
    let figures = match &kept.approval {
        Some(approval) => approval.figures.clone(),
        None => super::figures(context, &mut snapshot, &incident, &whole).await?,
    };
    let pictures = if external { HashMap::new() } else { pictures(&mut snapshot, id).await? };
    let paper = Paper {
        title: incident.details.title.clone(),
        code: incident.code(),
        workspace: settings.name.clone(),
        text: whole,
        events,
        actions,
        facts: facts(context, &incident, external),
        approved,
        state: kept.state,
        external,
        zone: settings.time_zone.clone(),
        stages: stages(&incident),
        calendar,
        pictures,
        figures,
        redaction: None,
    };
    if !external {
        return Ok(paper.opened());
    }
    // Whoever is named beside the text stays inside with those that are listed.
    let roles = &incident.details.roles;
    let mut names = kept.names.clone();
    names.extend([&roles.commander, &roles.scribe, &roles.comms].into_iter().cloned());
    names.extend(paper.events.iter().map(|event| event.who.clone()));
    names.extend(paper.actions.iter().map(|one| one.details.owner.clone()));
    names.extend(kept.approval.iter().map(|approval| approval.by.clone()));
    names.retain(|name| !name.trim().is_empty());
    paper.redacted(&names)
}

/// Severity, kind and how long it took. Who it was about stays inside.
fn facts(context: &Context, incident: &Incident, external: bool) -> Vec<FactView> {
    let mut facts = super::facts(context, incident);
    if external {
        let clocks: Vec<&str> = incident.details.clocks.iter().map(|clock| clock.name.as_str()).collect();
        facts.retain(|fact| !clocks.contains(&fact.label.as_str()));
    }
    facts
}

fn stages(incident: &Incident) -> Vec<(DateTime<Utc>, &'static str)> {
    let times = &incident.details.times;
    let all = [
        (times.began, "began"),
        (times.detected, "detected"),
        (times.acknowledged, "acknowledged"),
        (times.mitigated, "mitigated"),
        (times.resolved, "resolved"),
    ];
    all.into_iter().filter_map(|(at, name)| Some((at?, name))).collect()
}

impl Paper {
    /// For people inside: marks are taken off, everything stays.
    fn opened(mut self) -> Self {
        self.text = unmarked(&self.text);
        self.title = unmarked(&self.title);
        for event in &mut self.events {
            event.text = unmarked(&event.text);
            event.evidence = unmarked(&event.evidence);
        }
        for one in &mut self.actions {
            one.details.title = unmarked(&one.details.title);
        }
        self
    }

    /// For people outside: what stays inside is taken out of every text there is.
    ///
    /// # Errors
    /// `postmortem-too-much`, where there is more of it than can be looked for.
    fn redacted(mut self, names: &[String]) -> Result<Self> {
        let texts = self.events.iter().flat_map(|event| [event.text.as_str(), &event.evidence]);
        let texts = texts.chain(
            self.actions
                .iter()
                .flat_map(|one| [one.details.title.as_str(), &one.details.verify, &one.details.evidence]),
        );
        let redaction = Redaction::of(texts.chain([self.text.as_str(), &self.title]), names)
            .map_err(|_| AppError::refused("postmortem-too-much"))?;
        let take = |text: &mut String| *text = redaction.take_out(text);
        take(&mut self.text);
        take(&mut self.title);
        take(&mut self.workspace);
        for event in &mut self.events {
            take(&mut event.text);
            // Where it is seen, and who said it, is for people inside.
            event.evidence = String::new();
            event.who = String::new();
        }
        for one in &mut self.actions {
            take(&mut one.details.title);
            (one.details.owner, one.details.verify, one.details.evidence) = Default::default();
        }
        for fact in &mut self.facts {
            take(&mut fact.text);
        }
        self.redaction = Some(redaction);
        Ok(self)
    }

    /// Everything of it that people wrote, whatever form it takes.
    fn said(&self) -> String {
        let mut parts: Vec<&str> = vec![&self.title, &self.workspace, &self.text];
        parts.extend(self.events.iter().flat_map(|event| [event.text.as_str(), &event.evidence, &event.who]));
        parts.extend(self.actions.iter().flat_map(|one| {
            let details = &one.details;
            [details.title.as_str(), &details.owner, &details.verify, &details.evidence]
        }));
        parts.extend(self.facts.iter().map(|fact| fact.text.as_str()));
        parts.join("\n")
    }

    fn line(&self, context: &Context) -> String {
        let state = context.text(&format!("postmortem-state-{}", word(&self.state)), &[]);
        let version = self.external.then(|| context.text("postmortem-external", &[]));
        let parts = [Some(self.code.clone()), Some(state), version];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    fn timeline(&self, context: &Context) -> Option<TableSpec> {
        if self.events.is_empty() {
            return None;
        }
        let text = |id: &str| context.text(id, &[]);
        let zone = context.text("timeline-local", &[("zone", self.zone.clone().into())]);
        let has_evidence = self.events.iter().any(|event| !event.evidence.is_empty());
        let mut columns = vec![
            column("UTC".to_owned(), Align::Left, 15.0),
            column(zone, Align::Left, 13.0),
            column(text("timeline-event"), Align::Left, 60.0),
        ];
        columns.extend(has_evidence.then(|| column(text("timeline-evidence"), Align::Left, 20.0)));
        let mut day = None;
        let rows = self.events.iter().map(|event| {
            let (at, local) = (event.at, event.at.with_timezone(&self.calendar.zone));
            let is_new = day.replace(at.date_naive()) != Some(at.date_naive());
            let date =
                if is_new { format!("{} ", format::date(at.date_naive(), context.language)) } else { String::new() };
            let said = if event.who.is_empty() { event.text.clone() } else { format!("{}: {}", event.who, event.text) };
            let mut row = vec![
                Cell::plain(format!("{date}{}", at.format("%H:%M"))),
                Cell::toned(local.format("%H:%M").to_string(), Tone::Muted),
                Cell::plain(said),
            ];
            row.extend(has_evidence.then(|| Cell::toned(event.evidence.clone(), Tone::Muted)));
            row
        });
        Some(TableSpec { rows: rows.collect(), columns, total: None })
    }

    fn actions_table(&self, context: &Context) -> Option<TableSpec> {
        if self.actions.is_empty() {
            return None;
        }
        let text = |id: &str| context.text(id, &[]);
        let mut columns = vec![
            column(text("action"), Align::Left, 44.0),
            column(text("action-kind"), Align::Left, 14.0),
            column(text("action-status"), Align::Left, 14.0),
            column(text("action-due"), Align::Left, 16.0),
        ];
        if !self.external {
            columns.insert(1, column(text("action-owner"), Align::Left, 18.0));
        }
        let rows = self.actions.iter().map(|one| {
            let mut row = vec![
                Cell::plain(one.details.title.clone()),
                Cell::plain(one.kind_text.clone()),
                Cell::toned(one.status_text.clone(), one.tone),
                Cell::plain(one.due_text.clone()),
            ];
            if !self.external {
                let owner =
                    if one.details.owner.is_empty() { Cell::unknown() } else { Cell::plain(one.details.owner.clone()) };
                row.insert(1, owner);
            }
            row
        });
        Some(TableSpec { rows: rows.collect(), columns, total: None })
    }

    /// The stages as spans and the events as marks, in minutes.
    fn figure(&self, context: &Context) -> Option<ChartSpec> {
        let minutes = |at: DateTime<Utc>| at.timestamp() as f64 / 60.0;
        let all = self.stages.iter().map(|(at, _)| *at).chain(self.events.iter().map(|event| event.at));
        let (first, last) = (all.clone().min()?, all.max()?);
        if last <= first {
            return None;
        }
        let text = |id: &str| context.text(id, &[]);
        let spans = self.stages.windows(2).map(|pair| Span {
            from: minutes(pair[0].0),
            to: minutes(pair[1].0),
            label: text(&format!("stage-span-{}", pair[0].1)),
            colour: match pair[0].1 {
                "began" => ColourToken::Warn,
                "mitigated" => ColourToken::Good,
                _ => ColourToken::Bad,
            },
        });
        let marks = self.events.iter().map(|event| LaneMark {
            at: minutes(event.at),
            label: String::new(),
            colour: ColourToken::Accent,
        });
        let room = (minutes(last) - minutes(first)) * 0.03;
        let (min, max) = (minutes(first) - room, minutes(last) + room);
        let lanes = vec![
            Lane { name: text("timeline-stages"), spans: spans.collect(), marks: Vec::new() },
            Lane { name: text("timeline-events"), spans: Vec::new(), marks: marks.collect() },
        ];
        let table = self.timeline(context).unwrap_or(TableSpec { columns: Vec::new(), rows: Vec::new(), total: None });
        Some(ChartSpec {
            summary: text("timeline-figure-summary"),
            title: text("timeline-figure"),
            subtitle: "UTC".to_owned(),
            x: Axis { label: String::new(), min, max, ticks: ticks(min, max) },
            y: Axis::default(),
            marks: Marks::Timeline { lanes },
            annotations: Vec::new(),
            table,
        })
    }
}

fn document(context: &Context, paper: &Paper) -> ReportDoc {
    let text = |id: &str| context.text(id, &[]);
    let mut pages = vec![Page {
        id: "cover".to_owned(),
        kicker: text("postmortem"),
        headline: paper.title.clone(),
        subtitle: paper.line(context),
        blocks: vec![Block::Cover {
            lines: [paper.approved.clone()].into_iter().filter(|line| !line.is_empty()).collect(),
        }],
        commentary: None,
    }];
    let figures: Vec<Figure> = paper
        .facts
        .iter()
        .map(|fact| Figure {
            label: fact.label.clone(),
            value: fact.text.clone(),
            note: String::new(),
            tone: fact.tone,
        })
        .collect();
    let place = |pages: &mut Vec<Page>, blocks: Vec<Block>| {
        if pages.len() == 1 {
            pages.push(section("facts", &text("postmortem-facts"), Vec::new()));
        }
        if let Some(page) = pages.last_mut() {
            page.blocks.extend(blocks);
        }
    };
    place(&mut pages, vec![Block::Figures { figures }]);
    for piece in pieces(&paper.text) {
        match piece {
            Piece::Markdown(text) => {
                for (at, part) in report::markdown::parts(text).into_iter().enumerate() {
                    let blocks = part.blocks.into_iter().map(|block| match block {
                        Block::Table { table } => Block::Table { table: broken(table) },
                        other => other,
                    });
                    let part = report::markdown::Part { blocks: blocks.collect(), heading: part.heading };
                    if part.heading.is_empty() {
                        place(&mut pages, part.blocks);
                    } else {
                        let id = format!("section-{}-{at}", pages.len());
                        pages.push(section(&id, &part.heading, part.blocks));
                    }
                }
            }
            Piece::Timeline => {
                let chart = paper.figure(context).map(|chart| Block::Chart { chart: Box::new(chart) });
                let table = paper.timeline(context).map(|table| Block::Table { table: broken(table) });
                let blocks: Vec<Block> = chart.into_iter().chain(table).collect();
                place(&mut pages, or_nothing(blocks, text("timeline-empty")));
            }
            Piece::Actions => {
                let blocks = paper.actions_table(context).map(|table| Block::Table { table: broken(table) });
                place(&mut pages, or_nothing(blocks.into_iter().collect(), text("actions-none")));
            }
            // A figure nobody knows says nothing.
            Piece::Figure(name) => {
                let chart = paper.figures.get(name).map(|chart| Block::Chart { chart: Box::new(chart.clone()) });
                place(&mut pages, chart.into_iter().collect());
            }
        }
    }
    ReportDoc {
        title: format!("{} {}", paper.code, paper.title),
        subtitle: text("postmortem"),
        workspace: paper.workspace.clone(),
        period: paper.line(context),
        sample_notice: None,
        language: context.language.tag().to_owned(),
        provenance: context.text("postmortem-provenance", &[("version", env!("CARGO_PKG_VERSION").into())]),
        pages,
    }
}

/// Longest part of a cell, in lines and in characters, that stands on a page whatever else does.
const LINES: usize = 14;
const CHARACTERS: usize = 600;

/// A table whose rows fit a page: what is longer goes on in the row below.
fn broken(table: TableSpec) -> TableSpec {
    let rows = table.rows.into_iter().flat_map(|row| {
        let parts: Vec<Vec<String>> = row.iter().map(|cell| cell_parts(&cell.text)).collect();
        let count = parts.iter().map(Vec::len).max().unwrap_or(1);
        (0..count)
            .map(|at| {
                let cells = row.iter().zip(&parts);
                cells.map(|(cell, parts)| Cell::toned(parts.get(at).cloned().unwrap_or_default(), cell.tone)).collect()
            })
            .collect::<Vec<Vec<Cell>>>()
    });
    TableSpec { rows: rows.collect(), columns: table.columns, total: table.total }
}

fn cell_parts(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let (mut lines, mut characters) = (1, 0);
    for character in text.chars() {
        let is_line = character == '\n';
        if lines + usize::from(is_line) > LINES
            || (characters >= CHARACTERS && character.is_whitespace())
            || characters >= 2 * CHARACTERS
        {
            parts.push(String::new());
            (lines, characters) = (1, 0);
            if character.is_whitespace() {
                continue;
            }
        }
        lines += usize::from(is_line);
        characters += 1;
        if let Some(last) = parts.last_mut() {
            last.push(character);
        }
    }
    parts
}

fn section(id: &str, heading: &str, blocks: Vec<Block>) -> Page {
    Page {
        id: id.to_owned(),
        kicker: heading.to_owned(),
        headline: heading.to_owned(),
        subtitle: String::new(),
        blocks,
        commentary: None,
    }
}

fn or_nothing(blocks: Vec<Block>, said: String) -> Vec<Block> {
    if blocks.is_empty() { vec![Block::Paragraph { text: said }] } else { blocks }
}

/// Writes it.
///
/// # Errors
/// `postmortem-none`; `postmortem-leaks`, where something that stays inside would leave; those of a place for a file.
pub async fn postmortem_export(context: &Context, request: PostmortemExport) -> Result<Exported> {
    let mut path = context.app.path(&request.path);
    if path.as_os_str().is_empty() {
        return Err(crate::AppError::field("path", "required"));
    }
    let extension = match request.form {
        PostmortemForm::Pdf => "pdf",
        PostmortemForm::Html => "html",
        PostmortemForm::Markdown => "md",
    };
    if path.extension().is_none() && !path.is_dir() && !path.exists() {
        path.set_extension(extension);
    }
    let agreed = Agreed { replace: request.replace, create_folder: request.create_folder };
    let target = Target::file(context, path, agreed).await?;
    let paper = paper(context, request.id, request.external).await?;
    let (bytes, said) = match request.form {
        PostmortemForm::Markdown => {
            let text = markdown::written(context, &paper);
            (text.clone().into_bytes(), text)
        }
        PostmortemForm::Html => {
            let text = html::written(context, &paper)?;
            (text.clone().into_bytes(), text)
        }
        PostmortemForm::Pdf => {
            let document = document(context, &paper);
            let said = serde_json::to_string(&document).map_err(|error| AppError::Internal(error.to_string()))?;
            let (created, kind) = (context.now(), request.paper);
            let pdf = tokio::task::spawn_blocking(move || render_pdf(&document, kind.into(), created));
            let pdf = pdf.await.map_err(|error| AppError::Internal(error.to_string()))?;
            (pdf.map_err(|error| AppError::Internal(error.to_string()))?.bytes, said)
        }
    };
    // What people wrote holds nothing of it any more; of the file as a whole, words of our own are no leak ("status", "figure"), but
    // nothing that names somebody may be there by any way.
    let left = |redaction: &Redaction| {
        redaction.left_in(&paper.said()).or_else(|| redaction.named_in(&html::bare(&said))).map(str::to_owned)
    };
    if let Some(left) = paper.redaction.as_ref().and_then(left) {
        // What it is, is not said: the message may be passed on.
        let first: String = left.chars().take(1).collect();
        return Err(AppError::refused("postmortem-leaks").with("mark", format!("{first}{WITHHELD}")));
    }
    target.write(&bytes)?;
    Ok(Exported { path: target.path.to_string_lossy().into_owned(), rows: bytes.len() as u64 })
}
