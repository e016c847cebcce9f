//! Records of whole runs: from which inputs the results in a folder were made.
//!
//! There is one record per results folder, because a second run there replaces the first. It holds no
//! results but the hash of every file, so that a changed folder is recognised. Its first line is a
//! tag over the rest, so that damaged records and those written without the user's key are ignored.

use crate::cache::folder;
use crate::cache::folder::CacheFolder;
use crate::cache::hash::HashBuilder;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The folder of records in a cache's folder.
const RUNS: &str = "runs";
/// Number of hexadecimal digits in the name of a record.
const NAME_DIGITS: usize = 32;
/// Prefix of the name of a record while it is written.
const UNFINISHED: &str = ".stance-run-";
/// Maximum size of a record, in bytes: enough for about a million results files.
const MAX_RECORD_BYTES: u64 = 1 << 27;
/// Maximum number of records; the oldest are removed.
const MAX_RECORDS: usize = 256;

/// A finished run: what it was made from, and its results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredRun {
    /// Hash of everything that the results depend on besides the inputs.
    pub dependency_hash: String,
    /// Hash of the inputs: their names and all bytes.
    pub input_hash: String,
    /// Every file of the results: its name, length and SHA-256.
    pub results: BTreeMap<String, (u64, String)>,
    /// What the command printed at its end.
    pub summary: RunSummary,
}

/// What a command prints at its end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunSummary {
    /// The summary: plain, and with colours for a terminal.
    pub text: [String; 2],
    /// Warnings, which are printed even with `--quiet`.
    pub warnings: String,
    /// Number of inputs that were skipped or read in part.
    pub skipped: usize,
}

/// The record of a results folder; None if there is no valid one.
pub fn load_run(cache: &CacheFolder, target: &Path) -> Option<StoredRun> {
    let text = crate::files::read_text(&record_path(cache, target), MAX_RECORD_BYTES).ok()?;
    let (tag, body) = text.split_once('\n')?;
    (tag == self::tag(cache, body)).then(|| serde_json::from_str(body).ok()).flatten()
}

/// Stores the record of a results folder, replacing an earlier one. The file appears complete or not at
/// all.
///
/// # Errors
/// Those of creating and writing the file.
pub fn store_run(cache: &CacheFolder, target: &Path, run: &StoredRun) -> io::Result<()> {
    let body = serde_json::to_string(run).map_err(io::Error::other)?;
    let folder = cache.path().join(RUNS);
    folder::create(&folder)?;
    let mut file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(&folder)?;
    write!(file, "{}\n{body}", tag(cache, &body))?;
    let place = record_path(cache, target);
    file.persist(&place).map_err(|cause| cause.error)?;
    prune(&folder, &place);
    Ok(())
}

fn record_path(cache: &CacheFolder, target: &Path) -> PathBuf {
    let mut name = HashBuilder::default();
    name.add(target.as_os_str().as_encoded_bytes());
    cache.path().join(RUNS).join(format!("{}.json", &name.hex()[..NAME_DIGITS]))
}

fn tag(cache: &CacheFolder, body: &str) -> String {
    cache.tag(&[body.as_bytes()]).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Removes the oldest records and unfinished files of killed runs.
fn prune(folder: &Path, newest: &Path) {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<_> = files
        .filter(|file| file.file_type().is_ok_and(|kind| kind.is_file()) && is_record(&file.file_name()))
        .filter_map(|file| Some((file.metadata().ok()?.modified().ok()?, file.path())))
        .filter(|(_, path)| path != newest)
        .collect();
    files.sort();
    for (_, path) in files.iter().take((files.len() + 1).saturating_sub(MAX_RECORDS)) {
        let _ = std::fs::remove_file(path);
    }
}

/// True for the names of files that this program creates here.
fn is_record(name: &std::ffi::OsStr) -> bool {
    let Some(name) = name.to_str() else { return false };
    let is_hash =
        |stem: &str| stem.len() == NAME_DIGITS && stem.bytes().all(|digit| digit.is_ascii_hexdigit());
    name.starts_with(UNFINISHED) || name.strip_suffix(".json").is_some_and(is_hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memo(word: &str) -> StoredRun {
        StoredRun {
            dependency_hash: "a".into(),
            input_hash: "b".into(),
            results: BTreeMap::from([("run.json".into(), (3, "c".into()))]),
            summary: RunSummary { text: [word.into(), word.into()], ..RunSummary::default() },
        }
    }

    fn opened(folder: &Path) -> CacheFolder {
        CacheFolder::with_key(folder, [5; 32])
    }

    #[test]
    fn an_entry_comes_back_and_none_when_any_byte_of_it_is_another() {
        let folder = tempfile::tempdir().unwrap();
        let cache = opened(folder.path());
        let target = Path::new("/results");
        assert_eq!(load_run(&cache, target), None);
        store_run(&cache, target, &memo("one")).unwrap();
        store_run(&cache, target, &memo("two")).unwrap();
        assert_eq!(load_run(&cache, target), Some(memo("two")));
        assert_eq!(load_run(&cache, Path::new("/others")), None);
        assert_eq!(load_run(&CacheFolder::with_key(folder.path(), [6; 32]), target), None);
        let path = record_path(&cache, target);
        let whole = std::fs::read(&path).unwrap();
        for at in 0..whole.len() {
            for bit in [0x01, 0x20, 0x80] {
                let mut bytes = whole.clone();
                bytes[at] ^= bit;
                std::fs::write(&path, bytes).unwrap();
                assert_eq!(load_run(&cache, target), None, "byte {at}");
            }
            std::fs::write(&path, &whole[..at]).unwrap();
            assert_eq!(load_run(&cache, target), None, "{at} bytes");
        }
    }

    #[test]
    fn entries_do_not_grow_without_bound() {
        let folder = tempfile::tempdir().unwrap();
        let cache = opened(folder.path());
        for number in 0..MAX_RECORDS + 5 {
            store_run(&cache, Path::new(&number.to_string()), &memo("one")).unwrap();
        }
        let there = || std::fs::read_dir(cache.path().join(RUNS)).unwrap().count();
        assert_eq!(there(), MAX_RECORDS);
        // What somebody else put there is neither counted nor removed.
        std::fs::write(cache.path().join(RUNS).join("thesis.json"), "mine").unwrap();
        store_run(&cache, Path::new("one more"), &memo("one")).unwrap();
        assert_eq!(there(), MAX_RECORDS + 1);
        assert!(load_run(&cache, Path::new("one more")).is_some());
    }
}
