//! The results of `stance evaluate`: a text to read and two tables.

use crate::cli::commands::evaluate::scored_statement::Scored;
use crate::error::Result;
use crate::evaluate;
use crate::evaluate::{Agreement, Class, CodedStatement, Level, Resampling};
use crate::model::counted;
use crate::report::{Schema, Style, Table};
use crate::stats::interval::Interval;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// Worst disagreements in the text; the table has all.
const WORST: usize = 10;
/// Groups with fewer statements are only in the table.
const LEAST: usize = 5;

type AllScored = BTreeMap<String, Scored>;

/// The report for a reader.
pub fn text(
    axis: &str,
    coders: &[String],
    items: &[CodedStatement],
    groups: &[Agreement],
    resampling: Option<Resampling>,
    scored: &AllScored,
) -> String {
    let mut text = String::new();
    if let Some(all) = groups.first() {
        overall(&mut text, axis, coders, all);
        confusion(&mut text, all);
    }
    alphas(&mut text, coders, items, resampling);
    parts(&mut text, groups);
    disagreements(&mut text, items, scored);
    text
}

fn overall(text: &mut String, axis: &str, coders: &[String], all: &Agreement) {
    let (coded, coders) = (counted(all.coded, "statement"), counted(coders.len(), "coder"));
    let _ = writeln!(text, "Agreement on {axis}: {coded}, {coders}");
    let covered = all.scored.statements;
    let share = 100.0 * covered as f64 / all.coded.max(1) as f64;
    let _ =
        writeln!(text, "  {covered} of them have a score ({share:.0} %); for the others nothing was found.");
    let _ = writeln!(text, "  Codes are divided by the scale; several coders are averaged.\n");
    let _ = writeln!(text, "  {:32} {:24} absent as 0", "95 % intervals in brackets", "with a score");
    for (at, name) in evaluate::NAMES.into_iter().enumerate() {
        let told = [&all.scored, &all.all].map(|of| {
            let cells = if name == "cell_means_pearson" { format!(" ({})", of.cells) } else { String::new() };
            format!("{}{cells}{}", shown(of.estimates[at]), within(of.intervals[at]))
        });
        if name == "cell_means_pearson" && all.scored.cells + all.all.cells == 0 {
            continue;
        }
        let _ = writeln!(text, "  {:32} {:24} {}", spoken(name), told[0], told[1]);
    }
    let limits = [&all.scored, &all.all].map(|of| {
        of.limits.map_or("-".into(), |Interval { low, high }| {
            format!("{} to {}", shown(Some(low)), shown(Some(high)))
        })
    });
    let _ = writeln!(text, "  {:32} {:24} {}", "limits of agreement", limits[0], limits[1]);
    let long = [&all.scored, &all.all].map(|of| shown(of.error_by_length));
    let _ = writeln!(text, "  {:32} {:24} {}\n", "error and length (Spearman)", long[0], long[1]);
}

/// The 95 % interval behind an estimate.
fn within(interval: Option<Interval>) -> String {
    let short = |value: f64| format!("{:.2}", (value * 100.0).round() / 100.0 + 0.0);
    interval.map_or(String::new(), |found| format!(" [{}, {}]", short(found.low), short(found.high)))
}

fn spoken(name: &str) -> &str {
    match name {
        "spearman" => "order (Spearman)",
        "pearson" => "linear (Pearson)",
        "concordance" => "same values (Lin)",
        "mean_absolute_error" => "mean absolute error (0 to 2)",
        "bias" => "bias (score minus code)",
        "macro_f1" => "sign, macro-F1",
        "accuracy" => "sign, share right",
        "wrong_pole" => "sign, share on the wrong pole",
        "cell_means_pearson" => "actor x 5 years, means (cells)",
        other => other,
    }
}

fn shown(value: Option<f64>) -> String {
    // Adding 0 turns -0 into 0.
    value.map_or("-".into(), |value| format!("{:.3}", (value * 1000.0).round() / 1000.0 + 0.0))
}

fn confusion(text: &mut String, all: &Agreement) {
    let _ = writeln!(
        text,
        "  {:9} {:>8} {:>8} {:>8} {:>9} {:>10} {:>7} {:>6}",
        "coders", "reject", "neutral", "endorse", "no score", "precision", "recall", "F1"
    );
    for class in Class::ALL {
        let counts = all.scored.confusion.counts[class as usize];
        let found = all.all.confusion.found(class);
        let _ = writeln!(
            text,
            "  {:9} {:>8} {:>8} {:>8} {:>9} {:>10} {:>7} {:>6}",
            class.as_str(),
            counts[0],
            counts[1],
            counts[2],
            counts[3],
            shown(found.precision),
            shown(found.recall),
            shown(found.f1)
        );
    }
    let _ = writeln!(
        text,
        "  Columns are the program's; precision, recall and F1 take no score as neutral.\n  A code has a sign from {} of the scale on, a score from {}.\n",
        evaluate::CODE_BAR,
        evaluate::SCORE_BAR
    );
}

