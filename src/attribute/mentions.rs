//! Everybody and everything that is named in an article.
//!
//! Lives here: finding names, titles with names, and nominals ("the Belarusian
//! leader"). May not live here: pronouns (see `resolve`).

use super::known::Known;
use super::names::{Case, Names, bare};
use crate::model::{
    Actor, ActorKind, Article, CalendarKind, Ending, Gender, Held, Language, Text, Title, TokenKind,
    WordClass,
};
use chrono::NaiveDate;
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
    /// Whether its form can be a subject's.
    pub case: Case,
    /// The office by which somebody on the roster was recognised.
    pub office: Option<Held>,
    /// How it was resolved, for the explanation.
    pub because: String,
}

/// What a title says about its holder.
struct Office {
    words: usize,
    role: String,
    /// What a later bare title must have in common with it.
    key: String,
    countries: Vec<usize>,
    plural: bool,
    gender: Gender,
    case: Case,
}

/// "J.R.", cut as one token.
pub fn are_initials(word: &str) -> bool {
    word.ends_with('.') && word.chars().count() > 3
}

/// "the expert" where only one person off the roster was named just before.
fn lone_person(office: &Office, wanted: Gender, before: &[Mention]) -> Option<Who> {
    if office.role != "official"
        || office.plural
        || office.case.agrees(Case { subject: false, oblique: true })
    {
        return None;
    }
    let recent = before.iter().rev().take(RECENT).filter(|mention| {
        mention.named && matches!(mention.who.as_slice(), [Who::Unlisted(name)] if name.contains(' '))
    });
    let mut found: Option<&Mention> = None;
    for mention in recent {
        if found.is_some_and(|other| other.who != mention.who) {
            return None;
        }
        found = Some(mention);
    }
    let fits = |gender: Gender| wanted == Gender::Unknown || gender == Gender::Unknown || gender == wanted;
    found.filter(|mention| fits(mention.gender)).and_then(|mention| mention.who.first().cloned())
}

/// How many mentions back a lone person is looked for.
const RECENT: usize = 8;

/// The case that a title and a name have in common.
fn both(one: Case, two: Case) -> Case {
    Case { subject: one.subject && two.subject, oblique: one.oblique && two.oblique }
}

