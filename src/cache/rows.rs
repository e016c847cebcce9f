//! Encodes the rows of an article as bytes and back.
//!
//! Every text is stored once per entry and referred to by number. What can be taken from the article
//! (id, source, publication date, the words of statements) is not stored.

use crate::model::{
    Article, CueClass, EntryKind, Form, Held, Hit, Name, NoScore, Precision, Role, Row, Said, Score, Scored,
    Span, Speaker, Statement, Status,
};
use chrono::{Datelike, NaiveDate};
use std::collections::HashMap;

const FORMS: [Form; 5] = [Form::Direct, Form::Mixed, Form::Indirect, Form::Turn, Form::Author];
const STATUS: [Status; 7] = [
    Status::Asserted,
    Status::Negated,
    Status::Conditional,
    Status::Hedged,
    Status::Governed,
    Status::Unattached,
    Status::Blocking,
];
const KINDS: [EntryKind; 3] = [EntryKind::Target, EntryKind::Appraisal, EntryKind::Term];
const REASONS: [NoScore; 4] = [NoScore::NoMatch, NoScore::NoWeight, NoScore::Question, NoScore::Language];

/// The rows of one article as bytes.
pub fn encode(rows: &[Row]) -> Vec<u8> {
    let mut out = RowEncoder::default();
    out.count(rows.len());
    for row in rows {
        // The ignored fields come from the article or are not known yet.
        let Row {
            id: _,
            article: _,
            source: _,
            published: _,
            language: _,
            text: _,
            duplicate_of: _,
            statement,
            said,
            scored,
        } = row;
        out.statement(statement);
        out.maybe(said.as_ref(), RowEncoder::said);
        out.all(scored, RowEncoder::scored);
    }
    out.bytes
}

/// The rows of an article from bytes; None if the bytes are not valid.
pub fn decode(bytes: &[u8], article: &Article, words: &impl Fn(&Row) -> String) -> Option<Vec<Row>> {
    let mut from = RowDecoder { bytes, at: 0, texts: Vec::new(), names: Vec::new() };
    let count = from.count()?;
    let mut rows = Vec::with_capacity(count.min(bytes.len()));
    for number in 1..=count {
        let statement = from.statement()?;
        let said = from.maybe(RowDecoder::said)?;
        let scored = from.all(RowDecoder::scored)?;
        let mut row = Row {
            id: format!("{}#{number}", article.id),
            article: article.id.clone(),
            source: article.source.clone(),
            published: article.published,
            language: article.language.clone(),
            statement,
            text: String::new(),
            said,
            scored,
            duplicate_of: None,
        };
        row.text = words(&row);
        rows.push(row);
    }
    (from.at == bytes.len()).then_some(rows)
}

#[derive(Default)]
struct RowEncoder {
    bytes: Vec<u8>,
    /// The number of each text.
    texts: HashMap<String, usize>,
}

impl RowEncoder {
    fn count(&mut self, mut count: usize) {
        while count >= 0x80 {
            self.bytes.push(count as u8 | 0x80);
            count >>= 7;
        }
        self.bytes.push(count as u8);
    }

    fn number(&mut self, number: f64) {
        self.bytes.extend_from_slice(&number.to_bits().to_le_bytes());
    }

    /// A text: 0 and the text itself, or one more than its number if it was stored before.
    fn text(&mut self, text: &str) {
        if let Some(number) = self.texts.get(text) {
            return self.count(number + 1);
        }
        self.texts.insert(text.to_string(), self.texts.len());
        self.count(0);
        self.count(text.len());
        self.bytes.extend_from_slice(text.as_bytes());
    }

    fn one_of<T: PartialEq>(&mut self, all: impl IntoIterator<Item = T>, value: T) {
        let place = all.into_iter().position(|one| one == value);
        self.count(place.unwrap_or(usize::MAX));
    }

    fn maybe<T>(&mut self, value: Option<T>, write: impl Fn(&mut Self, T)) {
        self.count(usize::from(value.is_some()));
        if let Some(value) = value {
            write(self, value);
        }
    }

    fn all<'a, T>(&mut self, values: &'a [T], write: impl Fn(&mut Self, &'a T)) {
        self.count(values.len());
        values.iter().for_each(|value| write(self, value));
    }

    fn span(&mut self, span: &Span) {
        self.count(span.start);
        self.count(span.end.wrapping_sub(span.start));
    }

    fn day(&mut self, day: NaiveDate) {
        self.bytes.extend_from_slice(&day.num_days_from_ce().to_le_bytes());
    }

    fn said(&mut self, said: &Said) {
        let Said { from, to, precision, expression } = said;
        self.day(*from);
        self.day(*to);
        self.one_of(Precision::ALL.map(|(one, _)| one), *precision);
        self.maybe(expression.as_ref(), Self::span);
    }

