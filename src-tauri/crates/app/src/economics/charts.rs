//! The economics charts: data, order, colours, ticks and words; renderers only draw.

use std::collections::BTreeSet;

use domain::economics::Drivers;
use domain::economics::ratios::{UnitCosts, unit_costs};
use domain::money::NANOS_PER_UNIT;
use domain::usage::Dimension;
use report::chart::{Axis, ChartSpec, ColourToken, Marks, Series, WaterfallStep};
use report::colours::Colours;
use report::format;
use report::table::{Align, Cell, TableColumn, TableSpec};

use super::{EconomicsQuery, Folded, Line, Loaded, by_first, previous_label, sum};
use crate::Context;

/// A dimension's value as a person reads it.
pub fn value_name(context: &Context, loaded: &Loaded, dimension: Dimension, value: &str) -> String {
    if value.is_empty() {
        let text = context.text(&format!("dimension-{}", dimension.name()), &[]);
        context.text("value-not-given", &[("dimension", text.into())])
    } else {
        loaded.label(dimension, value)
    }
}

pub(super) fn column(title: String, align: Align) -> TableColumn {
    TableColumn { title, align, weight: 1.0 }
}

/// The largest groups and the rest as one: (name, colour, line).
pub fn largest(
    context: &Context,
    loaded: &Loaded,
    query: &EconomicsQuery,
    folded: &Folded,
    named: usize,
) -> Vec<(String, ColourToken, Line)> {
    let dimension = query.by.first().copied().unwrap_or(Dimension::Feature);
    let lines = by_first(folded);
    let cut = if lines.len() <= named + 1 { lines.len() } else { named };
    let keys: Vec<&str> = lines[..cut].iter().map(|line| line.keys[0].as_str()).collect();
    let colours = colours(loaded, dimension).shown(&keys);
    let mut groups: Vec<_> = lines[..cut]
        .iter()
        .zip(colours)
        .map(|(line, colour)| (value_name(context, loaded, dimension, &line.keys[0]), colour, line.clone()))
        .collect();
    if cut < lines.len() {
        let rest = sum(lines[cut..].iter(), vec![String::new()], folded.buckets.len());
        let count = lines.len() - cut;
        groups.push((context.text("value-other", &[("count", count.into())]), ColourToken::Rest, rest));
    }
    groups
}

/// The colour of every value of a dimension, in the order in which the workspace met them: it stays with the value through
/// filters, periods and pages.
fn colours(loaded: &Loaded, dimension: Dimension) -> Colours {
    let met: BTreeSet<u32> = loaded.cube.series().iter().map(|series| series.values[dimension.index()]).collect();
    Colours::new(met.into_iter().map(|id| loaded.names.name(id)))
}

/// A change that is small beside what it changes is drawn from no change: on an axis from zero it would be a sliver.
const SMALL: i128 = 2;

