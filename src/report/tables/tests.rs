//! One column, one place: what a schema declares is what all formats and the codebook hold.

#![cfg(test)]

use crate::model::{Axis, Skipped};
use crate::report::tables::codebook;
use crate::report::tables::schema::{ColumnType, Description, Field, Schema};
use crate::report::tables::write::cells::Cells;
use crate::report::tables::write::format::{Format, Style};
use crate::report::tables::write::table::{Place, Table};
use polars::prelude::{DataFrame, DataType};
use polars_io::SerReader;
use polars_io::parquet::read::ParquetReader;
use std::path::Path;

/// A row with a cell of each type; `given` is false where they are missing.
struct Bird {
    name: &'static str,
    given: bool,
}

fn birds() -> Schema<Bird> {
    Schema::<Bird>::new("birds", "A row is a bird.")
        .text("name", "what it is called", "text", "never", |bird| bird.name)
        .optional_text("place", "where it was seen", "text", "nowhere", |bird| bird.given.then_some("Minsk"))
        .composed_text("song", "what it sings", "text", "it is silent", |bird, text| {
            if bird.given {
                text.push_str("tu-whit");
            }
        })
        .yes_no("rare", "whether it is rare", "yes, no", "never", |bird| bird.given)
        .integer("n_seen", "sightings", "count", "none", |bird| bird.given.then_some(3))
        .number("weight", "its weight", "grams", "not weighed", |bird| bird.given.then_some(-0.25))
        .three_decimals("share", "share of all", "[0, 1]", "unknown", |bird| bird.given.then_some(0.5))
        .day("seen", "day of the sighting", "date", "none", |bird| {
            bird.given.then(|| chrono::NaiveDate::from_ymd_opt(2019, 3, 1)).flatten()
        })
        .group("Length", |schema| {
            schema.number("wing_length", "of a wing", "cm", "never", |bird| bird.name.len() as f64)
        })
}

fn written(folder: &Path, format: Format) -> std::path::PathBuf {
    let place = Place { folder: folder.into(), style: Style { format, ..Style::default() } };
    let rows = [Bird { name: "owl", given: true }, Bird { name: "wren", given: false }];
    place.write(birds(), &rows).unwrap();
    folder.join(format!("birds.{}", format.ending()))
}

#[test]
fn a_declared_column_is_in_every_format_and_in_the_codebook() {
    let folder = tempfile::tempdir().unwrap();
    let csv = std::fs::read_to_string(written(folder.path(), Format::Csv)).unwrap();
    assert_eq!(
        csv,
        "name,place,song,rare,n_seen,weight,share,seen,wing_length\n\
         owl,Minsk,tu-whit,yes,3,-0.25,0.500,2019-03-01,3\nwren,,,no,,,,,4\n"
    );
    let json = std::fs::read_to_string(written(folder.path(), Format::Jsonl)).unwrap();
    assert_eq!(
        json,
        "{\"name\":\"owl\",\"place\":\"Minsk\",\"song\":\"tu-whit\",\"rare\":\"yes\",\"n_seen\":3,\"weight\":-0.25,\
         \"share\":0.500,\"seen\":\"2019-03-01\",\"wing_length\":3}\n\
         {\"name\":\"wren\",\"place\":null,\"song\":null,\"rare\":\"no\",\"n_seen\":null,\"weight\":null,\
         \"share\":null,\"seen\":null,\"wing_length\":4}\n"
    );
    let frame = parquet(&written(folder.path(), Format::Parquet));
    assert_eq!(types(&frame), declared(&birds().fields()));
    assert_eq!(frame.column("weight").unwrap().f64().unwrap().to_vec(), [Some(-0.25), None]);
    let book = codebook::text(&[birds().describe()], &[]);
    let section = book.split("## birds.csv\n").nth(1).unwrap();
    assert!(section.starts_with("\nA row is a bird.\n"), "{section}");
    assert!(section.contains("\n| weight | its weight | grams | not weighed |\n"), "{section}");
    assert!(section.contains("\n| wing_length | Length: of a wing | cm | never |\n"), "{section}");
    assert_eq!(section.lines().filter(|line| line.starts_with("| ")).count(), 2 + birds().fields().len());
}

