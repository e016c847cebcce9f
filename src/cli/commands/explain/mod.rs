//! `stance explain`: one text, with speaker, hits, shifters and arithmetic.
//!
//! Lives here: the account in words. May not live here: the same for machines (see
//! `json`).

pub(crate) mod json;

use crate::cli::messages;
use crate::cli::{Common, Scoring};
use crate::error::{Error, Result};
use crate::model::{
    Article, DateBasis, Hit, Language, Published, Row, Score, Scored, Span, Status, Text, counted,
};
use crate::pipeline;
use crate::project::load;
use crate::report::number;
use crate::score;
use crate::score::Method;
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
    scoring: Scoring,
    #[command(flatten)]
    common: Common,
}

/// Runs the command.
pub fn run(args: ExplainArgs) -> Result<()> {
    let settings = load::settings(&args.common)?;
    let mut loaded = load::load(&args.common, &settings, args.scoring.method)?;
    args.scoring.set(&mut loaded)?;
    let body = args.text.join(" ");
    let codes: Vec<&str> = loaded.resources.languages.iter().map(|language| language.code.as_str()).collect();
    // One sentence is too short for detection: the script decides.
    let cyrillic = body.chars().any(|character| ('а'..='я').contains(&character));
    let language = args.common.language.clone().unwrap_or(if cyrillic { "ru" } else { "en" }.to_string());
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
        return json::print(&rows, &article, &loaded.resources, args.scoring);
    }
    let resources = &loaded.resources;
    let language = resources.language(&article.language).cloned().unwrap_or_default();
    let text = segment::text(&article.body, &article.excluded, &language);
    rows.iter().try_for_each(|row| {
        let clauses = clauses(row, &text, &language);
        messages::answer(&account(row, &article.body, &clauses, args.scoring))
    })
}

/// The clauses of a statement, in order.
fn clauses(row: &Row, text: &Text, language: &Language) -> Vec<Span> {
    let pieces = row.statement.content.iter().map(|span| text.tokens_in(*span));
    let clauses = pieces.flat_map(|piece| score::clauses(text, piece, language));
    clauses.map(|clause| text.span_of(clause.tokens)).collect()
}

/// The clause in which a hit stands; None for one that reaches over a border.
fn clause_of(hit: &Hit, clauses: &[Span]) -> Option<usize> {
    clauses.iter().position(|clause| clause.contains(hit.span))
}

/// The account of one statement.
fn account(row: &Row, body: &str, clauses: &[Span], scoring: Scoring) -> String {
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
    for scored in &row.scored {
        let mut told = None;
        for hit in &scored.hits {
            let at = clause_of(hit, clauses);
            if let Some(clause) =
                at.filter(|_| clauses.len() > 1 && told != at).and_then(|at| clauses.get(at))
            {
                let words = clause.of(body).split_whitespace().collect::<Vec<_>>().join(" ");
                let _ = writeln!(text, "  clause    “{words}”");
                told = at;
            }
            let _ = writeln!(text, "  hit       {}", line(hit, body, scoring));
        }
        for score in &scored.scores {
            let _ = writeln!(text, "  {}", sum(score, scored, scoring));
        }
    }
    text.push('\n');
    text
}

/// How the score of an axis comes from its hits.
pub(crate) fn sum(score: &Score, scored: &Scored, scoring: Scoring) -> String {
    let axis = &score.axis;
    let value = match score.value {
        Ok(value) => value,
        Err(why) => return format!("{axis:9} no score: {}", why.as_str()),
    };
    if !score.parts.is_empty() {
        let products = score.parts.iter();
        let products: Vec<String> = products
            .map(|(name, value, weight)| format!("{} × {} {name}", number(*weight), number(*value)))
            .collect();
        let quiet = number(score::DEAD_ZONE);
        return format!("{axis:9} {value:+.2} = what exceeds {quiet} of {}", products.join(" + "));
    }
    let parts: Vec<String> = scored
        .hits
        .iter()
        .filter(|hit| hit.axis == *axis && hit.contribution != 0.0)
        .map(|hit| number(hit.contribution))
        .collect();
    let scale = scoring.scale.formula();
    if !scale.is_empty() {
        return format!("{axis:9} {value:+.2} = {scale} over {}", counted(score.hits, "hit"));
    }
    let method = scoring.method;
    if method.counts() {
        return format!("{axis:9} {value:+.2} = (P - N) / (P + N) over {}", counted(score.hits, "hit"));
    }
    if parts.is_empty() {
        return format!("{axis:9} {value:+.2}, combined from the axes above");
    }
    format!("{axis:9} {value:+.2} = {} {}", formula(method), parts.join(", "))
}

/// A method's own formula, before the list of contributions.
pub(crate) fn formula(method: Method) -> &'static str {
    match method {
        Method::Vader => "mean over sentences of s / sqrt(s² + 15), s = 4 · sum c and marks, c =",
        Method::Sentimentr | Method::Cluster => "mean over sentences of sum c, c =",
        _ if method.counts() => "(P - N) / (P + N) over c =",
        _ => "sum c·|c| / sum |c| over c =",
    }
}

/// One hit with its shifters and what it contributes.
pub(crate) fn line(hit: &Hit, body: &str, scoring: Scoring) -> String {
    let target = hit.target.map_or(String::new(), |span| format!(" of “{}”", span.of(body)));
    let words = hit.span.of(body);
    let axis = if hit.axis.is_empty() { "no axis" } else { &hit.axis };
    if matches!(hit.status, Status::Unattached | Status::Blocking | Status::Governed) {
        return format!(
            "“{words}” [{} {}]: {}, counts nothing",
            hit.kind.as_str(),
            hit.term,
            hit.status.as_str()
        );
    }
    let method = scoring.method;
    if method != Method::Compositional {
        let by: Vec<String> = hit.shifters.iter().map(|(_, words, _)| format!("“{words}”")).collect();
        let by = if by.is_empty() { String::new() } else { format!(" ({})", by.join(", ")) };
        let entry = format!("“{words}” [{} {}]: {axis}", hit.kind.as_str(), hit.term);
        let contribution = number(hit.contribution);
        return match method.counts() {
            true => format!("{entry} counts {contribution}{by}, {}", hit.status.as_str()),
            false => format!(
                "{entry} {} × {}{by} = {contribution}, {}",
                number(hit.weight),
                number(hit.factor),
                hit.status.as_str()
            ),
        };
    }
    // A negator (-1) is in the weight already: it is what the entry says under it.
    let mut sum = number(hit.weight);
    let mut product = 1.0;
    for (_, words, factor) in &hit.shifters {
        if *factor == -1.0 {
            sum.push_str(&format!(" (under “{words}”)"));
        } else {
            product *= factor;
            sum.push_str(&format!(" × {} (“{words}”)", number(*factor)));
        }
    }
    if product * hit.factor < 0.0 {
        sum.push_str(" × -1 (what it governs)");
    }
    format!(
        "“{words}”{target} [{} {}]: {axis} {sum} = {}, {}",
        hit.kind.as_str(),
        hit.term,
        number(hit.contribution),
        hit.status.as_str()
    )
}
