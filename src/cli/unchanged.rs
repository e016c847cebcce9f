//! Whether a run would repeat what lies there already.
//!
//! Lives here: when earlier results stand, and when a run is remembered. May not live
//! here: what results follow from (see `fingerprint`), or the entry (see `cache`).
//!
//! Before a run everything it follows from is hashed, and so is every file of its results.
//! If all of that is as it was, there is nothing to compute. After a run nothing is read
//! again: the hashes are those of what was read, and the run is remembered only if
//! nothing was touched from its first moment to its last.

use super::fingerprint::{self, Asked, Taken};
use crate::cache::{self, Memo, Told};
use crate::report;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// So many files are read at once: a slow disk wants many questions.
const READERS: usize = 16;

/// A run that may be remembered.
#[derive(Debug)]
pub struct Watched<'a> {
    asked: Asked<'a>,
    cache: PathBuf,
    target: PathBuf,
    stamp: [u8; 32],
}

/// What is to be kept once the results are in their place.
#[derive(Debug)]
pub struct Ready {
    cache: PathBuf,
    target: PathBuf,
    memo: Memo,
}

/// What was told at the end of the run whose results lie there, if they are still what
/// this run would make.
pub fn stands(asked: &Asked, cache: &Path) -> Option<Told> {
    let memo = cache::recall(cache, &std::path::absolute(asked.target).ok()?)?;
    let readers = asked.common.threads.unwrap_or(READERS);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(readers).build().ok().filter(|_| readers > 0)?;
    pool.install(|| {
        let made_of = fingerprint::made_of(asked, &asked.sources.hashes().ok()?)?;
        let same = made_of == memo.made_of
            && holds(asked.target, &memo.results)
            && fingerprint::inputs(asked)? == memo.inputs;
        same.then_some(memo.told)
    })
}

/// Begins to watch a run; None where what it follows from cannot be known.
pub fn watch<'a>(asked: Asked<'a>, cache: &Path) -> Option<Watched<'a>> {
    let target = std::path::absolute(asked.target).ok()?;
    let stamp = fingerprint::stamp(&asked)?;
    Some(Watched { asked, cache: cache.to_path_buf(), target, stamp })
}

impl Watched<'_> {
    /// What is to be remembered of the run whose results lie in `folder`, complete but
    /// not yet in their place. `hashes` are those of the sources after they were loaded.
    /// None when something was touched meanwhile.
    pub fn done(
        self,
        folder: &Path,
        hashes: &[(String, String)],
        taken: &Taken,
        told: &Told,
    ) -> Option<Ready> {
        let made_of = fingerprint::made_of(&self.asked, hashes)?;
        let inputs = fingerprint::inputs_taken(&self.asked, taken)?;
        let results = results(folder)?;
        // Last, so that it covers all of the above.
        if fingerprint::stamp(&self.asked)? != self.stamp {
            return None;
        }
        let memo = Memo { made_of, inputs, results, told: told.clone() };
        Some(Ready { cache: self.cache, target: self.target, memo })
    }
}

impl Ready {
    /// Keeps it for the next run.
    pub fn keep(self) -> io::Result<()> {
        cache::keep(&self.cache, &self.target, &self.memo)
    }
}

/// Names and lengths of the files of a folder; None when something else lies there.
fn names(folder: &Path) -> Option<BTreeMap<String, u64>> {
    let mut names = BTreeMap::new();
    for entry in std::fs::read_dir(folder).ok()? {
        let entry = entry.ok()?;
        if !entry.file_type().ok()?.is_file() {
            return None;
        }
        names.insert(entry.file_name().into_string().ok()?, entry.metadata().ok()?.len());
    }
    Some(names)
}

/// Every file of a folder with its length and SHA-256.
fn results(folder: &Path) -> Option<BTreeMap<String, (u64, String)>> {
    let hashed = |(name, length): (String, u64)| {
        let hash = report::file_hash(&folder.join(&name)).ok()?;
        Some((name, (length, hash)))
    };
    names(folder)?.into_par_iter().map(hashed).collect()
}

/// Whether a folder holds exactly these files.
fn holds(folder: &Path, expected: &BTreeMap<String, (u64, String)>) -> bool {
    let Some(found) = names(folder) else { return false };
    let lengths = expected.iter().map(|(name, (length, _))| (name, length));
    found.iter().eq(lengths) && results(folder).is_some_and(|found| found == *expected)
}
