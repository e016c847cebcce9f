//! The language of a text that does not state its own.
//!
//! whatlang recognises languages by trigrams and reports whether it is sure. Of one line it seldom
//! is: it takes English for Afrikaans, Russian for Bulgarian. There the words decide that the
//! languages with rules have (pronouns, prepositions, cues, months), and only where few of them are
//! found, the guess.

use crate::ingest::fold;
use crate::model::{Language, Span};
use whatlang::Lang;

/// Number of characters that are examined at each of three places of a long text: its beginning
/// can be a list of names.
const WINDOW: usize = 400;
/// Minimum number of letters of a text for which a sure guess is accepted.
const SHORT: usize = 20;
/// Minimum share of known words with which they decide about a short text.
const KNOWN: f64 = 0.15;

/// The language of the prose of a body: a two-letter code, three letters where
/// there are no two, and "und" if it cannot be recognised.
pub fn detect(body: &str, excluded: &[Span], languages: &[Language]) -> String {
    let mut prose = String::new();
    let mut read = 0;
    for third in 0..3 {
        // If the window before reached further, this one continues there.
        let from = body.floor_char_boundary((body.len() / 3 * third).max(read));
        read = window(body, from, excluded, &mut prose);
    }
    detect_text(&prose, languages)
}

/// Adds the prose from a byte on; returns the byte where it ends.
fn window(body: &str, from: usize, excluded: &[Span], prose: &mut String) -> usize {
    prose.push(' ');
    let mut left = WINDOW;
    let mut at = from;
    let first = excluded.partition_point(|span| span.end <= from);
    let end = Span::new(body.len(), body.len());
    for span in excluded.iter().skip(first).chain([&end]) {
        for character in body.get(at..span.start).unwrap_or("").chars().take(left) {
            prose.push(character);
            at += character.len_utf8();
            left -= 1;
        }
        if left == 0 {
            return at;
        }
        prose.push(' ');
        at = at.max(span.end);
    }
    at
}

/// The same for a text without boilerplate.
pub fn detect_text(text: &str, languages: &[Language]) -> String {
    let letters = text.chars().filter(|character| character.is_alphabetic()).count();
    if letters == 0 {
        return "und".into();
    }
    let guess = whatlang::detect(text);
    let sure = guess.as_ref().filter(|guess| guess.is_reliable() && letters >= SHORT);
    if let Some(sure) = sure {
        return code(sure.lang()).into();
    }
    let known = languages.iter().map(|language| (share(text, language), language));
    let best = known.max_by(|(one, _), (two, _)| one.total_cmp(two));
    match (best, guess) {
        (Some((share, language)), _) if share >= KNOWN => language.code.clone(),
        (_, Some(guess)) => code(guess.lang()).into(),
        (_, None) => "und".into(),
    }
}

/// The share of words that a language has rules for.
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
/// letters; None if it is no code.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest;
    use std::path::Path;

    #[test]
    fn one_line_is_recognised_by_known_words_and_neighbours_are_not_taken_for_ours() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicons/languages");
        let languages = ingest::languages(&folder).unwrap();
        for (language, text) in [
            ("en", "Holm said sovereignty was sacred."),
            ("en", "Holm said no."),
            ("en", "Berg: the union is finished"),
            ("en", "Minister denies merger talks"),
            ("en", "“We shall not give up our independence.”"),
            ("ru", "Холм заявил о суверенитете"),
            ("ru", "Мы не отдадим независимость"),
            ("ru", "Он сказал «нет»."),
            ("uk", "Ми не віддамо незалежність"),
            ("be", "Мы не аддадзім незалежнасць"),
            ("bg", "Президентът заяви, че независимостта не се обсъжда и че народът не иска това."),
            ("de", "Holm lehnt die Union ab, sagte er."),
            ("pl", "Prezydent powiedział, że niepodległość nie podlega negocjacjom."),
            ("fr", "Le président a déclaré que l'indépendance n'est pas négociable."),
            ("und", "123 — 456"),
        ] {
            assert_eq!(detect_text(text, &languages), language, "{text}");
        }
        let names = "Ola Nordmann, Per Hansen, Kari Berg, Liv Dahl, Nils Lund, Siri Moen, ".repeat(20);
        let text =
            format!("{names}\n\n{}", "They said that none of them would come to the harbour. ".repeat(40));
        assert_eq!(detect(&text, &[Span::new(3, 9)], &languages), "en");
        assert_eq!(normal("en-GB").as_deref(), Some("en"));
        assert_eq!(normal("RUS").as_deref(), Some("ru"));
        assert_eq!(normal("English"), None);
    }
}
