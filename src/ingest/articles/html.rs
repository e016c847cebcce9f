//! A web page as an article: its main text, and its metadata.
//!
//! The main text is found by `dom_smoothie`, a port of Mozilla's Readability, and written as plain
//! text, one paragraph a block; offsets are into that text, because no two readers agree on offsets
//! into markup.

use crate::ingest::articles::markup;
use dom_smoothie::{Config, ParsePolicy, Readability, TextMode};
use serde_json::Value;

/// Maximum number of elements of a page.
const ELEMENTS: usize = 200_000;
/// Minimum number of characters with which the strict reading is accepted.
const SHORT: usize = 140;

/// A page.
#[derive(Debug, Default, PartialEq)]
pub struct Page {
    /// The main text.
    pub body: String,
    /// Its metadata.
    pub metadata: PageMetadata,
}

/// The metadata of a page.
#[derive(Debug, Default, PartialEq)]
pub struct PageMetadata {
    /// Headline.
    pub title: Option<String>,
    /// The date of publication, as written.
    pub published: Option<String>,
    /// The publisher.
    pub source: Option<String>,
    /// The author.
    pub author: Option<String>,
    /// Language code, two letters.
    pub language: Option<String>,
    /// Canonical address.
    pub url: Option<String>,
}

/// Reads a page. The error is a reason and a sentence for the user.
pub fn page(html: &str) -> Result<Page, (&'static str, String)> {
    if let Some(refused) = markup::too_complex(html) {
        return Err(refused);
    }
    let config = Config {
        text_mode: TextMode::Formatted,
        disable_json_ld: true,
        max_elements_to_parse: ELEMENTS,
        ..Config::default()
    };
    let readable = Readability::new(html, None, Some(config.clone()))
        .map_err(|cause| ("page", format!("the page cannot be read: {cause}")))?;
    if let Some(refused) = markup::too_much_escaping(escaping(&readable)) {
        return Err(refused);
    }
    let metadata = metadata(&readable);
    let mut readable = readable;
    let body = match readable.parse() {
        Ok(article) if article.length >= SHORT => article.text_content.to_string(),
        Err(dom_smoothie::ReadabilityError::TooManyElements(count, most)) => {
            return Err((
                "too_large",
                format!("the page has {count} elements, more than {most}: save its text"),
            ));
        }
        first => {
            // Short pages: without the heuristics for long ones.
            let again = Readability::new(html, None, Some(config))
                .and_then(|mut readable| readable.parse_with_policy(ParsePolicy::Raw));
            let longer =
                |text: String| first.as_ref().map_or(true, |found| found.length < text.chars().count());
            match again.map(|article| article.text_content.to_string()) {
                Ok(text) if longer(text.clone()) => text,
                _ => first.map(|article| article.text_content.to_string()).unwrap_or_default(),
            }
        }
    };
    let body = paragraphs(&body);
    if body.is_empty() {
        return Err(("empty", "the page holds no text that could be an article's".into()));
    }
    Ok(Page { body, metadata })
}

/// The work of escaping each text and attribute. Scripts and styles are not escaped.
fn escaping(page: &Readability) -> usize {
    let root = page.doc.root();
    let work = root.descendants_it().map(|node| {
        if node.is_element() {
            return node.attrs().iter().map(|attribute| markup::escaping(&attribute.value)).sum();
        }
        let raw =
            || node.parent().is_some_and(|parent| parent.has_name("script") || parent.has_name("style"));
        if node.is_text() && !raw() { markup::escaping(&node.text()) } else { 0 }
    });
    work.fold(0, usize::saturating_add)
}

/// Lines as paragraphs: a line here is an element, such as a caption or a date above the text,
/// and must not run into its neighbour. Only a line that begins with a small letter continues
/// the one before it, as on old pages that break each line with `<br>`.
fn paragraphs(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    let mut apart = true;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            apart = true;
            continue;
        }
        if !all.is_empty() {
            let goes_on = !apart && line.starts_with(char::is_lowercase);
            all.push_str(if goes_on { "\n" } else { "\n\n" });
        }
        all.push_str(line);
        apart = false;
    }
    all
}

