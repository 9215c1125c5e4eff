//! Whatever a file or folder of results holds: its sentence, its place. Never a panic, never a good row lost, never more memory or
//! disk than there is.
#![allow(clippy::unwrap_used)]

mod bakeoffs;

use std::io::{Cursor, Read, Write};

use bakeoffs::{Found, fixture, read_bytes, read_path, read_with, refused};
use ingest::IngestError;
use ingest::bakeoff::{BakeoffFormat, ReadOptions, read};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

fn archive(name: &str) -> Vec<u8> {
    std::fs::read(fixture(name)).unwrap()
}

/// The entries of an archive packed anew, those that `keep` wants.
fn repacked(bytes: &[u8], method: CompressionMethod, keep: impl Fn(&str) -> bool) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        let mut entry = from.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        if keep(&name) {
            to.start_file(name, SimpleFileOptions::default().compression_method(method)).unwrap();
            std::io::copy(&mut entry, &mut to).unwrap();
        }
    }
    to.finish().unwrap().into_inner()
}

fn with_entry(bytes: Vec<u8>, name: &str, mut content: impl Read) -> Vec<u8> {
    let mut to = ZipWriter::new_append(Cursor::new(bytes)).unwrap();
    to.start_file(name, SimpleFileOptions::default()).unwrap();
    std::io::copy(&mut content, &mut to).unwrap();
    to.finish().unwrap().into_inner()
}

const LOG: &str = "inspect/log_streaming.eval";

