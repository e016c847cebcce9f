//! Labelled turns of transcripts: "President of Russia Vladimir Putin: ...".

use crate::attribute::people::mention::Mention;
use crate::model::{Article, Text, TokenKind};
use std::ops::Range;

/// The label of a turn.
#[derive(Debug, Clone, PartialEq)]
pub struct TurnLabel {
    /// Index of the paragraph.
    pub paragraph: usize,
    /// Tokens before the colon.
    pub tokens: Range<usize>,
    /// First token of what is said.
    pub first: usize,
    /// Index of the mention in the label; None for "Question:".
    pub mention: Option<usize>,
}

/// Maximum length of a label, in tokens.
const MAX_TOKENS: usize = 9;
/// Minimum number of labels of a transcript.
const MIN_LABELS: usize = 2;
/// Maximum number of paragraphs per label if somebody speaks twice, and if nobody does. A column with
/// headings like "Holm: Now or never" is no transcript.
const MAX_PARAGRAPHS_PER_LABEL: usize = 6;
const MAX_PARAGRAPHS_PER_UNIQUE_LABEL: usize = 2;

/// The labels of an article, and whether it is a transcript. In a transcript a paragraph without a
/// label continues the turn before it.
pub fn turn_labels(article: &Article, text: &Text, mentions: &[Mention]) -> (Vec<TurnLabel>, bool) {
    let found: Vec<TurnLabel> = text
        .paragraphs
        .iter()
        .enumerate()
        .filter_map(|(index, paragraph)| {
            let first = text.sentences.get(paragraph.sentences.start)?.tokens.start;
            let end = text.sentences.get(paragraph.sentences.end - 1)?.tokens.end;
            label(article, text, mentions, index, first..end)
        })
        .collect();
    // From the first label on: a transcript may have an introduction.
    let talk = found.first().map_or(0, |label| text.paragraphs.len() - label.paragraph);
    let words = |label: &TurnLabel| text.span_of(label.tokens.clone()).of(&article.body);
    let again = found
        .iter()
        .enumerate()
        .any(|(index, label)| found[..index].iter().any(|before| words(before) == words(label)));
    let per_label = if again { MAX_PARAGRAPHS_PER_LABEL } else { MAX_PARAGRAPHS_PER_UNIQUE_LABEL };
    let transcript = found.len() >= MIN_LABELS && found.len() * per_label >= talk;
    (found, transcript)
}

fn label(
    article: &Article,
    text: &Text,
    mentions: &[Mention],
    paragraph: usize,
    tokens: Range<usize>,
) -> Option<TurnLabel> {
    let Range { start: first, end } = tokens;
    let colon = (first..end.min(first + MAX_TOKENS + 1)).find(|index| text.word(*index) == ":")?;
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
    (leads || single).then_some(TurnLabel { paragraph, tokens: first..colon, first: colon + 1, mention })
}
