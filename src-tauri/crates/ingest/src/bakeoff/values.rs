//! Values within JSON as results hold them: texts, numbers, answers, tokens, instants.

use domain::money::{Currency, Money};
use domain::suite::Message;
use domain::usage::{TokenCounts, disjoint_input};
use serde_json::Value;

use crate::number::{self, Evidence};
use crate::timestamp::TimestampReader;

/// A scalar as text; `None` for null, lists and objects.
pub(super) fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

/// A scalar that says something.
pub(super) fn name(value: Option<&Value>) -> Option<String> {
    text(value).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Anything as text, lists and objects as JSON; `None` for null.
pub(super) fn any_text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::Null => None,
        whole @ (Value::Array(_) | Value::Object(_)) => Some(whole.to_string()),
        scalar => text(Some(scalar)),
    }
}

/// A finite number, also one written as text; true is 1 and false is 0.
pub(super) fn finite(value: Option<&Value>) -> Option<f64> {
    let number = match value? {
        Value::Number(number) => number.as_f64()?,
        Value::Bool(value) => f64::from(u8::from(*value)),
        Value::String(text) => number::float(text.as_bytes(), false, &Evidence::default()).ok()?,
        _ => return None,
    };
    number.is_finite().then_some(number)
}

/// A number that cannot be negative.
pub(super) fn positive(value: Option<&Value>) -> Option<f64> {
    finite(value).filter(|number| *number >= 0.0)
}

/// A count, also one written as 12.0.
pub(super) fn count(value: Option<&Value>) -> Option<u64> {
    let number = positive(value)?;
    (number.fract() == 0.0 && number <= 1e15).then_some(number as u64)
}

/// An amount of US dollars.
pub(super) fn dollars(value: Option<&Value>) -> Option<Money> {
    let text = match value? {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        _ => return None,
    };
    Money::parse(text.trim().trim_start_matches('$'), Currency::USD).ok().filter(|money| !money.is_negative())
}

/// Epoch milliseconds of a time in words, or in seconds or milliseconds since 1970.
pub(super) fn instant(value: Option<&Value>) -> Option<i64> {
    let text = text(value)?;
    TimestampReader::new(Some(chrono_tz::UTC), false).nanos(text.as_bytes()).ok().map(|nanos| nanos / 1_000_000)
}

/// The text of a message's content: a text, or parts of which the texts count.
pub(super) fn content(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()),
        Value::Array(parts) => {
            let part = |part: &Value| match part {
                Value::String(text) => Some(text.clone()),
                part => text(part.get("text")),
            };
            let texts: Vec<String> = parts.iter().filter_map(part).collect();
            (!texts.is_empty()).then(|| texts.join("\n"))
        }
        Value::Null => None,
        object => text(object.get("text")).or_else(|| Some(object.to_string())),
    }
}

/// Messages from a list of role and content, or one of the user from a text.
pub(super) fn messages(value: Option<&Value>) -> Vec<Message> {
    match value {
        Some(Value::Array(list)) => list
            .iter()
            .filter_map(|message| match message {
                Value::String(text) => Some(Message::user(text.as_str())),
                message => Some(Message {
                    role: name(message.get("role")).unwrap_or_else(|| "user".to_owned()),
                    content: content(message.get("content"))?,
                }),
            })
            .collect(),
        other => text(other).map(Message::user).into_iter().collect(),
    }
}

/// Texts of a list, or one text.
pub(super) fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(list)) => list.iter().filter_map(|one| any_text(Some(one))).collect(),
        other => any_text(other).into_iter().filter(|text| !text.is_empty()).collect(),
    }
}

/// Token counts that come with a total: whether the input includes what came from a cache is told by the sum. Where the total is
/// silent or fits both, the cached part is taken to stand beside the input, as Inspect and what follows it write.
pub(super) fn totalled_tokens(usage: &Value) -> Option<TokenCounts> {
    let of = |key: &str| count(usage.get(key));
    let (input, output) = (of("input_tokens")?, of("output_tokens")?);
    let read = of("input_tokens_cache_read").unwrap_or(0);
    let write = of("input_tokens_cache_write").unwrap_or(0);
    let is_inclusive = read + write > 0 && of("total_tokens") == Some(input + output);
    let input = if is_inclusive { disjoint_input(input, read, write)? } else { input };
    let reasoning = of("reasoning_tokens").unwrap_or(0);
    Some(TokenCounts {
        input,
        cache_read: read,
        cache_write_5m: write,
        output,
        reasoning: reasoning.min(output),
        ..TokenCounts::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_are_finite_or_nothing() {
        for (value, number) in [
            (json!(0.5), Some(0.5)),
            (json!("0.5"), Some(0.5)),
            (json!("1,234"), Some(1234.0)),
            (json!(true), Some(1.0)),
            (json!("NaN"), None),
            (json!("Infinity"), None),
            (json!("1e999"), None),
            (json!("N/A"), None),
            (json!(null), None),
            (json!([1]), None),
        ] {
            assert_eq!(finite(Some(&value)), number, "{value}");
        }
    }

    #[test]
    fn the_total_tells_whether_the_input_includes_the_cache() {
        let usage = |total: u64| json!({"input_tokens": 100, "output_tokens": 10, "total_tokens": total, "input_tokens_cache_read": 40});
        let tokens = |total| totalled_tokens(&usage(total)).map(|tokens| (tokens.input, tokens.cache_read));
        assert_eq!(tokens(110), Some((60, 40)));
        assert_eq!(tokens(150), Some((100, 40)));
        assert_eq!(totalled_tokens(&json!({"input_tokens": 5})), None);
    }
}
