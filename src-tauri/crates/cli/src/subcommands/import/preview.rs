//! A plan before it is committed, and what a commit came to, in lines to read.

use app::import::{ImportPlan, ImportSummary, LeftOut};
use app::wire::RowIssue;

use crate::{Session, output};

/// Bad rows that are written out; the rest is counted.
const ISSUES_SHOWN: usize = 20;

/// The plan in a few lines: rows, period, tokens, cost, what is wrong.
pub fn describe(session: &Session, plan: &ImportPlan) -> String {
    let mut lines = vec![
        session.text(
            "cli-plan-rows",
            &[
                ("file", plan.name.as_str().into()),
                ("n", plan.rows.good.into()),
                ("good", output::count(plan.rows.good).into()),
                ("bad", output::count(plan.rows.bad).into()),
                ("duplicate", output::count(plan.rows.duplicate).into()),
                ("skipped", output::count(plan.rows.skipped).into()),
            ],
        ),
        session.text("cli-plan-feed", &[("feed", plan.source.as_str().into()), ("format", plan.format.name().into())]),
    ];
    if let Some(period) = &plan.period {
        lines.push(session.text(
            "cli-plan-period",
            &[("from", output::time(&period.from).into()), ("to", output::time(&period.to).into())],
        ));
    }
    for amount in &plan.totals.computed {
        lines.push(session.text("cli-plan-cost", &[("amount", session.money(amount).into())]));
    }
    for amount in &plan.totals.reported {
        lines.push(session.text("cli-plan-reported", &[("amount", session.money(amount).into())]));
    }
    if let Some(at) = &plan.already_imported {
        lines.push(session.text("cli-plan-already", &[("time", output::time(at).into())]));
    }
    if plan.overruled > 0 {
        lines.push(session.text("cli-plan-overruled", &[("hours", plan.overruled.into())]));
    }
    if let Some(at) = &plan.replaces {
        lines.push(session.text("cli-plan-replaces", &[("time", output::time(at).into())]));
    }
    for unpriced in &plan.unpriced {
        lines.push(output::unpriced(session, unpriced));
    }
    if let Some(conflict) = &plan.conflict {
        lines.push(session.text(
            "cli-plan-conflict",
            &[
                ("hours", conflict.hours.into()),
                ("from", output::time(&conflict.period.from).into()),
                ("to", output::time(&conflict.period.to).into()),
                ("before", output::figure(&conflict.tokens_before).into()),
                ("after", output::figure(&conflict.tokens_after).into()),
            ],
        ));
        if let (Some(before), Some(after)) = (&conflict.stated_before, &conflict.stated_after) {
            let args = [("before", session.money(before).into()), ("after", session.money(after).into())];
            lines.push(session.text("cli-plan-conflict-stated", &args));
        }
        if conflict.disjoint {
            lines.push(session.text("cli-plan-disjoint", &[]));
        }
    }
    for overlap in &plan.overlaps {
        lines.push(session.text(
            "cli-plan-overlap",
            &[
                ("feed", overlap.source.as_str().into()),
                ("vendors", overlap.vendors.join(", ").into()),
                ("days", overlap.days.into()),
                ("first", overlap.first.to_string().into()),
                ("last", overlap.last.to_string().into()),
                ("here", output::figure(&overlap.tokens_here).into()),
                ("there", output::figure(&overlap.tokens_there).into()),
            ],
        ));
    }
    lines.extend(plan.notes.iter().map(|note| session.text(&format!("note-{note}"), &[])));
    lines.extend(issues(session, plan));
    lines.join("\n")
}

/// The first bad rows, and how many more there are.
pub fn issues(session: &Session, plan: &ImportPlan) -> Vec<String> {
    let mut lines: Vec<String> =
        plan.issues.iter().take(ISSUES_SHOWN).map(|issue| issue_sentence(session, issue)).collect();
    let hidden = plan.issues_total.saturating_sub(ISSUES_SHOWN as u64);
    if hidden > 0 {
        lines.push(session.text("cli-issues-more", &[("count", hidden.into())]));
    }
    lines
}

/// What is wrong with a row, with the row and the column it stands in.
pub fn issue_sentence(session: &Session, issue: &RowIssue) -> String {
    let mut args = crate::failure::arguments(&issue.params);
    args.push(("value", issue.value.as_deref().unwrap_or_default().into()));
    args.push(("code", issue.code.as_str().into()));
    let id = format!("issue-{}", issue.code);
    let reason = session.text(if session.catalogue.has(&id) { &id } else { "issue-unknown" }, &args);
    let column = issue.column.as_deref().unwrap_or_default();
    match issue.row {
        Some(row) if column.is_empty() => session.text("cli-issue", &[("row", row.into()), ("reason", reason.into())]),
        Some(row) => session
            .text("cli-issue-column", &[("row", row.into()), ("column", column.into()), ("reason", reason.into())]),
        None if column.is_empty() => reason,
        None => format!("{column}: {reason}"),
    }
}

pub fn left_out(session: &Session, left_out: &LeftOut, summary: &ImportSummary) -> String {
    let id = summary.import_id.map_or(String::new(), |id| id.to_string());
    session.text(
        "cli-left-out",
        &[
            ("hours", left_out.hours.into()),
            ("from", output::time(&left_out.period.from).into()),
            ("to", output::time(&left_out.period.to).into()),
            ("n", left_out.requests.parse::<u64>().unwrap_or_default().into()),
            ("requests", output::figure(&left_out.requests).into()),
            ("tokens", output::figure(&left_out.tokens).into()),
            ("id", id.into()),
        ],
    )
}
