//! Names in the scripts of tenants and vendors: drawn, embedded, read out of the file as they were written.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod demo;
mod poppler;

use chrono::{DateTime, Utc};
use poppler::{embedded, poppler, squeezed};
use report::canvas::Mark;
use report::chart::{Bar, ChartSpec, ColourToken, Marks};
use report::doc::{Block, Page, ReportDoc};
use report::locale::Language;
use report::table::{Align, Cell, TableSpec};
use report::{Paper, RenderedPdf, chart_svg, render_pages, render_pdf};

const PAPERS: [Paper; 3] = [Paper::Deck, Paper::A4, Paper::Letter];

/// Resource of the face, and names in its script. Right-to-left names with figures or Latin in them are tested apart:
/// what pdftotext makes of their order depends on the rest of the line.
const SCRIPTS: [(&str, &[&str]); 7] = [
    ("QDRARA", &["شركة النور للتجارة", "مؤسسة پارس‌گستر", "الأهلية (القابضة) للاستثمار", "الله"]),
    ("QDRHEB", &["שלום ושות' בע\"מ", "חברה (בע״מ) שלום"]),
    ("QDRTHA", &["บริษัท น้ำทิพย์ จำกัด", "ที่ปั๊ม ผู้ซื้อ"]),
    ("QDRDEV", &["भारतीय रिज़र्व क्षेत्र", "हिन्दी कीर्ति श्री"]),
    ("QDRKOR", &["한국전자 주식회사", "뷁힣", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}"]),
    ("QDRJPN", &["株式会社東京データ", "峠の茶屋", "臺灣大學", "カ\u{3099}イド"]),
    ("QDREMO", &["🚀 Launch", "👩‍💻 team", "❤️ 1️⃣ 🇩🇪 👍🏽"]),
];

fn render(doc: &ReportDoc, paper: Paper) -> RenderedPdf {
    let created: DateTime<Utc> = DateTime::from_timestamp(1_790_900_000, 0).unwrap();
    render_pdf(doc, paper, created).unwrap()
}

fn table(names: &[&str]) -> Block {
    let columns = vec![demo::column("Tenant", Align::Left, 2.0), demo::column("Spend, USD", Align::Right, 1.0)];
    let rows = names.iter().map(|name| vec![Cell::plain(*name), Cell::plain("1,234,567.25")]).collect();
    Block::Table { table: TableSpec { columns, rows, total: None } }
}

fn page(id: &str, blocks: Vec<Block>) -> Page {
    Page {
        id: id.into(),
        kicker: "Tenants".into(),
        headline: "Tenants by spend".into(),
        subtitle: String::new(),
        blocks,
        commentary: None,
    }
}

fn document(language: Language, pages: Vec<Page>) -> ReportDoc {
    ReportDoc { pages, sample_notice: None, ..demo::demo(language) }
}

/// Texts of the runs of a page's only paragraph, from left to right.
fn visual(text: &str) -> Vec<String> {
    let block = Block::Paragraph { text: text.into() };
    let drawn = render_pages(&document(Language::En, vec![page("p", vec![block])]), Paper::Deck).unwrap();
    let mut runs: Vec<(f32, String)> = drawn.canvases[0]
        .marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Text { x, run, .. } if run.size == 18.0 => Some((*x, run.text.trim().to_owned())),
            _ => None,
        })
        .filter(|(_, text)| !text.is_empty())
        .collect();
    runs.sort_by(|a, b| a.0.total_cmp(&b.0));
    runs.into_iter().map(|(_, text)| text).collect()
}

#[test]
fn a_name_of_each_script_is_drawn_with_its_face_and_read_as_it_was_written() {
    for (face, names) in SCRIPTS {
        let words: Vec<String> = names.iter().map(|name| format!("A tenant, {name}, spent 12 % more.")).collect();
        let sentences = page("words", vec![Block::Bullets { items: words.clone() }]);
        let doc = document(Language::En, vec![page("tenants", vec![table(names)]), sentences]);
        for paper in PAPERS {
            let pdf = render(&doc, paper);
            if let Ok(folder) = std::env::var("DEMO_OUT") {
                std::fs::write(format!("{folder}/names-{face}-{paper:?}.pdf"), &pdf.bytes).unwrap();
            }
            assert!(pdf.warnings.is_empty(), "{:?}", pdf.warnings);
            let faces = embedded(&pdf.bytes);
            assert!(faces.iter().any(|f| f == face), "{face} {paper:?}: {faces:?}");
            assert_eq!(faces.len(), 4, "{face} {paper:?}: {faces:?}");
            let read = squeezed(&poppler("pdftotext", &["-layout"], &pdf.bytes));
            for text in names.iter().copied().chain(words.iter().map(String::as_str)) {
                assert!(read.contains(&squeezed(text)), "{face} {paper:?}: {text} is missing in {read}");
            }
            assert!(pdf.bytes.len() < 40_000, "{face} {paper:?}: {}", pdf.bytes.len());
        }
    }
}

#[test]
fn a_document_without_such_names_has_none_of_their_faces() {
    let base = ["QDRREG", "QDRMED", "QDRSEM", "QDRCJK"];
    for language in Language::ALL {
        let faces = embedded(&render(&demo::demo(language), Paper::A4).bytes);
        assert!(faces.iter().all(|face| base.contains(&face.as_str())), "{faces:?}");
    }
}

