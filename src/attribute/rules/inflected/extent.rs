//! Where the content of a cue begins and ends among the parts of a sentence.

use crate::attribute::attribution::CueMatch;
use crate::attribute::rules::inflected::parts::SentenceParts;
use crate::model::{CueClass, Ending, PronounRole, WordClass};
use std::ops::Range;

/// Where the content behind a cue begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContentStart {
    /// At this token, in a part of its own: «что ...», «: ...».
    NextPart(usize),
    /// At this token, in the part of the cue: an infinitive, an object.
    SamePart(usize),
}

impl ContentStart {
    /// Its first token.
    pub fn start(self) -> usize {
        match self {
            ContentStart::NextPart(start) | ContentStart::SamePart(start) => start,
        }
    }
}

impl SentenceParts<'_, '_> {
    /// Where the content behind a cue begins, if there is any. `later` is the next cue of the part, if any:
    /// the clause that follows belongs to it.
    pub fn right(&self, cue: &CueMatch, part: usize, later: Option<&CueMatch>) -> Option<ContentStart> {
        let takes = cue.entry.takes;
        let range = self.all.get(part)?;
        let next = self.all.get(part + 1);
        let free = later.is_none_or(|later| !(later.entry.takes.clause || later.entry.takes.quote));
        let reports = takes.clause || takes.quote || takes.cited;
        if let Some(next) = next.filter(|_| free && (reports || takes.infinitive)) {
            let behind = self.behind(part);
            let colon = behind == ":" && reports;
            // «опроверг слова X о том, что»: the clause belongs to the object.
            let object = takes.object && behind == ",";
            if let Some(start) =
                Some(cue.tokens.end..range.end).filter(|_| object).and_then(|rest| self.object(cue, rest))
            {
                return Some(ContentStart::SamePart(start));
            }
            // «ответил тем, кто просит»
            let pointed = range.end > cue.tokens.end
                && self.is(range.end - 1, WordClass::Stop)
                && self.is(next.start, WordClass::Question);
            if pointed {
                return None;
            }
            if colon || behind == "," && self.opens_report(part + 1, cue.entry.class) {
                return Some(ContentStart::NextPart(next.start));
            }
        }
        let end = later.map_or(range.end, |later| later.tokens.start);
        let rest = cue.tokens.end..end;
        if takes.infinitive
            && let Some(mut at) = rest
                .clone()
                .find(|at| (self.context.outside)(*at) && self.ending(*at) == Some(Ending::Infinitive))
        {
            while at > rest.start && self.goes_with_infinitive(at - 1) {
                at -= 1;
            }
            return Some(ContentStart::SamePart(at));
        }
        if takes.object {
            return self.object(cue, rest).map(ContentStart::SamePart);
        }
        let quotation = rest.clone().find(|at| !(self.context.outside)(*at));
        if let Some(quotation) = quotation.filter(|_| reports)
            && (quotation..range.end).all(|at| !(self.context.outside)(at))
            && !self.is(quotation - 1, WordClass::Preposition)
            && self.words(&(quotation..range.end)) >= 2
            && (quotation == rest.start || range.end + 1 >= self.context.sentence.end)
        {
            return Some(ContentStart::SamePart(quotation));
        }
        None
    }

    fn goes_with_infinitive(&self, at: usize) -> bool {
        let word = self.context.text.word(at);
        self.is(at, WordClass::AdverbBetween)
            || self.ending(at) == Some(Ending::Adverb)
            || self
                .context
                .language
                .shifters(word)
                .any(|shifter| matches!(shifter.words.as_slice(), [only] if only == word))
    }

    /// Number of words of a token range.
    pub fn words(&self, range: &Range<usize>) -> usize {
        self.context.text.word_count(range)
    }

    /// The first token of the noun phrase that a cue governs.
    fn object(&self, cue: &CueMatch, rest: Range<usize>) -> Option<usize> {
        let mut at = rest.start;
        while at < rest.end && (self.is(at, WordClass::AdverbBetween) || self.is(at, WordClass::TimeWord)) {
            at += 1;
        }
        while at < rest.end && self.is_circumstance(at, rest.end) {
            at += 2;
        }
        if at >= rest.end || cue.entry.words.len() == 1 && self.is(at, WordClass::Preposition) {
            return None;
        }
        let subject = self
            .context
            .mention_at(at)
            .is_some_and(|mention| mention.case.subject && !mention.case.oblique && mention.named);
        let pronoun =
            self.context.language.pronouns.get(self.context.text.word(at)).is_some_and(|readings| {
                readings.iter().all(|p| p.role == PronounRole::Subject)
                    || at + 1 == rest.end && readings.iter().any(|p| p.role == PronounRole::Object)
            });
        (!subject && !pronoun && self.words(&(at..rest.end)) > 0).then_some(at)
    }

