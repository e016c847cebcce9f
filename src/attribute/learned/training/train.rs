//! Training of the classifier, the two taggers and the verifier from annotated articles.
//!
//! Each model is trained on what the models before it say of articles that they were not trained on
//! (by folds), because that is what it will see in use.

use crate::attribute::learned::features::CueWindow;
use crate::attribute::learned::labels::{Claim, Label, VERDICTS, Verdict};
use crate::attribute::learned::training::optimiser;
use crate::attribute::learned::training::optimiser::{Decision, LabelledSequence, UnitFeatures};
use crate::attribute::learned::units::ParagraphUnits;
use crate::attribute::learned::{features, speech, tagger, units};
use crate::attribute::people::mentions;
use crate::attribute::people::roster_index::RosterIndex;
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

/// Options of training.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrainOptions {
    /// Passes over the examples for the taggers.
    pub tagger_epochs: usize,
    /// Passes over the examples for the classifier and the verifier.
    pub classifier_epochs: usize,
    /// Seed for the order of the examples.
    pub seed: u64,
    /// The taggers use only features that occur in at least this many articles.
    pub tagger_min_articles: usize,
    /// The same for the classifier and the verifier.
    pub classifier_min_articles: usize,
    /// See [`Learned::cue_threshold`].
    pub cue_threshold: f32,
    /// See [`Learned::report_threshold`].
    pub report_threshold: f32,
}

impl Default for TrainOptions {
    fn default() -> Self {
        TrainOptions {
            tagger_epochs: 3,
            classifier_epochs: 3,
            seed: 1,
            tagger_min_articles: 35,
            classifier_min_articles: 50,
            cue_threshold: 0.12,
            report_threshold: 0.38,
        }
    }
}

/// Number of folds: each part of the articles is labelled by models trained on the other parts.
const FOLDS: usize = 4;
/// Cost of a wrong label of a long quotation; that of a word is 1.
const LONG_QUOTATION_COST: f32 = 4.0;

/// A paragraph of an example.
struct ExampleParagraph<'a> {
    /// Index of the example.
    example: usize,
    units: ParagraphUnits<'a>,
    /// What people marked at each candidate cue.
    gold: Vec<GoldCue>,
}

/// What people marked at a candidate cue.
#[derive(Clone, Copy, PartialEq)]
enum GoldCue {
    /// Nobody marked it.
    Unmarked,
    /// The cue of this annotation.
    Marked(usize),
    /// A further candidate inside a marked cue ("declined to say" has two): not trained on.
    Further,
}

/// Trains all models of a language. Random only in the order of the examples, which the seed fixes.
pub fn learn(
    examples: &[Example],
    names: &RosterIndex,
    language: &Language,
    options: TrainOptions,
) -> Learned {
    let mut random = ChaCha8Rng::seed_from_u64(options.seed);
    let mut paragraphs = example_paragraphs(examples, names, language);
    let cue_classifier = cue_classifier(examples, &mut paragraphs, options, &mut random);
    let alone = sequences(examples, &paragraphs, None);
    let mut claims: Vec<Vec<Claim>> = paragraphs.iter().map(|_| Vec::new()).collect();
    for fold in 0..FOLDS {
        let seen: Vec<&LabelledSequence> = alone.iter().filter(|s| s.article % FOLDS != fold).collect();
        let tables =
            optimiser::sequences(&seen, options.tagger_min_articles, options.tagger_epochs, &mut random);
        for (paragraph, claims) in paragraphs.iter().zip(&mut claims) {
            if paragraph.example % FOLDS == fold {
                *claims = speech::claims(&tables, &paragraph.units, options.cue_threshold, Scope::All);
            }
        }
    }
    let all: Vec<&LabelledSequence> = alone.iter().collect();
    let first = optimiser::sequences(&all, options.tagger_min_articles, options.tagger_epochs, &mut random);
    let together = sequences(examples, &paragraphs, Some(&claims));
    let mut verdicts = Vec::new();
    for fold in 0..FOLDS {
        let seen: Vec<&LabelledSequence> = together.iter().filter(|s| s.article % FOLDS != fold).collect();
        let tables =
            optimiser::sequences(&seen, options.tagger_min_articles, options.tagger_epochs, &mut random);
        for (paragraph, claims) in paragraphs.iter().zip(&claims) {
            if paragraph.example % FOLDS == fold {
                for (claim, others) in speech::relabel(&tables, &paragraph.units, claims) {
                    verdicts.push(verdict(examples, paragraph, &claim, &others));
                }
            }
        }
    }
    let all: Vec<&LabelledSequence> = together.iter().collect();
    let second = optimiser::sequences(&all, options.tagger_min_articles, options.tagger_epochs, &mut random);
    verdicts.sort_by_key(|decision| decision.article);
    let verdicts: Vec<&Decision> = verdicts.iter().collect();
    let verifier = optimiser::logistic::<VERDICTS>(
        &verdicts,
        options.classifier_min_articles,
        options.classifier_epochs,
        &mut random,
    );
    let TrainOptions { cue_threshold, report_threshold, .. } = options;
    Learned {
        provenance: String::new(),
        cue_classifier,
        first,
        second,
        verifier,
        cue_threshold,
        report_threshold,
    }
}

