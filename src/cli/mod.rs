//! The command line: one file a command.
//!
//! Lives here: options, help texts, progress, exit codes. May not live here:
//! anything that a program using the library would need.

pub(crate) mod args;
pub(crate) mod commands;
pub(crate) mod crash;
pub(crate) mod lexicon;
pub(crate) mod messages;
pub(crate) mod notes;
pub(crate) mod say;
pub(crate) mod signals;
pub(crate) mod threads;

use crate::cli::args::reading;
use crate::cli::commands::actors;
use crate::cli::commands::attribute;
use crate::cli::commands::calibrate;
use crate::cli::commands::evaluate;
use crate::cli::commands::explain;
use crate::cli::commands::init;
use crate::cli::commands::run;
use crate::cli::commands::sample;
use crate::cli::commands::score;
use crate::cli::commands::train;
use crate::cli::commands::trend;
use crate::cli::commands::verify;
use crate::error::Error;
use crate::project::load;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;

/// Find out who said what and when in news articles, and how positions change.
///
/// stance reads a folder of dated articles (text, web pages, tables), attributes
/// statements to speakers, dates them, scores them with lexicons on axes such
/// as integration and sovereignty, and writes tables and a chart in which
/// every number leads back to a sentence.
#[derive(Parser, Debug)]
#[command(name = "stance", bin_name = "stance", version, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// The whole job: tables and a chart into reports/NAME
    Run(run::RunArgs),
    /// Who said what, unscored, as JSON Lines or CSV on standard output
    Attribute(attribute::AttributeArgs),
    /// Statements and their hits only, into a folder or on standard output
    Score(score::ScoreArgs),
    /// Trends and tests of change from a table of scored statements
    Trend(trend::TrendArgs),
    /// The roster: who speaks often and is not on it
    Actors(actors::ActorsArgs),
    /// Learn attribution for a language from articles with marked attributions
    Train(train::TrainArgs),
    /// Fit the weights of a lexicon's features on hand-coded statements
    Calibrate(calibrate::CalibrateArgs),
    /// Whether results still follow from their inputs: computes them again
    Verify(verify::VerifyArgs),
    /// A blind sheet of statements for people to code, with key and codebook
    Sample(sample::SampleArgs),
    /// Agreement with hand coding, and the worst disagreements
    Evaluate(evaluate::EvaluateArgs),
    /// Show how one text is attributed, dated and scored, with the arithmetic
    Explain(explain::ExplainArgs),
    /// Is a lexicon sound, what does it miss, and which terms carry a result
    Lexicon(lexicon::LexiconArgs),
    /// A new project: options, lexicon and roster to start from, commented
    Init(init::InitArgs),
}

/// What every command that reads text needs.
#[derive(Args, Debug, Clone)]
pub struct Common {
    /// Folder of a lexicon; may be given several times [default: the
    /// integration-sovereignty and sentiment lexicons that come with stance]
    #[arg(long, value_name = "DIR")]
    pub lexicon: Vec<PathBuf>,
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
    /// Settings file [default: stance.toml in this folder, if there is one]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Say nothing but errors
    #[arg(short, long)]
    pub quiet: bool,
    #[command(flatten)]
    pub reading: reading::Reading,
}

/// How statements are scored.
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum MethodArg {
    /// Targets, appraisals, negation and the other shifters
    Compositional,
    /// Plain counting of dictionary words, for comparison
    Count,
    /// quanteda's look-up, as textstat_polarity does it (scope dictionary)
    Quanteda,
    /// quanteda's look-up, nested matches of other keys counted too (scope key)
    QuantedaKey,
    /// Lexicoder: a look-up in which a negated word counts on the other pole
    Lsd,
    /// VADER's rules with your weights (times 4) and this language's word lists
    Vader,
    /// sentimentr's formula as it is coded
    Sentimentr,
    /// sentometrics' clusters of valence shifters
    Cluster,
}

/// On what scale scores are.
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ScaleArg {
    /// The method's own, from -1 to 1
    #[default]
    Mean,
    /// (P - N) / (P + N), P and N being what stands on the two poles
    Proportion,
    /// (P - N) / words; for quanteda and lsd by features, as quanteda counts them
    Share,
    /// ln((P + 0.5) / (N + 0.5)), without ends
    Logit,
    /// Mean weight of the hits
    Valence,
    /// Sum of weights by words
    ValenceShare,
    /// Sum of weights, without ends
    ValenceSum,
}

impl From<ScaleArg> for crate::score::Scale {
    fn from(scale: ScaleArg) -> Self {
        use crate::score::Scale;
        match scale {
            ScaleArg::Mean => Scale::Mean,
            ScaleArg::Proportion => Scale::Proportion,
            ScaleArg::Share => Scale::Share,
            ScaleArg::Logit => Scale::Logit,
            ScaleArg::Valence => Scale::Valence,
            ScaleArg::ValenceShare => Scale::ValenceShare,
            ScaleArg::ValenceSum => Scale::ValenceSum,
        }
    }
}

