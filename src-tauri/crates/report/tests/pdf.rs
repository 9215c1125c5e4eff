//! Real PDFs, read back with poppler's tools.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod demo;
mod poppler;

use chrono::{DateTime, Utc};
use poppler::{embedded, poppler, squeezed};
use report::canvas::Mark;
use report::doc::{Block, Page, ReportDoc};
use report::locale::Language;
use report::table::{Align, Cell, TableSpec};
use report::{Paper, RenderedPdf, ReportError, render_pages, render_pdf};

const PAPERS: [Paper; 3] = [Paper::Deck, Paper::A4, Paper::Letter];

fn created() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_900_000, 0).unwrap()
}

fn render(doc: &ReportDoc, paper: Paper) -> RenderedPdf {
    render_pdf(doc, paper, created()).unwrap()
}

fn text_of(pdf: &RenderedPdf) -> String {
    poppler("pdftotext", &["-layout"], &pdf.bytes)
}

/// Every text a reader of the document must find on paper.
fn said(doc: &ReportDoc) -> Vec<String> {
    let mut out = vec![doc.workspace.clone(), doc.period.clone(), doc.provenance.clone()];
    for page in &doc.pages {
        out.extend([page.headline.clone(), page.kicker.clone(), page.subtitle.clone()]);
        for block in &page.blocks {
            match block {
                Block::Cover { lines } => out.extend(lines.iter().cloned()),
                Block::Figures { figures } => {
                    out.extend(figures.iter().flat_map(|f| [f.label.clone(), f.value.clone(), f.note.clone()]));
                }
                Block::Table { table } => {
                    out.extend(table.columns.iter().map(|c| c.title.clone()));
                    out.extend(table.rows.iter().chain(&table.total).flatten().map(|c| c.text.clone()));
                }
                Block::Bullets { items } => out.extend(items.iter().cloned()),
                Block::Paragraph { text } => out.push(text.clone()),
                Block::Chart { .. } => {}
            }
        }
    }
    out.retain(|t| !t.is_empty());
    out
}

fn blank(language: Language) -> ReportDoc {
    ReportDoc { pages: Vec::new(), sample_notice: None, ..demo::demo(language) }
}

fn long_table(rows: usize) -> TableSpec {
    TableSpec {
        columns: vec![demo::column("Tenant name", Align::Left, 2.0), demo::column("Spend, USD", Align::Right, 1.0)],
        rows: (0..rows)
            .map(|i| vec![Cell::plain(format!("tenant-{i:03}")), Cell::plain(format!("{i},417.25"))])
            .collect(),
        total: Some(vec![Cell::plain("All tenants"), Cell::plain("98,765.43")]),
    }
}

fn page(blocks: Vec<Block>) -> Page {
    Page {
        id: "p".into(),
        kicker: "Tenants".into(),
        headline: "Tenants by spend".into(),
        subtitle: String::new(),
        blocks,
        commentary: None,
    }
}

#[test]
fn every_figure_of_the_document_can_be_read_out_of_the_pdf_in_both_languages() {
    for language in Language::ALL {
        let doc = demo::demo(language);
        for paper in PAPERS {
            let pdf = render(&doc, paper);
            // Reading order keeps the lines of a wrapped cell together.
            let read = squeezed(&poppler("pdftotext", &["-raw"], &pdf.bytes));
            for text in said(&doc) {
                // The subtitle of a cover may stand in another place on A4, but it stands somewhere.
                assert!(read.contains(&squeezed(&text)), "{language} {paper:?}: {text:?} is missing");
            }
            assert!(!read.contains('\u{fffd}'));
        }
    }
}

#[test]
fn all_fonts_are_embedded_as_subsets_with_unicode() {
    for language in Language::ALL {
        let pdf = render(&demo::demo(language), Paper::Deck);
        assert!(embedded(&pdf.bytes).len() >= 3);
    }
}

#[test]
fn the_paper_has_its_size_and_the_file_stays_small() {
    let doc = demo::demo(Language::ZhCn);
    for (paper, size) in [
        (Paper::Deck, "960 x 540 pts"),
        (Paper::A4, "595.28 x 841.89 pts (A4)"),
        (Paper::Letter, "612 x 792 pts (letter)"),
    ] {
        let pdf = render(&doc, paper);
        let info = poppler("pdfinfo", &[], &pdf.bytes);
        assert!(info.contains(size), "{info}");
        assert!(info.contains(&format!("Pages:           {}", pdf.pages.len())), "{info}");
        assert!(pdf.bytes.len() < 250_000, "{}", pdf.bytes.len());
    }
}

