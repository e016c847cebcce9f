//! A Word document as text: paragraphs from `word/document.xml`, title and author from
//! `docProps/core.xml`. The day on which a document was made or saved is not the day of
//! publication, so it is not used.

use quick_xml::events::Event;
use std::io::{BufReader, Read, Seek, SeekFrom};

/// The part of a document that holds its text.
const TEXT_PART: &str = "word/document.xml";
/// Maximum number of bytes of an archive's directory that are searched for parts of one name;
/// that of 60,000 parts has some five million.
const DIRECTORY: u64 = 16 << 20;

/// Maximum ratio of a document's markup to its text.
const MARKUP: u64 = 40;

/// The content of a document.
#[derive(Debug, Default, PartialEq)]
pub struct Document {
    /// Its paragraphs, with a blank line between them.
    pub body: String,
    /// Its title, if it has one.
    pub title: Option<String>,
    /// Its author, if it has one.
    pub author: Option<String>,
    /// True if the archive holds the text more than once; the last one is read.
    pub repeated: bool,
}

/// Reads a document of at most `most` bytes of text. The error is a reason and a
/// sentence for the user.
pub fn document(mut file: impl Read + Seek, most: usize) -> Result<Document, (&'static str, String)> {
    let damaged = |cause: String| ("damaged", format!("the document cannot be read: {cause}; save it again"));
    let mut archive = zip::ZipArchive::new(&mut file).map_err(|cause| damaged(cause.to_string()))?;
    let directory = archive.central_directory_start();
    let mut document = Document::default();
    {
        let part = archive
            .by_name(TEXT_PART)
            .map_err(|_| damaged("this is no Word document (it has no word/document.xml)".into()))?;
        let limit = (most as u64).saturating_mul(MARKUP).max(1 << 20);
        paragraphs(part.take(limit), most, &mut document.body).map_err(|cause| match cause {
            Broken::TooLarge => (
                "too_large",
                format!("larger than an article may be ({most} bytes): raise --max-article-bytes"),
            ),
            Broken::Xml(cause) => damaged(cause),
        })?;
    }
    if let Ok(part) = archive.by_name("docProps/core.xml") {
        let mut text = String::new();
        // Title and author are optional: no error.
        if part.take(1 << 20).read_to_string(&mut text).is_ok() {
            document.title = element(&text, b"dc:title");
            document.author = element(&text, b"dc:creator");
        }
    }
    document.repeated = entries(&mut file, directory, TEXT_PART) > 1;
    Ok(document)
}

/// Number of entries of an archive's directory with a name. The library keeps one of them.
fn entries(file: &mut (impl Read + Seek), directory: u64, name: &str) -> usize {
    const MARK: &[u8] = b"PK\x01\x02";
    const FIXED: usize = 46;
    let mut bytes = Vec::new();
    let read =
        file.seek(SeekFrom::Start(directory)).and_then(|_| file.take(DIRECTORY).read_to_end(&mut bytes));
    if read.is_err() {
        return 0;
    }
    let (mut count, mut rest) = (0, &bytes[..]);
    while let Some((entry, behind)) =
        rest.split_at_checked(FIXED).filter(|(entry, _)| entry.starts_with(MARK))
    {
        let number = |at: usize| usize::from(u16::from_le_bytes([entry[at], entry[at + 1]]));
        // Lengths of name, extra field and comment.
        let (named, more) = (number(28), number(30) + number(32));
        count += usize::from(behind.get(..named) == Some(name.as_bytes()));
        rest = behind.get(named + more..).unwrap_or(&[]);
    }
    count
}

enum Broken {
    TooLarge,
    Xml(String),
}

/// The text of the paragraphs. Deleted text, field codes and fallbacks for old versions are left
/// out.
fn paragraphs(part: impl Read, most: usize, body: &mut String) -> Result<(), Broken> {
    let mut reader = quick_xml::Reader::from_reader(BufReader::new(part));
    reader.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    let mut in_text = false;
    let mut skipped_depth = 0usize;
    let over = |name: &[u8]| matches!(name, b"w:del" | b"w:instrText" | b"mc:Fallback" | b"w:moveFrom");
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(|cause| Broken::Xml(cause.to_string()))?;
        match event {
            Event::Start(start) => match start.name().as_ref() {
                name if over(name) => skipped_depth += 1,
                b"w:t" => in_text = true,
                _ => {}
            },
            Event::End(end) => match end.name().as_ref() {
                name if over(name) => skipped_depth = skipped_depth.saturating_sub(1),
                b"w:t" => in_text = false,
                b"w:p" => body.push_str("\n\n"),
                _ => {}
            },
            Event::Empty(empty) if skipped_depth == 0 => match empty.name().as_ref() {
                b"w:tab" => body.push('\t'),
                b"w:br" | b"w:cr" => body.push('\n'),
                b"w:noBreakHyphen" => body.push('\u{2011}'),
                _ => {}
            },
            Event::Text(text) if in_text && skipped_depth == 0 => {
                let text = text.decode().map_err(|cause| Broken::Xml(cause.to_string()))?;
                body.push_str(&text);
            }
            Event::GeneralRef(name) if in_text && skipped_depth == 0 => {
                let name = name.decode().map_err(|cause| Broken::Xml(cause.to_string()))?;
                body.push_str(&entity(&name));
            }
            Event::Eof => break,
            _ => {}
        }
        if body.len() > most {
            return Err(Broken::TooLarge);
        }
    }
    // Control characters are no text, and empty paragraphs hold nothing.
    body.retain(|character| !character.is_control() || matches!(character, '\n' | '\t'));
    let text: Vec<&str> = body.split("\n\n").map(str::trim).filter(|part| !part.is_empty()).collect();
    *body = text.join("\n\n");
    Ok(())
}

