//! Finds every person and body that an article names. Offices and titles are found in `titles`.

use crate::attribute::people::mention::{Mention, Referent, are_initials};
use crate::attribute::people::named_so_far::{NamedSoFar, ResolvedName, case_of_surname};
use crate::attribute::people::roster_index::RosterIndex;
use crate::model::{Article, CalendarKind, Gender, Language, Text, TokenFlag, TokenKind, WordClass};
use std::ops::Range;

/// All mentions of an article in reading order, without overlaps.
pub fn mentions(article: &Article, text: &Text, names: &RosterIndex, language: &Language) -> Vec<Mention> {
    let finder = Finder { article, text, names, language };
    let mut found: Vec<Mention> = Vec::new();
    let mut known = NamedSoFar::default();
    for sentence in &text.sentences {
        let mut index = sentence.tokens.start;
        while index < sentence.tokens.end {
            match finder.at(index, sentence.tokens.clone(), &found, &mut known) {
                Some(mention) => {
                    index = mention.tokens.end.max(index + 1);
                    found.push(mention);
                }
                None => index += 1,
            }
        }
    }
    found
}

/// `because` of a mention that is a full name of the roster.
pub const FULL: &str = "named in full";

/// What is needed to find mentions in one article.
pub struct Finder<'a> {
    pub(crate) article: &'a Article,
    pub(crate) text: &'a Text,
    pub(crate) names: &'a RosterIndex,
    pub(crate) language: &'a Language,
}

