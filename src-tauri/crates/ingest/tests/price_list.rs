//! The price list the application ships, as a whole and in places looked up by hand.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Read;

use chrono::{DateTime, Utc};
use domain::price::{Rate, overlapping};
use domain::price_book::PriceBook;
use ingest::model_prices::{self, PriceListFile};

fn seed() -> PriceListFile {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../app/data/model-prices_0.0.5.json.gz");
    let mut text = Vec::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap()).read_to_end(&mut text).unwrap();
    model_prices::read(&text).unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    format!("{text}T12:00:00Z").parse().unwrap()
}

#[test]
fn every_model_and_every_dated_row_is_read() {
    let list = seed();
    assert_eq!(list.issues, []);
    let models: HashSet<_> = list.rows.iter().map(|row| (&row.provider, &row.model)).collect();
    let mut tiers: BTreeMap<&str, HashSet<_>> = BTreeMap::new();
    for row in &list.rows {
        tiers.entry(&row.tier).or_default().insert((&row.provider, &row.model));
    }
    let tiers: Vec<_> = tiers.into_iter().map(|(tier, models)| (tier, models.len())).collect();
    // Counted in the file with Python: dated rows whose rates are not null.
    assert_eq!((models.len(), list.rows.len()), (575, 1_386));
    assert_eq!(
        tiers,
        [("batch", 162), ("fast", 31), ("flex", 9), ("standard", 575), ("thinking", 24), ("ultrafast", 2)]
    );
    assert_eq!(list.rows.iter().filter(|row| !row.context_tiers.is_empty()).count(), 214);
    assert_eq!(list.date.unwrap().to_string(), "2026-10-26");
    assert_eq!(list.aliases.len(), 8);
}

#[test]
fn no_two_rows_of_an_offer_are_in_force_at_once() {
    let list = seed();
    let mut offers: HashMap<_, Vec<_>> = HashMap::new();
    for row in list.rows {
        offers.entry((row.provider.clone(), row.model.clone(), row.tier.clone())).or_default().push(row);
    }
    for rows in offers.values() {
        for row in rows {
            assert_eq!(overlapping(rows, row).map(|other| other.id), None, "{row:?}");
            assert!(row.from.is_none() || row.to.is_none() || row.from < row.to);
        }
    }
}

#[test]
fn a_row_has_the_same_id_each_time_and_no_other_has_it() {
    let (first, second) = (seed(), seed());
    let ids: HashSet<_> = first.rows.iter().map(|row| row.id).collect();
    assert_eq!(ids.len(), first.rows.len());
    assert!(first.rows.iter().zip(&second.rows).all(|(a, b)| a.id == b.id));
}

#[test]
fn prices_are_those_the_list_states_for_the_day() {
    let list = seed();
    let book = PriceBook::new(list.rows, list.aliases);
    let rate = |text: &str| Some(Rate::per_million(text).unwrap());
    // (vendor, model, tier, day) → (input, cache read, cache write 5 min, 1 h, output), USD per million tokens.
    for (vendor, model, tier, day, expected) in [
        ("openai", "gpt-4o", "standard", "2026-07-01", [rate("2.5"), rate("1.25"), None, rate("6.25"), rate("10")]),
        ("openai", "gpt-4o", "batch", "2024-05-01", [rate("1.25"), None, None, rate("3.125"), rate("5")]),
        (
            "openai",
            "gpt-4o-mini",
            "batch",
            "2026-07-01",
            [rate("0.075"), rate("0.0375"), None, rate("0.1875"), rate("0.3")],
        ),
        (
            "anthropic",
            "claude-sonnet-4-5",
            "standard",
            "2026-07-01",
            [rate("3"), rate("0.3"), rate("3.75"), rate("6"), rate("15")],
        ),
        (
            "anthropic",
            "claude-sonnet-4-5-20250929",
            "batch",
            "2025-11-01",
            [rate("1.5"), rate("0.15"), rate("1.875"), rate("3"), rate("7.5")],
        ),
        ("google", "gemini-2.5-pro", "standard", "2026-07-01", [rate("1.25"), rate("0.125"), None, None, rate("10")]),
    ] {
        let row = book.resolve(vendor, model, tier, at(day)).unwrap_or_else(|| panic!("{vendor}/{model} {tier} {day}"));
        let r = row.rates;
        assert_eq!(
            [r.input, r.cache_read, r.cache_write_5m, r.cache_write_1h, r.output],
            expected,
            "{vendor}/{model} {tier}"
        );
    }
    // Before batch was offered there was no price for it.
    assert_eq!(book.resolve("openai", "gpt-4o", "batch", at("2024-01-01")), None);
    // Above 200,000 tokens of input the next band applies.
    let gemini = book.resolve("google", "gemini-2.5-pro", "batch", at("2026-07-01")).unwrap();
    assert_eq!((gemini.band(200_000), gemini.band(200_001)), (0, 1));
    assert_eq!(gemini.rates_of(1).input, rate("1.25"));
    assert_eq!(gemini.rates_of(1).output, rate("7.5"));
}

