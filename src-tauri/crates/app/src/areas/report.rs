//! Documents, with what people write into them.

use std::collections::HashMap;

use store::Tag;
use store::document::Passage;

use crate::activity::{Shown, changes};
use crate::frame::review::{DocumentKind, DocumentRef, QUARTER};
use crate::frame::{Again, Area, area};
use crate::reports::{
    Arrangement, ChartExport, DOCUMENT, DocumentView, PASSAGE, PassageDraft, ReportExport, ReportExported,
    ReportPreview, ReportRequest, chart_export, document, document_arrange, passage_save, put_back, quarter,
    report_export, report_preview,
};
use crate::view::Exported;
use crate::{commands, export, sample};

pub(super) const AREA: Area = Area {
    name: "report",
    records: &[DOCUMENT, PASSAGE],
    commands: commands! {
        query  document(DocumentRef) -> DocumentView, reads [Tag::REPORTS];
        mutate document_arrange(Arrangement) -> ();
        mutate passage_save(PassageDraft) -> ();
        job    report_preview(ReportRequest) -> ReportPreview;
        job    report_export(ReportExport) -> ReportExported;
        mutate chart_export(ChartExport) -> Exported;
    },
    describe: |context, snapshot, activity| {
        Box::pin(async move {
            let shown = |field: &str| match field {
                "document" | "section" => Shown::Hidden,
                _ => Shown::Text,
            };
            changes(context, snapshot, activity, &HashMap::new(), shown).await
        })
    },
    put_back: |write, activity| Box::pin(put_back(write, activity)),
    again: Again::Reversed,
    search: |_, _| area::none(),
    answers: |_| area::none(),
    parts: |_, _| area::none(),
    attention: |_| area::none(),
    dates: |_, _| area::none(),
    since: |_, _| area::none(),
    documents: &[DocumentKind {
        kind: QUARTER,
        open: |context, document| Box::pin(quarter::open(context, document)),
        frame: |context, review, sections| Box::pin(quarter::frame(context, review, sections)),
    }],
    sections: &[],
    check: |_, _| area::none(),
    export: |_, snapshot, folder| {
        Box::pin(async move {
            let written: Vec<_> = store::document::all_passages(snapshot)
                .await?
                .into_iter()
                .map(|(kind, subject, passage)| {
                    let Passage { section, headline, text, figures } = passage;
                    serde_json::json!({ "document": kind, "subject": subject, "section": section, "headline": headline,
                        "text": text, "figures": figures })
                })
                .collect();
            export::json(folder, "commentary.json", &written)?;
            Ok(0)
        })
    },
    sample: |_, write, sample| {
        Box::pin(async move {
            let quarter = sample.calendar.previous(sample.calendar.quarter_of(sample.today)).to_string();
            for (section, text) in sample::COMMENTARY {
                let passage = Passage {
                    section: section.to_owned(),
                    headline: String::new(),
                    text: text.to_owned(),
                    figures: Vec::new(),
                };
                store::document::save_passage(write, QUARTER, &quarter, &passage).await?;
            }
            Ok(())
        })
    },
};
