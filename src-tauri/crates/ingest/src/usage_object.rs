//! The usage object of a provider's response: what an API says of the tokens of one request.
//!
//! | API | told by | cached input |
//! |---|---|---|
//! | OpenAI Chat Completions and Embeddings, and whoever is compatible with them | `prompt_tokens` | part of the input |
//! | OpenAI Responses, Images | `input_tokens` | part of the input |
//! | Anthropic Messages | `input_tokens` with `cache_…_input_tokens` | beside the input |
//! | Gemini `generateContent` | `promptTokenCount` | part of the input |
//! | Bedrock Converse | `inputTokens` | beside the input |
//!
//! Field names are those of the providers' API references.

use domain::usage::{TokenCounts, disjoint_input};
use serde_json::Value;

use crate::RowIssue;
use crate::issue::cache_exceeds_input;
use crate::json::{at_path, count};

type Read<T> = std::result::Result<T, RowIssue>;

/// What a usage object counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct UsageObject {
    pub tokens: TokenCounts,
    pub web_searches: u64,
    /// It counts anything at all; an object of nulls does not.
    pub is_told: bool,
}

/// Names APIs give the object.
const NAMES: [&str; 3] = ["usage", "usageMetadata", "usage_metadata"];

/// Whether a value that stands under a name is a provider's usage object.
pub(crate) fn looks_like(name: &str, value: &Value) -> bool {
    let has = |key: &str| value.get(key).is_some();
    let marks: [&[&str]; 4] = [
        &["prompt_tokens"],
        &["promptTokenCount"],
        &["inputTokens", "outputTokens"],
        // Alone these two are anybody's: a log that flattened them says elsewhere what was cached.
        &["input_tokens", "output_tokens"],
    ];
    let is_bare = has("input_tokens")
        && !["input_tokens_details", "cache_read_input_tokens", "cache_creation_input_tokens"].into_iter().any(has);
    NAMES.contains(&name) && marks.iter().any(|keys| keys.iter().all(|key| has(key))) && !is_bare
}

/// Reads the object from its JSON text; `column` names where it stands.
///
/// # Errors
/// Text that is no usage object, a number that is none, cached input beyond the input.
pub(crate) fn read(text: &[u8], column: impl FnOnce() -> String) -> Read<UsageObject> {
    parse(text).map_err(|issue| {
        let column = match &issue.column {
            Some(path) => format!("{}.{path}", column()),
            None => column(),
        };
        issue.column(column)
    })
}

fn parse(text: &[u8]) -> Read<UsageObject> {
    let unknown = || RowIssue::new("not-a-usage-object").value(text);
    let usage: Value = serde_json::from_slice(text).map_err(|_| unknown())?;
    let has = |key: &str| usage.get(key).is_some();
    // An object without counts leaves them open, as null does.
    if usage.as_object().is_some_and(serde_json::Map::is_empty) {
        return Ok(UsageObject::default());
    }
    let tokens = if has("promptTokenCount") || has("candidatesTokenCount") {
        gemini(&usage)?
    } else if has("inputTokens") {
        converse(&usage)?
    } else if has("prompt_tokens") {
        chat_completions(&usage)?
    } else if has("cache_read_input_tokens") || has("cache_creation_input_tokens") {
        messages(&usage)?
    } else if has("input_tokens") {
        responses(&usage)?
    } else {
        return Err(unknown());
    };
    let is_told = usage.as_object().is_some_and(|counts| counts.values().any(|count| !count.is_null()));
    Ok(UsageObject { tokens, web_searches: count(&usage, "server_tool_use.web_search_requests")?, is_told })
}

/// Counts in which everything is part of the whole input or output.
#[derive(Debug, Clone, Copy, Default)]
struct Inclusive {
    input: u64,
    cache_read: u64,
    cache_write: u64,
    /// Uncached.
    input_audio: u64,
    /// Uncached.
    input_image: u64,
    output: u64,
    output_audio: u64,
    output_image: u64,
    reasoning: u64,
}

impl Inclusive {
    /// Disjoint kinds; `column` names the whole input.
    fn disjoint(self, column: &str) -> Read<TokenCounts> {
        let whole = disjoint_input(self.input, self.cache_read, self.cache_write)
            .ok_or_else(|| cache_exceeds_input(column, self.input, self.cache_read + self.cache_write))?;
        let input_audio = self.input_audio.min(whole);
        let input_image = self.input_image.min(whole - input_audio);
        let output_audio = self.output_audio.min(self.output);
        let output_image = self.output_image.min(self.output - output_audio);
        let output = self.output - output_audio - output_image;
        Ok(TokenCounts {
            input: whole - input_audio - input_image,
            cache_read: self.cache_read,
            cache_write_5m: self.cache_write,
            output,
            input_audio,
            input_image,
            output_audio,
            output_image,
            reasoning: self.reasoning.min(output),
            ..TokenCounts::default()
        })
    }
}

