//! Streams articles from the inputs through some work. Results come in the order of the inputs,
//! and only the batches that are being worked on are in memory.

use crate::error::Result;
use crate::ingest;
use crate::ingest::{IdAllocator, Item, Notes, Options};
use crate::model::{Article, InputFile, Skipped};
use crate::pipeline;
use crate::pipeline::WorkStages;

/// What came in beside the articles of a piece.
#[derive(Debug, Default)]
pub struct Beside {
    /// How many articles there were.
    pub articles: usize,
    /// What could not be used, or only in part.
    pub skipped: Vec<Skipped>,
    /// By reason, what is summed up in rows of `skipped` beside the one that the row counts.
    pub summed: Vec<(String, usize)>,
    /// Files that were read to their end.
    pub files: Vec<InputFile>,
}

/// Does `work` to the articles of each piece of the inputs, on all threads, and
/// hands the results to `sink` in the order of the inputs. No article at all is an
/// error.
pub fn stream<R: Send>(
    inputs: &[String],
    options: &Options,
    work: impl Fn(Vec<Article>) -> R + Sync,
    mut sink: impl FnMut(Beside, R) -> Result<()> + Send,
) -> Result<()> {
    let mut door = ingest::prefetch(ingest::open(inputs, options)?);
    let mut ids = IdAllocator::default();
    let mut notes = Notes::default();
    let mut articles = 0;
    let mut first: Option<Skipped> = None;
    let steps = WorkStages {
        next: || door.next(),
        prepare: |piece: Result<ingest::WorkItem>| piece.map(|piece| piece.read(options)),
        admit: |items: &mut Result<Vec<Item>>| {
            if let Ok(items) = items {
                notes.limit(items);
            }
            for item in items.iter_mut().flatten() {
                if let Item::Article(article) = item {
                    ids.assign(article);
                }
            }
        },
        work: |items: Result<Vec<Item>>| {
            let mut beside = Beside::default();
            let mut found = Vec::new();
            for item in items? {
                match item {
                    Item::Article(article) => found.push(article),
                    Item::Skipped(skipped) => beside.skipped.push(skipped),
                    Item::File(file) => beside.files.push(file),
                    Item::FurtherNotes(more) => {
                        beside.skipped.push(more.row());
                        beside.summed.push((more.reason, more.count - 1));
                    }
                    Item::Statement(_) | Item::End(_) => {}
                }
            }
            beside.articles = found.len();
            Ok((beside, work(found)))
        },
        sink: |done: Result<(Beside, R)>| {
            let (beside, result) = done?;
            articles += beside.articles;
            if first.is_none() {
                first = beside.skipped.first().cloned();
            }
            sink(beside, result)
        },
    };
    pipeline::in_order(pipeline::threads(), steps)?;
    if articles == 0 {
        return Err(ingest::no_articles(inputs, first.as_ref()));
    }
    Ok(())
}
