//! The memo of a bake-off: the decision first, then what it rests on, in two to four pages.

use domain::bakeoff::gates::Standing;
use domain::calendar::Period;
use domain::id::BakeoffId;
use report::doc::{Block, Figure, Page};
use report::format;
use report::table::{Align, Cell, TableSpec, Tone};

use super::blind::{RoundRow, rounds};
use super::compare::{ComparedCandidate, ComparisonView, bakeoff_comparison};
use super::decide::{DecisionTrial, DecisionView, decision};
use super::{BakeoffRef, BakeoffView, bakeoff};
use crate::frame::Kept;
use crate::frame::review::{DocumentRef, Frame, Review, Section, chart, column, page};
use crate::{AppError, Context, Result};

/// The kind of document.
pub const MEMO: &str = "bakeoff-memo";

fn id_of(review: &Review) -> Result<BakeoffId> {
    review.document.subject.parse().map_err(|_| AppError::refused("not-found"))
}

/// # Errors
/// `not-found`; `sealed`, while a round is open: a memo names everybody.
pub(crate) async fn open(context: &Context, document: DocumentRef) -> Result<Review> {
    let id: BakeoffId = document.subject.parse().map_err(|_| AppError::refused("not-found"))?;
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    store::bakeoff::get(&mut snapshot, id).await?;
    super::Names::of(context, &mut snapshot, id).await?.expect_open()?;
    let settings = store::workspace::settings(&mut snapshot).await?;
    let calendar = settings.calendar()?;
    let today = calendar.day_of(context.now());
    Ok(Review {
        document,
        before: None,
        period: Period::Span(today, today),
        today,
        settings,
        calendar,
        kept: Kept::default(),
    })
}

/// What the pages draw from.
struct Facts {
    view: BakeoffView,
    comparison: ComparisonView,
    decision: DecisionView,
    rounds: Vec<RoundRow>,
}

async fn facts(context: &Context, review: &Review) -> Result<std::sync::Arc<Facts>> {
    let slot = review.kept.slot::<tokio::sync::OnceCell<std::sync::Arc<Facts>>>();
    let facts = slot
        .get_or_try_init(|| async {
            let id = id_of(review)?;
            Ok::<_, AppError>(std::sync::Arc::new(Facts {
                view: bakeoff(context, BakeoffRef { id }).await?,
                comparison: bakeoff_comparison(context, BakeoffRef { id }).await?,
                decision: decision(context, DecisionTrial { bakeoff_id: id, content: None }).await?,
                rounds: rounds(context, BakeoffRef { id }).await?,
            }))
        })
        .await?;
    Ok(facts.clone())
}

