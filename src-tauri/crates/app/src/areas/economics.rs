//! Unit economics, their evidence, and what reconciles them with bills.

use std::collections::HashMap;

use domain::price_book::ModelAlias;
use store::Tag;

use crate::activity::{Shown, changes};
use crate::economics::{
    DimensionValues, DimensionValuesQuery, EconomicsQuery, EconomicsView, PeriodOption, attention, dimension_values,
    economics, fold, load, period_label, periods, quarter_in_hand, review, tiles,
};
use crate::explain::{ExplainQuery, Explanation, explain};
use crate::frame::review::{QUARTER, Section};
use crate::frame::search::Searchable;
use crate::frame::{Again, Area, Context, area};
use crate::reconcile::{
    ALIAS, AliasEffect, AliasRef, FEED, FeedPairDraft, ReconciliationQuery, ReconciliationView, alias_forget,
    alias_save, aliases, bills_that_differ, feed_pair_save, put_again, put_back, reconciliation,
};
use crate::view::Link;
use crate::{AppError, commands};

/// A page of the review that is always there.
macro_rules! section {
    ($place:literal, $id:literal, $name:literal, $page:path $(, $findings:path)?) => {
        Section {
            document: QUARTER,
            place: $place,
            id: $id,
            name: $name,
            page: |context, review| Box::pin($page(context, review)),
            findings: section!(findings $($findings)?),
        }
    };
    (findings $findings:path) => { |context, review| Box::pin($findings(context, review)) };
    (findings) => { |_, _| area::none() };
}

pub(super) const AREA: Area = Area {
    name: "economics",
    records: &[ALIAS, FEED],
    commands: commands! {
        query  economics(EconomicsQuery) -> EconomicsView, reads [Tag::VENDORS, Tag::USAGE, Tag::PRICES, Tag::SETTINGS];
        query  dimension_values(DimensionValuesQuery) -> DimensionValues, reads [Tag::VENDORS, Tag::USAGE];
        query  periods(()) -> Vec<PeriodOption>, reads [Tag::USAGE, Tag::SETTINGS];
        query  reconciliation(ReconciliationQuery) -> ReconciliationView, reads [Tag::VENDORS, Tag::USAGE, Tag::PRICES, Tag::SETTINGS];
        query  aliases(()) -> Vec<ModelAlias>, reads [Tag::PRICES];
        mutate alias_save(ModelAlias) -> AliasEffect;
        mutate alias_forget(AliasRef) -> ();
        mutate feed_pair_save(FeedPairDraft) -> ();
        query  explain(ExplainQuery) -> Explanation, reads [Tag::VENDORS, Tag::USAGE, Tag::PRICES, Tag::SETTINGS];
    },
    describe: |context, snapshot, activity| {
        Box::pin(async move {
            let shown = |field: &str| match field {
                "aId" | "bId" | "priced" | "pricedSeries" => Shown::Hidden,
                "basis" => Shown::Word("feed-counts-"),
                _ => Shown::Text,
            };
            changes(context, snapshot, activity, &HashMap::new(), shown).await
        })
    },
    put_back: |write, activity| Box::pin(put_back(write, activity)),
    again: Again::By(|_, write, activity| Box::pin(put_again(write, activity))),
    search: |_, _| area::none(),
    answers: |context| Box::pin(answers(context)),
    parts: |_, _| area::none(),
    attention: |context| {
        Box::pin(async move {
            let mut items = attention::on_home(context).await?;
            items.extend(bills_that_differ(context, None).await?);
            Ok(items)
        })
    },
    dates: |_, _| area::none(),
    since: |context, from| Box::pin(attention::since(context, from)),
    documents: &[],
    sections: &[
        section!(10, "spend", "quarter-spend", review::spend),
        section!(20, "change", "quarter-change", review::change),
        section!(30, "features", "quarter-features", review::features, review::feature_findings),
        section!(40, "models", "quarter-models", review::models, review::unpriced_findings),
        section!(50, "tenants", "quarter-tenants", review::tenants),
    ],
    check: |context, period| {
        Box::pin(async move {
            let mut items = attention::items(context).await?;
            // Bills come after the quarter they are for.
            items.extend(bills_that_differ(context, period).await?);
            Ok(items)
        })
    },
    export: |_, _, _| area::none(),
    sample: |_, _, _| area::none(),
};

/// The figures of the quarter in hand, and every period there is.
async fn answers(context: &Context) -> crate::Result<Vec<Searchable>> {
    let loaded = load(context).await?;
    let Some(quarter) = quarter_in_hand(context, &loaded) else { return Ok(Vec::new()) };
    let today = loaded.calendar.day_of(context.now());
    let query = EconomicsQuery { period: quarter.to_string(), by: vec![], filters: vec![], limit: 0, grain: None };
    let answer = |key: String, title: String, detail: String, body: String| Searchable {
        link: Link::to("economics", key),
        title,
        detail,
        body,
        owner: String::new(),
    };
    let mut found = Vec::new();
    match fold(&loaded, &query, today) {
        Ok(folded) => {
            let label = period_label(&loaded.calendar, folded.period, context.language);
            found.extend(tiles(context, &loaded, &folded).into_iter().map(|tile| {
                let name = context.text(&format!("tile-{}", tile.key), &[]);
                let change = tile.change.map_or(String::new(), |change| format!(" · {}", change.text));
                answer(
                    folded.period.to_string(),
                    format!("{name}: {}", tile.text),
                    format!("{label}{change}"),
                    String::new(),
                )
            }));
        }
        Err(AppError::MissingRate(_)) => {}
        Err(error) => return Err(error),
    }
    let page = context.text("nav-economics", &[]);
    let periods = periods(context, ()).await?;
    found.extend(periods.into_iter().map(|period| answer(period.key.clone(), period.label, page.clone(), period.key)));
    Ok(found)
}
