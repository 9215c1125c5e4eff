//! `quarterdeck check`: what needs a person, for a scheduled job.

use app::home::{CheckQuery, CheckView};

use crate::{ALERTS, Failure, Session, output};

pub async fn run(session: &Session, period: Option<&str>) -> Result<u8, Failure> {
    let checked: CheckView = session.call("check", CheckQuery { period: period.map(str::to_owned) }).await?;
    if session.json {
        output::json(&checked);
    } else if checked.alerts.is_empty() {
        output::say(&session.text("cli-check-nothing", &[]));
    } else {
        for alert in &checked.alerts {
            // What it rests on says more than the one sentence.
            if alert.evidence.is_empty() {
                output::say(&format!("{}: {}", alert.title, alert.detail));
            } else {
                output::say(&alert.evidence.join("\n  "));
            }
        }
    }
    Ok(if checked.alerts.is_empty() { 0 } else { ALERTS })
}
