//! Rows of `inputs.csv` and `skipped.csv` about a file.

use crate::files::none_is_free;
use crate::ingest::articles::item::Item;
use crate::ingest::files::format::{Compression, FileKind};
use crate::ingest::text::encoding::DetectedEncoding;
use crate::model::{InputFile, Skipped};

/// The item of something that could not be used, or only in part.
pub fn skip(place: &str, reason: &str, detail: impl Into<String>) -> Item {
    Item::Skipped(Skipped::new(place, reason, detail))
}

/// The row of `inputs.csv` of a file that was opened. `digest` is SHA-256 and length of its
/// bytes.
pub fn opened(
    path: String,
    kind: FileKind,
    detected: Option<DetectedEncoding>,
    replaced: usize,
    (sha256, bytes): (String, u64),
) -> Item {
    Item::File(InputFile {
        path,
        sha256,
        bytes,
        format: kind.name(),
        encoding: detected.map_or(String::new(), |detected| detected.encoding.name().into()),
        encoding_basis: detected.map_or(String::new(), |detected| detected.basis.into()),
        replaced,
    })
}

/// The row of a file that could not be read to its end. What the system reports, a missing
/// permission or a broken disk, is no damage of a compressed file.
pub fn broken(place: &str, compression: Compression, cause: &std::io::Error) -> Skipped {
    let whole = "only whole records before it are used";
    match compression {
        _ if none_is_free(cause) => {
            let detail = "too many files are open at once: raise the limit (ulimit -n) and run again";
            Skipped::new(place, "unreadable", detail)
        }
        Compression::Plain => Skipped::new(place, "unreadable", format!("cannot be read: {cause}")),
        _ if cause.raw_os_error().is_some() => {
            Skipped::new(place, "unreadable", format!("cannot be read to its end: {cause}; {whole}"))
        }
        _ => {
            let detail = format!("cannot be unpacked to its end: {cause}; {whole}");
            Skipped::new(place, "damaged", detail)
        }
    }
}

/// The row of a file or record above the size limit in bytes.
pub fn too_large(place: &str, limit: usize) -> Skipped {
    let detail = format!(
        "larger than an article may be ({limit} bytes): raise --max-article-bytes if it is one article"
    );
    Skipped::new(place, "too_large", detail)
}

/// The note that some characters could not be decoded.
pub fn damaged_characters(place: &str, detected: &DetectedEncoding, count: usize) -> Skipped {
    let encoding = detected.encoding.name();
    let detail = match count {
        1 => format!("one character is no {encoding} and stands as U+FFFD"),
        more => format!("{more} characters are no {encoding} and stand as U+FFFD"),
    };
    Skipped::new(place, "replaced", detail)
}
