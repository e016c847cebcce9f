//! `stance train`: attribution learned from annotated articles.

use crate::attribute;
use crate::attribute::{Example, TrainOptions};
use crate::cli::args::common::Common;
use crate::cli::{messages, say as telling};
use crate::error::{Error, Result};
use crate::ingest;
use crate::model::{Article, Roster, Text, counted};
use crate::project::resources::load;
use crate::score::Method;
use crate::segment;
use clap::Args;
use rayon::prelude::*;
use std::path::PathBuf;

/// Options of `stance train`.
#[derive(Args, Debug)]
pub struct TrainArgs {
    /// Folder of articles (.txt) with gold.jsonl: one attribution a line with
    /// article, cue_bytes, source_bytes, content_bytes ([start, end] or a list
    /// of pairs, UTF-8 bytes) and statement (false for thoughts and wishes)
    folder: PathBuf,
    /// The file to write; put it as attribution.weights into the language's
    /// folder of lexicons/languages
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Name and version of the corpus, kept in the file
    #[arg(long, value_name = "TEXT")]
    corpus: String,
    /// For the order of the examples
    #[arg(long, default_value_t = TrainOptions::default().seed)]
    seed: u64,
    #[command(flatten)]
    common: Common,
}

/// Runs the command.
pub fn run(args: TrainArgs) -> Result<()> {
    let place = args.folder.display().to_string();
    let settings = args.common.settings(std::slice::from_ref(&place), |_| ())?;
    let Some(code) = settings.language.clone() else {
        return Err(Error::input("--language", "not given", "say whose weights they are: --language en"));
    };
    let loaded = load::load(&settings, Method::Compositional)?;
    let gold = ingest::annotations(&args.folder.join("gold.jsonl"))?;
    let articles = load::read(std::slice::from_ref(&place), &settings, &loaded)?;
    let articles: Vec<Article> =
        articles.into_iter().filter(|article| gold.contains_key(&article.id)).collect();
    let Some(language) = loaded.resources.language(&code) else {
        return Err(Error::input("--language", format!("no rules for language '{code}'"), "give en or ru"));
    };
    if articles.is_empty() {
        return Err(Error::input(
            place,
            "no article has an annotation",
            "the field `article` of gold.jsonl is a file's name without .txt",
        ));
    }
    let texts: Vec<Text> = articles
        .par_iter()
        .map(|article| segment::text(&article.body, &article.excluded, language))
        .collect();
    let none = Vec::new();
    let examples: Vec<Example> = articles
        .iter()
        .zip(&texts)
        .map(|(article, text)| Example { article, text, gold: gold.get(&article.id).unwrap_or(&none) })
        .collect();
    // Learned without a roster: what is learned must not depend on who is known.
    let roster = Roster { actors: Vec::new(), ..loaded.resources.names.roster().clone() };
    let names = attribute::RosterIndex::new(&roster, &loaded.resources.languages);
    let options = TrainOptions { seed: args.seed, ..TrainOptions::default() };
    let mut learned = attribute::learn(&examples, &names, language, options);
    let count: usize = examples.iter().map(|example| example.gold.len()).sum();
    learned.provenance = format!(
        "language: {code}\ncorpus: {}\nexamples: {} articles, {count} attributions; no words of them are in this file, \
         only numbers by hashed feature\nprogram: stance train {}, seed {}\noptions: {} rounds of tagging, {} of deciding; \
         features of at least {} articles",
        args.corpus,
        examples.len(),
        env!("CARGO_PKG_VERSION"),
        options.seed,
        options.tagger_epochs,
        options.classifier_epochs,
        options.tagger_min_articles,
    );
    telling::replace(&args.out, &ingest::weights_bytes(&learned))?;
    if !args.common.quiet {
        let (said, read) = (counted(count, "attribution"), counted(examples.len(), "article"));
        messages::note_line(format!("learned from {said} in {read}: {}", args.out.display()));
    }
    Ok(())
}