pub(crate) async fn frame(context: &Context, review: &Review, _: &[&'static Section]) -> Result<Frame> {
    let facts = facts(context, review).await?;
    let store = context.store().await?;
    let revision = store::workspace::get(&mut *store.read().await?).await?.revision;
    let name = facts.view.row.name.clone();
    let signed = facts.decision.signed.as_ref();
    let hash = signed.map_or_else(String::new, |signed| signed.hash.chars().take(16).collect());
    Ok(Frame {
        title: context.text("memo-title", &[("name", name.clone().into())]),
        subtitle: facts.view.details.question.clone(),
        label: name,
        provenance: context.text(
            if signed.is_some() { "memo-provenance-signed" } else { "memo-provenance" },
            &[
                ("suite", facts.view.row.suite.clone().into()),
                ("hash", hash.into()),
                ("revision", revision.into()),
                ("version", env!("CARGO_PKG_VERSION").into()),
            ],
        ),
        opening: Vec::new(),
        closing: Vec::new(),
    })
}

/// The decision, why, and how sure it is.
pub(crate) async fn recommendation(context: &Context, review: &Review) -> Result<Option<Page>> {
    let facts = facts(context, review).await?;
    let (decision, view) = (&facts.decision, &facts.view);
    let text = |id: &str| context.text(id, &[]);
    let chosen = decision.content.choice.and_then(|choice| decision.candidates.iter().find(|one| one.id == choice));
    let best = decision
        .candidates
        .iter()
        .filter(|one| one.passed)
        // Of equals the first, as everywhere.
        .reduce(|best, one| if one.score.unwrap_or(-1.0) > best.score.unwrap_or(-1.0) { one } else { best });
    let named = chosen.or(best);
    let headline = match (chosen, best) {
        (Some(chosen), _) => context.text("memo-headline-chosen", &[("name", chosen.name.clone().into())]),
        (None, Some(best)) => context.text("memo-headline-leads", &[("name", best.name.clone().into())]),
        _ => text("memo-headline-open"),
    };
    let power = facts.comparison.power.as_ref().unwrap_or(&view.power);
    let mut figures = vec![
        Figure {
            label: text("memo-cases"),
            value: format::count(view.row.cases.into()),
            note: view.row.suite.clone(),
            tone: Tone::Plain,
        },
        Figure {
            label: text("memo-detectable"),
            value: power.detectable_text.clone(),
            note: context.text("memo-wanted", &[("wanted", power.wanted_text.clone().into())]),
            tone: if power.underpowered { Tone::Warn } else { Tone::Plain },
        },
    ];
    if let Some(one) = named {
        let compared = facts.comparison.candidates.iter().find(|candidate| candidate.id == one.id);
        figures.push(Figure {
            label: text("memo-first"),
            value: one.first_text.clone(),
            note: one.name.clone(),
            tone: Tone::Plain,
        });
        if let Some(compared) = compared {
            figures.push(Figure {
                label: text("front-cost"),
                value: compared.cost_text.clone(),
                note: compared
                    .cost_coverage
                    .clone()
                    .map_or_else(String::new, |share| context.text("coverage-of", &[("share", share.into())])),
                tone: Tone::Plain,
            });
        }
    }
    let mut blocks = vec![Block::Figures { figures }];
    for (heading, body) in
        [("memo-rationale", &decision.content.rationale), ("memo-dissent", &decision.content.dissent)]
    {
        if !body.trim().is_empty() {
            blocks.push(Block::Paragraph { text: context.text(heading, &[("text", body.trim().into())]) });
        }
    }
    let mut items = Vec::new();
    if decision.signed.is_none() {
        items.push(context.text("memo-draft", &[("version", decision.version.into())]));
    }
    if power.underpowered {
        items.push(power.sentence.clone());
    }
    items.extend(Some(decision.against.clone()).filter(|text| !text.is_empty()));
    items.extend(decision.findings.iter().cloned());
    if let Some(signed) = &decision.signed {
        items.push(context.text(
            "memo-signed",
            &[
                ("by", signed.by.clone().into()),
                ("date", signed.at_text.clone().into()),
                ("hash", signed.hash.clone().into()),
            ],
        ));
        let checked = super::decide::decision_verify(context, super::BakeoffRef { id: view.row.id }).await?;
        if checked.iter().any(|one| one.version == Some(signed.version) && !one.holds) {
            items.push(text("memo-not-as-signed"));
        }
    }
    if !decision.content.approvers.is_empty() {
        // Whoever is named approves by the signature, not by being named.
        items.push(context.text(
            if decision.signed.is_some() { "memo-approvers" } else { "memo-approvers-asked" },
            &[("names", format::listed(&decision.content.approvers, context.language).into())],
        ));
    }
    if let Some(deadline) = &view.deadline {
        items.push(context.text(
            "memo-deadline",
            &[("contract", deadline.contract.clone().into()), ("date", deadline.notice_text.clone().into())],
        ));
    }
    if !decision.undecided.is_empty() {
        items.push(decision.undecided.clone());
    }
    if !items.is_empty() {
        blocks.push(Block::Bullets { items });
    }
    let subtitle = view.details.question.clone();
    Ok(Some(page("recommendation", text("memo-recommendation"), headline, subtitle, blocks)))
}

/// Differences from the incumbent and the table they come from.
pub(crate) async fn comparison(context: &Context, review: &Review) -> Result<Option<Page>> {
    let facts = facts(context, review).await?;
    let view = &facts.comparison;
    if view.candidates.is_empty() {
        return Ok(None);
    }
    let text = |id: &str| context.text(id, &[]);
    // Candidates side by side: there are few of them, and criteria may be many.
    let mut columns = vec![column(text("memo-compared"), Align::Left, 1.3)];
    columns.extend(view.candidates.iter().map(|one| column(one.name.clone(), Align::Right, 1.2)));
    let row = |name: String, of: &dyn Fn(&ComparedCandidate) -> String| {
        let mut row = vec![Cell::plain(name)];
        row.extend(view.candidates.iter().map(|one| Cell::plain(of(one))));
        row
    };
    let mut rows: Vec<Vec<Cell>> = view
        .criteria
        .iter()
        .take(MOST_CRITERIA)
        .enumerate()
        .map(|(at, criterion)| {
            let of = |one: &ComparedCandidate| {
                one.scores.get(at).map_or_else(String::new, |score| with_interval(&score.text, &score.interval_text))
            };
            row(criterion.name.clone(), &of)
        })
        .collect();
    rows.push(row(text("front-cost"), &|one| one.cost_text.clone()));
    rows.push(row("p95".to_owned(), &|one| with_interval(&one.p95_text, &one.p95_interval_text)));
    rows.push(row(text("memo-missing"), &|one| {
        let as_failure = one.scores.first().map_or("", |score| score.as_failure_text.as_str());
        with_interval(&format::count(one.missing.into()), as_failure)
    }));
    let mut blocks: Vec<Block> = view.forest.iter().cloned().map(chart).collect();
    blocks.push(Block::Table { table: TableSpec { columns, rows, total: None } });
    if !view.notes.is_empty() {
        blocks.push(Block::Bullets { items: view.notes.clone() });
    }
    let headline = view.forest.as_ref().map_or_else(|| text("memo-comparison"), |forest| forest.title.clone());
    let subtitle = view.forest.as_ref().map_or_else(String::new, |forest| forest.subtitle.clone());
    Ok(Some(page("comparison", text("memo-comparison"), headline, subtitle, blocks)))
}

/// Criteria there is room for on a page; the others are in the window.
const MOST_CRITERIA: usize = 12;

/// "93.2 % (88.6 % – 95.6 %)"; where there is no interval, the figure alone.
fn with_interval(text: &str, interval: &str) -> String {
    if interval.is_empty() || interval == "—" { text.to_owned() } else { format!("{text} ({interval})") }
}

/// Quality against cost, weights and gates.
pub(crate) async fn weighing(context: &Context, review: &Review) -> Result<Option<Page>> {
    let facts = facts(context, review).await?;
    let decision = &facts.decision;
    let text = |id: &str| context.text(id, &[]);
    let mut blocks: Vec<Block> = Vec::new();
    let mut columns = vec![
        column(text("memo-weighed"), Align::Left, 1.6),
        column(text("memo-weight"), Align::Right, 0.7),
        column(text("memo-range"), Align::Right, 1.1),
        column(text("memo-anchors"), Align::Left, 1.8),
    ];
    columns.extend(decision.candidates.iter().map(|one| column(one.name.clone(), Align::Right, 0.9)));
    let mut rows: Vec<Vec<Cell>> = decision
        .criteria
        .iter()
        .enumerate()
        .map(|(at, one)| {
            let mut row = vec![
                Cell::plain(one.name.clone()),
                Cell::plain(one.weight_text.clone()),
                Cell::plain(one.range_text.clone()),
                Cell::plain(one.anchors_text.clone()),
            ];
            row.extend(decision.candidates.iter().map(|candidate| {
                candidate
                    .worth
                    .get(at)
                    .copied()
                    .flatten()
                    .map_or_else(Cell::unknown, |worth| Cell::plain(format::ratio(worth, 2)))
            }));
            row
        })
        .collect();
    let blank = || vec![Cell::plain(String::new()), Cell::plain(String::new()), Cell::plain(String::new())];
    let mut first = vec![Cell::plain(text("memo-first"))];
    first.extend(blank());
    first.extend(decision.candidates.iter().map(|one| Cell::plain(one.first_text.clone())));
    rows.push(first);
    let mut total = vec![Cell::plain(text("memo-score"))];
    total.extend(blank());
    total.extend(decision.candidates.iter().map(|one| Cell::plain(one.score_text.clone())));
    blocks.push(Block::Table { table: TableSpec { columns, rows, total: Some(total) } });
    let mut items = gates(context, decision);
    if !decision.consistency.is_empty() {
        items.push(decision.consistency.clone());
    }
    blocks.push(Block::Bullets { items });
    blocks.extend(facts.comparison.front.iter().cloned().map(chart));
    let headline = decision.findings.first().cloned().unwrap_or_else(|| text("memo-weighing"));
    Ok(Some(page("weighing", text("memo-weighing"), headline, text("memo-weighing-subtitle"), blocks)))
}

/// Every gate there is with who passed it, and who did not and why; that there is none is said as well.
fn gates(context: &Context, decision: &DecisionView) -> Vec<String> {
    let count = decision.candidates.first().map_or(0, |one| one.gates.len());
    if count == 0 {
        return vec![context.text("memo-no-gates", &[])];
    }
    let of = |at: usize| decision.candidates.iter().filter_map(move |one| Some((&one.name, one.gates.get(at)?)));
    let line = |at: usize| {
        let name = of(at).next().map_or_else(String::new, |(_, gate)| gate.name.clone());
        let passed: Vec<&str> =
            of(at).filter(|(_, gate)| gate.standing == Standing::Passed).map(|(name, _)| name.as_str()).collect();
        let others: Vec<String> = of(at)
            .filter(|(_, gate)| gate.standing != Standing::Passed)
            .map(|(name, gate)| format!("{name} ({})", gate.text))
            .collect();
        let args = [
            ("gate", name.into()),
            ("passed", format::listed(&passed, context.language).into()),
            ("others", format::listed(&others, context.language).into()),
        ];
        let id = match (passed.is_empty(), others.is_empty()) {
            (_, true) => "memo-gate-all",
            (true, false) => "memo-gate-nobody",
            (false, false) => "memo-gate-some",
        };
        context.text(id, &args)
    };
    (0..count).map(line).collect()
}

/// How it was done, and what it does not say.
pub(crate) async fn method(context: &Context, review: &Review) -> Result<Option<Page>> {
    let facts = facts(context, review).await?;
    let view = &facts.view;
    let text = |id: &str| context.text(id, &[]);
    let items = vec![
        context.text(
            "memo-method-suite",
            &[("suite", view.row.suite.clone().into()), ("hash", view.suite_hash.clone().into())],
        ),
        match facts.comparison.clusters {
            Some(clusters) => context.text("memo-method-clusters", &[("clusters", clusters.into())]),
            None => text("memo-method-paired"),
        },
        text("memo-method-missing"),
        text("memo-method-cost"),
        text("memo-method-weights"),
    ];
    let rows = view
        .imports
        .iter()
        .filter(|import| !import.reverted)
        .map(|import| {
            vec![
                Cell::plain(import.name.clone()),
                Cell::plain(format_name(context, &import.format)),
                Cell::plain(format::count(import.results.into())),
                Cell::plain(format::count(import.unmatched.into())),
                Cell::plain(format::date(review.calendar.day_of(import.at), context.language)),
            ]
        })
        .collect();
    let table = TableSpec {
        columns: vec![
            column(text("column-file"), Align::Left, 2.0),
            column(text("memo-format"), Align::Left, 1.0),
            column(text("memo-results"), Align::Right, 0.8),
            column(text("memo-unmatched"), Align::Right, 0.9),
            column(text("column-imported"), Align::Right, 0.9),
        ],
        rows,
        total: None,
    };
    let mut blocks = vec![Block::Bullets { items }, Block::Table { table }];
    blocks.extend(judged(context, &facts.rounds).map(|table| Block::Table { table }));
    Ok(Some(page("method", text("memo-method"), text("memo-method-headline"), String::new(), blocks)))
}

/// Who judged without knowing whose the answers were, and how far they agree; `None` where nobody did.
fn judged(context: &Context, rounds: &[RoundRow]) -> Option<TableSpec> {
    let text = |id: &str| context.text(id, &[]);
    let rows: Vec<Vec<Cell>> = rounds
        .iter()
        .filter(|round| round.judged > 0)
        .map(|round| {
            let raters: Vec<String> = round
                .raters
                .iter()
                .map(|one| {
                    let args = [("rater", one.rater.clone().into()), ("judged", u64::from(one.judged).into())];
                    context.text("memo-round-rater", &args)
                })
                .collect();
            let closed = if round.open {
                text("memo-round-open")
            } else {
                let args = [("date", round.closed_text.clone().into()), ("by", round.closed_by.clone().into())];
                // The verdicts of a file were closed by nobody.
                if round.closed_by.is_empty() {
                    round.closed_text.clone()
                } else {
                    context.text("memo-round-closed", &args)
                }
            };
            vec![
                Cell::plain(round.question.clone()),
                Cell::plain(format::listed(&raters, context.language)),
                Cell::plain(format::count(round.judged.into())),
                Cell::plain(round.agreement_text.clone()),
                Cell::plain(closed),
            ]
        })
        .collect();
    (!rows.is_empty()).then(|| TableSpec {
        columns: vec![
            column(text("memo-rounds"), Align::Left, 1.6),
            column(text("memo-raters"), Align::Left, 1.8),
            column(text("memo-judged"), Align::Right, 0.7),
            column(text("memo-agreement"), Align::Left, 1.6),
            column(text("memo-closed"), Align::Left, 1.3),
        ],
        rows,
        total: None,
    })
}

/// What the quarterly review says of bake-offs: those decided in the period, and those that are open.
pub(crate) async fn quarter(context: &Context, review: &Review) -> Result<Option<Page>> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let (first, last) = review.calendar.days(review.period);
    let mut rows = Vec::new();
    let mut decided = 0;
    for one in store::bakeoff::list(&mut snapshot).await? {
        let names = super::Names::of(context, &mut snapshot, one.id).await?;
        let all = store::bakeoff::decision::list(&mut snapshot, one.id).await?;
        let signed = all.iter().find_map(|decision| {
            let signed = decision.signed.as_ref()?;
            let day = review.calendar.day_of(signed.at);
            (first <= day && day <= last).then_some((decision, signed, day))
        });
        let row = super::row(context, &mut snapshot, &one).await?;
        let choice = signed.and_then(|(decision, ..)| {
            let content: super::decide::DecisionContent = crate::activity::read(decision.content.clone()).ok()?;
            content.choice.map(|choice| names.name(choice))
        });
        decided += usize::from(signed.is_some());
        if signed.is_none() && row.stage == super::Stage::Signed {
            continue;
        }
        rows.push(vec![
            Cell::plain(row.name),
            Cell::plain(row.suite),
            Cell::plain(format::count(row.candidates.into())),
            Cell::plain(row.stage_text),
            choice.map_or_else(Cell::unknown, Cell::plain),
            signed.map_or_else(Cell::unknown, |(.., day)| Cell::plain(format::date(day, context.language))),
        ]);
    }
    if rows.is_empty() {
        return Ok(None);
    }
    let text = |id: &str| context.text(id, &[]);
    let table = TableSpec {
        columns: vec![
            column(text("area-bakeoff"), Align::Left, 1.6),
            column(text("area-suite"), Align::Left, 1.3),
            column(text("memo-candidates"), Align::Right, 0.8),
            column(text("memo-stage"), Align::Left, 0.9),
            column(text("memo-choice"), Align::Left, 1.2),
            column(text("memo-signed-on"), Align::Right, 1.0),
        ],
        rows,
        total: None,
    };
    let headline = context.text("quarter-headline-bakeoffs", &[("count", decided.into())]);
    Ok(Some(page("bakeoffs", text("quarter-bakeoffs"), headline, String::new(), vec![Block::Table { table }])))
}

/// What a format of files is called, where it has a name for people.
fn format_name(context: &Context, format: &str) -> String {
    let id = match format {
        "jsonl" => "bakeoff-format-table-jsonl".to_owned(),
        "csv" => "bakeoff-format-table-csv".to_owned(),
        other => format!("bakeoff-format-{other}"),
    };
    context.app.catalogue(context.language).find(&id).unwrap_or_else(|| format.to_owned())
}
