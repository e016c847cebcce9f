//! Finds what is in a text but is not its author's prose: markup, titles, captions, bylines,
//! datelines, footers. It stays in the body as excluded spans, so that offsets are offsets into the
//! file. The words of each language are data (`boilerplate.csv`).

use crate::ingest::fold;
use crate::ingest::text::dates;
use crate::model::{Language, Span};
use chrono::NaiveDate;

/// The parts of a text around its prose.
#[derive(Debug, Default, PartialEq)]
pub struct Around {
    /// Sorted, not overlapping.
    pub excluded: Vec<Span>,
    /// The first line of a text that opens with a heading.
    pub title: Option<String>,
    /// A date on a line of its own near the top.
    pub dateline: Option<NaiveDate>,
}

/// Number of lines at the top in which a dateline or byline is looked for.
const TOP_LINES: usize = 15;
/// Maximum number of words of a caption or heading.
const CAPTION_WORDS: usize = 15;

/// A paragraph without the white space around it.
#[derive(Clone, Copy)]
struct Block {
    span: Span,
    line: usize,
}

/// Finds the boilerplate of a text from byte `from` on.
pub fn around(text: &str, from: usize, languages: &[Language]) -> Around {
    let blocks = blocks(text, from);
    let mut found = Around::default();
    let mut dropped = vec![false; blocks.len()];
    let starts_with = |block: &Block, patterns: fn(&Language) -> &Vec<String>| {
        let head: String =
            block.span.of(text).trim_start_matches(['*', '_', '>', ' ']).chars().take(60).collect();
        let head = fold(&head);
        languages.iter().flat_map(patterns).any(|pattern| head.starts_with(pattern.as_str()))
    };
    let mut top = true; // no prose yet
    let mut byline_or_date = None;
    let mut index = 0;
    while index < blocks.len() {
        let block = blocks[index];
        let words = block.span.of(text);
        let previous_open = index > 0 && !dropped[index - 1] && stops_midway(blocks[index - 1].span.of(text));
        let goes_on = previous_open && begins_low(words);
        if let Some(day) = dates::dateline(words, languages).filter(|_| block.line < TOP_LINES) {
            found.dateline = found.dateline.or(Some(day));
            dropped[index] = true;
            byline_or_date = Some(index);
        } else if starts_with(&block, |language| &language.boilerplate) {
            dropped[index] = true;
            // A footer broken over paragraphs, and a label with its link below.
            while index + 1 < blocks.len() {
                let (here, next) = (blocks[index].span.of(text), blocks[index + 1].span.of(text));
                let unfinished = !ends_sentence(here) && !here.ends_with([')', '>']);
                let short_rest = next.split_whitespace().count() <= 3 || is_link(next);
                if unfinished && (short_rest || begins_low(next)) {
                    index += 1;
                    dropped[index] = true;
                } else {
                    break;
                }
            }
        } else if block.line < TOP_LINES
            && top
            && starts_with(&block, |language| &language.bylines)
            && !ends_sentence(words)
        {
            dropped[index] = true;
            byline_or_date = Some(index);
        } else if is_link(words) || words.starts_with('#') {
            dropped[index] = true;
            if words.starts_with('#') && found.title.is_none() {
                found.title = Some(words.trim_start_matches('#').trim().to_string());
            }
        } else if !ends_sentence(words)
            && !goes_on
            && word_count(words) <= CAPTION_WORDS
            && !words.trim_end().ends_with([':', ','])
            && !blocks.get(index + 1).is_some_and(|next| begins_low(next.span.of(text)))
            && blocks.len() > 1
        {
            dropped[index] = true;
            if top && found.title.is_none() {
                found.title = Some(one_line(words));
            }
        } else {
            if top {
                found.dateline = found.dateline.or_else(|| dates::opening(words, languages));
            }
            top = false;
        }
        index += 1;
    }
    // Above the byline or dateline are title and standfirst.
    if let Some(last) = byline_or_date
        && last <= 4
    {
        dropped.iter_mut().take(last).for_each(|flag| *flag = true);
    }
    for (block, dropped) in blocks.iter().zip(&dropped) {
        if *dropped {
            found.excluded.push(block.span);
        } else {
            markup(text, block.span, &mut found.excluded);
        }
    }
    found.excluded.sort();
    found.excluded = merged(found.excluded);
    found
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn blocks(text: &str, from: usize) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    let mut start = from;
    for (line_number, line) in text.get(from..).unwrap_or("").split_inclusive('\n').enumerate() {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            blocks.extend(open.take());
        } else {
            let first = start + (line.len() - line.trim_start().len());
            let span = Span::new(first, first + trimmed.len());
            open = Some(match open {
                Some(block) => Block { span: block.span.join(span), ..block },
                None => Block { span, line: line_number },
            });
        }
        start += line.len();
    }
    blocks.extend(open);
    blocks
}

fn last_char(words: &str) -> Option<char> {
    words.trim_end().trim_end_matches(['*', '_']).chars().next_back()
}

fn ends_sentence(words: &str) -> bool {
    let words = words.trim_end_matches(['”', '"', '»', '\'', '’', ')', ']']);
    last_char(words).is_some_and(|last| matches!(last, '.' | '!' | '?' | '…' | ';'))
}

