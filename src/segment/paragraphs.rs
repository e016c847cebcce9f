//! Paragraphs: text between blank lines.

use crate::model::Span;

/// The paragraphs of a body, each with its pieces that are not excluded.
///
/// A paragraph without final punctuation is joined with a following one that begins in lower case: the
/// line was broken by hand or by markup.
pub fn paragraphs(body: &str, excluded: &[Span]) -> Vec<(Span, Vec<Span>)> {
    let mut found: Vec<(Span, Vec<Span>)> = Vec::new();
    let mut cursor = 0;
    for block in blocks(body) {
        let pieces = without(block, excluded, &mut cursor, body);
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { continue };
        let span = first.join(*last);
        match found.last_mut() {
            Some((previous, previous_pieces))
                if stops_midway(body, previous_pieces) && begins_low(body, &pieces) =>
            {
                *previous = previous.join(span);
                previous_pieces.extend(pieces);
            }
            _ => found.push((span, pieces)),
        }
    }
    found
}

/// If a text has a line longer than this (in characters), its lines were not broken by hand, and each is
/// a paragraph.
const MAX_WRAPPED_LINE: usize = 160;

/// The blocks between blank lines, without white space at their ends. In a text with long lines every
/// line is a block.
fn blocks(body: &str) -> Vec<Span> {
    let unwrapped =
        body.lines().any(|line| line.len() > MAX_WRAPPED_LINE && line.chars().count() > MAX_WRAPPED_LINE);
    let mut blocks = Vec::new();
    let mut open: Option<Span> = None;
    let mut start = 0;
    for line in body.split_inclusive('\n') {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            blocks.extend(open.take());
        } else {
            let from = start + (line.len() - line.trim_start().len());
            let span = Span::new(from, from + trimmed.len());
            open = Some(open.map_or(span, |block| block.join(span)));
            if unwrapped {
                blocks.extend(open.take());
            }
        }
        start += line.len();
    }
    blocks.extend(open);
    blocks
}

/// The pieces of a block outside the excluded spans, without white space at their ends. `cursor` is the
/// first excluded span that can still overlap.
fn without(block: Span, excluded: &[Span], cursor: &mut usize, body: &str) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut at = block.start;
    while excluded.get(*cursor).is_some_and(|span| span.end <= block.start) {
        *cursor += 1;
    }
    let mut next = *cursor;
    while let Some(span) = excluded.get(next).filter(|span| span.start < block.end) {
        push_trimmed(body, at, span.start.max(at), &mut pieces);
        at = at.max(span.end);
        next += 1;
    }
    push_trimmed(body, at, block.end, &mut pieces);
    pieces
}

fn push_trimmed(body: &str, start: usize, end: usize, pieces: &mut Vec<Span>) {
    let Some(piece) = body.get(start..end.max(start)) else { return };
    let trimmed = piece.trim();
    if !trimmed.is_empty() {
        let from = start + (piece.len() - piece.trim_start().len());
        pieces.push(Span::new(from, from + trimmed.len()));
    }
}

fn stops_midway(body: &str, pieces: &[Span]) -> bool {
    pieces
        .last()
        .and_then(|piece| piece.of(body).chars().next_back())
        .is_some_and(|last| last.is_alphanumeric() || matches!(last, ',' | '(' | '-' | '–' | '—' | ';'))
}

fn begins_low(body: &str, pieces: &[Span]) -> bool {
    pieces.first().and_then(|piece| piece.of(body).chars().next()).is_some_and(char::is_lowercase)
}
