//! Lists the files in the inputs without opening any, to find out whether inputs are still
//! the same.

use crate::error::Result;
use crate::ingest::files::listing::{Listing, ListingEntry, Source};
use crate::ingest::options::Options;
use crate::model::Skipped;

/// An entry of the inputs.
#[derive(Debug, PartialEq, Eq)]
pub enum InputEntry {
    /// A file that is opened.
    File(Source),
    /// A file or folder that is not opened, and why.
    Skipped(Skipped),
}

/// The entries of the inputs, in the order in which [`open`](crate::ingest::open) reads them.
/// Only the options that choose files matter. An input that does not exist is an error.
pub fn inventory(inputs: &[String], options: &Options) -> Result<impl Iterator<Item = InputEntry> + use<>> {
    let format = options.input_format;
    Ok(Listing::new(inputs, &options.filter, options.follow_links)?.map(move |entry| match entry {
        ListingEntry::Skipped(skipped) => InputEntry::Skipped(skipped),
        ListingEntry::File(source) => match source.kind(format) {
            Ok(_) => InputEntry::File(source),
            Err(detail) => InputEntry::Skipped(source.unknown_format(detail)),
        },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_listed_in_reading_order_and_unknown_formats_are_skipped() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.txt", "a.jsonl.gz", "film.mkv", ".hidden.txt"] {
            std::fs::write(folder.path().join(name), "text").unwrap();
        }
        let inputs = [folder.path().display().to_string()];
        let found: Vec<String> = inventory(&inputs, &Options::new(&[], None))
            .unwrap()
            .map(|entry| match entry {
                InputEntry::File(source) => source.place,
                InputEntry::Skipped(skipped) => format!("{}: {}", skipped.reason, skipped.path),
            })
            .map(|line| line.replace(&inputs[0], ""))
            .collect();
        assert_eq!(found, ["/a.jsonl.gz", "/b.txt", "format: /film.mkv"]);
    }
}
