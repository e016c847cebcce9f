//! The words of a clause that name the source of its cue, by case, gender and number.

use crate::attribute::attribution::{CueMatch, Source, SourceKind};
use crate::attribute::people::mention::{Mention, Referent};
use crate::attribute::rules::inflected::parts::SentenceParts;
use crate::model::{Ending, PronounRole, WordClass};
use std::ops::Range;

impl SentenceParts<'_, '_> {
    /// Gender and number of the subject as the ending of the cue's verb shows them.
    pub fn agreement(&self, cue: &CueMatch) -> Option<Ending> {
        cue.tokens.clone().find_map(|index| {
            self.ending(index)
                .filter(|ending| matches!(ending, Ending::PastMale | Ending::PastFemale | Ending::PastPlural))
        })
    }

    /// True for a gerund, which has no subject of its own.
    pub fn is_gerund(&self, cue: &CueMatch) -> bool {
        self.ending(cue.tokens.start) == Some(Ending::Gerund)
    }

    /// True if a mention agrees with the cue's verb. `joint`: it is one of several joined names.
    fn agrees(&self, mention: &Mention, cue: &CueMatch, joint: bool) -> bool {
        use crate::model::Gender;
        match self.agreement(cue) {
            Some(Ending::PastMale) => !mention.plural && mention.gender != Gender::Female,
            Some(Ending::PastFemale) => !mention.plural && mention.gender != Gender::Male,
            Some(Ending::PastPlural) => mention.plural || joint,
            _ => true,
        }
    }

    /// Mentions of a token range that lie outside quotations.
    fn mentions(&self, range: &Range<usize>) -> impl DoubleEndedIterator<Item = usize> {
        let mentions = self.context.mentions;
        let from = mentions.partition_point(|mention| mention.tokens.start < range.start);
        let to = mentions.partition_point(|mention| mention.tokens.start < range.end).max(from);
        let end = range.end;
        (from..to).filter(move |index| {
            mentions[*index].tokens.end <= end && (self.context.outside)(mentions[*index].tokens.start)
        })
    }

    /// True for a mention directly behind a preposition.
    fn governed(&self, mention: usize) -> bool {
        let start = self.context.mentions[mention].tokens.start;
        start > self.context.sentence.start && self.is(start - 1, WordClass::Preposition)
    }

    fn can_be_subject(&self, index: usize, cue: &CueMatch) -> bool {
        let mention = &self.context.mentions[index];
        let joint = self.joint(index, cue).len() > 1 || self.beside_and(mention);
        mention.speaks && mention.case.subject && !self.governed(index) && self.agrees(mention, cue, joint)
    }

    /// «X и ее супруг»
    fn beside_and(&self, mention: &Mention) -> bool {
        let Range { start, end } = mention.tokens;
        self.is(end, WordClass::Conjunction) || start > self.context.sentence.start && self.is_and(start - 1)
    }

    /// True for "and", and for «ни» before each of several names.
    fn is_and(&self, at: usize) -> bool {
        self.is(at, WordClass::Conjunction) || self.is_negator(at)
    }

    /// A mention with the mentions joined to it: «A, B и C».
    fn joint(&self, index: usize, cue: &CueMatch) -> Vec<usize> {
        let mentions = self.context.mentions;
        if matches!(self.agreement(cue), Some(Ending::PastMale | Ending::PastFemale)) {
            return vec![index];
        }
        let joins = |one: usize, two: usize| {
            let between = mentions[one].tokens.end..mentions[two].tokens.start;
            let same_case = mentions[one].case.agrees(mentions[two].case);
            let plain = (1..=2).contains(&between.len())
                && between.clone().all(|at| self.context.text.word(at) == "," || self.is_and(at));
            // «X и его коллега Y»
            let described = self.agreement(cue) == Some(Ending::PastPlural)
                && between.len() <= MAX_JOINING_TOKENS
                && self.is(between.start, WordClass::Conjunction)
                && between.clone().all(|at| {
                    !crate::attribute::rules::inflected::parts::separates(self.context.text.word(at))
                        && !self.is(at, WordClass::Preposition)
                        && (self.context.outside)(at)
                });
            same_case
                && (plain || described)
                && mentions[one].tokens.start >= self.context.sentence.start
                && mentions[two].tokens.end <= self.context.sentence.end
        };
        let (mut first, mut last) = (index, index);
        while first > 0 && joins(first - 1, first) {
            first -= 1;
        }
        while last + 1 < mentions.len() && joins(last, last + 1) {
            last += 1;
        }
        // An enumeration needs its "and".
        let and = (mentions[first].tokens.end..mentions[last].tokens.start).any(|at| self.is_and(at));
        if and { (first..=last).collect() } else { vec![index] }
    }