    /// One past the last token of content that begins at `start`. `later` are the cues behind `cue`.
    pub fn end_of(&self, start: usize, cue: &CueMatch, later: &[CueMatch]) -> usize {
        let sentence_end = self.context.sentence.end;
        let first = self.of(start);
        let Some(own) = self.all.get(first) else { return sentence_end };
        if let Some(end) = self.quotation_end(start, first) {
            return end;
        }
        let inside = own.start < start;
        if inside && let Some(end) = self.second_predicate(start, own.end, cue) {
            return end;
        }
        for part in first + 1..self.all.len() {
            if self.leaves(part, start, cue, later) {
                return self.all[part - 1].end;
            }
        }
        self.trimmed(start..sentence_end).end
    }

    /// The end of content that is a quotation, with the quoted parts that follow.
    fn quotation_end(&self, start: usize, part: usize) -> Option<usize> {
        let range = self.all.get(part)?;
        if (self.context.outside)(start) || !(start..range.end).all(|at| !(self.context.outside)(at)) {
            return None;
        }
        let mut last = part;
        while self.is_quotation(last + 1) {
            last += 1;
        }
        self.all.get(last).map(|range| range.end)
    }

    /// «осудил закон и уехал»: a second verb of the speaker ends the object.
    fn second_predicate(&self, start: usize, end: usize, cue: &CueMatch) -> Option<usize> {
        let agreement = self.agreement(cue);
        // Behind a verb that shows no gender only a cue counts.
        let second = |at: usize| match agreement {
            Some(_) => self.ending(at) == agreement,
            None => {
                let cues = self.context.language.cues.get(self.context.text.word(at));
                self.ending(at) != Some(Ending::Infinitive)
                    && cues.is_some_and(|cues| cues.iter().any(|entry| entry.words.len() == 1))
            }
        };
        (start + 1..end).find(|at| {
            self.is(*at, WordClass::Conjunction)
                && (self.context.outside)(*at)
                && (at + 1..end.min(at + 4))
                    .find(|next| {
                        !self.is(*next, WordClass::AdverbBetween) && !self.goes_with_infinitive(*next)
                    })
                    .is_some_and(second)
        })
    }

    /// True if a part no longer belongs to the content.
    fn leaves(&self, part: usize, start: usize, cue: &CueMatch, later: &[CueMatch]) -> bool {
        let range = &self.all[part];
        if !(self.context.outside)(range.start) {
            return false;
        }
        if self.is_setting(range.start) {
            return true;
        }
        if self.is(range.start, WordClass::Complementizer)
            || self.is(range.start, WordClass::Relative)
            || self.is(range.start, WordClass::Question)
        {
            return self.parenthetical(part, later);
        }
        let (opening, joins) = self.opening(range);
        let own = later.iter().position(|other| range.contains(&other.tokens.start));
        if let Some(position) = own {
            let other = &later[position];
            let next = later.get(position + 1).filter(|next| range.contains(&next.tokens.start));
            let leads = other.tokens.start == opening || self.negated_opening(opening, other);
            let same = self.agreement(other) == self.agreement(cue);
            let right = self.right(other, part, next);
            let clause = matches!(right, Some(ContentStart::NextPart(_)))
                || next.is_some_and(|next| {
                    matches!(self.right(next, part, None), Some(ContentStart::NextPart(_)))
                });
            if leads && (self.is_gerund(other) || joins && same) || clause && !other.entry.takes.prefix {
                return true;
            }
            if leads && right.is_none() && other.entry.takes.clause {
                return true;
            }
        }
        if !joins {
            return false;
        }
        // «..., и поздравил строителей»: the same subject continues.
        let verb = (opening..range.end.min(opening + 3))
            .find(|at| !self.goes_with_infinitive(*at))
            .filter(|at| self.agreement(cue).is_some() && self.ending(*at) == self.agreement(cue));
        let Some(_) = verb else { return self.other_subject(opening, range, cue) };
        let conjunction = (range.start..opening).any(|at| self.is(at, WordClass::Conjunction));
        let inner = (start..range.start).any(|at| self.ending(at) == self.agreement(cue));
        conjunction || !inner
    }

