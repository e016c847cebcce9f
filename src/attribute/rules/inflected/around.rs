//! Reports that are set into a sentence or placed behind their content: «A, — сказал X, — B», «как
//! сказал X, A», «по словам X, A».

use crate::attribute::attribution::{CueMatch, Source, SourceKind};
use crate::attribute::people::mention::Referent;
use crate::attribute::rules::inflected::extent::ContentStart;
use crate::attribute::rules::inflected::{PlacedCue, SentenceParser};
use crate::model::WordClass;
use std::ops::Range;

impl<'a> SentenceParser<'_, '_, 'a> {
    /// «A, — сказал X», «A, отметил X», «как отметил X, A».
    pub(crate) fn trailing(&mut self, placed: &PlacedCue<'a>, room: usize) {
        let (cue, part) = (&placed.cue, placed.part);
        let end = self.parts.all[part].end;
        let compares = self.compares(part);
        let left = self.parts.left(part, self.from);
        if left.is_none() && !compares {
            return;
        }
        let source = if cue.entry.takes.agentless {
            Some(self.parts.agentless(cue, part))
        } else if cue.entry.takes.cited {
            self.parts.cited(cue, part)
        } else {
            let own = self.parts.subject(cue, part, room.max(cue.tokens.end));
            own.or_else(|| self.parts.subject_behind_setting(cue, part)).or_else(|| {
                let quoted = part > 0 && self.parts.is_quotation(part - 1);
                (compares || quoted || cue.entry.takes.clause).then(|| self.parts.unnamed(cue, part, end))?
            })
        };
        let Some(source) = source else { return };
        let last = self.parts.of(source.tokens.start).max(part);
        self.around(placed, source, last, left);
    }

    /// «по словам X», «по его мнению».
    pub(crate) fn prefixed(&mut self, placed: &PlacedCue<'a>) {
        let PlacedCue { cue, part, position } = placed;
        let (part, position) = (*part, *position);
        let takes = cue.entry.takes;
        let source = if takes.agentless {
            Some(self.parts.agentless(cue, part))
        } else if let Some(slot) = cue.slot.clone() {
            Some(Source {
                tokens: slot,
                kind: SourceKind::Pronoun,
                clause: cue.tokens.clone(),
                inverted: false,
            })
        } else {
            self.parts.after_prefix(cue, part)
        };
        let Some(source) = source else { return };
        let range = self.parts.all[part].clone();
        let (opening, _) = self.parts.opening(&range);
        let own_part = cue.tokens.start <= opening;
        let nobody = source.kind == SourceKind::Nobody;
        let source_end = if nobody { range.end } else { source.tokens.end.max(cue.tokens.end) };
        if own_part && source_end >= range.end {
            let left = self.parts.left(part, self.from);
            self.around(placed, source, part, left);
            return;
        }
        // «газета со ссылкой на X сообщает, что»: the verb has the report.
        if !own_part && self.cues[position + 1..].iter().any(|next| range.contains(&next.tokens.start)) {
            return;
        }
        // A comma is missing on one side or on both: the rest of the part is content.
        let before = self.parts.trimmed(self.from.max(self.parts.context.sentence.start)..cue.tokens.start);
        let before = Some(before).filter(|left| !left.is_empty() && !self.parts.introduces(left));
        let start = if source_end >= range.end { range.end + 1 } else { source_end };
        let after = self.after(start, placed);
        self.push(cue.clone(), source, before.into_iter().chain(after).collect());
    }

    /// The content that begins at or behind `start`.
    fn after(&self, start: usize, placed: &PlacedCue) -> Option<Range<usize>> {
        let end = self.parts.context.sentence.end;
        if start >= end {
            return None;
        }
        let start = self.parts.trimmed(start..end).start;
        if start >= end {
            return None;
        }
        let stop = self.parts.end_of(start, &placed.cue, &self.cues[placed.position + 1..]);
        (start < stop).then_some(start..stop)
    }

    /// Content around a reporting part: before it, behind it, or both.
    /// `part` is the last one of the reporting clause, `left` the content before it.
    fn around(&mut self, placed: &PlacedCue<'a>, source: Source, part: usize, left: Option<Range<usize>>) {
        let (cue, position) = (&placed.cue, placed.position);
        let left = left.filter(|left| !self.parts.introduces(left));
        let mut next = self.behind_apposition(part, left.is_some());
        let quoted = left.as_ref().is_some_and(|left| !(self.parts.context.outside)(left.end - 1));
        if quoted {
            next = (part + 1..self.parts.all.len())
                .find(|part| self.parts.is_quotation(*part))
                .unwrap_or(self.parts.all.len());
        }
        // «A, — сказал X и добавил: — B»: the rest belongs to the second verb.
        let second = self.cues.get(position + 1).map(|next| (next.tokens.start, next.entry.takes));
        let second = second
            .filter(|(start, takes)| *start < self.parts.all[part].end && (takes.clause || takes.quote))
            .map(|(start, _)| start);
        // «A, — сказал X, — B»: a quotation continues only with quoted words.
        let goes_on = match &left {
            _ if second.is_some() => false,
            Some(_) if quoted => self.continues_quoted(part, next),
            Some(_) => next < self.parts.all.len() && self.goes_on(next, cue),
            None => true,
        };
        let behind = self.parts.all.get(next).filter(|_| goes_on).map(|range| range.start);
        let right = behind.and_then(|start| self.after(start, placed));
        if left.is_none() && right.is_none() {
            return;
        }
        if left.is_none() && self.names_an_agency(&source) && self.reports_behind(part, position) {
            return;
        }
        let end = second.unwrap_or(self.parts.all[part].end);
        self.push(cue.clone(), source, left.into_iter().chain(right).collect());
        self.from = self.from.max(end);
    }

    /// True if a quotation continues behind the narrator's words, which may say more than who spoke:
    /// «A, — сказал X, обращаясь к рыбакам, — B».
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

    /// True if unquoted content continues behind a reporting part.
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

    /// The first part behind a reporting part and the appositions to its source.
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

    /// True for a source without a name, as agencies and papers are.
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

    /// True if the next part is a complete report: «как пишет газета, X заявил, что A».
    fn reports_behind(&self, part: usize, position: usize) -> bool {
        self.cues[position + 1..].iter().enumerate().any(|(offset, later)| {
            let own = self.parts.of(later.tokens.start);
            let next = self.cues.get(position + 2 + offset);
            let next = next.filter(|next| self.parts.of(next.tokens.start) == own);
            own == part + 1 && matches!(self.parts.right(later, own, next), Some(ContentStart::NextPart(_)))
        })
    }
}
