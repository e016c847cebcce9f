//! `stance lexicon convert`: a lexicon of another tool as a folder of ours.

use crate::cli::messages;
use crate::cli::messages::answer as say;
use crate::error::{Error, Result};
use crate::ingest;
use crate::ingest::{Columns, Foreign, Import};
use crate::model::counted;
use crate::report::{OutputDir, number};
use clap::Args;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Losses in the report; the file has all.
const SHOWN: usize = 20;
/// The file with all losses.
const LOSSES: &str = "losses.txt";

/// Options of `stance lexicon convert`.
#[derive(Args, Debug)]
pub struct ConvertArgs {
    /// A dictionary of quanteda (.yml, .yaml), LIWC (.dic) or Lexicoder (.lc3), or a
    /// list with one term a row (.csv, .tsv, .txt): by default the term first, then
    /// its weight
    input: PathBuf,
    /// Folder of the new lexicon
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Language of the terms
    #[arg(long, value_name = "CODE")]
    language: String,
    /// Which key or category stands for which pole, as in
    /// positive=tone:+,negative=tone:-,neutral=tone:0
    #[arg(long, value_name = "KEY=AXIS:POLE", value_delimiter = ',')]
    poles: Vec<String>,
    /// The axis of a list without categories [default: the file's name]
    #[arg(long, value_name = "AXIS")]
    axis: Option<String>,
    /// Column of the terms
    #[arg(long, value_name = "COLUMN")]
    term: Option<String>,
    /// Column of the weights
    #[arg(long, value_name = "COLUMN")]
    weight: Option<String>,
    /// Column of the categories
    #[arg(long, value_name = "COLUMN")]
    category: Option<String>,
    /// Weight that means neither pole, taken off all (5 for norms from 1 to 9)
    #[arg(long, default_value_t = 0.0, allow_negative_numbers = true)]
    midpoint: f64,
    /// Weight that becomes 1 [default: the greatest in size, if it is above 1]
    #[arg(long, value_name = "X")]
    greatest: Option<f64>,
    /// Write the lexicon although something is lost
    #[arg(long)]
    allow_loss: bool,
}

/// A row of the new lexicon.
struct Term {
    term: String,
    axis: String,
    weight: f64,
    note: String,
}

/// Runs the command.
pub fn run(args: ConvertArgs) -> Result<()> {
    let Import { entries, mut losses } = read(&args)?;
    let poles = args.poles.iter().map(|pole| parse(pole)).collect::<Result<BTreeMap<_, _>>>()?;
    let terms = terms(&args, entries, &poles, &mut losses)?;
    let mut folder = OutputDir::begin(&args.out)?;
    write(folder.path(), &args, &terms)?;
    // What our own reader refuses is lost too.
    let draft = ingest::draft(folder.path())?;
    losses.extend(draft.broken.iter().map(|error| format!("{}: left out", error.message)));
    let kept = terms.len() - draft.broken.len();
    for loss in losses.iter().take(SHOWN) {
        messages::note_line(format!("lost: {loss}"));
    }
    if losses.len() > SHOWN {
        messages::note_line(format!("… and {} more", losses.len() - SHOWN));
    }
    if !losses.is_empty() && !args.allow_loss {
        return Err(Error::input(
            args.input.display().to_string(),
            format!("{} entries cannot be converted", losses.len()),
            format!("correct them, or accept the loss with --allow-loss; {LOSSES} will list all of them"),
        ));
    }
    if !draft.broken.is_empty() {
        let bad: Vec<&str> = draft.broken.iter().map(|error| error.place.as_str()).collect();
        let keep: Vec<&Term> = terms
            .iter()
            .enumerate()
            .filter(|(at, _)| !bad.iter().any(|place| place.ends_with(&format!(":{}", at + 2))))
            .map(|(_, term)| term)
            .collect();
        folder = OutputDir::begin(&args.out)?;
        write_terms(folder.path(), &args, keep.into_iter())?;
        write_head(folder.path(), &args, &terms)?;
    }
    if !losses.is_empty() {
        save(&folder.path().join(LOSSES), &format!("{}\n", losses.join("\n")))?;
    }
    let place = folder.commit()?.path;
    say(&format!("{}: {}\n", counted(kept, "entry"), place.display()))
}

fn read(args: &ConvertArgs) -> Result<Import> {
    let ending = args.input.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "yml" | "yaml" => ingest::quanteda(&args.input),
        "dic" => ingest::liwc(&args.input),
        "lc3" => ingest::lexicoder(&args.input),
        "csv" | "tsv" | "txt" => {
            let columns = Columns {
                term: args.term.clone(),
                weight: args.weight.clone(),
                category: args.category.clone(),
            };
            ingest::weighted(&args.input, &columns, args.midpoint)
        }
        _ => Err(Error::input(
            args.input.display().to_string(),
            format!("files ending in '.{ending}' cannot be converted"),
            "give a dictionary (.yml, .dic, .lc3) or a list (.csv, .tsv, .txt)",
        )),
    }
}

/// `positive=tone:+` as key, axis and sign.
fn parse(pole: &str) -> Result<(String, (String, f64))> {
    let parts = pole.rsplit_once('=').and_then(|(key, to)| Some((key, to.rsplit_once(':')?)));
    let sign = |sign: &str| match sign {
        "+" => Some(1.0),
        "-" => Some(-1.0),
        "0" => Some(0.0),
        _ => None,
    };
    parts
        .and_then(|(key, (axis, pole))| Some((key.to_string(), (axis.to_string(), sign(pole)?))))
        .filter(|(_, (axis, _))| is_id(axis))
        .ok_or_else(|| {
            Error::input(
                "--poles",
                format!("'{pole}' names no pole"),
                "write KEY=AXIS:+, KEY=AXIS:- or KEY=AXIS:0",
            )
        })
}

