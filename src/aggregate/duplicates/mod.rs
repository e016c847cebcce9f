//! Syndicated copies: statements that repeat an earlier one.
//!
//! Two statements of one speaker are the same when their words are, also lightly edited or cut
//! short.
//!
//! Statements are short, so shingles are triples of words (of five, one changed
//! word in twenty would hide a copy) and sets are compared by Jaccard's index,
//! from sketches of the 32 smallest hashes (Broder 1997): exact up to 34 words,
//! an estimate beyond. Rows are seen one at a time in their order, so that a
//! stream of articles needs no second look; a signature can be taken on any
//! thread. It does not see copies that an outlet paraphrased.

pub(crate) mod signature_table;

use crate::aggregate::duplicates::signature_table::{KEYS, Record, SKETCH, Seen, UNDATED};
use crate::model::{AUTHOR, Duplicate, Row};
use chrono::{Datelike, NaiveDate};
use foldhash::fast::FixedState;
use std::fs::File;
use std::hash::BuildHasher;
use std::io;

/// Words of a shingle.
const WORDS: usize = 3;
/// From this share of common shingles on two statements are the same.
const NEAR: f64 = 0.5;
/// From this share of the shorter one's shingles on it is a part of the other.
const CONTAINED: f64 = 0.9;
/// Statements with fewer shingles must be equal: "is sacred to us" and "is not
/// sacred to us" are not the same.
const FEW_SHINGLES: usize = 6;
/// Words repeated after more days than this are said again.
const DAYS: u64 = 7;
/// Maximum number of earlier statements that are compared for each look-up.
const MOST_COMPARED: usize = 64;

/// What is looked at of one statement.
#[derive(Debug, Clone)]
pub struct Signature {
    speaker: u64,
    /// Hash of all words in order.
    words: u64,
    day: Option<NaiveDate>,
    /// Signs of its scores, two bits an axis.
    signs: u64,
    /// The smallest hashes of its shingles, sorted.
    sketch: Vec<u32>,
    /// How many shingles there were.
    shingles: u32,
}

/// The statements seen so far.
#[derive(Debug, Default)]
pub struct Duplicates {
    seen: Seen,
    /// Ids of articles, one after the other, and where each ends.
    articles: String,
    ends: Vec<usize>,
}

fn hash<T: std::hash::Hash + ?Sized>(value: &T) -> u64 {
    FixedState::default().hash_one(value)
}

impl Signature {
    /// The signature of a row; None for rows without a speaker and the articles'
    /// own voice, which are passed over.
    pub fn of(row: &Row) -> Option<Signature> {
        let speaker = &row.statement.speaker.name;
        if speaker.is_empty() || speaker == AUTHOR {
            return None;
        }
        let (letters, ends) = folded(&row.text);
        let mut start = 0;
        let words: Vec<&str> = ends
            .iter()
            .map(|end| {
                let word = letters.get(start..*end).unwrap_or("");
                start = *end;
                word
            })
            .collect();
        if words.is_empty() {
            return None;
        }
        let mut sketch = shingles(&words);
        let shingles = sketch.len() as u32;
        sketch.truncate(SKETCH);
        Some(Signature {
            speaker: hash(speaker.as_str()),
            words: hash(words.as_slice()),
            day: row.said.as_ref().map(|said| said.from),
            signs: signs(row),
            sketch,
            shingles,
        })
    }

    /// Under what it is looked up: one number, not 0, for each of the smallest hashes.
    fn keys(&self) -> impl Iterator<Item = u32> + '_ {
        self.sketch.iter().take(KEYS).map(|shingle| (hash(&(self.speaker, *shingle)) as u32).max(1))
    }

    fn day(&self) -> i32 {
        self.day.map_or(UNDATED, |day| day.num_days_from_ce())
    }
}

