//! Sentences without a cue that continue the speech of the sentences before them.

use crate::model::{Quotation, Sentence, Span, Text, TokenKind};
use std::ops::Range;

/// Shorter quotations without a cue are names, slogans or scare quotes, not speech.
const MIN_SPEECH_WORDS: usize = 4;

/// Maximum number of paragraphs of a quotation before its speaker is named.
const MAX_OPEN_PARAGRAPHS: usize = 20;

/// An article with what is known of its quotations.
pub struct QuotedText<'a> {
    /// The body.
    pub body: &'a str,
    /// Its segmentation.
    pub text: &'a Text,
    /// For each token, whether it lies in a quotation.
    pub in_quotation: &'a [bool],
}

/// The speech that a following quotation may continue.
#[derive(Debug, Clone)]
pub struct Speech {
    /// Index of its first statement.
    pub first: usize,
    /// Number of its statements: joint speakers have one each.
    pub count: usize,
    /// Index of its latest sentence.
    pub sentence: usize,
    /// Index of the paragraph of that sentence.
    pub paragraph: usize,
    /// True if it was quoted, not only reported.
    pub direct: bool,
}

/// The words of a sentence that continue a speech.
#[derive(Debug, Clone, PartialEq)]
pub struct Continuation {
    /// The words.
    pub spans: Vec<Span>,
    /// True if the sentence consists of quotations.
    pub whole: bool,
}

/// The quotations of a sentence without a cue that continue the speech before it: the whole sentence
/// if it consists of quotations, else the long ones in it ("“A,” he said. He turned round: “B.”").
pub fn continuation(
    article: &QuotedText,
    last: &Speech,
    index: usize,
    quotations: &[Quotation],
) -> Option<Continuation> {
    let QuotedText { text, in_quotation, .. } = article;
    let sentence = text.sentences.get(index)?;
    let first = quotations.first()?;
    let long = |quotation: &&Quotation| words(text, quotation.inner) >= MIN_SPEECH_WORDS;
    let whole = sentence
        .tokens
        .clone()
        .all(|token| in_quotation[token] || text.tokens[token].kind == TokenKind::Punctuation);
    let spoken = quotations.iter().any(|quotation| long(&quotation));
    let near = last.sentence + 2 >= index && last.paragraph == sentence.paragraph
        || last.paragraph + 1 == sentence.paragraph && opens_paragraph(article, last, sentence, first, whole);
    if !near || !(whole || last.direct && spoken) {
        return None;
    }
    let spans = if whole {
        vec![text.span_of(sentence.tokens.clone())]
    } else {
        quotations.iter().filter(long).map(|quotation| quotation.span).collect()
    };
    Some(Continuation { spans, whole })
}

/// The first sentence of earlier paragraphs that belong to the quotation which opens the paragraph of
/// sentence `index`: «A. / «B», — сказал X. Every sentence from there up to `index` belongs to it.
pub fn opened_before(article: &QuotedText, index: usize) -> Option<usize> {
    let QuotedText { text, in_quotation, .. } = article;
    let opens = |index: usize| {
        let sentence = text.sentences.get(index)?;
        let paragraph = text.paragraphs.get(sentence.paragraph)?;
        let at = text.quotations.partition_point(|quotation| quotation.span.end <= sentence.span.start);
        let quotation = text.quotations.get(at)?;
        let fits = paragraph.sentences.start == index && quotation.span.start == sentence.span.start;
        fits.then_some((sentence.paragraph, *quotation))
    };
    let (mut paragraph, _) = opens(index)?;
    let mut first = None;
    for _ in 0..MAX_OPEN_PARAGRAPHS {
        let Some(before) = paragraph.checked_sub(1) else { break };
        let range = text.paragraphs.get(before)?.sentences.clone();
        let Some((_, quotation)) = opens(range.start) else { break };
        let whole =
            range.clone().all(|at| text.sentences[at].tokens.clone().all(|token| in_quotation[token]));
        if quotation.closed || !whole {
            break;
        }
        first = Some(range.start);
        paragraph = before;
    }
    first
}

fn words(text: &Text, span: Span) -> usize {
    let range: Range<usize> = text.tokens_in(span);
    text.word_count(&range)
}

/// True if a quotation opens its paragraph and the paragraph before left one open, or ended in a colon
/// or a quotation.
fn opens_paragraph(
    article: &QuotedText,
    last: &Speech,
    sentence: &Sentence,
    quotation: &Quotation,
    whole: bool,
) -> bool {
    let QuotedText { body, text, .. } = article;
    let opens = quotation.span.start == sentence.span.start
        && text
            .paragraphs
            .get(sentence.paragraph)
            .is_some_and(|paragraph| text.sentences.get(paragraph.sentences.start) == Some(sentence));
    let Some(previous) = sentence.paragraph.checked_sub(1) else { return false };
    let Some(paragraph) = text.paragraphs.get(previous) else { return false };
    let all = &text.quotations;
    let from = all.partition_point(|quotation| quotation.paragraph < previous);
    let of_previous = || all.iter().skip(from).take_while(|q| q.paragraph == previous);
    let left_open = of_previous().any(|quotation| !quotation.closed);
    let colon = paragraph.span.of(body).trim_end().ends_with(':');
    let ends_quoted = of_previous().any(|q| q.span.end == paragraph.span.end);
    // "... ," said Holm. / “Another quotation.”
    let first_here = all.partition_point(|q| q.paragraph < sentence.paragraph);
    let of_here = all[first_here..].iter().take(2).filter(|q| q.paragraph == sentence.paragraph).count();
    let whole = of_here == 1 && whole;
    opens && (left_open || colon || ends_quoted || whole && last.direct)
}
