//! `stance lexicon coverage`: what a lexicon does not see.

use crate::cli::lexicon::corpus::{Corpus, Texts};
use crate::cli::lexicon::table::{Format, table};
use crate::cli::messages::answer as say;
use crate::diagnose;
use crate::diagnose::{Seen, WordCount};
use crate::error::Result;
use crate::model::{Form, Language, Row, TokenFlag, TokenKind, WordClass};
use crate::report::Schema;
use crate::score::Method;
use crate::segment;
use clap::Args;
use std::collections::BTreeSet;

/// Options of `stance lexicon coverage`.
#[derive(Args, Debug)]
pub struct CoverageArgs {
    #[command(flatten)]
    texts: Texts,
    /// At most so many words a language
    #[arg(long, value_name = "N", default_value_t = 25)]
    most: usize,
}

/// Runs the command.
pub fn run(args: CoverageArgs) -> Result<()> {
    let corpus = args.texts.corpus(Method::Compositional)?;
    let format = args.texts.format;
    let mut shares = Vec::new();
    let mut words = Vec::new();
    for (index, matcher) in corpus.loaded.resources.matchers.iter().enumerate() {
        let lexicon = &matcher.lexicon().id;
        let seen = seen(&corpus, index);
        for row in diagnose::coverage(&seen) {
            let share = row.without_hit as f64 / row.statements as f64;
            shares.push(Covered {
                lexicon,
                language: row.language,
                statements: row.statements,
                without_hit: row.without_hit,
                share,
                without_weight: row.without_weight,
            });
        }
        let all = diagnose::words(&seen);
        for code in all.iter().map(|word| word.language.as_str()).collect::<BTreeSet<_>>() {
            for word in all.iter().filter(|word| word.language == code).take(args.most) {
                words.push(Uncovered { lexicon, word: word.clone() });
            }
        }
    }
    if format == Format::Csv {
        // One table for machines: coverage rows have no word.
        let mut rows: Vec<CoverageRow> = shares.iter().map(CoverageRow::Covered).collect();
        rows.extend(words.iter().map(CoverageRow::Uncovered));
        return table(format, coverage_schema(), &rows);
    }
    table(format, covered_schema(), &shares)?;
    say("\nFrequent words of the statements without a hit:\n\n")?;
    table(format, uncovered_schema(), &words)
}

/// How many statements of a language a lexicon sees.
struct Covered<'a> {
    lexicon: &'a str,
    language: String,
    statements: usize,
    without_hit: usize,
    share: f64,
    without_weight: usize,
}

/// A frequent word of the statements without a hit.
struct Uncovered<'a> {
    lexicon: &'a str,
    word: WordCount,
}

/// A row of the table for machines.
enum CoverageRow<'a> {
    Covered(&'a Covered<'a>),
    Uncovered(&'a Uncovered<'a>),
}

impl<'a> CoverageRow<'a> {
    fn covered(&self) -> Option<&'a Covered<'a>> {
        match self {
            CoverageRow::Covered(row) => Some(row),
            CoverageRow::Uncovered(_) => None,
        }
    }

    fn uncovered(&self) -> Option<&'a Uncovered<'a>> {
        match self {
            CoverageRow::Covered(_) => None,
            CoverageRow::Uncovered(row) => Some(row),
        }
    }
}

fn covered_schema<'a>() -> Schema<Covered<'a>> {
    Schema::<Covered>::new("coverage", "A row is a language.")
        .text("lexicon", "id of the lexicon", "text", "never", |row| row.lexicon)
        .text("language", "language of the statements", "two letters", "never", |row| &row.language)
        .integer("statements", "statements", "count", "never", |row| row.statements)
        .integer("without_hit", "statements without a hit", "count", "never", |row| row.without_hit)
        .three_decimals("share", "their share", "[0, 1]", "never", |row| row.share)
        .integer("hits_count_nothing", "statements whose hits have no weight", "count", "never", |row| {
            row.without_weight
        })
}

