//! Quantiles and tail probabilities, by the crate `statrs`, with what lies outside their range refused.

use statrs::distribution::{Beta, Binomial, Continuous, ContinuousCDF, Discrete, DiscreteCDF, Normal, StudentsT};

use super::{Refused, between, finite, positive};

/// Φ(z): the share of a standard normal distribution below `z`.
pub fn normal_below(z: f64) -> f64 {
    Normal::standard().cdf(z)
}

/// Φ⁻¹(share).
///
/// # Errors
/// [`Refused::OutOfRange`] unless the share lies between 0 and 1.
pub fn normal_quantile(share: f64) -> Result<f64, Refused> {
    finite(Normal::standard().inverse_cdf(between(share, "share")?), "share")
}

fn student(freedom: f64) -> Result<StudentsT, Refused> {
    StudentsT::new(0.0, 1.0, positive(freedom, "degrees of freedom")?)
        .map_err(|_| Refused::OutOfRange { what: "degrees of freedom" })
}

/// The share of Student's distribution below `t`.
///
/// # Errors
/// [`Refused::OutOfRange`] unless there are more than 0 degrees of freedom.
pub fn student_below(t: f64, freedom: f64) -> Result<f64, Refused> {
    finite(student(freedom)?.cdf(t), "t")
}

/// The value below which `share` of Student's distribution lies. Newton's method on the cumulative function: `statrs` 0.19 gives
/// −6.7·10⁷ for 10⁻⁹ of one degree of freedom, which is −3.2·10⁸.
///
/// # Errors
/// [`Refused::OutOfRange`].
pub fn student_quantile(share: f64, freedom: f64) -> Result<f64, Refused> {
    let student = student(freedom)?;
    let share = between(share, "share")?;
    if share > 0.5 {
        return student_quantile(1.0 - share, freedom).map(|t| -t);
    }
    // Below the median the function is convex and its tails are heavier than the normal ones: from the normal quantile on every
    // step goes down towards the answer and none beyond it.
    let mut t = normal_quantile(share)?;
    for _ in 0..200 {
        let step = (student.cdf(t) - share) / student.pdf(t);
        t = finite(t - step, "share")?;
        if step.abs() <= 1e-14 * t.abs() {
            break;
        }
    }
    Ok(t.min(0.0))
}

/// The value below which `share` of the beta distribution B(a, b) lies. Newton's method within a shrinking bracket, to the
/// last digits: a quantile found by bisection alone is wrong in the twelfth digit, which printed limits would show.
///
/// # Errors
/// [`Refused::OutOfRange`].
pub fn beta_quantile(share: f64, a: f64, b: f64) -> Result<f64, Refused> {
    let share = between(share, "share")?;
    let beta = Beta::new(positive(a, "a")?, positive(b, "b")?).map_err(|_| Refused::OutOfRange { what: "a, b" })?;
    let (mut low, mut high) = (0.0, 1.0);
    let mut x = a / (a + b);
    for _ in 0..200 {
        let over = beta.cdf(x) - share;
        if over > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let density = beta.pdf(x);
        let newton = x - over / density;
        let next = if newton > low && newton < high { newton } else { (low + high) / 2.0 };
        if (next - x).abs() <= 1e-15 * x.max(1e-300) || high - low <= f64::EPSILON * low {
            return Ok(next);
        }
        x = next;
    }
    Ok(x)
}

/// P(X ≤ k) of a binomial distribution of `trials` with probability `p`.
///
/// # Errors
/// [`Refused::OutOfRange`] unless the probability lies in 0..=1.
pub fn binomial_up_to(k: u64, p: f64, trials: u64) -> Result<f64, Refused> {
    let binomial = Binomial::new(p, trials).map_err(|_| Refused::OutOfRange { what: "probability" })?;
    Ok(binomial.cdf(k))
}

/// P(X = k) of the same.
///
/// # Errors
/// [`Refused::OutOfRange`].
pub fn binomial_at(k: u64, p: f64, trials: u64) -> Result<f64, Refused> {
    let binomial = Binomial::new(p, trials).map_err(|_| Refused::OutOfRange { what: "probability" })?;
    Ok(binomial.pmf(k))
}
