//! The same cases through SciPy and statsmodels: `tests/fixtures/bakeoffs/stats_cases.json`, made by the script beside it.

use serde_json::Value;

use super::agreement::{Disagreement, Scale, cohen_kappa, fleiss_kappa, krippendorff_alpha};
use super::bradley_terry::{Anchor, Game, Outcome, Settings, Ties, bradley_terry};
use super::components::components;
use super::distribution::{beta_quantile, normal_below, normal_quantile, student_below, student_quantile};
use super::equivalence::{Estimated, Verdict, equivalence, non_inferior_pass_rate, non_inferiority};
use super::mcnemar::mcnemar;
use super::mean::mean;
use super::multiplicity::{benjamini_hochberg, holm};
use super::paired::paired_difference;
use super::proportion::{clopper_pearson, wilson};
use super::units::Design;
use super::wilcoxon::wilcoxon;
use super::{Interval, Resampling};

fn cases(of: &str) -> Vec<Value> {
    let file: Value =
        serde_json::from_str(include_str!("../../../../../tests/fixtures/bakeoffs/stats_cases.json")).unwrap();
    let cases = file[of].as_array().unwrap().clone();
    assert!(!cases.is_empty());
    cases
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|value| value.as_f64().unwrap()).collect()
}

fn scores(value: &Value) -> Vec<Option<f64>> {
    value.as_array().unwrap().iter().map(Value::as_f64).collect()
}

/// Equal to `digits` significant digits.
#[track_caller]
fn same(ours: f64, theirs: &Value, digits: i32, of: &str) {
    let theirs = theirs.as_f64().unwrap();
    let off = (ours - theirs).abs();
    assert!(off <= 10f64.powi(-digits) * theirs.abs().max(1e-300), "{of}: ours {ours:e}, theirs {theirs:e}");
}

fn quick() -> Resampling {
    Resampling { resamples: 50, ..Resampling::seeded(1) }
}

#[test]
fn quantiles_are_scipys() {
    for case in cases("distribution") {
        let share = case["share"].as_f64().unwrap();
        let off = |ours: f64, theirs: &Value| (ours - theirs.as_f64().unwrap()).abs();
        assert!(off(normal_quantile(share).unwrap(), &case["normal"]) < 1e-12, "{case}");
        for (name, freedom) in [("student_1", 1.0), ("student_7", 7.0), ("student_4999", 4_999.0)] {
            let ours = student_quantile(share, freedom).unwrap();
            assert!(off(ours, &case[name]) <= 1e-10 * ours.abs().max(1.0), "{name} {ours} {case}");
        }
        for (t, theirs) in [-40.0, -8.0, -2.0, 0.5, 3.0].iter().zip(case["student_7_below"].as_array().unwrap()) {
            same(student_below(*t, 7.0).unwrap(), theirs, 11, "Student");
        }
        for (z, theirs) in [-30.0, -8.0, -2.0, 0.5, 3.0].iter().zip(case["normal_below"].as_array().unwrap()) {
            same(normal_below(*z), theirs, 10, "normal");
        }
        same(beta_quantile(share, 2.0, 9.0).unwrap(), &case["beta_2_9"], 9, "beta");
        same(beta_quantile(share, 300.0, 1.0).unwrap(), &case["beta_300_1"], 9, "beta");
    }
}

#[test]
fn wilcoxon_is_scipys() {
    for case in cases("wilcoxon") {
        let found = wilcoxon(&scores(&case["a"]), &scores(&case["b"])).unwrap();
        assert_eq!(Value::from(found.exact), case["exact"]);
        same(found.p, &case["p"], 10, "p");
        same(found.positive_ranks.min(found.negative_ranks), &case["smaller_ranks"], 15, "ranks");
    }
}

#[test]
fn intervals_of_proportions_are_statsmodels() {
    for case in cases("proportion") {
        let number = |name: &str| case[name].as_u64().unwrap();
        let level = case["confidence"].as_f64().unwrap();
        for (name, find) in [("wilson", wilson as fn(_, _, _) -> _), ("clopper_pearson", clopper_pearson)] {
            let found: Interval = find(number("successes"), number("cases"), level).unwrap();
            let off = (found.low - case[name][0].as_f64().unwrap())
                .abs()
                .max((found.high - case[name][1].as_f64().unwrap()).abs());
            assert!(off < 1e-11, "{name} of {case}: {found:?}");
        }
    }
}

