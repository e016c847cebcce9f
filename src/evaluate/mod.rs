//! How well scores agree with hand coding: Krippendorff's alpha, classes by sign, order and
//! distance, cell means, their intervals, the worst disagreements, and which statements
//! people should code.
//!
//! **Statements without a score.** Absent is not zero. Coverage is reported, and
//! each measure is given twice: over the statements with a score (how good are
//! the numbers that there are?) and over all, with an absent score read as
//! "nothing found for either pole" (how good is the program on a text?). The second
//! says so in its name. In alpha an absent score is a missing value.

pub(crate) mod alpha;
pub(crate) mod cell_means;
pub(crate) mod classes;
pub(crate) mod coded_statement;
pub(crate) mod distance;
pub(crate) mod measures;
pub(crate) mod sample;

pub use crate::evaluate::alpha::{Alpha, Level, alpha, alpha_interval};
pub use crate::evaluate::cell_means::period;
pub use crate::evaluate::classes::{CODE_BAR, Class, Confusion, Found, SCORE_BAR};
pub use crate::evaluate::coded_statement::{CodedStatement, Resampling};
pub use crate::evaluate::distance::mean_absolute_error;
pub use crate::evaluate::measures::{Measures, NAMES};
pub use crate::evaluate::sample::{Allocation, Drawn, default_size, stratified};

use crate::evaluate::measures::measures;
use crate::stats::draws::Key;
use crate::stats::interval::Interval;
use std::collections::BTreeMap;

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

/// The group of a statement; None if it is in none.
type GroupOf = fn(&CodedStatement) -> Option<String>;

/// Agreement overall, then by language, form, number of words, actor and period
/// where they are known, in the order of their names; with intervals if
/// resampling is asked for.
pub fn agreement(items: &[CodedStatement], resampling: Option<Resampling>) -> Vec<Agreement> {
    let mut groups: Vec<(&str, String, Vec<&CodedStatement>)> =
        vec![("all", "all".to_string(), items.iter().collect())];
    let by: [(&str, GroupOf); 5] = [
        ("language", |item| item.language.clone()),
        ("form", |item| item.form.clone()),
        ("words", |item| item.words.map(length)),
        ("actor", |item| item.actor.clone()),
        ("period", |item| item.year.map(period)),
    ];
    for (name, of) in by {
        let mut parts: BTreeMap<String, Vec<&CodedStatement>> = BTreeMap::new();
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
                measures(&items, absent, &[group, &value, footing], resampling)
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
pub fn coders_alpha(items: &[CodedStatement], level: Level, with_program: bool) -> Alpha {
    alpha(&units(items, level, with_program), level)
}

/// Its 95 % interval by resampling statements.
pub fn coders_alpha_interval(
    items: &[CodedStatement],
    level: Level,
    with_program: bool,
    resampling: Resampling,
) -> Option<Interval> {
    let with = if with_program { "with the program" } else { "coders" };
    let key = Key::new(resampling.seed, &["alpha", level.as_str(), with]);
    alpha_interval(&units(items, level, with_program), level, key, resampling.replicates)
}

/// What was given to each statement, as the level asks for it.
fn units(items: &[CodedStatement], level: Level, with_program: bool) -> Vec<Vec<f64>> {
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
pub fn worst(items: &[CodedStatement]) -> Vec<&CodedStatement> {
    let mut sorted: Vec<(f64, &CodedStatement)> =
        items.iter().filter_map(|item| Some((item.distance()?, item))).collect();
    sorted.sort_by(|one, two| two.0.total_cmp(&one.0).then_with(|| one.1.id.cmp(&two.1.id)));
    sorted.into_iter().map(|(_, item)| item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(id: &str, codes: &[f64], score: Option<f64>) -> CodedStatement {
        let codes = codes.iter().map(|code| Some(*code)).collect();
        CodedStatement { id: id.into(), codes, score, ..CodedStatement::default() }
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
