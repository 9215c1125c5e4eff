//! Numbers, money, dates and periods as a person reads them, by language.
//!
//! Money comes in as an integer count of nano-units (1e-9 of the currency's unit) and never passes through a float;
//! rounding is half to even, once, here. Negative numbers carry U+2212. Number and unit stand apart by a space that
//! the typesetter keeps on one line.

use crate::locale::Language;

mod dates;
mod ticks;

pub use dates::{date, day, elapsed, month, month_of_year, period, quarter, weekday};
pub use ticks::{TimeTick, count_axis, money_axis, point_axis, share_axis, time_ticks, value_axis};

pub const NANOS: i128 = 1_000_000_000;
/// Unknown is a dash, never 0.
pub const UNKNOWN: &str = "—";
const MINUS: char = '−';

/// An exact decimal: `units` × 10^-`scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    pub units: i128,
    pub scale: u32,
}

impl Decimal {
    pub fn new(units: i128, scale: u32) -> Self {
        Self { units, scale }
    }

    /// An integer.
    pub fn whole(units: i128) -> Self {
        Self { units, scale: 0 }
    }

    /// Reads "-12.30"; `None` for anything that is not a plain decimal.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix(['-', MINUS]) {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !plain(whole) || !plain(part) || part.len() > 18 {
            return None;
        }
        let units: i128 = format!("{whole}{part}").parse().ok()?;
        Some(Self { units: if negative { -units } else { units }, scale: part.len() as u32 })
    }

    /// Rounded half to even to `decimals` places, as units of 10^-decimals.
    fn rounded(self, decimals: u32) -> i128 {
        if self.scale <= decimals {
            return self.units.saturating_mul(power(decimals - self.scale));
        }
        let divisor = power(self.scale - decimals);
        let (quotient, rest) = (self.units.div_euclid(divisor), self.units.rem_euclid(divisor));
        let up = rest * 2 > divisor || (rest * 2 == divisor && quotient % 2 != 0);
        quotient + i128::from(up)
    }

    /// Decimals that leave `figures` significant ones, at most `most`.
    fn decimals_for(self, figures: u32, most: u32) -> u32 {
        let digits = self.units.unsigned_abs().checked_ilog10().map_or(1, |n| n as i64 + 1);
        // Digits before the point; negative where zeros follow it.
        let before = digits - i64::from(self.scale);
        (i64::from(figures) - before).clamp(0, i64::from(most)) as u32
    }

    /// This number divided by 10^`power`, exactly.
    fn shifted(self, power: u32) -> Self {
        Self { units: self.units, scale: self.scale + power }
    }

    fn magnitude_at_least(self, power_of_ten: u32) -> bool {
        self.units.unsigned_abs() >= power(self.scale + power_of_ten).unsigned_abs()
    }
}

fn power(of_ten: u32) -> i128 {
    10_i128.checked_pow(of_ten).unwrap_or(i128::MAX)
}

/// Digits with thousands separators (English and Chinese share comma and point).
fn grouped(number: Decimal, decimals: u32) -> String {
    let rounded = number.rounded(decimals);
    let digits = rounded.unsigned_abs().to_string();
    let digits = format!("{digits:0>width$}", width = decimals as usize + 1);
    let (whole, part) = digits.split_at(digits.len() - decimals as usize);
    let mut out = String::with_capacity(digits.len() * 4 / 3 + 2);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if decimals > 0 {
        out.push('.');
        out.push_str(part);
    }
    out
}

fn signed(number: Decimal, decimals: u32, body: String) -> String {
    if number.rounded(decimals) < 0 { format!("{MINUS}{body}") } else { body }
}

/// "1,234,567" or "−12.50".
pub fn number(value: Decimal, decimals: u32) -> String {
    signed(value, decimals, grouped(value, decimals))
}

/// "1,234,567".
pub fn count(value: i128) -> String {
    number(Decimal::whole(value), 0)
}

