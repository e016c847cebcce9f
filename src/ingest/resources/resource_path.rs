//! Where a resource lies: in a file or folder of the user's, or in this program.

use crate::error::{Error, Result};
use crate::ingest::RESOURCE_BYTES;
use crate::ingest::resources::embedded;
use crate::ingest::tables::sheet::Sheet;
use std::borrow::Cow;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// The first part of the places of embedded files, in messages and in `run.json`.
pub const BUILTIN: &str = "builtin";

/// The path of a file or folder of lexicons, languages, rosters or events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResourcePath {
    /// On disk.
    Disk(PathBuf),
    /// In this program, with the name that it has in the repository
    /// ("lexicons/sentiment"), without a slash at either end.
    Builtin(String),
}

impl ResourcePath {
    /// The language rules of this program.
    pub fn languages() -> ResourcePath {
        ResourcePath::Builtin("lexicons/languages".into())
    }

    /// A lexicon: a folder, else one of this program by its name ("sentiment").
    pub fn lexicon(given: &Path) -> ResourcePath {
        ResourcePath::named(given, |name| format!("lexicons/{name}"), "/lexicon.toml")
    }

    /// A roster: a file, else one of this program by its name ("belarus-russia").
    pub fn roster(given: &Path) -> ResourcePath {
        ResourcePath::named(given, |name| format!("data/actors/{name}.toml"), "")
    }

    /// A list of events: a file, else one of this program by its name ("belarus-russia").
    pub fn events(given: &Path) -> ResourcePath {
        ResourcePath::named(given, |name| format!("data/events/{name}.csv"), "")
    }

    /// What the user has comes first: he named it.
    fn named(given: &Path, builtin: impl Fn(&str) -> String, holds: &str) -> ResourcePath {
        let name = given.to_str().filter(|name| !name.contains(['/', '\\']) && !given.exists());
        let known = |path: &String| embedded::file(&format!("{path}{holds}")).is_some();
        match name.map(builtin).filter(known) {
            Some(path) => ResourcePath::Builtin(path),
            None => ResourcePath::Disk(given.to_path_buf()),
        }
    }

    /// The embedded file of a place as [`Display`](fmt::Display) writes it. None for places on disk.
    pub fn of_builtin_place(place: &str) -> Option<ResourcePath> {
        let name = place.strip_prefix(BUILTIN)?.strip_prefix('/')?;
        Some(ResourcePath::Builtin(name.into()))
    }

    /// A file or folder in this folder.
    pub fn join(&self, name: &str) -> ResourcePath {
        match self {
            ResourcePath::Disk(path) => ResourcePath::Disk(path.join(name)),
            ResourcePath::Builtin(path) => ResourcePath::Builtin(format!("{path}/{name}")),
        }
    }

    /// The last part of the path; "" where that is not UTF-8.
    pub fn name(&self) -> &str {
        match self {
            ResourcePath::Disk(path) => path.file_name().and_then(|name| name.to_str()).unwrap_or(""),
            ResourcePath::Builtin(path) => path.rsplit('/').next().unwrap_or(""),
        }
    }

    /// The path on disk; None for what this program carries.
    pub fn on_disk(&self) -> Option<&Path> {
        match self {
            ResourcePath::Disk(path) => Some(path),
            ResourcePath::Builtin(_) => None,
        }
    }

    /// True if there is such a file or folder.
    pub fn exists(&self) -> bool {
        match self {
            ResourcePath::Disk(path) => path.exists(),
            ResourcePath::Builtin(path) => embedded::below(path).next().is_some(),
        }
    }

    /// True if there is such a file.
    pub fn is_file(&self) -> bool {
        match self {
            ResourcePath::Disk(path) => path.is_file(),
            ResourcePath::Builtin(path) => embedded::file(path).is_some(),
        }
    }

    /// True if there is such a folder.
    pub fn is_dir(&self) -> bool {
        match self {
            ResourcePath::Disk(path) => path.is_dir(),
            ResourcePath::Builtin(_) => self.exists() && !self.is_file(),
        }
    }

    /// The folders in this folder, sorted.
    ///
    /// # Errors
    /// What the system says, or that nothing of this name is embedded.
    pub fn folders(&self) -> io::Result<Vec<ResourcePath>> {
        let mut found: Vec<ResourcePath> = match self {
            ResourcePath::Disk(path) => {
                let entries = std::fs::read_dir(path)?.flatten().map(|entry| entry.path());
                entries.filter(|path| path.is_dir()).map(ResourcePath::Disk).collect()
            }
            ResourcePath::Builtin(path) => {
                let rests = embedded::below(path).filter_map(|(name, _)| name.get(path.len() + 1..));
                let mut names: Vec<&str> = rests.filter_map(|rest| Some(rest.split_once('/')?.0)).collect();
                names.dedup();
                names.into_iter().map(|name| self.join(name)).collect()
            }
        };
        if found.is_empty() && !self.exists() {
            return Err(not_embedded());
        }
        found.sort_by(|one, two| one.name().cmp(two.name()));
        Ok(found)
    }

