//! How a score came about: the arithmetic of hits and scores, as values and in words.
//!
//! `stance explain`, its JSON, `stance evaluate` and the report page show these and compute
//! nothing themselves. They differ in how they write numbers, so that the words take a function
//! for that.

use crate::model::{Hit, Lexicon, Name, NoScore, Score, Scored, Status, counted};
use crate::score::compositional::bounded_mean::DEAD_ZONE;
use crate::score::method::{Arithmetic, Method};
use crate::score::scales::Scale;
use std::collections::BTreeMap;

/// How numbers are written.
pub type Number<'a> = &'a dyn Fn(f64) -> String;

/// How a hit got its contribution.
#[derive(Debug, Clone, PartialEq)]
pub struct HitAccount<'a> {
    /// The weight of its entry, or what the entry says under a negator.
    pub weight: f64,
    /// What was done with the weight.
    pub steps: Steps<'a>,
    /// What the hit adds to its axis.
    pub contribution: f64,
}

/// What was done with the weight of a hit.
#[derive(Debug, Clone, PartialEq)]
pub enum Steps<'a> {
    /// The hit counts nothing: it is part of another, has no target, or its weight is 0.
    Nothing,
    /// It counts for one pole; the words that turned it.
    Counted(Vec<&'a str>),
    /// It is multiplied by one factor; the words that make the factor.
    Product(f64, Vec<&'a str>),
    /// It is multiplied by each of these, in order.
    Signs(Vec<Part<'a>>),
}

/// One part of the product of signs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Part<'a> {
    /// A negator. It is in the weight already, which is what the entry says under it.
    Under(&'a str),
    /// Words that strengthen, damp or turn, with their factor.
    Times(f64, &'a str),
    /// The sign of what the hit governs or is governed by.
    Governed,
}

/// The account of a hit by a method.
pub fn hit(hit: &Hit, method: Method) -> HitAccount<'_> {
    let words = || hit.shifters.iter().map(|(_, words, _)| words.as_str()).collect();
    let steps = match (hit.status, method.arithmetic()) {
        (Status::Unattached | Status::Blocking | Status::Governed, _) => Steps::Nothing,
        (_, Arithmetic::Counts) => Steps::Counted(words()),
        (_, Arithmetic::Product) => Steps::Product(hit.factor, words()),
        (_, Arithmetic::Signs) => Steps::Signs(signs(hit)),
    };
    HitAccount { weight: hit.weight, steps, contribution: hit.contribution }
}

/// The parts of the product of signs of one hit.
fn signs(hit: &Hit) -> Vec<Part<'_>> {
    let mut product = 1.0;
    let mut parts: Vec<Part> = Vec::new();
    for (_, words, factor) in &hit.shifters {
        if *factor == -1.0 {
            parts.push(Part::Under(words));
        } else {
            product *= factor;
            parts.push(Part::Times(*factor, words));
        }
    }
    if product * hit.factor < 0.0 {
        parts.push(Part::Governed);
    }
    parts
}

impl HitAccount<'_> {
    /// The arithmetic in words: `-0.8 (under “not”) × 0.8 (“perhaps”) = -0.64`.
    pub fn in_words(&self, number: Number) -> String {
        let (weight, contribution) = (number(self.weight), number(self.contribution));
        match &self.steps {
            Steps::Nothing => "counts nothing".into(),
            Steps::Counted(words) => format!("counts {contribution}{}", quoted(words)),
            Steps::Product(factor, words) => {
                format!("{weight} × {}{} = {contribution}", number(*factor), quoted(words))
            }
            Steps::Signs(parts) => {
                let parts: String = parts.iter().map(|part| part.in_words(number)).collect();
                format!("{weight}{parts} = {contribution}")
            }
        }
    }
}

impl Part<'_> {
    fn in_words(self, number: Number) -> String {
        match self {
            Part::Under(words) => format!(" (under “{words}”)"),
            Part::Times(factor, words) => format!(" × {} (“{words}”)", number(factor)),
            Part::Governed => format!(" × {} (what it governs)", number(-1.0)),
        }
    }
}

/// Words in brackets; empty when there are none.
fn quoted(words: &[&str]) -> String {
    if words.is_empty() {
        return String::new();
    }
    let quoted: Vec<String> = words.iter().map(|words| format!("“{words}”")).collect();
    format!(" ({})", quoted.join(", "))
}

