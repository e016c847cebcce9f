//! Scored statements as columns, which aggregation works on. Names are stored once and referred to by
//! number, and what the rows of an article share is stored once, so that ten million scored statements
//! take a third of a gigabyte.

use crate::model::scored::blocks::Blocks;
use crate::model::scored::trend::Observation;
use crate::model::statement::middle;
use chrono::{Days, NaiveDate};
use std::collections::HashMap;
use std::sync::Arc;

/// Names by number, each stored once.
#[derive(Debug, Clone, Default)]
pub struct NameTable {
    numbers: HashMap<Arc<str>, u32>,
    names: Vec<Arc<str>>,
}

impl NameTable {
    /// The number of a name; a new one gets the next.
    pub fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.names.len() as u32;
        let name: Arc<str> = name.into();
        self.names.push(name.clone());
        self.numbers.insert(name, number);
        number
    }

    /// The name of a number given by [`NameTable::number`].
    pub fn name(&self, number: u32) -> &str {
        self.names.get(number as usize).map_or("", |name| name)
    }

    /// Number of names.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

/// One row of [`Scores`], names as numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScoredRow {
    /// Number of the actor's id.
    pub actor: u32,
    /// Number of the axis.
    pub axis: u32,
    /// Number of the article.
    pub article: u32,
    /// Number of the article that is resampled: its own, or the one that it repeats.
    pub cluster: u32,
    /// Number of the source; [`Scores::NO_SOURCE`] when unknown.
    pub source: u32,
    /// First day on which it can have been said.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// The score.
    pub value: f64,
    /// Hits behind it.
    pub hits: u32,
    /// Hits that speak for the positive and for the negative pole.
    pub poles: (u32, u32),
}

impl ScoredRow {
    /// The day in the middle of the interval: the statement's place in time.
    pub fn day(&self) -> NaiveDate {
        middle(self.from, self.to)
    }
}

/// Scored statements, one row per statement and axis.
#[derive(Debug, Clone, Default)]
pub struct Scores {
    /// Ids of actors.
    pub actors: NameTable,
    /// Ids of axes.
    pub axes: NameTable,
    /// Ids of articles.
    pub articles: NameTable,
    /// Names of sources.
    pub sources: NameTable,
    /// The display name by the number of the actor's id; the alphabetically first one where rows disagree,
    /// so that the order of rows does not matter.
    titles: Vec<Arc<str>>,
    /// What neighbouring rows share, once for each change.
    origins: Blocks<Origin>,
    rows: Blocks<Packed>,
    /// The last days that do not fit into a row, by number of the row.
    late: HashMap<usize, NaiveDate>,
}

/// The article, cluster and source of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Origin {
    article: u32,
    cluster: u32,
    source: u32,
}

/// A row packed into 32 bytes.
#[derive(Debug, Clone, Copy)]
struct Packed {
    value: f64,
    actor: u32,
    /// Number of its [`Origin`].
    origin: u32,
    from: NaiveDate,
    hits: u32,
    /// Days from the first to the last; [`LATE`] if the last day is in [`Scores::late`].
    days: u16,
    positive: u16,
    negative: u16,
    axis: u16,
}

/// Marks intervals of this many days or more, and those whose last day is before the first.
const LATE: u16 = u16::MAX;

impl Scores {
    /// The number of an unknown source.
    pub const NO_SOURCE: u32 = u32::MAX;

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds a scored statement.
    pub fn push(&mut self, seen: &Observation) {
        let actor = self.actor(&seen.actor_id, &seen.actor);
        let article = self.articles.number(&seen.article);
        let cluster = match &seen.cluster {
            Some(cluster) => self.articles.number(cluster),
            None => article,
        };
        let axis = self.axes.number(&seen.axis);
        let source = seen.source.as_deref().map_or(Scores::NO_SOURCE, |source| self.sources.number(source));
        self.add(ScoredRow {
            actor,
            axis,
            article,
            cluster,
            source,
            from: seen.from,
            to: seen.to,
            value: seen.value,
            hits: seen.hits as u32,
            poles: (seen.poles.0 as u32, seen.poles.1 as u32),
        });
    }

