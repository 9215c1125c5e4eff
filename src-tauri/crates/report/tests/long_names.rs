//! Names of any length in tables: they wrap, and the figures beside them stay whole.
#![allow(clippy::unwrap_used)]

mod demo;
mod poppler;

use report::canvas::Mark;
use report::doc::{Block, Page, ReportDoc};
use report::locale::Language;
use report::table::{Align, Cell, TableSpec};
use report::{Paper, render_pages, render_pdf};

const PAPERS: [Paper; 3] = [Paper::Deck, Paper::A4, Paper::Letter];
const FIGURES: [&str; 4] = ["1,234,567,890.12", "12.4 %", "987,654,321", "2026-09-30"];

/// `text` over and over up to `length` characters.
fn long(text: &str, length: usize) -> String {
    text.chars().cycle().take(length).collect()
}

fn names() -> Vec<String> {
    vec![
        long("Unbroken_Tenant-0123456789/", 120).replace(['-', '/'], "x"),
        long("Some vendor with a name of its own ", 200),
        long("شركة النور للتجارة والاستثمار ", 200),
        long("شركةالنورللتجارة", 120),
        long("חברה ושות' בע\"מ ", 200),
        long("บริษัทน้ำทิพย์จำกัด", 120),
        long("भारतीय रिज़र्व क्षेत्र ", 200),
        long("한국전자 주식회사 ", 200),
        long("한국전자주식회사", 120),
        long("株式会社東京データ", 120),
        long("🚀👩‍💻 team ", 120),
        "Short".to_owned(),
    ]
}

fn document() -> ReportDoc {
    let columns = vec![
        demo::column("Tenant", Align::Left, 2.0),
        demo::column("Spend in the quarter, USD", Align::Right, 1.0),
        demo::column("Change", Align::Right, 1.0),
        demo::column("Sessions", Align::Right, 1.0),
        demo::column("Since", Align::Left, 1.0),
    ];
    let row = |name: &String| std::iter::once(name.as_str()).chain(FIGURES).map(Cell::plain).collect();
    let rows = names().iter().map(row).collect();
    let page = Page {
        id: "tenants".into(),
        kicker: "Tenants".into(),
        headline: "Tenants by spend".into(),
        subtitle: String::new(),
        blocks: vec![Block::Table { table: TableSpec { columns, rows, total: None } }],
        commentary: None,
    };
    ReportDoc { pages: vec![page], sample_notice: None, ..demo::demo(Language::En) }
}

#[test]
fn long_names_wrap_and_figures_stay_whole() {
    let doc = document();
    for paper in PAPERS {
        let drawn = render_pages(&doc, paper).unwrap();
        assert!(drawn.warnings.is_empty(), "{:?}", drawn.warnings);
        if let Ok(folder) = std::env::var("DEMO_OUT") {
            let created = chrono::DateTime::from_timestamp(1_790_900_000, 0).unwrap();
            let pdf = render_pdf(&doc, paper, created).unwrap();
            std::fs::write(format!("{folder}/long-{paper:?}.pdf"), pdf.bytes).unwrap();
        }
        let mut said = String::new();
        let mut figures = [0; FIGURES.len()];
        for (number, page) in drawn.canvases.iter().enumerate() {
            let mut boxes: Vec<(f32, f32, f32, f32, &str)> = Vec::new();
            for mark in &page.marks {
                let Mark::Text { x, y, run, .. } = mark else { continue };
                said.extend(run.text.chars().filter(|c| !c.is_whitespace()));
                let text = run.text.trim();
                for (count, figure) in figures.iter_mut().zip(FIGURES) {
                    *count += usize::from(text.replace('\u{a0}', " ") == figure);
                }
                if !text.is_empty() {
                    boxes.push((x + run.lead, y - run.size * 0.70, x + run.width, y + run.size * 0.12, text));
                }
            }
            for (i, a) in boxes.iter().enumerate() {
                let inside = a.0 >= 20.0 && a.1 >= 10.0 && a.2 <= page.width - 20.0 && a.3 <= page.height - 5.0;
                assert!(inside, "{paper:?} page {}: {a:?}", number + 1);
                for b in &boxes[i + 1..] {
                    let apart = a.2 <= b.0 + 0.3 || b.2 <= a.0 + 0.3 || a.3 <= b.1 + 0.3 || b.3 <= a.1 + 0.3;
                    assert!(apart, "{paper:?} page {}: {a:?} on {b:?}", number + 1);
                }
            }
        }
        // One run each: no figure and no date is broken over lines.
        assert_eq!(figures, [names().len(); FIGURES.len()], "{paper:?}");
        for name in names() {
            let squeezed: String = name.chars().filter(|c| !c.is_whitespace()).collect();
            assert!(said.contains(&squeezed), "{paper:?}: {name}");
        }
    }
}
