//! A canvas as SVG, with text as text.

use std::fmt::Write as _;

use crate::canvas::{Canvas, Mark, Segment};
use crate::chart::ChartSpec;
use crate::error::ReportError;
use crate::fonts::blocks::is_right_to_left;
use crate::plot::titled_chart;
use crate::text::{Run, Typesetter, Weight};

const FAMILY: &str = "Inter, 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', system-ui, sans-serif";

/// The chart with title and subtitle as a standalone SVG of `width` × `height` points.
pub fn chart_svg(spec: &ChartSpec, width: f32, height: f32) -> Result<String, ReportError> {
    let canvas = titled_chart(spec, width, height, &mut Typesetter::new())?;
    let summary = if spec.summary.is_empty() { &spec.title } else { &spec.summary };
    Ok(canvas_svg(&canvas, &spec.title, summary))
}

/// Writes to a `String` cannot fail, hence the ignored results below.
pub fn canvas_svg(canvas: &Canvas, title: &str, summary: &str) -> String {
    let mut out = String::new();
    let (w, h) = (n(canvas.width), n(canvas.height));
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\" \
         font-family=\"{FAMILY}\">\n<title>{}</title>\n<desc>{}</desc>\n",
        escaped(title),
        escaped(summary)
    );
    let mut clips = 0;
    for mark in &canvas.marks {
        match mark {
            Mark::Fill { path, colour, alpha } => {
                let _ = writeln!(
                    out,
                    "<path d=\"{}\" fill=\"{}\"{}/>",
                    data(path),
                    colour.hex(),
                    opacity("fill-opacity", *alpha)
                );
            }
            Mark::Stroke { path, colour, alpha, width, dash } => {
                let dash = dash.map_or(String::new(), |[a, b]| format!(" stroke-dasharray=\"{} {}\"", n(a), n(b)));
                let _ = writeln!(
                    out,
                    "<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\"{dash}{}/>",
                    data(path),
                    colour.hex(),
                    n(*width),
                    opacity("stroke-opacity", *alpha)
                );
            }
            Mark::Text { x, y, run, colour } => {
                let weight = match run.weight {
                    Weight::Regular => "",
                    Weight::Medium => " font-weight=\"500\"",
                    Weight::SemiBold => " font-weight=\"600\"",
                };
                // The width holds the layout together where another font has to step in.
                let _ = writeln!(
                    out,
                    "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{weight} fill=\"{}\" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\">{}</text>",
                    n(*x + run.lead),
                    n(*y),
                    n(run.size),
                    colour.hex(),
                    n(run.width - run.lead),
                    escaped(&ordered(run))
                );
            }
            Mark::PushClip { x, y, width, height } => {
                clips += 1;
                let (x, y, width, height) = (n(*x), n(*y), n(*width), n(*height));
                let _ = writeln!(
                    out,
                    "<clipPath id=\"c{clips}\"><rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/></clipPath><g clip-path=\"url(#c{clips})\">"
                );
            }
            Mark::PopClip => out.push_str("</g>\n"),
        }
    }
    out.push_str("</svg>\n");
    out
}

/// The text of a run such that it keeps its order in an element that is set from left to right, as all are: their left
/// edge is what every viewer agrees on. Signs at the ends of a text from right to left need a mark (UAX #9, 2.6).
fn ordered(run: &Run) -> String {
    const RIGHT_TO_LEFT_MARK: char = '\u{200f}';
    let text = run.text.trim();
    if !run.rtl {
        return text.to_owned();
    }
    let mark = |c: Option<char>| c.filter(|c| !is_right_to_left(*c)).map(|_| RIGHT_TO_LEFT_MARK);
    mark(text.chars().next()).into_iter().chain(text.chars()).chain(mark(text.chars().next_back())).collect()
}

/// Hundredths, without a tail of zeros.
fn n(value: f32) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn opacity(name: &str, alpha: f32) -> String {
    if alpha >= 0.995 { String::new() } else { format!(" {name}=\"{}\"", n(alpha)) }
}

fn data(path: &[Segment]) -> String {
    let mut out = String::new();
    for segment in path {
        let _ = match *segment {
            Segment::Move(x, y) => write!(out, "M{} {}", n(x), n(y)),
            Segment::Line(x, y) => write!(out, "L{} {}", n(x), n(y)),
            Segment::Curve([a, b, c, d, e, f]) => write!(out, "C{} {} {} {} {} {}", n(a), n(b), n(c), n(d), n(e), n(f)),
            Segment::Close => write!(out, "Z"),
        };
    }
    out
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // Not allowed in XML 1.0, even as references.
            c if c.is_control() && c != '\n' => {}
            c => out.push(c),
        }
    }
    out
}
