//! Keeps who each sentence was about, for the pronouns that follow.

use crate::attribute::attribution::{Source, SourceKind};
use crate::attribute::people::mention::Referent;
use crate::attribute::people::resolve;
use crate::attribute::people::resolve::Topic;
use crate::attribute::reader::{AttributionReader, MAX_TOPICS, naming};
use crate::model::{Form, Gender, PronounRole};
use std::ops::Range;

impl AttributionReader<'_> {
    /// Remembers who a sentence was about. `before` is the number of statements before it.
    pub(crate) fn remember(&mut self, index: usize, tokens: Range<usize>, before: usize) {
        let mut named: Vec<(bool, Topic)> = self
            .mentions
            .iter()
            .skip(self.mentions.partition_point(|mention| mention.tokens.start < tokens.start))
            .take_while(|mention| mention.tokens.start < tokens.end)
            .filter(|mention| !self.in_quotation.get(mention.tokens.start).copied().unwrap_or(false))
            .filter_map(|mention| {
                let [who] = mention.who.as_slice() else { return None };
                let topic = Topic {
                    sentence: index,
                    who: who.clone(),
                    gender: mention.gender,
                    plural: mention.plural,
                };
                mention.speaks.then(|| (naming::possessive(self.text, mention, self.language), topic))
            })
            .collect();
        // "Holm's husband came": the sentence is not about Holm.
        named.sort_by_key(|(possessive, _)| *possessive);
        let named: Vec<Topic> = named.into_iter().map(|(_, topic)| topic).collect();
        let opener = self.opening_pronoun(index, tokens.clone());
        // Later entries win: others first, then the first named, then the speaker.
        for topic in named.iter().skip(1).rev() {
            self.topics.push(topic.clone());
        }
        self.topics.extend(named.first().cloned());
        let speaker = self.statements[before..].iter().find_map(|statement| {
            if statement.form == Form::Author {
                return None;
            }
            let who = match &statement.speaker.actor {
                Some(id) => Referent::Listed(self.names.roster().actors.iter().position(|a| a.id == *id)?),
                None if statement.speaker.name.is_empty() => return None,
                None => Referent::Unlisted(statement.speaker.name.clone()),
            };
            let known = self.topics.iter().rev().take(MAX_TOPICS).find(|topic| topic.who == who);
            let (gender, plural) = known.map_or((Default::default(), false), |t| (t.gender, t.plural));
            Some(Topic { sentence: index, who, gender, plural })
        });
        match speaker {
            Some(topic) => self.topics.push(topic),
            None => self.topics.extend(opener),
        }
    }

    /// "He supervised ...": a sentence that opens with a pronoun is about the same person.
    fn opening_pronoun(&self, index: usize, tokens: Range<usize>) -> Option<Topic> {
        let token = tokens.take(3).find(|token| {
            self.language.pronouns.get(self.text.word(*token)).is_some_and(|readings| {
                readings.iter().any(|pronoun| {
                    pronoun.person == 3
                        && pronoun.role == PronounRole::Subject
                        && pronoun.gender != Gender::Unknown
                })
            })
        })?;
        let source = Source {
            tokens: token..token + 1,
            kind: SourceKind::Pronoun,
            clause: token..token + 1,
            inverted: false,
        };
        let (who, _) = resolve::speakers(&source, index, &self.discourse())
            .into_iter()
            .find(|(_, speaker)| !speaker.name.is_empty())?;
        let known = self.topics.iter().rev().take(MAX_TOPICS).find(|topic| topic.who == who)?;
        Some(Topic { sentence: index, ..known.clone() })
    }
}
