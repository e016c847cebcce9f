//! `stance attribute`: who said what, unscored, on standard output.

use crate::cli::args::common::Common;
use crate::cli::messages;
use crate::error::Result;
use crate::model::{Article, Form, Statement, counted};
use crate::pipeline;
use crate::pipeline::Resources;
use crate::project::resources::load;
use crate::project::stream::stream;
use crate::report;
use crate::report::{Cells, Chunk, Encoder, Schema, Style};
use crate::score::Method;
use crate::{attribute, segment};
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::io::Write;

/// Options of `stance attribute`.
#[derive(Args, Debug)]
pub struct AttributeArgs {
    /// Folders and files of articles
    input: Vec<String>,
    /// Format of the output
    #[arg(long, value_enum, default_value = "jsonl")]
    format: Format,
    #[command(flatten)]
    common: Common,
}

/// Format of the output.
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    /// JSON Lines, one statement a line
    Jsonl,
    /// CSV with a header
    Csv,
}

/// Runs the command.
pub fn run(args: AttributeArgs) -> Result<()> {
    let settings = args.common.settings(&args.input, |_| ())?;
    let inputs = load::inputs(&settings)?;
    let loaded = load::load(&settings, Method::Compositional)?;
    let options = load::options(&settings, &loaded)?;
    let mut out = messages::machine();
    let encoder = Encoder { fields: schema().fields(), style: Style::default() };
    if args.format == Format::Csv {
        out.write_all(&encoder.head()).map_err(messages::unwritten)?;
    }
    let (mut count, mut read) = (0, 0);
    stream(
        &inputs,
        &options,
        |articles| {
            let mut found = 0;
            let (mut lines, mut cells) = (Vec::new(), Cells::default());
            for article in &articles {
                let statements = statements(article, &loaded.resources);
                found += statements.len();
                match args.format {
                    Format::Jsonl => json_lines(&mut lines, article, &statements)?,
                    Format::Csv => rows(&mut cells, article, &statements),
                }
            }
            match encoder.encode(cells) {
                Chunk::Bytes(bytes) if args.format == Format::Csv => Ok((found, bytes)),
                _ => Ok((found, lines)),
            }
        },
        |beside, done: Result<(usize, Vec<u8>)>| {
            let (statements, lines) = done?;
            read += beside.articles;
            count += statements;
            out.write_all(&lines).map_err(messages::unwritten)
        },
    )?;
    out.flush().map_err(messages::unwritten)?;
    if !args.common.quiet {
        messages::note_line(format!("{} in {}", counted(count, "statement"), counted(read, "article")));
    }
    Ok(())
}

/// What is said in an article, its own voice left out.
pub fn statements(article: &Article, resources: &Resources) -> Vec<Statement> {
    let Some(language) = resources.language(&article.language) else { return Vec::new() };
    let text = segment::text(&article.body, &article.excluded, language);
    let found = attribute::statements(article, &text, &resources.names, language, resources.scope);
    found.statements.into_iter().filter(|statement| statement.form != Form::Author).collect()
}

/// A statement as a line of JSON.
#[derive(Serialize)]
struct Line<'a> {
    article: &'a str,
    start: usize,
    end: usize,
    spans: Vec<[usize; 2]>,
    speaker_start: Option<usize>,
    speaker_end: Option<usize>,
    speaker: &'a str,
    actor_id: Option<&'a str>,
    form: &'a str,
    cue: Option<String>,
    cue_class: &'a str,
    text: String,
    because: &'a str,
    speaks_for: Option<&'a str>,
}

fn json_lines(lines: &mut Vec<u8>, article: &Article, statements: &[Statement]) -> Result<()> {
    for statement in statements {
        let hull = statement.hull();
        let speaker = &statement.speaker;
        let line = Line {
            article: &article.id,
            start: hull.start,
            end: hull.end,
            spans: statement.content.iter().map(|span| [span.start, span.end]).collect(),
            speaker_start: speaker.mention.map(|span| span.start),
            speaker_end: speaker.mention.map(|span| span.end),
            speaker: &speaker.name,
            actor_id: speaker.actor.as_deref(),
            form: statement.form.as_str(),
            cue: statement.cue.map(|span| article.words(span)),
            cue_class: statement.cue_class.as_str(),
            text: pipeline::words(article, statement),
            because: &speaker.because,
            speaks_for: speaker.speaks_for.as_deref(),
        };
        serde_json::to_writer(&mut *lines, &line).map_err(|cause| messages::unwritten(cause.into()))?;
        lines.push(b'\n');
    }
    Ok(())
}

/// A statement as a row of CSV.
struct AttributedRow<'a> {
    article: &'a Article,
    statement: &'a Statement,
}

/// The columns of the CSV.
fn schema<'a>() -> Schema<AttributedRow<'a>> {
    Schema::<AttributedRow>::new("attribute", "A row is a statement.")
        .text("article", "id of the article", "text", "never", |row| &row.article.id)
        .integer(
            "start",
            "first byte of the statement in the article's body",
            "UTF-8 bytes",
            "never",
            |row| row.statement.hull().start,
        )
        .integer("end", "the byte after its last", "UTF-8 bytes", "never", |row| row.statement.hull().end)
        .composed_text("spans", "its pieces as start-end", "UTF-8 bytes", "never", |row, text| {
            report::spans(&row.statement.content, text);
        })
        .integer(
            "speaker_start",
            "first byte of the speaker's name",
            "UTF-8 bytes",
            "nobody is named",
            |row| row.statement.speaker.mention.map(|span| span.start),
        )
        .integer("speaker_end", "the byte after its last", "UTF-8 bytes", "nobody is named", |row| {
            row.statement.speaker.mention.map(|span| span.end)
        })
        .text("speaker", "name of the speaker", "text", "nobody is named", |row| &row.statement.speaker.name)
        .optional_text("actor_id", "id on the roster", "text", "the speaker is not on the roster", |row| {
            row.statement.speaker.actor.as_deref()
        })
        .text("form", "how it is reported", "direct, mixed, indirect, turn", "never", |row| {
            row.statement.form.as_str()
        })
        .composed_text("cue", "the words that attribute", "text", "none", |row, text| {
            if let Some(span) = row.statement.cue {
                row.article.words_into(span, text);
            }
        })
        .text(
            "cue_class",
            "class of the cue",
            "neutral, endorsing, denying, hedged, recalled",
            "never",
            |row| row.statement.cue_class.as_str(),
        )
        .composed_text("text", "the words", "text", "never", |row, text| {
            text.push_str(&pipeline::words(row.article, row.statement));
        })
        .text("because", "why this speaker", "text", "never", |row| &row.statement.speaker.because)
        .optional_text("speaks_for", "for whom a spokesman speaks", "text", "nobody else", |row| {
            row.statement.speaker.speaks_for.as_deref()
        })
}

fn rows(cells: &mut Cells, article: &Article, statements: &[Statement]) {
    let schema = schema();
    for statement in statements {
        schema.fill(&AttributedRow { article, statement }, cells);
    }
}
