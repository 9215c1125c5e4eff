//! Every format against files whose sums were worked out by hand or in another program.
#![allow(clippy::unwrap_used)]

mod reading;

use domain::calendar::ReportingCalendar;
use domain::demand::{HourMinutes, MinuteTotals};
use domain::id::PriceId;
use domain::latency::{LatencySketch, Span};
use domain::money::Currency;
use domain::price::{ContextTier, Layer, PriceRow, Rate, Rates};
use domain::price_book::PriceBook;
use domain::usage::Known;
use ingest::{Field, UsageBatch, UsageFormat, sniff};
use reading::*;
use uuid::Uuid;

/// 2026-07-01T00:00:00Z.
const JULY: i64 = 1_782_864_000;
/// Where a row of a whole day is put.
const NOON: i64 = 12 * 3600;

#[test]
fn the_azure_trace_adds_up_to_what_python_counts() {
    let path = fixture("AzureLLMInferenceTrace_code.csv");
    let sniffed = sniff::sniff(&path).unwrap();
    assert_eq!(sniffed.formats, [UsageFormat::GenericCsv]);
    assert_eq!(sniffed.rows_estimate, Some(8_819));
    let batch = read_path(&path, |_| ()).unwrap();
    let sum = totals(&batch);
    assert_eq!((batch.counts.read, batch.counts.good, batch.issues.len()), (8_819, 8_819, 0));
    assert_eq!((sum.requests, sum.tokens), (8_819, tokens(18_059_974, 0, 0, 0, 245_896, 0)));
    // 2023-11-16T18:00:00Z and 19:00:00Z.
    let by_hour: Vec<_> =
        cells(&batch).iter().map(|(_, hour, m)| (*hour, m.requests, m.tokens.input, m.tokens.output)).collect();
    assert_eq!(by_hour, [(1_700_157_600, 7_717, 15_710_990, 213_958), (1_700_161_200, 1_102, 2_348_984, 31_938)]);
    // 18:17:03 and 19:14:19.
    assert_eq!(batch.span, Some((1_700_158_623_979_960_000, 1_700_162_059_928_016_000)));
    assert_eq!(batch.sha256, "54e9a6d2a4bd06ba1e060304b900abbc74cbea53de96506e60fe5bb4f2277fb6");
    let known = Known { requests: true, tokens: true, ..Known::default() };
    assert_eq!(batch.known, known, "a trace of tokens says nothing of success, sessions or cost");
}

#[test]
fn the_azure_trace_is_refused_row_by_row_until_its_zone_is_named() {
    let batch = read_path(&fixture("AzureLLMInferenceTrace_code.csv"), |mapping| mapping.time_zone = None).unwrap();
    assert_eq!((batch.counts.good, batch.counts.bad), (0, 8_819));
    assert_eq!(issues(&batch)[0], (2, "timestamp-without-zone", "TIMESTAMP", "2023-11-16 18:17:03.9799600"));
    let shanghai =
        read_path(&fixture("AzureLLMInferenceTrace_code.csv"), |m| m.time_zone = Some("Asia/Shanghai".into()));
    let earlier = shanghai.unwrap().span.map(|(from, _)| from / 1_000_000_000);
    assert_eq!(earlier, Some(1_700_158_623 - 8 * 3600));
    let unknown = read_path(&fixture("AzureLLMInferenceTrace_code.csv"), |m| m.time_zone = Some("Mars/Olympus".into()));
    assert_eq!(refusal(unknown), ("unknown-zone", vec!["Mars/Olympus".to_owned()]));
}

