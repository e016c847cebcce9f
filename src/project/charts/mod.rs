//! What `stance run` draws: from tables to the values of charts.
//!
//! Lives here: which actors and statements a chart shows, captions. May not
//! live here: drawing (see `report`).

pub(crate) mod views;

use crate::error::Result;
use crate::model::{
    Analysis, Axis, Line, Observation, Period, ScoredRow, Shift, TrendPoint, Window, counted,
};
use crate::project::gather::Gathered;
use crate::project::scoring::Scoring;
use crate::report;
use crate::report::page::{Picture, Spot};
use crate::report::{Drawing, Look, Mark, PositionChart, Theme};
use std::collections::{BTreeMap, HashSet};

/// What charts are made from.
pub struct Material<'a> {
    /// The axis that is drawn.
    pub axis: &'a Axis,
    /// Ids of the actors to draw, most important first; "all" for all; none
    /// for the four who speak most.
    pub wanted: &'a [String],
    /// Everything that was computed; means of single sources are not drawn.
    pub analysis: &'a Analysis,
    /// Points of the analysis over all sources.
    pub points: &'a [TrendPoint],
    /// What was kept of the statements.
    pub gathered: &'a Gathered,
    /// All axes, derived ones included.
    pub axes: &'a [Axis],
    /// The factors of other axes in the drawn one; itself with 1 if it is not
    /// derived.
    pub formula: &'a BTreeMap<String, f64>,
    pub shifts: &'a [Shift],
    pub windows: &'a [(Window, Window)],
    pub scoring: Scoring,
}

/// More single statements than this are thinned out before a chart gets them.
const MOST_SINGLE: usize = 30_000;
/// So many actors share a frame.
const TOGETHER: usize = 4;

/// How many statements of how many articles a chart rests on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Basis {
    pub statements: usize,
    pub articles: usize,
}

/// All charts that the material allows: file name without ending, picture.
/// Of single statements a chart over time draws at most `dots`.
pub fn charts(material: &Material, look: &Look, dots: usize) -> Result<Vec<(String, Drawing)>> {
    let all = material.actors();
    let everybody: Vec<(String, String)> =
        all.iter().filter(|(id, name)| !described(id, name)).cloned().collect();
    let chosen: Vec<(String, String)> = match material.wanted {
        [] => everybody.iter().take(TOGETHER).cloned().collect(),
        [all] if all == "all" => everybody.clone(),
        wanted => wanted.iter().filter_map(|id| all.iter().find(|(known, _)| known == id)).cloned().collect(),
    };
    let mut drawn = Vec::new();
    let mut draw = |name: &str, drawing: Drawing| drawn.push((name.to_string(), drawing));
    let undrawn = material.undrawn();
    let all_asked = matches!(material.wanted, [all] if all == "all");
    let more = if all_asked { undrawn.as_str() } else { "" };
    draw("position", report::position_chart(&material.position(chosen.clone(), more, dots), look)?);
    if material.wanted.is_empty() && everybody.len() > TOGETHER {
        let mut chart = material.position(everybody.clone(), &undrawn, dots);
        chart.title = format!("{}: everybody with a score", material.axis.name);
        draw("position-all", report::position_chart(&chart, look)?);
    }
    if !material.windows.is_empty() {
        draw("shift", report::shift_chart(&views::shift(material), look)?);
    }
    draw("heatmap", report::heatmap_chart(&views::heat(material, everybody), look)?);
    if let Some(first) = chosen.first() {
        draw("terms", report::terms_chart(&views::terms(material, first), look)?);
        if let Some(chart) = views::axes(material, first) {
            draw("axes", report::axes_chart(&chart, look)?);
        }
    }
    Ok(drawn)
}

/// Whether somebody is known by a description only ("its president"), which may
/// stand for another person in every article: off the roster, where id and name
/// are the same, and no name by its capitals. Tables keep such speakers; charts
/// draw them only when they are asked for by name.
pub fn described(id: &str, name: &str) -> bool {
    id == name && !report::is_name(name)
}

/// Id and name of everybody with a score on an axis, those with most statements first.
pub fn actors(points: &[TrendPoint], axis: &Axis) -> Vec<(String, String)> {
    let mut counts: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for point in points.iter().filter(|point| point.axis == axis.id && point.mean.is_some()) {
        let count = counts.entry(&point.actor_id).or_insert((0, &point.actor));
        count.0 += point.statements;
    }
    let mut all: Vec<(&str, usize, &str)> =
        counts.into_iter().map(|(id, (count, name))| (id, count, name)).collect();
    all.sort_by(|one, two| two.1.cmp(&one.1).then(one.0.cmp(two.0)));
    all.into_iter().map(|(id, _, name)| (id.to_string(), name.to_string())).collect()
}

