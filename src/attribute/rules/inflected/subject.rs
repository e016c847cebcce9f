//! Who speaks in a clause, by case, gender and number.
//!
//! Lives here: the words of a clause that name the source of its cue. May not
//! live here: who they stand for (see `resolve`).

use crate::attribute::people::mentions::{Mention, Who};
use crate::attribute::rules::cues::Found;
use crate::attribute::rules::inflected::parts::Parts;
use crate::attribute::rules::word_order::source::{Source, SourceKind};
use crate::model::{Ending, PronounRole, WordClass};
use std::ops::Range;

impl Parts<'_, '_> {
    /// What the ending of a cue's verb says of its subject.
    pub fn agreement(&self, found: &Found) -> Option<Ending> {
        found.tokens.clone().find_map(|index| {
            self.ending(index)
                .filter(|ending| matches!(ending, Ending::PastMale | Ending::PastFemale | Ending::PastPlural))
        })
    }

    /// Whether a cue is a gerund: it has no subject of its own.
    pub fn is_gerund(&self, found: &Found) -> bool {
        self.ending(found.tokens.start) == Some(Ending::Gerund)
    }

    fn agrees(&self, mention: &Mention, found: &Found, joint: bool) -> bool {
        use crate::model::Gender;
        match self.agreement(found) {
            Some(Ending::PastMale) => !mention.plural && mention.gender != Gender::Female,
            Some(Ending::PastFemale) => !mention.plural && mention.gender != Gender::Male,
            Some(Ending::PastPlural) => mention.plural || joint,
            _ => true,
        }
    }

    /// Mentions of a token range that lie outside quotations.
    fn mentions(&self, range: &Range<usize>) -> impl DoubleEndedIterator<Item = usize> {
        let mentions = self.scene.mentions;
        let from = mentions.partition_point(|mention| mention.tokens.start < range.start);
        let to = mentions.partition_point(|mention| mention.tokens.start < range.end).max(from);
        let end = range.end;
        (from..to).filter(move |index| {
            mentions[*index].tokens.end <= end && (self.scene.outside)(mentions[*index].tokens.start)
        })
    }

    fn governed(&self, mention: usize) -> bool {
        let start = self.scene.mentions[mention].tokens.start;
        start > self.scene.sentence.start && self.is(start - 1, WordClass::Preposition)
    }

    fn can_be_subject(&self, index: usize, found: &Found) -> bool {
        let mention = &self.scene.mentions[index];
        let joint = self.joint(index, found).len() > 1 || self.beside_and(mention);
        mention.speaks && mention.case.subject && !self.governed(index) && self.agrees(mention, found, joint)
    }

    /// «X и ее супруг»
    fn beside_and(&self, mention: &Mention) -> bool {
        let Range { start, end } = mention.tokens;
        self.is(end, WordClass::Conjunction) || start > self.scene.sentence.start && self.is_and(start - 1)
    }

    /// "and", or «ни» before each of several.
    fn is_and(&self, at: usize) -> bool {
        self.is(at, WordClass::Conjunction) || self.is_negator(at)
    }

