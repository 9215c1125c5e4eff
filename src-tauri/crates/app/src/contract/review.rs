//! What contracts contribute to the quarterly review: their terms and the days to act by.

use domain::urgency::Urgency;
use report::doc::{Block, Page};
use report::format;
use report::table::{Align, Cell, TableSpec};

use super::{ContractRow, contract_rows, timeline};
use crate::frame::review::{Review, chart, column, page as new_page};
use crate::view::tone_of;
use crate::{Context, Result};

async fn rows(context: &Context, review: &Review) -> Result<Vec<ContractRow>> {
    let store = context.store().await?;
    contract_rows(&mut *store.read().await?, review.today).await
}

/// The next day to act by.
pub(crate) async fn findings(context: &Context, review: &Review) -> Result<Vec<String>> {
    let rows = rows(context, review).await?;
    let next = rows
        .iter()
        .filter_map(|row| Some((row, row.deadline?)))
        .find(|(_, deadline)| deadline.urgency > Urgency::Overdue);
    Ok(next
        .map(|(row, deadline)| {
            context.text(
                "quarter-bullet-deadline",
                &[
                    ("vendor", row.vendor_name.clone().into()),
                    ("date", format::date(deadline.date, context.language).into()),
                    ("days", deadline.days_left.into()),
                ],
            )
        })
        .into_iter()
        .collect())
}

pub(crate) async fn page(context: &Context, review: &Review) -> Result<Page> {
    let (rows, today) = (rows(context, review).await?, review.today);
    let plain = |id: &str| context.text(id, &[]);
    let language = context.language;
    let kicker = plain("quarter-contracts");
    let Some(spec) = timeline(context, &rows, today) else {
        let text = plain("quarter-no-contracts");
        let headline = plain("quarter-no-contracts-headline");
        return Ok(new_page("contracts", kicker, headline, String::new(), vec![Block::Paragraph { text }]));
    };
    let near =
        rows.iter().filter(|r| r.deadline.is_some_and(|d| (0..=Urgency::QUARTER_DAYS).contains(&d.days_left))).count();
    let headline = context.text("quarter-headline-contracts", &[("count", near.into())]);
    let lines = rows
        .iter()
        .filter(|row| row.deadline.is_some())
        .map(|row| {
            let date = |d: chrono::NaiveDate| format::date(d, language);
            let deadline = row.deadline.map_or_else(Cell::unknown, |d| {
                let tone = tone_of(d.urgency);
                let days = context.text("in-days", &[("days", d.days_left.into())]);
                Cell::toned(format!("{} · {days}", date(d.date)), tone)
            });
            let commitment = row.contract.details.commitment.map_or_else(Cell::unknown, |m| {
                Cell::plain(format::money_compact(m.nanos(), m.currency().code(), language))
            });
            vec![
                Cell::plain(row.vendor_name.clone()),
                Cell::plain(row.contract.details.title.clone()),
                row.term.map_or_else(Cell::unknown, |t| Cell::plain(date(t.to))),
                deadline,
                commitment,
            ]
        })
        .collect();
    let table = TableSpec {
        columns: vec![
            column(plain("heading-vendor"), Align::Left, 1.0),
            column(plain("contract-chart-contract"), Align::Left, 1.6),
            column(plain("contract-chart-term-ends"), Align::Left, 1.0),
            column(plain("contract-chart-act-by"), Align::Left, 1.6),
            column(plain("column-commitment"), Align::Right, 1.0),
        ],
        rows: lines,
        total: None,
    };
    let subtitle = spec.subtitle.clone();
    Ok(new_page("contracts", kicker, headline, subtitle, vec![chart(spec), Block::Table { table }]))
}
