//! Cuts a body into paragraphs, sentences, tokens and quotations.
//!
//! No function fails: any text gives a segmentation with spans on character borders, in time linear in
//! its length.

pub(crate) mod paragraphs;
pub(crate) mod quotations;
pub(crate) mod reporting_clauses;
pub(crate) mod sentences;
pub(crate) mod tokens;
pub(crate) mod unclosed;

pub use crate::segment::tokens::fold;

use crate::model::{Language, Paragraph, Span, Text};

/// Segments a body. The `excluded` spans (sorted, without overlaps) are markup and boilerplate and get no
/// tokens.
pub fn text(body: &str, excluded: &[Span], language: &Language) -> Text {
    let mut text = Text::default();
    for (span, pieces) in paragraphs::paragraphs(body, excluded) {
        let first_token = text.tokens.len();
        for piece in pieces {
            tokens::tokens(body, piece, language, &mut text);
        }
        let paragraph = text.paragraphs.len();
        let tokens = first_token..text.tokens.len();
        if tokens.is_empty() {
            continue;
        }
        quotations::quotations(body, tokens.clone(), paragraph, &mut text);
        reporting_clauses::split(body, tokens.clone(), paragraph, language, &mut text);
        let rest = body.get(span.end..).unwrap_or("");
        unclosed::close(rest, paragraph, language, &mut text);
        let first_sentence = text.sentences.len();
        sentences::sentences(body, tokens, paragraph, language, &mut text);
        let sentences = first_sentence..text.sentences.len();
        text.paragraphs.push(Paragraph { span, sentences });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::WordClass;
    use proptest::prelude::*;

    fn english() -> Language {
        let mut language = Language { code: "en".into(), ..Language::default() };
        for abbreviation in ["mr.", "u.s.", "gen.", "г."] {
            language.abbreviations.insert(abbreviation.into());
        }
        language.words.insert("the".into(), vec![WordClass::Stop]);
        language
    }

    fn sentences(body: &str) -> Vec<String> {
        let text = text(body, &[], &english());
        text.sentences.iter().map(|sentence| sentence.span.of(body).to_string()).collect()
    }

    #[test]
    fn sentences_end_where_a_reader_would_end_them() {
        let cases: [(&str, &[&str]); 9] = [
            ("It rained. It stopped.", &["It rained.", "It stopped."]),
            ("Mr. Lind spoke. He left.", &["Mr. Lind spoke.", "He left."]),
            ("The U.S. Senate voted 1.5 to 2.", &["The U.S. Senate voted 1.5 to 2."]),
            ("J. R. Holm came. The end.", &["J. R. Holm came.", "The end."]),
            ("“We go. Now,” he said. Nobody went.", &["“We go. Now,” he said.", "Nobody went."]),
            ("She said: “We stay.” Then she left.", &["She said: “We stay.”", "Then she left."]),
            ("«Мы едем», – сказал он. Все встали.", &["«Мы едем», – сказал он.", "Все встали."]),
            ("Это было в 2003 г. в Сочи. Потом ушли.", &["Это было в 2003 г. в Сочи.", "Потом ушли."]),
            ("Who? Me! Yes...", &["Who?", "Me!", "Yes..."]),
        ];
        for (body, expected) in cases {
            assert_eq!(sentences(body), expected, "{body}");
        }
    }

    #[test]
    fn a_line_broken_in_mid_sentence_is_one_paragraph() {
        let body = "The signal was a\n\nstatement from Holm. It rained.\n\nNew one.";
        let text = text(body, &[], &english());
        assert_eq!(text.paragraphs.len(), 2);
        assert_eq!(text.sentences[0].span.of(body), "The signal was a\n\nstatement from Holm.");
    }

    #[test]
    fn the_narrator_inside_a_quotation_is_no_part_of_it() {
        let mut language = english();
        let takes = crate::model::Takes { clause: true, ..Default::default() };
        let (lemma, words) = ("say".to_string(), vec!["said".to_string()]);
        let cue = crate::model::Cue { lemma, words, class: crate::model::CueClass::Neutral, takes };
        language.cues.insert("said".into(), vec![cue]);
        let cases: [(&str, &[&str]); 7] = [
            ("– We go, – said Holm. – And soon.", &["– We go,", "And soon."]),
            ("– We go, as ever. – And soon.", &[]),
            ("«We go, – said Holm, – and soon».", &["«We go,", "and soon»"]),
            ("«We go, – he said. – And soon». It rained.", &["«We go,", "And soon»"]),
            ("«We go, – said Holm. It rained.", &["«We go,"]),
            ("«We go – and he said so – today».", &["«We go – and he said so – today»"]),
            ("«We go, – as ever, – today».", &["«We go, – as ever, – today»"]),
        ];
        for (body, expected) in cases {
            let text = text(body, &[], &language);
            let found: Vec<&str> = text.quotations.iter().map(|quotation| quotation.span.of(body)).collect();
            assert_eq!(found, expected, "{body}");
        }
    }

    #[test]
    fn a_forgotten_closing_mark_costs_no_more_than_the_speech() {
        let mut language = english();
        let takes = crate::model::Takes { clause: true, ..Default::default() };
        let (lemma, words) = ("say".to_string(), vec!["said".to_string()]);
        let cue = crate::model::Cue { lemma, words, class: crate::model::CueClass::Neutral, takes };
        language.cues.insert("said".into(), vec![cue]);
        let cases: [(&str, &[&str]); 5] = [
            ("“We stay, said Holm. Nobody answered.", &["“We stay,"]),
            ("“We stay, Ann Lind said. Nobody answered.", &["“We stay,"]),
            ("“We stay,” said Holm. Nobody answered.", &["“We stay,”"]),
            // It goes on in the next paragraph.
            ("“We stay, said Holm. Really.\n\n“And soon.”", &["“We stay, said Holm. Really.", "“And soon.”"]),
            ("“We stay, as I said before. And soon.", &["“We stay, as I said before. And soon."]),
        ];
        for (body, expected) in cases {
            let text = text(body, &[], &language);
            let found: Vec<&str> = text.quotations.iter().map(|quotation| quotation.span.of(body)).collect();
            assert_eq!(found, expected, "{body}");
        }
    }

    #[test]
    fn excluded_markup_has_no_tokens() {
        let body = "A [word](#) here.";
        let text = text(body, &[Span::new(2, 3), Span::new(7, 11)], &english());
        let words: Vec<&str> = text.tokens.iter().map(|token| token.span.of(body)).collect();
        assert_eq!(words, ["A", "word", "here", "."]);
    }

    #[test]
    fn quotations_of_every_style_are_found() {
        let cases: [(&str, &[&str]); 7] = [
            ("He said “yes” and “no”.", &["“yes”", "“no”"]),
            ("He said \"yes\" twice.", &["\"yes\""]),
            ("He said ''yes'' twice.", &["''yes''"]),
            ("Он сказал «да» и ушел.", &["«да»"]),
            ("Er sagte „ja“ dazu.", &["„ja“"]),
            ("He said “a ‘b’ c” now.", &["“a ‘b’ c”"]),
            ("“An open one. It runs on.", &["“An open one. It runs on."]),
        ];
        for (body, expected) in cases {
            let text = text(body, &[], &english());
            let found: Vec<&str> = text.quotations.iter().map(|quotation| quotation.span.of(body)).collect();
            assert_eq!(found, expected, "{body}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_cut_on_character_borders(body in "(?s).{0,200}") {
            let text = text(&body, &[], &english());
            for token in &text.tokens {
                prop_assert!(body.get(token.span.start..token.span.end).is_some());
                prop_assert!(!token.span.is_empty());
            }
            for pair in text.sentences.windows(2) {
                prop_assert!(pair[0].span.end <= pair[1].span.start);
            }
            for sentence in &text.sentences {
                prop_assert!(body.get(sentence.span.start..sentence.span.end).is_some());
            }
            for quotation in &text.quotations {
                prop_assert!(body.get(quotation.inner.start..quotation.inner.end).is_some());
            }
            let counted: usize = text.sentences.iter().map(|sentence| sentence.tokens.len()).sum();
            prop_assert_eq!(counted, text.tokens.len());
        }
    }
}
