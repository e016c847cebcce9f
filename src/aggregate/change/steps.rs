//! The best cut of a series into stretches of constant mean, and rival descriptions (one
//! level, a line, a line with a step), all judged by one BIC.
//!
//! The segmentation is exact by dynamic programming (Bai & Perron 2003), because the series
//! are at most a few hundred periods long; beside it the same with a price for each break
//! (PELT; Killick, Fearnhead & Eckley 2012).

/// A description of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct Description {
    /// What it says.
    pub shape: Shape,
    /// Indices of the first points of the new levels.
    pub breaks: Vec<usize>,
    /// Weighted residual sum of squares.
    pub rss: f64,
    /// Bayesian information criterion; smaller is better.
    pub bic: f64,
}

/// What a description says of the series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One level.
    Constant,
    /// A straight line.
    Linear,
    /// This number of breaks between levels.
    Steps(usize),
    /// A straight line with one break.
    LinearAndStep,
}

impl Shape {
    /// The word used in tables.
    pub fn name(self) -> String {
        match self {
            Shape::Constant => "constant".into(),
            Shape::Linear => "linear".into(),
            Shape::Steps(breaks) => format!("steps_{breaks}"),
            Shape::LinearAndStep => "linear_and_step".into(),
        }
    }

    /// Estimated numbers: levels or slopes, places of breaks, the variance.
    fn parameters(self) -> f64 {
        match self {
            Shape::Constant => 2.0,
            Shape::Linear => 3.0,
            Shape::Steps(breaks) => 2.0 * (breaks as f64 + 1.0),
            Shape::LinearAndStep => 5.0,
        }
    }
}

/// The least length of a stretch: 15 % of the series, at least 2.
pub fn least_stretch(n: usize) -> usize {
    ((0.15 * n as f64).ceil() as usize).max(2)
}

/// The most breaks that are looked for: `ceil(n / h) - 2`, as in strucchange.
pub fn most_breaks(n: usize) -> usize {
    n.div_ceil(least_stretch(n)).saturating_sub(2)
}

/// Sums that give the cost of any stretch at once.
pub struct Costs {
    weight: Vec<f64>,
    value: Vec<f64>,
    square: Vec<f64>,
}

impl Costs {
    /// From values and their weights.
    pub fn new(x: &[f64], w: &[f64]) -> Costs {
        let mut costs = Costs { weight: vec![0.0], value: vec![0.0], square: vec![0.0] };
        let (mut weight, mut value, mut square) = (0.0, 0.0, 0.0);
        for (x, w) in x.iter().zip(w) {
            weight += w;
            value += w * x;
            square += w * x * x;
            costs.weight.push(weight);
            costs.value.push(value);
            costs.square.push(square);
        }
        costs
    }

    /// `sum w x² - (sum w x)² / sum w` of the points from `i` up to `j`, which
    /// is left out.
    pub fn cost(&self, i: usize, j: usize) -> f64 {
        let w = self.weight[j] - self.weight[i];
        let value = self.value[j] - self.value[i];
        (self.square[j] - self.square[i] - value * value / w).max(0.0)
    }

    /// The weighted mean of the same points.
    pub fn mean(&self, i: usize, j: usize) -> f64 {
        (self.value[j] - self.value[i]) / (self.weight[j] - self.weight[i])
    }

    fn len(&self) -> usize {
        self.weight.len() - 1
    }
}

/// For 0 to `most` breaks, the places that leave the least cost, stretches at
/// least `least` long; fewer entries where the series is too short.
pub fn cuts(costs: &Costs, least: usize, most: usize) -> Vec<(Vec<usize>, f64)> {
    let n = costs.len();
    let mut found = Vec::new();
    if n < least {
        return found;
    }
    let mut best: Vec<f64> =
        (0..=n).map(|j| if j < least { f64::INFINITY } else { costs.cost(0, j) }).collect();
    let mut from: Vec<Vec<usize>> = Vec::new();
    found.push((Vec::new(), best[n]));
    for breaks in 1..=most {
        let mut next = vec![f64::INFINITY; n + 1];
        let mut last = vec![0; n + 1];
        // The last break needs no other end than that of the series.
        let first = if breaks == most { n.max((breaks + 1) * least) } else { (breaks + 1) * least };
        for j in first..=n {
            (next[j], last[j]) = (breaks * least..=j - least)
                .map(|i| (best[i] + costs.cost(i, j), i))
                .fold((f64::INFINITY, 0), |one, two| if two.0 < one.0 { two } else { one });
        }
        best = next;
        from.push(last);
        if !best[n].is_finite() {
            break;
        }
        let mut places = Vec::new();
        let mut at = n;
        for last in from.iter().rev() {
            at = last[at];
            places.push(at);
        }
        places.reverse();
        found.push((places, best[n]));
    }
    found
}

