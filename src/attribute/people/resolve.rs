//! Resolves the source of a cue to its speakers: mentions by name or title, pronouns by gender, number
//! and distance.

use crate::attribute::attribution::{Source, SourceKind};
use crate::attribute::people::behalf;
use crate::attribute::people::mention::{Mention, Referent};
use crate::attribute::people::roster_index::RosterIndex;
use crate::model::{Article, Gender, Language, PronounRole, Speaker, Text, WordClass};

/// Who a sentence is about: the speaker of its statement, else the first person or body named in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Topic {
    /// Index of the sentence.
    pub sentence: usize,
    /// The person or body.
    pub who: Referent,
    /// Gender, for agreement with a pronoun.
    pub gender: Gender,
    /// True if it means several persons.
    pub plural: bool,
}

/// Maximum distance between a pronoun and the sentence it refers to, in sentences.
const MAX_PRONOUN_DISTANCE: usize = 7;

/// What is known of an article when a source is resolved.
pub struct Discourse<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its segmentation.
    pub text: &'a Text,
    /// Its mentions, in reading order.
    pub mentions: &'a [Mention],
    /// Who the sentences so far were about, latest last.
    pub topics: &'a [Topic],
    /// The roster.
    pub names: &'a RosterIndex,
    /// The language.
    pub language: &'a Language,
}

/// The speakers of a source in a sentence; several for joint speakers.
pub fn speakers(source: &Source, sentence: usize, discourse: &Discourse) -> Vec<(Referent, Speaker)> {
    let Discourse { article, text, names, .. } = discourse;
    let span = text.span_of(source.tokens.clone());
    match &source.kind {
        SourceKind::Mentions(all) => mentioned(source, all, discourse),
        SourceKind::Pronoun => by_pronoun(source, sentence, discourse),
        SourceKind::Nobody => {
            let because = "nobody is named as the source".to_string();
            let speaker = Speaker { because, ..Speaker::default() };
            vec![(Referent::Unlisted(String::new()), speaker)]
        }
        SourceKind::Phrase => {
            let name = phrase_name(source.tokens.clone(), discourse);
            let who = Referent::Unlisted(name);
            let because = format!("“{}” beside the cue, nobody known by name", article.words(span));
            vec![(who.clone(), speaker(&who, span, because, names))]
        }
    }
}

/// The speakers of a source that consists of mentions.
fn mentioned(source: &Source, all: &[usize], discourse: &Discourse) -> Vec<(Referent, Speaker)> {
    let Discourse { article, text, mentions, names, .. } = discourse;
    let span = text.span_of(source.tokens.clone());
    let surface = article.words(span);
    let mut found: Vec<(Referent, Speaker)> = Vec::new();
    for index in all {
        let Some(mention) = mentions.get(*index) else { continue };
        let own = if all.len() == 1 { span } else { text.span_of(mention.tokens.clone()) };
        for who in &mention.who {
            // "a spokesman for Holm" is more than "a spokesman".
            let nominal = all.len() == 1
                && !mention.named
                && matches!(who, Referent::Unlisted(name) if same_words(name, mention, discourse))
                && source.tokens.start <= mention.tokens.start
                && mention.tokens.end <= source.tokens.end;
            let phrase = nominal.then(|| phrase_name(source.tokens.clone(), discourse));
            let longer = phrase.filter(|phrase| !same_words(phrase, mention, discourse));
            let longer = longer.map(Referent::Unlisted);
            let who = longer.as_ref().unwrap_or(who);
            if found.iter().any(|(known, _)| known == who) {
                continue;
            }
            let because = format!("“{surface}” beside the cue, {}", mention.because);
            let office = mention.office.clone();
            found.push((who.clone(), Speaker { office, ..speaker(who, own, because, names) }));
        }
    }
    if let [(who, speaker)] = found.as_mut_slice() {
        let tokens = source.tokens.clone();
        let behalf = behalf::behalf(text, mentions, names, discourse.language, tokens, who);
        speaker.speaks_for = behalf.map(|who| display_name(who, names));
    }
    found
}

