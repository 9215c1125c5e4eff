//! Measurements read of files as programs write them.

use std::fmt::Write as _;
use std::io::Write as _;

use domain::slo::{Counts, Point};
use proptest::prelude::*;

use super::*;

/// 2026-07-01T00:00:00Z.
const START: i64 = 1_782_864_000;

fn file(text: &[u8]) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text).unwrap();
    file
}

fn read(text: &str, options: &MeasureOptions) -> (Measured, Vec<Point>) {
    let mut minutes = Minutes::default();
    let mut told = |minute, told| minutes.add(minute, told);
    let mut measured = read_measurements(file(text.as_bytes()).path(), options, &mut told, &mut |_| true).unwrap();
    let (points, issues) = minutes.finish();
    measured.issues.extend(issues);
    (measured, points)
}

fn samples(text: &str, meaning: Meaning) -> (Measured, Vec<Point>) {
    read(text, &MeasureOptions::new(meaning, None))
}

fn table(text: &str) -> (Measured, Vec<Point>) {
    read(text, &MeasureOptions::new(Meaning::Ratio, Some(chrono_tz::Europe::Berlin)))
}

fn codes(measured: &Measured) -> Vec<&str> {
    measured.issues.iter().map(|issue| issue.code.as_str()).collect()
}

/// A matrix of series: labels, and samples `(seconds from the start, value)`.
fn matrix(series: &[(&str, &[(i64, &str)])]) -> String {
    let series: Vec<String> = series
        .iter()
        .map(|(name, samples)| {
            let values: Vec<String> =
                samples.iter().map(|(at, value)| format!("[{}.781,\"{value}\"]", START + at)).collect();
            format!("{{\"metric\":{{\"__name__\":\"{name}\"}},\"values\":[{}]}}", values.join(","))
        })
        .collect();
    format!("{{\"status\":\"success\",\"data\":{{\"resultType\":\"matrix\",\"result\":[{}]}}}}", series.join(","))
}

fn labelled(name: &str) -> SeriesChoice {
    SeriesChoice::Labelled { label: "__name__".into(), value: name.into() }
}

fn pair(is_bad: bool) -> SeriesPair {
    SeriesPair { part: labelled("part"), is_bad, total: labelled("total") }
}

/// Minutes from the start, good and all.
fn flat(points: &[Point]) -> Vec<(i64, f64, f64)> {
    points.iter().map(|point| (point.minute - START / 60, point.counts.good, point.counts.total)).collect()
}

#[test]
fn the_published_answer_is_read() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../tests/fixtures/slo/prometheus/query_range_matrix.json");
    let mut minutes = Minutes::default();
    let options = MeasureOptions::new(Meaning::Ratio, None);
    let measured =
        read_measurements(&path, &options, &mut |minute, told| minutes.add(minute, told), &mut |_| true).unwrap();
    // 20:10:30.781 to 20:11:00.781 on 1 July 2015: two samples of each series in one minute, one in the next.
    assert_eq!((measured.read, measured.taken, measured.step, measured.issues.len()), (6, 6, Some(1), 0));
    let points: Vec<_> =
        minutes.finish().0.iter().map(|p| (p.minute * 60 - 1_435_781_400, p.counts.good, p.counts.total)).collect();
    assert_eq!(points, [(0, 2.0, 4.0), (60, 2.0, 2.0)]);
    let series = series_of(&path, 10).unwrap();
    let jobs: Vec<_> = series.iter().map(|labels| labels["job"].as_str()).collect();
    assert_eq!(jobs, ["prometheus", "node"]);
    assert_eq!(series_of(&path, 1).unwrap().len(), 1);
}

