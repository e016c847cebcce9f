//! The table `skipped`: what could not be used, and why.

use crate::model::Skipped;
use crate::report::tables::schema::Schema;

/// The columns of `skipped`.
pub fn schema() -> Schema<Skipped> {
    Schema::<Skipped>::new("skipped", "A row is something that could not be used.")
        .text(
            "path",
            "file, with line where it is one; for coarse_date the id of the article",
            "text",
            "never",
            |skipped| &skipped.path,
        )
        .text(
            "reason",
            "a short stable word; coarse_date: a statement is dated more coarsely than the \
             periods are long and stands in no row of trend.csv",
            "text",
            "never",
            |skipped| &skipped.reason,
        )
        .text("detail", "what was found and what to do", "text", "never", |skipped| &skipped.detail)
}
