//! Options of `stance verify`.

use clap::Args;
use std::path::PathBuf;

/// Options of `stance verify`.
#[derive(Args, Debug)]
pub struct VerifyArgs {
    /// Folder of results, with its run.json; run this where the results were made
    pub folder: PathBuf,
    /// Compare hashes only; do not compute anything again
    #[arg(long)]
    pub hashes_only: bool,
    /// A folder or file outside of this folder and of the one around the results from
    /// which inputs, lexicons and roster may be read; may be given several times
    #[arg(long, value_name = "PATH")]
    pub allow: Vec<PathBuf>,
}
