//! Links in input folders. A link can lead to a file that the user did not mean to publish, and a
//! few dozen links can make millions of paths. So they are followed only on request, and then every
//! folder and file is read once.

use crate::files::place;
use crate::model::Skipped;
use std::collections::HashSet;
use std::fs::Metadata;
use std::path::Path;

/// Files and folders seen before, known by device and inode.
#[derive(Debug, Default)]
pub struct SeenFiles(HashSet<Key>);

#[cfg(unix)]
type Key = (u64, u64);
/// Elsewhere by its path without links.
#[cfg(not(unix))]
type Key = std::path::PathBuf;

impl SeenFiles {
    /// True if a file or folder is seen for the first time.
    pub fn first(&mut self, path: &Path, found: &Metadata) -> bool {
        key(path, found).is_none_or(|key| self.0.insert(key))
    }
}

#[cfg(unix)]
fn key(_: &Path, found: &Metadata) -> Option<Key> {
    use std::os::unix::fs::MetadataExt;
    Some((found.dev(), found.ino()))
}

#[cfg(not(unix))]
fn key(path: &Path, _: &Metadata) -> Option<Key> {
    path.canonicalize().ok()
}

/// The note about a link that is not followed.
pub fn not_followed(link: &Path) -> Skipped {
    let detail = format!(
        "a link to {}, which was not followed: use --follow-links, or name the link itself as an input",
        target(link)
    );
    Skipped::new(place(link), "link", detail)
}

/// The note about a folder or file that was read under another path.
pub fn seen_before(path: &Path, is_link: bool) -> Skipped {
    let detail = match is_link {
        true => format!("a link to {}, which was read already under another path", target(path)),
        false => "this was read already under another path, because a link leads to it".to_string(),
    };
    Skipped::new(place(path), "link", detail)
}

/// The note about a link that is followed out of the input folder; None for others.
pub fn leads_out(link: &Path, base: &Path) -> Option<Skipped> {
    let (to, base) = (link.canonicalize().ok()?, base.canonicalize().ok()?);
    let detail = || format!("a link to {}, outside of the input folder: it was followed", place(&to));
    (!to.starts_with(base)).then(|| Skipped::new(place(link), "link", detail()))
}

fn target(link: &Path) -> String {
    link.read_link().map_or("another place".to_string(), |target| place(&target))
}
