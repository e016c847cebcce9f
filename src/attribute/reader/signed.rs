//! Signed quotations: “We stay.” — Ann Lind
//!
//! Their speaker follows a dash at the end of the line, as under a motto or in a list of readers'
//! voices.

use crate::attribute::people::mention::Mention;
use crate::model::{Quotation, Text, TokenFlag, TokenKind, WordClass};
use std::ops::Range;

/// A quotation with its signature.
#[derive(Debug, Clone, PartialEq)]
pub struct SignedQuotation {
    /// The quotation.
    pub quotation: Quotation,
    /// Tokens of the dash.
    pub dash: Range<usize>,
    /// Tokens of the name.
    pub name: Range<usize>,
    /// Index of the mention in the name, if there is one.
    pub mention: Option<usize>,
}

/// Shorter quotations before a dash are titles, not statements.
const MIN_WORDS: usize = 4;
/// Maximum length of a signature, in tokens.
const MAX_TOKENS: usize = 8;

/// All signed quotations in reading order.
pub fn signed_quotations(body: &str, text: &Text, mentions: &[Mention]) -> Vec<SignedQuotation> {
    let quotations = text.quotations.iter().filter(|quotation| quotation.closed);
    quotations.filter_map(|quotation| signature(body, text, mentions, *quotation)).collect()
}

fn signature(body: &str, text: &Text, mentions: &[Mention], quotation: Quotation) -> Option<SignedQuotation> {
    let inner = text.tokens_in(quotation.inner);
    let start = text.tokens_in(quotation.span).end;
    let dash = (start..text.tokens.len().min(start + 2)).take_while(|index| is_dash(text.word(*index)));
    let dash = start..start + dash.count();
    if dash.is_empty() || text.word_count(&inner) < MIN_WORDS || !same_paragraph(text, start, quotation) {
        return None;
    }
    // The name runs to the end of the line, of the paragraph, or to the next
    // quotation; a full stop, an age or a place behind a comma may follow.
    let mut end = dash.end;
    let mut name_end = None;
    loop {
        let ends_line = end > dash.end && gap(body, text, end).is_none_or(|gap| gap.contains('\n'));
        if ends_line || !same_paragraph(text, end, quotation) {
            break;
        }
        if end - dash.end > MAX_TOKENS {
            return None;
        }
        let token = text.tokens.get(end)?;
        match text.word(end) {
            "," | "(" => name_end = name_end.or(Some(end)),
            "." | ")" => {}
            _ if opens_quotation(text, token.span.start) => break,
            _ if name_end.is_some() || token.kind == TokenKind::Number => {}
            _ if token.flags.has(TokenFlag::Capital) && !text.has(end, TokenFlag::Pronoun) => {}
            _ if text.is(end, WordClass::Article) || text.is(end, WordClass::Preposition) => {}
            _ => return None,
        }
        end += 1;
    }
    let mut name = dash.end..name_end.unwrap_or(end);
    while name.end > name.start && text.word(name.end - 1) == "." {
        name.end -= 1;
    }
    let named =
        name.clone().any(|index| text.has(index, TokenFlag::Capital) && !text.is(index, WordClass::Stop));
    if !named {
        return None;
    }
    let from = mentions.partition_point(|mention| mention.tokens.end <= name.start);
    let mention = (from..mentions.len())
        .take_while(|index| mentions[*index].tokens.start < name.end)
        .find(|index| mentions[*index].speaks && !mentions[*index].who.is_empty());
    Some(SignedQuotation { quotation, dash, name, mention })
}

fn opens_quotation(text: &Text, at: usize) -> bool {
    text.quotations.binary_search_by_key(&at, |quotation| quotation.span.start).is_ok()
}

/// The text between a token and the one before it.
fn gap<'a>(body: &'a str, text: &Text, index: usize) -> Option<&'a str> {
    let (before, token) = (text.tokens.get(index.checked_sub(1)?)?, text.tokens.get(index)?);
    body.get(before.span.end..token.span.start)
}

fn same_paragraph(text: &Text, index: usize, quotation: Quotation) -> bool {
    let (Some(token), Some(paragraph)) = (text.tokens.get(index), text.paragraphs.get(quotation.paragraph))
    else {
        return false;
    };
    token.span.end <= paragraph.span.end
}

fn is_dash(word: &str) -> bool {
    matches!(word, "–" | "—" | "―" | "-")
}
