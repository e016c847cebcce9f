//! Options of the cache of rows.
//!
//! Lives here: where it lies, what it depends on, what is told of it. May not live
//! here: what is kept (see `cache`).

use super::resources::Loaded;
use crate::cache::{Cache, Use};
use clap::Args;
use std::path::Path;

/// The cache's folder, beside the results.
const FOLDER: &str = ".stance-cache";

/// What is kept from run to run.
#[derive(Args, Debug, Clone)]
pub struct CacheArgs {
    /// Compute every article anew, and keep nothing in .stance-cache beside the
    /// results; without this, articles that did not change are not computed again
    #[arg(long)]
    no_cache: bool,
    /// Go on with a run that was killed, and say how much it had done
    #[arg(long, conflicts_with = "no_cache")]
    resume: bool,
}

impl CacheArgs {
    /// Opens the cache beside the results.
    pub fn open(&self, loaded: &mut Loaded, target: &Path) {
        if self.no_cache {
            return;
        }
        let resources = &loaded.resources;
        let mut made_of = loaded.follows.clone();
        made_of.push(format!("{:?} {:?} {:?}", resources.method, resources.scale, resources.scope));
        loaded.cache = Some(Cache::open(&target.with_file_name(FOLDER), &made_of));
    }

    /// Says what there is to say of it.
    pub fn tell(&self, loaded: &Loaded, quiet: bool) {
        let Some(Use { found, computed, trouble }) = loaded.cache.as_ref().map(Cache::used) else { return };
        if quiet {
            return;
        }
        if self.resume {
            eprintln!("resumed: {found} articles were done before, {computed} were computed now");
        }
        if let Some(trouble) = trouble {
            eprintln!("nothing could be kept for the next run ({trouble}); the results are not affected");
        }
    }
}
