//! Syndicated copies: statements that repeat an earlier one.
//!
//! Lives here: recognising that two statements of one speaker are the same
//! words, lightly edited or cut short. May not live here: what is done with it.
//!
//! Statements are short, so shingles are triples of words (of five, one changed
//! word in twenty would hide a copy) and sets are compared by Jaccard's index,
//! from sketches of the 32 smallest hashes (Broder 1997): exact up to 34 words,
//! an estimate beyond. Rows are seen one at a time in their order and leave a
//! signature of about 150 bytes, so that a stream of articles needs no second
//! look. Not to be believed where an outlet paraphrases: that is no repetition
//! of words.

use crate::model::{AUTHOR, Duplicate, Row};
use chrono::NaiveDate;
use foldhash::fast::{FixedState, RandomState};
use std::collections::HashMap;
use std::hash::BuildHasher;

/// Words of a shingle.
const WORDS: usize = 3;
/// Hashes kept of a statement.
const SKETCH: usize = 32;
/// Of these, the smallest are looked up: two statements that share half of
/// their shingles share one of the six with 98 %.
const KEYS: usize = 6;
/// From this share of common shingles on two statements are the same.
const NEAR: f64 = 0.5;
/// From this share of the shorter one's shingles on it is a part of the other.
const CONTAINED: f64 = 0.9;
/// Statements with fewer shingles must be equal: "is sacred to us" and "is not
/// sacred to us" are not the same.
const FEW_SHINGLES: usize = 6;
/// Words repeated after more days than this are said again.
const DAYS: i64 = 7;
/// At most so many earlier statements are compared for each look-up.
const MOST_COMPARED: usize = 64;
/// No earlier statement.
const NONE: u32 = u32::MAX;

/// The statements seen so far.
#[derive(Debug, Default)]
pub struct Duplicates {
    latest: HashMap<u64, u32, RandomState>,
    seen: Vec<Seen>,
    hashes: Vec<u32>,
    articles: Vec<String>,
}

/// The signature of one statement.
#[derive(Debug, Clone, Copy)]
struct Seen {
    /// Number of the article and of the statement in it.
    article: u32,
    number: u32,
    speaker: u64,
    /// Hash of all words in order.
    words: u64,
    day: Option<NaiveDate>,
    /// Signs of its scores, two bits an axis.
    signs: u64,
    /// Its sketch in `hashes`, and how many shingles there were.
    start: u32,
    shingles: u32,
    /// The statement before it in each of its look-up lists.
    before: [u32; KEYS],
}

fn hash<T: std::hash::Hash + ?Sized>(value: &T) -> u64 {
    FixedState::default().hash_one(value)
}

impl Duplicates {
    /// Looks at the next row. If it repeats an earlier one of another article
    /// (same speaker, same words or nearly, said within a week), says of which;
    /// otherwise remembers it. Rows without a speaker and the articles' own
    /// voice are passed over.
    pub fn seen(&mut self, row: &Row) -> Option<Duplicate> {
        let speaker = &row.statement.speaker.name;
        if speaker.is_empty() || speaker == AUTHOR {
            return None;
        }
        let words = folded(&row.text);
        if words.is_empty() {
            return None;
        }
        if self.articles.last() != Some(&row.article) {
            self.articles.push(row.article.clone());
        }
        let mut sketch = shingles(&words);
        let shingles = sketch.len() as u32;
        sketch.truncate(SKETCH);
        let mut this = Seen {
            article: self.articles.len() as u32 - 1,
            number: row.id.rsplit_once('#').and_then(|(_, number)| number.parse().ok()).unwrap_or(0),
            speaker: hash(speaker.as_str()),
            words: hash(&words),
            day: row.said.as_ref().map(|said| said.from),
            signs: signs(row),
            start: self.hashes.len() as u32,
            shingles,
            before: [NONE; KEYS],
        };
        let keys: Vec<u64> =
            sketch.iter().take(KEYS).map(|hash| self::hash(&(this.speaker, *hash))).collect();
        if let Some((earlier, rule, similarity)) = self.find(&this, &sketch, &keys) {
            let original = &self.seen[earlier as usize];
            return Some(Duplicate {
                statement: row.id.clone(),
                original: format!("{}#{}", self.articles[original.article as usize], original.number),
                speaker: speaker.clone(),
                rule,
                similarity,
            });
        }
        let index = self.seen.len() as u32;
        for (before, key) in this.before.iter_mut().zip(&keys) {
            *before = self.latest.insert(*key, index).unwrap_or(NONE);
        }
        self.hashes.extend(&sketch);
        self.seen.push(this);
        None
    }

