//! Figures in a text: digits of one width, and units that stay with their number.

use std::ops::Range;

use super::scripts::Stretch;

/// Features of all text but digits.
pub(super) const PROPORTIONAL: &str = "\"calt\" 0, \"liga\" 0, \"clig\" 0";
/// Features of digits.
pub(super) const TABULAR: &str = "\"tnum\" 1, \"calt\" 0, \"liga\" 0, \"clig\" 0";

/// Runs of ASCII digits outside of the stretches.
pub(super) fn digits(text: &str, stretches: &[Stretch]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, byte) in text.bytes().enumerate() {
        if !byte.is_ascii_digit() || stretches.iter().any(|stretch| stretch.range.contains(&at)) {
            continue;
        }
        match found.last_mut() {
            Some(last) if last.end == at => last.end = at + 1,
            _ => found.push(at..at + 1),
        }
    }
    found
}

/// Whether a unit that belongs to the number before it follows: no line may begin with it.
pub(super) fn starts_with_unit(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        Some('%' | '‰' | '万' | '亿') => true,
        Some('M' | 'k' | 'B' | 'T') => !chars.next().is_some_and(char::is_alphanumeric),
        _ => false,
    }
}