/// All paragraphs of all examples.
fn example_paragraphs<'a>(
    examples: &[Example],
    names: &RosterIndex,
    language: &'a Language,
) -> Vec<ExampleParagraph<'a>> {
    let mut paragraphs = Vec::new();
    for (number, example) in examples.iter().enumerate() {
        let body = &example.article.body;
        let mentions = mentions::mentions(example.article, example.text, names, language);
        let units: Vec<ParagraphUnits> = units::paragraph_groups(body, example.text)
            .into_iter()
            .map(|sentences| units::paragraph_units(example.text, &mentions, language, sentences))
            .collect();
        let gold_cues = gold_cues(example, &units);
        for (units, gold) in units.into_iter().zip(gold_cues) {
            paragraphs.push(ExampleParagraph { example: number, units, gold });
        }
    }
    paragraphs
}

/// What people marked at each candidate of each paragraph. Where a marked cue contains several
/// candidates, a verb of speech wins, then the first one.
fn gold_cues(example: &Example, paragraphs: &[ParagraphUnits]) -> Vec<Vec<GoldCue>> {
    let mut best: Vec<Option<(u8, usize, usize)>> = vec![None; example.gold.len()];
    let mut matched: Vec<Vec<Option<usize>>> = Vec::new();
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let mut of_paragraph = Vec::new();
        for (index, candidate) in paragraph.candidates.iter().enumerate() {
            let span = example.text.span_of(candidate.cue.tokens.clone());
            let gold = example.gold.iter().position(|gold| gold.cue.iter().any(|cue| cue.overlaps(span)));
            let takes = candidate.cue.entry.takes;
            let rank = match () {
                () if takes.noun => 2,
                () if takes.thought || candidate.cue.entry.words.is_empty() => 1,
                () => 0,
            };
            if let Some(gold) = gold
                && best[gold].is_none_or(|(other, _, _)| rank < other)
            {
                best[gold] = Some((rank, number, index));
            }
            of_paragraph.push(gold);
        }
        matched.push(of_paragraph);
    }
    matched
        .iter()
        .enumerate()
        .map(|(number, of_paragraph)| {
            of_paragraph
                .iter()
                .enumerate()
                .map(|(index, gold)| match gold {
                    None => GoldCue::Unmarked,
                    Some(gold) => match best[*gold] {
                        Some((_, paragraph, candidate)) if (paragraph, candidate) == (number, index) => {
                            GoldCue::Marked(*gold)
                        }
                        _ => GoldCue::Further,
                    },
                })
                .collect()
        })
        .collect()
}

/// Trains the classifier of cues, and sets the probabilities of every candidate by a classifier that
/// was not trained on its article.
fn cue_classifier(
    examples: &[Example],
    paragraphs: &mut [ExampleParagraph],
    options: TrainOptions,
    random: &mut ChaCha8Rng,
) -> crate::model::WeightTable {
    let mut decisions: Vec<(usize, usize, Decision)> = Vec::new();
    for (number, paragraph) in paragraphs.iter().enumerate() {
        for (index, gold_cue) in paragraph.gold.iter().enumerate() {
            let right = match gold_cue {
                GoldCue::Unmarked => Verdict::Nothing,
                GoldCue::Marked(gold) if examples[paragraph.example].gold[*gold].statement => Verdict::Speech,
                GoldCue::Marked(_) => Verdict::Thought,
                GoldCue::Further => Verdict::Unsure,
            };
            let mut features = Vec::new();
            features::cue::cue_features(&paragraph.units, index, &mut features);
            decisions.push((
                number,
                index,
                Decision { features, right: right as usize, article: paragraph.example },
            ));
        }
    }
    let sure = |wanted: &dyn Fn(usize) -> bool| -> Vec<&Decision> {
        let wanted = |decision: &&Decision| decision.right < VERDICTS && wanted(decision.article);
        decisions.iter().map(|(_, _, decision)| decision).filter(wanted).collect()
    };
    for fold in 0..FOLDS {
        let seen = sure(&|article| article % FOLDS != fold);
        let table = optimiser::logistic::<VERDICTS>(
            &seen,
            options.classifier_min_articles,
            options.classifier_epochs,
            random,
        );
        for (number, index, decision) in
            decisions.iter().filter(|(_, _, decision)| decision.article % FOLDS == fold)
        {
            let verdicts = tagger::softmax(tagger::verdict_scores(&table, &decision.features));
            paragraphs[*number].units.set_probabilities(*index, verdicts);
        }
    }
    optimiser::logistic::<VERDICTS>(
        &sure(&|_| true),
        options.classifier_min_articles,
        options.classifier_epochs,
        random,
    )
}