fn alphas(text: &mut String, coders: &[String], items: &[CodedStatement], resampling: Option<Resampling>) {
    let with = if coders.len() == 1 { "coder and program" } else { "with the program" };
    let _ = writeln!(text, "  {:22} {:40} {}", "Krippendorff's alpha", "between coders", with);
    for level in Level::ALL {
        let told = [false, true].map(|program| {
            let alpha = evaluate::coders_alpha(items, level, program);
            let interval =
                resampling.and_then(|how| evaluate::coders_alpha_interval(items, level, program, how));
            format!("{}{} n={} {}", shown(alpha.value), within(interval), alpha.units, alpha.reading())
        });
        let name = match level {
            Level::Nominal => "nominal (signs)",
            Level::Ordinal => "ordinal",
            Level::Interval => "interval",
            Level::Ratio => "ratio",
        };
        let between = if coders.len() == 1 { "- one coder" } else { &told[0] };
        let _ = writeln!(text, "  {name:22} {between:40} {}", told[1]);
    }
    let _ = writeln!(text, "  Reliable from 0.8, tentative from 0.667; no score is a missing value.\n");
}

fn parts(text: &mut String, groups: &[Agreement]) {
    let parts: Vec<&Agreement> = groups.iter().filter(|group| group.group != "all").collect();
    if parts.is_empty() {
        return;
    }
    let _ = writeln!(
        text,
        "  {:32} {:>5} {:>7} {:>9} {:>9} {:>9} {:>6}",
        "absent as 0", "n", "scored", "Spearman", "macro-F1", "wrong", "MAE"
    );
    for group in parts.iter().filter(|group| group.coded >= LEAST) {
        let all = &group.all;
        let _ = writeln!(
            text,
            "  {:32} {:>5} {:>7} {:>9} {:>9} {:>9} {:>6}",
            format!("{} {}", group.group, group.value),
            group.coded,
            group.scored.statements,
            shown(all.estimate("spearman")),
            shown(all.estimate("macro_f1")),
            shown(all.estimate("wrong_pole")),
            shown(all.estimate("mean_absolute_error"))
        );
    }
    let small = parts.iter().filter(|group| group.coded < LEAST).count();
    if small > 0 {
        let _ = writeln!(
            text,
            "  {small} more with fewer than {LEAST} statements: only in evaluation.csv (--out)"
        );
    }
    text.push('\n');
}

fn disagreements(text: &mut String, items: &[CodedStatement], scored: &AllScored) {
    let worst: Vec<&CodedStatement> = evaluate::worst(items)
        .into_iter()
        .filter(|item| item.distance().is_some_and(|distance| distance > 0.0))
        .take(WORST)
        .collect();
    if worst.is_empty() {
        let _ = writeln!(text, "No disagreement: every score equals its code.");
        return;
    }
    let _ = writeln!(text, "Worst disagreements (no score is as far as the code is from 0)");
    for item in worst {
        let code = item.code().unwrap_or(0.0);
        let score = item.score.map_or("no score".to_string(), |score| format!("score {score:+.2}"));
        let _ = writeln!(text, "\n  {}  code {code:+.2}, {score}", item.id);
        if let Some(scored) = scored.get(&item.id) {
            if !scored.text.is_empty() {
                let _ = writeln!(text, "    “{}”", scored.text);
            }
            for line in &scored.arithmetic {
                let _ = writeln!(text, "    {line}");
            }
        }
    }
}

/// What one call compares, for the tables.
pub struct Compared<'a> {
    /// The axis.
    pub axis: &'a str,
    /// The greatest code in size.
    pub scale: f64,
    /// Names of the coders.
    pub coders: &'a [String],
    /// Codes beside scores.
    pub items: &'a [CodedStatement],
    /// Agreement by group.
    pub groups: &'a [Agreement],
    /// How intervals are resampled.
    pub resampling: Option<Resampling>,
}

