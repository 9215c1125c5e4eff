//! Ticks a person would choose: 1, 2 or 5 times a power of ten; first days of months, Mondays, days.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::dates::month_name;
use super::{Decimal, NANOS, Scale, date, day, month, power, scales, symbol, with_symbol};
use crate::chart::{Axis, Tick};
use crate::locale::Language;

/// Smallest step of the form {1, 2, 5} × 10^n that makes at most `most` intervals of `span`.
fn nice_step(span: i128, most: u32) -> i128 {
    let most = i128::from(most.max(1));
    for magnitude in 0..37 {
        for factor in [1, 2, 5] {
            let step = power(magnitude).saturating_mul(factor);
            if step.saturating_mul(most) >= span {
                return step;
            }
        }
    }
    span.max(1)
}

/// Whole steps that enclose `least..=greatest` and 0.
fn steps(least: i128, greatest: i128, most: u32, finest: i128) -> (i128, Vec<i128>) {
    steps_around(least.min(0), greatest.max(0), most, finest)
}

/// Whole steps that enclose `low..=high`.
fn steps_around(low: i128, high: i128, most: u32, finest: i128) -> (i128, Vec<i128>) {
    let step = nice_step((high - low).max(finest), most).max(finest);
    let from = low.div_euclid(step);
    let to = (high + step - 1).div_euclid(step).max(from + 1);
    (step, (from..=to).map(|k| k * step).collect())
}

fn axis(label: &str, ticks: Vec<Tick>) -> Axis {
    let min = ticks.first().map_or(0.0, |t| t.at);
    let max = ticks.last().map_or(1.0, |t| t.at);
    Axis { label: label.to_owned(), min, max, ticks }
}

/// The one scale of all labels of an axis, and the decimals its step needs. `step` and `top` are × 10^-`scale`.
fn axis_scale(step: i128, top: i128, scale: u32, language: Language) -> (Scale, u32) {
    let top = Decimal::new(top, scale);
    let chosen = scales(language)
        .iter()
        .map(|(_, s)| *s)
        .find(|s| top.magnitude_at_least(s.power))
        .unwrap_or(Scale { power: 0, word: "" });
    let unit = scale + chosen.power;
    let mut decimals = 0;
    while decimals < unit && step % power(unit - decimals) != 0 {
        decimals += 1;
    }
    (chosen, decimals)
}

/// A value axis for money from 0 (or below it) to at least `greatest`; positions in currency units.
pub fn money_axis(least: i128, greatest: i128, most: u32, currency: &str, label: &str, language: Language) -> Axis {
    let (step, values) = steps(least, greatest, most, 1);
    let top = values.iter().map(|v| v.abs()).max().unwrap_or(step);
    let (scale, decimals) = axis_scale(step, top, 9, language);
    let decimals = if scale.power == 0 && decimals == 1 { 2 } else { decimals };
    let ticks = values
        .into_iter()
        .map(|nanos| {
            let label = if nanos == 0 {
                format!("{}0", symbol(currency, language))
            } else {
                with_symbol(Decimal::new(nanos, 9).shifted(scale.power), decimals, scale.word, currency, language)
            };
            Tick { at: nanos as f64 / NANOS as f64, label }
        })
        .collect();
    axis(label, ticks)
}

/// A value axis for whole numbers.
pub fn count_axis(least: i128, greatest: i128, most: u32, label: &str, language: Language) -> Axis {
    let (step, values) = steps(least, greatest, most, 1);
    let top = values.iter().map(|v| v.abs()).max().unwrap_or(step);
    let (scale, decimals) = axis_scale(step, top, 0, language);
    let ticks = values
        .into_iter()
        .map(|value| {
            let label = if value == 0 {
                "0".to_owned()
            } else {
                super::number(Decimal::whole(value).shifted(scale.power), decimals) + scale.word
            };
            Tick { at: value as f64, label }
        })
        .collect();
    axis(label, ticks)
}

