//! What unit economics contributes to the quarterly review: a period's figures as pages, each with its finding as the headline.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::economics::ratios::{UnitCosts, cache_hit_share, relative_change, success_share, unit_costs};
use domain::economics::{Totals, drivers};
use domain::usage::Dimension;
use report::doc::{Block, Figure, Page};
use report::format;
use report::table::{Align, Cell, TableSpec, Tone};
use tokio::sync::OnceCell;

use super::{
    EconomicsQuery, Folded, ImportDays, Line, Loaded, charts, fold, imports_within, load, over_time, period_label,
    previous_label, tiles, unpriced,
};
use crate::frame::review::{Review, chart, column, page};
use crate::view::{Change, Tile};
use crate::{Context, Result};

/// Rows of a table before the rest is summed.
const TABLE_ROWS: usize = 10;

/// Everything the pages draw from, computed once for a document.
pub(crate) struct Facts {
    context: Context,
    loaded: Arc<Loaded>,
    today: NaiveDate,
    by_feature: Folded,
    by_model: Folded,
    by_tenant: Folded,
    period: String,
    against: String,
    code: String,
}

/// # Errors
/// A missing exchange rate; the store's.
pub(crate) async fn facts(context: &Context, review: &Review) -> Result<Arc<Facts>> {
    let slot = review.kept.slot::<OnceCell<Arc<Facts>>>();
    let facts = slot.get_or_try_init(|| async {
        let loaded = load(context).await?;
        let by = |dimension| query(&review.period.to_string(), vec![dimension]);
        let by_feature = fold(&loaded, &by(Dimension::Feature), review.today)?;
        Ok::<_, crate::AppError>(Arc::new(Facts {
            by_model: fold(&loaded, &by(Dimension::Model), review.today)?,
            by_tenant: fold(&loaded, &by(Dimension::Tenant), review.today)?,
            period: period_label(&loaded.calendar, review.period, context.language),
            against: previous_label(context, &loaded, &by_feature),
            code: loaded.settings.currency.to_string(),
            today: review.today,
            context: context.clone(),
            by_feature,
            loaded,
        }))
    });
    Ok(facts.await?.clone())
}

fn query(period: &str, by: Vec<Dimension>) -> EconomicsQuery {
    EconomicsQuery { period: period.to_owned(), by, filters: vec![], limit: 0, grain: None }
}

pub(crate) async fn spend(context: &Context, review: &Review) -> Result<Option<Page>> {
    Ok(Some(facts(context, review).await?.spend()))
}

pub(crate) async fn change(context: &Context, review: &Review) -> Result<Option<Page>> {
    facts(context, review).await?.change()
}

pub(crate) async fn features(context: &Context, review: &Review) -> Result<Option<Page>> {
    Ok(Some(facts(context, review).await?.features()))
}

pub(crate) async fn models(context: &Context, review: &Review) -> Result<Option<Page>> {
    Ok(Some(facts(context, review).await?.models()))
}

pub(crate) async fn tenants(context: &Context, review: &Review) -> Result<Option<Page>> {
    Ok(Some(facts(context, review).await?.tenants()))
}

pub(crate) async fn feature_findings(context: &Context, review: &Review) -> Result<Vec<String>> {
    Ok(facts(context, review).await?.feature_findings())
}

pub(crate) async fn unpriced_findings(context: &Context, review: &Review) -> Result<Vec<String>> {
    facts(context, review).await?.unpriced_findings()
}

/// A tile as a figure of a page.
fn figure(context: &Context, tile: &Tile) -> Figure {
    let (note, tone) = match &tile.change {
        Some(change) => (change_text(context, change), change.tone),
        None => (String::new(), Tone::Plain),
    };
    // What a ratio tells of a part only says so, on paper too.
    let covered = tile.covered.as_ref().map(|share| context.text("coverage-of", &[("share", share.clone().into())]));
    let notes: Vec<String> = covered.into_iter().chain([note]).filter(|note| !note.is_empty()).collect();
    Figure {
        label: context.text(&format!("tile-{}", tile.key), &[]),
        value: tile.text.clone(),
        note: notes.join(" · "),
        tone,
    }
}

