//! An objective as a person defines it: of what, how good, over which span, whose, and what follows when the budget goes.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::alert::AlertRule;
use super::history::Method;
use super::objective::Objective;
use super::window::{CalendarUnit, Window};
use crate::calendar::Tz;
use crate::money::Money;

/// Usage that an indicator looks at: names as usage has them, `None` where all of it counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(rename = "SloScope")]
pub struct Scope {
    pub vendor: Option<String>,
    pub model: Option<String>,
    pub feature: Option<String>,
    pub tenant: Option<String>,
    pub environment: Option<String>,
}

/// What is measured: good events in all events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[ts(rename = "SloIndicator")]
pub enum Indicator {
    /// Successful requests in all requests.
    Availability { scope: Scope },
    /// Requests that end within a threshold in all whose latency is known; by the sketches of usage.
    Latency {
        #[ts(type = "number")]
        threshold_ms: u64,
        scope: Scope,
    },
    /// Slices of time in which a successful session cost no more than `most`, in all slices with a successful session.
    Cost { most: Money, scope: Scope },
    /// Counts or shares that a file tells. `unit` is what is counted, such as "answers"; may be empty.
    Measured { unit: String },
}

/// What is done once so much of the budget is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "SloPolicyStep")]
pub struct PolicyStep {
    /// Percent of the budget; above 100 it is overspent.
    #[serde(deserialize_with = "crate::typed::count")]
    pub percent: u32,
    pub action: String,
}

/// The file an objective was read from, so that an export gives back what is not modelled here: queries, labels, policies.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "SloOrigin")]
pub struct Origin {
    /// "openslo" or "sloth".
    pub format: String,
    /// Its document, as JSON.
    pub document: String,
    /// Which of the document's objectives it is, from 0.
    #[serde(default)]
    pub objective: u32,
    /// Other documents of the file that this one refers to, as JSON: indicators, services, alert policies, data sources.
    #[serde(default)]
    pub related: Vec<String>,
}

/// Everything a person says about an objective.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SloDetails {
    pub name: String,
    #[serde(default)]
    pub description: String,
    /// The feature or service it is about.
    #[serde(default)]
    pub service: String,
    #[serde(default)]
    pub owner: String,
    pub indicator: Indicator,
    /// A percentage: "99.9".
    #[ts(type = "string")]
    pub objective: Objective,
    #[ts(type = "{ method: \"occurrences\" } | { method: \"timeslices\", minutes: number, target: number } \
                 | { method: \"ratio-timeslices\", minutes: number }")]
    pub method: Method,
    pub window: Window,
    /// IANA name; empty for the workspace's.
    #[serde(default)]
    pub zone: String,
    /// Empty for the usual four ([`super::alert::USUAL`]).
    #[serde(default)]
    pub alerts: Vec<AlertRule>,
    /// Below so many events of its long window no alert fires; 0 asks for none.
    #[serde(default)]
    pub fewest_events: f64,
    /// Rising.
    #[serde(default)]
    pub policy: Vec<PolicyStep>,
    /// What customers are promised: looser than the objective.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub promised: Option<Objective>,
    #[serde(default)]
    pub notes: String,
    #[serde(default)]
    pub origin: Option<Origin>,
}

/// The longest window, in days: a leap year.
pub const LONGEST_WINDOW: u32 = 366;

/// The highest step of a policy, in percent of the budget: ten times all of it.
pub const HIGHEST_STEP: u32 = 1_000;

const DAY: i64 = 24 * 60;

impl SloDetails {
    /// Its alerts: those said, else the usual four.
    pub fn alert_rules(&self) -> &[AlertRule] {
        if self.alerts.is_empty() { &super::alert::USUAL } else { &self.alerts }
    }
}

/// Minutes of the shortest window of its kind: of months that is February's.
fn shortest(window: Window) -> i64 {
    DAY * match window {
        Window::Rolling { days } => i64::from(days),
        Window::Calendar { unit: CalendarUnit::Week } => 7,
        Window::Calendar { unit: CalendarUnit::Month } => 28,
        Window::Calendar { unit: CalendarUnit::Quarter } => 90,
        Window::Calendar { unit: CalendarUnit::Year } => 365,
    }
}

