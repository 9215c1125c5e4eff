//! The number an answer gives, as people write it.
//!
//! - Thousands may be parted by a comma, a point, an apostrophe, or a narrow or fixed blank. Where both comma and point stand, the
//!   last of them is the decimal sign; a sign that stands twice parts thousands; one comma before exactly three digits parts
//!   thousands, one point does not.
//! - "45 %" is 0.45, "百分之45" too; "3/4" is 0.75, "1 3/4" and "1¾" are 1.75; "1.2e-3" and "1.2 × 10^-3" are 0.0012.
//! - A hyphen is a sign unless a letter or digit stands right before it ("GPT-4", "2020-21").

use std::sync::LazyLock;

use regex::{Captures, Regex};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which of the numbers in an answer counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Which {
    First,
    Last,
}

const FRACTIONS: [(char, f64, f64); 15] = [
    ('½', 1.0, 2.0),
    ('⅓', 1.0, 3.0),
    ('⅔', 2.0, 3.0),
    ('¼', 1.0, 4.0),
    ('¾', 3.0, 4.0),
    ('⅕', 1.0, 5.0),
    ('⅖', 2.0, 5.0),
    ('⅗', 3.0, 5.0),
    ('⅘', 4.0, 5.0),
    ('⅙', 1.0, 6.0),
    ('⅚', 5.0, 6.0),
    ('⅛', 1.0, 8.0),
    ('⅜', 3.0, 8.0),
    ('⅝', 5.0, 8.0),
    ('⅞', 7.0, 8.0),
];

static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let pattern = "(?x)
        (?P<share>百分之\\s?)?
        (?P<sign>[-−－+])?
        (?:
          (?P<whole>[0-9]+)[\\ \\u{a0}](?P<top>[0-9]+)\\s?[/⁄]\\s?(?P<bottom>[0-9]+)
        | (?P<over>[0-9]+)\\s?[/⁄]\\s?(?P<under>[0-9]+)
        | (?P<mixed>[0-9]*)(?P<vulgar>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])
        | (?P<digits>[0-9]+(?:[.,'’\\u{a0}\\u{202f}\\u{2009}][0-9]+)*|\\.[0-9]+)
          (?:(?:[eE]|\\s?[×x*·]\\s?10\\s?\\^?\\s?[({]?)(?P<exponent>[-−+]?[0-9]{1,4}|[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4})[)}]?)?
        )
        (?P<percent>\\s?[%％]|\\s?percent\\b|\\s?per\\ cent\\b)?";
    Regex::new(pattern).ok()
});

/// The first or the last number written in a text; `None` where there is none that is finite.
pub fn number_in(text: &str, which: Which) -> Option<f64> {
    let pattern = NUMBER.as_ref()?;
    let narrow = narrowed(text);
    let text = narrow.as_deref().unwrap_or(text);
    let mut numbers = pattern.captures_iter(text).filter_map(|found| value(text, &found));
    match which {
        Which::First => numbers.next(),
        Which::Last => numbers.last(),
    }
}

/// Digits and signs of full width as those of half.
fn narrowed(text: &str) -> Option<String> {
    let is_wide = |sign: char| matches!(sign, '０'..='９' | '．' | '，' | '／');
    text.contains(is_wide).then(|| {
        let narrow =
            |sign: char| if is_wide(sign) { char::from_u32(sign as u32 - 0xfee0).unwrap_or(sign) } else { sign };
        text.chars().map(narrow).collect()
    })
}

