//! Reading a sentence by its commas and endings.
//!
//! Lives here: which cue governs which words in a language that sets off every
//! clause by commas and shows by endings who acts. May not live here: words of
//! any language, or languages whose word order tells the subject (see
//! `rules`).
//!
//! The way through: `parts` cuts the sentence at its punctuation, `subject`
//! finds who speaks in a part, `extent` how far the content reaches, `around`
//! what it is when the report is set into it.

pub(crate) mod around;
pub(crate) mod extent;
pub(crate) mod parts;
pub(crate) mod subject;

use crate::attribute::rules::Attribution;
use crate::attribute::rules::cues;
use crate::attribute::rules::cues::Found;
use crate::attribute::rules::inflected::extent::Right;
use crate::attribute::rules::inflected::parts::Parts;
use crate::attribute::rules::word_order::content::Content;
use crate::attribute::rules::word_order::source::{Scene, Source, SourceKind};
use crate::model::{CueClass, Ending, Language, WordClass};
use std::ops::Range;

/// More tokens outside quotations than this are no sentence but a table or
/// a list; a bound on the length also bounds the time.
const PROSE: usize = 400;
/// A part that opens with a cue has it within so many tokens.
const OPENING: usize = 4;

/// Whether the endings of a language tell who acts.
pub fn tells_by_endings(language: &Language) -> bool {
    !language.declensions.0.is_empty()
        && language.endings.iter().any(|(_, ending)| *ending == Ending::PastFemale)
}

/// The cues of a sentence with their sources and contents.
pub fn attributions<'a>(scene: &Scene, language: &'a Language) -> Vec<Attribution<'a>> {
    if scene.sentence.clone().filter(|at| (scene.outside)(*at)).count() > PROSE {
        return Vec::new();
    }
    let parts = Parts::new(scene);
    let mut found = cues::cues(scene.text, scene.body, scene.sentence.clone(), scene.outside, language);
    found.extend(unknown_verbs(&parts, &found, language));
    found.retain(|cue| {
        let takes = cue.cue.takes;
        // «комментируя» opens circumstances, whatever else it may do.
        (!takes.agentless || takes.clause || takes.prefix) && !parts.is(cue.tokens.start, WordClass::Setting)
    });
    found.sort_by_key(|cue| cue.tokens.start);
    let mut reader = Sentence { parts, found, results: Vec::new(), from: scene.sentence.start };
    for position in 0..reader.found.len() {
        if reader.found[position].tokens.start >= reader.from {
            reader.read(position);
        }
    }
    reader.results
}

/// Verbs behind a quotation that attribute whatever they mean: «A», —
/// возмутился Громов.
fn unknown_verbs<'a>(parts: &Parts, found: &[Found], language: &'a Language) -> Vec<Found<'a>> {
    let mut all = Vec::new();
    for part in 1..parts.all.len() {
        let range = &parts.all[part];
        let known = found.iter().any(|cue| range.contains(&cue.tokens.start));
        if known || !parts.is_quotation(part - 1) || parts.is_quotation(part) {
            continue;
        }
        let (opening, _) = parts.opening(range);
        let past =
            matches!(parts.ending(opening), Some(Ending::PastMale | Ending::PastFemale | Ending::PastPlural));
        if past {
            all.push(cues::any_verb(opening, parts.scene.text, language));
        }
    }
    all
}

struct Sentence<'s, 'b, 'a> {
    parts: Parts<'s, 'b>,
    found: Vec<Found<'a>>,
    results: Vec<Attribution<'a>>,
    /// One past the last token that is told already.
    from: usize,
}

