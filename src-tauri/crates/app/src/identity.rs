//! Who bills a series and what its model is, numbered: by this two feeds are found to mean the same traffic.

use std::collections::HashMap;

use domain::economics::{ChargeKind, Identity};
use domain::model_name;
use domain::price_book::PriceBook;

/// Numbers names as they come.
pub(crate) struct Identities<'b> {
    book: &'b PriceBook,
    numbers: HashMap<String, u32>,
    known: HashMap<(String, String), Identity>,
    billers: HashMap<u32, String>,
}

impl<'b> Identities<'b> {
    pub(crate) fn new(book: &'b PriceBook) -> Self {
        Self { book, numbers: HashMap::new(), known: HashMap::new(), billers: HashMap::new() }
    }

    /// Names of those who bill, by number; "" where a number is no vendor's.
    pub(crate) fn billers(&self) -> Vec<String> {
        (0..self.numbers.len() as u32).map(|n| self.billers.get(&n).cloned().unwrap_or_default()).collect()
    }

    fn number(&mut self, name: String) -> u32 {
        let next = self.numbers.len() as u32;
        *self.numbers.entry(name).or_insert(next)
    }

    /// What a file means by a vendor and a model.
    pub(crate) fn of(&mut self, vendor: &str, model: &str) -> Identity {
        let place = (vendor.to_owned(), model.to_owned());
        if let Some(identity) = self.known.get(&place) {
            return *identity;
        }
        let offer = self.book.offer(vendor, model);
        // A file that names no vendor is billed by whoever sells the model.
        let biller = match (model_name::vendor(vendor), offer) {
            (name, Some(offer)) if name.is_empty() => offer.provider.to_owned(),
            (name, _) => name,
        };
        let is_dated = model_name::without_date(model_name::bare(offer.map_or(model, |offer| offer.model))).is_some();
        let (name, family) = match offer {
            Some(offer) => (format!("offer {}", offer.model), model_name::family(offer.model)),
            None => (format!("text {}", model.trim().to_lowercase()), model_name::family(model)),
        };
        let number_of_biller = self.number(format!("vendor {biller}"));
        self.billers.insert(number_of_biller, biller);
        let identity = Identity {
            vendor: number_of_biller,
            model: self.number(name),
            family: self.number(format!("family {family}")),
            recognised: offer.is_some(),
            dated: is_dated,
            label: if offer.is_none() { ChargeKind::of_label(model) } else { None },
        };
        self.known.insert(place, identity);
        identity
    }
}
