//! Who said what: from a segmented article to its statements.
//!
//! `people::mentions` finds everybody who is named (`titles`: with an office; `named_so_far`: people
//! off the roster). For each sentence, `learned` or, for languages without weights, `rules` finds
//! cues with their sources and contents (see `attribution`). `people::resolve` decides who a source
//! is, and `reader` goes through the article in order and remembers who was spoken of.
//!
//! No function fails: an odd article yields what can be found in it. Words of languages are in
//! `lexicons/languages`, never here.

pub(crate) mod attribution;
pub(crate) mod learned;
pub(crate) mod people;
pub(crate) mod reader;
pub(crate) mod rules;

pub use crate::attribute::learned::training::train::{Example, TrainOptions, learn};
pub use crate::attribute::people::roster_index::RosterIndex;

use crate::model::{Article, Attributed, Language, Said, Scope, Speaker, Text};

/// The speaker of a statement that was made on another day than the article was published: an office
/// ("the president") means whoever held it on that day. None if the speaker stays the same, or if the
/// office changed hands within the dates of the statement.
pub fn on_the_day(speaker: &Speaker, said: &Said, names: &RosterIndex) -> Option<Speaker> {
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

/// All statements of an article, in reading order, with what the article says in its own voice.
///
/// With an empty roster every speaker becomes an actor under the name in the text.
pub fn statements(
    article: &Article,
    text: &Text,
    names: &RosterIndex,
    language: &Language,
    scope: Scope,
) -> Attributed {
    reader::AttributionReader::new(article, text, names, language, scope).read()
}
