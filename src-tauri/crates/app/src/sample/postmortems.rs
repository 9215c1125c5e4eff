//! The sample's post-mortems: three that are approved, one of them closed, and one begun. Invented, like the company.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::id::{ActionId, EventId, IncidentId};
use domain::incident::Incident;
use domain::postmortem::history::{self, Body};
use domain::postmortem::{Action, ActionDetails, ActionKind, ActionStatus, Event, State};
use store::Write;
use store::postmortem::{KeptEvent, Revision};

use crate::frame::Sample;
use crate::postmortem::{Approval, Kept, sealed, written};
use crate::{Context, Result};

/// Minutes after it began, what happened, where it is seen.
type Happened = (i64, &'static str, &'static str);

/// What, for what, how it stands, by whom, days from the incident until it is due, how it is known to work, what shows it.
type Planned = (&'static str, ActionKind, ActionStatus, &'static str, i64, &'static str, &'static str);

struct Script {
    number: u32,
    text: &'static str,
    state: State,
    /// Who approved it, and how many days after.
    approved: Option<(&'static str, i64)>,
    names: &'static [&'static str],
    events: &'static [Happened],
    actions: &'static [Planned],
}

use ActionKind::{Detect, Mitigate, Prevent, Process};
use ActionStatus::{Doing, Done, Dropped, Open, Verified};

const SCRIPTS: [Script; 4] = [
    Script {
        number: 27,
        text: include_str!("postmortems/27.md"),
        state: State::Approved,
        approved: Some(("Anneke de Vries", 9)),
        names: &["Northgate Health System", "Priya Raman", "Lena Brandt"],
        events: &[
            (0, "Release 88 moves the note caches of all clinics to one shared node", "release 88"),
            (12, "First answer that quotes a note of another clinic", "log 7f31"),
            (53, "A physician reports a medication her patient never took", "feedback 4121"),
            (57, "Declared SEV1, commander on call takes over", "chat"),
            (66, "Two sessions compared: same visit number, two clinics", "chat"),
            (91, "Shared cache emptied and switched off", "flag note-cache"),
            (140, "Reading of logs begins: which answers quoted whose notes", ""),
            (1_620, "Eleven answers found, all at one clinic", "query 12"),
            (1_678, "Tenant is part of the key; verified with 36 probes", "eval run 219"),
        ],
        actions: &[
            (
                "Make the tenant part of every cache key, by type",
                Prevent,
                Verified,
                "Marcus Oyelaran",
                14,
                "Property test: two tenants never share a key",
                "Test run 1,204, 36 of 36 probes",
            ),
            (
                "Probes for leaks through caches in the safety suite",
                Detect,
                Done,
                "Tomás Herrera",
                21,
                "Suite version 3 holds 36 cases",
                "",
            ),
            (
                "Changes of configuration pass the gate of their tier",
                Process,
                Doing,
                "Anneke de Vries",
                66,
                "A change of configuration cannot be released without its gate",
                "",
            ),
            (
                "Record with each answer the notes it was made from",
                Mitigate,
                Open,
                "Priya Raman",
                80,
                "Any answer of the last 30 days names its notes within a minute",
                "",
            ),
            (
                "A second clinic in the staging environment",
                Detect,
                Dropped,
                "Marcus Oyelaran",
                45,
                "",
                "Made-up tenants in the test run cover it at a tenth of the cost",
            ),
        ],
    },
    Script {
        number: 24,
        text: include_str!("postmortems/24.md"),
        state: State::Approved,
        approved: Some(("Anneke de Vries", 12)),
        names: &["Marcus Oyelaran"],
        events: &[
            (0, "One region of the provider begins to answer with status 529", "error log"),
            (7, "Alert: error rate above 5 % for five minutes", "alert 311"),
            (10, "Acknowledged, commander on call", "chat"),
            (21, "Banner shown to clinics", "status page"),
            (33, "Traffic of the region moved to the second source", "routing 44"),
            (48, "The provider's status page turns yellow", "provider status"),
            (148, "Error rate back to normal, traffic moved back", "dashboard"),
        ],
        actions: &[
            (
                "Retry once, with jitter, and honour Retry-After",
                Mitigate,
                Verified,
                "Marcus Oyelaran",
                10,
                "Load test: our share of a provider's overload does not grow",
                "Load test of 14 August",
            ),
            (
                "Criteria for the switch to the second source in the runbook",
                Process,
                Done,
                "Marcus Oyelaran",
                30,
                "Drill: decision within five minutes of the alert",
                "",
            ),
            (
                "Ask the vendor whether status 529 counts as downtime",
                Process,
                Open,
                "Priya Raman",
                100,
                "Answer in writing, filed with the contract",
                "",
            ),
        ],
    },
    Script {
        number: 22,
        text: include_str!("postmortems/22.md"),
        state: State::Closed,
        approved: Some(("Priya Raman", 7)),
        names: &["Marcus Oyelaran"],
        events: &[
            (0, "Nightly rebuild fails in its last step; its heartbeat was sent before", "job 9917"),
            (238, "A pharmacist recognises a withdrawn guideline", "call to the desk"),
            (250, "Declared; search shows the index of the week before", "chat"),
            (282, "Rebuild run again, alias moved by hand", "runbook 12"),
            (333, "Verified: 20 searches show the new index", "chat"),
        ],
        actions: &[
            (
                "Alert on the age of the index in use, not on the job",
                Detect,
                Verified,
                "Marcus Oyelaran",
                14,
                "Alert fires in a drill with an index of two days",
                "Drill of 2 July",
            ),
            (
                "A way to take a document out within a minute",
                Mitigate,
                Verified,
                "Tomás Herrera",
                45,
                "Drill: withdrawn in under 60 seconds",
                "Drill of 1 August, 38 seconds",
            ),
        ],
    },
    Script {
        number: 33,
        text: include_str!("postmortems/33.md"),
        state: State::Draft,
        approved: None,
        names: &["Marcus Oyelaran"],
        events: &[
            (0, "Requests to the provider begin to time out", "error log"),
            (4, "Alert: availability of Support chat below 95 %", "alert 340"),
            (6, "Acknowledged, commander on call", "chat"),
            (9, "Fallback model takes over", "routing 51"),
            (78, "The provider's gateway answers again", "dashboard"),
        ],
        actions: &[(
            "Measure the quality of the fallback each week",
            Detect,
            Open,
            "Tomás Herrera",
            33,
            "A weekly eval run of the fallback",
            "",
        )],
    },
];