#[test]
fn metadata_names_the_document_and_claims_no_print_standard() {
    let doc = demo::demo(Language::ZhCn);
    let pdf = render(&doc, Paper::A4);
    let info = poppler("pdfinfo", &["-isodates"], &pdf.bytes);
    for part in [
        "2026 年第三季度回顾",
        "Meridian Health",
        "AI 运营 · 2026年7月1日至9月30日",
        "Quarterdeck",
        "2026-10-02T00:13:20Z",
    ] {
        assert!(info.replace("+00:00", "Z").contains(part), "{part}: {info}");
    }
    assert!(!info.contains("PDF subtype") && !info.contains("GTS_PDFX"), "{info}");
    let file = lopdf::Document::load_mem(&pdf.bytes).unwrap();
    let catalog = file.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"zh-CN");
}

#[test]
fn there_is_one_bookmark_per_section_and_it_leads_to_its_page() {
    for language in Language::ALL {
        let doc = demo::demo(language);
        for paper in PAPERS {
            let pdf = render(&doc, paper);
            let file = lopdf::Document::load_mem(&pdf.bytes).unwrap();
            let toc = file.get_toc().unwrap();
            assert!(toc.errors.is_empty());
            let titles: Vec<&str> = toc.toc.iter().map(|t| t.title.as_str()).collect();
            let mut wanted = vec![doc.title.as_str()];
            wanted.extend(doc.pages[1..].iter().map(|p| p.kicker.as_str()));
            assert_eq!(titles, wanted);
            assert!(toc.toc.windows(2).all(|w| w[0].page <= w[1].page));
        }
    }
}

#[test]
fn the_same_document_and_date_give_the_same_bytes() {
    let doc = demo::demo(Language::ZhCn);
    let (one, two) = (render(&doc, Paper::Deck), render(&doc, Paper::Deck));
    assert!(one.bytes == two.bytes);
    let later = render_pdf(&doc, Paper::Deck, created() + chrono::TimeDelta::days(1)).unwrap();
    assert!(one.bytes != later.bytes);
}

#[test]
fn a_table_that_does_not_fit_goes_on_with_its_header_repeated() {
    for paper in PAPERS {
        let doc = ReportDoc { pages: vec![page(vec![Block::Table { table: long_table(130) }])], ..blank(Language::En) };
        let pdf = render(&doc, paper);
        let texts: Vec<String> = text_of(&pdf).split('\u{c}').map(str::to_owned).collect();
        let pages = &texts[..pdf.pages.len()];
        assert!(pages.len() > 1, "{paper:?}");
        for (index, text) in pages.iter().enumerate() {
            assert_eq!(text.matches("Tenant name").count(), 1, "{paper:?} page {index}");
            assert_eq!(text.contains("98,765.43"), index + 1 == pages.len(), "{paper:?} page {index}");
            assert!(text.matches("tenant-").count() >= 3, "{paper:?} page {index} is nearly empty");
        }
        for row in 0..130 {
            assert_eq!(texts.concat().matches(&format!("tenant-{row:03}")).count(), 1);
        }
    }
    let doc = ReportDoc { pages: vec![page(vec![Block::Table { table: long_table(60) }])], ..blank(Language::En) };
    assert!(render(&doc, Paper::Deck).pages[1].title.ends_with("(continued)"));
}

/// Boxes of all texts of a page: (left, baseline − ascent, right, baseline + descent, text).
fn boxes(marks: &[Mark]) -> Vec<(f32, f32, f32, f32, String)> {
    marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Text { x, y, run, .. } if !run.text.trim().is_empty() => {
                Some((*x, y - run.size * 0.70, x + run.width, y + run.size * 0.12, run.text.clone()))
            }
            _ => None,
        })
        .collect()
}

