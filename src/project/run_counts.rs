//! Counts of what a command read and found, and the arguments of its command line that change a
//! result, for `run.json`.

use crate::files::place;
use crate::model::{Form, Row, Skipped};
use crate::project::resources::load::Loaded;
use crate::report::Manifest;
use std::collections::BTreeMap;

/// Counts of rows as they go by.
#[derive(Debug, Default)]
pub struct Tally {
    rows: usize,
    forms: BTreeMap<&'static str, usize>,
    hits: usize,
    duplicates: usize,
    undated: usize,
    articles: usize,
    skipped: BTreeMap<String, usize>,
}

impl Tally {
    /// Counts a row.
    pub fn add(&mut self, row: &Row) {
        self.rows += 1;
        *self.forms.entry(row.statement.form.as_str()).or_default() += 1;
        self.hits += row.scored.iter().map(|scored| scored.hits.len()).sum::<usize>();
        self.duplicates += usize::from(row.duplicate_of.is_some());
        self.undated += usize::from(row.said.is_none());
    }

    /// Adds the counts of another.
    pub fn merge(&mut self, other: &Tally) {
        self.rows += other.rows;
        self.hits += other.hits;
        self.duplicates += other.duplicates;
        self.undated += other.undated;
        self.articles += other.articles;
        for (form, count) in &other.forms {
            *self.forms.entry(form).or_default() += count;
        }
        for (reason, count) in &other.skipped {
            *self.skipped.entry(reason.clone()).or_default() += count;
        }
    }

    /// Counts articles that were read.
    pub fn articles(&mut self, count: usize) {
        self.articles += count;
    }

    /// Counts an input that could not be used, or only in part.
    pub fn skip(&mut self, skipped: &Skipped) {
        self.skip_more(&skipped.reason, 1);
    }

    /// Counts several of one reason.
    pub fn skip_more(&mut self, reason: &str, count: usize) {
        *self.skipped.entry(format!("skipped_{reason}")).or_default() += count;
    }

    /// Number of inputs that were skipped or incomplete. Results of stance are no input.
    pub fn incomplete(&self) -> usize {
        let results = self.skipped.get("skipped_results").copied().unwrap_or(0);
        self.skipped.values().sum::<usize>() - results
    }

    /// Counts rows that were found to repeat others after they were counted.
    pub fn duplicates(&mut self, count: usize) {
        self.duplicates += count;
    }

    /// How many articles there were.
    pub fn read(&self) -> usize {
        self.articles
    }

    /// How many statements by speakers there were.
    pub fn said(&self) -> usize {
        self.rows - self.forms.get(Form::Author.as_str()).copied().unwrap_or(0)
    }

    /// How many rows there were.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The manifest of a command, with its configuration.
    pub fn manifest(
        &self,
        configuration: serde_json::Value,
        loaded: &Loaded,
        inputs: &[(String, String)],
    ) -> Manifest {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        counts.insert("articles_read".into(), self.articles);
        counts.insert("rows".into(), self.rows);
        counts.insert("hits".into(), self.hits);
        counts.insert("duplicates".into(), self.duplicates);
        counts.extend(self.skipped.clone());
        for (form, count) in &self.forms {
            counts.insert(format!("statements_{form}"), *count);
        }
        let mut warnings = Vec::new();
        if self.undated > 0 {
            warnings.push(match self.undated {
                1 => "one statement has no date and stays out of trends".into(),
                more => format!("{more} statements have no date and stay out of trends"),
            });
        }
        Manifest {
            resources: loaded.hashes.iter().cloned().collect(),
            inputs: inputs.iter().cloned().collect(),
            counts,
            warnings,
            ..begun(configuration)
        }
    }
}

/// What every manifest begins with: program, command line and configuration.
pub fn begun(configuration: serde_json::Value) -> Manifest {
    Manifest {
        // Set by whoever builds a release: STANCE_REVISION=$(git rev-parse HEAD).
        revision: option_env!("STANCE_REVISION").map(str::to_string),
        arguments: given(),
        configuration,
        ..Manifest::new()
    }
}

/// The command line of this process without what changes no result. Bytes of paths that are
/// not UTF-8 are written as in the tables.
pub fn given() -> Vec<String> {
    arguments(std::env::args_os().skip(1).map(|argument| place(argument.as_ref())))
}

/// Flags that change no result, and whether a value follows them.
const IDLE: [(&str, bool); 8] = [
    ("--out", true),
    ("--threads", true),
    ("--quiet", false),
    ("-q", false),
    ("--open", false),
    ("--strict", false),
    ("--no-cache", false),
    ("--resume", false),
];

/// The command line without the flags that change no result.
fn arguments(given: impl Iterator<Item = String>) -> Vec<String> {
    let mut kept = Vec::new();
    let mut given = given.peekable();
    while let Some(argument) = given.next() {
        let name = argument.split('=').next().unwrap_or("");
        match IDLE.iter().find(|(flag, _)| *flag == name) {
            Some((_, true)) if name == argument => {
                given.next();
            }
            Some(_) => {}
            None => kept.push(argument),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_that_change_no_result_are_left_out() {
        let given = "run data --out x --threads=2 -q --open --seed 7 --compare a,b --strict --bom --no-cache --resume";
        let kept = arguments(given.split(' ').map(str::to_string));
        assert_eq!(kept.join(" "), "run data --seed 7 --compare a,b --bom");
    }
}