#[test]
fn mcnemar_is_statsmodels_and_scipys() {
    for case in cases("mcnemar") {
        let found = mcnemar([[10, case["b"].as_u64().unwrap()], [case["c"].as_u64().unwrap(), 7]]).unwrap();
        same(found.exact_p, &case["exact_p"], 10, "exact");
        same(found.mid_p, &case["mid_p"], 10, "mid-p");
        same(found.chi2, &case["chi2"], 12, "χ²");
        same(found.chi2_p, &case["chi2_p"], 10, "p of χ²");
        // statsmodels lets the correction overshoot where b = c: (|0| − 1)² is not 0. Edwards' stops at 0.
        if case["b"] != case["c"] {
            same(found.chi2_corrected, &case["chi2_corrected"], 12, "χ² corrected");
            same(found.chi2_corrected_p, &case["chi2_corrected_p"], 10, "p of χ² corrected");
        } else {
            assert_eq!((found.chi2_corrected, found.chi2_corrected_p), (0.0, 1.0));
        }
    }
}

#[test]
fn means_with_weights_and_clusters_are_statsmodels() {
    for case in cases("mean") {
        let (values, weights) = (scores(&case["values"]), numbers(&case["weights"]));
        let clusters: Vec<u64> = case["clusters"].as_array().unwrap().iter().map(|c| c.as_u64().unwrap()).collect();
        let design = Design { weights: Some(&weights), clusters: Some(&clusters), keys: None };
        let found = mean(&values, &design).unwrap();
        same(found.value, &case["mean"], 12, "mean");
        same(found.se.unwrap(), &case["se"], 10, "SE");
        let interval = found.interval(0.95).unwrap();
        same(interval.low, &case["interval"][0], 8, "low");
        same(interval.high, &case["interval"][1], 8, "high");
        // The whole comparison says the same of a difference from 0.
        let zero = vec![Some(0.0); values.len()];
        let difference = paired_difference(&values, &zero, &design, &quick()).unwrap().estimate;
        same(difference.value, &case["mean"], 9, "difference");
        same(difference.se.unwrap(), &case["se"], 9, "SE of the difference");
    }
}

#[test]
fn adjusted_p_values_are_statsmodels() {
    for case in cases("multiplicity") {
        let p = numbers(&case["p"]);
        for (name, ours) in [("holm", holm(&p).unwrap()), ("bh", benjamini_hochberg(&p).unwrap())] {
            for (at, ours) in ours.into_iter().enumerate() {
                // statsmodels' Holm undoes its steps with rounding: 13 digits.
                same(ours, &case[name][at], 12, name);
            }
        }
    }
}

