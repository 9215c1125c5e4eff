//! Arena-Hard's leaderboard: a win rate of each model against a baseline, with its 95 % interval. Figures only; no cases.

use std::sync::Arc;

use super::table::rows;
use super::{Format, Group, Part};
use crate::bakeoff::gather::Gather;
use crate::bakeoff::outline::Shape;
use crate::bakeoff::told::{Candidate, StatedFigure};
use crate::number::{self, Evidence};
use crate::{Result, RowIssue};

pub(super) const FORMAT: Format = Format {
    name: "arena-hard",
    is_mapped: false,
    part: |shape| shape.is_table_with(&["model", "score", "rating_q025", "rating_q975"]).then_some(Part::Whole),
    read,
};

fn read(group: &Group<'_>, gather: &mut Gather<'_>) -> Result<()> {
    for (file, _, shape) in &group.files {
        let Shape::Table(header) = shape else { continue };
        let place = |column: &str| header.names.iter().position(|name| name.eq_ignore_ascii_case(column));
        let [model, score, low, high] = ["model", "score", "rating_q025", "rating_q975"].map(place);
        rows(file, header, gather, &mut |gather, number, cells| {
            let cell = |place: Option<usize>| {
                place.and_then(|place| cells.get(place)).map(|cell| cell.trim_ascii()).unwrap_or_default()
            };
            let read = |place| number::float(cell(place), false, &Evidence::default());
            let name = String::from_utf8_lossy(cell(model)).into_owned();
            if name.is_empty() {
                return gather.issue(RowIssue::new("candidate-untold").at(number).column("model"));
            }
            let value = match read(score) {
                Ok(value) => value,
                Err(_) => {
                    return gather.issue(RowIssue::new("not-a-score").at(number).column("score").value(cell(score)));
                }
            };
            let interval = read(low).ok().zip(read(high).ok()).filter(|(low, high)| low <= high);
            gather.stated(StatedFigure {
                candidate: Arc::new(Candidate::named(&name)),
                scope: Some("arena-hard".to_owned()),
                scorer: None,
                metric: "win rate, %".to_owned(),
                filter: None,
                value,
                standard_error: None,
                interval,
                n: None,
                place: gather.place(number),
            })
        })?;
    }
    Ok(())
}
