//! Trends and tests from a table of scored statements.

use crate::aggregate;
use crate::aggregate::Plan;
use crate::error::Result;
use crate::ingest;
use crate::ingest::{ScoredTable, Selection};
use crate::model::{Analysis, Axis, Skipped, counted};
use crate::project::options::analysis;
use crate::project::options::analysis::over_all;
use crate::project::options::chart_files::ChartFiles;
use crate::project::resources::load;
use crate::project::resources::load::Settings;
use crate::project::resources::sources;
use crate::project::{run_counts, tables};
use crate::report;
use crate::report::{ChartInput, Manifest, OutputDir, Place};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Trends that are asked for.
pub struct Request {
    pub settings: Settings,
    /// The table of scored statements.
    pub statements: PathBuf,
    /// Roles of its columns and their names.
    pub columns: Vec<(String, String)>,
    /// Ids of the axes; none for all.
    pub axes: Vec<String>,
}

/// Results that are not in their place yet.
pub struct Computed {
    pub folder: OutputDir,
    pub table: ScoredTable,
    pub analysis: Analysis,
    /// Warning about letters that the charts cannot show.
    pub missing_glyphs: Option<String>,
}

impl Request {
    /// Computes everything into a folder that `begin` makes.
    ///
    /// # Errors
    /// Where the table cannot be read, an option means nothing, or the disk does not take it.
    pub fn compute(&self, begin: impl FnOnce() -> Result<OutputDir>) -> Result<Computed> {
        let settings = &self.settings;
        let wanted = Selection {
            columns: self.columns.clone(),
            axes: self.axes.clone(),
            counting: analysis::counting(settings)?,
        };
        // Options are checked before anything is read.
        let mut plan = analysis::plan(settings, &[])?;
        let charts = ChartFiles::new(settings)?;
        let known = load::axes_of_lexicons(settings.lexicon.as_deref().unwrap_or_default())?;
        let folder = begin()?;
        let table = ingest::read_scores(&self.statements, &wanted)?;
        plan.axes = axes(&table, &known);
        let bounded = |(low, high): &(f64, f64)| *low >= -1.0 && *high <= 1.0;
        plan.options.ends = table.range.filter(bounded).map(|_| (-1.0, 1.0));
        let analysis = aggregate::analyse(&table.scores, &plan)?;
        let place = Place { folder: folder.path().to_path_buf(), style: tables::style(settings)? };
        report::analysis_tables(&place, &analysis)?;
        let skipped: Vec<Skipped> = table.skipped.iter().chain(&analysis.too_coarse).cloned().collect();
        place.write(report::skipped_schema(), &skipped)?;
        // A chart from pole to pole cannot show scores without ends.
        let missing_glyphs = match plan.options.ends {
            Some(_) => self.draw(&charts, &plan, &analysis, &table, folder.path())?,
            None => None,
        };
        report::codebook(folder.path(), &plan.axes)?;
        let mut manifest = self.manifest(&plan, &table, &analysis)?;
        manifest.warnings.extend(missing_glyphs.clone());
        report::manifest(&folder.path().join(crate::files::MANIFEST), &manifest)?;
        Ok(Computed { folder, table, analysis, missing_glyphs })
    }

    /// Draws the charts of each axis. Returns a warning about letters that they cannot show.
    fn draw(
        &self,
        files: &ChartFiles,
        plan: &Plan,
        analysis: &Analysis,
        table: &ScoredTable,
        folder: &Path,
    ) -> Result<Option<String>> {
        let name = self.statements.file_name().map_or("".into(), |name| name.to_string_lossy());
        let points = over_all(&analysis.points);
        let mut drawn = Vec::new();
        for axis in &plan.axes {
            let input = ChartInput {
                axis,
                draw: &[],
                analysis,
                points: &points,
                scores: &table.scores,
                numbers: None,
                term_shifts: None,
                axes: &plan.axes,
                formula: &BTreeMap::new(),
                windows: &plan.windows,
                source: &format!("Source: {name}. "),
                articles_read: None,
                method: "",
                dots: report::DOTS,
            };
            for (chart, drawing) in report::draw_all(&input, &files.look)? {
                files.write(folder, &format!("{}-{}", chart.name, file_name(&axis.id)), &drawing)?;
                drawn.push(drawing);
            }
        }
        Ok(files.missing_glyphs(drawn.iter()))
    }

    fn manifest(&self, plan: &Plan, table: &ScoredTable, analysis: &Analysis) -> Result<Manifest> {
        let mut inputs = Vec::new();
        sources::hash(&self.statements, &mut inputs)?;
        let mut warnings = Vec::new();
        if !table.skipped.is_empty() {
            let were = if table.skipped.len() == 1 { "was" } else { "were" };
            warnings.push(format!("{} {were} skipped, see skipped.csv", counted(table.skipped.len(), "row")));
        }
        let configuration = serde_json::json!({
            "inputs": [self.statements.display().to_string()],
            "columns": self.columns.iter().map(|(role, name)| format!("{role}={name}")).collect::<Vec<_>>(),
            "axes": self.axes,
            "keep_duplicates": self.settings.keep_duplicates.unwrap_or(false),
            "analysis": analysis::configuration(&self.settings, plan, analysis.period),
        });
        Ok(Manifest {
            inputs: inputs.into_iter().collect(),
            counts: BTreeMap::from([
                ("rows".to_string(), table.rows),
                ("scores".to_string(), table.scores.len()),
                ("skipped_record".to_string(), table.skipped.len()),
            ]),
            warnings,
            ..run_counts::begun(configuration)
        })
    }
}

/// The axes of the table, with poles where a lexicon names them.
fn axes(table: &ScoredTable, known: &[Axis]) -> Vec<Axis> {
    let names = (0..table.scores.axes.len()).map(|number| table.scores.axes.name(number as u32));
    names
        .map(|id| {
            let plain = || Axis { id: id.into(), name: id.to_string(), ..Axis::default() };
            known.iter().find(|axis| axis.id == id).cloned().unwrap_or_else(plain)
        })
        .collect()
}

/// An id as part of a file's name.
fn file_name(id: &str) -> String {
    id.chars().map(|c| if c.is_alphanumeric() || c == '-' || c == '_' { c } else { '_' }).collect()
}
