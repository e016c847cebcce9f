//! `attribution.weights`: the trained attribution model of a language, and the annotations
//! that it is trained on.
//!
//! The file begins with readable lines (`head -8` shows them) up to an empty
//! line: a title with the version of the format, then where the weights come
//! from. Numbers follow, little-endian: floor and threshold (two f32), then
//! six tables, each as width (u32), scale (f32), number of features (u32), and
//! for each feature its hash (u32) and `width` weights of one byte.

use crate::error::{Error, Result};
use crate::ingest::resources::resource_path::ResourcePath;
use crate::model::{Annotation, Learned, Span, TaggerTables, WeightTable};
use serde::Deserialize;
use std::collections::HashMap;
use std::path::Path;

/// The first line of the file.
const TITLE: &str = "stancetrack attribution weights 1";

/// Reads the weights of a language folder; None when there are none.
///
/// # Errors
/// For a file that cannot be read or is damaged.
pub fn weights(path: &ResourcePath) -> Result<Option<Learned>> {
    if !path.exists() {
        return Ok(None);
    }
    let place = path.to_string();
    let bytes = path.read_bytes(crate::ingest::TABLE_BYTES).map_err(|cause| {
        Error::input(&place, "the weights cannot be read", "check the file's permissions").because(cause)
    })?;
    parse(&bytes).map(Some).ok_or_else(|| {
        Error::input(
            &place,
            "the file does not hold attribution weights of this version, or it is cut short",
            "export it with `stance lexicon export languages DIR`, or make it again with `stance train`",
        )
    })
}

fn parse(bytes: &[u8]) -> Option<Learned> {
    let end = bytes.windows(2).position(|pair| pair == b"\n\n")?;
    let head = std::str::from_utf8(bytes.get(..end)?).ok()?;
    let provenance = head.strip_prefix(TITLE)?.trim_start().to_string();
    let mut rest = Bytes(bytes.get(end + 2..)?);
    let (cue_threshold, report_threshold) = (rest.float()?, rest.float()?);
    let cue_classifier = rest.table()?;
    let first = TaggerTables { emission: rest.table()?, transition: rest.table()? };
    let second = TaggerTables { emission: rest.table()?, transition: rest.table()? };
    let verifier = rest.table()?;
    rest.0.is_empty().then_some(Learned {
        provenance,
        cue_classifier,
        first,
        second,
        verifier,
        cue_threshold,
        report_threshold,
    })
}

/// The bytes that are not read yet.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn four(&mut self) -> Option<[u8; 4]> {
        let (four, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*four)
    }

    fn float(&mut self) -> Option<f32> {
        let value = f32::from_le_bytes(self.four()?);
        value.is_finite().then_some(value)
    }

    fn table(&mut self) -> Option<WeightTable> {
        let width = u32::from_le_bytes(self.four()?) as usize;
        let scale = self.float()?;
        let count = u32::from_le_bytes(self.four()?) as usize;
        if !(1..=64).contains(&width) || count > self.0.len() / (4 + width) {
            return None;
        }
        let mut entries = Vec::with_capacity(count);
        for _ in 0..count {
            let feature = u32::from_le_bytes(self.four()?);
            let (values, rest) = self.0.split_at_checked(width)?;
            self.0 = rest;
            entries.push((feature, values.iter().map(|byte| byte.cast_signed()).collect()));
        }
        Some(WeightTable::new(width, scale, &entries))
    }
}

/// The file's bytes.
pub fn weights_bytes(learned: &Learned) -> Vec<u8> {
    let mut bytes = format!("{TITLE}\n{}\n\n", learned.provenance.trim()).into_bytes();
    bytes.extend(learned.cue_threshold.to_le_bytes());
    bytes.extend(learned.report_threshold.to_le_bytes());
    let Learned { cue_classifier, first, second, verifier, .. } = learned;
    let tables =
        [cue_classifier, &first.emission, &first.transition, &second.emission, &second.transition, verifier];
    for table in tables {
        let entries = table.entries();
        bytes.extend((table.width as u32).to_le_bytes());
        bytes.extend(table.scale.to_le_bytes());
        bytes.extend((entries.len() as u32).to_le_bytes());
        for (feature, values) in entries {
            bytes.extend(feature.to_le_bytes());
            bytes.extend(values.iter().map(|value| value.cast_unsigned()));
        }
    }
    bytes
}

/// A line of `gold.jsonl`: spans are `[start, end]` or a list of such pairs, in
/// UTF-8 bytes.
#[derive(Deserialize)]
struct Line {
    article: String,
    #[serde(default)]
    cue_bytes: Option<Spans>,
    #[serde(default)]
    source_bytes: Option<Spans>,
    #[serde(default)]
    content_bytes: Option<Spans>,
    #[serde(default = "yes")]
    statement: bool,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Spans {
    One([usize; 2]),
    Many(Vec<[usize; 2]>),
}

impl Spans {
    fn list(given: Option<Spans>) -> Vec<Span> {
        match given {
            None => Vec::new(),
            Some(Spans::One([start, end])) => vec![Span::new(start, end)],
            Some(Spans::Many(all)) => all.into_iter().map(|[start, end]| Span::new(start, end)).collect(),
        }
    }
}

/// The annotations of a folder, by article id.
pub fn annotations(path: &Path) -> Result<HashMap<String, Vec<Annotation>>> {
    let place = path.display().to_string();
    let text = crate::files::read_text(path, crate::ingest::TABLE_BYTES).map_err(|cause| {
        Error::input(
            &place,
            "the annotations cannot be read",
            "put gold.jsonl beside the articles: one attribution a line with article, cue_bytes, source_bytes, content_bytes, statement",
        )
        .because(cause)
    })?;
    let mut found: HashMap<String, Vec<Annotation>> = HashMap::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let line: Line = serde_json::from_str(line).map_err(|cause| {
            Error::input(
                format!("{place}:{}", number + 1),
                format!("the annotation does not parse: {cause}"),
                "write an object with article, cue_bytes, source_bytes, content_bytes, statement",
            )
        })?;
        found.entry(line.article).or_default().push(Annotation {
            cue: Spans::list(line.cue_bytes),
            source: Spans::list(line.source_bytes),
            content: Spans::list(line.content_bytes),
            statement: line.statement,
        });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn learned() -> Learned {
        let table = WeightTable::new(3, 0.5, &[(7, vec![1, -2, 3]), (9_000_000, vec![0, 0, -127])]);
        let tables = TaggerTables { emission: table.clone(), transition: table.clone() };
        Learned {
            provenance: "corpus: none\nfolds: 4".into(),
            cue_classifier: table.clone(),
            first: tables.clone(),
            second: tables,
            verifier: table,
            cue_threshold: 0.25,
            report_threshold: 0.5,
        }
    }

    #[test]
    fn weights_come_back_as_they_were_written() {
        let written = weights_bytes(&learned());
        assert_eq!(parse(&written), Some(learned()));
        assert_eq!(parse(&written).unwrap_or_default().cue_classifier.get(7), Some(&[1, -2, 3][..]));
        assert_eq!(parse(&written).unwrap_or_default().cue_classifier.get(8), None);
        for cut in 0..written.len() {
            assert_eq!(parse(&written[..cut]), None, "cut at {cut}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(tail in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut bytes = format!("{TITLE}\nx\n\n").into_bytes();
            bytes.extend(tail);
            parse(&bytes);
        }
    }
}
