//! The tables of an analysis: trends, smooth lines, slopes, models, breaks and shifts.

pub(crate) mod breaks;
pub(crate) mod models;
pub(crate) mod shifts;
pub(crate) mod slopes;
pub(crate) mod smooth;
pub(crate) mod trend;

use crate::error::Result;
use crate::model::Analysis;
use crate::report::tables::analysis::smooth::SmoothRow;
use crate::report::tables::write::table::Place;

/// Writes all tables of an analysis into a folder.
pub fn analysis_tables(place: &Place, analysis: &Analysis) -> Result<()> {
    place.write(trend::schema(), &analysis.points)?;
    let mut table = place.table(smooth::schema())?;
    for line in &analysis.lines {
        for (index, points) in line.pieces.iter().enumerate() {
            for point in points {
                table.row(&SmoothRow { line, piece: index + 1, point: *point })?;
            }
        }
    }
    table.finish()?;
    place.write(slopes::schema(), &analysis.slopes)?;
    place.write(models::schema(), &analysis.fits)?;
    place.write(breaks::schema(), &analysis.breaks)?;
    place.write(shifts::schema(), &analysis.shifts)
}
