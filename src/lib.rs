//! stancetrack reads dated news articles, finds who said what and when, and
//! measures how positions change over time.
//!
//! The straight line of the job, one module a stage; imports run downhill:
//!
//! | module | what it is for | imports |
//! | --- | --- | --- |
//! | [`stats`] | random draws, quantiles, intervals, log-odds, correlation | nothing |
//! | [`model`] | the vocabulary as plain values | nothing |
//! | [`error`] | what can go wrong, where, and the remedy | nothing |
//! | [`files`] | opening files safely, recognising our own results | nothing |
//! | [`ingest`] | the only door in: files to articles, lexicons, rosters, languages | model, error |
//! | [`segment`] | paragraphs, sentences, tokens, quotation marks | model |
//! | [`attribute`] | who said what | model |
//! | [`date`] | when it was said | model |
//! | [`score`] | where they stand | model |
//! | [`cache`] | rows that were computed before, results that stand | model |
//! | [`aggregate`] | trends and shifts (polars) | model, error |
//! | [`evaluate`] | agreement of scores with hand coding | model, error |
//! | [`diagnose`] | what is wrong with a lexicon, and what rests on it | model, error |
//! | [`report`] | tables, charts, summary | model, error |
//! | [`pipeline`] | the straight line, with rayon over articles | all of the above |
//! | [`cli`] | one file a command | all of the above |
//!
//! ```
//! use stancetrack::ingest::{self, ResourcePath};
//! use stancetrack::model::Roster;
//! use stancetrack::pipeline::{self, Resources};
//! use stancetrack::score::Method;
//!
//! let languages = ingest::languages(&ResourcePath::languages())?;
//! let lexicon = ingest::lexicon(&ResourcePath::lexicon("integration-sovereignty".as_ref()))?;
//! let resources = Resources::new(languages, &Roster::default(), vec![lexicon], Method::Compositional);
//! let read = ingest::articles(&["data/articles".into()], &ingest::Options::new(&resources.languages, None))?;
//! let rows = pipeline::rows(&read.articles, &resources, &|| ());
//! let icon = rows.iter().find(|row| row.text.contains("“a holy icon”")).expect("it is in the sample");
//! assert_eq!(icon.statement.cue.map(|cue| cue.len()), Some("According to".len()));
//! # Ok::<(), stancetrack::error::Error>(())
//! ```

pub mod aggregate;
pub mod attribute;
pub mod cache;
pub mod cli;
pub mod date;
pub mod diagnose;
pub mod error;
pub mod evaluate;
pub mod files;
pub mod ingest;
pub mod model;
pub mod pipeline;
pub mod project;
pub mod report;
pub mod score;
pub mod segment;
pub mod stats;