#[test]
fn a_list_that_is_none_is_refused_and_a_broken_row_is_named() {
    for (text, code) in
        [("{", "json-unreadable"), ("[]", "not-a-price-list"), ("{\"schema\": 2, \"prices\": {}}", "not-a-price-list")]
    {
        match model_prices::read(text.as_bytes()) {
            Err(ingest::IngestError::File { code: found, .. }) => assert_eq!(found, code, "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
    let text = r#"{"schema": 1, "prices": {"p": {
        "good": {"standard": [{"start": null, "rates": {"input": 1, "output": 2}}]},
        "negative": {"standard": [{"start": null, "rates": {"input": -1}}]},
        "words": {"standard": [{"start": null, "rates": {"input": "cheap"}}]},
        "empty": {"standard": [{"start": null, "rates": {}}]}
    }}}"#;
    let list = model_prices::read(text.as_bytes()).unwrap();
    assert_eq!(list.rows.len(), 1);
    let columns: Vec<_> =
        list.issues.iter().map(|issue| (issue.code.as_str(), issue.column.as_deref().unwrap())).collect();
    assert_eq!(
        columns,
        [
            ("price-unreadable", "p/negative/standard"),
            ("price-unreadable", "p/words/standard"),
            ("price-unreadable", "p/empty/standard")
        ]
    );
}

#[test]
fn what_another_list_knows_is_added_where_the_plain_rates_agree_and_nowhere_else() {
    let mut list = seed();
    let before = list.rows.clone();
    let beside = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/data/rates-beside-the-list.json");
    ingest::model_prices::supplement(&mut list, &std::fs::read(beside).unwrap()).unwrap();
    let mut added = 0;
    for (now, was) in list.rows.iter().zip(&before) {
        assert_eq!(now.rates.or(&was.rates), now.rates);
        assert_eq!(was.rates.or(&now.rates), now.rates, "nothing the list says is changed");
        assert!(was.context_tiers.is_empty() || was.context_tiers == now.context_tiers);
        if now != was {
            added += 1;
            assert!(now.source.ends_with("; genai-prices"), "{}", now.source);
        }
    }
    assert!(added >= 11, "{added}");
    let book = PriceBook::new(list.rows, list.aliases);
    let sonnet = book.resolve("anthropic", "Claude Sonnet 4.5", "standard", at("2026-07-01")).unwrap();
    assert_eq!((sonnet.band(200_001), sonnet.rates_of(1).input), (1, Some(Rate::per_million("6").unwrap())));
    let flash = book.resolve("google", "gemini-2.5-flash", "standard", at("2026-07-01")).unwrap();
    assert_eq!(flash.rates.input_audio, Some(Rate::per_million("1").unwrap()));
}
