//! The names of the columns of our own `statements` table.

use std::collections::HashMap;

/// Id of the statement.
pub const STATEMENT_ID: &str = "statement_id";
/// Id of its article.
pub const ARTICLE_ID: &str = "article_id";
/// Publisher of the article.
pub const SOURCE: &str = "source";
/// First day of publication.
pub const PUBLISHED: &str = "published";
/// How exactly the publication is known.
pub const PUBLISHED_PRECISION: &str = "published_precision";
/// First day on which it can have been said.
pub const SAID_FROM: &str = "said_from";
/// Last day on which it can have been said.
pub const SAID_TO: &str = "said_to";
/// Id of the speaker in the roster.
pub const ACTOR_ID: &str = "actor_id";
/// Name of the speaker.
pub const ACTOR: &str = "actor";
/// How the words reach the reader.
pub const FORM: &str = "form";
/// First byte in the article.
pub const START: &str = "start";
/// Byte after the last one in the article.
pub const END: &str = "end";
/// Two-letter language code.
pub const LANGUAGE: &str = "language";
/// The words.
pub const TEXT: &str = "text";
/// Id of the statement of another article that it repeats.
pub const DUPLICATE_OF: &str = "duplicate_of";

/// The place of a column; exact spelling wins over the same name in another case.
pub fn find(header: &[String], name: &str) -> Option<usize> {
    let exact = header.iter().position(|column| column == name);
    exact.or_else(|| header.iter().position(|column| column.to_lowercase() == name.to_lowercase()))
}

/// The columns of an axis beside its score, by their places.
pub struct AxisColumns {
    /// Its id, which names the column of the score.
    pub id: String,
    /// The score.
    pub value: usize,
    /// Number of hits.
    pub hits: Option<usize>,
    /// Number of hits for the positive pole.
    pub positive: Option<usize>,
    /// Number of hits for the negative pole.
    pub negative: Option<usize>,
    /// Why there is no score.
    pub why_not: Option<usize>,
}

impl AxisColumns {
    /// The columns of the axis whose score is in the column `value`.
    pub fn at(header: &[String], value: usize) -> AxisColumns {
        AxisColumns::among(&places(header), header, value)
    }

    fn among(places: &HashMap<&str, usize>, header: &[String], value: usize) -> AxisColumns {
        let id = header.get(value).cloned().unwrap_or_default();
        let beside = |suffix: &str| places.get(format!("{id}_{suffix}").as_str()).copied();
        let [hits, positive, negative, why_not] = ["hits", "positive", "negative", "why_not"].map(beside);
        AxisColumns { id, value, hits, positive, negative, why_not }
    }

    /// All axes of a table: columns with their `_hits` beside them.
    pub fn all(header: &[String]) -> Vec<AxisColumns> {
        let places = places(header);
        let all = (0..header.len()).map(|value| AxisColumns::among(&places, header, value));
        all.filter(|axis| axis.hits.is_some()).collect()
    }

    /// The columns that are read.
    pub fn used(&self) -> impl Iterator<Item = usize> {
        let beside = [self.hits, self.positive, self.negative, self.why_not];
        std::iter::once(self.value).chain(beside.into_iter().flatten())
    }
}

fn places(header: &[String]) -> HashMap<&str, usize> {
    header.iter().enumerate().map(|(place, name)| (name.as_str(), place)).collect()
}
