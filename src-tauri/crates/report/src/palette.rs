//! The paper palette: what a colour token means on white.

use crate::chart::ColourToken;
use crate::table::Tone;

/// An opaque sRGB colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    pub const WHITE: Colour = Colour(0xff, 0xff, 0xff);
    pub const INK: Colour = Colour(0x19, 0x1c, 0x20);
    pub const MUTED: Colour = Colour(0x6b, 0x71, 0x78);
    /// Footers: still 4.5:1 on white.
    pub const FAINT: Colour = Colour(0x72, 0x78, 0x7f);
    pub const HAIRLINE: Colour = Colour(0xe4, 0xe4, 0xe0);
    pub const GRID: Colour = Colour(0xea, 0xea, 0xe7);
    /// Rules that carry structure: axis lines, the line under a table's head.
    pub const RULE: Colour = Colour(0xc3, 0xc6, 0xc9);
    pub const PANEL: Colour = Colour(0xf5, 0xf5, 0xf3);
    pub const ACCENT: Colour = Colour(0x0e, 0x6b, 0x7c);
    pub const ACCENT_SOFT: Colour = Colour(0xe3, 0xf0, 0xf2);
    /// Text on the accent.
    pub const ON_ACCENT_MUTED: Colour = Colour(0xcf, 0xe6, 0xea);
    pub const GOOD: Colour = Colour(0x1f, 0x7a, 0x4d);
    pub const WARN: Colour = Colour(0x9a, 0x67, 0x00);
    pub const WARN_SOFT: Colour = Colour(0xfb, 0xf1, 0xdc);
    pub const BAD: Colour = Colour(0xb9, 0x3a, 0x2b);

    /// `#rrggbb`.
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// This colour over `under`, `share` of it (0 to 1).
    pub fn over(self, under: Colour, share: f32) -> Colour {
        let mix = |a: u8, b: u8| (f32::from(a) * share + f32::from(b) * (1.0 - share)).round() as u8;
        Colour(mix(self.0, under.0), mix(self.1, under.1), mix(self.2, under.2))
    }

    /// Relative luminance, WCAG 2.2.
    pub fn luminance(self) -> f32 {
        let part = |c: u8| {
            let c = f32::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(self.0) + 0.7152 * part(self.1) + 0.0722 * part(self.2)
    }

    /// Contrast ratio, WCAG 2.2.
    pub fn contrast(self, other: Colour) -> f32 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// This colour, darkened until small text in it reads on white (4.5:1).
    pub fn as_text(self) -> Colour {
        let mut colour = self;
        for step in 0..20 {
            if colour.contrast(Colour::WHITE) >= 4.5 {
                break;
            }
            colour = self.over(Colour(0, 0, 0), 1.0 - 0.04 * (step + 1) as f32);
        }
        colour
    }

    /// White or ink, whichever reads better on this colour.
    pub fn text_on(self) -> Colour {
        if self.contrast(Colour::WHITE) >= 3.2 { Colour::WHITE } else { Colour::INK }
    }
}

/// The value of a token on paper, the same as on the window's light ground: every series has 3:1 against it, and any
/// two stay apart under deuteranopia and protanopia.
pub fn paper(token: ColourToken) -> Colour {
    match token {
        ColourToken::Series1 => Colour(0x2f, 0x6d, 0xb5),
        ColourToken::Series2 => Colour(0x1f, 0x9a, 0x8a),
        ColourToken::Series3 => Colour(0xc2, 0x7b, 0x00),
        ColourToken::Series4 => Colour(0xc4, 0x55, 0x2d),
        ColourToken::Series5 => Colour(0x5d, 0x3f, 0xae),
        ColourToken::Series6 => Colour(0x3a, 0x8f, 0xc8),
        ColourToken::Series7 => Colour(0x6b, 0x4a, 0x2f),
        ColourToken::Rest => Colour(0x8a, 0x94, 0x9e),
        ColourToken::Accent => Colour::ACCENT,
        ColourToken::Ink => Colour::INK,
        ColourToken::Muted => Colour::MUTED,
        ColourToken::Good => Colour::GOOD,
        ColourToken::Warn => Colour::WARN,
        ColourToken::Bad => Colour::BAD,
    }
}

/// The colour of text in a tone. `Strong` differs by weight, not by colour.
pub fn tone(tone: Tone) -> Colour {
    match tone {
        Tone::Plain | Tone::Strong => Colour::INK,
        Tone::Muted => Colour::MUTED,
        Tone::Good => Colour::GOOD,
        Tone::Warn => Colour::WARN,
        Tone::Bad => Colour::BAD,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_colours_read_on_white() {
        for colour in
            [Colour::INK, Colour::MUTED, Colour::FAINT, Colour::GOOD, Colour::WARN, Colour::BAD, Colour::ACCENT]
        {
            assert!(colour.contrast(Colour::WHITE) >= 4.4, "{} has {}", colour.hex(), colour.contrast(Colour::WHITE));
        }
        for token in ColourToken::SERIES {
            assert!(paper(token).as_text().contrast(Colour::WHITE) >= 4.5, "{token:?}");
        }
    }

    #[test]
    fn every_series_stands_out_from_the_ground() {
        // White paper and the window's panel, the darkest of the light grounds.
        for ground in [Colour::WHITE, Colour::PANEL] {
            for token in ColourToken::SERIES {
                let ratio = paper(token).contrast(ground);
                assert!(ratio >= 3.0, "{token:?} has {ratio} on {}", ground.hex());
            }
        }
    }

    #[test]
    fn states_are_no_series() {
        for state in [ColourToken::Good, ColourToken::Warn, ColourToken::Bad] {
            for token in ColourToken::SERIES {
                assert_ne!(paper(state), paper(token));
            }
        }
    }

    #[test]
    fn series_colours_stay_apart() {
        let all: Vec<Colour> =
            ColourToken::SERIES.iter().map(|t| paper(*t)).chain([paper(ColourToken::Rest)]).collect();
        for (i, a) in all.iter().enumerate() {
            for b in &all[i + 1..] {
                let apart =
                    [(a.0, b.0), (a.1, b.1), (a.2, b.2)].iter().map(|(x, y)| x.abs_diff(*y) as u32).sum::<u32>();
                assert!(apart > 60, "{} and {}", a.hex(), b.hex());
            }
        }
    }
}
