//! Rules for languages that separate clauses by commas and show the subject by endings, such as
//! Russian.
//!
//! `parts` cuts the sentence at its punctuation, `subject` finds the source in a part, `extent` the
//! end of the content, and `around` handles reports that are set into the sentence.

pub(crate) mod around;
pub(crate) mod extent;
pub(crate) mod parts;
pub(crate) mod subject;

use crate::attribute::attribution::{Attribution, Content, CueMatch, Source, SourceKind};
use crate::attribute::rules::cues;
use crate::attribute::rules::inflected::extent::ContentStart;
use crate::attribute::rules::inflected::parts::SentenceParts;
use crate::attribute::rules::sentence_context::SentenceContext;
use crate::model::{CueClass, Ending, Language, WordClass};
use std::ops::Range;

/// Sentences with more tokens outside quotations are tables or lists, and are skipped. This also bounds
/// the time.
const MAX_SENTENCE_TOKENS: usize = 400;
/// Maximum distance of a cue from the opening of its part, in tokens.
const OPENING_REACH: usize = 4;

/// True if endings of verbs and nouns show the subject in this language.
pub fn marks_subject_by_endings(language: &Language) -> bool {
    !language.declensions.0.is_empty()
        && language.endings.iter().any(|(_, ending)| *ending == Ending::PastFemale)
}

/// The cues of a sentence with their sources and contents.
pub fn attributions<'a>(context: &SentenceContext, language: &'a Language) -> Vec<Attribution<'a>> {
    if context.sentence.clone().filter(|at| (context.outside)(*at)).count() > MAX_SENTENCE_TOKENS {
        return Vec::new();
    }
    let parts = SentenceParts::new(context);
    let mut cues =
        cues::cues(context.text, context.body, context.sentence.clone(), context.outside, language);
    cues.extend(unknown_verbs(&parts, &cues, language));
    cues.retain(|cue| {
        let takes = cue.entry.takes;
        // «комментируя» opens a setting, whatever else it may do.
        (!takes.agentless || takes.clause || takes.prefix) && !parts.is(cue.tokens.start, WordClass::Setting)
    });
    cues.sort_by_key(|cue| cue.tokens.start);
    let mut reader = SentenceParser { parts, cues, results: Vec::new(), from: context.sentence.start };
    for position in 0..reader.cues.len() {
        if reader.cues[position].tokens.start >= reader.from {
            reader.read(position);
        }
    }
    reader.results
}

/// Verbs directly behind a quotation, which are cues whatever they mean: «A», — возмутился Громов.
fn unknown_verbs<'a>(parts: &SentenceParts, cues: &[CueMatch], language: &'a Language) -> Vec<CueMatch<'a>> {
    let mut all = Vec::new();
    for part in 1..parts.all.len() {
        let range = &parts.all[part];
        let known = cues.iter().any(|cue| range.contains(&cue.tokens.start));
        if known || !parts.is_quotation(part - 1) || parts.is_quotation(part) {
            continue;
        }
        let (opening, _) = parts.opening(range);
        let past =
            matches!(parts.ending(opening), Some(Ending::PastMale | Ending::PastFemale | Ending::PastPlural));
        if past {
            all.push(cues::any_verb(opening, parts.context.text, language));
        }
    }
    all
}

/// A cue with its place in the sentence.
pub(crate) struct PlacedCue<'a> {
    pub cue: CueMatch<'a>,
    /// Index of its part.
    pub part: usize,
    /// Index among the cues of the sentence.
    pub position: usize,
}

/// The state of reading one sentence.
struct SentenceParser<'s, 'b, 'a> {
    parts: SentenceParts<'s, 'b>,
    cues: Vec<CueMatch<'a>>,
    results: Vec<Attribution<'a>>,
    /// One past the last token that is attributed already.
    from: usize,
}

