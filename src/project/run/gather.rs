//! What `stance run` keeps of the rows that stream by: it marks copies and adds up, in the order
//! of the inputs. Rows are written and dropped. Kept are 36 bytes for each score, about 52 for
//! each statement that a later one may repeat, counts of speakers and terms, and a bounded choice
//! of statements for the page.

use crate::aggregate::{Duplicates, PooledEvidence, Signature, TermUses};
use crate::error::{Error, Result};
use crate::ingest;
use crate::model::{Article, Axis, Blocks, Counting, Row, Scores, Skipped, word_count};
use crate::pipeline;
use crate::project::resources::load::Loaded;
use crate::project::reuse::run_key::Taken;
use crate::project::run::page;
use crate::project::run::pooled;
use crate::project::run_counts::Tally;
use crate::project::stream::Beside;
use crate::project::tables;
use crate::project::tables::{Batch, Encoders, Statements};
use crate::report;
use crate::report::page::{Evidence, Skips};
use crate::report::{Bodies, Place, Speakers, Table};
use std::collections::BTreeSet;

/// What is left of all rows.
pub struct Gathered {
    /// Statements that count in trends.
    pub scores: Scores,
    /// For each row of `scores` the number of the statement in its article.
    pub numbers: Blocks<u32>,
    /// What terms contributed to the main axis.
    pub terms: TermUses,
    /// For the scales of counts.
    pub pooled: Option<PooledEvidence>,
    /// For the page.
    pub evidence: Evidence,
    /// Inputs that could not be used.
    pub skips: Skips,
    /// The table of these, to which the analysis may add.
    pub notes: Table<Skipped>,
    /// Counts.
    pub tally: Tally,
    /// Who printed the articles.
    pub sources: BTreeSet<String>,
    /// The files that were read, sorted by path, and those of which less was read.
    pub taken: Taken,
}

impl Gathered {
    /// Who printed the articles, for captions: a sentence with a blank after it, or nothing.
    pub fn source_note(&self) -> String {
        match self.sources.len() {
            0 => String::new(),
            1..=4 => format!("Source: {}. ", self.sources.iter().cloned().collect::<Vec<_>>().join(", ")),
            more => format!("{more} sources. "),
        }
    }
}

/// How rows are gathered.
pub struct Gathering<'a> {
    /// What counts in trends, and by which day.
    pub counting: Counting,
    /// All axes, derived ones included.
    pub axes: &'a [Axis],
    pub loaded: &'a Loaded,
}

/// What is added to row by row.
struct Keeping<'a> {
    how: &'a Gathering<'a>,
    main: Option<Axis>,
    gathered: Gathered,
}

/// Articles with their rows and what was done to them alone.
struct Worked {
    read: Vec<(Article, Vec<Row>)>,
    /// One for each row.
    signatures: Vec<Option<Signature>>,
    batch: Batch,
}

