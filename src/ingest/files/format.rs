//! What kind of file a name stands for.
//!
//! Lives here: endings, and what is said of those that are not read. May not
//! live here: reading.

use std::path::Path;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
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
    /// A table, comma or semicolon between cells.
    Csv,
    /// A table, tab between cells.
    Tsv,
    /// A table in columns.
    Parquet,
}

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// Not at all.
    Plain,
    /// `.gz`.
    Gzip,
    /// `.zst`.
    Zstandard,
}

/// What a file holds and how it is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// What it holds.
    pub format: Format,
    /// How it is packed.
    pub packing: Packing,
}

impl Format {
    /// Every ending with what it stands for.
    const ENDINGS: [(&'static str, Format); 13] = [
        ("txt", Format::Text),
        ("md", Format::Markdown),
        ("markdown", Format::Markdown),
        ("html", Format::Html),
        ("htm", Format::Html),
        ("xhtml", Format::Html),
        ("docx", Format::Docx),
        ("jsonl", Format::JsonLines),
        ("ndjson", Format::JsonLines),
        ("csv", Format::Csv),
        ("tsv", Format::Tsv),
        ("tab", Format::Tsv),
        ("parquet", Format::Parquet),
    ];

    /// What to do with files of kinds that are met in archives and not read.
    const REMEDIES: [(&'static str, &'static str); 9] = [
        ("pdf", "save it as text first, for example with `pdftotext -layout FILE.pdf`"),
        ("doc", "save it as .docx"),
        ("rtf", "save it as .docx or .txt"),
        ("odt", "save it as .docx or .txt"),
        ("json", "write one record a line (.jsonl), for example with `jq -c '.[]' FILE.json`"),
        ("xlsx", "save the sheet as .csv"),
        ("xls", "save the sheet as .csv"),
        ("zip", "unpack it first"),
        ("tar", "unpack it first"),
    ];

    /// Whether such a file holds many articles.
    pub fn has_records(self) -> bool {
        matches!(self, Format::JsonLines | Format::Csv | Format::Tsv | Format::Parquet)
    }

    /// The word used in tables.
    pub fn as_str(self) -> &'static str {
        Self::ENDINGS.iter().find(|(_, format)| *format == self).map_or("txt", |(ending, _)| ending)
    }

    /// The endings that are read, for messages.
    pub fn endings() -> String {
        let all: Vec<String> = Self::ENDINGS.iter().map(|(ending, _)| format!(".{ending}")).collect();
        format!("{} (also with .gz or .zst behind it)", all.join(", "))
    }
}

impl Kind {
    /// The kind that a file's name tells; the error is a sentence for the user.
    pub fn of(path: &Path) -> Result<Kind, String> {
        let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
        let (rest, packing) = match name.rsplit_once('.') {
            Some((rest, "gz")) => (rest, Packing::Gzip),
            Some((rest, "zst")) => (rest, Packing::Zstandard),
            _ => (name.as_str(), Packing::Plain),
        };
        let ending = rest.rsplit_once('.').map_or("", |(_, ending)| ending);
        match Format::ENDINGS.iter().find(|(known, _)| *known == ending) {
            Some((_, format)) => Ok(Kind { format: *format, packing }),
            None if ending.is_empty() => {
                Err(format!("a file without an ending is not read: name it {}", Format::endings()))
            }
            None => {
                let remedy = Format::REMEDIES.iter().find(|(known, _)| *known == ending);
                let remedy = remedy
                    .map_or_else(|| format!("use {}", Format::endings()), |(_, remedy)| remedy.to_string());
                Err(format!("files ending in '.{ending}' are not read: {remedy}"))
            }
        }
    }

    /// The word used in tables: `jsonl.gz`.
    pub fn name(self) -> String {
        let packing = match self.packing {
            Packing::Plain => "",
            Packing::Gzip => ".gz",
            Packing::Zstandard => ".zst",
        };
        format!("{}{packing}", self.format.as_str())
    }
}

/// A file's name without its endings, packed or not.
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
    fn endings_tell_format_and_packing() {
        let kind = |name: &str| Kind::of(Path::new(name)).map(Kind::name);
        assert_eq!(kind("a/2019-03-01_x.TXT"), Ok("txt".into()));
        assert_eq!(kind("x.ndjson.gz"), Ok("jsonl".to_string() + ".gz"));
        assert!(kind("x.odt").unwrap_err().contains("'.odt' are not read"));
        assert!(kind("x.odt.gz").unwrap_err().contains("'.odt' are not read"));
        assert!(kind("x").unwrap_err().contains("without an ending"));
        assert_eq!(stem(Path::new("a/b.c.jsonl.zst")), "b.c");
        assert_eq!(stem(Path::new("a/b.c.txt")), "b.c");
    }
}