/// A value axis for measurements that are floats by nature (seconds, scores), with a unit after each number.
pub fn value_axis(least: f64, greatest: f64, most: u32, unit: &str, label: &str) -> Axis {
    float_axis(least.min(0.0), greatest.max(0.0), most, unit, label)
}

/// The same for marks that do not grow from zero: points that differ by little among large ones.
pub fn point_axis(least: f64, greatest: f64, most: u32, unit: &str, label: &str) -> Axis {
    float_axis(least, greatest, most, unit, label)
}

fn float_axis(least: f64, greatest: f64, most: u32, unit: &str, label: &str) -> Axis {
    const FINE: f64 = 1e6;
    let whole = |v: f64| if v.is_finite() { (v * FINE).clamp(-1e24, 1e24) } else { 0.0 };
    let (step, values) = steps_around(whole(least).floor() as i128, whole(greatest).ceil() as i128, most, 1);
    let mut decimals = 0;
    while decimals < 6 && step % power(6 - decimals) != 0 {
        decimals += 1;
    }
    let ticks = values
        .into_iter()
        .map(|v| Tick { at: v as f64 / FINE, label: super::number(Decimal::new(v, 6), decimals) + unit })
        .collect();
    axis(label, ticks)
}

/// A value axis for shares; positions are ratios, labels per cent.
pub fn share_axis(greatest: f64, most: u32, label: &str) -> Axis {
    let mut axis = value_axis(0.0, greatest * 100.0, most, " %", label);
    for tick in &mut axis.ticks {
        tick.at /= 100.0;
    }
    axis.min /= 100.0;
    axis.max /= 100.0;
    axis
}

/// A tick of a time axis; the caller knows how dates become positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeTick {
    pub date: NaiveDate,
    pub label: String,
}

/// At most about `most` ticks between two days: days, Mondays, first days of months, or of every 2nd, 3rd, 6th or
/// 12th month. The year is said where it begins or changes.
pub fn time_ticks(first: NaiveDate, last: NaiveDate, most: usize, language: Language) -> Vec<TimeTick> {
    let most = most.max(2);
    let span = (last - first).num_days().max(0) as usize;
    if span < most {
        return (0..=span as u64)
            .filter_map(|n| first.checked_add_days(Days::new(n)))
            .map(|d| tick(d, day(d, language)))
            .collect();
    }
    if span / 7 < most {
        let monday = (7 - first.weekday().num_days_from_monday() as u64) % 7;
        return (monday..=span as u64)
            .step_by(7)
            .filter_map(|n| first.checked_add_days(Days::new(n)))
            .map(|d| tick(d, day(d, language)))
            .collect();
    }
    let months = span as f64 / 30.44;
    let step = [1, 2, 3, 6, 12, 24, 60].into_iter().find(|s| months / f64::from(*s) < most as f64).unwrap_or(120);
    let mut ticks: Vec<TimeTick> = Vec::new();
    let mut at = first.with_day(1).unwrap_or(first);
    while at <= last {
        // Aligned to the calendar year, so that quarters begin in January, April, July and October.
        let aligned = (at.year() as u32 * 12 + at.month0()).is_multiple_of(step);
        if aligned && at >= first {
            let turn = ticks.last().is_none_or(|t| t.date.year() != at.year());
            ticks.push(tick(at, month_label(at, turn && step < 12, step >= 12, language)));
        }
        match at.checked_add_months(Months::new(1)) {
            Some(next) => at = next,
            None => break,
        }
    }
    if ticks.is_empty() {
        ticks.push(tick(first, date(first, language)));
    }
    ticks
}

fn tick(date: NaiveDate, label: String) -> TimeTick {
    TimeTick { date, label }
}

fn month_label(at: NaiveDate, with_year: bool, year_only: bool, language: Language) -> String {
    match (year_only, with_year, language) {
        (true, _, Language::En) => at.year().to_string(),
        (true, _, Language::ZhCn) => format!("{}年", at.year()),
        (_, true, _) => month(at, language),
        (_, _, Language::En) => month_name(at).to_owned(),
        (_, _, Language::ZhCn) => format!("{}月", at.month()),
    }
}