/// How statements are scored and on what scale.
#[derive(Args, Debug, Clone, Copy)]
pub struct Scoring {
    /// How statements are scored
    #[arg(long, value_enum, default_value = "compositional")]
    pub method: MethodArg,
    /// The scale of the scores
    #[arg(long, value_enum, default_value = "mean")]
    pub scale: ScaleArg,
}

impl Scoring {
    /// Sets the scale of a run; presets with a formula of their own have no other.
    pub fn set(self, loaded: &mut load::Loaded) -> crate::error::Result<()> {
        if self.scale != ScaleArg::Mean && crate::score::Method::from(self.method).has_own_scale() {
            return Err(Error::input(
                "--scale",
                format!("--method {} has a formula of its own", self.method.name()),
                "leave --scale out, or use --method count, quanteda, lsd or compositional",
            ));
        }
        loaded.resources.scale = self.scale.into();
        Ok(())
    }
}

impl Scoring {
    /// What a chart's caption says of it.
    pub fn caption(self) -> String {
        let method = match self.method {
            MethodArg::Compositional => "compositional lexicon score",
            MethodArg::Count => "plain dictionary count",
            MethodArg::Quanteda | MethodArg::QuantedaKey => "dictionary look-up as in quanteda",
            MethodArg::Lsd => "dictionary look-up with Lexicoder's negation",
            MethodArg::Vader => "VADER's rules on this lexicon",
            MethodArg::Sentimentr => "sentimentr's formula on this lexicon",
            MethodArg::Cluster => "clusters of valence shifters on this lexicon",
        };
        match crate::score::Scale::from(self.scale).formula() {
            "" => method.to_string(),
            formula => format!("{method}, {formula}"),
        }
    }
}

/// The word of a choice on the command line: what `run.json` calls it.
pub(crate) fn word(choice: &impl ValueEnum) -> String {
    choice.to_possible_value().map_or(String::new(), |value| value.get_name().to_string())
}

impl MethodArg {
    /// The word on the command line.
    pub fn name(self) -> String {
        word(&self)
    }
}

impl ScaleArg {
    /// The word on the command line.
    pub fn name(self) -> String {
        word(&self)
    }
}

impl From<MethodArg> for crate::score::Method {
    fn from(method: MethodArg) -> Self {
        use crate::score::Method;
        match method {
            MethodArg::Compositional => Method::Compositional,
            MethodArg::Count => Method::Count,
            MethodArg::Quanteda => Method::Quanteda,
            MethodArg::QuantedaKey => Method::QuantedaKey,
            MethodArg::Lsd => Method::Lsd,
            MethodArg::Vader => Method::Vader,
            MethodArg::Sentimentr => Method::Sentimentr,
            MethodArg::Cluster => Method::Cluster,
        }
    }
}

impl Cli {
    /// Runs the command.
    fn run(self) -> crate::error::Result<()> {
        match self.command {
            Command::Run(args) => run::run(args),
            Command::Attribute(args) => attribute::run(args),
            Command::Score(args) => score::run(args),
            Command::Trend(args) => trend::run(args),
            Command::Actors(args) => actors::run(args),
            Command::Train(args) => train::run(args),
            Command::Calibrate(args) => calibrate::run(args),
            Command::Verify(args) => verify::run(args),
            Command::Sample(args) => sample::run(args),
            Command::Evaluate(args) => evaluate::run(args),
            Command::Explain(args) => explain::run(args),
            Command::Lexicon(args) => lexicon::run(args),
            Command::Init(args) => init::run(args),
        }
    }
}

/// Parses the command line, runs the command and tells what went wrong. Exit
/// codes: 0 done, 1 nothing could be done, 2 usage or input error.
pub fn main() -> ExitCode {
    crash::guarded(|| {
        let matches = Cli::command().try_get_matches_from(std::env::args_os());
        let parsed = matches.and_then(|matches| Ok((Cli::from_arg_matches(&matches)?, matches)));
        let done = match parsed {
            Ok((cli, matches)) => threads::start(&matches).and_then(|()| {
                signals::watch();
                cli.run()
            }),
            Err(usage) => return refused(&usage),
        };
        exit_code(done)
    })
}

/// Tells what went wrong.
fn exit_code(done: crate::error::Result<()>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if messages::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            messages::error(&format!("stance: {error}"));
            ExitCode::from(if error.usage { 2 } else { 1 })
        }
    }
}

/// Help that was asked for, or what is wrong with the command line.
fn refused(usage: &clap::Error) -> ExitCode {
    if !usage.use_stderr() {
        // Help holds nothing of the command line, so that clap may colour it.
        return exit_code(usage.print().map_err(messages::unwritten));
    }
    messages::error(&usage.render().to_string());
    ExitCode::from(u8::try_from(usage.exit_code()).unwrap_or(2))
}
