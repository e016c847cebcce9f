//! What the page is made of: the values that a run hands to it.

use crate::model::{Article, Axis, ChangePoint, Counting, Event, Row, Shift, Skipped, Slope, TrendPoint};
use crate::report::manifest::Manifest;
use crate::report::page::data::choice::Choice;
use crate::report::page::data::counts::Counts;
use crate::report::page::data::entry::Accounts;
use crate::report::page::pictures::Picture;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Maximum number of rows of a long list; its CSV has all.
pub(crate) const MOST_ROWS: usize = 300;

/// An axis with what it is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct PageAxis {
    /// Name and poles.
    pub axis: Axis,
    /// Factor of each axis whose hits count on it: itself, or the formula of a
    /// derived axis.
    pub formula: BTreeMap<String, f64>,
}

/// What the statements of a run leave behind for its page.
#[derive(Debug)]
pub struct Evidence {
    /// Over all statements.
    pub counts: Counts,
    /// Those that are shown.
    pub choice: Choice,
}

impl Evidence {
    /// Nothing seen yet; see [`Choice::new`].
    pub fn new(main: Option<String>, listed: BTreeSet<String>, budget: usize, counting: Counting) -> Self {
        Evidence { counts: Counts::new(counting), choice: Choice::new(main, listed, budget, counting) }
    }

    /// Takes a row; `accounts` says how its scores came about, and is called only if the page
    /// may show the row. Rows of one article come one after the other.
    pub fn take(&mut self, row: &Row, article: &Article, accounts: &dyn Fn() -> Accounts) {
        self.counts.take(row, article);
        self.choice.offer(row, article, accounts);
    }
}

/// Inputs that could not be used, as they stream by.
#[derive(Debug, Default)]
pub struct Skips {
    /// The first ones, at most [`MOST_ROWS`].
    pub(crate) first: Vec<Skipped>,
    /// By reason.
    pub(crate) counts: BTreeMap<String, usize>,
}

impl Skips {
    /// Counts one.
    pub fn take(&mut self, skipped: Skipped) {
        *self.counts.entry(skipped.reason.clone()).or_default() += 1;
        if self.first.len() < MOST_ROWS {
            self.first.push(skipped);
        }
    }

    /// Counts several that are summed up in one row.
    pub fn take_more(&mut self, reason: String, count: usize) {
        *self.counts.entry(reason).or_default() += count;
    }

    /// How many there were.
    pub fn len(&self) -> usize {
        self.counts.values().sum()
    }

    /// True if there was none.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }
}

/// All that the page shows.
#[derive(Debug)]
pub struct Page<'a> {
    /// The axes of the run, in order.
    pub axes: Vec<PageAxis>,
    /// Index of the axis that is drawn and summarised.
    pub main: usize,
    /// Trends on all axes.
    pub points: &'a [TrendPoint],
    /// Compared windows.
    pub shifts: &'a [Shift],
    /// Breaks in level, the undecided ones, too.
    pub breaks: &'a [ChangePoint],
    /// Steady drifts.
    pub slopes: &'a [Slope],
    /// Dated events that the charts mark.
    pub events: &'a [Event],
    /// Charts.
    pub pictures: Vec<Picture>,
    /// Inputs that could not be used.
    pub skipped: &'a Skips,
    /// What the run was made of.
    pub manifest: &'a Manifest,
    /// Where the page will lie, for links to the articles.
    pub folder: &'a Path,
}
