//! Stored series as the cube knows them.

use std::collections::HashMap;

use domain::calendar::ReportingCalendar;
use domain::economics::{Basis, BasisKind, Days, Series, SeriesPrice};
use domain::id::PriceId;
use store::usage::SeriesKey;

use super::Prices;
use crate::identity::Identities;

/// Reads one series after the other: who bills and what models are is numbered as they come.
pub(crate) struct SeriesReader<'p> {
    prices: &'p Prices,
    place_of: HashMap<PriceId, usize>,
    identities: Identities<'p>,
    calendar: &'p ReportingCalendar,
}

impl<'p> SeriesReader<'p> {
    pub(crate) fn new(prices: &'p Prices, calendar: &'p ReportingCalendar) -> Self {
        let place_of = prices.rows.iter().enumerate().map(|(index, row)| (row.id, index)).collect();
        Self { prices, place_of, identities: Identities::new(&prices.book), calendar }
    }

    /// A series of a vendor and a model by those names.
    pub(crate) fn series(&mut self, key: &SeriesKey, vendor: &str, model: &str) -> Series {
        let rows = &self.prices.rows;
        let price = key.price.and_then(|id| self.place_of.get(&id).copied());
        let basis = match (key.basis, price) {
            (BasisKind::Computed { partly }, Some(row)) => Basis::Computed(SeriesPrice {
                row,
                band: key.band as usize,
                rates: rows[row].rates_of(key.band as usize),
                currency: rows[row].currency,
                partly,
            }),
            (BasisKind::Reported, _) => Basis::Reported,
            (BasisKind::Charge(kind), _) => Basis::Charge(kind),
            (BasisKind::Unpriced | BasisKind::Computed { .. }, _) => Basis::Unpriced,
        };
        Series {
            source: key.source,
            values: key.values,
            basis,
            known: key.known,
            currency: key.reported_currency,
            identity: self.identities.of(vendor, model),
            days: match key.day_zone {
                None => Days::Instants,
                Some(zone) if zone == self.calendar.zone => Days::Reporting,
                Some(_) => Days::Utc,
            },
        }
    }

    /// Names of those who bill, by number.
    pub(crate) fn billers(&self) -> Vec<String> {
        self.identities.billers()
    }
}