/// Why spend changed: volume, mix, efficiency, price between two totals.
pub fn drivers_of_change(context: &Context, loaded: &Loaded, folded: &Folded, drivers: &Drivers) -> ChartSpec {
    let language = context.language;
    let code = loaded.settings.currency.code();
    let against = previous_label(context, loaded, folded);
    // Both totals are of the days that are compared, and say so.
    let now = super::compared_label(context, loaded, folded, folded.period);
    let amount = |nanos: i128| format::money_compact(nanos, code, language);
    let changes = [
        ("volume", drivers.volume),
        ("mix", drivers.mix),
        ("efficiency", drivers.efficiency),
        ("price", drivers.price),
    ];
    let hung = |base: i128| {
        changes.iter().scan(base, |at, (driver, change)| {
            let from = *at;
            *at += change;
            Some(WaterfallStep {
                name: context.text(&format!("driver-{driver}"), &[]),
                total: false,
                from: nanos_at(from),
                to: nanos_at(*at),
                label: format::money_change(*change, code, language),
                colour: if *change > 0 { ColourToken::Series4 } else { ColourToken::Series2 },
            })
        })
    };
    let standing = |name: String, nanos: i128, label: String| WaterfallStep {
        name,
        total: true,
        from: 0.0,
        to: nanos_at(nanos),
        label,
        colour: ColourToken::Rest,
    };
    let moved = drivers.after - drivers.before;
    let reach = changes.iter().scan(0, |at, (_, change)| {
        *at += change;
        Some(*at)
    });
    let heights: Vec<i128> = std::iter::once(0).chain(reach).chain([moved]).collect();
    let (low, high) = (heights.iter().min().copied().unwrap_or(0), heights.iter().max().copied().unwrap_or(0));
    let is_small = high.max(-low) * SMALL < drivers.before.abs();
    let (marks, (low, high)) = if is_small {
        let mut steps: Vec<WaterfallStep> = hung(0).collect();
        let net = format::money_change(moved, code, language);
        steps.push(standing(context.text("chart-drivers-net", &[]), moved, net));
        (Marks::Bridge { steps, horizontal: false }, (low, high))
    } else {
        let mut steps = vec![standing(against.clone(), drivers.before, amount(drivers.before))];
        steps.extend(hung(drivers.before));
        steps.push(standing(now.clone(), drivers.after, amount(drivers.after)));
        (Marks::Waterfall { steps }, ((drivers.before + low).min(0), (drivers.before + high).max(0)))
    };
    let largest = changes.into_iter().max_by_key(|(_, change)| change.abs()).map_or("volume", |(driver, _)| driver);
    let driver = context.text(&format!("driver-{largest}"), &[]);
    let title = if changes.iter().all(|(_, change)| *change == 0) {
        context.text("chart-drivers-title-none", &[])
    } else {
        context.text("chart-drivers-title", &[("driver", driver.into())])
    };
    let subtitle = context.text(
        "chart-drivers-subtitle",
        &[
            ("against", against.clone().into()),
            ("currency", code.to_owned().into()),
            ("before", amount(drivers.before).into()),
            ("after", amount(drivers.after).into()),
        ],
    );
    let line = |name: String, text: String| vec![Cell::plain(name), Cell::plain(text)];
    let rows = std::iter::once(line(against, amount(drivers.before)))
        .chain(hung(0).map(|step| line(step.name, step.label)))
        .chain([line(now, amount(drivers.after))])
        .collect();
    ChartSpec {
        summary: format!("{title}. {subtitle}"),
        title,
        subtitle,
        x: Axis::default(),
        y: format::money_axis(low, high, 5, code, "", language),
        marks,
        annotations: vec![],
        table: TableSpec {
            columns: vec![
                column(context.text("chart-driver", &[]), Align::Left),
                column(context.text("chart-amount", &[]), Align::Right),
            ],
            rows,
            total: None,
        },
    }
}

fn nanos_at(nanos: i128) -> f64 {
    nanos as f64 / NANOS_PER_UNIT as f64
}

/// Tokens by kind for the largest groups of the first dimension.
pub fn token_mix(context: &Context, loaded: &Loaded, query: &EconomicsQuery, folded: &Folded) -> ChartSpec {
    let language = context.language;
    let dimension = query.by.first().copied().unwrap_or(Dimension::Feature);
    let mut groups = largest(context, loaded, query, folded, 7);
    // Charges alone have no tokens to mix.
    groups.retain(|(_, _, line)| line.totals.measures.tokens.total() > 0);
    groups.sort_by_key(|(_, colour, line)| {
        (*colour == ColourToken::Rest, std::cmp::Reverse(line.totals.measures.tokens.total()))
    });
    let kinds = ["input", "cache-read", "cache-write", "output"];
    let of_kind = |line: &Line, kind: usize| {
        let tokens = &line.totals.measures.tokens;
        match kind {
            0 => tokens.input,
            1 => tokens.cache_read,
            2 => tokens.cache_write_5m + tokens.cache_write_1h,
            _ => tokens.output,
        }
    };
    let colours = [ColourToken::Series1, ColourToken::Series2, ColourToken::Series3, ColourToken::Series5];
    let series: Vec<Series> = (0..kinds.len())
        .filter(|kind| groups.iter().any(|(_, _, line)| of_kind(line, *kind) > 0))
        .map(|kind| Series {
            name: context.text(&format!("token-kind-{}", kinds[kind]), &[]),
            colour: colours[kind],
            values: groups.iter().map(|(_, _, line)| Some(of_kind(line, kind) as f64)).collect(),
            labels: groups
                .iter()
                .map(|(_, _, line)| format::count_compact(of_kind(line, kind).into(), language))
                .collect(),
        })
        .collect();
    let highest = groups.iter().map(|(_, _, line)| line.totals.measures.tokens.total()).max().unwrap_or(0);
    let categories: Vec<String> = groups.iter().map(|(name, ..)| name.clone()).collect();
    let tokens = &folded.total.measures.tokens;
    let cached = domain::economics::ratios::cache_hit_share(&folded.total).map_or(0.0, |share| share.value);
    let title = if tokens.cache_read > 0 {
        context.text("chart-tokens-title", &[("share", format::share(cached, 0).into())])
    } else {
        context.text("chart-tokens-title-plain", &[])
    };
    let dimension_text = context.text(&format!("dimension-{}", dimension.name()), &[]);
    let subtitle = context.text(
        "chart-tokens-subtitle",
        &[
            ("dimension", dimension_text.into()),
            ("period", format::period(folded.days.0, folded.days.1, language).into()),
            ("total", format::count_compact(tokens.total().into(), language).into()),
        ],
    );
    let heading = context.text(&format!("heading-{}", dimension.name()), &[]);
    let mut columns = vec![column(heading, Align::Left)];
    columns.extend(series.iter().map(|s| column(s.name.clone(), Align::Right)));
    let rows = categories
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let mut row = vec![Cell::plain(name.clone())];
            row.extend(series.iter().map(|s| Cell::plain(s.labels[index].clone())));
            row
        })
        .collect();
    ChartSpec {
        summary: format!("{title}. {subtitle}"),
        title,
        subtitle,
        x: format::count_axis(0, highest.into(), 5, "", language),
        y: Axis::default(),
        marks: Marks::StackedBar { categories, series, horizontal: true },
        annotations: vec![],
        table: TableSpec { columns, rows, total: None },
    }
}