impl Material<'_> {
    fn actors(&self) -> Vec<(String, String)> {
        actors(self.points, self.axis)
    }

    fn position(&self, actors: Vec<(String, String)>, more: &str, dots: usize) -> PositionChart {
        let axis = self.axis;
        // There may be as many actors as statements.
        let ids: HashSet<&str> = actors.iter().map(|(id, _)| id.as_str()).collect();
        let shown = |id: &str| ids.contains(id);
        let points: Vec<TrendPoint> = self
            .points
            .iter()
            .filter(|point| point.axis == axis.id && shown(&point.actor_id))
            .cloned()
            .collect();
        let numbers = self.numbers(shown);
        let drawn = |row: &ScoredRow| numbers[row.actor as usize] && self.on(row, axis);
        let (observations, every) = self.observations(drawn, dots);
        // What was thinned out before is not thinned out again.
        let (dots, thinned) = match every {
            1 => (dots, String::new()),
            _ => (usize::MAX, format!("; one in {every} single statements is drawn")),
        };
        let lines: Vec<Line> = self
            .analysis
            .lines
            .iter()
            .filter(|line| line.axis == axis.id && shown(&line.actor_id))
            .cloned()
            .collect();
        // What is undecided must not look like a fact.
        let breaks = self
            .analysis
            .breaks
            .iter()
            .filter(|found| found.decided && found.axis == axis.id && shown(&found.actor_id))
            .cloned()
            .collect();
        let unsmoothed = points.iter().any(|point| !lines.iter().any(|line| line.actor_id == point.actor_id));
        let thin = if unsmoothed { " Thin line: fewer than 5 periods." } else { "" };
        PositionChart {
            title: title(axis),
            subtitle: format!(
                "Dots: means per {}, larger with more statements, hollow below 3; thin bars: 95 % intervals. \
                 Line and band: LOESS with 95 % band.{thin} Faint dots: single statements.",
                self.unit_of_time()
            ),
            axis: axis.clone(),
            caption: self
                .caption(self.basis(drawn), &format!("; intervals from resampling articles{thinned}{more}")),
            actors,
            points,
            observations,
            lines,
            breaks,
            events: self.analysis.events.clone(),
            dots,
        }
    }

    pub fn unit_of_time(&self) -> &'static str {
        match self.analysis.period {
            Period::Year => "year",
            Period::Half => "half-year",
            Period::Quarter => "quarter",
            Period::Month => "month",
        }
    }

    /// Source, n and method.
    pub fn caption(&self, basis: Basis, more: &str) -> String {
        let sources = &self.gathered.sources;
        let method = self.scoring.scale.caption(self.scoring.method);
        let source = match sources.len() {
            0 => String::new(),
            1..=4 => format!("Source: {}. ", sources.iter().cloned().collect::<Vec<_>>().join(", ")),
            more => format!("{more} sources. "),
        };
        format!(
            "{source}n = {} in {} of {}; {method}{more}.",
            counted(basis.statements, "statement"),
            basis.articles,
            counted(self.gathered.tally.read(), "article")
        )
    }

    /// Whether a scored statement is one on this axis.
    pub fn on(&self, row: &ScoredRow, axis: &Axis) -> bool {
        self.gathered.scores.axes.name(row.axis) == axis.id
    }

    /// Whether it is one of this actor.
    pub fn by(&self, row: &ScoredRow, actor: &str) -> bool {
        self.gathered.scores.actors.name(row.actor) == actor
    }

    /// How many scored statements there are of a kind, and in how many articles.
    pub fn basis(&self, wanted: impl Fn(&ScoredRow) -> bool) -> Basis {
        let scores = &self.gathered.scores;
        let mut articles = vec![false; scores.articles.len()];
        let mut statements = 0;
        for row in scores.rows().filter(|row| wanted(row)) {
            statements += 1;
            articles[row.article as usize] = true;
        }
        Basis { statements, articles: articles.into_iter().filter(|seen| *seen).count() }
    }

    /// For every actor by number whether it is one of those.
    pub fn numbers(&self, wanted: impl Fn(&str) -> bool) -> Vec<bool> {
        let names = &self.gathered.scores.actors;
        (0..names.len() as u32).map(|actor| wanted(names.name(actor))).collect()
    }

    /// Scored statements of a kind; where there are too many to be handed to a chart,
    /// one in so many of them, `dots` at most.
    fn observations(&self, wanted: impl Fn(&ScoredRow) -> bool, dots: usize) -> (Vec<Observation>, usize) {
        let scores = &self.gathered.scores;
        let all = scores.rows().filter(|row| wanted(row)).count();
        let every = if all > MOST_SINGLE { all.div_ceil(dots.max(1)) } else { 1 };
        let found = scores
            .rows()
            .zip(self.gathered.numbers.iter())
            .filter(|(row, _)| wanted(row))
            .step_by(every)
            .map(|(row, number)| {
                let article = scores.articles.name(row.article).to_string();
                Observation {
                    actor_id: scores.actors.name(row.actor).to_string(),
                    actor: scores.title(row.actor).to_string(),
                    axis: scores.axes.name(row.axis).to_string(),
                    statement: format!("{article}#{number}"),
                    article,
                    cluster: None,
                    source: None,
                    from: row.from,
                    to: row.to,
                    value: row.value,
                    hits: row.hits as usize,
                    poles: (row.poles.0 as usize, row.poles.1 as usize),
                }
            })
            .collect();
        (found, every)
    }

    /// What a chart of everybody says of those who are in the tables only.
    pub fn undrawn(&self) -> String {
        match self.actors().iter().filter(|(id, name)| described(id, name)).count() {
            0 => String::new(),
            1 => "; one speaker without a name is in the tables only".into(),
            more => format!("; {more} speakers without a name are in the tables only"),
        }
    }
}

