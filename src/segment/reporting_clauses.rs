//! Reporting clauses inside a quotation: «We stay, – said Holm. – All of us».
//!
//! Splits such quotations, so that the narrator's words are outside. Only dashes are considered: this is
//! the style that does not close a quotation before a cue.

use crate::model::{Language, Quotation, Span, Text, TokenKind};
use std::ops::Range;

/// Maximum distance of the cue behind the dash, in tokens («— тут же заявил»).
const CUE_REACH: usize = 3;
/// Maximum length of a reporting clause, in tokens.
const MAX_TOKENS: usize = 30;

/// Splits the quotations of the last paragraph at their reporting clauses.
pub fn split(body: &str, tokens: Range<usize>, paragraph: usize, language: &Language, text: &mut Text) {
    let from = text.quotations.partition_point(|quotation| quotation.paragraph < paragraph);
    let of_paragraph = text.quotations.split_off(from);
    let splitter = Splitter { body, text, language };
    let pieces: Vec<Quotation> = match splitter.dialogue(tokens, paragraph) {
        Some(pieces) => pieces,
        None => of_paragraph.into_iter().flat_map(|quotation| splitter.pieces(quotation)).collect(),
    };
    text.quotations.extend(pieces);
}

/// A text in which quotations are split.
struct Splitter<'a> {
    body: &'a str,
    text: &'a Text,
    language: &'a Language,
}

impl Splitter<'_> {
    /// «— We stay, – said Holm. – All of us.»: a paragraph that opens with a dash and contains a
    /// reporting clause is speech without quotation marks.
    fn dialogue(&self, tokens: Range<usize>, paragraph: usize) -> Option<Vec<Quotation>> {
        let text = self.text;
        let (first, last) = (text.tokens.get(tokens.start)?, text.tokens.get(tokens.end - 1)?);
        if !is_dash(text.word(tokens.start)) || tokens.len() < 3 {
            return None;
        }
        let span = Span::new(first.span.start, last.span.end);
        let inner = Span::new(text.tokens[tokens.start + 1].span.start, last.span.end);
        let pieces = self.pieces(Quotation { span, inner, closed: false, paragraph });
        (pieces.first()?.span != span).then_some(pieces)
    }

    /// The parts of a quotation without its reporting clauses.
    fn pieces(&self, quotation: Quotation) -> Vec<Quotation> {
        let tokens = self.text.tokens_in(quotation.inner);
        let mut found = Vec::new();
        let mut start = quotation.span.start;
        let mut at = tokens.start + 1;
        while at < tokens.end {
            if let Some(clause) = self.reporting_clause(at, &tokens, quotation.closed) {
                // The first piece has the opening mark, the later ones none.
                let end = self.text.tokens[clause.start - 1].span.end;
                let first = start == quotation.span.start;
                let inner_start = if first { quotation.inner.start } else { start };
                let inner = Span::new(inner_start, end);
                found.push(Quotation { span: Span::new(start, end), inner, closed: true, ..quotation });
                let next = self.text.tokens.get(clause.end).filter(|_| clause.end < tokens.end);
                let Some(next) = next else { return found };
                start = next.span.start;
                at = clause.end;
            }
            at += 1;
        }
        if found.is_empty() {
            return vec![quotation];
        }
        let inner = Span::new(start, quotation.inner.end);
        found.push(Quotation { span: Span::new(start, quotation.span.end), inner, ..quotation });
        found
    }

    /// The reporting clause that a dash at token `at` opens, with its dashes. `inner` are the tokens of
    /// the quotation. Without a second dash the clause ends the quotation, if that has no closing mark.
    fn reporting_clause(&self, at: usize, inner: &Range<usize>, closed: bool) -> Option<Range<usize>> {
        let text = self.text;
        if !is_dash(text.word(at)) || !matches!(text.word(at - 1), "," | "!" | "?" | "…" | "..." | ".") {
            return None;
        }
        let reports = |index: usize| {
            self.language.cues.get(text.word(index)).is_some_and(|cues| {
                cues.iter().any(|cue| cue.words.len() == 1 && (cue.takes.clause || cue.takes.quote))
            })
        };
        let cue = (at + 1..inner.end.min(at + 1 + CUE_REACH)).find(|index| reports(*index))?;
        if (at + 1..cue).any(|index| text.tokens[index].kind != TokenKind::Word) {
            return None;
        }
        for index in cue + 1..inner.end.min(at + MAX_TOKENS) {
            let word = text.word(index);
            if is_dash(word) && matches!(text.word(index - 1), "," | "." | ":") {
                return Some(at..index + 1);
            }
            let next_opens = || {
                text.tokens
                    .get(index + 1)
                    .is_none_or(|next| next.span.of(self.body).chars().next().is_some_and(char::is_uppercase))
            };
            if !closed && word == "." && !is_dash(text.word(index + 1)) && next_opens() {
                return Some(at..inner.end);
            }
        }
        (!closed && inner.end - at < MAX_TOKENS).then_some(at..inner.end)
    }
}

fn is_dash(word: &str) -> bool {
    matches!(word, "–" | "—" | "-")
}
