//! The bundled faces and what they cover.

use std::sync::OnceLock;

use printpdf::ParsedFont;

use crate::error::ReportError;

/// A face that can be embedded. The order is the order of fallback.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Face {
    Regular,
    Medium,
    SemiBold,
    /// Chinese, one weight.
    Cjk,
}

impl Face {
    pub const ALL: [Face; 4] = [Face::Regular, Face::Medium, Face::SemiBold, Face::Cjk];

    pub fn bytes(self) -> &'static [u8] {
        match self {
            Face::Regular => include_bytes!("../fonts/Inter-Regular.ttf"),
            Face::Medium => include_bytes!("../fonts/Inter-Medium.ttf"),
            Face::SemiBold => include_bytes!("../fonts/Inter-SemiBold.ttf"),
            Face::Cjk => include_bytes!("../fonts/NotoSansSC-Regular.subset.ttf"),
        }
    }

    /// Family name the typesetter knows it by.
    pub fn family(self) -> &'static str {
        if self == Face::Cjk { "Noto Sans SC" } else { "Inter" }
    }

    /// OS/2 weight class.
    pub fn weight(self) -> u16 {
        match self {
            Face::Regular | Face::Cjk => 400,
            Face::Medium => 500,
            Face::SemiBold => 600,
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
        }
    }

    /// The face parsed for embedding, once per process.
    pub fn parsed(self) -> Result<&'static ParsedFont, ReportError> {
        static PARSED: [OnceLock<Option<ParsedFont>>; 4] = [const { OnceLock::new() }; 4];
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
}

/// Stands in for a character that no bundled face has. Both families have it.
pub const REPLACEMENT: char = '□';

/// Whether some bundled face draws the character.
pub fn covered(c: char) -> bool {
    [Face::Regular, Face::Cjk]
        .into_iter()
        .any(|face| face.parsed().is_ok_and(|font| font.lookup_glyph_index(c as u32).is_some_and(|g| g != 0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_greek_cyrillic_and_chinese_are_covered() {
        for c in "Añ€αЖ₽季度报告，。（）“”→↑↓▲▼✓✗≥≤±×·—…".chars() {
            assert!(covered(c), "{c}");
        }
        assert!(covered(REPLACEMENT));
        assert!(!covered('𓀀'));
        assert!(!covered('한'));
    }

    #[test]
    fn every_face_parses_and_has_advances() {
        for face in Face::ALL {
            let font = face.parsed().unwrap();
            let glyph = font.lookup_glyph_index('0' as u32).unwrap();
            assert!(face.advance(glyph) > 300.0, "{face:?}");
        }
    }
}
