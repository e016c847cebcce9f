//! Pieces of the inputs to articles.
//!
//! Lives here: a file, a line or a row as an article, and what is skipped and
//! why. May not live here: what is boilerplate inside a text. Everything here
//! depends on its arguments alone, so that pieces can be read on any thread.

use crate::files::none_is_free;
use crate::ingest::articles::docx;
use crate::ingest::articles::html::{Facts, page};
use crate::ingest::articles::reader::{Item, Lot, Options, Records};
use crate::ingest::columns::{Cells, Role};
use crate::ingest::files::bytes::{Bytes, seekable};
use crate::ingest::files::format::{Format, Kind, Packing};
use crate::ingest::files::listing::Source;
use crate::ingest::notes::Notes;
use crate::ingest::short::{names, short};
use crate::ingest::tables::{csv as table, json};
use crate::ingest::text::dates::Refused;
use crate::ingest::text::dates::partial;
use crate::ingest::text::encoding::{Judged, declared, decoded};
use crate::ingest::text::front_matter::front_matter;
use crate::ingest::text::language_id;
use crate::ingest::text::metadata;
use crate::ingest::text::{boilerplate, dates};
use crate::model::{Article, DateBasis, InputFile, Precision, Published, Skipped, Span};

/// The items of a file with one article.
pub fn file(source: &Source, kind: Kind, options: &Options) -> Vec<Item> {
    if kind.format == Format::Docx {
        return document(source, kind, options);
    }
    let place = &source.place;
    let mut bytes = match Bytes::open(source, kind.packing) {
        Ok(bytes) => bytes,
        Err(cause) => return vec![Item::Skipped(broken(place, Packing::Plain, &cause))],
    };
    let read = match bytes.all(options.max_article_bytes) {
        Ok(Some(read)) => read,
        Ok(None) => return vec![Item::Skipped(too_large(place, options.max_article_bytes))],
        Err(cause) => return vec![Item::Skipped(broken(place, kind.packing, &cause))],
    };
    let mut items = Vec::new();
    let mut judged = None;
    let mut replaced = 0;
    let label = if kind.format == Format::Html { declared(&read) } else { None };
    match decoded(&read, label.as_deref()) {
        Err(why) => items.push(skip(place, "encoding", format!("the file {why}"))),
        Ok(decoded) => {
            judged = Some(decoded.judged);
            replaced = decoded.replaced;
            if replaced > 0 {
                items.push(Item::Skipped(damaged_characters(place, &decoded.judged, replaced)));
            }
            if decoded.text.trim().is_empty() {
                items.push(skip(place, "empty", "the file holds no text"));
            } else if kind.format == Format::Html {
                web_page(source, &decoded.text, options, &mut items);
            } else {
                text(source, decoded.text, kind.format == Format::Markdown, options, &mut items);
            }
        }
    }
    if let Ok(digest) = bytes.digest() {
        items.push(opened(place.clone(), kind, judged, replaced, digest));
    }
    items
}

/// The row of `inputs.csv` of a file that was opened. `digest` is SHA-256 and
/// length of its bytes.
pub fn opened(
    path: String,
    kind: Kind,
    judged: Option<Judged>,
    replaced: usize,
    (sha256, bytes): (String, u64),
) -> Item {
    Item::File(InputFile {
        path,
        sha256,
        bytes,
        format: kind.name(),
        encoding: judged.map_or(String::new(), |judged| judged.encoding.name().into()),
        encoding_basis: judged.map_or(String::new(), |judged| judged.basis.into()),
        replaced,
    })
}

/// The row of a file that could not be read to its end. What the system says, a missing
/// permission or a broken disk, is no damage of a packed file.
pub fn broken(place: &str, packing: Packing, cause: &std::io::Error) -> Skipped {
    let whole = "only whole records before it are used";
    match packing {
        _ if none_is_free(cause) => {
            let detail = "too many files are open at once: raise the limit (ulimit -n) and run again";
            Skipped::new(place, "unreadable", detail)
        }
        Packing::Plain => Skipped::new(place, "unreadable", format!("cannot be read: {cause}")),
        _ if cause.raw_os_error().is_some() => {
            Skipped::new(place, "unreadable", format!("cannot be read to its end: {cause}; {whole}"))
        }
        _ => {
            let detail = format!("cannot be unpacked to its end: {cause}; {whole}");
            Skipped::new(place, "damaged", detail)
        }
    }
}

/// The row of what is larger than an article may be.
pub fn too_large(place: &str, most: usize) -> Skipped {
    let detail = format!(
        "larger than an article may be ({most} bytes): raise --max-article-bytes if it is one article"
    );
    Skipped::new(place, "too_large", detail)
}

