//! `stance lexicon expand`: what each glob matched.

use crate::cli::lexicon::corpus::Texts;
use crate::cli::lexicon::table::{Format, table};
use crate::cli::messages::answer as say;
use crate::diagnose;
use crate::error::Result;
use crate::model::Entry;
use crate::report::Schema;
use crate::score::Method;
use crate::segment;
use clap::Args;
use rayon::prelude::*;

/// Maximum number of forms of a glob that are shown to people.
const FORMS: usize = 8;

/// A glob with a form that it matched, or for people with its most frequent forms.
struct Expanded<'a> {
    entry: &'a Entry,
    axis: &'a str,
    count: usize,
    matched: String,
}

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
            let row = |count: usize, matched: String| Expanded { entry, axis, count, matched };
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
    let schema = Schema::<Expanded>::new("expand", "A row is a form that a glob matched.")
        .text("term", "the lexicon's term as typed", "text", "never", |row| &row.entry.term)
        .text("kind", "what it does", "target, appraisal, term", "never", |row| row.entry.kind.as_str())
        .text("axis", "id of the axis; any for appraisals of any axis", "text", "never", |row| row.axis)
        .text("place", "file and line", "text", "never", |row| &row.entry.place)
        .integer("count", "how often it matched", "count", "never", |row| row.count)
        .text("matched", "the form in the texts", "text", "it matched nothing", |row| &row.matched);
    table(args.texts.format, schema, &rows)?;
    if csv { Ok(()) } else { say(&format!("\n{}", silent.concat())) }
}
