//! Front matter of Markdown files: YAML between `---`, TOML between `+++`.

use serde::Deserialize;
use std::collections::BTreeMap;

/// The fields an article can take from its front matter.
#[derive(Debug, Default, PartialEq)]
pub struct FrontMatter {
    /// Length of the front matter in bytes, its fences included.
    pub end: usize,
    /// `title`.
    pub title: Option<String>,
    /// `published` or `date`.
    pub published: Option<String>,
    /// `source`.
    pub source: Option<String>,
    /// `language` or `lang`.
    pub language: Option<String>,
    /// `author`.
    pub author: Option<String>,
    /// `url`.
    pub url: Option<String>,
    /// `id`.
    pub id: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Value {
    Text(String),
    #[allow(dead_code)]
    Other(serde::de::IgnoredAny),
}

/// The front matter at the start of a text; None if there is none. The error, if it does not
/// parse, is a sentence for the user.
pub fn front_matter(text: &str) -> Result<Option<FrontMatter>, String> {
    let mut lines = text.split_inclusive('\n');
    let fence = match lines.next().map(str::trim_end) {
        Some("---") => "---",
        Some("+++") => "+++",
        _ => return Ok(None),
    };
    let start = text.split_inclusive('\n').next().map_or(0, str::len);
    let mut end = start;
    for line in lines {
        if line.trim_end() == fence {
            let inner = text.get(start..end).unwrap_or("");
            let fields = if fence == "---" { yaml(inner)? } else { toml_fields(inner)? };
            let take = |names: &[&str]| names.iter().find_map(|name| fields.get(*name)).cloned();
            return Ok(Some(FrontMatter {
                end: end + line.len(),
                title: take(&["title"]),
                published: take(&["published", "date"]),
                source: take(&["source"]),
                language: take(&["language", "lang"]),
                author: take(&["author"]),
                url: take(&["url", "link"]),
                id: take(&["id"]),
            }));
        }
        end += line.len();
    }
    Err(format!("the front matter that opens with {fence} is never closed: close it with {fence}"))
}

fn yaml(text: &str) -> Result<BTreeMap<String, String>, String> {
    let fields: BTreeMap<String, Value> = serde_saphyr::from_str(text)
        .map_err(|cause| format!("the front matter is no YAML: {}", first_line(&cause.to_string())))?;
    Ok(fields
        .into_iter()
        .filter_map(|(key, value)| match value {
            Value::Text(text) => Some((key, text)),
            Value::Other(_) => None,
        })
        .collect())
}

fn toml_fields(text: &str) -> Result<BTreeMap<String, String>, String> {
    let fields: toml::Table = toml::from_str(text)
        .map_err(|cause| format!("the front matter is no TOML: {}", first_line(cause.message())))?;
    Ok(fields
        .into_iter()
        .filter_map(|(key, value)| match value {
            toml::Value::String(text) => Some((key, text)),
            toml::Value::Datetime(date) => Some((key, date.to_string())),
            _ => None,
        })
        .collect())
}

fn first_line(message: &str) -> &str {
    message.lines().next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_and_toml_fields_are_read() {
        let text = "---\ntitle: \"A: b\"\npublished: 2003-06-05\nbased_on:\n  - x\n---\n\nBody.";
        let found = front_matter(text).unwrap().unwrap();
        assert_eq!(found.title.as_deref(), Some("A: b"));
        assert_eq!(found.published.as_deref(), Some("2003-06-05"));
        assert_eq!(&text[found.end..], "\nBody.");
        let found = front_matter("+++\ndate = 2003-06-05\n+++\nBody.").unwrap().unwrap();
        assert_eq!(found.published.as_deref(), Some("2003-06-05"));
        assert_eq!(front_matter("Body.").unwrap(), None);
        assert!(front_matter("---\ntitle: x\nBody.").is_err());
    }
}
