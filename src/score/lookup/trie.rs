//! Finds the words and globs that a word of a text matches.
//!
//! One walk along the letters of the word finds all of them, so that the time does not grow
//! with the size of the lexicon.

use crate::model::{PatternPart, Possessives, glob};
use std::collections::HashMap;

/// No such child.
const NONE: u32 = u32::MAX;

/// The distinct parts (words and globs) of a lexicon's patterns in one language.
#[derive(Debug, Clone)]
pub struct Trie {
    /// Which column of the table a byte has; 0 for bytes no part holds.
    classes: Vec<u8>,
    /// Number of columns.
    width: usize,
    /// Child of a node by column: `next[node * width + class]`.
    next: Vec<u32>,
    /// Which of `endings` each node has. Most nodes end nothing, and a number
    /// takes less of the cache than an empty list would.
    ends: Vec<u32>,
    /// What ends at some node; the first is nothing.
    endings: Vec<Ends>,
    /// Ids by part, in the order they were added.
    ids: HashMap<PatternPart, u32>,
    /// The globs by id that a prefix does not decide.
    globs: HashMap<u32, String>,
    /// Endings that a word may have in a text and not in the lexicon.
    possessives: Possessives,
}

/// The parts whose literal letters end at a node.
#[derive(Debug, Clone, Default)]
struct Ends {
    /// The word itself.
    word: Option<u32>,
    /// `abc*`: every word that begins so.
    prefix: Option<u32>,
    /// Other globs that begin so ("ab*yz"), to be compared in full.
    globs: Vec<u32>,
}

impl Trie {
    /// The trie of all parts but gaps, for a language with these possessives.
    pub fn new<'a>(parts: impl Iterator<Item = &'a PatternPart> + Clone, possessives: &Possessives) -> Self {
        let mut classes = vec![0u8; 256];
        let mut width = 1usize;
        for byte in parts.clone().flat_map(|part| literal(part).bytes()) {
            let class = &mut classes[usize::from(byte)];
            if *class == 0 && width < 255 {
                *class = width as u8;
                width += 1;
            }
        }
        let mut trie = Trie {
            classes,
            width,
            next: vec![NONE; width],
            ends: vec![0],
            endings: vec![Ends::default()],
            ids: HashMap::new(),
            globs: HashMap::new(),
            possessives: possessives.clone(),
        };
        for part in parts {
            trie.add(part);
        }
        trie
    }

    fn add(&mut self, part: &PatternPart) {
        if *part == PatternPart::Gap || self.ids.contains_key(part) {
            return;
        }
        let id = self.ids.len() as u32;
        let mut node = 0usize;
        for byte in literal(part).bytes() {
            let cell = node * self.width + usize::from(self.classes[usize::from(byte)]);
            if self.next[cell] == NONE {
                self.next[cell] = self.ends.len() as u32;
                self.ends.push(0);
                self.next.extend(std::iter::repeat_n(NONE, self.width));
            }
            node = self.next[cell] as usize;
        }
        if self.ends[node] == 0 {
            self.ends[node] = self.endings.len() as u32;
            self.endings.push(Ends::default());
        }
        let ends = &mut self.endings[self.ends[node] as usize];
        match part {
            PatternPart::Word(_) => ends.word = Some(id),
            PatternPart::Glob(pattern) if pattern.find('*') == Some(pattern.len() - 1) => {
                ends.prefix = Some(id);
            }
            PatternPart::Glob(pattern) => {
                ends.globs.push(id);
                self.globs.insert(id, pattern.clone());
            }
            PatternPart::Gap => {}
        }
        self.ids.insert(part.clone(), id);
    }

    /// The id of a part that was added.
    pub fn id(&self, part: &PatternPart) -> Option<u32> {
        self.ids.get(part).copied()
    }

    /// How many parts there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Adds to `found` the ids of all parts that a folded word matches, with or without a
    /// possessive ending.
    pub fn matches(&self, word: &str, found: &mut Vec<u32>) {
        let bare = self.possessives.strip(word).len();
        let mut node = 0usize;
        self.open(0, word, bare, found);
        for (at, byte) in word.bytes().enumerate() {
            if at == bare && bare > 0 {
                found.extend(self.endings[self.ends[node] as usize].word);
            }
            let class = usize::from(self.classes[usize::from(byte)]);
            let next = if class == 0 { NONE } else { self.next[node * self.width + class] };
            if next == NONE {
                return;
            }
            node = next as usize;
            self.open(node, word, bare, found);
        }
        found.extend(self.endings[self.ends[node] as usize].word);
    }

    /// The globs whose literal beginning ends at a node.
    #[inline]
    fn open(&self, node: usize, word: &str, bare: usize, found: &mut Vec<u32>) {
        let which = self.ends[node] as usize;
        if which == 0 {
            return;
        }
        let ends = &self.endings[which];
        found.extend(ends.prefix);
        for id in &ends.globs {
            let fits = self.globs.get(id).is_some_and(|pattern| {
                glob(pattern, word) || bare < word.len() && glob(pattern, &word[..bare])
            });
            if fits {
                found.push(*id);
            }
        }
    }
}

/// The letters before the first `*`.
fn literal(part: &PatternPart) -> &str {
    match part {
        PatternPart::Word(word) => word,
        PatternPart::Glob(pattern) => pattern.split('*').next().unwrap_or(""),
        PatternPart::Gap => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_fits_words_prefixes_and_globs() {
        let parts = [
            PatternPart::Word("union".into()),
            PatternPart::Glob("uni*".into()),
            PatternPart::Glob("u*on".into()),
            PatternPart::Glob("*ion".into()),
            PatternPart::Word("state".into()),
            PatternPart::Glob("союз*".into()),
        ];
        let mut possessives = Possessives::default();
        assert!(possessives.add("'s", ""));
        let trie = Trie::new(parts.iter(), &possessives);
        let fits = |word: &str| {
            let mut found = Vec::new();
            trie.matches(word, &mut found);
            found.sort_unstable();
            found
        };
        assert_eq!(fits("union"), [0, 1, 2, 3]);
        assert_eq!(fits("union's"), [0, 1, 2, 3]);
        assert_eq!(fits("unity"), [1]);
        assert_eq!(fits("state's"), [4]);
        assert_eq!(fits("союзный"), [5]);
        assert_eq!(fits("стая"), [0u32; 0]);
        assert_eq!(fits(""), [0u32; 0]);
        assert_eq!(fits("'s"), [0u32; 0]);
    }
}