fn change_text(context: &Context, change: &Change) -> String {
    let args = [("change", change.text.clone().into()), ("against", change.against.clone().into())];
    context.text("change-against", &args)
}

impl Facts {
    fn text(&self, id: &str, args: &[(&str, report::locale::FluentValue<'_>)]) -> String {
        self.context.text(id, args)
    }

    fn plain(&self, id: &str) -> String {
        self.context.text(id, &[])
    }

    fn name(&self, dimension: Dimension, value: &str) -> String {
        charts::value_name(&self.context, &self.loaded, dimension, value)
    }

    fn money(&self, nanos: Option<i128>) -> Cell {
        nanos.map_or_else(Cell::unknown, |n| Cell::plain(format::money(n, &self.code, self.context.language)))
    }

    fn unit_money(&self, nanos: Option<i128>) -> Cell {
        nanos.map_or_else(Cell::unknown, |n| Cell::plain(format::money_unit(n, &self.code, self.context.language)))
    }

    fn change_cell(&self, line: &Line) -> Cell {
        match relative_change(unit_costs(&line.compared).spend, unit_costs(&line.before).spend) {
            Some(ratio) => Cell::plain(format::change(ratio, 1)),
            None => Cell::unknown(),
        }
    }

    pub(crate) fn figures(&self) -> Vec<Figure> {
        tiles(&self.context, &self.loaded, &self.by_feature).iter().map(|t| figure(&self.context, t)).collect()
    }

    /// The sentence the quarter comes down to.
    pub(crate) fn verdict(&self) -> String {
        let (now, then) = (&self.by_feature.total, &self.by_feature.total_before);
        let (costs, compared, before) =
            (unit_costs(now), unit_costs(&self.by_feature.total_compared), unit_costs(then));
        let language = self.context.language;
        let Some(spend) = costs.spend else {
            let is_empty = *now == Totals::default();
            return self.plain(if is_empty { "quarter-no-data-headline" } else { "quarter-headline-no-spend" });
        };
        let amount = format::money_compact(spend, &self.code, language);
        let moved = |ratio: f64| if ratio < 0.0 { "down" } else { "up" };
        match relative_change(
            UnitCosts::value(compared.per_successful_session),
            UnitCosts::value(before.per_successful_session),
        ) {
            Some(ratio) => self.text(
                "quarter-headline-outcome",
                &[
                    ("direction", moved(ratio).into()),
                    ("change", format::share(ratio.abs(), 1).into()),
                    ("against", self.against.clone().into()),
                    ("spend", amount.into()),
                ],
            ),
            None => match relative_change(compared.spend, before.spend) {
                Some(ratio) => self.text(
                    "quarter-headline-spend",
                    &[
                        ("direction", moved(ratio).into()),
                        ("change", format::share(ratio.abs(), 1).into()),
                        ("against", self.against.clone().into()),
                        ("spend", amount.into()),
                    ],
                ),
                None => self.text("quarter-headline-plain", &[("spend", amount.into())]),
            },
        }
    }

    fn feature_findings(&self) -> Vec<String> {
        let mut items = Vec::new();
        let whole = self.by_feature.total.spend();
        let largest = self.by_feature.lines.first();
        if let Some(line) = largest.filter(|l| l.totals.costed && whole.0 > 0 && !l.keys[0].is_empty()) {
            let share = format::share(line.totals.spend().0 as f64 / whole.0 as f64, 0);
            let name = self.name(Dimension::Feature, &line.keys[0]);
            items.push(self.text("quarter-bullet-largest", &[("name", name.into()), ("share", share.into())]));
        }
        let fastest = self
            .by_feature
            .lines
            .iter()
            .filter_map(|l| Some((l, relative_change(unit_costs(&l.compared).spend, unit_costs(&l.before).spend)?)))
            .filter(|(l, _)| l.totals.spend().0 * 50 > whole.0)
            .max_by(|(_, a), (_, b)| a.total_cmp(b));
        if let Some((line, ratio)) = fastest.filter(|(_, ratio)| *ratio > 0.0) {
            let name = self.name(Dimension::Feature, &line.keys[0]);
            items.push(self.text(
                "quarter-bullet-fastest",
                &[
                    ("name", name.into()),
                    ("change", format::change(ratio, 1).into()),
                    ("against", self.against.clone().into()),
                ],
            ));
        }
        if let Some(share) = success_share(&self.by_feature.total) {
            items.push(self.text("quarter-bullet-success", &[("share", format::share(share.value, 1).into())]));
        }
        items
    }

    fn unpriced_findings(&self) -> Result<Vec<String>> {
        let mut items = Vec::new();
        let query = query(&self.by_feature.period.to_string(), vec![]);
        let missing = unpriced(&self.loaded, &query, self.today)?;
        if !missing.is_empty() {
            let tokens = format::count_compact(self.by_feature.total.unpriced.total().into(), self.context.language);
            items.push(
                self.text("quarter-bullet-unpriced", &[("models", missing.len().into()), ("tokens", tokens.into())]),
            );
        }
        Ok(items)
    }

    /// What the period is compared with, in words.
    pub(crate) fn compared(&self) -> String {
        self.text(
            "quarter-compared",
            &[("period", self.period.clone().into()), ("against", self.against.clone().into())],
        )
    }

    /// How many files the period's own figures come from.
    pub(crate) fn files(&self) -> usize {
        self.imports().len()
    }

    /// The period's first and last day.
    pub(crate) fn days(&self) -> (NaiveDate, NaiveDate) {
        self.by_feature.days
    }

    fn spend(&self) -> Page {
        let kicker = self.plain("quarter-spend");
        let total = &self.by_feature.total;
        if *total == Totals::default() {
            return self.empty_page("spend", kicker);
        }
        if !total.costed {
            // There is usage, and nobody knows what it cost: that is not nothing.
            let tokens = format::count(total.measures.tokens.total().into());
            let text = self.text("quarter-unpriced", &[("tokens", tokens.into())]);
            let headline = self.plain("quarter-headline-no-spend");
            return page("spend", kicker, headline, self.period.clone(), vec![Block::Paragraph { text }]);
        }
        let query = query(&self.by_feature.period.to_string(), vec![Dimension::Feature]);
        let spec = over_time::spend_over_time(&self.context, &self.loaded, &query, &self.by_feature);
        page("spend", kicker, spec.title.clone(), spec.subtitle.clone(), vec![chart(spec)])
    }

    fn empty_page(&self, id: &str, kicker: String) -> Page {
        let text = self.text("quarter-no-data", &[("period", self.period.clone().into())]);
        page(id, kicker, self.plain("quarter-no-data-headline"), String::new(), vec![Block::Paragraph { text }])
    }

    fn change(&self) -> Result<Option<Page>> {
        let query = query(&self.by_feature.period.to_string(), vec![Dimension::Feature, Dimension::Model]);
        let groups: Vec<(Totals, Totals)> =
            fold(&self.loaded, &query, self.today)?.lines.iter().map(|l| (l.before, l.compared)).collect();
        Ok(drivers(&groups).filter(|d| d.before != 0).map(|d| {
            let spec = charts::drivers_of_change(&self.context, &self.loaded, &self.by_feature, &d);
            let items =
                ["volume", "mix", "efficiency", "price"].map(|driver| self.plain(&format!("driver-{driver}-means")));
            let kicker = self.plain("quarter-change");
            let blocks = vec![chart(spec.clone()), Block::Bullets { items: items.to_vec() }];
            page("change", kicker, spec.title, spec.subtitle, blocks)
        }))
    }

    /// A table of a fold's largest lines, the rest summed, with a total.
    fn table(&self, folded: &Folded, dimension: Dimension, rows: usize) -> TableSpec {
        // What names none is no one of them: it stands apart, behind the others.
        let (present, unnamed): (Vec<&Line>, Vec<&Line>) =
            folded.lines.iter().filter(|l| l.totals.adds()).partition(|l| !l.keys[0].is_empty());
        let cut = if present.len() <= rows + 1 { present.len() } else { rows };
        let cells = |name: String, line: &Line| {
            let costs = unit_costs(&line.totals);
            let measures = &line.totals.measures;
            let count =
                |known: bool, n: u64| if known { Cell::plain(format::count(n.into())) } else { Cell::unknown() };
            vec![
                Cell::plain(name),
                count(line.totals.known.sessions, measures.sessions),
                self.money(costs.spend),
                self.unit_money(UnitCosts::value(costs.per_session)),
                self.unit_money(UnitCosts::value(costs.per_successful_session)),
                cache_hit_share(&line.totals)
                    .map_or_else(Cell::unknown, |share| Cell::plain(format::share(share.value, 0))),
                self.change_cell(line),
            ]
        };
        let mut body: Vec<Vec<Cell>> =
            present[..cut].iter().map(|line| cells(self.name(dimension, &line.keys[0]), line)).collect();
        let sum = |lines: &[&Line]| super::sum(lines.iter().copied(), vec![], folded.buckets.len());
        if cut < present.len() {
            let name = self.text("value-other", &[("count", (present.len() - cut).into())]);
            body.push(cells(name, &sum(&present[cut..])));
        }
        body.extend(unnamed.iter().map(|line| cells(self.name(dimension, &line.keys[0]), line)));
        let all: Vec<&Line> = folded.lines.iter().collect();
        let title = |id: &str| self.plain(id);
        TableSpec {
            columns: vec![
                column(title(&format!("heading-{}", dimension.name())), Align::Left, 2.0),
                column(title("tile-sessions"), Align::Right, 1.1),
                column(self.text("column-spend", &[("currency", self.code.clone().into())]), Align::Right, 1.4),
                column(title("tile-cost-per-session"), Align::Right, 1.2),
                column(title("tile-cost-per-successful-session"), Align::Right, 1.4),
                column(title("tile-cache-hit-share"), Align::Right, 1.0),
                column(self.text("column-change", &[("against", self.against.clone().into())]), Align::Right, 1.3),
            ],
            rows: body,
            total: (present.len() + unnamed.len() > 1).then(|| cells(self.plain("row-total"), &sum(&all))),
        }
    }

    /// What the ratios of a table tell of, where that is not all.
    fn covered(&self, folded: &Folded) -> Option<Block> {
        let costs = unit_costs(&folded.total);
        let shares = [
            ("cost-per-session", costs.per_session.and_then(|figure| figure.coverage())),
            ("cost-per-successful-session", costs.per_successful_session.and_then(|figure| figure.coverage())),
            ("cache-hit-share", cache_hit_share(&folded.total).and_then(|figure| figure.coverage())),
        ];
        let said: Vec<String> = shares
            .into_iter()
            .filter_map(|(figure, share)| {
                let sentence = self.text(&format!("coverage-{figure}"), &[("share", format::coverage(share?).into())]);
                let figure = self.plain(&format!("tile-{figure}"));
                Some(self.text("figure-covered", &[("figure", figure.into()), ("sentence", sentence.into())]))
            })
            .collect();
        (!said.is_empty()).then_some(Block::Bullets { items: said })
    }

    fn features(&self) -> Page {
        let kicker = self.plain("quarter-features");
        if self.by_feature.total == Totals::default() {
            return self.empty_page("features", kicker);
        }
        let table = self.table(&self.by_feature, Dimension::Feature, TABLE_ROWS);
        let mut blocks = Vec::new();
        let query = query(&self.by_feature.period.to_string(), vec![Dimension::Feature]);
        let bars = charts::unit_cost_bars(&self.context, &self.loaded, &query, &self.by_feature);
        let headline = match &bars {
            Some(charts::UnitCostBars { extremes: Some([(dear, dear_cost), (cheap, cheap_cost)]), .. }) => self.text(
                "quarter-headline-features",
                &[
                    ("dear", dear.clone().into()),
                    ("dearCost", dear_cost.clone().into()),
                    ("cheap", cheap.clone().into()),
                    ("cheapCost", cheap_cost.clone().into()),
                ],
            ),
            Some(bars) => bars.spec.title.clone(),
            None => self.plain("quarter-features"),
        };
        let subtitle =
            bars.as_ref().map_or(self.period.clone(), |bars| format!("{}. {}", bars.spec.title, bars.spec.subtitle));
        blocks.extend(bars.map(|bars| chart(bars.spec)));
        blocks.push(Block::Table { table });
        blocks.extend(self.covered(&self.by_feature));
        page("features", kicker, headline, subtitle, blocks)
    }

    fn models(&self) -> Page {
        let kicker = self.plain("quarter-models");
        let total = &self.by_model.total;
        if *total == Totals::default() {
            return self.empty_page("models", kicker);
        }
        if total.measures.tokens.total() == 0 {
            let text = self.text("quarter-no-tokens", &[("period", self.period.clone().into())]);
            let headline = self.plain("quarter-no-tokens-headline");
            return page("models", kicker, headline, self.period.clone(), vec![Block::Paragraph { text }]);
        }
        let query = query(&self.by_feature.period.to_string(), vec![Dimension::Model]);
        let spec = charts::token_mix(&self.context, &self.loaded, &query, &self.by_model);
        page("models", kicker, spec.title.clone(), spec.subtitle.clone(), vec![chart(spec)])
    }

    fn tenants(&self) -> Page {
        let kicker = self.plain("quarter-tenants");
        if self.by_tenant.total == Totals::default() {
            return self.empty_page("tenants", kicker);
        }
        let whole = self.by_tenant.total.spend();
        // What names no tenant is none.
        let named = || self.by_tenant.lines.iter().filter(|l| l.totals.adds() && !l.keys[0].is_empty());
        let top: i128 = named().take(5).map(|l| l.totals.spend().0).sum();
        let tenants = named().count();
        let headline = if whole.0 > 0 && tenants > 5 {
            let share = format::share(top as f64 / whole.0 as f64, 0);
            self.text("quarter-headline-tenants", &[("share", share.into()), ("tenants", tenants.into())])
        } else {
            kicker.clone()
        };
        let table = self.table(&self.by_tenant, Dimension::Tenant, TABLE_ROWS);
        let subtitle = self.compared();
        let blocks = [Block::Table { table }].into_iter().chain(self.covered(&self.by_tenant)).collect();
        page("tenants", kicker, headline, subtitle, blocks)
    }

    /// The files the figures come from, and what they are compared with.
    fn imports(&self) -> Vec<ImportDays<'_>> {
        let (first, last) = self.by_feature.days;
        imports_within(&self.loaded, (first.min(self.by_feature.previous_days.0), last))
    }

    pub(crate) fn method(&self, price_date: Option<chrono::NaiveDate>) -> Page {
        let language = self.context.language;
        let price_day = price_date.map_or("—".to_owned(), |day| format::date(day, language));
        let mut items = vec![self.text("method-cost", &[("date", price_day.into())])];
        if self.by_feature.total.spend_by_evidence()[2].0 != 0 {
            items.push(self.plain("method-charges"));
        }
        items.extend([
            self.plain("method-tokens"),
            self.plain("method-sessions"),
            self.text("method-time", &[("zone", self.loaded.settings.time_zone.clone().into())]),
            self.plain("method-unknown"),
        ]);
        let used = self.imports();
        let headline = self.text("quarter-headline-method", &[("count", used.len().into())]);
        let rows = used
            .into_iter()
            .map(|ImportDays { import, first, last }| {
                vec![
                    Cell::plain(import.name.clone()),
                    Cell::plain(import.source.clone()),
                    Cell::plain(format::period(first, last, language)),
                    Cell::plain(format::count(import.rows.into())),
                    Cell::plain(format::date(self.loaded.calendar.day_of(import.imported_at), language)),
                ]
            })
            .collect();
        let table = TableSpec {
            columns: vec![
                column(self.plain("column-file"), Align::Left, 1.6),
                column(self.plain("column-feed"), Align::Left, 1.0),
                column(self.plain("column-covers"), Align::Left, 1.6),
                column(self.plain("column-rows"), Align::Right, 0.8),
                column(self.plain("column-imported"), Align::Right, 0.9),
            ],
            rows,
            total: None,
        };
        let blocks = vec![Block::Bullets { items }, Block::Table { table }];
        page("method", self.plain("quarter-method"), headline, self.plain("quarter-method-subtitle"), blocks)
    }
}
