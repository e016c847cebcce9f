//! Statements and their hits only, without trends: of articles, or of records that are one
//! person's words already.

use crate::cache::RunSummary;
use crate::error::{Error, Result};
use crate::ingest;
use crate::model::{Article, Choice, Row, Skipped, counted};
use crate::pipeline;
use crate::project::options::scoring::Scoring;
use crate::project::resources::load;
use crate::project::resources::load::{Loaded, Settings};
use crate::project::resources::sources::Sources;
use crate::project::reuse::results_cache::Keep;
use crate::project::reuse::run_key::{Asked, Taken};
use crate::project::run_counts::Tally;
use crate::project::skipped_text;
use crate::project::tables;
use crate::project::tables::Statements;
use crate::report;
use crate::report::{Manifest, OutputDir, Place, Sink, Speakers};
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// What one text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// An article: statements are looked for in it.
    Article,
    /// One person's words already: a speech, a tweet, a coded statement.
    Statement,
}

impl Unit {
    /// The word in options and files.
    pub fn as_str(self) -> &'static str {
        match self {
            Unit::Article => "article",
            Unit::Statement => "statement",
        }
    }
}

/// Scores that are asked for.
pub struct Request {
    pub settings: Settings,
    pub unit: Unit,
    /// Files, folders and globs of articles, or files of records.
    pub inputs: Vec<String>,
    pub sources: Sources,
    /// Folder for the tables; None for standard output.
    pub target: Option<PathBuf>,
    /// The same as the user named it, for the summary.
    pub named: String,
    pub scoring: Scoring,
}

/// Results that are not in their place yet.
pub struct Computed {
    pub folder: OutputDir,
    pub loaded: Loaded,
    pub taken: Taken,
    pub told: RunSummary,
}

impl Request {
    /// What settings ask for, into the folder `target`.
    ///
    /// # Errors
    /// Where no input is named, or the folder for the tables cannot be one.
    pub fn new(settings: Settings, unit: Unit, target: Option<&Path>) -> Result<Request> {
        let named = target.map_or(String::new(), |target| target.display().to_string());
        Ok(Request {
            unit,
            inputs: load::inputs(&settings)?,
            sources: Sources { events: None, ..Sources::new(&settings) },
            target: target.map(report::resolved).transpose()?,
            named,
            scoring: Scoring::new(&settings)?,
            settings,
        })
    }