/// Names one after the other, as each language writes them: "Ada, Grace" and "Ada、Grace".
pub fn listed(names: &[impl AsRef<str>], language: Language) -> String {
    let between = match language {
        Language::En => ", ",
        Language::ZhCn => "、",
    };
    names.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(between)
}

/// A scale word with its power of ten.
#[derive(Debug, Clone, Copy)]
struct Scale {
    power: u32,
    word: &'static str,
}

/// Scale words from large to small, and from which power of ten each is used.
fn scales(language: Language) -> &'static [(u32, Scale)] {
    match language {
        Language::En => &[
            (12, Scale { power: 12, word: "T" }),
            (9, Scale { power: 9, word: "B" }),
            (6, Scale { power: 6, word: "M" }),
            (4, Scale { power: 3, word: "k" }),
        ],
        Language::ZhCn => &[
            (12, Scale { power: 12, word: "万亿" }),
            (8, Scale { power: 8, word: "亿" }),
            (4, Scale { power: 4, word: "万" }),
        ],
    }
}

/// Scale, decimals and number for a compact figure whose decimals `fit` chooses once it is scaled.
fn compact_parts(
    value: Decimal,
    language: Language,
    fit: impl Fn(Decimal) -> u32,
) -> Option<(Decimal, u32, &'static str)> {
    let list = scales(language);
    let index = list.iter().position(|(from, _)| value.magnitude_at_least(*from))?;
    let fitted = |scale: Scale| {
        let scaled = value.shifted(scale.power);
        (scaled, fit(scaled), scale.word)
    };
    let chosen = fitted(list[index].1);
    // 999,999 is 1.00M, not 1,000k.
    if index > 0 {
        let (_, above) = list[index - 1];
        let step = power(above.power - list[index].1.power);
        if Decimal::new(chosen.0.rounded(chosen.1), chosen.1).magnitude_at_least(above.power - list[index].1.power)
            && step > 1
        {
            return Some(fitted(above));
        }
    }
    Some(chosen)
}

/// "11.9M" or "1,192万": three significant digits, small numbers in full.
pub fn count_compact(value: i128, language: Language) -> String {
    let value = Decimal::whole(value);
    match compact_parts(value, language, |scaled| scaled.decimals_for(3, 2)) {
        Some((scaled, decimals, word)) => number(scaled, decimals) + word,
        None => number(value, 0),
    }
}

/// A share as "41.3 %". Shares are ratios for display and may come as floats. What is not all is not shown as all: 99.97 % of
/// sessions are "99.9 %" of them, not "100.0 %".
pub fn share(ratio: f64, decimals: u32) -> String {
    let hundred = 100 * power(decimals);
    percent(ratio, decimals).map_or_else(
        || UNKNOWN.into(),
        |(value, decimals)| {
            let rounds_to_all = ratio < 1.0 && value.rounded(decimals) >= hundred;
            let value = if rounds_to_all { Decimal::new(hundred - 1, decimals) } else { value };
            number(value, decimals) + " %"
        },
    )
}

/// `part` of `whole` as "41.3 %", exactly rounded; a dash where the whole is 0.
pub fn share_of(part: i128, whole: i128, decimals: u32) -> String {
    const SCALE: u32 = 9;
    if whole == 0 {
        return UNKNOWN.into();
    }
    let Some(scaled) = part.checked_mul(power(SCALE + 2)) else { return share(part as f64 / whole as f64, decimals) };
    number(Decimal::new(scaled / whole, SCALE), decimals) + " %"
}

/// A plain ratio: "0.42".
pub fn ratio(ratio: f64, decimals: u32) -> String {
    if !ratio.is_finite() || ratio.abs() > 1e12 {
        return UNKNOWN.into();
    }
    number(Decimal::new((ratio * 1e9).round() as i128, 9), decimals)
}

