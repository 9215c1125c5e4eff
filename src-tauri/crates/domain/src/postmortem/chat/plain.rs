//! Chats as plain text.

use std::sync::LazyLock;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use regex::{Captures, Regex};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Chat, NoChat, seconds};
use crate::calendar::Tz;
use crate::postmortem::Event;
use crate::wall::{self, Wall, WallError};

/// What the first number of 9/14/2026 is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum DayOrder {
    DayFirst,
    MonthFirst,
}

const MONTHS: &str = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*";

/// A time of the clock: 14:05, 14:05:10, 2:05 PM.
const CLOCK: &str =
    r"(?P<clock>[0-9]{1,2}[:：][0-9]{2}(?:[:：][0-9]{2})?(?:[.,][0-9]{1,6})?(?:[\s\x{202f}]?[AaPp]\.?[Mm]\.?)?)";

struct Shapes {
    /// At the beginning of a line.
    before: Vec<Regex>,
    /// Whole lines above a message.
    above: Vec<Regex>,
}

static SHAPES: LazyLock<Shapes> = LazyLock::new(|| {
    let day = format!(
        r"(?:(?P<y>[0-9]{{4}})[-/.年](?P<m>[0-9]{{1,2}})[-/.月](?P<d>[0-9]{{1,2}})日?|(?P<a>[0-9]{{1,2}})[/.](?P<b>[0-9]{{1,2}})(?:[/.](?P<yy>[0-9]{{4}}|[0-9]{{2}}))?|(?P<d2>[0-9]{{1,2}})\s(?P<mon>{MONTHS})(?:,?\s(?P<y2>[0-9]{{4}}))?|(?P<mon2>{MONTHS})\s{{1,2}}(?P<d3>[0-9]{{1,2}})(?:,?\s(?P<y3>[0-9]{{4}}))?)"
    );
    let all = |shapes: &[String]| shapes.iter().filter_map(|shape| Regex::new(shape).ok()).collect();
    Shapes {
        before: all(&[
            r"^\s*\[?(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2}))\]?\s*[-–—:]?\s*(?P<rest>.*)$".to_owned(),
            r"^\s*\[?(?P<unix>1[0-9]{9}(?:\.[0-9]+)?)\]?\s+(?P<rest>.*)$".to_owned(),
            format!(r"^\s*[\[(]?{day}(?:,|，|\sat)?[\sT]\s?{CLOCK}[\])]?\s*[-–—]?\s*(?P<rest>.*)$"),
            format!(r"^\s*[\[(]?{CLOCK}(?P<utc>\s?(?:UTC|Z))?[\])]?\s*[-–—]?\s+(?P<rest>.*)$"),
        ]),
        above: all(&[
            format!(r"^\s*(?P<who>\S.{{0,60}}?)\s*[-–—·,]?\s*[\[(]?{day}(?:,|，|\sat)?\s{CLOCK}[\])]?\s*$"),
            format!(r"^\s*(?P<who>\S.{{0,60}}?)\s+[\[(]?{CLOCK}[\])]?\s*$"),
        ]),
    }
});

/// Reads a chat copied as text. `zone` is that of times without an offset, `day` that of times before any day is named.
///
/// # Errors
/// [`NoChat::NoTimes`].
pub fn plain(text: &str, zone: Tz, day: NaiveDate, order: Option<DayOrder>) -> Result<Chat, NoChat> {
    let lines: Vec<&str> = text.lines().collect();
    let told = order.or_else(|| order_of(&lines));
    let mut reader =
        Reader { zone, day, order: told.unwrap_or(DayOrder::MonthFirst), last: None, chat: Chat::default() };
    let mut open: Option<Event> = None;
    for line in lines {
        match reader.line(line) {
            Some(event) => {
                reader.close(open.take());
                open = Some(event);
            }
            None if line.trim().is_empty() => {}
            None => match &mut open {
                Some(event) => {
                    if !event.text.is_empty() {
                        event.text.push('\n');
                    }
                    event.text.push_str(line.trim());
                }
                None => reader.chat.untimed += 1,
            },
        }
    }
    reader.close(open);
    if reader.chat.events.is_empty() {
        return Err(NoChat::NoTimes);
    }
    reader.chat.order_unknown &= told.is_none();
    Ok(reader.chat.sorted())
}

/// What 13 or more in either place says of all of them.
fn order_of(lines: &[&str]) -> Option<DayOrder> {
    let shapes = SHAPES.before.iter().chain(&SHAPES.above);
    let shapes: Vec<&Regex> = shapes.collect();
    let numbers = lines.iter().filter_map(|line| {
        let found = shapes.iter().find_map(|shape| shape.captures(line))?;
        Some((number(&found, "a")?, number(&found, "b")?))
    });
    numbers.into_iter().find_map(|(a, b)| match (a > 12, b > 12) {
        (true, false) => Some(DayOrder::DayFirst),
        (false, true) => Some(DayOrder::MonthFirst),
        _ => None,
    })
}

fn number(found: &Captures<'_>, name: &str) -> Option<u32> {
    found.name(name)?.as_str().parse().ok()
}

struct Reader {
    zone: Tz,
    day: NaiveDate,
    order: DayOrder,
    /// The wall clock of the message before.
    last: Option<NaiveTime>,
    chat: Chat,
}

impl Reader {
    fn close(&mut self, event: Option<Event>) {
        match event {
            Some(event) if event.text.trim().is_empty() => self.chat.empty += 1,
            Some(event) => self.chat.events.push(event),
            None => {}
        }
    }

