//! Spend over time: weekly columns, days as an area under their 7-day mean, or longer buckets. The renderers only draw.

use chrono::Datelike;
use domain::money::Femtos;
use domain::usage::Dimension;
use report::chart::{Annotation, Axis, ChartSpec, ColourToken, Marks, Series, Tick};
use report::format;
use report::table::{Align, Cell, TableSpec};

use super::charts::{column, largest};
use super::{Bucket, EconomicsQuery, Folded, Grain, Line, Loaded, units};
use crate::Context;
use crate::view::position;

/// Series with a name and colour of their own; the rest is one.
const NAMED: usize = 6;

/// Days from which on weeks read better: weekends draw a comb.
const BY_WEEK: usize = 43;

/// What a period's spend can be drawn by.
pub fn grains(folded: &Folded) -> Vec<Grain> {
    match folded.grain {
        Grain::Day if folded.buckets.len() > 14 => vec![Grain::Day, Grain::Week],
        other => vec![other],
    }
}

/// What it is drawn by: as asked, where it can be.
pub fn drawn_by(query: &EconomicsQuery, folded: &Folded) -> Grain {
    let can = grains(folded);
    match query.grain {
        Some(wanted) if can.contains(&wanted) => wanted,
        _ if can.contains(&Grain::Week) && folded.buckets.len() >= BY_WEEK => Grain::Week,
        _ => folded.grain,
    }
}

/// What is drawn as one, with the buckets of the fold that it takes in.
type Stretch = (Bucket, std::ops::Range<usize>);

/// Days as calendar weeks, from Monday on.
fn weeks(days: &[Bucket]) -> Vec<Stretch> {
    let mut weeks: Vec<Stretch> = Vec::new();
    for (index, day) in days.iter().enumerate() {
        match weeks.last_mut().filter(|_| day.first.weekday().num_days_from_monday() > 0) {
            Some((week, range)) => {
                week.last = day.last;
                range.end = index + 1;
            }
            None => weeks.push((*day, index..index + 1)),
        }
    }
    weeks
}

/// Spend over time, stacked by the first dimension.
pub fn spend_over_time(context: &Context, loaded: &Loaded, query: &EconomicsQuery, folded: &Folded) -> ChartSpec {
    let language = context.language;
    let code = loaded.settings.currency.code();
    let groups = largest(context, loaded, query, folded, NAMED);
    let by = drawn_by(query, folded);
    // A day that runs would look like a collapse: the axis ends where it begins.
    let has_spend = |buckets: usize| groups.iter().any(|(.., line)| line.spend[..buckets].iter().any(|sum| sum.0 != 0));
    let over = folded.whole_buckets;
    let shown = if over > 1 && has_spend(over) { over } else { folded.buckets.len() };
    let is_weekly = by == Grain::Week && folded.grain == Grain::Day;
    let buckets = &folded.buckets[..shown];
    let stretches: Vec<Stretch> =
        if is_weekly { weeks(buckets) } else { buckets.iter().enumerate().map(|(at, b)| (*b, at..at + 1)).collect() };
    let x_labels: Vec<String> = stretches
        .iter()
        .map(|(b, _)| {
            if b.first == b.last { format::date(b.first, language) } else { format::period(b.first, b.last, language) }
        })
        .collect();
    let amount = |nanos: i128| format::money(nanos, code, language);
    let spent = |line: &Line| -> Vec<Femtos> {
        stretches.iter().map(|(_, range)| line.spend[range.clone()].iter().copied().sum()).collect()
    };
    let series: Vec<Series> = groups
        .iter()
        .map(|(name, colour, line)| {
            let spent = spent(line);
            Series {
                name: name.clone(),
                colour: *colour,
                values: spent.iter().map(|f| Some(units(*f))).collect(),
                labels: spent.iter().map(|f| amount(f.to_nanos())).collect(),
            }
        })
        .collect();
    let sums: Vec<Femtos> = (0..stretches.len())
        .map(|at| groups.iter().map(|(.., line)| line.spend[stretches[at].1.clone()].iter().copied().sum()).sum())
        .collect();
    let highest = sums.iter().map(|sum: &Femtos| sum.to_nanos()).max().unwrap_or(0);
    let last = stretches.last().map_or(folded.days.1, |(bucket, _)| bucket.last);
    let grain = match by {
        Grain::Day => "day",
        Grain::Week => "week",
        Grain::Month => "month",
    };
    let dimension = query.by.first().copied().unwrap_or(Dimension::Feature);
    let dimension_text = context.text(&format!("dimension-{}", dimension.name()), &[]);
    let subtitle = context.text(
        &format!("chart-spend-subtitle-{grain}"),
        &[
            ("currency", code.to_owned().into()),
            ("dimension", dimension_text.into()),
            ("period", format::period(folded.days.0, last, language).into()),
        ],
    );
    let title = title(context, folded, &groups);
    let mut columns = vec![column(context.text("chart-date", &[]), Align::Left)];
    columns.extend(groups.iter().map(|(name, ..)| column(name.clone(), Align::Right)));
    let rows = (0..stretches.len())
        .map(|at| {
            let mut row = vec![Cell::plain(x_labels[at].clone())];
            row.extend(series.iter().map(|s| Cell::plain(s.labels[at].clone())));
            row
        })
        .collect();
    let (x, marks, annotations) = if is_weekly {
        weekly(context, &stretches, series)
    } else {
        area(context, folded, (&stretches, x_labels), series, &sums)
    };
    ChartSpec {
        summary: format!("{title}. {subtitle}"),
        title,
        subtitle,
        x,
        y: format::money_axis(0, highest, 5, code, "", language),
        marks,
        annotations,
        table: TableSpec { columns, rows, total: None },
    }
}