/// A relative change as "+8.1 %" or "−12.9 %".
pub fn change(ratio: f64, decimals: u32) -> String {
    let Some((value, decimals)) = percent(ratio, decimals) else { return UNKNOWN.into() };
    let sign = if value.rounded(decimals) > 0 { "+" } else { "" };
    format!("{sign}{} %", number(value, decimals))
}

/// A difference of shares in points: "+12.3", without its unit.
pub fn points(difference: f64, decimals: u32) -> String {
    let Some((value, decimals)) = percent(difference, decimals) else { return UNKNOWN.into() };
    let sign = if value.rounded(decimals) > 0 { "+" } else { "" };
    format!("{sign}{}", number(value, decimals))
}

/// A chance: "99 %". One that is not none is not written as none, nor one that is not certain as certain: "< 1 %", "> 99 %".
pub fn chance(chance: f64) -> String {
    match chance {
        some if some > 0.0 && some < 0.005 => format!("< {}", share(0.01, 0)),
        most if (0.995..1.0).contains(&most) => format!("> {}", share(0.99, 0)),
        other => share(other, 0),
    }
}

/// How much of the whole a figure tells of: "99.9 %", never "100 %" of less than all.
pub fn coverage(share: f64) -> String {
    let Some((value, _)) = percent(share, 1) else { return UNKNOWN.into() };
    let tenths = value.units.div_euclid(power(value.scale - 1));
    let decimals = if tenths % 10 == 0 { 0 } else { 1 };
    number(Decimal::new(tenths, 1), decimals) + " %"
}

/// A relative change with its direction as a sign: "▲ 8.1 %", "▼ 12.9 %".
pub fn change_arrow(ratio: f64, decimals: u32) -> String {
    let Some((value, decimals)) = percent(ratio, decimals) else { return UNKNOWN.into() };
    let arrow = match value.rounded(decimals) {
        0 => "",
        n if n > 0 => "▲ ",
        _ => "▼ ",
    };
    format!("{arrow}{} %", grouped(value, decimals))
}

fn percent(ratio: f64, decimals: u32) -> Option<(Decimal, u32)> {
    if !ratio.is_finite() || ratio.abs() > 1e12 {
        return None;
    }
    Some((Decimal::new((ratio * 1e11).round() as i128, 9), decimals))
}

