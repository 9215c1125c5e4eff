//! An area that nobody needs: telescopes, kept in memory. It is its file and its line in a list, and nothing else knows it.

use std::collections::HashMap;
use std::sync::Mutex;

use app::activity::{self, Shown, changes};
use app::frame::attention::{AttentionItem, DatedThing};
use app::frame::review::{QUARTER, Section, page};
use app::frame::search::Searchable;
use app::frame::{Again, Area, Context};
use app::report::doc::Block;
use app::view::Link;
use app::{AppError, Result, commands, export};
use chrono::NaiveDate;
use domain::urgency::Urgency;
use serde::{Deserialize, Serialize};
use store::Tag;
use ts_rs::TS;

pub const TAG: Tag = Tag::new("telescopes");

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Telescope {
    pub name: String,
    pub mirror: String,
    /// The day it is cleaned on.
    #[ts(type = "string")]
    pub cleaned: NaiveDate,
}

static KEPT: Mutex<Vec<Telescope>> = Mutex::new(Vec::new());

fn all() -> Vec<Telescope> {
    KEPT.lock().unwrap().clone()
}

fn put(telescope: Option<Telescope>, name: &str) {
    let mut kept = KEPT.lock().unwrap();
    kept.retain(|known| known.name != name);
    kept.extend(telescope);
}

async fn telescopes(_: &Context, (): ()) -> Result<Vec<Telescope>> {
    Ok(all())
}

async fn telescope_save(context: &Context, telescope: Telescope) -> Result<Telescope> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    write.touch(TAG);
    let name = telescope.name.clone();
    match all().into_iter().find(|known| known.name == name) {
        Some(before) => {
            activity::edited(&mut write, context, "telescope", &name, &name, &before, &telescope).await?;
        }
        None => activity::created(&mut write, context, "telescope", &name, &name, &telescope).await?,
    }
    write.commit().await?;
    put(Some(telescope.clone()), &name);
    Ok(telescope)
}

pub static AREA: Area = Area {
    name: "telescope",
    records: &["telescope"],
    commands: commands! {
        query  telescopes(()) -> Vec<Telescope>, reads [TAG];
        mutate telescope_save(Telescope) -> Telescope;
    },
    describe: |context, snapshot, activity| {
        Box::pin(async move {
            let shown = |field: &str| if field == "cleaned" { Shown::Day } else { Shown::Text };
            changes(context, snapshot, activity, &HashMap::new(), shown).await
        })
    },
    put_back: |_, activity| {
        Box::pin(async move {
            put(activity.before.clone().map(activity::read).transpose()?, &activity.record);
            Ok(())
        })
    },
    again: Again::Reversed,
    search: |_, _| {
        Box::pin(async {
            let found = all().into_iter().map(|telescope| Searchable {
                link: Link::to("telescope", &telescope.name),
                title: telescope.name,
                detail: telescope.mirror,
                body: String::new(),
                owner: String::new(),
            });
            Ok(found.collect())
        })
    },
    answers: |_| Box::pin(async { Ok(Vec::new()) }),
    parts: |_, _| Box::pin(async { Ok(Vec::new()) }),
    attention: |context| Box::pin(waiting(context)),
    dates: |_, (from, to)| {
        Box::pin(async move {
            let things = all().into_iter().filter(|telescope| (from..=to).contains(&telescope.cleaned));
            Ok(things
                .map(|telescope| DatedThing {
                    key: format!("telescope/{}", telescope.name),
                    area: "telescope".to_owned(),
                    kind: "cleaning".to_owned(),
                    day: telescope.cleaned,
                    title: telescope.name.clone(),
                    detail: "Cleaning".to_owned(),
                    owner: String::new(),
                    urgency: Urgency::Later,
                    link: Link::to("telescope", &telescope.name),
                })
                .collect())
        })
    },
    since: |_, _| Box::pin(async { Ok(Vec::new()) }),
    documents: &[],
    sections: &[
        Section {
            document: QUARTER,
            place: 70,
            id: "telescopes",
            name: "Telescopes",
            page: |_, _| {
                Box::pin(async {
                    let items = all().into_iter().map(|telescope| telescope.name).collect();
                    let blocks = vec![Block::Bullets { items }];
                    Ok(Some(page("telescopes", "Sky".into(), "What we look through".into(), String::new(), blocks)))
                })
            },
            findings: |_, _| Box::pin(async { Ok(vec!["The sky is still there.".to_owned()]) }),
        },
        Section {
            document: QUARTER,
            place: 70,
            id: "clouds",
            name: "Clouds",
            page: |_, _| Box::pin(async { Err(AppError::refused("file-not-found").with("path", "clouds.csv")) }),
            findings: |_, _| Box::pin(async { Err(AppError::refused("file-not-found")) }),
        },
    ],
    check: |context, _| Box::pin(waiting(context)),
    export: |_, _, folder| {
        Box::pin(async move {
            export::json(folder, "telescopes.json", &all())?;
            Ok(0)
        })
    },
    sample: |_, _, sample| {
        Box::pin(async move {
            let telescope = Telescope { name: "Sample".into(), mirror: "1 m".into(), cleaned: sample.today };
            put(Some(telescope), "Sample");
            Ok(())
        })
    },
};

async fn waiting(context: &Context) -> Result<Vec<AttentionItem>> {
    let store = context.store().await?;
    let settings = store::workspace::settings(&mut *store.read().await?).await?;
    let today = context.today(&settings)?;
    let items = all().into_iter().map(|telescope| {
        let item = AttentionItem {
            key: format!("telescope/{}", telescope.name),
            area: "telescope".to_owned(),
            kind: "cleaning".to_owned(),
            urgency: Urgency::Later,
            title: format!("Clean {}", telescope.name),
            detail: telescope.mirror,
            evidence: vec![],
            owner: String::new(),
            due: None,
            days_left: None,
            money: None,
            action: "Clean".to_owned(),
            link: Link::to("telescope", &telescope.name),
        };
        item.due(telescope.cleaned, today)
    });
    Ok(items.collect())
}
