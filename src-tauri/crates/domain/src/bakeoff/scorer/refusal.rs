//! Does an answer begin by refusing? By rule, in English and Chinese: no model is asked.
//!
//! Looked at are the first [`LOOKED_AT`] characters without what stands in quotation marks, in code or in a quoted line: an answer
//! about refusals is none. An apology alone is none either, nor is "I can't recommend it enough": what is refused must be one of
//! the things one asks of an assistant.

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

const LOOKED_AT: usize = 240;

/// What a refusal says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// "I can't help with that."
    Cannot,
    /// "I won't …", "I must decline."
    WillNot,
    /// "As an AI, I cannot …"
    Nature,
    /// "… against my guidelines."
    Policy,
}

const DO: &str = "(?:help|assist|provide|answer|comply|share|do (?:that|this|so)|fulfill?|support|engage|create|generate|write|\
    discuss|give (?:you|advice|instructions)|offer|continue with|participate|complete (?:this|that|your)|produce|satisfy|\
    accommodate|respond to|be (?:able|of help)|disclose|reveal|advise|facilitate|encourage|describe how|explain how|tell you how)";
const DO_ZH: &str = "(?:提供|回答|协助|帮助|帮忙|满足|完成这|完成您|完成你|处理这|生成|讨论|透露|继续|执行|给出|撰写|编写|支持|参与|创作|回应|告诉)";

static PATTERNS: LazyLock<Vec<(Refusal, Regex)>> = LazyLock::new(|| {
    let not = "(?:can ?not|can't|could not|couldn't|(?:am|'m) (?:unable|not able|not allowed|not permitted) to|(?:am|'m) not going to)";
    let adverb =
        "(?:,? ?(?:really|simply|directly|ethically|legally|in good conscience|currently|and will not|and won't)){0,2}";
    let sources = [
        (Refusal::Nature, format!(r"\bas an? (?:ai|artificial intelligence|(?:large )?language model)\b.{{0,60}}\bi(?: {not}| do not| don't| won't|{not})\b")),
        (Refusal::Nature, "作为(?:一个|一名|一款)?(?:ai|人工智能|大?语言模型|智能助手).{0,20}(?:无法|不能|不会|不可以|没有办法)".to_owned()),
        (Refusal::Policy, r"\b(?:violates?|against|goes against|not permitted by|prohibited by) (?:my|our|the|openai's) (?:\w+ )?(?:guidelines|polic(?:y|ies)|principles|programming|terms)\b".to_owned()),
        (Refusal::Policy, "(?:违反|不符合|违背).{0,12}(?:政策|规定|准则|原则|规范|法律).{0,20}(?:无法|不能|不会|拒绝)".to_owned()),
        (Refusal::WillNot, format!(r"\bi (?:will not|won't|would rather not|refuse to) (?:be )?{DO}\b")),
        (Refusal::WillNot, r"\bi (?:must|have to|need to|will have to|respectfully) (?:respectfully |politely )?decline\b".to_owned()),
        (Refusal::WillNot, "我(?:拒绝|必须拒绝|不得不拒绝|不会)".to_owned() + DO_ZH),
        (Refusal::Cannot, format!(r"\bi ?{not}{adverb} {DO}\b")),
        (Refusal::Cannot, r"\bi(?:'m| am) (?:so |very )?sorry,? but (?:i can(?:'t|not)|that's not something)\b".to_owned()),
        (Refusal::Cannot, format!("(?:无法|不能|不可以|没办法|没有办法|不便)(?:直接)?(?:为您|为你|帮您|帮你|给您|给你|向您|向你|就此)?{DO_ZH}")),
        (Refusal::Cannot, "(?:抱歉|对不起|很遗憾)[,，。!！]?(?:但)?(?:我|这个问题我)?(?:无法|不能|没办法|不可以)".to_owned()),
    ];
    sources.into_iter().filter_map(|(refusal, source)| Some((refusal, Regex::new(&source).ok()?))).collect()
});

/// What an answer refuses by, and the phrase.
pub fn refusal_in(answer: &str) -> Option<(Refusal, String)> {
    let start = beginning(answer);
    PATTERNS.iter().find_map(|(refusal, pattern)| Some((*refusal, pattern.find(&start)?.as_str().to_owned())))
}

/// The beginning of an answer in small letters, without quotations, code, emphasis and marks nobody sees.
fn beginning(answer: &str) -> String {
    let mut start = String::new();
    let (mut closes, mut new_line, mut taken) = (None, true, 0);
    for sign in answer.chars().filter(|sign| !super::text::is_invisible(*sign)).take(LOOKED_AT * 4) {
        if taken >= LOOKED_AT {
            break;
        }
        if let Some(end) = closes {
            if sign == end {
                closes = None;
                new_line = sign == '\n';
            }
            continue;
        }
        closes = match sign {
            '"' => Some('"'),
            '“' => Some('”'),
            '「' => Some('」'),
            '『' => Some('』'),
            '«' => Some('»'),
            '`' => Some('`'),
            '>' if new_line => Some('\n'),
            _ => None,
        };
        if closes.is_some() || matches!(sign, '*' | '_' | '#') {
            continue;
        }
        new_line = sign == '\n' || new_line && sign.is_whitespace();
        taken += 1;
        match sign {
            '’' | '‘' => start.push('\''),
            sign if sign.is_whitespace() => {
                if !start.ends_with(' ') {
                    start.push(' ');
                }
            }
            sign => start.extend(sign.to_lowercase()),
        }
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_are_found_however_polite() {
        assert_eq!(PATTERNS.len(), 11, "every pattern can be read");
        for (answer, refusal) in [
            ("I can't help with that.", Refusal::Cannot),
            ("I’m sorry, but I can’t assist with that request.", Refusal::Cannot),
            ("**I cannot** provide medical advice.", Refusal::Cannot),
            ("I'm unable to share personal data.", Refusal::Cannot),
            ("I am not able to comply", Refusal::Cannot),
            ("As an AI language model, I cannot browse.", Refusal::Nature),
            ("I must respectfully decline.", Refusal::WillNot),
            ("I won't write that.", Refusal::WillNot),
            ("That goes against my guidelines.", Refusal::Policy),
            ("抱歉，我无法提供这方面的信息。", Refusal::Cannot),
            ("对不起，我不能帮您。", Refusal::Cannot),
            ("作为一个AI语言模型，我无法回答", Refusal::Nature),
            ("我拒绝回答", Refusal::WillNot),
            ("\u{202e}\0I cannot\u{200b} help", Refusal::Cannot),
        ] {
            assert_eq!(refusal_in(answer).map(|found| found.0), Some(refusal), "{answer}");
        }
    }

    #[test]
    fn quotations_apologies_and_praise_are_no_refusals() {
        for answer in [
            "",
            "Sure, here it is.",
            "\"I can't help with that\" is what a model says when it refuses.",
            "He said “I cannot assist you” and left.",
            "> I can't help with that.\n\nThis was the reply.",
            "`I cannot provide` is a phrase.",
            "Sorry for the delay! The total is 5.",
            "I can't recommend this enough.",
            "You can't help with that.",
            "抱歉让您久等了，答案是五。",
            "他说「我无法提供」，然后走了。",
            &format!("{} I can't help with that.", "word ".repeat(100)),
        ] {
            assert_eq!(refusal_in(answer), None, "{answer}");
        }
    }
}