impl Duplicates {
    /// Nothing seen yet; what is needed rarely of many statements goes into a file,
    /// which should have no name. In memory are about 52 bytes a statement.
    pub fn on_disk(file: File) -> Self {
        Duplicates { seen: Seen::on_disk(file), ..Duplicates::default() }
    }

    /// Looks at the next row, given its signature. If it repeats an earlier one of
    /// another article (same speaker, same words or nearly, said within a week), says
    /// of which; otherwise remembers it. Fails when the file cannot be used.
    pub fn look(&mut self, row: &Row, signature: &Signature) -> io::Result<Option<Duplicate>> {
        let article = self.article(&row.article);
        if let Some((original, rule, similarity)) = self.find(article, signature)? {
            return Ok(Some(Duplicate {
                statement: row.id.clone(),
                original: format!("{}#{}", self.article_id(original.article), original.number),
                speaker: row.statement.speaker.name.clone(),
                rule,
                similarity,
            }));
        }
        let record = Record {
            article,
            number: row.id.rsplit_once('#').and_then(|(_, number)| number.parse().ok()).unwrap_or(0),
            speaker: signature.speaker,
            words: signature.words,
            signs: signature.signs,
            shingles: signature.shingles,
            sketch: std::array::from_fn(|index| signature.sketch.get(index).copied().unwrap_or(0)),
        };
        self.seen.add(signature.day(), signature.keys(), record)?;
        Ok(None)
    }

    /// The number of an article; articles come one after the other.
    fn article(&mut self, id: &str) -> u32 {
        let last = self.ends.len().checked_sub(1);
        if last.is_none_or(|last| self.article_id(last as u32) != id) {
            self.articles.push_str(id);
            self.ends.push(self.articles.len());
        }
        self.ends.len() as u32 - 1
    }

    fn article_id(&self, number: u32) -> &str {
        let number = number as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.articles[start..self.ends[number]]
    }

    /// The earliest statement that is the same.
    fn find(&self, article: u32, this: &Signature) -> io::Result<Option<(Record, &'static str, f64)>> {
        let mut best: Option<(u32, Record, &'static str, f64)> = None;
        let day = this.day();
        for key in this.keys() {
            for index in self.seen.under(key).take(MOST_COMPARED) {
                let near = match self.seen.day(index) {
                    UNDATED => day == UNDATED,
                    other => day != UNDATED && i64::from(other).abs_diff(day.into()) <= DAYS,
                };
                if !near || best.as_ref().is_some_and(|(earliest, ..)| index >= *earliest) {
                    continue;
                }
                let other = self.seen.record(index)?;
                if let Some((rule, similarity)) = same(article, this, &other) {
                    best = Some((index, other, rule, similarity));
                }
            }
        }
        Ok(best.map(|(_, record, rule, similarity)| (record, rule, similarity)))
    }
}

/// Whether two statements of days that are near are the same, how that was
/// recognised, and how similar they are.
fn same(article: u32, this: &Signature, other: &Record) -> Option<(&'static str, f64)> {
    if article == other.article || this.speaker != other.speaker {
        return None;
    }
    if this.words == other.words {
        return Some(("equal", 1.0));
    }
    let fewer = this.shingles.min(other.shingles) as usize;
    if fewer < FEW_SHINGLES || opposite(this.signs, other.signs) {
        return None;
    }
    let jaccard = jaccard(&this.sketch, other.sketch());
    if jaccard >= NEAR {
        return Some(("near", jaccard));
    }
    // |A and B| = J (|A| + |B|) / (1 + J).
    let both = jaccard * f64::from(this.shingles + other.shingles) / (1.0 + jaccard);
    let contained = (both / fewer as f64).min(1.0);
    (contained >= CONTAINED).then_some(("contained", contained))
}

/// Marks the rows that repeat an earlier one, and says which.
pub fn mark_duplicates(rows: &mut [Row]) -> Vec<Duplicate> {
    let mut seen = Duplicates::default();
    let mut found = Vec::new();
    for row in rows {
        let Some(signature) = Signature::of(row) else { continue };
        // Without a file nothing can fail.
        if let Ok(Some(duplicate)) = seen.look(row, &signature) {
            row.duplicate_of = Some(duplicate.original.clone());
            found.push(duplicate);
        }
    }
    found
}

/// Words in lower case without marks: their letters, and where each word ends.
fn folded(text: &str) -> (String, Vec<usize>) {
    let mut letters = String::with_capacity(text.len());
    let mut ends = Vec::new();
    for word in text.split_whitespace() {
        let start = letters.len();
        letters.extend(word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase));
        if letters.len() > start {
            ends.push(letters.len());
        }
    }
    (letters, ends)
}

