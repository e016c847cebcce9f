//! A line at the end of the page by which one sees that nobody has changed it.
//!
//! The page links from its own place to articles, so that its hash cannot be in
//! run.json, which is the same wherever results lie. The line holds the SHA-256 of all that
//! is above it. It tells a page of ours from one that the user has edited; it is no
//! protection against forgery.

use crate::files::open_regular;
use crate::report::manifest::hash;
use std::io::{self, Read, Write};
use std::path::Path;

const BEFORE: &str = "<!-- sha256 of everything above: ";
const AFTER: &str = " -->\n";
/// Length of the line.
const LINE: u64 = (BEFORE.len() + 64 + AFTER.len()) as u64;

/// Adds the line to a file.
///
/// # Errors
/// What the system says.
pub fn seal(path: &Path) -> io::Result<()> {
    let length = path.metadata()?.len();
    let line = line(path, length)?;
    std::fs::File::options().append(true).open(path)?.write_all(line.as_bytes())
}

/// True if a regular file ends with the line and has not changed since.
pub fn is_sealed(path: &Path) -> bool {
    let found = path.symlink_metadata().ok().filter(std::fs::Metadata::is_file);
    let Some(length) = found.and_then(|found| found.len().checked_sub(LINE)) else { return false };
    let read = || -> io::Result<bool> {
        let mut file = open_regular(path)?;
        io::copy(&mut (&mut file).take(length), &mut io::sink())?;
        let mut last = String::new();
        file.take(LINE + 1).read_to_string(&mut last)?;
        Ok(last == line(path, length)?)
    };
    read().unwrap_or(false)
}

/// The line for the first `length` bytes of a file.
fn line(path: &Path, length: u64) -> io::Result<String> {
    Ok(format!("{BEFORE}{}{AFTER}", hash(open_regular(path)?.take(length))?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_known_until_a_byte_of_it_changes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("index.html");
        assert!(!is_sealed(&path));
        std::fs::write(&path, "<p>Минск</p>\n").unwrap();
        assert!(!is_sealed(&path));
        seal(&path).unwrap();
        assert!(is_sealed(&path));
        let whole = std::fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            std::fs::write(&path, bytes).unwrap();
            assert!(!is_sealed(&path), "byte {at}");
        }
        std::fs::write(&path, [&whole[..], b" "].concat()).unwrap();
        assert!(!is_sealed(&path));
    }
}
