//! What the page is made of: the values that a run hands to it.

use crate::model::{Article, Axis, ChangePoint, Event, Row, Shift, Skipped, Slope, TrendPoint};
use crate::report::manifest::Manifest;
use crate::report::page::data::choice::Choice;
use crate::report::page::data::counts::Counts;
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
    pub fn new(main: Option<String>, listed: BTreeSet<String>, budget: usize) -> Self {
        Evidence { counts: Counts::default(), choice: Choice::new(main, listed, budget) }
    }

    /// Takes a row. Rows of one article come one after the other.
    pub fn take(&mut self, row: &Row, article: &Article) {
        self.counts.take(row, article);
        self.choice.offer(row, article);
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

/// How the score of an axis comes from its hits, for the accounts.
#[derive(Debug, Clone, PartialEq)]
pub struct Summing {
    /// Size below which a calibrated sum says nothing.
    pub quiet: f64,
    /// In words, before the list of contributions c.
    pub formula: String,
    /// How the contribution of a hit is computed.
    pub steps: Steps,
}

/// How the contribution of a hit is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Steps {
    /// Weight, signs and shifters of the compositional method.
    Signs,
    /// It counts for a pole.
    Counts,
    /// Weight times factor.
    Product,
}

impl Steps {
    /// The word that the script knows.
    pub fn as_str(self) -> &'static str {
        match self {
            Steps::Signs => "signs",
            Steps::Counts => "counts",
            Steps::Product => "product",
        }
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
    /// How scores come from hits.
    pub summing: Summing,
    /// Where the page will lie, for links to the articles.
    pub folder: &'a Path,
}
