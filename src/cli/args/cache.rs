//! Options of the cache.

use crate::project::reuse::results_cache::Keep;
use clap::Args;

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

impl CacheArgs {
    /// What may be kept and used.
    pub fn keep(&self) -> Keep {
        match (self.no_cache, self.resume) {
            (true, _) => Keep::Nothing,
            (_, true) => Keep::Resume,
            _ => Keep::All,
        }
    }
}
