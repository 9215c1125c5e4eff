//! The cube and what counts as spend, on rows as imports leave them.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::cube::*;
use super::evidence::{Basis, ChargeKind, SeriesPrice};
use super::reconcile::reconcile;
use super::settle::goes_in_a_circle;
use super::settle::{Identity, Precedence};
use super::totals::{Paired, Totals};
use crate::money::{Currency, Femtos};
use crate::price::{Rate, Rates};
use crate::usage::TokenCounts;
use crate::usage::{Dimension, Known, Measures};

fn day(n: u64) -> NaiveDate {
    "2026-07-01".parse::<NaiveDate>().unwrap() + chrono::Days::new(n)
}

const METERED: Known = Known {
    requests: true,
    successes: true,
    sessions: true,
    successful_sessions: true,
    tokens: true,
    reported_cost: true,
    cache: true,
    reasoning: false,
    untold: false,
    audio: false,
    images: false,
    web_searches: false,
};
const BILL: Known = Known {
    requests: false,
    successes: false,
    sessions: false,
    successful_sessions: false,
    tokens: false,
    reported_cost: true,
    cache: false,
    reasoning: false,
    untold: false,
    audio: false,
    images: false,
    web_searches: false,
};

/// The model is the second value; its family the same; model 0 is not recognised.
fn made(values: [u32; 5], known: Known, basis: Basis) -> Series {
    let [vendor, model, ..] = values;
    let identity = Identity { vendor, model, family: model, recognised: model != 0, dated: false, label: None };
    Series { source: 0, values, basis, known, currency: Currency::USD, identity, days: Days::Instants }
}

fn priced(rate: i64, partly: bool) -> Basis {
    let rates = Rates { input: Some(Rate(rate)), output: Some(Rate(rate * 4)), ..Rates::default() };
    Basis::Computed(SeriesPrice { row: 0, band: 0, rates, currency: Currency::USD, partly })
}

fn series(values: [u32; 5], rate: i64) -> Series {
    made(values, METERED, priced(rate, false))
}

fn cube(series: Vec<Series>, rows: Vec<DayRow>) -> Cube {
    Cube::new(series, rows, &[], (Currency::USD, &[]))
}

fn whole(cube: &Cube) -> Totals {
    sum(&cube.fold((day(0), day(59)), &[], &[], 1, |_| 0).unwrap())
}

fn stated(n: u64, series: u32, nanos: i128) -> DayRow {
    DayRow::new(day(n), day(n), series, Measures { reported_nanos: nanos, ..Measures::default() })
}

fn metered(n: u64, series: u32, input: u64, nanos: i128) -> DayRow {
    let tokens = TokenCounts { input, ..TokenCounts::default() };
    let measures = Measures {
        requests: 1,
        sessions: 1,
        decided_sessions: 1,
        successful_sessions: 1,
        tokens,
        reported_nanos: nanos,
        ..Measures::default()
    };
    DayRow::new(day(n), day(n), series, measures)
}

const TOKENS: Basis = Basis::Charge(ChargeKind::Tokens);

/// Nanos of (computed, reported, charged), then of what only restates.
fn evidence_of(totals: &Totals) -> ([i128; 3], i128) {
    (totals.spend_by_evidence().map(Femtos::to_nanos), totals.restated.to_nanos())
}

fn row(n: u64, series: u32, input: u64) -> DayRow {
    let tokens = TokenCounts { input, output: input / 3, ..TokenCounts::default() };
    let measures = Measures {
        requests: 2,
        successes: 1,
        sessions: 1,
        decided_sessions: 1,
        successful_sessions: 1,
        tokens,
        ..Measures::default()
    };
    DayRow::new(day(n), day(n), series, measures)
}