/// The note that some characters could not be read.
pub fn damaged_characters(place: &str, judged: &Judged, count: usize) -> Skipped {
    let encoding = judged.encoding.name();
    let detail = match count {
        1 => format!("one character is no {encoding} and stands as U+FFFD"),
        more => format!("{more} characters are no {encoding} and stand as U+FFFD"),
    };
    Skipped::new(place, "replaced", detail)
}

fn skip(place: &str, reason: &str, detail: impl Into<String>) -> Item {
    Item::Skipped(Skipped::new(place, reason, detail))
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
        published: exact_first(
            stated.and_then(|stated| date(stated, DateBasis::FrontMatter, place, options, items)),
            || around_date(&stem, around.dateline),
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
        Ok(page) => extracted(source, page.body, page.facts, options, items),
    }
}

/// A Word document: the body is the text of its paragraphs.
fn document(source: &Source, kind: Kind, options: &Options) -> Vec<Item> {
    let (file, digest) = match seekable(source, kind.packing) {
        Ok(opened) => opened,
        Err(cause) => return vec![Item::Skipped(broken(&source.place, kind.packing, &cause))],
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
            let facts = Facts { title: found.title, author: found.author, ..Facts::default() };
            extracted(source, found.body, facts, options, &mut items);
        }
    }
    items.push(opened(source.place.clone(), kind, None, 0, digest));
    items
}

/// An article whose body was taken out of something else than text.
fn extracted(source: &Source, body: String, facts: Facts, options: &Options, items: &mut Vec<Item>) {
    let stem = source.stem();
    let around = boilerplate::around(&body, 0, options.languages);
    let stated = facts.published.as_deref();
    let article = Article {
        id: stem.clone(),
        place: source.place.clone(),
        title: facts.title.or(around.title),
        published: exact_first(
            stated.and_then(|stated| date(stated, DateBasis::Page, &source.place, options, items)),
            || around_date(&stem, around.dateline),
        ),
        source: facts.source,
        author: facts.author,
        url: facts.url,
        language: facts.language.unwrap_or_default(),
        excluded: around.excluded,
        body,
        extracted: true,
    };
    add(article, options, items);
}

/// A stated day; else the day that stands around it, when it lies in the month or
/// year that is stated; else that month or year.
fn exact_first(stated: Option<Published>, around: impl FnOnce() -> Option<Published>) -> Option<Published> {
    let Some(stated) = stated else { return around() };
    if stated.precision == Precision::Day {
        return Some(stated);
    }
    let day = around().filter(|around| (stated.day..=stated.last).contains(&around.day));
    Some(day.unwrap_or(stated))
}

/// A stated date, as exact as it is; a note when it cannot be used.
fn date(
    stated: &str,
    basis: DateBasis,
    place: &str,
    options: &Options,
    items: &mut Vec<Item>,
) -> Option<Published> {
    match dates::written(stated, options.date_format.as_ref(), options.languages) {
        Ok(day) => Some(Published::on(day, basis)),
        Err(refused) => {
            let partial = partial::said(stated).filter(|_| refused == Refused::Partial);
            if partial.is_none() {
                items.push(skip(place, "date", refused.detail(stated)));
            }
            partial.map(|time| Published::within(&time, basis))
        }
    }
}

/// The date in a file's name, else in its first lines.
fn around_date(stem: &str, dateline: Option<chrono::NaiveDate>) -> Option<Published> {
    dates::file_name(stem)
        .map(|day| Published::on(day, DateBasis::FileName))
        .or(dateline.map(|day| Published::on(day, DateBasis::Dateline)))
}

