//! Days are the sums of their hours that count, whichever way they came to be: added, taken out, folded anew, in another zone.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate};
use domain::calendar::ReportingCalendar;
use domain::money::Currency;
use domain::price::Lengths;
use domain::usage::{Measures, TokenCounts};
use store::Store;
use store::usage::{self, Cell, CellMove};
use store::workspace::{NewWorkspace, Settings};

const ZONES: [&str; 5] = ["UTC", "Asia/Kathmandu", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"];

/// Cells unique by hour and series, over a few days around a change of the clocks.
fn cells(rng: &mut fastrand::Rng, calendar: &ReportingCalendar) -> Vec<Cell> {
    let mut cells = BTreeMap::new();
    let few = rng.bool();
    for _ in 0..rng.usize(1..60) {
        // Long enough for days to be folded in several stretches.
        let second = 1_774_000_000 + rng.i64(0..if few { 1_200_000 } else { 9_000_000 });
        let offset = calendar.offset_seconds(DateTime::from_timestamp(second, 0).unwrap());
        let hour = calendar.cell_start(second, offset);
        let counts: [u64; Measures::COLUMNS.len()] = std::array::from_fn(|_| rng.u64(0..5_000_000_000));
        let stated = i128::from(rng.i64(-40_000_000_000..40_000_000_000)) * 1_000_000_007;
        let measures = Measures::from_counts(counts, stated);
        cells.insert((hour, rng.u32(1..4)), measures);
    }
    cells.into_iter().map(|((hour, series), measures)| Cell { hour, series, measures }).collect()
}

/// The same by the domain's own addition, hour by hour.
fn folded(imports: &[(bool, Vec<Cell>)], calendar: &ReportingCalendar) -> BTreeMap<(NaiveDate, u32), Measures> {
    let mut days: BTreeMap<_, Measures> = BTreeMap::new();
    for cell in imports.iter().filter(|(counts, _)| *counts).flat_map(|(_, cells)| cells) {
        days.entry((calendar.day_of_seconds(cell.hour), cell.series)).or_default().add(&cell.measures);
    }
    days
}

async fn stored(store: &Store) -> BTreeMap<(NaiveDate, u32), Measures> {
    let mut sums: BTreeMap<_, Measures> = BTreeMap::new();
    let mut connection = store.read().await.unwrap();
    usage::each_day(&mut connection, |one| sums.entry((one.day, one.series)).or_default().add(&one.measures))
        .await
        .unwrap();
    sums
}

#[tokio::test]
async fn days_are_the_sums_of_the_hours_that_count() {
    for seed in 0..12 {
        let mut rng = fastrand::Rng::with_seed(seed);
        let zone = ZONES[rng.usize(0..ZONES.len())];
        let calendar = ReportingCalendar::new(zone, 1).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let settings =
            Settings { name: "Days".into(), currency: Currency::USD, time_zone: zone.into(), fiscal_start_month: 1 };
        let new = NewWorkspace { settings, sample: false };
        let store = Store::create(&folder.path().join("days.quarterdeck"), &new).await.unwrap().finish().await.unwrap();
        let mut imports = Vec::new();
        for import in 1..=3 {
            let told = cells(&mut rng, &calendar);
            let mut write = store.write().await.unwrap();
            let feed = store::import::intern_source(&mut write, "feed", "generic-csv").await.unwrap();
            usage::insert(&mut write, &calendar, (import, feed), &told).await.unwrap();
            write.commit().await.unwrap();
            imports.push((true, told));
            assert_eq!(stored(&store).await, folded(&imports, &calendar), "seed {seed}, {zone}: import {import}");
        }
        for _ in 0..4 {
            let which = rng.usize(0..imports.len());
            let (counts, told) = &mut imports[which];
            *counts = !*counts;
            let (from, to) = (told[0].hour, told[told.len() - 1].hour);
            let mut write = store.write().await.unwrap();
            usage::set_counted(&mut write, which as i64 + 1, (from, to), *counts).await.unwrap();
            usage::rebuild_days(&mut write, &calendar, from, to).await.unwrap();
            write.commit().await.unwrap();
            assert_eq!(stored(&store).await, folded(&imports, &calendar), "seed {seed}, {zone}: import {which} told");
        }
        let elsewhere = ReportingCalendar::new(ZONES[rng.usize(0..ZONES.len())], 1).unwrap();
        let mut write = store.write().await.unwrap();
        usage::rebuild_all_days(&mut write, &elsewhere).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(stored(&store).await, folded(&imports, &elsewhere), "seed {seed}, {zone}: another zone");
        store.close().await;
    }
}

#[tokio::test]
async fn cells_move_where_the_domain_says_their_requests_are_of_a_length() {
    for seed in 0..6 {
        let mut rng = fastrand::Rng::with_seed(seed);
        let calendar = ReportingCalendar::new("UTC", 1).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let settings =
            Settings { name: "Days".into(), currency: Currency::USD, time_zone: "UTC".into(), fiscal_start_month: 1 };
        let new = NewWorkspace { settings, sample: false };
        let store = Store::create(&folder.path().join("days.quarterdeck"), &new).await.unwrap().finish().await.unwrap();
        let lengths = Lengths { above: Some(rng.u64(0..4)), up_to: Some(rng.u64(3..9)) };
        let told: Vec<Cell> = (0..300)
            .map(|n| {
                let (requests, input) = (rng.u64(0..4), rng.u64(0..20));
                let tokens = TokenCounts { input, cache_read: rng.u64(0..3), ..TokenCounts::default() };
                let measures = Measures { requests, tokens, ..Measures::default() };
                Cell { hour: 1_774_000_800 + n * 3600, series: 1, measures }
            })
            .collect();
        let mut write = store.write().await.unwrap();
        let feed = store::import::intern_source(&mut write, "feed", "generic-csv").await.unwrap();
        usage::insert(&mut write, &calendar, (1, feed), &told).await.unwrap();
        let moves = [CellMove { series: 1, target: 2, from: told[10].hour, to: told[290].hour, lengths }];
        let mut moved: Vec<i64> = usage::move_cells(&mut write, &calendar, &moves)
            .await
            .unwrap()
            .into_iter()
            .map(|(hour, ..)| hour)
            .collect();
        moved.sort_unstable();
        let fits = |cell: &&Cell| lengths.hold(cell.measures.requests, cell.measures.tokens.input_total());
        let expected: Vec<i64> = told[10..290].iter().filter(fits).map(|cell| cell.hour).collect();
        assert_eq!(moved, expected, "seed {seed}: {lengths:?}");
        write.commit().await.unwrap();
        store.close().await;
    }
}
