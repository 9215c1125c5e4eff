//! Documents nobody would write on purpose: the layout holds all the same.
#![allow(clippy::unwrap_used)]

mod demo;

use report::canvas::Mark;
use report::doc::{Block, Figure, Page, ReportDoc};
use report::locale::Language;
use report::table::{Align, Cell, TableSpec, Tone};
use report::{Paper, render_pages, render_pdf};

const PAPERS: [Paper; 3] = [Paper::Deck, Paper::A4, Paper::Letter];

fn figures(count: usize) -> Block {
    let figure = |i: usize| Figure {
        label: format!("A figure with a rather long label, number {i}"),
        value: if i.is_multiple_of(3) { "$1,234,567,890.12".into() } else { "41.3 %".into() },
        note: if i.is_multiple_of(2) { String::new() } else { "▲ 8.1 % on the quarter before".into() },
        tone: Tone::Good,
    };
    Block::Figures { figures: (0..count).map(figure).collect() }
}

fn table(columns: usize, rows: usize) -> Block {
    let cell = |r: usize, c: usize| match c % 4 {
        0 => Cell::plain(format!("Some vendor with a name of its own {r}")),
        1 => Cell::plain(format!("{},{:03},417.25", r + 1, c * 37)),
        2 => Cell::unknown(),
        _ => Cell::toned("✓ done, and a remark that goes on for a while", Tone::Good),
    };
    Block::Table {
        table: TableSpec {
            columns: (0..columns)
                .map(|c| {
                    demo::column(&format!("Column {c}, USD"), if c % 4 == 1 { Align::Right } else { Align::Left }, 1.0)
                })
                .collect(),
            rows: (0..rows).map(|r| (0..columns).map(|c| cell(r, c)).collect()).collect(),
            total: Some((0..columns).map(|c| cell(rows, c)).collect()),
        },
    }
}

fn chart() -> Block {
    Block::Chart { chart: Box::new(demo::spend_chart(false)) }
}

fn bullets(count: usize) -> Block {
    Block::Bullets {
        items: (0..count)
            .map(|i| {
                format!("Point {i}: code review doubled its sessions and is now a fifth of spend at 12 % cache hits.")
            })
            .collect(),
    }
}

fn page(id: &str, blocks: Vec<Block>) -> Page {
    Page {
        id: id.into(),
        kicker: format!("Section {id}"),
        headline: "A finding that takes its time: a successful session costs 12.9 % less than in the second quarter, although traffic grew by a quarter and two vendors raised their prices in August".into(),
        subtitle: "Q3 2026 against Q2 2026, all workspaces, USD, n = 11.92 M".into(),
        blocks,
        commentary: Some("- One remark.\n- Another remark of some length, so that it wraps in any column it is put into.\n\nAnd a paragraph.".into()),
    }
}

fn document() -> ReportDoc {
    let mut pages = vec![
        page("a", vec![figures(12)]),
        page("b", vec![figures(7), chart(), chart(), chart()]),
        page("c", vec![chart(), table(4, 40)]),
        page("d", vec![chart(), table(8, 3), table(3, 4)]),
        page("e", vec![table(12, 9)]),
        page("f", vec![table(2, 2), table(2, 3), bullets(3)]),
        page("g", vec![bullets(30)]),
        page("h", vec![figures(1), bullets(14)]),
        page("i", vec![figures(6), table(5, 30), bullets(6)]),
        page("j", vec![figures(24)]),
        page("k", vec![table(3, 0)]),
    ];
    pages.insert(
        0,
        Page {
            blocks: vec![Block::Cover { lines: vec!["One line".into(); 4] }, figures(5), bullets(2)],
            ..page("cover", vec![])
        },
    );
    ReportDoc {
        workspace: "A company whose name is long enough to be a nuisance in a footer, Inc.".into(),
        provenance: "Sources: 31 usage imports to 30 September 2026, price book of 1 October 2026, exchange rates of 30 September 2026, revision 104,812, Quarterdeck 0.1.0, reporting time zone Europe/Berlin".into(),
        sample_notice: Some("Sample data: no figure here is real".into()),
        pages,
        ..demo::demo(Language::En)
    }
}

#[test]
fn no_text_leaves_the_page_or_stands_on_another_however_much_there_is() {
    let doc = document();
    for paper in PAPERS {
        let pages = render_pages(&doc, paper).unwrap().canvases;
        for (number, page) in pages.iter().enumerate() {
            let boxes: Vec<_> = page
                .marks
                .iter()
                .filter_map(|m| match m {
                    Mark::Text { x, y, run, .. } => {
                        Some((*x, y - run.size * 0.70, x + run.width, y + run.size * 0.12, run.text.clone()))
                    }
                    _ => None,
                })
                .collect();
            for (i, a) in boxes.iter().enumerate() {
                let inside = a.0 >= 20.0 && a.1 >= 10.0 && a.2 <= page.width - 20.0 && a.3 <= page.height - 5.0;
                assert!(inside, "{paper:?} page {}: {a:?}", number + 1);
                for b in &boxes[i + 1..] {
                    let apart = a.2 <= b.0 + 0.3 || b.2 <= a.0 + 0.3 || a.3 <= b.1 + 0.3 || b.3 <= a.1 + 0.3;
                    assert!(apart, "{paper:?} page {}: {a:?} on {b:?}", number + 1);
                }
            }
        }
    }
}

#[test]
fn every_section_and_every_row_is_somewhere() {
    let doc = document();
    let created = chrono::DateTime::from_timestamp(1_790_900_000, 0).unwrap();
    for paper in PAPERS {
        let pdf = render_pdf(&doc, paper, created).unwrap();
        if let Ok(folder) = std::env::var("DEMO_OUT") {
            std::fs::write(format!("{folder}/stress-{paper:?}.pdf"), &pdf.bytes).unwrap();
        }
        let drawn = render_pages(&doc, paper).unwrap().canvases;
        let all: String = drawn
            .iter()
            .flat_map(|c| &c.marks)
            .filter_map(|m| if let Mark::Text { run, .. } = m { Some(run.text.as_str()) } else { None })
            .collect();
        for i in 0..30 {
            assert!(all.contains(&format!("Point {i}:")), "{paper:?}: point {i}");
        }
        for i in 0..24 {
            assert!(all.contains(&format!("number {i}")), "{paper:?}: figure {i}");
        }
        for row in 0..40 {
            assert!(all.contains(&format!("own {row}")), "{paper:?}: row {row}");
        }
    }
}