/// Reads all articles of some inputs, writes the tables of statements, hits, copies,
/// speakers and inputs, and keeps what the rest of the run needs.
pub fn gather(
    how: &Gathering,
    inputs: &[String],
    options: &ingest::Options,
    place: &Place,
    progress: &(dyn Fn(usize) + Sync),
) -> Result<Gathered> {
    let Gathering { axes, loaded, .. } = *how;
    let failed = |cause: std::io::Error| {
        let place = place.folder.display().to_string();
        Error::run(place, "a temporary file cannot be used", "check the disk").because(cause)
    };
    let mut out = Statements::in_folder(place, axes)?;
    let mut copies = place.table(report::duplicates_schema())?;
    let mut bodies = Bodies::begin(&place.folder);
    let mut speakers = Speakers::default();
    let mut seen = Duplicates::on_disk(tempfile::tempfile_in(&place.folder).map_err(failed)?);
    let mut keeping = Keeping::new(how, place.table(report::skipped_schema())?);
    let work = |encoders: &Encoders, articles: Vec<Article>| {
        let read: Vec<(Article, Vec<Row>)> = articles
            .into_iter()
            .map(|article| {
                let rows = pipeline::cached_rows(&article, &loaded.resources, loaded.cache.as_ref());
                (article, rows)
            })
            .collect();
        let signatures = read.iter().flat_map(|(_, rows)| rows).map(Signature::of).collect();
        let batch = encoders.batch(&read);
        Worked { read, signatures, batch }
    };
    let order = |encoders: &Encoders, beside: Beside, worked: Worked| {
        let Worked { mut read, signatures, mut batch } = worked;
        let mut marked = 0;
        for (row, signature) in read.iter_mut().flat_map(|(_, rows)| rows).zip(&signatures) {
            let Some(signature) = signature else { continue };
            if let Some(duplicate) = seen.look(row, signature).map_err(failed)? {
                copies.row(&duplicate)?;
                row.duplicate_of = Some(duplicate.original);
                marked += 1;
            }
        }
        if marked > 0 {
            encoders.statements(&read, &mut batch);
            batch.tally.duplicates(marked);
        }
        bodies.add(&batch.bodies)?;
        speakers.merge(&batch.speakers);
        keeping.beside(beside)?;
        keeping.gathered.tally.merge(&batch.tally);
        for (article, rows) in &read {
            keeping.article(article);
            rows.iter().for_each(|row| keeping.row(row, article, loaded));
        }
        Ok(batch)
    };
    out.stream_through(inputs, options, progress, work, order)?;
    let mut gathered = keeping.gathered;
    gathered.taken.files.sort_by(|one, two| one.path.cmp(&two.path));
    out.finish()?;
    copies.finish()?;
    bodies.finish()?;
    place.write(report::inputs_schema(), &gathered.taken.files)?;
    speakers.actors_table(place)?;
    speakers.unlisted_table(place)?;
    Ok(gathered)
}

impl<'a> Keeping<'a> {
    fn new(how: &'a Gathering<'a>, notes: Table<Skipped>) -> Self {
        let loaded = how.loaded;
        let main = tables::main_axis(loaded);
        let formula = main.as_ref().map(|axis| tables::formula(loaded, axis));
        let gathered = Gathered {
            scores: Scores::default(),
            numbers: Blocks::default(),
            terms: TermUses::new(formula.unwrap_or_default()),
            pooled: pooled::scale(loaded.resources.scale, loaded.resources.method).map(PooledEvidence::new),
            evidence: page::evidence(loaded, how.counting),
            skips: Skips::default(),
            notes,
            tally: Tally::default(),
            sources: BTreeSet::new(),
            taken: Taken::default(),
        };
        Keeping { how, main, gathered }
    }

    fn beside(&mut self, beside: Beside) -> Result<()> {
        self.gathered.tally.articles(beside.articles);
        self.gathered.taken.files.extend(beside.files);
        for skipped in beside.skipped {
            self.gathered.notes.row(&skipped)?;
            self.gathered.tally.skip(&skipped);
            self.gathered.taken.skip(&skipped);
            self.gathered.skips.take(skipped);
        }
        for (reason, count) in beside.summed {
            self.gathered.tally.skip_more(&reason, count);
            self.gathered.skips.take_more(reason, count);
        }
        Ok(())
    }

    fn article(&mut self, article: &Article) {
        if let Some(source) =
            article.source.as_ref().filter(|source| !self.gathered.sources.contains(*source))
        {
            self.gathered.sources.insert(source.clone());
        }
    }

    fn row(&mut self, row: &Row, article: &Article, loaded: &Loaded) {
        let gathered = &mut self.gathered;
        gathered.evidence.take(row, article, &|| page::accounts(row, &loaded.resources));
        for axis in self.how.axes {
            let Some(seen) = self.how.counting.observation(row, axis) else { continue };
            gathered.scores.push(&seen);
            if let Some(pooled) = &mut gathered.pooled {
                pooled.add_hits(pooled::hit_weights(row, axis, &loaded.resources));
            }
            let number = row.id.rsplit_once('#').and_then(|(_, number)| number.parse().ok());
            gathered.numbers.push(number.unwrap_or(0));
            if self.main.as_ref().is_some_and(|main| main.id == axis.id) {
                let actor = gathered.scores.actor(&seen.actor_id, &seen.actor);
                gathered.terms.add(row, actor, seen.day());
            }
        }
        let days = self.how.counting.days(row).filter(|_| self.how.counting.counts_row(row));
        if let Some((pooled, days)) = gathered.pooled.as_mut().zip(days) {
            pooled.add_words(row.voice().id, days, word_count(&row.text));
        }
    }
}
