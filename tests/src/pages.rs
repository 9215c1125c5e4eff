//! Every page of the sample workspace, for walks over all of them.

use serde_json::{Value, json};

use crate::window::Window;

/// Addresses with a test id that is there once they are drawn. "{contract}", "{vendor}", "{suite}", "{signed}", "{sealed}",
/// "{round}", "{slo}", "{incident}" and "{clocked}" stand for records of the sample.
const PAGES: &[(&str, &str)] = &[
    ("/", "nav-home"),
    ("/calendar", "calendar-export"),
    ("/calendar?view=agenda", "calendar-export"),
    ("/vendors", "vendor-add"),
    ("/vendors/{vendor}", "vendor-actions"),
    ("/vendors/{vendor}?tab=details", "vendor-name"),
    ("/vendors/{vendor}?tab=scorecard", "scorecard"),
    ("/vendors?tab=scorecards", "scorecards-table"),
    ("/vendors?tab=data-terms", "data-terms-table"),
    ("/contracts", "contract-add"),
    ("/contracts/{contract}", "contract-title"),
    ("/contracts/{contract}?tab=prices", "tab-prices"),
    ("/contracts/{contract}?tab=clauses", "clause-training"),
    ("/contracts/{contract}?tab=documents", "attach-path"),
    ("/contracts/{contract}?tab=activity", "comment-text"),
    ("/bakeoffs", "bakeoff-add"),
    ("/bakeoffs/{signed}", "comparison-table"),
    ("/bakeoffs/{signed}?tab=cases", "cases-find"),
    ("/bakeoffs/{signed}?tab=blind", "round-results"),
    ("/bakeoffs/{signed}?tab=decision", "decision-findings"),
    ("/bakeoffs/{signed}?tab=candidates", "candidate-add"),
    ("/bakeoffs/{signed}?tab=results", "bakeoff-actions"),
    ("/bakeoffs/{signed}?tab=setup", "setup-name"),
    ("/bakeoffs/{signed}/import", "results-path"),
    ("/bakeoffs/{sealed}", "sealed"),
    ("/bakeoffs/{sealed}?tab=blind", "round-score"),
    ("/bakeoffs/{sealed}/blind?round={round}&rater=Ines", "blind-left"),
    ("/packet", "packet-open"),
    ("/suites", "suite-add"),
    ("/suites/{suite}", "cases-import"),
    ("/suites/{suite}?tab=versions", "suite-actions"),
    ("/suites/import", "cases-path"),
    ("/economics", "nav-economics"),
    ("/prices", "nav-prices"),
    ("/slos", "slos-table"),
    ("/slos/{slo}", "slo-alerts"),
    ("/slos/{slo}?tab=objective", "slo-name"),
    ("/slos/{slo}?tab=measurements", "slo-imports"),
    ("/incidents", "incident-add"),
    ("/incidents/{incident}", "incident-title"),
    ("/incidents/{clocked}", "clock-name-0"),
    ("/incidents/{clocked}/postmortem", "postmortem-editor"),
    ("/actions", "actions-table"),
    ("/people", "person-add"),
    ("/people?id=new", "person-name"),
    ("/reports", "report-next"),
    ("/data/reconciliation", "sub-imports"),
    ("/imports", "import-start"),
    ("/imports/new", "import-path"),
    ("/settings", "tab-workspace"),
    ("/settings?tab=rates", "tab-rates"),
    ("/settings?tab=backups", "tab-backups"),
    ("/settings?tab=activity", "tab-activity"),
    ("/settings?tab=sources", "tab-sources"),
    ("/guide", "nav-home"),
];

/// The pages of the sample that is open in a window: addresses with the records they are of, and the test ids.
pub async fn pages(window: &Window) -> Vec<(String, &'static str)> {
    let contracts = window.call("contracts", json!(null)).await;
    let bakeoffs = window.call("bakeoffs", json!(null)).await;
    let suites = window.call("suites", json!(null)).await;
    let incidents = window.call("incidents", json!(null)).await;
    let slos = window.call("slos", json!(null)).await;
    let grave = incidents.as_array().into_iter().flatten().find(|row| row["severity"] == "sev1");
    let staged = |stage: &str| {
        let rows = bakeoffs.as_array().into_iter().flatten();
        rows.filter(|row| row["stage"] == stage).map(|row| text(&row["id"])).next().unwrap_or_default()
    };
    let sealed = staged("scoring");
    let rounds = window.call("rounds", json!({ "id": sealed })).await;
    let first = &contracts["rows"][0]["contract"];
    let filled = [
        ("{contract}", text(&first["id"])),
        ("{vendor}", text(&first["vendorId"])),
        ("{suite}", text(&suites[0]["id"])),
        ("{signed}", staged("signed")),
        ("{round}", text(&rounds[0]["id"])),
        ("{sealed}", sealed),
        // The first of the sample is measured from a file.
        ("{slo}", text(&slos[0]["id"])),
        ("{incident}", text(&incidents[0]["id"])),
        ("{clocked}", grave.map(|row| text(&row["id"])).unwrap_or_default()),
    ];
    let fill = |address: &str| filled.iter().fold(address.to_owned(), |address, (name, id)| address.replace(name, id));
    PAGES.iter().map(|(address, testid)| (fill(address), *testid)).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