#[test]
fn litellm_logs_count_a_request_once_however_many_tags_it_carries() {
    for name in ["litellm_spend_logs.json", "litellm_spend_logs.jsonl"] {
        let path = fixture(name);
        assert_eq!(sniff::sniff(&path).unwrap().formats[0], UsageFormat::LitellmSpendLogs, "{name}");
        let batch = read_path(&path, |_| ()).unwrap();
        let counts =
            (batch.counts.read, batch.counts.good, batch.counts.bad, batch.counts.duplicate, batch.counts.skipped);
        assert_eq!(counts, (8, 4, 2, 1, 1), "{name}");
        let found: Vec<_> = cells(&batch);
        let expected = [
            // 600 + 400 cached = 1000 prompt tokens; the first tag is the feature.
            ("openai|gpt-4o|support|acme| standard", 8, 1, 1, 1, tokens(600, 400, 0, 0, 500, 120), 5_250_000),
            // 3000 prompt tokens hold 2000 read from and 600 written to the cache, 100 of them for an hour.
            (
                "anthropic|claude-sonnet-4-5|search|team-b| standard",
                8,
                1,
                1,
                0,
                tokens(400, 2000, 500, 100, 50, 0),
                12_000,
            ),
            ("openai|gpt-4o||org-1| standard", 10, 1, 0, 1, tokens(0, 0, 0, 0, 0, 0), 0),
            // Answered by the gateway's own cache: nobody bills those tokens.
            ("openai|gpt-4o|support|acme| standard", 10, 1, 1, 1, tokens(0, 0, 0, 0, 0, 0), 0),
        ];
        assert_eq!(found.len(), expected.len(), "{name}");
        for (series, hour, requests, successes, sessions, tokens, nanos) in expected {
            let (_, _, measures) = found.iter().find(|(s, h, _)| s == series && *h == JULY + hour * 3600).unwrap();
            let m = measures;
            assert_eq!((m.requests, m.successes, m.sessions), (requests, successes, sessions), "{series} {hour}");
            assert_eq!((m.tokens, m.reported_nanos), (tokens, nanos), "{series} {hour}");
        }
        // Sessions s-1 (two requests, the last fine) and s-3 succeeded, s-2 did not.
        assert_eq!((totals(&batch).sessions, totals(&batch).successful_sessions), (3, 2));
        let bad: Vec<_> = issues(&batch).iter().map(|(row, code, column, _)| (*row, *code, *column)).collect();
        let first = if name.ends_with('l') { 7 } else { 8 };
        assert_eq!(bad, [(first, "negative", "prompt_tokens"), (first + 1, "timestamp-missing", "startTime")]);
        assert_eq!(batch.notes, ["input-includes-cache", "first-tag", "gateway-cache-free"]);
    }
}

#[test]
fn litellm_tells_how_long_a_request_took_and_its_own_cache_asks_nobody() {
    let batch = read_path(&fixture("litellm_spend_logs.jsonl"), |_| ()).unwrap();
    let mut sketch = LatencySketch::default();
    for hour in batch.cells.hours() {
        let add = |_, bytes: &[u8]| sketch.merge_bytes(bytes).unwrap();
        batch.cells.each_sketch(hour, &mut Vec::new(), add).unwrap();
    }
    // By hand, from start to end: 3.877 s, 3.1 s, 1 s; only the first tells of its first token, after 0.877 s. The fourth request was
    // answered from the gateway's cache.
    let told = |span: Span| sketch.percentiles(span, [0.01, 0.5, 1.0]).map(|found| found.map(|micros| micros / 1e6));
    let near = |found: f64, wanted: f64| (found / wanted - 1.0).abs() <= 0.0101;
    let [least, middle, most] = told(Span::EndToEnd).unwrap();
    assert!(near(least, 1.0) && near(middle, 3.1) && near(most, 3.877), "{least} {middle} {most}");
    assert_eq!((sketch.known(Span::EndToEnd), sketch.known(Span::FirstToken)), (3, 1));
    assert!(near(told(Span::FirstToken).unwrap()[0], 0.877));
    let minutes: Vec<(i64, &str, u8, u64)> = batch
        .minutes
        .iter()
        .flat_map(|of_hour| {
            let model = batch.lines[of_hour.line as usize][1].as_str();
            let minutes = HourMinutes::from_bytes(&of_hour.minutes).unwrap();
            let told = |(minute, totals): (u8, &MinuteTotals)| (of_hour.hour - JULY, model, minute, totals.input);
            minutes.each().map(told).collect::<Vec<_>>()
        })
        .collect();
    let expected = [(8, "claude-sonnet-4-5", 59, 3_000), (8, "gpt-4o", 15, 1_000), (10, "gpt-4o", 0, 0)];
    assert_eq!(minutes, expected.map(|(hour, model, minute, input)| (hour * 3_600, model, minute, input)));
}

