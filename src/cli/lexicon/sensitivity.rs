//! `stance lexicon sensitivity`: which terms a conclusion rests on. Statements are scored again by
//! the same matcher without the entry of a term.

use crate::aggregate;
use crate::cli::args::choice::choice;
use crate::cli::lexicon::corpus::{Corpus, Texts};
use crate::cli::lexicon::table::{Format, table};
use crate::cli::messages;
use crate::cli::messages::answer as say;
use crate::diagnose;
use crate::diagnose::{Influence, Reading, Side, Verdict};
use crate::error::{Error, Result};
use crate::model::{Article, Axis, Counting, Entry, Lexicon, Row, Text, Window};
use crate::project::tables;
use crate::report::Schema;
use crate::score;
use crate::score::Method;
use crate::segment;
use clap::Args;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write;

/// Number of actors that are shown unless one is named.
const ACTORS: usize = 4;
/// Number of terms that a conclusion should not rest on.
const FEW: usize = 3;

/// Options of `stance lexicon sensitivity`.
#[derive(Args, Debug)]
pub struct SensitivityArgs {
    #[command(flatten)]
    texts: Texts,
    /// The difference of two windows instead of the mean: 2003..2013,2019
    #[arg(long, value_name = "A,B")]
    compare: Option<String>,
    /// Id of an actor [default: the four with most scored statements]
    #[arg(long, value_name = "ID")]
    actor: Option<String>,
    /// Id of the axis [default: the main one, as in charts]
    #[arg(long, value_name = "ID")]
    axis: Option<String>,
    /// At most so many terms an actor (CSV holds them all)
    #[arg(long, value_name = "N", default_value_t = 10)]
    most: usize,
    /// How statements are scored
    #[arg(long, value_parser = choice::<Method>(), default_value = "compositional")]
    method: Method,
}

/// The statements of one actor.
#[derive(Default)]
struct Actor<'a> {
    rows: Vec<&'a Row>,
    readings: Vec<Reading>,
}

/// What is needed to score statements again.
struct Rescoring<'a> {
    corpus: &'a Corpus,
    axis: &'a Axis,
    lexicon: usize,
    texts: HashMap<&'a str, (&'a Article, Text)>,
}

/// Runs the command.
pub fn run(args: SensitivityArgs) -> Result<()> {
    let windows = args.compare.as_deref().map(aggregate::windows).transpose()?;
    let mut corpus = args.texts.corpus(args.method)?;
    aggregate::mark_duplicates(&mut corpus.rows);
    let (lexicon, axis) = axis(&args, &corpus)?;
    let mut actors: Vec<(String, Actor)> = actors(&corpus, &axis, windows.as_ref()).into_iter().collect();
    actors.sort_by(|(a, one), (b, two)| two.rows.len().cmp(&one.rows.len()).then(a.cmp(b)));
    let known: Vec<String> = actors.iter().take(8).map(|(id, _)| id.clone()).collect();
    match &args.actor {
        Some(wanted) => actors.retain(|(id, _)| id == wanted),
        None => actors.truncate(ACTORS),
    }
    if actors.is_empty() {
        let message = format!("no scored statement on '{}' with a date and a speaker", axis.id);
        let remedy = format!("actors with scores: {}", known.join(", "));
        return Err(Error { usage: args.actor.is_some(), ..Error::input("", message, remedy) });
    }
    let rescoring = Rescoring { texts: texts(&corpus, &actors), corpus: &corpus, axis: &axis, lexicon };
    let two = windows.is_some();
    let mut machine = Vec::new();
    for (id, actor) in &actors {
        let Some(full) = diagnose::statistic(&actor.readings, two) else {
            messages::note_line(format!("{id}: no scored statements in both windows"));
            continue;
        };
        let fired = rescoring.fired(actor);
        let mut influences: Vec<Influence> = fired
            .par_iter()
            .map(|(entry, rows)| {
                let anew = rescoring.without(actor, &BTreeSet::from([*entry]), rows);
                diagnose::influence(*entry, &actor.readings, &anew, two)
            })
            .collect();
        let size = |one: &Influence| one.change.map_or(f64::INFINITY, f64::abs);
        influences.sort_by(|a, b| size(b).total_cmp(&size(a)).then(a.term.cmp(&b.term)));
        let props: BTreeSet<usize> = diagnose::carrying(full, &influences, FEW).into_iter().collect();
        let touched: BTreeSet<usize> = props.iter().flat_map(|entry| fired[entry].clone()).collect();
        let anew = rescoring.without(actor, &props, &touched);
        let without = diagnose::influence(0, &actor.readings, &anew, two).without;
        let entries = &rescoring.lexicon().entries;
        let shown = if args.texts.format == Format::Csv { influences.len() } else { args.most };
        let rows = influences.iter().take(shown).map(|one| {
            let Influence { statements, without, change, .. } = *one;
            InfluenceRow {
                actor: id,
                axis: axis.id.as_str(),
                full,
                entry: &entries[one.term],
                statements,
                without,
                change,
            }
        });
        if args.texts.format == Format::Csv {
            machine.extend(rows);
            continue;
        }
        let what = if two { "difference" } else { "mean" };
        let n = actor.readings.iter().filter(|(_, value)| value.is_some()).count();
        say(&format!("{id}: {what} on {} {full:+.3}, n = {n}, {} terms fired\n\n", axis.name, fired.len()))?;
        let rows: Vec<InfluenceRow> = rows.collect();
        table(Format::Text, influence_columns(Schema::new("sensitivity", ROW), "left out", what), &rows)?;
        let names: Vec<String> = props.iter().map(|entry| format!("'{}'", entries[*entry].term)).collect();
        say(&format!("\n{}\n\n", conclusion(full, without, &names)))?;
    }
    if args.texts.format == Format::Csv {
        let schema = Schema::<InfluenceRow>::new("sensitivity", ROW)
            .text("actor_id", "id of the actor", "text", "never", |row| row.actor)
            .text("axis", "id of the axis", "text", "never", |row| row.axis)
            .composed_text(
                "value",
                "mean or difference with all terms",
                "signed number",
                "never",
                |row, text| signed(Some(row.full), text),
            );
        return table(Format::Csv, influence_columns(schema, "term", "without"), &machine);
    }
    if rescoring.lexicon().calibration.contains_key(axis.id.as_str()) {
        say(
            "Scores were taken anew without each term; the fitted weights (calibration.csv) stayed as they are.\n",
        )?;
    }
    Ok(())
}

