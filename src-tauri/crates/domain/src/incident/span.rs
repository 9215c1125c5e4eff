//! Time that incidents cover, each minute once.

use chrono::{DateTime, Utc};

type Span = (DateTime<Utc>, DateTime<Utc>);

/// Spans as few as cover the same time, in its order: those that overlap or touch are one. Spans that end before they begin cover
/// nothing.
pub fn union(spans: &[Span]) -> Vec<Span> {
    let mut spans: Vec<Span> = spans.iter().copied().filter(|(from, to)| from < to).collect();
    spans.sort_unstable();
    let mut found: Vec<Span> = Vec::new();
    for (from, to) in spans {
        match found.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => found.push((from, to)),
        }
    }
    found
}

/// Seconds of `within` that the spans cover, each counted once.
pub fn covered(spans: &[Span], within: Span) -> i64 {
    union(spans).iter().map(|(from, to)| ((*to).min(within.1) - (*from).max(within.0)).num_seconds().max(0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(minute * 60, 0).unwrap()
    }

    proptest! {
        #[test]
        fn each_minute_counts_once_however_many_incidents_cover_it(
            spans in prop::collection::vec((0i64..500, 0i64..500), 0..12),
            within in (0i64..500, 0i64..500),
        ) {
            let covers = |minute: i64| spans.iter().any(|(from, to)| (*from..*to).contains(&minute));
            let expected = (within.0..within.1).filter(|minute| covers(*minute)).count() as i64 * 60;
            let spans: Vec<Span> = spans.iter().map(|(from, to)| (at(*from), at(*to))).collect();
            prop_assert_eq!(covered(&spans, (at(within.0), at(within.1))), expected);
        }
    }
}
