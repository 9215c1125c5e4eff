//! Answers to what a window would ask: hours told otherwise before, and feeds that tell of the same traffic.

use app::import::{FeedAnswer, FeedBasis, ImportPlan, OnConflict};
use clap::ValueEnum;

use super::Usage;
use crate::{Failure, Session, output};

/// What to do with hours told otherwise before.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Choice {
    /// What was there stands; this file's hours are left out
    Keep,
    /// This file's hours take their place
    Replace,
    /// Both count
    Add,
}

impl From<Choice> for OnConflict {
    fn from(choice: Choice) -> Self {
        match choice {
            Choice::Keep => OnConflict::Keep,
            Choice::Replace => OnConflict::Replace,
            Choice::Add => OnConflict::Add,
        }
    }
}

/// Which of two feeds counts.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Basis {
    This,
    Other,
    Both,
}

impl From<Basis> for FeedBasis {
    fn from(basis: Basis) -> Self {
        match basis {
            Basis::This => FeedBasis::This,
            Basis::Other => FeedBasis::Other,
            Basis::Both => FeedBasis::Both,
        }
    }
}

/// What was said about feeds that tell of the same traffic.
pub fn said(session: &Session, usage: &Usage) -> Result<Vec<(String, Basis)>, Failure> {
    let answer = |text: &String| {
        let (feed, basis) = text.rsplit_once('=')?;
        Some((feed.trim().to_owned(), Basis::from_str(basis.trim(), false).ok()?))
    };
    let all = usage.same_traffic.iter();
    all.map(|text| answer(text).ok_or_else(|| session.misuse("bad-same-traffic", &[("text", text)]))).collect()
}

/// The answers the plan asks for. One about a feed it does not ask about changes nothing, and is said.
pub fn feeds(session: &Session, plan: &ImportPlan, answers: &[(String, Basis)]) -> Vec<FeedAnswer> {
    for (feed, _) in answers.iter().filter(|(feed, _)| !plan.overlaps.iter().any(|overlap| overlap.source == *feed)) {
        output::note(&session.text("cli-feed-not-asked", &[("feed", feed.as_str().into())]));
    }
    let answer_to = |name: &str| answers.iter().rev().find(|(feed, _)| feed == name).map(|(_, basis)| *basis);
    let overlaps = plan.overlaps.iter();
    overlaps
        .filter_map(|overlap| {
            let basis = answer_to(&overlap.source)?.into();
            Some(FeedAnswer { source_id: overlap.source_id, basis })
        })
        .collect()
}

/// One flag for each feed that is still to be answered about.
pub fn open_feeds(session: &Session, plan: &ImportPlan, answers: &[(String, Basis)]) -> String {
    let open = plan.overlaps.iter().filter(|overlap| !answers.iter().any(|(feed, _)| *feed == overlap.source));
    let hint = |feed: &str| session.text("cli-hint-same-traffic", &[("feed", feed.into())]);
    open.map(|overlap| hint(&overlap.source)).collect::<Vec<_>>().join("\n")
}
