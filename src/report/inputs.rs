//! What was read: `inputs` and `bodies.jsonl`.
//!
//! Lives here: how the files of a run were read, and the texts that stand in no
//! file as they were scored. May not live here: reading.

use super::tables::Place;
use crate::error::{Error, Result};
use crate::model::{Article, InputFile};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// The table `inputs`: every file that was opened, with its encoding and hash.
pub fn inputs_table(place: &Place, files: &[InputFile]) -> Result<()> {
    let header = ["path", "format", "bytes", "encoding", "encoding_basis", "replaced", "sha256"];
    let mut table = place.table("inputs", &header)?;
    for file in files {
        table.row(vec![
            file.path.clone(),
            file.format.clone(),
            file.bytes.to_string(),
            file.encoding.clone(),
            file.encoding_basis.clone(),
            file.replaced.to_string(),
            file.sha256.clone(),
        ])?;
    }
    table.finish()
}

/// `bodies.jsonl`: the texts taken out of pages and documents, one object a line
/// with `article_id`, `path` and `body`, into which the offsets of the tables
/// point. Not written when there is none.
pub fn bodies(folder: &Path, articles: &[Article]) -> Result<()> {
    if !articles.iter().any(|article| article.extracted) {
        return Ok(());
    }
    let path = folder.join("bodies.jsonl");
    let failed = |cause: std::io::Error| {
        Error::run(path.display().to_string(), "cannot be written", "check the disk").because(cause)
    };
    let mut out = BufWriter::new(File::create(&path).map_err(failed)?);
    for article in articles.iter().filter(|article| article.extracted) {
        let line = serde_json::json!({
            "article_id": article.id,
            "path": article.place,
            "title": article.title,
            "author": article.author,
            "url": article.url,
            "body": article.body,
        });
        writeln!(out, "{line}").map_err(failed)?;
    }
    out.flush().map_err(failed)
}
