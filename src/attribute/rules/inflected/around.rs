//! Reports set into a sentence: «A, — сказал X, — B», «как сказал X, A».
//!
//! Lives here: what of the sentence around a reporting part was said. May not
//! live here: who said it (see `subject`).

use crate::attribute::attribution::{CueMatch, Source, SourceKind};
use crate::attribute::people::mention::Referent;
use crate::attribute::rules::inflected::Sentence;
use crate::attribute::rules::inflected::extent::Right;
use crate::model::WordClass;
use std::ops::Range;

impl<'a> Sentence<'_, '_, 'a> {
    /// Content around a reporting part: before it, behind it, or both.
    pub(crate) fn around(
        &mut self,
        cue: CueMatch<'a>,
        source: Source,
        part: usize,
        left: Option<Range<usize>>,
        position: usize,
    ) {
        let left = left.filter(|left| !self.parts.introduces(left));
        let mut next = self.behind_apposition(part, left.is_some());
        let quoted = left.as_ref().is_some_and(|left| !(self.parts.context.outside)(left.end - 1));
        if quoted {
            next = (part + 1..self.parts.all.len())
                .find(|part| self.parts.is_quotation(*part))
                .unwrap_or(self.parts.all.len());
        }
        // «A, — сказал X и добавил: — B»: the second verb has the rest.
        let second = self.cues.get(position + 1).map(|next| (next.tokens.start, next.entry.takes));
        let second = second
            .filter(|(start, takes)| *start < self.parts.all[part].end && (takes.clause || takes.quote))
            .map(|(start, _)| start);
        // «A, — сказал X, — B»: only what is quoted goes on.
        let goes_on = match &left {
            _ if second.is_some() => false,
            Some(_) if quoted => self.continues_quoted(part, next),
            Some(_) => next < self.parts.all.len() && self.goes_on(next, &cue),
            None => true,
        };
        let behind = self.parts.all.get(next).filter(|_| goes_on).map(|range| range.start);
        let right = behind.and_then(|start| self.after(start, &cue, position));
        if left.is_none() && right.is_none() {
            return;
        }
        if left.is_none() && self.names_an_agency(&source) && self.reports_behind(part, position) {
            return;
        }
        let end = second.unwrap_or(self.parts.all[part].end);
        self.push(cue, source, left.into_iter().chain(right).collect());
        self.from = self.from.max(end);
    }

    /// Whether a quotation goes on behind the narrator, who may say more than
    /// who spoke: «A, — сказал X, обращаясь к рыбакам, — B».
    fn continues_quoted(&self, part: usize, next: usize) -> bool {
        if next == part + 1 {
            return true;
        }
        let Some(range) = self.parts.all.get(next) else { return false };
        let between = self.parts.all[part].end..range.start;
        let text = self.parts.context.text;
        let start = text.tokens[range.start].span.start;
        let at = text.quotations.partition_point(|quotation| quotation.span.start < start);
        let unopened = text
            .quotations
            .get(at)
            .is_some_and(|quotation| quotation.span.start == start && quotation.inner.start == start);
        let unopened = unopened && matches!(self.parts.before(next), "–" | "—" | "-");
        unopened && !self.cues.iter().any(|cue| between.contains(&cue.tokens.start))
    }

    /// Whether an unquoted sentence goes on behind a reporting part.
    fn goes_on(&self, part: usize, cue: &CueMatch) -> bool {
        let range = &self.parts.all[part];
        let closed = matches!(self.parts.before(part), "," | "–" | "—" | "-");
        let (opening, joins) = self.parts.opening(range);
        let verb = joins
            && self.parts.agreement(cue).is_some()
            && self.parts.ending(opening) == self.parts.agreement(cue);
        let reports = self.cues.iter().any(|other| other.tokens.start == opening);
        closed
            && !verb
            && !reports
            && !self.parts.is_setting(range.start)
            && !self.parts.is(range.start, WordClass::Relative)
    }

    /// The part behind a reporting part and the appositions to its source.
    fn behind_apposition(&self, part: usize, has_left: bool) -> usize {
        let mut next = part + 1;
        while next < self.parts.all.len() {
            let range = &self.parts.all[next];
            let nominal = self.parts.context.mention_at(range.start).is_some_and(|mention| {
                !mention.named && (has_left || !mention.case.subject) && range.len() <= 9
            });
            let relative =
                self.parts.is(range.start, WordClass::Relative) || self.parts.is_setting(range.start);
            let last = next + 1 == self.parts.all.len();
            if (nominal || relative) && (has_left || !last) {
                next += 1;
            } else {
                break;
            }
        }
        next
    }

    fn names_an_agency(&self, source: &Source) -> bool {
        match &source.kind {
            SourceKind::Phrase | SourceKind::Nobody => true,
            SourceKind::Mentions(all) => all.iter().all(|at| {
                let mention = &self.parts.context.mentions[*at];
                !mention.named && matches!(mention.who.as_slice(), [Referent::Unlisted(_)])
            }),
            SourceKind::Pronoun => false,
        }
    }

    /// Whether a full report follows: «как пишет газета, X заявил, что A».
    fn reports_behind(&self, part: usize, position: usize) -> bool {
        self.cues[position + 1..].iter().enumerate().any(|(offset, later)| {
            let own = self.parts.of(later.tokens.start);
            let next = self.cues.get(position + 2 + offset);
            let next = next.filter(|next| self.parts.of(next.tokens.start) == own);
            own == part + 1 && matches!(self.parts.right(later, own, next), Some(Right::Behind(_)))
        })
    }
}
