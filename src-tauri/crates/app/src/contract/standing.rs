//! How a contract stands: what is drawn of its commitment, what it saves against list prices, and what notice would do.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::commitment::{Drawdown, committed_over, running_stretch};
use domain::contract::{CommitmentPeriod, Contract, Deadline, outcome};
use domain::economics::Basis;
use domain::money::{Femtos, Money};
use domain::price::{PriceRow, in_force};
use domain::price_book::Offer;
use domain::vendor::VendorDetails;
use report::format;
use report::table::Tone;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ContractRef;
use crate::economics::{self, Loaded, Prices, spend_with};
use crate::view::{StripFigure, tone_of, word};
use crate::{AppError, Context, Result};

/// A commitment against what is spent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DrawdownView {
    pub committed: Money,
    pub drawn: Money,
    /// The stretch it is counted over, in words.
    pub period: String,
    /// Drawn, and what an even pace would have drawn, as parts of the commitment: geometry of a bar.
    pub share: f64,
    pub even: f64,
    /// "68.3 %".
    pub share_text: String,
    /// How far ahead of an even pace or behind it, and where that leads, one sentence each.
    pub pace: String,
    pub projection: String,
    /// The day it is used up at the pace so far.
    #[ts(type = "string | null")]
    pub used_up: Option<NaiveDate>,
    pub tone: Tone,
}

/// The last day that spend is known for, today at the latest.
fn through(loaded: &Loaded, today: NaiveDate) -> Option<NaiveDate> {
    Some(loaded.cube.span()?.1.min(today))
}

/// `None` without a commitment, in another currency than the workspace reports in, before there is usage, or where a rate
/// is missing, which Home and economics say.
pub(crate) fn drawdown(
    context: &Context,
    loaded: &Loaded,
    vendor: &VendorDetails,
    contract: &Contract,
    today: NaiveDate,
) -> Result<Option<DrawdownView>> {
    let details = &contract.details;
    let Some(committed) = details.commitment.filter(|_| details.currency == loaded.settings.currency) else {
        return Ok(None);
    };
    let per = details.commitment_period.unwrap_or(CommitmentPeriod::Term);
    let Some((from, to)) = running_stretch(&details.terms, per, today) else { return Ok(None) };
    let Some(through) = through(loaded, today).filter(|through| *through >= from) else { return Ok(None) };
    let drawn = match spend_with(loaded, vendor, (from, through.min(to)), today) {
        Err(AppError::MissingRate(_)) => None,
        drawn => drawn?,
    };
    let Some(drawn) = drawn else { return Ok(None) };
    let Some(at) = Drawdown::of((from, to), committed.nanos(), drawn, through) else { return Ok(None) };
    let money = |nanos: i128| Money::from_nanos(nanos, details.currency);
    let compact = |nanos: i128| format::money_compact(nanos, details.currency.code(), context.language);
    let of_whole = |nanos: i128| nanos as f64 / at.committed as f64;
    let pace = if at.ahead() < 0 { "drawdown-behind" } else { "drawdown-ahead" };
    let projection = match at.used_up {
        Some(day) => context.text("drawdown-used-up", &[("date", format::date(day, context.language).into())]),
        None => context.text("drawdown-short", &[("amount", compact(at.shortfall()).into())]),
    };
    Ok(Some(DrawdownView {
        committed,
        drawn: money(at.drawn),
        period: format::period(from, to, context.language),
        share: of_whole(at.drawn),
        even: of_whole(at.even()),
        share_text: format::share_of(at.drawn, at.committed, 1),
        pace: context.text(pace, &[("amount", compact(at.ahead().abs()).into())]),
        projection,
        used_up: at.used_up,
        tone: if at.will_lapse() { Tone::Warn } else { Tone::Plain },
    }))
}

/// What traffic priced by a contract within some days would have cost more at the list prices of those days, in the
/// contract's currency; `None` where nothing can be compared.
pub(crate) fn savings(loaded: &Loaded, contract: &Contract, days: (NaiveDate, NaiveDate)) -> Option<Femtos> {
    let Prices { rows, book } = loaded.prices.as_ref();
    let mut lists: HashMap<usize, Vec<&PriceRow>> = HashMap::new();
    let mut saved = None;
    for (row, counts) in loaded.cube.rows_with_standing(days.0, days.1) {
        let Basis::Computed(price) = &loaded.cube.series()[row.series as usize].basis else { continue };
        let own = &rows[price.row];
        if !counts || own.contract_id != Some(contract.id) || own.currency != contract.details.currency {
            continue;
        }
        let offer = Offer { provider: &own.provider, model: &own.model };
        let lists = lists.entry(price.row).or_insert_with(|| book.listed(offer, &own.tier));
        let list = in_force(lists, loaded.calendar.start_of(row.day));
        let Some(saving) = list.and_then(|list| own.saving(list, price.band, &row.measures.tokens)) else { continue };
        *saved.get_or_insert(Femtos(0)) += saving;
    }
    saved
}

