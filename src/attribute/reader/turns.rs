//! Transcripts: "President of Russia Vladimir Putin: ...".
//!
//! Lives here: labels at the start of paragraphs. May not live here: anything
//! about quotation marks or cues.

use crate::attribute::people::mentions::Mention;
use crate::model::{Article, Text, TokenKind};
use std::ops::Range;

/// A label of a turn.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// Index of the paragraph.
    pub paragraph: usize,
    /// Tokens before the colon.
    pub tokens: Range<usize>,
    /// First token of what is said.
    pub first: usize,
    /// Index of the mention in the label; None for "Question:".
    pub mention: Option<usize>,
}

/// The most words a label may have.
const LONGEST: usize = 9;
/// How many labels make a transcript, and how many paragraphs there may be to
/// one label. A column with headings like "Holm: Now or never" is none: in a
/// transcript somebody speaks twice, or every other paragraph has a label.
const LEAST_LABELS: usize = 2;
const PARAGRAPHS_A_LABEL: usize = 6;

/// The labels of an article, and whether it is a transcript (then paragraphs
/// without a label go on with the turn before).
pub fn labels(article: &Article, text: &Text, mentions: &[Mention]) -> (Vec<Label>, bool) {
    let found: Vec<Label> = text
        .paragraphs
        .iter()
        .enumerate()
        .filter_map(|(index, paragraph)| {
            let first = text.sentences.get(paragraph.sentences.start)?.tokens.start;
            let end = text.sentences.get(paragraph.sentences.end - 1)?.tokens.end;
            label(article, text, mentions, index, first, end)
        })
        .collect();
    // From the first label on: a transcript may have an introduction.
    let talk = found.first().map_or(0, |label| text.paragraphs.len() - label.paragraph);
    let words = |label: &Label| text.span_of(label.tokens.clone()).of(&article.body);
    let again = found
        .iter()
        .enumerate()
        .any(|(index, label)| found[..index].iter().any(|before| words(before) == words(label)));
    let dense = if again { PARAGRAPHS_A_LABEL } else { 2 };
    let transcript = found.len() >= LEAST_LABELS && found.len() * dense >= talk;
    (found, transcript)
}

fn label(
    article: &Article,
    text: &Text,
    mentions: &[Mention],
    paragraph: usize,
    first: usize,
    end: usize,
) -> Option<Label> {
    let colon = (first..end.min(first + LONGEST + 1)).find(|index| text.word(*index) == ":")?;
    if colon == first {
        return None;
    }
    // Nothing but names, titles and initials before the colon.
    let clean = (first..colon).all(|index| {
        text.tokens[index].kind == TokenKind::Word || matches!(text.word(index), "." | "," | "(" | ")")
    });
    if !clean {
        return None;
    }
    let from = mentions.partition_point(|mention| mention.tokens.start < first);
    let mention = (from..mentions.len())
        .take_while(|index| mentions[*index].tokens.end <= colon)
        .find(|index| mentions[*index].tokens.end == colon && !mentions[*index].who.is_empty());
    // "Question:", "Question (translated):".
    let bracket = text.word(first + 1) == "(" && text.word(colon - 1) == ")";
    let single = (colon == first + 1 || bracket)
        && text.tokens[first].span.of(&article.body).chars().next().is_some_and(char::is_uppercase);
    let leads = mention.is_some_and(|index| mentions[index].tokens.start <= first + 4);
    (leads || single).then_some(Label { paragraph, tokens: first..colon, first: colon + 1, mention })
}
