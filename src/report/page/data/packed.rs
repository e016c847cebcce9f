//! Statements of the page as bytes, while all articles stream by. As a value an entry owns some thirty
//! strings and lists and takes 3.6 KB; as bytes it takes less than a fifth of that, and the page keeps
//! up to fifty thousand of them.

use crate::model::{Form, Name, NoScore, Span};
use crate::report::page::data::entry::{Entry, EntryHit, EntryScore, Sum};
use crate::report::page::runs::Run;
use chrono::{Datelike, NaiveDate};
use std::collections::HashMap;

const FORMS: [Form; 5] = [Form::Direct, Form::Mixed, Form::Indirect, Form::Turn, Form::Author];
const REASONS: [NoScore; 4] = [NoScore::NoMatch, NoScore::NoWeight, NoScore::Question, NoScore::Language];

/// What many entries share: words that last as long as the program, by number.
#[derive(Debug, Default)]
pub struct Shared {
    words: Vec<(&'static str, Name)>,
    numbers: HashMap<&'static str, usize>,
}

impl Shared {
    fn number(&mut self, word: &'static str) -> usize {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        self.words.push((word, Name::of(word)));
        self.numbers.insert(word, self.words.len() - 1);
        self.words.len() - 1
    }
}

/// The bytes of an entry; its id comes first, then its days.
pub fn pack(entry: &Entry, shared: &mut Shared) -> Box<[u8]> {
    // By name, so that nothing can be forgotten.
    let Entry {
        id,
        article,
        place,
        title,
        source,
        published,
        said,
        precision,
        dated_by,
        date_note,
        actor_id,
        actor,
        speaker,
        because,
        speaks_for,
        form,
        cue,
        cue_class,
        language,
        spans,
        runs,
        cut,
        scores,
        hits,
        duplicate_of,
    } = entry;
    let mut out = Writer(Vec::with_capacity(1024));
    out.text(id);
    out.count(usize::from(said.is_some()));
    for day in said.iter().flat_map(|(from, to)| [from, to]) {
        out.0.extend_from_slice(&day.num_days_from_ce().to_le_bytes());
    }
    for text in [article, place, title, source, published, precision, dated_by, date_note, actor_id, actor] {
        out.text(text);
    }
    for text in [speaker, because, speaks_for, cue, cue_class, language, duplicate_of] {
        out.text(text);
    }
    out.one_of(&FORMS, form);
    out.count(usize::from(*cut));
    out.count(spans.len());
    spans.iter().for_each(|span| out.span(*span));
    out.count(runs.len());
    for Run { text, hits, shifter } in runs {
        out.text(text);
        out.count(usize::from(*shifter));
        out.count(hits.len());
        hits.iter().for_each(|hit| out.count(*hit));
    }
    out.count(scores.len());
    for EntryScore { axis, value, sum: Sum { lead, terms } } in scores {
        out.count(shared.number(axis.as_str()));
        match value {
            Ok(value) => {
                out.count(REASONS.len());
                out.number(*value);
            }
            Err(why) => out.one_of(&REASONS, why),
        }
        out.text(lead);
        out.count(terms.len());
        terms.iter().for_each(|term| out.text(term));
    }
    out.count(hits.len());
    for hit in hits {
        let EntryHit { axis, kind, term, words, span, status, contribution, target, arithmetic } = hit;
        for word in [axis.as_str(), kind, term.as_str(), status] {
            out.count(shared.number(word));
        }
        out.text(words);
        out.text(target);
        out.span(*span);
        out.number(*contribution);
        out.text(arithmetic);
    }
    out.0.into()
}

/// The id of the entry of some bytes, and the days on which it can have been said.
pub fn head(bytes: &[u8]) -> (&str, Option<(NaiveDate, NaiveDate)>) {
    let mut from = Reader { bytes };
    (from.words(), from.said())
}

/// The entry of bytes made by [`pack`] with the same words.
pub fn unpack(bytes: &[u8], shared: &Shared) -> Entry {
    let mut from = Reader { bytes };
    let word = |from: &mut Reader| shared.words.get(from.count()).copied().unwrap_or_default();
    // Fields in the order of the bytes.
    Entry {
        id: from.text(),
        said: from.said(),
        article: from.text(),
        place: from.text(),
        title: from.text(),
        source: from.text(),
        published: from.text(),
        precision: from.text(),
        dated_by: from.text(),
        date_note: from.text(),
        actor_id: from.text(),
        actor: from.text(),
        speaker: from.text(),
        because: from.text(),
        speaks_for: from.text(),
        cue: from.text(),
        cue_class: from.text(),
        language: from.text(),
        duplicate_of: from.text(),
        form: FORMS.get(from.count()).copied().unwrap_or(Form::Author),
        cut: from.count() > 0,
        spans: from.all(Reader::span),
        runs: from.all(|from| Run {
            text: from.text(),
            shifter: from.count() > 0,
            hits: from.all(Reader::count),
        }),
        scores: from.all(|from| EntryScore {
            axis: word(from).1,
            value: match REASONS.get(from.count()) {
                Some(why) => Err(*why),
                None => Ok(from.number()),
            },
            sum: Sum { lead: from.text(), terms: from.all(Reader::text) },
        }),
        hits: from.all(|from| EntryHit {
            axis: word(from).1,
            kind: word(from).0,
            term: word(from).1,
            status: word(from).0,
            words: from.text(),
            target: from.text(),
            span: from.span(),
            contribution: from.number(),
            arithmetic: from.text(),
        }),
    }
}

struct Writer(Vec<u8>);

impl Writer {
    /// Seven bits a byte.
    fn count(&mut self, mut count: usize) {
        while count >= 0x80 {
            self.0.push(count as u8 | 0x80);
            count >>= 7;
        }
        self.0.push(count as u8);
    }

    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }

