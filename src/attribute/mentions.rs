//! Everybody and everything that is named in an article.
//!
//! Lives here: finding names, titles with names, and nominals ("the Belarusian
//! leader"). May not live here: pronouns (see `resolve`).

use super::names::{Names, bare};
use crate::model::{Article, CalendarKind, Gender, Language, Text, TokenKind, WordClass};
use chrono::NaiveDate;
use std::collections::HashMap;
use std::ops::Range;

/// Somebody an article speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// Index into the roster.
    Listed(usize),
    /// A name off the roster, in its fullest form in this article.
    Unlisted(String),
}

/// One place where somebody is named.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Tokens, a title in front included.
    pub tokens: Range<usize>,
    /// Who; several for "the two presidents".
    pub who: Vec<Who>,
    /// For pronouns that refer back to it.
    pub gender: Gender,
    /// Several persons.
    pub plural: bool,
    /// A person or body that can be "he" or "she" or "it" as a speaker;
    /// bare capitalised names of things are mentions too.
    pub speaks: bool,
    /// A name stands in it (not only a title).
    pub named: bool,
    /// How it was resolved, for the explanation.
    pub because: String,
}

/// What a title says about its holder.
struct Office {
    words: usize,
    role: String,
    country: Option<usize>,
    plural: bool,
    gender: Gender,
}

/// All mentions of an article in reading order, not overlapping.
pub fn mentions(article: &Article, text: &Text, names: &Names, language: &Language) -> Vec<Mention> {
    let finder = Finder { article, text, names, language };
    let mut found: Vec<Mention> = Vec::new();
    let mut known: HashMap<String, String> = HashMap::new();
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

struct Finder<'a> {
    article: &'a Article,
    text: &'a Text,
    names: &'a Names,
    language: &'a Language,
}

