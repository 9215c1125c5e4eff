//! Every published value in `tests/fixtures/bakeoffs/reference_values.json`, reproduced to the digits it is printed with. The test
//! prints the table: `cargo test -p domain published -- --nocapture`.

use serde_json::Value;

use super::Resampling;
use super::agreement::{Disagreement, Scale, cohen_kappa, fleiss_kappa, krippendorff_alpha};
use super::bradley_terry::{Anchor, Game, Outcome, Settings, Ties, bradley_terry};
use super::mcnemar::mcnemar;
use super::mean::mean;
use super::power::PairedDesign;
use super::proportion::wilson;
use super::topsis::topsis;
use super::units::Design;

fn published() -> Value {
    serde_json::from_str(include_str!("../../../../../tests/fixtures/bakeoffs/reference_values.json")).unwrap()
}

/// Rows of source, published, ours.
struct Table(Vec<(String, f64, f64)>);

impl Table {
    /// `to` is half of the last printed digit, or what the file's own arithmetic allows.
    fn check(&mut self, source: &str, published: &Value, ours: f64, to: f64) {
        let published = published.as_f64().unwrap_or_else(|| panic!("{source} is not in the file"));
        self.0.push((source.to_owned(), published, ours));
        assert!((published - ours).abs() <= to, "{source}: published {published}, ours {ours}, allowed {to}");
    }
}

fn quick() -> Resampling {
    Resampling { resamples: 200, ..Resampling::seeded(1) }
}

fn games(results: impl IntoIterator<Item = (usize, usize, u64, u64)>) -> Vec<Game> {
    let game = |first, second, outcome| Game { first, second, outcome, weight: 1.0, cluster: None };
    let of = |(i, j, wins, losses): (usize, usize, u64, u64)| {
        let won = (0..wins).map(move |_| game(i, j, Outcome::First));
        won.chain((0..losses).map(move |_| game(i, j, Outcome::Second)))
    };
    results.into_iter().flat_map(of).collect()
}

/// Fleiss 1971 by way of Wikipedia, "Fleiss' kappa", Worked example: ten subjects, 14 raters, five categories.
const WIKIPEDIA_FLEISS: [[u32; 5]; 10] = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
];

/// Fleiss 1971, psychiatric diagnoses: 30 patients, six raters, five categories, as R's irr has them (`diagnoses`).
const DIAGNOSES: [&str; 30] = [
    "444444", "222555", "233335", "555555", "222444", "113333", "333355", "113334", "114444", "555555", "144444",
    "124444", "222333", "144444", "224445", "333335", "111455", "111112", "224444", "133555", "555555", "244444",
    "224555", "114444", "144445", "222224", "111155", "224444", "133333", "555555",
];

/// Wikipedia, "Bradley–Terry model", Worked example: (i, j, times i beat j, times j beat i) for A, B, C, D.
const WIKIPEDIA_GAMES: [(usize, usize, u64, u64); 5] =
    [(0, 1, 2, 3), (0, 3, 1, 4), (1, 2, 5, 3), (2, 3, 1, 3), (0, 2, 0, 0)];

