//! Text: the embedded font, how wide words are, how they are cut to fit. Sizes are the em in pixels, as
//! in CSS; plotters counts the height of the font instead.

use crate::report::charts::canvas::glyphs;
use plotters::style::{FontDesc, FontFamily, FontStyle, register_font};
use std::sync::OnceLock;

/// The name under which the font is registered, which an SVG passes on: where
/// DejaVu is not installed, faces of about its width stand in, and the SVG's
/// `textLength` keeps every label in its box.
pub const FAMILY: &str = "DejaVu Sans Condensed, Segoe UI, Noto Sans, Helvetica Neue, Arial, sans-serif";
/// Ascent plus descent of the font in ems.
pub const HEIGHT: f64 = 1.164_062_5;
/// What a capital reaches above the baseline, in ems, accents included.
pub const ABOVE: f64 = 0.80;
/// What a descender reaches below it.
pub const BELOW: f64 = 0.24;

/// Registers the font once; false if it cannot be read.
pub fn ready() -> bool {
    static READY: OnceLock<bool> = OnceLock::new();
    *READY.get_or_init(|| {
        register_font(FAMILY, FontStyle::Normal, dejavu::sans_condensed::regular()).is_ok()
            && register_font(FAMILY, FontStyle::Bold, dejavu::sans_condensed::bold()).is_ok()
    })
}

/// The width of a line of text in pixels. A letter that the font lacks counts as
/// a whole em: less would squeeze it in an SVG whose viewer has it.
pub fn width(text: &str, size: f64, bold: bool) -> f64 {
    if !ready() {
        return text.chars().count() as f64 * size;
    }
    let style = if bold { FontStyle::Bold } else { FontStyle::Normal };
    let font = FontDesc::new(FontFamily::Name(FAMILY), 1000.0 * HEIGHT, style);
    let shown: String = text.chars().map(|letter| if glyphs::has(letter) { letter } else { '—' }).collect();
    let wide = font.layout_box(&shown).map_or(0, |(_, (right, _))| right + 1);
    f64::from(wide) / 1000.0 * size
}

/// One line without control characters, and without the two characters that XML 1.0 forbids
/// beside them: one of them, and no program opens the SVG.
pub fn clean(text: &str) -> String {
    let bad = |letter: char| letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}');
    let shown: String = text.chars().map(|c| if bad(c) { ' ' } else { c }).collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text, or its beginning with an ellipsis, at most `most` pixels wide;
/// empty when not even one letter fits.
pub fn fit(text: &str, most: f64, size: f64, bold: bool) -> String {
    let text = clean(text);
    if width(&text, size, bold) <= most {
        return text;
    }
    let letters: Vec<char> = text.chars().collect();
    let (mut fits, mut over) = (0, letters.len());
    while over - fits > 1 {
        let middle = (fits + over) / 2;
        if width(&shortened(&letters, middle), size, bold) <= most { fits = middle } else { over = middle }
    }
    if fits == 0 { String::new() } else { shortened(&letters, fits) }
}

fn shortened(letters: &[char], most: usize) -> String {
    let kept: String = letters[..most].iter().collect();
    format!("{}…", kept.trim_end_matches([' ', ',', '.']))
}

/// The text in at most `lines` lines of at most `most` pixels, the last one
/// cut with an ellipsis if need be.
pub fn wrap(text: &str, most: f64, lines: usize, size: f64, bold: bool) -> Vec<String> {
    let mut wrapped: Vec<String> = Vec::new();
    for word in clean(text).split(' ') {
        match wrapped.last_mut() {
            Some(line) if width(&format!("{line} {word}"), size, bold) <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => wrapped.push(word.to_string()),
        }
    }
    if wrapped.len() > lines {
        let rest = wrapped.split_off(lines.max(1) - 1).join(" ");
        wrapped.push(rest);
    }
    wrapped.iter().map(|line| fit(line, most, size, bold)).filter(|line| !line.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_font() {
        // Advance of "m" in DejaVu Sans Condensed: 1796 of 2048 units to the em.
        let m = width("mmmmmmmmmm", 100.0, false) / 10.0;
        assert!((m - 100.0 * 1796.0 / 2048.0).abs() < 0.5, "{m}");
        assert!(width("Лукашенко", 20.0, true) > width("Лукашенко", 20.0, false));
    }

    #[test]
    fn what_is_too_long_ends_in_an_ellipsis_and_fits() {
        for most in [10.0, 40.0, 100.0, 1000.0] {
            let cut = fit("Aleksandr Grigoryevich Lukashenko", most, 16.0, false);
            assert!(width(&cut, 16.0, false) <= most, "{cut}");
        }
        assert_eq!(fit("short\tname\n", 500.0, 16.0, false), "short name");
        assert_eq!(fit("any", 0.0, 16.0, false), "");
    }

    #[test]
    fn lines_are_broken_between_words_and_no_word_is_lost_before_the_last_line() {
        let text = "Dots are means, larger with more statements, hollow below three of them";
        let lines = wrap(text, 200.0, 9, 16.0, false);
        assert_eq!(lines.join(" "), text);
        assert_eq!(wrap(text, 200.0, 2, 16.0, false).len(), 2);
        assert!(wrap("", 200.0, 2, 16.0, false).is_empty());
    }
}
