//! Plain counting, as dictionary tools do, for comparison: `(P - N) / (P + N)`
//! (quanteda.sentiment's `sent_relpropdiff`), without negation.

use crate::model::{Hit, NoScore, Score, Scored, Status};
use crate::score::compositional::bounded_mean;
use crate::score::content::Content;
use crate::score::dictionary::poles::{Poles, tally};

/// Counts entries by the pole of their weight: a target counts for its axis,
/// because naming a thing is all that a dictionary sees; appraisals of any axis
/// and entries of weight 0 are not counted. A derived axis
/// counts all entries of its axes together: `sum f (P - N) / sum (P + N)`.
pub fn count(content: &Content) -> Scored {
    let Content { pieces, text, matcher, language, .. } = content;
    let lexicon = matcher.lexicon();
    let mut hits = Vec::new();
    let mut poles = vec![Poles::default(); lexicon.axes.len()];
    for piece in pieces {
        for found in matcher.matches(text, piece.clone(), &language.code) {
            let entry = &lexicon.entries[found.entry];
            let Some((axis, sign)) = tally(&mut poles, entry) else { continue };
            hits.push(Hit {
                axis: lexicon.axes[axis].id,
                kind: entry.kind,
                term: entry.term,
                span: text.span_of(found.tokens),
                weight: entry.weight,
                status: Status::Asserted,
                factor: 1.0,
                contribution: sign,
                target: None,
                shifters: Vec::new(),
            });
        }
    }
    let net = |(plus, minus): Poles| plus as f64 - minus as f64;
    let all = |(plus, minus): Poles| plus + minus;
    let mut scores: Vec<Score> = lexicon
        .axes
        .iter()
        .zip(&poles)
        .map(|(axis, poles)| Score {
            axis: axis.id,
            value: match all(*poles) {
                0 => Err(NoScore::NoMatch),
                total => Ok(net(*poles) / total as f64),
            },
            hits: all(*poles),
            poles: *poles,
            parts: Vec::new(),
        })
        .collect();
    for derived in &lexicon.derived {
        let (mut sum, mut total) = (0.0, 0);
        let mut sides = (0, 0);
        for (axis, poles) in lexicon.axes.iter().zip(&poles) {
            if let Some(factor) = derived.formula.get(axis.id.as_str()) {
                sum += factor * net(*poles);
                total += all(*poles);
                sides = bounded_mean::add(sides, *poles, *factor);
            }
        }
        let value =
            if total == 0 { Err(NoScore::NoMatch) } else { Ok((sum / total as f64).clamp(-1.0, 1.0) + 0.0) };
        scores.push(Score { axis: derived.axis.id, value, hits: total, poles: sides, parts: Vec::new() });
    }
    Scored { scores, hits }
}
