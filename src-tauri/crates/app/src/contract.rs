//! Contracts: list with deadlines, page, edit.

use std::collections::HashMap;

use chrono::{Duration, NaiveDate};
use domain::contract::{
    Contract, ContractDetails, ContractState, Deadline, DeadlineKind, Term, check, deadline, running_term, state,
};
use domain::id::{ContractId, VendorId};
use domain::money::Money;
use domain::price::PriceRow;
use domain::urgency::Urgency;
use report::chart::{Annotation, Axis, ChartSpec, ColourToken, Lane, LaneMark, Marks, Span, Tick};
use report::format;
use report::table::{Align, Cell, TableColumn, TableSpec};
use serde::{Deserialize, Serialize};
use store::sqlx::SqliteConnection;
use ts_rs::TS;
use uuid::Uuid;

use crate::activity::{self, Batch};
use crate::bakeoff::BAKEOFF;
use crate::bakeoff::settled::settled;
use crate::economics;
use crate::error::FieldError;
pub use credits::CreditView;

use crate::view::{Link, StripFigure, position};
use crate::{AppError, Context, Result};
use standing::DrawdownView;

pub(crate) const CONTRACT: &str = "contract";

/// Contracts that are to have one owner.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ContractOwner {
    pub ids: Vec<ContractId>,
    pub owner: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ContractRef {
    pub id: ContractId,
}