impl<'a> Sentence<'_, '_, 'a> {
    fn read(&mut self, position: usize) {
        let found = self.found[position].clone();
        let part = self.parts.of(found.tokens.start);
        if part >= self.parts.all.len() {
            return;
        }
        let takes = found.cue.takes;
        if takes.prefix || takes.possessive {
            self.prefixed(&found, part, position);
            return;
        }
        let end = self.parts.all[part].end;
        let next = self.found.get(position + 1).filter(|next| next.tokens.start < end).cloned();
        let right = self.parts.right(&found, part, next.as_ref());
        let leads = self.leads(&found, part);
        let room = match right {
            Some(Right::Inside(start)) => start,
            _ => next.as_ref().map_or(end, |next| next.tokens.start),
        };
        if right.is_none() && leads && (takes.clause || takes.quote || takes.cited) {
            self.trailing(&found, part, room, position);
            return;
        }
        let Some(right) = right else {
            self.reversed(&found, part);
            return;
        };
        let Some(source) = self.source(&found, part, room, right) else {
            if self.parts.is_gerund(&found) {
                self.before_its_subject(found, part, right);
            }
            return;
        };
        if matches!(right, Right::Inside(_)) && self.told_later(position, part) {
            return;
        }
        // «закон, который X назвал позорным»: what it governs stands before.
        let start = self.parts.all[part].start;
        if takes.object && self.parts.is(start, WordClass::Relative) && source.tokens.start != start {
            return;
        }
        let names = takes.object && !takes.clause && found.cue.class == CueClass::Neutral;
        if found.negated && names || self.parts.withholds(&found, right.start()) {
            self.from = end;
            return;
        }
        self.push_right(found, source, right, position);
    }

    /// Whether a cue opens its part, but for adverbs, «как» and a pronoun.
    fn leads(&self, found: &Found, part: usize) -> bool {
        let range = &self.parts.all[part];
        let (opening, _) = self.parts.opening(range);
        found.tokens.start < opening + OPENING
            && (opening..found.tokens.start).all(|at| {
                self.parts.is(at, WordClass::Complementizer)
                    || self.parts.is(at, WordClass::AdverbBetween)
                    || self.parts.is_subject_pronoun(at)
            })
    }

    /// Whether a part opens with a word like «как».
    fn compares(&self, part: usize) -> bool {
        let range = &self.parts.all[part];
        let (opening, _) = self.parts.opening(range);
        self.parts.is(range.start, WordClass::Complementizer)
            || self.parts.is(opening, WordClass::Complementizer)
    }

    /// The source of a verb whose content follows it.
    fn source(&self, found: &Found, part: usize, room: usize, right: Right) -> Option<Source> {
        if found.cue.takes.agentless {
            return Some(self.parts.agentless(found, part));
        }
        if found.cue.takes.cited {
            return self.parts.cited(found, part);
        }
        let start = self.parts.all[part].start;
        let dependent = self.parts.is(start, WordClass::Question)
            || self.parts.is(start, WordClass::Relative)
            || self.parts.is(start, WordClass::Complementizer);
        let chained = || {
            let (opening, joins) = self.parts.opening(&self.parts.all[part]);
            let before = self.results.last()?;
            let inside = found.tokens.start > self.parts.all[part].start
                && self.parts.is(found.tokens.start - 1, WordClass::Conjunction);
            let leads = opening == found.tokens.start && (joins || self.parts.all[part].start == opening);
            let negated = found.negated && found.tokens.start == opening + 1;
            let fits = self.parts.is_gerund(found)
                || self.parts.agreement(found) == self.parts.agreement(&before.found);
            (fits && (inside || leads || negated)).then(|| Source {
                clause: found.tokens.clone(),
                inverted: false,
                ..before.source.clone()
            })
        };
        // «поддержал X и призвал»: nobody stands between "and" and the verb.
        let at = found.tokens.start - usize::from(found.negated);
        let joined = at > start && self.parts.is(at - 1, WordClass::Conjunction);
        if (self.parts.is_gerund(found) || joined)
            && let Some(source) = chained()
        {
            return Some(source);
        }
        let subject = self.parts.subject(found, part, room);
        // «и призвал правительство уйти»: an object looks like a subject.
        if subject.as_ref().is_some_and(|source| source.inverted && !self.is_sure(source))
            && let Some(source) = chained()
        {
            return Some(source);
        }
        let across = || self.parts.subject_across(found, part, self.from).filter(|_| !dependent);
        subject.or_else(chained).or_else(across).or_else(|| {
            let sure = matches!(right, Right::Behind(_)) || found.cue.takes.clause;
            sure.then(|| self.parts.unnamed(found, part, room)).flatten()
        })
    }