/// The breaks that leave the least cost when each costs `price`, stretches at
/// least `least` long; None where the series is too short. Exact: a place is
/// given up as the last break only when a later one is at least as good for
/// every end that is still to come.
pub fn priced(costs: &Costs, least: usize, price: f64) -> Option<Vec<usize>> {
    let n = costs.len();
    let mut best = vec![f64::INFINITY; n + 1];
    best[0] = -price;
    let mut last = vec![0; n + 1];
    // Places with the end from which on they are given up.
    let mut places: Vec<(usize, usize)> = vec![(0, usize::MAX)];
    for j in least..=n {
        places.retain(|(_, until)| j < *until);
        for (i, _) in &places {
            let through = best[*i] + costs.cost(*i, j) + price;
            if through < best[j] {
                (best[j], last[j]) = (through, *i);
            }
        }
        for (i, until) in &mut places {
            if *until == usize::MAX && best[*i] + costs.cost(*i, j) > best[j] {
                // The break at j that is better can be used from here on.
                *until = j + least;
            }
        }
        let next = j + 1 - least;
        if next >= least && best[next].is_finite() {
            places.push((next, usize::MAX));
        }
    }
    if !best[n].is_finite() {
        return None;
    }
    let mut breaks = Vec::new();
    let mut at = last[n];
    while at > 0 {
        breaks.push(at);
        at = last[at];
    }
    breaks.reverse();
    Some(breaks)
}

/// The usual price of a break in the level at an unknown date, `2 s² ln n`, with
/// the spread s of single values from the median absolute deviation of
/// differences of neighbours: a break is one difference among many and hardly
/// moves it.
pub fn usual_price(x: &[f64]) -> f64 {
    let differences: Vec<f64> = x.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let middle = median(differences.clone());
    let spread = 1.4826 * median(differences.iter().map(|d| (d - middle).abs()).collect()) / 2.0f64.sqrt();
    2.0 * spread * spread * (x.len() as f64).ln()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => 0.0,
        n if n % 2 == 1 => values[n / 2],
        n => (values[n / 2 - 1] + values[n / 2]) / 2.0,
    }
}

/// All descriptions of a series: constant, linear, steps, a line with one step.
/// Weights have a mean of 1. Times rise.
pub fn describe(t: &[f64], x: &[f64], w: &[f64]) -> Vec<Description> {
    let n = x.len();
    let least = least_stretch(n);
    let costs = Costs::new(x, w);
    let mut all = Vec::new();
    let mut add = |shape: Shape, breaks: Vec<usize>, rss: f64| {
        all.push(Description { shape, breaks, rss, bic: bic(n, rss, shape.parameters()) });
    };
    for (breaks, rss) in cuts(&costs, least, most_breaks(n)) {
        if breaks.is_empty() {
            add(Shape::Constant, breaks, rss);
            add(Shape::Linear, Vec::new(), regress(t, x, w, None));
        } else {
            add(Shape::Steps(breaks.len()), breaks, rss);
        }
    }
    let with_step = (least..=n.saturating_sub(least))
        .map(|at| (regress(t, x, w, Some(at)), at))
        .min_by(|one, two| one.0.total_cmp(&two.0));
    if let Some((rss, at)) = with_step.filter(|_| n > 5) {
        add(Shape::LinearAndStep, vec![at], rss);
    }
    all
}

/// `-2 log likelihood + parameters * ln n`, with the likelihood of normal
/// residuals. A perfect fit is taken as a residual spread of 1e-9.
pub fn bic(n: usize, rss: f64, parameters: f64) -> f64 {
    let n = n as f64;
    let rss = rss.max(n * 1e-18);
    let likelihood = -n / 2.0 * (rss.ln() + 1.0 - n.ln() + (2.0 * std::f64::consts::PI).ln());
    -2.0 * likelihood + parameters * n.ln()
}

