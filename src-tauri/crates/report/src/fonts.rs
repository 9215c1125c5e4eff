//! The bundled faces and what they cover.

use std::io::Read as _;
use std::sync::OnceLock;

use flate2::read::GzDecoder;
use printpdf::ParsedFont;

use crate::error::ReportError;

pub(crate) mod blocks;

/// A face that can be embedded. The order is the order of fallback.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Face {
    /// Latin, Greek and Cyrillic in three weights.
    Regular,
    Medium,
    SemiBold,
    /// Chinese, one weight, like all that follow.
    Cjk,
    /// Kana and kanji, and traditional Chinese.
    Japanese,
    Korean,
    Arabic,
    Hebrew,
    Thai,
    Devanagari,
    /// In one colour, that of the text.
    Emoji,
}

impl Face {
    /// Every face, in the order of fallback.
    pub const ALL: [Face; 11] = [
        Face::Regular,
        Face::Medium,
        Face::SemiBold,
        Face::Cjk,
        Face::Japanese,
        Face::Korean,
        Face::Arabic,
        Face::Hebrew,
        Face::Thai,
        Face::Devanagari,
        Face::Emoji,
    ];

    /// What every text is set with. The other faces are unpacked when a text first needs them.
    pub const BASE: [Face; 4] = [Face::Regular, Face::Medium, Face::SemiBold, Face::Cjk];

    /// The font file. Empty where a packed one is damaged, which `parsed` then reports.
    pub fn bytes(self) -> &'static [u8] {
        match self {
            Face::Regular => include_bytes!("../fonts/Inter-Regular.ttf"),
            Face::Medium => include_bytes!("../fonts/Inter-Medium.ttf"),
            Face::SemiBold => include_bytes!("../fonts/Inter-SemiBold.ttf"),
            Face::Cjk => include_bytes!("../fonts/NotoSansSC-Regular.subset.ttf"),
            Face::Japanese => self.unpacked(include_bytes!("../fonts/NotoSansJP-Regular.subset.ttf.gz")),
            Face::Korean => self.unpacked(include_bytes!("../fonts/NotoSansKR-Regular.subset.ttf.gz")),
            Face::Arabic => self.unpacked(include_bytes!("../fonts/NotoSansArabic-Regular.subset.ttf.gz")),
            Face::Hebrew => self.unpacked(include_bytes!("../fonts/NotoSansHebrew-Regular.subset.ttf.gz")),
            Face::Thai => self.unpacked(include_bytes!("../fonts/NotoSansThai-Regular.subset.ttf.gz")),
            Face::Devanagari => self.unpacked(include_bytes!("../fonts/NotoSansDevanagari-Regular.subset.ttf.gz")),
            Face::Emoji => self.unpacked(include_bytes!("../fonts/NotoEmoji-Regular.subset.ttf.gz")),
        }
    }

    /// Kept for the life of the process: text and files refer to the bytes without copying them.
    fn unpacked(self, packed: &'static [u8]) -> &'static [u8] {
        static UNPACKED: [OnceLock<Vec<u8>>; Face::ALL.len()] = [const { OnceLock::new() }; Face::ALL.len()];
        UNPACKED[self as usize].get_or_init(|| {
            let mut bytes = Vec::new();
            if GzDecoder::new(packed).read_to_end(&mut bytes).is_err() {
                bytes.clear();
            }
            bytes
        })
    }

    /// Family name the typesetter knows it by.
    pub fn family(self) -> &'static str {
        match self {
            Face::Regular | Face::Medium | Face::SemiBold => "Inter",
            Face::Cjk => "Noto Sans SC",
            Face::Japanese => "Noto Sans JP",
            Face::Korean => "Noto Sans KR",
            Face::Arabic => "Noto Sans Arabic",
            Face::Hebrew => "Noto Sans Hebrew",
            Face::Thai => "Noto Sans Thai",
            Face::Devanagari => "Noto Sans Devanagari",
            Face::Emoji => "Noto Emoji",
        }
    }

    /// OS/2 weight class.
    pub fn weight(self) -> u16 {
        match self {
            Face::Medium => 500,
            Face::SemiBold => 600,
            _ => 400,
        }
    }

    /// Resource name in a PDF; its first six letters are the subset tag, which has to be upper case
    /// (ISO 32000-1, 9.6.4).
    pub fn resource(self) -> &'static str {
        match self {
            Face::Regular => "QDRREG",
            Face::Medium => "QDRMED",
            Face::SemiBold => "QDRSEM",
            Face::Cjk => "QDRCJK",
            Face::Japanese => "QDRJPN",
            Face::Korean => "QDRKOR",
            Face::Arabic => "QDRARA",
            Face::Hebrew => "QDRHEB",
            Face::Thai => "QDRTHA",
            Face::Devanagari => "QDRDEV",
            Face::Emoji => "QDREMO",
        }
    }

    /// The face parsed for embedding, once per process.
    pub fn parsed(self) -> Result<&'static ParsedFont, ReportError> {
        static PARSED: [OnceLock<Option<ParsedFont>>; Face::ALL.len()] = [const { OnceLock::new() }; Face::ALL.len()];
        PARSED[self as usize]
            .get_or_init(|| ParsedFont::from_bytes(self.bytes(), 0, &mut Vec::new()))
            .as_ref()
            .ok_or(ReportError::Font(self.resource()))
    }

    /// Advance of a glyph in thousandths of an em, as a PDF's width array has it.
    pub fn advance(self, glyph: u16) -> f32 {
        self.parsed().map_or(0.0, |font| {
            let upem = f32::from(font.font_metrics.units_per_em).max(1.0);
            f32::from(font.get_horizontal_advance(glyph)) * 1000.0 / upem
        })
    }

    /// The glyph the face has for the character by itself.
    pub fn glyph(self, c: char) -> Option<u16> {
        self.parsed().ok()?.lookup_glyph_index(c as u32).filter(|glyph| *glyph != 0)
    }

    /// The first face that draws the character.
    pub fn of(c: char) -> Option<Face> {
        [Face::Regular, Face::Cjk].into_iter().chain(blocks::packed(c)).find(|face| face.glyph(c).is_some())
    }
}

