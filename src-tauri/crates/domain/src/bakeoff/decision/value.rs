//! What a value is worth: linear between anchors that are fixed before anything is compared.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A value on a criterion's own scale and its worth, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Anchor {
    pub value: f64,
    pub worth: f64,
}

/// Piecewise linear between anchors; beyond them flat.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueFunction {
    /// Values strictly ascending; worth monotone, from one end of 0..=1 to the other.
    anchors: Vec<Anchor>,
}

impl ValueFunction {
    /// `None` unless there are two or more finite values in strictly ascending order, worth from 0 to 1 or from 1 to 0 without
    /// turning back.
    pub fn new(anchors: &[Anchor]) -> Option<Self> {
        let (first, last) = (anchors.first()?, anchors.last()?);
        let ends = (first.worth == 0.0 && last.worth == 1.0) || (first.worth == 1.0 && last.worth == 0.0);
        let rising = last.worth > first.worth;
        let steps = anchors.windows(2).all(|two| {
            two[0].value < two[1].value
                && if rising { two[0].worth <= two[1].worth } else { two[0].worth >= two[1].worth }
        });
        let sound = anchors.iter().all(|one| one.value.is_finite() && (0.0..=1.0).contains(&one.worth));
        (ends && steps && sound && (last.value - first.value).is_finite()).then(|| Self { anchors: anchors.to_vec() })
    }

    /// A straight line from the worst (0) to the best (1), whichever is the greater number.
    pub fn linear(worst: f64, best: f64) -> Option<Self> {
        let mut anchors = [Anchor { value: worst, worth: 0.0 }, Anchor { value: best, worth: 1.0 }];
        anchors.sort_by(|a, b| a.value.total_cmp(&b.value));
        Self::new(&anchors)
    }

    /// 0 to 1.
    pub fn worth(&self, value: f64) -> f64 {
        let at = self.anchors.partition_point(|anchor| anchor.value <= value);
        match (at.checked_sub(1).and_then(|before| self.anchors.get(before)), self.anchors.get(at)) {
            (Some(low), Some(high)) => {
                let share = (value - low.value) / (high.value - low.value);
                low.worth + share * (high.worth - low.worth)
            }
            (Some(end), None) | (None, Some(end)) => end.worth,
            (None, None) => 0.0,
        }
    }

    /// A value of this worth: of several the one nearest to the worse end. `None` beyond 0 to 1.
    pub fn value(&self, worth: f64) -> Option<f64> {
        let between = |two: &[Anchor]| {
            let [low, high] = two else { return None };
            let (least, most) = (low.worth.min(high.worth), low.worth.max(high.worth));
            if !(least..=most).contains(&worth) {
                return None;
            }
            if least == most {
                return Some(low.value);
            }
            Some(low.value + (worth - low.worth) / (high.worth - low.worth) * (high.value - low.value))
        };
        let rising = self.anchors.last()?.worth > self.anchors.first()?.worth;
        if rising { self.anchors.windows(2).find_map(between) } else { self.anchors.windows(2).rev().find_map(between) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worth_is_linear_between_anchors_and_flat_beyond() {
        let anchor = |value, worth| Anchor { value, worth };
        let latency = ValueFunction::new(&[anchor(500.0, 1.0), anchor(1_000.0, 0.5), anchor(3_000.0, 0.0)]).unwrap();
        let worth = [100.0, 500.0, 750.0, 1_000.0, 2_000.0, 3_000.0, 9_000.0].map(|value| latency.worth(value));
        assert_eq!(worth, [1.0, 1.0, 0.75, 0.5, 0.25, 0.0, 0.0]);
        assert_eq!([0.75, 0.25, 1.0].map(|worth| latency.value(worth)), [Some(750.0), Some(2_000.0), Some(500.0)]);
        assert_eq!(latency.value(1.1), None);
        let linear = ValueFunction::linear(10.0, 0.0).unwrap();
        assert_eq!((linear.worth(2.5), linear.value(0.75)), (0.75, Some(2.5)));
    }

    #[test]
    fn anchors_that_turn_back_or_have_no_extent_are_refused() {
        let of = |points: &[(f64, f64)]| {
            let anchors: Vec<Anchor> =
                points.iter().map(|(value, worth)| Anchor { value: *value, worth: *worth }).collect();
            ValueFunction::new(&anchors).is_some()
        };
        assert!(of(&[(0.0, 0.0), (1.0, 0.5), (2.0, 0.5), (3.0, 1.0)]));
        for points in [
            &[][..],
            &[(0.0, 0.0)],
            &[(0.0, 0.0), (0.0, 1.0)],
            &[(0.0, 0.0), (1.0, 0.9)],
            &[(0.0, 0.0), (1.0, 0.8), (2.0, 0.5), (3.0, 1.0)],
            &[(0.0, 0.0), (f64::INFINITY, 1.0)],
            &[(f64::NAN, 0.0), (1.0, 1.0)],
        ] {
            assert!(!of(points), "{points:?}");
        }
    }
}