#[test]
fn a_bucket_no_longer_than_a_minute_tells_of_its_minute() {
    for (width, told) in [(60, 1), (3_600, 0), (86_400, 0)] {
        let text = format!(
            r#"{{"object":"bucket","start_time":{JULY},"end_time":{},"results":[{{"object":"organization.usage.completions.result",
            "input_tokens":10,"output_tokens":5,"num_model_requests":7,"model":"gpt-4o"}}]}}"#,
            JULY + width
        );
        let batch = read(text.replace('\n', " ").as_bytes()).unwrap();
        assert_eq!(batch.minutes.len(), told, "a bucket of {width} s");
        if let Some(of_hour) = batch.minutes.first() {
            let minutes = HourMinutes::from_bytes(&of_hour.minutes).unwrap();
            let (minute, totals) = minutes.each().next().unwrap();
            assert_eq!((minute, totals.requests, totals.input, totals.output), (0, 7, 10, 5));
        }
    }
}

#[test]
fn openai_pages_add_up_however_they_were_saved() {
    for name in [
        "openai_usage_page.json",
        "openai_usage_pages.json",
        "openai_usage_pages.jsonl",
        "openai_usage_pages_joined.json",
    ] {
        let path = fixture(name);
        assert_eq!(sniff::sniff(&path).unwrap().formats[0], UsageFormat::OpenaiUsage, "{name}");
        let batch = read_path(&path, |_| ()).unwrap();
        let expected = [
            ("openai|gpt-4o-2024-08-06|key_1|proj_abc| standard", 5, tokens(200, 800, 0, 0, 500, 0)),
            ("openai|gpt-4o-mini||user_x| batch", 3, tokens(2000, 0, 0, 0, 70, 0)),
        ];
        let found: Vec<_> = cells(&batch).into_iter().map(|(s, h, m)| (s, h, m.requests, m.tokens)).collect();
        let expected = expected.map(|(series, requests, tokens)| (series.to_owned(), JULY + NOON, requests, tokens));
        assert_eq!(found, expected, "{name}");
        assert_eq!((batch.counts.good, batch.counts.bad), (2, 1), "{name}");
        assert_eq!(batch.issues[0].code, "cache-exceeds-input");
        assert_eq!((batch.issues[0].params["input"].as_str(), batch.issues[0].params["cached"].as_str()), ("10", "11"));
    }
}

#[test]
fn anthropic_usage_is_read_with_and_without_its_optional_columns() {
    let path = fixture("anthropic_usage.csv");
    assert_eq!(sniff::sniff(&path).unwrap().formats[0], UsageFormat::AnthropicUsageCsv);
    let batch = read_path(&path, |_| ()).unwrap();
    let found: Vec<_> = cells(&batch).into_iter().map(|(s, h, m)| (s, h - JULY, m.requests, m.tokens)).collect();
    let expected = [
        ("anthropic|claude-sonnet-4-5-20250929|batch-key|Research| batch", NOON, 0, tokens(70_000, 0, 0, 0, 9_000, 0)),
        (
            "anthropic|claude-sonnet-4-5-20250929|prod-key|Default| standard",
            NOON,
            0,
            tokens(120_000, 880_000, 3_000, 500, 45_000, 0),
        ),
        (
            "anthropic|claude-haiku-4-5-20251001|prod-key|Default| standard",
            86_400 + NOON,
            0,
            tokens(1_000, 0, 0, 0, 50, 0),
        ),
    ];
    assert_eq!(found, expected.map(|(series, hour, requests, tokens)| (series.to_owned(), hour, requests, tokens)));
    assert_eq!(batch.known, Known { tokens: true, cache: true, ..Known::default() }, "a day's row is no request");
    let short = read_path(&fixture("anthropic_usage_short.csv"), |_| ()).unwrap();
    assert_eq!(totals(&short).tokens, tokens(120_000, 0, 0, 0, 45_000, 0));
}

#[test]
fn anthropic_costs_keep_every_nano_dollar_and_their_credits() {
    let path = fixture("anthropic_cost.csv");
    assert_eq!(sniff::sniff(&path).unwrap().formats[0], UsageFormat::AnthropicCostCsv);
    let batch = read_path(&path, |_| ()).unwrap();
    let found: Vec<_> = cells(&batch).into_iter().map(|(s, h, m)| (s, h - JULY, m.reported_nanos)).collect();
    let expected = [
        ("anthropic|claude-sonnet-4-5|prod-key|Default| standard", NOON, 1_035_000_001),
        ("anthropic||prod-key|Default| standard", 86_400 + NOON, 1_200_000_000),
        ("anthropic|claude-sonnet-4-5|prod-key|Default| standard", 86_400 + NOON, -50_000_000),
    ];
    assert_eq!(found, expected.map(|(series, hour, nanos)| (series.to_owned(), hour, nanos)));
    assert_eq!(batch.known, Known { reported_cost: true, ..Known::default() });
    assert_eq!(refusal(read_as(&path, UsageFormat::AnthropicUsageCsv, &Default::default())).0, "column-missing");
    assert_eq!(refusal(read_as(&path, UsageFormat::OpenaiUsage, &Default::default())).0, "format-differs");
}

