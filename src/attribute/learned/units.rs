//! A paragraph as a row of units.
//!
//! Lives here: what the learned part sees of a text. A unit is a word, a mark,
//! or a whole quotation: nobody reports speech inside somebody else's
//! quotation, so that it need not be looked into. May not live here: features.

use crate::attribute::learned::hash;
use crate::attribute::learned::tagger::{VERDICTS, Verdict};
use crate::attribute::people::mentions::Mention;
use crate::attribute::rules::cues;
use crate::attribute::rules::cues::Found;
use crate::model::{Ending, Fact, Language, PronounRole, Scope, Text, TokenKind, WordClass};
use std::ops::Range;

/// Coarse classes of units. The closed classes come from the language's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u8)]
pub enum Class {
    /// A word in lower case that no list knows.
    #[default]
    Plain,
    /// ",".
    Comma,
    /// ".", "!", "?", "…".
    Stop,
    /// ":".
    Colon,
    /// ";".
    Semicolon,
    /// A dash.
    Dash,
    /// "(" or "[".
    Opening,
    /// ")" or "]".
    Closing,
    /// Any other mark.
    Mark,
    /// A quotation of one to three words.
    Scare,
    /// A longer quotation.
    Quote,
    /// A longer quotation that ends in a comma.
    QuoteComma,
    /// A longer quotation that ends in final punctuation.
    QuoteStop,
    /// A number.
    Number,
    /// "the".
    Article,
    /// "of".
    Preposition,
    /// "has".
    Auxiliary,
    /// "and".
    Conjunction,
    /// "but".
    Breaker,
    /// "that".
    Complementizer,
    /// "who".
    Relative,
    /// "he".
    Subject,
    /// "I", "you".
    Participant,
    /// "him".
    Object,
    /// "his".
    Possessive,
    /// A cue form.
    Cue,
    /// A verb of thinking or wishing.
    Thought,
    /// A month or day.
    Calendar,
    /// "today".
    TimeWord,
    /// "also", "-ly".
    Adverb,
    /// "meeting".
    Occasion,
    /// A capitalised word.
    Name,
    /// A capitalised word with a possessive ending.
    NamePossessive,
    /// Ends as "saying" does.
    Gerund,
    /// Ends as "walked" does.
    Past,
    /// Ends as "reports" does.
    Plural,
    /// Outside the window.
    Edge,
}

/// A word, a mark or a quotation.
#[derive(Debug, Clone, Default)]
pub struct Unit {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its folded form as a number; quotations have one by their class.
    pub word: u32,
    /// Its last letters as a number.
    pub ending: u32,
    /// Its class.
    pub class: Class,
    /// Sentence of the text.
    pub sentence: usize,
    /// Part of a mention: 1 a name, 2 a title without a name.
    pub mention: u8,
    /// Index of the candidate cue that starts here, plus one.
    pub candidate: u32,
    /// Judged more likely than not to be a cue.
    pub accepted: bool,
}

/// A paragraph as units, with the words in it that may be cues.
#[derive(Debug, Default)]
pub struct Row<'a> {
    /// In reading order.
    pub units: Vec<Unit>,
    /// Candidates with the units that they take.
    pub candidates: Vec<Candidate<'a>>,
}

/// A word that may attribute.
#[derive(Debug, Clone)]
pub struct Candidate<'a> {
    /// The cue form.
    pub found: Found<'a>,
    /// Its units.
    pub units: Range<usize>,
    /// Lemma as a number.
    pub lemma: u32,
    /// How sure the judge is that it reports speech, 0 to 1.
    pub chance: f32,
    /// How sure the judge is that it reports a thought or a wish, 0 to 1.
    pub thought: f32,
}

impl Candidate<'_> {
    /// How likely it is a cue of the kind that is asked for.
    pub fn likely(&self, scope: Scope) -> f32 {
        match scope {
            Scope::Speech => self.chance,
            Scope::All => self.chance + self.thought,
        }
    }
}

impl Row<'_> {
    /// Notes what the judge thinks of a candidate.
    pub fn note(&mut self, candidate: usize, chances: [f32; VERDICTS]) {
        let Some(candidate) = self.candidates.get_mut(candidate) else { return };
        candidate.chance = chances[Verdict::Speech as usize];
        candidate.thought = chances[Verdict::Thought as usize];
        if let Some(unit) = self.units.get_mut(candidate.units.start) {
            unit.accepted = candidate.chance >= 0.5;
        }
    }
}

