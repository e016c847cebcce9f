//! The table `inputs`: every file that was opened, with its encoding and hash.

use crate::model::InputFile;
use crate::report::tables::schema::Schema;
use std::fmt::Write;

/// The columns of `inputs`.
pub fn schema() -> Schema<InputFile> {
    Schema::<InputFile>::new("inputs", "A row is a file that was read.")
        .text("path", "file as it was named", "text", "never", |file| &file.path)
        .text("format", "what it was read as", "text", "never", |file| &file.format)
        .composed_text("bytes", "its size as it lies there", "bytes", "never", |file, text| {
            let _ = write!(text, "{}", file.bytes);
        })
        .text(
            "encoding",
            "the encoding it was read in",
            "text",
            "Parquet and Word files, and files of which nothing was read",
            |file| &file.encoding,
        )
        .text(
            "encoding_basis",
            "bom, valid (UTF-8 throughout), declared or detected",
            "text",
            "as encoding",
            |file| &file.encoding_basis,
        )
        .composed_text(
            "replaced",
            "characters that could not be read and stand as U+FFFD",
            "count",
            "never",
            |file, text| {
                let _ = write!(text, "{}", file.replaced);
            },
        )
        .text("sha256", "hash of its bytes as they lie there", "text", "never", |file| &file.sha256)
}