/// Hashes of all triples of words, sorted, each once; of the whole where it is
/// shorter.
fn shingles(words: &[&str]) -> Vec<u32> {
    let mut all: Vec<u32> = if words.len() < WORDS {
        vec![hash(words) as u32]
    } else {
        words.windows(WORDS).map(|triple| hash(triple) as u32).collect()
    };
    all.sort_unstable();
    all.dedup();
    all
}

/// Jaccard's index from sorted sketches: among the smallest hashes of both
/// together, the share that both have.
fn jaccard(one: &[u32], two: &[u32]) -> f64 {
    let full = one.len() == SKETCH || two.len() == SKETCH;
    let most = if full { SKETCH } else { one.len() + two.len() };
    let (mut i, mut j, mut all, mut both) = (0, 0, 0, 0);
    while all < most && (i < one.len() || j < two.len()) {
        let left = one.get(i).copied();
        let right = two.get(j).copied();
        match (left, right) {
            (Some(a), Some(b)) if a == b => {
                both += 1;
                i += 1;
                j += 1;
            }
            (Some(a), Some(b)) if a < b => i += 1,
            (Some(_), None) => i += 1,
            _ => j += 1,
        }
        all += 1;
    }
    f64::from(both) / (all.max(1) as f64)
}

/// The signs of a row's scores, two bits an axis, up to 32 axes.
fn signs(row: &Row) -> u64 {
    let scores = row.scored.iter().flat_map(|scored| &scored.scores).take(32);
    scores.enumerate().fold(0, |signs, (axis, score)| {
        let sign = match score.value {
            Ok(value) if value > 0.0 => 1,
            Ok(value) if value < 0.0 => 2,
            _ => 0,
        };
        signs | sign << (2 * axis)
    })
}

