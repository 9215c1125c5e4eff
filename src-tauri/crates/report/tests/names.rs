//! Names in the scripts of tenants and vendors: drawn, embedded, read out of the file as they were written.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod demo;

use std::io::Write as _;
use std::process::{Command, Stdio};

use chrono::{DateTime, Utc};
use report::doc::{Block, Page, ReportDoc};
use report::locale::Language;
use report::table::{Align, Cell, TableSpec};
use report::{Paper, RenderedPdf, render_pdf};

const PAPERS: [Paper; 3] = [Paper::Deck, Paper::A4, Paper::Letter];

/// Resource of the face, and names in its script.
const SCRIPTS: [(&str, &[&str]); 7] = [
    (
        "QDRARA",
        &[
            "شركة النور للتجارة",
            "مؤسسة پارس‌گستر",
            "لالا (ABC) 2024",
            "مُحَمَّد",
            "شركة (النور) للاستثمار",
            "الله",
            "AWS شركة الأمل",
        ],
    ),
    ("QDRHEB", &["כהן, לוי ושות' בע\"מ", "שָׁלוֹם", "חברה (2024)", "שלום (בע״מ) חברה", "Acme חברה"]),
    ("QDRTHA", &["บริษัท น้ำทิพย์ จำกัด", "ที่ปั๊ม"]),
    ("QDRDEV", &["भारतीय रिज़र्व क्षेत्र", "हिन्दी कीर्ति"]),
    ("QDRKOR", &["한국전자 주식회사", "뷁힣"]),
    ("QDRJPN", &["株式会社東京データ", "峠の茶屋", "臺灣大學"]),
    ("QDREMO", &["🚀 Launch", "👩‍💻 team", "❤️ 1️⃣ 🇩🇪 👍🏽"]),
];

fn render(doc: &ReportDoc, paper: Paper) -> RenderedPdf {
    let created: DateTime<Utc> = DateTime::from_timestamp(1_790_900_000, 0).unwrap();
    render_pdf(doc, paper, created).unwrap()
}

/// Runs one of poppler's tools over the bytes.
fn poppler(tool: &str, args: &[&str], pdf: &[u8]) -> String {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(pdf).unwrap();
    let out = Command::new(tool)
        .args(args)
        .arg(file.path())
        .args(if tool == "pdftotext" { vec!["-"] } else { vec![] })
        .stderr(Stdio::piped())
        .output()
        .unwrap_or_else(|e| panic!("{tool} (poppler-utils) has to be installed: {e}"));
    assert!(out.stderr.is_empty(), "{tool}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

fn table(names: &[&str]) -> Block {
    let row = |name: &&str| vec![Cell::plain(*name), Cell::plain("1,234,567.25"), Cell::plain("12.4 %")];
    Block::Table {
        table: TableSpec {
            columns: vec![
                demo::column("Tenant", Align::Left, 2.0),
                demo::column("Spend, USD", Align::Right, 1.0),
                demo::column("Change", Align::Right, 1.0),
            ],
            rows: names.iter().map(row).collect(),
            total: None,
        },
    }
}

fn document(blocks: Vec<Block>) -> ReportDoc {
    let page = Page {
        id: "tenants".into(),
        kicker: "Tenants".into(),
        headline: "Tenants by spend".into(),
        subtitle: String::new(),
        blocks,
        commentary: None,
    };
    ReportDoc { pages: vec![page], sample_notice: None, ..demo::demo(Language::En) }
}

fn keep(name: &str, pdf: &RenderedPdf) {
    if let Ok(folder) = std::env::var("DEMO_OUT") {
        std::fs::write(format!("{folder}/names-{name}.pdf"), &pdf.bytes).unwrap();
    }
}

#[test]
fn look() {
    for (face, names) in SCRIPTS {
        let mut blocks = vec![table(names)];
        blocks.push(Block::Paragraph {
            text: names.iter().map(|n| format!("In words {n}: 12 % more, and {n} too.")).collect::<Vec<_>>().join(" "),
        });
        let doc = document(blocks);
        let pdf = render(&doc, Paper::A4);
        keep(face, &pdf);
        println!("{face} {} bytes {:?}", pdf.bytes.len(), pdf.warnings);
        println!("{}", poppler("pdftotext", &["-layout"], &pdf.bytes));
        println!("{}", poppler("pdffonts", &[], &pdf.bytes));
        let _ = PAPERS;
    }
}