    /// The source of a verb in its part, looked for up to token `end`.
    pub fn subject(&self, cue: &CueMatch, part: usize, end: usize) -> Option<Source> {
        let range = self.all.get(part)?.clone();
        let before = range.start..cue.tokens.start;
        let after = cue.tokens.end..end.min(range.end).max(cue.tokens.end);
        self.pronoun(cue, &before, &after)
            .or_else(|| self.named_before(cue, &before))
            .or_else(|| self.named_after(cue, &after))
            .or_else(|| self.relative(cue, part))
            .or_else(|| self.speaking_place(cue, &before))
            .or_else(|| self.speaking_place(cue, &after))
    }

    fn source(&self, cue: &CueMatch, tokens: Range<usize>, kind: SourceKind) -> Source {
        let inverted = tokens.start >= cue.tokens.end;
        let clause = tokens.start.min(cue.tokens.start)..tokens.end.max(cue.tokens.end);
        Source { tokens, kind, clause, inverted }
    }

    fn of_mention(&self, cue: &CueMatch, mention: usize, room: &Range<usize>) -> Source {
        let all = self.joint(mention, cue);
        let mentions = self.context.mentions;
        let tokens = mentions[all[0]].tokens.start..mentions[all[all.len() - 1]].tokens.end;
        let unknown = !mentions[mention].named
            && matches!(mentions[mention].who.as_slice(), [Referent::Unlisted(name)] if
                self.context.text.span_of(tokens.clone()).of(self.context.body).trim().to_lowercase()
                    == name.trim().to_lowercase());
        if unknown && all.len() == 1 {
            // «помощник Ладогина», «источник в правительстве»
            let tokens = self.phrase(tokens.start..room.end);
            return self.source(cue, tokens, SourceKind::Phrase);
        }
        self.source(cue, tokens, SourceKind::Mentions(all))
    }

    /// A noun phrase from its first word on, up to a circumstance or an adverb.
    fn phrase(&self, room: Range<usize>) -> Range<usize> {
        let start = room.start;
        let mut end = room.end.min(start + MAX_PHRASE_TOKENS);
        if let Some(stop) = (start + 1..end).find(|index| {
            self.is_circumstance(*index, room.end)
                || self.is(*index, WordClass::Relative)
                || self.is(*index, WordClass::TimeWord)
                || self.is_prefix(*index)
                || self.context.language.calendar.contains_key(self.context.text.word(*index))
        }) {
            end = stop;
        }
        while end > start + 1
            && (self.is(end - 1, WordClass::AdverbBetween)
                || self.is(end - 1, WordClass::Preposition)
                || self.is_negator(end - 1))
        {
            end -= 1;
        }
        start..end
    }

    /// «со ссылкой на» begins here.
    fn is_prefix(&self, index: usize) -> bool {
        self.context.language.cues.get(self.context.text.word(index)).is_some_and(|cues| {
            cues.iter().any(|cue| {
                cue.takes.prefix
                    && cue
                        .words
                        .iter()
                        .enumerate()
                        .all(|(at, word)| self.context.text.word(index + at) == word)
            })
        })
    }

    fn is_negator(&self, index: usize) -> bool {
        let word = self.context.text.word(index);
        self.context.language.shifters(word).any(|shifter| {
            shifter.kind == crate::model::ShifterKind::Negator
                && matches!(shifter.words.as_slice(), [only] if only == word)
        })
    }

