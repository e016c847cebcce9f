//! VADER's rules (Hutto & Gilbert 2014, ICWSM), as its code runs them, oddities included: who asks
//! for them wants the same numbers.
//!
//! The values are the weights of the user's lexicon times 4 (VADER's run from -4 to
//! 4); boosters and negators are the language's amplifiers, downtoners and negators;
//! the few words that the rules name are in `presets.csv` of the language.
//!
//! When not to believe it: it was made for social media in English, and its
//! scores saturate with length, which is why sentences are scored and averaged.

use crate::model::{Hit, Language, PatternPart, PresetRole, Scored, ShifterKind, Span, Status, TokenKind};
use crate::score::content::Content;
use crate::score::tools::sentences::shifter;
use crate::score::tools::words::{is, negates};
use std::ops::Range;

/// VADER's values are the lexicon's weights times this.
const VALUE: f64 = 4.0;
/// What a booster adds.
const BOOST: f64 = 0.293;
/// What capitals add.
const CAPITALS: f64 = 0.733;
/// What a negation multiplies by.
const NEGATION: f64 = -0.74;
/// What "never so" multiplies by.
const NEVER_SO: f64 = 1.25;
/// How much of a booster is left one and two words farther off.
const DISTANCE: [f64; 3] = [1.0, 0.95, 0.9];
/// Before and behind the "but".
const BUT: (f64, f64) = (0.5, 1.5);
/// What an exclamation mark adds, and how many count.
const EXCLAMATION: (f64, usize) = (0.292, 4);
/// What two or three question marks add each, and more of them together.
const QUESTION: (f64, f64) = (0.18, 0.96);
/// Brings sums into (-1, 1).
const ALPHA: f64 = 15.0;

/// A stretch between white space, stripped as VADER strips it.
struct Word {
    folded: String,
    upper: bool,
    span: Span,
    tokens: Range<usize>,
}

/// Scores one statement: the mean compound of its sentences with a listed word.
pub fn vader(input: &Content) -> Scored {
    let axes = input.matcher.lexicon().axes.len();
    let mut hits = Vec::new();
    let mut values = vec![Vec::new(); axes];
    for sentence in input.sentences() {
        let words = words(input, sentence.clone());
        let emphasis = emphasis(input.text.span_of(sentence.clone()).of(input.body));
        for (axis, values) in values.iter_mut().enumerate() {
            let rules = Rules::new(input, &words, axis);
            let found = rules.sentiments();
            if found.iter().all(|one| one.entry.is_none()) {
                continue;
            }
            let sum: f64 = found.iter().map(|one| one.value).sum();
            values.push(compound(sum, emphasis));
            let all = found.iter().enumerate().filter_map(|(at, one)| hit(input, axis, one, &words, at));
            hits.extend(all);
        }
    }
    hits.sort_by(|a, b| (a.span.start, a.span.end, &a.axis).cmp(&(b.span.start, b.span.end, &b.axis)));
    input.mean_of_sentences(values, hits)
}

/// The sum with the emphasis of its marks, in (-1, 1), to four places.
fn compound(sum: f64, emphasis: f64) -> f64 {
    let sum = match sum {
        sum if sum > 0.0 => sum + emphasis,
        sum if sum < 0.0 => sum - emphasis,
        sum => sum,
    };
    (sum / (sum * sum + ALPHA).sqrt() * 1e4).round() / 1e4
}

/// What exclamation and question marks add.
fn emphasis(sentence: &str) -> f64 {
    let count = |mark| sentence.chars().filter(|character| *character == mark).count();
    let questions = count('?');
    EXCLAMATION.0 * count('!').min(EXCLAMATION.1) as f64
        + match questions {
            0 | 1 => 0.0,
            2 | 3 => QUESTION.0 * questions as f64,
            _ => QUESTION.1,
        }
}

/// Tokens that touch are one word for VADER; marks at its ends are stripped unless
/// at most two characters would be left.
fn words(input: &Content, sentence: Range<usize>) -> Vec<Word> {
    let text = input.text;
    let mut words = Vec::new();
    let mut start = sentence.start;
    while start < sentence.end {
        let mut end = start + 1;
        while end < sentence.end && text.tokens[end].span.start == text.tokens[end - 1].span.end {
            end += 1;
        }
        let mark = |at: usize| text.tokens[at].kind == TokenKind::Punctuation;
        let first = (start..end).find(|at| !mark(*at)).unwrap_or(start);
        let last = (start..end).rfind(|at| !mark(*at)).map_or(end, |at| at + 1);
        let mut tokens = first..last;
        if text.span_of(tokens.clone()).of(input.body).chars().count() <= 2 {
            tokens = start..end;
        }
        let span = text.span_of(tokens.clone());
        let surface = span.of(input.body);
        words.push(Word {
            folded: tokens.clone().map(|at| text.word(at)).collect(),
            upper: surface.chars().any(char::is_uppercase) && !surface.chars().any(char::is_lowercase),
            span,
            tokens,
        });
        start = end;
    }
    words
}

