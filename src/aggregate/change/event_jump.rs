//! The jump at a date that a line on each side does not explain: the local linear design
//! around an event (regression discontinuity in time, Hausman & Rapson 2018).
//!
//! Under a smooth trend every cut shows a difference of means, but a jump only by chance. Not
//! to be believed with few articles near the date, or where the course on a side is not
//! straight.

use crate::aggregate::bootstrap::Cluster;

/// Fewer articles than this on a side have no line.
const FEW: usize = 5;

/// The jump at time 0 with its standard error: a line through the articles of
/// each side (time in years from the date, weighted by statements), the difference
/// of both at the date, and the error that allows every article its own spread.
/// None with too few articles on a side or all of them on one day.
pub fn jump(before: &[(f64, Cluster)], after: &[(f64, Cluster)]) -> Option<(f64, f64)> {
    let (a, va) = at_zero(before)?;
    let (b, vb) = at_zero(after)?;
    Some((b - a, (va + vb).sqrt()))
}

/// The value of the line at 0 and its variance (HC1 over articles).
fn at_zero(points: &[(f64, Cluster)]) -> Option<(f64, f64)> {
    let n = points.len() as f64;
    if points.len() < FEW {
        return None;
    }
    let weight: f64 = points.iter().map(|(_, cluster)| cluster.count).sum();
    let time = points.iter().map(|(t, cluster)| t * cluster.count).sum::<f64>() / weight;
    let mean = points.iter().map(|(_, cluster)| cluster.sum).sum::<f64>() / weight;
    let spread: f64 = points.iter().map(|(t, cluster)| cluster.count * (t - time).powi(2)).sum();
    if spread <= 1e-9 * weight {
        return None;
    }
    let together: f64 = points.iter().map(|(t, c)| (t - time) * (c.sum - mean * c.count)).sum();
    let slope = together / spread;
    let variance: f64 = points
        .iter()
        .map(|(t, cluster)| {
            let residual = cluster.sum - cluster.count * (mean + slope * (t - time));
            let pull = 1.0 / weight - time * (t - time) / spread;
            (pull * residual).powi(2)
        })
        .sum();
    Some((mean - slope * time, variance * n / (n - 2.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(times: std::ops::Range<i32>, level: f64, slope: f64) -> Vec<(f64, Cluster)> {
        times
            .map(|n| {
                let t = f64::from(n) / 4.0;
                let count = f64::from(1 + n.rem_euclid(3));
                let noise = if n.rem_euclid(2) == 0 { 0.01 } else { -0.01 };
                let sum = (level + slope * t + noise) * count;
                (t, Cluster { sum, count, ..Cluster::default() })
            })
            .collect()
    }

    #[test]
    fn a_slope_alone_is_no_jump() {
        let (jump, error) = jump(&line(-8..0, 0.2, -0.3), &line(0..8, 0.2, -0.3)).unwrap();
        assert!(jump.abs() < 3.0 * error && error < 0.02, "{jump} {error}");
        let (jump, error) = super::jump(&line(-8..0, 0.2, -0.3), &line(0..8, -0.5, 0.1)).unwrap();
        assert!((jump + 0.7).abs() < 3.0 * error, "{jump} {error}");
    }

    #[test]
    fn few_articles_and_single_days_have_none() {
        assert_eq!(jump(&line(-3..0, 0.2, 0.0), &line(0..8, 0.2, 0.0)), None);
        let one_day: Vec<_> = line(0..8, 0.2, 0.0).into_iter().map(|(_, cluster)| (0.5, cluster)).collect();
        assert_eq!(jump(&one_day, &one_day), None);
    }
}
