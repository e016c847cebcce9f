//! The values of the position chart.

use crate::model::{Axis, ChangePoint, Event, Line, Observation, TrendPoint};

/// What is drawn.
#[derive(Debug, Clone, Default)]
pub struct PositionChart {
    /// Headline.
    pub title: String,
    /// One or two lines under it.
    pub subtitle: String,
    /// Its poles are written at the ends.
    pub axis: Axis,
    /// Id and name of those who are drawn, most important first. Up to four
    /// share one frame; more get a frame each.
    pub actors: Vec<(String, String)>,
    /// Period means of this axis; those of other actors are left out.
    pub points: Vec<TrendPoint>,
    /// Single statements on this axis.
    pub observations: Vec<Observation>,
    /// A smooth line for each actor that has one.
    pub lines: Vec<Line>,
    /// Breaks in the level of actors.
    pub breaks: Vec<ChangePoint>,
    /// What happened meanwhile.
    pub events: Vec<Event>,
    /// Maximum number of single statements; more are thinned out evenly.
    pub dots: usize,
    /// Source, n, method.
    pub caption: String,
}
