//! Agreement of scores with hand coding.
//!
//! Lives here: Krippendorff's alpha, classes by sign, order and distance, cell
//! means, their intervals, the worst disagreements, and which statements people
//! should code. May not live here: reading codes or
//! printing results.
//!
//! **Statements without a score.** Absent is not zero. Coverage is reported, and
//! each measure is given twice: over the statements with a score (how good are
//! the numbers that there are?) and over all, with an absent score read as
//! "nothing found for either pole" (how good is the program on a text?). The second
//! says so in its name. In alpha an absent score is a missing value.

pub(crate) mod alpha;
pub(crate) mod cases;
pub(crate) mod cells;
pub(crate) mod classes;
pub(crate) mod distance;
pub(crate) mod draws;
pub(crate) mod sample;

pub use crate::evaluate::alpha::{Alpha, Level, alpha, alpha_interval};
pub use crate::evaluate::cases::{Measures, NAMES};
pub use crate::evaluate::cells::period;
pub use crate::evaluate::classes::{CODE_BAR, Class, Confusion, Found, SCORE_BAR};
pub use crate::evaluate::distance::{concordance, limits, mean, mean_absolute_error, pearson, spearman};
pub use crate::evaluate::draws::{Draws, Interval};
pub use crate::evaluate::sample::{Allocation, Drawn, stratified, usual_size};

use crate::evaluate::cases::measures;

use std::collections::BTreeMap;

/// A statement that coders and program judged.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Judged {
    /// Id of the statement.
    pub id: String,
    /// One entry a coder, divided by the scale, so in [-1, 1]; None where that
    /// coder gave none.
    pub codes: Vec<Option<f64>>,
    /// The program's score in [-1, 1]; None without evidence.
    pub score: Option<f64>,
    /// Two-letter code, if known.
    pub language: Option<String>,
    /// Who speaks, if known.
    pub actor: Option<String>,
    /// When, if known.
    pub year: Option<i32>,
    /// How the words reach the reader ("direct", "indirect"), if known.
    pub form: Option<String>,
    /// Number of words, if the text is known.
    pub words: Option<usize>,
}

impl Judged {
    /// The mean of the coders.
    pub fn code(&self) -> Option<f64> {
        mean(self.codes.iter().flatten().copied())
    }

    /// How far the program is from the coders; an absent score is as far as the
    /// code is from 0.
    pub fn distance(&self) -> f64 {
        self.code().map_or(0.0, |code| (code - self.score.unwrap_or(0.0)).abs())
    }
}

/// Agreement within a group of statements.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// What the group is by: "all", "language", "form", "words", "actor",
    /// "period".
    pub group: String,
    /// Which one: "en", "2015-2019"; "all" for all.
    pub value: String,
    /// Coded statements in it.
    pub coded: usize,
    /// Over statements with a score; `scored.statements / coded` is the
    /// coverage.
    pub scored: Measures,
    /// Over all statements, an absent score read as 0.
    pub all: Measures,
}

/// What a statement is grouped by; None keeps it out of the groups.
type Key = fn(&Judged) -> Option<String>;

/// How intervals are resampled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resampling {
    /// Start of all random numbers; the same seed gives the same digits.
    pub seed: u64,
    /// Replicates an interval.
    pub replicates: usize,
}

/// Agreement overall, then by language, form, number of words, actor and period
/// where they are known, in the order of their names; with intervals if
/// resampling is asked for.
pub fn agreement(items: &[Judged], resampling: Option<Resampling>) -> Vec<Agreement> {
    let mut groups: Vec<(&str, String, Vec<&Judged>)> =
        vec![("all", "all".to_string(), items.iter().collect())];
    let by: [(&str, Key); 5] = [
        ("language", |item| item.language.clone()),
        ("form", |item| item.form.clone()),
        ("words", |item| item.words.map(length)),
        ("actor", |item| item.actor.clone()),
        ("period", |item| item.year.map(period)),
    ];
    for (name, of) in by {
        let mut parts: BTreeMap<String, Vec<&Judged>> = BTreeMap::new();
        for item in items {
            if let Some(value) = of(item) {
                parts.entry(value).or_default().push(item);
            }
        }
        groups.extend(parts.into_iter().map(|(value, items)| (name, value, items)));
    }
    groups
        .into_iter()
        .map(|(group, value, items)| {
            let on = |absent: Option<f64>, footing: &str| {
                measures(&items, absent, &format!("{group}\u{1f}{value}\u{1f}{footing}"), resampling)
            };
            Agreement {
                group: group.to_string(),
                coded: items.iter().filter(|item| item.code().is_some()).count(),
                scored: on(None, "scored"),
                all: on(Some(0.0), "all"),
                value,
            }
        })
        .collect()
}

/// Words of a statement in classes, for groups: "1-10", "11-20", "21-40", "41+".
fn length(words: usize) -> String {
    match words {
        0..=10 => "1-10",
        11..=20 => "11-20",
        21..=40 => "21-40",
        _ => "41+",
    }
    .to_string()
}

