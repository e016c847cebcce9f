//! Settles what an article does not state outright: its publication date and its language.

use crate::ingest::articles::file_notes::skip;
use crate::ingest::articles::item::Item;
use crate::ingest::options::Options;
use crate::ingest::short::short;
use crate::ingest::text::dates::partial::parse_partial;
use crate::ingest::text::dates::{Refused, written};
use crate::ingest::text::{language_id, metadata};
use crate::model::{Article, DateBasis, Precision, Published};

/// A stated day; else a day from elsewhere if it lies within the stated month or year; else
/// that month or year.
pub fn most_exact(
    stated: Option<Published>,
    elsewhere: impl FnOnce() -> Option<Published>,
) -> Option<Published> {
    let Some(stated) = stated else { return elsewhere() };
    if stated.precision == Precision::Day {
        return Some(stated);
    }
    let day = elsewhere().filter(|found| (stated.day..=stated.last).contains(&found.day));
    Some(day.unwrap_or(stated))
}

/// A stated date, as exact as it is; a note if it cannot be used.
pub fn stated_date(
    stated: &str,
    basis: DateBasis,
    place: &str,
    options: &Options,
    items: &mut Vec<Item>,
) -> Option<Published> {
    match written(stated, options.date_format.as_ref(), options.languages) {
        Ok(day) => Some(Published::on(day, basis)),
        Err(refused) => {
            let partial = parse_partial(stated).filter(|_| refused == Refused::Partial);
            if partial.is_none() {
                items.push(skip(place, "date", refused.detail(stated)));
            }
            partial.map(|time| Published::within(&time, basis))
        }
    }
}

/// Settles the language and adds the article; without rules for its language it is skipped.
pub fn add(mut article: Article, options: &Options, items: &mut Vec<Item>) {
    items.extend(metadata::bound(&mut article).map(Item::Skipped));
    let stated = stated_language(&article.language);
    let given = options.language.map(str::to_string);
    let by_text = || language_id::detect(&article.body, &article.excluded, options.languages);
    article.language = if article.extracted {
        // The language that a page states is often the template's: the text decides, and the
        // page only where the text does not.
        given.unwrap_or_else(|| Some(by_text()).filter(|code| code != "und").or(stated).unwrap_or_default())
    } else {
        stated.or(given).unwrap_or_else(by_text)
    };
    if let Err(detail) = has_rules(&article.language, options) {
        return items.push(skip(&article.place, "language", detail));
    }
    if article.published.is_none() {
        let detail =
            "no publication date was found: its statements stay out of trends unless the text dates them";
        items.push(skip(&article.place, "no_date", detail));
    }
    items.push(Item::Article(article));
}

/// A stated language as a code; None where nothing is stated.
pub fn stated_language(stated: &str) -> Option<String> {
    let stated = Some(stated).filter(|stated| !stated.is_empty());
    stated.map(|stated| language_id::normal(stated).unwrap_or_else(|| stated.to_string()))
}

/// An error, as a sentence for the user, if there are no rules for a language.
pub fn has_rules(code: &str, options: &Options) -> Result<(), String> {
    let known: Vec<&str> = options.languages.iter().map(|language| language.code.as_str()).collect();
    if known.contains(&code) {
        return Ok(());
    }
    let what = match code {
        "und" | "" => "the language cannot be told".to_string(),
        code => format!("the language is '{}'", short(code, 60)),
    };
    Err(format!(
        "{what} and there are rules for {}: name another with --language if this is wrong",
        known.join(", ")
    ))
}
