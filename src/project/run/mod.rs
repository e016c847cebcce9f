//! The whole job: tables, charts and the page of one project.

pub(crate) mod actor_selection;
pub(crate) mod gather;
pub(crate) mod manifest;
pub(crate) mod page;
pub(crate) mod pooled;
pub(crate) mod request;
pub(crate) mod summary_text;

use crate::aggregate;
use crate::aggregate::Plan;
use crate::cache::RunSummary;
use crate::error::Result;
use crate::model::{Analysis, Axis, counted};
use crate::project::options::analysis;
use crate::project::options::chart_files::ChartFiles;
use crate::project::options::scoring::Scoring;
use crate::project::resources::load;
use crate::project::resources::load::Loaded;
use crate::project::reuse::results_cache::Keep;
use crate::project::reuse::run_key::Taken;
use crate::project::run::gather::{Gathered, Gathering};
use crate::project::run::request::RunRequest;
use crate::project::tables;
use crate::report;
use crate::report::page::Picture;
use crate::report::{ChartInput, OutputDir, Place};
use std::path::Path;

/// Results that are not in their place yet.
pub struct Computed {
    pub folder: OutputDir,
    pub loaded: Loaded,
    pub taken: Taken,
    pub told: RunSummary,
}

impl RunRequest {
    /// Computes everything into a folder that `begin` makes for the target. `progress` is
    /// called with the number of articles of each batch that is done.
    ///
    /// # Errors
    /// Where nothing can be read, an option means nothing, or the disk does not take it.
    pub fn compute(
        &self,
        keep: Keep,
        begin: impl FnOnce(&Path) -> Result<OutputDir>,
        progress: &(dyn Fn(usize) + Sync),
    ) -> Result<Computed> {
        let RunRequest { settings, target, scoring, .. } = self;
        let mut loaded = load::load_from(settings, &self.sources, scoring.method)?;
        loaded.resources.scale = scoring.scale;
        keep.open(&mut loaded, target);
        let mut options = load::options(settings, &loaded)?;
        options.filter = options.filter.writing_into(target);
        let axes = tables::axes(&loaded);
        // A chart from pole to pole cannot show scores without ends.
        let endless = !scoring.scale.is_bounded(scoring.method);
        let mut plan = analysis::plan(settings, &axes)?;
        plan.options.ends = plan.options.ends.filter(|_| !endless);
        let charts = ChartFiles::new(settings)?;
        let style = tables::style(settings)?;
        let gathering = Gathering { counting: analysis::counting(settings)?, axes: &axes, loaded: &loaded };
        let folder = begin(target)?;
        let place = Place { folder: folder.path().to_path_buf(), style };
        let mut gathered = gather::gather(&gathering, &self.inputs, &options, &place, progress)?;
        let analysis = aggregate::analyse(&gathered.scores, &plan)?;
        report::analysis_tables(&place, &analysis)?;
        for skipped in &analysis.too_coarse {
            gathered.notes.row(skipped)?;
        }
        let overdispersed = match &gathered.pooled {
            Some(evidence) => {
                let (scores, points, period) = (&gathered.scores, &analysis.points, analysis.period);
                let rows = aggregate::pooled(scores, points, period, evidence, &plan.options);
                pooled::write(&place, &rows)?
            }
            None => 0,
        };
        report::codebook(folder.path(), &axes)?;
        let axis = tables::main_axis(&loaded).filter(|_| !endless);
        let drawn = match &axis {
            Some(axis) => {
                self.draw(axis, &charts, &axes, &plan, &analysis, &gathered, &loaded, folder.path())?
            }
            None => Drawn::default(),
        };
        let mut manifest = manifest::manifest(self, &plan, analysis.period, &loaded, &gathered);
        manifest.warnings.extend(drawn.doubts.clone());
        let Gathered { evidence, skips, tally, notes, taken, scores, numbers, terms, pooled, .. } = gathered;
        // The page has its own choice.
        drop((scores, numbers, terms, pooled));
        notes.finish()?;
        let results = page::Results {
            analysis: &analysis,
            pictures: drawn.pictures,
            manifest: &manifest,
            skips: &skips,
        };
        page::write(folder.path(), target, evidence, results, &loaded)?;
        // Last, because it holds the hash of every other file.
        report::manifest(&folder.path().join(crate::files::MANIFEST), &manifest)?;
        let main = tables::main_axis(&loaded);
        let summary = |colours| {
            let mut text = summary_text::closing(target, main.as_ref(), &analysis, (&tally, &skips), colours);
            if endless {
                text.push_str("No chart: these scores have no ends; see trend.csv.\n");
            }
            text
        };
        let mut warnings: String = drawn.doubts.iter().map(|doubt| format!("warning: {doubt}\n")).collect();
        if overdispersed > 0 {
            warnings.push_str(&format!(
                "pooled.csv: in {} articles differ more than their hits would by chance; use se_articles\n",
                counted(overdispersed, "cell")
            ));
        }
        let told =
            RunSummary { text: [summary(false), summary(true)], warnings, skipped: tally.incomplete() };
        drop(options);
        Ok(Computed { folder, loaded, taken, told })
    }

    #[allow(clippy::too_many_arguments)]
    fn draw(
        &self,
        axis: &Axis,
        files: &ChartFiles,
        axes: &[Axis],
        plan: &Plan,
        analysis: &Analysis,
        gathered: &Gathered,
        loaded: &Loaded,
        folder: &Path,
    ) -> Result<Drawn> {
        let over_all = analysis::over_all(&analysis.points);
        let asked = self.settings.draw.clone().unwrap_or_default();
        let speakers = report::actors(&over_all, axis);
        let (draw, doubt) = actor_selection::wanted(&asked, &speakers, &axis.name.to_lowercase());
        let Scoring { method, scale } = self.scoring;
        let input = ChartInput {
            axis,
            draw: &draw,
            analysis,
            points: &over_all,
            scores: &gathered.scores,
            numbers: Some(&gathered.numbers),
            term_shifts: Some(&|actor, windows, n| gathered.terms.shifts(actor, windows, n)),
            axes,
            formula: &tables::formula(loaded, axis),
            windows: &plan.windows,
            source: &gathered.source_note(),
            articles_read: Some(gathered.tally.read()),
            method: &format!("; {}", scale.caption(method)),
            dots: report::DOTS,
        };
        let drawn = report::draw_all(&input, &files.look)?;
        for (chart, drawing) in &drawn {
            files.write(folder, chart.name, drawing)?;
        }
        let missing = files.missing_glyphs(drawn.iter().map(|(_, drawing)| drawing));
        let doubts = doubt.into_iter().chain(missing).collect();
        Ok(Drawn { pictures: report::page::pictures(&input)?, doubts })
    }
}

/// What was drawn for the page, and warnings about it.
#[derive(Default)]
struct Drawn {
    pictures: Vec<Picture>,
    doubts: Vec<String>,
}
