//! Finds the sentences around a statement in its article.

use crate::cli::commands::sample::args::Unnamed;
use crate::cli::messages;
use crate::model::{Article, counted};
use crate::project::resources::load::Loaded;
use crate::segment;
use std::collections::BTreeMap;

/// Gives each unit the sentence before it and the one after it, where its article
/// is there and still holds its words. The rest of its own sentences (a cue, a
/// speaker) stays hidden.
pub fn around(units: &mut [Unnamed], articles: &[Article], loaded: &Loaded) {
    let by_id: BTreeMap<&str, &Article> =
        articles.iter().map(|article| (article.id.as_str(), article)).collect();
    let mut wanted: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, unit) in units.iter().enumerate() {
        wanted.entry(unit.statement.article.clone()).or_default().push(at);
    }
    let mut strangers = 0;
    for (id, places) in wanted {
        let Some(article) = by_id.get(id.as_str()) else { continue };
        let Some(language) = loaded.resources.language(&article.language) else { continue };
        let text = segment::text(&article.body, &article.excluded, language);
        let sentences: Vec<_> =
            text.sentences.iter().map(|sentence| text.span_of(sentence.tokens.clone())).collect();
        for at in places {
            let Some(span) = units[at].statement.span else { continue };
            let first = units[at].statement.text.split_whitespace().next().unwrap_or("");
            let there = article.body.get(span.start..span.end).is_some_and(|words| words.starts_with(first));
            if !there {
                strangers += 1;
                continue;
            }
            let before = sentences.partition_point(|sentence| sentence.end <= span.start);
            let after = sentences.partition_point(|sentence| sentence.start < span.end);
            let words = |at: Option<usize>| {
                at.and_then(|at| sentences.get(at)).map_or(String::new(), |span| article.words(*span))
            };
            units[at].around = [words(before.checked_sub(1)), words(Some(after))];
        }
    }
    if strangers > 0 {
        let verbs = if strangers == 1 { ["does", "has"] } else { ["do", "have"] };
        messages::note_line(format!(
            "{} {} not stand in the articles as the table says and {} no context",
            counted(strangers, "statement"),
            verbs[0],
            verbs[1]
        ));
    }
}