#[test]
fn kappas_are_statsmodels() {
    for case in cases("kappa") {
        let column = |name: &str| numbers(&case[name]).into_iter().map(|x| x as usize).collect::<Vec<_>>();
        let ratings: Vec<_> = column("a").into_iter().zip(column("b")).collect();
        let categories = case["categories"].as_u64().unwrap() as usize;
        for (name, disagreement) in
            [("any", Disagreement::Any), ("linear", Disagreement::Linear), ("squared", Disagreement::Squared)]
        {
            let found = cohen_kappa(&ratings, categories, disagreement, &quick()).unwrap();
            same(found.value, &case[name]["kappa"], 10, name);
            same(found.se.unwrap(), &case[name]["ase"], 9, name);
        }
    }
    for case in cases("fleiss") {
        let counts: Vec<Vec<u32>> = case["counts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| numbers(row).into_iter().map(|x| x as u32).collect())
            .collect();
        same(fleiss_kappa(&counts, &quick()).unwrap().value, &case["kappa"], 10, "Fleiss");
    }
}

#[test]
fn alpha_is_that_of_the_coincidence_matrix() {
    for (at, case) in cases("alpha").into_iter().enumerate() {
        let units: Vec<Vec<Option<f64>>> = case["units"].as_array().unwrap().iter().map(scores).collect();
        for (name, scale, printed) in [
            ("nominal", Scale::Nominal, 0.743),
            ("ordinal", Scale::Ordinal, 0.815),
            ("interval", Scale::Interval, 0.849),
        ] {
            let found = krippendorff_alpha(&units, scale, &quick()).unwrap().value;
            same(found, &case[name], 10, name);
            // The first is Krippendorff's own example, 2011, section C.
            assert!(at > 0 || (found - printed).abs() <= 5e-4, "{name}: printed {printed}, ours {found}");
        }
    }
}

#[track_caller]
fn within_what_the_seed_moves(case: &Value, interval: Interval) {
    for (name, ours) in [("low", interval.low), ("high", interval.high)] {
        let (theirs, sd) = (case[name].as_f64().unwrap(), case[format!("{name}_sd")].as_f64().unwrap());
        println!("BCa {name}: SciPy {theirs:.5} ± {sd:.5}, ours {ours:.5}");
        assert!((ours - theirs).abs() <= 5.0 * sd, "{name}: SciPy {theirs} ± {sd}, ours {ours}");
    }
}

#[test]
fn bca_intervals_are_scipys_within_what_the_seed_moves() {
    for case in cases("bca") {
        let (a, b) = (scores(&case["a"]), scores(&case["b"]));
        let found = paired_difference(&a, &b, &Design::default(), &Resampling::seeded(9)).unwrap();
        within_what_the_seed_moves(&case, found.estimate.interval.unwrap());
    }
}

#[test]
fn bca_intervals_over_clusters_with_weights_and_gaps_are_scipys() {
    for case in cases("clustered_bca") {
        let weights = numbers(&case["weights"]);
        let clusters: Vec<u64> = numbers(&case["clusters"]).into_iter().map(|cluster| cluster as u64).collect();
        let design = Design { weights: Some(&weights), clusters: Some(&clusters), keys: None };
        let (a, b) = (scores(&case["a"]), scores(&case["b"]));
        let found = paired_difference(&a, &b, &design, &Resampling::seeded(9)).unwrap();
        within_what_the_seed_moves(&case, found.estimate.interval.unwrap());
    }
}

#[test]
fn equivalence_is_statsmodels() {
    for case in cases("tost") {
        let (a, b, margin) = (numbers(&case["a"]), numbers(&case["b"]), case["margin"].as_f64().unwrap());
        let differences: Vec<_> = a.iter().zip(&b).map(|(a, b)| Some(a - b)).collect();
        let estimated = Estimated::of_mean(&mean(&differences, &Design::default()).unwrap()).unwrap();
        let found = equivalence(&estimated, margin, 0.05).unwrap();
        same(found.p, &case["p"], 9, "p");
        same(found.interval.low, &case["interval"][0], 9, "low");
        same(found.interval.high, &case["interval"][1], 9, "high");
        same(non_inferiority(&estimated, margin, 0.05).unwrap().p, &case["p_above"], 9, "one side");
        assert_eq!(found.verdict == Verdict::Shown, case["p"].as_f64().unwrap() <= 0.05);
    }
}

#[test]
fn tangos_interval_is_that_of_the_maximised_likelihood() {
    for case in cases("tango") {
        let count = |name: &str| case[name].as_u64().unwrap();
        let found =
            non_inferior_pass_rate(count("b"), count("c"), count("cases"), case["margin"].as_f64().unwrap(), 0.025)
                .unwrap();
        same(found.interval.low, &case["low"], 5, "low");
        same(found.interval.high, &case["high"], 5, "high");
        same(found.p, &case["p"], 4, "p");
    }
}

#[test]
fn strengths_with_ties_are_those_of_a_general_optimiser() {
    for case in cases("davidson") {
        let games: Vec<Game> = case["games"]
            .as_array()
            .unwrap()
            .iter()
            .map(|game| {
                let at = |k: usize| game[k].as_u64().unwrap() as usize;
                let outcome = [Outcome::First, Outcome::Second, Outcome::Tie][at(2)];
                Game { first: at(0), second: at(1), outcome, weight: 1.0, cluster: None }
            })
            .collect();
        let settings = Settings { ties: Ties::Davidson, anchor: Anchor::Candidate(0), resampling: quick() };
        let found = bradley_terry(case["candidates"].as_u64().unwrap() as usize, &games, &settings).unwrap();
        for (ours, theirs) in found.log_strength.iter().zip(numbers(&case["log_strength"])) {
            assert!((ours - theirs).abs() < 1e-5, "{ours} {theirs}");
        }
        assert!((found.log_tie.unwrap() - case["log_tie"].as_f64().unwrap()).abs() < 1e-5);
    }
}

#[test]
fn components_are_those_of_the_analysis_of_variance() {
    for case in cases("components") {
        let groups: Vec<Vec<f64>> = case["groups"].as_array().unwrap().iter().map(numbers).collect();
        let found = components(&groups).unwrap();
        same(found.within_case, &case["within"], 11, "within");
        let n0 = case["n0"].as_f64().unwrap();
        same(1.0 + n0 * found.between_cases / found.within_case, &case["f"], 10, "F");
    }
}