    fn negated_opening(&self, opening: usize, cue: &CueMatch) -> bool {
        opening + 1 == cue.tokens.start && self.goes_with_infinitive(opening)
    }

    /// «..., а Вересова промолчала»
    fn other_subject(&self, opening: usize, range: &Range<usize>, cue: &CueMatch) -> bool {
        let breaks = (range.start..opening).any(|at| self.is(at, WordClass::Breaker));
        let past = |at: usize| {
            matches!(self.ending(at), Some(Ending::PastMale | Ending::PastFemale | Ending::PastPlural))
        };
        breaks
            && self.agreement(cue).is_some()
            && self.context.mention_at(opening).is_some_and(|mention| {
                let dash = matches!(self.context.text.word(mention.tokens.end), "–" | "—" | "-");
                mention.named && mention.case.subject && (past(mention.tokens.end) || dash)
            })
    }

    /// «как отметил X» behind the content.
    fn parenthetical(&self, part: usize, later: &[CueMatch]) -> bool {
        let range = &self.all[part];
        let last = part + 1 == self.all.len();
        last && later
            .iter()
            .any(|cue| cue.tokens.start == range.start + 1 && self.right(cue, part, None).is_none())
    }

    /// The end of content in a relative clause, where the main clause continues: «Вересова, которая обещала,
    /// что A, промолчала».
    pub fn resumption(&self, start: usize, cue: &CueMatch) -> usize {
        let first = self.of(start);
        let agreement = self.agreement(cue);
        let verb = |part: usize| {
            let (opening, _) = self.opening(&self.all[part]);
            let at = opening + usize::from(self.goes_with_infinitive(opening));
            agreement.is_some() && self.ending(at) == agreement
        };
        let resumes = (first + 1..self.all.len()).find(|part| verb(*part)).or_else(|| {
            (first + 1..self.all.len()).find(|part| {
                let at = self.all[*part].start;
                !self.is(at, WordClass::Complementizer)
                    && !self.is(at, WordClass::Relative)
                    && !self.is(at, WordClass::Conjunction)
            })
        });
        match resumes {
            Some(part) => self.all[part - 1].end,
            None => self.trimmed(start..self.context.sentence.end).end,
        }
    }

    /// The content before a part: back to `from`, without circumstances.
    pub fn left(&self, part: usize, from: usize) -> Option<Range<usize>> {
        let end = self.all.get(part)?.start;
        let mut first = self.of(from);
        while first < part && self.is_setting(self.all[first].start) {
            first += 1;
        }
        // «О том, что A, сообщил X»
        if first + 1 < part
            && self.all[first].len() <= 2
            && self.is(self.all[first].start, WordClass::Preposition)
            && self.is(self.all[first + 1].start, WordClass::Complementizer)
        {
            first += 1;
        }
        if first >= part {
            return None;
        }
        // «Он был краток: «A», — сказал X»
        if self.is_quotation(part - 1)
            && let Some(colon) = (first + 1..part).rev().find(|at| self.before(*at) == ":")
            && (colon..part).all(|at| self.is_quotation(at))
        {
            first = colon;
        }
        let range = self.trimmed(self.all[first].start.max(from)..end);
        let mut start = range.start;
        // A conjunction that joins the clause to one that is attributed already.
        while start < range.end
            && from > self.context.sentence.start
            && (self.context.outside)(start)
            && (self.is(start, WordClass::Conjunction) || self.is(start, WordClass::Breaker))
        {
            start += 1;
        }
        (start < range.end).then_some(start..range.end)
    }

    /// Introductory words that are no content: «Кроме того», «При этом».
    pub fn introduces(&self, left: &Range<usize>) -> bool {
        left.len() <= 4
            && left.clone().all(|at| {
                (self.context.outside)(at)
                    && (self.is(at, WordClass::Stop)
                        || self.is(at, WordClass::Preposition)
                        || self.is(at, WordClass::Breaker)
                        || self.is(at, WordClass::Conjunction)
                        || self.is(at, WordClass::AdverbBetween)
                        || self.is(at, WordClass::TimeWord)
                        || self.context.language.calendar.contains_key(self.context.text.word(at)))
            })
    }

    /// True if the cue denies an answer: «не уточнил, когда».
    pub fn withholds(&self, cue: &CueMatch, start: usize) -> bool {
        let first = start + usize::from(self.is(start, WordClass::Preposition));
        cue.negated && cue.entry.class != CueClass::Denying && self.is(first, WordClass::Question)
    }
}