    /// «он сказал», «сказала она»: the pronoun nearest to the cue, with no other subject between them.
    fn pronoun(&self, cue: &CueMatch, before: &Range<usize>, after: &Range<usize>) -> Option<Source> {
        let agrees = |index: usize| {
            let word = self.context.text.word(index);
            self.context.language.pronouns.get(word).is_some_and(|readings| {
                readings.iter().any(|pronoun| {
                    use crate::model::Gender;
                    pronoun.role == PronounRole::Subject
                        && match self.agreement(cue) {
                            Some(Ending::PastMale) => !pronoun.plural && pronoun.gender != Gender::Female,
                            Some(Ending::PastFemale) => !pronoun.plural && pronoun.gender != Gender::Male,
                            Some(Ending::PastPlural) => pronoun.plural || pronoun.person == 2,
                            _ => true,
                        }
                })
            })
        };
        let usable = |index: &usize| (self.context.outside)(*index) && agrees(*index);
        let nearest = before.clone().rev().find(usable).filter(|index| {
            let between = *index + 1..before.end;
            !self.mentions(&between).any(|mention| self.can_be_subject(mention, cue))
        });
        let next = || {
            let at = after.clone().find(|index| !self.is(*index, WordClass::AdverbBetween))?;
            usable(&at).then_some(at)
        };
        let index = nearest.or_else(next)?;
        Some(self.source(cue, index..index + 1, SourceKind::Pronoun))
    }

    fn named_before(&self, cue: &CueMatch, before: &Range<usize>) -> Option<Source> {
        let fitting = || self.mentions(before).filter(|mention| self.can_be_subject(*mention, cue));
        let named = fitting().rev().find(|mention| self.context.mentions[*mention].named);
        let before_start = before.start;
        // «глава ведомства»: a mention directly behind a nominal depends on it.
        let depends = |mention: &usize| {
            mention.checked_sub(1).is_some_and(|before| {
                self.context.mentions[before].tokens.end == self.context.mentions[*mention].tokens.start
                    && self.context.mentions[before].tokens.start >= before_start
                    && self.context.mentions[*mention].case.oblique
            })
        };
        let chosen = named.or_else(|| fitting().rev().find(|mention| !depends(mention)))?;
        Some(self.of_mention(cue, chosen, before))
    }

    fn named_after(&self, cue: &CueMatch, after: &Range<usize>) -> Option<Source> {
        let fitting = || self.mentions(after).filter(|mention| self.can_be_subject(*mention, cue));
        let first = fitting().next()?;
        // «пресс-секретарь президента Ардании Нина Корчак»
        let named = fitting().find(|mention| {
            let start = self.context.mentions[first].tokens.end;
            let between = start..self.context.mentions[*mention].tokens.start.max(start);
            self.context.mentions[*mention].named
                && !between.clone().any(|at| self.is_circumstance(at, after.end))
        });
        Some(self.of_mention(cue, named.unwrap_or(first), after))
    }

    /// «Громов, который заявил»
    fn relative(&self, cue: &CueMatch, part: usize) -> Option<Source> {
        let range = self.all.get(part)?;
        let at = (range.start..cue.tokens.start).take(2).find(|at| self.is(*at, WordClass::Relative))?;
        let previous = self.all.get(part.checked_sub(1)?)?;
        let antecedent = self.mentions(previous).next_back()?;
        let tokens = at..at + 1;
        Some(self.source(cue, tokens, SourceKind::Mentions(vec![antecedent])))
    }

    /// «в МИД заявили», «сообщили в министерстве»: the place is the source of a plural verb without a
    /// subject.
    fn speaking_place(&self, cue: &CueMatch, room: &Range<usize>) -> Option<Source> {
        let several = match self.agreement(cue) {
            Some(ending) => ending == Ending::PastPlural,
            None => self.ending(cue.tokens.start) == Some(Ending::Plural),
        };
        if !several {
            return None;
        }
        let preposition = room.clone().find(|at| {
            self.is(*at, WordClass::Preposition)
                && !self.is_circumstance(*at, room.end)
                && (self.context.outside)(*at)
        })?;
        let first = preposition + 1;
        if first >= room.end {
            return None;
        }
        let whole = self.phrase(first..room.end);
        let mention = self.mentions(&whole).find(|mention| {
            let mention = &self.context.mentions[*mention];
            let listed = matches!(mention.who.as_slice(), [Referent::Listed(_)]) && !mention.plural;
            mention.tokens.start == first && listed && mention.tokens.end == whole.end
        });
        match mention {
            Some(mention) => Some(self.source(cue, whole, SourceKind::Mentions(vec![mention]))),
            None => Some(self.source(cue, whole, SourceKind::Phrase)),
        }
    }

