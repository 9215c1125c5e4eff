//! Shaping, line breaking, fallback and measuring. Only the bundled faces exist here.
//!
//! Digits are always tabular (digits only: Inter's tabular forms also widen spaces and hyphens). Contextual
//! alternates are off: they would turn "3x4" into another sign than the one that is read out of the PDF. Neither holds
//! within scripts that are made of them.

use std::sync::Arc;

use crate::canvas::{Canvas, Mark};
use crate::palette::Colour;

mod context;
mod digits;
mod placing;
mod scripts;
mod typesetter;

pub use crate::glyphs::{Glyph, Run, Weight};
pub use typesetter::Typesetter;

/// How a paragraph is set. Sizes in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextStyle {
    pub size: f32,
    pub weight: Weight,
    pub colour: Colour,
    /// Line height as a multiple of the size.
    pub leading: f32,
    /// Extra space between letters, in ems.
    pub tracking: f32,
}

impl TextStyle {
    pub fn new(size: f32, colour: Colour) -> Self {
        Self { size, weight: Weight::Regular, colour, leading: 1.35, tracking: 0.0 }
    }

    pub fn medium(self) -> Self {
        Self { weight: Weight::Medium, ..self }
    }

    pub fn semibold(self) -> Self {
        Self { weight: Weight::SemiBold, ..self }
    }

    pub fn leading(self, leading: f32) -> Self {
        Self { leading, ..self }
    }

    pub fn tracking(self, tracking: f32) -> Self {
        Self { tracking, ..self }
    }

    pub fn colour(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    pub fn size(self, size: f32) -> Self {
        Self { size, ..self }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Baseline below the top of the paragraph.
    pub baseline: f32,
    pub width: f32,
    /// Left edge of each run within the line.
    pub runs: Vec<(f32, Arc<Run>)>,
}

/// A set paragraph.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    pub lines: Vec<Line>,
    pub width: f32,
    pub height: f32,
    /// Widest unbreakable piece.
    pub min_width: f32,
    /// Read from right to left: its lines end at the same right edge, wherever the box stands.
    pub rtl: bool,
    pub colour: Colour,
    pub line_height: f32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HAlign {
    #[default]
    Left,
    Centre,
    Right,
}

impl Paragraph {
    /// Draws with the top left corner of the box at `x`, `y`; `width` matters for alignment only.
    pub fn draw(&self, canvas: &mut Canvas, x: f32, y: f32, width: f32, align: HAlign) {
        for line in &self.lines {
            let left = match align {
                HAlign::Left if self.rtl => x + self.width - line.width,
                HAlign::Left => x,
                HAlign::Centre => x + (width - line.width) / 2.0,
                HAlign::Right => x + width - line.width,
            };
            for (offset, run) in &line.runs {
                canvas.marks.push(Mark::Text {
                    x: left + offset,
                    y: y + line.baseline,
                    run: run.clone(),
                    colour: self.colour,
                });
            }
        }
    }

    pub fn draw_left(&self, canvas: &mut Canvas, x: f32, y: f32) {
        self.draw(canvas, x, y, self.width, HAlign::Left);
    }
}
