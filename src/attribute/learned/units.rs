//! A paragraph as the sequence of units that the learned models see.
//!
//! A unit is a word, a punctuation mark, or a whole quotation. Quotations are one unit because
//! reports inside somebody else's quotation are not looked for.

use crate::attribute::attribution::CueMatch;
use crate::attribute::learned::hash;
use crate::attribute::learned::labels::{VERDICTS, Verdict};
use crate::attribute::people::mention::Mention;
use crate::attribute::rules::cues;
use crate::model::{Ending, Language, PronounRole, Scope, Text, TokenFlag, TokenKind, WordClass};
use std::ops::Range;

/// Coarse classes of units. The closed classes come from the language's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u8)]
pub enum UnitClass {
    /// A word in lower case that is in no list.
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
    /// Hash of its folded form; for a quotation the number of its class.
    pub word: u32,
    /// Hash of its last three letters.
    pub ending: u32,
    /// Its class.
    pub class: UnitClass,
    /// Index of its sentence in the text.
    pub sentence: usize,
    /// 1 if it is part of a name, 2 if part of a title without a name, else 0.
    pub mention: u8,
    /// Index of the candidate cue that starts here plus one, or 0.
    pub candidate: u32,
    /// A cue starts here and reports speech with a probability of at least 0.5.
    pub accepted: bool,
}

/// The units of a paragraph with its candidate cues.
#[derive(Debug, Default)]
pub struct ParagraphUnits<'a> {
    /// In reading order.
    pub units: Vec<Unit>,
    /// Words that may be cues, in reading order.
    pub candidates: Vec<Candidate<'a>>,
}

/// A word or phrase that may be a cue.
#[derive(Debug, Clone)]
pub struct Candidate<'a> {
    /// The matched cue form.
    pub cue: CueMatch<'a>,
    /// Its units.
    pub units: Range<usize>,
    /// Hash of its lemma.
    pub lemma: u32,
    /// Probability that it reports speech, 0 to 1; 0 until it is classified.
    pub speech_probability: f32,
    /// Probability that it reports a thought, a wish or a plan, 0 to 1.
    pub thought_probability: f32,
}

impl Candidate<'_> {
    /// Probability that it is a cue in this scope, 0 to 1.
    pub fn probability(&self, scope: Scope) -> f32 {
        match scope {
            Scope::Speech => self.speech_probability,
            Scope::All => self.speech_probability + self.thought_probability,
        }
    }
}

impl ParagraphUnits<'_> {
    /// Sets what the classifier says of a candidate.
    pub fn set_probabilities(&mut self, candidate: usize, verdicts: [f32; VERDICTS]) {
        let Some(candidate) = self.candidates.get_mut(candidate) else { return };
        candidate.speech_probability = verdicts[Verdict::Speech as usize];
        candidate.thought_probability = verdicts[Verdict::Thought as usize];
        if let Some(unit) = self.units.get_mut(candidate.units.start) {
            unit.accepted = candidate.speech_probability >= 0.5;
        }
    }
}

