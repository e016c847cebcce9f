//! Reading an article sentence by sentence.
//!
//! Lives here: the order of the steps, and what is kept in mind from sentence
//! to sentence (who was spoken of, which quotation is still open). May not
//! live here: the rules of any single step.

pub(crate) mod continuing;
pub(crate) mod memory;
pub(crate) mod naming;
pub(crate) mod positions;
pub(crate) mod signed;
pub(crate) mod turns;

use crate::attribute::learned::speech;
use crate::attribute::learned::speech::Report;
use crate::attribute::learned::units;
use crate::attribute::people::mentions;
use crate::attribute::people::mentions::{Mention, Who};
use crate::attribute::people::resolve;
use crate::attribute::people::resolve::Topic;
use crate::attribute::people::roster_index::Names;
use crate::attribute::reader::continuing::Speech;
use crate::attribute::reader::signed::Signed;
use crate::attribute::rules::Attribution;
use crate::attribute::rules::word_order::content;
use crate::attribute::rules::word_order::content::Content;
use crate::attribute::rules::word_order::source::{Source, SourceKind};
use crate::model::{
    AUTHOR, Article, Attributed, CueClass, Form, Language, Quotation, Scope, Span, Speaker, Statement, Text,
    TokenKind,
};
use std::collections::VecDeque;
use std::ops::Range;

/// A sentence of so many tokens is no prose, and rules do not look at it.
const PROSE: usize = 400;

/// How many topics back a person may have been spoken of to be known.
const MEMORY: usize = 500;

/// Reads one article.
pub struct Reader<'a> {
    article: &'a Article,
    text: &'a Text,
    names: &'a Names,
    language: &'a Language,
    scope: Scope,
    mentions: Vec<Mention>,
    in_quotation: Vec<bool>,
    /// Quotations with a signature, in reading order.
    signed: Vec<Signed>,
    topics: Vec<Topic>,
    statements: Vec<Statement>,
    /// Statements of the sentence before, for quotations that go on.
    last: Option<Speech>,
    /// One past the last token of what was said so far.
    told: usize,
}

impl<'a> Reader<'a> {
    /// A reader at the start of an article.
    pub fn new(
        article: &'a Article,
        text: &'a Text,
        names: &'a Names,
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
        Reader {
            article,
            text,
            names,
            language,
            scope,
            signed: signed::signed(&article.body, text, &mentions),
            mentions,
            in_quotation,
            topics: Vec::new(),
            statements: Vec::new(),
            last: None,
            told: 0,
        }
    }