/// Whether some axis has opposite signs: a "not" that was added or lost.
fn opposite(one: u64, two: u64) -> bool {
    const LOW: u64 = 0x5555_5555_5555_5555;
    let (plus, minus) = (one & LOW, one >> 1 & LOW);
    plus & (two >> 1) & LOW != 0 || minus & two & LOW != 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CueClass, Form, Precision, Said, Score, Scored, Speaker, Statement};

    fn row(id: &str, day: u32, text: &str) -> Row {
        Row {
            id: id.into(),
            article: id.split('#').next().unwrap().into(),
            source: None,
            published: None,
            language: "en".into(),
            statement: Statement {
                content: Vec::new(),
                cue: None,
                cue_class: CueClass::Neutral,
                form: Form::Direct,
                speaker: Speaker { name: "Ann Lind".into(), ..Speaker::default() },
                sentence: 0,
                said: Vec::new(),
                date_note: None,
            },
            text: text.into(),
            said: NaiveDate::from_ymd_opt(2019, 2, day).map(|day| Said {
                from: day,
                to: day,
                precision: Precision::Day,
                expression: None,
            }),
            scored: Vec::new(),
            duplicate_of: None,
        }
    }

    const LONG: &str = "We will never give up the harbour, because the harbour has fed this town for three \
                        hundred years and will feed it for as many again.";

    fn seen(all: &mut Duplicates, row: &Row) -> Option<Duplicate> {
        all.look(row, &Signature::of(row)?).expect("a file that can be used")
    }

    fn look(rows: &[Row]) -> Vec<Option<(String, &'static str)>> {
        let mut all = Duplicates::default();
        rows.iter().map(|row| seen(&mut all, row).map(|found| (found.original, found.rule))).collect()
    }

    #[test]
    fn copies_light_edits_and_cuts_are_found() {
        let edited = LONG.replace("never", "not").replace("three hundred", "300");
        let cut = &LONG[..LONG.find(" has fed").unwrap()];
        let found = look(&[
            row("a#1", 10, LONG),
            row("b#4", 11, &LONG.to_uppercase()),
            row("c#2", 12, &edited),
            row("d#1", 12, cut),
            row(
                "e#1",
                12,
                "The ferry leaves at noon and nobody asked the town whether that suits its fishermen.",
            ),
        ]);
        let original = |rule| Some(("a#1".to_string(), rule));
        assert_eq!(found, [None, original("equal"), original("near"), original("contained"), None]);
    }

    #[test]
    fn what_is_said_again_or_by_others_or_turned_counts() {
        let mut other = row("c#1", 10, LONG);
        other.statement.speaker.name = "Bo Berg".into();
        let later = row("d#1", 28, LONG);
        let same_article = row("a#2", 10, LONG);
        assert_eq!(look(&[row("a#1", 10, LONG), same_article, other, later]), [None, None, None, None]);
        let scored = |id: &str, text: &str, value: f64| {
            let mut row = row(id, 10, text);
            row.scored = vec![Scored {
                scores: vec![Score {
                    axis: "x".into(),
                    value: Ok(value),
                    hits: 1,
                    poles: (1, 0),
                    parts: Vec::new(),
                }],
                hits: Vec::new(),
            }];
            row
        };
        let turned = LONG.replace("never", "gladly");
        assert_eq!(look(&[scored("a#1", LONG, 0.5), scored("b#1", &turned, -0.5)]), [None, None]);
        // Short statements must be equal.
        let short = [
            row("a#1", 10, "The harbour is sacred to us."),
            row("b#1", 10, "The harbour is not sacred to us."),
        ];
        assert_eq!(look(&short), [None, None]);
    }

    #[test]
    fn a_reprint_is_found_among_thousands() {
        let mut all = Duplicates::default();
        a_reprint_is_found(&mut all);
        let mut spilled = Duplicates::on_disk(tempfile::tempfile().unwrap());
        spilled.seen.most_in_memory(1000);
        a_reprint_is_found(&mut spilled);
    }

    fn a_reprint_is_found(all: &mut Duplicates) {
        for n in 0..5_000 {
            let text = format!(
                "On point {n} we will decide in round {} when the {}th council has met again.",
                n * 7,
                n * 13
            );
            let found = seen(all, &row(&format!("a{n}#1"), 10, &text));
            assert!(found.is_none(), "{found:?}");
        }
        assert!(seen(all, &row("b#1", 11, LONG)).is_none());
        for n in 0..100 {
            let found = seen(all, &row(&format!("c{n}#1"), 12, &LONG.replace("again", &format!("more {n}"))));
            assert_eq!(found.unwrap().original, "b#1");
        }
    }

    #[test]
    fn sketches_estimate_the_index() {
        let hashes = |range: std::ops::Range<u64>| {
            let mut all: Vec<u32> = range.map(|n| hash(&n) as u32).collect();
            all.sort_unstable();
            all.truncate(SKETCH);
            all
        };
        assert_eq!(jaccard(&hashes(0..20), &hashes(10..30)), 10.0 / 30.0);
        assert_eq!(jaccard(&hashes(0..500), &hashes(0..500)), 1.0);
        let estimate = jaccard(&hashes(0..1000), &hashes(250..1250));
        assert!((estimate - 0.6).abs() < 0.25, "{estimate}");
    }
}