/// The speakers that a pronoun refers to; without a referent a speaker without a name.
fn by_pronoun(source: &Source, sentence: usize, discourse: &Discourse) -> Vec<(Referent, Speaker)> {
    let Discourse { article, text, names, .. } = discourse;
    let span = text.span_of(source.tokens.clone());
    let surface = article.words(span);
    let word = text.word(source.tokens.start);
    let several = joined_before(word, sentence, discourse);
    if !several.is_empty() {
        let because = format!("“{surface}” beside the cue: those named together before");
        return several
            .into_iter()
            .map(|who| (who.clone(), speaker(&who, span, because.clone(), names)))
            .collect();
    }
    match pronoun(word, source.tokens.start, sentence, discourse) {
        Some((who, because)) => {
            let because = format!("“{surface}” beside the cue: {because}");
            let speaker = speaker(&who, span, because, names);
            vec![(who, speaker)]
        }
        None => {
            let who = Referent::Unlisted(String::new());
            let because = format!("“{surface}” refers to nobody named before");
            let speaker = Speaker { mention: Some(span), because, ..Speaker::default() };
            vec![(who, speaker)]
        }
    }
}

/// The name of a speaker who is named only by a noun phrase: the phrase without its article, up to a
/// comma or "who".
fn phrase_name(tokens: std::ops::Range<usize>, discourse: &Discourse) -> String {
    let Discourse { article, text, mentions, .. } = discourse;
    let start = tokens.clone().find(|index| !text.is(*index, WordClass::Article)).unwrap_or(tokens.start);
    let ends = |index: &usize| {
        matches!(text.word(*index), "," | "(" | "–" | "—") || text.is(*index, WordClass::Relative)
    };
    let end = (start + 1..tokens.end).find(ends).unwrap_or(tokens.end);
    let words = article.words(text.span_of(start..end.max(start + 1)));
    let words = discourse.language.possessives.strip_typed(&words);
    let next = mentions.partition_point(|mention| mention.tokens.end <= start);
    let title = mentions.get(next).is_some_and(|m| m.tokens.start == start && !m.named);
    match title {
        true => uncapitalised(text, start, words),
        false => words.to_string(),
    }
}

/// True if a name consists of the words of the mention.
fn same_words(name: &str, mention: &Mention, discourse: &Discourse) -> bool {
    let words = discourse.article.words(discourse.text.span_of(mention.tokens.clone()));
    discourse.language.possessives.strip_typed(&words).to_lowercase() == name.to_lowercase()
}

/// Lowers the capital that a word at token `index` has only because it opens a sentence.
pub fn uncapitalised(text: &Text, index: usize, words: &str) -> String {
    let sentence = text.sentences.partition_point(|sentence| sentence.tokens.start < index);
    let opens = text.sentences.get(sentence).is_some_and(|s| s.tokens.start == index);
    let mut characters = words.chars();
    match characters.next() {
        Some(first) if opens => first.to_lowercase().chain(characters).collect(),
        _ => words.to_string(),
    }
}

/// The speaker value of a resolved person or body.
pub fn speaker(who: &Referent, mention: crate::model::Span, because: String, names: &RosterIndex) -> Speaker {
    let actor = match who {
        Referent::Listed(index) => names.roster().actors.get(*index).map(|actor| actor.id.clone()),
        Referent::Unlisted(_) => None,
    };
    Speaker { mention: Some(mention), name: display_name(who, names), actor, because, ..Speaker::default() }
}

/// The name to show.
fn display_name(who: &Referent, names: &RosterIndex) -> String {
    match who {
        Referent::Listed(index) => {
            names.roster().actors.get(*index).map_or(String::new(), |a| a.name.clone())
        }
        Referent::Unlisted(name) => name.clone(),
    }
}