#[test]
fn samples_that_tell_nothing_are_counted_and_left_out() {
    let text = matrix(&[
        (
            "a",
            &[(0, "0.5"), (60, "NaN"), (120, "+Inf"), (180, "-Inf"), (240, "1"), (240, "0"), (200, "1"), (300, "many")],
        ),
        ("b", &[(0, "1.5"), (60, "-0.5"), (120, "1.0000000001"), (-600_000_000, "1")]),
    ]);
    let (measured, points) = samples(&text, Meaning::Ratio);
    assert_eq!(flat(&points), [(0, 0.5, 1.0), (2, 1.0, 1.0), (4, 1.0, 1.0)]);
    let issues: Vec<_> = measured
        .issues
        .iter()
        .map(|issue| (issue.column.as_deref().unwrap(), issue.code.as_str(), issue.params["count"].as_str()))
        .collect();
    let expected = [
        ("{__name__=\"a\"}", "sample-not-finite", "3"),
        ("{__name__=\"a\"}", "sample-not-a-number", "1"),
        ("{__name__=\"a\"}", "sample-repeated", "1"),
        ("{__name__=\"a\"}", "sample-out-of-order", "1"),
        ("{__name__=\"b\"}", "sample-outside-share", "2"),
        ("{__name__=\"b\"}", "sample-out-of-range", "1"),
    ];
    assert_eq!(issues, expected);
    assert_eq!((measured.read, measured.taken, measured.step), (12, 3, Some(1)));
    assert_eq!(flat(&samples(&text, Meaning::BadRatio).1), [(0, 0.5, 1.0), (2, 0.0, 1.0), (4, 0.0, 1.0)]);
}

#[test]
fn a_counter_that_starts_anew_counts_on() {
    let text = matrix(&[
        // 10 more, 5 more, restarted and 3, 4 more.
        ("total", &[(0, "100"), (60, "110"), (120, "115"), (180, "3"), (240, "7")]),
        // 9, restarted and 5, 1, 4: what was not finite in between changes nothing.
        ("part", &[(0, "50"), (60, "59"), (90, "NaN"), (120, "5"), (180, "6"), (240, "10")]),
    ]);
    let (measured, points) = samples(&text, Meaning::Counter(pair(false)));
    assert_eq!(flat(&points), [(1, 9.0, 10.0), (2, 5.0, 5.0), (3, 1.0, 3.0), (4, 4.0, 4.0)]);
    assert_eq!((codes(&measured), measured.step), (vec!["sample-not-finite"], Some(1)));
    let (_, points) = samples(&text, Meaning::Counter(pair(true)));
    assert_eq!(flat(&points), [(1, 1.0, 10.0), (2, 0.0, 5.0), (3, 2.0, 3.0), (4, 0.0, 4.0)]);
}

#[test]
fn good_and_total_may_stand_in_two_files() {
    let good = matrix(&[("x", &[(0, "4"), (300, "5"), (600, "6")])]);
    let total = matrix(&[("y", &[(0, "4"), (300, "6"), (900, "6")])]);
    let mut minutes = Minutes::default();
    for (text, part, total) in
        [(&good, SeriesChoice::All, SeriesChoice::None), (&total, SeriesChoice::None, SeriesChoice::All)]
    {
        let options = MeasureOptions::new(Meaning::GoodTotal(SeriesPair { part, is_bad: false, total }), None);
        let mut told = |minute, told| minutes.add(minute, told);
        let measured = read_measurements(file(text.as_bytes()).path(), &options, &mut told, &mut |_| true).unwrap();
        assert_eq!((measured.issues.len(), measured.step), (0, Some(5)));
    }
    let (points, issues) = minutes.finish();
    assert_eq!(flat(&points), [(0, 4.0, 4.0), (5, 5.0, 6.0)]);
    let codes: Vec<_> = issues.iter().map(|issue| issue.code.as_str()).collect();
    assert_eq!(codes, ["measure-total-missing", "measure-part-missing"]);
}

#[test]
fn series_that_are_not_chosen_are_told() {
    let text = matrix(&[("other", &[(0, "1")]), ("another", &[(0, "1")])]);
    let (measured, points) = samples(&text, Meaning::GoodTotal(pair(false)));
    assert_eq!((codes(&measured), points.len()), (vec!["series-not-chosen"], 0));
    let both = SeriesPair { part: SeriesChoice::All, is_bad: false, total: labelled("other") };
    let (measured, _) = samples(&text, Meaning::GoodTotal(both));
    assert_eq!(codes(&measured), ["series-chosen-twice", "measure-total-missing"]);
}