fn stops_midway(words: &str) -> bool {
    last_char(words).is_some_and(|last| last.is_alphanumeric() || matches!(last, ',' | '(' | ';' | '-' | '–'))
}

fn begins_low(words: &str) -> bool {
    words.trim_start_matches(['[', '*', '_', '“', '"', '«']).chars().next().is_some_and(char::is_lowercase)
}

/// Words without the targets of links.
fn word_count(words: &str) -> usize {
    words.split_whitespace().count()
}

fn is_link(words: &str) -> bool {
    let bare = words.trim().trim_start_matches('<').trim_end_matches('>');
    !bare.contains(char::is_whitespace)
        && (bare.starts_with("http://") || bare.starts_with("https://") || bare.starts_with("www."))
}

/// Link brackets and targets, images, emphasis marks and bare addresses.
fn markup(text: &str, span: Span, excluded: &mut Vec<Span>) {
    let words = span.of(text);
    let bytes = words.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let image = bytes[at] == b'!' && bytes.get(at + 1) == Some(&b'[');
        let open = at + usize::from(image);
        if bytes[open] == b'['
            && let Some(close) = find(bytes, open, b']')
            && bytes.get(close + 1) == Some(&b'(')
            && let Some(end) = find(bytes, close + 1, b')')
        {
            if image {
                excluded.push(Span::new(span.start + at, span.start + end + 1));
            } else {
                excluded.push(Span::new(span.start + open, span.start + open + 1));
                excluded.push(Span::new(span.start + close, span.start + end + 1));
            }
            at = end + 1;
        } else if (matches!(bytes[at], b'*' | b'_' | b'`') || quoted(words, at))
            && bytes.get(at + 1) != Some(&b'`')
        {
            excluded.push(Span::new(span.start + at, span.start + at + 1));
            at += 1;
        } else if words
            .get(at..)
            .is_some_and(|rest| rest.starts_with("http://") || rest.starts_with("https://"))
        {
            let length =
                words[at..].find(|c: char| c.is_whitespace() || c == '>').unwrap_or(words.len() - at);
            excluded.push(Span::new(span.start + at, span.start + at + length));
            at += length;
        } else {
            at += 1;
        }
    }
}

/// True for the mark of a quoted line. Elsewhere ">" is a character like others.
fn quoted(words: &str, at: usize) -> bool {
    words.as_bytes().get(at) == Some(&b'>')
        && words.get(..at).is_some_and(|before| {
            before.rsplit('\n').next().unwrap_or("").trim_matches([' ', '>']).is_empty()
        })
}

/// The next `wanted` byte within one line's reach of `from`.
fn find(bytes: &[u8], from: usize, wanted: u8) -> Option<usize> {
    bytes.get(from..bytes.len().min(from + 600))?.iter().position(|byte| *byte == wanted).map(|at| from + at)
}

fn merged(spans: Vec<Span>) -> Vec<Span> {
    let mut all: Vec<Span> = Vec::new();
    for span in spans {
        match all.last_mut() {
            Some(last) if span.start <= last.end => *last = last.join(span),
            _ => all.push(span),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CalendarKind;
    use proptest::prelude::*;

    fn english() -> Vec<Language> {
        let mut language = Language { code: "en".into(), ..Language::default() };
        language.calendar.insert("march".into(), vec![(CalendarKind::Month, 3)]);
        language.boilerplate = vec!["related article:".into(), "original url:".into(), "the opinions".into()];
        language.bylines = vec!["by ".into()];
        vec![language]
    }

    fn kept(text: &str) -> String {
        let around = around(text, 0, &english());
        let mut rest = String::new();
        let mut at = 0;
        for span in &around.excluded {
            rest.push_str(&text[at..span.start]);
            at = span.end;
        }
        rest.push_str(&text[at..]);
        rest.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_saved_page_keeps_its_prose_and_nothing_else() {
        let text = "Harbour Talks Stall\n\nNobody moved an inch on Friday.\n\nBy [Ann Holm for Gull](#)\n\n\
            March 01, 2019\n\nMayor Lind and Mayor Berg [Town hall](#)\n\nThe mayors met. A\n\n\
            [note](#) from Lind said little.\n\nRelated article: [Gulls Return](#)\n\nHe left early.\n\n\
            The opinions given here are the author's and not those of The Gull\n\nTimes.\n\n\
            Original url:\n\n<https://example.org/gull>\n";
        assert_eq!(kept(text), "The mayors met. A note from Lind said little. He left early.");
        let around = around(text, 0, &english());
        assert_eq!(around.title.as_deref(), Some("Harbour Talks Stall"));
        assert_eq!(around.dateline, NaiveDate::from_ymd_opt(2019, 3, 1));
    }

    #[test]
    fn one_short_line_alone_is_prose() {
        assert_eq!(kept("Sovereignty is not an icon, Holm said"), "Sovereignty is not an icon, Holm said");
    }

    proptest! {
        #[test]
        fn excluded_spans_lie_on_character_borders(text in "(?s)([\\[\\]()!*_#>\\n a-zё“]|https://|related article:){0,80}") {
            let around = around(&text, 0, &english());
            for span in &around.excluded {
                prop_assert!(text.get(span.start..span.end).is_some());
            }
            for pair in around.excluded.windows(2) {
                prop_assert!(pair[0].end < pair[1].start);
            }
        }
    }
}
