//! The table `inputs`: every file that was opened, with its encoding and hash.

use crate::model::InputFile;
use crate::report::tables::schema::Schema;

/// The columns of `inputs`.
pub fn schema() -> Schema<InputFile> {
    Schema::<InputFile>::new("inputs", "A row is a file that was read.")
        .text("path", "file as it was named", "text", "never", |file| &file.path)
        .text("format", "what it was read as", "text", "never", |file| &file.format)
        .integer("bytes", "its size as it lies there", "bytes", "never", |file| file.bytes as usize)
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
        .integer(
            "replaced",
            "characters that could not be read and stand as U+FFFD",
            "count",
            "never",
            |file| file.replaced,
        )
        .text("sha256", "hash of its bytes as they lie there", "text", "never", |file| &file.sha256)
}