    fn memory(&self) -> resolve::Memory<'_> {
        resolve::Memory {
            article: self.article,
            text: self.text,
            mentions: &self.mentions,
            topics: &self.topics,
            names: self.names,
            language: self.language,
        }
    }

    /// All statements.
    pub fn read(mut self) -> Attributed {
        let (labels, transcript) = turns::labels(self.article, self.text, &self.mentions);
        let mut turn: Option<Speaker> = None;
        let groups = units::groups(&self.article.body, self.text);
        let mut reports: VecDeque<Report> = VecDeque::new();
        let text = self.text;
        for (index, paragraph) in text.paragraphs.iter().enumerate() {
            let label = labels.binary_search_by_key(&index, |label| label.paragraph).ok();
            let label = label.and_then(|found| labels.get(found));
            if transcript && let Some(label) = label {
                let speaker = self.label_speaker(label);
                self.turn(paragraph.sentences.clone(), label.first, &speaker);
                turn = Some(speaker);
            } else if let Some(speaker) = turn.clone() {
                let first = text.sentences[paragraph.sentences.start].tokens.start;
                self.turn(paragraph.sentences.clone(), first, &speaker);
            } else {
                if let Ok(group) = groups.binary_search_by_key(&paragraph.sentences.start, |g| g.start) {
                    reports.extend(self.reports(groups[group].clone()));
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
        let named = self.named();
        if self.names.roster().actors.is_empty() {
            // Nobody is listed: everybody is an actor under the name in the text.
            for speaker in self.statements.iter_mut().map(|statement| &mut statement.speaker) {
                speaker.actor = Some(speaker.name.clone()).filter(|name| !name.is_empty());
            }
        }
        Attributed { statements: self.statements, named }
    }

    fn named(&self) -> Vec<Vec<String>> {
        self.text
            .sentences
            .iter()
            .map(|sentence| {
                let mut all: Vec<String> = self
                    .mentions
                    .iter()
                    .skip(self.mentions.partition_point(|m| m.tokens.start < sentence.tokens.start))
                    .take_while(|mention| mention.tokens.start < sentence.tokens.end)
                    .flat_map(|mention| mention.who.iter())
                    .map(|who| match who {
                        Who::Listed(actor) => self
                            .names
                            .roster()
                            .actors
                            .get(*actor)
                            .map_or(String::new(), |actor| actor.id.clone()),
                        Who::Unlisted(name) => name.clone(),
                    })
                    .collect();
                all.dedup();
                all
            })
            .collect()
    }

    fn label_speaker(&self, label: &turns::Label) -> Speaker {
        let span = self.text.span_of(label.tokens.clone());
        let because = "labelled turn of a transcript".to_string();
        match label.mention.and_then(|index| self.mentions.get(index)).map(|m| m.who.as_slice()) {
            Some([who, ..]) => resolve::speaker(who, span, because, self.names),
            _ => Speaker {
                mention: Some(span),
                name: span.of(&self.article.body).to_string(),
                because,
                ..Speaker::default()
            },
        }
    }

    /// One paragraph of a turn: one statement.
    fn turn(&mut self, sentences: Range<usize>, first: usize, speaker: &Speaker) {
        let Some(last) = self.text.sentences.get(sentences.end.wrapping_sub(1)) else { return };
        if first >= last.tokens.end {
            return;
        }
        self.statements.push(Statement {
            content: vec![self.text.span_of(first..last.tokens.end)],
            cue: None,
            cue_class: CueClass::Neutral,
            form: Form::Turn,
            speaker: speaker.clone(),
            sentence: sentences.start,
            said: Vec::new(),
            date_note: None,
        });
    }

    /// What the learned part says of a paragraph; nothing where there is none.
    fn reports(&self, sentences: Range<usize>) -> Vec<Report<'a>> {
        let Some(learned) = &self.language.learned else { return Vec::new() };
        speech::reports(self.text, &self.mentions, self.language, learned, self.scope, sentences)
    }

    /// Reports with their sources. A cue without one takes that of the cue
    /// before it in the sentence ("said A, adding that B").
    fn sourced(&self, reports: Vec<Report<'a>>) -> Vec<Attribution<'a>> {
        let mut results: Vec<Attribution> = Vec::new();
        for report in reports {
            let found = report.found;
            let source = match (found.slot.clone(), report.source) {
                (Some(slot), _) => naming::possessor(self.text, &self.mentions, &found, slot),
                (None, Some(tokens))
                    if tokens.end <= found.tokens.start && naming::addressed(self.text, &found) =>
                {
                    Source {
                        tokens: found.tokens.start..found.tokens.start,
                        kind: SourceKind::Nobody,
                        clause: tokens.start..found.tokens.end,
                        inverted: false,
                    }
                }
                (None, Some(tokens)) => {
                    naming::source(self.text, &self.mentions, self.language, &found, tokens)
                }
                (None, None) => match results.last() {
                    Some(before) => {
                        Source { clause: found.tokens.clone(), inverted: false, ..before.source.clone() }
                    }
                    None => Source {
                        tokens: found.tokens.start..found.tokens.start,
                        kind: SourceKind::Nobody,
                        clause: found.tokens.clone(),
                        inverted: false,
                    },
                },
            };
            let content = Content { pieces: report.content };
            results.push(Attribution { found, source, content, probability: Some(report.probability) });
        }
        results
    }

    /// What is attributed in a sentence.
    fn attributions(
        &self,
        index: usize,
        tokens: Range<usize>,
        reports: Vec<Report<'a>>,
    ) -> Vec<Attribution<'a>> {
        let Some(learned) = &self.language.learned else { return self.by_rules(index, tokens) };
        let mut found = self.sourced(reports);
        found.retain(|attribution| {
            attribution.probability >= Some(learned.threshold)
                || attribution.found.cue.takes.clause && self.listed(&attribution.source, index)
        });
        let claimed = found.len();
        found.retain(|attribution| !self.names_only(attribution));
        if self.told > tokens.start || tokens.len() >= PROSE {
            return found;
        }
        if found.is_empty() {
            found = match claimed {
                0 => self.positions(index, tokens),
                _ => self.by_rules(index, tokens),
            };
            found.retain(|attribution| !self.names_only(attribution));
        }
        found
    }

    fn sentence(&mut self, index: usize, reports: Vec<Report<'a>>) {
        let Some(sentence) = self.text.sentences.get(index) else { return };
        let (tokens, paragraph) = (sentence.tokens.clone(), sentence.paragraph);
        let told = self.told > tokens.start;
        let mut found = self.attributions(index, tokens.clone(), reports);
        let opened = self.take_opened(index, &found);
        let before = self.statements.len();
        let signed = self.signatures(index);
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
            self.told = self.told.max(end.unwrap_or(0));
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
        if self.statements.len() == before && !told && !self.continues(index, paragraph) {
            self.own_voice(index, tokens.clone());
        }
        let spoken = &self.statements[before..];
        if let Some(first) = spoken.iter().position(|statement| statement.form != Form::Author) {
            let direct = spoken.iter().any(|s| matches!(s.form, Form::Direct | Form::Mixed));
            self.last = Some(Speech {
                first: before + first,
                count: spoken.len() - first,
                sentence: index,
                paragraph,
                direct,
            });
        }
        self.remember(index, tokens, before);
    }

    /// Takes back, from the article's own voice, the paragraphs of a quotation
    /// whose speaker is named only behind its last one.
    fn take_opened(&mut self, index: usize, found: &[Attribution]) -> Vec<Span> {
        let first = continuing::opened_before(self.text, &self.in_quotation, index);
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

    fn quotations_of(&self, index: usize) -> Vec<Quotation> {
        let Some(sentence) = self.text.sentences.get(index) else { return Vec::new() };
        let from = self.text.quotations.partition_point(|q| q.span.end <= sentence.span.start);
        self.text.quotations[from..]
            .iter()
            .take_while(|quotation| quotation.span.start < sentence.span.end)
            .copied()
            .collect()
    }

    fn form(&self, content: &Content) -> Form {
        let mut words = 0;
        let mut quoted = 0;
        for index in content.pieces.iter().flat_map(|piece| piece.clone()) {
            if self.text.tokens.get(index).is_some_and(|t| t.kind != TokenKind::Punctuation) {
                words += 1;
                quoted += usize::from(self.in_quotation.get(index).copied().unwrap_or(false));
            }
        }
        match quoted {
            0 => Form::Indirect,
            _ if quoted == words => Form::Direct,
            _ => Form::Mixed,
        }
    }

    fn push(&mut self, index: usize, attribution: &Attribution) {
        let found = &attribution.found;
        let class = match (found.cue.class, found.negated) {
            (CueClass::Denying, true) => CueClass::Hedged,
            (class, true) if class != CueClass::Questioning => CueClass::Denying,
            (class, _) => class,
        };
        for (_, mut speaker) in resolve::speakers(&attribution.source, index, &self.memory()) {
            if let Some(probability) = attribution.probability {
                speaker.because += &format!("; a report with probability {probability:.2}");
            }
            self.statements.push(Statement {
                content: content::spans(self.text, &attribution.content),
                cue: Some(self.text.span_of(found.tokens.clone())),
                cue_class: class,
                form: self.form(&attribution.content),
                speaker,
                sentence: index,
                said: Vec::new(),
                date_note: None,
            });
        }
    }

    /// The signed quotations that end in a sentence.
    fn signatures(&self, index: usize) -> Vec<Signed> {
        let Some(sentence) = self.text.sentences.get(index) else { return Vec::new() };
        let from = self.signed.partition_point(|signed| signed.quotation.span.end <= sentence.span.start);
        let of_sentence = |signed: &&Signed| signed.quotation.span.end <= sentence.span.end;
        self.signed[from..].iter().take_while(of_sentence).cloned().collect()
    }

    fn push_signed(&mut self, index: usize, signed: &Signed) {
        let mention = self.text.span_of(signed.name.clone());
        let because = "signs the quotation".to_string();
        let speaker = match signed.mention.and_then(|at| self.mentions.get(at)).map(|m| m.who.as_slice()) {
            Some([who, ..]) => resolve::speaker(who, mention, because, self.names),
            _ => Speaker {
                mention: Some(mention),
                name: self.article.words(mention),
                because,
                ..Speaker::default()
            },
        };
        self.told = self.told.max(signed.name.end);
        self.statements.push(Statement {
            content: vec![signed.quotation.span],
            cue: Some(self.text.span_of(signed.dash.clone())),
            cue_class: CueClass::Neutral,
            form: Form::Direct,
            speaker,
            sentence: index,
            said: Vec::new(),
            date_note: None,
        });
    }

    /// Adds a quotation without a cue of its own to the speech before it.
    fn continues(&mut self, index: usize, paragraph: usize) -> bool {
        let Some(last) = &self.last else { return false };
        let (body, quotations) = (&self.article.body, self.quotations_of(index));
        let Some(more) =
            continuing::continuation(body, self.text, &self.in_quotation, last, index, &quotations)
        else {
            return false;
        };
        if last.direct && more.whole {
            for statement in self.statements.iter_mut().skip(last.first).take(last.count) {
                if matches!(statement.form, Form::Direct | Form::Mixed) {
                    statement.content.extend(more.spans.iter().copied());
                }
            }
        } else {
            let Some(model) = self.statements.get(last.first).cloned() else { return false };
            let because = format!("goes on after: {}", model.speaker.because);
            let speaker = Speaker { because, ..model.speaker.clone() };
            self.statements.push(Statement {
                content: more.spans,
                form: Form::Direct,
                sentence: index,
                speaker,
                ..model
            });
        }
        if let Some(last) = &mut self.last {
            last.sentence = index;
            last.paragraph = paragraph;
        }
        true
    }

    fn own_voice(&mut self, index: usize, tokens: Range<usize>) {
        if content::words(self.text, &tokens) == 0 {
            return;
        }
        self.statements.push(Statement {
            content: vec![self.text.span_of(tokens)],
            cue: None,
            cue_class: CueClass::Neutral,
            form: Form::Author,
            speaker: Speaker {
                name: AUTHOR.to_string(),
                actor: Some(AUTHOR.to_string()),
                because: "in nobody's mouth: the article's own voice".into(),
                ..Speaker::default()
            },
            sentence: index,
            said: Vec::new(),
            date_note: None,
        });
    }
}
