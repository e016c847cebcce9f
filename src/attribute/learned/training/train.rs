//! Learning from annotated articles.
//!
//! Lives here: what the judge, the two taggers and the verifier learn from,
//! and in which order. May not live here: how weights are learned (see
//! `growing`), reading annotations (see `ingest`), or features.

use crate::attribute::learned::features;
use crate::attribute::learned::features::Window;
use crate::attribute::learned::speech;
use crate::attribute::learned::speech::Claim;
use crate::attribute::learned::tagger;
use crate::attribute::learned::tagger::{Label, VERDICTS, Verdict};
use crate::attribute::learned::training::optimiser;
use crate::attribute::learned::training::optimiser::{Case, Sequence};
use crate::attribute::learned::units;
use crate::attribute::learned::units::Row;
use crate::attribute::people::mentions;
use crate::attribute::people::roster_index::Names;
use crate::model::{Annotation, Article, Language, Learned, Scope, Span, Text, TokenKind};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// An article with the attributions that people marked in it.
pub struct Example<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its segmentation.
    pub text: &'a Text,
    /// What people marked.
    pub gold: &'a [Annotation],
}

/// How training goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Times through the examples for the taggers.
    pub rounds: usize,
    /// Times through the examples for judge and verifier.
    pub opinions: usize,
    /// For the order of the examples.
    pub seed: u64,
    /// Features of fewer articles are left out by the taggers.
    pub least: usize,
    /// Features of fewer articles are left out by judge and verifier.
    pub least_opinion: usize,
    /// See [`Learned::floor`].
    pub floor: f32,
    /// See [`Learned::threshold`].
    pub threshold: f32,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            rounds: 3,
            opinions: 3,
            seed: 1,
            least: 35,
            least_opinion: 50,
            floor: 0.12,
            threshold: 0.38,
        }
    }
}

/// Parts of the examples, each labelled by what the others taught: every step
/// learns from what the steps before it say of articles that they have not
/// seen.
const FOLDS: usize = 4;
/// What it costs to mistake a long quotation for something else, in words.
const LONG: f32 = 4.0;

/// A paragraph of an example.
struct Place<'a> {
    example: usize,
    row: Row<'a>,
    /// For each candidate the annotation that it stands for.
    gold: Vec<Standing>,
}

/// What the annotation says of a candidate.
#[derive(Clone, Copy, PartialEq)]
enum Standing {
    /// Nobody marked it.
    Unmarked,
    /// The cue of this annotation.
    Marked(usize),
    /// A further word of a marked cue ("declined to say" holds two): neither
    /// right nor wrong.
    Further,
}

/// Learns from examples.
pub fn learn(examples: &[Example], names: &Names, language: &Language, options: Options) -> Learned {
    let mut random = ChaCha8Rng::seed_from_u64(options.seed);
    let mut places = places(examples, names, language);
    let judge = judge(examples, &mut places, options, &mut random);
    let alone = sequences(examples, &places, None);
    let mut claims: Vec<Vec<Claim>> = places.iter().map(|_| Vec::new()).collect();
    for fold in 0..FOLDS {
        let seen: Vec<&Sequence> = alone.iter().filter(|s| s.article % FOLDS != fold).collect();
        let tables = optimiser::sequences(&seen, options.least, options.rounds, &mut random);
        for (place, claims) in places.iter().zip(&mut claims) {
            if place.example % FOLDS == fold {
                *claims = speech::claims(&tables, &place.row, options.floor, Scope::All);
            }
        }
    }
    let all: Vec<&Sequence> = alone.iter().collect();
    let first = optimiser::sequences(&all, options.least, options.rounds, &mut random);
    let together = sequences(examples, &places, Some(&claims));
    let mut verdicts = Vec::new();
    for fold in 0..FOLDS {
        let seen: Vec<&Sequence> = together.iter().filter(|s| s.article % FOLDS != fold).collect();
        let tables = optimiser::sequences(&seen, options.least, options.rounds, &mut random);
        for (place, claims) in places.iter().zip(&claims) {
            if place.example % FOLDS == fold {
                for (claim, others) in speech::reconsidered(&tables, &place.row, claims) {
                    verdicts.push(verdict(examples, place, &claim, &others));
                }
            }
        }
    }
    let all: Vec<&Sequence> = together.iter().collect();
    let second = optimiser::sequences(&all, options.least, options.rounds, &mut random);
    verdicts.sort_by_key(|case| case.article);
    let verdicts: Vec<&Case> = verdicts.iter().collect();
    let verifier =
        optimiser::logistic::<VERDICTS>(&verdicts, options.least_opinion, options.opinions, &mut random);
    let Options { floor, threshold, .. } = options;
    Learned { provenance: String::new(), judge, first, second, verifier, floor, threshold }
}

