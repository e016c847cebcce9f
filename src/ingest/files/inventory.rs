//! What lies in the inputs, without reading it.
//!
//! Lives here: which files the door would open, in its order, and what it would leave
//! closed. May not live here: opening any. Whoever wants to know whether inputs are
//! still the same looks here.

use crate::error::Result;
use crate::ingest::articles::reader;
use crate::ingest::articles::reader::Options;
use crate::ingest::files::listing::{Listed, Listing, Source};
use crate::model::Skipped;

/// Something that lies in the inputs.
#[derive(Debug, PartialEq, Eq)]
pub enum Lying {
    /// A file that is opened.
    Opened(Source),
    /// What is not opened, and why.
    Closed(Skipped),
}

/// What lies in the inputs, in the order in which [`open`](crate::ingest::open) comes to it. Of
/// the options only those matter that choose files.
pub fn inventory(inputs: &[String], options: &Options) -> Result<impl Iterator<Item = Lying> + use<>> {
    let format = options.input_format;
    Ok(Listing::new(inputs, &options.filter, options.follow_links)?.map(move |listed| match listed {
        Listed::Skipped(skipped) => Lying::Closed(skipped),
        Listed::Source(source) => match reader::kind(&source, format) {
            Ok(_) => Lying::Opened(source),
            Err(detail) => Lying::Closed(reader::no_format(&source, detail)),
        },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_in_the_order_of_the_door_and_unknown_formats_stay_closed() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.txt", "a.jsonl.gz", "film.mkv", ".hidden.txt"] {
            std::fs::write(folder.path().join(name), "text").unwrap();
        }
        let inputs = [folder.path().display().to_string()];
        let found: Vec<String> = inventory(&inputs, &Options::new(&[], None))
            .unwrap()
            .map(|lying| match lying {
                Lying::Opened(source) => source.place,
                Lying::Closed(skipped) => format!("{}: {}", skipped.reason, skipped.path),
            })
            .map(|line| line.replace(&inputs[0], ""))
            .collect();
        assert_eq!(found, ["/a.jsonl.gz", "/b.txt", "format: /film.mkv"]);
    }
}
