//! Writes usage files that look real. The same arguments give the same bytes.
//!
//! `generate requests PATH [ROWS]`: as a gateway would log it. 90 days in order of time, 6 features, 40 tenants (a few
//! large, many small), 5 models of 3 vendors, sessions of four requests on average with a rhythm of day and week; how long each
//! took to its first token and to its end. About 105 bytes per row; 5,000,000 rows unless told otherwise.
//!
//! `generate hours PATH [ROWS] [FACTOR]`: two years of hourly totals, every row a roll-up cell of its own that stands for
//! FACTOR times a few requests. 2,000,000 rows unless told otherwise.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io::{BufWriter, Write};

const START: u64 = 1_782_864_000; // 2026-07-01T00:00:00Z
const DAYS: u64 = 90;

const FEATURES: [(&str, usize, usize, u64); 6] = [
    // Name, main and second model, typical input tokens.
    ("support-chat", 1, 0, 1_800),
    ("search", 4, 1, 900),
    ("summaries", 2, 4, 6_000),
    ("drafting", 0, 2, 2_400),
    ("extraction", 3, 4, 4_200),
    ("agent", 2, 3, 9_500),
];

const MODELS: [(&str, &str); 5] = [
    ("openai", "gpt-4o"),
    ("openai", "gpt-4o-mini"),
    ("anthropic", "claude-sonnet-4-5"),
    ("google", "gemini-2.5-pro"),
    ("anthropic", "claude-haiku-4-5"),
];

/// SplitMix64: small, fast, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(limit)) >> 64) as u64
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Session {
    id: u64,
    feature: u8,
    tenant: u8,
    staging: bool,
    left: u16,
    turn: u16,
}

/// Relative traffic of an hour: nights and week-ends are quiet.
fn weight(hour: u64) -> u64 {
    const DAY: [u64; 24] = [3, 2, 2, 2, 3, 4, 7, 12, 18, 24, 26, 25, 23, 25, 26, 25, 22, 18, 14, 11, 9, 7, 5, 4];
    let day = hour / 24;
    // 1 July 2026 is a Wednesday.
    DAY[(hour % 24) as usize] * if (day + 2) % 7 >= 5 { 4 } else { 10 }
}

/// A tenant by Zipf's law: the largest has some 14 % of the traffic.
fn tenant(random: &mut Random, bounds: &[u64; 40]) -> u8 {
    let at = random.below(bounds[39]);
    bounds.partition_point(|bound| *bound <= at) as u8
}

fn write_row(
    out: &mut impl Write,
    at: u64,
    session: &Session,
    random: &mut Random,
    day: &mut (u64, String),
) -> std::io::Result<()> {
    if day.0 != at / 86_400 {
        let (month, first) = match at / 86_400 - START / 86_400 {
            d @ 0..31 => (7, d + 1),
            d @ 31..62 => (8, d - 30),
            d => (9, d - 61),
        };
        *day = (at / 86_400, format!("2026-{month:02}-{first:02}"));
    }
    let (feature, main, second, typical) = FEATURES[session.feature as usize];
    let (vendor, model) = MODELS[if random.below(100) < 78 { main } else { second }];
    let input = typical / 2 + random.below(typical) + u64::from(session.turn) * typical / 8;
    // From the second turn on most of the prompt is cached.
    let cached = if session.turn > 0 && random.below(10) < 7 { input * (40 + random.below(45)) / 100 } else { 0 };
    let output = 20 + random.below(120) * random.below(12);
    let environment = if session.staging { "stage" } else { "prod" };
    let ttft = 120 + random.below(700) + input / 40;
    let latency = ttft + output * (6 + random.below(14)) + random.below(400);
    let success = u8::from(random.below(1000) >= 35);
    let (h, m, s) = (at % 86_400 / 3600, at % 3600 / 60, at % 60);
    writeln!(
        out,
        "{}T{h:02}:{m:02}:{s:02}Z,{:010x},{feature},tenant-{:02},{vendor},{model},{environment},{success},{input},{cached},{output},{latency},{ttft}",
        day.1,
        session.id,
        session.tenant + 1
    )
}

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |index: usize| arguments.get(index).and_then(|text| text.parse::<u64>().ok());
    let (Some(kind), Some(path)) = (arguments.first(), arguments.get(1)) else {
        return Err(std::io::Error::other("generate requests|hours PATH [ROWS] [FACTOR]"));
    };
    let mut out = BufWriter::with_capacity(1 << 20, std::fs::File::create(path)?);
    match kind.as_str() {
        "hours" => hours(&mut out, number(2).unwrap_or(2_000_000), number(3).unwrap_or(1))?,
        _ => requests(&mut out, number(2).unwrap_or(5_000_000))?,
    }
    out.flush()
}