impl<'a> SentenceParser<'_, '_, 'a> {
    /// Adds the attribution of one cue, if it has a source and content.
    fn read(&mut self, position: usize) {
        let cue = self.cues[position].clone();
        let part = self.parts.of(cue.tokens.start);
        if part >= self.parts.all.len() {
            return;
        }
        let placed = PlacedCue { cue, part, position };
        let cue = &placed.cue;
        let takes = cue.entry.takes;
        if takes.prefix || takes.possessive {
            self.prefixed(&placed);
            return;
        }
        let end = self.parts.all[part].end;
        let next = self.cues.get(position + 1).filter(|next| next.tokens.start < end).cloned();
        let right = self.parts.right(cue, part, next.as_ref());
        let leads = self.leads(cue, part);
        let room = match right {
            Some(ContentStart::SamePart(start)) => start,
            _ => next.as_ref().map_or(end, |next| next.tokens.start),
        };
        if right.is_none() && leads && (takes.clause || takes.quote || takes.cited) {
            self.trailing(&placed, room);
            return;
        }
        let Some(right) = right else {
            self.reversed(&placed);
            return;
        };
        let Some(source) = self.source(&placed, room, right) else {
            if self.parts.is_gerund(cue) {
                self.before_its_subject(&placed, right);
            }
            return;
        };
        if matches!(right, ContentStart::SamePart(_)) && self.is_reported_later(&placed) {
            return;
        }
        // «закон, который X назвал позорным»: the content comes before the cue.
        let start = self.parts.all[part].start;
        if takes.object && self.parts.is(start, WordClass::Relative) && source.tokens.start != start {
            return;
        }
        let names = takes.object && !takes.clause && cue.entry.class == CueClass::Neutral;
        if cue.negated && names || self.parts.withholds(cue, right.start()) {
            self.from = end;
            return;
        }
        self.push_right(&placed, source, right);
    }

    /// True if only adverbs, «как» and a pronoun come before the cue in its part.
    fn leads(&self, cue: &CueMatch, part: usize) -> bool {
        let range = &self.parts.all[part];
        let (opening, _) = self.parts.opening(range);
        cue.tokens.start < opening + OPENING_REACH
            && (opening..cue.tokens.start).all(|at| {
                self.parts.is(at, WordClass::Complementizer)
                    || self.parts.is(at, WordClass::AdverbBetween)
                    || self.parts.is_subject_pronoun(at)
            })
    }

    /// True if a part opens with a word like «как».
    fn compares(&self, part: usize) -> bool {
        let range = &self.parts.all[part];
        let (opening, _) = self.parts.opening(range);
        self.parts.is(range.start, WordClass::Complementizer)
            || self.parts.is(opening, WordClass::Complementizer)
    }

    /// The source of a verb whose content follows it.
    fn source(&self, placed: &PlacedCue, room: usize, right: ContentStart) -> Option<Source> {
        let (cue, part) = (&placed.cue, placed.part);
        if cue.entry.takes.agentless {
            return Some(self.parts.agentless(cue, part));
        }
        if cue.entry.takes.cited {
            return self.parts.cited(cue, part);
        }
        let start = self.parts.all[part].start;
        let dependent = self.parts.is(start, WordClass::Question)
            || self.parts.is(start, WordClass::Relative)
            || self.parts.is(start, WordClass::Complementizer);
        let chained = || {
            let (opening, joins) = self.parts.opening(&self.parts.all[part]);
            let before = self.results.last()?;
            let inside = cue.tokens.start > self.parts.all[part].start
                && self.parts.is(cue.tokens.start - 1, WordClass::Conjunction);
            let leads = opening == cue.tokens.start && (joins || self.parts.all[part].start == opening);
            let negated = cue.negated && cue.tokens.start == opening + 1;
            let fits =
                self.parts.is_gerund(cue) || self.parts.agreement(cue) == self.parts.agreement(&before.cue);
            (fits && (inside || leads || negated)).then(|| Source {
                clause: cue.tokens.clone(),
                inverted: false,
                ..before.source.clone()
            })
        };
        // «поддержал X и призвал»: there is no subject between "and" and the verb.
        let at = cue.tokens.start - usize::from(cue.negated);
        let joined = at > start && self.parts.is(at - 1, WordClass::Conjunction);
        if (self.parts.is_gerund(cue) || joined)
            && let Some(source) = chained()
        {
            return Some(source);
        }
        let subject = self.parts.subject(cue, part, room);
        // «и призвал правительство уйти»: an object looks like a subject.
        if subject.as_ref().is_some_and(|source| source.inverted && !self.is_sure(source))
            && let Some(source) = chained()
        {
            return Some(source);
        }
        let across = || self.parts.subject_across(cue, part, self.from).filter(|_| !dependent);
        subject.or_else(chained).or_else(across).or_else(|| {
            let sure = matches!(right, ContentStart::NextPart(_)) || cue.entry.takes.clause;
            sure.then(|| self.parts.unnamed(cue, part, room)).flatten()
        })
    }

    /// True for a named source and a pronoun.
    fn is_sure(&self, source: &Source) -> bool {
        match &source.kind {
            SourceKind::Mentions(all) => all.iter().any(|at| self.parts.context.mentions[*at].named),
            kind => *kind == SourceKind::Pronoun,
        }
    }