/// Digits after the point that cash amounts of a currency have (ISO 4217).
pub fn minor_digits(currency: &str) -> u32 {
    match currency {
        "JPY" | "KRW" | "CLP" | "ISK" | "VND" | "XAF" | "XOF" | "XPF" | "PYG" | "UGX" | "RWF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

/// What stands before the amount: CLDR 46 symbols of the locale, else the code and a space.
pub fn symbol(currency: &str, language: Language) -> String {
    let known = match (currency, language) {
        ("USD", Language::En) => "$",
        ("USD", Language::ZhCn) => "US$",
        ("EUR", _) => "€",
        ("GBP", _) => "£",
        ("CNY", Language::En) => "CN¥",
        ("CNY", Language::ZhCn) => "¥",
        ("JPY", Language::En) => "¥",
        ("JPY", Language::ZhCn) => "JP¥",
        ("INR", _) => "₹",
        ("KRW", Language::En) => "₩",
        ("KRW", Language::ZhCn) => "￦",
        ("CAD", _) => "CA$",
        ("AUD", Language::En) => "A$",
        ("AUD", Language::ZhCn) => "AU$",
        ("NZD", _) => "NZ$",
        ("HKD", _) => "HK$",
        ("SGD", _) => return "S$".into(),
        ("MXN", _) => "MX$",
        ("BRL", _) => "R$",
        ("ILS", _) => "₪",
        _ => return format!("{currency} "),
    };
    known.to_owned()
}

fn with_symbol(value: Decimal, decimals: u32, word: &str, currency: &str, language: Language) -> String {
    let body = format!("{}{}{word}", symbol(currency, language), grouped(value, decimals));
    signed(value, decimals, body)
}

/// A duration in microseconds with three significant digits: "0.85 ms", "840 ms", "2.31 s". Both languages write these units.
pub fn duration(micros: u64) -> String {
    let in_unit = |scale: u32| {
        let value = Decimal::new(i128::from(micros), scale);
        number(value, value.decimals_for(3, scale))
    };
    if micros < 1_000_000 { format!("{} ms", in_unit(3)) } else { format!("{} s", in_unit(6)) }
}

/// The full amount: "$1,234.57".
pub fn money(nanos: i128, currency: &str, language: Language) -> String {
    with_symbol(Decimal::new(nanos, 9), minor_digits(currency), "", currency, language)
}

/// For tiles and sentences: "$2.48M", "$38.25k", "$900k", "US$248万"; below 10,000 in full, below 1 with three significant
/// digits. Two decimals of what is scaled, none where they are zeros.
pub fn money_compact(nanos: i128, currency: &str, language: Language) -> String {
    let value = Decimal::new(nanos, 9);
    let fit = |scaled: Decimal| if scaled.rounded(2) % 100 == 0 { 0 } else { 2 };
    if let Some((scaled, decimals, word)) = compact_parts(value, language, fit) {
        return with_symbol(scaled, decimals, word, currency, language);
    }
    money_unit(nanos, currency, language)
}

/// A cost per session, call or token: "$0.208", "$0.00417", "$12.35". At least the currency's own decimals, three
/// significant digits.
pub fn money_unit(nanos: i128, currency: &str, language: Language) -> String {
    let value = Decimal::new(nanos, 9);
    with_symbol(value, unit_decimals(value, currency), "", currency, language)
}

fn unit_decimals(value: Decimal, currency: &str) -> u32 {
    let minor = minor_digits(currency);
    if value.units == 0 || value.magnitude_at_least(0) { minor } else { value.decimals_for(3, 9).max(minor) }
}

/// An amount with all its digits: "$0.01", "$0.00417". At least the currency's own decimals.
pub fn money_exact(nanos: i128, currency: &str, language: Language) -> String {
    with_symbol(Decimal::new(nanos, 9), digits_needed(nanos).max(minor_digits(currency)), "", currency, language)
}

/// What a column of amounts written by [`money_unit`] lacks to come to its total as it is written, in nano-units: the total
/// as written less the sum of the parts as written. Each is rounded for itself.
pub fn rounding(total: i128, parts: impl IntoIterator<Item = i128>, currency: &str) -> i128 {
    let written = |nanos: i128| {
        let value = Decimal::new(nanos, 9);
        let decimals = unit_decimals(value, currency);
        value.rounded(decimals) * power(9 - decimals)
    };
    rest(written(total), parts.into_iter().map(written))
}

/// What parts lack to come to their total, where all digits are written: each is rounded to the nano-unit.
pub fn rest(total: i128, parts: impl IntoIterator<Item = i128>) -> i128 {
    total - parts.into_iter().sum::<i128>()
}

/// An amount as a bare number, for a column whose header names the currency: "1,234.50".
pub fn amount(nanos: i128, decimals: u32) -> String {
    number(Decimal::new(nanos, 9), decimals)
}

/// The same with all its digits, at least `decimals`.
pub fn amount_exact(nanos: i128, decimals: u32) -> String {
    number(Decimal::new(nanos, 9), digits_needed(nanos).max(decimals))
}

/// Digits after the point without which an amount would not be exact.
fn digits_needed(nanos: i128) -> u32 {
    (0..9).find(|decimals| nanos % power(9 - decimals) == 0).unwrap_or(9)
}

/// A change in money with its sign: "+$544k", "−$382.45k".
pub fn money_change(nanos: i128, currency: &str, language: Language) -> String {
    let sign = if nanos > 0 { "+" } else { "" };
    format!("{sign}{}", money_compact(nanos, currency, language))
}

#[cfg(test)]
mod tests;