    /// The bytes of a file of at most `most` bytes.
    ///
    /// # Errors
    /// Those of [`crate::files::read_bytes`], or that nothing of this name is embedded.
    pub fn read_bytes(&self, most: u64) -> io::Result<Cow<'static, [u8]>> {
        match self {
            ResourcePath::Disk(path) => crate::files::read_bytes(path, most).map(Cow::Owned),
            ResourcePath::Builtin(path) => embedded::file(path).map(Cow::Borrowed).ok_or_else(not_embedded),
        }
    }

    /// The text of a file.
    ///
    /// # Errors
    /// Those of [`ResourcePath::read_bytes`], and [`io::ErrorKind::InvalidData`] for what is
    /// not UTF-8.
    pub fn read_text(&self) -> io::Result<String> {
        let text = String::from_utf8(self.read_bytes(RESOURCE_BYTES)?.into_owned());
        text.map_err(|cause| io::Error::new(io::ErrorKind::InvalidData, cause.utf8_error()))
    }

    /// A table with at least these columns.
    ///
    /// # Errors
    /// Those of [`Sheet::read`].
    pub fn sheet(&self, columns: &[&str]) -> Result<Sheet> {
        match self {
            ResourcePath::Disk(path) => Sheet::read(path, columns),
            ResourcePath::Builtin(_) => {
                let text = self.read_text().map_err(|cause| {
                    Error::input(self.to_string(), "the file cannot be read", "check its name").because(cause)
                })?;
                Sheet::parse(self.to_string(), &text, columns)
            }
        }
    }

    /// Path and bytes of all embedded files of this folder; of a file, its own. Nothing for a
    /// path on disk.
    pub fn embedded_files(&self) -> Vec<(ResourcePath, &'static [u8])> {
        let ResourcePath::Builtin(path) = self else { return Vec::new() };
        let files = embedded::below(path);
        files.map(|(name, bytes)| (ResourcePath::Builtin(name.to_string()), bytes)).collect()
    }
}

fn not_embedded() -> io::Error {
    io::Error::new(io::ErrorKind::NotFound, "this program holds no such file")
}

/// As messages and `run.json` name it. A folder of the user's that is called "builtin"
/// cannot be mistaken for an embedded one.
impl fmt::Display for ResourcePath {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ResourcePath::Disk(path) if path.starts_with(BUILTIN) => write!(out, "./{}", path.display()),
            ResourcePath::Disk(path) => write!(out, "{}", path.display()),
            ResourcePath::Builtin(path) => write!(out, "{BUILTIN}/{path}"),
        }
    }
}

impl From<&Path> for ResourcePath {
    fn from(path: &Path) -> Self {
        ResourcePath::Disk(path.to_path_buf())
    }
}

impl From<&PathBuf> for ResourcePath {
    fn from(path: &PathBuf) -> Self {
        ResourcePath::Disk(path.clone())
    }
}

impl From<&ResourcePath> for ResourcePath {
    fn from(path: &ResourcePath) -> Self {
        path.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_file_of_the_users_first_and_then_one_of_the_program() {
        assert_eq!(
            ResourcePath::lexicon(Path::new("sentiment")),
            ResourcePath::Builtin("lexicons/sentiment".into())
        );
        for not_a_name in ["lexicons/sentiment", "./sentiment", "languages", "sentimental", ""] {
            let path = PathBuf::from(not_a_name);
            assert_eq!(ResourcePath::lexicon(&path), ResourcePath::Disk(path), "{not_a_name}");
        }
        let roster = ResourcePath::roster(Path::new("belarus-russia"));
        assert_eq!(roster.to_string(), "builtin/data/actors/belarus-russia.toml");
        assert_eq!(ResourcePath::of_builtin_place(&roster.to_string()), Some(roster));
        let events = ResourcePath::events(Path::new("belarus-russia"));
        assert!(events.is_file() && !events.is_dir(), "{events}");
        assert_eq!(ResourcePath::from(Path::new("builtin/x")).to_string(), "./builtin/x");
    }

    #[test]
    fn embedded_folders_are_listed_as_those_on_disk_are() {
        let disk = Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicons/languages");
        let names = |path: &ResourcePath| -> Vec<String> {
            path.folders().unwrap().iter().map(|folder| folder.name().to_string()).collect()
        };
        let builtin = ResourcePath::languages();
        assert_eq!(names(&builtin), names(&ResourcePath::from(&disk)));
        assert!(builtin.is_dir() && builtin.join("en/cues.csv").is_file());
        let gone = builtin.join("xx");
        assert!(!gone.exists() && gone.folders().is_err());
        assert!(gone.sheet(&["a"]).is_err());
    }
}
