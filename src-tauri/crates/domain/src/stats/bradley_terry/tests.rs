use proptest::prelude::*;

use super::*;

fn settings(ties: Ties) -> Settings {
    let resampling = Resampling { resamples: 200, ..Resampling::seeded(1) };
    Settings { ties, anchor: Anchor::Mean, resampling }
}

fn game(first: usize, second: usize, outcome: Outcome) -> Game {
    Game { first, second, outcome, weight: 1.0, cluster: None }
}

fn rate(candidates: usize, games: &[Game]) -> Result<Ratings, NoRatings> {
    bradley_terry(candidates, games, &settings(Ties::HalfWins))
}

#[test]
fn candidates_never_compared_are_named() {
    let games = [(0, 2), (2, 0), (1, 3), (3, 1)].map(|(a, b)| game(a, b, Outcome::First));
    let groups = vec![vec![0, 2], vec![1, 3]];
    assert_eq!(rate(4, &games), Err(NoRatings::Disconnected { groups }));
    let alone = vec![vec![0, 2], vec![1]];
    assert_eq!(rate(3, &games[..2]), Err(NoRatings::Disconnected { groups: alone }));
}

#[test]
fn one_who_always_wins_has_no_finite_strength_and_is_named() {
    let mut games = [(2, 0), (2, 1), (0, 1), (1, 0)].map(|(a, b)| game(a, b, Outcome::First)).to_vec();
    let groups = vec![vec![2], vec![0, 1]];
    assert_eq!(rate(3, &games), Err(NoRatings::Separable { groups }));
    // A tie is enough to bound it.
    games.push(game(2, 0, Outcome::Tie));
    for ties in [Ties::HalfWins, Ties::Davidson] {
        let found = bradley_terry(3, &games, &settings(ties)).unwrap();
        assert!(found.log_strength[2] > found.log_strength[0] && found.log_strength.iter().all(|b| b.is_finite()));
        // Without that one tie a resample has no fit, and says so.
        assert!(found.without_fit > 20, "{}", found.without_fit);
    }
}

#[test]
fn nothing_but_ties_is_equal_strength_or_refused() {
    let games = [game(0, 1, Outcome::Tie), game(1, 0, Outcome::Tie)];
    let found = rate(2, &games).unwrap();
    assert_eq!(
        (found.log_strength, found.interval[0], found.bootstrap[0]),
        (vec![0.0; 2], Err(Refused::NoSpread), Err(Refused::NoSpread))
    );
    assert_eq!(bradley_terry(2, &games, &settings(Ties::Davidson)), Err(NoRatings::UnboundedTies));
}

#[test]
fn one_win_beside_ties_does_not_bound_how_likely_a_tie_is() {
    let ties = [(0, 1), (2, 3), (2, 0)].map(|(a, b)| game(a, b, Outcome::Tie));
    let mut games = [&[game(0, 2, Outcome::First)][..], &ties].concat();
    assert_eq!(bradley_terry(4, &games, &settings(Ties::Davidson)), Err(NoRatings::UnboundedTies));
    assert!(rate(4, &games).is_ok());
    games.push(game(2, 0, Outcome::First));
    assert!(bradley_terry(4, &games, &settings(Ties::Davidson)).is_ok());
}

#[test]
fn games_that_mean_nothing_are_refused() {
    assert_eq!(rate(2, &[]), Err(Refused::Empty.into()));
    assert_eq!(rate(0, &[]), Err(Refused::Empty.into()));
    let weighted = |weight| [Game { weight, ..game(0, 1, Outcome::First) }];
    assert_eq!(rate(2, &weighted(0.0)), Err(Refused::Empty.into()));
    assert_eq!(rate(2, &weighted(f64::NAN)), Err(Refused::Weight { row: 0 }.into()));
    assert_eq!(rate(2, &[game(1, 1, Outcome::First)]), Err(NoRatings::Candidate { game: 0 }));
    assert_eq!(rate(2, &[game(0, 2, Outcome::First)]), Err(NoRatings::Candidate { game: 0 }));
    let anchored = Settings { anchor: Anchor::Candidate(5), ..settings(Ties::HalfWins) };
    assert!(bradley_terry(2, &[game(0, 1, Outcome::First)], &anchored).is_err());
}

#[test]
fn a_single_cluster_has_strengths_but_no_interval_and_few_are_flagged() {
    let all = |cluster: fn(usize) -> u64| {
        (0..12)
            .map(move |at| Game {
                cluster: Some(cluster(at)),
                ..game(0, 1, if at % 3 > 0 { Outcome::First } else { Outcome::Second })
            })
            .collect::<Vec<_>>()
    };
    let found = rate(2, &all(|_| 7)).unwrap();
    assert!((found.log_strength[0] - found.log_strength[1] - 2f64.ln()).abs() < 1e-9);
    assert_eq!(
        (found.interval[0], found.bootstrap[0], found.few_clusters),
        (Err(Refused::OneCluster), Err(Refused::OneCluster), true)
    );
    assert!(rate(2, &all(|at| at as u64 / 2)).unwrap().interval[0].is_ok());
}

