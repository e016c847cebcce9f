//! `stance init`: a new project to start from.
//!
//! Lives here: which files it has, and that nothing is ever overwritten. May not
//! live here: what stands in them (see `data/new-project`).

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
    ("stance.toml", include_str!("../../data/new-project/stance.toml")),
    ("README.md", include_str!("../../data/new-project/README.md")),
    ("actors.toml", include_str!("../../data/new-project/actors.toml")),
    ("lexicon/lexicon.toml", include_str!("../../data/new-project/lexicon/lexicon.toml")),
    ("lexicon/terms.en.csv", include_str!("../../data/new-project/lexicon/terms.en.csv")),
    ("articles/README.md", include_str!("../../data/new-project/articles/README.md")),
    ("articles/2019-03-01_example.md", include_str!("../../data/new-project/articles/2019-03-01_example.md")),
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
    for (name, text) in FILES {
        let path = args.folder.join(name);
        write(&path, text).map_err(|cause| {
            Error::run(
                path.display().to_string(),
                "the file cannot be written",
                "check the disk and permissions, or name another folder",
            )
            .because(cause)
        })?;
    }
    if !args.quiet {
        let cd = if args.folder == Path::new(".") { String::new() } else { format!("cd {place} && ") };
        eprintln!(
            "{place}: {}\n\nTry it with one invented article:  {cd}stance run\nThen read {}",
            FILES.map(|(name, _)| name).join(", "),
            args.folder.join("README.md").display()
        );
    }
    Ok(())
}

/// Writes a file that is not there yet.
fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())
}