/// All paragraphs, with the annotation of each candidate.
fn places<'a>(examples: &[Example], names: &Names, language: &'a Language) -> Vec<Place<'a>> {
    let mut places = Vec::new();
    for (number, example) in examples.iter().enumerate() {
        let body = &example.article.body;
        let mentions = mentions::mentions(example.article, example.text, names, language);
        let mut rows: Vec<Row> = units::groups(body, example.text)
            .into_iter()
            .map(|sentences| units::row(example.text, &mentions, language, sentences))
            .collect();
        let standings = standings(example, &rows);
        for (row, gold) in rows.drain(..).zip(standings) {
            places.push(Place { example: number, row, gold });
        }
    }
    places
}

/// For each row and candidate what people marked there. For an annotation
/// whose cue holds several candidates a verb of speech stands before others,
/// then the first.
fn standings(example: &Example, rows: &[Row]) -> Vec<Vec<Standing>> {
    let mut best: Vec<Option<(u8, usize, usize)>> = vec![None; example.gold.len()];
    let mut matched: Vec<Vec<Option<usize>>> = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        let mut of_row = Vec::new();
        for (index, candidate) in row.candidates.iter().enumerate() {
            let span = example.text.span_of(candidate.found.tokens.clone());
            let gold = example.gold.iter().position(|gold| gold.cue.iter().any(|cue| cue.overlaps(span)));
            let takes = candidate.found.cue.takes;
            let rank = match () {
                () if takes.noun => 2,
                () if takes.thought || candidate.found.cue.words.is_empty() => 1,
                () => 0,
            };
            if let Some(gold) = gold
                && best[gold].is_none_or(|(other, _, _)| rank < other)
            {
                best[gold] = Some((rank, number, index));
            }
            of_row.push(gold);
        }
        matched.push(of_row);
    }
    matched
        .iter()
        .enumerate()
        .map(|(number, row)| {
            row.iter()
                .enumerate()
                .map(|(index, gold)| match gold {
                    None => Standing::Unmarked,
                    Some(gold) => match best[*gold] {
                        Some((_, row, candidate)) if (row, candidate) == (number, index) => {
                            Standing::Marked(*gold)
                        }
                        _ => Standing::Further,
                    },
                })
                .collect()
        })
        .collect()
}

/// Trains the judge, and notes at every candidate what a judge thinks of it
/// that has not seen its article.
fn judge(
    examples: &[Example],
    places: &mut [Place],
    options: Options,
    random: &mut ChaCha8Rng,
) -> crate::model::WeightTable {
    let mut cases: Vec<(usize, usize, Case)> = Vec::new();
    for (number, place) in places.iter().enumerate() {
        for (index, standing) in place.gold.iter().enumerate() {
            let right = match standing {
                Standing::Unmarked => Verdict::Nothing,
                Standing::Marked(gold) if examples[place.example].gold[*gold].statement => Verdict::Speech,
                Standing::Marked(_) => Verdict::Thought,
                Standing::Further => Verdict::Unsure,
            };
            let mut features = Vec::new();
            features::judge(&place.row, index, &mut features);
            cases.push((number, index, Case { features, right: right as usize, article: place.example }));
        }
    }
    let sure = |wanted: &dyn Fn(usize) -> bool| -> Vec<&Case> {
        let wanted = |case: &&Case| case.right < VERDICTS && wanted(case.article);
        cases.iter().map(|(_, _, case)| case).filter(wanted).collect()
    };
    for fold in 0..FOLDS {
        let seen = sure(&|article| article % FOLDS != fold);
        let table = optimiser::logistic::<VERDICTS>(&seen, options.least_opinion, options.opinions, random);
        for (number, index, case) in cases.iter().filter(|(_, _, case)| case.article % FOLDS == fold) {
            let chances = tagger::probabilities(tagger::verdicts(&table, &case.features));
            places[*number].row.note(*index, chances);
        }
    }
    optimiser::logistic::<VERDICTS>(&sure(&|_| true), options.least_opinion, options.opinions, random)
}

