//! Counts of entries by the pole of their weight.

use crate::model::Entry;

/// Number of entries for the positive and for the negative pole of an axis.
pub type Poles = (usize, usize);

/// Counts one match of an entry; its axis and the sign of its weight, or None
/// where it has neither.
pub fn tally(poles: &mut [Poles], entry: &Entry) -> Option<(usize, f64)> {
    let axis = entry.axis?;
    if entry.weight == 0.0 {
        return None;
    }
    if entry.weight > 0.0 {
        poles[axis].0 += 1;
    } else {
        poles[axis].1 += 1;
    }
    Some((axis, entry.weight.signum()))
}