/// All mentions of an article in reading order, not overlapping.
pub fn mentions(article: &Article, text: &Text, names: &Names, language: &Language) -> Vec<Mention> {
    let finder = Finder { article, text, names, language };
    let mut found: Vec<Mention> = Vec::new();
    let mut known = Known::default();
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

/// How far behind a title the name of its holder may begin, in tokens.
const COMPLEMENT: usize = 9;
/// The explanation of a roster name in full.
const FULL: &str = "named in full";

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
        known: &mut Known,
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
            let listed = self.listed(after, index, end, before).filter(|_| office.role != "body");
            if let Some(mention) = &listed
                && self.bears(&office, mention, end)
            {
                known.hold(&office.key, &mention.who, mention.gender);
                return listed;
            }
            if listed.is_none()
                && office.role != "body"
                && let Some((words, name)) = self.unlisted(after, sentence.clone(), known, true)
                && office.case.agrees(name.case)
            {
                let who = vec![Who::Unlisted(name.surface)];
                let gender = if name.gender == Gender::Unknown { office.gender } else { name.gender };
                known.hold(&office.key, &who, gender);
                return Some(Mention {
                    tokens: index..after + words,
                    who,
                    gender,
                    plural: false,
                    speaks: true,
                    named: true,
                    case: both(office.case, name.case),
                    office: None,
                    because: "named with a title".into(),
                });
            }
            if let Some(mention) = self.named_later(index, &office, sentence, before, known) {
                return Some(mention);
            }
            return self.nominal(index, &office, before, known);
        }
        let (words, name) = self.unlisted(index, sentence, known, false)?;
        Some(Mention {
            tokens: index..index + words,
            who: vec![Who::Unlisted(name.surface)],
            gender: name.gender,
            plural: false,
            speaks: true,
            named: true,
            case: name.case,
            office: None,
            because: "a name off the roster".into(),
        })
    }

    /// «министр культуры Алла Рогова»: a title whose holder is named at the end
    /// of its noun phrase stands for that person.
    fn named_later(
        &self,
        index: usize,
        office: &Office,
        sentence: Range<usize>,
        before: &[Mention],
        known: &mut Known,
    ) -> Option<Mention> {
        if !self.declines() || office.plural || office.role == "body" {
            return None;
        }
        let after = index + office.words;
        let end = sentence.end.min(after + COMPLEMENT);
        let mut at = after;
        while at < end {
            if let Some(mention) = self.listed(at, at, sentence.end, before) {
                if at > after && mention.because == FULL && office.case.agrees(mention.case) {
                    known.hold(&office.key, &mention.who, mention.gender);
                    return Some(Mention {
                        tokens: index..after,
                        named: false,
                        case: office.case,
                        ..mention
                    });
                }
                at = mention.tokens.end;
                continue;
            }
            if let Some((words, name)) = self.unlisted(at, sentence.clone(), known, false)
                && (words > 1 || at > after)
            {
                if words > 1 && self.is_person(at) && office.case.agrees(name.case) {
                    let who = vec![Who::Unlisted(name.surface)];
                    known.hold(&office.key, &who, name.gender);
                    return Some(Mention {
                        tokens: index..after,
                        who,
                        gender: name.gender,
                        plural: false,
                        speaks: true,
                        named: false,
                        case: office.case,
                        office: None,
                        because: "a title of the name behind it".into(),
                    });
                }
                at += words;
                continue;
            }
            if self.ends_noun_phrase(at) {
                return None;
            }
            at += 1;
        }
        None
    }

    /// A first name or an initial opens a person's name.
    fn is_person(&self, at: usize) -> bool {
        let word = self.text.word(at);
        self.language.given_names.contains_key(word) || word.chars().count() == 1 || are_initials(word)
    }

    fn ends_noun_phrase(&self, at: usize) -> bool {
        let word = self.text.word(at);
        let past = matches!(
            self.language.ending(word),
            Some(Ending::PastMale | Ending::PastFemale | Ending::PastPlural)
        );
        match self.text.tokens[at].kind {
            TokenKind::Punctuation => !matches!(word, "«" | "»" | "\"" | "„" | "“" | "”"),
            TokenKind::Number => true,
            TokenKind::Word => {
                past && !self.capital(at)
                    || self.language.cues.contains_key(word)
                        && !self.language.is(word, WordClass::Preposition)
                    || self.language.is(word, WordClass::Complementizer)
                    || self.language.is(word, WordClass::Relative)
                    || self.language.is(word, WordClass::Breaker)
                    || self.language.is(word, WordClass::Auxiliary)
            }
        }
    }

    /// Whether a name behind a title is that of its holder: «президент Ладогин»,
    /// not «пресс-секретарь Ладогина» nor «пресс-секретарь Ладогина Нина Корчак».
    fn bears(&self, office: &Office, mention: &Mention, end: usize) -> bool {
        let next = mention.tokens.end;
        let another = mention.case == Case::ANY
            && self.declines()
            && next + 1 < end
            && self.capital(next)
            && self.capital(next + 1);
        office.case.agrees(mention.case) && !another
    }

    fn declines(&self) -> bool {
        !self.language.declensions.0.is_empty()
    }

    /// A roster name at `at`; the mention starts at `from` (where its title is).
    fn listed(&self, at: usize, from: usize, end: usize, before: &[Mention]) -> Option<Mention> {
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
            case: first.case,
            office: None,
            because: if first.full { FULL } else { "named by surname" }.into(),
        })
    }

    /// Tokens of initials at `at`: "J. R.", «П.».
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

    /// Whether an actor has a full name that begins with this letter.
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

    /// An office at `index`: [adjective] title [of country [and country]].
    fn office(&self, index: usize, end: usize) -> Option<Office> {
        let mut at = index;
        let mut countries: Vec<usize> = Vec::new();
        while let Some(word) = self.word(at, end) {
            match self.names.adjective(word) {
                Some(found) => countries.push(found),
                None if countries.is_empty() || !self.language.is(word, WordClass::Conjunction) => break,
                None => {}
            }
            at += 1;
            if at - index > 3 {
                return None;
            }
        }
        let (title, words, inner) = self.title(at, end)?;
        let case = self.case_of_title(title, at, end);
        let key = self.key(title, at);
        at += words;
        if self.word(at, end) == Some(".") && self.abbreviated(at - 1) {
            at += 1;
        }
        countries.extend(inner);
        // A country may follow: "of Belarus", «Белоруссии», "to Russia".
        for _ in 0..2 {
            let mut next = at;
            for _ in 0..2 {
                if self.word(next, end).is_some_and(|word| {
                    self.language.is(word, WordClass::Preposition)
                        || self.language.is(word, WordClass::Article)
                        || title.plural && next > at && self.language.is(word, WordClass::Conjunction)
                        || title.plural
                            && !countries.is_empty()
                            && self.language.is(word, WordClass::Conjunction)
                }) {
                    next += 1;
                }
            }
            match self.names.country_at(|offset| self.word(next + offset, end)) {
                Some((found, words)) => {
                    countries.push(found);
                    at = next + words;
                }
                None => break,
            }
        }
        if !title.plural {
            countries.truncate(1);
        }
        Some(Office {
            words: at - index,
            role: title.role.clone(),
            key,
            countries,
            plural: title.plural,
            gender: title.gender,
            case,
        })
    }

    /// "Mr" before its full stop.
    fn abbreviated(&self, index: usize) -> bool {
        self.language.abbreviations.contains(&format!("{}.", self.text.word(index)))
    }

    /// The longest title at `at`, the tokens it takes, and the country of an
    /// adjective inside it: «глава арданского МИД».
    fn title(&self, at: usize, end: usize) -> Option<(&'a Title, usize, Option<usize>)> {
        let code = &self.language.code;
        let plain = self.names.title_at(code, |offset| self.word(at + offset, end))?;
        let adjective = (at + 1..end.min(at + 4))
            .find_map(|token| self.names.adjective(self.text.word(token)).map(|country| (token, country)));
        if self.declines()
            && let Some((token, country)) = adjective
            && let Some(split) = self.names.title_at(code, |offset| {
                let place = at + offset;
                self.word(place + usize::from(place >= token), end)
            })
            && split.words.len() > plain.words.len()
            && at + split.words.len() > token
        {
            return Some((split, split.words.len() + 1, Some(country)));
        }
        Some((plain, plain.words.len(), None))
    }

    /// A title is oblique when its first word is a case of another title's.
    fn case_of_title(&self, title: &Title, at: usize, end: usize) -> Case {
        if !self.declines() {
            return Case::ANY;
        }
        let bases = self.language.declensions.nominatives(self.text.word(at), Gender::Unknown);
        let oblique = bases.iter().any(|base| {
            let code = &self.language.code;
            let found = self.names.title_at(code, |offset| match offset {
                0 => Some(base.as_str()),
                _ => title.words.get(offset).map(String::as_str).or(self.word(at + offset, end)),
            });
            found.is_some_and(|found| found.plural == title.plural && found.words.len() == title.words.len())
        });
        Case { subject: !oblique, oblique }
    }

    /// Titles of one office are one to a reader, those of persons of rank are not:
    /// a mayor is no deputy.
    fn key(&self, title: &Title, at: usize) -> String {
        if title.role != "chairman" {
            return title.role.clone();
        }
        let word = self.text.word(at);
        let bases = self.language.declensions.nominatives(word, Gender::Male);
        let base = bases.into_iter().find(|base| {
            let code = &self.language.code;
            self.names.title_at(code, |offset| (offset == 0).then_some(base.as_str())).is_some()
        });
        base.unwrap_or_else(|| word.to_string())
    }

    /// The gender that the verb beside a nominal shows: «заявила президент».
    fn verb_gender(&self, tokens: &Range<usize>) -> Gender {
        let beside = [tokens.start.checked_sub(1), Some(tokens.end)];
        for word in beside.into_iter().flatten().map(|at| self.text.word(at)) {
            if self.language.cues.contains_key(word) {
                match self.language.ending(word) {
                    Some(Ending::PastMale) => return Gender::Male,
                    Some(Ending::PastFemale) => return Gender::Female,
                    _ => {}
                }
            }
        }
        Gender::Unknown
    }

    /// "the Belarusian leader", "the two presidents", "critics".
    fn nominal(&self, index: usize, office: &Office, before: &[Mention], known: &Known) -> Option<Mention> {
        let tokens = index..index + office.words;
        let day = self.article.published.map(|published| published.day);
        let surface = self.text.span_of(tokens.clone()).of(&self.article.body);
        let surface = surface.split_whitespace().collect::<Vec<_>>().join(" ");
        let surface = super::resolve::unpossessed(&surface).to_string();
        let wanted = self.verb_gender(&tokens);
        let (who, because) = self.holders(office, wanted, day, before, &surface);
        if office.role == "mister" {
            return None;
        }
        let holder = known.holder(&office.key, wanted).or_else(|| lone_person(office, wanted, before));
        let (who, because) = match (holder, who.as_slice()) {
            (Some(holder), [Who::Unlisted(_)]) if !office.plural && office.countries.is_empty() => {
                (vec![holder], format!("“{surface}”: whoever was named with that title"))
            }
            _ => (who, because),
        };
        let gender = match who.as_slice() {
            [Who::Listed(actor)] => {
                self.names.roster().actors.get(*actor).map_or(office.gender, |actor| actor.gender)
            }
            _ if wanted != Gender::Unknown => wanted,
            _ => office.gender,
        };
        let plural = office.plural;
        let held = match (who.as_slice(), office.countries.as_slice()) {
            ([Who::Listed(_)], [country]) if office.role != "body" => {
                let country = self.names.roster().countries.get(*country);
                country.map(|country| Held { role: office.role.clone(), country: country.id.clone() })
            }
            _ => None,
        };
        Some(Mention {
            tokens,
            plural,
            who,
            gender,
            speaks: true,
            named: false,
            case: office.case,
            office: held,
            because,
        })
    }

    fn holders(
        &self,
        office: &Office,
        wanted: Gender,
        day: Option<NaiveDate>,
        before: &[Mention],
        surface: &str,
    ) -> (Vec<Who>, String) {
        let roster = self.names.roster();
        let of_country = |country: &usize| {
            let country = roster.countries.get(*country)?;
            if office.role == "body" {
                return self.body(&country.id, surface);
            }
            roster.holder(&office.role, &country.id, day?)
        };
        let holders: Vec<usize> = office.countries.iter().filter_map(of_country).collect();
        let enough = if office.plural { 2 } else { 1 };
        if holders.len() >= enough && holders.len() == office.countries.len() {
            let on = day.map(|day| format!(" on {day}")).unwrap_or_default();
            let because = format!("held the office “{surface}”{on}");
            return (holders.into_iter().map(Who::Listed).collect(), because);
        }
        if office.countries.is_empty()
            && let Some(day) = day
        {
            // "the president": whoever of those just spoken of held such an office.
            let mut holders: Vec<usize> = Vec::new();
            for mention in before.iter().rev().take(40) {
                for who in &mention.who {
                    let Who::Listed(actor) = who else { continue };
                    let holds = roster.actors.get(*actor).is_some_and(|actor| {
                        let fits = wanted == Gender::Unknown || actor.gender == wanted;
                        fits && actor.offices.iter().any(|held| {
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

    fn names_a_country(&self, word: &str) -> bool {
        self.names.adjective(word).is_some()
            || self.names.country_at(|offset| (offset == 0).then_some(word)).is_some()
    }

    /// The one body of a country that is called what the last words of a
    /// nominal say: «арданский МИД».
    fn body(&self, country: &str, surface: &str) -> Option<usize> {
        let said = surface.split(' ').map(str::to_lowercase);
        let words: Vec<String> = said.filter(|word| !self.names_a_country(word)).collect();
        let called = |actor: &Actor| {
            actor.kind == ActorKind::Body
                && actor.country.as_deref() == Some(country)
                && actor.aliases.values().flatten().any(|alias| {
                    alias.to_lowercase().split(' ').any(|part| words.iter().any(|word| word == part))
                })
        };
        let mut fitting = self
            .names
            .roster()
            .actors
            .iter()
            .enumerate()
            .filter(|(_, actor)| called(actor))
            .map(|(at, _)| at);
        let first = fitting.next()?;
        fitting.next().is_none().then_some(first)
    }

    /// A capitalised name off the roster: two words or more, or one word that a
    /// longer name in this article ends with, or (after a title) any one word.
    fn unlisted(
        &self,
        index: usize,
        sentence: Range<usize>,
        known: &mut Known,
        after_title: bool,
    ) -> Option<(usize, super::known::Name)> {
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
        // «Института Роман Дубинин»: the name begins at the first name.
        let given = |at: usize| self.language.given_names.contains_key(self.text.word(at));
        if end - index > 2 && !given(index) && (index + 1..end - 1).any(given) {
            return None;
        }
        let words: Vec<&str> = (index..end).map(|at| bare(self.text.word(at))).collect();
        let surface = self.text.span_of(index..end).of(&self.article.body);
        let surface = surface.split_whitespace().collect::<Vec<_>>().join(" ");
        let surface = bare(&surface).trim_end_matches("’s").trim_end_matches('’').to_string();
        if words.len() >= 2 {
            return Some((end - index, known.full(&words, surface, self.language)));
        }
        match known.surname(words.last()?, self.language) {
            Some(name) => Some((1, name)),
            None if after_title => {
                let case = super::known::case_of_surname(words.last()?, self.language);
                Some((1, super::known::Name { surface, gender: Gender::Unknown, case }))
            }
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
