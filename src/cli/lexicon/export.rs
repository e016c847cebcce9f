//! `stance lexicon export`: writes what this program carries into a folder, to be edited.

use crate::cli::messages;
use crate::error::{Error, Result};
use crate::ingest::ResourcePath;
use crate::model::counted;
use crate::report::OutputDir;
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};

/// Options of `stance lexicon export`.
#[derive(Args, Debug)]
pub struct ExportArgs {
    /// A lexicon (integration-sovereignty, sentiment), or languages, actors or events
    name: String,
    /// Folder to write into; it must be new or empty
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// What can be exported.
struct Shipped {
    name: String,
    folder: ResourcePath,
    /// How the exported files are used, as options of a command in DIR.
    used_with: fn(&Path) -> String,
}

/// Runs the command.
pub fn run(args: ExportArgs) -> Result<()> {
    let all = shipped()?;
    let Some(shipped) = all.iter().find(|shipped| shipped.name == args.name) else {
        let known: Vec<&str> = all.iter().map(|shipped| shipped.name.as_str()).collect();
        let message = format!("'{}' does not come with stance", args.name);
        return Err(Error::input("", message, format!("use one of {}", known.join(", "))));
    };
    let place = args.folder.display().to_string();
    // A file, a link to nothing and a folder of somebody's work are refused alike.
    let is_empty = fs::read_dir(&args.folder).is_ok_and(|mut entries| entries.next().is_none());
    if args.folder.symlink_metadata().is_ok() && !is_empty {
        let message = "is there already and is not an empty folder; nothing is overwritten";
        return Err(Error::input(place, message, "name a folder that is new or empty"));
    }
    let folder = OutputDir::begin(&args.folder)?;
    let files = shipped.folder.embedded_files();
    for (file, bytes) in &files {
        write(folder.path(), &shipped.folder, file, bytes)?;
    }
    let place = folder.commit()?.path;
    messages::answer(&format!("{}: {}\n", place.display(), counted(files.len(), "file")))?;
    messages::note_line((shipped.used_with)(&args.folder));
    Ok(())
}

/// The lexicons by their own names, then everything else.
fn shipped() -> Result<Vec<Shipped>> {
    let folder = |path: &str| ResourcePath::Builtin(path.to_string());
    let unreadable = |cause| Error::run("", "this program carries no lexicons", "").because(cause);
    let lexicons = folder("lexicons").folders().map_err(unreadable)?;
    let lexicons = lexicons.into_iter().filter(|folder| folder.join("lexicon.toml").is_file());
    let mut all: Vec<Shipped> = lexicons
        .map(|folder| Shipped { name: folder.name().to_string(), folder, used_with: lexicon_is_used_with })
        .collect();
    all.push(Shipped {
        name: "languages".into(),
        folder: ResourcePath::languages(),
        used_with: |folder| format!("Edit the tables and use them with --languages {}", folder.display()),
    });
    all.push(Shipped {
        name: "actors".into(),
        folder: folder("data/actors"),
        used_with: |folder| {
            let file = folder.join("belarus-russia.toml");
            format!("Edit the roster and use it with --actors {}", file.display())
        },
    });
    all.push(Shipped {
        name: "events".into(),
        folder: folder("data/events"),
        used_with: |folder| {
            let file = folder.join("belarus-russia.csv");
            format!("Edit the list and use it with --events {}", file.display())
        },
    });
    Ok(all)
}

fn lexicon_is_used_with(folder: &Path) -> String {
    let folder = folder.display();
    format!(
        "Edit the tables, check them with `stance lexicon check {folder}` and use them with --lexicon {folder}\n\
         (it takes the place of all lexicons that come with stance; name those to keep too, as in --lexicon sentiment)"
    )
}

fn write(target: &Path, folder: &ResourcePath, file: &ResourcePath, bytes: &[u8]) -> Result<()> {
    let name = file.to_string();
    let within = name.strip_prefix(&format!("{folder}/")).unwrap_or(file.name());
    let path = target.join(within);
    let parent = path.parent().unwrap_or(target);
    fs::create_dir_all(parent).and_then(|()| fs::write(&path, bytes)).map_err(|cause| {
        Error::run(path.display().to_string(), "the file cannot be written", "check the disk").because(cause)
    })
}
