//! Three classes by sign: confusion, precision, recall, F1, wrong pole.
//!
//! A mean code is for or against a pole from a quarter of the scale on (0.5 on
//! -2..2: one of two coders said so mildly), a score from 0.05 on. Both bars
//! were set before any gold was seen. Precision: of those that the program put
//! into a class, the share that coders put there too. Recall: of those of the
//! coders, the share that the program found. F1 = 2PR / (P + R) (van Rijsbergen
//! 1979, Information Retrieval, ch. 7). Macro-F1: the plain mean over the classes that
//! occur, so that a rare class counts as much as a frequent one.

/// A mean code, divided by the scale, has a sign from here on.
pub const CODE_BAR: f64 = 0.25;
/// A score has a sign from here on.
pub const SCORE_BAR: f64 = 0.05;

/// The class of a value, by its sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// On the side of the negative pole.
    Reject,
    /// On neither side.
    Neutral,
    /// On the side of the positive pole.
    Endorse,
}

impl Class {
    /// All classes, from the negative to the positive pole.
    pub const ALL: [Class; 3] = [Class::Reject, Class::Neutral, Class::Endorse];

    /// The class of a value; `bar` is the least size that has a sign.
    pub fn of(value: f64, bar: f64) -> Class {
        match value {
            value if value <= -bar => Class::Reject,
            value if value >= bar => Class::Endorse,
            _ => Class::Neutral,
        }
    }

    /// The word used in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Class::Reject => "reject",
            Class::Neutral => "neutral",
            Class::Endorse => "endorse",
        }
    }
}

/// How often coders (row) and program (column) gave which class. The fourth
/// column counts statements without a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Confusion {
    /// `counts[coders][program]`, in the order of `Class::ALL`, then absent.
    pub counts: [[usize; 4]; 3],
}

/// Precision, recall and F1 of a class, each in [0, 1]; None without a case to
/// divide by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// Share of the program's that are the coders' too.
    pub precision: Option<f64>,
    /// Share of the coders' that the program found.
    pub recall: Option<f64>,
    /// 2PR / (P + R), 0 without a common case; None when nobody gave the class.
    pub f1: Option<f64>,
}

impl Confusion {
    /// Counts pairs of mean code (divided by the scale) and score.
    pub fn of(pairs: &[(f64, Option<f64>)]) -> Confusion {
        let mut confusion = Confusion::default();
        for (code, score) in pairs {
            let row = Class::of(*code, CODE_BAR) as usize;
            let column = score.map_or(3, |score| Class::of(score, SCORE_BAR) as usize);
            confusion.counts[row][column] += 1;
        }
        confusion
    }

    /// The same with absent scores counted as neutral: nothing was found for
    /// either pole.
    pub fn absent_as_neutral(mut self) -> Confusion {
        for row in &mut self.counts {
            row[Class::Neutral as usize] += row[3];
            row[3] = 0;
        }
        self
    }

    /// Statements with a score.
    pub fn scored(&self) -> usize {
        self.counts.iter().flat_map(|row| &row[..3]).sum()
    }

    /// Precision, recall and F1 of one class, over statements with a score.
    pub fn found(&self, class: Class) -> Found {
        let at = class as usize;
        let both = self.counts[at][at];
        let coders: usize = self.counts[at][..3].iter().sum();
        let program: usize = self.counts.iter().map(|row| row[at]).sum();
        Found {
            precision: share(both, program),
            recall: share(both, coders),
            f1: share(2 * both, coders + program),
        }
    }

    /// The mean F1 over the classes that coders or program gave.
    pub fn macro_f1(&self) -> Option<f64> {
        let all: Vec<f64> = Class::ALL.into_iter().filter_map(|class| self.found(class).f1).collect();
        (!all.is_empty()).then(|| all.iter().sum::<f64>() / all.len() as f64)
    }

    /// The share put into the same class.
    pub fn accuracy(&self) -> Option<f64> {
        share((0..3).map(|at| self.counts[at][at]).sum(), self.scored())
    }

    /// The share put on the opposite pole: the worst that can happen.
    pub fn wrong_pole(&self) -> Option<f64> {
        share(self.counts[0][2] + self.counts[2][0], self.scored())
    }
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_by_hand() {
        let pairs = [
            (1.0, Some(0.5)),
            (1.0, Some(-0.2)),
            (0.5, None),
            (0.0, Some(0.04)),
            (0.2, Some(0.3)),
            (-0.25, Some(-0.9)),
        ];
        let confusion = Confusion::of(&pairs);
        assert_eq!(confusion.counts, [[1, 0, 0, 0], [0, 1, 1, 0], [1, 0, 1, 1]]);
        let endorse = confusion.found(Class::Endorse);
        assert_eq!((endorse.precision, endorse.recall, endorse.f1), (Some(0.5), Some(0.5), Some(0.5)));
        assert_eq!(confusion.wrong_pole(), Some(0.2));
        assert_eq!(confusion.accuracy(), Some(0.6));
        // F1: reject 2/3, neutral 2/3, endorse 1/2.
        assert!((confusion.macro_f1().unwrap() - 11.0 / 18.0).abs() < 1e-12);
        let all = confusion.absent_as_neutral();
        assert_eq!((all.scored(), all.found(Class::Endorse).recall), (6, Some(1.0 / 3.0)));
    }

    #[test]
    fn a_class_that_nobody_gave_does_not_count() {
        let confusion = Confusion::of(&[(1.0, Some(1.0)), (0.0, Some(0.0))]);
        assert_eq!(confusion.found(Class::Reject).f1, None);
        assert_eq!(confusion.macro_f1(), Some(1.0));
        assert_eq!(Confusion::of(&[]).macro_f1(), None);
    }
}
