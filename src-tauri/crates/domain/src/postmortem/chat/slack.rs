//! Exports of Slack.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::{Chat, NoChat, seconds};
use crate::postmortem::Event;

/// What people are called, by their id.
pub type Names = HashMap<String, String>;

/// The names of `users.json`: what people show, else their real name, else their handle. `None` of any other file.
pub fn names(users: &Value) -> Option<Names> {
    let all: Names = users
        .as_array()?
        .iter()
        .filter_map(|user| {
            let text =
                |path: &str| user.pointer(path).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
            let name = text("/profile/display_name")
                .or_else(|| text("/profile/real_name"))
                .or_else(|| text("/real_name"))
                .or_else(|| text("/name"))?;
            // A message has an id and a text of its own; a user has neither.
            user.get("text").is_none().then_some(())?;
            Some((text("/id")?.to_owned(), name.to_owned()))
        })
        .collect();
    (!all.is_empty()).then_some(all)
}

/// Messages of one channel. Replies stand after what they answer where both are of one instant, and say whom they answer.
///
/// # Errors
/// [`NoChat::NotSlack`].
pub fn slack(messages: &Value, names: &Names) -> Result<Chat, NoChat> {
    let all = messages.as_array().ok_or(NoChat::NotSlack)?;
    let mut chat = Chat::default();
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    let said = |message: &Value| message.get("ts").and_then(Value::as_str).and_then(seconds);
    if !all.iter().any(|message| said(message).is_some()) {
        return Err(NoChat::NotSlack);
    }
    for message in all {
        if let (Some(ts), Some(user)) =
            (message.get("ts").and_then(Value::as_str), message.get("user").and_then(Value::as_str))
        {
            first.entry(ts).or_insert(user);
        }
    }
    for message in all {
        let Some(at) = said(message) else {
            chat.untimed += 1;
            continue;
        };
        // Who came and went is no event of an incident.
        let subtype = message.get("subtype").and_then(Value::as_str).unwrap_or_default();
        let text = plain(message.get("text").and_then(Value::as_str).unwrap_or_default(), names);
        if text.is_empty() || matches!(subtype, "channel_join" | "channel_leave" | "channel_topic" | "channel_purpose")
        {
            chat.empty += 1;
            continue;
        }
        let name = |id: &str| names.get(id).cloned().unwrap_or_else(|| id.to_owned());
        let who = message.get("user").and_then(Value::as_str).map(name);
        let who =
            who.or_else(|| message.get("username").and_then(Value::as_str).map(str::to_owned)).unwrap_or_default();
        let answered = message
            .get("thread_ts")
            .and_then(Value::as_str)
            .filter(|thread| message.get("ts").and_then(Value::as_str) != Some(thread));
        let answered = answered.and_then(|thread| first.get(thread)).map(|id| format!("@{}: ", name(id)));
        chat.events.push(Event {
            at,
            text: format!("{}{text}", answered.unwrap_or_default()),
            evidence: String::new(),
            who,
        });
    }
    Ok(chat.sorted())
}

/// Slack's own signs as text: <@U1> is a name, <https://…|words> words and where they lead.
fn plain(text: &str, names: &Names) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let Some(end) = rest[start..].find('>').map(|end| start + end) else { break };
        out.push_str(&rest[..start]);
        let (target, words) = rest[start + 1..end].split_once('|').map_or((&rest[start + 1..end], ""), |(a, b)| (a, b));
        match target.chars().next() {
            Some('@') => {
                out.push('@');
                out.push_str(
                    names.get(&target[1..]).map_or(if words.is_empty() { &target[1..] } else { words }, String::as_str),
                );
            }
            Some('#' | '!') => {
                out.push(if target.starts_with('#') { '#' } else { '@' });
                out.push_str(if words.is_empty() { &target[1..] } else { words });
            }
            _ if words.is_empty() || words == target => out.push_str(target),
            _ => out.push_str(&format!("{words} ({target})")),
        }
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").trim().to_owned()
}
