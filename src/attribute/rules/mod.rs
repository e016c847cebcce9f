//! Attribution of one sentence by hand-written rules, for languages without learned weights and
//! for what the learned reader did not find.

pub(crate) mod cues;
pub(crate) mod inflected;
pub(crate) mod sentence_context;
pub(crate) mod word_order;

use crate::attribute::attribution::Attribution;
use crate::attribute::rules::sentence_context::SentenceContext;
use crate::model::{Language, Quotation};

/// The cues of a sentence with their sources and contents. `quotations` are those that touch the
/// sentence.
pub fn attributions<'a>(
    context: &SentenceContext,
    language: &'a Language,
    quotations: &[Quotation],
) -> Vec<Attribution<'a>> {
    if inflected::marks_subject_by_endings(language) {
        inflected::attributions(context, language)
    } else {
        word_order::attributions(context, language, quotations)
    }
}