/// The items of some records.
pub fn records(records: Records, options: &Options) -> Vec<Item> {
    let Records { place, stem, first, lot, notes: mut items } = records;
    let mut notes = Notes::of(&place);
    let at = |number: usize| (format!("{place}:{number}"), format!("{stem}-{number}"));
    match lot {
        Lot::Lines(text) => {
            for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
                let start = items.len();
                match json::cells(line, &options.columns) {
                    Err(_) if notes.is_full("record") => {
                        notes.count("record", 1);
                    }
                    Err(cause) => items.push(skip(&at(first + index).0, "record", json::told(&cause))),
                    Ok((cells, twice)) => {
                        let (place, id) = at(first + index);
                        if let Some((role, rank)) = twice {
                            let name = options.columns.name(role, rank);
                            let detail = format!(
                                "the key '{}' stands twice in the record: the last that is not empty is used",
                                short(name, 60)
                            );
                            items.push(skip(&place, "record", detail));
                        }
                        let there = || names(&json::names(line));
                        record(cells, place, &id, there, options, &mut items);
                    }
                }
                notes.bound(&mut items, start);
            }
        }
        Lot::Rows { text, separator, header, places } => {
            for (line, row) in table::cells(text.as_bytes(), separator) {
                if row.len() != header.len() && notes.is_full("ragged") {
                    notes.count("ragged", 1);
                    continue;
                }
                let start = items.len();
                let (place, id) = at(first + line);
                if row.len() != header.len() {
                    let detail = format!(
                        "{} cells, but the header has {}: put cells that hold the separator or a line break in double quotes, and double the quotes inside",
                        row.len(),
                        header.len()
                    );
                    items.push(skip(&place, "ragged", detail));
                    notes.bound(&mut items, start);
                    continue;
                }
                let mut cells = Cells::default();
                for (role, place) in crate::ingest::columns::Mapping::roles().zip(&places) {
                    if let Some(cell) = place.and_then(|index| row.get(index)) {
                        cells.set(role, cell.clone());
                    }
                }
                record(cells, place, &id, || names(header.iter()), options, &mut items);
                notes.bound(&mut items, start);
            }
        }
        Lot::Cells { rows, header } => {
            for (number, cells) in rows {
                let start = items.len();
                let (place, id) = at(number);
                record(cells, place, &id, || names(header.iter()), options, &mut items);
                notes.bound(&mut items, start);
            }
        }
    }
    items.extend(notes.more());
    items
}

/// A record as an article. `there` names the columns there are.
fn record(
    mut cells: Cells,
    place: String,
    id: &str,
    there: impl Fn() -> String,
    options: &Options,
    items: &mut Vec<Item>,
) {
    let Some(body) = cells.take(Role::Text) else {
        let detail = format!(
            "the record has no text; there are: {}; say which holds it with --col text=NAME",
            there()
        );
        return items.push(skip(&place, "record", detail));
    };
    if body.len() > options.max_article_bytes {
        return items.push(Item::Skipped(too_large(&place, options.max_article_bytes)));
    }
    let around = boilerplate::around(&body, 0, options.languages);
    let stated = cells.take(Role::Date);
    let stated = stated.and_then(|stated| date(&stated, DateBasis::Metadata, &place, options, items));
    let dateline = around.dateline.map(|day| Published::on(day, DateBasis::Dateline));
    let published = exact_first(stated, || dateline);
    let article = Article {
        id: cells.take(Role::Id).unwrap_or_else(|| id.to_string()),
        place,
        title: cells.take(Role::Title),
        published,
        source: cells.take(Role::Source),
        author: cells.take(Role::Author),
        url: cells.take(Role::Url),
        language: cells.take(Role::Language).unwrap_or_default(),
        excluded: around.excluded,
        body,
        extracted: false,
    };
    add(article, options, items);
}

/// Settles the language and takes the article in.
fn add(mut article: Article, options: &Options, items: &mut Vec<Item>) {
    items.extend(metadata::bound(&mut article).map(Item::Skipped));
    let known = |code: &str| options.languages.iter().any(|language| language.code == code);
    let stated = Some(article.language.as_str()).filter(|stated| !stated.is_empty());
    let stated = stated.map(|stated| language_id::normal(stated).unwrap_or_else(|| stated.to_string()));
    let given = options.language.map(str::to_string);
    let by_text = || language_id::detect(&article.body, &article.excluded, options.languages);
    article.language = if article.extracted {
        // What a page says of its language is often the template's: the text
        // decides, and the page only where the text does not.
        given.unwrap_or_else(|| Some(by_text()).filter(|code| code != "und").or(stated).unwrap_or_default())
    } else {
        stated.or(given).unwrap_or_else(by_text)
    };
    if !known(&article.language) {
        let known: Vec<&str> = options.languages.iter().map(|language| language.code.as_str()).collect();
        let what = match article.language.as_str() {
            "und" | "" => "the language cannot be told".to_string(),
            code => format!("the language is '{}'", short(code, 60)),
        };
        let detail = format!(
            "{what} and there are rules for {}: name another with --language if this is wrong",
            known.join(", ")
        );
        return items.push(skip(&article.place, "language", detail));
    }
    if article.published.is_none() {
        let detail =
            "no publication date was found: its statements stay out of trends unless the text dates them";
        items.push(skip(&article.place, "no_date", detail));
    }
    items.push(Item::Article(article));
}
