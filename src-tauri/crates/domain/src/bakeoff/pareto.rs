//! Quality against cost: who is beaten on both, who is not, and of whom it cannot be said yet.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A figure with the ends of its interval; without one the ends are the figure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Spread {
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

impl Spread {
    pub fn exact(value: f64) -> Self {
        Self { value, low: value, high: value }
    }

    fn is_sound(&self) -> bool {
        self.low.is_finite() && self.high.is_finite() && self.low <= self.value && self.value <= self.high
    }
}

/// Quality (higher is better) and cost of a successful task (lower is better).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct QualityCost {
    pub quality: Option<Spread>,
    pub cost: Option<Spread>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Front {
    /// Nobody could be better in both, wherever within the intervals the truth lies.
    On,
    /// Somebody is no worse in both and better in one, wherever within the intervals the truth lies.
    Dominated,
    /// It depends on where within the intervals the truth lies.
    CouldBe,
    /// A figure is missing.
    Unknown,
}

/// Where each candidate stands, and whether the figures alone, without intervals, put it on the front.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FrontPlace {
    pub front: Front,
    pub on_by_value: bool,
    /// Who dominates it for certain, by number.
    pub dominated_by: Option<usize>,
}

pub fn front(candidates: &[QualityCost]) -> Vec<FrontPlace> {
    let known: Vec<Option<(Spread, Spread)>> = candidates
        .iter()
        .map(|one| one.quality.zip(one.cost).filter(|(quality, cost)| quality.is_sound() && cost.is_sound()))
        .collect();
    let place = |(at, one): (usize, &Option<(Spread, Spread)>)| {
        let Some((quality, cost)) = one else {
            return FrontPlace { front: Front::Unknown, on_by_value: false, dominated_by: None };
        };
        let others =
            || known.iter().enumerate().filter(|(other, _)| *other != at).filter_map(|(i, one)| Some((i, (*one)?)));
        let beats =
            |(q, c): (f64, f64), (own_q, own_c): (f64, f64)| q >= own_q && c <= own_c && (q > own_q || c < own_c);
        let certain = others().find(|(_, (q, c))| beats((q.low, c.high), (quality.high, cost.low))).map(|one| one.0);
        let possible = others().any(|(_, (q, c))| beats((q.high, c.low), (quality.low, cost.high)));
        let by_value = others().any(|(_, (q, c))| beats((q.value, c.value), (quality.value, cost.value)));
        let front = match (certain, possible) {
            (Some(_), _) => Front::Dominated,
            (None, true) => Front::CouldBe,
            (None, false) => Front::On,
        };
        FrontPlace { front, on_by_value: !by_value, dominated_by: certain }
    };
    known.iter().enumerate().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn point(quality: f64, cost: f64, half: f64) -> QualityCost {
        let spread = |value: f64| Some(Spread { value, low: value - half, high: value + half });
        QualityCost { quality: spread(quality), cost: spread(cost) }
    }

    #[test]
    fn intervals_make_the_front_uncertain() {
        let exact = [point(0.9, 5.0, 0.0), point(0.8, 3.0, 0.0), point(0.7, 4.0, 0.0), point(0.9, 5.0, 0.0)];
        let fronts: Vec<Front> = front(&exact).iter().map(|one| one.front).collect();
        assert_eq!(fronts, [Front::On, Front::On, Front::Dominated, Front::On], "equals do not beat one another");
        assert_eq!(front(&exact)[2].dominated_by, Some(1));
        let unsure = [point(0.9, 5.0, 0.2), point(0.85, 5.1, 0.2)];
        assert!(front(&unsure).iter().all(|one| one.front == Front::CouldBe));
        assert_eq!(front(&unsure).iter().map(|one| one.on_by_value).collect::<Vec<_>>(), [true, false]);
        let missing =
            [point(0.9, 5.0, 0.0), QualityCost { cost: None, ..point(1.0, 0.0, 0.0) }, point(f64::NAN, 1.0, 0.0)];
        assert_eq!(
            front(&missing).iter().map(|one| one.front).collect::<Vec<_>>(),
            [Front::On, Front::Unknown, Front::Unknown]
        );
        assert!(front(&[]).is_empty());
    }

    proptest! {
        #[test]
        fn somebody_is_on_the_front_by_value_and_nobody_certain_contradicts_it(
            points in prop::collection::vec((0.0f64..1.0, 0.0f64..10.0, 0.0f64..0.3), 1..8)
        ) {
            let candidates: Vec<QualityCost> = points.iter().map(|(q, c, half)| point(*q, *c, *half)).collect();
            let places = front(&candidates);
            prop_assert!(places.iter().any(|one| one.on_by_value));
            for one in &places {
                prop_assert!(one.front != Front::On || one.on_by_value);
                prop_assert!(one.front != Front::Dominated || !one.on_by_value);
            }
        }
    }
}
