//! From articles to rows and their tables: what `run` and `score` share.

use crate::error::Result;
use crate::ingest;
use crate::model::{Article, Axis, Row};
use crate::pipeline;
use crate::project::options::settings::Settings;
use crate::project::resources::load::Loaded;
use crate::project::run_counts::Tally;
use crate::project::stream::{Beside, stream};
use crate::report;
use crate::report::{
    Bodies, Chunk, Encoder, Encoding, Format, Place, Sink, Speakers, StatementRow, Style, Table, TableWriter,
};
use std::collections::BTreeMap;

/// How tables are written.
///
/// # Errors
/// For a format that is not known.
pub fn style(settings: &Settings) -> Result<Style> {
    let format = settings.word("format", &settings.format)?.unwrap_or(Format::Csv);
    let is = |flag: Option<bool>| flag.unwrap_or(false);
    Ok(Style { format, raw: is(settings.raw_csv), bom: is(settings.bom) })
}

/// All axes of the lexicons, derived ones included, in order.
pub fn axes(loaded: &Loaded) -> Vec<Axis> {
    loaded.resources.matchers.iter().flat_map(|matcher| matcher.lexicon().all_axes()).cloned().collect()
}

/// The axis drawn and summarised: the first derived one, else the first.
pub fn main_axis(loaded: &Loaded) -> Option<Axis> {
    let lexicons: Vec<_> = loaded.resources.matchers.iter().map(|matcher| matcher.lexicon()).collect();
    let derived = lexicons.iter().flat_map(|lexicon| &lexicon.derived).next();
    derived
        .map(|derived| derived.axis.clone())
        .or_else(|| lexicons.iter().flat_map(|lexicon| &lexicon.axes).next().cloned())
}

/// The factors of scored axes in an axis: its formula, or itself with 1.
pub fn formula(loaded: &Loaded, axis: &Axis) -> BTreeMap<String, f64> {
    let formulas = loaded.resources.matchers.iter().map(|matcher| matcher.lexicon().formula(&axis.id));
    formulas.into_iter().find(|formula| !formula.is_empty()).unwrap_or_default()
}

/// Encoded rows and counts of one batch of articles.
pub struct Batch {
    /// Counts.
    pub tally: Tally,
    /// Who spoke.
    pub speakers: Speakers,
    /// Texts taken out of pages and documents, as lines of JSON.
    pub bodies: String,
    /// For `statements`.
    statements: Chunk,
    /// For `hits`; None where that table is not written.
    hits: Option<Chunk>,
}

/// Rows of one article that are held before they are encoded: an article may have a million.
const ROWS: usize = 1000;

/// The tables of statements and hits while articles stream through.
pub struct Statements {
    axes: Vec<Axis>,
    statements: TableWriter,
    hits: Option<TableWriter>,
}

/// What encodes their rows, on any thread.
pub struct Encoders<'a> {
    axes: &'a [Axis],
    statements: Encoder,
    hits: Option<Encoder>,
}

/// A batch to which rows are added.
struct Filling<'a> {
    encoders: &'a Encoders<'a>,
    tally: Tally,
    speakers: Speakers,
    bodies: String,
    statements: Encoding<'a>,
    hits: Option<Encoding<'a>>,
}

impl Encoders<'_> {
    /// Encodes the rows of some articles and counts them.
    pub fn batch(&self, read: &[(Article, Vec<Row>)]) -> Batch {
        let mut filling = self.begin();
        for (article, rows) in read {
            Bodies::line(article, &mut filling.bodies);
            filling.add(rows, article);
        }
        filling.finish()
    }

    /// The rows of `statements` anew, because a cell has changed.
    pub fn statements(&self, read: &[(Article, Vec<Row>)], batch: &mut Batch) {
        let schema = report::statements_schema(self.axes);
        let mut statements = Encoding::new(&self.statements);
        for (article, rows) in read {
            for row in rows {
                statements.rows(|cells| schema.fill(&StatementRow::new(row, article, self.axes), cells));
            }
        }
        batch.statements = statements.finish();
    }

    fn begin(&self) -> Filling<'_> {
        Filling {
            encoders: self,
            tally: Tally::default(),
            speakers: Speakers::default(),
            bodies: String::new(),
            statements: Encoding::new(&self.statements),
            hits: self.hits.as_ref().map(Encoding::new),
        }
    }
}

