//! Cohen's κ of two raters.

use super::super::{Refused, Resampling, patterns};
use super::{Agreement, agreement};

/// How bad it is to disagree by some categories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disagreement {
    /// All the same: categories without an order.
    Any,
    /// By |i − j| (Cicchetti, Allison, American Journal of EEG Technology 11, 1971).
    Linear,
    /// By (i − j)² (Fleiss, Cohen, Educational and Psychological Measurement 33, 1973).
    Squared,
}

impl Disagreement {
    /// The weight of agreement, 1 where they agree and 0 where they could not be further apart.
    fn agreeing(self, a: usize, b: usize, categories: usize) -> f64 {
        let apart = a.abs_diff(b) as f64 / (categories.max(2) - 1) as f64;
        match self {
            Self::Any => f64::from(a == b),
            Self::Linear => 1.0 - apart,
            Self::Squared => 1.0 - apart * apart,
        }
    }
}

/// κ = (Pₒ − Pₑ)/(1 − Pₑ) with Pₒ = Σwᵢⱼpᵢⱼ and Pₑ = Σwᵢⱼpᵢ.p.ⱼ (Cohen, Educational and Psychological Measurement 20, 1960;
/// weighted: Psychological Bulletin 70, 1968), and its asymptotic standard error (Fleiss, Cohen, Everitt, Psychological Bulletin
/// 72, 1969). One pair of categories, below `categories`, a unit both have rated.
///
/// # Errors
/// [`Refused::Empty`]; [`Refused::OutOfRange`]; [`Refused::NoSpread`] where both use one and the same category throughout.
pub fn cohen_kappa(
    ratings: &[(usize, usize)],
    categories: usize,
    disagreement: Disagreement,
    resampling: &Resampling,
) -> Result<Agreement, Refused> {
    if ratings.iter().any(|(a, b)| *a.max(b) >= categories) {
        return Err(Refused::OutOfRange { what: "category" });
    }
    let (cells, times) = patterns::counted(ratings.to_vec());
    let weights: Vec<f64> = cells.iter().map(|(a, b)| disagreement.agreeing(*a, *b, categories)).collect();
    let statistic = |counts: &[f64]| {
        let margins = Margins::of(&cells, counts, categories);
        let observed = weights.iter().zip(counts).map(|(weight, count)| weight * count).sum::<f64>() / margins.whole;
        let expected = margins.expected(disagreement, categories);
        // Rounding must not make a chance of 1 look like less.
        (1.0 - expected > 1e-12).then(|| (observed - expected) / (1.0 - expected))
    };
    let whole: Vec<f64> = times.iter().map(|times| f64::from(*times)).collect();
    let se = statistic(&whole).map(|kappa| {
        let margins = Margins::of(&cells, &whole, categories);
        let expected = margins.expected(disagreement, categories);
        let by_first = margins.mean_weights(&margins.second, disagreement, categories);
        let by_second = margins.mean_weights(&margins.first, disagreement, categories);
        let spread: f64 = cells
            .iter()
            .zip(&weights)
            .zip(&whole)
            .map(|(((a, b), weight), count)| {
                count / margins.whole * (weight - (by_first[*a] + by_second[*b]) * (1.0 - kappa)).powi(2)
            })
            .sum();
        let variance = spread - (kappa - expected * (1.0 - kappa)).powi(2);
        (variance.max(0.0) / margins.whole).sqrt() / (1.0 - expected)
    });
    agreement(&times, se, resampling, statistic)
}

/// How often each rater uses each category.
struct Margins {
    first: Vec<f64>,
    second: Vec<f64>,
    whole: f64,
}

impl Margins {
    fn of(cells: &[(usize, usize)], counts: &[f64], categories: usize) -> Self {
        let (mut first, mut second) = (vec![0.0; categories], vec![0.0; categories]);
        for ((a, b), count) in cells.iter().zip(counts) {
            first[*a] += count;
            second[*b] += count;
        }
        Self { whole: first.iter().sum(), first, second }
    }

    /// For each category, the mean weight against what the other rater uses.
    fn mean_weights(&self, other: &[f64], disagreement: Disagreement, categories: usize) -> Vec<f64> {
        let weight = |a: usize| {
            let against = other.iter().enumerate().filter(|(_, count)| **count > 0.0);
            against.map(|(b, count)| disagreement.agreeing(a, b, categories) * count).sum::<f64>() / self.whole
        };
        (0..categories).map(weight).collect()
    }

    fn expected(&self, disagreement: Disagreement, categories: usize) -> f64 {
        if disagreement == Disagreement::Any {
            return self.first.iter().zip(&self.second).map(|(a, b)| a * b).sum::<f64>() / (self.whole * self.whole);
        }
        let weights = self.mean_weights(&self.second, disagreement, categories);
        self.first.iter().zip(weights).map(|(count, weight)| count * weight).sum::<f64>() / self.whole
    }
}