    /// The earliest statement that is the same.
    fn find(&self, this: &Seen, sketch: &[u32], keys: &[u64]) -> Option<(u32, &'static str, f64)> {
        let mut best: Option<(u32, &'static str, f64)> = None;
        for (list, key) in keys.iter().enumerate() {
            let mut at = self.latest.get(key).copied().unwrap_or(NONE);
            for _ in 0..MOST_COMPARED {
                if at == NONE {
                    break;
                }
                let other = &self.seen[at as usize];
                if best.is_none_or(|(earliest, _, _)| at < earliest)
                    && let Some((rule, similarity)) = self.same(this, sketch, other)
                {
                    best = Some((at, rule, similarity));
                }
                // The list goes on under the same hash, in another place perhaps.
                let wanted = sketch[list];
                let place = self.sketch(other).iter().take(KEYS).position(|hash| *hash == wanted);
                at = place.map_or(NONE, |place| other.before[place]);
            }
        }
        best
    }

    fn sketch(&self, seen: &Seen) -> &[u32] {
        let length = (seen.shingles as usize).min(SKETCH);
        &self.hashes[seen.start as usize..seen.start as usize + length]
    }

    fn same(&self, this: &Seen, sketch: &[u32], other: &Seen) -> Option<(&'static str, f64)> {
        let near = match (this.day, other.day) {
            (Some(one), Some(two)) => (one - two).num_days().abs() <= DAYS,
            (None, None) => true,
            _ => false,
        };
        if this.article == other.article || this.speaker != other.speaker || !near {
            return None;
        }
        if this.words == other.words {
            return Some(("equal", 1.0));
        }
        let fewer = this.shingles.min(other.shingles) as usize;
        if fewer < FEW_SHINGLES || opposite(this.signs, other.signs) {
            return None;
        }
        let jaccard = jaccard(sketch, self.sketch(other));
        if jaccard >= NEAR {
            return Some(("near", jaccard));
        }
        // |A and B| = J (|A| + |B|) / (1 + J).
        let both = jaccard * f64::from(this.shingles + other.shingles) / (1.0 + jaccard);
        let contained = (both / fewer as f64).min(1.0);
        (contained >= CONTAINED).then_some(("contained", contained))
    }
}

/// Marks the rows that repeat an earlier one, and says which.
pub fn mark_duplicates(rows: &mut [Row]) -> Vec<Duplicate> {
    let mut seen = Duplicates::default();
    let mut found = Vec::new();
    for row in rows {
        if let Some(duplicate) = seen.seen(row) {
            row.duplicate_of = Some(duplicate.original.clone());
            found.push(duplicate);
        }
    }
    found
}

/// Words in lower case without marks.
fn folded(text: &str) -> Vec<String> {
    text.split_whitespace()
        .map(|word| {
            word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
        })
        .filter(|word| !word.is_empty())
        .collect()
}

/// Hashes of all triples of words, sorted, each once; of the whole where it is
/// shorter.
fn shingles(words: &[String]) -> Vec<u32> {
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

    fn look(rows: &[Row]) -> Vec<Option<(String, &'static str)>> {
        let mut all = Duplicates::default();
        rows.iter().map(|row| all.seen(row).map(|found| (found.original, found.rule))).collect()
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
        for n in 0..5_000 {
            let text = format!(
                "On point {n} we will decide in round {} when the {}th council has met again.",
                n * 7,
                n * 13
            );
            let found = all.seen(&row(&format!("a{n}#1"), 10, &text));
            assert!(found.is_none(), "{found:?}");
        }
        assert!(all.seen(&row("b#1", 11, LONG)).is_none());
        for n in 0..100 {
            let found = all.seen(&row(&format!("c{n}#1"), 12, &LONG.replace("again", &format!("more {n}"))));
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
