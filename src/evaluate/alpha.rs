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
//! alpha of the mid-ranks, and no matrix of values is needed. Ratio: ((c - k) / (c + k))².
//!
//! When not to believe it: with few units, or where nearly everybody gives the
//! same code, single codes move it much. Usual bars: 0.8 and more, rely on it;
//! 0.667 to 0.8, tentative conclusions only.

use crate::stats::correlation::ranks_of_counts;
use crate::stats::draws::Key;
use crate::stats::interval::Interval;

/// What the codes mean, and so how far two of them are apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Names without order: equal or not.
    Nominal,
    /// An order.
    Ordinal,
    /// Numbers with meaningful distances.
    Interval,
    /// Numbers above 0 with a meaningful nothing. Codes with two poles have none,
    /// so it is not reported.
    Ratio,
}

impl Level {
    /// The levels that are reported.
    pub const ALL: [Level; 3] = [Level::Nominal, Level::Ordinal, Level::Interval];

    /// The word used in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Nominal => "nominal",
            Level::Ordinal => "ordinal",
            Level::Interval => "interval",
            Level::Ratio => "ratio",
        }
    }
}

/// An alpha with what it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alpha {
    /// At most 1 (perfect); 0 is chance, below 0 worse than chance. None
    /// without two values in a unit, or when all values are the same: without
    /// variation agreement cannot be distinguished from habit.
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
    let pool = Pool::of(units, level);
    let every: Vec<usize> = (0..pool.units.len()).collect();
    Alpha { value: pool.alpha(&every), units: every.len() }
}

/// The 95 % interval of alpha by resampling units (Krippendorff's own advice is
/// to resample disagreements; units keep together what belongs together). None
/// when alpha does not exist, or not in more than a tenth of the replicates.
pub fn alpha_interval(units: &[Vec<f64>], level: Level, key: Key, replicates: usize) -> Option<Interval> {
    let pool = Pool::of(units, level);
    let mut drawn = Vec::new();
    let values: Vec<f64> = (0..replicates)
        .filter_map(|replicate| {
            key.replicate(replicate).resample(pool.units.len(), &mut drawn);
            pool.alpha(&drawn)
        })
        .collect();
    Interval::percentile_of_most(values, replicates)
}

/// The units that count, their values as indices into the different values.
struct Pool {
    level: Level,
    values: Vec<f64>,
    units: Vec<Vec<usize>>,
}

impl Pool {
    fn of(units: &[Vec<f64>], level: Level) -> Pool {
        let with = || units.iter().filter(|unit| unit.len() > 1);
        let mut values: Vec<f64> = with().flatten().copied().collect();
        values.sort_by(f64::total_cmp);
        values.dedup();
        let place = |value: &f64| values.partition_point(|other| other < value);
        let units = with().map(|unit| unit.iter().map(place).collect()).collect();
        Pool { level, units, values }
    }

    /// Alpha over some of the units, named by their indices; None without
    /// variation.
    fn alpha(&self, drawn: &[usize]) -> Option<f64> {
        let mut counts = vec![0usize; self.values.len()];
        drawn.iter().flat_map(|at| &self.units[*at]).for_each(|value| counts[*value] += 1);
        if counts.iter().filter(|count| **count > 0).count() < 2 {
            return None;
        }
        // Ordinal alpha is interval alpha of mid-ranks in the pool.
        let places: Vec<f64> = match self.level {
            Level::Ordinal => ranks_of_counts(&counts),
            _ => self.values.clone(),
        };
        let apart = |one: usize, two: usize| match self.level {
            Level::Nominal => f64::from(u8::from(one != two)),
            Level::Ratio if one == two => 0.0,
            Level::Ratio => ((places[one] - places[two]) / (places[one] + places[two])).powi(2),
            _ => (places[one] - places[two]).powi(2),
        };
        let mut observed = 0.0;
        for at in drawn {
            let unit = &self.units[*at];
            let pairs = unit.iter().flat_map(|one| unit.iter().map(move |two| (*one, *two)));
            observed += pairs.map(|(one, two)| apart(one, two)).sum::<f64>() / (unit.len() - 1) as f64;
        }
        let n: usize = counts.iter().sum();
        let mut expected = 0.0;
        match self.level {
            Level::Ordinal | Level::Interval => {
                // Over all ordered pairs (c - k)² sums to 2 n Σ (c - mean)².
                let weighted = || counts.iter().zip(&places).map(|(count, place)| (*count as f64, *place));
                let mean = weighted().map(|(count, place)| count * place).sum::<f64>() / n as f64;
                let squares: f64 = weighted().map(|(count, place)| count * (place - mean).powi(2)).sum();
                expected += 2.0 * n as f64 * squares;
            }
            Level::Nominal | Level::Ratio => {
                for (one, many) in counts.iter().enumerate() {
                    for (two, others) in counts.iter().enumerate() {
                        expected += (many * others) as f64 * apart(one, two);
                    }
                }
            }
        }
        Some(1.0 - (n as f64 - 1.0) * observed / expected)
    }
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
        for (level, expected) in [
            (Level::Nominal, 0.743421),
            (Level::Ordinal, 0.815388),
            (Level::Interval, 0.849107),
            (Level::Ratio, 0.797403),
        ] {
            let found = alpha(&c_data(), level);
            assert!((found.value.unwrap() - expected).abs() < 5e-7, "{level:?}: {found:?}");
            assert_eq!(found.units, 11);
        }
        let with: Vec<Vec<f64>> = c_data().into_iter().filter(|unit| unit.len() > 1).collect();
        let count = |value: f64| with.iter().flatten().filter(|other| **other == value).count();
        assert_eq!([1.0, 2.0, 3.0, 4.0, 5.0].map(count), [9, 13, 10, 5, 3]);
    }

    #[test]
    fn the_interval_holds_alpha_and_repeats() {
        let key = Key::new(5, &["coders"]);
        for level in Level::ALL {
            let value = alpha(&c_data(), level).value.unwrap();
            let found = alpha_interval(&c_data(), level, key, 1000).unwrap();
            assert!(found.low < value && value < found.high, "{level:?} {value} {found:?}");
            assert_eq!(alpha_interval(&c_data(), level, key, 1000), Some(found));
        }
        assert_eq!(alpha_interval(&[vec![1.0, 1.0]], Level::Nominal, key, 1000), None);
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