/// The metadata of a page: JSON-LD first, then OpenGraph and other `meta`
/// elements, then the markup.
fn metadata(page: &Readability) -> PageMetadata {
    let mut metadata = PageMetadata::default();
    for script in page.doc.select("script[type='application/ld+json']").iter() {
        if let Ok(value) = serde_json::from_str::<Value>(script.text().trim()) {
            linked_data(&value, &mut metadata, 8);
        }
    }
    let first = |selectors: &[(&str, &str)]| {
        selectors.iter().find_map(|(selector, attribute)| {
            let found = page.doc.select(selector);
            found.iter().find_map(|element| {
                let value = if attribute.is_empty() { element.text() } else { element.attr(attribute)? };
                clean(&value)
            })
        })
    };
    let fill = |place: &mut Option<String>, selectors: &[(&str, &str)]| {
        if place.is_none() {
            *place = first(selectors);
        }
    };
    fill(
        &mut metadata.title,
        &[
            ("meta[property='og:title']", "content"),
            ("meta[name='twitter:title']", "content"),
            ("meta[name='citation_title']", "content"),
            ("h1[itemprop='headline']", ""),
            ("article h1", ""),
            ("h1", ""),
            ("title", ""),
        ],
    );
    fill(
        &mut metadata.published,
        &[
            ("meta[property='article:published_time']", "content"),
            ("meta[property='og:article:published_time']", "content"),
            ("meta[itemprop='datePublished']", "content"),
            ("meta[name='article:published_time']", "content"),
            ("meta[name='datePublished']", "content"),
            ("meta[name='date']", "content"),
            ("meta[name='pubdate']", "content"),
            ("meta[name='publish-date']", "content"),
            ("meta[name='DC.date.issued']", "content"),
            ("meta[name='DC.date']", "content"),
            ("meta[name='dcterms.created']", "content"),
            ("meta[name='citation_publication_date']", "content"),
            ("meta[name='parsely-pub-date']", "content"),
            ("time[itemprop='datePublished']", "datetime"),
            ("time[pubdate]", "datetime"),
            ("article header time[datetime]", "datetime"),
            ("article time[datetime]", "datetime"),
            ("main time[datetime]", "datetime"),
            ("time[datetime]", "datetime"),
            ("[itemprop='datePublished']", "content"),
            ("[itemprop='datePublished']", ""),
            ("article time", ""),
        ],
    );
    fill(
        &mut metadata.source,
        &[
            ("meta[property='og:site_name']", "content"),
            ("meta[name='application-name']", "content"),
            ("meta[name='publisher']", "content"),
        ],
    );
    fill(
        &mut metadata.author,
        &[
            ("meta[name='author']", "content"),
            ("meta[property='article:author']", "content"),
            ("meta[name='DC.creator']", "content"),
            ("[itemprop='author'] [itemprop='name']", ""),
            ("[rel='author']", ""),
        ],
    );
    // An address is no name.
    metadata.author = metadata.author.filter(|author| !author.starts_with("http"));
    fill(&mut metadata.url, &[("link[rel='canonical']", "href"), ("meta[property='og:url']", "content")]);
    fill(
        &mut metadata.language,
        &[
            ("html", "lang"),
            ("meta[http-equiv='content-language']", "content"),
            ("meta[property='og:locale']", "content"),
        ],
    );
    metadata.language = metadata.language.as_deref().and_then(code);
    metadata
}

