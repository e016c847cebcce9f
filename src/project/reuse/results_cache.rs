//! What a command keeps from run to run, beside its results.

use crate::cache::{Cache, CacheFolder, CacheUsage, RunSummary};
use crate::model::counted;
use crate::project::resources::load::Loaded;
use crate::project::reuse::run_key::Asked;
use crate::project::reuse::unchanged;
use crate::project::reuse::unchanged::{Ready, Watched};
use crate::report;
use std::path::Path;

/// The cache's folder, beside the results.
const FOLDER: &str = ".stance-cache";

/// What may be kept and used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Nothing: everything is computed.
    Nothing,
    /// Rows of articles and whole results.
    All,
    /// The same, but whole results are never taken for those of this run, and the number of
    /// articles that were done before is reported.
    Resume,
}

/// How a run begins.
pub enum Before<'a> {
    /// Its results are there, with what was said at its end.
    UpToDate(RunSummary),
    /// It must be computed, and may be remembered.
    Compute(Option<Watched<'a>>),
}

impl Keep {
    /// Looks whether there is anything to compute. Who resumes a run that was killed wants
    /// it done.
    pub fn before(self, asked: Asked<'_>) -> Before<'_> {
        if self == Keep::Nothing {
            return Before::Compute(None);
        }
        // Where that fails, the results are made anew, and a note says so.
        let _ = report::tidy(asked.target);
        let Ok(cache) = folder(asked.target) else { return Before::Compute(None) };
        if self == Keep::All
            && let Some(told) = unchanged::up_to_date(&asked, &cache)
        {
            return Before::UpToDate(told);
        }
        Before::Compute(unchanged::watch(asked, cache))
    }

    /// Opens the cache of rows beside the results.
    pub fn open(self, loaded: &mut Loaded, target: &Path) {
        let Some(mut made_of) = loaded.follows.clone().filter(|_| self != Keep::Nothing) else { return };
        let resources = &loaded.resources;
        made_of.push(format!("{:?} {:?} {:?}", resources.method, resources.scale, resources.scope));
        loaded.cache = folder(target).ok().map(|folder| Cache::open(folder, &made_of));
    }

    /// Keeps what is to be remembered of the run. Returns what there is to say of the cache.
    pub fn close(self, loaded: &Loaded, ready: Option<Ready>, target: &Path) -> Vec<String> {
        let kept = ready.map_or(Ok(()), Ready::keep);
        let used = loaded.cache.as_ref().map(Cache::usage);
        let mut notes = Vec::new();
        if self == Keep::Nothing {
            return notes;
        }
        if let Some(CacheUsage { found, computed, .. }) = used.as_ref().filter(|_| self == Keep::Resume) {
            let were = |count| if count == 1 { "was" } else { "were" };
            notes.push(format!(
                "resumed: {} {} done before, {computed} {} computed now",
                counted(*found, "article"),
                were(*found),
                were(*computed)
            ));
        }
        let of_run = || Some(format!("{}", kept.as_ref().err()?));
        let of_folder = || folder(target).err();
        if let Some(trouble) = used.and_then(|used| used.write_error).or_else(of_run).or_else(of_folder) {
            notes.push(format!(
                "nothing could be kept for the next run ({trouble}); the results are not affected"
            ));
        }
        notes
    }
}

fn folder(target: &Path) -> Result<CacheFolder, String> {
    CacheFolder::open(&target.with_file_name(FOLDER))
}
