//! Folders and files to articles.
//!
//! Lives here: finding files, formats, ids, what is skipped and why. May not
//! live here: what is boilerplate inside a text.

use super::decode::decode;
use super::front_matter::front_matter;
use super::{boilerplate, dates};
use crate::error::{Error, Result};
use crate::model::{Article, DateBasis, Language, Published, Skipped, Span};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io::Read;
use std::path::{Path, PathBuf};

/// What came in.
#[derive(Debug, Default)]
pub struct Inputs {
    /// In the order of the inputs, files of a folder sorted by path.
    pub articles: Vec<Article>,
    /// What could not be used.
    pub skipped: Vec<Skipped>,
    /// Path as named, and SHA-256 of the bytes; sorted.
    pub hashes: Vec<(String, String)>,
}

/// Endings that are read.
const ENDINGS: [&str; 5] = ["txt", "md", "markdown", "jsonl", "ndjson"];

/// Reads files, folders (recursively) and `-` (standard input). A file that
/// cannot be used becomes a row of `skipped`; an input that is not there is an
/// error.
pub fn articles(inputs: &[String], languages: &[Language], default: Option<&str>) -> Result<Inputs> {
    let mut found = Inputs::default();
    let mut reader = Reader { languages, default, found: &mut found, ids: HashMap::new() };
    for input in inputs {
        if input == "-" {
            let mut bytes = Vec::new();
            std::io::stdin().read_to_end(&mut bytes).map_err(|cause| {
                Error::run("-", "standard input cannot be read", "pipe a text into stance").because(cause)
            })?;
            reader.file("-", Path::new("stdin.txt"), &bytes);
            continue;
        }
        let path = PathBuf::from(input);
        if !path.exists() {
            return Err(Error::input(input, "there is no such file or folder", "check the spelling"));
        }
        for path in files(&path) {
            reader.path(&path, path.display().to_string() == *input);
        }
    }
    found.hashes.sort();
    if found.articles.is_empty() {
        let why = found.skipped.first().map_or(String::new(), |skipped| {
            format!(" (first skipped: {}: {})", skipped.path, skipped.detail)
        });
        return Err(Error {
            usage: false,
            ..Error::input(
                inputs.join(", "),
                format!("no article was found{why}"),
                format!("name a folder with files ending in .{}", ENDINGS.join(", .")),
            )
        });
    }
    Ok(found)
}

fn files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_path_buf()];
    }
    walkdir::WalkDir::new(path)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.'))
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect()
}

struct Reader<'a> {
    languages: &'a [Language],
    default: Option<&'a str>,
    found: &'a mut Inputs,
    ids: HashMap<String, usize>,
}