    /// A mention with those joined to it: «A, B и C».
    fn joint(&self, index: usize, found: &Found) -> Vec<usize> {
        let mentions = self.scene.mentions;
        if matches!(self.agreement(found), Some(Ending::PastMale | Ending::PastFemale)) {
            return vec![index];
        }
        let joins = |one: usize, two: usize| {
            let between = mentions[one].tokens.end..mentions[two].tokens.start;
            let same_case = mentions[one].case.agrees(mentions[two].case);
            let plain = (1..=2).contains(&between.len())
                && between.clone().all(|at| self.scene.text.word(at) == "," || self.is_and(at));
            // «X и его коллега Y»
            let described = self.agreement(found) == Some(Ending::PastPlural)
                && between.len() <= DESCRIBED
                && self.is(between.start, WordClass::Conjunction)
                && between.clone().all(|at| {
                    !crate::attribute::rules::inflected::parts::separates(self.scene.text.word(at))
                        && !self.is(at, WordClass::Preposition)
                        && (self.scene.outside)(at)
                });
            same_case
                && (plain || described)
                && mentions[one].tokens.start >= self.scene.sentence.start
                && mentions[two].tokens.end <= self.scene.sentence.end
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

    /// The source of a verb in its part; what lies in `room` can name it.
    pub fn subject(&self, found: &Found, part: usize, end: usize) -> Option<Source> {
        let range = self.all.get(part)?.clone();
        let before = range.start..found.tokens.start;
        let after = found.tokens.end..end.min(range.end).max(found.tokens.end);
        self.pronoun(found, &before, &after)
            .or_else(|| self.named_before(found, &before))
            .or_else(|| self.named_after(found, &after))
            .or_else(|| self.relative(found, part))
            .or_else(|| self.place(found, &before))
            .or_else(|| self.place(found, &after))
    }

    fn source(&self, found: &Found, tokens: Range<usize>, kind: SourceKind) -> Source {
        let inverted = tokens.start >= found.tokens.end;
        let clause = tokens.start.min(found.tokens.start)..tokens.end.max(found.tokens.end);
        Source { tokens, kind, clause, inverted }
    }

    fn of_mention(&self, found: &Found, mention: usize, room: &Range<usize>) -> Source {
        let all = self.joint(mention, found);
        let mentions = self.scene.mentions;
        let tokens = mentions[all[0]].tokens.start..mentions[all[all.len() - 1]].tokens.end;
        let unknown = !mentions[mention].named
            && matches!(mentions[mention].who.as_slice(), [Who::Unlisted(name)] if
                self.scene.text.span_of(tokens.clone()).of(self.scene.body).trim().to_lowercase()
                    == name.trim().to_lowercase());
        if unknown && all.len() == 1 {
            // «помощник Ладогина», «источник в правительстве»
            let tokens = self.phrase(tokens.start..room.end);
            return self.source(found, tokens, SourceKind::Phrase);
        }
        self.source(found, tokens, SourceKind::Mentions(all))
    }

    /// A noun phrase from its first word on, up to a circumstance or an adverb.
    fn phrase(&self, room: Range<usize>) -> Range<usize> {
        let start = room.start;
        let mut end = room.end.min(start + PHRASE);
        if let Some(stop) = (start + 1..end).find(|index| {
            self.is_circumstance(*index, room.end)
                || self.is(*index, WordClass::Relative)
                || self.is(*index, WordClass::TimeWord)
                || self.is_prefix(*index)
                || self.scene.language.calendar.contains_key(self.scene.text.word(*index))
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
        self.scene.language.cues.get(self.scene.text.word(index)).is_some_and(|cues| {
            cues.iter().any(|cue| {
                cue.takes.prefix
                    && cue.words.iter().enumerate().all(|(at, word)| self.scene.text.word(index + at) == word)
            })
        })
    }

    fn is_negator(&self, index: usize) -> bool {
        let word = self.scene.text.word(index);
        self.scene.language.shifters(word).any(|shifter| {
            shifter.kind == crate::model::ShifterKind::Negator
                && matches!(shifter.words.as_slice(), [only] if only == word)
        })
    }

    /// «он сказал», «сказала она»: nearest to the cue, with nobody in between.
    fn pronoun(&self, found: &Found, before: &Range<usize>, after: &Range<usize>) -> Option<Source> {
        let agrees = |index: usize| {
            let word = self.scene.text.word(index);
            self.scene.language.pronouns.get(word).is_some_and(|readings| {
                readings.iter().any(|pronoun| {
                    use crate::model::Gender;
                    pronoun.role == PronounRole::Subject
                        && match self.agreement(found) {
                            Some(Ending::PastMale) => !pronoun.plural && pronoun.gender != Gender::Female,
                            Some(Ending::PastFemale) => !pronoun.plural && pronoun.gender != Gender::Male,
                            Some(Ending::PastPlural) => pronoun.plural || pronoun.person == 2,
                            _ => true,
                        }
                })
            })
        };
        let usable = |index: &usize| (self.scene.outside)(*index) && agrees(*index);
        let nearest = before.clone().rev().find(usable).filter(|index| {
            let between = *index + 1..before.end;
            !self.mentions(&between).any(|mention| self.can_be_subject(mention, found))
        });
        let next = || {
            let at = after.clone().find(|index| !self.is(*index, WordClass::AdverbBetween))?;
            usable(&at).then_some(at)
        };
        let index = nearest.or_else(next)?;
        Some(self.source(found, index..index + 1, SourceKind::Pronoun))
    }

    fn named_before(&self, found: &Found, before: &Range<usize>) -> Option<Source> {
        let fitting = || self.mentions(before).filter(|mention| self.can_be_subject(*mention, found));
        let named = fitting().rev().find(|mention| self.scene.mentions[*mention].named);
        let before_start = before.start;
        // «глава ведомства»: what directly follows a nominal depends on it.
        let depends = |mention: &usize| {
            mention.checked_sub(1).is_some_and(|before| {
                self.scene.mentions[before].tokens.end == self.scene.mentions[*mention].tokens.start
                    && self.scene.mentions[before].tokens.start >= before_start
                    && self.scene.mentions[*mention].case.oblique
            })
        };
        let chosen = named.or_else(|| fitting().rev().find(|mention| !depends(mention)))?;
        Some(self.of_mention(found, chosen, before))
    }

    fn named_after(&self, found: &Found, after: &Range<usize>) -> Option<Source> {
        let fitting = || self.mentions(after).filter(|mention| self.can_be_subject(*mention, found));
        let first = fitting().next()?;
        // «пресс-секретарь президента Ардании Нина Корчак»
        let named = fitting().find(|mention| {
            let start = self.scene.mentions[first].tokens.end;
            let between = start..self.scene.mentions[*mention].tokens.start.max(start);
            self.scene.mentions[*mention].named
                && !between.clone().any(|at| self.is_circumstance(at, after.end))
        });
        Some(self.of_mention(found, named.unwrap_or(first), after))
    }

    /// «Громов, который заявил»
    fn relative(&self, found: &Found, part: usize) -> Option<Source> {
        let range = self.all.get(part)?;
        let at = (range.start..found.tokens.start).take(2).find(|at| self.is(*at, WordClass::Relative))?;
        let previous = self.all.get(part.checked_sub(1)?)?;
        let antecedent = self.mentions(previous).next_back()?;
        let tokens = at..at + 1;
        Some(self.source(found, tokens, SourceKind::Mentions(vec![antecedent])))
    }

    /// «в МИД заявили», «сообщили в министерстве»: a place speaks when the verb
    /// is a plural without a subject.
    fn place(&self, found: &Found, room: &Range<usize>) -> Option<Source> {
        let several = match self.agreement(found) {
            Some(ending) => ending == Ending::PastPlural,
            None => self.ending(found.tokens.start) == Some(Ending::Plural),
        };
        if !several {
            return None;
        }
        let preposition = room.clone().find(|at| {
            self.is(*at, WordClass::Preposition)
                && !self.is_circumstance(*at, room.end)
                && (self.scene.outside)(*at)
        })?;
        let first = preposition + 1;
        if first >= room.end {
            return None;
        }
        let whole = self.phrase(first..room.end);
        let mention = self.mentions(&whole).find(|mention| {
            let mention = &self.scene.mentions[*mention];
            let listed = matches!(mention.who.as_slice(), [Who::Listed(_)]) && !mention.plural;
            mention.tokens.start == first && listed && mention.tokens.end == whole.end
        });
        match mention {
            Some(mention) => Some(self.source(found, whole, SourceKind::Mentions(vec![mention]))),
            None => Some(self.source(found, whole, SourceKind::Phrase)),
        }
    }

    /// «X, apposition, заявил»: a subject in the parts before, back to `from`.
    pub fn subject_across(&self, found: &Found, part: usize, from: usize) -> Option<Source> {
        let mut nominal = None;
        for earlier in (0..part).rev() {
            let range = &self.all[earlier];
            if range.start < from {
                break;
            }
            let inside =
                self.is(range.start, WordClass::Relative) || self.is(range.start, WordClass::Complementizer);
            let fitting =
                || self.mentions(range).filter(|mention| !inside && self.can_be_subject(*mention, found));
            if let Some(named) = fitting().rev().find(|mention| self.scene.mentions[*mention].named) {
                return Some(self.of_mention(found, named, range));
            }
            if let Some(first) = fitting().next() {
                nominal = Some(self.of_mention(found, first, range));
            }
        }
        nominal
    }

    /// Whoever a part names, or the pronoun it has, as its subject.
    pub fn subject_of(&self, found: &Found, part: usize) -> Option<Source> {
        let range = self.all.get(part)?;
        let (opening, _) = self.opening(range);
        if self.is_subject_pronoun(opening) {
            return Some(self.source(found, opening..opening + 1, SourceKind::Pronoun));
        }
        let mention = self.mentions(range).find(|mention| self.can_be_subject(*mention, found))?;
        Some(self.of_mention(found, mention, range))
    }

    /// «Как заявил, выступая в сенате, X, ...»: the subject behind a circumstance.
    pub fn subject_behind_setting(&self, found: &Found, part: usize) -> Option<Source> {
        let range = self.all.get(part + 2)?;
        if found.tokens.end != self.all[part].end || !self.is_setting(self.all[part + 1].start) {
            return None;
        }
        let mention = self.mentions(range).next().filter(|mention| self.can_be_subject(*mention, found))?;
        let tokens = &self.scene.mentions[mention].tokens;
        (tokens.start == range.start).then(|| self.of_mention(found, mention, range))
    }

    /// A noun phrase that names nobody known, before the verb or behind it.
    pub fn unnamed(&self, found: &Found, part: usize, end: usize) -> Option<Source> {
        let range = self.all.get(part)?;
        let (mut start, _) = self.opening(range);
        while start < found.tokens.start && self.is_circumstance(start, found.tokens.start) {
            start += 2;
        }
        let governed = |at: usize| self.is(at, WordClass::Preposition);
        let before = start..found.tokens.start;
        let tokens = if before.is_empty() {
            let after = found.tokens.end..end.min(range.end);
            let first = after.clone().find(|at| !self.is(*at, WordClass::AdverbBetween))?;
            self.phrase(first..after.end)
        } else {
            self.phrase(before)
        };
        let word = self.scene.text.word(tokens.start);
        let nothing = tokens.is_empty()
            || governed(tokens.start)
            || self.is_negator(tokens.start)
            || self.is(tokens.start, WordClass::Complementizer)
            || self.is(tokens.start, WordClass::Relative)
            || self.is(tokens.start, WordClass::Auxiliary)
            || self.scene.language.pronouns.contains_key(word) && tokens.len() == 1
            || (self.scene.outside)(tokens.start) && self.oblique_name(tokens.start);
        (!nothing).then(|| self.source(found, tokens, SourceKind::Phrase))
    }

    fn oblique_name(&self, first: usize) -> bool {
        self.scene.mention_at(first).is_some_and(|mention| !mention.case.subject)
    }

    /// «по словам X»: the source in its part behind the cue.
    pub fn after_prefix(&self, found: &Found, part: usize) -> Option<Source> {
        let end = self.all.get(part)?.end;
        let first = found.tokens.end;
        let room = first..end;
        if first >= end {
            return None;
        }
        // «по данным на утро»: nobody's.
        if self.is(first, WordClass::Preposition) {
            return Some(self.nobody(found, end));
        }
        if let Some(at) = self.mentions(&room).next() {
            let mention = &self.scene.mentions[at];
            let listed = matches!(mention.who.as_slice(), [Who::Listed(_)]);
            if mention.tokens.start == first && (mention.named || listed) {
                let all = self.joint(at, found);
                let last = self.scene.mentions[all[all.len() - 1]].tokens.end;
                return Some(self.source(found, first..last, SourceKind::Mentions(all)));
            }
            // «главы администрации Ладогина Нины Корчак»: the last name in one run.
            let names: Vec<usize> =
                self.mentions(&room).filter(|other| self.scene.mentions[*other].named).collect();
            if let Some(name) = names.last().copied()
                && !self.scene.mentions[name].case.subject
                && (names.len() > 1 || self.scene.mentions[name].tokens.len() > 1)
                && !(first..self.scene.mentions[name].tokens.start)
                    .any(|at| self.is(at, WordClass::Preposition))
            {
                let last = self.scene.mentions[name].tokens.end;
                return Some(self.source(found, first..last, SourceKind::Mentions(vec![name])));
            }
        }
        if self.scene.language.pronouns.contains_key(self.scene.text.word(first)) && room.len() == 1 {
            return Some(self.source(found, first..first + 1, SourceKind::Pronoun));
        }
        let tokens = self.phrase(room);
        Some(self.source(found, tokens, SourceKind::Phrase))
    }

    /// «цитирует Ладогина агентство»: the one who is quoted is no subject.
    pub fn cited(&self, found: &Found, part: usize) -> Option<Source> {
        if let Some(slot) = found.slot.clone() {
            return Some(self.source(found, slot, SourceKind::Pronoun));
        }
        let range = self.all.get(part)?;
        let after = found.tokens.end..range.end;
        let mentions = || self.mentions(&after).filter(|mention| !self.governed(*mention));
        let object = mentions().find(|mention| {
            let mention = &self.scene.mentions[*mention];
            mention.case.oblique && !mention.case.subject
        });
        if let Some(mention) = object.or_else(|| mentions().find(|m| self.scene.mentions[*m].case.oblique)) {
            let tokens = self.scene.mentions[mention].tokens.clone();
            return Some(self.source(found, tokens, SourceKind::Mentions(vec![mention])));
        }
        let pronoun = after.clone().find(|at| {
            self.scene.language.pronouns.get(self.scene.text.word(*at)).is_some_and(|readings| {
                readings.iter().any(|p| p.person == 3 && p.role != PronounRole::Subject)
            })
        })?;
        Some(self.source(found, pronoun..pronoun + 1, SourceKind::Pronoun))
    }

    /// Whoever is named behind a cue that names nobody by itself: «говорится в
    /// заявлении МИД»; else nobody.
    pub fn agentless(&self, found: &Found, part: usize) -> Source {
        let end = self.all.get(part).map_or(found.tokens.end, |range| range.end);
        let after = found.tokens.end..end;
        let named = self.mentions(&after).next();
        match named {
            Some(mention) => {
                let tokens = self.scene.mentions[mention].tokens.clone();
                self.source(found, tokens, SourceKind::Mentions(vec![mention]))
            }
            None => self.nobody(found, end),
        }
    }

    fn nobody(&self, found: &Found, end: usize) -> Source {
        Source {
            tokens: found.tokens.start..found.tokens.start,
            kind: SourceKind::Nobody,
            clause: found.tokens.start..end,
            inverted: true,
        }
    }
}

/// How many tokens may join two names: «и его мерлийский коллега».
const DESCRIBED: usize = 5;

/// How long a noun phrase without a known name may be, in tokens.
const PHRASE: usize = 9;
