//! TOPSIS (Hwang, Yoon, "Multiple Attribute Decision Making", 1981), to reproduce rankings others publish by it. Decisions here do
//! not rest on it: its anchors are the candidates at hand, so that adding one can reorder the others.

use super::{Refused, not_negative};

/// Closeness of each row to the ideal, 0 to 1: columns are divided by their length and weighed; of the distances d⁺ to the best and
/// d⁻ to the worst of each column it is d⁻/(d⁺ + d⁻). Higher is better in every column.
///
/// # Errors
/// [`Refused::Empty`], [`Refused::LengthsDiffer`], [`Refused::NotFinite`] by row, [`Refused::Weight`] by column;
/// [`Refused::NoSpread`] where all rows are equal.
pub fn topsis(rows: &[Vec<f64>], weights: &[f64]) -> Result<Vec<f64>, Refused> {
    if rows.is_empty() || weights.is_empty() {
        return Err(Refused::Empty);
    }
    if let Some(row) = rows.iter().find(|row| row.len() != weights.len()) {
        return Err(Refused::LengthsDiffer { left: row.len(), right: weights.len() });
    }
    if let Some(row) = rows.iter().position(|row| row.iter().any(|value| !value.is_finite())) {
        return Err(Refused::NotFinite { row });
    }
    let (mut to_best, mut to_worst) = (vec![0.0; rows.len()], vec![0.0; rows.len()]);
    for (column, weight) in weights.iter().enumerate() {
        let weight = not_negative(*weight, "weight").map_err(|_| Refused::Weight { row: column })?;
        let largest = rows.iter().map(|row| row[column].abs()).fold(0.0, f64::max);
        if largest == 0.0 {
            continue;
        }
        let length = rows.iter().map(|row| (row[column] / largest).powi(2)).sum::<f64>().sqrt();
        let weighed: Vec<f64> = rows.iter().map(|row| weight * (row[column] / largest / length)).collect();
        let best = weighed.iter().copied().fold(f64::MIN, f64::max);
        let worst = weighed.iter().copied().fold(f64::MAX, f64::min);
        for (row, value) in weighed.into_iter().enumerate() {
            to_best[row] += (value - best).powi(2);
            to_worst[row] += (value - worst).powi(2);
        }
    }
    let closeness = to_best.iter().zip(&to_worst).map(|(best, worst): (&f64, &f64)| {
        let whole = best.sqrt() + worst.sqrt();
        if whole > 0.0 && whole.is_finite() { Ok(worst.sqrt() / whole) } else { Err(Refused::NoSpread) }
    });
    closeness.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_do_not_differ_and_bad_tables_are_refused() {
        assert_eq!(topsis(&[], &[1.0]), Err(Refused::Empty));
        assert_eq!(topsis(&[vec![1.0], vec![1.0]], &[1.0]), Err(Refused::NoSpread));
        assert_eq!(topsis(&[vec![1.0, 2.0]], &[1.0]), Err(Refused::LengthsDiffer { left: 2, right: 1 }));
        assert_eq!(topsis(&[vec![f64::NAN]], &[1.0]), Err(Refused::NotFinite { row: 0 }));
        assert_eq!(topsis(&[vec![1.0]], &[-1.0]), Err(Refused::Weight { row: 0 }));
        assert_eq!(topsis(&[vec![0.0, 2.0], vec![0.0, 1.0]], &[0.5, 0.5]), Ok(vec![1.0, 0.0]));
    }
}
