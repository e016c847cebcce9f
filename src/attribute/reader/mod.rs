//! Goes through an article sentence by sentence and makes its statements.
//!
//! It decides the order of the steps and remembers what later sentences need: who was spoken of,
//! which speech may continue, and how far the text is attributed already.

pub(crate) mod attributions;
pub(crate) mod continuing;
pub(crate) mod memory;
pub(crate) mod naming;
pub(crate) mod positions;
pub(crate) mod signed;
pub(crate) mod statements;
pub(crate) mod turns;

use crate::attribute::attribution::Attribution;
use crate::attribute::learned::speech::Report;
use crate::attribute::learned::units;
use crate::attribute::people::mention::Mention;
use crate::attribute::people::resolve::Topic;
use crate::attribute::people::roster_index::RosterIndex;
use crate::attribute::people::{mentions, resolve};
use crate::attribute::reader::continuing::{QuotedText, Speech};
use crate::attribute::reader::signed::SignedQuotation;
use crate::model::{Article, Attributed, Form, Language, Quotation, Scope, Span, Speaker, Statement, Text};
use std::collections::VecDeque;
use std::ops::Range;

/// Number of latest topics in which a person is looked up.
const MAX_TOPICS: usize = 500;

/// The state of reading one article.
pub struct AttributionReader<'a> {
    article: &'a Article,
    text: &'a Text,
    names: &'a RosterIndex,
    language: &'a Language,
    scope: Scope,
    mentions: Vec<Mention>,
    /// For each token, whether it lies in a quotation.
    in_quotation: Vec<bool>,
    /// Quotations with a signature, in reading order.
    signed: Vec<SignedQuotation>,
    /// Who the sentences so far were about, latest last.
    topics: Vec<Topic>,
    statements: Vec<Statement>,
    /// The latest speech, which a quotation without a cue may continue.
    last_speech: Option<Speech>,
    /// One past the last token that is attributed already.
    attributed_end: usize,
}

impl<'a> AttributionReader<'a> {
    /// A reader at the start of an article.
    pub fn new(
        article: &'a Article,
        text: &'a Text,
        names: &'a RosterIndex,
        language: &'a Language,
        scope: Scope,
    ) -> Self {
        let mut in_quotation = vec![false; text.tokens.len()];
        for quotation in &text.quotations {
            for index in text.tokens_in(quotation.span) {
                if let Some(flag) = in_quotation.get_mut(index) {
                    *flag = true;
                }
            }
        }
        let mentions = mentions::mentions(article, text, names, language);
        AttributionReader {
            article,
            text,
            names,
            language,
            scope,
            signed: signed::signed_quotations(&article.body, text, &mentions),
            mentions,
            in_quotation,
            topics: Vec::new(),
            statements: Vec::new(),
            last_speech: None,
            attributed_end: 0,
        }
    }

