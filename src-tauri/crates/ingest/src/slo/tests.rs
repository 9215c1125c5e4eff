//! Definitions as published, there and back.

use domain::slo::{AlertSeverity, CalendarUnit, Indicator, Method, Objective, Scope, SloDetails, Window};
use serde_json::Value;

use super::*;

fn fixture(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/slo").join(name)
}

fn codes(found: &Definitions) -> Vec<&str> {
    found.issues.iter().map(|issue| issue.code.as_str()).collect()
}

fn values(text: &str) -> Vec<Value> {
    documents::read(text, &mut Vec::new()).into_iter().map(|document| document.value).collect()
}

const OPENSLO: [&str; 5] = [
    "openslo/examples_budgeting-method_occurences-slo.yaml",
    "openslo/examples_budgeting-method_ratio-timeslices.yaml",
    "openslo/examples_budgeting-method_timeslices-slo.yaml",
    "openslo/examples_treat-low-traffic-as-equally-important_timeslices-slo.yaml",
    "sloth/openslo-getting-started.yml",
];

#[test]
fn published_examples_are_read() {
    let percent = |text: &str| Objective::percent(text).unwrap();
    let one = |name: &str| {
        let found = read_definitions(&fixture(name)).unwrap();
        assert_eq!(found.slos.len(), 1, "{name}: {:?}", found.issues);
        (found.slos[0].clone(), codes(&found).join(" "))
    };
    let (slo, issues) = one(OPENSLO[0]);
    assert_eq!((slo.name.as_str(), slo.service.as_str(), slo.objective), ("Searching time", "web-shop", percent("99")));
    assert_eq!((slo.window, slo.method, issues.as_str()), (Window::Rolling { days: 14 }, Method::Occurrences, ""));
    let (slo, issues) = one(OPENSLO[1]);
    assert_eq!((slo.method, issues.as_str()), (Method::RatioTimeslices { minutes: 1 }, ""));
    let (slo, issues) = one(OPENSLO[2]);
    assert_eq!((slo.objective, slo.promised), (percent("99.5"), Some(percent("99"))));
    assert_eq!(slo.window, Window::Calendar { unit: CalendarUnit::Month });
    assert_eq!(slo.method, Method::Timeslices { minutes: 1, target: 0.99 });
    assert_eq!((slo.zone.as_str(), issues.as_str()), ("America/New_York", "slo-minute-for-month slo-window-start"));
    let (slo, issues) = one(OPENSLO[3]);
    assert_eq!((slo.objective, slo.window), (percent("99.95"), Window::Calendar { unit: CalendarUnit::Week }));
    assert_eq!(issues, "slo-window-start");
    let (slo, issues) = one(OPENSLO[4]);
    assert_eq!((slo.objective, slo.window, issues.as_str()), (percent("99.9"), Window::Rolling { days: 30 }, ""));
    let (slo, issues) = one("sloth/getting-started.yml");
    assert_eq!(
        (slo.name.as_str(), slo.owner.as_str(), slo.objective),
        ("requests-availability", "myteam", percent("99.9"))
    );
    assert_eq!((slo.window, slo.alerts.len(), issues.as_str()), (Window::Rolling { days: 30 }, 0, ""));
}

#[test]
fn alert_windows_are_read_with_their_burn_rates() {
    for (name, days, factors) in [
        ("7d.yaml", 7, [13.44, 3.5, 1.4, 0.98]),
        ("google-28d.yaml", 28, [13.44, 5.6, 2.8, 0.933_333]),
        ("google-30d.yaml", 30, [14.4, 6.0, 3.0, 1.0]),
        ("custom-30d.yaml", 30, [14.4, 4.8, 3.0, 1.0]),
    ] {
        let found = read_definitions(&fixture("sloth").join(name)).unwrap();
        assert_eq!((found.issues.len(), found.alert_windows.len(), found.alert_windows[0].days), (0, 1, days));
        for (rule, factor) in found.alert_windows[0].rules.iter().zip(factors) {
            assert!((rule.factor(i64::from(days) * 1_440) - factor).abs() < 1e-6, "{name}: {rule:?}");
        }
    }
}

#[test]
fn sloth_takes_the_alert_windows_of_its_file_and_both_its_spellings() {
    let windows = std::fs::read_to_string(fixture("sloth/7d.yaml")).unwrap();
    let text = format!(
        "{windows}\n---\napiVersion: sloth.slok.dev/v1\nkind: PrometheusServiceLevel\nmetadata: {{name: a}}\nspec:\n  \
         service: svc\n  labels: {{owner: Ann}}\n  slos:\n  - name: one\n    objective: 99.95\n    sli: {{events: \
         {{errorQuery: e, totalQuery: t}}}}\n    alerting: {{ticketAlert: {{disable: true}}}}\n  - name: two\n    \
         objective: 100\n    sli: {{raw: {{errorRatioQuery: e}}}}\n  - name: three\n    objective: 99\n"
    );
    let found = definitions_of(&text);
    assert_eq!(codes(&found), ["slo-objective-whole", "slo-indicator-missing"]);
    assert_eq!(found.issues[0].column.as_deref(), Some("spec.slos[1].objective"));
    let names: Vec<_> = found.slos.iter().map(|slo| (slo.name.as_str(), slo.alerts.len())).collect();
    assert_eq!((names, found.alert_windows.len()), (vec![("one", 2), ("three", 4)], 0));
    assert!(found.slos[0].alerts.iter().all(|rule| rule.severity == AlertSeverity::Page));
    assert_eq!((found.slos[0].window, found.slos[0].owner.as_str()), (Window::Rolling { days: 7 }, "Ann"));
    let text = export_openslo(&found.slos);
    assert!(text.contains("query: e") && text.contains("query: t"), "{text}");
    assert_eq!(definitions_of(&text).slos.len(), 2);
}

