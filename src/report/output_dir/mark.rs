//! The mark in the hidden folder of a run, by which a later run knows what it is.

use std::path::Path;

/// The file by which a hidden folder of ours is known.
pub const MARK: &str = ".stance-work";
/// Content of the mark while a run writes.
pub(crate) const WRITING: &str = "work folder of stance 1: not complete\n";
/// Content of the mark when the results are complete.
pub(crate) const COMPLETE: &str = "work folder of stance 1: complete\n";

/// What the mark of a folder says, if it has one.
pub(crate) fn mark(folder: &Path) -> Option<String> {
    let path = folder.join(MARK);
    path.symlink_metadata().ok().filter(std::fs::Metadata::is_file)?;
    crate::files::read_text(&path, 100).ok()
}
