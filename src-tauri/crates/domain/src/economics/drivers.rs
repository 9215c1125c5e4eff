//! Why spend changed: volume, mix, efficiency and price, by substituting one after the other.
//!
//! With sessions S, share of sessions m, tokens per session by kind e and price per token by kind p of each group:
//!
//! | step | spend |
//! |---|---|
//! | before | S₀ Σ m₀ e₀ p₀ |
//! | volume | S₁ Σ m₀ e₀ p₀ |
//! | mix | S₁ Σ m₁ e₀ p₀ |
//! | efficiency (tokens per session, caching) | S₁ Σ m₁ e₁ p₀ |
//! | price | S₁ Σ m₁ e₁ p₁ = after |
//!
//! Each driver is the difference of two rows of that table, so they add up to the change exactly (Laspeyres weights for
//! quantity, Paasche for price; the usual price–volume–mix bridge). A group new in the second period has no e₀ or p₀: its
//! whole cost counts as mix.

use super::evidence::COST_KINDS;
use super::totals::Totals;
use crate::money::divide_half_even;

/// Nano-units. `before + volume + mix + efficiency + price = after`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Drivers {
    pub before: i128,
    pub volume: i128,
    pub mix: i128,
    pub efficiency: i128,
    pub price: i128,
    pub after: i128,
}

/// Splits the change between two periods over groups given as (before, after). Volume is counted in sessions whose cost is
/// known, or in requests where either period has none; `None` when neither can be compared.
pub fn drivers(groups: &[(Totals, Totals)]) -> Option<Drivers> {
    let count = |by_session: bool, totals: &Totals| {
        i128::from(if by_session { totals.sessions.count } else { totals.requests.count })
    };
    let sums = |by_session: bool| {
        groups
            .iter()
            .fold((0, 0), |(a, b), (before, after)| (a + count(by_session, before), b + count(by_session, after)))
    };
    let by_session = matches!(sums(true), (a, b) if a > 0 && b > 0);
    let (volume_before, volume_after) = sums(by_session);
    if volume_before == 0 || volume_after == 0 {
        return None;
    }
    let mut before = 0i128;
    let mut after = 0i128;
    let mut at_old_efficiency = 0i128;
    let mut at_old_price = 0i128;
    for (old, new) in groups {
        let (old_spend, new_spend) = (old.spend().0, new.spend().0);
        before += old_spend;
        after += new_spend;
        let (old_volume, new_volume) = (count(by_session, old), count(by_session, new));
        if old_volume == 0 || !old.costed {
            at_old_efficiency += new_spend;
            at_old_price += new_spend;
            continue;
        }
        at_old_efficiency += scale(old_spend, new_volume, old_volume);
        at_old_price += at_prices_of(old, new);
    }
    let at_old_mix = scale(before, volume_after, volume_before);
    let nanos = |femtos: i128| crate::money::Femtos(femtos).to_nanos();
    let (a0, a1, a2, a3, a4) =
        (nanos(before), nanos(at_old_mix), nanos(at_old_efficiency), nanos(at_old_price), nanos(after));
    Some(Drivers { before: a0, volume: a1 - a0, mix: a2 - a1, efficiency: a3 - a2, price: a4 - a3, after: a4 })
}

/// The new period's tokens at the old period's price per token of each kind; a kind the old period did not use keeps its
/// new price. Cost stated only as a sum scales with tokens.
fn at_prices_of(old: &Totals, new: &Totals) -> i128 {
    let (old_tokens, new_tokens) = (old.measures.tokens.billed(), new.measures.tokens.billed());
    let mut cost = 0;
    for kind in 0..COST_KINDS {
        let (was, is) = match (old_tokens.get(kind), new_tokens.get(kind)) {
            (Some(was), Some(is)) => (*was, *is),
            _ => (old.measures.tokens.total(), new.measures.tokens.total()),
        };
        cost += if was == 0 {
            new.cost_by_kind[kind].0
        } else {
            scale(old.cost_by_kind[kind].0, i128::from(is), i128::from(was))
        };
    }
    cost
}

/// `value × numerator ÷ denominator`, split so that femto-sums of any realistic size do not overflow.
fn scale(value: i128, numerator: i128, denominator: i128) -> i128 {
    let (whole, rest) = (value / denominator, value % denominator);
    whole * numerator + divide_half_even(rest * numerator, denominator)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::economics::totals::Paired;
    use crate::money::Femtos;
    use crate::usage::{Measures, TokenCounts};
    use proptest::prelude::*;

    fn totals(sessions: u64, tokens: u64, rate_nanos: i128) -> Totals {
        let tokens = TokenCounts { input: tokens, ..TokenCounts::default() };
        let cost = Femtos::from_nanos(i128::from(tokens.input) * rate_nanos);
        let mut cost_by_kind = [Femtos(0); COST_KINDS];
        cost_by_kind[0] = cost;
        Totals {
            measures: Measures { requests: sessions, sessions, tokens, ..Measures::default() },
            cost_by_kind,
            costed: true,
            sessions: Paired { spend: cost, count: sessions },
            requests: Paired { spend: cost, count: sessions },
            ..Totals::default()
        }
    }

    #[test]
    fn each_driver_stands_alone_when_only_it_changes() {
        let base = totals(100, 1_000, 10);
        let volume = drivers(&[(base, totals(120, 1_200, 10))]).unwrap();
        assert_eq!(volume, Drivers { before: 10_000, volume: 2_000, after: 12_000, ..Drivers::default() });
        let efficiency = drivers(&[(base, totals(100, 800, 10))]).unwrap();
        assert_eq!(efficiency, Drivers { before: 10_000, efficiency: -2_000, after: 8_000, ..Drivers::default() });
        let price = drivers(&[(base, totals(100, 1_000, 7))]).unwrap();
        assert_eq!(price, Drivers { before: 10_000, price: -3_000, after: 7_000, ..Drivers::default() });
        let mix = drivers(&[(base, totals(50, 500, 10)), (totals(100, 100, 10), totals(150, 150, 10))]).unwrap();
        assert_eq!(mix, Drivers { before: 11_000, mix: -4_500, after: 6_500, ..Drivers::default() });
    }

    proptest! {
        #[test]
        fn the_drivers_add_up_to_the_change_exactly(
            groups in prop::collection::vec(
                ((0u64..1_000_000, 0u64..1_000_000_000, 0i128..100_000), (0u64..1_000_000, 0u64..1_000_000_000, 0i128..100_000)), 1..10),
        ) {
            let groups: Vec<_> = groups.into_iter().map(|(a, b)| (totals(a.0, a.1, a.2), totals(b.0, b.1, b.2))).collect();
            if let Some(d) = drivers(&groups) {
                prop_assert_eq!(d.before + d.volume + d.mix + d.efficiency + d.price, d.after);
            }
        }
    }
}