/// Residual sum of squares of a weighted line, with a step at an index or
/// without one.
fn regress(t: &[f64], x: &[f64], w: &[f64], step: Option<usize>) -> f64 {
    let total: f64 = w.iter().sum();
    let mean = |values: &dyn Fn(usize) -> f64| (0..x.len()).map(|i| w[i] * values(i)).sum::<f64>() / total;
    let after = |i: usize| f64::from(u8::from(step.is_some_and(|at| i >= at)));
    let (mt, mx, md) = (mean(&|i| t[i]), mean(&|i| x[i]), mean(&after));
    let (mut tt, mut td, mut dd, mut tx, mut dx, mut xx) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    for i in 0..x.len() {
        let (t, d, x, w) = (t[i] - mt, after(i) - md, x[i] - mx, w[i]);
        tt += w * t * t;
        td += w * t * d;
        dd += w * d * d;
        tx += w * t * x;
        dx += w * d * x;
        xx += w * x * x;
    }
    let line = if tt > 0.0 { tx * tx / tt } else { 0.0 };
    let Some(_) = step else { return (xx - line).max(0.0) };
    let determinant = tt * dd - td * td;
    if determinant <= 1e-12 * tt * dd {
        return (xx - line).max(0.0);
    }
    let slope = (tx * dd - dx * td) / determinant;
    let jump = (dx * tt - tx * td) / determinant;
    (xx - slope * tx - jump * dx).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aggregate::trend::slope::tests::GOLDEN;

    fn times() -> Vec<f64> {
        (0..GOLDEN.len()).map(|t| t as f64).collect()
    }

    #[test]
    fn golden_values_of_exact_segmentation() {
        let golden: [(&[usize], f64, f64); 5] = [
            (&[], 1.982_894, 17.383_2),
            (&[9], 0.417_688, -3.429_2),
            (&[6, 12], 0.178_447, -12.220_4),
            (&[6, 9, 12], 0.094_430, -17.373_2),
            (&[3, 6, 9, 12], 0.047_613, -23.347_5),
        ];
        let weights = [1.0; 17];
        for least in [2, 3] {
            let found = cuts(&Costs::new(&GOLDEN, &weights), least, 4);
            for ((breaks, rss), (wanted, wanted_rss, wanted_bic)) in found.iter().zip(golden) {
                assert_eq!(breaks, wanted);
                assert!((rss - wanted_rss).abs() < 1e-6, "{rss}");
                let bic = bic(17, *rss, 2.0 * (breaks.len() as f64 + 1.0));
                assert!((bic - wanted_bic).abs() < 1e-4, "{bic}");
            }
            assert_eq!(found.len(), 5);
        }
        assert_eq!((least_stretch(17), most_breaks(17)), (3, 4));
    }

    #[test]
    fn golden_values_of_priced_breaks() {
        let costs = Costs::new(&GOLDEN, &[1.0; 17]);
        let golden: [(f64, &[usize]); 6] =
            [(0.05, &[6, 9, 12]), (0.1, &[6, 12]), (0.2, &[6, 12]), (0.5, &[9]), (1.0, &[9]), (2.0, &[])];
        for (price, wanted) in golden {
            assert_eq!(priced(&costs, 2, price).unwrap(), wanted, "{price}");
        }
        let price = usual_price(&GOLDEN);
        assert!((price - 0.075_355_1).abs() < 1e-7, "{price}");
        assert!(((price / (2.0 * 17.0f64.ln())).sqrt() - 0.115_319).abs() < 1e-6);
        assert_eq!(priced(&costs, 2, price).unwrap(), [6, 9, 12]);
        assert_eq!(priced(&costs, 18, price), None);
    }

    proptest::proptest! {
        /// Giving places up early changes nothing: the same total as the best of
        /// all numbers of breaks.
        #[test]
        fn pruning_is_exact(
            x in proptest::collection::vec(-1.0f64..1.0, 4..40),
            least in 1usize..6,
            price in 0.0f64..1.5,
        ) {
            let costs = Costs::new(&x, &vec![1.0; x.len()]);
            let total = |breaks: &[usize]| {
                let ends: Vec<usize> =
                    [0].into_iter().chain(breaks.iter().copied()).chain([x.len()]).collect();
                ends.windows(2).map(|pair| costs.cost(pair[0], pair[1])).sum::<f64>()
                    + price * breaks.len() as f64
            };
            let all = cuts(&costs, least, x.len());
            let best = all.iter().map(|(breaks, _)| total(breaks)).fold(f64::INFINITY, f64::min);
            match priced(&costs, least, price) {
                None => proptest::prop_assert!(all.is_empty()),
                Some(found) => {
                    proptest::prop_assert!((total(&found) - best).abs() < 1e-9, "{found:?} {best}");
                    let ends: Vec<usize> =
                        [0].into_iter().chain(found.iter().copied()).chain([x.len()]).collect();
                    proptest::prop_assert!(ends.windows(2).all(|pair| pair[1] - pair[0] >= least));
                }
            }
        }
    }

    #[test]
    fn a_straight_line_is_not_sold_as_a_staircase() {
        let all = describe(&times(), &GOLDEN, &[1.0; 17]);
        let best = all.iter().min_by(|a, b| a.bic.total_cmp(&b.bic)).unwrap();
        assert_eq!(best.shape, Shape::Linear, "{all:?}");
    }

    #[test]
    fn a_step_is_found_where_it_is() {
        let x: Vec<f64> = (0..12)
            .map(|i| (if i < 7 { 0.5 } else { -0.4 }) + if i % 2 == 0 { 0.03 } else { -0.03 })
            .collect();
        let t: Vec<f64> = (0..12).map(f64::from).collect();
        let all = describe(&t, &x, &[1.0; 12]);
        let best = all.iter().min_by(|a, b| a.bic.total_cmp(&b.bic)).unwrap();
        assert_eq!((best.shape, best.breaks.as_slice()), (Shape::Steps(1), [7].as_slice()));
    }

    #[test]
    fn weights_tell_which_points_to_believe() {
        let costs = Costs::new(&[0.0, 1.0, 1.0], &[0.5, 1.0, 1.5]);
        assert!((costs.mean(0, 3) - 2.5 / 3.0).abs() < 1e-12);
        assert!((costs.cost(0, 3) - (2.5 - 2.5 * 2.5 / 3.0)).abs() < 1e-12);
    }

    #[test]
    fn a_short_series_has_no_breaks() {
        assert!(describe(&[0.0], &[1.0], &[1.0]).is_empty());
        let three = describe(&[0.0, 1.0, 2.0], &[1.0, 2.0, 4.0], &[1.0; 3]);
        assert!(three.iter().all(|one| one.breaks.is_empty()), "{three:?}");
    }
}