#[test]
fn lines_of_both_directions_come_in_the_order_in_which_they_are_seen() {
    assert_eq!(visual("Tenant שלום: 12 % more"), ["Tenant", "שלום", ": 12\u{a0}% more"]);
    // A figure, a separator and another name after a name stay where a reader of English expects them.
    assert_eq!(visual("See חברה, שלום and 7"), ["See", "חברה", ",", "שלום", "and 7"]);
    assert_eq!(visual("חברה spent more than in the month before"), ["חברה", "spent more than in the month before"]);
    assert_eq!(visual("חברה Acme 2024"), ["חברה", "Acme 2024"]);
    // A name by itself is read from the right, what is in it included.
    assert_eq!(visual("שלום 2024"), ["2024", "שלום"]);
    assert_eq!(visual("شركة (2024)")[1], "2024");
}

#[test]
fn a_mixed_name_is_in_the_file_with_each_part_as_it_was_written() {
    let names = ["חברה (2024)", "شركة ABC النور", "Acme חברה", "כהן, לוי ושות' בע\"מ"];
    let doc = document(Language::En, vec![page("tenants", vec![table(&names)])]);
    let read = squeezed(&poppler("pdftotext", &["-layout"], &render(&doc, Paper::A4).bytes));
    for part in ["חברה", "(2024)", "شركة", "ABC", "النور", "Acmeחברה", "לויושות'בע\"מ", "כהן"]
    {
        assert!(read.contains(part), "{part} is missing in {read}");
    }
}

#[test]
fn vocalised_letters_are_not_torn_apart() {
    let doc = document(Language::En, vec![page("tenants", vec![table(&["שָׁלוֹם"])])]);
    let read = squeezed(&poppler("pdftotext", &["-layout"], &render(&doc, Paper::A4).bytes));
    let letters: String = read.chars().filter(|c| ('א'..='ת').contains(c)).collect();
    assert_eq!(letters, "שלום");
}

#[test]
fn what_no_face_has_is_warned_of_and_said_on_the_page_about_the_method() {
    for (language, said) in [
        (Language::En, "texts are in none of its fonts; □ stands in their place (U+16A0, U+16A2)"),
        (Language::ZhCn, "有 2 个字符不在所用字体之内，以 □ 代替（U+16A0, U+16A2）"),
    ] {
        for method in [Block::Bullets { items: vec!["First.".into()] }, Block::Paragraph { text: "First.".into() }] {
            let pages = vec![page("tenants", vec![table(&["ᚠᚢ"])]), page("method", vec![method])];
            let doc = document(language, pages);
            for paper in PAPERS {
                let pdf = render(&doc, paper);
                assert_eq!(pdf.warnings.len(), 2, "{:?}", pdf.warnings);
                let text = squeezed(&poppler("pdftotext", &["-raw"], &pdf.bytes));
                assert!(text.contains("□□") && text.contains(&squeezed(said)), "{paper:?}: {text}");
                assert!(text.find("First.") < text.find(&squeezed(said)), "{paper:?}: {text}");
            }
        }
        // Without such a page there are the warnings; without such characters there is no sentence.
        let bare = render(&document(language, vec![page("tenants", vec![table(&["ᚠᚢ"])])]), Paper::A4);
        assert_eq!(bare.warnings.len(), 2);
        for doc in [document(language, vec![page("tenants", vec![table(&["ᚠᚢ"])])]), demo::demo(language)] {
            let text = squeezed(&poppler("pdftotext", &["-raw"], &render(&doc, Paper::A4).bytes));
            assert!(!text.contains("U+16A0") && !text.contains(&squeezed("stands in their place")));
        }
    }
}

#[test]
fn many_replaced_characters_are_counted_rather_than_listed() {
    let runes: String = ('ᚠ'..='ᚯ').collect();
    let pages = vec![page("tenants", vec![table(&[&runes])]), page("method", Vec::new())];
    let pdf = render(&document(Language::En, pages), Paper::Deck);
    assert_eq!(pdf.warnings.len(), 16);
    let text = squeezed(&poppler("pdftotext", &["-raw"], &pdf.bytes));
    assert!(text.contains(&squeezed("16 characters of")) && text.contains(&squeezed("U+16A7 and 8 more")), "{text}");
}

#[test]
fn names_in_a_chart_are_text_in_its_svg() {
    let names: Vec<&str> = SCRIPTS.iter().map(|(_, names)| names[0]).chain(["الأهلية (القابضة)"]).collect();
    let bar = |(index, name): (usize, &&str)| Bar {
        name: (*name).to_owned(),
        value: Some(1.0 + index as f64),
        label: format!("{index}"),
        colour: ColourToken::Series1,
        low: None,
        high: None,
    };
    let chart = ChartSpec {
        title: "Tenants".into(),
        subtitle: String::new(),
        summary: String::new(),
        x: demo::axis("", 8.0, &[]),
        y: demo::axis("", 8.0, &[]),
        marks: Marks::Bar { bars: names.iter().enumerate().map(bar).collect(), horizontal: true },
        annotations: Vec::new(),
        table: TableSpec::default(),
    };
    let svg = chart_svg(&chart, 640.0, 360.0).unwrap();
    if let Ok(folder) = std::env::var("DEMO_OUT") {
        std::fs::write(format!("{folder}/names.svg"), &svg).unwrap();
    }
    assert!(!svg.contains('□'));
    let line = |name: &str| svg.lines().find(|line| line.contains(name)).unwrap_or_else(|| panic!("{name}: {svg}"));
    assert!(line("شركة النور للتجارة").ends_with(">شركة النور للتجارة</text>"));
    assert!(line("שלום ושות' בע&quot;מ").ends_with(">שלום ושות' בע&quot;מ</text>"));
    // A bracket on its own is turned by the marks around it.
    assert!(line("القابضة").ends_with(">القابضة</text>"));
    assert_eq!(svg.matches(">\u{200f})\u{200f}</text>").count(), 1);
    assert!(line("株式会社東京データ").ends_with(">株式会社東京データ</text>"));
    assert!(svg.contains("🚀") && svg.contains("한국전자 주식회사") && svg.contains("भारतीय"));
}
