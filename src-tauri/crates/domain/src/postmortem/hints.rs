//! Words that judge people where a post-mortem asks what made it hard. Soft: they are pointed at, with a reason, and nothing is kept
//! from being written. After the practice of blameless reviews (Google SRE book, chapter 15; Etsy's debriefing guide, 2016).

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why words are pointed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum HintReason {
    /// "should have noticed": judged by what is known now.
    Hindsight,
    /// "human error": where asking ends and should begin.
    HumanError,
    /// "careless", "negligent": of a person, not of what happened.
    Character,
    /// "whose fault": a person to blame.
    Blame,
    /// "obviously", "simply": it was not, or it would not have happened.
    Obvious,
    /// "forgot to", "failed to": what was missing to remember it?
    Omission,
}

/// Words in a text, in UTF-16 units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "BlamelessHint")]
pub struct Hint {
    pub from: u32,
    pub to: u32,
    pub words: String,
    pub reason: HintReason,
}

const WORDS: [(HintReason, &str); 6] = [
    (
        HintReason::Hindsight,
        r"(?i)\b(?:(?:should|could|would|ought to|must) (?:not )?have (?:\w+ )?\w+|in hindsight|with hindsight)\b|本该|本应|早该|应该早|明明可以",
    ),
    (HintReason::HumanError, r"(?i)\b(?:human|user|operator|pilot) errors?\b|人为(?:错误|失误|原因)|操作失误"),
    (
        HintReason::Character,
        r"(?i)\b(?:careless(?:ly|ness)?|negligen(?:t|ce|tly)|incompeten(?:t|ce)|reckless(?:ly)?|stupid(?:ly)?|lazy|lazily|sloppy|sloppily|inattentive)\b|粗心|大意|疏忽|不负责任|不称职|懒",
    ),
    (
        HintReason::Blame,
        r"(?i)\b(?:(?:his|her|their|whose|\w+['’]s) (?:own )?fault|at fault|to blame|is responsible for (?:the|this) (?:incident|outage|mistake|error))\b|责任在|怪(?:他|她|他们)|归咎|都怪",
    ),
    (
        HintReason::Obvious,
        r"(?i)\b(?:obvious(?:ly)?|clearly|of course|simply|everyone knows)\b|显然|显而易见|当然|众所周知",
    ),
    (
        HintReason::Omission,
        r"(?i)\b(?:forgot|neglected|failed|did(?: not|n['’]t) bother) to\b|忘了|忘记|没(?:有)?注意到|没(?:有)?检查",
    ),
];

static PATTERNS: LazyLock<Vec<(HintReason, Regex)>> =
    LazyLock::new(|| WORDS.iter().filter_map(|(reason, words)| Some((*reason, Regex::new(words).ok()?))).collect());

/// What a text judges, in its order; the first reason where two overlap.
pub fn hints(text: &str) -> Vec<Hint> {
    let mut found: Vec<(usize, usize, HintReason)> = PATTERNS
        .iter()
        .flat_map(|(reason, words)| words.find_iter(text).map(|one| (one.start(), one.end(), *reason)))
        .collect();
    found.sort_by_key(|(start, end, _)| (*start, std::cmp::Reverse(*end)));
    let mut hints: Vec<Hint> = Vec::new();
    let (mut byte, mut unit) = (0, 0);
    for (start, end, reason) in found {
        if start < byte {
            continue;
        }
        let units = |part: &str| u32::try_from(part.encode_utf16().count()).unwrap_or(u32::MAX);
        let from = unit + units(&text[byte..start]);
        let to = from + units(&text[start..end]);
        hints.push(Hint { from, to, words: text[start..end].to_owned(), reason });
        (byte, unit) = (end, to);
    }
    hints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_judge_people_are_found_in_either_language() {
        let found = |text: &str| hints(text).into_iter().map(|one| (one.words, one.reason)).collect::<Vec<_>>();
        assert_eq!(
            found("😀 She should have noticed; obviously."),
            [("should have noticed".to_owned(), HintReason::Hindsight), ("obviously".to_owned(), HintReason::Obvious)]
        );
        assert_eq!(hints("😀 She should have noticed")[0].from, 7);
        assert_eq!(found("这是人为失误，值班同事忘了检查。").len(), 2);
        assert_eq!(
            found("The job failed. The default is at fault-line."),
            [("at fault".to_owned(), HintReason::Blame)]
        );
        assert_eq!(found("The alert fired late because its window was a day."), []);
        assert_eq!(PATTERNS.len(), WORDS.len());
    }
}