    /// «X, apposition, заявил»: a subject in the earlier parts, back to token `from`.
    pub fn subject_across(&self, cue: &CueMatch, part: usize, from: usize) -> Option<Source> {
        let mut nominal = None;
        for earlier in (0..part).rev() {
            let range = &self.all[earlier];
            if range.start < from {
                break;
            }
            let inside =
                self.is(range.start, WordClass::Relative) || self.is(range.start, WordClass::Complementizer);
            let fitting =
                || self.mentions(range).filter(|mention| !inside && self.can_be_subject(*mention, cue));
            if let Some(named) = fitting().rev().find(|mention| self.context.mentions[*mention].named) {
                return Some(self.of_mention(cue, named, range));
            }
            if let Some(first) = fitting().next() {
                nominal = Some(self.of_mention(cue, first, range));
            }
        }
        nominal
    }

    /// The first possible subject of a part: its opening pronoun or a mention.
    pub fn subject_of(&self, cue: &CueMatch, part: usize) -> Option<Source> {
        let range = self.all.get(part)?;
        let (opening, _) = self.opening(range);
        if self.is_subject_pronoun(opening) {
            return Some(self.source(cue, opening..opening + 1, SourceKind::Pronoun));
        }
        let mention = self.mentions(range).find(|mention| self.can_be_subject(*mention, cue))?;
        Some(self.of_mention(cue, mention, range))
    }

    /// «Как заявил, выступая в сенате, X, ...»: the subject behind a setting.
    pub fn subject_behind_setting(&self, cue: &CueMatch, part: usize) -> Option<Source> {
        let range = self.all.get(part + 2)?;
        if cue.tokens.end != self.all[part].end || !self.is_setting(self.all[part + 1].start) {
            return None;
        }
        let mention = self.mentions(range).next().filter(|mention| self.can_be_subject(*mention, cue))?;
        let tokens = &self.context.mentions[mention].tokens;
        (tokens.start == range.start).then(|| self.of_mention(cue, mention, range))
    }

    /// A noun phrase that names nobody known as the source, before the verb or behind it.
    pub fn unnamed(&self, cue: &CueMatch, part: usize, end: usize) -> Option<Source> {
        let range = self.all.get(part)?;
        let (mut start, _) = self.opening(range);
        while start < cue.tokens.start && self.is_circumstance(start, cue.tokens.start) {
            start += 2;
        }
        let governed = |at: usize| self.is(at, WordClass::Preposition);
        let before = start..cue.tokens.start;
        let tokens = if before.is_empty() {
            let after = cue.tokens.end..end.min(range.end);
            let first = after.clone().find(|at| !self.is(*at, WordClass::AdverbBetween))?;
            self.phrase(first..after.end)
        } else {
            self.phrase(before)
        };
        let word = self.context.text.word(tokens.start);
        let nothing = tokens.is_empty()
            || governed(tokens.start)
            || self.is_negator(tokens.start)
            || self.is(tokens.start, WordClass::Complementizer)
            || self.is(tokens.start, WordClass::Relative)
            || self.is(tokens.start, WordClass::Auxiliary)
            || self.context.language.pronouns.contains_key(word) && tokens.len() == 1
            || (self.context.outside)(tokens.start) && self.oblique_name(tokens.start);
        (!nothing).then(|| self.source(cue, tokens, SourceKind::Phrase))
    }

    fn oblique_name(&self, first: usize) -> bool {
        self.context.mention_at(first).is_some_and(|mention| !mention.case.subject)
    }

