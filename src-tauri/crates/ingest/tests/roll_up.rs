//! The roll-up against a naive reader, whatever the file looks like and however it is cut.
#![allow(clippy::unwrap_used)]

mod reading;

use std::collections::HashMap;
use std::fmt::Write;

use ingest::{Field, UsageBatch};
use proptest::prelude::*;
use reading::*;

/// One request as a test makes it up.
#[derive(Debug, Clone)]
struct Request {
    second: u32,
    model: String,
    tenant: String,
    session: u16,
    success: bool,
    input: u32,
    cached: u32,
    output: u32,
    nanos: u32,
}

fn name() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["gpt-4o", "a,b", "say \"hi\"", "two\nlines", "5\" pipe", "模型", "", "\"", "x;y"])
        .prop_map(str::to_owned)
}

fn request() -> impl Strategy<Value = Request> {
    (0..200_000u32, name(), name(), 0..40u16, any::<bool>(), 0..5_000u32, 0..5_000u32, 0..900u32, any::<u32>())
        .prop_map(|(second, model, tenant, session, success, input, cached, output, nanos)| Request {
            second,
            model,
            tenant,
            session,
            success,
            input: input.max(cached),
            cached,
            output,
            nanos,
        })
}

const HEADER: [&str; 9] =
    ["timestamp", "model", "tenant", "session", "success", "input_tokens", "cached_tokens", "output_tokens", "cost"];

fn stamp(second: u32) -> String {
    let (hour, rest) = (second / 3600, second % 3600);
    format!("2026-07-{:02}T{:02}:{:02}:{:02}Z", 1 + hour / 24, hour % 24, rest / 60, rest % 60)
}

fn to_csv(requests: &[Request], delimiter: u8) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    writer.write_record(HEADER).unwrap();
    for r in requests {
        let cost = format!("{}.{:09}", r.nanos / 1_000_000_000, r.nanos % 1_000_000_000);
        let numbers = [r.input, r.cached, r.output].map(|n| n.to_string());
        let session = format!("s{}", r.session);
        let success = if r.success { "ok" } else { "error" };
        let record =
            [&stamp(r.second), &r.model, &r.tenant, &session, success, &numbers[0], &numbers[1], &numbers[2], &cost];
        writer.write_record(record).unwrap();
    }
    writer.into_inner().unwrap()
}

/// Of a session: when and where its first request was, when its last, and whether that succeeded.
type Seen = ((i64, usize), (String, String, i64), (i64, usize), bool);

type Sums = HashMap<(String, String, i64), [u64; 8]>;

/// What a spreadsheet would do: the `csv` crate, a map, one pass.
fn naively(text: &[u8], delimiter: u8) -> Sums {
    let mut sums = Sums::new();
    let mut sessions: HashMap<String, Seen> = HashMap::new();
    for (place, record) in csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text).records().enumerate() {
        let record = record.unwrap();
        let at = chrono::DateTime::parse_from_rfc3339(&record[0]).unwrap().timestamp();
        let key = (record[1].trim().to_owned(), record[2].trim().to_owned(), at / 3600 * 3600);
        let ok = &record[4] == "ok";
        let number = |index: usize| record[index].parse::<u64>().unwrap();
        let cost = record[8].replace('.', "").parse::<u64>().unwrap();
        let cell = sums.entry(key.clone()).or_default();
        for (sum, add) in
            cell.iter_mut().zip([1, u64::from(ok), 0, 0, number(5) - number(6), number(6), number(7), cost])
        {
            *sum += add;
        }
        let order = (at, place);
        let session = sessions.entry(record[3].to_owned()).or_insert((order, key.clone(), order, ok));
        if order < session.0 {
            (session.0, session.1) = (order, key);
        }
        if order >= session.2 {
            (session.2, session.3) = (order, ok);
        }
    }
    for (_, home, _, ok) in sessions.into_values() {
        let cell = sums.entry(home).or_default();
        cell[2] += 1;
        cell[3] += u64::from(ok);
    }
    sums
}