/// The windows of all marked cues with their right labels; with the roles for other cues if `claims`
/// are given.
fn sequences(
    examples: &[Example],
    paragraphs: &[ExampleParagraph],
    claims: Option<&[Vec<Claim>]>,
) -> Vec<LabelledSequence> {
    let mut all = Vec::new();
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let example = &examples[paragraph.example];
        for (index, gold_cue) in paragraph.gold.iter().enumerate() {
            let GoldCue::Marked(gold) = gold_cue else { continue };
            let gold = &example.gold[*gold];
            let window = CueWindow::new(&paragraph.units, &paragraph.units.candidates[index]);
            let others = match claims.and_then(|claims| claims.get(number)) {
                Some(claims) => speech::roles_for_others(&window, index, claims, &paragraph.units),
                None => Vec::new(),
            };
            all.push(sequence(example.text, paragraph, &window, &others, gold));
        }
    }
    all
}

/// The right labels of a window.
fn sequence(
    text: &Text,
    paragraph: &ExampleParagraph,
    window: &CueWindow,
    others: &[u8],
    gold: &Annotation,
) -> LabelledSequence {
    let covered = |span: Span, spans: &[Span]| {
        let shared: usize = spans
            .iter()
            .map(|other| span.end.min(other.end).saturating_sub(span.start.max(other.start)))
            .sum();
        shared * 2 > span.len()
    };
    let mut made = LabelledSequence {
        steps: Vec::new(),
        labels: Vec::new(),
        costs: Vec::new(),
        article: paragraph.example,
    };
    let (mut met, mut content) = (false, false);
    let mut side = false;
    features::tags::tag_features(window, others, |at, emission, transition| {
        let behind = at >= window.cue.end;
        if behind != side {
            (side, met, content) = (behind, met || content, false);
        }
        let tokens = paragraph.units.units[at].tokens.clone();
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
        made.steps.push(UnitFeatures {
            emission: emission.to_vec(),
            transition: transition.to_vec(),
            behind,
        });
        made.labels.push(label);
        made.costs.push(if long { LONG_QUOTATION_COST } else { 1.0 });
    });
    // The tagger gives one stretch of content on each side: holes are filled.
    for at in 1..made.labels.len() {
        let said = made.labels[at];
        if !said.is_content() {
            continue;
        }
        let mut back = at;
        while back > 0
            && made.labels[back - 1] == Label::After
            && made.steps[back - 1].behind == made.steps[at].behind
        {
            back -= 1;
            made.labels[back] = said;
        }
    }
    made
}

/// The decision that the verifier learns from a claim.
fn verdict(examples: &[Example], paragraph: &ExampleParagraph, claim: &Claim, others: &[u8]) -> Decision {
    let example = &examples[paragraph.example];
    let right = match paragraph.gold[claim.candidate] {
        GoldCue::Marked(gold) => {
            let gold = &example.gold[gold];
            match agrees(example.text, &paragraph.units, claim, gold) {
                false => Verdict::Nothing,
                true if gold.statement => Verdict::Speech,
                true => Verdict::Thought,
            }
        }
        _ => Verdict::Nothing,
    };
    let mut features = Vec::new();
    features::verifier::verifier_features(&paragraph.units, claim, others, &mut features);
    Decision { features, right: right as usize, article: paragraph.example }
}

/// True if a claim's content and the marked content share at least half of the words of both.
fn agrees(text: &Text, paragraph: &ParagraphUnits, claim: &Claim, gold: &Annotation) -> bool {
    let mut claimed = 0;
    let mut shared = 0;
    for (unit, _) in claim.labels.iter().filter(|(_, label)| label.is_content()) {
        for token in paragraph.units[*unit].tokens.clone() {
            let token = text.tokens[token];
            if token.kind != TokenKind::Punctuation {
                claimed += 1;
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
    shared > 0 && shared * 2 >= claimed + marked - shared
}
