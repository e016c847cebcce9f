//! The fitted weights of an axis, with the places of their features.

use crate::model::{Lexicon, Name};

/// A feature with its fitted weight.
#[derive(Debug, Clone, Copy)]
pub struct Fitted {
    /// Index into the list of all features.
    pub feature: usize,
    /// Its name.
    pub name: Name,
    /// What one unit of it adds to the score.
    pub weight: f64,
}

/// The calibration of an axis; None where the lexicon has none for it. `features` are the names
/// of all features in their order.
pub fn fitted(lexicon: &Lexicon, axis: Name, features: &[Name]) -> Option<Vec<Fitted>> {
    let calibration = lexicon.calibration.get(axis.as_str())?;
    let of = |(name, weight): &(Name, f64)| {
        let feature = features.iter().position(|known| known == name)?;
        Some(Fitted { feature, name: *name, weight: *weight })
    };
    Some(calibration.weights.iter().filter_map(of).collect())
}