    fn statement(&mut self, statement: &Statement) {
        let Statement { content, cue, cue_class, form, speaker, sentence, said, date_note } = statement;
        self.all(content, Self::span);
        self.maybe(cue.as_ref(), Self::span);
        self.one_of(CueClass::ALL.map(|(one, _)| one), *cue_class);
        self.one_of(FORMS, *form);
        self.speaker(speaker);
        self.count(*sentence);
        self.all(said, Self::said);
        self.maybe(date_note.as_deref(), Self::text);
    }

    fn speaker(&mut self, speaker: &Speaker) {
        let Speaker { mention, name, actor, speaks_for, office, because } = speaker;
        self.maybe(mention.as_ref(), Self::span);
        self.text(name);
        self.maybe(actor.as_deref(), Self::text);
        self.maybe(speaks_for.as_deref(), Self::text);
        self.maybe(office.as_ref(), |out, Held { role, country }| {
            out.text(role.as_str());
            out.text(country);
        });
        self.text(because);
    }

    fn scored(&mut self, scored: &Scored) {
        let Scored { scores, hits } = scored;
        self.all(scores, Self::score);
        self.all(hits, Self::hit);
    }

    fn score(&mut self, score: &Score) {
        let Score { axis, value, hits, poles, parts } = score;
        self.text(axis);
        match value {
            Ok(value) => {
                self.count(0);
                self.number(*value);
            }
            Err(why) => {
                self.count(1);
                self.one_of(REASONS, *why);
            }
        }
        self.count(*hits);
        self.count(poles.0);
        self.count(poles.1);
        self.all(parts, |out, (name, value, weight)| {
            out.text(name);
            out.number(*value);
            out.number(*weight);
        });
    }

    fn hit(&mut self, hit: &Hit) {
        let Hit { axis, kind, term, span, weight, status, factor, contribution, target, shifters } = hit;
        self.text(axis);
        self.one_of(KINDS, *kind);
        self.text(term);
        self.span(span);
        self.number(*weight);
        self.one_of(STATUS, *status);
        self.number(*factor);
        self.number(*contribution);
        self.maybe(target.as_ref(), Self::span);
        self.all(shifters, |out, (span, words, factor)| {
            out.span(span);
            out.text(words);
            out.number(*factor);
        });
    }
}

struct RowDecoder<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The texts by number.
    texts: Vec<&'a str>,
    /// The texts that were asked for as names.
    names: Vec<Option<Name>>,
}

