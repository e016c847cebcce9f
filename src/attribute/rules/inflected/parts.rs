//! A sentence cut at its punctuation into parts, and what a part begins with.

use crate::attribute::rules::sentence_context::SentenceContext;
use crate::model::{CueClass, Ending, PronounRole, TokenKind, WordClass};
use std::ops::Range;

/// A sentence as parts between separators outside quotations. In languages that separate every clause
/// by commas, a clause consists of whole parts.
pub struct SentenceParts<'s, 'a> {
    /// The sentence.
    pub context: &'s SentenceContext<'a>,
    /// Token ranges without the separators, in reading order, none empty.
    pub all: Vec<Range<usize>>,
}

/// True for tokens that end a part.
pub fn separates(word: &str) -> bool {
    matches!(word, "," | ";" | ":" | "–" | "—" | "-" | "(" | ")" | "." | "!" | "?" | "…" | "...")
}

impl<'s, 'a> SentenceParts<'s, 'a> {
    /// Cuts the sentence of a context.
    pub fn new(context: &'s SentenceContext<'a>) -> Self {
        let mut all = Vec::new();
        let mut start = context.sentence.start;
        for index in context.sentence.clone() {
            let outside = (context.outside)(index);
            if outside && separates(context.text.word(index)) && !inner_stop(context, index) {
                if start < index {
                    all.push(start..index);
                }
                start = index + 1;
            } else if outside
                && start < index
                && is_quoted(context, &(start..index))
                && can_be_cue(context, index)
            {
                // «A» заявил Х: a comma was forgotten.
                all.push(start..index);
                start = index;
            }
        }
        if start < context.sentence.end {
            all.push(start..context.sentence.end);
        }
        let mut parts = SentenceParts { context, all };
        parts.join_over_adverbs();
        parts
    }

    /// «отметила, в свою очередь, министр» is one part.
    fn join_over_adverbs(&mut self) {
        let mut joined: Vec<Range<usize>> = Vec::with_capacity(self.all.len());
        let mut open = false;
        for part in 0..self.all.len() {
            let range = self.all[part].clone();
            let adverbs = part > 0
                && part + 1 < self.all.len()
                && self.before(part) == ","
                && self.behind(part) == ","
                && !self.is_quotation(part - 1)
                && range
                    .clone()
                    .all(|at| (self.context.outside)(at) && self.is(at, WordClass::AdverbBetween));
            match joined.last_mut() {
                Some(last) if adverbs || open => last.end = range.end,
                _ => joined.push(range),
            }
            open = adverbs;
        }
        self.all = joined;
    }

    /// Index of the part that holds a token, or the next one.
    pub fn of(&self, token: usize) -> usize {
        self.all.partition_point(|part| part.end <= token)
    }

    /// The separator behind a part.
    pub fn behind(&self, part: usize) -> &str {
        self.all.get(part).map_or("", |range| self.outside_word(range.end))
    }

    /// The separator before a part.
    pub fn before(&self, part: usize) -> &str {
        let Some(range) = self.all.get(part) else { return "" };
        match range.start.checked_sub(1) {
            Some(at) if at >= self.context.sentence.start => self.outside_word(at),
            _ => "",
        }
    }

    fn outside_word(&self, index: usize) -> &str {
        if self.context.sentence.contains(&index) && (self.context.outside)(index) {
            self.context.text.word(index)
        } else {
            ""
        }
    }

    /// True if a part consists of quoted words.
    pub fn is_quotation(&self, part: usize) -> bool {
        self.all.get(part).is_some_and(|range| is_quoted(self.context, range))
    }

    /// True if a word belongs to a class.
    pub fn is(&self, index: usize, class: WordClass) -> bool {
        self.context.text.is(index, class)
    }

    /// The class of the last letters of a word.
    pub fn ending(&self, index: usize) -> Option<Ending> {
        self.context.language.ending(self.context.text.word(index))
    }

    /// True for a pronoun that can be a subject.
    pub fn is_subject_pronoun(&self, index: usize) -> bool {
        self.context
            .language
            .pronouns
            .get(self.context.text.word(index))
            .is_some_and(|readings| readings.iter().any(|pronoun| pronoun.role == PronounRole::Subject))
    }

    /// The first token of a part that is no conjunction or adverb, and whether a word that joins clauses
    /// comes before it.
    pub fn opening(&self, part: &Range<usize>) -> (usize, bool) {
        let mut at = part.start;
        let mut joins = false;
        while at < part.end {
            let joining = self.is(at, WordClass::Conjunction) || self.is(at, WordClass::Breaker);
            let adverb = self.is(at, WordClass::AdverbBetween) || self.is(at, WordClass::TimeWord);
            if !(joining || adverb) || !(self.context.outside)(at) {
                break;
            }
            joins |= joining;
            at += 1;
        }
        (at, joins)
    }

    /// True if content can begin at a part: «что ...», «на что ...».
    pub fn opens_report(&self, part: usize, class: CueClass) -> bool {
        let Some(range) = self.all.get(part) else { return false };
        let first = range.start + usize::from(self.is(range.start, WordClass::Preposition));
        let complementizer = (self.is(first, WordClass::Complementizer)
            || self.is(first, WordClass::Question))
            && (self.context.outside)(first);
        // «спросил, будет ли»
        let asked = class == CueClass::Questioning && !self.is(first, WordClass::Relative);
        complementizer || asked
    }

    /// True for words that open the setting of a report: «выступая», «после чего».
    pub fn is_setting(&self, at: usize) -> bool {
        let phrase = || {
            self.context.language.phrases.iter().any(|(words, class)| {
                *class == WordClass::Setting
                    && words
                        .iter()
                        .enumerate()
                        .all(|(offset, word)| self.context.text.word(at + offset) == word)
            })
        };
        (self.context.outside)(at) && (self.is(at, WordClass::Setting) || phrase())
    }

    /// True for a preposition with a day, a time or an occasion: «в пятницу», «на встрече».
    pub fn is_circumstance(&self, at: usize, end: usize) -> bool {
        self.is(at, WordClass::Preposition)
            && (at + 1..end.min(at + 3)).any(|index| {
                self.is(index, WordClass::TimeWord)
                    || self.is(index, WordClass::Occasion)
                    || self.context.text.tokens[index].kind == TokenKind::Number
                    || self.context.language.calendar.contains_key(self.context.text.word(index))
            })
    }

    /// A range without separators, conjunctions and adverbs at its ends.
    pub fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let Range { mut start, mut end } = range;
        let edge = |index: usize| (self.context.outside)(index) && separates(self.context.text.word(index));
        while start < end && edge(start) {
            start += 1;
        }
        while start < end && edge(end - 1) {
            end -= 1;
        }
        start..end
    }
}

/// True for a full stop inside a sentence, as after an initial: no dash follows it.
fn inner_stop(context: &SentenceContext, index: usize) -> bool {
    context.text.word(index) == "."
        && index + 1 < context.sentence.end
        && !matches!(context.text.word(index + 1), "–" | "—" | "-")
}

/// True if all tokens of a range lie in quotations.
pub fn is_quoted(context: &SentenceContext, range: &Range<usize>) -> bool {
    !range.is_empty() && range.clone().all(|index| !(context.outside)(index))
}

/// True for a word that can be a cue by itself.
pub fn can_be_cue(context: &SentenceContext, index: usize) -> bool {
    context.language.cues.get(context.text.word(index)).is_some_and(|cues| {
        cues.iter().any(|cue| cue.words.len() == 1 && (cue.takes.clause || cue.takes.quote))
    })
}