/// The units and candidates of a range of sentences (a paragraph).
pub fn row<'a>(
    text: &Text,
    mentions: &[Mention],
    language: &'a Language,
    sentences: Range<usize>,
) -> Row<'a> {
    let mut row = Row::default();
    let mut mention = match text.sentences.get(sentences.start) {
        Some(first) => mentions.partition_point(|mention| mention.tokens.end <= first.tokens.start),
        None => return row,
    };
    for index in sentences {
        let Some(sentence) = text.sentences.get(index) else { continue };
        let first_unit = row.units.len();
        let from = text.quotations.partition_point(|q| q.span.end <= sentence.span.start);
        let mut quotations = text.quotations[from..].iter().peekable();
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let span = text.tokens[at].span;
            while quotations.peek().is_some_and(|quotation| quotation.span.end <= span.start) {
                quotations.next();
            }
            if let Some(quotation) = quotations.peek().filter(|q| q.span.start <= span.start) {
                let mut end = at + 1;
                while end < sentence.tokens.end && text.tokens[end].span.start < quotation.span.end {
                    end += 1;
                }
                let class = quotation_class(text, at..end);
                row.units.push(Unit {
                    tokens: at..end,
                    word: class as u32,
                    class,
                    sentence: index,
                    ..Unit::default()
                });
                at = end;
                continue;
            }
            while mentions.get(mention).is_some_and(|mention| mention.tokens.end <= at) {
                mention += 1;
            }
            let inside = mentions.get(mention).filter(|mention| mention.tokens.contains(&at));
            let word = text.word(at);
            row.units.push(Unit {
                tokens: at..at + 1,
                word: hash::word(word),
                ending: hash::word(ending(word)),
                class: class(text, at, language),
                sentence: index,
                mention: inside.map_or(0, |mention| if mention.named { 1 } else { 2 }),
                ..Unit::default()
            });
            at += 1;
        }
        let units = first_unit..row.units.len();
        if units.len() <= PROSE {
            candidates(text, language, units, &mut row);
        }
    }
    row
}

/// The sentences that are read together: those of a paragraph, and of the next
/// one when a quotation goes on there or was announced by a colon.
pub fn groups(body: &str, text: &Text) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    let mut before: Option<&crate::model::Paragraph> = None;
    for paragraph in &text.paragraphs {
        let goes_on = before.is_some_and(|before| {
            let from = text.quotations.partition_point(|q| q.span.end <= paragraph.span.start);
            let opens = text.quotations.get(from).is_some_and(|q| q.span.start == paragraph.span.start);
            let left_open = from
                .checked_sub(1)
                .and_then(|last| text.quotations.get(last))
                .is_some_and(|q| !q.closed && q.span.start >= before.span.start);
            opens && (left_open || before.span.of(body).ends_with(':'))
        });
        match groups.last_mut() {
            Some(group) if goes_on => group.end = paragraph.sentences.end,
            _ => groups.push(paragraph.sentences.clone()),
        }
        before = Some(paragraph);
    }
    groups
}

/// A sentence of more units is no prose: a table, or one word ten thousand
/// times. Nobody reports anything there.
const PROSE: usize = 400;

/// No cue form has more words.
const LONGEST_CUE: usize = 10;

/// All words of a sentence that may be cues.
fn candidates<'a>(text: &Text, language: &'a Language, units: Range<usize>, row: &mut Row<'a>) {
    let Some(first) = row.units.get(units.start) else { return };
    let start = first.tokens.start;
    let end = row.units.get(units.end - 1).map_or(start, |unit| unit.tokens.end);
    let Row { units: all, candidates } = row;
    let mut unit = units.start;
    while unit < units.end {
        let current = &all[unit];
        let mark = is_mark(current.class) && current.class != Class::Colon;
        if mark || is_quotation(current.class) {
            unit += 1;
            continue;
        }
        let at = current.tokens.start;
        let run_end = all[unit..units.end]
            .iter()
            .take(LONGEST_CUE)
            .take_while(|unit| !is_quotation(unit.class))
            .last()
            .map_or(end, |unit| unit.tokens.end);
        match cues::candidate(text, at, start, run_end, language) {
            Some(found) => {
                let length = found.tokens.len();
                let lemma = hash::word(&found.cue.lemma);
                all[unit].candidate = candidates.len() as u32 + 1;
                candidates.push(Candidate {
                    found,
                    units: unit..unit + length,
                    lemma,
                    chance: 0.0,
                    thought: 0.0,
                });
                unit += length;
            }
            None => unit += 1,
        }
    }
}