/// The windows of all marked attributions with their right labels; with what
/// other cues claim, when that is given.
fn sequences(examples: &[Example], places: &[Place], claims: Option<&[Vec<Claim>]>) -> Vec<Sequence> {
    let mut all = Vec::new();
    for (number, place) in places.iter().enumerate() {
        let example = &examples[place.example];
        for (index, standing) in place.gold.iter().enumerate() {
            let Standing::Marked(gold) = standing else { continue };
            let gold = &example.gold[*gold];
            let window = Window::new(&place.row, &place.row.candidates[index]);
            let others = match claims.and_then(|claims| claims.get(number)) {
                Some(claims) => speech::others(&window, index, claims, &place.row),
                None => Vec::new(),
            };
            all.push(sequence(example.text, place, &window, &others, gold));
        }
    }
    all
}

/// The right labels of a window.
fn sequence(text: &Text, place: &Place, window: &Window, others: &[u8], gold: &Annotation) -> Sequence {
    let covered = |span: Span, spans: &[Span]| {
        let shared: usize = spans
            .iter()
            .map(|other| span.end.min(other.end).saturating_sub(span.start.max(other.start)))
            .sum();
        shared * 2 > span.len()
    };
    let mut made =
        Sequence { steps: Vec::new(), labels: Vec::new(), costs: Vec::new(), article: place.example };
    let (mut met, mut content) = (false, false);
    let mut side = false;
    features::tags(window, others, |at, emission, transition| {
        let behind = at >= window.cue.end;
        if behind != side {
            (side, met, content) = (behind, met || content, false);
        }
        let tokens = place.row.units[at].tokens.clone();
        let long = tokens.len() > 5;
        let span = text.span_of(tokens);
        let label = if covered(span, &gold.content) {
            content = true;
            if met { Label::Second } else { Label::Content }
        } else if covered(span, &gold.source) {
            Label::Source
        } else if content {
            Label::After
        } else {
            Label::Before
        };
        made.steps.push((emission.to_vec(), transition.to_vec(), behind));
        made.labels.push(label);
        made.costs.push(if long { LONG } else { 1.0 });
    });
    // The tagger says one stretch of content on each side: holes are filled.
    for at in 1..made.labels.len() {
        let said = made.labels[at];
        if !said.said() {
            continue;
        }
        let mut back = at;
        while back > 0 && made.labels[back - 1] == Label::After && made.steps[back - 1].2 == made.steps[at].2
        {
            back -= 1;
            made.labels[back] = said;
        }
    }
    made
}

/// What the verifier learns from a claim.
fn verdict(examples: &[Example], place: &Place, claim: &Claim, others: &[u8]) -> Case {
    let example = &examples[place.example];
    let right = match place.gold[claim.candidate] {
        Standing::Marked(gold) => {
            let gold = &example.gold[gold];
            match agrees(example.text, &place.row, claim, gold) {
                false => Verdict::Nothing,
                true if gold.statement => Verdict::Speech,
                true => Verdict::Thought,
            }
        }
        _ => Verdict::Nothing,
    };
    let mut features = Vec::new();
    features::verify(&place.row, claim, others, &mut features);
    Case { features, right: right as usize, article: place.example }
}

/// Whether the words that a claim takes for content are those that people
/// marked: at least half of all that either takes.
fn agrees(text: &Text, row: &Row, claim: &Claim, gold: &Annotation) -> bool {
    let mut said = 0;
    let mut shared = 0;
    for (place, _) in claim.labels.iter().filter(|(_, label)| label.said()) {
        for token in row.units[*place].tokens.clone() {
            let token = text.tokens[token];
            if token.kind != TokenKind::Punctuation {
                said += 1;
                shared += usize::from(gold.content.iter().any(|span| span.overlaps(token.span)));
            }
        }
    }
    let marked: usize = gold
        .content
        .iter()
        .flat_map(|span| text.tokens_in(*span))
        .filter(|token| text.tokens[*token].kind != TokenKind::Punctuation)
        .count();
    shared > 0 && shared * 2 >= said + marked - shared
}
