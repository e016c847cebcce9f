//! Statements made from what was found in a sentence.

use crate::attribute::attribution::{Attribution, Content};
use crate::attribute::people::mention::Referent;
use crate::attribute::people::resolve;
use crate::attribute::reader::signed::SignedQuotation;
use crate::attribute::reader::{AttributionReader, continuing, turns};
use crate::model::{AUTHOR, CueClass, Form, Speaker, Statement, TokenKind};
use std::ops::Range;

impl AttributionReader<'_> {
    /// Adds a paragraph of a turn as one statement. `first` is its first token behind the label.
    pub(crate) fn push_turn(&mut self, sentences: Range<usize>, first: usize, speaker: &Speaker) {
        let Some(last) = self.text.sentences.get(sentences.end.wrapping_sub(1)) else { return };
        if first >= last.tokens.end {
            return;
        }
        self.statements.push(Statement {
            content: vec![self.text.span_of(first..last.tokens.end)],
            cue: None,
            cue_class: CueClass::Neutral,
            form: Form::Turn,
            speaker: speaker.clone(),
            sentence: sentences.start,
            said: Vec::new(),
            date_note: None,
        });
    }

    /// The speaker of a labelled turn.
    pub(crate) fn label_speaker(&self, label: &turns::TurnLabel) -> Speaker {
        let span = self.text.span_of(label.tokens.clone());
        let because = "labelled turn of a transcript".to_string();
        match label.mention.and_then(|index| self.mentions.get(index)).map(|m| m.who.as_slice()) {
            Some([who, ..]) => resolve::speaker(who, span, because, self.names),
            _ => Speaker {
                mention: Some(span),
                name: span.of(&self.article.body).to_string(),
                because,
                ..Speaker::default()
            },
        }
    }

    /// Adds one statement for each speaker of an attribution.
    pub(crate) fn push(&mut self, index: usize, attribution: &Attribution) {
        let cue = &attribution.cue;
        let class = match (cue.entry.class, cue.negated) {
            (CueClass::Denying, true) => CueClass::Hedged,
            (class, true) if class != CueClass::Questioning => CueClass::Denying,
            (class, _) => class,
        };
        for (_, mut speaker) in resolve::speakers(&attribution.source, index, &self.discourse()) {
            if let Some(probability) = attribution.probability {
                speaker.because += &format!("; a report with probability {probability:.2}");
            }
            self.statements.push(Statement {
                content: attribution.content.spans(self.text),
                cue: Some(self.text.span_of(cue.tokens.clone())),
                cue_class: class,
                form: self.form(&attribution.content),
                speaker,
                sentence: index,
                said: Vec::new(),
                date_note: None,
            });
        }
    }

    /// Direct, mixed or indirect: whether all, some or no words of the content are quoted.
    fn form(&self, content: &Content) -> Form {
        let mut words = 0;
        let mut quoted = 0;
        for index in content.pieces.iter().flat_map(|piece| piece.clone()) {
            if self.text.tokens.get(index).is_some_and(|t| t.kind != TokenKind::Punctuation) {
                words += 1;
                quoted += usize::from(self.in_quotation.get(index).copied().unwrap_or(false));
            }
        }
        match quoted {
            0 => Form::Indirect,
            _ if quoted == words => Form::Direct,
            _ => Form::Mixed,
        }
    }

    /// The signed quotations that end in a sentence.
    pub(crate) fn signed_in(&self, index: usize) -> Vec<SignedQuotation> {
        let Some(sentence) = self.text.sentences.get(index) else { return Vec::new() };
        let from = self.signed.partition_point(|signed| signed.quotation.span.end <= sentence.span.start);
        let of_sentence = |signed: &&SignedQuotation| signed.quotation.span.end <= sentence.span.end;
        self.signed[from..].iter().take_while(of_sentence).cloned().collect()
    }

    /// Adds a signed quotation as a statement of whoever signs it.
    pub(crate) fn push_signed(&mut self, index: usize, signed: &SignedQuotation) {
        let mention = self.text.span_of(signed.name.clone());
        let because = "signs the quotation".to_string();
        let speaker = match signed.mention.and_then(|at| self.mentions.get(at)).map(|m| m.who.as_slice()) {
            Some([who, ..]) => resolve::speaker(who, mention, because, self.names),
            _ => Speaker {
                mention: Some(mention),
                name: self.article.words(mention),
                because,
                ..Speaker::default()
            },
        };
        self.attributed_end = self.attributed_end.max(signed.name.end);
        self.statements.push(Statement {
            content: vec![signed.quotation.span],
            cue: Some(self.text.span_of(signed.dash.clone())),
            cue_class: CueClass::Neutral,
            form: Form::Direct,
            speaker,
            sentence: index,
            said: Vec::new(),
            date_note: None,
        });
    }

    /// Adds a quotation without a cue of its own to the speech before it. Returns false if the sentence
    /// does not continue a speech.
    pub(crate) fn continue_speech(&mut self, index: usize, paragraph: usize) -> bool {
        let Some(last) = &self.last_speech else { return false };
        let quotations = self.quotations_of(index);
        let Some(more) = continuing::continuation(&self.quoted_text(), last, index, &quotations) else {
            return false;
        };
        if last.direct && more.whole {
            for statement in self.statements.iter_mut().skip(last.first).take(last.count) {
                if matches!(statement.form, Form::Direct | Form::Mixed) {
                    statement.content.extend(more.spans.iter().copied());
                }
            }
        } else {
            let Some(model) = self.statements.get(last.first).cloned() else { return false };
            let because = format!("goes on after: {}", model.speaker.because);
            let speaker = Speaker { because, ..model.speaker.clone() };
            self.statements.push(Statement {
                content: more.spans,
                form: Form::Direct,
                sentence: index,
                speaker,
                ..model
            });
        }
        if let Some(last) = &mut self.last_speech {
            last.sentence = index;
            last.paragraph = paragraph;
        }
        true
    }

    /// Adds a sentence as the article's own voice.
    pub(crate) fn push_author(&mut self, index: usize, tokens: Range<usize>) {
        if self.text.word_count(&tokens) == 0 {
            return;
        }
        self.statements.push(Statement {
            content: vec![self.text.span_of(tokens)],
            cue: None,
            cue_class: CueClass::Neutral,
            form: Form::Author,
            speaker: Speaker {
                name: AUTHOR.to_string(),
                actor: Some(AUTHOR.to_string()),
                because: "in nobody's mouth: the article's own voice".into(),
                ..Speaker::default()
            },
            sentence: index,
            said: Vec::new(),
            date_note: None,
        });
    }

    /// For each sentence who is named in it: ids of actors, or names off the roster.
    pub(crate) fn named_by_sentence(&self) -> Vec<Vec<String>> {
        self.text
            .sentences
            .iter()
            .map(|sentence| {
                let mut all: Vec<String> = self
                    .mentions
                    .iter()
                    .skip(self.mentions.partition_point(|m| m.tokens.start < sentence.tokens.start))
                    .take_while(|mention| mention.tokens.start < sentence.tokens.end)
                    .flat_map(|mention| mention.who.iter())
                    .map(|who| match who {
                        Referent::Listed(actor) => self
                            .names
                            .roster()
                            .actors
                            .get(*actor)
                            .map_or(String::new(), |actor| actor.id.clone()),
                        Referent::Unlisted(name) => name.clone(),
                    })
                    .collect();
                all.dedup();
                all
            })
            .collect()
    }
}
