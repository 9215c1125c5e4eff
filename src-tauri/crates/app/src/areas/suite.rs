//! Suites of cases.

use store::Tag;
use store::suite::Suite;

use crate::activity::{Shown, changes};
use crate::frame::search::Searchable;
use crate::frame::{Again, Area, area};
use crate::suite::{
    CaseDraft, CaseRef, CaseView, CasesQuery, CasesRemoval, CasesView, DiffQuery, DiffView, FreezeRequest, SUITE,
    SUITE_CASES, SuiteDraft, SuiteImport, SuiteImported, SuitePreview, SuiteRef, SuiteRow, SuiteView, VersionView,
    put_back, suite, suite_case, suite_case_save, suite_cases, suite_cases_remove, suite_delete, suite_diff,
    suite_freeze, suite_import, suite_preview, suite_save, suites,
};
use crate::view::Link;
use crate::{commands, export};

pub(super) const AREA: Area = Area {
    name: SUITE,
    records: &[SUITE, SUITE_CASES],
    commands: commands! {
        query  suites(()) -> Vec<SuiteRow>, reads [Tag::SUITES, Tag::BAKEOFFS];
        query  suite(SuiteRef) -> SuiteView, reads [Tag::SUITES, Tag::BAKEOFFS];
        query  suite_cases(CasesQuery) -> CasesView, reads [Tag::SUITES];
        query  suite_case(CaseRef) -> CaseView, reads [Tag::SUITES];
        query  suite_diff(DiffQuery) -> DiffView, reads [Tag::SUITES];
        job    suite_preview(SuiteImport) -> SuitePreview;
        job    suite_import(SuiteImport) -> SuiteImported;
        mutate suite_save(SuiteDraft) -> SuiteRef;
        mutate suite_case_save(CaseDraft) -> CaseRef;
        mutate suite_cases_remove(CasesRemoval) -> ();
        mutate suite_freeze(FreezeRequest) -> VersionView;
        mutate suite_delete(SuiteRef) -> ();
    },
    describe: |context, snapshot, activity| {
        Box::pin(async move {
            let shown = |field: &str| match field {
                "id" | "suite" | "cases" => Shown::Hidden,
                "kind" => Shown::Word("suite-kind-"),
                _ => Shown::Text,
            };
            changes(context, snapshot, activity, &Default::default(), shown).await
        })
    },
    put_back: |write, activity| Box::pin(put_back(write, activity)),
    again: Again::Reversed,
    search: |_, snapshot| {
        Box::pin(async move {
            let suites = store::suite::list(snapshot).await?;
            let found = suites.into_iter().map(|Suite { id, name, owner, purpose, .. }| Searchable {
                link: Link::to(SUITE, id),
                title: name,
                detail: purpose,
                body: owner.clone(),
                owner,
            });
            Ok(found.collect())
        })
    },
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
            let suites = store::suite::list(snapshot).await?;
            let versions = store::suite::versions(snapshot).await?;
            let mut rows = 0;
            let mut written = Vec::new();
            for suite in &suites {
                for version in versions.iter().filter(|version| version.suite_id == suite.id) {
                    let cases = store::suite::cases(snapshot, version.id).await?;
                    rows += cases.len() as u64;
                    let cases: Vec<_> = cases.into_iter().map(|stored| stored.case).collect();
                    written.push(serde_json::json!({
                        "suite": suite, "version": version.number, "hash": version.hash.as_ref().map(ToString::to_string),
                        "frozenAt": version.frozen_at, "frozenBy": version.frozen_by, "note": version.note, "cases": cases,
                    }));
                }
            }
            export::json(folder, "suites.json", &written)?;
            Ok(rows)
        })
    },
    sample: |_, _, _| area::none(),
};
