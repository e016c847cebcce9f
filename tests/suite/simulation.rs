//! Do intervals hold the truth as often as they say? Simulated corpora with
//! clustered statements, through the same door as everything else.

use chrono::NaiveDate;
use stancetrack::aggregate::{self, Options, Plan};
use stancetrack::model::{Period, ScoredRow, Scores};

const TRUTH: f64 = 0.1;
const CORPORA: u32 = 1_000;

/// Random numbers that a reader can check: a 64-bit linear congruence (Knuth's
/// MMIX), its upper half.
struct Chance(u64);

impl Chance {
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 32) as f64 / 4_294_967_296.0
    }

    /// About normal: twelve uniforms less six.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }
}

/// A thousand corpora as a thousand actors: `articles` in each of two years, one to
/// four statements each, which share the article's deviation.
fn corpora(articles: u32, chance: &mut Chance) -> Scores {
    let mut scores = Scores::default();
    let axis = scores.axes.number("position");
    for corpus in 0..CORPORA {
        let actor = scores.actor(&format!("{corpus:04}"), "Nobody");
        for year in [2001, 2011] {
            for article in 0..articles {
                let number = scores.articles.number(&format!("{corpus}-{year}-{article}"));
                let day = NaiveDate::from_ymd_opt(year, 1 + article % 12, 15).expect("a day");
                let deviation = 0.25 * chance.normal();
                for _ in 0..1 + (chance.unit() * 4.0) as u32 {
                    let value = (TRUTH + deviation + 0.15 * chance.normal()).clamp(-1.0, 1.0);
                    scores.add(ScoredRow {
                        actor,
                        axis,
                        article: number,
                        cluster: number,
                        source: Scores::NO_SOURCE,
                        from: day,
                        to: day,
                        value,
                        hits: 1,
                        poles: (u32::from(value > 0.0), u32::from(value < 0.0)),
                    });
                }
            }
        }
    }
    scores
}

#[test]
fn intervals_hold_the_truth_and_tests_cry_wolf_as_often_as_they_say() {
    let windows =
        vec![(aggregate::window("2001").expect("a window"), aggregate::window("2011").expect("a window"))];
    for articles in [6, 12, 30] {
        let scores = corpora(articles, &mut Chance(u64::from(articles)));
        let plan = Plan {
            period: Some(Period::Year),
            windows: windows.clone(),
            lines: 0,
            options: Options { replicates: 1_000, ..Options::default() },
            ..Plan::default()
        };
        let found = aggregate::analyse(&scores, &plan).expect("an analysis");
        let filled: Vec<_> = found.points.iter().filter(|point| point.statements > 0).collect();
        assert_eq!(filled.len(), 2 * CORPORA as usize);
        let share = |count: usize, of: usize| count as f64 / of as f64;
        let holds = |interval: (f64, f64), truth: f64| interval.0 <= truth && truth <= interval.1;
        let covered = filled.iter().filter(|p| holds(p.interval.expect("an interval"), TRUTH)).count();
        let covered = share(covered, filled.len());
        let differences =
            found.shifts.iter().filter(|s| holds(s.interval.expect("an interval"), 0.0)).count();
        let differences = share(differences, found.shifts.len());
        let rejected = found.shifts.iter().filter(|shift| shift.p.expect("a p") < 0.05).count();
        let rejected = share(rejected, found.shifts.len());
        println!(
            "{articles} articles: intervals hold {:.1} %, of differences {:.1} %, rejected {:.1} %",
            100.0 * covered,
            100.0 * differences,
            100.0 * rejected
        );
        assert!((0.92..=0.97).contains(&covered), "{articles} articles: {covered}");
        assert!((0.92..=0.97).contains(&differences), "{articles} articles: {differences}");
        assert!((0.03..=0.07).contains(&rejected), "{articles} articles: {rejected}");
    }
}