impl<'a> RowDecoder<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let end = self.at.checked_add(count)?;
        let taken = self.bytes.get(self.at..end)?;
        self.at = end;
        Some(taken)
    }

    fn count(&mut self) -> Option<usize> {
        let mut count = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = *self.take(1)?.first()?;
            count |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return usize::try_from(count).ok();
            }
        }
        None
    }

    fn number(&mut self) -> Option<f64> {
        Some(f64::from_bits(u64::from_le_bytes(self.take(8)?.try_into().ok()?)))
    }

    /// The number of the next text.
    fn text_number(&mut self) -> Option<usize> {
        if let Some(before) = self.count()?.checked_sub(1) {
            return Some(before);
        }
        let length = self.count()?;
        let words = std::str::from_utf8(self.take(length)?).ok()?;
        self.texts.push(words);
        self.names.push(None);
        Some(self.texts.len() - 1)
    }

    fn text(&mut self) -> Option<String> {
        let word = self.text_number()?;
        self.texts.get(word).map(|words| words.to_string())
    }

    /// A name of a lexicon of this run; None for any other text, because the entry cannot be valid then.
    fn name(&mut self) -> Option<Name> {
        let word = self.text_number()?;
        let kept = self.names.get_mut(word)?;
        if kept.is_none() {
            let letters = *self.texts.get(word)?;
            *kept = if letters.is_empty() { Some(Name::default()) } else { Name::known(letters) };
        }
        *kept
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        all.get(self.count()?).copied()
    }

    fn maybe<T>(&mut self, read: impl Fn(&mut Self) -> Option<T>) -> Option<Option<T>> {
        match self.count()? {
            0 => Some(None),
            1 => Some(Some(read(self)?)),
            _ => None,
        }
    }

    fn all<T>(&mut self, read: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.count()?;
        // No value is shorter than a byte.
        let mut values = Vec::with_capacity(count.min(self.bytes.len() - self.at));
        for _ in 0..count {
            values.push(read(self)?);
        }
        Some(values)
    }

    fn span(&mut self) -> Option<Span> {
        let start = self.count()?;
        Some(Span { start, end: start.wrapping_add(self.count()?) })
    }

    fn day(&mut self) -> Option<NaiveDate> {
        NaiveDate::from_num_days_from_ce_opt(i32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    fn said(&mut self) -> Option<Said> {
        Some(Said {
            from: self.day()?,
            to: self.day()?,
            precision: self.one_of(&Precision::ALL)?.0,
            expression: self.maybe(Self::span)?,
        })
    }

    fn statement(&mut self) -> Option<Statement> {
        Some(Statement {
            content: self.all(Self::span)?,
            cue: self.maybe(Self::span)?,
            cue_class: self.one_of(&CueClass::ALL)?.0,
            form: self.one_of(&FORMS)?,
            speaker: self.speaker()?,
            sentence: self.count()?,
            said: self.all(Self::said)?,
            date_note: self.maybe(Self::text)?,
        })
    }

    fn speaker(&mut self) -> Option<Speaker> {
        Some(Speaker {
            mention: self.maybe(Self::span)?,
            name: self.text()?,
            actor: self.maybe(Self::text)?,
            speaks_for: self.maybe(Self::text)?,
            office: self
                .maybe(|from| Some(Held { role: Role::of(&from.text()?)?, country: from.text()? }))?,
            because: self.text()?,
        })
    }

    fn scored(&mut self) -> Option<Scored> {
        Some(Scored { scores: self.all(Self::score)?, hits: self.all(Self::hit)? })
    }

    fn score(&mut self) -> Option<Score> {
        Some(Score {
            axis: self.name()?,
            value: match self.count()? {
                0 => Ok(self.number()?),
                1 => Err(self.one_of(&REASONS)?),
                _ => return None,
            },
            hits: self.count()?,
            poles: (self.count()?, self.count()?),
            parts: self.all(|from| Some((from.name()?, from.number()?, from.number()?)))?,
        })
    }

    fn hit(&mut self) -> Option<Hit> {
        Some(Hit {
            axis: self.name()?,
            kind: self.one_of(&KINDS)?,
            term: self.name()?,
            span: self.span()?,
            weight: self.number()?,
            status: self.one_of(&STATUS)?,
            factor: self.number()?,
            contribution: self.number()?,
            target: self.maybe(Self::span)?,
            shifters: self.all(|from| Some((from.span()?, from.text()?, from.number()?)))?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DateBasis, Published};
    use proptest::prelude::*;

    fn article() -> Article {
        Article {
            id: "a".into(),
            source: Some("Daily".into()),
            published: NaiveDate::from_ymd_opt(2019, 3, 1).map(|day| Published::on(day, DateBasis::Dateline)),
            language: "en".into(),
            body: "word ".repeat(100),
            ..Article::default()
        }
    }

    /// A row in which every value differs with the seed.
    fn row(article: &Article, seed: usize) -> Row {
        let word = |name: &str| format!("{name} {}", seed % 3);
        let span = |at: usize| Span::new(at + seed % 7, at + seed % 7 + 3);
        let odd = |value: usize| (seed + value).is_multiple_of(2);
        let day = NaiveDate::from_num_days_from_ce_opt(700_000 + seed as i32);
        let said = day.map(|from| Said {
            from,
            to: from + chrono::Duration::days(3),
            precision: Precision::ALL[seed % 8].0,
            expression: odd(0).then(|| span(9)),
        });
        let hit = Hit {
            axis: word("axis").into(),
            kind: KINDS[seed % 3],
            term: word("term").into(),
            span: span(20),
            weight: 0.1 + seed as f64,
            status: STATUS[seed % 7],
            factor: -1.0 / 3.0,
            contribution: f64::MIN_POSITIVE,
            target: odd(1).then(|| span(4)),
            shifters: vec![(span(1), word("not"), -0.75)],
        };
        let score = Score {
            axis: word("axis").into(),
            value: if odd(0) { Ok(0.3) } else { Err(REASONS[seed % 4]) },
            hits: seed,
            poles: (1, seed),
            parts: vec![(word("feature").into(), 0.1, 0.7)],
        };
        Row {
            id: "a#1".into(),
            article: article.id.clone(),
            source: article.source.clone(),
            published: article.published,
            language: article.language.clone(),
            statement: Statement {
                content: vec![span(0), span(30)],
                cue: odd(1).then(|| span(3)),
                cue_class: CueClass::ALL[seed % 6].0,
                form: FORMS[seed % 5],
                speaker: Speaker {
                    mention: odd(0).then(|| span(7)),
                    name: word("Lind"),
                    actor: odd(1).then(|| word("lind")),
                    speaks_for: odd(0).then(|| word("town")),
                    office: odd(1).then(|| Held { role: Role::ALL[seed % 21].0, country: word("x") }),
                    because: word("named"),
                },
                sentence: seed,
                said: said.clone().into_iter().collect(),
                date_note: odd(0).then(|| word("note")),
            },
            text: "words".into(),
            said: said.filter(|_| odd(1)),
            scored: vec![Scored { scores: vec![score], hits: vec![hit] }, Scored::default()],
            duplicate_of: None,
        }
    }

    proptest! {
        #[test]
        fn rows_come_back_as_they_were(seeds in proptest::collection::vec(0usize..5000, 0..6)) {
            let article = article();
            let mut rows: Vec<Row> = seeds.iter().map(|seed| row(&article, *seed)).collect();
            rows.iter_mut().enumerate().for_each(|(index, row)| row.id = format!("a#{}", index + 1));
            let back = decode(&encode(&rows), &article, &|_| "words".to_string());
            prop_assert_eq!(back, Some(rows));
        }

        #[test]
        fn arbitrary_bytes_are_no_rows_or_some(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = decode(&bytes, &article(), &|_| String::new());
        }
    }
}
