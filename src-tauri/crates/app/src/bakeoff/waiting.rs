//! What bake-offs wait for: to begin, to be scored, to be decided.

use domain::urgency::Urgency;
use report::format;
use store::Snapshot;

use super::blind::judged;
use super::settled::settled;
use super::{BAKEOFF, DeadlineView, Stage, deadline, stage};
use crate::frame::attention::AttentionItem;
use crate::view::Link;
use crate::{Context, Result};

/// The decisions about bake-offs that wait for somebody. A bake-off that serves no contract, or one whose renewal is settled, has no
/// day by which it is decided.
pub(crate) async fn waiting(context: &Context) -> Result<Vec<AttentionItem>> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let today = context.today(&store::workspace::settings(&mut snapshot).await?)?;
    let bakeoffs = store::bakeoff::list(&mut snapshot).await?;
    if bakeoffs.is_empty() {
        return Ok(Vec::new());
    }
    let settled = settled(&mut snapshot).await?;
    let mut items = Vec::new();
    for bakeoff in bakeoffs {
        let results = store::bakeoff::results::counts(&mut snapshot, bakeoff.id).await?.iter().map(|(_, n)| n).sum();
        let stage = stage(&mut snapshot, bakeoff.id, results).await?;
        let serves = deadline(context, &mut snapshot, &bakeoff.details).await?;
        let serves = serves.filter(|serves| !settled.contains_key(&serves.contract_id));
        let item = |kind: &str, detail: String, action: &str| AttentionItem {
            key: format!("{BAKEOFF}/{}/{kind}", bakeoff.id),
            area: BAKEOFF.to_owned(),
            kind: format!("bakeoff-{kind}"),
            urgency: Urgency::Later,
            title: bakeoff.details.name.clone(),
            detail,
            evidence: Vec::new(),
            owner: bakeoff.details.owner.clone(),
            due: None,
            days_left: None,
            money: None,
            action: context.text(action, &[]),
            link: Link::to(BAKEOFF, bakeoff.id),
        };
        let sentence = |id: &str, serves: &DeadlineView| {
            let args = [
                ("begin", serves.begin_text.clone().into()),
                ("notice", serves.notice_text.clone().into()),
                ("contract", serves.contract.clone().into()),
            ];
            context.text(id, &args)
        };
        match (stage, serves) {
            (Stage::Signed, _) => {}
            (Stage::Scoring, serves) => {
                let open = open_round(context, &mut snapshot, bakeoff.id).await?;
                let waits = item("score", open, "attention-bakeoff-score-action");
                items.push(serves.map_or_else(|| waits.clone(), |serves| waits.clone().due(serves.notice, today)));
            }
            (Stage::Planned, Some(serves)) => {
                let past = serves.begin < today;
                let id = if past { "attention-bakeoff-late" } else { "attention-bakeoff-begin" };
                let waits = item("begin", sentence(id, &serves), "attention-bakeoff-begin-action");
                items.push(waits.due(serves.begin, today));
            }
            (Stage::Results | Stage::Scored, Some(serves)) => {
                let waits =
                    item("decide", sentence("attention-bakeoff-decide", &serves), "attention-bakeoff-decide-action");
                items.push(waits.due(serves.notice, today));
            }
            (Stage::Results | Stage::Scored, None) => {
                let detail = context.text("attention-bakeoff-undecided", &[]);
                items.push(item("decide", detail, "attention-bakeoff-decide-action"));
            }
            (Stage::Planned, None) => {}
        }
    }
    // What is further off than a quarter waits on the calendar.
    items.retain(|item: &AttentionItem| item.due.is_none() || item.urgency < Urgency::Later);
    Ok(items)
}

/// How far the scoring of an open round is. Of whom it is, nobody says.
async fn open_round(context: &Context, snapshot: &mut Snapshot, id: domain::id::BakeoffId) -> Result<String> {
    let rounds = store::bakeoff::round::list(snapshot, id).await?;
    let Some(round) = rounds.iter().find(|round| round.closed.is_none()) else { return Ok(String::new()) };
    let judged = judged(snapshot, round.id).await?;
    let args = [
        ("judged", format::count(judged.in_all.into()).into()),
        ("raters", u64::from(judged.raters).into()),
        ("asked", format::count(judged.asked.into()).into()),
    ];
    Ok(context.text("attention-bakeoff-score", &args))
}