type Drawn = (Axis, Marks, Vec<Annotation>);

/// A column a week. One that the period or the data cut short is hatched, and says of how many days it is.
fn weekly(context: &Context, stretches: &[Stretch], series: Vec<Series>) -> Drawn {
    let categories = stretches.iter().map(|(week, _)| format::day(week.first, context.language)).collect();
    let annotations = stretches.iter().enumerate().filter(|(_, (_, days))| days.len() < 7).map(|(at, (_, days))| {
        let label = context.text("chart-week-of-days", &[("days", days.len().into())]);
        Annotation::Incomplete { from: at as f64, to: at as f64 + 1.0, label }
    });
    let annotations = annotations.collect();
    (Axis::default(), Marks::StackedBar { categories, series, horizontal: false }, annotations)
}

/// A series of one value as one of two.
fn twice(series: &Series) -> Series {
    let labels = series.labels.iter().chain(&series.labels).cloned().collect();
    Series { values: series.values.repeat(2), labels, ..series.clone() }
}

fn area(
    context: &Context,
    folded: &Folded,
    (stretches, x_labels): (&[Stretch], Vec<String>),
    series: Vec<Series>,
    sums: &[Femtos],
) -> Drawn {
    let x: Vec<f64> = stretches.iter().map(|(bucket, _)| position(bucket.first)).collect();
    let last = stretches.last().map_or(folded.days.1, |(bucket, _)| bucket.last);
    // Traffic of a few days among many is no curve.
    let busy = sums.iter().filter(|sum| sum.0 != 0).count();
    let step = busy * 3 < sums.len() * 2;
    let mean = (folded.grain == Grain::Day && !step).then(|| mean_of_seven(context, &x, sums)).flatten();
    // A single stretch is as wide as the axis: a point has no area.
    let (x, x_labels, series) = match x.as_slice() {
        [only] => (vec![only - 0.5, only + 0.5], vec![x_labels[0].clone(); 2], series.iter().map(twice).collect()),
        _ => (x, x_labels, series),
    };
    let margin = if step { 0.5 } else { 0.0 };
    let (min, max) = (x.first().copied().unwrap_or(0.0) - margin, x.last().copied().unwrap_or(1.0) + margin);
    let ticks = format::time_ticks(folded.days.0, last, 8, context.language);
    let axis = Axis {
        label: String::new(),
        min,
        max: if max > min { max } else { min + 1.0 },
        ticks: ticks
            .into_iter()
            .map(|t| Tick { at: position(t.date), label: t.label })
            .filter(|t| t.at >= min && t.at <= max)
            .collect(),
    };
    (axis, Marks::StackedArea { x, x_labels, series, step }, mean.into_iter().collect())
}

/// The mean of each day and the six before it, where there are as many: what weekends hide.
fn mean_of_seven(context: &Context, x: &[f64], sums: &[Femtos]) -> Option<Annotation> {
    if sums.len() < 14 {
        return None;
    }
    let y = sums.windows(7).map(|week| units(week.iter().copied().sum()) / 7.0).collect();
    let label = context.text("chart-mean-of-seven", &[]);
    Some(Annotation::Path { x: x[6..].to_vec(), y, label, colour: ColourToken::Ink })
}

/// The finding: who is largest, and how its share moved.
fn title(context: &Context, folded: &Folded, groups: &[(String, ColourToken, Line)]) -> String {
    let whole = folded.total.spend();
    // That all of it is of no known feature is no finding.
    let named =
        |group: &&(String, ColourToken, Line)| whole.0 > 0 && group.2.keys.first().is_some_and(|key| !key.is_empty());
    let Some((name, _, line)) = groups.first().filter(named) else {
        return context.text("chart-spend-title-plain", &[]);
    };
    let share = format::share(line.totals.spend().0 as f64 / whole.0 as f64, 0);
    context.text("chart-spend-title", &[("name", name.clone().into()), ("share", share.into())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{Duration, NaiveDate};

    #[test]
    fn weeks_are_cut_on_mondays_and_take_in_every_day_once() {
        // 1 April 2026 is a Wednesday.
        let first = NaiveDate::from_ymd_opt(2026, 4, 1).unwrap();
        let days: Vec<Bucket> =
            (0..91).map(|n| first + Duration::days(n)).map(|day| Bucket { first: day, last: day }).collect();
        let weeks = super::weeks(&days);
        assert_eq!(weeks.len(), 14);
        assert_eq!((weeks[0].1.clone(), weeks[1].1.clone(), weeks[13].1.clone()), (0..5, 5..12, 89..91));
        assert!(weeks.windows(2).all(|pair| pair[0].1.end == pair[1].1.start));
        assert!(weeks.iter().all(|(week, days)| (week.last - week.first).num_days() + 1 == days.len() as i64));
    }
}
