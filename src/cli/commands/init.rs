//! `stance init`: a new project to start from. Nothing is ever overwritten, and a project that
//! cannot be completed is removed again, so that the command can be repeated.

use crate::cli::messages;
use crate::error::{Error, Result};
use clap::Args;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Options of `stance init`.
#[derive(Args, Debug)]
pub struct InitArgs {
    /// Folder of the project; made if it is not there
    folder: PathBuf,
    /// Say nothing but errors
    #[arg(short, long)]
    quiet: bool,
}

/// The files of a new project: place and text.
const FILES: [(&str, &str); 7] = [
    ("stance.toml", include_str!("../../../data/new-project/stance.toml")),
    ("README.md", include_str!("../../../data/new-project/README.md")),
    ("actors.toml", include_str!("../../../data/new-project/actors.toml")),
    ("lexicon/lexicon.toml", include_str!("../../../data/new-project/lexicon/lexicon.toml")),
    ("lexicon/terms.en.csv", include_str!("../../../data/new-project/lexicon/terms.en.csv")),
    ("articles/README.md", include_str!("../../../data/new-project/articles/README.md")),
    (
        "articles/2019-03-01_example.md",
        include_str!("../../../data/new-project/articles/2019-03-01_example.md"),
    ),
];

/// Runs the command.
pub fn run(args: InitArgs) -> Result<()> {
    let place = args.folder.display().to_string();
    // All or nothing: half a project beside somebody's own files helps nobody.
    let there: Vec<&str> = FILES
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| fs::symlink_metadata(args.folder.join(name)).is_ok())
        .collect();
    if !there.is_empty() {
        return Err(Error::input(
            place,
            format!("there is {} already, and nothing is overwritten", there.join(", ")),
            "name a folder that is new or has no such files",
        ));
    }
    let mut made = Made::default();
    for (name, text) in FILES {
        let path = args.folder.join(name);
        made.write(&path, text).map_err(|cause| {
            Error::run(
                path.display().to_string(),
                "the file cannot be written",
                "check the disk and permissions, or name another folder",
            )
            .because(cause)
        })?;
    }
    made.complete = true;
    if !args.quiet {
        let cd = if args.folder == Path::new(".") { String::new() } else { format!("cd {place} && ") };
        messages::note_line(format!(
            "{place}: {}\n\nTry it with one invented article:  {cd}stance run\nThen read {}",
            FILES.map(|(name, _)| name).join(", "),
            args.folder.join("README.md").display()
        ));
    }
    Ok(())
}

/// Files and folders that this command created, in their order. Unless all are there at the
/// end, they are removed.
#[derive(Default)]
struct Made {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
    complete: bool,
}

impl Made {
    /// Writes a file that is not there yet.
    fn write(&mut self, path: &Path, text: &str) -> std::io::Result<()> {
        if let Some(folder) = path.parent() {
            self.folder(folder)?;
        }
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        self.files.push(path.to_path_buf());
        file.write_all(text.as_bytes())
    }

    fn folder(&mut self, path: &Path) -> std::io::Result<()> {
        if path.as_os_str().is_empty() || path.is_dir() {
            return Ok(());
        }
        if let Some(parent) = path.parent() {
            self.folder(parent)?;
        }
        // It may have appeared meanwhile; then it is not ours.
        match fs::create_dir(path) {
            Err(_) if path.is_dir() => Ok(()),
            Err(cause) => Err(cause),
            Ok(()) => {
                self.folders.push(path.to_path_buf());
                Ok(())
            }
        }
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        if self.complete {
            return;
        }
        for file in self.files.iter().rev() {
            let _ = fs::remove_file(file);
        }
        // A folder into which somebody else put something is not empty and stays.
        for folder in self.folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_begun_is_removed_and_nothing_else() {
        let place = tempfile::tempdir().unwrap();
        let mine = place.path().join("mine");
        fs::create_dir(&mine).unwrap();
        let mut made = Made::default();
        made.write(&mine.join("a.txt"), "a").unwrap();
        made.write(&place.path().join("new/deep/b.txt"), "b").unwrap();
        made.write(&place.path().join("shared/c.txt"), "c").unwrap();
        fs::write(place.path().join("shared/theirs"), "").unwrap();
        drop(made);
        assert!(mine.is_dir() && fs::read_dir(&mine).unwrap().next().is_none());
        assert!(!place.path().join("new").exists());
        let left: Vec<_> = fs::read_dir(place.path().join("shared")).unwrap().flatten().collect();
        assert_eq!(left.len(), 1, "{left:?}");
        let made =
            Made { complete: true, files: vec![place.path().join("shared/theirs")], folders: Vec::new() };
        drop(made);
        assert!(place.path().join("shared/theirs").exists());
    }
}