fn chat_completions(usage: &Value) -> Read<TokenCounts> {
    let (input, said) = (count(usage, "prompt_tokens")?, count(usage, "completion_tokens")?);
    let reasoning = count(usage, "completion_tokens_details.reasoning_tokens")?;
    // xAI counts reasoning beside the completion, and its total says so.
    let is_beside = reasoning > 0 && count(usage, "total_tokens")? == input + said + reasoning;
    Inclusive {
        input,
        // DeepSeek and Moonshot had names of their own before they took over OpenAI's.
        cache_read: first_of(
            usage,
            &["prompt_tokens_details.cached_tokens", "prompt_cache_hit_tokens", "cached_tokens"],
        )?,
        cache_write: count(usage, "prompt_tokens_details.cache_write_tokens")?,
        input_audio: count(usage, "prompt_tokens_details.audio_tokens")?,
        input_image: count(usage, "prompt_tokens_details.image_tokens")?,
        output: if is_beside { said + reasoning } else { said },
        output_audio: count(usage, "completion_tokens_details.audio_tokens")?,
        output_image: count(usage, "completion_tokens_details.image_tokens")?,
        reasoning,
    }
    .disjoint("prompt_tokens")
}

fn responses(usage: &Value) -> Read<TokenCounts> {
    Inclusive {
        input: count(usage, "input_tokens")?,
        cache_read: count(usage, "input_tokens_details.cached_tokens")?,
        cache_write: count(usage, "input_tokens_details.cache_write_tokens")?,
        input_image: count(usage, "input_tokens_details.image_tokens")?,
        output: count(usage, "output_tokens")?,
        output_image: count(usage, "output_tokens_details.image_tokens")?,
        reasoning: count(usage, "output_tokens_details.reasoning_tokens")?,
        ..Inclusive::default()
    }
    .disjoint("input_tokens")
}

fn messages(usage: &Value) -> Read<TokenCounts> {
    let written = count(usage, "cache_creation_input_tokens")?;
    let written_1h = count(usage, "cache_creation.ephemeral_1h_input_tokens")?.min(written);
    let output = count(usage, "output_tokens")?;
    Ok(TokenCounts {
        input: count(usage, "input_tokens")?,
        cache_read: count(usage, "cache_read_input_tokens")?,
        cache_write_5m: written - written_1h,
        cache_write_1h: written_1h,
        output,
        reasoning: count(usage, "output_tokens_details.thinking_tokens")?.min(output),
        ..TokenCounts::default()
    })
}

fn converse(usage: &Value) -> Read<TokenCounts> {
    let written = count(usage, "cacheWriteInputTokens")?;
    let mut written_1h = 0;
    for written in elements(usage, "cacheDetails", "ttl", &["1h"]) {
        written_1h += count(written, "inputTokens")?;
    }
    let written_1h = written_1h.min(written);
    Ok(TokenCounts {
        input: count(usage, "inputTokens")?,
        cache_read: count(usage, "cacheReadInputTokens")?,
        cache_write_5m: written - written_1h,
        cache_write_1h: written_1h,
        output: count(usage, "outputTokens")?,
        ..TokenCounts::default()
    })
}

fn gemini(usage: &Value) -> Read<TokenCounts> {
    let of = |lists: &[&str], modalities: &[&str]| -> Read<u64> {
        let mut sum = 0;
        for list in lists {
            for part in elements(usage, list, "modality", modalities) {
                sum += count(part, "tokenCount")?;
            }
        }
        Ok(sum)
    };
    // A page of a document is read as an image.
    let (audio, image): (&[&str], &[&str]) = (&["AUDIO"], &["IMAGE", "DOCUMENT"]);
    let uncached = |modalities: &[&str]| -> Read<u64> {
        let all = of(&["promptTokensDetails", "toolUsePromptTokensDetails"], modalities)?;
        Ok(all.saturating_sub(of(&["cacheTokensDetails"], modalities)?))
    };
    let thoughts = count(usage, "thoughtsTokenCount")?;
    Inclusive {
        // What tools brought back is input beside the prompt; thoughts are output beside the answer.
        input: count(usage, "promptTokenCount")? + count(usage, "toolUsePromptTokenCount")?,
        cache_read: count(usage, "cachedContentTokenCount")?,
        input_audio: uncached(audio)?,
        input_image: uncached(image)?,
        output: count(usage, "candidatesTokenCount")? + thoughts,
        output_audio: of(&["candidatesTokensDetails"], audio)?,
        output_image: of(&["candidatesTokensDetails"], image)?,
        reasoning: thoughts,
        ..Inclusive::default()
    }
    .disjoint("promptTokenCount")
}