    fn number(&mut self, number: f64) {
        self.0.extend_from_slice(&number.to_bits().to_le_bytes());
    }

    fn span(&mut self, span: Span) {
        self.count(span.start);
        self.count(span.end);
    }

    fn one_of<T: PartialEq>(&mut self, all: &[T], value: &T) {
        self.count(all.iter().position(|one| one == value).unwrap_or(0));
    }
}

/// Reads what [`Writer`] wrote; bytes of other origin give nonsense, never a panic.
struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.bytes.split_at(count.min(self.bytes.len()));
        self.bytes = rest;
        taken
    }

    fn count(&mut self) -> usize {
        let mut count = 0;
        for shift in (0..usize::BITS).step_by(7) {
            let byte = self.take(1).first().copied().unwrap_or(0);
            count |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        count
    }

    fn words(&mut self) -> &'a str {
        let length = self.count();
        std::str::from_utf8(self.take(length)).unwrap_or("")
    }

    fn text(&mut self) -> String {
        self.words().to_string()
    }

    fn number(&mut self) -> f64 {
        f64::from_le_bytes(self.take(8).try_into().unwrap_or_default())
    }

    fn span(&mut self) -> Span {
        Span { start: self.count(), end: self.count() }
    }

    fn said(&mut self) -> Option<(NaiveDate, NaiveDate)> {
        if self.count() == 0 {
            return None;
        }
        let mut day = || {
            let number = i32::from_le_bytes(self.take(4).try_into().unwrap_or_default());
            NaiveDate::from_num_days_from_ce_opt(number).unwrap_or_default()
        };
        Some((day(), day()))
    }

    fn all<T>(&mut self, mut one: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count = self.count().min(self.bytes.len());
        (0..count).map(|_| one(self)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WORDS: [&str; 4] = ["", "target", "eu", "негативный"];

    fn word() -> impl Strategy<Value = &'static str> {
        (0..WORDS.len()).prop_map(|word| WORDS[word])
    }

    fn name() -> impl Strategy<Value = Name> {
        word().prop_map(Name::of)
    }

    fn span() -> impl Strategy<Value = Span> {
        (any::<usize>(), any::<usize>()).prop_map(|(start, end)| Span { start, end })
    }

    fn few<S: Strategy>(one: S) -> impl Strategy<Value = Vec<S::Value>>
    where
        S::Value: std::fmt::Debug,
    {
        prop::collection::vec(one, 0..4)
    }

    fn number() -> impl Strategy<Value = f64> {
        prop_oneof![-1.0..1.0f64, Just(0.0), Just(-0.0), Just(f64::INFINITY), Just(f64::MIN_POSITIVE)]
    }

    fn hit() -> impl Strategy<Value = EntryHit> {
        let names = (name(), word(), name(), word());
        (names, ".{0,9}", ".{0,9}", span(), number(), ".{0,9}").prop_map(
            |((axis, kind, term, status), words, target, span, contribution, arithmetic)| EntryHit {
                axis,
                kind,
                term,
                words,
                span,
                status,
                contribution,
                target,
                arithmetic,
            },
        )
    }

    fn score() -> impl Strategy<Value = EntryScore> {
        let why = (0..REASONS.len()).prop_map(|why| Err(REASONS[why]));
        let value = prop_oneof![number().prop_map(Ok), why];
        (name(), value, ".{0,9}", few(".{0,9}")).prop_map(|(axis, value, lead, terms)| EntryScore {
            axis,
            value,
            sum: Sum { lead, terms },
        })
    }

    fn entry() -> impl Strategy<Value = Entry> {
        let run = (".{0,200}", few(0..300usize), any::<bool>()).prop_map(|(text, hits, shifter)| Run {
            text,
            hits,
            shifter,
        });
        let day = (-800_000..800_000i32).prop_map(|day| NaiveDate::from_num_days_from_ce_opt(day).unwrap());
        let said = prop::option::of((day.clone(), day));
        let texts = prop::collection::vec(".{0,30}", 18);
        let form = (0..FORMS.len()).prop_map(|form| FORMS[form]);
        (texts, said, form, any::<bool>(), few(span()), few(run), few(score()), few(hit())).prop_map(
            |(texts, said, form, cut, spans, runs, scores, hits)| {
                let mut texts = texts.into_iter();
                let mut text = || texts.next().unwrap_or_default();
                Entry {
                    id: text(),
                    article: text(),
                    place: text(),
                    title: text(),
                    source: text(),
                    published: text(),
                    said,
                    precision: text(),
                    dated_by: text(),
                    date_note: text(),
                    actor_id: text(),
                    actor: text(),
                    speaker: text(),
                    because: text(),
                    speaks_for: text(),
                    form,
                    cue: text(),
                    cue_class: text(),
                    language: text(),
                    spans,
                    runs,
                    cut,
                    scores,
                    hits,
                    duplicate_of: text(),
                }
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn an_entry_comes_back_as_it_was(one in entry(), two in entry()) {
            let mut shared = Shared::default();
            let packed = [&one, &two].map(|entry| pack(entry, &mut shared));
            for (entry, bytes) in [one, two].into_iter().zip(packed) {
                prop_assert_eq!(head(&bytes), (entry.id.as_str(), entry.said));
                prop_assert_eq!(unpack(&bytes, &shared), entry);
            }
        }

        #[test]
        fn other_bytes_give_nonsense_and_no_panic(bytes: Vec<u8>) {
            unpack(&bytes, &Shared::default());
        }
    }
}
