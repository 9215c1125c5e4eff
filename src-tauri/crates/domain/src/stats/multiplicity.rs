//! p values of many comparisons at once.

use super::Refused;

fn ranked(p: &[f64]) -> Result<Vec<usize>, Refused> {
    if let Some(row) = p.iter().position(|p| !p.is_finite()) {
        return Err(Refused::NotFinite { row });
    }
    if p.iter().any(|p| !(0.0..=1.0).contains(p)) {
        return Err(Refused::OutOfRange { what: "p" });
    }
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    Ok(order)
}

/// Adjusted p values in the order given that hold the chance of even one false alarm: the largest of (m−j+1)·p₍ⱼ₎ up to each
/// rank, at most 1 (Holm, Scandinavian Journal of Statistics 6, 1979). No assumption on how the comparisons depend.
///
/// # Errors
/// [`Refused::NotFinite`], [`Refused::OutOfRange`].
pub fn holm(p: &[f64]) -> Result<Vec<f64>, Refused> {
    let mut adjusted = vec![0.0; p.len()];
    let mut largest: f64 = 0.0;
    for (rank, at) in ranked(p)?.into_iter().enumerate() {
        largest = largest.max(((p.len() - rank) as f64 * p[at]).min(1.0));
        adjusted[at] = largest;
    }
    Ok(adjusted)
}

/// Adjusted p values that hold the expected share of false alarms among alarms: the smallest of m·p₍ⱼ₎/j from each rank on, at
/// most 1 (Benjamini, Hochberg, JRSS B 57, 1995). For independent or positively dependent comparisons.
///
/// # Errors
/// [`Refused::NotFinite`], [`Refused::OutOfRange`].
pub fn benjamini_hochberg(p: &[f64]) -> Result<Vec<f64>, Refused> {
    let mut adjusted = vec![0.0; p.len()];
    let mut smallest: f64 = 1.0;
    for (rank, at) in ranked(p)?.into_iter().enumerate().rev() {
        smallest = smallest.min(p[at] * (p.len() as f64 / (rank + 1) as f64));
        adjusted[at] = smallest;
    }
    Ok(adjusted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_comparison_and_no_p_value_are_no_panic() {
        assert_eq!((holm(&[]), benjamini_hochberg(&[])), (Ok(vec![]), Ok(vec![])));
        assert_eq!(holm(&[0.5, f64::NAN]), Err(Refused::NotFinite { row: 1 }));
        assert_eq!(benjamini_hochberg(&[1.5]), Err(Refused::OutOfRange { what: "p" }));
        assert_eq!(holm(&[0.03]), Ok(vec![0.03]));
    }

    proptest! {
        #[test]
        fn adjusting_keeps_the_order_raises_and_does_not_depend_on_it(p in prop::collection::vec(0.0f64..=1.0, 1..30)) {
            for adjust in [holm, benjamini_hochberg] {
                let adjusted = adjust(&p).unwrap();
                for (at, raw) in p.iter().enumerate() {
                    prop_assert!(adjusted[at] >= *raw && adjusted[at] <= 1.0);
                    for (other, theirs) in p.iter().enumerate() {
                        prop_assert!(raw > theirs || adjusted[at] <= adjusted[other]);
                    }
                }
                let mut reversed = p.clone();
                reversed.reverse();
                let mut back = adjust(&reversed).unwrap();
                back.reverse();
                prop_assert_eq!(&back, &adjusted);
            }
            prop_assert!(holm(&p).unwrap().iter().zip(benjamini_hochberg(&p).unwrap()).all(|(holm, bh)| *holm >= bh));
        }
    }
}
