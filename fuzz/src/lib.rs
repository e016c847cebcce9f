//! What the fuzz targets share: the stages as modules, resources read once,
//! and the laws that every input must keep.
//!
//! Lives here: laws. May not live here: anything a user runs.

#![allow(dead_code)]

// One inline module that names the folder, so that files inside find theirs.
#[path = "../../src"]
mod stages {
    pub mod attribute;
    pub mod cache;
    pub mod date;
    pub mod error;
    pub mod files;
    pub mod ingest;
    pub mod model;
    pub mod pipeline;
    pub mod score;
    pub mod segment;
    pub mod stats;
    #[path = "project/options/settings.rs"]
    pub mod settings;
}

pub use stages::{attribute, cache, date, error, files, ingest, model, pipeline, score, segment, settings, stats};

use model::{Article, DateBasis, Published, Row, Span};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A path of the repository.
pub fn repository(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(relative)
}

/// Everything an article is read with, read once.
pub fn resources() -> &'static pipeline::Resources {
    static READ: OnceLock<pipeline::Resources> = OnceLock::new();
    READ.get_or_init(|| {
        let folder = repository("lexicons/languages");
        let languages = ingest::languages(&folder).expect("languages");
        let roster = ingest::roster(&repository("data/actors/belarus-russia.toml"), &folder).expect("roster");
        let lexicons = ["integration-sovereignty", "sentiment"]
            .map(|name| ingest::lexicon(&repository("lexicons").join(name)).expect("lexicon"));
        pipeline::Resources::new(languages, &roster, lexicons.into(), score::Method::Compositional)
    })
}

/// Writes bytes into a file of this name and hands over its path.
pub fn with_file(name: &str, bytes: &[u8], read: impl FnOnce(&Path)) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("a file");
    read(&path);
}

/// Laws of every span: inside the text, on borders of characters.
fn lies_in(span: Span, body: &str, what: &str) {
    assert!(span.start <= span.end && span.end <= body.len(), "{what} {span:?} leaves the text");
    assert!(body.is_char_boundary(span.start) && body.is_char_boundary(span.end), "{what} {span:?} cuts a character");
}

fn keeps_the_laws(row: &Row, body: &str) {
    for span in &row.statement.content {
        lies_in(*span, body, "content");
    }
    for span in [row.statement.cue, row.statement.speaker.mention].into_iter().flatten() {
        lies_in(span, body, "cue or speaker");
    }
    if let Some(said) = &row.said {
        assert!(said.from <= said.to, "said from {} to {}", said.from, said.to);
    }
    for scored in &row.scored {
        for hit in &scored.hits {
            lies_in(hit.span, body, "hit");
            assert!(hit.contribution.is_finite(), "a hit is not finite");
        }
        for score in &scored.scores {
            if let Ok(value) = score.value {
                assert!((-1.0..=1.0).contains(&value), "score {value} of {}", score.axis);
            }
        }
    }
}

/// Processor time of this thread in seconds.
fn processor_time() -> f64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: writes into the value whose address it is given.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time) };
    time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
}

/// Processor time that a byte may take in the instrumented program, in seconds,
/// and what a text may take whatever its length. Prose takes a tenth of it.
const PER_BYTE: f64 = 60e-6;
const WHATEVER: f64 = 0.5;

/// Laws of a whole article: spans lie in the text, scores in [-1, 1], and no more
/// steps a byte than a limit.
pub fn chain(body: &str, language: &str) {
    let published = chrono::NaiveDate::from_ymd_opt(2019, 3, 1).expect("a day");
    let article = Article {
        id: "a".into(),
        place: "a.txt".into(),
        published: Some(Published::on(published, DateBasis::Metadata)),
        language: language.into(),
        body: body.into(),
        ..Article::default()
    };
    let resources = resources();
    let began = processor_time();
    pipeline::each_row(&article, resources, |row| keeps_the_laws(&row, body));
    let took = processor_time() - began;
    let limit = WHATEVER + PER_BYTE * body.len() as f64;
    assert!(took <= limit, "{took:.2} s for {} bytes", body.len());
}

/// Laws of a file of articles: excluded spans lie in the bodies, and each body is
/// read on to its scores.
pub fn articles(path: &Path, options: &ingest::Options) {
    let inputs = [path.display().to_string()];
    let Ok(read) = ingest::articles(&inputs, options) else { return };
    for article in &read.articles {
        for span in &article.excluded {
            lies_in(*span, &article.body, "excluded");
        }
        pipeline::each_row(article, resources(), |row| keeps_the_laws(&row, &article.body));
    }
}

/// The options of reading that a user has who gives none.
pub fn options() -> ingest::Options<'static> {
    ingest::Options::new(&resources().languages, None)
}

/// The first byte, which chooses, and the rest.
pub fn choice(bytes: &[u8], among: usize) -> Option<(usize, &[u8])> {
    bytes.split_first().map(|(first, rest)| (usize::from(*first) % among, rest))
}