/// The Parquet type and the JSON value of each declared type.
#[test]
fn every_table_has_its_declared_types_in_parquet_and_json() {
    let axes = [Axis { id: "x".into(), name: "X".into(), ..Axis::default() }];
    let tables = codebook::tables(&axes);
    assert!(tables.len() >= 14, "{}", tables.len());
    for Description { table, columns, row } in tables {
        let fields: Vec<Field> = columns.into_iter().map(|column| column.field).collect();
        let folder = tempfile::tempdir().unwrap();
        for format in [Format::Parquet, Format::Jsonl] {
            let path = folder.path().join(format!("any.{}", format.ending()));
            let schema = examples(table, row, &fields);
            let mut out = Table::in_file(&path, schema, Style { format, ..Style::default() }).unwrap();
            out.row(&()).unwrap();
            out.finish().unwrap();
        }
        assert_eq!(types(&parquet(&folder.path().join("any.parquet"))), declared(&fields), "{table}");
        let line = std::fs::read_to_string(folder.path().join("any.jsonl")).unwrap();
        let values: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&line).unwrap();
        assert_eq!(values.len(), fields.len(), "{table} has a column twice");
        for field in fields {
            let value = &values[field.name.as_ref()];
            let numeric = matches!(field.column_type, ColumnType::Integer | ColumnType::Number);
            assert_eq!((value.is_number(), value.is_string()), (numeric, !numeric), "{table}: {field:?}");
        }
    }
}

/// What the codebook says of a column's unit agrees with its type.
#[test]
fn counts_dates_and_answers_are_declared_as_such() {
    for Description { table, columns, .. } in codebook::tables(&[]) {
        for column in columns {
            let expected = match column.range {
                "date" => ColumnType::Day,
                "yes, no" => ColumnType::YesNo,
                "text" => ColumnType::Text,
                range if range.starts_with("[-1, 1]") || range.starts_with("any number") => {
                    ColumnType::Number
                }
                "count" | "bytes" if column.field.name != "kendall_s" => ColumnType::Integer,
                "[0, 1]" => ColumnType::Number,
                range if range.starts_with("(0, 1]") || range.starts_with("> 0") => ColumnType::Number,
                _ => continue,
            };
            assert_eq!(column.field.column_type, expected, "{table}: {}", column.field.name);
        }
    }
}

#[test]
fn rows_of_several_batches_stay_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place { folder: folder.path().into(), style: Style::default() };
    let rows: Vec<Skipped> = (0..3000)
        .map(|at| Skipped { path: at.to_string(), reason: "x".repeat(50), detail: String::new() })
        .collect();
    place.write(crate::report::skipped_schema(), &rows).unwrap();
    let text = std::fs::read_to_string(folder.path().join("skipped.csv")).unwrap();
    let paths: Vec<&str> = text.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert!(paths.iter().enumerate().all(|(at, path)| *path == at.to_string()) && paths.len() == 3000);
}

/// A table with the same fields and one example in each cell.
fn examples(table: &'static str, row: &'static str, fields: &[Field]) -> Schema<()> {
    fields.iter().cloned().fold(Schema::new(table, row), |schema, Field { name, column_type }| {
        match column_type {
            ColumnType::Text => schema.text(name, "", "", "", |()| "words"),
            ColumnType::YesNo => schema.yes_no(name, "", "", "", |()| true),
            ColumnType::Integer => schema.integer(name, "", "", "", |()| 7),
            ColumnType::Number => schema.number(name, "", "", "", |()| 0.5),
            ColumnType::Day => schema.day(name, "", "", "", |()| chrono::NaiveDate::from_ymd_opt(2019, 3, 1)),
        }
    })
}

fn parquet(path: &Path) -> DataFrame {
    ParquetReader::new(std::fs::File::open(path).unwrap()).finish().unwrap()
}

fn types(frame: &DataFrame) -> Vec<(String, DataType)> {
    frame.columns().iter().map(|column| (column.name().to_string(), column.dtype().clone())).collect()
}

fn declared(fields: &[Field]) -> Vec<(String, DataType)> {
    let data_type = |field: &Field| match field.column_type {
        ColumnType::Text | ColumnType::YesNo => DataType::String,
        ColumnType::Integer => DataType::Int64,
        ColumnType::Number => DataType::Float64,
        ColumnType::Day => DataType::Date,
    };
    fields.iter().map(|field| (field.name.to_string(), data_type(field))).collect()
}

#[test]
fn a_schema_fills_one_cell_for_each_column() {
    let mut cells = Cells::default();
    birds().fill(&Bird { name: "owl", given: false }, &mut cells);
    assert_eq!(cells.len(), birds().fields().len());
}
