//! What every command that reads text needs.

use crate::cli::args::reading::{Reading, some};
use crate::cli::messages;
use crate::error::Result;
use crate::project::options::settings::Settings;
use clap::Args;
use std::path::PathBuf;

/// Resources, threads, settings, and how texts are read.
#[derive(Args, Debug, Clone)]
pub struct Common {
    /// Folder of a lexicon, or the name of one that comes with stance; may be given several
    /// times [default: integration-sovereignty and sentiment]
    #[arg(long, value_name = "DIR")]
    pub lexicon: Vec<PathBuf>,
    /// Folder of language rules, one folder a language [default: those that come with stance]
    #[arg(long, value_name = "DIR")]
    pub languages: Option<PathBuf>,
    /// Roster of persons and bodies, with aliases and offices [default: the
    /// Belarus and Russia roster that comes with stance]
    #[arg(long, value_name = "FILE")]
    pub actors: Option<PathBuf>,
    /// Use no roster: everybody who speaks is kept under the name in the text
    #[arg(long)]
    pub no_roster: bool,
    /// Attribute thoughts, wishes and plans too ("hopes", "wants"), not only
    /// what was said (languages with learned attribution only)
    #[arg(long)]
    pub all_attributions: bool,
    /// Language of the texts, when they do not say it themselves (en, ru)
    #[arg(long, value_name = "CODE")]
    pub language: Option<String>,
    /// Number of threads, at most 512 [default: all cores]; results do not depend on it
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// Settings file [default: stance.toml in this folder, if there is one; no other file of
    /// this folder is read unasked]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Say nothing but errors
    #[arg(short, long)]
    pub quiet: bool,
    #[command(flatten)]
    pub reading: Reading,
}

impl Common {
    /// The settings that flags and the settings file make together. `input` are the inputs
    /// on the command line; `more` adds the flags of one command.
    ///
    /// # Errors
    /// For flags and a settings file that mean nothing.
    pub fn settings(&self, input: &[String], more: impl FnOnce(&mut Settings)) -> Result<Settings> {
        let mut flags = Settings {
            input: some(input),
            lexicon: some(&self.lexicon),
            languages: self.languages.clone(),
            actors: self.actors.clone(),
            no_roster: self.no_roster.then_some(true),
            all_attributions: self.all_attributions.then_some(true),
            language: self.language.clone(),
            ..Settings::default()
        };
        self.reading.fill(&mut flags)?;
        more(&mut flags);
        let file = settings_file(self.config.as_ref(), self.quiet)?;
        Ok(flags.over(file))
    }
}

/// The settings of the file that is named, else of `stance.toml` in the current folder. That
/// the latter is used is said: nobody asked for it.
///
/// # Errors
/// For a file that cannot be read, and for keys and values that mean nothing.
pub fn settings_file(named: Option<&PathBuf>, quiet: bool) -> Result<Settings> {
    let settings = Settings::read(named)?;
    if let Some(file) = settings.file.as_ref().filter(|_| named.is_none() && !quiet) {
        messages::note_line(format!("{}: the options in this file are used", file.display()));
    }
    Ok(settings)
}
