//! Shaped text: what the typesetter makes and the canvas keeps.

use crate::fonts::Face;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Weight {
    Regular,
    Medium,
    SemiBold,
}

/// One glyph of a run, with the text it stands for (empty for all but the first of a cluster).
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    pub id: u16,
    /// From the start of the run.
    pub x: f32,
    /// Above the baseline.
    pub rise: f32,
    pub text: String,
}

/// Glyphs of one face on one baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    pub face: Face,
    pub size: f32,
    pub weight: Weight,
    /// The face has no such weight: draw an outline of this width too, in ems.
    pub embolden: f32,
    pub width: f32,
    pub glyphs: Vec<Glyph>,
    pub text: String,
}

impl Run {
    /// Joins a run of the same face that begins `dx` after this one.
    pub(crate) fn append(&mut self, other: Run, dx: f32) {
        if !other.text.trim().is_empty() {
            self.width = dx + other.width;
        }
        self.glyphs.extend(other.glyphs.into_iter().map(|g| Glyph { x: g.x + dx, ..g }));
        self.text.push_str(&other.text);
    }
}
