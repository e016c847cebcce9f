//! Reading an article sentence by sentence.
//!
//! Lives here: the order of the steps, and what is kept in mind from sentence
//! to sentence (who was spoken of, which quotation is still open). May not
//! live here: the rules of any single step.

use super::content::{self, Content};
use super::cues::{self, Found};
use super::learned::speech::{self, Report};
use super::learned::units;
use super::mentions::{self, Mention, Who};
use super::names::Names;
use super::naming;
use super::resolve::{self, Topic};
use super::source::{self, Scene, Source, SourceKind};
use super::turns;
use crate::model::{
    AUTHOR, Article, Attributed, CueClass, Form, Gender, Language, PronounRole, Quotation, Scope, Span,
    Speaker, Statement, Text, TokenKind, WordClass,
};
use std::collections::VecDeque;
use std::ops::Range;

/// A quotation of at least so many words is speech even without a cue beside
/// it; shorter ones are names, slogans and scare quotes.
const SPEECH_WORDS: usize = 4;

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
    topics: Vec<Topic>,
    statements: Vec<Statement>,
    /// Statements of the sentence before, for quotations that go on.
    last: Option<LastSpeech>,
    /// One past the last token of what was said so far.
    told: usize,
}

/// The speech that a following quotation may continue.
struct LastSpeech {
    first: usize,
    count: usize,
    sentence: usize,
    paragraph: usize,
    direct: bool,
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
        Reader {
            article,
            text,
            names,
            language,
            scope,
            mentions: mentions::mentions(article, text, names, language),
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
                actor: None,
                because,
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
        });
    }

    /// What the learned part says of a paragraph; nothing where there is none.
    fn reports(&self, sentences: Range<usize>) -> Vec<Report<'a>> {
        let Some(learned) = &self.language.learned else { return Vec::new() };
        let body = &self.article.body;
        speech::reports(body, self.text, &self.mentions, self.language, learned, self.scope, sentences)
    }

    /// What rules find in a sentence that the learned part passed over: an
    /// actor on the roster calls for something or rejects it. News corpora mark
    /// that only at times, but it is what positions are made of.
    fn positions(&self, index: usize, tokens: Range<usize>) -> Vec<(Content, Found<'a>, Source)> {
        let mut found = self.governed(index, tokens);
        found.retain(|(_, found, source)| {
            let takes = found.cue.takes;
            let listed = || {
                let speakers = resolve::speakers(source, index, &self.memory());
                !speakers.is_empty() && speakers.iter().all(|(_, speaker)| speaker.actor.is_some())
            };
            (takes.object || takes.infinitive || found.cue.words.len() > 1) && !takes.thought && listed()
        });
        found
    }

    /// Reports with their sources. A cue without one takes that of the cue
    /// before it in the sentence ("said A, adding that B").
    fn sourced(&self, reports: Vec<Report<'a>>) -> Vec<(Content, Found<'a>, Source)> {
        let mut results: Vec<(Content, Found, Source)> = Vec::new();
        for report in reports {
            let found = report.found;
            let source = match report.source {
                Some(tokens) => naming::source(self.text, &self.mentions, self.language, &found, tokens),
                None => match results.last() {
                    Some((_, _, before)) => {
                        Source { clause: found.tokens.clone(), inverted: false, ..before.clone() }
                    }
                    None => Source {
                        tokens: found.tokens.start..found.tokens.start,
                        kind: SourceKind::Nobody,
                        clause: found.tokens.clone(),
                        inverted: false,
                    },
                },
            };
            results.push((Content { pieces: report.content }, found, source));
        }
        results
    }

    fn sentence(&mut self, index: usize, reports: Vec<Report<'a>>) {
        let Some(sentence) = self.text.sentences.get(index) else { return };
        let (tokens, paragraph) = (sentence.tokens.clone(), sentence.paragraph);
        let before = self.statements.len();
        let told = self.told > tokens.start;
        let found = match &self.language.learned {
            None => self.governed(index, tokens.clone()),
            Some(_) if reports.is_empty() && !told && tokens.len() < PROSE => {
                self.positions(index, tokens.clone())
            }
            Some(_) => self.sourced(reports),
        };
        for (content, _, _) in &found {
            self.told = content.pieces.iter().map(|piece| piece.end).max().unwrap_or(0).max(self.told);
        }
        for (content, cue, source) in found {
            self.push(index, &content, &cue, &source);
        }
        if self.statements.len() == before && !told && !self.continues(index, tokens.clone(), paragraph) {
            self.own_voice(index, tokens.clone());
        }
        let spoken = &self.statements[before..];
        if let Some(first) = spoken.iter().position(|statement| statement.form != Form::Author) {
            let direct = spoken.iter().any(|s| matches!(s.form, Form::Direct | Form::Mixed));
            self.last = Some(LastSpeech {
                first: before + first,
                count: spoken.len() - first,
                sentence: index,
                paragraph,
                direct,
            });
        }
        self.remember(index, tokens, before);
    }

    /// The cues of a sentence with their sources and contents.
    fn governed(&self, index: usize, tokens: Range<usize>) -> Vec<(Content, Found<'a>, Source)> {
        let text = self.text;
        let outside = |token: usize| !self.in_quotation.get(token).copied().unwrap_or(false);
        let found = cues::cues(text, &self.article.body, tokens.clone(), &outside, self.language);
        let sentence_quotations: Vec<Quotation> = self.quotations_of(index);
        let scene = Scene {
            body: &self.article.body,
            text,
            mentions: &self.mentions,
            language: self.language,
            sentence: tokens.clone(),
            outside: &outside,
        };
        let sourced: Vec<(Found, Option<Source>)> = found
            .into_iter()
            .filter(|found| !found.cue.takes.agentless)
            .map(|found| {
                let source = source::source(&scene, &found);
                (found, source)
            })
            .collect();
        let mut results: Vec<(Content, Found, Source)> = Vec::new();
        let mut from = tokens.start;
        let mut position = 0;
        while position < sourced.len() {
            let (found, source) = &sourced[position];
            position += 1;
            if found.tokens.start < from {
                continue;
            }
            let source = match source {
                Some(source) if source.clause.start >= from || results.is_empty() => source.clone(),
                // "said A, adding that B": the source of the cue before.
                _ => match results.last() {
                    Some((_, _, previous))
                        if from <= found.tokens.start && self.chains(found, tokens.start) =>
                    {
                        Source { clause: found.tokens.clone(), inverted: false, ..previous.clone() }
                    }
                    _ => continue,
                },
            };
            let limit = self.limit(&sourced[position..], found, tokens.end, &scene);
            let Some(content) = content::content(&scene, found, &source, &sentence_quotations, from, limit)
            else {
                continue;
            };
            from = content.pieces.iter().map(|piece| piece.end).max().unwrap_or(limit);
            from = from.max(found.tokens.end).max(source.clause.end);
            results.push((content, found.clone(), source));
        }
        results
    }

    /// Where the content of a cue must stop because another reporting clause
    /// begins: ", adding that", ", but Holm said", "and said that".
    fn limit(&self, later: &[(Found, Option<Source>)], current: &Found, end: usize, scene: &Scene) -> usize {
        for (found, source) in later {
            let takes = found.cue.takes;
            if !(takes.clause || takes.quote || takes.prefix) || found.tokens.start <= current.tokens.end {
                continue;
            }
            let start = source.as_ref().map_or(found.tokens.start, |source| {
                if source.inverted { found.tokens.start } else { source.clause.start.min(found.tokens.start) }
            });
            let Some(mut before) = start.checked_sub(1) else { continue };
            if before <= current.tokens.end {
                continue;
            }
            let joined = self.language.is(scene.text.word(before), WordClass::Conjunction)
                || self.language.is(scene.text.word(before), WordClass::Breaker);
            if joined {
                before = before.saturating_sub(1);
            }
            let comma = scene.text.word(before) == ",";
            if comma || joined {
                return if comma { before } else { before + 1 };
            }
        }
        end
    }

    /// "adding", "and added": right behind a comma, a conjunction or a quotation.
    fn chains(&self, found: &Found, start: usize) -> bool {
        let Some(before) = found.tokens.start.checked_sub(1).filter(|before| *before >= start) else {
            return false;
        };
        let word = self.text.word(before);
        word == ","
            || self.language.is(word, WordClass::Conjunction)
            || self.in_quotation.get(before).copied().unwrap_or(false)
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

    fn push(&mut self, index: usize, content: &Content, found: &Found, source: &Source) {
        let speakers = resolve::speakers(source, index, &self.memory());
        let class = match (found.cue.class, found.negated) {
            (CueClass::Denying, true) => CueClass::Hedged,
            (class, true) if class != CueClass::Questioning => CueClass::Denying,
            (class, _) => class,
        };
        for (_, speaker) in speakers {
            self.statements.push(Statement {
                content: content::spans(self.text, content),
                cue: Some(self.text.span_of(found.tokens.clone())),
                cue_class: class,
                form: self.form(content),
                speaker,
                sentence: index,
                said: Vec::new(),
            });
        }
    }

    /// Quotations without a cue of their own: the speech before goes on, or the
    /// sentence's subject is quoted in passing ("..., he distinguished, is “a
    /// relative concept”" has a cue; "For Holm it is “a joke too far”" has not).
    fn continues(&mut self, index: usize, tokens: Range<usize>, paragraph: usize) -> bool {
        let quotations = self.quotations_of(index);
        let Some(first) = quotations.first() else { return false };
        let words = |text: &Text, span: Span| {
            let range = text.tokens_in(span);
            content::words(text, &range)
        };
        let longest = quotations.iter().map(|q| words(self.text, q.inner)).max().unwrap_or(0);
        let outside_words = tokens
            .clone()
            .filter(|token| {
                !self.in_quotation[*token] && self.text.tokens[*token].kind != TokenKind::Punctuation
            })
            .count();
        let whole = outside_words == 0;
        if !whole && longest < SPEECH_WORDS {
            return false;
        }
        let Some(last) = &self.last else { return false };
        let near = last.sentence + 2 >= index && last.paragraph == paragraph
            || last.paragraph + 1 == paragraph && self.opens_paragraph(index, first);
        if !near || !(whole || last.direct && longest >= SPEECH_WORDS) {
            return false;
        }
        let spans: Vec<Span> = if whole {
            vec![self.text.span_of(tokens)]
        } else {
            quotations
                .iter()
                .filter(|q| words(self.text, q.inner) >= SPEECH_WORDS)
                .map(|quotation| quotation.span)
                .collect()
        };
        let (first, count) = (last.first, last.count);
        let direct_before = last.direct;
        if direct_before && whole {
            for statement in self.statements.iter_mut().skip(first).take(count) {
                if matches!(statement.form, Form::Direct | Form::Mixed) {
                    statement.content.extend(spans.iter().copied());
                }
            }
        } else {
            let Some(model) = self.statements.get(first).cloned() else { return false };
            let because = format!("goes on after: {}", model.speaker.because);
            self.statements.push(Statement {
                content: spans,
                form: Form::Direct,
                sentence: index,
                speaker: Speaker { because, ..model.speaker.clone() },
                ..model
            });
        }
        if let Some(last) = &mut self.last {
            last.sentence = index;
            last.paragraph = paragraph;
        }
        true
    }

    /// Whether a quotation opens its paragraph while the one before was left
    /// open, or the paragraph before ended in a colon.
    fn opens_paragraph(&self, index: usize, quotation: &Quotation) -> bool {
        let Some(sentence) = self.text.sentences.get(index) else { return false };
        let opens = quotation.span.start == sentence.span.start
            && self
                .text
                .paragraphs
                .get(sentence.paragraph)
                .is_some_and(|paragraph| paragraph.sentences.start == index);
        let Some(previous) = sentence.paragraph.checked_sub(1) else { return false };
        let before = &self.text.quotations;
        let from = before.partition_point(|quotation| quotation.paragraph < previous);
        let of_previous = || before.iter().skip(from).take_while(|q| q.paragraph == previous);
        let left_open = of_previous().any(|quotation| !quotation.closed);
        let colon = self
            .text
            .paragraphs
            .get(previous)
            .is_some_and(|paragraph| paragraph.span.of(&self.article.body).trim_end().ends_with(':'));
        let ends_quoted = self
            .text
            .paragraphs
            .get(previous)
            .is_some_and(|paragraph| of_previous().any(|q| q.span.end == paragraph.span.end));
        // "... ," said Holm. / “Another quotation.”
        let first_here = before.partition_point(|q| q.paragraph < sentence.paragraph);
        let of_here =
            before[first_here..].iter().take(2).filter(|q| q.paragraph == sentence.paragraph).count();
        let whole = of_here == 1 && quotation.span.end == sentence.span.end;
        let spoke = self.last.as_ref().is_some_and(|last| last.direct);
        opens && (left_open || colon || ends_quoted || whole && spoke)
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
                mention: None,
                name: AUTHOR.to_string(),
                actor: Some(AUTHOR.to_string()),
                because: "in nobody's mouth: the article's own voice".into(),
            },
            sentence: index,
            said: Vec::new(),
        });
    }

    /// Keeps in mind whom the sentence is about.
    fn remember(&mut self, index: usize, tokens: Range<usize>, before: usize) {
        let named: Vec<Topic> = self
            .mentions
            .iter()
            .skip(self.mentions.partition_point(|mention| mention.tokens.start < tokens.start))
            .take_while(|mention| mention.tokens.start < tokens.end)
            .filter(|mention| !self.in_quotation.get(mention.tokens.start).copied().unwrap_or(false))
            .filter_map(|mention| {
                let [who] = mention.who.as_slice() else { return None };
                mention.speaks.then(|| Topic {
                    sentence: index,
                    who: who.clone(),
                    gender: mention.gender,
                    plural: mention.plural,
                })
            })
            .collect();
        let opener = self.opener(index, tokens.clone());
        // Later entries win: others first, then the first named, then the speaker.
        for topic in named.iter().skip(1).rev() {
            self.topics.push(topic.clone());
        }
        self.topics.extend(named.first().cloned());
        let speaker = self.statements[before..].iter().find_map(|statement| {
            if statement.form == Form::Author {
                return None;
            }
            let who = match &statement.speaker.actor {
                Some(id) => Who::Listed(self.names.roster().actors.iter().position(|a| a.id == *id)?),
                None if statement.speaker.name.is_empty() => return None,
                None => Who::Unlisted(statement.speaker.name.clone()),
            };
            let known = self.topics.iter().rev().take(MEMORY).find(|topic| topic.who == who);
            let (gender, plural) = known.map_or((Default::default(), false), |t| (t.gender, t.plural));
            Some(Topic { sentence: index, who, gender, plural })
        });
        match speaker {
            Some(topic) => self.topics.push(topic),
            None => self.topics.extend(opener),
        }
    }

    /// "He supervised ...": a sentence that opens with a pronoun goes on about
    /// the same person.
    fn opener(&self, index: usize, tokens: Range<usize>) -> Option<Topic> {
        let token = tokens.take(3).find(|token| {
            self.language.pronouns.get(self.text.word(*token)).is_some_and(|readings| {
                readings.iter().any(|pronoun| {
                    pronoun.person == 3
                        && pronoun.role == PronounRole::Subject
                        && pronoun.gender != Gender::Unknown
                })
            })
        })?;
        let source = Source {
            tokens: token..token + 1,
            kind: SourceKind::Pronoun,
            clause: token..token + 1,
            inverted: false,
        };
        let (who, _) = resolve::speakers(&source, index, &self.memory())
            .into_iter()
            .find(|(_, speaker)| !speaker.name.is_empty())?;
        let known = self.topics.iter().rev().take(MEMORY).find(|topic| topic.who == who)?;
        Some(Topic { sentence: index, ..known.clone() })
    }
}