#[test]
fn attributes_with_dots_in_their_names_are_found() {
    let batch = read_path(&fixture("otel_spans.jsonl"), |mapping| {
        let column = mapping.column(Field::InputTokens).map(str::to_owned);
        assert_eq!(column.as_deref(), Some("attributes.gen_ai.usage.input_tokens"));
    })
    .unwrap();
    assert_eq!(totals(&batch).tokens, tokens(1_805, 200, 0, 0, 106, 10));
    assert_eq!((totals(&batch).sessions, totals(&batch).successful_sessions), (2, 1));
    assert_eq!(batch.notes, ["input-includes-cache"]);
}

#[test]
fn a_spreadsheet_in_german_is_one_file_in_every_encoding() {
    let mut batches = Vec::new();
    for (name, encoding) in [
        ("semicolons_decimal_comma.csv", "UTF-8"),
        ("semicolons_utf16le_bom.csv", "UTF-16 LE"),
        ("semicolons_utf16be_no_bom.csv", "UTF-16 BE"),
        ("semicolons.csv.gz", "UTF-8"),
    ] {
        let path = fixture(name);
        let sniffed = sniff::sniff(&path).unwrap();
        assert_eq!((sniffed.encoding.as_str(), sniffed.delimiter.as_deref()), (encoding, Some(";")), "{name}");
        assert_eq!(sniffed.mapping.decimal_comma, None, "{name}: the whole file decides");
        let batch = read_path(&path, |mapping| {
            let columns = [
                (Field::Timestamp, "Zeitpunkt"),
                (Field::Vendor, "Anbieter"),
                (Field::Model, "Modell"),
                (Field::Feature, "Produkt"),
                (Field::Tenant, "Kunde"),
                (Field::Success, "Erfolg"),
                (Field::InputTokens, "Eingabe"),
                (Field::OutputTokens, "Ausgabe"),
                (Field::Cost, "Kosten"),
            ];
            mapping.columns =
                columns.map(|(field, column)| ingest::mapping::MappedColumn { field, column: column.into() }).to_vec();
        })
        .unwrap();
        assert_eq!(batch.counts.good, 3, "{name}: {:?}", batch.issues);
        batches.push((batch.series.clone(), batch.cells.all().unwrap()));
        let found: Vec<_> =
            cells(&batch).into_iter().map(|(s, _, m)| (s, m.successes, m.tokens.input, m.reported_nanos)).collect();
        let expected = [
            ("OpenAI|gpt-4o|Chat|Müller & Söhne| standard", 1, 3_234, 8_100_000),
            ("Anthropic|claude-sonnet-4-5|Chat; \"neu\"\n(Test)|北京公司| standard", 1, 10, 70_000),
        ];
        assert_eq!(found, expected.map(|(series, ok, input, nanos)| (series.to_owned(), ok, input, nanos)), "{name}");
    }
    assert!(batches.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn offsets_from_the_start_of_a_trace_are_not_taken_for_dates() {
    let batch = read_path(&fixture("mooncake_trace.jsonl"), |_| ()).unwrap();
    assert_eq!((batch.counts.good, batch.counts.bad), (0, 12));
    assert!(batch.issues.iter().all(|issue| issue.code == "timestamp-relative"));
    assert_eq!(issues(&batch)[2], (3, "timestamp-relative", "timestamp", "40"));
}

/// A model that costs more above 200,000 tokens.
fn tiered() -> PriceBook {
    let rate = |text| Some(Rate::per_million(text).unwrap());
    let row = |provider: &str, model: &str| PriceRow {
        id: PriceId(Uuid::from_u128(1)),
        provider: provider.into(),
        model: model.into(),
        channel: String::new(),
        region: String::new(),
        tier: "standard".into(),
        from: None,
        to: None,
        currency: Currency::USD,
        rates: Rates { input: rate("3"), output: rate("15"), ..Rates::default() },
        context_tiers: vec![ContextTier {
            above_tokens: 200_000,
            rates: Rates { input: rate("6"), ..Rates::default() },
        }],
        layer: Layer::List,
        contract_id: None,
        source: String::new(),
        basis: String::new(),
    };
    PriceBook::new(vec![row("openai", "gpt-x"), row("anthropic", "claude-x")], Default::default())
}

/// (band, input tokens) of every cell.
fn bands(bytes: &[u8], format: UsageFormat) -> (Vec<(u32, u64)>, UsageBatch) {
    let file = file(bytes);
    let mapping = sniff::sniff(file.path()).unwrap().mapping;
    let calendar = ReportingCalendar::new("UTC", 1).unwrap();
    let reading = ingest::Reading { book: &tiered(), calendar: &calendar, seams: &[] };
    let batch = ingest::read_usage(file.path(), format, &mapping, reading, &mut |_| true).unwrap();
    let band = |cell: &ingest::RawCell| batch.series[cell.series as usize].band;
    (batch.cells.all().unwrap().iter().map(|cell| (band(cell), cell.measures.tokens.input)).collect(), batch)
}

#[test]
fn a_sum_of_many_short_requests_does_not_pay_for_a_long_context() {
    let page =
        br#"{"object":"page","data":[{"object":"bucket","start_time":1782864000,"end_time":1782867600,"results":[
        {"input_tokens":10000000,"num_model_requests":1000,"model":"gpt-x"},
        {"input_tokens":900000,"num_model_requests":3,"model":"gpt-x"},
        {"input_tokens":900000,"num_model_requests":0,"model":"gpt-x"}]}]}"#;
    let (found, batch) = bands(page, UsageFormat::OpenaiUsage);
    assert_eq!(found, [(0, 10_900_000), (1, 900_000)]);
    assert_eq!(batch.notes, ["input-includes-cache", "context-by-mean"]);

    let rows = b"time,vendor,model,requests,input_tokens\n2026-07-01T00:00:00Z,openai,gpt-x,50,5000000\n\
        2026-07-01T01:00:00Z,openai,gpt-x,1,200001\n2026-07-01T02:00:00Z,openai,gpt-x,1,200000\n";
    assert_eq!(bands(rows, UsageFormat::GenericCsv).0, [(0, 5_000_000), (1, 200_001), (0, 200_000)]);
}

