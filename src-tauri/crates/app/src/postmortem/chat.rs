//! Chats on their way into a time line: read, shown, chosen from.

use std::path::Path;

use chrono::NaiveDate;
use domain::calendar::ReportingCalendar;
use domain::postmortem::Event;
use domain::postmortem::chat::{self, Chat, DayOrder, Names, NoChat};
use report::format;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{AppError, Context, Result};

/// A chat as pasted, or a file of one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChatRequest {
    #[serde(default)]
    pub text: String,
    /// A file, where nothing is pasted: text, or an export of Slack with its users.json beside it.
    #[serde(default)]
    #[ts(optional)]
    pub path: Option<String>,
    /// Of times without an offset; the workspace's where nobody says.
    #[serde(default)]
    #[ts(optional)]
    pub zone: Option<String>,
    /// Of times without a day.
    #[serde(default)]
    #[ts(optional, type = "string")]
    pub day: Option<NaiveDate>,
    #[serde(default)]
    #[ts(optional)]
    pub order: Option<DayOrder>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChatView {
    pub events: Vec<ChatEvent>,
    /// How many there are; more than are shown are brought in all the same.
    pub count: u32,
    /// What was left out or is doubtful, a sentence each.
    pub notes: Vec<String>,
    pub order_unknown: bool,
    pub zone: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChatEvent {
    pub event: Event,
    /// "14 Sep 2026 13:02", of UTC.
    pub utc: String,
    pub local: String,
}

/// The largest chat, in bytes.
const LARGEST: u64 = 32 << 20;

pub async fn chat_read(context: &Context, request: ChatRequest) -> Result<ChatView> {
    let store = context.store().await?;
    let settings = store::workspace::settings(&mut *store.read().await?).await?;
    let zone = request.zone.clone().unwrap_or_else(|| settings.time_zone.clone());
    let calendar = ReportingCalendar::new(&zone, settings.fiscal_start_month)
        .map_err(|_| AppError::field("zone", "unknown-zone"))?;
    let day = request.day.unwrap_or(context.today(&settings)?);
    let path = request.path.as_ref().map(|path| context.app.path(path));
    if let Some(path) = &path {
        crate::target::refuse_to_read(context, path).await?;
    }
    let order = request.order;
    let read = move || -> Result<Chat> {
        let (text, names) = match &path {
            Some(path) => (file(path)?, names_beside(path)),
            None => (request.text, Names::new()),
        };
        if text.len() as u64 > LARGEST {
            return Err(AppError::refused("chat-too-large").with("limit", LARGEST >> 20));
        }
        let slack = text.trim_start().starts_with('[').then(|| serde_json::from_str(&text).ok()).flatten();
        let chat = match &slack {
            Some(messages) => chat::slack(messages, &names),
            // A list that is no JSON is a broken export, and no text without times.
            None => chat::plain(&text, calendar.zone, day, order)
                .map_err(|cause| if text.trim_start().starts_with("[{") { NoChat::NotSlack } else { cause }),
        };
        chat.map_err(|cause| match cause {
            NoChat::NoTimes => AppError::refused("chat-no-times"),
            NoChat::NotSlack => AppError::refused("chat-not-slack"),
        })
    };
    let chat = tokio::task::spawn_blocking(read).await.map_err(|error| AppError::Internal(error.to_string()))??;
    let calendar = ReportingCalendar::new(&zone, settings.fiscal_start_month)
        .map_err(|_| AppError::field("zone", "unknown-zone"))?;
    let said = |id: &str, count: u32| (count > 0).then(|| context.text(id, &[("count", u64::from(count).into())]));
    let notes = [("chat-untimed", chat.untimed), ("chat-doubtful", chat.doubtful), ("chat-empty", chat.empty)];
    let written = |at: chrono::DateTime<chrono::Utc>| {
        let local = at.with_timezone(&calendar.zone);
        let day = |day| format::date(day, context.language);
        ChatEvent {
            utc: format!("{} {}", day(at.date_naive()), at.format("%H:%M:%S")),
            local: format!("{} {}", day(local.date_naive()), local.format("%H:%M:%S")),
            event: Event { at, text: String::new(), evidence: String::new(), who: String::new() },
        }
    };
    Ok(ChatView {
        count: chat.events.len() as u32,
        events: chat.events.into_iter().map(|event| ChatEvent { event: event.clone(), ..written(event.at) }).collect(),
        notes: notes.into_iter().filter_map(|(id, count)| said(id, count)).collect(),
        order_unknown: chat.order_unknown,
        zone,
    })
}

/// A file's text, whatever bytes it has.
fn file(path: &Path) -> Result<String> {
    let unread =
        |cause: String| AppError::refused("chat-unreadable").with("file", path.to_string_lossy()).with("cause", cause);
    let about = std::fs::metadata(path).map_err(|error| unread(error.to_string()))?;
    if !about.is_file() {
        // A device never ends, and a pipe may never begin.
        return Err(unread(std::io::Error::from(std::io::ErrorKind::InvalidInput).to_string()));
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(|error| unread(error.to_string()))?;
    std::io::Read::read_to_end(&mut std::io::Read::take(file, LARGEST + 1), &mut bytes)
        .map_err(|error| unread(error.to_string()))?;
    if bytes.len() as u64 > LARGEST {
        return Err(AppError::refused("chat-too-large").with("limit", LARGEST >> 20));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Names of the users.json of the export a channel's file is of: beside it, or a folder above.
fn names_beside(path: &Path) -> Names {
    let folders = path.ancestors().skip(1).take(2);
    let found = folders.map(|folder| folder.join("users.json")).find_map(|path| {
        let text = file(&path).ok()?;
        chat::names(&serde_json::from_str(&text).ok()?)
    });
    found.unwrap_or_default()
}
