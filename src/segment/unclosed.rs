//! Quotations whose closing mark was forgotten: “We stay, said Holm. Nobody answered.
//!
//! Quotations that continue in the next paragraph are left open on purpose and stay open.

use crate::model::{Language, PronounRole, Span, Text, TokenFlag, TokenKind};

/// Maximum distance of the cue behind the comma, in tokens (", Ann Lind said").
const CUE_REACH: usize = 4;

/// Closes the last quotation of a paragraph, if it is open, before the words that name its speaker. `rest`
/// is the body behind the paragraph.
pub fn close(rest: &str, paragraph: usize, language: &Language, text: &mut Text) {
    let Some(quotation) = text.quotations.last().filter(|q| q.paragraph == paragraph && !q.closed) else {
        return;
    };
    if opens(rest.trim_start()) {
        return;
    }
    let inner = text.tokens_in(quotation.inner);
    let comma = (inner.start + 1..inner.end).find(|index| {
        matches!(text.word(*index), "," | "!" | "?") && names_speaker(text, *index, inner.end, language)
    });
    let Some(comma) = comma else { return };
    // The comma belongs to the quotation, as editors place it.
    let end = text.tokens[comma].span.end;
    if let Some(quotation) = text.quotations.last_mut() {
        quotation.span.end = end;
        quotation.inner = Span::new(quotation.inner.start, end);
        quotation.closed = true;
    }
}

/// True if a text begins with an opening quotation mark.
fn opens(text: &str) -> bool {
    text.starts_with(['“', '"', '«', '„', '‟']) || text.starts_with("''") || text.starts_with("``")
}

/// True for ", said Holm", ", Holm said", ", he said".
fn names_speaker(text: &Text, comma: usize, end: usize, language: &Language) -> bool {
    let reports = |index: usize| {
        text.has(index, TokenFlag::Cue)
            && language.cues.get(text.word(index)).is_some_and(|cues| {
                cues.iter().any(|cue| cue.words.len() == 1 && cue.takes.clause && !cue.takes.thought)
            })
    };
    let names = |index: usize| {
        index < end
            && (text.has(index, TokenFlag::Capital)
                || language.pronouns.get(text.word(index)).is_some_and(|readings| {
                    readings.iter().any(|p| p.role == PronounRole::Subject && p.person == 3)
                }))
    };
    let word = |index: usize| text.tokens.get(index).is_some_and(|token| token.kind == TokenKind::Word);
    let Some(cue) = (comma + 1..end.min(comma + 1 + CUE_REACH)).find(|index| reports(*index)) else {
        return false;
    };
    let between = comma + 1..cue;
    let inverted = between.is_empty() && names(cue + 1);
    let straight = !between.is_empty() && between.clone().all(|index| word(index) && names(index));
    inverted || straight
}
