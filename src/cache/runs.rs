//! What is kept of a whole run: that its results follow from its inputs.
//!
//! There is one entry for each folder of results, because a second run there replaces
//! the first. It does not hold results: it holds the hash of every file of the
//! folder, so that a folder that somebody has touched is seen to be another. Its first
//! line is a tag over all that follows: an entry that is damaged, or that somebody without
//! the user's key wrote, is none.

use crate::cache::Pieces;
use crate::cache::private;
use crate::cache::private::Folder;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The folder of entries in a cache's folder.
const RUNS: &str = "runs";
/// How many hexadecimal digits the name of an entry has.
const NAME: usize = 32;
/// How the name of an entry begins while it is written.
const UNFINISHED: &str = ".stance-run-";
/// Largest entry: the names and hashes of some million results files.
const MOST_BYTES: u64 = 1 << 27;
/// Of more files than this the oldest are removed.
const MOST: usize = 256;

/// A run, by what it followed from and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memo {
    /// Hash of everything that results follow from beside the inputs.
    pub made_of: String,
    /// Hash of the inputs: which files there are, and every byte in them.
    pub inputs: String,
    /// Every file of the results: its name, length and SHA-256.
    pub results: BTreeMap<String, (u64, String)>,
    /// What the command said at its end.
    pub told: Told,
}

/// What a command says at its end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The summary, plain and for a terminal with colours.
    pub summary: [String; 2],
    /// What is said even when a summary is not wanted.
    pub warnings: String,
    /// How many inputs were skipped or incomplete.
    pub skipped: usize,
}

/// The entry of a folder of results; None when there is none that is whole.
pub fn recall(cache: &Folder, target: &Path) -> Option<Memo> {
    let text = crate::files::read_text(&place(cache, target), MOST_BYTES).ok()?;
    let (tag, body) = text.split_once('\n')?;
    (tag == self::tag(cache, body)).then(|| serde_json::from_str(body).ok()).flatten()
}

/// Keeps an entry in place of the one before. It appears whole or not at all.
pub fn keep(cache: &Folder, target: &Path, memo: &Memo) -> io::Result<()> {
    let body = serde_json::to_string(memo).map_err(io::Error::other)?;
    let folder = cache.path().join(RUNS);
    private::make(&folder)?;
    let mut file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(&folder)?;
    write!(file, "{}\n{body}", tag(cache, &body))?;
    let place = place(cache, target);
    file.persist(&place).map_err(|cause| cause.error)?;
    prune(&folder, &place);
    Ok(())
}

fn place(cache: &Folder, target: &Path) -> PathBuf {
    let mut name = Pieces::default();
    name.add(target.as_os_str().as_encoded_bytes());
    cache.path().join(RUNS).join(format!("{}.json", &name.hex()[..NAME]))
}

fn tag(cache: &Folder, body: &str) -> String {
    cache.tag(&[body.as_bytes()]).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Removes the oldest entries, and what a run left that was killed while it wrote one.
fn prune(folder: &Path, newest: &Path) {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<_> = files
        .filter(|file| file.file_type().is_ok_and(|kind| kind.is_file()) && is_entry(&file.file_name()))
        .filter_map(|file| Some((file.metadata().ok()?.modified().ok()?, file.path())))
        .filter(|(_, path)| path != newest)
        .collect();
    files.sort();
    for (_, path) in files.iter().take((files.len() + 1).saturating_sub(MOST)) {
        let _ = std::fs::remove_file(path);
    }
}

/// Files that this program makes here, by their names.
fn is_entry(name: &std::ffi::OsStr) -> bool {
    let Some(name) = name.to_str() else { return false };
    let is_hash = |stem: &str| stem.len() == NAME && stem.bytes().all(|digit| digit.is_ascii_hexdigit());
    name.starts_with(UNFINISHED) || name.strip_suffix(".json").is_some_and(is_hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memo(word: &str) -> Memo {
        Memo {
            made_of: "a".into(),
            inputs: "b".into(),
            results: BTreeMap::from([("run.json".into(), (3, "c".into()))]),
            told: Told { summary: [word.into(), word.into()], ..Told::default() },
        }
    }

    fn opened(folder: &Path) -> Folder {
        Folder::with_key(folder, [5; 32])
    }

    #[test]
    fn an_entry_comes_back_and_none_when_any_byte_of_it_is_another() {
        let folder = tempfile::tempdir().unwrap();
        let cache = opened(folder.path());
        let target = Path::new("/results");
        assert_eq!(recall(&cache, target), None);
        keep(&cache, target, &memo("one")).unwrap();
        keep(&cache, target, &memo("two")).unwrap();
        assert_eq!(recall(&cache, target), Some(memo("two")));
        assert_eq!(recall(&cache, Path::new("/others")), None);
        assert_eq!(recall(&Folder::with_key(folder.path(), [6; 32]), target), None);
        let path = place(&cache, target);
        let whole = std::fs::read(&path).unwrap();
        for at in 0..whole.len() {
            for bit in [0x01, 0x20, 0x80] {
                let mut bytes = whole.clone();
                bytes[at] ^= bit;
                std::fs::write(&path, bytes).unwrap();
                assert_eq!(recall(&cache, target), None, "byte {at}");
            }
            std::fs::write(&path, &whole[..at]).unwrap();
            assert_eq!(recall(&cache, target), None, "{at} bytes");
        }
    }

    #[test]
    fn entries_do_not_grow_without_bound() {
        let folder = tempfile::tempdir().unwrap();
        let cache = opened(folder.path());
        for number in 0..MOST + 5 {
            keep(&cache, Path::new(&number.to_string()), &memo("one")).unwrap();
        }
        let there = || std::fs::read_dir(cache.path().join(RUNS)).unwrap().count();
        assert_eq!(there(), MOST);
        // What somebody else put there is neither counted nor removed.
        std::fs::write(cache.path().join(RUNS).join("thesis.json"), "mine").unwrap();
        keep(&cache, Path::new("one more"), &memo("one")).unwrap();
        assert_eq!(there(), MOST + 1);
        assert!(recall(&cache, Path::new("one more")).is_some());
    }
}
