//! What a post-mortem's text is made of: Markdown, and lines that stand for what the product holds.
//!
//! A line of its own "{{timeline}}", "{{actions}}" or "{{figure spend}}" stands for the time line, the actions, a figure. Within a
//! fenced block it is text like any other.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A part of a text, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'t> {
    Markdown(&'t str),
    Timeline,
    Actions,
    /// By the name of the figure.
    Figure(&'t str),
}

/// A heading, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Heading {
    pub text: String,
    /// 1 to 6.
    pub level: u8,
    /// From 1.
    pub line: u32,
}

fn directive(line: &str) -> Option<Piece<'_>> {
    let inner = line.trim().strip_prefix("{{")?.strip_suffix("}}")?.trim();
    match inner.split_once(char::is_whitespace) {
        None if inner == "timeline" => Some(Piece::Timeline),
        None if inner == "actions" => Some(Piece::Actions),
        Some(("figure", name)) => Some(Piece::Figure(name.trim())),
        _ => None,
    }
}

/// The sign a fenced block begins with, and how often; and whether nothing else stands on the line.
fn fence(line: &str) -> Option<(char, usize, bool)> {
    let line = line.trim_start().trim_end();
    let sign = line.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
    let length = line.chars().take_while(|one| *one == sign).count();
    let rest = &line[length..];
    // Words between backticks on one line are code within a sentence.
    (length >= 3 && !(sign == '`' && rest.contains('`'))).then_some((sign, length, rest.is_empty()))
}

/// Lines with their first byte and whether they stand within a fenced block, its fences included. A block ends with as many signs as it
/// began with, or more.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str, bool)> {
    let mut open: Option<(char, usize)> = None;
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        let found = fence(line);
        let within = open.is_some() || found.is_some();
        match (open, found) {
            (Some((sign, length)), Some((other, count, true))) if sign == other && count >= length => open = None,
            (None, Some((sign, length, _))) => open = Some((sign, length)),
            _ => {}
        }
        (start, line, within)
    })
}

/// The parts of a text.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    for (start, line, within) in lines(text) {
        let Some(piece) = (!within).then(|| directive(line)).flatten() else { continue };
        if !text[from..start].trim().is_empty() {
            found.push(Piece::Markdown(&text[from..start]));
        }
        found.push(piece);
        from = start + line.len();
    }
    if !text[from..].trim().is_empty() {
        found.push(Piece::Markdown(&text[from..]));
    }
    found
}

/// Its headings ("## Summary"), without their marks.
pub fn outline(text: &str) -> Vec<Heading> {
    let heading = |(number, (_, line, within)): (u32, (usize, &str, bool))| {
        let marks = line.bytes().take_while(|byte| *byte == b'#').count();
        let rest = line.get(marks..)?;
        if within || !(1..=6).contains(&marks) || !rest.starts_with([' ', '\t']) {
            return None;
        }
        let said = rest.trim().trim_end_matches('#').trim();
        Some(Heading { text: said.to_owned(), level: marks as u8, line: number }).filter(|_| !said.is_empty())
    };
    (1..).zip(lines(text)).filter_map(heading).collect()
}

/// Words as a word processor counts them: between spaces, each Chinese, Japanese or Korean character one.
pub fn words(text: &str) -> u64 {
    let mut count = 0;
    let mut within = false;
    for character in text.chars() {
        let is_ideograph = matches!(character, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
        if is_ideograph {
            count += 1;
            within = false;
        } else if character.is_alphanumeric() {
            count += u64::from(!within);
            within = true;
        } else if !matches!(character, '\'' | '’' | '-' | '_' | '.' | ',') || !within {
            within = false;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stand_for_what_the_product_holds_but_not_within_code() {
        let text =
            "## Time line\n{{timeline}}\nafter\n```\n{{actions}}\n```\n  {{ figure spend }}  \nnot {{actions}} here\n";
        assert_eq!(
            pieces(text),
            [
                Piece::Markdown("## Time line\n"),
                Piece::Timeline,
                Piece::Markdown("after\n```\n{{actions}}\n```\n"),
                Piece::Figure("spend"),
                Piece::Markdown("not {{actions}} here\n"),
            ]
        );
        assert_eq!(pieces(""), []);
        assert_eq!(pieces("`````\n```\n{{timeline}}\n`````\n{{actions}}").len(), 2);
        assert_eq!(pieces("```x``` is code\n{{actions}}").len(), 2);
    }

    #[test]
    fn headings_stand_with_their_line() {
        let found = outline("# A\n\n## B ##\n```\n# no\n```\n#no\n### 原因\n");
        let told: Vec<(&str, u8, u32)> = found.iter().map(|one| (one.text.as_str(), one.level, one.line)).collect();
        assert_eq!(told, [("A", 1, 1), ("B", 2, 3), ("原因", 3, 8)]);
    }

    #[test]
    fn words_are_counted_in_either_script() {
        assert_eq!(words("It didn't take 3.5 minutes."), 5);
        assert_eq!(words("检索返回了 tenant_id 错误"), 8);
        assert_eq!(words(" \n- "), 0);
    }
}
