//! Writes the demonstration document to disk when asked to (`DEMO_OUT=dir`), to be looked at.
#![allow(clippy::unwrap_used)]

mod demo;

use report::locale::Language;
use report::{Paper, render_pdf};

#[test]
fn the_demonstration_renders_in_both_languages_on_every_paper() {
    let created = chrono::DateTime::from_timestamp(1_790_900_000, 0).unwrap();
    for language in Language::ALL {
        let doc = demo::demo(language);
        for (paper, name) in [(Paper::Deck, "deck"), (Paper::A4, "a4"), (Paper::Letter, "letter")] {
            let start = std::time::Instant::now();
            let pdf = render_pdf(&doc, paper, created).unwrap();
            println!("{language} {name}: {} pages, {} bytes, {:?}", pdf.pages.len(), pdf.bytes.len(), start.elapsed());
            assert!(pdf.warnings.is_empty(), "{:?}", pdf.warnings);
            if let Ok(folder) = std::env::var("DEMO_OUT") {
                std::fs::write(format!("{folder}/{name}-{language}.pdf"), pdf.bytes).unwrap();
            }
        }
    }
}
