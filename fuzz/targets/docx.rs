//! Word documents: by the first byte, the bytes are the file, or the markup of the text, or of the properties.
#![no_main]
use libfuzzer_sys::fuzz_target;
use stancetrack_fuzz::{articles, choice, options, with_file, resources};
use std::io::{Cursor, Write};

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in parts {
        zip.start_file(*name, stored).expect("a part");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("a document").into_inner()
}

const BODY: &[u8] = b"<w:p><w:t>Ann Holm said that talks would go on.</w:t></w:p>";

fuzz_target!(init: { resources(); }, |bytes: &[u8]| {
    let Some((choice, rest)) = choice(bytes, 3) else { return };
    let file = match choice {
        0 => rest.to_vec(),
        1 => packed(&[("word/document.xml", rest)]),
        _ => packed(&[("word/document.xml", BODY), ("docProps/core.xml", rest)]),
    };
    with_file("input.docx", &file, |path| articles(path, &options()));
});
