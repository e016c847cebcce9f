//! Estimates how much work a page would be before it is parsed. The parser of web pages compares
//! every attribute of an element with all before it, and the writer of the main text searches the
//! rest of a text at every character that it escapes; a page of ten megabytes made for that
//! occupies a processor for many minutes.
//!
//! Tags are also looked for in scripts, comments and quoted values: only the parser knows where
//! these begin and end, and a tag must not hide there. Work is counted, not time, so that a page is
//! read everywhere or nowhere.

use foldhash::fast::FixedState;
use std::collections::HashSet;

/// Maximum depth of elements; browsers stop there too. Deeper trees take excessive time in any
/// parser of HTML.
const DEPTH: usize = 512;
/// Maximum number of comparisons of attributes, about half a second of work. 30,000
/// attributes in one tag reach it; pages of newspapers stay below a thousandth.
const COMPARISONS: usize = 1_000_000_000;
/// Maximum number of bytes searched for characters to escape, about a second of work. 200,000
/// ampersands in one paragraph reach it.
const ESCAPING: usize = 40_000_000_000;
/// Number of attributes up to which the cost of a tag is negligible.
const FEW: usize = 32;
/// Each further `html` or `body` tag copies the names of all attributes so far; a copy takes as
/// long as this number of comparisons.
const COPY: usize = 20;
/// Maximum number of times that a byte is examined on average; then the page is refused.
const LOOKS: usize = 64;

/// A reason and a sentence if a page is too much work.
pub fn too_complex(html: &str) -> Option<(&'static str, String)> {
    if depth(html) > DEPTH {
        let detail = format!("the page's elements lie more than {DEPTH} deep in each other: save its text");
        return Some(("too_deep", detail));
    }
    (comparisons(html.as_bytes()) > COMPARISONS).then(|| {
        let detail = "the page has tens of thousands of attributes in one tag: save its text as .txt";
        ("too_complex", detail.to_string())
    })
}

/// A reason and a sentence if escaping all texts of a page is too much work.
pub fn too_much_escaping(work: usize) -> Option<(&'static str, String)> {
    (work > ESCAPING).then(|| {
        let detail =
            "a paragraph of the page has a hundred thousand characters like & and «: save its text as .txt";
        ("too_complex", detail.to_string())
    })
}

/// The work of escaping a text: at each `&`, and each byte that begins `«` or a fixed space
/// in UTF-8, everything after it is searched.
pub fn escaping(text: &str) -> usize {
    let escaped = text.bytes().filter(|byte| matches!(byte, b'&' | 0xC2)).count();
    escaped.saturating_mul(text.len())
}

/// Number of comparisons of attributes in the parser.
fn comparisons(html: &[u8]) -> usize {
    let mut all = 0usize;
    let mut looks = LOOKS * (html.len() + (1 << 20));
    // The attributes of all `html` and `body` tags come together in one element.
    let (mut roots, mut root_names) = (0usize, HashSet::with_hasher(FixedState::default()));
    for (at, _) in html.iter().enumerate().filter(|(_, byte)| **byte == b'<') {
        let tag = html.get(at + 1..).unwrap_or(&[]);
        let tag = tag.strip_prefix(b"/").unwrap_or(tag);
        let length = tag.iter().position(|byte| ends_name(*byte)).unwrap_or(tag.len());
        let (name, rest) = tag.split_at(length);
        if !name.first().is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let is_root = name.eq_ignore_ascii_case(b"html") || name.eq_ignore_ascii_case(b"body");
        let mut count = 0usize;
        let mut names: Option<HashSet<&[u8], FixedState>> = None;
        let looked = attributes(rest, |attribute| {
            count += 1;
            if is_root {
                root_names.insert(attribute);
            }
            if count > FEW {
                names.get_or_insert_default().insert(attribute);
            }
        });
        roots += usize::from(is_root && count > 0);
        all = all.saturating_add(names.map_or(0, |names| count * (names.len() + FEW)));
        looks = looks.saturating_sub(looked + length);
        if all > COMPARISONS || looks == 0 {
            return usize::MAX;
        }
    }
    all.saturating_add(roots.saturating_mul(root_names.len()).saturating_mul(COPY))
}

