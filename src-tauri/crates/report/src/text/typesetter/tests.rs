use super::*;
use crate::palette::Colour;

#[test]
fn a_shortened_name_keeps_its_letters_whole() {
    let mut set = Typesetter::new();
    let style = TextStyle::new(10.0, Colour::INK);
    for name in ["ที่ปั๊มน้ำมันที่ปั๊มน้ำมัน", "हिन्दी कीर्ति श्री हिन्दी", "👩\u{200d}💻👩\u{200d}💻👩\u{200d}💻", "שָׁלוֹם שָׁלוֹם שָׁלוֹם"]
    {
        for width in 10..60 {
            let short = set.set_short(name, &style, width as f32);
            let mut runs: Vec<_> = short.lines[0].runs.iter().map(|(_, run)| run).collect();
            runs.sort_by_key(|run| run.at);
            let text: String = runs.into_iter().map(|run| run.text.as_str()).collect();
            let Some(kept) = text.strip_suffix('…') else { continue };
            let rest = name.strip_prefix(kept).unwrap_or_else(|| panic!("{kept:?} of {name:?}"));
            assert!(!rest.trim_start().starts_with(is_mark) && !kept.ends_with('\u{200d}'), "{kept:?} of {name:?}");
        }
    }
}

#[test]
fn any_text_is_set_within_its_width() {
    let mut set = Typesetter::new();
    let style = TextStyle::new(10.0, Colour::INK).semibold().tracking(-0.01);
    let blocks = [
        0x20..0x7f,
        0x5d0..0x5eb,
        0x600..0x700,
        0x900..0x980,
        0xe00..0xe60,
        0x1100..0x1200,
        0x2000..0x2070,
        0x3040..0x3100,
        0x1f300..0x1f650,
        0xfe00..0xfe10,
        0x4e00..0x4f00,
        0..0x20,
    ];
    let mut random = fastrand::Rng::with_seed(7);
    for _ in 0..400 {
        let block = |random: &mut fastrand::Rng| blocks[random.usize(0..blocks.len())].clone();
        let text: String = (0..random.usize(1..40))
            .filter_map(|_| {
                let range = block(&mut random);
                char::from_u32(random.u32(range))
            })
            .collect();
        let set = set.set(&text, &style, Some(120.0));
        assert!(set.width <= 121.0, "{} {text:?}", set.width);
        assert!(set.lines.iter().flat_map(|line| &line.runs).all(|(x, _)| x.is_finite()), "{text:?}");
    }
}
