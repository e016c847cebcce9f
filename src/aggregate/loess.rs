//! A smooth line through points.
//!
//! Lives here: LOESS of degree 1 with tricube weights (Cleveland 1979). May not
//! live here: deciding where not to draw it (see `smooth`).

/// Smoothed values at `at` from points (x, y, weight): the `ceil(span * n)`
/// nearest points, at least 3, weighted `w (1 - |d|^3 / h^3)^3`. None outside
/// the points' range.
/// The points are sorted by x.
pub fn loess(points: &[(f64, f64, f64)], span: f64, at: &[f64]) -> Vec<Option<f64>> {
    at.iter().map(|x| smooth(points, span, *x)).collect()
}

/// The distance to the last of the points that count at a place; points are
/// sorted by x.
pub fn reach(points: &[(f64, f64, f64)], span: f64, x: f64) -> f64 {
    let near = ((span * points.len() as f64).ceil() as usize).clamp(3.min(points.len()), points.len());
    if near == 0 {
        return 0.0;
    }
    // The nearest ones lie side by side: move their first one until the next
    // point behind is no nearer than it.
    let (mut first, mut end) = (0, points.len() - near);
    while first < end {
        let middle = (first + end) / 2;
        if x - points[middle].0 > points[middle + near].0 - x {
            first = middle + 1;
        } else {
            end = middle;
        }
    }
    (points[first].0 - x).abs().max((points[first + near - 1].0 - x).abs())
}

fn smooth(points: &[(f64, f64, f64)], span: f64, x: f64) -> Option<f64> {
    let (first, last) = (points.first()?.0, points.last()?.0);
    if x < first || x > last {
        return None;
    }
    let reach = reach(points, span, x).max(1e-9) * 1.000_001;
    let from = points.partition_point(|point| point.0 <= x - reach);
    let to = points.partition_point(|point| point.0 < x + reach);
    let (mut w, mut wx, mut wy, mut wxx, mut wxy) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (px, py, pw) in &points[from..to] {
        // Measured from x, so that years do not cost digits.
        let from_here = px - x;
        let distance = from_here.abs() / reach;
        if distance >= 1.0 {
            continue;
        }
        let weight = pw * (1.0 - distance.powi(3)).powi(3);
        w += weight;
        wx += weight * from_here;
        wy += weight * py;
        wxx += weight * from_here * from_here;
        wxy += weight * from_here * py;
    }
    if w <= 0.0 {
        return None;
    }
    let spread = w * wxx - wx * wx;
    if spread.abs() < 1e-9 * w * w {
        return Some(wy / w);
    }
    let slope = (w * wxy - wx * wy) / spread;
    Some((wy - slope * wx) / w)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_line_stays_straight() {
        let points: Vec<(f64, f64, f64)> =
            (0..8).map(|n| (f64::from(n), 2.0 - 0.5 * f64::from(n), 1.0)).collect();
        for (x, y) in loess(&points, 0.6, &[0.0, 2.5, 7.0]).into_iter().zip([2.0, 0.75, -1.5]) {
            assert!((x.unwrap() - y).abs() < 1e-9);
        }
        assert_eq!(loess(&points, 0.6, &[8.5]), [None]);
        assert_eq!(loess(&[(1.0, 0.5, 1.0)], 0.6, &[1.0]), [Some(0.5)]);
        assert_eq!(reach(&points, 0.5, 0.0), 3.0);
    }

    proptest::proptest! {
        #[test]
        fn reach_is_the_distance_of_the_last_near_point(
            mut x in proptest::collection::vec(0.0f64..10.0, 1..30),
            at in 0.0f64..10.0,
            span in 0.1f64..1.0,
        ) {
            x.sort_by(f64::total_cmp);
            let points: Vec<(f64, f64, f64)> = x.iter().map(|x| (*x, 0.0, 1.0)).collect();
            let mut distances: Vec<f64> = x.iter().map(|x| (x - at).abs()).collect();
            distances.sort_by(f64::total_cmp);
            let near = ((span * x.len() as f64).ceil() as usize).clamp(3.min(x.len()), x.len());
            proptest::prop_assert_eq!(reach(&points, span, at), distances[near - 1]);
        }
    }
}
