//! Records to articles or statements. The result depends on the arguments alone, so batches
//! can be read on any thread.

use crate::ingest::articles::file_notes::{skip, too_large};
use crate::ingest::articles::item::{Item, RawRecords, RecordBatch};
use crate::ingest::articles::settle::{add, has_rules, most_exact, stated_date, stated_language};
use crate::ingest::columns::{Cells, RecordKind, Role};
use crate::ingest::notes::Notes;
use crate::ingest::options::Options;
use crate::ingest::short::{names, short};
use crate::ingest::tables::{csv, json};
use crate::ingest::text::boilerplate;
use crate::ingest::text::dates::partial::{FORMS, parse_partial};
use crate::ingest::text::dates::{Refused, written};
use crate::ingest::text::language_id::detect_text;
use crate::ingest::text::metadata::Changes;
use crate::model::{Article, DateBasis, Precision, Published, Record, Said};

/// One record, and where it is.
struct Found<'a> {
    cells: Cells,
    /// File and line.
    place: String,
    /// Its line or row in the file, counted from 1.
    number: usize,
    /// The id where the record has none.
    default_id: String,
    /// Names the columns of the record, for a message.
    columns: &'a dyn Fn() -> String,
}

/// The items of some records.
pub fn items(batch: RecordBatch, options: &Options) -> Vec<Item> {
    let RecordBatch { place, stem, first, records, notes } = batch;
    let mut reader = BatchReader { notes: Notes::of(&place), place, stem, items: notes, options };
    match records {
        RawRecords::Lines(text) | RawRecords::Objects(text) => {
            for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
                reader.line(line, first + index);
            }
        }
        RawRecords::Rows { text, separator, header, columns } => {
            for (line, row) in csv::cells(text.as_bytes(), separator) {
                let number = first + line;
                if row.len() != header.len() {
                    reader.ragged(number, row.len(), header.len());
                    continue;
                }
                let mut cells = Cells::default();
                for (role, column) in Role::ALL.into_iter().zip(&columns) {
                    if let Some(cell) = column.and_then(|index| row.get(index)) {
                        cells.set(role, cell.clone());
                    }
                }
                reader.record(cells, number, &|| names(header.iter()));
            }
        }
        RawRecords::Cells { rows, header } => {
            for (number, cells) in rows {
                reader.record(cells, number, &|| names(header.iter()));
            }
        }
    }
    reader.items.extend(reader.notes.further());
    reader.items
}

/// Reads the records of one batch; the notes about them are bounded.
struct BatchReader<'a> {
    place: String,
    stem: String,
    notes: Notes,
    items: Vec<Item>,
    options: &'a Options<'a>,
}

impl BatchReader<'_> {
    /// A line of JSON.
    fn line(&mut self, line: &str, number: usize) {
        let options = self.options;
        match json::cells(line, &options.columns) {
            Err(_) if self.notes.is_full("record") => {
                self.notes.count("record", 1);
            }
            Err(cause) => self.note(number, "record", json::problem(&cause)),
            Ok((cells, repeated)) => {
                if let Some((role, rank)) = repeated {
                    let name = short(options.columns.name(role, rank), 60);
                    let detail = format!(
                        "the key '{name}' stands twice in the record: the last that is not empty is used"
                    );
                    self.note(number, "record", detail);
                }
                self.record(cells, number, &|| names(&json::names(line)));
            }
        }
    }

    /// A row whose cells do not fit the header. Its columns are unknown, so it is skipped.
    fn ragged(&mut self, number: usize, cells: usize, columns: usize) {
        if self.notes.is_full("ragged") {
            self.notes.count("ragged", 1);
            return;
        }
        let detail = format!(
            "{cells} cells, but the header has {columns}: put cells that hold the separator or a line break in \
             double quotes, and double the quotes inside"
        );
        self.note(number, "ragged", detail);
    }

    fn note(&mut self, number: usize, reason: &str, detail: String) {
        let start = self.items.len();
        self.items.push(skip(&format!("{}:{number}", self.place), reason, detail));
        self.notes.bound(&mut self.items, start);
    }

    fn record(&mut self, cells: Cells, number: usize, columns: &dyn Fn() -> String) {
        let start = self.items.len();
        let place = format!("{}:{number}", self.place);
        let default_id = format!("{}-{number}", self.stem);
        let found = Found { cells, place, number, default_id, columns };
        match self.options.columns.kind() {
            RecordKind::Article => article(found, self.options, &mut self.items),
            RecordKind::Statement => statement(found, self.options, &mut self.items),
        }
        self.notes.bound(&mut self.items, start);
    }
}

