//! The attributions of one sentence, from the learned models and from rules.

use crate::attribute::attribution::{Attribution, Content, Source, SourceKind};
use crate::attribute::learned::speech::Report;
use crate::attribute::learned::{speech, units};
use crate::attribute::reader::{AttributionReader, naming};
use std::ops::Range;

/// Longer sentences are tables or noise, and rules skip them.
const MAX_SENTENCE_TOKENS: usize = 400;

impl<'a> AttributionReader<'a> {
    /// The reports that the learned models find in a range of sentences; none without weights.
    pub(crate) fn learned_reports(&self, sentences: Range<usize>) -> Vec<Report<'a>> {
        let Some(learned) = &self.language.learned else { return Vec::new() };
        let paragraph = units::paragraph_units(self.text, &self.mentions, self.language, sentences);
        speech::reports(paragraph, learned, self.scope)
    }

    /// Turns reports into attributions. A cue without a source takes that of the cue before it ("said
    /// A, adding that B").
    fn with_sources(&self, reports: Vec<Report<'a>>) -> Vec<Attribution<'a>> {
        let mut results: Vec<Attribution> = Vec::new();
        for report in reports {
            let cue = report.cue;
            let source = match (cue.slot.clone(), report.source) {
                (Some(slot), _) => naming::possessor(self.text, &self.mentions, &cue, slot),
                (None, Some(tokens))
                    if tokens.end <= cue.tokens.start && naming::addressed(self.text, &cue) =>
                {
                    Source {
                        tokens: cue.tokens.start..cue.tokens.start,
                        kind: SourceKind::Nobody,
                        clause: tokens.start..cue.tokens.end,
                        inverted: false,
                    }
                }
                (None, Some(tokens)) => {
                    naming::source(self.text, &self.mentions, self.language, &cue, tokens)
                }
                (None, None) => match results.last() {
                    Some(before) => {
                        Source { clause: cue.tokens.clone(), inverted: false, ..before.source.clone() }
                    }
                    None => Source {
                        tokens: cue.tokens.start..cue.tokens.start,
                        kind: SourceKind::Nobody,
                        clause: cue.tokens.clone(),
                        inverted: false,
                    },
                },
            };
            let content = Content { pieces: report.content };
            results.push(Attribution { cue, source, content, probability: Some(report.probability) });
        }
        results
    }

    /// The attributions of a sentence: those of the learned models above their threshold, else what
    /// rules find.
    pub(crate) fn attributions(
        &self,
        index: usize,
        tokens: Range<usize>,
        reports: Vec<Report<'a>>,
    ) -> Vec<Attribution<'a>> {
        let Some(learned) = &self.language.learned else { return self.attributions_by_rules(index, tokens) };
        let mut found = self.with_sources(reports);
        found.retain(|attribution| {
            attribution.probability >= Some(learned.report_threshold)
                || attribution.cue.entry.takes.clause && self.listed(&attribution.source, index)
        });
        let claimed = found.len();
        found.retain(|attribution| !self.names_only(attribution));
        if self.attributed_end > tokens.start || tokens.len() >= MAX_SENTENCE_TOKENS {
            return found;
        }
        if found.is_empty() {
            found = match claimed {
                0 => self.positions(index, tokens),
                _ => self.attributions_by_rules(index, tokens),
            };
            found.retain(|attribution| !self.names_only(attribution));
        }
        found
    }
}
