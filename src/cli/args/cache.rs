//! Options of the cache.
//!
//! Lives here: where it lies, what it depends on, what is told of it. May not live
//! here: what is kept (see `cache`).

use crate::cache::{Cache, CacheFolder, CacheUsage, RunSummary};
use crate::cli::messages;
use crate::model::counted;
use crate::project::load::Loaded;
use crate::project::run_key::Asked;
use crate::project::unchanged;
use crate::project::unchanged::{Ready, Watched};
use crate::report;
use clap::Args;
use std::path::Path;

/// The cache's folder, beside the results.
const FOLDER: &str = ".stance-cache";

/// What is kept from run to run.
#[derive(Args, Debug, Clone)]
pub struct CacheArgs {
    /// Compute everything anew, and keep nothing in .stance-cache beside the results;
    /// without this, articles that did not change are not computed again, and nothing
    /// at all when the results would be those that are there
    #[arg(long)]
    no_cache: bool,
    /// Go on with a run that was killed, and say how much it had done
    #[arg(long, conflicts_with = "no_cache")]
    resume: bool,
}

/// How a run begins.
pub enum Before<'a> {
    /// Its results are there; so it was told when they were made.
    Stands(RunSummary),
    /// It must be computed, and may be remembered.
    Compute(Option<Watched<'a>>),
}

impl CacheArgs {
    /// Computes everything, and keeps nothing.
    pub fn off(&mut self) {
        self.no_cache = true;
        self.resume = false;
    }

    /// Looks whether there is anything to compute. Who goes on with a run that was
    /// killed wants it done.
    pub fn before<'a>(&self, asked: Asked<'a>) -> Before<'a> {
        if self.no_cache {
            return Before::Compute(None);
        }
        // Where that fails, the results are made anew, and it is told.
        let _ = report::tidy(asked.target);
        let Ok(cache) = folder(asked.target) else { return Before::Compute(None) };
        if !self.resume
            && let Some(told) = unchanged::stands(&asked, &cache)
        {
            return Before::Stands(told);
        }
        Before::Compute(unchanged::watch(asked, cache))
    }

    /// Opens the cache of rows beside the results.
    pub fn open(&self, loaded: &mut Loaded, target: &Path) {
        let Some(mut made_of) = loaded.follows.clone().filter(|_| !self.no_cache) else { return };
        let resources = &loaded.resources;
        made_of.push(format!("{:?} {:?} {:?}", resources.method, resources.scale, resources.scope));
        loaded.cache = folder(target).ok().map(|folder| Cache::open(folder, &made_of));
    }

    /// Keeps what is to be remembered of the run, and says what there is to say of the
    /// cache.
    pub fn close(&self, loaded: &Loaded, ready: Option<Ready>, target: &Path, quiet: bool) {
        let kept = ready.map_or(Ok(()), Ready::keep);
        let used = loaded.cache.as_ref().map(Cache::usage);
        if quiet || self.no_cache {
            return;
        }
        if let Some(CacheUsage { found, computed, .. }) = used.as_ref().filter(|_| self.resume) {
            let were = |count| if count == 1 { "was" } else { "were" };
            messages::note_line(format!(
                "resumed: {} {} done before, {computed} {} computed now",
                counted(*found, "article"),
                were(*found),
                were(*computed)
            ));
        }
        let of_run = || Some(format!("{}", kept.as_ref().err()?));
        let of_folder = || folder(target).err();
        if let Some(trouble) = used.and_then(|used| used.write_error).or_else(of_run).or_else(of_folder) {
            messages::note_line(format!(
                "nothing could be kept for the next run ({trouble}); the results are not affected"
            ));
        }
    }
}

fn folder(target: &Path) -> Result<CacheFolder, String> {
    CacheFolder::open(&target.with_file_name(FOLDER))
}