/// A day of an incident's count, no later than today where something is said to have happened on it.
fn day(sample: &Sample, began: DateTime<Utc>, days: i64) -> NaiveDate {
    sample.calendar.day_of(began) + Duration::days(days)
}

async fn write_one(write: &mut Write, sample: &Sample, script: &Script, incident: &Incident) -> Result<()> {
    let Some(began) = incident.details.times.began else { return Ok(()) };
    let id = |n: usize| Sample::id(0xe0_000 + u128::from(script.number) * 0x100 + n as u128);
    let mut events = Vec::new();
    for (at, (minutes, text, evidence)) in script.events.iter().enumerate() {
        let event = Event {
            at: began + Duration::minutes(*minutes),
            text: (*text).to_owned(),
            evidence: (*evidence).to_owned(),
            who: String::new(),
        };
        events.push(event.clone());
        store::postmortem::event_save(write, &KeptEvent { id: EventId(id(at)), incident_id: incident.id, event })
            .await?;
    }
    for (at, (title, kind, status, owner, days, verify, evidence)) in script.actions.iter().enumerate() {
        let due = day(sample, began, *days);
        let is_done = matches!(status, ActionStatus::Done | ActionStatus::Verified);
        let details = ActionDetails {
            title: (*title).to_owned(),
            kind: *kind,
            status: *status,
            owner: (*owner).to_owned(),
            due: Some(due),
            verify: (*verify).to_owned(),
            evidence: (*evidence).to_owned(),
            done_on: is_done.then(|| (due - Duration::days(2)).min(sample.today)),
        };
        let action = Action { id: ActionId(id(0x80 + at)), incident_id: incident.id, details };
        store::postmortem::action_save(write, &action).await?;
    }
    let written_at = began + Duration::days(2);
    let approval = script.approved.map(|(by, days)| Approval {
        hash: sealed(&incident.details.title, script.text, &events, (by, began + Duration::days(days))),
        by: by.to_owned(),
        at: began + Duration::days(days),
        revision: 1,
        events: events.clone(),
        figures: Default::default(),
    });
    let kept =
        Kept { state: script.state, names: script.names.iter().map(|name| (*name).to_owned()).collect(), approval };
    store::postmortem::save(write, incident.id, &written(&kept)?, written_at).await?;
    let revision = Revision {
        number: 1,
        at: written_at,
        author: incident.details.roles.commander.clone(),
        hash: history::hash(script.text),
        cause: String::new(),
    };
    let body = Body::Whole { text: script.text.to_owned() };
    store::postmortem::append(write, incident.id, &revision, &body).await?;
    Ok(())
}

pub(crate) async fn postmortems(_: &Context, write: &mut Write, sample: &Sample) -> Result<()> {
    for script in &SCRIPTS {
        let id = IncidentId(Sample::id(0xd00 + u128::from(script.number)));
        let incident = store::incident::get(write.connection(), id).await?;
        write_one(write, sample, script, &incident).await?;
    }
    Ok(())
}
