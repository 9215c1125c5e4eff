//! Scorecards of vendors.

use domain::scorecard::Mark;
use store::Tag;

use crate::activity::{Shown, changes};
use crate::frame::{Again, Area, area};
use crate::scorecard::{
    SCORE, ScoreDraft, ScorecardView, ScorecardsView, put_back, scorecard, scorecard_set, scorecards,
};
use crate::vendor::VendorRef;
use crate::{commands, export, sample};

pub(super) const AREA: Area = Area {
    name: "scorecard",
    records: &[SCORE],
    commands: commands! {
        query  scorecard(VendorRef) -> ScorecardView,
            reads [Tag::SCORECARDS, Tag::VENDORS, Tag::CONTRACTS, Tag::BAKEOFFS, Tag::PRICES, Tag::SETTINGS];
        query  scorecards(()) -> ScorecardsView,
            reads [Tag::SCORECARDS, Tag::VENDORS, Tag::CONTRACTS, Tag::BAKEOFFS, Tag::PRICES, Tag::SETTINGS];
        mutate scorecard_set(ScoreDraft) -> ();
    },
    describe: |context, snapshot, activity| {
        Box::pin(async move { changes(context, snapshot, activity, &Default::default(), |_| Shown::Text).await })
    },
    put_back: |write, activity| Box::pin(put_back(write, activity)),
    again: Again::Reversed,
    search: |_, _| area::none(),
    answers: |_| area::none(),
    parts: |_, _| area::none(),
    attention: |_| area::none(),
    dates: |_, _| area::none(),
    since: |_, _| area::none(),
    documents: &[],
    sections: &[],
    check: |_, _| area::none(),
    export: |_, snapshot, folder| {
        Box::pin(async move {
            let marks: Vec<Mark> = store::scorecard::list(snapshot).await?;
            export::json(folder, "scorecards.json", &marks)?;
            Ok(0)
        })
    },
    sample: |_, write, sample| Box::pin(sample::scorecards(write, sample)),
};
