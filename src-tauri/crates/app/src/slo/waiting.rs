//! What objectives wait for: somebody called, a step of a policy, a budget that is gone.

use domain::slo::AlertState;
use domain::urgency::Urgency;
use report::format;

use super::{SLO, Standing, link, standings, times};
use crate::frame::attention::AttentionItem;
use crate::{Context, Result};

fn item(context: &Context, standing: &Standing, kind: &str, urgency: Urgency, detail: String) -> AttentionItem {
    AttentionItem {
        key: format!("{SLO}/{}/{kind}", standing.slo.id),
        area: SLO.to_owned(),
        kind: kind.to_owned(),
        urgency,
        title: standing.slo.details.name.clone(),
        detail,
        evidence: Vec::new(),
        owner: standing.slo.details.owner.clone(),
        due: None,
        days_left: None,
        money: None,
        action: context.text("attention-slo-look", &[]),
        link: link(standing.slo.id),
    }
}

/// Objectives whose alerts fire, or whose budget is used up: one line each, the gravest of it.
pub(crate) async fn waiting(context: &Context) -> Result<Vec<AttentionItem>> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let mut items = Vec::new();
    for standing in standings(context, &mut snapshot).await? {
        let Some(left) = standing.left() else { continue };
        let details = &standing.slo.details;
        let firing: Vec<String> = details
            .alert_rules()
            .iter()
            .zip(&standing.alerts)
            .filter(|(_, alert)| alert.state == AlertState::Firing)
            .map(|(rule, _)| times(Some(rule.known_as())))
            .collect();
        let consumed = standing.budget.consumed().unwrap_or(0.0) * 100.0;
        let step = details.policy.iter().rfind(|step| consumed >= f64::from(step.percent));
        let mut args =
            vec![("left", format::share(left, 0).into()), ("alerts", format::listed(&firing, context.language).into())];
        if let Some(step) = step {
            args.push(("action", step.action.clone().into()));
        }
        let (kind, urgency, id) = match (firing.is_empty(), left < 0.0, step) {
            (false, ..) => ("slo-burning", Urgency::Week, "attention-slo-burning"),
            (_, true, Some(_)) => ("slo-spent", Urgency::Week, "attention-slo-spent-policy"),
            (_, true, None) => ("slo-spent", Urgency::Week, "attention-slo-spent"),
            (_, _, Some(_)) => ("slo-step", Urgency::Month, "attention-slo-step"),
            _ => continue,
        };
        items.push(item(context, &standing, kind, urgency, context.text(id, &args)));
    }
    Ok(items)
}