/// Unit costs of the largest groups, and the dearest and the cheapest of all.
pub struct UnitCostBars {
    pub spec: ChartSpec,
    /// Name and cost; `None` for fewer than two.
    pub extremes: Option<[(String, String); 2]>,
}

/// Bars drawn: more would not be read.
const BARS: usize = 10;

/// Unit cost bars for the largest groups: what a successful session costs, or a session or request where that is unknown.
pub fn unit_cost_bars(
    context: &Context,
    loaded: &Loaded,
    query: &EconomicsQuery,
    folded: &Folded,
) -> Option<UnitCostBars> {
    let language = context.language;
    let code = loaded.settings.currency.code();
    let dimension = query.by.first().copied().unwrap_or(Dimension::Feature);
    let lines = by_first(folded);
    type Pick = fn(&UnitCosts) -> Option<i128>;
    let picks: [(&str, Pick); 3] = [
        ("cost-per-successful-session", |c| UnitCosts::value(c.per_successful_session)),
        ("cost-per-session", |c| UnitCosts::value(c.per_session)),
        ("cost-per-request", |c| UnitCosts::value(c.per_request)),
    ];
    let whole = unit_costs(&folded.total);
    let (key, pick) = picks.into_iter().find(|(_, pick)| pick(&whole).is_some())?;
    let mut bars: Vec<_> = lines
        .iter()
        .filter_map(|line| {
            Some((value_name(context, loaded, dimension, &line.keys[0]), pick(&unit_costs(&line.totals))?))
        })
        .collect();
    // Of all, not of those that are drawn.
    let written = |bar: &(String, i128)| (bar.0.clone(), format::money_unit(bar.1, code, language));
    let dearest = bars.iter().max_by_key(|(_, nanos)| *nanos).map(written);
    let cheapest = bars.iter().min_by_key(|(_, nanos)| *nanos).map(written);
    let extremes = dearest.zip(cheapest).filter(|_| bars.len() > 1).map(|(dear, cheap)| [dear, cheap]);
    bars.truncate(BARS);
    bars.sort_by_key(|(_, nanos)| std::cmp::Reverse(*nanos));
    let highest = bars.iter().map(|(_, nanos)| *nanos).max()?;
    let title = context.text(&format!("tile-{key}"), &[]);
    let subtitle = context.text(
        "chart-unit-cost-subtitle",
        &[
            ("average", format::money_unit(pick(&whole)?, code, language).into()),
            ("period", format::period(folded.days.0, folded.days.1, language).into()),
        ],
    );
    let rows = bars
        .iter()
        .map(|(name, n)| vec![Cell::plain(name.clone()), Cell::plain(format::money_unit(*n, code, language))])
        .collect();
    let spec = ChartSpec {
        summary: format!("{title}. {subtitle}"),
        x: format::money_axis(0, highest, 4, code, "", language),
        y: Axis::default(),
        marks: Marks::Bar {
            bars: bars
                .into_iter()
                .map(|(name, nanos)| report::chart::Bar {
                    name,
                    value: Some(nanos as f64 / NANOS_PER_UNIT as f64),
                    label: format::money_unit(nanos, code, language),
                    colour: ColourToken::Series1,
                    low: None,
                    high: None,
                })
                .collect(),
            horizontal: true,
        },
        annotations: vec![],
        table: TableSpec {
            columns: vec![
                column(context.text(&format!("heading-{}", dimension.name()), &[]), Align::Left),
                column(title.clone(), Align::Right),
            ],
            rows,
            total: None,
        },
        title,
        subtitle,
    };
    Some(UnitCostBars { spec, extremes })
}
