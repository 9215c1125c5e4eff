//! The sample's service levels: five of five kinds, one that burns. Invented, like the company.

use chrono::{DateTime, Days, Duration, Utc};
use domain::id::{SloId, SloImportId};
use domain::money::{Currency, Money};
use domain::slo::definition::{Indicator, PolicyStep, Scope};
use domain::slo::{CalendarUnit, Counts, Method, Objective, Point, SloDetails, Window};
use store::Write;
use store::slo::{Slo, SloImport};

use crate::Result;
use crate::frame::Sample;

const HOUR: i64 = 3_600;
/// Days of what files told.
const DAYS: i64 = 120;

fn of_feature(feature: &str) -> Scope {
    Scope { feature: Some(feature.to_owned()), ..Scope::default() }
}

/// What comes of a budget that goes, in words a team would use.
fn policy() -> Vec<PolicyStep> {
    [
        (50, "The owner reports at the weekly cost review"),
        (75, "Releases of the feature need the ops lead"),
        (100, "Only fixes ship until a quarter of the budget is back"),
    ]
    .map(|(percent, action)| PolicyStep { percent, action: action.to_owned() })
    .to_vec()
}

fn objective(name: &str, service: &str, owner: &str, indicator: Indicator, objective: Objective) -> SloDetails {
    SloDetails {
        name: name.to_owned(),
        description: String::new(),
        service: service.to_owned(),
        owner: owner.to_owned(),
        indicator,
        objective,
        method: Method::Occurrences,
        window: Window::Rolling { days: 28 },
        zone: String::new(),
        alerts: Vec::new(),
        fewest_events: 200.0,
        policy: policy(),
        promised: None,
        notes: String::new(),
        origin: None,
    }
}

/// Hours of the outage that the incidents tell of, from the one it began in.
const OUTAGE_HOURS: i64 = 2;

/// Events of an hour, so many hours ago: the share of bad ones is some way off its mean, higher in some hours.
fn told(number: usize, hours_ago: i64, is_outage: bool, rng: &mut fastrand::Rng) -> Counts {
    let day = 0.5 + 0.5 * (hours_ago as f64 / 24.0 * std::f64::consts::TAU).cos();
    let (a_hour, bad, worse): (f64, f64, Option<(std::ops::Range<i64>, f64)>) = match number {
        // Answers within four seconds: the outage, and slow evenings of the last days.
        0 => (2_000.0, 0.026, Some((0..60, 0.075))),
        // Answers marked as unhelpful.
        1 => (260.0, 0.031, None),
        // Answers that broke a rule of conduct.
        _ => (2_000.0, 0.000_25, None),
    };
    let outage = number == 0 && is_outage;
    let share = match worse {
        _ if outage => 0.7,
        Some((hours, share)) if hours.contains(&hours_ago) => share,
        _ => bad,
    };
    let total = (a_hour * (0.3 + 0.7 * day) * (0.9 + 0.2 * rng.f64())).round();
    let expected = total * share * (0.8 + 0.4 * rng.f64());
    let bad = (expected + rng.f64()).floor().min(total);
    Counts { good: total - bad, total }
}

pub(crate) async fn slos(write: &mut Write, sample: &Sample) -> Result<()> {
    let percent = |text: &str| Objective::percent(text).map_err(|error| crate::AppError::Internal(error.to_string()));
    let measured = |unit: &str| Indicator::Measured { unit: unit.to_owned() };
    let most = Money::from_nanos(1_050_000_000, Currency::USD);
    let month = Window::Calendar { unit: CalendarUnit::Month };
    let all = [
        SloDetails {
            description: "End to end, as the gateway measures it.".to_owned(),
            promised: Some(percent("95")?),
            ..objective(
                "Support chat within 4 s",
                "Support chat",
                "Anneke de Vries",
                measured("answers"),
                percent("96")?,
            )
        },
        objective(
            "Support chat found helpful",
            "Support chat",
            "Priya Raman",
            measured("rated answers"),
            percent("96")?,
        ),
        SloDetails {
            description: "Violations found by the output filter and by sampling.".to_owned(),
            fewest_events: 10_000.0,
            ..objective(
                "Answers within the rules",
                "All features",
                "Lin Xiaowen",
                measured("answers"),
                percent("99.95")?,
            )
        },
        SloDetails {
            window: month,
            promised: Some(percent("95")?),
            ..objective(
                "Document search answers",
                "Document search",
                "Tomás Herrera",
                Indicator::Availability { scope: of_feature("Document search") },
                percent("96.5")?,
            )
        },
        SloDetails {
            description: "Hours in which a successful session stayed within its price.".to_owned(),
            fewest_events: 0.0,
            ..objective(
                "Agent operations within their price",
                "Agent operations",
                "Tomás Herrera",
                Indicator::Cost { most, scope: of_feature("Agent operations") },
                percent("90")?,
            )
        },
    ];
    let made = sample.now - Duration::days(DAYS);
    let last = sample.now.timestamp().div_euclid(HOUR) * HOUR - 6 * HOUR;
    for (number, details) in all.into_iter().enumerate() {
        let slo = Slo { id: SloId(Sample::id(0xe00 + number as u128)), details };
        store::slo::save(write, &slo, made + Duration::minutes(number as i64)).await?;
        if matches!(slo.details.indicator, Indicator::Measured { .. }) {
            measurements(write, sample, &slo, (number, last)).await?;
        }
    }
    Ok(())
}

/// What a nightly export of the gateway told of an objective.
async fn measurements(write: &mut Write, sample: &Sample, slo: &Slo, (number, last): (usize, i64)) -> Result<()> {
    let mut rng = fastrand::Rng::with_seed(0x510 + number as u64);
    let hours = DAYS * 24;
    // INC-33 began at 16:52, 26 days ago.
    let day = sample.calendar.start_of(sample.today - Days::new(26)).timestamp();
    let outage = (day + 16 * HOUR).div_euclid(HOUR) * HOUR;
    let points: Vec<Point> = (0..hours)
        .rev()
        .map(|ago| {
            let at = last - ago * HOUR;
            let is_outage = (outage..outage + OUTAGE_HOURS * HOUR).contains(&at);
            Point { minute: at / 60, counts: told(number, ago, is_outage, &mut rng) }
        })
        .collect();
    let import = SloImport {
        id: SloImportId(Sample::id(0xe80 + number as u128)),
        slo: slo.id,
        name: "gateway-hourly.csv".to_owned(),
        sha256: String::new(),
        at: DateTime::<Utc>::from_timestamp(last + 2 * HOUR, 0).unwrap_or_default(),
        points: points.len() as u64,
        step: 60,
        issues: 0,
        reverted: false,
    };
    store::slo::import_add(write, &import).await?;
    const DAY: i64 = 24 * 60;
    for day in points.chunk_by(|one, other| one.minute.div_euclid(DAY) == other.minute.div_euclid(DAY)) {
        store::slo::day_add(write, import.id, day[0].minute.div_euclid(DAY), day).await?;
    }
    Ok(())
}