/// A hit in one line: what matched, its entry, the arithmetic and the status.
pub fn hit_line(found: &Hit, body: &str, method: Method, number: Number) -> String {
    let target = found.target.map_or(String::new(), |span| format!(" of “{}”", span.of(body)));
    let account = hit(found, method);
    let (kind, status) = (found.kind.as_str(), found.status.as_str());
    let entry = format!("“{}”{target} [{kind} {}]", found.span.of(body), found.term);
    let arithmetic = account.in_words(number);
    if account.steps == Steps::Nothing {
        return format!("{entry}: {status}, {arithmetic}");
    }
    let axis = if found.axis.is_empty() { "no axis" } else { &found.axis };
    format!("{entry}: {axis} {arithmetic}, {status}")
}

/// How the score of an axis came from its hits.
#[derive(Debug, Clone, PartialEq)]
pub enum ScoreAccount<'a> {
    /// There is no score, for this reason.
    Absent(NoScore),
    /// What exceeds the dead zone of a sum of features: name, value and weight of each.
    Features(&'a [(Name, f64, f64)]),
    /// A formula over counts of hits or over their weights.
    Pooled {
        /// The formula, with P and N for the evidence on the two poles.
        formula: &'static str,
        /// Number of hits that carry weight.
        hits: usize,
    },
    /// A weighted sum of other axes: factor by axis.
    Derived(&'a BTreeMap<String, f64>),
    /// The method's own formula over contributions.
    Contributions {
        /// The formula, with c for the contributions.
        formula: &'static str,
        /// The contributions that are not 0, in text order.
        contributions: Vec<f64>,
    },
}

/// The account of the score of one axis, which is among the scores of `scored`.
pub fn score<'a>(
    score: &'a Score,
    scored: &Scored,
    lexicon: &'a Lexicon,
    method: Method,
    scale: Scale,
) -> ScoreAccount<'a> {
    let of_scale = if method.has_own_scale() { "" } else { scale.formula() };
    let derived = lexicon.derived.iter().find(|derived| derived.axis.id == score.axis);
    match (score.value, derived) {
        (Err(why), _) => ScoreAccount::Absent(why),
        _ if !score.parts.is_empty() => ScoreAccount::Features(&score.parts),
        _ if !of_scale.is_empty() => ScoreAccount::Pooled { formula: of_scale, hits: score.hits },
        _ if method.counts() => ScoreAccount::Pooled { formula: method.formula(), hits: score.hits },
        (_, Some(derived)) => ScoreAccount::Derived(&derived.formula),
        (_, None) => {
            let hits = scored.hits.iter().filter(|hit| hit.axis == score.axis && hit.contribution != 0.0);
            let contributions = hits.map(|hit| hit.contribution).collect();
            ScoreAccount::Contributions { formula: method.formula(), contributions }
        }
    }
}

impl ScoreAccount<'_> {
    /// The formula, for machines; its names are those of the fields of `explain --json`.
    pub fn formula(&self) -> &'static str {
        match self {
            ScoreAccount::Absent(_) => "none",
            ScoreAccount::Features(_) => {
                "sign(q) max(0, |q| - quiet), q = sum of products, held within [-1, 1]"
            }
            ScoreAccount::Derived(_) => "sum of factor times score, held within [-1, 1]",
            ScoreAccount::Pooled { formula, .. } | ScoreAccount::Contributions { formula, .. } => formula,
        }
    }

    /// The right side of the equation in words: how it begins, and terms to be joined by
    /// ` + `. Apart, because the same beginnings and terms come again in many statements.
    pub fn terms(&self, number: Number) -> (String, Vec<String>) {
        match self {
            ScoreAccount::Absent(_) => (String::new(), Vec::new()),
            ScoreAccount::Features(parts) => {
                let product = |(name, value, weight): &(Name, f64, f64)| {
                    format!("{} × {} {name}", number(*weight), number(*value))
                };
                (format!("what exceeds {} of ", number(DEAD_ZONE)), parts.iter().map(product).collect())
            }
            ScoreAccount::Pooled { formula, hits } => {
                (format!("{formula} over {}", counted(*hits, "hit")), Vec::new())
            }
            ScoreAccount::Derived(formula) => {
                let product = |(axis, factor): (&String, &f64)| format!("{} × {axis}", number(*factor));
                (String::new(), formula.iter().map(product).collect())
            }
            ScoreAccount::Contributions { formula, contributions } => {
                let contributions: Vec<String> = contributions.iter().map(|c| number(*c)).collect();
                (format!("{formula}: {}", contributions.join(", ")), Vec::new())
            }
        }
    }
}

