//! Pairs quotation marks of every style within a paragraph. An unpaired mark affects its own paragraph
//! only.

use crate::model::{Quotation, Span, Text};
use std::ops::Range;

/// What a mark can do.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Open(char),
    Close,
    Either,
}

fn side(mark: &str) -> Option<Side> {
    Some(match mark {
        "“" | "‟" | "``" => Side::Open('”'),
        "«" | "‹" => Side::Open('»'),
        "„" => Side::Open('“'),
        "”" | "»" | "›" => Side::Close,
        "\"" | "''" => Side::Either,
        _ => return None,
    })
}

/// Appends the outermost quotations of one paragraph's tokens to the text.
pub fn quotations(body: &str, tokens: Range<usize>, paragraph: usize, text: &mut Text) {
    let mut open: Option<(usize, char)> = None; // token, and what closes it
    let mut depth = 0;
    let mut found: Vec<Quotation> = Vec::new();
    for index in tokens.clone() {
        let mark = text.tokens[index].span.of(body);
        let Some(mut side) = side(mark) else { continue };
        if side == Side::Either {
            side = if open.is_some_and(|(_, closer)| closer == '"')
                || open.is_some_and(|(_, closer)| closer == '”')
                    && mark == "\""
                    && touches(text, index, &tokens)
            {
                Side::Close
            } else if open.is_none() && opens_here(text, index, &tokens) {
                Side::Open('"')
            } else {
                continue;
            };
        }
        match (side, open) {
            // „German“: the mark that opens in English closes here.
            (Side::Open('”'), Some((first, '“'))) => {
                found.push(quotation(text, first, index, true, paragraph));
                open = None;
            }
            (Side::Open(closer), None) => {
                open = Some((index, closer));
                depth = 0;
            }
            (Side::Open(closer), Some((_, outer))) if closer == outer => depth += 1,
            (Side::Close, Some((first, closer))) if closes(mark, closer) => {
                if depth > 0 && closing_ends_all(text, body, index, &tokens) {
                    depth = 0;
                }
                if depth > 0 {
                    depth -= 1;
                } else {
                    found.push(quotation(text, first, index, true, paragraph));
                    open = None;
                }
            }
            _ => {}
        }
    }
    if let Some((first, _)) = open {
        let last = tokens.end - 1;
        if last > first {
            found.push(quotation(text, first, last, false, paragraph));
        }
    }
    text.quotations.extend(found);
}

/// Nested guillemets may share the last mark («a «b»), so a closing mark that no other one follows ends
/// the outermost quotation.
fn closing_ends_all(text: &Text, body: &str, index: usize, tokens: &Range<usize>) -> bool {
    !(index + 1..tokens.end)
        .take(200)
        .any(|later| matches!(text.tokens[later].span.of(body), "”" | "»" | "“"))
}

fn closes(mark: &str, closer: char) -> bool {
    match closer {
        '"' => matches!(mark, "\"" | "''" | "”"),
        '“' => matches!(mark, "”" | "“"),
        '”' => matches!(mark, "”" | "\""),
        '»' => matches!(mark, "»" | "›"),
        _ => mark == "”",
    }
}

/// True for a mark directly behind a token. There a straight mark closes even a quotation that a curly one
/// opened, because editors mix them.
fn touches(text: &Text, index: usize, tokens: &Range<usize>) -> bool {
    index > tokens.start && text.tokens[index - 1].span.end == text.tokens[index].span.start
}

/// True if a straight mark opens a quotation: white space, a bracket or nothing before it, a token
/// directly behind it.
fn opens_here(text: &Text, index: usize, tokens: &Range<usize>) -> bool {
    let token = text.tokens[index].span;
    let touches_before = index > tokens.start && text.tokens[index - 1].span.end == token.start && {
        let previous = &text.tokens[index - 1];
        !matches!(text.word(index - 1), "(" | "[" | "—" | "–" | "-" | "." | ":" | "!" | "?")
            || previous.span.is_empty()
    };
    let touches_after = index + 1 < tokens.end && text.tokens[index + 1].span.start == token.end;
    !touches_before && touches_after
}

fn quotation(text: &Text, first: usize, last: usize, closed: bool, paragraph: usize) -> Quotation {
    let open = text.tokens[first].span;
    let close = text.tokens[last].span;
    let inner_end = if closed { close.start } else { close.end };
    Quotation {
        span: Span::new(open.start, close.end),
        inner: Span::new(open.end, inner_end),
        closed,
        paragraph,
    }
}
