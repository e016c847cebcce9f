//! The trained models of one language, as `ingest` reads them and `attribute` uses them, and the
//! annotations that they are trained on.

use crate::model::text::Span;
use crate::model::weight_table::WeightTable;

/// The weights of one tagger.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TaggerTables {
    /// Of a unit: one number per label.
    pub emission: WeightTable,
    /// Of a unit and the one before it: one number per pair of labels.
    pub transition: WeightTable,
}

/// All trained models of one language.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Learned {
    /// How the weights were made: corpus, program, options.
    pub provenance: String,
    /// Decides whether a word is a cue: one number each for no, for a thought, for a report of speech.
    pub cue_classifier: WeightTable,
    /// Labels the words around one cue.
    pub first: TaggerTables,
    /// The same where several cues compete, knowing the labels of the first tagger.
    pub second: TaggerTables,
    /// Decides whether the labels around a cue are right: one number each for no, for a thought, for
    /// a report of speech.
    pub verifier: WeightTable,
    /// Minimum probability by the classifier for a cue to be tagged, 0 to 1.
    pub cue_threshold: f32,
    /// Minimum probability by the verifier for a report to become a statement, 0 to 1.
    pub report_threshold: f32,
}

/// An attribution that an annotator marked in an article.
#[derive(Debug, Clone, PartialEq)]
pub struct Annotation {
    /// The cue.
    pub cue: Vec<Span>,
    /// The words that name the source; empty if nobody is named.
    pub source: Vec<Span>,
    /// The content.
    pub content: Vec<Span>,
    /// True for a report of speech, false for one of a thought or a wish.
    pub statement: bool,
}
