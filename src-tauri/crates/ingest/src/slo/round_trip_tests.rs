//! Objectives of our own there and back, and texts of all sorts.

use domain::slo::{CalendarUnit, Indicator, Method, Objective, Scope, SloDetails, Window};
use proptest::prelude::*;

use super::tests::WHOLE;
use super::{definitions_of, export_openslo};

fn scope() -> impl Strategy<Value = Scope> {
    let name = || prop::option::of("[^\\s].{0,20}[^\\s]");
    (name(), name(), name(), name(), name()).prop_map(|(vendor, model, feature, tenant, environment)| {
        let tidy = |name: Option<String>| name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        Scope {
            vendor: tidy(vendor),
            model: tidy(model),
            feature: tidy(feature),
            tenant: tidy(tenant),
            environment: tidy(environment),
        }
    })
}

fn indicator() -> impl Strategy<Value = Indicator> {
    prop_oneof![
        scope().prop_map(|scope| Indicator::Availability { scope }),
        (1u64..1_000_000_000, scope()).prop_map(|(threshold_ms, scope)| Indicator::Latency { threshold_ms, scope }),
        (0i128..1_000_000_000_000_000, scope()).prop_map(|(nanos, scope)| Indicator::Cost {
            most: domain::money::Money::from_nanos(nanos, domain::money::Currency::USD),
            scope
        }),
        "[a-z ]{0,9}".prop_map(|unit| Indicator::Measured { unit: unit.trim().to_owned() }),
    ]
}

fn details() -> impl Strategy<Value = SloDetails> {
    use CalendarUnit::{Month, Quarter, Week, Year};
    let window = prop_oneof![
        (2u32..367).prop_map(|days| Window::Rolling { days }),
        prop::sample::select(vec![Week, Month, Quarter, Year]).prop_map(|unit| Window::Calendar { unit }),
    ];
    let method = prop_oneof![
        Just(Method::Occurrences),
        (1u32..1_440, 0.0f64..1.0).prop_map(|(minutes, target)| Method::Timeslices { minutes, target }),
        (1u32..1_440).prop_map(|minutes| Method::RatioTimeslices { minutes }),
    ];
    let texts = ("\\PC{1,30}", "(?s).{0,60}", "\\PC{0,20}", "\\PC{0,20}", "(?s).{0,60}");
    let zone = prop::sample::select(vec!["", "Asia/Shanghai", "UTC"]);
    (texts, indicator(), 2u32..9_999_999, method, window, zone, any::<bool>(), 0u32..1_000, 0usize..3).prop_map(
        |(
            (name, description, service, owner, notes),
            indicator,
            allowed,
            method,
            window,
            zone,
            promise,
            fewest,
            steps,
        )| {
            let share = |allowed: u32| Objective::share(&format!("0.{:07}", 10_000_000 - allowed)).unwrap();
            let tidy = |text: String| text.trim().to_owned();
            SloDetails {
                name: Some(tidy(name)).filter(|name| !name.is_empty()).unwrap_or("x".into()),
                description: tidy(description),
                service: tidy(service),
                owner: tidy(owner),
                indicator,
                objective: share(allowed - 1),
                method,
                window,
                zone: zone.to_owned(),
                alerts: domain::slo::alert::USUAL[..steps].to_vec(),
                fewest_events: f64::from(fewest) / 8.0,
                policy: (0..steps)
                    .map(|n| domain::slo::PolicyStep { percent: 50 * (n as u32 + 1), action: "\"'\n: #".into() })
                    .collect(),
                promised: promise.then(|| share(allowed)),
                notes: tidy(notes),
                origin: None,
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("QUARTERDECK_CAMPAIGN").is_some() { 20_000 } else { 400 }))]

    #[test]
    fn objectives_of_our_own_are_read_as_they_were_written(slos in prop::collection::vec(details(), 1..4)) {
        let text = export_openslo(&slos);
        let found = definitions_of(&text);
        prop_assert_eq!(&found.issues, &Vec::new(), "{}", text);
        let bare: Vec<_> = found.slos.iter().cloned().map(|slo| SloDetails { origin: None, ..slo }).collect();
        prop_assert_eq!(&bare, &slos, "{}", text);
        prop_assert_eq!(export_openslo(&found.slos), text);
    }

    #[test]
    fn no_text_is_the_end_of_reading(text in "(?s).{0,200}", at in 0usize..2_000) {
        definitions_of(&text);
        let cut = WHOLE.char_indices().map(|(place, _)| place).nth(at.min(WHOLE.len() / 2)).unwrap_or(0);
        let found = definitions_of(&WHOLE[..cut]);
        export_openslo(&found.slos);
        let mut broken = WHOLE.to_owned();
        broken.insert_str(cut, &text);
        export_openslo(&definitions_of(&broken).slos);
    }
}
