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
    /// Its share of the text where the cluster has several glyphs.
    pub own: Option<String>,
}

impl Glyph {
    /// What the glyph is read as by itself.
    pub fn share(&self) -> &str {
        self.own.as_deref().unwrap_or(&self.text)
    }
}

/// Glyphs of one face on one baseline, from left to right.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    pub face: Face,
    pub size: f32,
    pub weight: Weight,
    /// The face has no such weight: draw an outline of this width too, in ems.
    pub embolden: f32,
    /// Read from right to left.
    pub rtl: bool,
    /// Blank before the first ink: the space that ends a line which is read from right to left.
    pub lead: f32,
    /// From the start of the run to the end of its ink.
    pub width: f32,
    pub glyphs: Vec<Glyph>,
    /// Where it begins in the paragraph's text.
    pub at: usize,
    /// In the order in which it is read.
    pub text: String,
}

impl Run {
    /// Joins a run of the same face and direction that begins `dx` after this one.
    pub(crate) fn append(&mut self, other: Run, dx: f32) {
        if !other.text.trim().is_empty() {
            if self.text.trim().is_empty() {
                self.lead = dx + other.lead;
            }
            self.width = dx + other.width;
        }
        self.glyphs.extend(other.glyphs.into_iter().map(|g| Glyph { x: g.x + dx, ..g }));
        self.at = self.at.min(other.at);
        if self.rtl {
            self.text.insert_str(0, &other.text);
        } else {
            self.text.push_str(&other.text);
        }
    }
}