/// What is wrong with an objective as typed, by field name; empty when it can be saved.
pub fn check(details: &SloDetails) -> Vec<(&'static str, &'static str)> {
    let mut problems = Vec::new();
    if details.name.trim().is_empty() {
        problems.push(("name", "required"));
    }
    if !details.zone.is_empty() && details.zone.parse::<Tz>().is_err() {
        problems.push(("zone", "not-a-zone"));
    }
    if matches!(details.window, Window::Rolling { days } if days == 0 || days > LONGEST_WINDOW) {
        problems.push(("window", "window-out-of-range"));
    }
    match &details.indicator {
        Indicator::Latency { threshold_ms: 0, .. } => problems.push(("indicator", "threshold-zero")),
        Indicator::Cost { most, .. } if most.is_negative() => problems.push(("indicator", "negative")),
        _ => {}
    }
    let (minutes, target) = match details.method {
        Method::Occurrences => (None, None),
        Method::Timeslices { minutes, target } => (Some(minutes), Some(target)),
        Method::RatioTimeslices { minutes } => (Some(minutes), None),
    };
    if minutes.is_some_and(|minutes| minutes == 0 || i64::from(minutes) > shortest(details.window)) {
        problems.push(("method", "slice-out-of-range"));
    }
    if target.is_some_and(|target| !(0.0..=1.0).contains(&target)) {
        problems.push(("method", "share-out-of-range"));
    }
    if details.promised.is_some_and(|promised| !details.objective.is_stricter_than(promised)) {
        problems.push(("promised", "promise-not-looser"));
    }
    if !(0.0..1e15).contains(&details.fewest_events) {
        problems.push(("fewestEvents", "events-out-of-range"));
    }
    if details.policy.iter().any(|step| !(1..=HIGHEST_STEP).contains(&step.percent)) {
        problems.push(("policy", "percent-out-of-range"));
    } else if details.policy.windows(2).any(|pair| pair[0].percent >= pair[1].percent) {
        problems.push(("policy", "percent-not-rising"));
    }
    let is_percent = |rule: &AlertRule| rule.percent > 0.0 && rule.percent <= f64::from(HIGHEST_STEP);
    if !details.alerts.iter().all(is_percent) {
        problems.push(("alerts", "percent-out-of-range"));
    }
    if details.alerts.iter().any(|rule| rule.short_minutes == 0 || rule.short_minutes >= rule.long_minutes) {
        problems.push(("alerts", "short-not-shorter"));
    }
    problems
}

/// Alerts that can never fire, not even if everything failed, by their place among [`SloDetails::alert_rules`]. A warning: the
/// objective can be saved.
pub fn unreachable_alerts(details: &SloDetails) -> Vec<usize> {
    let highest = details.objective.highest_burn() * (1.0 + 1e-12);
    let minutes = shortest(details.window);
    let rules = details.alert_rules().iter().enumerate();
    rules.filter(|(_, rule)| rule.factor(minutes) > highest).map(|(index, _)| index).collect()
}

#[cfg(test)]
mod tests {
    use super::super::alert::AlertSeverity;
    use super::*;
    use crate::money::Currency;

    fn objective() -> SloDetails {
        SloDetails {
            name: "Answers in time".into(),
            description: String::new(),
            service: "support".into(),
            owner: "Ann".into(),
            indicator: Indicator::Latency { threshold_ms: 2_500, scope: Scope::default() },
            objective: Objective::percent("99.5").unwrap(),
            method: Method::Occurrences,
            window: Window::Rolling { days: 28 },
            zone: String::new(),
            alerts: Vec::new(),
            fewest_events: 100.0,
            policy: vec![
                PolicyStep { percent: 50, action: "Look".into() },
                PolicyStep { percent: 100, action: "Freeze".into() },
            ],
            promised: Some(Objective::percent("99").unwrap()),
            notes: String::new(),
            origin: None,
        }
    }

