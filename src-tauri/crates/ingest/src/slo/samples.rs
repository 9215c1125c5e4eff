//! The samples of series as they come: what they mean, which of them count, and what is wrong with the others.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use domain::slo::Counts;

use super::gaps::Gaps;
use super::increments::Increments;
use super::measurements::{Meaning, Measured, SeriesChoice, Sink};
use super::minutes::{Told, shown};
use crate::RowIssue;
use crate::issue::KEPT;

/// Longest part of a series' labels shown, in characters.
const SHOWN: usize = 200;

/// Minutes before 2015 or after 2099 are a mistake.
const RANGE: std::ops::Range<i64> = 23_667_840..68_374_080;

/// What one series tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Ratio,
    BadRatio,
    Good,
    Bad,
    Total,
}

/// What was read of one series so far: it may come in several pieces.
#[derive(Debug, Clone, Copy, Default)]
struct Series {
    /// Milli-seconds since 1970.
    last: Option<i64>,
    counter: Increments,
}

/// Samples of one series that do not count, by why.
const WRONGS: usize = 7;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrong {
    NotFinite,
    NotANumber,
    Negative,
    OutsideShare,
    Repeated,
    OutOfOrder,
    OutOfRange,
}

/// Takes samples and hands on what they tell, one minute of one series at a time.
pub(super) struct Samples<'s> {
    meaning: &'s Meaning,
    sink: Sink<'s>,
    known: HashMap<u64, Series>,
    /// The series being read: its labels, their hash, what it tells.
    labels: String,
    key: u64,
    series: Series,
    side: Option<Side>,
    /// The minute that is not handed on yet.
    open: Option<(i64, Counts)>,
    wrong: [(u64, i64); WRONGS],
    gaps: Gaps,
    chosen: u64,
    pub measured: Measured,
}

impl<'s> Samples<'s> {
    pub(super) fn new(meaning: &'s Meaning, sink: Sink<'s>) -> Self {
        Self {
            meaning,
            sink,
            known: HashMap::new(),
            labels: String::new(),
            key: 0,
            series: Series::default(),
            side: None,
            open: None,
            wrong: [(0, 0); WRONGS],
            gaps: Gaps::default(),
            chosen: 0,
            measured: Measured::default(),
        }
    }

    pub(super) fn issue(&mut self, issue: RowIssue) {
        if self.measured.issues.len() < KEPT {
            self.measured.issues.push(issue);
        }
    }

    /// Begins a series; whether its samples are wanted.
    pub(super) fn begin(&mut self, labels: &BTreeMap<String, String>) -> bool {
        self.end();
        let mut hash = DefaultHasher::new();
        labels.hash(&mut hash);
        self.key = hash.finish();
        let shown: Vec<String> = labels.iter().map(|(label, value)| format!("{label}=\"{value}\"")).collect();
        self.labels = format!("{{{}}}", shown.join(", ")).chars().take(SHOWN).collect();
        self.series = self.known.get(&self.key).copied().unwrap_or_default();
        self.side = self.side_of(labels);
        self.chosen += u64::from(self.side.is_some());
        self.side.is_some()
    }

    fn side_of(&mut self, labels: &BTreeMap<String, String>) -> Option<Side> {
        let pair = match self.meaning {
            Meaning::Ratio => return Some(Side::Ratio),
            Meaning::BadRatio => return Some(Side::BadRatio),
            Meaning::GoodTotal(pair) | Meaning::Counter(pair) => pair,
        };
        let is_of = |choice: &SeriesChoice| match choice {
            SeriesChoice::None => false,
            SeriesChoice::All => true,
            SeriesChoice::Labelled { label, value } => labels.get(label) == Some(value),
        };
        match (is_of(&pair.part), is_of(&pair.total)) {
            (true, true) => {
                let issue = RowIssue::new("series-chosen-twice").column(self.labels.clone());
                self.issue(issue);
                None
            }
            (true, false) => Some(if pair.is_bad { Side::Bad } else { Side::Good }),
            (false, true) => Some(Side::Total),
            (false, false) => None,
        }
    }

