//! Recognises a results folder of stance by the beginning of its `run.json`.

use crate::files::open::open_regular;
use std::io::Read;
use std::path::Path;

/// The file that describes a results folder.
pub const MANIFEST: &str = "run.json";
/// What `run.json` calls the program.
pub const PROGRAM: &str = "stancetrack";
/// Version of the format of `run.json`. 0 is a `run.json` without a version.
pub const FORMAT: u32 = 1;
/// The name of the program is within this many bytes from the start of `run.json`.
const TOP_BYTES: u64 = 4096;

/// True if a folder contains results of stance. Only for notes about inputs: what may be replaced or
/// removed is decided by the whole `run.json`.
pub fn is_results(folder: &Path) -> bool {
    let path = folder.join(MANIFEST);
    // A link could point to the results of another folder.
    if !path.symlink_metadata().is_ok_and(|found| found.is_file()) {
        return false;
    }
    let mut top = Vec::new();
    let Ok(file) = open_regular(&path) else { return false };
    if file.take(TOP_BYTES).read_to_end(&mut top).is_err() {
        return false;
    }
    let top: String = String::from_utf8_lossy(&top).split_whitespace().collect();
    top.starts_with(&format!("{{\"program\":\"{PROGRAM}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_another_program_is_not_ours() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!is_results(folder.path()));
        for (text, ours) in [
            ("{}", false),
            ("", false),
            ("{\"name\": \"stancetrack\"}", false),
            ("{\n  \"program\": \"other\",\n  \"uses\": \"stancetrack\"}", false),
            ("{\n  \"program\": \"stancetrack\",\n  \"format\": 1}", true),
        ] {
            std::fs::write(folder.path().join(MANIFEST), text).unwrap();
            assert_eq!(is_results(folder.path()), ours, "{text}");
        }
    }
}