prop_compose! {
    /// Metered rows of every basis, beside bills that may or may not restate them.
    fn any_cube()(
        series in prop::collection::vec((prop::array::uniform5(0u32..4), 1i64..9_000_000_000, 0u8..6), 1..12),
        rows in prop::collection::btree_map((0u64..60, 0u32..12), (0u64..100_000, -500i128..5_000), 0..200),
    ) -> (Vec<Series>, Vec<DayRow>) {
        let series: Vec<_> = series
            .into_iter()
            .map(|(values, rate, kind)| match kind {
                0 => made(values, METERED, Basis::Unpriced),
                1 => made(values, METERED, Basis::Reported),
                2 => made(values, BILL, TOKENS),
                3 => made(values, BILL, Basis::Charge(ChargeKind::WebSearch)),
                4 => made(values, METERED, priced(rate, true)),
                _ => self::series(values, rate),
            })
            .collect();
        let rows = rows
            .into_iter()
            .filter(|((_, s), _)| (*s as usize) < series.len())
            .map(|((d, s), (tokens, nanos))| match series[s as usize].known.tokens {
                true => DayRow { measures: Measures { reported_nanos: nanos, ..row(d, s, tokens).measures }, ..row(d, s, tokens) },
                false => stated(d, s, nanos),
            })
            .collect();
        (series, rows)
    }
}

fn sum(groups: &[Group]) -> Totals {
    groups.iter().fold(Totals::default(), |mut all, group| {
        all.add(&group.totals);
        all
    })
}

