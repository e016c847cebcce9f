//! Who said what.
//!
//! Lives here: cues, sources, contents, coreference; statements come out. May
//! not live here: words of any language (those are `lexicons/languages`), dates
//! (see `date`) or values (see `score`). The functions are total: an odd
//! article yields what it can.
//!
//! The way through: `mentions` finds everybody who is named (with `titles`, and
//! `known` for names off the roster), `cues` the words that attribute, `source` the speaker beside a cue, `content` what the cue
//! governs, `resolve` who the speaker is, `turns` the labelled turns of
//! transcripts; `reader` goes through an article sentence by sentence and
//! keeps in mind who is being spoken of.

pub(crate) mod learned;
pub(crate) mod people;
pub(crate) mod reader;
pub(crate) mod rules;

pub use crate::attribute::learned::training::train::{Example, Options as TrainOptions, learn};
pub use crate::attribute::people::roster_index::Names;

use crate::model::{Article, Attributed, Language, Said, Scope, Speaker, Text};

/// The speaker of words that were said on another day than the article was
/// printed: an office means whoever held it then. None when nothing changes or
/// the office changed hands within the time.
pub fn on_the_day(speaker: &Speaker, said: &Said, names: &Names) -> Option<Speaker> {
    let office = speaker.office.as_ref()?;
    let roster = names.roster();
    let holder = |day| roster.holder(office.role, &office.country, day);
    let then = holder(said.from).filter(|then| holder(said.to) == Some(*then))?;
    let actor = roster.actors.get(then).filter(|actor| Some(&actor.id) != speaker.actor.as_ref())?;
    Some(Speaker {
        name: actor.name.clone(),
        actor: Some(actor.id.clone()),
        because: format!("{}; on {}, when it was said, {} did", speaker.because, said.from, actor.name),
        ..speaker.clone()
    })
}

/// All statements of an article, those of its own voice included.
///
/// `names` is the roster made ready for look-up; with an empty roster everybody
/// who speaks is kept under the surface name.
pub fn statements(
    article: &Article,
    text: &Text,
    names: &Names,
    language: &Language,
    scope: Scope,
) -> Attributed {
    reader::Reader::new(article, text, names, language, scope).read()
}
