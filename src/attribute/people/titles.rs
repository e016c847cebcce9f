//! Titles with and without a name ("President Holm", "the Belarusian leader"), and the person
//! that a title without a name refers to.

use crate::attribute::people::mention::{Mention, Referent as Who, are_initials};
use crate::attribute::people::mentions::{FULL, Finder};
use crate::attribute::people::named_so_far::NamedSoFar as Known;
use crate::attribute::people::roster_index::Case;
use crate::model::{Actor, ActorKind, Ending, Gender, Held, Role, Title, TokenFlag, TokenKind, WordClass};
use chrono::NaiveDate;
use std::ops::Range;

/// What a title says about its holder.
pub struct Office {
    pub words: usize,
    pub role: Role,
    /// What a later bare title must have in common with it.
    pub key: String,
    pub countries: Vec<usize>,
    pub plural: bool,
    pub gender: Gender,
    pub case: Case,
}

/// How far behind a title the name of its holder may begin, in tokens.
const COMPLEMENT: usize = 9;
/// "the expert" where only one person off the roster was named just before.
fn lone_person(office: &Office, wanted: Gender, before: &[Mention]) -> Option<Who> {
    if office.role != Role::Official
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

impl<'a> Finder<'a> {
    /// A title with the name of its holder, or alone.
    pub(crate) fn titled(
        &self,
        index: usize,
        office: &Office,
        sentence: Range<usize>,
        before: &[Mention],
        known: &mut Known,
    ) -> Option<Mention> {
        let end = sentence.end;
        let after = index + office.words;
        let listed = self.listed(after, index, end, before).filter(|_| office.role != Role::Body);
        if let Some(mention) = &listed
            && self.bears(office, mention, end)
        {
            known.hold(&office.key, &mention.who, mention.gender);
            return listed;
        }
        if listed.is_none()
            && office.role != Role::Body
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
        if let Some(mention) = self.named_later(index, office, sentence, before, known) {
            return Some(mention);
        }
        self.nominal(index, office, before, known)
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
        if !self.declines() || office.plural || office.role == Role::Body {
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
                    || self.text.has(at, TokenFlag::Cue) && !self.text.is(at, WordClass::Preposition)
                    || self.text.is(at, WordClass::Complementizer)
                    || self.text.is(at, WordClass::Relative)
                    || self.text.is(at, WordClass::Breaker)
                    || self.text.is(at, WordClass::Auxiliary)
            }
        }
    }

    /// Whether a name behind a title is that of its holder: «президент Ладогин»,
    /// not «пресс-секретарь Ладогина» nor «пресс-секретарь Ладогина Нина Корчак».
    fn bears(&self, office: &Office, mention: &Mention, end: usize) -> bool {
        let next = mention.tokens.end;
        let another = self.capital(next) && self.capital(next + 1) && next + 1 < end;
        let whose = office.role == Role::Spokesperson && mention.because != FULL && mention.case.oblique;
        office.case.agrees(mention.case) && !(self.declines() && (another || whose))
    }
    /// An office at `index`: [adjective] title [of country [and country]].
    pub(crate) fn office(&self, index: usize, end: usize) -> Option<Office> {
        let mut at = index;
        let mut countries: Vec<usize> = Vec::new();
        while let Some(word) = self.word(at, end) {
            match self.names.adjective(word) {
                Some(found) => countries.push(found),
                None if countries.is_empty() || !self.text.is(at, WordClass::Conjunction) => break,
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
                let joins = title.plural
                    && (next > at || !countries.is_empty())
                    && self.text.is(next, WordClass::Conjunction);
                if next < end
                    && (self.text.is(next, WordClass::Preposition)
                        || self.text.is(next, WordClass::Article)
                        || joins)
                {
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
            role: title.role,
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
        if !self.text.has(at, TokenFlag::Title) {
            return None;
        }
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
        if title.role != Role::Chairman {
            return title.role.as_str().to_string();
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
        let surface = crate::attribute::people::resolve::uncapitalised(
            self.text,
            index,
            self.language.possessives.strip_typed(&surface),
        );
        let wanted = self.verb_gender(&tokens);
        let (who, because) = self.holders(office, wanted, day, before, &surface);
        if office.role == Role::Mister {
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
            ([Who::Listed(_)], [country]) if office.role != Role::Body => {
                let country = self.names.roster().countries.get(*country);
                country.map(|country| Held { role: office.role, country: country.id.clone() })
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
            if office.role == Role::Body {
                return self.body(&country.id, surface);
            }
            roster.holder(office.role, &country.id, day?)
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
                                    || office.role == Role::Leader && held.role == Role::HeadOfState)
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
}
