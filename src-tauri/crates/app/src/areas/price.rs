//! The price book.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::id::PriceId;
use domain::price::PriceRow;
use domain::urgency::Urgency;
use store::Tag;
use store::price::PriceSource;

use crate::activity::{Shown, changes};
use crate::frame::attention::DatedThing;
use crate::frame::{Again, Area, Context, Sample, Work, area};
use crate::price::{
    OfferRef, PRICE, PRICE_LIST, PriceClose, PriceDraft, PriceHistory, PriceImportSummary, PriceList, PriceQuery,
    PriceTerm, price_add, price_close, price_history, price_import, price_preview, price_sources, price_term, prices,
    put_again, put_back, put_list_back,
};
use crate::repricing::DayPriced;
use crate::view::{Link, PathInput};
use crate::{commands, economics, export, sample};

pub(super) const AREA: Area = Area {
    name: PRICE,
    records: &[PRICE, PRICE_LIST],
    commands: commands! {
        query  prices(PriceQuery) -> PriceList, reads [Tag::PRICES, Tag::CONTRACTS, Tag::USAGE, Tag::VENDORS];
        query  price_history(OfferRef) -> PriceHistory, reads [Tag::PRICES, Tag::CONTRACTS, Tag::VENDORS];
        query  price_preview(PriceDraft) -> Vec<DayPriced>;
        query  price_term(PriceTerm) -> Option<String>, reads [Tag::CONTRACTS, Tag::SETTINGS];
        mutate price_add(PriceDraft) -> PriceRow;
        mutate price_close(PriceClose) -> PriceRow;
        query  price_sources(()) -> Vec<PriceSource>, reads [Tag::PRICES];
        job    price_import(PathInput) -> PriceImportSummary;
    },
    describe: |context, snapshot, activity| {
        Box::pin(async move {
            let shown = |field: &str| match field {
                "id" | "closedBefore" | "priced" | "pricedSeries" => Shown::Hidden,
                "from" | "to" => Shown::Instant,
                _ => Shown::Text,
            };
            changes(context, snapshot, activity, &HashMap::new(), shown).await
        })
    },
    put_back: |write, activity| {
        Box::pin(async move {
            if activity.area == PRICE_LIST {
                put_list_back(write, activity).await
            } else {
                put_back(write, activity).await
            }
        })
    },
    again: Again::By(|context, write, activity| Box::pin(put_again(context, write, activity))),
    // The book is searched on its page: it holds thousands of offers that nobody here uses.
    search: |_, _| area::none(),
    answers: |_| area::none(),
    parts: |_, _| area::none(),
    attention: |_| area::none(),
    dates: agreed,
    since: |_, _| area::none(),
    documents: &[],
    sections: &[],
    check: |_, _| area::none(),
    export: |_, snapshot, folder| {
        Box::pin(async move {
            export::json(folder, "prices.json", &store::price::all(snapshot).await?)?;
            Ok(0)
        })
    },
    sample: |_, write, sample| {
        Box::pin(async move {
            for contract in
                sample::contracts(sample.today)?.iter().filter(|c| c.details.title.starts_with("Enterprise"))
            {
                let start = sample.calendar.start_of(contract.details.terms.start);
                let row = sample::negotiated(contract.id, PriceId(Sample::id(0x300)), start)?;
                store::price::insert(write, &[row], None).await?;
            }
            Ok(())
        })
    },
};

/// Days on which an agreed price begins.
fn agreed<'a>(context: &'a Context, (from, to): (NaiveDate, NaiveDate)) -> Work<'a, Vec<DatedThing>> {
    Box::pin(async move {
        // Before this holds a connection: see the list of prices.
        let vendors = &economics::load(context).await?.vendors;
        let store = context.store().await?;
        let mut snapshot = store.read().await?;
        let calendar = store::workspace::settings(&mut snapshot).await?.calendar()?;
        let rows = store::price::agreed(&mut snapshot).await?;
        let things = rows.into_iter().filter_map(|row| {
            let day = calendar.day_of(row.from?);
            Some(DatedThing {
                key: format!("{PRICE}/{}", row.id),
                area: PRICE.to_owned(),
                kind: "price-begins".to_owned(),
                day,
                title: format!("{} · {}", vendors.label(&row.provider), row.model),
                detail: context.text("calendar-price-begins", &[]),
                owner: String::new(),
                // It happens by itself: nobody is late for it.
                urgency: Urgency::Later,
                link: Link::to(PRICE, &row.model),
            })
        });
        Ok(things.filter(|thing| (from..=to).contains(&thing.day)).collect())
    })
}