/// The value of a word, and what changed it.
#[derive(Clone, Default)]
struct Sentiment {
    value: f64,
    /// The lexicon's entry behind it.
    entry: Option<usize>,
    /// Words that turned or strengthened it, with their multiplier.
    shifters: Vec<(usize, f64)>,
}

/// The rules on one sentence and axis.
struct Rules<'a> {
    language: &'a Language,
    words: &'a [Word],
    /// The entry and value of each listed word.
    listed: Vec<Option<(usize, f64)>>,
    /// Some words are in capitals, but not all.
    capitals: bool,
}

impl<'a> Rules<'a> {
    fn new(input: &Content<'a>, words: &'a [Word], axis: usize) -> Self {
        let lexicon = input.matcher.lexicon();
        let listed = words.iter().map(|word| {
            let entries = input.matcher.singles(&word.folded, &input.language.code);
            // A plain word before a glob, then the order of the file.
            let glob =
                |entry: &usize| matches!(lexicon.entries[*entry].pattern.parts[0], PatternPart::Glob(_));
            entries
                .into_iter()
                .filter(|entry| lexicon.entries[*entry].axis == Some(axis))
                .min_by_key(|entry| (glob(entry), *entry))
                .map(|entry| (entry, lexicon.entries[entry].weight * VALUE))
        });
        let upper = words.iter().filter(|word| word.upper).count();
        Rules {
            language: input.language,
            words,
            listed: listed.collect(),
            capitals: upper > 0 && upper < words.len(),
        }
    }

    /// The word `back` places before `at`.
    fn before(&self, at: usize, back: usize) -> &str {
        at.checked_sub(back).and_then(|at| self.words.get(at)).map_or("", |word| &word.folded)
    }

    fn role(&self, role: PresetRole, word: &str) -> bool {
        self.language.presets.get(&role).is_some_and(|rows| rows.iter().any(|(words, _)| words == word))
    }

    /// What a word or phrase adds as a booster.
    fn booster(&self, words: &str) -> f64 {
        let of = |kind| match words.contains(' ') {
            false => is(self.language, words, kind),
            true => self.language.shifters(words.split(' ').next().unwrap_or("")).any(|shifter| {
                shifter.kind == kind && shifter.words.len() > 1 && shifter.words.join(" ") == words
            }),
        };
        if of(ShifterKind::Amplifier) {
            BOOST
        } else if of(ShifterKind::Downtoner) || self.role(PresetRole::VaderDamper, words) {
            -BOOST
        } else {
            0.0
        }
    }

    fn negates(&self, word: &str) -> bool {
        let parts = self.language.presets.get(&PresetRole::VaderPart);
        negates(self.language, word)
            || parts.is_some_and(|parts| parts.iter().any(|(part, _)| word.contains(part.as_str())))
    }

    /// The value of every word, "but" included.
    fn sentiments(&self) -> Vec<Sentiment> {
        let mut found: Vec<Sentiment> = (0..self.words.len()).map(|at| self.sentiment(at)).collect();
        let but = self.words.iter().position(|word| self.role(PresetRole::VaderBut, &word.folded));
        if let Some(but) = but {
            // VADER looks a value up by itself, so that of two equal values the first
            // is changed twice.
            for at in 0..found.len() {
                let value = found[at].value;
                let first = found.iter().position(|one| one.value == value).unwrap_or(at);
                if first < but {
                    found[first].value *= BUT.0;
                } else if first > but {
                    found[first].value *= BUT.1;
                }
            }
        }
        found
    }

