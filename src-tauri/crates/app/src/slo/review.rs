//! Service levels in the quarterly review: how each stood at the quarter's end.

use report::doc::{Block, Page};
use report::format;
use report::table::{Align, Cell, TableSpec, Tone};

use super::{Standing, share, sli_text, standing_at, window_text};
use crate::frame::area;
use crate::frame::review::{QUARTER, Review, Section, column, page};
use crate::{Context, Result};

pub(crate) const SECTION: Section = Section {
    document: QUARTER,
    place: 66,
    id: "slos",
    name: "quarter-slos",
    page: |context, review| Box::pin(quarter(context, review)),
    findings: |_, _| area::none(),
};

async fn quarter(context: &Context, review: &Review) -> Result<Option<Page>> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let (_, last) = review.calendar.days(review.period);
    let end = review.calendar.start_of(last + chrono::Days::new(1)).min(context.now());
    let mut all: Vec<Standing> = Vec::new();
    for slo in store::slo::list(&mut snapshot).await? {
        let standing = standing_at(context, &mut snapshot, &review.calendar, slo, end).await?;
        if !standing.counted.is_empty() {
            all.push(standing);
        }
    }
    if all.is_empty() {
        return Ok(None);
    }
    // Where least is left comes first; what is not known comes last.
    all.sort_by(|a, b| {
        let key = |one: &Standing| one.left().unwrap_or(f64::INFINITY);
        key(a).total_cmp(&key(b)).then_with(|| a.slo.details.name.cmp(&b.slo.details.name))
    });
    let missed = all.iter().filter(|one| one.left().is_some_and(|left| left < 0.0)).count();
    let rows = all
        .iter()
        .map(|one| {
            let details = &one.slo.details;
            let left = share(one.left());
            vec![
                Cell::plain(details.name.clone()),
                Cell::plain(format!("{} %", details.objective)),
                Cell::plain(window_text(context, details.window)),
                Cell::plain(sli_text(one)),
                if one.left().is_some_and(|left| left < 0.0) {
                    Cell::toned(left, Tone::Bad)
                } else {
                    Cell::plain(left)
                },
                Cell::plain(details.owner.clone()),
            ]
        })
        .collect();
    let text = |id: &str| context.text(id, &[]);
    let table = TableSpec {
        columns: vec![
            column(text("slo"), Align::Left, 2.2),
            column(text("slo-objective"), Align::Right, 0.8),
            column(text("slo-window"), Align::Left, 1.2),
            column(text("slo-sli"), Align::Right, 0.9),
            column(text("slo-left"), Align::Right, 0.9),
            column(text("owner"), Align::Left, 1.2),
        ],
        rows,
        total: None,
    };
    let args = [("missed", format::count(missed as i128).into()), ("all", format::count(all.len() as i128).into())];
    let headline = context.text(if missed == 0 { "quarter-slos-held" } else { "quarter-slos-missed" }, &args);
    let subtitle = text("quarter-slos-subtitle");
    Ok(Some(page("slos", text("quarter-slos"), headline, subtitle, vec![Block::Table { table }])))
}
