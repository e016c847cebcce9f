//! Words that a thread has looked up before, with the parts of patterns that they fit.
//!
//! Lives here: that memory. May not live here: the look-up itself (see `parts`). The
//! words of a text repeat; the trie of a large lexicon does not fit the nearest
//! cache, the few thousand words that make up nearly all of any text do.

use crate::model::WordMap;
use crate::score::lookup::trie::Parts;
use std::cell::RefCell;
use std::sync::atomic::{AtomicUsize, Ordering};

/// As many words are kept of a lexicon in a language: a thread then begins anew.
const MOST: usize = 50_000;

/// The number of an index that no other index of this program has.
pub fn number() -> usize {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// What is known of the words of one index.
#[derive(Default)]
struct Seen {
    /// Where the parts of a word stand in `parts`.
    words: WordMap<(u32, u32)>,
    parts: Vec<u32>,
}

thread_local! {
    static SEEN: RefCell<Vec<Seen>> = const { RefCell::new(Vec::new()) };
}

/// Adds the ids of all parts that a folded word fits, as [`Parts::fitting`] does.
/// `index` is the [`number`] that belongs to these parts and to no others.
pub fn fitting(index: usize, parts: &Parts, word: &str, found: &mut Vec<u32>) {
    SEEN.with_borrow_mut(|all| {
        if all.len() <= index {
            all.resize_with(index + 1, Seen::default);
        }
        let Some(seen) = all.get_mut(index) else { return };
        if let Some((start, end)) = seen.words.get(word) {
            found.extend_from_slice(seen.parts.get(*start as usize..*end as usize).unwrap_or(&[]));
            return;
        }
        if seen.words.len() >= MOST {
            *seen = Seen::default();
        }
        let start = seen.parts.len();
        parts.fitting(word, &mut seen.parts);
        found.extend_from_slice(&seen.parts[start..]);
        seen.words.insert(word.to_string(), (start as u32, seen.parts.len() as u32));
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PatternPart, Possessives};

    #[test]
    fn what_was_looked_up_before_is_the_same_again_and_no_other_index_s() {
        let of = |words: &[&str]| {
            let parts: Vec<PatternPart> =
                words.iter().map(|word| PatternPart::Glob(format!("{word}*"))).collect();
            (number(), Parts::new(parts.iter(), &Possessives::default()))
        };
        let (one, two) = (of(&["un", "union"]), of(&["x", "unit"]));
        let fits = |(index, parts): &(usize, Parts), word: &str| {
            let mut found = vec![7];
            fitting(*index, parts, word, &mut found);
            found
        };
        for _ in 0..2 {
            assert_eq!(fits(&one, "unions"), [7, 0, 1]);
            assert_eq!(fits(&two, "unions"), [7]);
            assert_eq!(fits(&two, "units"), [7, 1]);
        }
        for number in 0..MOST + 10 {
            fits(&one, &format!("w{number}"));
        }
        assert_eq!(fits(&one, "unions"), [7, 0, 1]);
    }
}
