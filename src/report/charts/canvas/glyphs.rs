//! Which letters the embedded font has, from its table of characters (`cmap` of the OpenType
//! specification, formats 4 and 12).

use std::collections::BTreeSet;
use std::sync::OnceLock;

/// True if the font draws this letter; true for all if its table cannot be read,
/// so that nothing is called missing that may be there.
pub fn has(letter: char) -> bool {
    static LETTERS: OnceLock<Option<BTreeSet<u32>>> = OnceLock::new();
    let letters = LETTERS.get_or_init(|| characters(dejavu::sans_condensed::regular()));
    letters.as_ref().is_none_or(|letters| letters.contains(&(letter as u32)))
}

fn short(font: &[u8], at: usize) -> Option<usize> {
    Some(usize::from(u16::from_be_bytes([*font.get(at)?, *font.get(at + 1)?])))
}

fn long(font: &[u8], at: usize) -> Option<usize> {
    Some(short(font, at)? << 16 | short(font, at + 2)?)
}

/// All characters that lead to a glyph other than 0, the box.
fn characters(font: &[u8]) -> Option<BTreeSet<u32>> {
    let tables = short(font, 4)?;
    let entry = (0..tables).map(|table| 12 + 16 * table).find(|at| font.get(*at..at + 4) == Some(b"cmap"))?;
    let cmap = long(font, entry + 8)?;
    let mut all = BTreeSet::new();
    for encoding in 0..short(font, cmap + 2)? {
        let at = cmap + long(font, cmap + 8 + 8 * encoding)?;
        match short(font, at)? {
            4 => segments(font, at, &mut all)?,
            12 => groups(font, at, &mut all)?,
            _ => {}
        }
    }
    (!all.is_empty()).then_some(all)
}

/// Format 4: runs of characters with an offset to their glyphs, or a list.
fn segments(font: &[u8], at: usize, all: &mut BTreeSet<u32>) -> Option<()> {
    let double = short(font, at + 6)?;
    for segment in (0..double).step_by(2) {
        let last = short(font, at + 14 + segment)?;
        let first = short(font, at + 16 + double + segment)?;
        let delta = short(font, at + 16 + 2 * double + segment)?;
        let list = at + 16 + 3 * double + segment;
        let offset = short(font, list)?;
        for character in first..=last.min(0xFFFE) {
            let glyph = match offset {
                0 => (character + delta) & 0xFFFF,
                _ => short(font, list + offset + 2 * (character - first))?,
            };
            if glyph != 0 {
                all.insert(character as u32);
            }
        }
    }
    Some(())
}

/// Format 12: groups of characters with glyphs that follow each other.
fn groups(font: &[u8], at: usize, all: &mut BTreeSet<u32>) -> Option<()> {
    for group in 0..long(font, at + 12)? {
        let at = at + 16 + 12 * group;
        let (first, last) = (long(font, at)?, long(font, at + 4)?.min(0x10_FFFF));
        let glyph = long(font, at + 8)?;
        all.extend((first..=last).filter(|one| glyph + one - first != 0).map(|one| one as u32));
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_font_has_europe_and_lacks_east_asia() {
        for letter in "Aß’ěŁЖђұӘΩ−→…«»0".chars() {
            assert!(has(letter), "{letter}");
        }
        for letter in "中あ한\u{0e01}\u{FFFE}".chars() {
            assert!(!has(letter), "{letter}");
        }
    }

    #[test]
    fn a_font_that_cannot_be_read_gives_none() {
        assert_eq!(characters(b""), None);
        assert_eq!(characters(&dejavu::sans_condensed::regular()[..400]), None);
    }
}
