//! What the charts are made from: scores, analysis and the options of drawing.

use crate::model::{
    Analysis, Axis, Blocks, Observation, Period, ScoredRow, Scores, TermShift, TrendPoint, Window, counted,
};
use crate::report::discover::is_name;
use std::collections::BTreeMap;

/// Id and name of an actor.
pub type Actor = (String, String);

/// What terms contributed to an actor (by number) in two windows with these numbers of statements.
pub type TermShifts<'a> = &'a dyn Fn(u32, (&Window, &Window), [usize; 2]) -> Vec<TermShift>;

/// What charts are made from.
#[derive(Clone, Copy)]
pub struct ChartInput<'a> {
    /// The axis that is drawn.
    pub axis: &'a Axis,
    /// Ids of the actors to draw, most important first; "all" for everybody with a name; empty for
    /// the four with most statements.
    pub draw: &'a [String],
    /// Everything that was computed; means of single sources are not drawn.
    pub analysis: &'a Analysis,
    /// Points of the analysis over all sources.
    pub points: &'a [TrendPoint],
    /// Scores of single statements.
    pub scores: &'a Scores,
    /// For each row of `scores` the number of the statement in its article; None where it is not
    /// known, and no dot leads to a statement.
    pub numbers: Option<&'a Blocks<u32>>,
    /// What terms contributed; None where hits are not known.
    pub term_shifts: Option<TermShifts<'a>>,
    /// All axes, derived ones included.
    pub axes: &'a [Axis],
    /// The factors of other axes in the drawn one; itself with 1 if it is not derived.
    pub formula: &'a BTreeMap<String, f64>,
    /// The windows that are compared.
    pub windows: &'a [(Window, Window)],
    /// Beginning of captions: where the texts are from, as a sentence with a blank after it.
    pub source: &'a str,
    /// Number of articles that were read, where it is known.
    pub articles_read: Option<usize>,
    /// How statements were scored, for captions, with "; " before it; may be empty.
    pub method: &'a str,
    /// Maximum number of single statements in a chart over time.
    pub dots: usize,
}

/// Maximum number of single statements in a chart file.
pub const DOTS: usize = 3000;
/// More single statements than this are thinned out before a chart gets them.
const MOST_SINGLE: usize = 30_000;
/// Maximum number of actors in one frame.
const TOGETHER: usize = 4;

/// How many statements of how many articles a chart rests on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Basis {
    /// Number of statements.
    pub statements: usize,
    /// Number of articles.
    pub articles: usize,
}

/// False for somebody who is known by a description only ("its president"), which may mean another
/// person in every article: off the roster, where id and name are the same, and not a name by its
/// capitals. Tables keep such speakers; charts draw them only when they are asked for by id.
pub fn is_named(id: &str, name: &str) -> bool {
    id != name || is_name(name)
}

/// Everybody with a score on an axis, most statements first.
pub fn actors(points: &[TrendPoint], axis: &Axis) -> Vec<Actor> {
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

/// A window as people write it: "2003–2013" for "2003..2013".
pub fn window_label(window: &str) -> String {
    let years = window.split("..").all(|end| end.len() <= 4);
    window.replace("..", if years { "–" } else { " – " })
}

impl ChartInput<'_> {
    /// Everybody with a score on the axis, most statements first.
    pub fn actors(&self) -> Vec<Actor> {
        actors(self.points, self.axis)
    }

    /// Everybody with a name.
    pub fn everybody(&self) -> Vec<Actor> {
        self.actors().into_iter().filter(|(id, name)| is_named(id, name)).collect()
    }

    /// True if everybody is to be drawn.
    pub fn all_asked(&self) -> bool {
        matches!(self.draw, [all] if all == "all")
    }

    /// The actors of the first chart: those who were asked for, or the four with most statements.
    pub fn chosen(&self) -> Vec<Actor> {
        if self.draw.is_empty() {
            return self.everybody().into_iter().take(TOGETHER).collect();
        }
        if self.all_asked() {
            return self.everybody();
        }
        let all = self.actors();
        self.draw.iter().filter_map(|id| all.iter().find(|(known, _)| known == id)).cloned().collect()
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
        let articles = match self.articles_read {
            Some(read) => format!("{} of {}", basis.articles, counted(read, "article")),
            None => counted(basis.articles, "article"),
        };
        let statements = counted(basis.statements, "statement");
        format!("{}n = {statements} in {articles}{}{more}.", self.source, self.method)
    }

    /// True if a scored statement is on this axis.
    pub fn on(&self, row: &ScoredRow, axis: &Axis) -> bool {
        self.scores.axes.name(row.axis) == axis.id
    }

    /// True if a scored statement is of this actor.
    pub fn by(&self, row: &ScoredRow, actor: &str) -> bool {
        self.scores.actors.name(row.actor) == actor
    }

    /// Number of scored statements of a kind and of their articles.
    pub fn basis(&self, wanted: impl Fn(&ScoredRow) -> bool) -> Basis {
        let scores = self.scores;
        let mut articles = vec![false; scores.articles.len()];
        let mut statements = 0;
        for row in scores.rows().filter(|row| wanted(row)) {
            statements += 1;
            articles[row.article as usize] = true;
        }
        Basis { statements, articles: articles.into_iter().filter(|seen| *seen).count() }
    }

    /// For every actor, by number, whether `wanted` holds for its id.
    pub fn numbers(&self, wanted: impl Fn(&str) -> bool) -> Vec<bool> {
        let names = &self.scores.actors;
        (0..names.len() as u32).map(|actor| wanted(names.name(actor))).collect()
    }

    /// Scored statements of a kind. Where there are too many to be handed to a chart it is one in
    /// `n` of them, `dots` at most; `n` is the second value.
    pub fn observations(&self, wanted: impl Fn(&ScoredRow) -> bool) -> (Vec<Observation>, usize) {
        let scores = self.scores;
        let all = scores.rows().filter(|row| wanted(row)).count();
        let every = if all > MOST_SINGLE { all.div_ceil(self.dots.max(1)) } else { 1 };
        let found = scores
            .rows()
            .zip(self.numbers.into_iter().flat_map(Blocks::iter).chain(std::iter::repeat(0)))
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

    /// Note about speakers who are in the tables only.
    pub fn undrawn(&self) -> String {
        match self.actors().iter().filter(|(id, name)| !is_named(id, name)).count() {
            0 => String::new(),
            1 => "; one speaker without a name is in the tables only".into(),
            more => format!("; {more} speakers without a name are in the tables only"),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::report::charts::data::input::is_named;

    #[test]
    fn a_description_is_not_a_name() {
        for words in ["its president", "officials", "Foreign Ministry spokesman", "пресс-секретарь", ""]
        {
            assert!(!is_named(words, words), "{words}");
        }
        for name in ["Ann Lind", "Нина Корчак", "Charles de Gaulle", "李克强", "Kremlin"] {
            assert!(is_named(name, name), "{name}");
        }
        // On the roster any name will do.
        assert!(is_named("author", "the author"));
    }
}
