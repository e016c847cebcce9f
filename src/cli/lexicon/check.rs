//! `stance lexicon check`: the errors and weaknesses of a lexicon.

use crate::cli::lexicon::table::{Format, table};
use crate::cli::messages;
use crate::cli::messages::answer as say;
use crate::diagnose;
use crate::diagnose::{Defect, Finding, Severity};
use crate::error::{Error, Result};
use crate::ingest;
use crate::ingest::ResourcePath;
use crate::model::{TokenKind, counted};
use crate::report::Schema;
use crate::segment;
use clap::Args;
use std::path::PathBuf;

/// Options of `stance lexicon check`.
#[derive(Args, Debug)]
pub struct CheckArgs {
    /// Folder of the lexicon, or the name of one that comes with stance
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Folder of language rules [default: those that come with stance]
    #[arg(long, value_name = "DIR")]
    languages: Option<PathBuf>,
    /// Only errors, no warnings
    #[arg(long)]
    errors: bool,
    /// How findings are written
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Runs the command.
pub fn run(args: CheckArgs) -> Result<()> {
    let languages = match &args.languages {
        Some(folder) => ingest::languages(folder)?,
        None => ingest::languages(ResourcePath::languages())?,
    };
    let draft = ingest::draft(ResourcePath::lexicon(&args.folder))?;
    let cut = |code: &str, word: &str| {
        let language = languages.iter().find(|language| language.code == code).cloned().unwrap_or_default();
        let text = segment::text(word, &[], &language);
        let words = (0..text.tokens.len()).filter(|at| text.tokens[*at].kind != TokenKind::Punctuation);
        words.map(|at| text.word(at).to_string()).collect()
    };
    let unreadable = draft.broken.iter().map(|error| {
        let at = (error.place.as_str(), "");
        Finding::error(Defect::Unreadable, at, error.message.clone(), error.remedy.clone())
    });
    let mut findings = diagnose::check(&draft.lexicon, unreadable.collect(), &cut);
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    findings.retain(|finding| !args.errors || finding.severity == Severity::Error);
    write(&args, &findings)?;
    let sum = format!(
        "{}: {}, {}",
        counted(draft.lexicon.entries.len(), "entry"),
        counted(errors, "error"),
        counted(warnings, "warning")
    );
    if errors > 0 {
        return Err(Error::input(args.folder.display().to_string(), sum, "mend the errors listed above"));
    }
    messages::note_line(format!("{}: {sum}", args.folder.display()));
    Ok(())
}

fn write(args: &CheckArgs, findings: &[Finding]) -> Result<()> {
    if args.format == Format::Csv {
        let schema = Schema::<Finding>::new("check", "A row is something to mend in a lexicon.")
            .text("severity", "whether the lexicon can be used", "error, warning", "never", |finding| {
                finding.severity.as_str()
            })
            .text("defect", "kind of the finding", "text", "never", |finding| finding.defect.as_str())
            .text("place", "file and line", "text", "never", |finding| &finding.place)
            .text("term", "the term", "text", "the row cannot be read", |finding| &finding.term)
            .text("message", "what was found", "text", "never", |finding| &finding.message)
            .text("remedy", "what to do", "text", "never", |finding| &finding.remedy);
        return table(args.format, schema, findings);
    }
    // One line a finding, as compilers write them: editors jump to the place.
    let line = |finding: &Finding| {
        let term = if finding.term.is_empty() { String::new() } else { format!("'{}': ", finding.term) };
        let Finding { place, message, remedy, .. } = finding;
        let (severity, defect) = (finding.severity.as_str(), finding.defect.as_str());
        format!("{place}: {severity} ({defect}): {term}{message}; {remedy}\n")
    };
    say(&findings.iter().map(line).collect::<String>())
}
