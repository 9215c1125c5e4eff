//! Decisions that wait: what of any area was put off.

use std::collections::HashMap;

use crate::activity::{self, Shown, changes};
use crate::attention::{PutOff, PutOffUntil, SNOOZE, SnoozeRef, SnoozeRequest, attention_snooze, attention_wake};
use crate::commands;
use crate::frame::{Again, Area, area};

pub(super) const AREA: Area = Area {
    name: "attention",
    records: &[SNOOZE],
    commands: commands! {
        mutate attention_snooze(SnoozeRequest) -> PutOffUntil;
        mutate attention_wake(SnoozeRef) -> ();
    },
    describe: |context, snapshot, activity| {
        Box::pin(async move { changes(context, snapshot, activity, &HashMap::new(), |_| Shown::Day).await })
    },
    put_back: |write, activity| {
        Box::pin(async move {
            let before: PutOff = activity::read(activity.before.clone().unwrap_or_default())?;
            Ok(store::attention::snooze(write, &activity.record, before.until).await?)
        })
    },
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
    export: |_, _, _| area::none(),
    sample: |_, _, _| area::none(),
};
