//! Figures on a page and in what is written about it: which are cited, and which read otherwise by now.

use report::doc::{Block, Page};
use report::table::{Align, TableSpec};
use store::document::CitedFigure;

/// More than anybody cites from one page.
const MOST: usize = 300;

/// Every figure that a page shows, each label once: key figures, and the numbers of its charts and tables by row and column.
pub(crate) fn on_page<'a>(blocks: impl IntoIterator<Item = &'a Block>) -> Vec<CitedFigure> {
    let mut found: Vec<CitedFigure> = Vec::new();
    let mut add = |label: String, text: &str| {
        let says = text.chars().any(|c| c.is_ascii_digit());
        if says && found.len() < MOST && !found.iter().any(|known| known.label == label) {
            found.push(CitedFigure { label, text: text.to_owned() });
        }
    };
    for block in blocks {
        match block {
            Block::Figures { figures } => figures.iter().for_each(|figure| add(figure.label.clone(), &figure.value)),
            Block::Chart { chart } => of_table(&chart.table, &mut add),
            Block::Table { table } => of_table(table, &mut add),
            Block::Cover { .. } | Block::Bullets { .. } | Block::Paragraph { .. } => {}
        }
    }
    found
}

fn of_table(table: &TableSpec, add: &mut impl FnMut(String, &str)) {
    for row in table.rows.iter().chain(&table.total) {
        let Some(name) = row.first() else { continue };
        for (cell, column) in row.iter().zip(&table.columns).skip(1) {
            if column.align == Align::Right {
                add(format!("{} · {}", name.text, column.title), &cell.text);
            }
        }
    }
}

/// Of a document's pages, by section: a section may go on over several.
pub(crate) fn by_section(pages: &[Page]) -> Vec<(String, Vec<CitedFigure>)> {
    let mut ids: Vec<&str> = Vec::new();
    for page in pages {
        if !ids.contains(&page.id.as_str()) {
            ids.push(&page.id);
        }
    }
    let of = |id: &str| on_page(pages.iter().filter(|page| page.id == id).flat_map(|page| &page.blocks));
    ids.into_iter().map(|id| (id.to_owned(), of(id))).collect()
}

/// Whether a text cites a figure: as a whole, not as part of a longer number.
pub(crate) fn cites(text: &str, figure: &str) -> bool {
    let goes_on = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    text.match_indices(figure).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let mut after = text[at + figure.len()..].chars();
        let starts = !before
            .is_some_and(|c| c.is_ascii_digit() || (goes_on(c) && figure.starts_with(|c: char| c.is_ascii_digit())));
        // A full stop ends a sentence; before a digit it goes on with the number.
        let ends = match after.next() {
            Some(c) if c.is_ascii_digit() => false,
            Some('.' | ',') => !after.next().is_some_and(|c| c.is_ascii_digit()),
            _ => true,
        };
        starts && ends
    })
}

/// What a passage cites henceforth: figures of the page as they read now; those it cited before and still does, as they read
/// then, so that it is seen that they have moved. `settled` are labels whose old reading a person wants to keep.
pub(crate) fn cited(text: &str, now: &[CitedFigure], before: &[CitedFigure], settled: &[String]) -> Vec<CitedFigure> {
    let mut cited: Vec<CitedFigure> = now.iter().filter(|figure| cites(text, &figure.text)).cloned().collect();
    for old in before {
        let known = cited.iter().any(|figure| figure.label == old.label);
        if !known && !settled.contains(&old.label) && cites(text, &old.text) {
            cited.push(old.clone());
        }
    }
    cited
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(label: &str, text: &str) -> CitedFigure {
        CitedFigure { label: label.into(), text: text.into() }
    }

    #[test]
    fn a_figure_is_cited_whole_and_never_as_part_of_another() {
        assert!(cites("Spend was $557.05k.", "$557.05k"));
        assert!(cites("39.6 %, up", "39.6 %"));
        assert!(cites("支出为US$55.7万。", "US$55.7万"));
        assert!(!cites("139.6 % of it", "39.6 %"));
        assert!(!cites("1,234,567 sessions", "234,567"));
        assert!(!cites("12.55 of it", "12.5"));
        assert!(!cites("nothing", "1"));
    }

    #[test]
    fn what_moved_stays_cited_as_it_was_until_it_is_used_or_settled() {
        let (old, new) = (figure("Spend", "$1.00"), figure("Spend", "$2.00"));
        let other = figure("Tokens", "5B");
        let text = "Spend was $1.00 for 5B.";
        assert_eq!(cited(text, &[old.clone(), other.clone()], &[], &[]), [old.clone(), other.clone()]);
        // The page has moved; what was written has not.
        let cited_before = [old.clone(), other.clone()];
        assert_eq!(cited(text, &[new.clone(), other.clone()], &cited_before, &[]), [other.clone(), old.clone()]);
        assert_eq!(
            cited(text, &[new.clone(), other.clone()], &cited_before, &["Spend".into()]).as_slice(),
            std::slice::from_ref(&other)
        );
        assert_eq!(cited("Spend was $2.00.", &[new.clone(), other], &cited_before, &[]), [new]);
    }
}
