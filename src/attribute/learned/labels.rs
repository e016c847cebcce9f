//! The labels that the classifier of cues, the tagger and the verifier give.

/// What the classifier says of a candidate cue, and the verifier of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Verdict {
    /// It attributes nothing.
    Nothing = 0,
    /// It attributes a thought, a wish or a plan.
    Thought = 1,
    /// It reports speech.
    Speech = 2,
    /// Unknown. Never an answer; such examples are not trained on.
    Unsure = 3,
}

/// Number of answers ([`Verdict::Unsure`] is none).
pub const VERDICTS: usize = 3;

/// The role of a unit with respect to one cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Label {
    /// No role; on its side of the cue no content comes before it.
    Before = 0,
    /// Part of the words that name the source.
    Source = 1,
    /// Part of the content.
    Content = 2,
    /// No role; on its side of the cue content comes before it.
    After = 3,
    /// Part of the content behind the cue where there is content before the cue too:
    /// “A,” he said, “B.”
    Second = 4,
}

/// Number of labels.
pub const LABELS: usize = 5;
/// Number of pairs of neighbouring labels.
pub const PAIRS: usize = LABELS * LABELS;

impl Label {
    /// All labels in the order of their numbers.
    pub const ALL: [Label; LABELS] =
        [Label::Before, Label::Source, Label::Content, Label::After, Label::Second];

    /// True for both labels of content.
    pub fn is_content(self) -> bool {
        matches!(self, Label::Content | Label::Second)
    }
}

/// The source and content that one cue claims, as labels of the units around it.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Index of the candidate cue in its paragraph.
    pub candidate: usize,
    /// Index and label of each unit in the window of the cue, without the cue itself.
    pub labels: Vec<(usize, Label)>,
}