/// Calls `each` with the names of a tag's attributes as the parser separates them; returns the
/// number of bytes up to the tag's end.
fn attributes<'a>(tag: &'a [u8], mut each: impl FnMut(&'a [u8])) -> usize {
    let mut at = 0;
    while let Some(byte) = tag.get(at) {
        if *byte == b'>' {
            break;
        }
        if ends_name(*byte) {
            at += 1;
            continue;
        }
        // An equals sign may begin a name, but not be inside of it.
        let rest = &tag[at..];
        let length = rest.iter().skip(1).position(|byte| ends_name(*byte) || *byte == b'=');
        let (name, rest) = rest.split_at(length.map_or(rest.len(), |length| length + 1));
        each(name);
        at += name.len();
        let blank = |rest: &[u8]| rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let before = blank(rest);
        if rest.get(before) == Some(&b'=') {
            let value = &rest[before + 1..];
            let gap = blank(value);
            let value = &value[gap..];
            let length = match value.first() {
                Some(mark @ (b'"' | b'\'')) => {
                    value.iter().skip(1).position(|byte| byte == mark).map_or(value.len(), |end| end + 2)
                }
                _ => value
                    .iter()
                    .position(|byte| byte.is_ascii_whitespace() || *byte == b'>')
                    .unwrap_or(value.len()),
            };
            at += before + 1 + gap + length;
        }
    }
    at
}

fn ends_name(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>')
}

/// The maximum depth of elements. Elements whose end tag may be left out are not counted.
fn depth(html: &str) -> usize {
    const OPEN: [&str; 30] = [
        "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "optgroup", "colgroup",
        "rt", "rp", "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
        "track", "wbr", "path", "param",
    ];
    let (mut deep, mut deepest) = (0usize, 0);
    let bytes = html.as_bytes();
    let mut at = 0;
    while let Some(next) = bytes.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == b'<')) {
        at += next + 1;
        let closes = bytes.get(at) == Some(&b'/');
        let start = at + usize::from(closes);
        let length = bytes[start..].iter().take(12).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let name = html.get(start..start + length).unwrap_or("").to_ascii_lowercase();
        if name.is_empty() || OPEN.contains(&name.as_str()) {
            continue;
        }
        if closes {
            deep = deep.saturating_sub(1);
        } else {
            deep += 1;
            deepest = deepest.max(deep);
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attributes_of(tag: &str) -> Vec<String> {
        let mut found = Vec::new();
        attributes(tag.as_bytes(), |name| found.push(String::from_utf8_lossy(name).into_owned()));
        found
    }

    #[test]
    fn attributes_are_separated_as_the_parser_does() {
        assert_eq!(attributes_of(" a='1 >' b = \"x y\" c=d/e f/g>h"), ["a", "b", "c", "f", "g"]);
        assert_eq!(attributes_of(" a=b c"), ["a", "c"]);
        assert_eq!(attributes_of(" a='open"), ["a"]);
    }

    #[test]
    fn many_attributes_are_refused_wherever_they_hide() {
        let many: String = (0..60_000).map(|number| format!("a{number}=1 ")).collect();
        let bodies: String = (0..60_000).map(|number| format!("<body a{number}></body>")).collect();
        for page in [
            format!("<p {many}>x</p>"),
            format!("<p title='>' {many}>x</p>"),
            format!("<!-- <x y=' --><p {many}><!-- '> -->"),
            format!("<svg><script><p {many}>"),
            format!("<p {many}"),
            bodies,
        ] {
            assert_eq!(too_complex(&page).map(|(reason, _)| reason), Some("too_complex"));
        }
    }

    #[test]
    fn pages_of_many_tags_and_long_scripts_are_no_work() {
        let tags = "<p class='a' id=\"b\" data-x=1>He said so, and left.</p>\n".repeat(50_000);
        let words: String = (0..5_000).map(|number| format!("word{number} ")).collect();
        let script = format!("<script>for(i=0;i<n;i++){{t(\"{words}\")}}</script>");
        assert!(comparisons(tags.as_bytes()) < COMPARISONS / 1000);
        assert!(comparisons(script.as_bytes()) < COMPARISONS / 10);
    }

    #[test]
    fn looking_is_bounded() {
        // Each tag opens a quotation mark that only the last one closes.
        let nested = "<a '<a b='".repeat(300_000);
        let start = std::time::Instant::now();
        comparisons(nested.as_bytes());
        assert!(start.elapsed().as_secs() < 10);
    }
}