/// The score of an axis in one line, with how it came about.
pub fn score_line(score: &Score, account: &ScoreAccount, number: Number) -> String {
    let axis = &score.axis;
    match score.value {
        Err(why) => format!("{axis:9} no score: {}", why.as_str()),
        Ok(value) => {
            let (lead, terms) = account.terms(number);
            format!("{axis:9} {value:+.2} = {lead}{}", terms.join(" + "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Axis, Derived, EntryKind, Span};

    fn found(weight: f64, factor: f64, contribution: f64, shifters: &[(&str, f64)]) -> Hit {
        Hit {
            axis: "eu".into(),
            kind: EntryKind::Appraisal,
            term: "good".into(),
            span: Span::new(0, 4),
            weight,
            status: Status::Asserted,
            factor,
            contribution,
            target: Some(Span::new(5, 10)),
            shifters: shifters.iter().map(|(words, f)| (Span::new(0, 0), words.to_string(), *f)).collect(),
        }
    }

    fn plain(value: f64) -> String {
        format!("{value}")
    }

    #[test]
    fn a_hit_is_accounted_for_by_the_arithmetic_of_its_method() {
        let turned = found(-0.5, 0.8, -0.4, &[("not", -1.0), ("perhaps", 0.8)]);
        let governed = found(0.5, -1.0, -0.5, &[]);
        let silent = Hit { status: Status::Governed, ..found(0.5, 0.0, 0.0, &[]) };
        let cases = [
            (
                &turned,
                Method::Compositional,
                "“good” of “union” [appraisal good]: eu -0.5 (under “not”) × 0.8 (“perhaps”) = -0.4, asserted",
            ),
            (
                &governed,
                Method::Compositional,
                "“good” of “union” [appraisal good]: eu 0.5 × -1 (what it governs) = -0.5, asserted",
            ),
            (
                &turned,
                Method::Lsd,
                "“good” of “union” [appraisal good]: eu counts -0.4 (“not”, “perhaps”), asserted",
            ),
            (
                &turned,
                Method::Vader,
                "“good” of “union” [appraisal good]: eu -0.5 × 0.8 (“not”, “perhaps”) = -0.4, asserted",
            ),
            (&silent, Method::Vader, "“good” of “union” [appraisal good]: governed, counts nothing"),
        ];
        for (hit, method, line) in cases {
            assert_eq!(hit_line(hit, "good union", method, &plain), line, "{method:?}");
        }
    }

    #[test]
    fn a_score_is_accounted_for_by_what_it_was_computed_from() {
        let axis = |id: &str| Axis { id: id.into(), ..Axis::default() };
        let formula = BTreeMap::from([("eu".to_string(), 1.0), ("un".to_string(), -0.5)]);
        let lexicon = Lexicon {
            axes: vec![axis("eu"), axis("un")],
            derived: vec![Derived { axis: axis("position"), formula }],
            ..Lexicon::default()
        };
        let of = |axis: &str, value, parts| Score { axis: axis.into(), value, hits: 2, poles: (1, 1), parts };
        let scored = Scored {
            scores: Vec::new(),
            hits: vec![found(0.5, 1.0, 0.5, &[]), found(0.1, 0.0, 0.0, &[]), found(0.25, 1.0, 0.25, &[])],
        };
        let parts = vec![("eu.term+".into(), 0.5, 2.0), ("eu.tone".into(), 0.25, -1.0)];
        let cases = [
            (of("eu", Err(NoScore::NoMatch), Vec::new()), Method::Vader, Scale::Mean, "no score: no_match"),
            (
                of("eu", Ok(0.6), parts),
                Method::Compositional,
                Scale::Mean,
                "+0.60 = what exceeds 0.15 of 2 × 0.5 eu.term+ + -1 × 0.25 eu.tone",
            ),
            (
                of("eu", Ok(0.4), Vec::new()),
                Method::Compositional,
                Scale::Mean,
                "+0.40 = sum c |c| / sum |c| over contributions c: 0.5, 0.25",
            ),
            (
                of("position", Ok(0.4), Vec::new()),
                Method::Compositional,
                Scale::Mean,
                "+0.40 = 1 × eu + -0.5 × un",
            ),
            // On a scale of counts a derived axis pools the hits of its axes.
            (
                of("position", Ok(0.4), Vec::new()),
                Method::Compositional,
                Scale::Logit,
                "+0.40 = ln((P + 0.5) / (N + 0.5)) over 2 hits",
            ),
            (
                of("eu", Ok(0.0), Vec::new()),
                Method::Count,
                Scale::Mean,
                "+0.00 = (P - N) / (P + N) over 2 hits",
            ),
        ];
        for (one, method, scale, expected) in cases {
            let account = score(&one, &scored, &lexicon, method, scale);
            let line = score_line(&one, &account, &plain);
            assert_eq!(line.split_once(' ').unwrap().1.trim_start(), expected);
        }
    }
}
