//! Krippendorff's alpha for any number of coders with missing values.
//!
//! Krippendorff (2019), Content Analysis, 4th ed., ch. 12; Hayes & Krippendorff
//! (2007), Communication Methods and Measures 1. Observed over expected
//! disagreement: over all pairs of values given to the same unit, against all
//! pairs that could be drawn from the pool of values,
//!
//! ```text
//! D_o = sum over units of ( sum over ordered pairs d²(c, k) ) / (m - 1)
//! D_e = sum over ordered pairs of the pool d²(c, k)
//! alpha = 1 - (n - 1) D_o / D_e
//! ```
//!
//! with m values in a unit (units with one value say nothing and are left
//! out) and n values in the pool. Nominal: d² = 1 where c and k differ.
//! Interval: (c - k)². Ordinal: (n_c/2 + n of all between + n_k/2)², which is
//! the squared distance of mid-ranks in the pool; so ordinal alpha is interval
//! alpha of the mid-ranks, and no matrix of values is needed.
//!
//! When not to believe it: with few units, or where nearly everybody gives the
//! same code, single codes move it much. Usual bars: 0.8 and more, rely on it;
//! 0.667 to 0.8, tentative conclusions only.

/// What the codes mean, and so how far two of them are apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Names without order: equal or not.
    Nominal,
    /// An order.
    Ordinal,
    /// Numbers with meaningful distances.
    Interval,
}

impl Level {
    /// All levels, as reported.
    pub const ALL: [Level; 3] = [Level::Nominal, Level::Ordinal, Level::Interval];

    /// The word used in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Nominal => "nominal",
            Level::Ordinal => "ordinal",
            Level::Interval => "interval",
        }
    }
}

/// An alpha with what it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alpha {
    /// At most 1 (perfect); 0 is chance, below 0 worse than chance. None
    /// without two values in a unit, or when all values are the same: without
    /// variation agreement cannot be told from habit.
    pub value: Option<f64>,
    /// Units with two values or more.
    pub units: usize,
}

impl Alpha {
    /// What may be concluded, by Krippendorff's bars.
    pub fn reading(&self) -> &'static str {
        match self.value {
            None if self.units == 0 => "no statement has two codes",
            None => "no variation",
            Some(value) if value >= 0.8 => "reliable",
            Some(value) if value >= 0.667 => "tentative",
            Some(_) => "not reliable",
        }
    }
}

/// Alpha over units, each with the values that were given to it in any order;
/// missing ones are simply not there.
pub fn alpha(units: &[Vec<f64>], level: Level) -> Alpha {
    let mut units: Vec<Vec<f64>> = units.iter().filter(|unit| unit.len() > 1).cloned().collect();
    let mut pool: Vec<f64> = units.iter().flatten().copied().collect();
    pool.sort_by(f64::total_cmp);
    if level == Level::Ordinal {
        let middle = |value: f64| {
            let below = pool.partition_point(|other| *other < value);
            let upto = pool.partition_point(|other| *other <= value);
            (below + upto) as f64 / 2.0
        };
        units.iter_mut().flatten().for_each(|value| *value = middle(*value));
        pool = pool.iter().map(|value| middle(*value)).collect();
    }
    let observed: f64 = units.iter().map(|unit| disagreement(unit, level) / (unit.len() - 1) as f64).sum();
    let expected = disagreement(&pool, level);
    let constant = pool.first() == pool.last();
    let value = (!constant).then(|| 1.0 - (pool.len() as f64 - 1.0) * observed / expected);
    Alpha { value, units: units.len() }
}

/// The sum of d² over all ordered pairs of values.
fn disagreement(values: &[f64], level: Level) -> f64 {
    let count = values.len() as f64;
    if level == Level::Nominal {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let same: f64 = sorted.chunk_by(|one, two| one == two).map(|run| (run.len() as f64).powi(2)).sum();
        return count * count - same;
    }
    let mean = values.iter().sum::<f64>() / count;
    2.0 * count * values.iter().map(|value| (value - mean).powi(2)).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Krippendorff's "C data": 4 coders, 12 units, missing values left out.
    fn c_data() -> Vec<Vec<f64>> {
        let units: [&[u8]; 12] = [
            &[1, 1, 1],
            &[2, 2, 3, 2],
            &[3, 3, 3, 3],
            &[3, 3, 3, 3],
            &[2, 2, 2, 2],
            &[1, 2, 3, 4],
            &[4, 4, 4, 4],
            &[1, 1, 2, 1],
            &[2, 2, 2, 2],
            &[5, 5, 5],
            &[1, 1],
            &[3],
        ];
        units.iter().map(|unit| unit.iter().map(|value| f64::from(*value)).collect()).collect()
    }

    #[test]
    fn the_values_of_krippendorffs_example() {
        for (level, expected) in
            [(Level::Nominal, 0.743421), (Level::Ordinal, 0.815388), (Level::Interval, 0.849107)]
        {
            let found = alpha(&c_data(), level);
            assert!((found.value.unwrap() - expected).abs() < 5e-7, "{level:?}: {found:?}");
            assert_eq!(found.units, 11);
        }
    }

    #[test]
    fn without_variation_there_is_no_alpha() {
        let same = alpha(&[vec![1.0, 1.0], vec![1.0, 1.0]], Level::Interval);
        assert_eq!((same.value, same.reading()), (None, "no variation"));
        let single = alpha(&[vec![1.0], vec![2.0]], Level::Nominal);
        assert_eq!((single.value, single.units, single.reading()), (None, 0, "no statement has two codes"));
    }

    #[test]
    fn perfect_agreement_is_one_and_the_scale_does_not_matter() {
        let units = vec![vec![1.0, 1.0], vec![2.0, 2.0, 2.0], vec![-1.0, -1.0]];
        for level in Level::ALL {
            assert_eq!(alpha(&units, level).value, Some(1.0));
            let stretched: Vec<Vec<f64>> =
                c_data().iter().map(|unit| unit.iter().map(|value| 3.0 * value - 7.0).collect()).collect();
            let (one, two) =
                (alpha(&c_data(), level).value.unwrap(), alpha(&stretched, level).value.unwrap());
            assert!((one - two).abs() < 1e-12);
        }
    }
}
