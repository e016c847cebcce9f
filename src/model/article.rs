//! Articles, records, and inputs that were skipped.

use crate::model::statement::{Precision, Said};
use crate::model::text::Span;
use chrono::{Datelike, NaiveDate};
use serde::Serialize;

/// Where a publication date was found, most reliable first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DateBasis {
    /// A column or field of a record.
    Metadata,
    /// The front matter of a Markdown file.
    FrontMatter,
    /// What a web page or document says of itself (JSON-LD, OpenGraph, `<time>`).
    Page,
    /// The file's name (`2019-03-01_...`).
    FileName,
    /// A line with nothing but a date near the top of the text.
    Dateline,
}

impl DateBasis {
    /// The word used in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            DateBasis::Metadata => "metadata",
            DateBasis::FrontMatter => "front_matter",
            DateBasis::Page => "page",
            DateBasis::FileName => "file_name",
            DateBasis::Dateline => "dateline",
        }
    }
}

/// When an article was published, and where the date was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// The day; if only a month or year is known, its first day.
    pub day: NaiveDate,
    /// The last possible day.
    pub last: NaiveDate,
    /// How exactly it is known.
    pub precision: Precision,
    /// Where it was found.
    pub basis: DateBasis,
}

impl Published {
    /// Published on a day.
    pub fn on(day: NaiveDate, basis: DateBasis) -> Self {
        Published { day, last: day, precision: Precision::Day, basis }
    }

    /// Published at an unknown day of a month, quarter or year.
    pub fn within(time: &Said, basis: DateBasis) -> Self {
        Published { day: time.from, last: time.to, precision: time.precision, basis }
    }

    /// The date as exactly as it is known: "2019-03-01", "2019-03", "2019-Q1", "2019".
    pub fn label(&self) -> String {
        match self.precision {
            Precision::Day => self.day.to_string(),
            Precision::Month => self.day.format("%Y-%m").to_string(),
            Precision::Quarter => format!("{}-Q{}", self.day.year(), self.day.month0() / 3 + 1),
            Precision::Year => self.day.format("%Y").to_string(),
            _ => format!("{}/{}", self.day, self.last),
        }
    }

    /// The time of publication as the date of a statement.
    pub fn said(&self) -> Said {
        Said { from: self.day, to: self.last, precision: self.precision, expression: None }
    }
}

/// One dated document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Article {
    /// Unique within a run: the file's name without extension, or the
    /// record's own id.
    pub id: String,
    /// Path of the file, and line for records (`articles.jsonl:12`), as the
    /// user named it.
    pub place: String,
    /// Headline, if known.
    pub title: Option<String>,
    /// None when no date was found: such an article is attributed and scored
    /// but stays out of trends.
    pub published: Option<Published>,
    /// The source that published it, if known.
    pub source: Option<String>,
    /// Its author, if known.
    pub author: Option<String>,
    /// Its URL, the canonical one if the page gives it.
    pub url: Option<String>,
    /// Two-letter code of its language ("en", "ru").
    pub language: String,
    /// The text as read, in UTF-8. For text files this is the whole file, so
    /// that offsets are offsets into the file; for records it is the cell.
    pub body: String,
    /// True if `body` was extracted from a page or document, so that no file contains it as it is. Such
    /// bodies are written to `bodies.jsonl`.
    pub extracted: bool,
    /// Spans of `body` that are not the author's text (front matter, bylines, captions, targets of links,
    /// footers): never attributed, never scored. Sorted, without overlaps.
    pub excluded: Vec<Span>,
}

impl Article {
    /// The words of a span without excluded text, white space collapsed.
    pub fn words(&self, span: Span) -> String {
        let mut words = String::new();
        self.words_into(span, &mut words);
        words
    }

    /// Appends the words of a span to `into`.
    pub fn words_into(&self, span: Span, into: &mut String) {
        let start = into.len();
        let mut gap = false;
        let mut add = |from: usize, to: usize| {
            let piece = self.body.get(from..to).unwrap_or("");
            gap |= piece.starts_with(char::is_whitespace);
            for word in piece.split_whitespace() {
                if gap && into.len() > start {
                    into.push(' ');
                }
                into.push_str(word);
                gap = true;
            }
            // A word may continue behind an excluded span.
            gap = piece.ends_with(char::is_whitespace) || gap && piece.is_empty();
        };
        let mut at = span.start;
        let first = self.excluded.partition_point(|excluded| excluded.end <= span.start);
        for excluded in self.excluded.iter().skip(first).take_while(|e| e.start < span.end) {
            add(at, excluded.start.max(at));
            at = at.max(excluded.end);
        }
        add(at, span.end.max(at));
    }
}

/// A record that is one person's words already (`--unit statement`).
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The record's id.
    pub id: String,
    /// File and line.
    pub place: String,
    /// The words.
    pub text: String,
    /// The speaker as the record names them; None if it does not.
    pub actor: Option<String>,
    /// The form of the report ("direct", "indirect"), if the record gives it.
    pub form: Option<String>,
    /// When it was said, as exactly as the record gives it.
    pub date: Option<Said>,
    /// Two-letter language code.
    pub language: String,
}

/// An input file: one row of `inputs.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InputFile {
    /// The path as the user named it; `-` is standard input.
    pub path: String,
    /// SHA-256 of its bytes as stored, compressed or not.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
    /// `txt`, `md`, `jsonl`, ...; with `.gz` or `.zst` behind it.
    pub format: String,
    /// The encoding it was read in ("UTF-8"); empty for binary formats.
    pub encoding: String,
    /// How the encoding was determined: `bom`, `declared`, `valid` (it is valid UTF-8)
    /// or `detected`.
    pub encoding_basis: String,
    /// Number of characters that could not be decoded and became U+FFFD.
    pub replaced: usize,
}

/// An input that could not be used: one row of `skipped.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// File, with line where it is one.
    pub path: String,
    /// A short stable word: `unreadable`, `empty`, `language`, `format`,
    /// `record`, `encoding`, `no_date`, `too_large`, ...
    pub reason: String,
    /// A sentence for the user: what was found, and what to do.
    pub detail: String,
}

impl Skipped {
    /// Creates a row.
    pub fn new(path: impl Into<String>, reason: impl Into<String>, detail: impl Into<String>) -> Skipped {
        Skipped { path: path.into(), reason: reason.into(), detail: detail.into() }
    }
}