/// Whether a class is a punctuation mark's.
pub fn is_mark(class: Class) -> bool {
    matches!(
        class,
        Class::Comma
            | Class::Stop
            | Class::Colon
            | Class::Semicolon
            | Class::Dash
            | Class::Opening
            | Class::Closing
            | Class::Mark
    )
}

/// Whether a class is a quotation's.
pub fn is_quotation(class: Class) -> bool {
    matches!(class, Class::Scare | Class::Quote | Class::QuoteComma | Class::QuoteStop)
}

fn quotation_class(text: &Text, tokens: Range<usize>) -> Class {
    let words = tokens.clone().filter(|index| text.tokens[*index].kind != TokenKind::Punctuation).count();
    let last = tokens.end.saturating_sub(2).max(tokens.start);
    match text.word(last) {
        "," => Class::QuoteComma,
        "!" | "?" => Class::QuoteStop,
        _ if words <= 3 => Class::Scare,
        "." | "…" | "..." => Class::QuoteStop,
        _ => Class::Quote,
    }
}

fn ending(word: &str) -> &str {
    word.char_indices().rev().nth(2).map_or(word, |(at, _)| word.get(at..).unwrap_or(word))
}

/// Which class a word of several has.
const ORDER: [(WordClass, Class); 10] = [
    (WordClass::Article, Class::Article),
    (WordClass::Complementizer, Class::Complementizer),
    (WordClass::Relative, Class::Relative),
    (WordClass::Conjunction, Class::Conjunction),
    (WordClass::Breaker, Class::Breaker),
    (WordClass::Auxiliary, Class::Auxiliary),
    (WordClass::Preposition, Class::Preposition),
    (WordClass::AdverbBetween, Class::Adverb),
    (WordClass::TimeWord, Class::TimeWord),
    (WordClass::Occasion, Class::Occasion),
];

fn class(text: &Text, at: usize, language: &Language) -> Class {
    let word = text.word(at);
    let token = text.tokens[at];
    match token.kind {
        TokenKind::Number => return Class::Number,
        TokenKind::Punctuation => {
            return match word {
                "," => Class::Comma,
                "." | "!" | "?" | "…" | "..." => Class::Stop,
                ":" => Class::Colon,
                ";" => Class::Semicolon,
                "–" | "—" | "―" | "-" => Class::Dash,
                "(" | "[" => Class::Opening,
                ")" | "]" => Class::Closing,
                _ => Class::Mark,
            };
        }
        TokenKind::Word => {}
    }
    let facts = token.facts;
    if facts.has(Fact::Pronoun)
        && let Some(readings) = language.pronouns.get(word)
    {
        let first = &readings[0];
        return match first.role {
            _ if first.person < 3 => Class::Participant,
            PronounRole::Subject => Class::Subject,
            PronounRole::Object => Class::Object,
            PronounRole::Possessive => Class::Possessive,
            PronounRole::Relative => Class::Relative,
        };
    }
    if let Some((_, class)) = ORDER.iter().find(|(class, _)| facts.is(*class)) {
        return *class;
    }
    if facts.has(Fact::Cue)
        && let Some(cues) = language.cues.get(word)
    {
        let single = |thought: bool| {
            cues.iter().any(|cue| cue.words.len() == 1 && !cue.takes.noun && cue.takes.clause != thought)
        };
        if single(false) {
            return Class::Cue;
        }
        if single(true) {
            return Class::Thought;
        }
    }
    if facts.has(Fact::Calendar) {
        return Class::Calendar;
    }
    let ends = |wanted: &dyn Fn(Ending) -> bool| {
        let found =
            language.endings.iter().find(|(end, class)| wanted(*class) && word.ends_with(end.as_str()));
        found.map(|(_, class)| *class)
    };
    if facts.has(Fact::Capital) {
        return match ends(&|class| class == Ending::Possessive) {
            Some(_) => Class::NamePossessive,
            None => Class::Name,
        };
    }
    match ends(&|class| class != Ending::Possessive) {
        Some(Ending::Gerund) => Class::Gerund,
        Some(Ending::Past) => Class::Past,
        Some(Ending::Adverb) => Class::Adverb,
        Some(Ending::Plural) => Class::Plural,
        _ => Class::Plain,
    }
}