fn uncovered_schema<'a>() -> Schema<Uncovered<'a>> {
    Schema::<Uncovered>::new("coverage", "A row is a word.")
        .text("lexicon", "id of the lexicon", "text", "never", |row| row.lexicon)
        .text("language", "language of the statements", "two letters", "never", |row| &row.word.language)
        .text("word", "a word of the statements without a hit", "text", "never", |row| &row.word.word)
        .integer("statements", "statements with the word", "count", "never", |row| row.word.statements)
        .integer("count", "how often it occurs in them", "count", "never", |row| row.word.count)
}

fn coverage_schema<'a>() -> Schema<CoverageRow<'a>> {
    Schema::<CoverageRow>::new("coverage", "A row is a language, or a word in it that no entry matches.")
        .text("lexicon", "id of the lexicon", "text", "never", |row| match row {
            CoverageRow::Covered(row) => row.lexicon,
            CoverageRow::Uncovered(row) => row.lexicon,
        })
        .text("language", "language of the statements", "two letters", "never", |row| match row {
            CoverageRow::Covered(row) => &row.language,
            CoverageRow::Uncovered(row) => &row.word.language,
        })
        .optional_text(
            "word",
            "a word of the statements without a hit",
            "text",
            "a row of a language",
            |row| row.uncovered().map(|row| row.word.word.as_str()),
        )
        .integer("statements", "statements (with the word)", "count", "never", |row| match row {
            CoverageRow::Covered(row) => row.statements,
            CoverageRow::Uncovered(row) => row.word.statements,
        })
        .integer("count", "how often the word occurs in them", "count", "a row of a language", |row| {
            row.uncovered().map(|row| row.word.count)
        })
        .integer("without_hit", "statements without a hit", "count", "a row of a word", |row| {
            row.covered().map(|row| row.without_hit)
        })
        .three_decimals("share", "their share", "[0, 1]", "a row of a word", |row| {
            row.covered().map(|row| row.share)
        })
        .integer(
            "hits_count_nothing",
            "statements whose hits have no weight",
            "count",
            "a row of a word",
            |row| row.covered().map(|row| row.without_weight),
        )
}

/// The statements of speakers as one lexicon sees them, each once even where it
/// has several dates.
fn seen(corpus: &Corpus, lexicon: usize) -> Vec<Seen> {
    let mut done = BTreeSet::new();
    let rows = corpus.rows.iter().filter(|row| {
        let first = row.statement.content.first().map_or(0, |span| span.start);
        row.statement.form != Form::Author && done.insert((row.article.clone(), first, row.text.clone()))
    });
    rows.filter_map(|row| {
        let language = corpus.loaded.resources.language(&row.language)?;
        let hits = &row.scored.get(lexicon)?.hits;
        Some(Seen {
            language: row.language.clone(),
            hits: hits.len(),
            counting: hits.iter().filter(|hit| hit.contribution != 0.0).count(),
            words: content_words(row, language),
        })
    })
    .collect()
}

/// Words of a statement that carry content: none of the language's closed
/// classes, no pronouns, no single letters.
fn content_words(row: &Row, language: &Language) -> Vec<String> {
    // These classes hold nouns and adverbs, which a lexicon may want.
    let open = [WordClass::Occasion, WordClass::TimeWord, WordClass::Transparent, WordClass::AdverbBetween];
    let text = segment::text(&row.text, &[], language);
    let words = text.tokens.iter().enumerate().filter(|(_, token)| {
        let closed = WordClass::ALL.iter().any(|(class, _)| token.flags.is(*class) && !open.contains(class));
        token.kind == TokenKind::Word && !closed && !token.flags.has(TokenFlag::Pronoun)
    });
    words.map(|(at, _)| text.word(at)).filter(|word| word.chars().count() > 1).map(str::to_string).collect()
}
