//! Events over time, so that any span of them is summed at once.

use serde::{Deserialize, Serialize};

/// Good events in all events of a span. Fractions occur: a source may tell a rate.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Counts {
    pub good: f64,
    pub total: f64,
}

impl Counts {
    pub fn bad(self) -> f64 {
        self.total - self.good
    }

    /// Good in all; `None` where nothing happened.
    pub fn share(self) -> Option<f64> {
        (self.total > 0.0).then(|| self.good / self.total)
    }
}

impl std::ops::Add for Counts {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { good: self.good + other.good, total: self.total + other.total }
    }
}

impl std::ops::Sub for Counts {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self { good: self.good - other.good, total: self.total - other.total }
    }
}

/// The events of the minutes from one on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Minutes since 1970-01-01T00:00Z.
    pub minute: i64,
    pub counts: Counts,
}

/// How bad events are counted against the budget (OpenSLO v1, `budgetingMethod`).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "kebab-case")]
pub enum Method {
    /// Each event counts alike.
    Occurrences,
    /// Each slice of time counts alike, as good or bad: good where its share of good events reaches `target`.
    Timeslices { minutes: u32, target: f64 },
    /// Each slice of time counts alike, by its share of good events.
    RatioTimeslices { minutes: u32 },
}

impl Method {
    /// Minutes of a slice; `None` where events are counted.
    pub fn slice(self) -> Option<u32> {
        match self {
            Method::Occurrences => None,
            Method::Timeslices { minutes, .. } | Method::RatioTimeslices { minutes } => Some(minutes.max(1)),
        }
    }
}

/// Points in the order of time with their running sums.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    minutes: Vec<i64>,
    /// Before each point, and after the last: one more than points.
    sums: Vec<Counts>,
    /// Minutes that a point stands for.
    step: u32,
}

impl History {
    /// From points in any order, several of one minute too. `step` is how many minutes each stands for.
    ///
    /// Totals that are not positive numbers, and good events outside 0 and the total, are held within bounds: a share is never
    /// outside 0 and 1.
    pub fn new(mut points: Vec<Point>, step: u32) -> Self {
        points.retain(|point| point.counts.total.is_finite() && point.counts.total > 0.0);
        points.sort_by(|a, b| {
            let by_counts = a.counts.total.total_cmp(&b.counts.total).then(a.counts.good.total_cmp(&b.counts.good));
            a.minute.cmp(&b.minute).then(by_counts)
        });
        let mut history = Self { minutes: Vec::new(), sums: vec![Counts::default()], step: step.max(1) };
        for point in points {
            let total = point.counts.total;
            let good = if point.counts.good.is_finite() { point.counts.good.clamp(0.0, total) } else { 0.0 };
            let sum = history.sums[history.sums.len() - 1] + Counts { good, total };
            if history.minutes.last() == Some(&point.minute) {
                let last = history.sums.len() - 1;
                history.sums[last] = sum;
            } else {
                history.minutes.push(point.minute);
                history.sums.push(sum);
            }
        }
        history
    }

    /// The same events as the method counts them.
    #[must_use]
    pub fn by(&self, method: Method) -> Self {
        let Some(slice) = method.slice() else { return self.clone() };
        let width = i64::from(slice.max(self.step));
        let mut points: Vec<Point> = Vec::new();
        let mut at = 0;
        while at < self.minutes.len() {
            let slice = self.minutes[at].div_euclid(width);
            let next = at + self.minutes[at..].partition_point(|minute| minute.div_euclid(width) == slice);
            let share = (self.sums[next] - self.sums[at]).share().unwrap_or(0.0);
            let good = match method {
                Method::Timeslices { target, .. } => f64::from(u8::from(share >= target)),
                _ => share,
            };
            points.push(Point { minute: slice * width, counts: Counts { good, total: 1.0 } });
            at = next;
        }
        Self::new(points, width as u32)
    }

    /// Minutes that a point stands for.
    pub fn step(&self) -> u32 {
        self.step
    }

    pub fn is_empty(&self) -> bool {
        self.minutes.is_empty()
    }

    /// The first minute that is known and the first after the last one.
    pub fn known(&self) -> Option<(i64, i64)> {
        Some((*self.minutes.first()?, self.minutes.last()? + i64::from(self.step)))
    }

    /// The events of the points that begin in `from..to`.
    pub fn sum(&self, from: i64, to: i64) -> Counts {
        let (from, to) = (self.place(from), self.place(to));
        if to <= from { Counts::default() } else { self.sums[to] - self.sums[from] }
    }

    /// How many points begin in `from..to`.
    pub fn points(&self, from: i64, to: i64) -> usize {
        self.place(to).saturating_sub(self.place(from))
    }

    fn place(&self, minute: i64) -> usize {
        self.minutes.partition_point(|known| *known < minute)
    }
}