impl Reader<'_> {
    fn skip(&mut self, path: &str, reason: &str, detail: impl Into<String>) {
        self.found.skipped.push(Skipped {
            path: path.to_string(),
            reason: reason.to_string(),
            detail: detail.into(),
        });
    }

    fn path(&mut self, path: &Path, named: bool) {
        let place = path.display().to_string();
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().to_lowercase()).unwrap_or_default();
        if !named && (stem == "readme" || stem.starts_with("license")) {
            return;
        }
        let ending = ending(path);
        if !ENDINGS.contains(&ending.as_str()) {
            let detail = format!("files ending in '.{ending}' are not read: use .{}", ENDINGS.join(", ."));
            return self.skip(&place, "format", detail);
        }
        match std::fs::read(path) {
            Ok(bytes) => self.file(&place, path, &bytes),
            Err(cause) => self.skip(&place, "unreadable", format!("cannot be read: {cause}")),
        }
    }

    fn file(&mut self, place: &str, path: &Path, bytes: &[u8]) {
        let digest: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        self.found.hashes.push((place.to_string(), digest));
        let text = match decode(bytes) {
            Ok(text) => text,
            Err(why) => return self.skip(place, "encoding", format!("the file {why}")),
        };
        if text.trim().is_empty() {
            return self.skip(place, "empty", "the file holds no text");
        }
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        match ending(path).as_str() {
            "jsonl" | "ndjson" => self.json_lines(place, &stem, &text),
            ending => self.text(place, &stem, text, ending != "txt"),
        }
    }

    fn text(&mut self, place: &str, stem: &str, text: String, markdown: bool) {
        let head = match front_matter(&text) {
            Ok(head) if markdown => head.unwrap_or_default(),
            Ok(_) => Default::default(),
            Err(why) if markdown => return self.skip(place, "front_matter", why),
            Err(_) => Default::default(),
        };
        let around = boilerplate::around(&text, head.end, self.languages);
        let mut excluded = around.excluded;
        if head.end > 0 {
            excluded.insert(0, Span::new(0, head.end));
        }
        if let Some(written) = &head.published
            && dates::metadata(written).is_none()
        {
            let detail = format!("`published: {written}` is no date: write it as 2003-06-05");
            self.skip(place, "date", detail);
        }
        let published = head
            .published
            .as_deref()
            .and_then(dates::metadata)
            .map(|day| Published { day, basis: DateBasis::FrontMatter })
            .or_else(|| dates::file_name(stem).map(|day| Published { day, basis: DateBasis::FileName }))
            .or(around.dateline.map(|day| Published { day, basis: DateBasis::Dateline }));
        let id = head.id.unwrap_or_else(|| stem.to_string());
        let article = Article {
            id,
            place: place.to_string(),
            title: head.title.or(around.title),
            published,
            source: head.source,
            language: head.language.unwrap_or_default(),
            body: text,
            excluded,
        };
        self.add(article);
    }

    fn json_lines(&mut self, place: &str, stem: &str, text: &str) {
        for (index, line) in text.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let place = format!("{place}:{}", index + 1);
            let record: Value = match serde_json::from_str(line) {
                Ok(record) => record,
                Err(cause) => {
                    self.skip(&place, "record", format!("the line is no JSON: {cause}"));
                    continue;
                }
            };
            let field = |names: &[&str]| {
                names.iter().find_map(|name| match record.get(*name) {
                    Some(Value::String(text)) if !text.is_empty() => Some(text.clone()),
                    Some(Value::Number(number)) => Some(number.to_string()),
                    _ => None,
                })
            };
            let Some(body) = field(&["text", "body", "content"]) else {
                self.skip(&place, "record", "the record has no field text, body or content");
                continue;
            };
            let written = field(&["published", "date"]);
            let published = written
                .as_deref()
                .and_then(dates::metadata)
                .map(|day| Published { day, basis: DateBasis::Metadata });
            if let (Some(written), None) = (&written, published) {
                self.skip(&place, "date", format!("'{written}' is no date: write it as 2003-06-05"));
            }
            let article = Article {
                id: field(&["id"]).unwrap_or_else(|| format!("{stem}-{}", index + 1)),
                place,
                title: field(&["title"]),
                published,
                source: field(&["source"]),
                language: field(&["language", "lang"]).unwrap_or_default(),
                excluded: boilerplate::around(&body, 0, self.languages).excluded,
                body,
            };
            self.add(article);
        }
    }

    fn add(&mut self, mut article: Article) {
        if article.language.is_empty() {
            article.language = match self.default {
                Some(code) => code.to_string(),
                None => detect(&article),
            };
        }
        if !self.languages.iter().any(|language| language.code == article.language) {
            let known: Vec<&str> = self.languages.iter().map(|language| language.code.as_str()).collect();
            let detail = format!(
                "the language is '{}' and there are rules for {}: name another with --language if this is wrong",
                article.language,
                known.join(", ")
            );
            return self.skip(&article.place.clone(), "language", detail);
        }
        if article.published.is_none() {
            let detail =
                "no publication date was found: its statements stay out of trends unless the text dates them";
            self.skip(&article.place.clone(), "no_date", detail);
        }
        let count = self.ids.entry(article.id.clone()).or_insert(0);
        *count += 1;
        if *count > 1 {
            article.id = format!("{}-{}", article.id, count);
        }
        self.found.articles.push(article);
    }
}

fn ending(path: &Path) -> String {
    path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// The language of a text by its words; "und" when it cannot be told.
pub fn detect_text(text: &str) -> String {
    match whatlang::detect_lang(text) {
        Some(whatlang::Lang::Eng) => "en".into(),
        Some(whatlang::Lang::Rus) => "ru".into(),
        Some(other) => other.code().to_string(),
        None => "und".into(),
    }
}

fn detect(article: &Article) -> String {
    let mut prose = String::new();
    let mut at = 0;
    for span in &article.excluded {
        prose.push_str(article.body.get(at..span.start).unwrap_or(""));
        prose.push(' ');
        at = span.end;
        if prose.len() > 4000 {
            break;
        }
    }
    if prose.len() < 4000 {
        prose.extend(article.body.get(at..).unwrap_or("").chars().take(4000));
    }
    detect_text(&prose)
}
