//! The page of a run: the values that it gets, and opening it in a browser.

use crate::error::Result;
use crate::model::{Analysis, Counting, Row};
use crate::pipeline::Resources;
use crate::project::resources::load::Loaded;
use crate::project::tables;
use crate::report::Manifest;
use crate::report::page;
use crate::report::page::{Accounts, Evidence, Page, PageAxis, Picture, Skips, Sum};
use crate::score::account;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a run found out.
pub struct Results<'a> {
    pub analysis: &'a Analysis,
    pub pictures: Vec<Picture>,
    pub manifest: &'a Manifest,
    pub skips: &'a Skips,
}

/// What takes the evidence of rows. Without a roster (`no_roster`) nobody is on
/// it.
pub fn evidence(loaded: &Loaded, counting: Counting) -> Evidence {
    let roster = loaded.resources.names.roster();
    let listed: BTreeSet<String> = roster.actors.iter().map(|actor| actor.id.clone()).collect();
    let main = tables::main_axis(loaded).map(|axis| axis.id.to_string());
    Evidence::new(main, listed, page::BUDGET, counting)
}

/// Writes `index.html` into `folder`, with links as seen from `target`, where
/// the folder will be put.
pub fn write(
    folder: &Path,
    target: &Path,
    evidence: Evidence,
    results: Results,
    loaded: &Loaded,
) -> Result<()> {
    let axes = axes(loaded);
    let main = tables::main_axis(loaded);
    let main = axes.iter().position(|axis| Some(&axis.axis) == main.as_ref()).unwrap_or(0);
    let points = crate::project::options::analysis::over_all(&results.analysis.points);
    let page = Page {
        axes,
        main,
        points: &points,
        shifts: &results.analysis.shifts,
        breaks: &results.analysis.breaks,
        slopes: &results.analysis.slopes,
        events: &results.analysis.events,
        pictures: results.pictures,
        skipped: results.skips,
        manifest: results.manifest,
        folder: target,
    };
    page::page(&folder.join("index.html"), &page, evidence)
}

/// How the hits and scores of a row came about, as the page writes it.
pub fn accounts(row: &Row, resources: &Resources) -> Accounts {
    let (method, scale) = (resources.method, resources.scale);
    let mut accounts = Accounts::default();
    for (scored, matcher) in row.scored.iter().zip(&resources.matchers) {
        let hits = scored.hits.iter();
        accounts.hits.extend(hits.map(|hit| account::hit(hit, method).in_words(&page::plain)));
        accounts.sums.extend(scored.scores.iter().map(|score| {
            let account = account::score(score, scored, matcher.lexicon(), method, scale);
            let (lead, terms) = account.terms(&page::plain);
            Sum { lead, terms }
        }));
    }
    accounts
}

/// The axes of the lexicons with what they are made of.
fn axes(loaded: &Loaded) -> Vec<PageAxis> {
    let lexicons = loaded.resources.matchers.iter().map(|matcher| matcher.lexicon());
    let axes = lexicons.flat_map(|lexicon| lexicon.all_axes().map(move |axis| (lexicon, axis)));
    axes.map(|(lexicon, axis)| PageAxis { axis: axis.clone(), formula: lexicon.formula(&axis.id) }).collect()
}

/// Opens a file with the program named in `BROWSER`, else with what the system opens pages
/// with.
///
/// # Errors
/// Where that program cannot be started.
pub fn open(path: &Path) -> std::io::Result<()> {
    let browser = std::env::var_os("BROWSER").filter(|name| !name.is_empty());
    let mut command = opener(browser, path)?;
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().map(drop)
}

/// The command that opens a page. The path is one argument and begins at the root, so that
/// no part of it is an option; no shell reads it (`cmd /C start` takes names apart at `&`).
fn opener(browser: Option<OsString>, path: &Path) -> std::io::Result<Command> {
    let mut command = match browser {
        Some(browser) => Command::new(browser),
        None if cfg!(target_os = "macos") => Command::new("open"),
        None if cfg!(windows) => {
            let mut command = Command::new("rundll32.exe");
            command.arg("url.dll,FileProtocolHandler");
            command
        }
        None => Command::new("xdg-open"),
    };
    command.arg(std::path::absolute(path)?);
    Ok(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_opened_without_a_shell_and_never_as_an_option() {
        for browser in [None, Some(OsString::from("firefox"))] {
            let command = opener(browser, Path::new("-a & calc/index.html")).unwrap();
            let program = command.get_program().to_string_lossy().into_owned();
            assert!(!program.contains("cmd") && !program.contains("sh"), "{program}");
            let page = Path::new(command.get_args().last().unwrap());
            assert!(page.is_absolute() && page.ends_with("-a & calc/index.html"), "{page:?}");
        }
    }
}