fn agrees(gender: Gender, plural: bool, wanted: Gender, wanted_plural: bool) -> bool {
    plural == wanted_plural
        && (wanted_plural || gender == Gender::Unknown || wanted == Gender::Unknown || gender == wanted)
}

/// Whom a pronoun refers to, and why: somebody who opens the same sentence, else whoever the nearest
/// earlier sentence was about, with the same gender and number.
fn pronoun(word: &str, at: usize, sentence: usize, discourse: &Discourse) -> Option<(Referent, String)> {
    let Discourse { text, mentions, topics, language, .. } = discourse;
    let readings = language.pronouns.get(word)?;
    let reading = readings
        .iter()
        .find(|reading| reading.person == 3 && reading.role != PronounRole::Relative)
        .or(readings.first())?;
    if reading.person == 1 && !reading.plural {
        return None;
    }
    let (gender, plural) = (reading.gender, reading.plural);
    let range = text.sentences.get(sentence)?.tokens.clone();
    let first = mentions.partition_point(|mention| mention.tokens.start < range.start);
    let quoted = |mention: &Mention| {
        let span = text.span_of(mention.tokens.clone());
        let next = text.quotations.partition_point(|quotation| quotation.span.end <= span.start);
        text.quotations.get(next).is_some_and(|quotation| quotation.span.overlaps(span))
    };
    let same = mentions.iter().skip(first).take_while(|mention| mention.tokens.end <= at).find(|mention| {
        mention.speaks
            && agrees(mention.gender, mention.plural, gender, plural)
            && mention.gender != Gender::Unknown
            && mention.who.len() == 1
            && !quoted(mention)
            && opens_clause(mention, range.start, text)
    });
    if let Some(mention) = same
        && let [who] = mention.who.as_slice()
    {
        return Some((who.clone(), "the sentence's first person of that gender".into()));
    }
    topics
        .iter()
        .rev()
        .take_while(|topic| topic.sentence + MAX_PRONOUN_DISTANCE >= sentence)
        .filter(|topic| topic.sentence <= sentence)
        .find(|topic| agrees(topic.gender, topic.plural, gender, plural))
        .map(|topic| {
            let back = sentence - topic.sentence.min(sentence);
            (topic.who.clone(), format!("spoken of {back} sentences before, and agrees with it"))
        })
}

/// "They": the persons that the sentence before names joined by "and".
fn joined_before(word: &str, sentence: usize, discourse: &Discourse) -> Vec<Referent> {
    let Discourse { text, mentions, language, .. } = discourse;
    let plural = language
        .pronouns
        .get(word)
        .is_some_and(|readings| readings.iter().all(|reading| reading.plural && reading.person == 3));
    let before = sentence.checked_sub(1).and_then(|before| text.sentences.get(before));
    let Some(before) = before.filter(|_| plural) else { return Vec::new() };
    let from = mentions.partition_point(|mention| mention.tokens.start < before.tokens.start);
    let to = mentions.partition_point(|mention| mention.tokens.start < before.tokens.end).max(from);
    let inside = mentions.get(from..to).unwrap_or(&[]);
    let joins = |pair: &[Mention]| match pair {
        [one, two] => {
            let between = one.tokens.end..two.tokens.start;
            one.named
                && two.named
                && between.len() == 1
                && between.clone().all(|at| text.is(at, WordClass::Conjunction))
        }
        _ => false,
    };
    match inside.windows(2).find(|pair| joins(pair)) {
        Some(pair) => pair.iter().flat_map(|mention| mention.who.iter().cloned()).collect(),
        None => Vec::new(),
    }
}

/// True if a mention is near the start of its sentence or clause, as subjects are.
fn opens_clause(mention: &Mention, start: usize, text: &Text) -> bool {
    mention.tokens.start <= start + 3 || text.word(mention.tokens.start.saturating_sub(1)) == ","
}