fn value(text: &str, found: &Captures<'_>) -> Option<f64> {
    let part = |name: &str| found.name(name).map(|part| part.as_str());
    let plain = |name: &str| part(name).and_then(|digits| digits.parse::<f64>().ok());
    let mut value = if let (Some(whole), Some(top), Some(bottom)) = (plain("whole"), plain("top"), plain("bottom")) {
        whole + top / bottom
    } else if let (Some(top), Some(bottom)) = (plain("over"), plain("under")) {
        top / bottom
    } else if let Some(vulgar) = part("vulgar") {
        let (_, top, bottom) = FRACTIONS.iter().find(|(sign, ..)| vulgar.starts_with(*sign))?;
        plain("mixed").unwrap_or(0.0) + top / bottom
    } else {
        // Read with its exponent in one go: 1.2e-3 is the nearest double, 1.2 · 10⁻³ may not be.
        let digits = decimal(part("digits")?);
        let exponent = part("exponent").map(exponent).unwrap_or_default();
        if exponent.is_empty() { digits.parse().ok()? } else { format!("{digits}e{exponent}").parse().ok()? }
    };
    if part("percent").is_some() || part("share").is_some() {
        value /= 100.0;
    }
    let minus = found.name("sign").is_some_and(|sign| {
        let before = text.get(..sign.start()).and_then(|before| before.chars().next_back());
        !matches!(sign.as_str(), "+") && !before.is_some_and(char::is_alphanumeric)
    });
    if minus {
        value = -value;
    }
    value.is_finite().then_some(value)
}

/// Digits with a point for the decimal sign and nothing between thousands.
fn decimal(digits: &str) -> String {
    let points = digits.matches('.').count();
    let commas = digits.matches(',').count();
    let decimal_sign = match (points, commas) {
        (0, 0) => None,
        (_, 0) => (points == 1).then_some('.'),
        (0, 1) => (!three_follow(digits, ',')).then_some(','),
        (0, _) => None,
        _ => {
            let last = if digits.rfind('.') > digits.rfind(',') { '.' } else { ',' };
            (digits.matches(last).count() == 1).then_some(last)
        }
    };
    let signs = digits.chars().filter_map(|sign| {
        if sign.is_ascii_digit() { Some(sign) } else { (Some(sign) == decimal_sign).then_some('.') }
    });
    signs.collect()
}

fn three_follow(digits: &str, mark: char) -> bool {
    digits.split(mark).next_back().is_some_and(|after| after.len() == 3 && after.bytes().all(|b| b.is_ascii_digit()))
        && !digits.starts_with('0')
}

fn exponent(text: &str) -> String {
    let plain = |sign: char| match sign {
        '−' | '⁻' => '-',
        '⁺' => '+',
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴'..='⁹' => char::from_digit(sign as u32 - '⁴' as u32 + 4, 10).unwrap_or(sign),
        sign => sign,
    };
    text.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, value) in [
            ("The answer is 42.", Some(42.0)),
            ("-3.5", Some(-3.5)),
            ("−3.5", Some(-3.5)),
            ("1,234,567.89", Some(1_234_567.89)),
            ("1.234.567,89", Some(1_234_567.89)),
            ("1,234", Some(1_234.0)),
            ("2,75", Some(2.75)),
            ("0,125", Some(0.125)),
            ("1.234", Some(1.234)),
            ("1’234’567", Some(1_234_567.0)),
            ("1\u{202f}234,5", Some(1_234.5)),
            ("45%", Some(0.45)),
            ("45 percent", Some(0.45)),
            ("百分之45", Some(0.45)),
            ("3/4", Some(0.75)),
            ("1 3/4 cups", Some(1.75)),
            ("1¾", Some(1.75)),
            ("½", Some(0.5)),
            ("1.2e-3", Some(0.0012)),
            ("6.022 × 10^23", Some(6.022e23)),
            ("1.6×10⁻¹⁹ C", Some(1.6e-19)),
            ("GPT-4", Some(4.0)),
            ("$.50", Some(0.5)),
            ("共１，２３４元", Some(1_234.0)),
            ("1/0", None),
            ("1e9999", None),
            ("none", None),
            ("", None),
        ] {
            assert_eq!(number_in(text, Which::First), value, "{text}");
        }
        assert_eq!(number_in("first 3, then 4.", Which::Last), Some(4.0));
        assert_eq!(number_in("on 2020-21", Which::Last), Some(21.0));
    }
}
