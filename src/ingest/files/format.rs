//! The kind of a file by its name, and the remedy for kinds that are not read.

use std::path::Path;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFormat {
    /// One article, plain.
    Text,
    /// One article, with front matter or without.
    Markdown,
    /// One article, a web page.
    Html,
    /// One article, a Word document.
    Docx,
    /// One JSON object a line.
    JsonLines,
    /// An array of JSON objects.
    Json,
    /// A table, comma or semicolon between cells.
    Csv,
    /// A table, tab between cells.
    Tsv,
    /// A table in columns.
    Parquet,
}

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compression {
    /// Not at all.
    Plain,
    /// `.gz`.
    Gzip,
    /// `.zst`.
    Zstandard,
}

/// What a file holds and how it is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileKind {
    /// What it holds.
    pub format: FileFormat,
    /// How it is compressed.
    pub compression: Compression,
}

impl FileFormat {
    /// Every ending with what it stands for.
    const ENDINGS: [(&'static str, FileFormat); 14] = [
        ("txt", FileFormat::Text),
        ("md", FileFormat::Markdown),
        ("markdown", FileFormat::Markdown),
        ("html", FileFormat::Html),
        ("htm", FileFormat::Html),
        ("xhtml", FileFormat::Html),
        ("docx", FileFormat::Docx),
        ("jsonl", FileFormat::JsonLines),
        ("ndjson", FileFormat::JsonLines),
        ("json", FileFormat::Json),
        ("csv", FileFormat::Csv),
        ("tsv", FileFormat::Tsv),
        ("tab", FileFormat::Tsv),
        ("parquet", FileFormat::Parquet),
    ];

    /// What to do with files of kinds that are met in archives and not read.
    const REMEDIES: [(&'static str, &'static str); 8] = [
        ("pdf", "save it as text first, for example with `pdftotext -layout FILE.pdf`"),
        ("doc", "save it as .docx"),
        ("rtf", "save it as .docx or .txt"),
        ("odt", "save it as .docx or .txt"),
        ("xlsx", "save the sheet as .csv"),
        ("xls", "save the sheet as .csv"),
        ("zip", "unpack it first"),
        ("tar", "unpack it first"),
    ];

    /// True if such a file holds many articles.
    pub fn has_records(self) -> bool {
        use FileFormat::{Csv, Json, JsonLines, Parquet, Tsv};
        matches!(self, JsonLines | Json | Csv | Tsv | Parquet)
    }

    /// The word used in tables.
    pub fn as_str(self) -> &'static str {
        Self::ENDINGS.iter().find(|(_, format)| *format == self).map_or("txt", |(ending, _)| ending)
    }

    /// The endings that are read, for messages.
    pub fn endings() -> String {
        listed(|_| true)
    }

    /// The endings of files with records, for messages.
    pub fn record_endings() -> String {
        listed(FileFormat::has_records)
    }
}

fn listed(wanted: impl Fn(FileFormat) -> bool) -> String {
    let endings = FileFormat::ENDINGS.iter().filter(|(_, format)| wanted(*format));
    let all: Vec<String> = endings.map(|(ending, _)| format!(".{ending}")).collect();
    format!("{} (also with .gz or .zst behind it)", all.join(", "))
}

impl FileKind {
    /// The kind of a file by its name; the error is a sentence for the user.
    pub fn of(path: &Path) -> Result<FileKind, String> {
        let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
        let (rest, compression) = match name.rsplit_once('.') {
            Some((rest, "gz")) => (rest, Compression::Gzip),
            Some((rest, "zst")) => (rest, Compression::Zstandard),
            _ => (name.as_str(), Compression::Plain),
        };
        let ending = rest.rsplit_once('.').map_or("", |(_, ending)| ending);
        match FileFormat::ENDINGS.iter().find(|(known, _)| *known == ending) {
            Some((_, format)) => Ok(FileKind { format: *format, compression }),
            None if ending.is_empty() => {
                Err(format!("a file without an ending is not read: name it {}", FileFormat::endings()))
            }
            None => {
                let remedy = FileFormat::REMEDIES.iter().find(|(known, _)| *known == ending);
                let remedy = remedy.map_or_else(
                    || format!("use {}", FileFormat::endings()),
                    |(_, remedy)| remedy.to_string(),
                );
                Err(format!("files ending in '.{ending}' are not read: {remedy}"))
            }
        }
    }

    /// The word used in tables: `jsonl.gz`.
    pub fn name(self) -> String {
        let compression = match self.compression {
            Compression::Plain => "",
            Compression::Gzip => ".gz",
            Compression::Zstandard => ".zst",
        };
        format!("{}{compression}", self.format.as_str())
    }
}

/// A file's name without its endings, compressed or not.
pub fn stem(path: &Path) -> String {
    let mut stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    if matches!(ending.as_deref(), Some("gz" | "zst"))
        && let Some((rest, _)) = stem.rsplit_once('.')
        && !rest.is_empty()
    {
        stem.truncate(rest.len());
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_give_format_and_compression() {
        let kind = |name: &str| FileKind::of(Path::new(name)).map(FileKind::name);
        assert_eq!(kind("a/2019-03-01_x.TXT"), Ok("txt".into()));
        assert_eq!(kind("x.ndjson.gz"), Ok("jsonl".to_string() + ".gz"));
        assert!(kind("x.odt").unwrap_err().contains("'.odt' are not read"));
        assert!(kind("x.odt.gz").unwrap_err().contains("'.odt' are not read"));
        assert!(kind("x").unwrap_err().contains("without an ending"));
        assert_eq!(stem(Path::new("a/b.c.jsonl.zst")), "b.c");
        assert_eq!(stem(Path::new("a/b.c.txt")), "b.c");
    }
}