impl<'a> Finder<'a> {
    /// The folded word of a token; None from `end` on.
    pub(crate) fn word(&self, index: usize, end: usize) -> Option<&'a str> {
        let text = self.text;
        (index < end).then(|| text.word(index))
    }

    pub(crate) fn capital(&self, index: usize) -> bool {
        self.text.has(index, TokenFlag::Capital)
    }

    /// The mention that starts at a token.
    fn at(
        &self,
        index: usize,
        sentence: Range<usize>,
        before: &[Mention],
        known: &mut NamedSoFar,
    ) -> Option<Mention> {
        let end = sentence.end;
        if self.text.tokens.get(index)?.kind != TokenKind::Word {
            return None;
        }
        if let Some(mention) = self.listed(index, index, end, before) {
            return Some(mention);
        }
        if let Some(office) = self.office(index, end) {
            return self.titled(index, &office, sentence, before, known);
        }
        let (words, name) = self.unlisted(index, sentence, known, false)?;
        Some(Mention {
            tokens: index..index + words,
            who: vec![Referent::Unlisted(name.surface)],
            gender: name.gender,
            plural: false,
            speaks: true,
            named: true,
            case: name.case,
            office: None,
            because: "a name off the roster".into(),
        })
    }

    /// True if nouns of the language have cases.
    pub(crate) fn declines(&self) -> bool {
        !self.language.declensions.0.is_empty()
    }

    /// A name of the roster at token `at`. The mention starts at `from`, where its title is.
    pub(crate) fn listed(&self, at: usize, from: usize, end: usize, before: &[Mention]) -> Option<Mention> {
        if !self.capital(at) {
            return None;
        }
        let initials = self.initials(at, end);
        let forms = self.names.at(|offset| self.word(at + initials + offset, end));
        let first = forms.first()?;
        if initials > 0 && !forms.iter().any(|form| self.begins_with(form.actor, self.text.word(at))) {
            return None;
        }
        let words = initials + first.words.len();
        let chosen = if forms.iter().all(|form| form.actor == first.actor) {
            first.actor
        } else {
            // A surname of several actors: the one mentioned last, else nobody.
            before.iter().rev().find_map(|mention| {
                mention.who.iter().find_map(|who| match who {
                    Referent::Listed(actor) if forms.iter().any(|form| form.actor == *actor) => Some(*actor),
                    _ => None,
                })
            })?
        };
        // "Sergei Lavrov" must not be found in "Sergei Lavrovsky", nor the surname
        // in another person's full name: a capitalised word right before it that
        // belongs to no title makes it somebody else, unless that word opens the
        // sentence or is known.
        if !first.full && at == from && at > 0 && self.capital(at - 1) && self.other_person(at, before) {
            return None;
        }
        let actor = self.names.roster().actors.get(chosen)?;
        Some(Mention {
            tokens: from..at + words,
            who: vec![Referent::Listed(chosen)],
            gender: actor.gender,
            plural: false,
            speaks: true,
            named: true,
            case: first.case,
            office: None,
            because: if first.full { FULL } else { "named by surname" }.into(),
        })
    }

    /// Number of tokens of initials at `at`: "J. R.", «П.».
    fn initials(&self, at: usize, end: usize) -> usize {
        let is_initial = |at: usize| {
            at + 2 < end
                && self.capital(at)
                && self.text.word(at).chars().count() == 1
                && self.text.word(at + 1) == "."
                && self.capital(at + 2)
        };
        if at + 1 < end && are_initials(self.text.word(at)) && self.capital(at + 1) {
            return 1;
        }
        match (is_initial(at), is_initial(at + 2)) {
            (true, true) => 4,
            (true, false) => 2,
            _ => 0,
        }
    }

    /// True if a full name of the actor begins with the first of these initials.
    fn begins_with(&self, actor: usize, initials: &str) -> bool {
        let initial: String = initials.chars().take(1).collect();
        self.names.roster().actors.get(actor).is_some_and(|actor| {
            actor
                .aliases
                .values()
                .flatten()
                .chain([&actor.name])
                .any(|name| name.contains(' ') && name.to_lowercase().starts_with(&initial))
        })
    }

    /// True if the capitalised word before a surname is the first name of somebody else.
    fn other_person(&self, at: usize, before: &[Mention]) -> bool {
        let previous = self.text.word(at - 1);
        // «в Торне Сташенко»: a word governed by a preposition is no first name.
        let governed = self.declines()
            && at > 1
            && self.text.is(at - 2, WordClass::Preposition)
            && !self.language.given_names.contains_key(previous);
        let adjacent = before.last().is_some_and(|mention| mention.tokens.end == at);
        let is_initial = previous.chars().count() == 1;
        !adjacent
            && !governed
            && !is_initial
            && !self.text.is(at - 1, WordClass::Stop)
            && !self.text.is(at - 1, WordClass::Preposition)
            && !self.text.is(at - 1, WordClass::Breaker)
            && !self.text.has(at - 1, TokenFlag::Cue)
            && !self.is_closed_class(at - 1)
            && self.names.adjective(previous).is_none()
            && !self.is_calendar(at - 1)
            && !self.sentence_opens(at - 1)
    }

    fn sentence_opens(&self, index: usize) -> bool {
        let next = self.text.sentences.partition_point(|sentence| sentence.tokens.start < index);
        self.text.sentences.get(next).is_some_and(|sentence| sentence.tokens.start == index)
            && !self.capital(index + 1)
    }

    fn is_calendar(&self, index: usize) -> bool {
        self.text.has(index, TokenFlag::Calendar)
            && self.language.calendar.get(self.text.word(index)).is_some_and(|kinds| {
                kinds.iter().any(|(kind, _)| {
                    matches!(kind, CalendarKind::Month | CalendarKind::Weekday | CalendarKind::Day)
                })
            })
    }

    /// A capitalised name off the roster, with its number of tokens: two words or more, or one word that
    /// ends a longer name of this article, or any one word after a title.
    pub(crate) fn unlisted(
        &self,
        index: usize,
        sentence: Range<usize>,
        known: &mut NamedSoFar,
        after_title: bool,
    ) -> Option<(usize, ResolvedName)> {
        if !self.capital(index) || !self.can_be_name(index, index == sentence.start) {
            return None;
        }
        let mut end = index + 1;
        while end < sentence.end && end - index < 6 {
            let initial = self.text.word(end) == "."
                && self.text.word(end - 1).chars().count() == 1
                && self.capital(end + 1);
            // «в Торне Сташенко»: the second word is a separate name.
            let own = !initial
                && self.declines()
                && end == index + 1
                && !self.opens_name(index, end, sentence.end, known);
            if own {
                break;
            }
            if initial || self.capital(end) && self.can_be_name(end, false) {
                let last = self.text.word(end - 1);
                let possessive = self.language.possessives.strip(last) != last;
                if possessive {
                    break;
                }
                end += 1;
            } else {
                break;
            }
        }
        // «Института Роман Дубинин»: the name begins at the first name.
        let given = |at: usize| self.language.given_names.contains_key(self.text.word(at));
        if end - index > 2 && !given(index) && (index + 1..end - 1).any(given) {
            return None;
        }
        let words: Vec<&str> =
            (index..end).map(|at| self.language.possessives.strip(self.text.word(at))).collect();
        let surface = self.text.span_of(index..end).of(&self.article.body);
        let surface = surface.split_whitespace().collect::<Vec<_>>().join(" ");
        let surface = self.language.possessives.strip_typed(&surface).to_string();
        if words.len() >= 2 {
            return Some((end - index, known.add_full_name(&words, surface, self.language)));
        }
        match known.surname(words.last()?, self.language) {
            Some(name) => Some((1, name)),
            None if after_title => {
                let case = case_of_surname(words.last()?, self.language);
                Some((1, ResolvedName { surface, gender: Gender::Unknown, case }))
            }
            None => None,
        }
    }

    /// True if a word can open a name whose second word is a name by itself: only first names and
    /// initials can.
    fn opens_name(&self, index: usize, next: usize, end: usize, known: &NamedSoFar) -> bool {
        let word = self.text.word(index);
        let alone = !self.names.at(|offset| self.word(next + offset, end)).is_empty()
            || self.capital(next) && known.surname(self.text.word(next), self.language).is_some();
        !alone
            || self.language.given_names.contains_key(word)
            || word.chars().count() == 1
            || are_initials(word)
    }

    /// True for words of closed classes in languages with cases, where these words are no names.
    fn is_closed_class(&self, index: usize) -> bool {
        let classes = [
            WordClass::AdverbBetween,
            WordClass::TimeWord,
            WordClass::Auxiliary,
            WordClass::Conjunction,
            WordClass::Complementizer,
            WordClass::Question,
            WordClass::Setting,
        ];
        self.declines() && classes.iter().any(|class| self.text.is(index, *class))
    }

    fn can_be_name(&self, index: usize, opens: bool) -> bool {
        let word = self.text.word(index);
        // «О.» is a preposition only without its dot.
        if self.text.word(index + 1) == "." && self.capital(index + 2) && word.chars().count() == 1 {
            return true;
        }
        let closed = self.text.is(index, WordClass::Stop)
            || self.text.is(index, WordClass::Article)
            || self.text.is(index, WordClass::Preposition)
            || self.text.is(index, WordClass::Breaker)
            || self.text.has(index, TokenFlag::Pronoun)
            || self.is_calendar(index)
            || self.is_closed_class(index)
            || opens && self.text.has(index, TokenFlag::Cue);
        !closed && self.names.adjective(word).is_none()
    }
}
