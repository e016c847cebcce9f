//! `bodies.jsonl`: the texts that were taken out of pages and documents, as they were scored.

use crate::error::{Error, Result};
use crate::model::Article;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// `bodies.jsonl`: the texts taken out of pages and documents, one object a line
/// with `article_id`, `path` and `body`, into which the offsets of the tables
/// point. Not written when there is none.
pub struct Bodies {
    path: PathBuf,
    out: Option<BufWriter<File>>,
}

impl Bodies {
    /// The file of a folder of results; made with its first line.
    pub fn begin(folder: &Path) -> Self {
        Bodies { path: folder.join("bodies.jsonl"), out: None }
    }

    /// Adds the line of an article to `lines` if its body is not the file itself.
    pub fn line(article: &Article, lines: &mut String) {
        if !article.extracted {
            return;
        }
        let line = serde_json::json!({
            "article_id": article.id,
            "path": article.place,
            "title": article.title,
            "author": article.author,
            "url": article.url,
            "body": article.body,
        });
        lines.push_str(&line.to_string());
        lines.push('\n');
    }

    /// Writes lines behind those before.
    pub fn add(&mut self, lines: &str) -> Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        if self.out.is_none() {
            let file = File::create(&self.path).map_err(|cause| self.failed(cause))?;
            self.out = Some(BufWriter::new(file));
        }
        let written = self.out.as_mut().map_or(Ok(()), |out| out.write_all(lines.as_bytes()));
        written.map_err(|cause| self.failed(cause))
    }

    /// Writes what is left.
    pub fn finish(mut self) -> Result<()> {
        let written = self.out.as_mut().map_or(Ok(()), Write::flush);
        written.map_err(|cause| self.failed(cause))
    }

    fn failed(&self, cause: std::io::Error) -> Error {
        let place = self.path.display().to_string();
        Error::run(place, "cannot be written", "check the disk").because(cause)
    }
}