impl Filling<'_> {
    /// Adds rows of an article; the rows of an article follow each other.
    fn add(&mut self, rows: &[Row], article: &Article) {
        let axes = self.encoders.axes;
        let (statements_schema, hits_schema) = (report::statements_schema(axes), report::hits_schema());
        for row in rows {
            let statement = StatementRow::new(row, article, axes);
            self.statements.rows(|cells| statements_schema.fill(&statement, cells));
            if let Some(hits) = &mut self.hits {
                hits.rows(|cells| report::hits_rows(&hits_schema, row, article, cells));
            }
            self.tally.add(row);
            self.speakers.add(row);
        }
    }

    fn finish(self) -> Batch {
        Batch {
            tally: self.tally,
            speakers: self.speakers,
            bodies: self.bodies,
            statements: self.statements.finish(),
            hits: self.hits.map(Encoding::finish),
        }
    }
}

/// A batch into the tables.
fn put(statements: &mut TableWriter, hits: &mut Option<TableWriter>, batch: &Batch) -> Result<()> {
    statements.chunk(&batch.statements)?;
    match (hits, &batch.hits) {
        (Some(table), Some(chunk)) => table.chunk(chunk),
        _ => Ok(()),
    }
}

impl Statements {
    /// Both tables in a folder.
    pub fn in_folder(place: &Place, axes: &[Axis]) -> Result<Self> {
        let statements = place.table(report::statements_schema(axes))?.into_writer();
        let hits = Some(place.table(report::hits_schema())?.into_writer());
        Ok(Statements { axes: axes.to_vec(), statements, hits })
    }

    /// Statements only, into a stream; `name` is its place in messages.
    pub fn into_stream(out: Sink, name: &str, style: Style, axes: &[Axis]) -> Result<Self> {
        let schema = report::statements_schema(axes);
        let statements = Table::begin(out, name.into(), schema, style)?.into_writer();
        Ok(Statements { axes: axes.to_vec(), statements, hits: None })
    }

    /// Writes all rows of the articles of some inputs; `seen` sees each batch before
    /// it is written, with what came in beside it, in the order of the inputs.
    pub fn stream(
        &mut self,
        inputs: &[String],
        options: &ingest::Options,
        loaded: &Loaded,
        progress: &(dyn Fn(usize) + Sync),
        mut seen: impl FnMut(Beside, &Batch) -> Result<()> + Send,
    ) -> Result<()> {
        self.stream_through(
            inputs,
            options,
            progress,
            |encoders, articles| {
                let mut filling = encoders.begin();
                for article in &articles {
                    Bodies::line(article, &mut filling.bodies);
                    match &loaded.cache {
                        Some(cache) if cache.accepts(article) => {
                            let rows = pipeline::cached_rows(article, &loaded.resources, Some(cache));
                            filling.add(&rows, article);
                        }
                        _ => {
                            let mut rows = Vec::new();
                            pipeline::each_row(article, &loaded.resources, |row| {
                                rows.push(row);
                                if rows.len() == ROWS {
                                    filling.add(&rows, article);
                                    rows.clear();
                                }
                            });
                            filling.add(&rows, article);
                        }
                    }
                }
                filling.finish()
            },
            |_, beside, batch| {
                seen(beside, &batch)?;
                Ok(batch)
            },
        )
    }

    /// The same in two steps: `work` does what can be done to articles alone, on any
    /// thread; `order` makes batches of it, in the order of the inputs.
    pub fn stream_through<R: Send>(
        &mut self,
        inputs: &[String],
        options: &ingest::Options,
        progress: &(dyn Fn(usize) + Sync),
        work: impl Fn(&Encoders, Vec<Article>) -> R + Sync,
        mut order: impl FnMut(&Encoders, Beside, R) -> Result<Batch> + Send,
    ) -> Result<()> {
        let encoders = Encoders {
            axes: &self.axes,
            statements: self.statements.encoder(),
            hits: self.hits.as_ref().map(TableWriter::encoder),
        };
        let (statements, hits) = (&mut self.statements, &mut self.hits);
        stream(
            inputs,
            options,
            |articles| work(&encoders, articles),
            |beside, worked| {
                progress(beside.articles);
                put(statements, hits, &order(&encoders, beside, worked)?)
            },
        )
    }

    /// Writes rows that are there already, each with its article.
    pub fn write(&mut self, read: &[(Article, Vec<Row>)]) -> Result<()> {
        let encoders = Encoders {
            axes: &self.axes,
            statements: self.statements.encoder(),
            hits: self.hits.as_ref().map(TableWriter::encoder),
        };
        let batch = encoders.batch(read);
        put(&mut self.statements, &mut self.hits, &batch)
    }

    /// Writes what is left.
    pub fn finish(self) -> Result<()> {
        self.statements.finish()?;
        self.hits.map_or(Ok(()), TableWriter::finish)
    }
}