/// `evaluation.csv` (group, value, measure, n, estimate, ci_low, ci_high) and
/// `disagreements.csv`. Measures with `_absent_as_0` are over all statements,
/// the others over those with a score.
pub fn tables(folder: &Path, compared: &Compared, scored: &AllScored) -> Result<()> {
    let mut table = Table::in_file(&folder.join("evaluation.csv"), evaluation_schema(), Style::default())?;
    for group in compared.groups {
        let mut row = |measure: String, n: usize, estimate: Option<f64>, interval: Option<Interval>| {
            table.row(&Measured { group: &group.group, value: &group.value, measure, n, estimate, interval })
        };
        let coverage = group.scored.statements as f64 / group.coded as f64;
        row("coverage".into(), group.coded, (group.coded > 0).then_some(coverage), None)?;
        for (of, suffix) in [(&group.scored, ""), (&group.all, "_absent_as_0")] {
            for (at, name) in evaluate::NAMES.into_iter().enumerate() {
                let n = if name == "cell_means_pearson" { of.cells } else { of.statements };
                row(format!("{name}{suffix}"), n, of.estimates[at], of.intervals[at])?;
            }
            row(format!("limit_low{suffix}"), of.statements, of.limits.map(|limits| limits.low), None)?;
            row(format!("limit_high{suffix}"), of.statements, of.limits.map(|limits| limits.high), None)?;
            row(format!("error_by_length_spearman{suffix}"), of.statements, of.error_by_length, None)?;
            for class in Class::ALL {
                let found = of.confusion.found(class);
                for (name, estimate) in
                    [("precision", found.precision), ("recall", found.recall), ("f1", found.f1)]
                {
                    row(format!("{name}_{}{suffix}", class.as_str()), of.statements, estimate, None)?;
                }
            }
        }
        for class in Class::ALL {
            let programs = Class::ALL.map(Class::as_str).into_iter().chain(["absent"]);
            for (program, count) in programs.zip(group.scored.confusion.counts[class as usize]) {
                let name = format!("count_coders_{}_program_{program}", class.as_str());
                row(name, group.coded, Some(count as f64), None)?;
            }
        }
    }
    for level in Level::ALL {
        for (program, name) in [(false, "coders"), (true, "coders_and_program")] {
            let alpha = evaluate::coders_alpha(compared.items, level, program);
            let interval = compared
                .resampling
                .and_then(|how| evaluate::coders_alpha_interval(compared.items, level, program, how));
            let measure = format!("alpha_{}_{name}", level.as_str());
            let (n, estimate) = (alpha.units, alpha.value);
            table.row(&Measured { group: "all", value: "all", measure, n, estimate, interval })?;
        }
    }
    table.finish()?;
    disagreements_table(&folder.join("disagreements.csv"), compared, scored)
}

/// A row of `evaluation.csv`.
struct Measured<'a> {
    group: &'a str,
    value: &'a str,
    measure: String,
    n: usize,
    estimate: Option<f64>,
    interval: Option<Interval>,
}

fn evaluation_schema<'a>() -> Schema<Measured<'a>> {
    Schema::<Measured>::new("evaluation", "A row is a measure of agreement in a group of statements.")
        .text("group", "what the statements are grouped by", "text", "never", |row| row.group)
        .text("value", "the group", "text", "unknown", |row| row.value)
        .text("measure", "name of the measure", "text", "never", |row| &row.measure)
        .integer("n", "statements or cells compared", "count", "never", |row| row.n)
        .number("estimate", "the measure", "see docs/METHOD.md", "too few statements", |row| row.estimate)
        .number("ci_low", "lower end of its 95 % interval", "as estimate", "no interval", |row| {
            row.interval.map(|interval| interval.low)
        })
        .number("ci_high", "upper end", "as estimate", "no interval", |row| {
            row.interval.map(|interval| interval.high)
        })
}

/// A row of `disagreements.csv`.
struct Disagreement<'a> {
    axis: &'a str,
    item: &'a CodedStatement,
    text: &'a str,
    arithmetic: String,
}

/// All coded statements, furthest apart first. Coders' columns are as coded.
fn disagreements_table(path: &Path, compared: &Compared, scored: &AllScored) -> Result<()> {
    let Compared { axis, scale, coders, items, .. } = *compared;
    let schema = Schema::new("disagreements", "A row is a coded statement.")
        .text("statement_id", "the statement", "text", "never", |row: &Disagreement| &row.item.id)
        .text("axis", "id of the axis", "text", "never", |row| row.axis)
        .number("distance", "between code and score; no score is 0", "[0, 2]", "never", |row| {
            row.item.distance()
        })
        .number("code", "mean of the codes", "[-1, 1]", "no code", |row| row.item.code())
        .number("score", "the score", "[-1, 1]", "no evidence", |row| row.item.score);
    let schema = coders.iter().enumerate().fold(schema, |schema, (at, coder)| {
        schema.number(format!("coder_{coder}"), "the code as given", "as coded", "not coded", move |row| {
            row.item.codes.get(at).copied().flatten().map(|code| code * scale)
        })
    });
    let schema = schema
        .optional_text("language", "language of the article", "two letters", "unknown", |row| {
            row.item.language.as_deref()
        })
        .optional_text("form", "how it is reported", "direct, mixed, indirect, turn", "unknown", |row| {
            row.item.form.as_deref()
        })
        .optional_text("actor", "who said it", "text", "unknown", |row| row.item.actor.as_deref())
        .composed_text("year", "year in which it was said", "year", "unknown", |row, text| {
            if let Some(year) = row.item.year {
                let _ = write!(text, "{year}");
            }
        })
        .text("text", "the words", "text", "unknown", |row| row.text)
        .text("arithmetic", "how the score came about", "text", "no score", |row| &row.arithmetic);
    let mut table = Table::in_file(path, schema, Style::default())?;
    for item in evaluate::worst(items) {
        let of = scored.get(&item.id);
        table.row(&Disagreement {
            axis,
            item,
            text: of.map_or("", |of| &of.text),
            arithmetic: of.map_or(String::new(), |of| of.arithmetic.join(" | ")),
        })?;
    }
    table.finish()
}