    /// The same, for the look whether its results are there already; None for what is never
    /// remembered: records, and what goes to standard output.
    pub fn asked(&self, threads: Option<usize>) -> Option<Asked<'_>> {
        let Request { settings, inputs, sources, target, unit, .. } = self;
        let target = target.as_ref().filter(|_| *unit == Unit::Article)?;
        Some(Asked { settings, inputs, target, sources, threads })
    }

    fn load(&self) -> Result<Loaded> {
        let mut loaded = load::load_from(&self.settings, &self.sources, self.scoring.method)?;
        loaded.resources.scale = self.scoring.scale;
        Ok(loaded)
    }

    /// Writes statements into a stream; `name` is its place in messages. Returns what was
    /// skipped of records; what was skipped of articles is not kept.
    ///
    /// # Errors
    /// Where nothing can be read, an option means nothing, or the stream does not take it.
    pub fn stream(
        &self,
        out: Sink,
        name: &str,
        progress: &(dyn Fn(usize) + Sync),
        mut skipped: impl FnMut(&[Skipped]),
    ) -> Result<()> {
        let loaded = self.load()?;
        let axes = tables::axes(&loaded);
        let style = tables::style(&self.settings)?;
        if self.unit == Unit::Article {
            let options = load::options(&self.settings, &loaded)?;
            let mut out = Statements::into_stream(out, name, style, &axes)?;
            out.stream(&self.inputs, &options, &loaded, progress, |_, _| Ok(()))?;
            return out.finish();
        }
        let records = self.records(&loaded)?;
        skipped(&records.skipped);
        let mut out = Statements::into_stream(out, name, style, &axes)?;
        out.write(&records.rows)?;
        out.finish()
    }

    /// Computes everything into a folder that `begin` makes for the target. `progress` is
    /// called with the number of articles of each batch that is done.
    ///
    /// # Errors
    /// Where nothing can be read, an option means nothing, or the disk does not take it.
    pub fn compute(
        &self,
        target: &Path,
        keep: Keep,
        begin: impl FnOnce(&Path) -> Result<OutputDir>,
        progress: &(dyn Fn(usize) + Sync),
    ) -> Result<Computed> {
        let mut loaded = self.load()?;
        match self.unit {
            Unit::Article => {
                keep.open(&mut loaded, target);
                self.articles(loaded, || begin(target), progress)
            }
            Unit::Statement => self.statements(loaded, || begin(target)),
        }
    }

    fn articles(
        &self,
        loaded: Loaded,
        begin: impl FnOnce() -> Result<OutputDir>,
        progress: &(dyn Fn(usize) + Sync),
    ) -> Result<Computed> {
        let mut options = load::options(&self.settings, &loaded)?;
        if let Some(target) = &self.target {
            options.filter = options.filter.writing_into(target);
        }
        let axes = tables::axes(&loaded);
        let folder = begin()?;
        let place = Place { folder: folder.path().to_path_buf(), style: tables::style(&self.settings)? };
        let mut out = Statements::in_folder(&place, &axes)?;
        let mut notes = place.table(report::skipped_schema())?;
        let mut speakers = Speakers::default();
        let mut tally = Tally::default();
        let mut bodies = report::Bodies::begin(&place.folder);
        let mut taken = Taken::default();
        out.stream(&self.inputs, &options, &loaded, progress, |beside, batch| {
            tally.articles(beside.articles);
            taken.files.extend(beside.files);
            bodies.add(&batch.bodies)?;
            for skipped in &beside.skipped {
                tally.skip(skipped);
                taken.skip(skipped);
                notes.row(skipped)?;
            }
            for (reason, count) in &beside.summed {
                tally.skip_more(reason, *count);
            }
            tally.merge(&batch.tally);
            speakers.merge(&batch.speakers);
            Ok(())
        })?;
        out.finish()?;
        notes.finish()?;
        bodies.finish()?;
        taken.files.sort_by(|one, two| one.path.cmp(&two.path));
        place.write(report::inputs_schema(), &taken.files)?;
        let hashes: Vec<(String, String)> =
            taken.files.iter().map(|file| (file.path.clone(), file.sha256.clone())).collect();
        speakers.actors_table(&place)?;
        speakers.unlisted_table(&place)?;
        let manifest = tally.manifest(self.configuration(), &loaded, &hashes);
        let told = self.finish(&folder, manifest, tally.rows())?;
        Ok(Computed { folder, loaded, taken, told })
    }

    /// Writes the last file. Returns what is then to be said.
    fn finish(&self, folder: &OutputDir, manifest: Manifest, rows: usize) -> Result<RunSummary> {
        report::manifest(&folder.path().join(crate::files::MANIFEST), &manifest)?;
        let summary = format!("{}: {}\n", counted(rows, "row"), self.named);
        Ok(RunSummary { text: [summary.clone(), summary], ..RunSummary::default() })
    }

    fn configuration(&self) -> serde_json::Value {
        serde_json::json!({
            "inputs": self.inputs,
            "unit": self.unit.as_str(),
            "method": self.scoring.method.as_str(),
            "scale": self.scoring.scale.as_str(),
            "language": self.settings.language,
            "no_roster": self.settings.no_roster.unwrap_or(false),
        })
    }

    /// The records of the inputs with their scores.
    fn records(&self, loaded: &Loaded) -> Result<ScoredRecords> {
        let mut options = load::statement_options(&self.settings, loaded)?;
        if let Some(target) = &self.target {
            options.filter = options.filter.writing_into(target);
        }
        let found = ingest::statements(&self.inputs, &options)?;
        let repeated = found.repeated_ids();
        let ingest::StatementRecords { records, mut skipped, files } = found;
        skipped.extend(repeated);
        if records.is_empty() {
            let why = skipped
                .first()
                .map_or(String::new(), |row| format!(" (first: {}: {})", row.path, row.detail));
            let place = self.inputs.join(", ");
            return Err(Error {
                usage: false,
                ..Error::input(place, format!("no record could be used{why}"), "check --col")
            });
        }
        let rows: Vec<(Article, Vec<Row>)> = records
            .par_iter()
            .map(|record| {
                let row = pipeline::record_row(record, &loaded.resources);
                (pipeline::record_article(record), row.into_iter().collect())
            })
            .collect();
        let hashes = files.into_iter().map(|file| (file.path, file.sha256)).collect();
        Ok(ScoredRecords { rows, skipped, hashes })
    }

    fn statements(&self, loaded: Loaded, begin: impl FnOnce() -> Result<OutputDir>) -> Result<Computed> {
        let ScoredRecords { rows, skipped, hashes } = self.records(&loaded)?;
        let axes = tables::axes(&loaded);
        let mut tally = Tally::default();
        rows.iter().flat_map(|(_, rows)| rows).for_each(|row| tally.add(row));
        let folder = begin()?;
        let place = Place { folder: folder.path().to_path_buf(), style: tables::style(&self.settings)? };
        let mut out = Statements::in_folder(&place, &axes)?;
        out.write(&rows)?;
        out.finish()?;
        place.write(report::skipped_schema(), &skipped)?;
        tally.articles(rows.len());
        skipped.iter().for_each(|skipped| tally.skip(skipped));
        let manifest = tally.manifest(self.configuration(), &loaded, &hashes);
        let warnings = skipped_text::lines(&skipped, true);
        let told = RunSummary { warnings, ..self.finish(&folder, manifest, tally.rows())? };
        Ok(Computed { folder, loaded, taken: Taken::default(), told })
    }
}

/// Records with their scores.
struct ScoredRecords {
    rows: Vec<(Article, Vec<Row>)>,
    skipped: Vec<Skipped>,
    /// SHA-256 of each file by its path.
    hashes: Vec<(String, String)>,
}