#[test]
fn what_is_no_range_query_is_told() {
    let of = |text: &str| {
        samples(text, Meaning::Ratio).0.issues.iter().map(|i| i.code.clone()).collect::<Vec<_>>().join(" ")
    };
    let vector =
        r#"{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1782864000,"1"]}]}}"#;
    assert_eq!(of(vector), "prometheus-not-a-matrix");
    assert_eq!(of(&vector.replace(r#""resultType":"vector","#, "")), "prometheus-not-a-matrix");
    let streams = r#"{"data":{"resultType":"streams","result":[{"stream":{"a":"b"},"values":[["1782864000000000000","line"]]}]}}"#;
    assert_eq!(of(streams), "prometheus-not-a-matrix");
    assert_eq!(of(r#"{"data":{"resultType":"scalar","result":[1782864000,"1"]}}"#), "prometheus-not-a-matrix");
    assert_eq!(of(r#"{"status":"error","errorType":"timeout","error":"query timed out"}"#), "prometheus-error");
    assert_eq!(of(r#"{"data":{"resultType":"matrix","result":[]}}"#), "prometheus-without-series");
    assert_eq!(of("{}"), "prometheus-without-series");
    assert_eq!(of(&format!("[\"{}\"]", "x".repeat(2 << 20))), "record-too-long");
    let alone = r#"[{"metric":{"a":"b"},"values":[[1782864000,"1"],[1782864060,0.5]]}]"#;
    assert_eq!(flat(&samples(alone, Meaning::Ratio).1), [(0, 1.0, 1.0), (1, 0.5, 1.0)]);
}

#[test]
fn an_answer_that_breaks_off_says_so_and_keeps_what_came_before() {
    let text = matrix(&[("a", &[(0, "1"), (60, "0.5"), (120, "0.25")])]);
    let cut = text.find("0.25").unwrap();
    let (measured, points) = samples(&text[..cut], Meaning::Ratio);
    assert_eq!(flat(&points), [(0, 1.0, 1.0), (1, 0.5, 1.0)]);
    assert_eq!((codes(&measured), measured.taken), (vec!["json-cut"], 2));
    let (measured, points) = samples(&text.replace("[1782864120", "{1782864120"), Meaning::Ratio);
    assert_eq!((codes(&measured), points.len()), (vec!["json-invalid"], 2));
}

#[test]
fn a_cancelled_reading_ends() {
    let many: String = (0..200_000).map(|n| format!("[{},\"1\"],", START + n)).collect();
    let text = format!("[{{\"metric\":{{}},\"values\":[{}]}}]", many.trim_end_matches(','));
    let options = MeasureOptions::new(Meaning::Ratio, None);
    let outcome = read_measurements(file(text.as_bytes()).path(), &options, &mut |_, _| {}, &mut |_| false);
    assert!(matches!(outcome, Err(IngestError::Cancelled)));
}

#[test]
fn a_hundred_thousand_samples_are_those_of_a_plain_reading() {
    let mut text = String::from("{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[");
    for series in 0..4 {
        let comma = if series == 0 { "" } else { "," };
        write!(text, "{comma}{{\"metric\":{{\"pod\":\"p{series}\"}},\"values\":[").unwrap();
        for n in 0..25_000i64 {
            let value = (n * 7_919 % 1_009) as f64 / 1_009.0;
            let comma = if n == 0 { "" } else { "," };
            write!(text, "{comma}[{},\"{value}\"]", START + n * 15).unwrap();
        }
        text.push_str("]}");
    }
    text.push_str("]}}");
    let (measured, points) = samples(&text, Meaning::Ratio);
    let plain: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut expected = std::collections::BTreeMap::new();
    for series in plain["data"]["result"].as_array().unwrap() {
        for sample in series["values"].as_array().unwrap() {
            let value: f64 = sample[1].as_str().unwrap().parse().unwrap();
            let counts: &mut Counts = expected.entry(sample[0].as_i64().unwrap() / 60).or_default();
            *counts = *counts + Counts { good: value, total: 1.0 };
        }
    }
    assert_eq!((measured.read, measured.taken, points.len()), (100_000, 100_000, expected.len()));
    for (point, (minute, counts)) in points.iter().zip(expected) {
        assert_eq!((point.minute, point.counts.total), (minute, counts.total));
        assert!((point.counts.good - counts.good).abs() < 1e-9);
    }
}

#[test]
fn tables_are_read_by_their_columns() {
    let (measured, points) =
        table("time,good,total\n2026-07-01T00:00:00Z,9,10\n2026-07-01T00:05:00Z,\"1,234\",\"1,234\"\n");
    assert_eq!(flat(&points), [(0, 9.0, 10.0), (5, 1_234.0, 1_234.0)]);
    assert_eq!((measured.step, measured.issues.len(), measured.read), (Some(5), 0, 2));
    let (_, points) = table("ts;errors;requests\n01.07.2026 02:00;1;10,5\n");
    assert_eq!(flat(&points), [(0, 9.5, 10.5)]);
    let (_, points) = table("time,ok,failed\n2026-07-01T00:00Z,3,1\n2026-07-01T00:00Z,1,0\n");
    assert_eq!(flat(&points), [(0, 4.0, 5.0)]);
    let (_, points) = table("time,sli\n2026-07-01T00:00Z,99.5%\n2026-07-01T00:01Z,0.5\n");
    assert_eq!(flat(&points), [(0, 0.995, 1.0), (1, 0.5, 1.0)]);
    let (_, points) = table("time,error_rate,count\n2026-07-01T00:00Z,0.25,8\n");
    assert_eq!(flat(&points), [(0, 6.0, 8.0)]);
    // A day begins at its midnight in Berlin, two hours before that in UTC.
    let (measured, points) = table("date,good,total\n2026-07-01,1,1\n2026-07-02,1,1\n");
    assert_eq!((flat(&points)[0].0, measured.step), (-120, Some(1_440)));
}

#[test]
fn rows_that_cannot_be_are_left_out_and_told_with_their_place() {
    let text = "time,good,total,note\n\
                2026-07-01T00:00Z,1,2,\"two\nlines\"\n\
                2026-07-01T00:01Z,-1,2,\n\
                2026-07-01T00:02Z,3,2,\n\
                2026-07-01T00:03Z,NaN,2,\n\
                2026-07-01T00:04Z,1,inf,\n\
                soon,1,2,\n\
                ,1,2,\n\
                2026-07-01T00:07Z,1\n\
                \n\
                2026-07-01T00:08Z,1,2,x,y\n\
                2026-07-01T00:09Z,,2,\n\
                2026-07-01T00:10Z,0,0,\n\
                2026-07-01T00:11Z,2,2,\n";
    let (measured, points) = table(text);
    assert_eq!(flat(&points), [(0, 1.0, 2.0), (11, 2.0, 2.0)]);
    let issues: Vec<_> =
        measured.issues.iter().map(|i| (i.row.unwrap(), i.code.as_str(), i.column.as_deref().unwrap_or(""))).collect();
    let expected = [
        (4, "negative", "good"),
        (5, "measure-part-exceeds-total", "good"),
        (6, "not-a-number", "good"),
        (7, "not-a-number", "total"),
        (8, "not-a-timestamp", "time"),
        (9, "timestamp-missing", "time"),
        (10, "row-cut", ""),
        (12, "row-too-wide", ""),
        (13, "not-a-number", "good"),
    ];
    assert_eq!(issues, expected);
    assert_eq!((measured.read, measured.taken), (12, 3));
}

#[test]
fn what_a_table_leaves_open_is_asked() {
    let of = |text: &str, change: fn(&mut MeasureOptions)| {
        let mut options = MeasureOptions::new(Meaning::Ratio, Some(chrono_tz::UTC));
        change(&mut options);
        let mut found = Vec::new();
        let mut told = |minute, told| found.push((minute, told));
        match read_measurements(file(text.as_bytes()).path(), &options, &mut told, &mut |_| true) {
            Ok(_) => Ok(found.len()),
            Err(IngestError::File { code, .. }) => Err(code),
            Err(error) => panic!("{error}"),
        }
    };
    let keep: fn(&mut MeasureOptions) = |_| {};
    assert_eq!(of("time;share\n2026-07-01T00:00Z;1,000\n", keep), Err("decimal-sign-undecided"));
    assert_eq!(of("time;share\n2026-07-01T00:00Z;1,000\n", |options| options.decimal_comma = Some(true)), Ok(1));
    assert_eq!(of("time,sli\n01/02/2026 10:00,0.5\n", keep), Err("day-order-undecided"));
    assert_eq!(of("time,sli\n01/02/2026 10:00,0.5\n13/02/2026 10:00,0.5\n", keep), Ok(2));
    assert_eq!(of("time,model,tokens\n2026-07-01T00:00Z,a,1\n", keep), Err("measure-columns-unknown"));
    let named = |options: &mut MeasureOptions| {
        let column = |name: &str| Some(name.to_owned());
        options.columns =
            Some(MeasureColumns { timestamp: column("when"), ratio: column("thumbs"), ..MeasureColumns::default() });
    };
    assert_eq!(of("when,thumbs\n2026-07-01T00:00Z,0.5\n", named), Ok(1));
    assert_eq!(of("then,thumbs\n2026-07-01T00:00Z,0.5\n", named), Err("column-missing"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("QUARTERDECK_CAMPAIGN").is_some() { 10_000 } else { 200 }))]

    #[test]
    fn a_counter_cut_into_two_files_or_two_series_adds_up_to_the_same(
        values in prop::collection::vec(0u32..50, 2..40),
        at in 1usize..40,
    ) {
        let at = at.min(values.len() - 1);
        let texts: Vec<String> = values.iter().map(u32::to_string).collect();
        let all: Vec<(i64, &str)> = texts.iter().enumerate().map(|(n, value)| (n as i64 * 20, value.as_str())).collect();
        let total = |parts: &[&[(i64, &str)]], as_files: bool| -> f64 {
            let meaning = || Meaning::Counter(SeriesPair { part: labelled("a"), is_bad: false, total: SeriesChoice::None });
            let series: Vec<_> = parts.iter().map(|samples| ("a", *samples)).collect();
            let files: Vec<String> = if as_files { series.iter().map(|one| matrix(&[*one])).collect() } else { vec![matrix(&series)] };
            let mut sum = 0.0;
            for text in files {
                let mut told = |_, told| if let Told::Good(good) = told { sum += good };
                let options = MeasureOptions::new(meaning(), None);
                read_measurements(file(text.as_bytes()).path(), &options, &mut told, &mut |_| true).unwrap();
            }
            sum
        };
        let whole = total(&[&all], false);
        // Two files share the sample they are cut at; a series in two pieces of one file goes on.
        prop_assert_eq!(whole, total(&[&all[..=at], &all[at..]], true));
        prop_assert_eq!(whole, total(&[&all[..at], &all[at..]], false));
    }

    #[test]
    fn no_measurements_are_the_end_of_reading(text in "(?s).{1,200}", at in 0usize..400) {
        let whole = matrix(&[("a", &[(0, "1"), (60, "0.5")]), ("b", &[(0, "1")])]);
        let at = at.min(whole.len());
        let broken = format!("{}{text}{}", &whole[..at], &whole[at..]);
        for text in [&whole[..at], &broken, &text] {
            let options = MeasureOptions::new(Meaning::Ratio, Some(chrono_tz::UTC));
            let _ = read_measurements(file(text.as_bytes()).path(), &options, &mut |_, _| {}, &mut |_| true);
        }
    }
}