/// Stands in for a character that no bundled face has. Inter and Noto Sans SC have it.
pub const REPLACEMENT: char = '□';

/// Whether some bundled face draws the character.
pub fn covered(c: char) -> bool {
    Face::of(c).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_greek_cyrillic_and_chinese_need_no_packed_face() {
        for c in "Añ€αЖ₽季度报告，。（）“”→↑↓▲▼✓✗≥≤±×·—…".chars() {
            assert!(Face::of(c).is_some_and(|face| Face::BASE.contains(&face)), "{c}");
        }
        assert!(covered(REPLACEMENT));
        assert!(!covered('𓀀'));
    }

    #[test]
    fn each_script_has_its_face() {
        for (face, text) in [
            (Face::Japanese, "込働峠ゔヽー臺灣"),
            (Face::Korean, "한국뷁힣ㄱᄀ"),
            (Face::Arabic, "شركةپچگ٣،ﷲ"),
            (Face::Hebrew, "שלוםץ״"),
            (Face::Thai, "บริษัทกำ๓"),
            (Face::Devanagari, "भारतीक्ष३।"),
            (Face::Emoji, "🚀😀🏦🇩🥑"),
        ] {
            for c in text.chars() {
                assert_eq!(Face::of(c), Some(face), "{c} (U+{:04X})", c as u32);
            }
        }
    }

    #[test]
    fn every_face_parses_and_has_advances() {
        for face in Face::ALL {
            let c = match face {
                Face::Japanese => 'あ',
                Face::Korean => '한',
                _ => '0',
            };
            let glyph = face.glyph(c).unwrap();
            assert!(face.advance(glyph) > 300.0, "{face:?}");
        }
    }
}