impl<'a> Finder<'a> {
    fn word(&self, index: usize, end: usize) -> Option<&'a str> {
        let text = self.text;
        (index < end).then(|| text.word(index))
    }

    fn capital(&self, index: usize) -> bool {
        self.text.tokens.get(index).is_some_and(|token| {
            token.kind == TokenKind::Word
                && token.span.of(&self.article.body).chars().next().is_some_and(char::is_uppercase)
        })
    }

    fn at(
        &self,
        index: usize,
        sentence: Range<usize>,
        before: &[Mention],
        known: &mut HashMap<String, String>,
    ) -> Option<Mention> {
        let end = sentence.end;
        if self.text.tokens.get(index)?.kind != TokenKind::Word {
            return None;
        }
        if let Some(mention) = self.listed(index, index, end, before) {
            return Some(mention);
        }
        if let Some(office) = self.office(index, end) {
            let after = index + office.words;
            let mut name_at = after;
            // "Secretary of State of the Union State, Grigory Rapota": no comma wanted,
            // but an article may stand in between in other languages' order.
            if self.word(name_at, end).is_some_and(|word| word == ",") {
                name_at = after + 1;
            }
            if let Some(mention) = self.listed(name_at, index, end, before).filter(|_| name_at == after) {
                return Some(mention);
            }
            if name_at == after
                && let Some((words, name)) = self.unlisted(after, sentence.clone(), known, true)
            {
                return Some(Mention {
                    tokens: index..after + words,
                    who: vec![Who::Unlisted(name)],
                    gender: office.gender,
                    plural: false,
                    speaks: true,
                    named: true,
                    because: "named with a title".into(),
                });
            }
            return self.nominal(index, &office, before);
        }
        let (words, name) = self.unlisted(index, sentence, known, false)?;
        Some(Mention {
            tokens: index..index + words,
            who: vec![Who::Unlisted(name)],
            gender: Gender::Unknown,
            plural: false,
            speaks: true,
            named: true,
            because: "a name off the roster".into(),
        })
    }

    /// A roster name at `at`; the mention starts at `from` (where its title is).
    fn listed(&self, at: usize, from: usize, end: usize, before: &[Mention]) -> Option<Mention> {
        if !self.capital(at) {
            return None;
        }
        let forms = self.names.at(|offset| self.word(at + offset, end));
        let first = forms.first()?;
        let words = first.words.len();
        let chosen = if forms.iter().all(|form| form.actor == first.actor) {
            first.actor
        } else {
            // A surname of two actors: the one spoken of last, else nobody.
            before.iter().rev().find_map(|mention| {
                mention.who.iter().find_map(|who| match who {
                    Who::Listed(actor) if forms.iter().any(|form| form.actor == *actor) => Some(*actor),
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
            who: vec![Who::Listed(chosen)],
            gender: actor.gender,
            plural: false,
            speaks: true,
            named: true,
            because: if first.full { "named in full" } else { "named by surname" }.into(),
        })
    }

    /// Whether the capitalised word before a surname is another first name.
    fn other_person(&self, at: usize, before: &[Mention]) -> bool {
        let previous = self.text.word(at - 1);
        let adjacent = before.last().is_some_and(|mention| mention.tokens.end == at);
        let is_initial = previous.chars().count() == 1;
        !adjacent
            && !is_initial
            && !self.language.is(previous, WordClass::Stop)
            && !self.language.is(previous, WordClass::Preposition)
            && !self.language.is(previous, WordClass::Breaker)
            && !self.language.cues.contains_key(previous)
            && self.names.adjective(previous).is_none()
            && !self.is_calendar(previous)
            && !self.sentence_opens(at - 1)
    }

    fn sentence_opens(&self, index: usize) -> bool {
        let next = self.text.sentences.partition_point(|sentence| sentence.tokens.start < index);
        self.text.sentences.get(next).is_some_and(|sentence| sentence.tokens.start == index)
            && !self.capital(index + 1)
    }

    fn is_calendar(&self, word: &str) -> bool {
        self.language.calendar.get(word).is_some_and(|kinds| {
            kinds.iter().any(|(kind, _)| {
                matches!(kind, CalendarKind::Month | CalendarKind::Weekday | CalendarKind::Day)
            })
        })
    }

    /// An office at `index`: [adjective] title [of country [to country]].
    fn office(&self, index: usize, end: usize) -> Option<Office> {
        let mut at = index;
        let mut country = None;
        while let Some(found) = self.word(at, end).and_then(|word| self.names.adjective(word)) {
            country = Some(found);
            at += 1;
            if at - index > 2 {
                return None;
            }
        }
        let title = self.names.title_at(&self.language.code, |offset| self.word(at + offset, end))?;
        at += title.words.len();
        // A country may follow: "of Belarus", «Белоруссии», "to Russia".
        for _ in 0..2 {
            let mut next = at;
            for _ in 0..2 {
                if self.word(next, end).is_some_and(|word| {
                    self.language.is(word, WordClass::Preposition)
                        || self.language.is(word, WordClass::Article)
                }) {
                    next += 1;
                }
            }
            match self.names.country_at(|offset| self.word(next + offset, end)) {
                Some((found, words)) => {
                    country = country.or(Some(found));
                    at = next + words;
                }
                None => break,
            }
        }
        Some(Office {
            words: at - index,
            role: title.role.clone(),
            country,
            plural: title.plural,
            gender: title.gender,
        })
    }

    /// "the Belarusian leader", "the two presidents", "critics".
    fn nominal(&self, index: usize, office: &Office, before: &[Mention]) -> Option<Mention> {
        let tokens = index..index + office.words;
        let day = self.article.published.map(|published| published.day);
        let surface = self.text.span_of(tokens.clone()).of(&self.article.body);
        let surface = surface.split_whitespace().collect::<Vec<_>>().join(" ");
        let (who, because) = self.holders(office, day, before, &surface);
        if office.role == "mister" {
            return None;
        }
        let gender = match who.as_slice() {
            [Who::Listed(actor)] => {
                self.names.roster().actors.get(*actor).map_or(office.gender, |actor| actor.gender)
            }
            _ => office.gender,
        };
        Some(Mention { tokens, plural: office.plural, who, gender, speaks: true, named: false, because })
    }

    fn holders(
        &self,
        office: &Office,
        day: Option<NaiveDate>,
        before: &[Mention],
        surface: &str,
    ) -> (Vec<Who>, String) {
        let roster = self.names.roster();
        if let (Some(country), Some(day), false) = (office.country, day, office.plural)
            && let Some(country) = roster.countries.get(country)
            && let Some(actor) = roster.holder(&office.role, &country.id, day)
        {
            let because = format!("held the office “{surface}” on {day}");
            return (vec![Who::Listed(actor)], because);
        }
        if office.country.is_none()
            && let Some(day) = day
        {
            // "the president": whoever of those just spoken of held such an office.
            let mut holders: Vec<usize> = Vec::new();
            for mention in before.iter().rev().take(40) {
                for who in &mention.who {
                    let Who::Listed(actor) = who else { continue };
                    let holds = roster.actors.get(*actor).is_some_and(|actor| {
                        actor.offices.iter().any(|held| {
                            held.held_on(day)
                                && (held.role == office.role
                                    || office.role == "leader" && held.role == "head_of_state")
                        })
                    });
                    if holds && !holders.contains(actor) {
                        holders.push(*actor);
                    }
                }
                if !office.plural && !holders.is_empty() || holders.len() == 2 {
                    break;
                }
            }
            if !office.plural && holders.len() == 1 || office.plural && holders.len() == 2 {
                holders.sort_unstable();
                let because = format!("“{surface}”: of those named before, holder of the office on {day}");
                return (holders.into_iter().map(Who::Listed).collect(), because);
            }
        }
        (vec![Who::Unlisted(surface.to_string())], format!("“{surface}” fits nobody on the roster"))
    }

    /// A capitalised name off the roster: two words or more, or one word that a
    /// longer name in this article ends with, or (after a title) any one word.
    fn unlisted(
        &self,
        index: usize,
        sentence: Range<usize>,
        known: &mut HashMap<String, String>,
        after_title: bool,
    ) -> Option<(usize, String)> {
        if !self.capital(index) || !self.can_be_name(index, index == sentence.start) {
            return None;
        }
        let mut end = index + 1;
        while end < sentence.end && end - index < 6 {
            let initial = self.text.word(end) == "."
                && self.text.word(end - 1).chars().count() == 1
                && self.capital(end + 1);
            if initial || self.capital(end) && self.can_be_name(end, false) {
                let possessive = bare(self.text.word(end - 1)) != self.text.word(end - 1);
                if possessive {
                    break;
                }
                end += 1;
            } else {
                break;
            }
        }
        let words: Vec<String> = (index..end).map(|at| bare(self.text.word(at)).to_string()).collect();
        let surface = self.text.span_of(index..end).of(&self.article.body);
        let surface = surface.split_whitespace().collect::<Vec<_>>().join(" ");
        let surface = bare(&surface).trim_end_matches("’s").trim_end_matches('’').to_string();
        let last = words.last()?.clone();
        if words.len() >= 2 {
            known.insert(last, surface.clone());
            return Some((end - index, surface));
        }
        match known.get(&last) {
            Some(full) => Some((1, full.clone())),
            None if after_title => Some((1, surface)),
            None => None,
        }
    }

    fn can_be_name(&self, index: usize, opens: bool) -> bool {
        let word = self.text.word(index);
        let closed = self.language.is(word, WordClass::Stop)
            || self.language.is(word, WordClass::Article)
            || self.language.is(word, WordClass::Preposition)
            || self.language.is(word, WordClass::Breaker)
            || self.language.pronouns.contains_key(word)
            || self.is_calendar(word);
        !closed && self.names.adjective(word).is_none() && !(opens && self.language.cues.contains_key(word))
    }
}