/// Alpha at one level, between the coders alone or with the program as one more.
///
/// Nominal compares classes by sign. Ordinal compares codes; a score is first
/// moved to the nearest code that a coder used, for a fine score would differ
/// in rank from every code. Interval compares codes and scores as they are.
pub fn coders_alpha(items: &[Judged], level: Level, with_program: bool) -> Alpha {
    alpha(&units(items, level, with_program), level)
}

/// Its 95 % interval by resampling statements.
pub fn coders_alpha_interval(
    items: &[Judged],
    level: Level,
    with_program: bool,
    resampling: Resampling,
) -> Option<Interval> {
    let purpose = format!("alpha\u{1f}{}\u{1f}{with_program}", level.as_str());
    alpha_interval(&units(items, level, with_program), level, &purpose, resampling)
}

/// What was given to each statement, as the level asks for it.
fn units(items: &[Judged], level: Level, with_program: bool) -> Vec<Vec<f64>> {
    let mut used: Vec<f64> = items.iter().flat_map(|item| item.codes.iter().flatten()).copied().collect();
    used.sort_by(f64::total_cmp);
    used.dedup();
    let nearest = |score: f64| {
        let distance = |code: &f64| (code - score).abs();
        used.iter().copied().min_by(|one, two| distance(one).total_cmp(&distance(two))).unwrap_or(score)
    };
    let class = |value: f64, bar: f64| Class::of(value, bar) as usize as f64;
    items
        .iter()
        .map(|item| {
            let codes = item.codes.iter().flatten().map(|code| match level {
                Level::Nominal => class(*code, CODE_BAR),
                _ => *code,
            });
            let score = item.score.filter(|_| with_program).map(|score| match level {
                Level::Nominal => class(score, SCORE_BAR),
                Level::Ordinal => nearest(score),
                Level::Interval | Level::Ratio => score,
            });
            codes.chain(score).collect()
        })
        .collect()
}

/// The coded statements on which coders and program are furthest apart, furthest
/// first, then by id.
pub fn worst(items: &[Judged]) -> Vec<&Judged> {
    let mut sorted: Vec<&Judged> = items.iter().filter(|item| item.code().is_some()).collect();
    sorted.sort_by(|one, two| two.distance().total_cmp(&one.distance()).then_with(|| one.id.cmp(&two.id)));
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(id: &str, codes: &[f64], score: Option<f64>) -> Judged {
        let codes = codes.iter().map(|code| Some(*code)).collect();
        Judged { id: id.into(), codes, score, ..Judged::default() }
    }

    #[test]
    fn absent_scores_are_left_out_on_one_footing_and_zero_on_the_other() {
        let items = [
            item("a", &[1.0], Some(0.8)),
            item("b", &[-1.0], Some(-0.6)),
            item("c", &[0.0], Some(0.0)),
            item("d", &[1.0], None),
        ];
        let all = agreement(&items, None);
        assert_eq!(all.len(), 1, "no language, actor or year is known");
        assert_eq!((all[0].coded, all[0].scored.statements, all[0].all.statements), (4, 3, 4));
        assert_eq!(all[0].scored.estimate("spearman"), Some(1.0));
        assert!(all[0].all.estimate("spearman").unwrap() < 1.0);
        assert_eq!(all[0].scored.confusion.counts[2], [0, 0, 1, 1]);
        assert_eq!(all[0].all.confusion.counts[2], [0, 1, 1, 0]);
        let ids: Vec<&str> = worst(&items).iter().map(|item| item.id.as_str()).collect();
        assert_eq!(ids, ["d", "b", "a", "c"]);
    }

    #[test]
    fn groups_are_those_that_are_known() {
        let mut items = [item("a", &[1.0], Some(0.8)), item("b", &[-1.0], Some(-0.6))];
        items[0].form = Some("direct".into());
        items[0].words = Some(20);
        items[1].words = Some(41);
        let groups: Vec<String> =
            agreement(&items, None).iter().map(|group| format!("{} {}", group.group, group.value)).collect();
        assert_eq!(groups, ["all all", "form direct", "words 11-20", "words 41+"]);
    }

    #[test]
    fn the_program_is_one_more_coder() {
        let items = [
            item("a", &[1.0, 1.0], Some(0.9)),
            item("b", &[-1.0, -1.0], Some(-0.9)),
            item("c", &[0.5, 0.5], None),
        ];
        let between = coders_alpha(&items, Level::Ordinal, false);
        assert_eq!((between.value, between.units), (Some(1.0), 3));
        assert_eq!(coders_alpha(&items, Level::Ordinal, true).value, Some(1.0));
        let interval = coders_alpha(&items, Level::Interval, true).value.unwrap();
        assert!(interval < 1.0 && interval > 0.98, "{interval}");
        assert_eq!(coders_alpha(&[item("a", &[1.0], None)], Level::Nominal, true).units, 0);
    }
}
