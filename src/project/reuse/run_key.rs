//! Hashes of all that the results of a run depend on, without loading or computing any of it.
//!
//! Results depend on the program, the command line, the settings, the folder for the results (the
//! page links from it to the articles), the files of lexicons, languages, roster and events, and
//! the inputs: the files, their contents, and what cannot be read. They do not depend on the
//! clock, the host or a variable of the environment.

use crate::cache::{HashBuilder, PROGRAM};
use crate::ingest;
use crate::ingest::{InputEntry, Source};
use crate::model::{InputFile, Skipped};
use crate::project::options::reading;
use crate::project::options::settings::Settings;
use crate::project::resources::sources;
use crate::project::resources::sources::Sources;
use crate::project::run_counts;
use rayon::prelude::*;
use std::collections::HashMap;
use std::fs::Metadata;
use std::path::Path;

/// Number of files that are hashed before the next are listed.
const TOGETHER: usize = 4096;

/// A run that is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Its options.
    pub settings: &'a Settings,
    /// Files and folders to read.
    pub inputs: &'a [String],
    /// Folder for the results.
    pub target: &'a Path,
    /// Lexicons and the like.
    pub sources: &'a Sources,
    /// Number of threads; None for a number of its own.
    pub threads: Option<usize>,
}

/// What a run took in.
#[derive(Debug, Default)]
pub struct Taken {
    /// The files that were read to their end.
    pub files: Vec<InputFile>,
    /// Files of which less was read, with the reason.
    cut: HashMap<String, String>,
}

/// SHA-256 of a file that is opened, or why it cannot be read; None when nobody knows.
type Content = Option<std::result::Result<String, String>>;

/// The reason for what the system did not let be read.
const UNREADABLE: &str = "unreadable";
/// Reasons for which a file is not read to its end.
const CUT: [&str; 3] = [UNREADABLE, "damaged", "too_large"];

impl Taken {
    /// Notes what was left out.
    pub fn skip(&mut self, skipped: &Skipped) {
        if CUT.contains(&skipped.reason.as_str()) {
            let reason = self.cut.entry(skipped.path.clone()).or_default();
            // What the system said weighs more.
            if reason != UNREADABLE {
                reason.clone_from(&skipped.reason);
            }
        }
    }
}

/// Hash of all that results follow from beside the inputs. `hashes` are those of the
/// sources. None where that cannot be known.
pub fn made_of(asked: &Asked, hashes: &[(String, String)]) -> Option<String> {
    if !sources::all_regular_files(asked.sources.on_disk()) {
        return None;
    }
    let mut pieces = HashBuilder::default();
    pieces.add(PROGRAM).add(option_env!("STANCE_REVISION").unwrap_or(""));
    // Logarithms and powers are those of the system.
    pieces.add(std::env::consts::OS).add(std::env::consts::ARCH);
    for argument in run_counts::given() {
        pieces.add(argument);
    }
    pieces.add("").add(serde_json::to_string(asked.settings).ok()?);
    pieces.add(std::env::current_dir().ok()?.as_os_str().as_encoded_bytes());
    pieces.add(asked.target.as_os_str().as_encoded_bytes());
    for path in asked.sources.on_disk() {
        pieces.add(path.as_os_str().as_encoded_bytes());
        for entry in sources::walk(path) {
            match entry {
                Ok(entry) => pieces.add(entry.path().as_os_str().as_encoded_bytes()),
                Err(cause) => pieces.add(cause.to_string()),
            };
        }
    }
    for (path, hash) in hashes {
        pieces.add(path).add(hash);
    }
    Some(pieces.hex())
}

/// Hash of the inputs as they lie there now, every byte of them.
pub fn inputs(asked: &Asked) -> Option<String> {
    contents(asked, |source| Some(hash(source)))
}

