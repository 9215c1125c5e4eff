//! Reports, with what people write into them.

use std::collections::HashMap;

use store::Tag;
use store::commentary::Commentary;

use crate::activity::{self, Shown, changes};
use crate::frame::{Area, area};
use crate::reports::{
    COMMENTARY, ChartExport, CommentaryDraft, PeriodRef, ReportExport, ReportExported, ReportPreview, ReportRequest,
    chart_export, report_commentary, report_commentary_save, report_quarter, report_quarter_export,
};
use crate::view::Exported;
use crate::{commands, export, sample};

pub(super) const AREA: Area = Area {
    name: "report",
    records: &[COMMENTARY],
    commands: commands! {
        job    report_quarter(ReportRequest) -> ReportPreview;
        job    report_quarter_export(ReportExport) -> ReportExported;
        query  report_commentary(PeriodRef) -> Vec<Commentary>, reads [Tag::REPORTS];
        mutate report_commentary_save(CommentaryDraft) -> ();
        mutate chart_export(ChartExport) -> Exported;
    },
    describe: |context, snapshot, activity| {
        Box::pin(async move {
            let shown = |field: &str| if field == "text" { Shown::Text } else { Shown::Hidden };
            changes(context, snapshot, activity, &HashMap::new(), shown).await
        })
    },
    put_back: |write, activity| {
        Box::pin(async move {
            if let Some(before) = activity.before.clone() {
                let draft: CommentaryDraft = activity::read(before)?;
                store::commentary::save(write, &draft.period, &draft.page, &draft.text).await?;
            }
            Ok(())
        })
    },
    search: |_, _| area::none(),
    attention: |_| area::none(),
    dates: |_, _| area::none(),
    sections: &[],
    check: |_, _| area::none(),
    export: |_, snapshot, folder| {
        Box::pin(async move {
            let commentary: Vec<_> = store::commentary::all(snapshot)
                .await?
                .into_iter()
                .map(|(period, c)| serde_json::json!({ "period": period, "page": c.page, "text": c.text }))
                .collect();
            export::json(folder, "commentary.json", &commentary)?;
            Ok(0)
        })
    },
    sample: |_, write, sample| {
        Box::pin(async move {
            let quarter = sample.calendar.previous(sample.calendar.quarter_of(sample.today)).to_string();
            for (page, text) in sample::COMMENTARY {
                store::commentary::save(write, &quarter, page, text).await?;
            }
            Ok(())
        })
    },
};