fn line(id: usize, model: &str, score: &str) -> String {
    format!(r#"{{"case_id":"c{id}","model":"{model}","answer":"a{id}","score":{score}}}"#)
}

#[test]
fn what_is_none_of_ours_is_refused_with_its_own_sentence() {
    for (name, bytes, code) in [
        ("empty", &b""[..], "file-empty"),
        ("white space", b" \n\t\n", "file-empty"),
        ("only a mark", b"\xef\xbb\xbf", "file-empty"),
        ("PDF", b"%PDF-1.7\n1 0 obj", "file-is-other"),
        ("an archive cut at once", b"PK\x03\x04\x14\x00", "archive-unreadable"),
        (
            "an archive of other things",
            include_bytes!("../../../../tests/fixtures/bakeoffs/made/other.zip"),
            "no-results",
        ),
        ("an object of other things", br#"{"name":"x","version":"1","scripts":{}}"#, "no-results"),
        ("a list of nothing", b"[]", "no-results"),
        ("a table of other things", b"name,version\nx,1\n", "no-results"),
        ("not JSON", b"{name: 1}", "json-unreadable"),
        ("prose", b"Dear all,\nplease find attached\n", "no-results"),
        ("one word", b"hello\n", "no-header"),
    ] {
        assert_eq!(refused(read_bytes(bytes)), code, "{name}");
    }
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(refused(read_path(folder.path())), "folder-empty");
    std::fs::write(folder.path().join("notes.md"), "nothing here\n").unwrap();
    assert_eq!(refused(read_path(folder.path())), "folder-without-results");
    assert_eq!(refused(read_path(&folder.path().join("gone"))), "file-not-found");
}

#[test]
fn archives_read_alike_however_they_are_packed() {
    let first = read_bytes(&archive(LOG)).unwrap();
    for method in [CompressionMethod::Zstd, CompressionMethod::Stored, CompressionMethod::Deflated] {
        let found = read_bytes(&repacked(&archive(LOG), method, |_| true)).unwrap();
        assert_eq!((found.counts, found.stated.len()), (first.counts, first.stated.len()), "{method:?}");
    }
}

#[test]
fn a_log_still_being_written_gives_what_it_has() {
    let is_early = |name: &str| !matches!(name, "header.json" | "summaries.json" | "reductions.json");
    let found = read_bytes(&repacked(&archive(LOG), CompressionMethod::Deflated, is_early)).unwrap();
    assert_eq!((found.counts.results, found.codes()), (4, vec!["log-unfinished"]));
    assert_eq!(found.results[0].candidate.provider.as_deref(), Some("azureai"));
}

#[test]
fn a_torn_archive_gives_its_whole_entries() {
    let bytes = archive("inspect/2025-02-11T15-17-00-05-00_popularity_dPiJifoWeEQBrfWsAopzWr.eval");
    let found = read_bytes(&bytes[..bytes.len() / 2]).unwrap();
    assert!((2..10).contains(&found.counts.results), "{:?}", found.counts);
    assert!(found.codes().contains(&"archive-cut") && found.codes().contains(&"log-unfinished"), "{:?}", found.codes());
}

#[test]
fn entries_that_lead_outside_are_said_and_not_read() {
    let mut bytes = archive(LOG);
    for name in ["samples/../../evil.json", "/samples/root.json", "C:/samples/drive.json", "..\\samples\\back.json"] {
        bytes = with_entry(bytes, name, &b"{}"[..]);
    }
    let found = read_bytes(&bytes).unwrap();
    assert_eq!(found.counts.results, 4);
    let codes = found.codes();
    assert_eq!(codes.iter().filter(|code| **code == "entry-outside").count(), 4, "{codes:?}");
    assert!(found.issues.iter().all(|issue| issue.params.contains_key("entry") && issue.params.contains_key("file")));
}

#[test]
fn one_broken_entry_costs_itself() {
    let bytes = with_entry(archive(LOG), "samples/7_epoch_1.json", &b"{\"id\": 7, \"input\": \"x"[..]);
    let found = read_bytes(&bytes).unwrap();
    assert_eq!((found.counts.results, found.codes()), (4, vec!["json-cut"]));
    assert_eq!(found.issues[0].params["entry"], "samples/7_epoch_1.json");
}

#[test]
fn a_document_that_breaks_off_gives_what_was_whole() {
    let whole = std::fs::read(fixture("promptfoo/sample-export.json")).unwrap();
    let cut = memchr_last(&whole, b"\"promptIdx\": 0");
    let found = read_bytes(&whole[..cut]).unwrap();
    assert!((1..4).contains(&found.counts.results), "{:?}", found.counts);
    assert!(found.codes().contains(&"json-cut"));
}

fn memchr_last(text: &[u8], part: &[u8]) -> usize {
    text.windows(part.len()).rposition(|window| window == part).unwrap()
}

#[test]
fn lines_that_are_wrong_cost_themselves() {
    let text = format!(
        "{}\n{{\"case_id\": \"c2\", oops\n\n[1,2]\n{}\n\"text\"\n{}\n{{\"case_id\":\"c9\",\"mod",
        line(1, "a", "1"),
        line(3, "a", "0.5"),
        line(4, "a", "0")
    );
    let found = read_bytes(text.as_bytes()).unwrap();
    assert_eq!(found.counts.results, 3);
    let short: Vec<_> = found.issues.iter().map(|issue| (issue.code.as_str(), issue.row)).collect();
    let expected =
        [("json-invalid", Some(2)), ("not-an-object", Some(4)), ("not-an-object", Some(6)), ("json-cut", Some(8))];
    assert_eq!(short, expected);
}

#[test]
fn numbers_that_are_none_are_said_and_leave_nothing_behind() {
    let text = [
        line(1, "a", "NaN"),
        line(2, "a", "-Infinity"),
        line(3, "a", "\"0.75\""),
        line(4, "a", "\"good\""),
        line(5, "a", "1e999"),
        line(6, "a", "true"),
    ]
    .join("\n");
    let found = read_bytes(text.as_bytes()).unwrap();
    assert_eq!(found.counts.results, 5);
    let values: Vec<f64> = found.results.iter().flat_map(|result| &result.scores).map(|score| score.value).collect();
    assert_eq!(values, [0.75, 1.0]);
    assert_eq!(found.codes(), ["not-finite", "not-finite", "not-a-score", "json-invalid"]);
}

#[test]
fn every_way_of_storing_text_reads_alike() {
    let text = format!("{}\n{}\n", line(1, "模型", "1"), line(2, "模型", "0"));
    let csv = "case_id,model,answer,score\n1,模型,\"a, b\",1\n2,模型,c,0\n";
    for (plain, name) in [(text.as_str(), "lines"), (csv, "table")] {
        let first = read_bytes(plain.as_bytes()).unwrap();
        assert_eq!(first.counts.results, 2, "{name}");
        let utf16 =
            |to: fn(u16) -> [u8; 2]| format!("\u{feff}{plain}").encode_utf16().flat_map(to).collect::<Vec<u8>>();
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(plain.as_bytes()).unwrap();
        for bytes in [
            format!("\u{feff}{plain}").into_bytes(),
            plain.replace('\n', "\r\n").into_bytes(),
            utf16(u16::to_le_bytes),
            utf16(u16::to_be_bytes),
            gzip.finish().unwrap(),
        ] {
            let found = read_bytes(&bytes).unwrap();
            assert_eq!((found.counts, &found.results[0].answer), (first.counts, &first.results[0].answer), "{name}");
            assert_eq!(found.results[0].candidate.label, "模型", "{name}");
        }
    }
}

#[test]
fn text_is_data_whatever_signs_it_holds() {
    let signs = "\\u001b[31mred\\u001b[0m \\u202eright\\u202c \\u0000 \\ud83d\\ude00";
    let text = format!(r#"{{"case_id":"1","model":"m","answer":"{signs}","score":1}}"#);
    let found = read_bytes(text.as_bytes()).unwrap();
    assert_eq!(found.results[0].answer.as_deref(), Some("\u{1b}[31mred\u{1b}[0m \u{202e}right\u{202c} \0 😀"));
    let table = "case_id,model,answer,score\n1,m,\u{1b}[31mred\u{202e},1\n2,m,a\0b,1\n";
    let found = read_bytes(table.as_bytes()).unwrap();
    assert_eq!(found.results[0].answer.as_deref(), Some("\u{1b}[31mred\u{202e}"));
    assert_eq!((found.counts.results, found.codes()), (1, vec!["nul-bytes"]));
}

#[test]
fn long_lines_are_read_and_endless_ones_are_said() {
    let long = "x".repeat(50_000);
    let huge = "y".repeat(10_000_000);
    let of = |text: &str| format!(r#"{{"case_id":"1","model":"m","answer":"{text}","score":1}}"#);
    for (text, length) in [(&long, 50_000), (&huge, 10_000_000)] {
        let found = read_bytes(format!("{}\n{}", of(text), line(2, "m", "0")).as_bytes()).unwrap();
        assert_eq!((found.counts.results, found.counts.issues), (2, 0));
        assert_eq!(found.results[0].answer.as_ref().map(String::len), Some(length));
    }
    let table = format!("case_id,model,answer,score\n1,m,{long},1\n2,m,{huge},1\n3,m,z,1\n");
    let found = read_bytes(table.as_bytes()).unwrap();
    assert_eq!((found.counts.results, found.codes()), (2, vec!["record-too-long"]));
    let endless = format!("{}\n{{\"case_id\":\"{}\n{}\n", line(1, "m", "1"), "z".repeat(70 << 20), line(2, "m", "0"));
    let found = read_bytes(endless.as_bytes()).unwrap();
    assert_eq!((found.counts.results, found.codes()), (2, vec!["record-too-long"]));
}

#[test]
fn keys_that_occur_twice_are_said_and_the_last_value_counts() {
    let found = read_bytes(br#"{"case_id":"1","model":"m","answer":"a","score":0,"score":1}"#).unwrap();
    assert_eq!((found.codes(), found.results[0].scores[0].value), (vec!["json-key-twice"], 1.0));
    assert_eq!(found.issues[0].column.as_deref(), Some("score"));
    // The sentence names it.
    assert_eq!(found.issues[0].params.get("key").map(String::as_str), Some("score"));
}

#[test]
fn the_same_case_twice_is_one_and_a_repeat_is_told_from_a_copy() {
    let lines = [line(1, "m", "1"), line(1, "m", "1"), line(1, "m", "0"), line(1, "m", "1"), line(1, "n", "1")];
    let repeats = |lines: &[String]| {
        let found = read_bytes(lines.join("\n").as_bytes()).unwrap();
        let of: Vec<_> = found.results.iter().map(|r| (r.candidate.label.clone(), r.repeat)).collect();
        (of, found.counts.cases, found.counts.duplicates, found.codes().len())
    };
    let named = |all: &[(&str, u32)]| all.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect::<Vec<_>>();
    // Nothing tells a copy from another try that says the same: each row is a try.
    assert_eq!(repeats(&lines), (named(&[("m", 0), ("m", 1), ("m", 2), ("m", 3), ("n", 0)]), 1, 0, 0));
    // Another try takes another time.
    let timed = lines.map(|line| line.replace('}', ",\"latency_ms\":900}"));
    assert_eq!(repeats(&timed), (named(&[("m", 0), ("m", 1), ("n", 0)]), 1, 2, 2));
    let told = "case_id,model,repeat,score\n1,m,1,1\n1,m,1,0\n1,m,2,0\n1,m,x,0\n";
    let found = read_bytes(told.as_bytes()).unwrap();
    assert_eq!((found.counts.conflicts, found.codes()), (1, vec!["result-twice", "not-whole"]));
}

#[test]
fn ten_thousand_candidates_are_counted() {
    let text: String = (0..10_000).map(|n| line(n % 7, &format!("model-{n}"), "1") + "\n").collect();
    let counts = read_bytes(text.as_bytes()).unwrap().counts;
    assert_eq!((counts.candidates, counts.cases, counts.results), (10_000, 7, 10_000));
}

#[test]
fn a_bomb_of_aliases_is_refused_and_so_is_broken_yaml() {
    let mut bomb = "prompts: [x]\ntests:\n  - vars: &a0 { x: lol }\n".to_owned();
    for n in 1..40 {
        let before = n - 1;
        bomb.push_str(&format!(
            "  - vars: &a{n} {{ p: [*a{before}, *a{before}, *a{before}, *a{before}, *a{before}] }}\n"
        ));
    }
    assert_eq!(refused(read_bytes(bomb.as_bytes())), "yaml-unreadable");
    assert_eq!(refused(read_bytes(b"prompts:\n  - x\ntests:\n  - vars: {a: 1\n")), "yaml-unreadable");
    let twice = read_bytes(b"prompts: ['{{q}}']\ntests:\n  - vars: {q: one}\n  - vars: {q: one}\n").unwrap();
    assert_eq!((twice.counts.cases, twice.counts.duplicates), (1, 1));
}

#[test]
fn a_folder_reads_what_it_knows_and_says_what_it_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("run/one");
    std::fs::create_dir_all(&inner).unwrap();
    // Two formats, both under names that say nothing.
    std::fs::copy(fixture(LOG), inner.join("a.bin")).unwrap();
    std::fs::copy(fixture("made/battles.jsonl"), folder.path().join("b")).unwrap();
    std::fs::write(folder.path().join("README"), "# Results\n").unwrap();
    std::fs::write(folder.path().join("empty.json"), "").unwrap();
    std::fs::write(folder.path().join(".hidden.json"), "{}").unwrap();
    let found = read_path(folder.path()).unwrap();
    assert_eq!((found.counts.results, found.counts.verdicts), (4, 4));
    assert_eq!(found.codes().iter().filter(|code| **code == "file-not-read").count(), 2);
    assert_eq!(&*found.results[0].place.file, "run/one/a.bin");
}

#[test]
fn files_of_two_versions_in_one_folder_are_read_each_as_its_own() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(fixture("promptfoo/sample-export.json"), folder.path().join("1.json")).unwrap();
    std::fs::copy(fixture("made/promptfoo_v2.json"), folder.path().join("2.json")).unwrap();
    let found = read_path(folder.path()).unwrap();
    assert_eq!(found.counts.results, 8);
}

#[test]
fn a_decimal_sign_that_nothing_decides_is_asked_for() {
    let table = "case_id;model;score\n1;m;1,000\n2;m;2,000\n";
    assert_eq!(refused(read_bytes(table.as_bytes())), "decimal-sign-undecided");
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), table).unwrap();
    let mut mapping = ingest::bakeoff::sniff(file.path()).unwrap().remove(0).mapping.unwrap();
    for (comma, value) in [(true, 1.0), (false, 1000.0)] {
        mapping.decimal_comma = Some(comma);
        let options = ReadOptions { mapping: Some(mapping.clone()), ..ReadOptions::default() };
        assert_eq!(read_with(file.path(), &options).unwrap().results[0].scores[0].value, value);
    }
    mapping.columns[0].column = "gone".to_owned();
    let options = ReadOptions { mapping: Some(mapping), format: Some(BakeoffFormat::TableCsv) };
    assert_eq!(refused(read_with(file.path(), &options)), "column-missing");
}

#[test]
fn whoever_listens_may_stop() {
    let file = fixture("mt-bench/gpt-4_single.jsonl.gz");
    let mut heard = 0;
    let outcome = read(&file, &ReadOptions::default(), &mut |_| true, &mut |_| {
        heard += 1;
        heard < 3
    });
    assert!(matches!(outcome, Err(IngestError::Cancelled)) && heard == 3);
    let outcome = read(&file, &ReadOptions::default(), &mut |_| false, &mut |_| true);
    assert!(matches!(outcome, Err(IngestError::Cancelled)));
}

const FIXTURES: [&str; 16] = [
    "promptfoo/sample-export.json",
    "made/promptfoo_v2.json",
    "made/promptfooconfig.yaml",
    LOG,
    "inspect/log_message_deduplication.eval",
    "inspect/log_formats.json",
    "lm-eval/results_2026-01-21T03-44-18.458309.json",
    "lm-eval/samples_math_perturbed_full_2026-01-21T03-44-18.458309.jsonl",
    "helm/narrative_qa-model=openai_gpt2/per_instance_stats.json",
    "every-eval-ever/f3a1c0de-4b2e-4c1a-9f6d-1b7e5a2c8d40.json",
    "mt-bench/gpt-4_single.jsonl.gz",
    "made/pairs.jsonl",
    "made/battles.jsonl",
    "made/openai_evals.jsonl",
    "arena-hard/arena_hard_leaderboard_20240731.csv",
    "made/ratings_semicolons.csv",
];

/// Whatever comes of it, it is a sentence.
fn survives(outcome: Result<Found, IngestError>) {
    if let Err(error) = outcome {
        assert!(matches!(error, IngestError::File { .. }), "{error:?}");
    }
}

#[test]
fn files_cut_anywhere_are_read_as_far_as_they_go() {
    for name in FIXTURES {
        let bytes = std::fs::read(fixture(name)).unwrap();
        let step = (bytes.len() / 60).max(1);
        for end in (0..bytes.len()).step_by(step).chain(bytes.len().saturating_sub(40)..bytes.len()) {
            survives(read_bytes(&bytes[..end]));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn bytes_turned_at_random_never_panic(
        which in 0..FIXTURES.len(),
        turned in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
    ) {
        let mut bytes = std::fs::read(fixture(FIXTURES[which])).unwrap();
        for (place, byte) in turned {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        survives(read_bytes(&bytes));
    }

    #[test]
    fn arbitrary_bytes_never_panic(
        start in prop::sample::select(vec![&b""[..], b"PK\x03\x04", b"{", b"[{", b"tests:\n - ", b"case_id,score\n", b"\x1f\x8b"]),
        bytes in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        survives(read_bytes(&[start, &bytes].concat()));
    }
}
