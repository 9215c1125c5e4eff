use chrono::NaiveDate;
use serde_json::json;

use super::*;
use crate::calendar::Tz;

fn read(text: &str) -> Chat {
    plain(text, Tz::America__New_York, "2026-09-14".parse().unwrap(), None).unwrap()
}

fn told(chat: &Chat) -> Vec<(String, &str, &str)> {
    chat.events
        .iter()
        .map(|event| (event.at.format("%m-%d %H:%M:%S").to_string(), event.who.as_str(), event.text.as_str()))
        .collect()
}

#[test]
fn ten_usual_shapes_of_a_time_are_read() {
    let one = |text: &str| {
        let chat = read(text);
        assert_eq!(chat.events.len(), 1, "{text}: {chat:?}");
        told(&chat).into_iter().map(|(at, who, text)| (at, who.to_owned(), text.to_owned())).next().unwrap()
    };
    let ada = |at: &str| (at.to_owned(), "Ada".to_owned(), "rolled back".to_owned());
    let noon = ada("09-14 18:05:00");
    assert_eq!(one("2026-09-14T18:05:00Z Ada: rolled back"), noon);
    assert_eq!(one("2026-09-14T20:05:00+0200 Ada: rolled back"), noon);
    assert_eq!(one("2026-09-14 14:05 Ada: rolled back"), noon);
    assert_eq!(one("2026/9/14 14:05:00 Ada：rolled back"), noon);
    assert_eq!(one("[2026-09-14 14:05:10] <Ada> rolled back"), ada("09-14 18:05:10"));
    assert_eq!(one("[14:05:10] Ada: rolled back"), ada("09-14 18:05:10"));
    assert_eq!(one("14:05 Ada: rolled back"), noon);
    assert_eq!(one("14:05 UTC Ada: rolled back"), ada("09-14 14:05:00"));
    assert_eq!(one("[14/09/2026, 14:05:10] Ada: rolled back"), ada("09-14 18:05:10"));
    assert_eq!(one("9/14/26, 2:05 PM - Ada: rolled back"), noon);
    assert_eq!(one("Sep 14 14:05:10 Ada: rolled back"), ada("09-14 18:05:10"));
    assert_eq!(one("14 Sep 2026 14:05 - Ada: rolled back"), noon);
    assert_eq!(one("Ada  2:05 PM\nrolled back"), noon);
    assert_eq!(one("Ada — 09/14/2026 2:05 PM\nrolled back"), noon);
    assert_eq!(one("Ada 2026/9/14 14:05:10\nrolled back"), ada("09-14 18:05:10"));
    assert_eq!(one("1789409100 rolled back").0, "09-14 18:05:00");
}

#[test]
fn lines_without_a_time_go_on_and_what_stands_before_any_is_counted() {
    let chat =
        read("Channel #inc-27\n14:05 Ada: one\n  two\n\n14:06 Bo: it was 3:10 before\nsee https://x.example/a: b");
    assert_eq!(chat.untimed, 1);
    assert_eq!(
        told(&chat),
        [
            ("09-14 18:05:00".to_owned(), "Ada", "one\ntwo"),
            ("09-14 18:06:00".to_owned(), "Bo", "it was 3:10 before\nsee https://x.example/a: b"),
        ]
    );
    assert_eq!(plain("nothing here", Tz::UTC, NaiveDate::MIN, None), Err(NoChat::NoTimes));
}

#[test]
fn a_night_goes_over_midnight_and_a_clock_that_is_put_back_is_told() {
    let chat = read("23:58 a: one\n00:03 b: two\n00:01 c: three");
    assert_eq!(
        told(&chat).iter().map(|one| one.0.as_str()).collect::<Vec<_>>(),
        ["09-15 03:58:00", "09-15 04:01:00", "09-15 04:03:00"]
    );
    // 1 November 2026, 01:30 was twice in New York; 8 March, 02:30 never.
    let chat = read("2026-11-01 01:30 a: twice\n2026-03-08 02:30 b: never");
    assert_eq!(
        (chat.doubtful, told(&chat)[0].0.as_str(), told(&chat)[1].0.as_str()),
        (2, "03-08 07:30:00", "11-01 05:30:00")
    );
}

#[test]
fn a_day_above_twelve_says_the_order_of_all_of_them() {
    let order = |text: &str, order| plain(text, Tz::UTC, "2026-01-01".parse().unwrap(), order).unwrap();
    let chat = order("[01/02/2026, 10:00] a: x\n[13/02/2026, 10:00] a: y", None);
    assert_eq!((told(&chat)[0].0.as_str(), chat.order_unknown), ("02-01 10:00:00", false));
    let chat = order("1/2/2026, 10:00 - a: x", None);
    assert_eq!((told(&chat)[0].0.as_str(), chat.order_unknown), ("01-02 10:00:00", true));
    let chat = order("1/2/2026, 10:00 - a: x", Some(DayOrder::DayFirst));
    assert_eq!((told(&chat)[0].0.as_str(), chat.order_unknown), ("02-01 10:00:00", false));
}

#[test]
fn an_export_of_slack_has_names_threads_and_links() {
    let users = json!([{ "id": "U1", "name": "ada", "profile": { "display_name": "Ada" } }, { "id": "U2", "name": "bo", "profile": {} }]);
    let messages = json!([
        { "type": "message", "user": "U2", "text": "seen &lt;b&gt;, see <https://x.example|the graph>", "ts": "1789409160.000200", "thread_ts": "1789409100.000100" },
        { "type": "message", "user": "U1", "text": "<@U2> canary is red", "ts": "1789409100.000100", "thread_ts": "1789409100.000100" },
        { "type": "message", "subtype": "channel_join", "user": "U1", "text": "<@U1> has joined", "ts": "1789409000.000000" },
        { "type": "message", "user": "U1", "text": "no time" },
    ]);
    let known = names(&users).unwrap();
    let chat = slack(&messages, &known).unwrap();
    assert_eq!(
        told(&chat),
        [
            ("09-14 18:05:00".to_owned(), "Ada", "@bo canary is red"),
            ("09-14 18:06:00".to_owned(), "bo", "@Ada: seen <b>, see the graph (https://x.example)"),
        ]
    );
    assert_eq!((chat.empty, chat.untimed), (1, 1));
    assert_eq!(names(&messages), None);
    assert_eq!(slack(&json!([{ "a": 1 }]), &known), Err(NoChat::NotSlack));
    assert_eq!(slack(&json!({}), &known), Err(NoChat::NotSlack));
}
