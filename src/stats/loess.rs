//! LOESS, a smooth line through points: local regression of degree 1 with tricube weights
//! (Cleveland 1979). Generalised cross-validation (Craven & Wahba 1979) chooses how many
//! neighbours each place looks at.

/// Never fewer neighbours than this: with three or four, of which the last
/// weighs nothing, a line would join the points instead of smoothing them.
pub const LEAST_NEIGHBOURS: usize = 5;
/// How many numbers of neighbours are tried, each larger by the same factor.
const TRIED: u32 = 32;

/// Smoothed values at `at` from points (x, y, weight): the `near` nearest
/// points, weighted `w (1 - |d|^3 / h^3)^3`. None outside the points' range. The points
/// are sorted by x.
pub fn loess(points: &[(f64, f64, f64)], near: usize, at: &[f64]) -> Vec<Option<f64>> {
    at.iter().map(|x| smooth(points, near, *x).map(|(value, _)| value)).collect()
}

/// The number of neighbours that predicts a left-out point best: the least
/// `(rss / W) / (1 - tr(L) / n)^2`, where `rss` weighs points as the fit does and
/// `L` maps points to fitted values; of equally good numbers the largest.
pub fn neighbours(points: &[(f64, f64, f64)]) -> usize {
    let n = points.len();
    let least = LEAST_NEIGHBOURS.min(n);
    let growth = (n as f64 / least.max(1) as f64).powf(1.0 / f64::from(TRIED - 1));
    let mut tried: Vec<usize> =
        (0..TRIED).map(|step| ((least as f64 * growth.powi(step as i32)).round() as usize).min(n)).collect();
    tried.dedup();
    let scored = tried.into_iter().filter_map(|near| Some((near, cross_validation(points, near)?)));
    scored.min_by(|one, two| one.1.total_cmp(&two.1).then(two.0.cmp(&one.0))).map_or(n, |(near, _)| near)
}

fn cross_validation(points: &[(f64, f64, f64)], near: usize) -> Option<f64> {
    let (mut residual, mut weights, mut trace) = (0.0, 0.0, 0.0);
    for (x, y, weight) in points {
        let (value, lever) = smooth(points, near, *x)?;
        residual += weight * (y - value).powi(2);
        weights += weight;
        trace += weight * lever;
    }
    let freedom = 1.0 - trace / points.len() as f64;
    (freedom > 0.01 && weights > 0.0).then(|| residual / weights / freedom.powi(2))
}

/// The distance to the last of the points that count at a place; points are
/// sorted by x.
pub fn reach(points: &[(f64, f64, f64)], near: usize, x: f64) -> f64 {
    let near = near.min(points.len());
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

/// The value at `x`, and what a point of weight 1 at `x` itself would have in it.
fn smooth(points: &[(f64, f64, f64)], near: usize, x: f64) -> Option<(f64, f64)> {
    let (first, last) = (points.first()?.0, points.last()?.0);
    if x < first || x > last {
        return None;
    }
    let reach = reach(points, near, x).max(1e-9) * 1.000_001;
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
        return Some((wy / w, 1.0 / w));
    }
    let slope = (w * wxy - wx * wy) / spread;
    Some(((wy - slope * wx) / w, wxx / spread))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_line_stays_straight() {
        let points: Vec<(f64, f64, f64)> =
            (0..8).map(|n| (f64::from(n), 2.0 - 0.5 * f64::from(n), 1.0)).collect();
        for (x, y) in loess(&points, 5, &[0.0, 2.5, 7.0]).into_iter().zip([2.0, 0.75, -1.5]) {
            assert!((x.unwrap() - y).abs() < 1e-9);
        }
        assert_eq!(loess(&points, 5, &[8.5]), [None]);
        assert_eq!(loess(&[(1.0, 0.5, 1.0)], 5, &[1.0]), [Some(0.5)]);
        assert_eq!(reach(&points, 4, 0.0), 3.0);
    }

    #[test]
    fn a_clear_course_is_followed_and_noise_is_not() {
        let course = |y: fn(i32) -> f64| -> Vec<(f64, f64, f64)> {
            (0..20).map(|n| (f64::from(n), y(n), 1.0)).collect()
        };
        // A step from 0.4 to -0.4: about as few neighbours as allowed.
        let step = course(|n| if n < 10 { 0.4 } else { -0.4 } + 0.01 * f64::from(n % 2));
        assert!(neighbours(&step) <= 8, "{}", neighbours(&step));
        // Up and down from year to year: as many as there are.
        let noise = course(|n| if n % 2 == 0 { 0.4 } else { -0.4 });
        assert!(neighbours(&noise) >= 15, "{}", neighbours(&noise));
        assert_eq!(neighbours(&step[..5]), 5);
        assert_eq!(neighbours(&[]), 0);
    }

    proptest::proptest! {
        #[test]
        fn reach_is_the_distance_of_the_last_near_point(
            mut x in proptest::collection::vec(0.0f64..10.0, 1..30),
            at in 0.0f64..10.0,
            near in 1usize..30,
        ) {
            x.sort_by(f64::total_cmp);
            let points: Vec<(f64, f64, f64)> = x.iter().map(|x| (*x, 0.0, 1.0)).collect();
            let mut distances: Vec<f64> = x.iter().map(|x| (x - at).abs()).collect();
            distances.sort_by(f64::total_cmp);
            let near = near.min(x.len());
            proptest::prop_assert_eq!(reach(&points, near, at), distances[near - 1]);
        }
    }
}