#[test]
fn the_anthropic_console_says_itself_which_context_its_rows_are_of() {
    let header = "usage_date_utc,model_version,usage_input_tokens_no_cache,usage_output_tokens";
    let with = format!(
        "{header},context_window\n2026-07-01,claude-x,9000000,1,0-200k\n2026-07-02,claude-x,9000000,1,200k-1M\n"
    );
    assert_eq!(bands(with.as_bytes(), UsageFormat::AnthropicUsageCsv).0, [(0, 9_000_000), (1, 9_000_000)]);
    let (found, batch) =
        bands(format!("{header}\n2026-07-01,claude-x,9000000,1\n").as_bytes(), UsageFormat::AnthropicUsageCsv);
    assert_eq!(found, [(0, 9_000_000)]);
    assert!(batch.notes.contains(&"context-unknown"));
}

#[test]
fn local_times_where_the_clocks_change_are_taken_by_a_rule_and_said() {
    let at = |local: &str, zone: &str| {
        let text = format!("time,vendor,model,input_tokens\n{local},openai,gpt-4o,5\n");
        let batch = read_path(file(text.as_bytes()).path(), |mapping| mapping.time_zone = Some(zone.into())).unwrap();
        let (first, _) = batch.span.unwrap();
        (first / 1_000_000_000 % 86_400 / 60, batch.notes.contains(&"clock-change"))
    };
    let berlin = "Europe/Berlin";
    // 25 October 2026: 02:30 occurs at 00:30 and at 01:30 UTC. 29 March: 02:30 is skipped.
    assert_eq!(at("2026-10-25 02:30:00", berlin), (30, true));
    assert_eq!(at("2026-03-29 02:30:00", berlin), (90, true));
    assert_eq!(at("2026-03-29 03:30:00", berlin), (90, false));
    assert_eq!(at("2026-10-25 02:30:00", "UTC"), (150, false));
}
