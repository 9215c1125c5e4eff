//! `quarterdeck check`: what needs a person, for a scheduled job.

use app::economics::{PeriodKind, PeriodOption};
use app::home::{AttentionItem, AttentionKind, HomeView};
use app::reconcile::{ReconciliationQuery, ReconciliationView, VendorMonthView};
use serde::Serialize;

use crate::{ALERTS, Failure, Session, economics, output};

/// Bills come after the quarter they are for.
const QUARTERS: usize = 2;

#[derive(Serialize)]
struct Checked {
    /// As Home shows them, but for bills.
    attention: Vec<AttentionItem>,
    /// Vendors' months whose bill differs too much from the meter.
    flagged: Vec<VendorMonthView>,
}

pub async fn run(session: &Session, period: Option<&str>) -> Result<u8, Failure> {
    let mut home: HomeView = session.call("home", ()).await?;
    // Bills that differ are found below, for the period asked for and with what explains them.
    home.attention.retain(|item| item.kind != AttentionKind::BillDiffers);
    let mut flagged = Vec::new();
    for period in periods(session, period).await? {
        match session.call::<ReconciliationView>("reconciliation", ReconciliationQuery { period }).await {
            Ok(view) => flagged.extend(view.months.into_iter().filter(|month| month.flagged)),
            // Home says so already, among what needs a person.
            Err(failure) if failure.code == "missing-rate" && lacks_rate(&home) => {}
            Err(failure) => return Err(failure),
        }
    }
    let checked = Checked { attention: home.attention, flagged };
    let is_quiet = checked.attention.is_empty() && checked.flagged.is_empty();
    if session.json {
        output::json(&checked);
    } else if is_quiet {
        output::say(&session.text("cli-check-nothing", &[]));
    } else {
        for item in &checked.attention {
            output::say(&format!("{}: {}", item.title, item.detail));
        }
        for month in &checked.flagged {
            output::say(&economics::flagged(session, month));
        }
    }
    Ok(if is_quiet { 0 } else { ALERTS })
}

fn lacks_rate(home: &HomeView) -> bool {
    home.attention.iter().any(|item| item.kind == AttentionKind::MissingRate)
}

/// The period asked for, or the last quarters that hold usage.
async fn periods(session: &Session, asked: Option<&str>) -> Result<Vec<String>, Failure> {
    if let Some(period) = asked {
        return Ok(vec![period.to_owned()]);
    }
    let options: Vec<PeriodOption> = session.call("periods", ()).await?;
    let quarters = options.into_iter().filter(|option| option.kind == PeriodKind::Quarter);
    Ok(quarters.take(QUARTERS).map(|quarter| quarter.key).collect())
}