fn sums_of(batch: &UsageBatch) -> Sums {
    batch
        .cells
        .all()
        .unwrap()
        .into_iter()
        .map(|cell| {
            let [_, model, _, tenant, _] = &batch.series[cell.series as usize].values;
            let m = cell.measures;
            let key = (model.clone(), tenant.clone(), cell.hour);
            let tokens = m.tokens;
            let nanos = u64::try_from(m.reported_nanos).unwrap();
            (
                key,
                [
                    m.requests,
                    m.successes,
                    m.sessions,
                    m.successful_sessions,
                    tokens.input,
                    tokens.cache_read,
                    tokens.output,
                    nanos,
                ],
            )
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn sums_are_those_of_a_naive_reader(requests in prop::collection::vec(request(), 1..80), delimiter in prop::sample::select(vec![b',', b';', b'\t'])) {
        let mut requests = requests;
        // What counts between requests of one instant is another test's.
        for (n, request) in requests.iter_mut().enumerate() {
            request.second = request.second / 80 * 80 + n as u32;
        }
        let text = to_csv(&requests, delimiter);
        let batch = read(&text).unwrap();
        prop_assert_eq!(batch.counts.good as usize, requests.len(), "{:?}", batch.issues);
        prop_assert_eq!(sums_of(&batch), naively(&text, delimiter));
    }

    /// Not even between requests of one instant.
    #[test]
    fn the_order_of_rows_changes_nothing(requests in prop::collection::vec(request(), 1..60), turn in 0usize..60, coarse in any::<bool>()) {
        let mut requests = requests;
        for request in requests.iter_mut().filter(|_| coarse) {
            request.second = request.second / 7200 * 7200;
        }
        let forth = read(&to_csv(&requests, b',')).unwrap();
        requests.reverse();
        let length = requests.len();
        requests.rotate_left(turn % length);
        let back = read(&to_csv(&requests, b',')).unwrap();
        prop_assert_eq!(forth.cells.all().unwrap(), back.cells.all().unwrap());
        prop_assert_eq!(&forth.series, &back.series);
        prop_assert_eq!(&forth.edges, &back.edges);
        prop_assert_eq!(&forth.sessions, &back.sessions);
    }

    #[test]
    fn nothing_makes_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), header in any::<bool>()) {
        let mut text = if header { b"timestamp,model,input_tokens\n".to_vec() } else { Vec::new() };
        text.extend_from_slice(&bytes);
        let _ = read(&text);
    }

    #[test]
    fn nothing_written_like_csv_or_json_makes_it_panic(text in "(\\{|\\[|timestamp,input_tokens\n)?[\\{\\}\\[\\]\",;:0-9a-zA-Z\\-\\. \r\n\\\\]{0,300}") {
        let _ = read(text.as_bytes());
        if let Ok(batch) = read(text.as_bytes()) {
            let counts = batch.counts;
            prop_assert_eq!(counts.read, counts.good + counts.bad + counts.duplicate + counts.skipped);
            prop_assert_eq!(counts.bad as usize, batch.issues.len());
        }
    }
}

/// A few megabytes with every nuisance, so that blocks are many and threads take turns.
fn large(rows: u64) -> String {
    let mut text = HEADER.join(",") + "\n";
    let mut state = 42u64;
    for n in 0..rows {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let r = state >> 33;
        let (model, tenant) =
            (["gpt-4o", "\"a,b\"", "\"say \"\"hi\"\"\"", "\"two\nlines\""][(r % 4) as usize], r / 4 % 40);
        let second = n * 86_400 * 20 / rows;
        let session = (n / 3 + r % 50) % (rows / 4);
        let (input, cached) = (1000 + r % 3000, r % 1000);
        writeln!(
            text,
            "{},{model},t{tenant},s{session},{},{input},{cached},{},0.{:06}",
            stamp(second as u32),
            if r.is_multiple_of(9) { "error" } else { "ok" },
            r % 700,
            r % 1_000_000
        )
        .unwrap();
    }
    text
}

#[test]
fn a_large_file_adds_up_like_a_small_one_whatever_the_blocks() {
    let text = large(90_000);
    assert!(text.len() > 4 << 20);
    let batch = read(text.as_bytes()).unwrap();
    let expected: Sums = naively(text.as_bytes(), b',')
        .into_iter()
        .map(|(key, mut sums)| {
            sums[7] *= 1_000;
            (key, sums)
        })
        .collect();
    assert_eq!(sums_of(&batch), expected);
    // A request id makes one thread read everything: the outcome is the same.
    let one_thread = read_path(file(text.as_bytes()).path(), |mapping| {
        let session = mapping.columns.iter().find(|c| c.field == Field::Session).unwrap().column.clone();
        mapping.columns.push(ingest::mapping::MappedColumn { field: Field::RequestId, column: session });
    });
    assert!(one_thread.unwrap().counts.duplicate > 0);
    // Shifting every byte moves every cut between blocks.
    for blanks in [1, 777, 500_000] {
        let shifted = format!("{}{text}", "\n".repeat(blanks));
        let moved = read(shifted.as_bytes()).unwrap();
        assert_eq!(
            (moved.cells.all().unwrap(), &moved.series, moved.counts),
            (batch.cells.all().unwrap(), &batch.series, batch.counts)
        );
    }
}

