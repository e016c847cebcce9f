//! Trends and tests from a table of scored statements.

use crate::aggregate;
use crate::aggregate::Plan;
use crate::error::Result;
use crate::ingest;
use crate::ingest::{ScoredTable, Selection};
use crate::model::{Analysis, Axis, ChangePoint, Skipped, TrendPoint, counted};
use crate::project::analysis;
use crate::project::chart_files::ChartFiles;
use crate::project::load::{self, Settings};
use crate::project::{run_counts, sources, tables};
use crate::report;
use crate::report::{Manifest, OutputDir, Place, PositionChart};
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
    /// What the charts cannot show, if anything.
    pub doubt: Option<String>,
}

/// Maximum number of actors in a chart.
const ACTORS: usize = 4;

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
        report::skipped_table(&place, &skipped)?;
        let mut doubt = None;
        // A chart from pole to pole cannot show scores without ends.
        if plan.options.ends.is_some() {
            let mut drawn = Vec::new();
            for axis in &plan.axes {
                let drawing =
                    report::position_chart(&chart(axis, &analysis, &self.statements), &charts.look)?;
                let name = format!("position-{}", file_name(&axis.id));
                charts.write(folder.path(), &name, &drawing)?;
                drawn.push((name, drawing));
            }
            doubt = charts.missing_glyphs(&drawn);
        }
        report::codebook(folder.path(), &plan.axes)?;
        let mut manifest = self.manifest(&plan, &table, &analysis)?;
        manifest.warnings.extend(doubt.clone());
        report::manifest(&folder.path().join(crate::files::MANIFEST), &manifest)?;
        Ok(Computed { folder, table, analysis, doubt })
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

/// The chart of one axis with those who say most.
fn chart(axis: &Axis, analysis: &Analysis, file: &Path) -> PositionChart {
    let points: Vec<TrendPoint> =
        analysis.points.iter().filter(|p| p.axis == axis.id && p.source.is_none()).cloned().collect();
    let mut heard: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for point in &points {
        *heard.entry((&point.actor_id, &point.actor)).or_default() += point.statements;
    }
    let mut heard: Vec<((&str, &str), usize)> = heard.into_iter().collect();
    heard.sort_by(|one, two| two.1.cmp(&one.1).then(one.0.cmp(&two.0)));
    let actors: Vec<(String, String)> =
        heard.iter().take(ACTORS).map(|((id, name), _)| (id.to_string(), name.to_string())).collect();
    let shown = |id: &str| actors.iter().any(|(actor, _)| actor == id);
    let statements: usize = heard.iter().map(|(_, statements)| statements).sum();
    // What is undecided must not look like a fact.
    let holds = |found: &&ChangePoint| found.decided && found.axis == axis.id && shown(&found.actor_id);
    PositionChart {
        title: axis.name.clone(),
        subtitle: "Dots: means per period, larger with more statements, hollow below 3; thin bars: 95 % \
                   intervals. Line and band: LOESS with 95 % band."
            .into(),
        axis: axis.clone(),
        lines: analysis
            .lines
            .iter()
            .filter(|line| line.axis == axis.id && shown(&line.actor_id))
            .cloned()
            .collect(),
        breaks: analysis.breaks.iter().filter(holds).cloned().collect(),
        observations: Vec::new(),
        dots: 0,
        events: analysis.events.clone(),
        caption: format!(
            "{}; n = {}; intervals from resampling articles.",
            file.file_name().map_or("".into(), |name| name.to_string_lossy()),
            counted(statements, "statement")
        ),
        actors,
        points,
    }
}