/// What a term does to the mean or the difference of an actor.
struct InfluenceRow<'a> {
    actor: &'a str,
    axis: &'a str,
    full: f64,
    entry: &'a Entry,
    statements: usize,
    without: Option<f64>,
    change: Option<f64>,
}

/// What a row of the table is.
const ROW: &str = "A row is a term that fired for an actor.";

/// The columns that people and machines get, with the names that differ.
fn influence_columns<'a>(
    schema: Schema<InfluenceRow<'a>>,
    term: &'static str,
    without: &'static str,
) -> Schema<InfluenceRow<'a>> {
    schema
        .text(term, "the lexicon's term as typed", "text", "never", |row| &row.entry.term)
        .text("kind", "what it does", "target, appraisal, term", "never", |row| row.entry.kind.as_str())
        .text("place", "file and line", "text", "never", |row| &row.entry.place)
        .integer("statements", "statements in which it fired", "count", "never", |row| row.statements)
        .composed_text(without, "value without the term", "signed number", "no score is left", |row, text| {
            signed(row.without, text)
        })
        .composed_text(
            "change",
            "by how much that differs",
            "signed number",
            "no score is left",
            |row, text| signed(row.change, text),
        )
}

/// A number with its sign and three decimals, or nothing.
fn signed(value: Option<f64>, text: &mut String) {
    if let Some(value) = value {
        let _ = write!(text, "{value:+.3}");
    }
}

fn conclusion(full: f64, without: Option<f64>, names: &[String]) -> String {
    let names = names.join(", ");
    let left = without.map_or(String::new(), |left| format!("{left:+.3}"));
    let warning = match diagnose::verdict(full, without) {
        _ if full == 0.0 => return "It is 0: there is no sign to rest on anything.".into(),
        Verdict::Stands => {
            return format!("Without {names}: {left}. It does not rest on them alone.");
        }
        Verdict::Turned => format!("the sign turns ({left})"),
        Verdict::Halved => format!("half of it or more is gone ({left})"),
        Verdict::Gone => "no scored statement is left".into(),
    };
    format!(
        "WARNING: this rests on few terms. Without {names}, {warning}; read the statements that hold them."
    )
}