    /// The number of an actor, whose display name is noted.
    pub fn actor(&mut self, id: &str, title: &str) -> u32 {
        let number = self.actors.number(id);
        match self.titles.get_mut(number as usize) {
            Some(known) if title < &**known => *known = title.into(),
            Some(_) => {}
            None => self.titles.push(title.into()),
        }
        number
    }

    /// Adds a row whose names are numbers of this table.
    pub fn add(&mut self, row: ScoredRow) {
        let origin = Origin { article: row.article, cluster: row.cluster, source: row.source };
        if self.origins.last() != Some(origin) {
            self.origins.push(origin);
        }
        let days = u16::try_from((row.to - row.from).num_days()).unwrap_or(LATE);
        if days == LATE {
            self.late.insert(self.rows.len(), row.to);
        }
        self.rows.push(Packed {
            value: row.value,
            actor: row.actor,
            origin: self.origins.len() as u32 - 1,
            from: row.from,
            hits: row.hits,
            days,
            positive: row.poles.0.min(u32::from(u16::MAX)) as u16,
            negative: row.poles.1.min(u32::from(u16::MAX)) as u16,
            axis: row.axis as u16,
        });
    }

    /// The display name of an actor.
    pub fn title(&self, actor: u32) -> &str {
        self.titles.get(actor as usize).map_or("", |title| title)
    }

    /// A row.
    pub fn row(&self, index: usize) -> ScoredRow {
        let row = self.rows[index];
        let Origin { article, cluster, source } = self.origins[row.origin as usize];
        let to = match row.days {
            0 => Some(row.from),
            LATE => self.late.get(&index).copied(),
            days => row.from.checked_add_days(Days::new(days.into())),
        };
        ScoredRow {
            actor: row.actor,
            axis: u32::from(row.axis),
            article,
            cluster,
            source,
            from: row.from,
            to: to.unwrap_or(row.from),
            value: row.value,
            hits: row.hits,
            poles: (u32::from(row.positive), u32::from(row.negative)),
        }
    }

    /// All rows in the order of their addition.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = ScoredRow> + '_ {
        (0..self.rows.len()).map(|index| self.row(index))
    }
}

impl<'a> FromIterator<&'a Observation> for Scores {
    fn from_iter<I: IntoIterator<Item = &'a Observation>>(all: I) -> Self {
        let mut scores = Scores::default();
        for seen in all {
            scores.push(seen);
        }
        scores
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row() -> impl Strategy<Value = ScoredRow> {
        let names = (0..3u32, 0..3u32, 0..2u32, 0..3u32, prop_oneof![0..2u32, Just(Scores::NO_SOURCE)]);
        // Also days in the wrong order, and centuries.
        let days = (-800_000..800_000i32, prop_oneof![Just(0i32), -3..400i32, 65_530..65_540i32]);
        (names, days, -1.0..1.0f64, any::<u32>(), any::<(u16, u16)>()).prop_map(
            |((actor, axis, article, cluster, source), (first, length), value, hits, poles)| {
                let day = |day| NaiveDate::from_num_days_from_ce_opt(day).unwrap();
                let (from, to) = (day(first), day(first + length));
                let poles = (poles.0.into(), poles.1.into());
                ScoredRow { actor, axis, article, cluster, source, from, to, value, hits, poles }
            },
        )
    }

    proptest! {
        #[test]
        fn rows_come_back_as_they_were_put_in(rows in prop::collection::vec(row(), 0..60)) {
            let mut scores = Scores::default();
            rows.iter().for_each(|row| scores.add(*row));
            prop_assert_eq!(scores.len(), rows.len());
            prop_assert_eq!(scores.rows().collect::<Vec<_>>(), rows);
        }
    }

    #[test]
    fn a_row_takes_32_bytes() {
        assert_eq!(size_of::<Packed>(), 32);
    }
}
