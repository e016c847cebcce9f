//! Bounds the fields that describe an article. Id, title, source, author and address are in every
//! row of its statements, so a megabyte in one of them would fill the disk.

use crate::ingest::short::short;
use crate::model::{Article, Skipped};
use sha2::{Digest, Sha256};

/// Maximum number of characters of a field.
const MAX_FIELD: usize = 300;
/// Maximum number of characters of an address, which is left out beyond it: the beginning
/// of an address leads to another page.
const MAX_URL: usize = 2_000;
/// Number of bytes of the hash that ends a cut id.
const HASH: usize = 8;

/// Bounds the fields of an article; returns a note if one was too long.
pub fn bound(article: &mut Article) -> Option<Skipped> {
    let mut changes = Changes::default();
    changes.id(&mut article.id);
    changes.field("title", &mut article.title);
    changes.field("source", &mut article.source);
    changes.field("author", &mut article.author);
    changes.url(&mut article.url);
    changes.note(&article.place)
}

/// The changes to the fields of one article or record.
#[derive(Debug, Default)]
pub struct Changes(Vec<String>);

impl Changes {
    /// Cuts an id. IdAllocator that begin alike stay different: a cut id ends in a hash of the
    /// whole.
    pub fn id(&mut self, id: &mut String) {
        let hash = |id: &str| -> String {
            Sha256::digest(id).iter().take(HASH).map(|byte| format!("{byte:02x}")).collect()
        };
        if let Some(length) = too_long(id, MAX_FIELD) {
            *id = format!("{}{}", short(id, MAX_FIELD - 2 * HASH - 1), hash(id));
            self.cut("id", length);
        }
    }

    /// Cuts a field.
    pub fn field(&mut self, name: &str, field: &mut Option<String>) {
        let Some(text) = field else { return };
        if let Some(length) = too_long(text, MAX_FIELD) {
            *text = short(text, MAX_FIELD - 1);
            self.cut(name, length);
        }
    }

    fn url(&mut self, url: &mut Option<String>) {
        if let Some(length) = url.as_ref().and_then(|url| too_long(url, MAX_URL)) {
            *url = None;
            self.0.push(format!("the url of {length} characters was left out"));
        }
    }

    fn cut(&mut self, name: &str, length: usize) {
        self.0.push(format!("the {name} of {length} characters was cut to {MAX_FIELD}"));
    }

    /// The note about all changes, if there were any.
    pub fn note(self, place: &str) -> Option<Skipped> {
        let detail = self.0.join("; ");
        (!detail.is_empty()).then(|| Skipped::new(place, "metadata", detail))
    }
}

/// The number of characters, if it is above a limit.
fn too_long(text: &str, limit: usize) -> Option<usize> {
    // No text has more characters than bytes.
    if text.len() <= limit {
        return None;
    }
    Some(text.chars().count()).filter(|length| *length > limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_fields_are_cut_and_named_in_one_note() {
        let mut article = Article {
            id: "ж".repeat(400_000),
            title: Some("t".repeat(301)),
            source: Some("ж".repeat(300)),
            url: Some("u".repeat(2_001)),
            place: "a.jsonl:1".into(),
            ..Article::default()
        };
        let note = bound(&mut article).unwrap();
        assert_eq!(
            note.detail,
            "the id of 400000 characters was cut to 300; the title of 301 characters was cut to 300; the url of \
             2001 characters was left out"
        );
        assert_eq!((note.path.as_str(), note.reason.as_str()), ("a.jsonl:1", "metadata"));
        assert_eq!(article.id.chars().count(), 300);
        assert_eq!(article.title.as_ref().unwrap().chars().count(), 300);
        assert_eq!(article.source.as_ref().unwrap().chars().count(), 300);
        assert_eq!(article.url, None);
        let again = bound(&mut article);
        assert_eq!(again, None);
    }

    #[test]
    fn cut_ids_stay_different() {
        let cut = |last: char| {
            let mut id = format!("{}{last}", "x".repeat(5_000));
            Changes::default().id(&mut id);
            id
        };
        assert_ne!(cut('a'), cut('b'));
        assert_eq!(cut('a'), cut('a'));
    }
}
