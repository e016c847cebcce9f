//! What rules add to the learned reader.
//!
//! Lives here: what they find in a sentence that it passed over, and claims
//! that cannot be right. May not live here: the rules (see `rules`).

use crate::attribute::people::resolve;
use crate::attribute::reader::Reader;
use crate::attribute::rules;
use crate::attribute::rules::Attribution;
use crate::attribute::rules::word_order::source::{Scene, Source, SourceKind};
use crate::model::{CueClass, TokenKind, WordClass};
use std::ops::Range;

impl<'a> Reader<'a> {
    /// What rules find in a sentence that the learned part passed over: an
    /// actor calls for something or rejects it. News corpora mark that only at
    /// times, but it is what positions are made of. Of those on the roster more
    /// is taken than of others.
    pub(crate) fn positions(&self, index: usize, tokens: Range<usize>) -> Vec<Attribution<'a>> {
        let mut found = self.by_rules(index, tokens.clone());
        found.retain(|attribution| {
            let cue = attribution.found.cue;
            let governs = cue.takes.object || cue.takes.infinitive || cue.words.len() > 1;
            let governs = governs && !cue.takes.thought;
            cue.takes.agentless
                || cue.takes.possessive && self.opens(attribution, tokens.start)
                || governs && (self.listed(&attribution.source, index) || self.stands(attribution))
        });
        found
    }

    /// "In Holm's view, ...": behind the words that name the source a comma, and
    /// nothing before them in their clause.
    pub(crate) fn opens(&self, attribution: &Attribution, start: usize) -> bool {
        let tokens = &attribution.found.tokens;
        let opens = tokens.start == start || self.text.word(tokens.start - 1) == ",";
        let pronoun = attribution.source.kind == SourceKind::Pronoun;
        opens && (pronoun || self.text.word(tokens.end) == ",")
    }

    /// "Holm rejected the offer": somebody with a name is for or against what
    /// stands right behind the verb.
    pub(crate) fn stands(&self, attribution: &Attribution) -> bool {
        let named = |index: &usize| self.mentions.get(*index).is_some_and(|mention| mention.named);
        let behind =
            attribution.content.pieces.first().is_some_and(|piece| {
                piece.start == attribution.found.tokens.end && !attribution.source.inverted
            });
        behind
            && matches!(attribution.found.cue.class, CueClass::Endorsing | CueClass::Denying)
            && matches!(&attribution.source.kind, SourceKind::Mentions(all) if all.iter().all(named))
    }

    /// Whether all speakers of a source are on the roster.
    pub(crate) fn listed(&self, source: &Source, sentence: usize) -> bool {
        let speakers = resolve::speakers(source, sentence, &self.memory());
        !speakers.is_empty() && speakers.iter().all(|(_, speaker)| speaker.actor.is_some())
    }

    /// Nobody reports a name and no more: ", warned minister Olga Brandt," was
    /// misread, and rules read it again.
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

    pub(crate) fn by_rules(&self, index: usize, tokens: Range<usize>) -> Vec<Attribution<'a>> {
        let outside = |token: usize| !self.in_quotation.get(token).copied().unwrap_or(false);
        let scene = Scene {
            body: &self.article.body,
            text: self.text,
            mentions: &self.mentions,
            language: self.language,
            sentence: tokens,
            outside: &outside,
        };
        rules::attributions(&scene, self.language, &self.quotations_of(index))
    }
}
