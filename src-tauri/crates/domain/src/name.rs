//! Names that people give: how they are kept, and when two are the same.

use unicode_normalization::UnicodeNormalization;

/// A name as it is compared: case, width, how accents are encoded, marks nobody sees, and space around and between words tell
/// nobody apart (Unicode's NFKC).
pub fn name_key(name: &str) -> String {
    let seen = name.chars().filter(|c| !is_unseen(*c));
    seen.nfkc().collect::<String>().to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name as it is kept: one line, one space between words, nothing that cannot be seen.
pub fn tidy(name: &str) -> String {
    let seen: String = name.chars().filter(|c| !is_unseen(*c)).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Zero-width marks and controls; joiners stay where letters need them to be shown.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{00ad}') || (c.is_control() && !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_the_same_are_the_same_and_are_kept_on_one_line() {
        assert_eq!(name_key("S\u{30c}a\u{301}rka"), name_key("ŠÁRKA"));
        assert_eq!(name_key("Ｌｉ\u{200b}  Ｍｉｎｇ"), "li ming");
        assert_ne!(name_key("Jose"), name_key("José"));
        assert_eq!(name_key("\u{200b}\u{feff}"), "");
        assert_eq!(tidy(" A\u{200b}nn\n de\0 Vries "), "Ann de Vries");
    }
}
