//! `stance lexicon coverage`: what a lexicon does not see.

use crate::cli::lexicon::corpus::{Corpus, Texts};
use crate::cli::lexicon::table::{Format, table};
use crate::cli::messages::answer as say;
use crate::diagnose;
use crate::diagnose::Seen;
use crate::error::Result;
use crate::model::{Form, Language, Row, TokenFlag, TokenKind, WordClass};
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
            shares.push(vec![
                lexicon.clone(),
                row.language,
                row.statements.to_string(),
                row.without_hit.to_string(),
                format!("{share:.3}"),
                row.without_weight.to_string(),
            ]);
        }
        let all = diagnose::words(&seen);
        for code in all.iter().map(|word| word.language.as_str()).collect::<BTreeSet<_>>() {
            for word in all.iter().filter(|word| word.language == code).take(args.most) {
                let (count, statements) = (word.count.to_string(), word.statements.to_string());
                words.push(vec![lexicon.clone(), code.to_string(), word.word.clone(), statements, count]);
            }
        }
    }
    let header = ["lexicon", "language", "statements", "without_hit", "share", "hits_count_nothing"];
    let below = ["lexicon", "language", "word", "statements", "count"];
    if format == Format::Csv {
        // One table for machines: coverage rows have no word.
        let mut rows: Vec<Vec<String>> = shares
            .into_iter()
            .map(|row| {
                let [lexicon, language, statements, without, share, nothing]: [String; 6] =
                    row.try_into().unwrap_or_default();
                vec![lexicon, language, String::new(), statements, String::new(), without, share, nothing]
            })
            .collect();
        rows.extend(words.into_iter().map(|mut row| {
            row.resize(8, String::new());
            row
        }));
        let header = [
            "lexicon",
            "language",
            "word",
            "statements",
            "count",
            "without_hit",
            "share",
            "hits_count_nothing",
        ];
        return table(format, &header, rows);
    }
    table(format, &header, shares)?;
    say("\nFrequent words of the statements without a hit:\n\n")?;
    table(format, &below, words)
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
