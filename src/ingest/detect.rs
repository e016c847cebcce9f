//! The language of a text that does not say its own.
//!
//! Lives here: what decides between languages. May not live here: a word of any
//! of them.
//!
//! Long texts are told by whatlang (trigrams). It guesses at short ones: of one
//! line of English it says Dutch or Tagalog. There the words decide that the
//! languages with rules know (pronouns, prepositions, cues, titles, months), and
//! only where none is known, the guess.

use super::fold;
use crate::model::{Language, Span};
use whatlang::Lang;

/// How many bytes of a text are looked at.
const SAMPLE: usize = 1200;
/// From how many letters on whatlang is believed without being sure.
const LONG: usize = 300;
/// The share of known words from which they decide about a short text.
const KNOWN: f64 = 0.15;

/// The language of the prose of a body: a two-letter code, three letters where
/// there are no two, and "und" when it cannot be told.
pub fn detect(body: &str, excluded: &[Span], languages: &[Language]) -> String {
    let mut prose = String::new();
    let mut at = 0;
    let end = Span::new(body.len(), body.len());
    for span in excluded.iter().chain([&end]) {
        prose.extend(body.get(at..span.start).unwrap_or("").chars().take(SAMPLE));
        prose.push(' ');
        at = span.end;
        if prose.len() >= SAMPLE {
            break;
        }
    }
    detect_text(&prose, languages)
}

/// The same of a text.
pub fn detect_text(text: &str, languages: &[Language]) -> String {
    let text: String = text.chars().take(SAMPLE).collect();
    let letters = text.chars().filter(|character| character.is_alphabetic()).count();
    if letters == 0 {
        return "und".into();
    }
    let guess = whatlang::detect(&text);
    if let Some(sure) =
        guess.as_ref().filter(|guess| guess.is_reliable() && letters >= LONG / 3 || letters >= LONG)
    {
        return code(sure.lang()).into();
    }
    let known = languages.iter().map(|language| (share(&text, language), language));
    let best = known.max_by(|(one, _), (two, _)| one.total_cmp(two));
    match (best, guess) {
        (Some((share, language)), _) if share >= KNOWN => language.code.clone(),
        (_, Some(guess)) => code(guess.lang()).into(),
        (_, None) => "und".into(),
    }
}

/// The share of words that a language knows.
fn share(text: &str, language: &Language) -> f64 {
    let (mut known, mut all) = (0u32, 0u32);
    for word in
        text.split(|character: char| !character.is_alphanumeric() && character != '\'' && character != '’')
    {
        if word.is_empty() {
            continue;
        }
        all += 1;
        let word = fold(word);
        let is_known = language.words.contains_key(&word)
            || language.cues.contains_key(&word)
            || language.pronouns.contains_key(&word)
            || language.calendar.contains_key(&word) && word.parse::<u32>().is_err()
            || language.shifters.contains_key(&word);
        known += u32::from(is_known);
    }
    if all == 0 { 0.0 } else { f64::from(known) / f64::from(all) }
}

/// A language code as a record or page gives it ("EN", "en-GB", "eng") in two
/// letters; None when it is no code.
pub fn normal(given: &str) -> Option<String> {
    let code = given.split(['-', '_', ',', ';']).next()?.trim().to_lowercase();
    match code.len() {
        2 if code.bytes().all(|byte| byte.is_ascii_lowercase()) => Some(code),
        3 => Lang::from_code(&code).map(|lang| self::code(lang).to_string()),
        _ => None,
    }
}

/// ISO 639-1 of a language that whatlang knows, 639-3 where there is none.
fn code(lang: Lang) -> &'static str {
    const CODES: [(&str, &str); 68] = [
        ("epo", "eo"),
        ("eng", "en"),
        ("rus", "ru"),
        ("cmn", "zh"),
        ("spa", "es"),
        ("por", "pt"),
        ("ita", "it"),
        ("ben", "bn"),
        ("fra", "fr"),
        ("deu", "de"),
        ("ukr", "uk"),
        ("kat", "ka"),
        ("ara", "ar"),
        ("hin", "hi"),
        ("jpn", "ja"),
        ("heb", "he"),
        ("yid", "yi"),
        ("pol", "pl"),
        ("amh", "am"),
        ("jav", "jv"),
        ("kor", "ko"),
        ("nob", "nb"),
        ("dan", "da"),
        ("swe", "sv"),
        ("fin", "fi"),
        ("tur", "tr"),
        ("nld", "nl"),
        ("hun", "hu"),
        ("ces", "cs"),
        ("ell", "el"),
        ("bul", "bg"),
        ("bel", "be"),
        ("mar", "mr"),
        ("kan", "kn"),
        ("ron", "ro"),
        ("slv", "sl"),
        ("hrv", "hr"),
        ("srp", "sr"),
        ("mkd", "mk"),
        ("lit", "lt"),
        ("lav", "lv"),
        ("est", "et"),
        ("tam", "ta"),
        ("vie", "vi"),
        ("urd", "ur"),
        ("tha", "th"),
        ("guj", "gu"),
        ("uzb", "uz"),
        ("pan", "pa"),
        ("aze", "az"),
        ("ind", "id"),
        ("tel", "te"),
        ("pes", "fa"),
        ("mal", "ml"),
        ("ori", "or"),
        ("mya", "my"),
        ("nep", "ne"),
        ("sin", "si"),
        ("khm", "km"),
        ("tuk", "tk"),
        ("aka", "ak"),
        ("zul", "zu"),
        ("sna", "sn"),
        ("afr", "af"),
        ("lat", "la"),
        ("slk", "sk"),
        ("cat", "ca"),
        ("tgl", "tl"),
    ];
    let long = lang.code();
    CODES.iter().find(|(known, _)| *known == long).map_or(long, |(_, short)| short)
}
