//! What rules add to the learned models, and which of their results cannot be right.

use crate::attribute::attribution::{Attribution, Source, SourceKind};
use crate::attribute::people::resolve;
use crate::attribute::reader::AttributionReader;
use crate::attribute::rules;
use crate::attribute::rules::sentence_context::SentenceContext;
use crate::model::{CueClass, TokenKind, WordClass};
use std::ops::Range;

impl<'a> AttributionReader<'a> {
    /// What rules find in a sentence for which the learned models found nothing: an actor calls for
    /// something or rejects it. Annotated news corpora mark that inconsistently, but it expresses
    /// positions. For speakers on the roster more is accepted than for others.
    pub(crate) fn positions(&self, index: usize, tokens: Range<usize>) -> Vec<Attribution<'a>> {
        let mut found = self.attributions_by_rules(index, tokens.clone());
        found.retain(|attribution| {
            let cue = attribution.cue.entry;
            let governs = cue.takes.object || cue.takes.infinitive || cue.words.len() > 1;
            let governs = governs && !cue.takes.thought;
            cue.takes.agentless
                || cue.takes.possessive && self.opens_clause(attribution, tokens.start)
                || governs && (self.listed(&attribution.source, index) || self.takes_side(attribution))
        });
        found
    }

    /// True for "In Holm's view, ...": the source opens its clause and a comma follows it.
    fn opens_clause(&self, attribution: &Attribution, start: usize) -> bool {
        let tokens = &attribution.cue.tokens;
        let opens = tokens.start == start || self.text.word(tokens.start - 1) == ",";
        let pronoun = attribution.source.kind == SourceKind::Pronoun;
        opens && (pronoun || self.text.word(tokens.end) == ",")
    }

    /// True for "Holm rejected the offer": a named source, and directly behind the cue what it is for or
    /// against.
    fn takes_side(&self, attribution: &Attribution) -> bool {
        let named = |index: &usize| self.mentions.get(*index).is_some_and(|mention| mention.named);
        let behind =
            attribution.content.pieces.first().is_some_and(|piece| {
                piece.start == attribution.cue.tokens.end && !attribution.source.inverted
            });
        behind
            && matches!(attribution.cue.entry.class, CueClass::Endorsing | CueClass::Denying)
            && matches!(&attribution.source.kind, SourceKind::Mentions(all) if all.iter().all(named))
    }

    /// True if all speakers of a source are on the roster.
    pub(crate) fn listed(&self, source: &Source, sentence: usize) -> bool {
        let speakers = resolve::speakers(source, sentence, &self.discourse());
        !speakers.is_empty() && speakers.iter().all(|(_, speaker)| speaker.actor.is_some())
    }

    /// True if the content is only a name: ", warned minister Olga Brandt," was misread.
    pub(crate) fn names_only(&self, attribution: &Attribution) -> bool {
        let [piece] = attribution.content.pieces.as_slice() else { return false };
        let from = self.mentions.partition_point(|mention| mention.tokens.end <= piece.start);
        let named = self.mentions[from..].iter().take_while(|mention| mention.tokens.start < piece.end);
        let covered = |at: usize| {
            named.clone().any(|mention| mention.tokens.contains(&at)) || self.text.is(at, WordClass::Article)
        };
        let person = named.clone().any(|mention| mention.named);
        person
            && piece.clone().all(|at| {
                !self.in_quotation[at]
                    && (covered(at)
                        || at + 1 == piece.end && self.text.tokens[at].kind == TokenKind::Punctuation)
            })
    }

    /// The attributions of a sentence by rules alone.
    pub(crate) fn attributions_by_rules(&self, index: usize, tokens: Range<usize>) -> Vec<Attribution<'a>> {
        let outside = |token: usize| !self.in_quotation.get(token).copied().unwrap_or(false);
        let context = SentenceContext {
            body: &self.article.body,
            text: self.text,
            mentions: &self.mentions,
            language: self.language,
            sentence: tokens,
            outside: &outside,
        };
        rules::attributions(&context, self.language, &self.quotations_of(index))
    }
}
