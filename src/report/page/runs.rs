//! The words of a statement, cut where matches of the lexicon begin and end.

use crate::model::{Article, Span};

/// A stretch of a statement that the same matches cover.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Run {
    /// The words, white space folded.
    pub text: String,
    /// Indexes of the hits that cover it.
    pub hits: Vec<usize>,
    /// True if it is a word that turned or damped a hit ("not").
    pub shifter: bool,
}

/// What covers a stretch of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cover {
    /// The hit with this index.
    Hit(usize),
    /// A shifter of some hit.
    Shifter,
}

/// The runs of a statement, and whether it was cut after `most` characters.
/// Together the texts are the statement's text: pieces joined by a space,
/// white space folded, without what the article excludes.
pub fn runs(article: &Article, content: &[Span], covers: &[(Span, Cover)], most: usize) -> (Vec<Run>, bool) {
    let mut runs: Vec<Run> = Vec::new();
    let mut length = 0;
    let mut gap = false;
    for piece in content {
        gap |= !runs.is_empty();
        let words = article.body.get(piece.start..piece.end).unwrap_or("");
        for (offset, character) in words.char_indices() {
            let at = piece.start + offset;
            if excluded(article, at) {
                continue;
            }
            if character.is_whitespace() {
                gap |= !runs.is_empty();
                continue;
            }
            if length >= most {
                return (runs, true);
            }
            let (hits, shifter) = covering(covers, at);
            if gap {
                space(&mut runs, &hits, shifter);
                gap = false;
                length += 1;
            }
            match runs.last_mut() {
                Some(run) if run.hits == hits && run.shifter == shifter => run.text.push(character),
                _ => runs.push(Run { text: character.to_string(), hits, shifter }),
            }
            length += 1;
        }
    }
    (runs, false)
}

/// A space between two runs belongs to neither, unless the same matches cover
/// both sides.
fn space(runs: &mut Vec<Run>, hits: &[usize], shifter: bool) {
    match runs.last_mut() {
        Some(run) if (run.hits == hits && run.shifter == shifter) || plain(run) => run.text.push(' '),
        Some(run) => {
            let both = run.hits.iter().copied().filter(|hit| hits.contains(hit)).collect();
            runs.push(Run { text: " ".into(), hits: both, shifter: false });
        }
        None => {}
    }
}

fn plain(run: &Run) -> bool {
    run.hits.is_empty() && !run.shifter
}

fn excluded(article: &Article, at: usize) -> bool {
    let next = article.excluded.partition_point(|span| span.end <= at);
    article.excluded.get(next).is_some_and(|span| span.start <= at)
}

fn covering(covers: &[(Span, Cover)], at: usize) -> (Vec<usize>, bool) {
    let mut hits = Vec::new();
    let mut shifter = false;
    for (_, cover) in covers.iter().filter(|(span, _)| span.start <= at && at < span.end) {
        match cover {
            Cover::Hit(hit) => hits.push(*hit),
            Cover::Shifter => shifter = true,
        }
    }
    hits.sort_unstable();
    hits.dedup();
    // The words of an entry stay the entry's.
    let shifter = shifter && hits.is_empty();
    (hits, shifter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(body: &str, excluded: Vec<Span>) -> Article {
        Article {
            id: "a".into(),
            place: "a.txt".into(),
            title: None,
            published: None,
            source: None,
            language: "en".into(),
            body: body.into(),
            excluded,
            url: None,
            author: None,
            extracted: false,
        }
    }

    fn told(runs: &[Run]) -> String {
        let one = |run: &Run| match (run.hits.as_slice(), run.shifter) {
            ([], false) => run.text.clone(),
            ([], true) => format!("~{}~", run.text),
            (hits, _) => format!("[{}|{hits:?}]", run.text),
        };
        runs.iter().map(one).collect()
    }

    #[test]
    fn matches_and_shifters_stand_out_and_white_space_is_folded() {
        let article = article("We will not\n  give up  our sovereignty.", vec![]);
        let covers = [
            (Span::new(8, 11), Cover::Shifter),
            (Span::new(14, 21), Cover::Hit(0)),
            (Span::new(27, 38), Cover::Hit(1)),
        ];
        let (runs, cut) = runs(&article, &[Span::new(0, 39)], &covers, 100);
        assert_eq!(told(&runs), "We will ~not~ [give up|[0]] our [sovereignty|[1]].");
        assert!(!cut);
    }

    #[test]
    fn overlapping_matches_share_a_run_and_excluded_text_is_left_out() {
        let article = article("Народы [сноска]едины навсегда", vec![Span::new(13, 27)]);
        let end = article.body.len();
        let covers = [(Span::new(0, end), Cover::Hit(0)), (Span::new(0, 12), Cover::Hit(1))];
        let (runs, _) = runs(&article, &[Span::new(0, end)], &covers, 100);
        assert_eq!(told(&runs), "[Народы|[0, 1]][ |[0]][едины навсегда|[0]]".replace("][ |[0]][", "][ "));
    }

    #[test]
    fn a_long_statement_is_cut_and_says_so() {
        let article = article("one two three", vec![]);
        let (runs, cut) = runs(&article, &[Span::new(0, 13)], &[], 7);
        assert_eq!((told(&runs).as_str(), cut), ("one two", true));
    }
}