    /// A source that is named or a pronoun.
    fn is_sure(&self, source: &Source) -> bool {
        match &source.kind {
            SourceKind::Mentions(all) => all.iter().any(|at| self.parts.scene.mentions[*at].named),
            kind => *kind == SourceKind::Pronoun,
        }
    }

    /// «Заявив, что A, X ушел»: a gerund in front of its subject.
    fn before_its_subject(&mut self, found: Found<'a>, part: usize, right: Right) {
        let first = self.parts.of(right.start()).max(part) + 1;
        for later in first..self.parts.all.len() {
            let at = self.parts.all[later].start;
            if self.parts.is(at, WordClass::Complementizer) || self.parts.is(at, WordClass::Relative) {
                continue;
            }
            if let Some(source) = self.parts.subject_of(&found, later) {
                let piece = right.start()..self.parts.all[later - 1].end;
                self.push(found, source, vec![piece]);
                return;
            }
        }
    }

    fn push_right(&mut self, found: Found<'a>, source: Source, right: Right, position: usize) {
        let start = right.start();
        let relative = source.tokens.len() == 1 && self.parts.is(source.tokens.start, WordClass::Relative);
        let end = if relative && self.waits_for_its_verb(&source) {
            self.parts.resumption(start, &found)
        } else {
            self.parts.end_of(start, &found, &self.found[position + 1..])
        };
        self.push(found, source, std::iter::once(start..end).collect());
    }

    /// Whether the clause before a relative one has no verb yet.
    fn waits_for_its_verb(&self, source: &Source) -> bool {
        let part = self.parts.of(source.tokens.start);
        let Some(before) = part.checked_sub(1).and_then(|part| self.parts.all.get(part)) else {
            return false;
        };
        !before.clone().any(|at| {
            matches!(self.parts.ending(at), Some(Ending::PastMale | Ending::PastFemale | Ending::PastPlural))
                || parts::cue(self.parts.scene, at)
        })
    }

    fn push(&mut self, found: Found<'a>, source: Source, mut pieces: Vec<Range<usize>>) {
        pieces.retain(|piece| !piece.is_empty());
        let words: usize = pieces.iter().map(|piece| self.parts.words(piece)).sum();
        let quoted = pieces.iter().any(|piece| parts::quoted(self.parts.scene, piece));
        if words == 0 || words < 2 && !quoted && !found.cue.takes.object {
            return;
        }
        let told = pieces.iter().map(|piece| piece.end).max().unwrap_or(0);
        self.from = self.from.max(told).max(found.tokens.end);
        self.results.push(Attribution { found, source, content: Content { pieces }, probability: None });
    }

    /// «A, — сказал X», «A, отметил X», «как отметил X, A».
    fn trailing(&mut self, found: &Found<'a>, part: usize, room: usize, position: usize) {
        let end = self.parts.all[part].end;
        let compares = self.compares(part);
        let left = self.parts.left(part, self.from);
        if left.is_none() && !compares {
            return;
        }
        let source = if found.cue.takes.agentless {
            Some(self.parts.agentless(found, part))
        } else if found.cue.takes.cited {
            self.parts.cited(found, part)
        } else {
            let own = self.parts.subject(found, part, room.max(found.tokens.end));
            own.or_else(|| self.parts.subject_behind_setting(found, part)).or_else(|| {
                let quoted = part > 0 && self.parts.is_quotation(part - 1);
                (compares || quoted || found.cue.takes.clause)
                    .then(|| self.parts.unnamed(found, part, end))?
            })
        };
        let Some(source) = source else { return };
        let last = self.parts.of(source.tokens.start).max(part);
        self.around(found.clone(), source, last, left, position);
    }