    fn sentiment(&self, at: usize) -> Sentiment {
        let word = &self.words[at];
        let next = self.words.get(at + 1);
        let silent = next.is_some_and(|next| {
            self.role(PresetRole::VaderSilent, &format!("{} {}", word.folded, next.folded))
        });
        let Some((entry, listed)) = self.listed[at].filter(|_| !silent && self.booster(&word.folded) == 0.0)
        else {
            return Sentiment::default();
        };
        let mut found = Sentiment { value: listed, entry: Some(entry), shifters: Vec::new() };
        if self.role(PresetRole::VaderNo, &word.folded)
            && self.listed.get(at + 1).is_some_and(Option::is_some)
        {
            found.value = 0.0;
        }
        let no = |back| self.role(PresetRole::VaderNo, self.before(at, back));
        if no(1) || no(2) || no(3) && self.role(PresetRole::VaderNoJoiner, self.before(at, 1)) {
            found.value = listed * NEGATION;
            let back = (1..=3).find(|back| no(*back)).unwrap_or(1);
            found.shifters.push((at - back, NEGATION));
        }
        if word.upper && self.capitals {
            found.value += if found.value > 0.0 { CAPITALS } else { -CAPITALS };
        }
        for back in 1..=3 {
            if at >= back && self.listed[at - back].is_none() {
                self.look_back(at, back, &mut found);
            }
        }
        let least = at >= 1
            && self.listed[at - 1].is_none()
            && self.role(PresetRole::VaderLeast, self.before(at, 1))
            && !(at >= 2 && self.role(PresetRole::VaderLeastBefore, self.before(at, 2)));
        if least {
            found.value *= NEGATION;
            found.shifters.push((at - 1, NEGATION));
        }
        found
    }

    /// What the word `back` places before does.
    fn look_back(&self, at: usize, back: usize, found: &mut Sentiment) {
        let mut boost = self.booster(self.before(at, back));
        if boost != 0.0 {
            if found.value < 0.0 {
                boost = -boost;
            }
            if self.words[at - back].upper && self.capitals {
                boost += if found.value > 0.0 { CAPITALS } else { -CAPITALS };
            }
            found.shifters.push((at - back, 1.0));
        }
        found.value += boost * DISTANCE[back - 1];
        let so = |back| self.role(PresetRole::VaderSo, self.before(at, back));
        let never = self.role(PresetRole::VaderNever, self.before(at, back));
        let without = self.role(PresetRole::VaderWithout, self.before(at, back));
        let doubt = |back| self.role(PresetRole::VaderDoubt, self.before(at, back));
        let (strengthened, kept) = match back {
            1 => (false, false),
            2 => (never && so(1), without && doubt(1)),
            // The precedence is VADER's: "so" alone is enough at this distance.
            _ => (never && so(2) || so(1), without && (doubt(2) || doubt(1))),
        };
        if strengthened {
            found.value *= NEVER_SO;
            found.shifters.push((at - back, NEVER_SO));
        } else if !kept && self.negates(self.before(at, back)) {
            found.value *= NEGATION;
            found.shifters.push((at - back, NEGATION));
        }
        if back == 3 {
            self.idioms(at, found);
        }
    }

    /// Idioms take the place of what was found; boosters of several words add to it.
    /// Both are looked for only where three words stand before.
    fn idioms(&self, at: usize, found: &mut Sentiment) {
        let phrase = |from: usize, to: usize| {
            let words: Vec<&str> =
                self.words.get(from..to).unwrap_or(&[]).iter().map(|word| word.folded.as_str()).collect();
            words.join(" ")
        };
        let idiom = |words: &str| {
            let rows = self.language.presets.get(&PresetRole::VaderIdiom)?;
            rows.iter().find(|(idiom, _)| idiom == words).map(|(_, value)| *value)
        };
        let around = [(at - 1, at + 1), (at - 2, at + 1), (at - 2, at), (at - 3, at), (at - 3, at - 1)];
        if let Some(value) = around.into_iter().find_map(|(from, to)| idiom(&phrase(from, to))) {
            found.value = value;
        }
        for to in [at + 2, at + 3] {
            if let Some(value) =
                Some(to).filter(|to| *to <= self.words.len()).and_then(|to| idiom(&phrase(at, to)))
            {
                found.value = value;
            }
        }
        for (from, to) in [(at - 3, at), (at - 3, at - 1), (at - 2, at)] {
            let boost = self.booster(&phrase(from, to));
            if boost != 0.0 {
                found.value += boost;
                found.shifters.push((from, 1.0));
            }
        }
    }
}

fn hit(input: &Content, axis: usize, found: &Sentiment, words: &[Word], at: usize) -> Option<Hit> {
    let lexicon = input.matcher.lexicon();
    let entry = &lexicon.entries[found.entry?];
    let contribution = found.value / VALUE;
    let touched = |(at, factor): &(usize, f64)| {
        words.get(*at).map(|word| shifter(input.text, word.tokens.clone(), *factor))
    };
    Some(Hit {
        axis: lexicon.axes[axis].id,
        kind: entry.kind,
        term: entry.term,
        span: words[at].span,
        weight: entry.weight,
        status: if contribution * entry.weight < 0.0 { Status::Negated } else { Status::Asserted },
        factor: if entry.weight == 0.0 { 0.0 } else { contribution / entry.weight },
        contribution,
        target: None,
        shifters: found.shifters.iter().filter_map(touched).collect(),
    })
}