#[test]
fn davidsons_ties_have_their_closed_form_of_two_candidates() {
    // wins 6 and 3, ties 4: β = ln(6/3), ν = 4/√18.
    let count = [(6, Outcome::First), (3, Outcome::Second), (4, Outcome::Tie)];
    let games: Vec<Game> = count.iter().flat_map(|(times, outcome)| vec![game(0, 1, *outcome); *times]).collect();
    let found = bradley_terry(2, &games, &settings(Ties::Davidson)).unwrap();
    assert!((found.log_strength[0] - found.log_strength[1] - 2f64.ln()).abs() < 1e-9);
    assert!((found.log_tie.unwrap() - (4.0 / 18f64.sqrt()).ln()).abs() < 1e-9);
    // Half wins: 8 of 13.
    let found = rate(2, &games).unwrap();
    assert!((found.chance(0, 1).unwrap() - 8.0 / 13.0).abs() < 1e-12 && found.chance(0, 2).is_none());
}

#[test]
fn sandwich_and_bootstrap_agree_on_many_games() {
    let games: Vec<Game> = (0..900)
        .map(|at| {
            game(at % 3, (at + 1) % 3, [Outcome::First, Outcome::Tie, Outcome::Second, Outcome::First][at * at % 4])
        })
        .collect();
    let found = bradley_terry(
        3,
        &games,
        &Settings { resampling: Resampling { resamples: 2_000, ..Resampling::seeded(3) }, ..settings(Ties::HalfWins) },
    )
    .unwrap();
    for (sandwich, bootstrap) in found.interval.iter().zip(&found.bootstrap) {
        let (sandwich, bootstrap) = (sandwich.unwrap(), bootstrap.unwrap());
        let ratio = (bootstrap.high - bootstrap.low) / (sandwich.high - sandwich.low);
        assert!((0.93..1.07).contains(&ratio), "{sandwich:?} {bootstrap:?}");
    }
    assert_eq!(found.without_fit, 0);
}

#[test]
fn both_ways_of_counting_a_resample_count_the_same() {
    let games: Vec<Game> = (0..300)
        .map(|at| Game {
            cluster: Some(at as u64 / 6),
            ..game(at % 4, (at * at + at + 1) % 4, [Outcome::First, Outcome::Tie, Outcome::Second][at % 3])
        })
        .filter(|game| game.first != game.second)
        .collect();
    let (pairs, units) = units_of(4, &games).unwrap();
    let (looks, times) = patterns::counted(units);
    let resampling = Resampling { resamples: 100, ..Resampling::seeded(2) };
    let counted = |by_product| resampled_cells(&pairs, &looks, &times, &resampling, by_product, |cells| cells);
    assert_eq!(counted(true), counted(false));
}

fn any_games() -> impl Strategy<Value = Vec<Game>> {
    let outcome = prop_oneof![Just(Outcome::First), Just(Outcome::Second), Just(Outcome::Tie)];
    let one = (0usize..4, 1usize..4, outcome, 0u64..9).prop_map(|(first, step, outcome, cluster)| Game {
        cluster: Some(cluster),
        ..game(first, (first + step) % 4, outcome)
    });
    prop::collection::vec(one, 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_games_and_who_is_named_first_change_no_bit(games in any_games()) {
        let mirrored: Vec<Game> = games
            .iter()
            .rev()
            .map(|told| Game {
                first: told.second,
                second: told.first,
                outcome: match told.outcome {
                    Outcome::First => Outcome::Second,
                    Outcome::Second => Outcome::First,
                    Outcome::Tie => Outcome::Tie,
                },
                ..*told
            })
            .collect();
        prop_assert_eq!(rate(4, &games), rate(4, &mirrored));
    }

    #[test]
    fn renaming_candidates_renames_strengths(games in any_games()) {
        let renamed: Vec<Game> = games.iter().map(|told| Game { first: 3 - told.first, second: 3 - told.second, ..*told }).collect();
        for ties in [Ties::HalfWins, Ties::Davidson] {
            match (bradley_terry(4, &games, &settings(ties)), bradley_terry(4, &renamed, &settings(ties))) {
                (Ok(found), Ok(other)) => {
                    for at in 0..4 {
                        prop_assert!((found.log_strength[at] - other.log_strength[3 - at]).abs() < 1e-8);
                        prop_assert!((found.se_sandwich[at] - other.se_sandwich[3 - at]).abs() < 1e-7);
                        prop_assert!(found.log_strength[at].is_finite() && found.se_model[at].is_finite());
                    }
                }
                (Err(found), Err(other)) => prop_assert_eq!(std::mem::discriminant(&found), std::mem::discriminant(&other)),
                (found, other) => prop_assert!(false, "{:?} {:?}", found, other),
            }
        }
    }

    #[test]
    fn swapping_every_result_turns_strengths_around(games in any_games()) {
        let swapped: Vec<Game> = games.iter().map(|told| Game { first: told.second, second: told.first, ..*told }).collect();
        match (rate(4, &games), rate(4, &swapped)) {
            (Ok(found), Ok(other)) => {
                for at in 0..4 {
                    prop_assert!((found.log_strength[at] + other.log_strength[at]).abs() < 1e-9);
                }
            }
            (found, other) => prop_assert_eq!(found.is_err(), other.is_err()),
        }
    }
}