/// "Integration or sovereignty?"
fn title(axis: &Axis) -> String {
    let mut letters = axis.positive.chars();
    let first: String = letters.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
    format!("{}: {first}{} or {}?", axis.name, letters.as_str(), axis.negative)
}

/// The size of charts in the page: about that of its column, so that their
/// text is not made smaller.
const PAGE: (u32, u32) = (1120, 660);
/// Single statements in a chart of the page: each is an element to be clicked, and
/// a page of tens of thousands of elements opens slowly.
const PAGE_DOTS: usize = 1000;
/// Single statements in a file.
pub const DOTS: usize = 3000;

/// The charts as the page shows them: light and dark.
pub fn pictures(material: &Material) -> Result<Vec<Picture>> {
    let look = |theme| Look { theme, size: PAGE, ..Look::default() };
    let light = charts(material, &look(Theme::Light), PAGE_DOTS)?;
    let dark = charts(material, &look(Theme::Dark), PAGE_DOTS)?;
    Ok(light
        .into_iter()
        .zip(dark)
        .map(|((name, light), (_, dark))| {
            let (title, summary) = heading(&name);
            Picture {
                id: name,
                title: title.into(),
                summary: summary.into(),
                size: (light.width, light.height),
                spots: light.marks.iter().map(spot).collect(),
                light: light.svg,
                dark: dark.svg,
            }
        })
        .collect())
}

fn spot(mark: &Mark) -> Spot {
    Spot { x: mark.x, y: mark.y, radius: mark.radius, key: mark.key.clone(), title: mark.title.clone() }
}

/// Heading of a chart in the page, and what it shows for those who cannot see
/// it.
fn heading(name: &str) -> (&'static str, &'static str) {
    match name {
        "position" => {
            ("Position over time", "Means per period with intervals, a smooth line, single statements")
        }
        "position-all" => ("Everybody", "The same for each speaker in a small frame, on the same scales"),
        "shift" => ("Before and after", "Means in the two windows, with the interval of each change"),
        "heatmap" => {
            ("Speakers and periods", "Means as colours from pole to pole, empty where nothing was said")
        }
        "terms" => ("Terms that moved", "What single terms contributed in each window"),
        _ => ("Both axes", "Means on both axes at once, joined in order of time"),
    }
}

#[cfg(test)]
mod tests {
    use crate::project::charts::described;

    #[test]
    fn a_description_is_no_name() {
        for words in ["its president", "officials", "Foreign Ministry spokesman", "пресс-секретарь", ""]
        {
            assert!(described(words, words), "{words}");
        }
        for name in ["Ann Lind", "Нина Корчак", "Charles de Gaulle", "李克强", "Kremlin"] {
            assert!(!described(name, name), "{name}");
        }
        // On the roster any name will do.
        assert!(!described("author", "the author"));
    }
}