    /// What is known so far, for resolving a source.
    fn discourse(&self) -> resolve::Discourse<'_> {
        resolve::Discourse {
            article: self.article,
            text: self.text,
            mentions: &self.mentions,
            topics: &self.topics,
            names: self.names,
            language: self.language,
        }
    }

    /// Reads the whole article.
    pub fn read(mut self) -> Attributed {
        let (labels, transcript) = turns::turn_labels(self.article, self.text, &self.mentions);
        let mut turn: Option<Speaker> = None;
        let groups = units::paragraph_groups(&self.article.body, self.text);
        let mut reports: VecDeque<Report> = VecDeque::new();
        let text = self.text;
        for (index, paragraph) in text.paragraphs.iter().enumerate() {
            let label = labels.binary_search_by_key(&index, |label| label.paragraph).ok();
            let label = label.and_then(|found| labels.get(found));
            if transcript && let Some(label) = label {
                let speaker = self.label_speaker(label);
                self.push_turn(paragraph.sentences.clone(), label.first, &speaker);
                turn = Some(speaker);
            } else if let Some(speaker) = turn.clone() {
                let first = text.sentences[paragraph.sentences.start].tokens.start;
                self.push_turn(paragraph.sentences.clone(), first, &speaker);
            } else {
                if let Ok(group) = groups.binary_search_by_key(&paragraph.sentences.start, |g| g.start) {
                    reports.extend(self.learned_reports(groups[group].clone()));
                }
                for sentence in paragraph.sentences.clone() {
                    let mut own = Vec::new();
                    while reports.front().is_some_and(|report| report.sentence == sentence) {
                        own.extend(reports.pop_front());
                    }
                    self.sentence(sentence, own);
                }
            }
        }
        let named = self.named_by_sentence();
        if self.names.roster().actors.is_empty() {
            // Without a roster every speaker becomes an actor under the name in the text.
            for speaker in self.statements.iter_mut().map(|statement| &mut statement.speaker) {
                speaker.actor = Some(speaker.name.clone()).filter(|name| !name.is_empty());
            }
        }
        Attributed { statements: self.statements, named }
    }

    /// Adds the statements of one sentence. `reports` are those of the learned models.
    fn sentence(&mut self, index: usize, reports: Vec<Report<'a>>) {
        let Some(sentence) = self.text.sentences.get(index) else { return };
        let (tokens, paragraph) = (sentence.tokens.clone(), sentence.paragraph);
        let attributed = self.attributed_end > tokens.start;
        let mut found = self.attributions(index, tokens.clone(), reports);
        let opened = self.reclaim_open_quotation(index, &found);
        let before = self.statements.len();
        let signed = self.signed_in(index);
        if !signed.is_empty() {
            let inside = |piece: &Range<usize>| {
                let span = self.text.span_of(piece.clone());
                signed.iter().any(|signed| signed.quotation.span.overlaps(span))
            };
            found.retain(|attribution| !attribution.content.pieces.iter().any(inside));
            for signed in signed {
                self.push_signed(index, &signed);
            }
        }
        for attribution in &found {
            let end = attribution.content.pieces.iter().map(|piece| piece.end).max();
            self.attributed_end = self.attributed_end.max(end.unwrap_or(0));
        }
        for attribution in &found {
            self.push(index, attribution);
        }
        if !opened.is_empty() {
            let start = self.text.sentences[index].span.start;
            for statement in self.statements[before..].iter_mut() {
                if statement.content.first().is_some_and(|span| span.start == start) {
                    statement.content.splice(0..0, opened.iter().copied());
                }
            }
        }
        if self.statements.len() == before && !attributed && !self.continue_speech(index, paragraph) {
            self.push_author(index, tokens.clone());
        }
        let spoken = &self.statements[before..];
        if let Some(first) = spoken.iter().position(|statement| statement.form != Form::Author) {
            let direct = spoken.iter().any(|s| matches!(s.form, Form::Direct | Form::Mixed));
            self.last_speech = Some(Speech {
                first: before + first,
                count: spoken.len() - first,
                sentence: index,
                paragraph,
                direct,
            });
        }
        self.remember(index, tokens, before);
    }

    /// Removes from the article's own voice the earlier paragraphs of a quotation whose speaker is named
    /// only after its last paragraph, and returns their spans.
    fn reclaim_open_quotation(&mut self, index: usize, found: &[Attribution]) -> Vec<Span> {
        let first = continuing::opened_before(&self.quoted_text(), index);
        let Some(first) = first.filter(|_| !found.is_empty()) else { return Vec::new() };
        let start = self.text.sentences[index].tokens.start;
        let begins = found.iter().any(|one| one.content.pieces.iter().any(|piece| piece.start == start));
        let own = self.statements.partition_point(|statement| statement.sentence < first);
        let voiceless = self.statements[own..].iter().all(|statement| statement.form == Form::Author);
        if !begins || !voiceless {
            return Vec::new();
        }
        self.statements.drain(own..).flat_map(|statement| statement.content).collect()
    }

    fn quoted_text(&self) -> QuotedText<'_> {
        QuotedText { body: &self.article.body, text: self.text, in_quotation: &self.in_quotation }
    }

    /// The quotations that touch a sentence.
    fn quotations_of(&self, index: usize) -> Vec<Quotation> {
        let Some(sentence) = self.text.sentences.get(index) else { return Vec::new() };
        let from = self.text.quotations.partition_point(|q| q.span.end <= sentence.span.start);
        self.text.quotations[from..]
            .iter()
            .take_while(|quotation| quotation.span.start < sentence.span.end)
            .copied()
            .collect()
    }
}