fn hours(out: &mut impl Write, rows: u64, factor: u64) -> std::io::Result<()> {
    const TWO_YEARS: u64 = 731 * 24;
    let mut random = Random(7);
    writeln!(
        out,
        "timestamp,feature,tenant,vendor,model,environment,requests,input_tokens,cached_tokens,output_tokens"
    )?;
    let begin = START + 92 * 86_400 - TWO_YEARS * 3600;
    for row in 0..rows {
        let hour = row * TWO_YEARS / rows;
        let series = row - (hour * rows).div_ceil(TWO_YEARS);
        let feature = (series % 6) as usize;
        let (name, main, second, typical) = FEATURES[feature];
        let (vendor, model) = MODELS[if (series / 6).is_multiple_of(2) { main } else { second }];
        let requests = (1 + random.below(40)) * factor;
        let input = requests * (typical / 2 + random.below(typical));
        let tenant = series / 12 % 40 + 1;
        let (at, cached, output) =
            (begin + hour * 3600, input * random.below(60) / 100, requests * (50 + random.below(400)));
        writeln!(out, "{at},{name},tenant-{tenant:02},{vendor},{model},prod,{requests},{input},{cached},{output}")?;
    }
    Ok(())
}

fn requests(out: &mut impl Write, rows: u64) -> std::io::Result<()> {
    let mut random = Random(42);
    let mut bounds = [0u64; 40];
    let mut sum = 0;
    for (rank, bound) in bounds.iter_mut().enumerate() {
        sum += 10_000 / (rank as u64 + 2);
        *bound = sum;
    }
    writeln!(
        out,
        "timestamp,session_id,feature,tenant,vendor,model,environment,success,input_tokens,cached_tokens,output_tokens,latency_ms,ttft_ms"
    )?;
    let hours = DAYS * 24;
    let all: u64 = (0..hours).map(weight).sum();
    let mut open: BinaryHeap<Reverse<(u64, Session)>> = BinaryHeap::new();
    let (mut planned, mut due) = (0u64, 0u64);
    let mut day = (0, String::new());
    for hour in 0..hours {
        due += rows * weight(hour);
        while planned * all < due && planned < rows {
            // One to ten requests, four on average.
            let left = (1 + random.below(3) + random.below(3) + random.below(3) + random.below(2) * random.below(2))
                .min(rows - planned);
            let tenant = tenant(&mut random, &bounds);
            // A tenant uses three of the features; the first three tenants try things out in staging.
            let feature = (u64::from(tenant) + random.below(3) * 2 + random.below(5) / 4) % 6;
            let session = Session {
                id: random.next() & 0xff_ffff_ffff,
                feature: feature as u8,
                tenant,
                staging: tenant < 3 && random.below(10) == 0,
                left: left as u16,
                turn: 0,
            };
            open.push(Reverse((START + hour * 3600 + random.below(3600), session)));
            planned += left;
        }
        let end = if hour + 1 == hours { u64::MAX } else { START + (hour + 1) * 3600 };
        while let Some(Reverse((at, session))) = open.peek().copied() {
            if at >= end {
                break;
            }
            open.pop();
            write_row(out, at.min(START + DAYS * 86_400 - 1), &session, &mut random, &mut day)?;
            if session.left > 1 {
                let next = Session { left: session.left - 1, turn: session.turn + 1, ..session };
                open.push(Reverse((at + 5 + random.below(170), next)));
            }
        }
    }
    Ok(())
}
