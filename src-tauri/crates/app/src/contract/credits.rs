//! Credits a vendor owes: downtime of its incidents month by month, by the contract's own ladder, within its claim window.

use chrono::{DateTime, Datelike, Days, Duration, Months, NaiveDate, Utc};
use domain::clauses::Sla;
use domain::contract::Contract;
use domain::incident::{Impact, Incident, IncidentKind};
use domain::money::Money;
use domain::vendor::VendorDetails;
use report::format;
use report::table::Tone;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::economics::{Loaded, spend_with};
use crate::{AppError, Context, Result};

/// What a month's downtime gives back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "SlaCredit")]
pub struct CreditView {
    /// "2026-10".
    pub month: String,
    pub month_text: String,
    /// "99.83 %".
    pub uptime_text: String,
    pub promised_text: String,
    /// "1 h 14 min".
    pub downtime_text: String,
    /// "INC-33".
    pub incidents: String,
    /// "10 % of the month's fee".
    pub share_text: String,
    /// What that comes to; "—" where the month's spend is not known in the contract's currency.
    pub amount_text: String,
    pub amount: Option<Money>,
    #[ts(type = "string | null")]
    pub claim_by: Option<NaiveDate>,
    pub claim_text: String,
    pub open: bool,
    pub tone: Tone,
    /// A letter that claims it.
    pub letter: String,
}

/// Months looked back at.
const MONTHS: u32 = 12;

/// Whether an incident kept the vendor's service from those it is linked to.
fn is_downtime(incident: &Incident, contract: &Contract) -> bool {
    let details = &incident.details;
    let is_linked = details.contracts.contains(&contract.id) || details.vendors.contains(&contract.details.vendor_id);
    is_linked && (details.kind == IncidentKind::VendorOutage || details.impact == Impact::Outage)
}

/// From when until when it was down: until it was mitigated, else resolved, else now.
fn span(incident: &Incident, now: DateTime<Utc>) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let times = &incident.details.times;
    Some((times.began.or(times.detected)?, times.mitigated.or(times.resolved).unwrap_or(now)))
}

/// The months that give something back, the latest first.
pub(crate) fn credits(
    context: &Context,
    loaded: &Loaded,
    vendor: &VendorDetails,
    (contract, sla): (&Contract, &Sla),
    incidents: &[Incident],
    today: NaiveDate,
) -> Result<Vec<CreditView>> {
    let mut down: Vec<&Incident> = incidents.iter().filter(|incident| is_downtime(incident, contract)).collect();
    down.sort_by_key(|incident| incident.number);
    let spans: Vec<_> = down.iter().filter_map(|incident| span(incident, context.now())).collect();
    let mut found = Vec::new();
    let this = today.with_day(1).unwrap_or(today);
    for back in 0..MONTHS {
        let Some(first) = this.checked_sub_months(Months::new(back)) else { break };
        let Some(after) = first.checked_add_months(Months::new(1)) else { break };
        let within = (loaded.calendar.start_of(first), loaded.calendar.start_of(after));
        let Some(month) = sla.measured(&spans, within).filter(|month| month.credit > 0.0) else { continue };
        let named: Vec<String> = down
            .iter()
            .filter(|one| span(one, context.now()).is_some_and(|(from, to)| from < within.1 && to > within.0))
            .map(|one| one.code())
            .collect();
        let last = after - Days::new(1);
        let spend = if contract.details.currency == loaded.settings.currency {
            match spend_with(loaded, vendor, (first, last.min(today)), today) {
                Err(AppError::MissingRate(_)) => None,
                spend => spend?,
            }
        } else {
            None
        };
        let amount = spend
            .map(|nanos| Money::from_nanos((nanos as f64 * month.credit).round() as i128, contract.details.currency));
        let claim_by = sla.claim_days.and_then(|days| last.checked_add_days(Days::new(days.into())));
        let open = claim_by.is_none_or(|day| day >= today);
        let date = |day: NaiveDate| format::date(day, context.language);
        let percent = |share: f64| format::share(share, 3);
        let month_text = format!("{} {}", format::month_of_year(first.month(), context.language), first.year());
        let amount_text = amount.as_ref().map_or_else(
            || format::UNKNOWN.to_owned(),
            |amount| format::money(amount.nanos(), amount.currency().code(), context.language),
        );
        let downtime_text = format::elapsed(month.downtime, context.language);
        let promised_text = sla.uptime.map_or_else(|| format::UNKNOWN.to_owned(), percent);
        let claim = [("date", claim_by.map_or_else(String::new, date).into())];
        let claim_text = match (claim_by, open) {
            (None, _) => context.text("sla-claim-open", &[]),
            (Some(_), true) => context.text("sla-claim-by", &claim),
            (Some(_), false) => context.text("sla-claim-lapsed", &claim),
        };
        let lines = down.iter().filter(|one| named.contains(&one.code())).filter_map(|one| {
            let (from, to) = span(one, context.now())?;
            let minute = |at: DateTime<Utc>| at.format("%Y-%m-%d %H:%M").to_string();
            Some(format!("- {} – {} UTC: {} ({})", minute(from), minute(to), one.details.title, one.code()))
        });
        let args = [
            ("vendor", vendor.name.clone().into()),
            ("contract", contract.details.title.clone().into()),
            ("month", month_text.clone().into()),
            ("uptime", percent(month.uptime).into()),
            ("promised", promised_text.clone().into()),
            ("downtime", downtime_text.clone().into()),
            ("share", format::share(month.credit, 0).into()),
            ("amount", amount_text.clone().into()),
            ("incidents", lines.collect::<Vec<_>>().join("\n").into()),
        ];
        found.push(CreditView {
            month: first.format("%Y-%m").to_string(),
            uptime_text: percent(month.uptime),
            promised_text,
            downtime_text,
            incidents: format::listed(&named, context.language),
            share_text: context.text("sla-credit-share", &[("share", format::share(month.credit, 0).into())]),
            amount_text,
            amount,
            claim_by,
            claim_text,
            open,
            tone: match claim_by {
                _ if !open => Tone::Plain,
                Some(day) if day - today <= Duration::days(7) => Tone::Bad,
                _ => Tone::Warn,
            },
            letter: context.text("sla-letter", &args),
            month_text,
        });
    }
    Ok(found)
}
