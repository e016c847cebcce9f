//! quanteda dictionaries in YAML: keys with lists of patterns, nested or not.

use crate::error::{Error, Result};
use crate::ingest::resources::dictionaries::{Foreign, Import};
use crate::ingest::text::encoding::decode;
use serde_json::Value;
use std::path::Path;

/// Reads a dictionary. Keys within keys are joined by `/`; values beside keys
/// stand under the key itself.
pub fn quanteda(path: &Path) -> Result<Import> {
    let place = path.display().to_string();
    let bytes = crate::files::read_bytes(path, crate::ingest::RESOURCE_BYTES)
        .map_err(|cause| Error::input(&place, "the file cannot be read", "check the path").because(cause))?;
    let text =
        decode(&bytes).map_err(|why| Error::input(&place, format!("the file {why}"), "save it as UTF-8"))?;
    let value: Value = serde_saphyr::from_str(&text).map_err(|cause| {
        Error::input(&place, "this is no YAML", "give a dictionary as quanteda writes it").because(cause)
    })?;
    let mut import = Import::default();
    if !value.is_object() {
        return Err(Error::input(&place, "the dictionary has no keys", "begin it with `key:` and a list"));
    }
    read(&value, "", &mut import);
    if text.lines().any(|line| line.trim_start().starts_with('#')) {
        import.losses.push("comments are not kept".into());
    }
    Ok(import.without_repeats())
}

fn read(value: &Value, key: &str, into: &mut Import) {
    match value {
        Value::Object(keys) => {
            for (name, value) in keys {
                // quanteda writes values beside keys under "__".
                let inner = match (key, name.as_str()) {
                    (_, "__") => key.to_string(),
                    ("", name) => name.to_string(),
                    _ => format!("{key}/{name}"),
                };
                read(value, &inner, into);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| read(value, key, into)),
        Value::Null => {}
        other => {
            let term = other.as_str().map_or_else(|| other.to_string(), str::to_string);
            into.add(Foreign { term, category: key.to_string(), weight: None, line: None });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_joined_and_losses_told() {
        let file = tempfile::NamedTempFile::with_suffix(".yml").unwrap();
        let text = "# a comment\nfor:\n  - keep*\n  - Keep*\n  - safe pier\nagainst:\n  hard:\n    - close\n    - \
                    cl?se\n  __:\n    - shut\n    - \":(\"\n    - 7\n";
        std::fs::write(file.path(), text).unwrap();
        let found = quanteda(file.path()).unwrap();
        let terms: Vec<String> =
            found.entries.iter().map(|entry| format!("{} {}", entry.category, entry.term)).collect();
        assert_eq!(terms, ["for keep*", "for safe pier", "against/hard close", "against shut", "against 7"]);
        assert_eq!(
            found.losses,
            [
                "'cl?se' has '?' for one letter, which our patterns do not know: left out",
                "':(' has a part without letters, which is no word here: left out",
                "comments are not kept",
                "'Keep*' stands there already: left out",
            ]
        );
        std::fs::write(file.path(), "- a\n- b\n").unwrap();
        assert!(quanteda(file.path()).unwrap_err().to_string().contains("no keys"));
    }
}
