use chrono::NaiveDate;

use super::*;
use crate::locale::Language::{En, ZhCn};

/// US dollars from a decimal text.
fn usd(text: &str) -> i128 {
    let d = Decimal::parse(text).unwrap();
    d.units * power(9 - d.scale)
}

fn ymd(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

#[test]
fn money_is_exact_to_the_cent_however_large() {
    assert_eq!(money(usd("1234.567"), "USD", En), "$1,234.57");
    assert_eq!(money(usd("1234.567"), "USD", ZhCn), "US$1,234.57");
    assert_eq!(money(usd("90071992547409930.01"), "USD", En), "$90,071,992,547,409,930.01");
    assert_eq!(money(usd("-0.07"), "USD", En), "−$0.07");
    assert_eq!(money(usd("-0.001"), "USD", En), "$0.00");
    assert_eq!(money(usd("1234.5"), "JPY", En), "¥1,234");
    assert_eq!(money(usd("1234.5678"), "KWD", En), "KWD 1,234.568");
    assert_eq!(money(usd("10"), "CNY", ZhCn), "¥10.00");
}

#[test]
fn halves_round_to_even() {
    assert_eq!(money(usd("0.125"), "USD", En), "$0.12");
    assert_eq!(money(usd("0.135"), "USD", En), "$0.14");
    assert_eq!(money(usd("-0.125"), "USD", En), "−$0.12");
    assert_eq!(money(usd("-0.135"), "USD", En), "−$0.14");
}

#[test]
fn compact_money_keeps_two_decimals_and_the_languages_own_scale() {
    assert_eq!(money_compact(usd("2480000"), "USD", En), "$2.48M");
    assert_eq!(money_compact(usd("2480000"), "USD", ZhCn), "US$248万");
    assert_eq!(money_compact(usd("382000"), "USD", En), "$382k");
    assert_eq!(money_compact(usd("38249"), "USD", En), "$38.25k");
    assert_eq!(money_compact(usd("123456789"), "USD", ZhCn), "US$1.23亿");
    assert_eq!(money_compact(usd("999999"), "USD", En), "$1M");
    assert_eq!(money_compact(usd("999950"), "USD", En), "$999.95k");
    assert_eq!(money_compact(usd("1600000"), "USD", En), "$1.60M");
    assert_eq!(money_compact(usd("9800"), "USD", En), "$9,800.00");
    assert_eq!(money_compact(usd("0.208"), "USD", En), "$0.208");
    assert_eq!(money_compact(usd("0"), "USD", En), "$0.00");
    assert_eq!(money_change(usd("-382000"), "USD", En), "−$382k");
    assert_eq!(money_change(usd("544000"), "USD", En), "+$544k");
}

#[test]
fn a_unit_cost_keeps_three_significant_digits() {
    assert_eq!(money_unit(usd("0.20812"), "USD", En), "$0.208");
    assert_eq!(money_unit(usd("0.004171"), "USD", En), "$0.00417");
    assert_eq!(money_unit(usd("12.3456"), "USD", En), "$12.35");
    assert_eq!(money_unit(usd("0.000000002"), "USD", En), "$0.000000002");
}

#[test]
fn shares_and_changes_carry_sign_and_unit() {
    assert_eq!(share(0.4134, 1), "41.3 %");
    // What is not all is not shown as all.
    assert_eq!((share(0.99996, 1), share(1.0, 1), share(0.996, 0)), ("99.9 %".into(), "100.0 %".into(), "99 %".into()));
    assert_eq!(share_of(1, 3, 1), "33.3 %");
    assert_eq!(share_of(1, 0, 1), "—");
    assert_eq!(share(f64::NAN, 1), "—");
    assert_eq!(change(-0.129, 1), "−12.9 %");
    assert_eq!(change(0.081, 1), "+8.1 %");
    assert_eq!(change(0.0001, 1), "0.0 %");
    assert_eq!(change_arrow(-0.129, 1), "▼ 12.9 %");
}

#[test]
fn counts_group_by_thousands_and_compact_by_language() {
    assert_eq!(count(11_920_000), "11,920,000");
    assert_eq!(count(-1_000), "−1,000");
    assert_eq!(count_compact(11_920_000, En), "11.9M");
    assert_eq!(count_compact(11_920_000, ZhCn), "1,192万");
    assert_eq!(count_compact(9_999, En), "9,999");
    assert_eq!(count_compact(1_940_000_000_000, ZhCn), "1.94万亿");
}

#[test]
fn dates_and_periods_say_the_year_once() {
    assert_eq!(date(ymd(2026, 8, 12), En), "12 Aug 2026");
    assert_eq!(date(ymd(2026, 8, 12), ZhCn), "2026年8月12日");
    assert_eq!(period(ymd(2026, 7, 1), ymd(2026, 9, 30), En), "1 Jul – 30 Sep 2026");
    assert_eq!(period(ymd(2026, 7, 1), ymd(2026, 7, 9), En), "1 – 9 Jul 2026");
    assert_eq!(period(ymd(2025, 12, 1), ymd(2026, 2, 28), En), "1 Dec 2025 – 28 Feb 2026");
    assert_eq!(period(ymd(2026, 7, 1), ymd(2026, 9, 30), ZhCn), "2026年7月1日至9月30日");
    assert_eq!(quarter(2026, 3, En), "Q3 2026");
    assert_eq!(quarter(2026, 3, ZhCn), "2026年第三季度");
}

fn labels(axis: &crate::chart::Axis) -> Vec<&str> {
    axis.ticks.iter().map(|t| t.label.as_str()).collect()
}

#[test]
fn money_ticks_are_round_and_share_one_scale() {
    let axis = money_axis(0, usd("37841"), 5, "USD", "", En);
    assert_eq!(labels(&axis), ["$0", "$10k", "$20k", "$30k", "$40k"]);
    assert_eq!((axis.min, axis.max), (0.0, 40_000.0));
    assert_eq!(labels(&money_axis(0, usd("1900000"), 4, "USD", "", En)), ["$0", "$0.5M", "$1.0M", "$1.5M", "$2.0M"]);
    assert_eq!(labels(&money_axis(0, usd("0.6"), 4, "USD", "", En)), ["$0", "$0.20", "$0.40", "$0.60"]);
    assert_eq!(
        labels(&money_axis(0, usd("37841"), 5, "USD", "", ZhCn)),
        ["US$0", "US$1万", "US$2万", "US$3万", "US$4万"]
    );
    assert_eq!(
        labels(&money_axis(usd("-150"), usd("90"), 6, "USD", "", En)),
        ["−$150", "−$100", "−$50", "$0", "$50", "$100"]
    );
}

#[test]
fn an_exact_amount_has_its_digits_and_no_more() {
    for (nanos, currency, text) in [
        (10_000_000, "USD", "$0.01"),
        (-10_000_000, "USD", "−$0.01"),
        (4_170_000, "USD", "$0.00417"),
        (1, "USD", "$0.000000001"),
        (1_000_000_000, "JPY", "¥1"),
        (0, "USD", "$0.00"),
    ] {
        assert_eq!(money_exact(nanos, currency, En), text);
    }
}

#[test]
fn what_rounding_takes_from_a_column_is_what_it_lacks_as_it_is_written() {
    // Four times $1.004 is written $1.00 each and $4.02 together.
    assert_eq!(rounding(4_016_000_000, [1_004_000_000; 4], "USD"), 20_000_000);
    // Below 1, three figures count: $0.00417 twice is $0.00834.
    assert_eq!(rounding(8_340_000, [4_170_000; 2], "USD"), 0);
    assert_eq!(rounding(8_339_000, [4_169_500; 2], "USD"), 0);
    assert_eq!(rounding(-8_500_000_000, [-5_500_000_000, -3_000_000_000], "JPY"), 1_000_000_000);
    assert_eq!(rounding(0, [], "USD"), 0);
    // Whatever the amounts: the column as written and this line come to the total as written.
    let mut rng = fastrand::Rng::with_seed(7);
    for _ in 0..500 {
        let parts: Vec<i128> =
            (0..rng.usize(1..8)).map(|_| i128::from(rng.i64(-9_999_999_999..9_999_999_999)) >> rng.u8(0..34)).collect();
        let total: i128 = parts.iter().sum();
        for currency in ["USD", "JPY", "KWD"] {
            let read = |nanos: i128| {
                Decimal::parse(
                    &money_unit(nanos, currency, En)
                        .replace(|c: char| !c.is_ascii_digit() && c != '.' && c != MINUS, ""),
                )
                .unwrap()
            };
            let nanos = |nanos: i128| {
                let value = read(nanos);
                value.units * 10_i128.pow(9 - value.scale)
            };
            let lacking = rounding(total, parts.iter().copied(), currency);
            assert_eq!(
                parts.iter().map(|part| nanos(*part)).sum::<i128>() + lacking,
                nanos(total),
                "{parts:?} {currency}"
            );
        }
    }
}

#[test]
fn durations_have_three_digits_that_count_and_their_unit() {
    for (micros, text) in [
        (0, "0.000 ms"),
        (850, "0.850 ms"),
        (99_700, "99.7 ms"),
        (840_000, "840 ms"),
        (2_310_000, "2.31 s"),
        (60_200_000, "60.2 s"),
        (3_600_000_000, "3,600 s"),
    ] {
        assert_eq!(duration(micros), text);
    }
}

#[test]
fn every_tick_lies_within_its_axis_even_for_nothing() {
    for axis in [
        money_axis(0, 0, 5, "USD", "", En),
        count_axis(0, 0, 5, "", En),
        value_axis(0.0, f64::NAN, 4, " s", ""),
        share_axis(0.83, 4, ""),
    ] {
        assert!(axis.max > axis.min, "{axis:?}");
        assert!(axis.ticks.iter().all(|t| t.at >= axis.min && t.at <= axis.max));
    }
    assert_eq!(labels(&count_axis(0, 11_000_000, 4, "", En)), ["0", "5M", "10M", "15M"]);
    assert_eq!(labels(&value_axis(0.0, 1.3, 4, " s", "")), ["0.0 s", "0.5 s", "1.0 s", "1.5 s"]);
    assert_eq!(labels(&share_axis(0.83, 5, "")), ["0 %", "20 %", "40 %", "60 %", "80 %", "100 %"]);
}

#[test]
fn time_ticks_follow_the_calendar() {
    let texts =
        |from, to, most, lang| time_ticks(from, to, most, lang).into_iter().map(|t| t.label).collect::<Vec<_>>();
    assert_eq!(texts(ymd(2026, 7, 1), ymd(2026, 9, 30), 6, En), ["Jul 2026", "Aug", "Sep"]);
    assert_eq!(texts(ymd(2026, 7, 1), ymd(2026, 9, 30), 6, ZhCn), ["2026年7月", "8月", "9月"]);
    assert_eq!(texts(ymd(2026, 7, 1), ymd(2026, 7, 5), 6, En), ["1 Jul", "2 Jul", "3 Jul", "4 Jul", "5 Jul"]);
    assert_eq!(texts(ymd(2026, 7, 1), ymd(2026, 7, 31), 6, En), ["6 Jul", "13 Jul", "20 Jul", "27 Jul"]);
    assert_eq!(texts(ymd(2025, 11, 15), ymd(2026, 12, 31), 6, En), ["Jan 2026", "Apr", "Jul", "Oct"]);
}
