//! `stance actors`: the roster, grown from texts.

use crate::cli::args::common::Common;
use crate::cli::commands::attribute;
use crate::cli::messages;
use crate::error::Result;
use crate::model::{Article, Gender, Language, PronounRole, Statement, counted};
use crate::project::resources::load;
use crate::report;
use crate::score::Method;
use clap::{Args, Subcommand};
use rayon::prelude::*;

/// Options of `stance actors`.
#[derive(Args, Debug)]
pub struct ActorsArgs {
    #[command(subcommand)]
    command: ActorsCommand,
}

#[derive(Subcommand, Debug)]
enum ActorsCommand {
    /// Who speaks often and is not on the roster, as entries ready to paste
    Discover(DiscoverArgs),
}

/// Options of `stance actors discover`.
#[derive(Args, Debug)]
struct DiscoverArgs {
    /// Folders and files of articles
    input: Vec<String>,
    /// Only those with at least so many statements
    #[arg(long, value_name = "N", default_value_t = 2)]
    least: usize,
    /// At most so many entries
    #[arg(long, value_name = "N", default_value_t = 50)]
    most: usize,
    #[command(flatten)]
    common: Common,
}

/// Runs the command.
pub fn run(args: ActorsArgs) -> Result<()> {
    match args.command {
        ActorsCommand::Discover(args) => discover(args),
    }
}

fn discover(args: DiscoverArgs) -> Result<()> {
    let settings = args.common.settings(&args.input, |_| ())?;
    let inputs = load::inputs(&settings)?;
    let loaded = load::load(&settings, Method::Compositional)?;
    let articles = load::read(&inputs, &settings, &loaded)?;
    let found: Vec<Vec<Statement>> =
        articles.par_iter().map(|article| attribute::statements(article, &loaded.resources)).collect();
    let pairs = articles.iter().zip(&found);
    let pairs =
        pairs.flat_map(|(article, statements): (&Article, _)| statements.iter().map(move |s| (article, s)));
    let gender = |code: &str, words: &str| {
        loaded.resources.language(code).map_or(Gender::Unknown, |language| pronoun_gender(language, words))
    };
    let mut candidates = report::unlisted(pairs, gender);
    let all = candidates.len();
    candidates.retain(|candidate| candidate.statements >= args.least);
    candidates.truncate(args.most);
    let text = report::roster_entries(&candidates);
    messages::answer(&text)?;
    if !args.common.quiet {
        messages::note_line(format!(
            "{} of {} with a name, in {}; put what you want to keep into the file given to --actors",
            candidates.len(),
            counted(all, "unlisted speaker"),
            counted(articles.len(), "article")
        ));
    }
    Ok(())
}

/// What "he" or "she" tells of whom it stands for.
fn pronoun_gender(language: &Language, words: &str) -> Gender {
    let readings = language.pronouns.get(&crate::segment::fold(words));
    let subject = readings.into_iter().flatten().find(|p| p.role == PronounRole::Subject && !p.plural);
    subject.map_or(Gender::Unknown, |pronoun| pronoun.gender)
}