/// The text of a record; a note if there is none or it is too large.
fn text(found: &mut Found, options: &Options, items: &mut Vec<Item>) -> Option<String> {
    let Some(text) = found.cells.take(Role::Text) else {
        let detail = format!(
            "the record has no text; there are: {}; say which holds it with --col text=NAME",
            (found.columns)()
        );
        items.push(skip(&found.place, "record", detail));
        return None;
    };
    if text.len() > options.max_article_bytes {
        items.push(Item::Skipped(too_large(&found.place, options.max_article_bytes)));
        return None;
    }
    Some(text)
}

fn article(mut found: Found, options: &Options, items: &mut Vec<Item>) {
    let Some(body) = text(&mut found, options, items) else { return };
    let Found { mut cells, place, default_id, .. } = found;
    let around = boilerplate::around(&body, 0, options.languages);
    let stated = cells.take(Role::Date);
    let stated = stated.and_then(|stated| stated_date(&stated, DateBasis::Metadata, &place, options, items));
    let dateline = around.dateline.map(|day| Published::on(day, DateBasis::Dateline));
    let published = most_exact(stated, || dateline);
    let article = Article {
        id: cells.take(Role::Id).unwrap_or(default_id),
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

/// A record that is one person's words already.
fn statement(mut found: Found, options: &Options, items: &mut Vec<Item>) {
    let Some(text) = text(&mut found, options, items) else { return };
    let Found { mut cells, place, number, .. } = found;
    let stated = cells.take(Role::Language).and_then(|stated| stated_language(&stated));
    let language = stated
        .or_else(|| options.language.map(str::to_string))
        .unwrap_or_else(|| detect_text(&text, options.languages));
    if let Err(detail) = has_rules(&language, options) {
        return items.push(skip(&place, "language", detail));
    }
    let date = cells.take(Role::Date).and_then(|stated| {
        said(&stated, options).map_err(|why| items.push(skip(&place, "no_date", why))).ok()
    });
    let (mut id, mut actor) =
        (cells.take(Role::Id).unwrap_or_else(|| number.to_string()), cells.take(Role::Actor));
    let mut form = cells.take(Role::Form);
    let mut changes = Changes::default();
    changes.id(&mut id);
    changes.field("actor", &mut actor);
    changes.field("form", &mut form);
    items.extend(changes.note(&place).map(Item::Skipped));
    items.push(Item::Statement(Record { id, place, actor, form, date, text, language }));
}

/// When a record was said; the error is a sentence for the user.
fn said(stated: &str, options: &Options) -> Result<Said, String> {
    let on = |day| Said { from: day, to: day, precision: Precision::Day, expression: None };
    let format = options.date_format.as_ref();
    if let Some(day) = format.and_then(|format| format.read(stated)) {
        return Ok(on(day));
    }
    if let Some(said) = parse_partial(stated) {
        return Ok(said);
    }
    written(stated, format, options.languages).map(on).map_err(|refused| match refused {
        Refused::Ambiguous => refused.detail(stated),
        _ => {
            let stated = short(stated, 60);
            format!("'{stated}' is not a date, the record is kept without one; {FORMS}")
        }
    })
}
