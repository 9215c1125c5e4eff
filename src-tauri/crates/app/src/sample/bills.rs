//! What the sample's vendors charge: their bills for what the gateway metered, each with what a person would find in it.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate};
use domain::calendar::{ReportingCalendar, Tz, utc_day};
use domain::economics::{BasisKind, ChargeKind};
use domain::money::{Currency, Femtos};
use domain::price::{Layer, PriceRow, in_force};
use domain::usage::{Dimension, Known, Measures, TokenCounts};
use store::Write;
use store::usage::{Cell, SeriesKey};

use super::Told;
use crate::{Context, Result};

/// What one model came to on a day of UTC: at the prices in force, and at list prices alone.
#[derive(Debug, Clone, Copy, Default)]
struct Metered {
    own: Femtos,
    listed: Femtos,
}

/// What was metered, by vendor, model and day of UTC.
#[derive(Debug, Default)]
pub(super) struct Account(BTreeMap<(String, String, NaiveDate), Metered>);

impl Account {
    pub(super) fn add(
        &mut self,
        (vendor, model): (&str, &str),
        hour: i64,
        candidates: &[&PriceRow],
        tokens: &TokenCounts,
    ) {
        let at = DateTime::from_timestamp(hour, 0).unwrap_or_default();
        let cost = |row: Option<&PriceRow>| row.map_or(Femtos(0), |row| row.rates_of(0).cost(tokens).total());
        let listed: Vec<&PriceRow> = candidates.iter().copied().filter(|row| row.layer == Layer::List).collect();
        let day = self.0.entry((vendor.to_owned(), model.to_owned(), utc_day(hour))).or_default();
        day.own += cost(in_force(candidates, at));
        day.listed += cost(in_force(&listed, at));
    }
}

struct Vendor {
    provider: &'static str,
    feed: &'static str,
    format: &'static str,
    /// The feature whose web searches are charged beside its tokens, in USD a day.
    searches: Option<(&'static str, i128)>,
    /// Days at the end that are not billed yet.
    behind: i64,
}

const VENDORS: [Vendor; 3] = [
    Vendor {
        provider: "openai",
        feed: "OpenAI costs",
        format: "openai-costs",
        searches: Some(("Support chat", 85)),
        behind: 1,
    },
    Vendor {
        provider: "anthropic",
        feed: "Anthropic console",
        format: "anthropic-cost-csv",
        searches: None,
        behind: 1,
    },
    Vendor { provider: "google", feed: "Google Cloud billing", format: "generic-csv", searches: None, behind: 6 },
];

/// Writes every vendor's bill up to today. Anthropic's forgot the negotiated price in the middle month of the last whole quarter.
pub(super) async fn write(
    context: &Context,
    write: &mut Write,
    calendar: &ReportingCalendar,
    account: &Account,
    today: NaiveDate,
) -> Result<()> {
    let (first, _) = calendar.days(calendar.previous(calendar.quarter_of(today)));
    let forgotten = first + chrono::Months::new(1);
    let day_zone = Some(Tz::UTC);
    let mut names = store::dimension::names(write.connection()).await?;
    for (index, vendor) in VENDORS.iter().enumerate() {
        let source_id = store::import::intern_source(write, vendor.feed, vendor.format).await?;
        let mut charges: BTreeMap<(NaiveDate, String, &str, ChargeKind), i128> = BTreeMap::new();
        for ((provider, model, day), metered) in &account.0 {
            if provider != vendor.provider || *day > today - chrono::Duration::days(vendor.behind) {
                continue;
            }
            let is_forgotten =
                provider == "anthropic" && (day.year(), day.month()) == (forgotten.year(), forgotten.month());
            let amount = if is_forgotten { metered.listed } else { metered.own };
            // Bills are in cents.
            const CENT: i128 = 10_000_000;
            let nanos = (amount.to_nanos() + CENT / 2).div_euclid(CENT) * CENT;
            charges.insert((*day, model.clone(), "", ChargeKind::Tokens), nanos);
            if let Some((feature, dollars)) = vendor.searches {
                let varied = dollars + i128::from(day.ordinal() * 7 % 23);
                charges.insert((*day, String::new(), feature, ChargeKind::WebSearch), varied * 1_000_000_000);
            }
        }
        let mut keys: Vec<SeriesKey> = Vec::new();
        let mut cells: Vec<Cell> = Vec::new();
        for ((day, model, feature, kind), nanos) in &charges {
            let mut values = [0; 5];
            for (dimension, (slot, text)) in
                Dimension::ALL.into_iter().zip(values.iter_mut().zip([vendor.provider, model, feature, "", ""]))
            {
                *slot = store::dimension::intern(write, &mut names, dimension, text).await?;
            }
            let key = SeriesKey {
                source: source_id,
                values,
                tier: "standard".to_owned(),
                price: None,
                band: 0,
                known: Known { reported_cost: true, ..Known::default() },
                reported_currency: Currency::USD,
                basis: BasisKind::Charge(*kind),
                day_zone,
            };
            let series = keys.iter().position(|known| *known == key).unwrap_or_else(|| {
                keys.push(key);
                keys.len() - 1
            });
            let hour = day.and_hms_opt(12, 0, 0).map_or(0, |noon| noon.and_utc().timestamp());
            let measures = Measures { reported_nanos: *nanos, ..Measures::default() };
            cells.push(Cell { hour, series: series as u32, measures });
        }
        let rows = cells.len() as i64;
        let ending = if vendor.format == "openai-costs" { "json" } else { "csv" };
        let told = Told {
            id: 0x500 + index as u128,
            feed: (source_id, vendor.feed),
            format: vendor.format,
            name: format!("{}-bill.{ending}", vendor.provider),
            at: context.now(),
            rows,
            bytes: rows * 140,
        };
        told.store(write, calendar, &keys, cells).await?;
    }
    Ok(())
}
