//! Which characters a face that is not always at hand may have, by block of Unicode, so that none is unpacked in
//! vain; and which characters have no shape of their own.

use super::Face;

/// The packed face that may have the character.
pub(crate) fn packed(c: char) -> Option<Face> {
    Some(match c as u32 {
        0x0590..=0x05ff | 0xfb1d..=0xfb4f => Face::Hebrew,
        0x0600..=0x06ff | 0x0750..=0x077f | 0x0870..=0x08ff | 0xfb50..=0xfdff | 0xfe70..=0xfefe => Face::Arabic,
        0x0900..=0x097f | 0x1cd0..=0x1cff | 0xa8e0..=0xa8ff => Face::Devanagari,
        0x0e00..=0x0e7f => Face::Thai,
        0x1100..=0x11ff | 0x3130..=0x318f | 0xa960..=0xa97f | 0xac00..=0xd7ff => Face::Korean,
        // Two circled ideographs, the wavy dash and the part alternation mark are emoji among the others.
        0x3030 | 0x303d | 0x3297 | 0x3299 => Face::Emoji,
        0x2e80..=0x312f | 0x3190..=0x9fff | 0xf900..=0xfaff | 0xff00..=0xffef => Face::Japanese,
        0x203c | 0x2049 | 0x20e3 | 0x2100..=0x2bff | 0x1f000..=0x1faff | 0xe0020..=0xe007f => Face::Emoji,
        _ => return None,
    })
}

/// Ideographs, kana and the punctuation among them: what stands together in a Japanese name.
pub(crate) fn is_ideographic(c: char) -> bool {
    matches!(c as u32, 0x2e80..=0x30ff | 0x31f0..=0x31ff | 0x3400..=0x9fff | 0xf900..=0xfaff | 0xff00..=0xffef
        | 0x20000..=0x3ffff)
}

pub(crate) fn is_kana(c: char) -> bool {
    matches!(c as u32, 0x3041..=0x30ff | 0x31f0..=0x31ff | 0xff66..=0xff9f) && c != '・'
}

/// A strong character of a script that is written from right to left (Unicode Bidi_Class R and AL, by block).
pub(crate) fn is_right_to_left(c: char) -> bool {
    let letter = matches!(c as u32, 0x05be..=0x08ff | 0xfb1d..=0xfdff | 0xfe70..=0xfefe | 0x10800..=0x10fff
        | 0x1e800..=0x1efff);
    letter && !is_mark(c) && !matches!(c as u32, 0x0600..=0x0607 | 0x060c | 0x0660..=0x066c | 0x06dd | 0x06f0..=0x06f9)
}

/// Joins the character before it: a mark, a joiner, a modifier. No text is cut before one.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(c as u32,
        0x0300..=0x036f
        | 0x0591..=0x05bd | 0x05bf | 0x05c1..=0x05c2 | 0x05c4..=0x05c5 | 0x05c7
        | 0x0610..=0x061a | 0x064b..=0x065f | 0x0670 | 0x06d6..=0x06dc | 0x06df..=0x06e4 | 0x06e7..=0x06e8
        | 0x06ea..=0x06ed | 0x08d3..=0x08ff
        | 0x0900..=0x0903 | 0x093a..=0x093c | 0x093e..=0x094f | 0x0951..=0x0957 | 0x0962..=0x0963
        | 0x0e31 | 0x0e33..=0x0e3a | 0x0e47..=0x0e4e
        | 0x1160..=0x11ff | 0x3099..=0x309a
        | 0x200c..=0x200d | 0x20d0..=0x20ff | 0xfe00..=0xfe0f | 0x1f3fb..=0x1f3ff | 0xe0020..=0xe007f)
}

/// Invisible by definition: joiners, variation selectors, direction marks, soft hyphen.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c as u32,
        0x00ad | 0x034f | 0x061c | 0x115f..=0x1160 | 0x180b..=0x180e | 0x200b..=0x200f | 0x202a..=0x202e
        | 0x2060..=0x206f | 0xfe00..=0xfe0f | 0xfeff | 0xe0000..=0xe001f | 0xe0100..=0xe01ef)
}

/// Invisible, but it decides how its neighbours are shaped or ordered, where they belong to a script that joins, to
/// emoji, or to a script from right to left. Embeddings and overrides are not among them: they can make a name read
/// as another one.
pub(crate) fn is_directing(c: char) -> bool {
    matches!(c, '\u{200c}'..='\u{200f}' | '\u{061c}' | '\u{fe0f}')
}