    /// One sample: seconds since 1970, and a value; `None` for what is no number.
    #[inline]
    pub(super) fn sample(&mut self, seconds: Option<f64>, value: Option<f64>) {
        self.measured.read += 1;
        let Some(side) = self.side else { return };
        let at = (seconds.unwrap_or(f64::NAN) * 1_000.0).round();
        // What is no number is in no range.
        let at = if at.is_finite() { at as i64 } else { 0 };
        let minute = at.div_euclid(60_000);
        if !RANGE.contains(&minute) {
            return self.wrong(Wrong::OutOfRange, minute);
        }
        match self.series.last {
            Some(last) if at == last => return self.wrong(Wrong::Repeated, minute),
            Some(last) if at < last => return self.wrong(Wrong::OutOfOrder, minute),
            Some(last) => self.gaps.see((at - last + 500) / 1_000),
            None => {}
        }
        self.series.last = Some(at);
        let value = match value {
            None => return self.wrong(Wrong::NotANumber, minute),
            Some(value) if !value.is_finite() => return self.wrong(Wrong::NotFinite, minute),
            Some(value) => value,
        };
        let counts = match side {
            Side::Ratio | Side::BadRatio => {
                if !(-1e-9..=1.0 + 1e-9).contains(&value) {
                    return self.wrong(Wrong::OutsideShare, minute);
                }
                let share = value.clamp(0.0, 1.0);
                Counts { good: if side == Side::Ratio { share } else { 1.0 - share }, total: 1.0 }
            }
            _ if value < 0.0 => return self.wrong(Wrong::Negative, minute),
            _ => match self.meaning {
                Meaning::Counter(_) => match self.series.counter.next(value) {
                    Some(increment) => Counts { good: increment, total: 0.0 },
                    None => {
                        self.measured.taken += 1;
                        return;
                    }
                },
                _ => Counts { good: value, total: 0.0 },
            },
        };
        self.measured.taken += 1;
        match &mut self.open {
            Some((open, sum)) if *open == minute => *sum = *sum + counts,
            _ => {
                self.hand_on();
                self.open = Some((minute, counts));
            }
        }
    }

    fn wrong(&mut self, wrong: Wrong, minute: i64) {
        let (count, first) = &mut self.wrong[wrong as usize];
        if *count == 0 {
            *first = minute;
        }
        *count += 1;
    }

    fn hand_on(&mut self) {
        let (Some((minute, counts)), Some(side)) = (self.open.take(), self.side) else { return };
        let told = match side {
            Side::Ratio | Side::BadRatio => Told::Counts(counts),
            Side::Good => Told::Good(counts.good),
            Side::Bad => Told::Bad(counts.good),
            Side::Total => Told::Total(counts.good),
        };
        let (first, last) = self.measured.span.unwrap_or((minute, minute));
        self.measured.span = Some((first.min(minute), last.max(minute)));
        (self.sink)(minute, told);
    }

    /// Ends the series being read: its last minute, and one issue for each thing that is wrong with it.
    pub(super) fn end(&mut self) {
        self.hand_on();
        if self.side.take().is_none() {
            return;
        }
        self.known.insert(self.key, self.series);
        let wrong = std::mem::replace(&mut self.wrong, [(0, 0); WRONGS]);
        let issues = [
            RowIssue::new("sample-not-finite"),
            RowIssue::new("sample-not-a-number"),
            RowIssue::new("sample-negative"),
            RowIssue::new("sample-outside-share"),
            RowIssue::new("sample-repeated"),
            RowIssue::new("sample-out-of-order"),
            RowIssue::new("sample-out-of-range"),
        ];
        for (issue, (count, first)) in issues.into_iter().zip(wrong) {
            if count > 0 {
                let issue = issue.column(self.labels.clone()).param("count", count).param("first", shown(first));
                self.issue(issue);
            }
        }
    }

    /// What was read; `series` is how many the file holds.
    pub(super) fn finish(mut self, series: u64) -> Measured {
        self.end();
        if series > 0 && self.chosen == 0 {
            self.issue(RowIssue::new("series-not-chosen").param("count", series));
        }
        self.measured.step = self.gaps.step();
        self.measured
    }
}