#[test]
fn reading_stops_when_told_to() {
    let file = file(large(90_000).as_bytes());
    let sniffed = ingest::sniff::sniff(file.path()).unwrap();
    let mut calls = 0;
    let outcome = ingest::read_usage(
        file.path(),
        sniffed.formats[0],
        &sniffed.mapping,
        ingest::Reading {
            book: &domain::price_book::PriceBook::default(),
            calendar: &domain::calendar::ReportingCalendar::new("UTC", 1).unwrap(),
            seams: &[],
        },
        &mut |progress| {
            calls += 1;
            assert!(progress.bytes <= progress.total);
            calls < 2
        },
    );
    assert!(matches!(outcome, Err(ingest::IngestError::Cancelled)));
    assert_eq!(calls, 2);
}

#[test]
fn the_rows_of_the_first_and_last_hour_are_kept_whatever_stands_at_the_ends_of_the_file() {
    let line = |minute: u32, id: u32| format!("{},gpt-4o,{id:08},5\n", stamp(minute * 60));
    let header = "timestamp,model,request_id,input_tokens\n";
    let rising: Vec<String> = (0..9_000).map(|n| line(60 + n, n)).collect();
    let mut falling = rising.clone();
    falling.reverse();
    let mut middle = rising.clone();
    middle.rotate_left(4_000);
    // A request told twice counts once, so that its second row is of no hour.
    let mut repeated = rising.clone();
    repeated.push(line(60 * 300, 17));
    repeated.insert(0, rising[17].clone());
    repeated.insert(1, line(0, 17));
    let mut unread = rising.clone();
    unread.push(line(60 * 400, 9_001).replace(",5\n", ",-5\n"));
    let wanted = read(format!("{header}{}", rising.concat()).as_bytes()).unwrap();
    assert_eq!(wanted.edges.iter().map(|edge| edge.rows.as_ref().unwrap().len()).collect::<Vec<_>>(), [60, 60]);
    for (name, rows) in [("falling", falling), ("middle", middle), ("repeated", repeated), ("unread", unread)] {
        let batch = read(format!("{header}{}", rows.concat()).as_bytes()).unwrap();
        assert_eq!((&batch.edges, batch.cells.all().unwrap()), (&wanted.edges, wanted.cells.all().unwrap()), "{name}");
    }
}

#[test]
fn more_cells_than_are_open_at_once_come_to_the_same_in_whatever_order_rows_stand() {
    let line = |n: u32| {
        let (hour, tenant) = (n / 4 % 11_000, n % 4);
        format!("{},gpt-4o,t{tenant},s{},{},{}\n", 1_700_002_800 + hour * 3_600, n / 8, n % 900, 100 + n % 7)
    };
    let header = "timestamp,model,tenant,session_id,input_tokens,latency_ms\n";
    // Every cell is met twice, and most sessions begin in one hour and end in the next.
    let mut rows: Vec<String> = (0..88_000).map(line).collect();
    rows.sort();
    let told = |rows: &[String]| {
        let batch = read(format!("{header}{}", rows.concat()).as_bytes()).unwrap();
        let mut sketches = Vec::new();
        for hour in batch.cells.hours() {
            let add = |series, sketch: &[u8]| sketches.push((hour.hour, series, sketch.to_vec()));
            batch.cells.each_sketch(hour, &mut Vec::new(), add).unwrap();
        }
        assert_eq!(batch.by_series.iter().map(|sum| sum.requests).sum::<u64>(), 88_000);
        (batch.cells.all().unwrap(), sketches, batch.edges)
    };
    let rising = told(&rows);
    assert_eq!((rising.0.len(), rising.1.len()), (44_000, 44_000));
    assert_eq!(rising.0.iter().map(|cell| cell.measures.sessions).sum::<u64>(), 11_000);
    let falling: Vec<String> = rows.iter().rev().cloned().collect();
    assert!(told(&falling) == rising, "falling");
    let dealt: Vec<String> = (0..88_000).map(|n| rows[n * 7_919 % 88_000].clone()).collect();
    assert!(told(&dealt) == rising, "in no order");
}