/// "en" from "en-GB", "en_US" or "EN".
fn code(language: &str) -> Option<String> {
    let code = language.split(['-', '_', ',', ';']).next()?.trim().to_lowercase();
    ((2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(code)
}

fn clean(value: &str) -> Option<String> {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    (!value.is_empty()).then_some(value)
}

/// Finds the article in linked data (schema.org), which may be in a list or a graph.
fn linked_data(value: &Value, metadata: &mut PageMetadata, depth: usize) {
    if depth == 0 {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| linked_data(value, metadata, depth - 1)),
        Value::Object(object) => {
            let is_article = |kind: &Value| {
                kind.as_str().is_some_and(|kind| kind.ends_with("Article") || kind.ends_with("Posting"))
            };
            let article = object.get("@type").is_some_and(|kind| match kind {
                Value::Array(kinds) => kinds.iter().any(is_article),
                kind => is_article(kind),
            });
            if article {
                let take = |place: &mut Option<String>, keys: &[&str]| {
                    if place.is_none() {
                        *place = keys.iter().find_map(|key| object.get(*key).and_then(words));
                    }
                };
                take(&mut metadata.title, &["headline", "name"]);
                take(&mut metadata.published, &["datePublished", "dateCreated"]);
                take(&mut metadata.source, &["publisher", "sourceOrganization"]);
                take(&mut metadata.author, &["author", "creator"]);
                take(&mut metadata.language, &["inLanguage"]);
                take(&mut metadata.url, &["url", "mainEntityOfPage"]);
            }
            for key in ["@graph", "mainEntity", "itemListElement"] {
                if let Some(value) = object.get(key) {
                    linked_data(value, metadata, depth - 1);
                }
            }
        }
        _ => {}
    }
}

/// A value of linked data as words: a text, the name of a thing, or a list of
/// them.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => clean(text),
        Value::Array(values) => {
            let all: Vec<String> = values.iter().filter_map(words).collect();
            (!all.is_empty()).then(|| all.join(", "))
        }
        Value::Object(object) => ["name", "@id", "@value"]
            .iter()
            .find_map(|key| object.get(*key).and_then(Value::as_str))
            .and_then(clean),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PAGE: &str = r#"<!doctype html><html lang="en-GB"><head><title>Talks stall | The Gull</title>
<link rel="canonical" href="https://gull.example/talks">
<meta property="og:site_name" content="The Gull">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"Gull"},
{"@type":"NewsArticle","headline":"Harbour talks stall","datePublished":"2019-03-01T10:00:00+03:00","author":[{"name":"Ann Holm"},{"name":"Ben Lind"}]}]}</script>
</head><body><nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>Harbour talks stall</h1><time datetime="2019-03-02">yesterday</time>
<p>The mayor of the northern harbour, Carl Berg, said on Friday that the union of the two harbours was “a relative concept”, and that nobody wanted it now.</p>
<p>His colleague disagreed. She told reporters that a single harbour would make both towns rich, as it had done before, and that the talks would go on in April.</p>
<p>The talks began in January, when both councils voted for them by large majorities after a long debate about fees, ferries and fish.</p></article>
<aside>Read also: <a href="/x">Ten things about gulls</a></aside><footer>All rights reserved.</footer></body></html>"#;

    #[test]
    fn a_page_gives_its_text_and_its_metadata() {
        let page = page(PAGE).unwrap();
        assert!(page.body.contains("said on Friday that the union"), "{}", page.body);
        assert!(!page.body.contains("Home") && !page.body.contains("rights"), "{}", page.body);
        assert!(page.body.matches("\n\n").count() >= 2, "{:?}", page.body);
        let metadata = page.metadata;
        assert_eq!(metadata.title.as_deref(), Some("Harbour talks stall"));
        assert_eq!(metadata.published.as_deref(), Some("2019-03-01T10:00:00+03:00"));
        assert_eq!(metadata.author.as_deref(), Some("Ann Holm, Ben Lind"));
        assert_eq!(metadata.source.as_deref(), Some("The Gull"));
        assert_eq!(metadata.language.as_deref(), Some("en"));
        assert_eq!(metadata.url.as_deref(), Some("https://gull.example/talks"));
    }

    #[test]
    fn captions_and_dates_are_paragraphs_and_lines_of_the_source_are_not() {
        let text = "The mayor said that the union of the two harbours\nwas not possible, and that nobody in the town wanted it.";
        let html = format!(
            "<article><time>1 March 2019</time><p>{text}</p><figure><img src='x.jpg'><figcaption>The harbour at \
             dawn</figcaption></figure><p>{text}</p><p>{text}</p></article>"
        );
        let body = page(&html).unwrap().body;
        let paragraphs: Vec<&str> = body.split("\n\n").collect();
        let text = text.replace('\n', " ");
        assert_eq!(paragraphs, ["1 March 2019", &text, "The harbour at dawn", &text, &text]);
    }

    #[test]
    fn a_line_that_continues_the_one_before_stays_with_it() {
        assert_eq!(
            paragraphs("Ann Holm said\nthat talks\n go on.\nShe left.\n\n\nnobody knew\n"),
            "Ann Holm said\nthat talks\ngo on.\n\nShe left.\n\nnobody knew"
        );
        assert_eq!(paragraphs(" \n\n"), "");
    }

    #[test]
    fn a_short_page_is_read_too() {
        let page = page("<p>Holm said no.</p>").unwrap();
        assert_eq!(page.body.trim(), "Holm said no.");
        assert!(super::page("<html></html>").is_err());
    }

    #[test]
    fn a_deep_page_is_refused_before_it_costs_time() {
        let (reason, _) = page(&"<div>".repeat(100_000)).unwrap_err();
        assert_eq!(reason, "too_deep");
        assert!(page(&"<p>Holm said no.".repeat(1000)).is_ok());
    }

    proptest! {
        #[test]
        fn any_markup_is_a_page_or_an_error(html in "(<(/)?(html|body|div|p|article|table|tr|script|a|b|time|meta)( [a-z]{1,4}='[^']{0,5}')?>|[a-zё <>&;\"]{0,12}){0,30}") {
            let _ = page(&html);
        }
    }
}