    /// «Заявив, что A, X ушел»: a gerund before its subject.
    fn before_its_subject(&mut self, placed: &PlacedCue<'a>, right: ContentStart) {
        let cue = &placed.cue;
        let first = self.parts.of(right.start()).max(placed.part) + 1;
        for later in first..self.parts.all.len() {
            let at = self.parts.all[later].start;
            if self.parts.is(at, WordClass::Complementizer) || self.parts.is(at, WordClass::Relative) {
                continue;
            }
            if let Some(source) = self.parts.subject_of(cue, later) {
                let piece = right.start()..self.parts.all[later - 1].end;
                self.push(cue.clone(), source, vec![piece]);
                return;
            }
        }
    }

    /// Adds a cue whose content follows it.
    fn push_right(&mut self, placed: &PlacedCue<'a>, source: Source, right: ContentStart) {
        let cue = &placed.cue;
        let start = right.start();
        let relative = source.tokens.len() == 1 && self.parts.is(source.tokens.start, WordClass::Relative);
        let end = if relative && self.waits_for_its_verb(&source) {
            self.parts.resumption(start, cue)
        } else {
            self.parts.end_of(start, cue, &self.cues[placed.position + 1..])
        };
        self.push(cue.clone(), source, std::iter::once(start..end).collect());
    }

    /// True if the clause before a relative one has no verb yet.
    fn waits_for_its_verb(&self, source: &Source) -> bool {
        let part = self.parts.of(source.tokens.start);
        let Some(before) = part.checked_sub(1).and_then(|part| self.parts.all.get(part)) else {
            return false;
        };
        !before.clone().any(|at| {
            matches!(self.parts.ending(at), Some(Ending::PastMale | Ending::PastFemale | Ending::PastPlural))
                || parts::can_be_cue(self.parts.context, at)
        })
    }

    /// Adds an attribution, unless its content is too short.
    fn push(&mut self, cue: CueMatch<'a>, source: Source, mut pieces: Vec<Range<usize>>) {
        pieces.retain(|piece| !piece.is_empty());
        let words: usize = pieces.iter().map(|piece| self.parts.words(piece)).sum();
        let quoted = pieces.iter().any(|piece| parts::is_quoted(self.parts.context, piece));
        if words == 0 || words < 2 && !quoted && !cue.entry.takes.object {
            return;
        }
        let last = pieces.iter().map(|piece| piece.end).max().unwrap_or(0);
        self.from = self.from.max(last).max(cue.tokens.end);
        self.results.push(Attribution { cue, source, content: Content { pieces }, probability: None });
    }

    /// True if a later cue reports the whole clause: «X поддержал закон, сообщил Y».
    fn is_reported_later(&self, placed: &PlacedCue) -> bool {
        let part = placed.part;
        self.cues[placed.position + 1..].iter().any(|later| {
            let own = self.parts.of(later.tokens.start);
            if own <= part || own >= self.parts.all.len() || self.parts.is_gerund(later) {
                return false;
            }
            let takes = later.entry.takes;
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

    /// «Идею X поддержала Y»: the object before the cue, the subject behind it.
    fn reversed(&mut self, placed: &PlacedCue<'a>) {
        let (cue, part) = (&placed.cue, placed.part);
        if !cue.entry.takes.object {
            return;
        }
        let range = self.parts.all[part].clone();
        let (opening, _) = self.parts.opening(&range);
        let Some(source) = self.parts.subject(cue, part, range.end) else { return };
        if !source.inverted {
            self.object_between(cue, source, &range);
            return;
        }
        let mut start = opening;
        while start < cue.tokens.start && self.parts.is_circumstance(start, cue.tokens.start) {
            start += 2;
        }
        let object = start..cue.tokens.start - usize::from(cue.negated);
        if object.is_empty() || source.tokens.end < range.end && self.parts.words(&object) < 2 {
            return;
        }
        self.push(cue.clone(), source, vec![object]);
        self.from = self.from.max(range.end);
    }

    /// «Ладогин план соседей отверг»: the object between subject and verb.
    fn object_between(&mut self, cue: &CueMatch<'a>, source: Source, range: &Range<usize>) {
        let object = source.tokens.end..cue.tokens.start - usize::from(cue.negated);
        let free = object.clone().all(|at| {
            !self.parts.is(at, WordClass::AdverbBetween) && !self.parts.is_circumstance(at, object.end)
        });
        let last = cue.tokens.end == range.end;
        let named = matches!(source.kind, SourceKind::Mentions(_));
        let begins = !self.parts.is(object.start, WordClass::Preposition);
        if last && named && free && begins && self.parts.words(&object) >= 2 {
            self.push(cue.clone(), source, vec![object]);
        }
    }
}