proptest! {
    /// The causes and the remainder add up to the difference, and the months to the spend.
    #[test]
    fn what_explains_a_difference_adds_up_to_it((series, rows) in any_cube()) {
        let cube = cube(series, rows);
        let months = reconcile(&cube, (day(0), day(59))).unwrap();
        let mut spend = Femtos(0);
        for month in months.values() {
            spend += month.spend;
            if let Some(billed) = month.billed {
                let explained = month.not_metered.0 + month.other_kinds.0 + month.unpriced.0 - month.not_billed.0;
                prop_assert_eq!(billed.0 - month.metered.0, explained + month.remainder.0);
            }
        }
        prop_assert_eq!(spend, whole(&cube).spend());
    }

    #[test]
    fn groups_of_any_two_dimensions_add_up_to_the_whole((series, rows) in any_cube(), a in 0usize..5, b in 0usize..5) {
        let cube = cube(series, rows);
        let by = [Dimension::ALL[a], Dimension::ALL[b]];
        let parts = cube.fold((day(0), day(59)), &by, &[], 60, |d| (d - day(0)).num_days() as usize).unwrap();
        prop_assert_eq!(whole(&cube), sum(&parts));
        for group in &parts {
            prop_assert_eq!(group.spend.iter().copied().sum::<Femtos>(), group.totals.spend());
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter((series, rows) in any_cube()) {
        let mut reversed = rows.clone();
        reversed.reverse();
        prop_assert_eq!(whole(&cube(series.clone(), rows)), whole(&cube(series, reversed)));
    }

    #[test]
    fn two_halves_of_a_period_add_up_to_it((series, rows) in any_cube(), cut in 0u64..59) {
        let cube = cube(series, rows);
        let fold = |from, to| sum(&cube.fold((day(from), day(to)), &[], &[], 1, |_| 0).unwrap());
        let mut halves = fold(0, cut);
        halves.add(&fold(cut + 1, 59));
        prop_assert_eq!(halves, fold(0, 59));
    }

    /// Whatever a bill says of tokens that all have a price, the spend stays what the prices make of them.
    #[test]
    fn a_bill_never_moves_what_is_priced(tokens in 0u64..1_000_000, nanos in -1_000i128..1_000_000_000) {
        let rows = vec![metered(0, 0, tokens, 0)];
        let alone = whole(&cube(vec![series([1, 1, 0, 0, 0], 1_000_000)], rows.clone()));
        let bill = made([1, 1, 0, 0, 0], BILL, TOKENS);
        let both = cube(vec![series([1, 1, 0, 0, 0], 1_000_000), bill], [rows, vec![stated(0, 1, nanos)]].concat());
        prop_assert_eq!(whole(&both).spend(), alone.spend());
        prop_assert_eq!(whole(&both).restated, Femtos::from_nanos(nanos));
    }

    /// Unpriced tokens share what a charge leaves over, to the last femto-unit.
    #[test]
    fn what_a_charge_leaves_over_is_shared_whole(tokens in prop::collection::vec(1u64..1_000_000, 1..8), nanos in 1i128..1_000_000_000_000) {
        let mut all: Vec<Series> =
            (0..tokens.len()).map(|n| made([1, 1, n as u32, 0, 0], METERED, Basis::Unpriced)).collect();
        let bill = all.len() as u32;
        all.push(made([1, 1, 0, 0, 0], BILL, TOKENS));
        let mut rows: Vec<DayRow> = tokens.iter().enumerate().map(|(n, t)| metered(0, n as u32, *t, 0)).collect();
        rows.push(stated(0, bill, nanos));
        let total = whole(&cube(all, rows));
        prop_assert_eq!(total.spend(), Femtos::from_nanos(nanos));
        prop_assert_eq!(total.sessions.count, tokens.len() as u64);
        prop_assert_eq!(total.unpriced.total(), 0);
    }
}

/// One table of evidence: what series and rows come to.
#[test]
fn spend_is_what_the_evidence_says_and_never_twice() {
    const GPT: [u32; 5] = [1, 1, 0, 0, 0];
    const OTHER_MODEL: [u32; 5] = [1, 2, 0, 0, 0];
    const UNRECOGNISED: [u32; 5] = [1, 0, 0, 0, 0];
    const OTHER_VENDOR: [u32; 5] = [2, 1, 0, 0, 0];
    // 1 nano-unit a token.
    let price = || series(GPT, 1_000_000);
    let bill = |values| made(values, BILL, TOKENS);
    let of_kind = |values, known, kind| made(values, known, Basis::Charge(kind));
    /// What it shows; the evidence; spend computed, reported, charged; what restates.
    type Case = (&'static str, Vec<Series>, Vec<DayRow>, [i128; 3], i128);
    let cases: Vec<Case> = vec![
        ("a bill alone is the spend", vec![bill(GPT)], vec![stated(0, 0, 500)], [0, 0, 500], 0),
        ("a credit lowers it", vec![bill(GPT)], vec![stated(0, 0, 500), stated(1, 0, -50)], [0, 0, 450], 0),
        (
            "a bill for metered tokens restates them; that of another day is spend",
            vec![price(), bill(GPT)],
            vec![metered(0, 0, 300, 0), stated(0, 1, 290), stated(1, 1, 7)],
            [300, 0, 7],
            290,
        ),
        (
            "a bill of another vendor, or of a model nobody metered, is spend",
            vec![price(), bill(OTHER_VENDOR), bill(OTHER_MODEL)],
            vec![metered(0, 0, 300, 0), stated(0, 1, 20), stated(0, 2, 30)],
            [300, 0, 50],
            0,
        ),
        (
            "a bill for a model nobody recognises restates what the vendor's day metered",
            vec![price(), bill(UNRECOGNISED)],
            vec![metered(0, 0, 300, 0), stated(0, 1, 310)],
            [300, 0, 0],
            310,
        ),
        (
            "metered tokens of a model nobody recognises take the bill of the vendor's day",
            vec![made(UNRECOGNISED, METERED, Basis::Unpriced), bill(GPT)],
            vec![metered(0, 0, 300, 0), stated(0, 1, 310)],
            [0, 0, 310],
            310,
        ),
        (
            "one unpriced token does not erase the bill",
            vec![made(GPT, METERED, Basis::Unpriced), bill(GPT)],
            vec![metered(0, 0, 1, 0), stated(0, 1, 100)],
            [0, 0, 100],
            100,
        ),
        (
            "beside priced tokens, the unpriced take what the bill leaves over",
            vec![price(), made([1, 1, 5, 0, 0], METERED, Basis::Unpriced), bill(GPT)],
            vec![metered(0, 0, 60, 0), metered(0, 1, 9, 0), stated(0, 2, 100)],
            [60, 0, 40],
            100,
        ),
        (
            "and nothing where it leaves nothing",
            vec![price(), made([1, 1, 5, 0, 0], METERED, Basis::Unpriced), bill(GPT)],
            vec![metered(0, 0, 60, 0), metered(0, 1, 9, 0), stated(0, 2, 59)],
            [60, 0, 0],
            59,
        ),
        (
            "a reported amount is a cost of its own, and a bill for it restates",
            vec![made(GPT, METERED, Basis::Reported), bill(GPT)],
            vec![metered(0, 0, 60, 42), stated(0, 1, 50)],
            [0, 42, 0],
            50,
        ),
        (
            "a search is charged beside the tokens",
            vec![price(), of_kind(GPT, BILL, ChargeKind::WebSearch)],
            vec![metered(0, 0, 60, 0), stated(0, 1, 12)],
            [60, 0, 12],
            0,
        ),
        (
            "but once, when the gateway metered it with its cost",
            vec![price(), of_kind(GPT, METERED, ChargeKind::Images), of_kind(UNRECOGNISED, BILL, ChargeKind::Images)],
            vec![metered(0, 0, 60, 0), stated(0, 1, 40), stated(0, 2, 41)],
            [60, 0, 40],
            41,
        ),
    ];
    for (name, series, rows, spend, restated) in cases {
        let total = whole(&cube(series, rows));
        assert_eq!(evidence_of(&total), (spend, restated), "{name}");
    }
}

#[test]
fn a_bill_that_names_the_dated_model_restates_the_undated_one_but_not_its_sister() {
    let dated = |model: u32, known, basis| Series {
        identity: Identity { vendor: 1, model, family: 7, recognised: true, dated: model > 1, label: None },
        ..made([1, model, 0, 0, 0], known, basis)
    };
    let price = || priced(1_000_000, false);
    let undated =
        cube(vec![dated(1, METERED, price()), dated(2, BILL, TOKENS)], vec![metered(0, 0, 300, 0), stated(0, 1, 290)]);
    assert_eq!(evidence_of(&whole(&undated)), ([300, 0, 0], 290));
    // Both sisters are billed, one is metered: the other's bill is spend.
    let sisters = cube(
        vec![dated(1, METERED, price()), dated(1, BILL, TOKENS), dated(2, BILL, TOKENS)],
        vec![metered(0, 0, 300, 0), stated(0, 1, 290), stated(0, 2, 80)],
    );
    assert_eq!(evidence_of(&whole(&sisters)), ([300, 0, 80], 290));
    // Two dates of one family are two models.
    let dates =
        cube(vec![dated(2, METERED, price()), dated(3, BILL, TOKENS)], vec![metered(0, 0, 300, 0), stated(0, 1, 290)]);
    assert_eq!(evidence_of(&whole(&dates)), ([300, 0, 290], 0));
}

#[test]
fn a_charge_called_images_is_added_unless_tokens_of_images_are_metered() {
    let billed = Series {
        identity: Identity {
            vendor: 1,
            model: 9,
            family: 9,
            recognised: false,
            dated: false,
            label: Some(ChargeKind::Images),
        },
        ..made([1, 9, 0, 0, 0], BILL, TOKENS)
    };
    let of = |output_image: u64| {
        let mut row = metered(0, 0, 300, 0);
        row.measures.tokens.output_image = output_image;
        let meter = made([1, 1, 0, 0, 0], METERED, priced(1_000_000, false));
        evidence_of(&whole(&cube(vec![meter, billed.clone()], vec![row, stated(0, 1, 80)])))
    };
    assert_eq!(of(0), ([300, 0, 80], 0));
    assert_eq!(of(10), ([300, 0, 0], 80));
}

#[test]
fn a_feed_that_gives_way_counts_only_where_the_other_is_silent() {
    let feed = |source, values| Series { source, ..series(values, 1_000_000) };
    let made = |precedence: &[Precedence]| {
        let series = vec![feed(1, [1, 1, 0, 0, 0]), feed(2, [1, 1, 3, 0, 0]), feed(2, [1, 2, 0, 0, 0])];
        let rows = vec![metered(0, 0, 100, 0), metered(0, 1, 101, 0), metered(0, 2, 7, 0), metered(1, 1, 50, 0)];
        whole(&Cube::new(series, rows, precedence, (Currency::USD, &[])))
    };
    assert_eq!(made(&[]).spend().to_nanos(), 258);
    let settled = made(&[Precedence { gives_way: 2, to: 1 }]);
    assert_eq!((settled.spend().to_nanos(), settled.measures.requests), (157, 3));
    // Sessions that begin in what gave way are not counted, so what the feed tells of that day is not divided by sessions; the
    // other feed's day, and its own next one, are.
    let sessions = |paired: Paired| (paired.spend.to_nanos(), paired.count);
    assert_eq!((sessions(settled.sessions), settled.measures.sessions), ((150, 2), 3));
    assert_eq!(sessions(settled.decided), (150, 2));
}

#[test]
fn feeds_that_give_way_in_a_circle_are_told_from_those_in_a_line() {
    let rules = |pairs: &[(u32, u32)]| -> Vec<Precedence> {
        pairs.iter().map(|&(gives_way, to)| Precedence { gives_way, to }).collect()
    };
    for line in [&[][..], &[(1, 2)], &[(1, 2), (2, 3), (1, 3)], &[(3, 1), (2, 1)], &[(1, 2), (1, 3), (2, 4), (3, 4)]] {
        assert!(!goes_in_a_circle(&rules(line)), "{line:?}");
    }
    for circle in [&[(1, 2), (2, 1)][..], &[(1, 2), (2, 3), (3, 1)], &[(5, 1), (1, 2), (2, 3), (3, 1), (3, 9)]] {
        assert!(goes_in_a_circle(&rules(circle)), "{circle:?}");
    }
}

#[test]
fn usage_without_a_price_is_unpriced_and_its_spend_unknown() {
    let cube = cube(vec![made([1, 1, 1, 1, 1], METERED, Basis::Unpriced)], vec![row(0, 0, 300)]);
    let total = whole(&cube);
    assert!(!total.costed);
    assert_eq!(total.unpriced.total(), 400);
}

#[test]
fn a_partly_priced_row_is_spend_but_no_sessions_cost() {
    let mut heard = metered(0, 0, 100, 0);
    heard.measures.tokens.input_audio = 50;
    let total = whole(&cube(vec![made([1, 1, 0, 0, 0], METERED, priced(1_000_000, true))], vec![heard]));
    assert_eq!(total.spend().to_nanos(), 100);
    assert_eq!((total.sessions.count, total.partly_priced_tokens), (0, 150));
    // A bill for it says the rest.
    let billed = cube(
        vec![made([1, 1, 0, 0, 0], METERED, priced(1_000_000, true)), made([1, 1, 0, 0, 0], BILL, TOKENS)],
        vec![heard, stated(0, 1, 180)],
    );
    let total = whole(&billed);
    assert_eq!((evidence_of(&total), total.sessions.count), (([100, 0, 80], 180), 1));
}

#[test]
fn another_currency_needs_a_rate_for_the_day() {
    let mut eur = series([1, 1, 1, 1, 1], 1_000_000);
    if let Basis::Computed(price) = &mut eur.basis {
        price.currency = "EUR".parse().unwrap();
    }
    let cube = cube(vec![eur], vec![row(0, 0, 300)]);
    let missing = cube.fold((day(0), day(0)), &[], &[], 1, |_| 0).unwrap_err();
    assert_eq!((missing.from.code(), missing.to.code(), missing.on), ("EUR", "USD", day(0)));
}

#[test]
fn amounts_beyond_64_bits_are_kept() {
    // A month in dong: more nano-units than 64 bits hold.
    let huge = 40_000_000_000i128 * 1_000_000_000;
    let cube = cube(vec![made([1, 1, 0, 0, 0], BILL, TOKENS)], vec![stated(0, 0, huge), stated(1, 0, huge)]);
    assert_eq!(whole(&cube).spend().to_nanos(), 2 * huge);
}

#[test]
fn a_month_is_reconciled_by_vendor_and_its_difference_explained() {
    let series = vec![
        series([1, 1, 0, 0, 0], 1_000_000),
        made([1, 1, 0, 0, 0], BILL, TOKENS),
        made([1, 0, 0, 0, 0], BILL, Basis::Charge(ChargeKind::WebSearch)),
        made([2, 1, 0, 0, 0], BILL, TOKENS),
    ];
    let rows = vec![
        metered(0, 0, 1_000, 990),
        stated(0, 1, 1_010),
        stated(0, 2, 30),
        // A day nobody billed, one nobody metered.
        metered(1, 0, 200, 0),
        stated(2, 1, 77),
        stated(0, 3, 5),
    ];
    let months = reconcile(&cube(series, rows), (day(0), day(30))).unwrap();
    let month = months[&(1, 2026, 7)];
    let nanos = |sum: Option<Femtos>| sum.map(Femtos::to_nanos);
    assert_eq!(
        (nanos(month.computed), nanos(month.reported), nanos(month.billed)),
        (Some(1_200), Some(990), Some(1_117))
    );
    let causes = [month.not_metered, month.other_kinds, month.unpriced, month.not_billed, month.remainder];
    assert_eq!(causes.map(Femtos::to_nanos), [77, 30, 0, 200, 10]);
    assert_eq!(nanos(month.difference()), Some(-83));
    assert!(month.is_flagged());
    // A bill beside nothing metered is the spend, not a difference.
    assert_eq!(months[&(2, 2026, 7)].difference(), None);
}