/// The first count that is not 0.
fn first_of(usage: &Value, paths: &[&str]) -> Read<u64> {
    for path in paths {
        let found = count(usage, path)?;
        if found > 0 {
            return Ok(found);
        }
    }
    Ok(0)
}

/// The objects of a list whose text under `key` is one of `wanted`.
fn elements<'v>(
    usage: &'v Value,
    list: &str,
    key: &'v str,
    wanted: &'v [&str],
) -> impl Iterator<Item = &'v Value> + use<'v> {
    let list = at_path(usage, list).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    list.iter().filter(move |part| part.get(key).and_then(Value::as_str).is_some_and(|text| wanted.contains(&text)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn counts(usage: &Value) -> TokenCounts {
        parse(usage.to_string().as_bytes()).unwrap().tokens
    }

    #[test]
    fn reasoning_beside_the_completion_is_output() {
        let usage = |total: u64| json!({ "prompt_tokens": 10, "completion_tokens": 5, "total_tokens": total, "completion_tokens_details": { "reasoning_tokens": 4 } });
        assert_eq!((counts(&usage(15)).output, counts(&usage(15)).reasoning), (5, 4));
        assert_eq!((counts(&usage(19)).output, counts(&usage(19)).reasoning), (9, 4));
    }

    #[test]
    fn a_cache_written_for_an_hour_is_told_from_one_for_five_minutes() {
        let anthropic = json!({ "input_tokens": 1, "output_tokens": 2, "cache_read_input_tokens": 3, "cache_creation_input_tokens": 10, "cache_creation": { "ephemeral_5m_input_tokens": 4, "ephemeral_1h_input_tokens": 6 } });
        let bedrock = json!({ "inputTokens": 1, "outputTokens": 2, "cacheReadInputTokens": 3, "cacheWriteInputTokens": 10, "cacheDetails": [{ "inputTokens": 4, "ttl": "5m" }, { "inputTokens": 6, "ttl": "1h" }] });
        for usage in [anthropic, bedrock] {
            let tokens = counts(&usage);
            assert_eq!(tokens.billed(), [1, 3, 4, 6, 2, 0, 0, 0, 0], "{usage}");
        }
    }

    #[test]
    fn cached_input_has_older_names() {
        for name in ["prompt_cache_hit_tokens", "cached_tokens"] {
            let tokens = counts(&json!({ "prompt_tokens": 10, "completion_tokens": 1, (name): 7 }));
            assert_eq!((tokens.input, tokens.cache_read), (3, 7), "{name}");
        }
    }

    #[test]
    fn what_is_no_usage_object_is_said() {
        for (text, code) in [
            ("{\"total\": 3}", "not-a-usage-object"),
            ("7", "not-a-usage-object"),
            ("{\"prompt_tokens\":", "not-a-usage-object"),
            ("{\"prompt_tokens\": -1}", "negative"),
            ("{\"prompt_tokens\": 1, \"cached_tokens\": 2}", "cache-exceeds-input"),
        ] {
            assert_eq!(parse(text.as_bytes()).unwrap_err().code, code, "{text}");
        }
        // What holds no count leaves open how many there were.
        for text in ["{}", "{\"prompt_tokens\": null, \"completion_tokens\": null}"] {
            assert_eq!(parse(text.as_bytes()).map(|usage| usage.is_told), Ok(false), "{text}");
        }
        let issue = read(b"{\"inputTokens\": 0.5}", || "response.usage".to_owned()).unwrap_err();
        assert_eq!(issue.column.as_deref(), Some("response.usage.inputTokens"));
    }

    #[test]
    fn two_bare_counts_are_not_taken_for_a_providers_object() {
        let bare = json!({ "input_tokens": 1, "output_tokens": 2 });
        assert!(!looks_like("usage", &bare));
        let whole = json!({ "input_tokens": 1, "output_tokens": 2, "input_tokens_details": {} });
        assert!(looks_like("usage", &whole) && !looks_like("totals", &whole));
    }
}