#[test]
fn every_published_value_is_reproduced() {
    let file = published();
    let mut table = Table(Vec::new());

    let found = mcnemar([[101, 121], [59, 33]]).unwrap();
    let entry = &file["mcnemar_textbook"];
    table.check("McNemar χ² (statsmodels, mlxtend)", &entry["chi2"], found.chi2, 1e-12);
    table.check("McNemar χ² with correction", &entry["chi2_cc"], found.chi2_corrected, 1e-12);
    table.check("McNemar exact p", &entry["exact_p"], found.exact_p, 1e-14);

    let entry = &file["bt_citations"];
    let counts = entry["counts(i,j,i_wins,j_wins)"].as_array().unwrap().iter().map(|row| {
        let at = |k: usize| row[k].as_u64().unwrap();
        (at(0) as usize, at(1) as usize, at(2), at(3))
    });
    let citations = games(counts);
    for ties in [Ties::HalfWins, Ties::Davidson] {
        let settings = Settings { ties, anchor: Anchor::Candidate(0), resampling: quick() };
        let found = bradley_terry(4, &citations, &settings).unwrap();
        for (at, name) in entry["names"].as_array().unwrap().iter().enumerate() {
            let of = |what: &str| format!("Bradley–Terry citations, {what} of {} ({ties:?})", name.as_str().unwrap());
            table.check(&of("β"), &entry["coef"][at], found.log_strength[at], 5e-6);
            table.check(&of("SE"), &entry["se_model"][at], found.se_model[at], 5e-6);
            table.check(&of("sandwich SE"), &entry["se_sandwich_computed_here"][at], found.se_sandwich[at], 5e-6);
        }
        let found = bradley_terry(4, &games(WIKIPEDIA_GAMES), &Settings { anchor: Anchor::Mean, ..settings }).unwrap();
        for (at, strength) in found.strengths().into_iter().enumerate() {
            let source = format!("Bradley–Terry Wikipedia, p of {at} ({ties:?})");
            table.check(&source, &file["bt_wikipedia"]["p"][at], strength, 5e-4);
        }
    }

    let values: Vec<_> = (0..20).map(|value| Some(f64::from(value))).collect();
    let clusters: Vec<u64> = (0..20).map(|at| at % 4).collect();
    let found = mean(&values, &Design { clusters: Some(&clusters), ..Design::default() }).unwrap();
    table.check("clustered SE (Inspect)", &file["clustered_se_inspect"]["se"], found.se.unwrap(), 1e-3);

    let units = |rows: &[&[f64]]| rows.iter().map(|row| row.iter().copied().map(Some).collect()).collect::<Vec<_>>();
    let alpha = |rows: &[&[f64]], scale| krippendorff_alpha(&units(rows), scale, &quick()).unwrap().value;
    let entry = &file["krippendorff_inspect"];
    let name = "nominal [[1,1,1],[0,0,0],[1,1,1],[0,0,1]]";
    let rows: [&[f64]; 4] = [&[1., 1., 1.], &[0., 0., 0.], &[1., 1., 1.], &[0., 0., 1.]];
    table.check("Krippendorff α nominal, 4 × 3 (Inspect)", &entry[name], alpha(&rows, Scale::Nominal), 1e-12);
    let rows: [&[f64]; 4] = [&[0., 1.], &[0., 1.], &[1., 0.], &[1., 0.]];
    let name = "nominal [[0,1],[0,1],[1,0],[1,0]]";
    table.check("Krippendorff α nominal, 4 × 2 (Inspect)", &entry[name], alpha(&rows, Scale::Nominal), 1e-12);
    let rows: [&[f64]; 3] = [&[1., 2.], &[3., 4.], &[1., 1.]];
    let name = "interval [[1,2],[3,4],[1,1]]";
    table.check("Krippendorff α interval (Inspect)", &entry[name], alpha(&rows, Scale::Interval), 1e-12);

    let counts: Vec<Vec<u32>> = WIKIPEDIA_FLEISS.iter().map(|row| row.to_vec()).collect();
    let found = fleiss_kappa(&counts, &quick()).unwrap().value;
    table.check("Fleiss κ (Wikipedia)", &file["fleiss_wikipedia"], found, 5e-4);
    let count = |row: &str| ('1'..='5').map(|category| row.matches(category).count() as u32).collect();
    let counts: Vec<Vec<u32>> = DIAGNOSES.iter().map(|row| count(row)).collect();
    let found = fleiss_kappa(&counts, &quick()).unwrap().value;
    table.check("Fleiss κ (diagnoses, R irr)", &file["fleiss_irr_diagnoses"], found, 5e-8);

    let entry = &file["cohen_sas [[0,4,1],[0,8,0],[0,1,5]]"];
    let cells: [[usize; 3]; 3] = [[0, 4, 1], [0, 8, 0], [0, 1, 5]];
    let ratings: Vec<(usize, usize)> = (0..9).flat_map(|at| vec![(at / 3, at % 3); cells[at / 3][at % 3]]).collect();
    let plain = cohen_kappa(&ratings, 3, Disagreement::Any, &quick()).unwrap();
    let weighted = cohen_kappa(&ratings, 3, Disagreement::Linear, &quick()).unwrap();
    table.check("Cohen κ (SAS)", &entry["kappa"], plain.value, 5e-5);
    table.check("Cohen κ, ASE (SAS)", &entry["ase"], plain.se.unwrap(), 5e-5);
    table.check("Cohen κ weighted (SAS)", &entry["weighted"], weighted.value, 5e-5);

    let entry = &file["topsis_tzeng2011"];
    let numbers = |value: &Value| value.as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect::<Vec<_>>();
    let rows: Vec<Vec<f64>> = entry["matrix"].as_array().unwrap().iter().map(numbers).collect();
    for (at, closeness) in topsis(&rows, &numbers(&entry["w"])).unwrap().into_iter().enumerate() {
        table.check(&format!("TOPSIS, row {at} (Tzeng, Huang 2011)"), &entry["similarity"][at], closeness, 5e-5);
    }

    // 40/100 is printed to four digits, the others to five.
    for (text, successes, cases, to) in [("17/20", 17, 20, 5e-6), ("5/5", 5, 5, 5e-6), ("40/100", 40, 100, 5e-5)] {
        let found = wilson(successes, cases, 0.95).unwrap();
        table.check(&format!("Wilson {text}, low"), &file["wilson95"][text][0], found.low, to);
        table.check(&format!("Wilson {text}, high"), &file["wilson95"][text][1], found.high, to);
    }

    let plain = PairedDesign { between_cases: 1.0 / 9.0, within_case: [0.0; 2], repeats: [1; 2], design_effect: 1.0 };
    let noisy = PairedDesign { within_case: [1.0 / 6.0; 2], ..plain };
    let entry = &file["power"];
    // The file's figures rest on normal quantiles good to seven digits: SciPy's give 968.99750 and 3875.98999.
    let found = plain.cases_needed(0.03, 0.05, 0.8).unwrap();
    assert!((found - 968.997_498).abs() < 1e-6);
    table.check("power, n (Miller 2024)", &entry["n(delta=.03,alpha=.05,power=.8,omega2=1/9,sigma=0)"], found, 5e-4);
    let found = noisy.cases_needed(0.03, 0.05, 0.8).unwrap();
    table.check("power, n with noise (Miller 2024)", &entry["n(same,sigmaA2=sigmaB2=1/6,K=1)"], found, 2e-3);

    println!("{:<66}{:>20}{:>20}{:>12}", "source", "published", "ours", "difference");
    for (source, published, ours) in &table.0 {
        println!("{source:<66}{published:>20.12}{ours:>20.12}{:>12.1e}", ours - published);
    }
    // No entry of the file is left out.
    let entries = file.as_object().unwrap().len();
    assert_eq!((entries, table.0.len()), (11, 56), "entries, and rows of the table");
}