#[test]
fn no_text_leaves_the_page_or_stands_on_another() {
    for language in Language::ALL {
        for paper in PAPERS {
            let pages = render_pages(&demo::demo(language), paper).unwrap().canvases;
            for (number, page) in pages.iter().enumerate() {
                let boxes = boxes(&page.marks);
                for (i, a) in boxes.iter().enumerate() {
                    let inside = a.0 >= 20.0 && a.1 >= 10.0 && a.2 <= page.width - 20.0 && a.3 <= page.height - 6.0;
                    assert!(inside, "{language} {paper:?} page {}: {a:?}", number + 1);
                    for b in &boxes[i + 1..] {
                        let apart = a.2 <= b.0 + 0.3 || b.2 <= a.0 + 0.3 || a.3 <= b.1 + 0.3 || b.3 <= a.1 + 0.3;
                        assert!(apart, "{language} {paper:?} page {}: {a:?} on {b:?}", number + 1);
                    }
                }
            }
        }
    }
}

#[test]
fn no_slide_is_nearly_empty() {
    let pages = render_pages(&demo::demo(Language::En), Paper::Deck).unwrap().canvases;
    for (number, page) in pages.iter().enumerate() {
        let lowest = boxes(&page.marks).iter().filter(|b| b.3 < 500.0).map(|b| b.3).fold(0.0, f32::max);
        assert!(lowest > 300.0, "page {} ends at {lowest}", number + 1);
    }
}

#[test]
fn the_sample_notice_and_provenance_stand_on_every_page() {
    for paper in PAPERS {
        let doc = demo::demo(Language::En);
        let pdf = render(&doc, paper);
        let text = text_of(&pdf);
        for (number, page) in text.split('\u{c}').take(pdf.pages.len()).enumerate() {
            assert!(page.contains("Sample data"), "{paper:?} page {}", number + 1);
            assert!(page.contains("price book of 1 Oct"), "{paper:?} page {}", number + 1);
            assert!(
                squeezed(page).contains(&format!("{}/{}", number + 1, pdf.pages.len())),
                "{paper:?} page {}",
                number + 1
            );
        }
    }
}

#[test]
fn a_character_no_font_has_is_shown_as_a_box_and_reported() {
    let text = "Tenant ᚠᚢ and 𓀀".to_owned();
    let doc = ReportDoc { pages: vec![page(vec![Block::Paragraph { text }])], ..blank(Language::En) };
    let pdf = render(&doc, Paper::Deck);
    assert_eq!(pdf.warnings.len(), 3);
    assert!(pdf.warnings.iter().any(|w| w.contains("ᚠ (U+16A0)")), "{:?}", pdf.warnings);
    assert!(text_of(&pdf).contains("Tenant □□ and □"));
}

#[test]
fn greek_cyrillic_and_chinese_come_from_the_bundled_fonts() {
    let text = "Ζεύς Вектор 数据来源：第三季度".to_owned();
    let doc = ReportDoc { pages: vec![page(vec![Block::Paragraph { text: text.clone() }])], ..blank(Language::En) };
    let pdf = render(&doc, Paper::Letter);
    assert!(pdf.warnings.is_empty());
    assert!(squeezed(&text_of(&pdf)).contains(&squeezed(&text)));
}

#[test]
fn long_texts_go_on_to_a_next_slide_and_lose_no_word() {
    let commentary: String = (0..900).map(|i| format!("word{i:03}{}", if i % 17 == 0 { ". " } else { " " })).collect();
    let wide = Page {
        commentary: Some(commentary.clone()),
        ..page(vec![Block::Chart { chart: Box::new(demo::spend_chart(false)) }])
    };
    let bare = Page { commentary: Some(commentary), ..page(Vec::new()) };
    let doc = ReportDoc { pages: vec![wide, bare], ..blank(Language::En) };
    for paper in PAPERS {
        let text = text_of(&render(&doc, paper));
        for i in 0..900 {
            assert_eq!(text.matches(&format!("word{i:03}")).count(), 2, "{paper:?}: word{i:03}");
        }
        let pages = render_pages(&doc, paper).unwrap().canvases;
        for page in &pages {
            assert!(
                boxes(&page.marks).iter().all(|b| b.3 <= page.height - 6.0 && b.2 <= page.width - 20.0),
                "{paper:?}"
            );
        }
    }
}

#[test]
fn an_empty_document_is_an_error_and_an_empty_page_is_not() {
    assert!(matches!(render_pdf(&blank(Language::En), Paper::Deck, created()), Err(ReportError::Empty)));
    let doc = ReportDoc { pages: vec![page(Vec::new())], ..blank(Language::En) };
    for paper in PAPERS {
        assert_eq!(render(&doc, paper).pages.len(), 1);
    }
}