fn is_id(axis: &str) -> bool {
    !axis.is_empty()
        && axis.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')
}

/// A name as an id: small letters, digits and `_`.
fn id(name: &str) -> String {
    let plain: String = name
        .to_lowercase()
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' })
        .collect();
    if plain.is_empty() { "axis".into() } else { plain }
}

fn stem(args: &ConvertArgs) -> String {
    args.input.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

fn terms(
    args: &ConvertArgs,
    entries: Vec<Foreign>,
    poles: &BTreeMap<String, (String, f64)>,
    losses: &mut Vec<String>,
) -> Result<Vec<Term>> {
    let keys: BTreeMap<&str, usize> = entries.iter().fold(BTreeMap::new(), |mut keys, entry| {
        *keys.entry(entry.category.as_str()).or_default() += 1;
        keys
    });
    let named = || keys.iter().map(|(key, count)| format!("{key} ({count})")).collect::<Vec<_>>().join(", ");
    if let Some(unknown) = poles.keys().find(|key| !keys.contains_key(key.as_str())) {
        return Err(Error::input(
            "--poles",
            format!("there is no key '{unknown}'"),
            format!("keys: {}", named()),
        ));
    }
    if poles.is_empty() && entries.iter().any(|entry| entry.weight.is_none()) {
        return Err(Error::input(
            args.input.display().to_string(),
            "terms have no weights, and no key has a pole",
            format!("name them with --poles KEY=AXIS:+,KEY=AXIS:-; keys: {}", named()),
        ));
    }
    for (key, count) in keys.iter().filter(|(key, _)| !poles.is_empty() && !poles.contains_key(**key)) {
        // Lexicoder's negated keys hold every entry once more behind a negator.
        let hint = match key.starts_with("neg_") {
            true => "; --method lsd turns negated words itself",
            false => "",
        };
        losses.push(format!("key '{key}' has no pole: its {count} entries are left out{hint}"));
    }
    let own = args.axis.clone().unwrap_or_else(|| id(&stem(args)));
    if !is_id(&own) {
        return Err(Error::input("--axis", format!("'{own}' is no id"), "use small letters, digits and _"));
    }
    let largest = entries.iter().filter_map(|entry| entry.weight).map(f64::abs).fold(1.0, f64::max);
    let greatest = args.greatest.unwrap_or(largest);
    if greatest.is_nan() || greatest <= 0.0 {
        return Err(Error::input("--greatest", "not above 0", "leave it out, or give the greatest weight"));
    }
    let mut terms = Vec::new();
    for entry in entries {
        let size = entry.weight.map(|weight| weight / greatest);
        if size.is_some_and(|size| size.abs() > 1.0) {
            losses.push(format!("'{}' weighs more than --greatest: left out", entry.term));
            continue;
        }
        let (axis, weight) = match poles.get(&entry.category) {
            Some((axis, sign)) => (axis.clone(), sign * size.map_or(1.0, f64::abs)),
            None if poles.is_empty() => (own.clone(), size.unwrap_or(0.0)),
            None => continue,
        };
        terms.push(Term { term: entry.term, axis, weight, note: entry.category });
    }
    Ok(terms)
}

fn write(folder: &Path, args: &ConvertArgs, terms: &[Term]) -> Result<()> {
    write_head(folder, args, terms)?;
    write_terms(folder, args, terms.iter())
}

fn write_head(folder: &Path, args: &ConvertArgs, terms: &[Term]) -> Result<()> {
    let quoted = |words: &str| serde_json::Value::from(words).to_string();
    let name = stem(args);
    let mut head = format!(
        "# Converted from {}.\nid = {}\nname = {}\nversion = \"1\"\nlanguages = [{}]\n",
        args.input.file_name().map(|name| name.to_string_lossy()).unwrap_or_default(),
        quoted(&id(&name).replace('_', "-")),
        quoted(&name),
        quoted(&args.language)
    );
    let mut axes: Vec<&str> = terms.iter().map(|term| term.axis.as_str()).collect();
    axes.sort_unstable();
    axes.dedup();
    for axis in axes {
        let _ = write!(
            head,
            "\n[[axis]]\nid = {}\nname = {}\nnegative = \"negative\"\npositive = \"positive\"\n",
            quoted(axis),
            quoted(axis)
        );
    }
    save(&folder.join("lexicon.toml"), &head)
}

fn write_terms<'a>(folder: &Path, args: &ConvertArgs, terms: impl Iterator<Item = &'a Term>) -> Result<()> {
    let path = folder.join(format!("terms.{}.csv", args.language));
    let failed = |cause: csv::Error| {
        Error::run(path.display().to_string(), "the table cannot be written", "check the disk").because(cause)
    };
    let mut table = csv::Writer::from_path(&path).map_err(failed)?;
    table.write_record(["term", "kind", "axis", "weight", "note"]).map_err(failed)?;
    for term in terms {
        let weight = number(term.weight);
        table.write_record([&term.term, "term", &term.axis, &weight, &term.note]).map_err(failed)?;
    }
    table.flush().map_err(|cause| failed(cause.into()))
}

fn save(path: &Path, text: &str) -> Result<()> {
    std::fs::write(path, text).map_err(|cause| {
        Error::run(path.display().to_string(), "the file cannot be written", "check the disk").because(cause)
    })
}
