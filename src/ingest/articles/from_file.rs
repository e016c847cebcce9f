//! A file with one article to that article: text, Markdown, a web page or a Word document.
//! The result depends on the arguments alone, so files can be read on any thread.

use crate::ingest::articles::docx;
use crate::ingest::articles::file_notes::{broken, damaged_characters, opened, skip, too_large};
use crate::ingest::articles::html::{PageMetadata, page};
use crate::ingest::articles::item::Item;
use crate::ingest::articles::settle::{add, most_exact, stated_date};
use crate::ingest::files::bytes::{Bytes, seekable};
use crate::ingest::files::format::{Compression, FileFormat, FileKind};
use crate::ingest::files::listing::Source;
use crate::ingest::options::Options;
use crate::ingest::text::encoding::{declared, decoded};
use crate::ingest::text::front_matter::front_matter;
use crate::ingest::text::{boilerplate, dates};
use crate::model::{Article, DateBasis, Published, Span};

/// The items of a file with one article.
pub fn items(source: &Source, kind: FileKind, options: &Options) -> Vec<Item> {
    if kind.format == FileFormat::Docx {
        return document(source, kind, options);
    }
    let place = &source.place;
    let mut bytes = match Bytes::open(source, kind.compression) {
        Ok(bytes) => bytes,
        Err(cause) => return vec![Item::Skipped(broken(place, Compression::Plain, &cause))],
    };
    let read = match bytes.all(options.max_article_bytes) {
        Ok(Some(read)) => read,
        Ok(None) => return vec![Item::Skipped(too_large(place, options.max_article_bytes))],
        Err(cause) => return vec![Item::Skipped(broken(place, kind.compression, &cause))],
    };
    let mut items = Vec::new();
    let mut detected = None;
    let mut replaced = 0;
    let label = if kind.format == FileFormat::Html { declared(&read) } else { None };
    match decoded(&read, label.as_deref()) {
        Err(why) => items.push(skip(place, "encoding", format!("the file {why}"))),
        Ok(decoded) => {
            detected = Some(decoded.detected);
            replaced = decoded.replaced;
            if replaced > 0 {
                items.push(Item::Skipped(damaged_characters(place, &decoded.detected, replaced)));
            }
            if decoded.text.trim().is_empty() {
                items.push(skip(place, "empty", "the file holds no text"));
            } else if kind.format == FileFormat::Html {
                web_page(source, &decoded.text, options, &mut items);
            } else {
                text(source, decoded.text, kind.format == FileFormat::Markdown, options, &mut items);
            }
        }
    }
    if let Ok(digest) = bytes.digest() {
        items.push(opened(place.clone(), kind, detected, replaced, digest));
    }
    items
}

/// A text file: the body is the whole file, so that offsets are offsets into it.
fn text(source: &Source, text: String, markdown: bool, options: &Options, items: &mut Vec<Item>) {
    let (place, stem) = (&source.place, source.stem());
    let head = match front_matter(&text) {
        Ok(head) if markdown => head.unwrap_or_default(),
        Err(why) if markdown => return items.push(skip(place, "front_matter", why)),
        _ => Default::default(),
    };
    let around = boilerplate::around(&text, head.end, options.languages);
    let mut excluded = around.excluded;
    if head.end > 0 {
        excluded.insert(0, Span::new(0, head.end));
    }
    let stated = head.published.as_deref();
    let article = Article {
        id: head.id.unwrap_or_else(|| stem.clone()),
        place: place.clone(),
        title: head.title.or(around.title),
        published: most_exact(
            stated.and_then(|stated| stated_date(stated, DateBasis::FrontMatter, place, options, items)),
            || elsewhere(&stem, around.dateline),
        ),
        source: head.source,
        author: head.author,
        url: head.url,
        language: head.language.unwrap_or_default(),
        body: text,
        excluded,
        ..Article::default()
    };
    add(article, options, items);
}

/// A web page: the body is its main text.
fn web_page(source: &Source, html: &str, options: &Options, items: &mut Vec<Item>) {
    match page(html) {
        Err((reason, detail)) => items.push(skip(&source.place, reason, detail)),
        Ok(page) => extracted(source, page.body, page.metadata, options, items),
    }
}

/// A Word document: the body is the text of its paragraphs.
fn document(source: &Source, kind: FileKind, options: &Options) -> Vec<Item> {
    let (file, digest) = match seekable(source, kind.compression) {
        Ok(opened) => opened,
        Err(cause) => return vec![Item::Skipped(broken(&source.place, kind.compression, &cause))],
    };
    let mut items = Vec::new();
    match docx::document(file, options.max_article_bytes) {
        Err((reason, detail)) => items.push(skip(&source.place, reason, detail)),
        Ok(found) if found.body.trim().is_empty() => {
            items.push(skip(&source.place, "empty", "the document holds no text"));
        }
        Ok(found) => {
            if found.repeated {
                let detail = "word/document.xml stands in the file more than once: the last is used";
                items.push(skip(&source.place, "record", detail));
            }
            let metadata =
                PageMetadata { title: found.title, author: found.author, ..PageMetadata::default() };
            extracted(source, found.body, metadata, options, &mut items);
        }
    }
    items.push(opened(source.place.clone(), kind, None, 0, digest));
    items
}

/// An article whose body was extracted from a page or document.
fn extracted(
    source: &Source,
    body: String,
    metadata: PageMetadata,
    options: &Options,
    items: &mut Vec<Item>,
) {
    let stem = source.stem();
    let around = boilerplate::around(&body, 0, options.languages);
    let stated = metadata.published.as_deref();
    let article = Article {
        id: stem.clone(),
        place: source.place.clone(),
        title: metadata.title.or(around.title),
        published: most_exact(
            stated.and_then(|stated| stated_date(stated, DateBasis::Page, &source.place, options, items)),
            || elsewhere(&stem, around.dateline),
        ),
        source: metadata.source,
        author: metadata.author,
        url: metadata.url,
        language: metadata.language.unwrap_or_default(),
        excluded: around.excluded,
        body,
        extracted: true,
    };
    add(article, options, items);
}

/// The date in the file's name, else in the dateline of the article.
fn elsewhere(stem: &str, dateline: Option<chrono::NaiveDate>) -> Option<Published> {
    dates::file_name(stem)
        .map(|day| Published::on(day, DateBasis::FileName))
        .or(dateline.map(|day| Published::on(day, DateBasis::Dateline)))
}