    #[test]
    fn each_slip_is_told_by_its_field() {
        assert_eq!(check(&objective()), []);
        type Slip = fn(&mut SloDetails);
        let rule = AlertRule { percent: 2.0, long_minutes: 60, short_minutes: 5, severity: AlertSeverity::Page };
        let slips: [(Slip, (&str, &str)); 13] = [
            (|slo| slo.name = " ".into(), ("name", "required")),
            (|slo| slo.zone = "Mars/Base".into(), ("zone", "not-a-zone")),
            (|slo| slo.window = Window::Rolling { days: 0 }, ("window", "window-out-of-range")),
            (|slo| slo.window = Window::Rolling { days: 367 }, ("window", "window-out-of-range")),
            (|slo| slo.method = Method::RatioTimeslices { minutes: 0 }, ("method", "slice-out-of-range")),
            (|slo| slo.method = Method::RatioTimeslices { minutes: 28 * 1_440 + 1 }, ("method", "slice-out-of-range")),
            (|slo| slo.method = Method::Timeslices { minutes: 5, target: 1.1 }, ("method", "share-out-of-range")),
            (|slo| slo.method = Method::Timeslices { minutes: 5, target: f64::NAN }, ("method", "share-out-of-range")),
            (|slo| slo.promised = Some(slo.objective), ("promised", "promise-not-looser")),
            (|slo| slo.policy[1].percent = 50, ("policy", "percent-not-rising")),
            (|slo| slo.policy[1].percent = 1_001, ("policy", "percent-out-of-range")),
            (|slo| slo.fewest_events = f64::INFINITY, ("fewestEvents", "events-out-of-range")),
            (
                |slo| slo.indicator = Indicator::Latency { threshold_ms: 0, scope: Scope::default() },
                ("indicator", "threshold-zero"),
            ),
        ];
        for (slip, problem) in slips {
            let mut slo = objective();
            slip(&mut slo);
            assert_eq!(check(&slo), [problem]);
        }
        let of = |rule: AlertRule| check(&SloDetails { alerts: vec![rule], ..objective() });
        assert_eq!(of(rule), []);
        assert_eq!(of(AlertRule { short_minutes: 60, ..rule }), [("alerts", "short-not-shorter")]);
        assert_eq!(of(AlertRule { percent: f64::NAN, ..rule }), [("alerts", "percent-out-of-range")]);
    }

    #[test]
    fn an_alert_that_can_never_fire_is_pointed_out() {
        let of = |percent: &str, window| {
            let objective = Objective::percent(percent).unwrap();
            unreachable_alerts(&SloDetails { objective, window, promised: None, ..self::objective() })
        };
        assert_eq!(of("99.5", Window::Rolling { days: 30 }), [0usize; 0]);
        // 1 / (1 − 0.9) is 10: below 14.4, above 6.
        assert_eq!(of("90", Window::Rolling { days: 30 }), [0]);
        // The same two percent of a year are a burn rate of 175, and five in six hours one of 73.
        assert_eq!(of("99", Window::Calendar { unit: CalendarUnit::Year }), [0]);
        assert_eq!(of("98", Window::Calendar { unit: CalendarUnit::Year }), [0, 1]);
    }

    #[test]
    fn an_objective_crosses_the_wire_unchanged() {
        let cost = Indicator::Cost { most: Money::parse("0.25", Currency::USD).unwrap(), scope: Scope::default() };
        for slo in [objective(), SloDetails { indicator: cost, ..objective() }] {
            let text = serde_json::to_string(&slo).unwrap();
            assert_eq!(serde_json::from_str::<SloDetails>(&text).unwrap(), slo);
        }
        let text = serde_json::to_string(&objective()).unwrap();
        assert!(text.contains(r#""indicator":{"kind":"latency","thresholdMs":2500,"#), "{text}");
        assert!(text.contains(r#""objective":"99.5""#) && text.contains(r#""promised":"99""#), "{text}");
    }
}