/// Hash of the inputs as they were read. None where a file may have been another when it
/// was read; that nothing was changed in between, [`stamp`] tells.
pub fn inputs_taken(asked: &Asked, taken: &Taken) -> Option<String> {
    let mut read: HashMap<&str, &str> = HashMap::new();
    for file in &taken.files {
        // Two files whose names look the same, or one that changed between two readings.
        if read.insert(&file.path, &file.sha256).is_some_and(|other| other != file.sha256) {
            return None;
        }
    }
    contents(asked, |source| {
        let place = source.place.as_str();
        match (read.get(place), taken.cut.get(place).map(String::as_str)) {
            // Whoever can read it now would find another result.
            (_, Some(UNREADABLE)) => Some(hash(source)).filter(std::result::Result::is_err),
            (Some(hash), _) => Some(Ok(hash.to_string())),
            (None, Some(_)) => Some(hash(source)).filter(std::result::Result::is_ok),
            (None, None) => None,
        }
    })
}

fn hash(source: &Source) -> std::result::Result<String, String> {
    crate::report::file_hash(&source.path).map_err(|cause| cause.to_string())
}

/// The inputs one by one, the files among them with what `content` says.
fn contents(asked: &Asked, content: impl Fn(&Source) -> Content + Sync) -> Option<String> {
    let mut pieces = HashBuilder::default();
    let mut lying = listed(asked)?;
    loop {
        let some: Vec<InputEntry> = lying.by_ref().take(TOGETHER).collect();
        if some.is_empty() {
            return Some(pieces.hex());
        }
        let found: Vec<Content> = some
            .par_iter()
            .map(|one| match one {
                InputEntry::File(source) => content(source),
                InputEntry::Skipped(skipped) => Some(Err(skipped.detail.clone())),
            })
            .collect();
        for (one, content) in some.iter().zip(found) {
            place(&mut pieces, one);
            match content? {
                Ok(hash) => pieces.add("read").add(hash),
                Err(why) => pieces.add("not read").add(why),
            };
        }
    }
}

/// Hash of when everything was last touched, inputs and all else. The same before and
/// after a run means that nothing was changed meanwhile.
pub fn stamp(asked: &Asked) -> Option<[u8; 32]> {
    let mut pieces = HashBuilder::default();
    for entry in asked.sources.on_disk().flat_map(sources::walk) {
        match entry.map(|entry| (entry.metadata(), entry)) {
            Ok((Ok(found), entry)) => {
                pieces.add(entry.path().as_os_str().as_encoded_bytes()).add(touched(&found))
            }
            Ok((Err(cause), _)) | Err(cause) => pieces.add(cause.to_string()),
        };
    }
    for one in listed(asked)? {
        place(&mut pieces, &one);
        match one {
            InputEntry::File(source) => match std::fs::metadata(&source.path) {
                Ok(found) => pieces.add(touched(&found)),
                Err(cause) => pieces.add(cause.to_string()),
            },
            InputEntry::Skipped(skipped) => pieces.add(skipped.detail),
        };
    }
    Some(pieces.bytes())
}

/// What lies in the inputs; None where it cannot be looked at twice.
fn listed(asked: &Asked) -> Option<impl Iterator<Item = InputEntry>> {
    if asked.inputs.iter().any(|input| input == "-") {
        return None;
    }
    let mut options = reading::options(asked.settings, &[], None).ok()?;
    options.filter = options.filter.writing_into(asked.target);
    ingest::inventory(asked.inputs, &options).ok()
}

fn place(pieces: &mut HashBuilder, one: &InputEntry) {
    match one {
        InputEntry::File(source) => pieces.add("opened").add(source.path.as_os_str().as_encoded_bytes()),
        InputEntry::Skipped(skipped) => pieces.add("closed").add(&skipped.path).add(&skipped.reason),
    };
}

/// Length and times of a file. The time of change cannot be set back, and permissions
/// change it, too.
fn touched(found: &Metadata) -> String {
    #[cfg(unix)]
    let more = {
        use std::os::unix::fs::MetadataExt;
        (found.dev(), found.ino(), found.ctime(), found.ctime_nsec())
    };
    #[cfg(not(unix))]
    let more = ();
    format!("{} {:?} {more:?}", found.len(), found.modified().ok())
}
