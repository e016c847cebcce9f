//! A quotation whose closing mark was forgotten: “We stay, said Holm. Nobody
//! answered.
//!
//! Lives here: ending such a quotation where its speaker is named. May not live
//! here: quotations that go on in the next paragraph (they are left open on
//! purpose).

use crate::model::{Fact, Language, PronounRole, Span, Text, TokenKind};

/// The cue stands at most so many tokens behind the comma (", Ann Lind said").
const CUE_REACH: usize = 4;

/// Ends the last quotation of a paragraph, when it was left open, before the
/// words that name its speaker. `rest` is the body behind the paragraph.
pub fn end(rest: &str, paragraph: usize, language: &Language, text: &mut Text) {
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
    // ", said Holm" leaves the comma inside, as editors do.
    let end = text.tokens[comma].span.end;
    if let Some(quotation) = text.quotations.last_mut() {
        quotation.span.end = end;
        quotation.inner = Span::new(quotation.inner.start, end);
        quotation.closed = true;
    }
}

/// Whether a text begins with a mark that opens a quotation.
fn opens(text: &str) -> bool {
    text.starts_with(['“', '"', '«', '„', '‟']) || text.starts_with("''") || text.starts_with("``")
}

/// ", said Holm", ", Holm said", ", he said".
fn names_speaker(text: &Text, comma: usize, end: usize, language: &Language) -> bool {
    let reports = |index: usize| {
        text.has(index, Fact::Cue)
            && language.cues.get(text.word(index)).is_some_and(|cues| {
                cues.iter().any(|cue| cue.words.len() == 1 && cue.takes.clause && !cue.takes.thought)
            })
    };
    let names = |index: usize| {
        index < end
            && (text.has(index, Fact::Capital)
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