/// The axis asked for, and the lexicon that has it.
fn axis(args: &SensitivityArgs, corpus: &Corpus) -> Result<(usize, Axis)> {
    let axes = tables::axes(&corpus.loaded);
    let main = tables::main_axis(&corpus.loaded).map(|axis| axis.id.to_string());
    let wanted = args.axis.clone().or(main).unwrap_or_default();
    let has = |lexicon: &Lexicon| lexicon.all_axes().find(|axis| axis.id == wanted).cloned();
    let mut lexicons = corpus.loaded.resources.matchers.iter().enumerate();
    lexicons.find_map(|(at, matcher)| Some((at, has(matcher.lexicon())?))).ok_or_else(|| {
        let known: Vec<&str> = axes.iter().map(|axis| axis.id.as_str()).collect();
        Error::input("--axis", format!("'{wanted}' is not known"), format!("axes are {}", known.join(", ")))
    })
}

/// Statements that count in trends, by actor.
fn actors<'a>(
    corpus: &'a Corpus,
    axis: &Axis,
    windows: Option<&(Window, Window)>,
) -> BTreeMap<String, Actor<'a>> {
    let mut actors: BTreeMap<String, Actor> = BTreeMap::new();
    for row in &corpus.rows {
        let Some(seen) = Counting::default().observation(row, axis) else { continue };
        let inside = |window: &Window| window.from <= seen.day() && seen.day() <= window.to;
        // A day of both windows counts in both, as in `run --compare`.
        let sides = match windows {
            None => vec![Side::Later],
            Some((earlier, later)) => {
                let sides = [(earlier, Side::Earlier), (later, Side::Later)];
                sides.into_iter().filter(|(window, _)| inside(window)).map(|(_, side)| side).collect()
            }
        };
        for side in sides {
            let actor = actors.entry(seen.actor_id.clone()).or_default();
            actor.rows.push(row);
            actor.readings.push((side, Some(seen.value)));
        }
    }
    actors
}

/// The segmented articles of these actors' statements.
fn texts<'a>(corpus: &'a Corpus, actors: &[(String, Actor)]) -> HashMap<&'a str, (&'a Article, Text)> {
    let wanted: BTreeSet<&str> =
        actors.iter().flat_map(|(_, actor)| &actor.rows).map(|row| row.article.as_str()).collect();
    let articles = corpus.articles.iter().filter(|article| wanted.contains(article.id.as_str()));
    let segmented = articles.filter_map(|article| {
        let language = corpus.loaded.resources.language(&article.language)?;
        Some((article.id.as_str(), (article, segment::text(&article.body, &article.excluded, language))))
    });
    segmented.collect()
}

impl Rescoring<'_> {
    fn lexicon(&self) -> &Lexicon {
        self.corpus.loaded.resources.matchers[self.lexicon].lexicon()
    }

    /// The entries among the hits of an actor, with the statements in which they fired. Leaving
    /// out an entry that is no hit anywhere changes nothing.
    fn fired(&self, actor: &Actor) -> BTreeMap<usize, BTreeSet<usize>> {
        let mut entries: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
        for (at, entry) in self.lexicon().entries.iter().enumerate() {
            entries.entry((&entry.language, &entry.term)).or_default().push(at);
        }
        let mut fired: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (index, row) in actor.rows.iter().enumerate() {
            for hit in row.scored.get(self.lexicon).into_iter().flat_map(|scored| &scored.hits) {
                // A term can have several kinds or axes: the hit says which one it is.
                let of_hit = |at: &&usize| {
                    let entry = &self.lexicon().entries[**at];
                    let axis = entry.axis.and_then(|axis| self.lexicon().axes.get(axis));
                    entry.kind == hit.kind && axis.is_none_or(|axis| axis.id == hit.axis)
                };
                let same = entries.get(&(row.language.as_str(), hit.term.as_str()));
                if let Some(at) = same.and_then(|same| same.iter().find(of_hit)) {
                    fired.entry(*at).or_default().insert(index);
                }
            }
        }
        fired
    }

    /// Some statements scored by the lexicon without some entries: index and value.
    fn without(
        &self,
        actor: &Actor,
        left_out: &BTreeSet<usize>,
        rows: &BTreeSet<usize>,
    ) -> Vec<(usize, Option<f64>)> {
        let resources = &self.corpus.loaded.resources;
        let matcher = resources.matchers[self.lexicon].without(left_out);
        let scored = rows.iter().filter_map(|index| {
            let row = actor.rows[*index];
            let (article, text) = self.texts.get(row.article.as_str())?;
            let language = resources.language(&row.language)?;
            let scored =
                score::score(&row.statement, text, &article.body, &matcher, language, resources.method);
            let score = scored.scores.into_iter().find(|score| score.axis == self.axis.id);
            Some((*index, score.and_then(|score| score.value.ok())))
        });
        scored.collect()
    }
}
