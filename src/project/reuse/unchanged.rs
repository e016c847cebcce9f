//! Decides whether earlier results are still what a run would make.
//!
//! Before a run, all that it depends on is hashed, and every file of its results. If nothing
//! differs, there is nothing to compute. After a run nothing is read again: the hashes are those
//! of what was read, and the run is stored only if no file was touched from its first moment to
//! its last.

use crate::cache;
use crate::cache::{CacheFolder, RunSummary, StoredRun};
use crate::project::reuse::run_key;
use crate::project::reuse::run_key::{Asked, Taken};
use crate::report;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// Number of files that are read at once: a slow disk answers many requests faster than one
/// after the other.
const READERS: usize = 16;

/// A run that may be remembered.
#[derive(Debug)]
pub struct Watched<'a> {
    asked: Asked<'a>,
    cache: CacheFolder,
    target: PathBuf,
    stamp: [u8; 32],
}

/// What is to be kept once the results are in their place.
#[derive(Debug)]
pub struct Ready {
    cache: CacheFolder,
    target: PathBuf,
    memo: StoredRun,
}

/// The saved summary, if the results in the target are still up to date.
pub fn up_to_date(asked: &Asked, cache: &CacheFolder) -> Option<RunSummary> {
    let memo = cache::load_run(cache, &std::path::absolute(asked.target).ok()?)?;
    let readers = asked.threads.unwrap_or(READERS);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(readers).build().ok().filter(|_| readers > 0)?;
    pool.install(|| {
        let made_of = run_key::made_of(asked, &asked.sources.hashes().ok()?)?;
        let same = made_of == memo.dependency_hash
            && holds(asked.target, &memo.results)
            && run_key::inputs(asked)? == memo.input_hash;
        same.then_some(memo.summary)
    })
}

/// Begins to watch a run; None where what it follows from cannot be known.
pub fn watch<'a>(asked: Asked<'a>, cache: CacheFolder) -> Option<Watched<'a>> {
    let target = std::path::absolute(asked.target).ok()?;
    let stamp = run_key::stamp(&asked)?;
    Some(Watched { asked, cache, target, stamp })
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
        told: &RunSummary,
    ) -> Option<Ready> {
        let made_of = run_key::made_of(&self.asked, hashes)?;
        let inputs = run_key::inputs_taken(&self.asked, taken)?;
        let results = results(folder)?;
        // Last, so that it covers all of the above.
        if run_key::stamp(&self.asked)? != self.stamp {
            return None;
        }
        let memo = StoredRun { dependency_hash: made_of, input_hash: inputs, results, summary: told.clone() };
        Some(Ready { cache: self.cache, target: self.target, memo })
    }
}

impl Ready {
    /// Keeps it for the next run.
    pub fn keep(self) -> io::Result<()> {
        cache::store_run(&self.cache, &self.target, &self.memo)
    }
}

/// Every file of new results with its length and SHA-256.
fn results(folder: &Path) -> Option<BTreeMap<String, (u64, String)>> {
    let names: Vec<String> = report::result_names(folder).ok()?;
    names.into_par_iter().map(|name| Some((name.clone(), found(&folder.join(name))?))).collect()
}

fn found(path: &Path) -> Option<(u64, String)> {
    let length = path.symlink_metadata().ok().filter(std::fs::Metadata::is_file)?.len();
    Some((length, report::file_hash(path).ok()?))
}

/// Whether a folder holds these files as they were. What else lies there is the user's.
fn holds(folder: &Path, expected: &BTreeMap<String, (u64, String)>) -> bool {
    let length = |name: &String| folder.join(name).symlink_metadata().map(|found| found.len()).ok();
    // Lengths first: they cost nothing.
    expected.iter().all(|(name, (wanted, _))| length(name) == Some(*wanted))
        && expected.par_iter().all(|(name, wanted)| found(&folder.join(name)).as_ref() == Some(wanted))
}