/// The units and candidate cues of a range of sentences.
pub fn paragraph_units<'a>(
    text: &Text,
    mentions: &[Mention],
    language: &'a Language,
    sentences: Range<usize>,
) -> ParagraphUnits<'a> {
    let mut paragraph = ParagraphUnits::default();
    let mut mention = match text.sentences.get(sentences.start) {
        Some(first) => mentions.partition_point(|mention| mention.tokens.end <= first.tokens.start),
        None => return paragraph,
    };
    for index in sentences {
        let Some(sentence) = text.sentences.get(index) else { continue };
        let first_unit = paragraph.units.len();
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
                paragraph.units.push(Unit {
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
            paragraph.units.push(Unit {
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
        let units = first_unit..paragraph.units.len();
        if units.len() <= MAX_SENTENCE_UNITS {
            candidates(text, language, units, &mut paragraph);
        }
    }
    paragraph
}

/// The ranges of sentences that are labelled together: a paragraph, joined with the next one where
/// a quotation continues there or a colon announces it.
pub fn paragraph_groups(body: &str, text: &Text) -> Vec<Range<usize>> {
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

/// Longer sentences, in units, are tables or noise: no cues are looked for there.
const MAX_SENTENCE_UNITS: usize = 400;

/// Maximum number of words of a cue form.
const MAX_CUE_WORDS: usize = 10;

/// Adds all words of a sentence that may be cues.
fn candidates<'a>(
    text: &Text,
    language: &'a Language,
    units: Range<usize>,
    paragraph: &mut ParagraphUnits<'a>,
) {
    let Some(first) = paragraph.units.get(units.start) else { return };
    let start = first.tokens.start;
    let end = paragraph.units.get(units.end - 1).map_or(start, |unit| unit.tokens.end);
    let ParagraphUnits { units: all, candidates } = paragraph;
    let mut unit = units.start;
    while unit < units.end {
        let current = &all[unit];
        let mark = is_mark(current.class) && current.class != UnitClass::Colon;
        if mark || is_quotation(current.class) {
            unit += 1;
            continue;
        }
        let at = current.tokens.start;
        let run_end = all[unit..units.end]
            .iter()
            .take(MAX_CUE_WORDS)
            .take_while(|unit| !is_quotation(unit.class))
            .last()
            .map_or(end, |unit| unit.tokens.end);
        match cues::candidate(text, at, start, run_end, language) {
            Some(cue) => {
                let length = cue.tokens.len();
                let lemma = hash::word(&cue.entry.lemma);
                all[unit].candidate = candidates.len() as u32 + 1;
                candidates.push(Candidate {
                    cue,
                    units: unit..unit + length,
                    lemma,
                    speech_probability: 0.0,
                    thought_probability: 0.0,
                });
                unit += length;
            }
            None => unit += 1,
        }
    }
}

/// True for classes of punctuation marks.
pub fn is_mark(class: UnitClass) -> bool {
    matches!(
        class,
        UnitClass::Comma
            | UnitClass::Stop
            | UnitClass::Colon
            | UnitClass::Semicolon
            | UnitClass::Dash
            | UnitClass::Opening
            | UnitClass::Closing
            | UnitClass::Mark
    )
}

/// True for classes of quotations.
pub fn is_quotation(class: UnitClass) -> bool {
    matches!(class, UnitClass::Scare | UnitClass::Quote | UnitClass::QuoteComma | UnitClass::QuoteStop)
}

fn quotation_class(text: &Text, tokens: Range<usize>) -> UnitClass {
    let words = tokens.clone().filter(|index| text.tokens[*index].kind != TokenKind::Punctuation).count();
    let last = tokens.end.saturating_sub(2).max(tokens.start);
    match text.word(last) {
        "," => UnitClass::QuoteComma,
        "!" | "?" => UnitClass::QuoteStop,
        _ if words <= 3 => UnitClass::Scare,
        "." | "…" | "..." => UnitClass::QuoteStop,
        _ => UnitClass::Quote,
    }
}

fn ending(word: &str) -> &str {
    word.char_indices().rev().nth(2).map_or(word, |(at, _)| word.get(at..).unwrap_or(word))
}

/// The unit class of each word class. A word with several classes gets the first of these.
const CLASS_ORDER: [(WordClass, UnitClass); 10] = [
    (WordClass::Article, UnitClass::Article),
    (WordClass::Complementizer, UnitClass::Complementizer),
    (WordClass::Relative, UnitClass::Relative),
    (WordClass::Conjunction, UnitClass::Conjunction),
    (WordClass::Breaker, UnitClass::Breaker),
    (WordClass::Auxiliary, UnitClass::Auxiliary),
    (WordClass::Preposition, UnitClass::Preposition),
    (WordClass::AdverbBetween, UnitClass::Adverb),
    (WordClass::TimeWord, UnitClass::TimeWord),
    (WordClass::Occasion, UnitClass::Occasion),
];

fn class(text: &Text, at: usize, language: &Language) -> UnitClass {
    let word = text.word(at);
    let token = text.tokens[at];
    match token.kind {
        TokenKind::Number => return UnitClass::Number,
        TokenKind::Punctuation => {
            return match word {
                "," => UnitClass::Comma,
                "." | "!" | "?" | "…" | "..." => UnitClass::Stop,
                ":" => UnitClass::Colon,
                ";" => UnitClass::Semicolon,
                "–" | "—" | "―" | "-" => UnitClass::Dash,
                "(" | "[" => UnitClass::Opening,
                ")" | "]" => UnitClass::Closing,
                _ => UnitClass::Mark,
            };
        }
        TokenKind::Word => {}
    }
    let flags = token.flags;
    if flags.has(TokenFlag::Pronoun)
        && let Some(readings) = language.pronouns.get(word)
    {
        let first = &readings[0];
        return match first.role {
            _ if first.person < 3 => UnitClass::Participant,
            PronounRole::Subject => UnitClass::Subject,
            PronounRole::Object => UnitClass::Object,
            PronounRole::Possessive => UnitClass::Possessive,
            PronounRole::Relative => UnitClass::Relative,
        };
    }
    if let Some((_, class)) = CLASS_ORDER.iter().find(|(class, _)| flags.is(*class)) {
        return *class;
    }
    if flags.has(TokenFlag::Cue)
        && let Some(cues) = language.cues.get(word)
    {
        let single = |thought: bool| {
            cues.iter().any(|cue| cue.words.len() == 1 && !cue.takes.noun && cue.takes.clause != thought)
        };
        if single(false) {
            return UnitClass::Cue;
        }
        if single(true) {
            return UnitClass::Thought;
        }
    }
    if flags.has(TokenFlag::Calendar) {
        return UnitClass::Calendar;
    }
    let ends = |wanted: &dyn Fn(Ending) -> bool| {
        let found =
            language.endings.iter().find(|(end, class)| wanted(*class) && word.ends_with(end.as_str()));
        found.map(|(_, class)| *class)
    };
    if flags.has(TokenFlag::Capital) {
        return match ends(&|class| class == Ending::Possessive) {
            Some(_) => UnitClass::NamePossessive,
            None => UnitClass::Name,
        };
    }
    match ends(&|class| class != Ending::Possessive) {
        Some(Ending::Gerund) => UnitClass::Gerund,
        Some(Ending::Past) => UnitClass::Past,
        Some(Ending::Adverb) => UnitClass::Adverb,
        Some(Ending::Plural) => UnitClass::Plural,
        _ => UnitClass::Plain,
    }
}
