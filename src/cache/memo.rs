//! What is kept of a whole run: that its results follow from its inputs.
//!
//! Lives here: an entry and its file. May not live here: what results follow
//! from, or how files are hashed (the command hands both in).
//!
//! There is one entry for each folder of results, because a second run there replaces
//! the first. It does not hold results: it holds the hash of every file of the
//! folder, so that a folder that somebody has touched is seen to be another. Its first
//! line is the SHA-256 of all that follows, so that an entry that is damaged is none.

use super::Pieces;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The folder of entries in a cache's folder.
pub const RUNS: &str = "runs";
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
pub fn recall(cache: &Path, target: &Path) -> Option<Memo> {
    let text = std::fs::read_to_string(place(cache, target)).ok()?;
    let (sum, body) = text.split_once('\n')?;
    (sum == checksum(body)).then(|| serde_json::from_str(body).ok()).flatten()
}

/// Keeps an entry in place of the one before. It appears whole or not at all.
pub fn keep(cache: &Path, target: &Path, memo: &Memo) -> io::Result<()> {
    let body = serde_json::to_string(memo).map_err(io::Error::other)?;
    let folder = cache.join(RUNS);
    std::fs::create_dir_all(&folder)?;
    let mut file = tempfile::NamedTempFile::new_in(&folder)?;
    write!(file, "{}\n{body}", checksum(&body))?;
    let place = place(cache, target);
    file.persist(&place).map_err(|cause| cause.error)?;
    prune(&folder, &place);
    Ok(())
}

fn place(cache: &Path, target: &Path) -> PathBuf {
    let mut name = Pieces::default();
    name.add(target.as_os_str().as_encoded_bytes());
    cache.join(RUNS).join(format!("{}.json", &name.hex()[..32]))
}

fn checksum(body: &str) -> String {
    let mut pieces = Pieces::default();
    pieces.add(body);
    pieces.hex()
}

/// Removes the oldest files, also what a run left that was killed while it wrote.
fn prune(folder: &Path, newest: &Path) {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<_> = files
        .filter_map(|file| Some((file.metadata().ok()?.modified().ok()?, file.path())))
        .filter(|(_, path)| path != newest)
        .collect();
    files.sort();
    for (_, path) in files.iter().take((files.len() + 1).saturating_sub(MOST)) {
        let _ = std::fs::remove_file(path);
    }
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

    #[test]
    fn an_entry_comes_back_and_none_when_any_byte_of_it_is_another() {
        let cache = tempfile::tempdir().unwrap();
        let target = Path::new("/results");
        assert_eq!(recall(cache.path(), target), None);
        keep(cache.path(), target, &memo("one")).unwrap();
        keep(cache.path(), target, &memo("two")).unwrap();
        assert_eq!(recall(cache.path(), target), Some(memo("two")));
        assert_eq!(recall(cache.path(), Path::new("/others")), None);
        let path = place(cache.path(), target);
        let whole = std::fs::read(&path).unwrap();
        for at in 0..whole.len() {
            for bit in [0x01, 0x20, 0x80] {
                let mut bytes = whole.clone();
                bytes[at] ^= bit;
                std::fs::write(&path, bytes).unwrap();
                assert_eq!(recall(cache.path(), target), None, "byte {at}");
            }
            std::fs::write(&path, &whole[..at]).unwrap();
            assert_eq!(recall(cache.path(), target), None, "{at} bytes");
        }
    }

    #[test]
    fn entries_do_not_grow_without_bound() {
        let cache = tempfile::tempdir().unwrap();
        for number in 0..MOST + 5 {
            keep(cache.path(), Path::new(&number.to_string()), &memo("one")).unwrap();
        }
        assert_eq!(std::fs::read_dir(cache.path().join(RUNS)).unwrap().count(), MOST);
        let newest = (MOST + 4).to_string();
        assert!(recall(cache.path(), Path::new(&newest)).is_some());
    }
}