    /// «по словам X»: the source behind the cue in its part.
    pub fn after_prefix(&self, cue: &CueMatch, part: usize) -> Option<Source> {
        let end = self.all.get(part)?.end;
        let first = cue.tokens.end;
        let room = first..end;
        if first >= end {
            return None;
        }
        // «по данным на утро» has no source.
        if self.is(first, WordClass::Preposition) {
            return Some(self.nobody(cue, end));
        }
        if let Some(at) = self.mentions(&room).next() {
            let mention = &self.context.mentions[at];
            let listed = matches!(mention.who.as_slice(), [Referent::Listed(_)]);
            if mention.tokens.start == first && (mention.named || listed) {
                let all = self.joint(at, cue);
                let last = self.context.mentions[all[all.len() - 1]].tokens.end;
                return Some(self.source(cue, first..last, SourceKind::Mentions(all)));
            }
            // «главы администрации Ладогина Нины Корчак»: the last name in one run.
            let names: Vec<usize> =
                self.mentions(&room).filter(|other| self.context.mentions[*other].named).collect();
            if let Some(name) = names.last().copied()
                && !self.context.mentions[name].case.subject
                && (names.len() > 1 || self.context.mentions[name].tokens.len() > 1)
                && !(first..self.context.mentions[name].tokens.start)
                    .any(|at| self.is(at, WordClass::Preposition))
            {
                let last = self.context.mentions[name].tokens.end;
                return Some(self.source(cue, first..last, SourceKind::Mentions(vec![name])));
            }
        }
        if self.context.language.pronouns.contains_key(self.context.text.word(first)) && room.len() == 1 {
            return Some(self.source(cue, first..first + 1, SourceKind::Pronoun));
        }
        let tokens = self.phrase(room);
        Some(self.source(cue, tokens, SourceKind::Phrase))
    }

    /// «цитирует Ладогина агентство»: the source is the object of the verb.
    pub fn cited(&self, cue: &CueMatch, part: usize) -> Option<Source> {
        if let Some(slot) = cue.slot.clone() {
            return Some(self.source(cue, slot, SourceKind::Pronoun));
        }
        let range = self.all.get(part)?;
        let after = cue.tokens.end..range.end;
        let mentions = || self.mentions(&after).filter(|mention| !self.governed(*mention));
        let object = mentions().find(|mention| {
            let mention = &self.context.mentions[*mention];
            mention.case.oblique && !mention.case.subject
        });
        if let Some(mention) = object.or_else(|| mentions().find(|m| self.context.mentions[*m].case.oblique))
        {
            let tokens = self.context.mentions[mention].tokens.clone();
            return Some(self.source(cue, tokens, SourceKind::Mentions(vec![mention])));
        }
        let pronoun = after.clone().find(|at| {
            self.context.language.pronouns.get(self.context.text.word(*at)).is_some_and(|readings| {
                readings.iter().any(|p| p.person == 3 && p.role != PronounRole::Subject)
            })
        })?;
        Some(self.source(cue, pronoun..pronoun + 1, SourceKind::Pronoun))
    }

    /// The mention behind a cue that has no subject («говорится в заявлении МИД»), else nobody.
    pub fn agentless(&self, cue: &CueMatch, part: usize) -> Source {
        let end = self.all.get(part).map_or(cue.tokens.end, |range| range.end);
        let after = cue.tokens.end..end;
        let named = self.mentions(&after).next();
        match named {
            Some(mention) => {
                let tokens = self.context.mentions[mention].tokens.clone();
                self.source(cue, tokens, SourceKind::Mentions(vec![mention]))
            }
            None => self.nobody(cue, end),
        }
    }

    fn nobody(&self, cue: &CueMatch, end: usize) -> Source {
        Source {
            tokens: cue.tokens.start..cue.tokens.start,
            kind: SourceKind::Nobody,
            clause: cue.tokens.start..end,
            inverted: true,
        }
    }
}

/// Maximum number of tokens between two joined names: «и его мерлийский коллега».
const MAX_JOINING_TOKENS: usize = 5;

/// Maximum length of a noun phrase without a known name, in tokens.
const MAX_PHRASE_TOKENS: usize = 9;
