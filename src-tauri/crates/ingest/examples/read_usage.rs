//! Reads a usage file and says what it holds and what reading it took: `read_usage PATH [PRICES.json.gz]`.

use std::path::PathBuf;

use domain::calendar::ReportingCalendar;
use domain::price_book::PriceBook;
use ingest::Reading;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1).map(PathBuf::from);
    let path = arguments.next().ok_or("usage: read_usage PATH [PRICES.json.gz]")?;
    let book = match arguments.next() {
        Some(prices) => {
            let mut text = Vec::new();
            std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(std::fs::File::open(prices)?), &mut text)?;
            let list = ingest::model_prices::read(&text)?;
            PriceBook::new(list.rows, list.aliases)
        }
        None => PriceBook::default(),
    };
    let sniffed = ingest::sniff::sniff(&path)?;
    let format = *sniffed.formats.first().ok_or("no format")?;
    let calendar = ReportingCalendar::new("UTC", 1)?;
    let start = std::time::Instant::now();
    let reading = Reading { book: &book, calendar: &calendar, seams: &[] };
    let batch = ingest::read_usage(&path, format, &sniffed.mapping, reading, &mut |_| true)?;
    let took = start.elapsed().as_secs_f64();
    let sum = |f: fn(&domain::usage::Measures) -> u64| batch.by_series.iter().map(f).sum::<u64>();
    println!(
        "{format:?} {took:.3} s, {:?}, {} cells, {} series, {} sessions, {} successful, {} tokens, {} edge rows, {} traced sessions, {} issues",
        batch.counts,
        batch.cells.len(),
        batch.series.len(),
        sum(|m| m.sessions),
        sum(|m| m.successful_sessions),
        sum(|m| m.tokens.total()),
        batch.edges.iter().flat_map(|edge| &edge.rows).map(Vec::len).sum::<usize>(),
        batch.sessions.len(),
        batch.issues.len()
    );
    Ok(())
}