    /// «по словам X», «по его мнению».
    fn prefixed(&mut self, found: &Found<'a>, part: usize, position: usize) {
        let takes = found.cue.takes;
        let source = if takes.agentless {
            Some(self.parts.agentless(found, part))
        } else if let Some(slot) = found.slot.clone() {
            Some(Source {
                tokens: slot,
                kind: SourceKind::Pronoun,
                clause: found.tokens.clone(),
                inverted: false,
            })
        } else {
            self.parts.after_prefix(found, part)
        };
        let Some(source) = source else { return };
        let range = self.parts.all[part].clone();
        let (opening, _) = self.parts.opening(&range);
        let own_part = found.tokens.start <= opening;
        let nobody = source.kind == SourceKind::Nobody;
        let source_end = if nobody { range.end } else { source.tokens.end.max(found.tokens.end) };
        if own_part && source_end >= range.end {
            let left = self.parts.left(part, self.from);
            self.around(found.clone(), source, part, left, position);
            return;
        }
        // «газета со ссылкой на X сообщает, что»: the verb has the report.
        if !own_part && self.found[position + 1..].iter().any(|next| range.contains(&next.tokens.start)) {
            return;
        }
        // No comma on one side or on both: what is left of the part is content.
        let before = self.parts.trimmed(self.from.max(self.parts.scene.sentence.start)..found.tokens.start);
        let before = Some(before).filter(|left| !left.is_empty() && !self.parts.introduces(left));
        let start = if source_end >= range.end { range.end + 1 } else { source_end };
        let after = self.after(start, found, position);
        self.push(found.clone(), source, before.into_iter().chain(after).collect());
    }

    pub(crate) fn after(&self, start: usize, found: &Found, position: usize) -> Option<Range<usize>> {
        let end = self.parts.scene.sentence.end;
        if start >= end {
            return None;
        }
        let start = self.parts.trimmed(start..end).start;
        if start >= end {
            return None;
        }
        let stop = self.parts.end_of(start, found, &self.found[position + 1..]);
        (start < stop).then_some(start..stop)
    }

    /// Whether a later cue reports the whole clause: «X поддержал закон, сообщил Y».
    fn told_later(&self, position: usize, part: usize) -> bool {
        self.found[position + 1..].iter().any(|later| {
            let own = self.parts.of(later.tokens.start);
            if own <= part || own >= self.parts.all.len() || self.parts.is_gerund(later) {
                return false;
            }
            let takes = later.cue.takes;
            let range = &self.parts.all[own];
            let (opening, joins) = self.parts.opening(range);
            if takes.prefix || takes.possessive {
                return later.tokens.start == opening && !joins;
            }
            let inverted = self.parts.subject(later, own, range.end).is_some_and(|source| source.inverted);
            self.leads(later, own)
                && !joins
                && (inverted || takes.agentless)
                && self.parts.right(later, own, None).is_none()
        })
    }

    /// «Идею X поддержала Y»: the object in front, the subject behind.
    fn reversed(&mut self, found: &Found<'a>, part: usize) {
        if !found.cue.takes.object {
            return;
        }
        let range = self.parts.all[part].clone();
        let (opening, _) = self.parts.opening(&range);
        let Some(source) = self.parts.subject(found, part, range.end) else { return };
        if !source.inverted {
            self.object_between(found, source, &range);
            return;
        }
        let mut start = opening;
        while start < found.tokens.start && self.parts.is_circumstance(start, found.tokens.start) {
            start += 2;
        }
        let object = start..found.tokens.start - usize::from(found.negated);
        if object.is_empty() || source.tokens.end < range.end && self.parts.words(&object) < 2 {
            return;
        }
        self.push(found.clone(), source, vec![object]);
        self.from = self.from.max(range.end);
    }

    /// «Ладогин план соседей отверг»: the object between subject and verb.
    fn object_between(&mut self, found: &Found<'a>, source: Source, range: &Range<usize>) {
        let object = source.tokens.end..found.tokens.start - usize::from(found.negated);
        let free = object.clone().all(|at| {
            !self.parts.is(at, WordClass::AdverbBetween) && !self.parts.is_circumstance(at, object.end)
        });
        let last = found.tokens.end == range.end;
        let named = matches!(source.kind, SourceKind::Mentions(_));
        let begins = !self.parts.is(object.start, WordClass::Preposition);
        if last && named && free && begins && self.parts.words(&object) >= 2 {
            self.push(found.clone(), source, vec![object]);
        }
    }
}