    fn line(&mut self, line: &str) -> Option<Event> {
        for shape in &SHAPES.before {
            let Some(found) = shape.captures(line) else { continue };
            let Some(at) = self.instant(&found) else { continue };
            let (who, text) = speaker(found.name("rest").map_or("", |rest| rest.as_str()));
            return Some(Event { at, text, evidence: String::new(), who });
        }
        for shape in &SHAPES.above {
            let Some(found) = shape.captures(line) else { continue };
            let who = found.name("who").map_or("", |who| who.as_str()).trim().to_owned();
            // "We restarted it at 14:05" is a sentence, not a name above a message.
            if who.split_whitespace().count() > 4
                || who.ends_with([':', '.', '。', '：'])
                || !who.chars().any(char::is_alphabetic)
            {
                continue;
            }
            let Some(at) = self.instant(&found) else { continue };
            return Some(Event { at, text: String::new(), evidence: String::new(), who });
        }
        None
    }

    fn instant(&mut self, found: &Captures<'_>) -> Option<DateTime<Utc>> {
        if let Some(iso) = found.name("iso") {
            let at = wall::read(&with_colon(iso.as_str()), self.zone, self.day).ok()?;
            let Wall::At(at) = at else { return None };
            let local = at.with_timezone(&self.zone);
            (self.day, self.last) = (local.date_naive(), Some(local.time()));
            return Some(at);
        }
        if let Some(unix) = found.name("unix") {
            return seconds(unix.as_str());
        }
        let clock = clock(found.name("clock")?.as_str())?;
        let has_day = ["y", "a", "d2", "d3"].iter().any(|name| found.name(name).is_some());
        let day = if has_day { self.day_of(found)? } else { self.after(clock) };
        (self.day, self.last) = (day, Some(clock));
        if found.name("utc").is_some() {
            return Some(NaiveDateTime::new(day, clock).and_utc());
        }
        match wall::on_the_clock(NaiveDateTime::new(day, clock), self.zone) {
            Ok(Wall::At(at)) => Some(at),
            Ok(Wall::Twice { first, .. }) => {
                self.chat.doubtful += 1;
                Some(first)
            }
            Err(WallError::Skipped) => {
                self.chat.doubtful += 1;
                let later = NaiveDateTime::new(day, clock) + TimeDelta::hours(1);
                match wall::on_the_clock(later, self.zone) {
                    Ok(Wall::At(at) | Wall::Twice { first: at, .. }) => Some(at),
                    Err(_) => None,
                }
            }
            Err(WallError::NotATime) => None,
        }
    }

    /// The day of a time that names none: the last one, or the one after where the clock went far back.
    fn after(&self, clock: NaiveTime) -> NaiveDate {
        let went_back = self.last.is_some_and(|last| last - clock > TimeDelta::hours(12));
        if went_back { self.day.succ_opt().unwrap_or(self.day) } else { self.day }
    }

    fn day_of(&mut self, found: &Captures<'_>) -> Option<NaiveDate> {
        let year = |name: &str| found.name(name).and_then(|text| text.as_str().parse::<i32>().ok());
        if let Some(year) = year("y") {
            return NaiveDate::from_ymd_opt(year, number(found, "m")?, number(found, "d")?);
        }
        if let (Some(a), Some(b)) = (number(found, "a"), number(found, "b")) {
            let year = match year("yy") {
                Some(short) if short < 100 => 2_000 + short,
                Some(year) => year,
                None => self.day.year(),
            };
            self.chat.order_unknown |= a <= 12 && b <= 12 && a != b;
            let (day, month) = if self.order == DayOrder::DayFirst { (a, b) } else { (b, a) };
            return NaiveDate::from_ymd_opt(year, month, day);
        }
        let (day, month, year) = match number(found, "d2") {
            Some(day) => (day, found.name("mon")?.as_str(), year("y2")),
            None => (number(found, "d3")?, found.name("mon2")?.as_str(), year("y3")),
        };
        wall::day(&format!("{day} {month} {}", year.unwrap_or(self.day.year())))
    }
}

/// "+0200" as "+02:00".
fn with_colon(text: &str) -> String {
    if !text.is_ascii() {
        return text.to_owned();
    }
    let (head, tail) = text.split_at(text.len().saturating_sub(4));
    if head.ends_with(['+', '-']) && tail.bytes().all(|byte| byte.is_ascii_digit()) {
        return format!("{head}{}:{}", &tail[..2], &tail[2..]);
    }
    text.to_owned()
}

fn clock(text: &str) -> Option<NaiveTime> {
    let text = text.replace('：', ":");
    let upper = text.to_uppercase().replace('.', "");
    let half = if upper.contains("PM") { Some(12) } else { upper.contains("AM").then_some(0) };
    let digits: String = text.chars().take_while(|one| one.is_ascii_digit() || *one == ':').collect();
    let mut parts = digits.split(':').map(|part| part.parse::<u32>().ok());
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next().unwrap_or(Some(0))?);
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(half) => hour % 12 + half,
        None => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, second)
}

/// "Ada: text" and "<Ada> text" as who and what; a link's colon parts nobody from their words.
fn speaker(rest: &str) -> (String, String) {
    let rest = rest.trim();
    if let Some((who, text)) = rest.strip_prefix('<').and_then(|rest| rest.split_once('>')) {
        return (who.trim().to_owned(), text.trim().to_owned());
    }
    let parted =
        rest.split_once(": ").or_else(|| rest.split_once('：')).or_else(|| rest.strip_suffix(':').map(|who| (who, "")));
    match parted {
        Some((who, text))
            if !who.is_empty()
                && who.split_whitespace().count() <= 4
                && who.chars().count() <= 40
                && !who.contains("://") =>
        {
            (who.trim().to_owned(), text.trim().to_owned())
        }
        _ => (String::new(), rest.to_owned()),
    }
}
