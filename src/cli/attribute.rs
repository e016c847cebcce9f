//! `stance attribute`: who said what, unscored, on standard output.

use super::resources;
use super::{Common, MethodArg};
use crate::error::{Error, Result};
use crate::model::{Article, Form, Statement};
use crate::pipeline::{self, Resources};
use crate::report::Table;
use crate::{attribute, segment};
use clap::{Args, ValueEnum};
use rayon::prelude::*;
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

const HEADER: [&str; 14] = [
    "article",
    "start",
    "end",
    "spans",
    "speaker_start",
    "speaker_end",
    "speaker",
    "actor_id",
    "form",
    "cue",
    "cue_class",
    "text",
    "because",
    "speaks_for",
];

/// Runs the command.
pub fn run(args: AttributeArgs) -> Result<()> {
    let settings = resources::settings(&args.common)?;
    let inputs = resources::inputs(&args.input, &settings)?;
    let loaded = resources::load(&args.common, &settings, MethodArg::Compositional)?;
    let read = resources::read(&inputs, &args.common, &settings, &loaded)?;
    let found: Vec<Vec<Statement>> =
        read.articles.par_iter().map(|article| statements(article, &loaded.resources)).collect();
    let out = std::io::BufWriter::new(std::io::stdout().lock());
    match args.format {
        Format::Jsonl => json_lines(out, &read.articles, &found),
        Format::Csv => csv(out, &read.articles, &found),
    }?;
    if !args.common.quiet {
        let count: usize = found.iter().map(Vec::len).sum();
        eprintln!("{count} statements in {} articles", read.articles.len());
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

fn broken(cause: std::io::Error) -> Error {
    Error::run("standard output", "cannot be written", "").because(cause)
}

fn json_lines(mut out: impl Write, articles: &[Article], found: &[Vec<Statement>]) -> Result<()> {
    for (article, statements) in articles.iter().zip(found) {
        for statement in statements {
            let hull = statement.hull();
            let spans: Vec<[usize; 2]> =
                statement.content.iter().map(|span| [span.start, span.end]).collect();
            let speaker = &statement.speaker;
            let line = serde_json::json!({
                "article": article.id,
                "start": hull.start,
                "end": hull.end,
                "spans": spans,
                "speaker_start": speaker.mention.map(|span| span.start),
                "speaker_end": speaker.mention.map(|span| span.end),
                "speaker": speaker.name,
                "actor_id": speaker.actor,
                "form": statement.form.as_str(),
                "cue": statement.cue.map(|span| article.words(span)),
                "cue_class": statement.cue_class.as_str(),
                "text": pipeline::words(article, statement),
                "because": speaker.because,
                "speaks_for": speaker.speaks_for,
            });
            writeln!(out, "{line}").map_err(broken)?;
        }
    }
    out.flush().map_err(broken)
}

fn csv(out: impl Write, articles: &[Article], found: &[Vec<Statement>]) -> Result<()> {
    let mut table = Table::new(out, "standard output".into(), &HEADER)?;
    for (article, statements) in articles.iter().zip(found) {
        for statement in statements {
            let hull = statement.hull();
            let spans: Vec<String> =
                statement.content.iter().map(|span| format!("{}-{}", span.start, span.end)).collect();
            let speaker = &statement.speaker;
            let number = |value: Option<usize>| value.map_or(String::new(), |value| value.to_string());
            table.row(vec![
                article.id.clone(),
                hull.start.to_string(),
                hull.end.to_string(),
                spans.join(";"),
                number(speaker.mention.map(|span| span.start)),
                number(speaker.mention.map(|span| span.end)),
                speaker.name.clone(),
                speaker.actor.clone().unwrap_or_default(),
                statement.form.as_str().to_string(),
                statement.cue.map_or(String::new(), |span| article.words(span)),
                statement.cue_class.as_str().to_string(),
                pipeline::words(article, statement),
                speaker.because.clone(),
                speaker.speaks_for.clone().unwrap_or_default(),
            ])?;
        }
    }
    table.finish()
}