/// The day to act by, as a key figure.
pub(crate) fn deadline_figure(context: &Context, deadline: &Deadline) -> StripFigure {
    let kind = context.text(&format!("upcoming-{}", word(&deadline.kind)), &[]);
    let days = context.text("strip-days", &[("days", deadline.days_left.into())]);
    let date = format::date(deadline.date, context.language);
    StripFigure::new(kind, date).noting(days).toned(tone_of(deadline.urgency))
}

/// The key figures of a contract's page.
pub(crate) fn strip(
    context: &Context,
    loaded: &Loaded,
    row: &super::ContractRow,
    drawn: Option<&DrawdownView>,
    today: NaiveDate,
) -> Vec<StripFigure> {
    let label = |key: &str| context.text(&format!("strip-{key}"), &[]);
    let date = |day: NaiveDate| format::date(day, context.language);
    let term = row
        .term
        .map_or_else(|| context.text("term-rolling", &[]), |term| format!("{} – {}", date(term.from), date(term.to)));
    let renewals = row.term.map_or(0, |term| term.renewals);
    let mut figures = vec![
        StripFigure::new(label("term"), term).noting(context.text("strip-renewals", &[("renewals", renewals.into())])),
    ];
    if let Some(deadline) = row.deadline {
        figures.push(deadline_figure(context, &deadline));
    }
    match (drawn, row.contract.details.commitment) {
        (Some(drawn), _) => {
            let text = |money: &Money| format::money_compact(money.nanos(), money.currency().code(), context.language);
            let of = context.text(
                "strip-drawn-of",
                &[("drawn", text(&drawn.drawn).into()), ("committed", text(&drawn.committed).into())],
            );
            figures.push(StripFigure::new(label("drawn"), of).noting(drawn.pace.clone()).toned(drawn.tone));
        }
        (None, Some(commitment)) => {
            let amount = format::money_compact(commitment.nanos(), commitment.currency().code(), context.language);
            let per = row.contract.details.commitment_period.unwrap_or(CommitmentPeriod::Term);
            let per = context.text(&format!("per-{}", word(&per)), &[]);
            figures.push(StripFigure::new(label("commitment"), amount).noting(per));
        }
        (None, None) => {}
    }
    let since = row.term.map_or(row.contract.details.terms.start, |term| term.from);
    if let Some(saved) = savings(loaded, &row.contract, (since, today)) {
        let code = row.contract.details.currency.code();
        let amount = format::money_compact(saved.to_nanos(), code, context.language);
        figures.push(StripFigure::new(label("saved"), amount).noting(context.text("strip-saved-note", &[])));
    }
    figures
}

/// "What if": notice given on a day, or never.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NoticeQuestion {
    #[serde(flatten)]
    pub contract: ContractRef,
    #[ts(type = "string | null")]
    pub notice: Option<NaiveDate>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NoticeAnswer {
    /// What happens, one sentence.
    pub sentence: String,
    #[ts(type = "string | null")]
    pub ends: Option<NaiveDate>,
    /// What the terms after the running one commit to.
    pub committed: Option<Money>,
    pub late: bool,
}

pub async fn contract_notice(context: &Context, question: NoticeQuestion) -> Result<NoticeAnswer> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let today = context.today(&store::workspace::settings(&mut snapshot).await?)?;
    let contract = store::contract::get(&mut snapshot, question.contract.id).await?;
    let details = &contract.details;
    if question.notice.is_some_and(|day| day < details.terms.start) {
        return Err(AppError::field("notice", "before-start"));
    }
    let Some(found) = outcome(&details.terms, question.notice, today) else {
        let sentence = context.text("notice-rolling", &[]);
        return Ok(NoticeAnswer { sentence, ends: None, committed: None, late: false });
    };
    let committed = committed_over(details, found.more_months).filter(|_| found.more_months > 0);
    let date = |day: NaiveDate| format::date(day, context.language);
    let amount = committed
        .map_or(String::new(), |money| format::money_compact(money.nanos(), money.currency().code(), context.language));
    let id = match (found.ends, found.late, committed.is_some()) {
        (None, _, true) => "notice-renews-for",
        (None, _, false) => "notice-renews",
        (Some(_), true, true) => "notice-late-for",
        (Some(_), true, false) => "notice-late",
        (Some(_), false, _) => "notice-ends",
    };
    let running_end = domain::contract::running_term(&details.terms, today).map_or(String::new(), |term| date(term.to));
    let sentence = context.text(
        id,
        &[
            ("end", found.ends.map_or(running_end, date).into()),
            ("months", found.more_months.into()),
            ("amount", amount.into()),
        ],
    );
    Ok(NoticeAnswer { sentence, ends: found.ends, committed, late: found.late })
}

/// What a contract's page shows of how it stands.
pub(crate) async fn standing(
    context: &Context,
    row: &super::ContractRow,
    vendor: &VendorDetails,
    today: NaiveDate,
) -> Result<(Vec<StripFigure>, Option<DrawdownView>)> {
    let loaded = economics::load(context).await?;
    let drawn = drawdown(context, &loaded, vendor, &row.contract, today)?;
    Ok((strip(context, &loaded, row, drawn.as_ref(), today), drawn))
}