fn entity(name: &str) -> String {
    let number = |digits: &str, radix| {
        u32::from_str_radix(digits, radix).ok().and_then(char::from_u32).map_or(String::new(), String::from)
    };
    match name {
        "lt" => "<".into(),
        "gt" => ">".into(),
        "amp" => "&".into(),
        "quot" => "\"".into(),
        "apos" => "'".into(),
        name => match name.strip_prefix('#') {
            Some(digits) => match digits.strip_prefix(['x', 'X']) {
                Some(digits) => number(digits, 16),
                None => number(digits, 10),
            },
            None => String::new(),
        },
    }
}

/// The text of the first element of that name.
fn element(xml: &str, name: &[u8]) -> Option<String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut inside = false;
    let mut text = String::new();
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) if start.name().as_ref() == name => inside = true,
            Event::End(end) if end.name().as_ref() == name => break,
            Event::Text(part) if inside => text.push_str(&part.decode().ok()?),
            Event::GeneralRef(part) if inside => text.push_str(&entity(&part.decode().ok()?)),
            Event::Eof => return None,
            _ => {}
        }
    }
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::{Cursor, Write};

    fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn paragraphs_title_and_author_are_read() {
        let body = "<w:document><w:body><w:p><w:r><w:t>Holm said </w:t></w:r><w:del><w:r><w:delText>yes</w:delText>\
            <w:t>x</w:t></w:r></w:del><w:r><w:t>“no” &amp; left&#33;</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>One</w:t>\
            <w:br/><w:t>two.</w:t></w:r></w:p></w:body></w:document>";
        let core = "<cp:coreProperties><dc:title>Talks &amp; fish</dc:title><dc:creator>Ann Holm</dc:creator>\
            <dcterms:created>2024-01-01T00:00:00Z</dcterms:created></cp:coreProperties>";
        let bytes = packed(&[("word/document.xml", body), ("docProps/core.xml", core)]);
        let found = document(Cursor::new(&bytes), 1000).unwrap();
        assert_eq!(found.body, "Holm said “no” & left!\n\nOne\ntwo.");
        assert_eq!(found.title.as_deref(), Some("Talks & fish"));
        assert_eq!(found.author.as_deref(), Some("Ann Holm"));
        assert_eq!(document(Cursor::new(&bytes), 10).unwrap_err().0, "too_large");
        assert_eq!(document(Cursor::new(&bytes[..bytes.len() / 2]), 1000).unwrap_err().0, "damaged");
        assert_eq!(document(Cursor::new(packed(&[("a", "b")])), 1000).unwrap_err().0, "damaged");
    }

    #[test]
    fn a_repeated_text_is_reported_and_the_last_is_read() {
        let text = |words: &str| format!("<w:p><w:t>{words}</w:t></w:p>");
        let (one, two) = (text("one"), text("two"));
        // The library writes no name twice: the second gets its name afterwards.
        let mut bytes = packed(&[("word/document.xml", &one), ("word/document.xmm", &two)]);
        let name = b"word/document.xmm";
        while let Some(at) = bytes.windows(name.len()).position(|window| window == name) {
            bytes[at + name.len() - 1] = b'l';
        }
        let found = document(Cursor::new(&bytes), 1000).unwrap();
        assert_eq!((found.body.as_str(), found.repeated), ("two", true));
        let once = packed(&[("word/document.xml", &one), ("word/other.xml", &two)]);
        assert!(!document(Cursor::new(&once), 1000).unwrap().repeated);
    }

    #[test]
    fn a_document_that_unpacks_without_end_is_stopped() {
        let bomb = packed(&[("word/document.xml", &format!("<w:p><w:t>{}", "x".repeat(5_000_000)))]);
        assert!(bomb.len() < 20_000);
        assert_eq!(document(Cursor::new(&bomb), 10_000).unwrap_err().0, "too_large");
    }

    proptest! {
        #[test]
        fn any_markup_is_read_or_refused(xml in "(<[/]?(w:p|w:t|w:del|w:br)[/]?>|[a-z&;#x<>ё]{0,6}){0,30}", cut in 0usize..400) {
            let bytes = packed(&[("word/document.xml", &xml)]);
            let _ = document(Cursor::new(&bytes), 100);
            let _ = document(Cursor::new(bytes.get(..cut).unwrap_or(&bytes)), 100);
            let mut flipped = bytes.clone();
            if let Some(byte) = flipped.get_mut(cut) { *byte ^= 0x55; }
            let _ = document(Cursor::new(flipped), 100);
        }
    }
}
