//! `stance lexicon expand`: what each glob matched.

use crate::cli::lexicon::corpus::Texts;
use crate::cli::lexicon::table::{Format, table};
use crate::cli::messages::answer as say;
use crate::diagnose;
use crate::error::Result;
use crate::score::Method;
use crate::segment;
use clap::Args;
use rayon::prelude::*;

/// As many forms of a glob are shown to people.
const FORMS: usize = 8;

/// Options of `stance lexicon expand`.
#[derive(Args, Debug)]
pub struct ExpandArgs {
    #[command(flatten)]
    texts: Texts,
    /// At most so many globs a lexicon (CSV holds them all)
    #[arg(long, value_name = "N", default_value_t = 50)]
    most: usize,
}

/// Runs the command. All sentences of the texts are searched, not only what was
/// said: the more text, the sooner a greedy glob shows.
pub fn run(args: ExpandArgs) -> Result<()> {
    let corpus = args.texts.corpus(Method::Compositional)?;
    let resources = &corpus.loaded.resources;
    let csv = args.texts.format == Format::Csv;
    let mut rows = Vec::new();
    let mut silent = Vec::new();
    for matcher in &resources.matchers {
        let lexicon = matcher.lexicon();
        let matched: Vec<Vec<(usize, String)>> = corpus
            .articles
            .par_iter()
            .map(|article| {
                let Some(language) = resources.language(&article.language) else { return Vec::new() };
                let text = segment::text(&article.body, &article.excluded, language);
                let sentences = text.sentences.iter();
                let found = sentences
                    .flat_map(|sentence| matcher.matches(&text, sentence.tokens.clone(), &language.code));
                found
                    .map(|one| {
                        let words: Vec<&str> = one.tokens.map(|at| text.word(at)).collect();
                        (one.entry, words.join(" "))
                    })
                    .collect()
            })
            .collect();
        let expansions = diagnose::expand(lexicon, &matched.concat());
        let none = expansions.iter().filter(|expansion| expansion.count == 0).count();
        silent.push(format!("{}: {none} of {} globs matched nothing\n", lexicon.id, expansions.len()));
        let shown = if csv { expansions.len() } else { args.most };
        for expansion in expansions.iter().take(shown).filter(|expansion| csv || expansion.count > 0) {
            let entry = &lexicon.entries[expansion.entry];
            let axis = entry.axis.and_then(|at| lexicon.axes.get(at)).map_or("any", |axis| axis.id.as_str());
            let row = |count: usize, forms: String| {
                let kind = entry.kind.as_str().to_string();
                vec![
                    entry.term.to_string(),
                    kind,
                    axis.to_string(),
                    entry.place.clone(),
                    count.to_string(),
                    forms,
                ]
            };
            if csv {
                rows.extend(expansion.forms.iter().map(|(form, count)| row(*count, form.clone())));
                if expansion.forms.is_empty() {
                    rows.push(row(0, String::new()));
                }
                continue;
            }
            let forms = expansion.forms.iter().take(FORMS).map(|(form, count)| format!("{form} {count}"));
            let mut forms = forms.collect::<Vec<_>>().join(", ");
            if expansion.forms.len() > FORMS {
                forms.push_str(&format!(", … {} more", expansion.forms.len() - FORMS));
            }
            rows.push(row(expansion.count, forms));
        }
    }
    table(args.texts.format, &["term", "kind", "axis", "place", "count", "matched"], rows)?;
    if csv { Ok(()) } else { say(&format!("\n{}", silent.concat())) }
}