/// A contract as typed; without an id it is new.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContractDraft {
    pub id: Option<ContractId>,
    #[serde(flatten)]
    pub details: ContractDetails,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContractRow {
    pub contract: Contract,
    pub vendor_name: String,
    pub term: Option<Term>,
    pub deadline: Option<Deadline>,
    pub state: ContractState,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContractsView {
    pub rows: Vec<ContractRow>,
    pub timeline: Option<ChartSpec>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContractView {
    pub row: ContractRow,
    pub strip: Vec<StripFigure>,
    pub drawdown: Option<DrawdownView>,
    pub prices: Vec<PriceRow>,
    pub upcoming: Vec<UpcomingDate>,
    /// How the deadline was computed, one sentence.
    pub explanation: String,
    /// What a signed decision says of the renewal.
    pub settled: Option<SettledView>,
    /// What the vendor owes for downtime, the latest month first.
    pub credits: Vec<CreditView>,
}

/// A renewal that was decided, and by what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SettledView {
    pub text: String,
    pub link: Link,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UpcomingDate {
    #[ts(type = "string")]
    pub date: NaiveDate,
    pub what: Upcoming,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Upcoming {
    NoticeOpens,
    Notice,
    Renewal,
    End,
}

pub mod clauses;
pub(crate) mod credits;
pub(crate) mod review;
pub mod standing;

/// All contracts with what their dates mean today, the nearest deadline first.
pub(crate) async fn contract_rows(connection: &mut SqliteConnection, today: NaiveDate) -> Result<Vec<ContractRow>> {
    let vendors = store::vendor::list(connection).await?;
    let names: HashMap<VendorId, String> = vendors.into_iter().map(|vendor| (vendor.id, vendor.details.name)).collect();
    let name = |id: VendorId| names.get(&id).cloned().unwrap_or_default();
    let mut rows: Vec<ContractRow> = store::contract::list(connection)
        .await?
        .into_iter()
        .map(|contract| ContractRow {
            vendor_name: name(contract.details.vendor_id),
            term: running_term(&contract.details.terms, today),
            deadline: deadline(&contract.details.terms, today),
            state: state(&contract.details.terms, today),
            contract,
        })
        .collect();
    rows.sort_by_key(|row| (row.deadline.is_none(), row.deadline.map(|d| d.date), row.contract.details.terms.start));
    Ok(rows)
}

pub async fn contracts(context: &Context, (): ()) -> Result<ContractsView> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let today = context.today(&store::workspace::settings(&mut snapshot).await?)?;
    let rows = contract_rows(&mut snapshot, today).await?;
    let timeline = timeline(context, &rows, today);
    Ok(ContractsView { rows, timeline })
}

/// Contracts as lanes: the running term and the next, with the date to act by.
pub(crate) fn timeline(context: &Context, rows: &[ContractRow], today: NaiveDate) -> Option<ChartSpec> {
    let language = context.language;
    let shown: Vec<&ContractRow> =
        rows.iter().filter(|row| row.state != ContractState::Ended && row.term.is_some()).collect();
    if shown.is_empty() {
        return None;
    }
    let first = today - Duration::days(120);
    let last = shown
        .iter()
        .filter_map(|row| row.term.map(|term| term.to))
        .map(|end| end + Duration::days(45))
        .max()
        .unwrap_or(today)
        .clamp(today + Duration::days(240), today + Duration::days(560));
    let text = |id: &str| context.text(id, &[]);
    let mut lanes = Vec::new();
    let mut table = Vec::new();
    for row in &shown {
        let Some(term) = row.term else { continue };
        let within = |day: NaiveDate| position(day.clamp(first, last));
        let mut spans = vec![Span {
            from: within(term.from),
            to: within(term.to),
            label: format!("{} – {}", format::date(term.from, language), format::date(term.to, language)),
            colour: ColourToken::Series1,
        }];
        let renews = row.deadline.is_some_and(|d| d.kind == DeadlineKind::Notice);
        if renews && term.to < last {
            let label = text("contract-chart-renewal");
            spans.push(Span {
                from: within(term.to + Duration::days(1)),
                to: position(last),
                label,
                colour: ColourToken::Rest,
            });
        }
        let marks = row
            .deadline
            .into_iter()
            .filter(|d| (first..=last).contains(&d.date))
            .map(|d| LaneMark {
                at: position(d.date),
                label: format::date(d.date, language),
                colour: match d.urgency {
                    Urgency::Overdue => ColourToken::Bad,
                    Urgency::Week => ColourToken::Warn,
                    _ => ColourToken::Ink,
                },
            })
            .collect();
        let name = format!("{} · {}", row.vendor_name, row.contract.details.title);
        table.push(vec![
            Cell::plain(name.clone()),
            Cell::plain(format::date(term.to, language)),
            row.deadline.map_or_else(Cell::unknown, |d| Cell::plain(format::date(d.date, language))),
        ]);
        lanes.push(Lane { name, spans, marks });
    }
    let column = |title: &str, align| TableColumn { title: text(title), align, weight: 1.0 };
    let next = shown.iter().filter_map(|row| row.deadline.map(|d| (d, row))).min_by_key(|(d, _)| d.date);
    let title = match next {
        Some((next, row)) => context.text(
            "contract-chart-title",
            &[("vendor", row.vendor_name.as_str().into()), ("date", format::date(next.date, language).into())],
        ),
        None => text("contract-chart-title-none"),
    };
    let subtitle = text("contract-chart-subtitle");
    let ticks = format::time_ticks(first, last, 10, language);
    Some(ChartSpec {
        summary: format!("{title}. {subtitle}"),
        title,
        subtitle,
        x: Axis {
            label: String::new(),
            min: position(first),
            max: position(last),
            ticks: ticks.into_iter().map(|t| Tick { at: position(t.date), label: t.label }).collect(),
        },
        y: Axis::default(),
        marks: Marks::Timeline { lanes },
        annotations: vec![Annotation::Event { at: position(today), label: text("contract-chart-today") }],
        table: TableSpec {
            columns: vec![
                column("contract-chart-contract", Align::Left),
                column("contract-chart-term-ends", Align::Right),
                column("contract-chart-act-by", Align::Right),
            ],
            rows: table,
            total: None,
        },
    })
}

pub async fn contract(context: &Context, input: ContractRef) -> Result<ContractView> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let today = context.today(&store::workspace::settings(&mut snapshot).await?)?;
    let row = contract_rows(&mut snapshot, today).await?.into_iter().find(|row| row.contract.id == input.id);
    let row = row.ok_or_else(|| AppError::refused("not-found"))?;
    let vendor = store::vendor::get(&mut snapshot, row.contract.details.vendor_id).await?;
    let prices = store::price::of_contract(&mut snapshot, input.id).await?;
    let settled = settled(&mut snapshot).await?.remove(&input.id).map(|settled| SettledView {
        text: settled.sentence(context, vendor.id),
        link: Link::to(BAKEOFF, settled.bakeoff),
    });
    let clauses = store::contract::clauses(&mut snapshot, input.id).await?;
    let incidents = store::incident::list(&mut snapshot).await?;
    drop(snapshot);
    let loaded = economics::load(context).await?;
    let contract = (&row.contract, &clauses.sla);
    let credits = credits::credits(context, &loaded, &vendor.details, contract, &incidents, today)?;
    let (strip, drawdown) = standing::standing(context, &row, &vendor.details, today).await?;
    Ok(ContractView {
        strip,
        drawdown,
        prices,
        upcoming: upcoming(&row, today),
        explanation: explanation(context, &row),
        settled,
        credits,
        row,
    })
}

pub(crate) fn upcoming(row: &ContractRow, today: NaiveDate) -> Vec<UpcomingDate> {
    let mut dates = Vec::new();
    if let (Some(deadline), Some(term)) = (row.deadline, row.term) {
        if let Some(earliest) = deadline.earliest {
            dates.push(UpcomingDate { date: earliest, what: Upcoming::NoticeOpens });
        }
        if deadline.kind == DeadlineKind::Notice {
            dates.push(UpcomingDate { date: deadline.date, what: Upcoming::Notice });
            dates.push(UpcomingDate { date: term.to + Duration::days(1), what: Upcoming::Renewal });
        } else {
            dates.push(UpcomingDate { date: term.to, what: Upcoming::End });
        }
    }
    dates.retain(|d| d.date >= today);
    dates.sort_by_key(|d| d.date);
    dates
}

fn explanation(context: &Context, row: &ContractRow) -> String {
    let date = |day: NaiveDate| format::date(day, context.language);
    let (Some(term), Some(deadline)) = (row.term, row.deadline) else {
        return context.text("contract-explain-none", &[]);
    };
    let id = match deadline.kind {
        DeadlineKind::Notice => "contract-explain-notice",
        DeadlineKind::End => "contract-explain-end",
    };
    let days = row.contract.details.terms.notice_min_days.unwrap_or(0);
    context.text(
        id,
        &[
            ("from", date(term.from).into()),
            ("to", date(term.to).into()),
            ("renewals", term.renewals.into()),
            ("days", days.into()),
            ("date", date(deadline.date).into()),
        ],
    )
}

pub async fn contract_save(context: &Context, draft: ContractDraft) -> Result<Contract> {
    let details = draft.details;
    let mut problems: Vec<FieldError> =
        check(&details.terms).into_iter().map(|(field, code)| FieldError::new(field, code)).collect();
    let mut problem = |field: &str, code: &str| problems.push(FieldError::new(field, code));
    if details.title.trim().is_empty() {
        problem("title", "required");
    }
    if details.commitment.is_some_and(|commitment| commitment.currency() != details.currency) {
        problem("commitment", "currency-of-contract");
    }
    if let Some(code) = details.commitment.and_then(domain::contract::check_commitment) {
        problem("commitment", code);
    }
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    let commitment = details.commitment.map(|c| Money::from_nanos(c.nanos(), details.currency));
    let details = ContractDetails { commitment, ..details };
    let store = context.store().await?;
    let mut write = store.write().await?;
    store::vendor::get(write.connection(), details.vendor_id)
        .await
        .map_err(|_| AppError::field("vendorId", "required"))?;
    let before = match draft.id {
        Some(id) => Some(store::contract::get(write.connection(), id).await?),
        None => None,
    };
    let contract = Contract { id: draft.id.unwrap_or_else(|| ContractId(Uuid::now_v7())), details };
    let id = contract.id.to_string();
    match &before {
        Some(before) if *before == contract => return Ok(contract),
        Some(before) => {
            activity::edited(&mut write, context, CONTRACT, &id, &contract.details.title, before, &contract).await?;
        }
        None => activity::created(&mut write, context, CONTRACT, &id, &contract.details.title, &contract).await?,
    }
    store::contract::save(&mut write, &contract).await?;
    write.commit().await?;
    Ok(contract)
}

/// Gives contracts to an owner, all or none.
pub async fn contracts_owner(context: &Context, input: ContractOwner) -> Result<Batch> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    let mut entries = Vec::with_capacity(input.ids.len());
    for id in input.ids {
        let before = store::contract::get(write.connection(), id).await?;
        let mut after = before.clone();
        after.details.owner.clone_from(&input.owner);
        if after == before {
            continue;
        }
        let (record, subject) = (id.to_string(), before.details.title.clone());
        entries.push(activity::assigned(&mut write, context, CONTRACT, &record, &subject, (&before, &after)).await?);
        store::contract::save(&mut write, &after).await?;
    }
    let batch = activity::together(&mut write, entries).await?;
    write.commit().await?;
    Ok(batch)
}

pub async fn contract_delete(context: &Context, input: ContractRef) -> Result<()> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    let contract = store::contract::get(write.connection(), input.id).await?;
    let (id, title) = (contract.id.to_string(), contract.details.title.clone());
    activity::deleted(&mut write, context, CONTRACT, &id, &title, &contract).await?;
    store::contract::delete(&mut write, contract.id).await?;
    write.commit().await?;
    Ok(())
}
