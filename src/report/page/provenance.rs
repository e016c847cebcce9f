//! What the run was made of, and how to cite it: options, counts and hashes of the manifest as the page
//! shows them.

use crate::report::page::content::Page;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// Maximum number of inputs that are listed; `run.json` has all.
const MOST_ROWS: usize = 300;

/// What the run was made of.
#[derive(Debug, Serialize)]
pub struct ManifestView {
    options: Vec<(String, String)>,
    counts: Vec<(String, usize)>,
    warnings: Vec<String>,
    resources: Vec<(String, String)>,
    inputs: Vec<(String, String)>,
    more_inputs: usize,
}

/// How to cite the run.
#[derive(Debug, Serialize)]
pub struct Cite {
    fingerprint: String,
    inputs: usize,
    lexicons: String,
    seed: String,
}

/// Options, counts and hashes of the run.
pub fn manifest(page: &Page) -> ManifestView {
    let manifest = page.manifest;
    let mut options = Vec::new();
    listed("", &manifest.configuration, &mut options);
    let pairs = |map: &BTreeMap<String, String>| -> Vec<(String, String)> {
        map.iter().take(MOST_ROWS).map(|(path, hash)| (path.clone(), hash.clone())).collect()
    };
    ManifestView {
        options,
        counts: manifest.counts.iter().map(|(key, count)| (key.clone(), *count)).collect(),
        warnings: manifest.warnings.clone(),
        resources: pairs(&manifest.resources),
        inputs: pairs(&manifest.inputs),
        more_inputs: manifest.inputs.len().saturating_sub(MOST_ROWS),
    }
}

/// Options one by one, those of a group under its name: "analysis: seed".
fn listed(name: &str, value: &Value, options: &mut Vec<(String, String)>) {
    match value {
        Value::Object(group) => {
            for (key, value) in group {
                let name = if name.is_empty() { key.clone() } else { format!("{name}: {key}") };
                listed(&name, value, options);
            }
        }
        Value::Array(values) => {
            let words = values.iter().map(written).collect::<Vec<_>>().join(", ");
            options.push((name.to_string(), if words.is_empty() { "none".into() } else { words }));
        }
        value => options.push((name.to_string(), written(value))),
    }
}

/// A value without the marks of JSON.
fn written(value: &Value) -> String {
    match value {
        Value::Null => "none".into(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.into(),
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

/// The fingerprint is the SHA-256 of options, resources and inputs: two runs
/// with the same are the same.
pub fn cite(page: &Page) -> Cite {
    let manifest = page.manifest;
    let text = serde_json::to_string(manifest).unwrap_or_default();
    let digest: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let folders: BTreeSet<String> = manifest
        .resources
        .keys()
        .filter_map(|path| path.strip_suffix("/lexicon.toml"))
        .map(|folder| folder.rsplit('/').next().unwrap_or(folder).to_string())
        .collect();
    Cite {
        fingerprint: digest.chars().take(16).collect(),
        inputs: manifest.inputs.len(),
        lexicons: folders.into_iter().collect::<Vec<_>>().join(", "),
        seed: manifest.configuration.pointer("/analysis/seed").map_or(String::new(), written),
    }
}