#[test]
fn what_was_read_is_given_back_as_it_was() {
    for name in OPENSLO {
        let original = std::fs::read_to_string(fixture(name)).unwrap();
        let first = definitions_of(&original);
        let text = export_openslo(&first.slos);
        // Only the window of "1m" is corrected; a slice of one minute stays.
        let expected = values(&original.replace("- duration: 1m", "- duration: 1M"));
        assert_eq!(values(&text), expected, "{name}");
        assert_eq!(definitions_of(&text).slos, first.slos, "{name}");
    }
}

/// Two objectives and a promise, an indicator of its own document, policies and labels.
pub(super) const WHOLE: &str = "
apiVersion: openslo/v1
kind: SLI
metadata: {name: errors, annotations: {why: because}}
spec: {ratioMetric: {counter: true, bad: {metricSource: {metricSourceRef: prom, spec: {query: 'a[5m]'}}}, total: \
{metricSource: {metricSourceRef: prom, spec: {query: 'b[5m]'}}}}}
---
apiVersion: openslo/v1
kind: DataSource
metadata: {name: prom}
spec: {type: Prometheus, connectionDetails: {url: 'http://p:9090'}}
---
apiVersion: openslo/v1
kind: AlertPolicy
metadata: {name: fast}
spec: {conditions: [{conditionRef: burns}], notificationTargets: [{targetRef: pager}]}
---
apiVersion: openslo/v1
kind: AlertCondition
metadata: {name: burns}
spec: {severity: page, condition: {kind: burnrate, op: lte, threshold: 2, lookbackWindow: 1h, alertAfter: 5m}}
---
apiVersion: openslo/v1
kind: AlertNotificationTarget
metadata: {name: pager}
spec: {target: pagerduty}
---
apiVersion: openslo/v1
kind: Service
metadata: {name: nobody}
---
apiVersion: openslo/v1
kind: SLO
metadata: {name: api, displayName: API, labels: {owner: [Ann], tier: '1', 'yes': 'no'}}
spec:
  description: |
    Two lines,
    of text.
  service: shop
  indicatorRef: errors
  timeWindow: [{duration: 1Q, calendar: {startTime: 2024-01-01 00:00:00, timeZone: Asia/Shanghai}}]
  budgetingMethod: Occurrences
  objectives:
  - {displayName: Good, targetPercent: 99.5}
  - {displayName: sla, target: 0.95}
  - {displayName: Best, target: 0.999}
  alertPolicies: [fast]
---
apiVersion: openslo/v7
kind: SLO
---
apiVersion: openslo/v1
kind: Wish
metadata: {name: w}
---
apiVersion: v1
kind: Pod
---
just a text
";

#[test]
fn documents_refer_to_each_other_and_unknown_ones_are_told() {
    let found = definitions_of(WHOLE);
    let names: Vec<_> = found.slos.iter().map(|slo| (slo.name.clone(), slo.objective.to_string())).collect();
    assert_eq!(names, [("API – Good".into(), "99.5".into()), ("API – Best".into(), "99.9".into())]);
    assert!(found.slos.iter().all(|slo| slo.owner == "Ann" && slo.promised.unwrap().to_string() == "95"));
    let expected = [
        "slo-version-unknown",
        "slo-not-a-definition",
        "slo-not-a-definition",
        "slo-alerts-not-taken",
        "slo-alerts-not-taken",
        "slo-kind-unknown",
        "slo-document-unused",
    ];
    assert_eq!(codes(&found), expected);
    let wish = &found.issues[5];
    assert_eq!((wish.params["document"].as_str(), wish.params["name"].as_str()), ("9", "w"));
    let (original, text) = (values(WHOLE), export_openslo(&found.slos));
    let expected: Vec<Value> = original[..5].iter().chain([&original[6]]).cloned().collect();
    assert_eq!(values(&text), expected, "{text}");
    assert_eq!(definitions_of(&text).slos, found.slos);
}

