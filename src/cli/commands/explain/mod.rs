//! `stance explain`: one text, with speaker, hits, shifters and arithmetic.

pub(crate) mod clauses;
pub(crate) mod json;

use crate::cli::args::common::Common;
use crate::cli::args::scoring::ScoringArgs;
use crate::cli::commands::explain::clauses::{clause_of, clauses};
use crate::cli::messages;
use crate::error::{Error, Result};
use crate::model::{Article, DateBasis, Published, Row, Span};
use crate::pipeline;
use crate::pipeline::Resources;
use crate::project::options::scoring::Scoring;
use crate::project::resources::load;
use crate::report::number;
use crate::score::account;
use crate::segment;
use chrono::NaiveDate;
use clap::Args;
use std::fmt::Write;

/// Options of `stance explain`.
#[derive(Args, Debug)]
pub struct ExplainArgs {
    /// The text, in quotes
    #[arg(required = true)]
    text: Vec<String>,
    /// The day it was published (2019-02-16): titles and dates depend on it
    #[arg(long, value_name = "DATE")]
    published: Option<NaiveDate>,
    /// The same account as JSON, for machines
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    scoring: ScoringArgs,
    #[command(flatten)]
    common: Common,
}

/// Runs the command.
pub fn run(args: ExplainArgs) -> Result<()> {
    let settings = args.common.settings(&[], |settings| args.scoring.fill(settings))?;
    let scoring = Scoring::new(&settings)?;
    let mut loaded = load::load(&settings, scoring.method)?;
    loaded.resources.scale = scoring.scale;
    let body = args.text.join(" ");
    let codes: Vec<&str> = loaded.resources.languages.iter().map(|language| language.code.as_str()).collect();
    // One sentence is too short for detection: the script decides.
    let cyrillic = body.chars().any(|character| ('а'..='я').contains(&character));
    let language = settings.language.clone().unwrap_or(if cyrillic { "ru" } else { "en" }.to_string());
    if !codes.contains(&language.as_str()) {
        return Err(Error::input(
            "--language",
            format!("no rules for language '{language}'"),
            format!("known: {}", codes.join(", ")),
        ));
    }
    let article = Article {
        id: "text".into(),
        place: "command line".into(),
        published: args.published.map(|day| Published::on(day, DateBasis::Metadata)),
        language,
        body,
        ..Article::default()
    };
    let rows = pipeline::article_rows(&article, &loaded.resources);
    if rows.is_empty() {
        return Err(Error::input("", "the text holds no words", "give a sentence in quotes"));
    }
    if args.json {
        return json::print(&rows, &article, &loaded.resources);
    }
    let resources = &loaded.resources;
    let language = resources.language(&article.language).cloned().unwrap_or_default();
    let text = segment::text(&article.body, &article.excluded, &language);
    rows.iter().try_for_each(|row| {
        let clauses = clauses(row, &text, &language);
        messages::answer(&in_words(row, &article.body, &clauses, resources))
    })
}

/// The account of one statement in words.
fn in_words(row: &Row, body: &str, clauses: &[Span], resources: &Resources) -> String {
    let mut text = String::new();
    let statement = &row.statement;
    let speaker = &statement.speaker;
    let name = if speaker.name.is_empty() { "(unresolved)" } else { &speaker.name };
    let _ = writeln!(text, "“{}”", row.text);
    let _ = writeln!(text, "  speaker   {name}: {}", speaker.because);
    if let Some(other) = &speaker.speaks_for {
        let _ = writeln!(text, "  for       {other}");
    }
    let cue = statement.cue.map_or("none".to_string(), |cue| format!("“{}”", cue.of(body)));
    let _ = writeln!(
        text,
        "  form      {}; cue {cue}, class {}",
        statement.form.as_str(),
        statement.cue_class.as_str()
    );
    if let Some(said) = &row.said {
        let days = if said.from == said.to {
            said.from.to_string()
        } else {
            format!("{} to {}", said.from, said.to)
        };
        let basis =
            said.expression.map_or("the publication date".to_string(), |span| format!("“{}”", span.of(body)));
        let note = statement.date_note.as_ref().map_or(String::new(), |note| format!("; {note}"));
        let _ = writeln!(text, "  said      {days} ({}), from {basis}{note}", said.precision.as_str());
    }
    let (method, scale) = (resources.method, resources.scale);
    for (scored, matcher) in row.scored.iter().zip(&resources.matchers) {
        let mut last = None;
        for hit in &scored.hits {
            let at = clause_of(hit, clauses);
            if let Some(clause) =
                at.filter(|_| clauses.len() > 1 && last != at).and_then(|at| clauses.get(at))
            {
                let words = clause.of(body).split_whitespace().collect::<Vec<_>>().join(" ");
                let _ = writeln!(text, "  clause    “{words}”");
                last = at;
            }
            let _ = writeln!(text, "  hit       {}", account::hit_line(hit, body, method, &number));
        }
        for score in &scored.scores {
            let sum = account::score(score, scored, matcher.lexicon(), method, scale);
            let _ = writeln!(text, "  {}", account::score_line(score, &sum, &number));
        }
    }
    text.push('\n');
    text
}
