//! Statements that no period can hold, because they are dated more coarsely than a period is
//! long. They are named in `skipped.csv`.

use crate::aggregate::periods;
use crate::model::{Period, Scores, Skipped};
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// A row of `skipped.csv` for what an actor said in an article on days that are
/// more than a period has, sorted by article.
pub fn too_coarse(scores: &Scores, period: Period) -> Vec<Skipped> {
    let mut found: BTreeMap<(&str, &str, NaiveDate, NaiveDate), BTreeSet<&str>> = BTreeMap::new();
    for row in scores.rows() {
        if periods::of_days(row.from, row.to, period).is_none() {
            let key = (scores.articles.name(row.article), scores.title(row.actor), row.from, row.to);
            found.entry(key).or_default().insert(scores.axes.name(row.axis));
        }
    }
    let row = |((article, actor, from, to), axes): ((&str, &str, _, _), BTreeSet<&str>)| {
        let axes: Vec<&str> = axes.into_iter().collect();
        let detail = format!(
            "{actor}, said in {}: dated more coarsely than a {} and therefore in no row of trend.csv ({}); choose longer periods with --period",
            days(from, to),
            period.as_str(),
            axes.join(", ")
        );
        Skipped::new(article, "coarse_date", detail)
    };
    found.into_iter().map(row).collect()
}

/// "2019", or the first and the last day.
fn days(from: NaiveDate, to: NaiveDate) -> String {
    let whole_year = (from.ordinal(), to.month(), to.day()) == (1, 12, 31) && from.year() == to.year();
    if whole_year { from.year().to_string() } else { format!("{from} to {to}") }
}