#[test]
fn a_promise_that_is_one_to_some_objectives_only_stays_with_them() {
    let text = "apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: a}\nspec: {service: s, indicator: {}, timeWindow: \
                [{duration: 28d, isRolling: true}], budgetingMethod: Occurrences, objectives: [{displayName: A, target: 0.9}, \
                {displayName: SLA, target: 0.95}, {displayName: B, target: 0.99}]}";
    let found = definitions_of(text);
    let promised: Vec<_> = found.slos.iter().map(|slo| slo.promised.is_some()).collect();
    assert_eq!((promised, codes(&found).len()), (vec![false, true], 0));
    assert_eq!(values(&export_openslo(&found.slos)), values(text));
    // Alone, the looser one has no promise, and its name is its own.
    let alone = definitions_of(&export_openslo(&found.slos[..1]));
    assert_eq!((alone.slos.len(), alone.slos[0].name.as_str()), (1, "a – A"));
    assert_eq!(alone.issues, []);
}

#[test]
fn what_was_changed_since_is_in_the_export_and_nothing_else_is() {
    let mut slos = definitions_of(WHOLE).slos;
    let change = |slos: &[SloDetails]| -> Vec<SloDetails> {
        let text = export_openslo(slos);
        let mut read = definitions_of(&text).slos;
        read.iter_mut().for_each(|slo| slo.origin = None);
        read
    };
    let bare = |slos: &[SloDetails]| -> Vec<SloDetails> {
        slos.iter().cloned().map(|slo| SloDetails { origin: None, ..slo }).collect()
    };
    slos[1].objective = Objective::percent("99.95").unwrap();
    assert_eq!(change(&slos), bare(&slos));
    // Both still in one document.
    assert_eq!(values(&export_openslo(&slos)).len(), 6);
    slos[0].objective = Objective::percent("99").unwrap();
    slos[0].owner = "Bo".into();
    slos[0].window = Window::Rolling { days: 28 };
    slos[0].zone = "Asia/Shanghai".into();
    slos[0].service = "Der Laden".into();
    slos[0].notes = "- [x] \"quoted\"\n# no comment: 'x'".into();
    slos[0].method = Method::Timeslices { minutes: 5, target: 0.5 };
    slos[0].promised = None;
    assert_eq!(change(&slos), bare(&slos));
    assert_eq!(values(&export_openslo(&slos)).len(), 7);
    slos.truncate(1);
    slos[0].name = "Renamed".into();
    slos[0].indicator = Indicator::Availability { scope: Scope { feature: Some("chat".into()), ..Scope::default() } };
    slos[0].promised = Some(Objective::percent("97").unwrap());
    assert_eq!(change(&slos), bare(&slos));
    let text = export_openslo(&slos);
    assert!(text.contains("tier: \"1\"") || text.contains("tier: '1'"), "{text}");
}

#[test]
fn what_is_no_objective_costs_itself_only() {
    let text = |objectives: &str, window: &str| {
        let found = definitions_of(&format!(
            "apiVersion: openslo/v1\nkind: SLO\nmetadata: {{name: a}}\nspec: {{service: s, indicator: {{}}, timeWindow: \
             [{window}], budgetingMethod: Timeslices, objectives: [{objectives}]}}"
        ));
        (found.slos.iter().map(|slo| slo.objective.to_string()).collect::<Vec<_>>().join(" "), codes(&found).join(" "))
    };
    let good = "{displayName: B, target: 0.9, timeSliceTarget: 1, timeSliceWindow: 5}";
    let window = "{duration: 28d, isRolling: true}";
    for (objective, code) in [
        ("{target: 1}", "slo-objective-whole"),
        ("{targetPercent: 100.0}", "slo-objective-whole"),
        ("{target: 99.9}", "slo-objective-outside"),
        ("{target: a lot}", "slo-objective-not-a-number"),
        ("{target: .nan}", "slo-objective-not-a-number"),
        ("{}", "slo-objective-not-a-number"),
        ("{target: 0.99999999}", "slo-objective-too-fine"),
        ("{target: 0.99}", "slo-slice-unreadable"),
        ("{target: 0.99, timeSliceTarget: 7, timeSliceWindow: 5m}", "slo-slice-unreadable"),
        ("{target: 0.99, timeSliceTarget: 0.9, timeSliceWindow: 29d}", "slo-not-valid"),
        ("{displayName: SLA, target: 0.95, timeSliceTarget: 1, timeSliceWindow: 5}", "slo-promise-not-looser"),
    ] {
        let (read, codes) = text(&format!("{objective}, {good}"), window);
        assert!(read.ends_with("90") && codes == code, "{objective}: {read}, {codes}");
    }
    assert_eq!(text(good, "{duration: 45m}"), (String::new(), "slo-minute-for-month slo-window-unsupported".into()));
    assert_eq!(text(good, ""), ("90".into(), "slo-window-missing".into()));
    assert_eq!(codes(&definitions_of("")), [""; 0]);
}

#[test]
fn a_file_beyond_all_measure_is_refused() {
    use std::io::Write;
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(&b"a: b\n".repeat(3 << 20)).unwrap();
    let error = read_definitions(file.path()).unwrap_err();
    assert!(matches!(error, IngestError::File { code: "file-too-large", .. }), "{error}");
}
