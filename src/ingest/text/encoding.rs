//! Bytes to text: which encoding a file has, and how many of its characters could not be decoded.
//! Both go into `inputs.csv`; bytes that are no text are an error with a reason.
//!
//! The order of evidence: a byte order mark; the pattern of UTF-16; valid UTF-8; what the file
//! declares; UTF-8 with few damaged characters; detection by the frequencies of letters (chardetng,
//! the detector of Firefox).

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::io::{self, BufRead, Read};

/// Number of bytes at the start of a stream that decide its encoding.
const HEAD: usize = 1 << 16;

/// The encoding of a file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DetectedEncoding {
    /// The encoding.
    pub encoding: &'static Encoding,
    /// The evidence for it: `bom`, `valid`, `declared` or `detected`.
    pub basis: &'static str,
}

/// A text with the encoding it had.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded {
    /// The text; each character that could not be decoded is U+FFFD.
    pub text: String,
    /// The encoding.
    pub detected: DetectedEncoding,
    /// Number of characters that could not be decoded.
    pub replaced: usize,
}

/// Text of a small table or a file of settings. The error is a sentence for the
/// user.
pub fn decode(bytes: &[u8]) -> Result<String, String> {
    decoded(bytes, None).map(|decoded| decoded.text)
}

/// Text of a file. `declared` is the encoding that the file names, if any. The error is a
/// sentence for the user.
pub fn decoded(bytes: &[u8], declared: Option<&str>) -> Result<Decoded, String> {
    let detected = detect(bytes, declared, true)?;
    let skip = Encoding::for_bom(bytes).map_or(0, |(_, skip)| skip);
    let bytes = bytes.get(skip..).unwrap_or(&[]);
    let (text, replaced) = match std::str::from_utf8(bytes) {
        Ok(text) if detected.encoding == UTF_8 => (text.to_string(), 0),
        _ => {
            let mut stream = Transcoder::new(detected.encoding);
            let mut out = Vec::with_capacity(bytes.len() + bytes.len() / 2);
            stream.feed(bytes, true, &mut out);
            (String::from_utf8_lossy(&out).into_owned(), stream.replaced)
        }
    };
    let characters = text.chars().count();
    let odd = text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count() + replaced;
    if text.contains('\0') || odd * 20 > characters.max(20) {
        return Err(format!("is neither UTF-8 nor clean {}: save it as UTF-8", detected.encoding.name()));
    }
    Ok(Decoded { text, detected, replaced })
}

/// Detects the encoding. `complete` is true if `bytes` is all of the file. The error is a
/// sentence for the user.
pub fn detect(bytes: &[u8], declared: Option<&str>, complete: bool) -> Result<DetectedEncoding, String> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(DetectedEncoding { encoding, basis: "bom" });
    }
    if bytes.contains(&0) {
        return match utf_16(bytes) {
            Some(encoding) => Ok(DetectedEncoding { encoding, basis: "detected" }),
            None => Err("holds NUL bytes: this is no text file".into()),
        };
    }
    let mut characters = 0;
    let mut damaged = 0;
    for chunk in bytes.utf8_chunks() {
        characters += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        damaged += usize::from(!chunk.invalid().is_empty());
    }
    // The head of a stream may end within a character.
    if !complete && bytes.utf8_chunks().last().is_some_and(|chunk| !chunk.invalid().is_empty()) {
        damaged -= 1;
    }
    if damaged == 0 {
        return Ok(DetectedEncoding { encoding: UTF_8, basis: "valid" });
    }
    if let Some(encoding) = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()))
        && encoding != UTF_8
        && encoding != UTF_16LE
        && encoding != UTF_16BE
    {
        return Ok(DetectedEncoding { encoding, basis: "declared" });
    }
    if characters >= 4 * damaged {
        return Ok(DetectedEncoding { encoding: UTF_8, basis: "detected" });
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, complete);
    Ok(DetectedEncoding { encoding: detector.guess(None, chardetng::Utf8Detection::Deny), basis: "detected" })
}

/// The encoding that a page or an XML file names in its head.
pub fn declared(bytes: &[u8]) -> Option<String> {
    let head: String = bytes.iter().take(4096).map(|byte| byte.to_ascii_lowercase() as char).collect();
    let behind = |word: &str| head.find(word).and_then(|at| head.get(at + word.len()..));
    let value = behind("charset=").or_else(|| behind("encoding="))?;
    let value = value.trim_start_matches(['"', '\'', ' ']);
    let end = value.find(['"', '\'', ' ', ';', '>', '/', '?'])?;
    Some(value[..end].to_string())
}

/// UTF-16 without a mark: nearly all units are Latin, Cyrillic or general
/// punctuation in one byte order and not in the other.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let units = bytes.len() / 2;
    let plain = |high: usize| {
        let fits = |unit: &&[u8]| {
            let (page, low) = (unit[high], unit[1 - high]);
            matches!(page, 0x04 | 0x20)
                || (page == 0 && (low >= 0x20 || matches!(low, b'\n' | b'\r' | b'\t')))
        };
        bytes.chunks_exact(2).filter(fits).count()
    };
    let (big, little) = (plain(0), plain(1));
    let clear = |one: usize, other: usize| units > 1 && one * 20 >= units * 19 && other * 2 < one;
    match (clear(big, little), clear(little, big)) {
        (true, _) => Some(UTF_16BE),
        (_, true) => Some(UTF_16LE),
        _ => None,
    }
}

/// Decodes a stream and counts the characters that could not be decoded.
struct Transcoder {
    decoder: Decoder,
    replaced: usize,
}

impl Transcoder {
    fn new(encoding: &'static Encoding) -> Self {
        Transcoder { decoder: encoding.new_decoder_without_bom_handling(), replaced: 0 }
    }

    /// Appends the text of `bytes` in UTF-8.
    fn feed(&mut self, mut bytes: &[u8], last: bool, out: &mut Vec<u8>) {
        let mut buffer = [0; 4096];
        loop {
            let (result, read, written) =
                self.decoder.decode_to_utf8_without_replacement(bytes, &mut buffer, last);
            out.extend_from_slice(&buffer[..written]);
            bytes = bytes.get(read..).unwrap_or(&[]);
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => {
                    self.replaced += 1;
                    out.extend_from_slice("\u{fffd}".as_bytes());
                }
            }
        }
    }
}

/// A stream of bytes as a stream of UTF-8. UTF-8 passes through unchanged, damaged characters
/// too.
pub struct Stream<R> {
    inner: R,
    detected: DetectedEncoding,
    transcoder: Option<Transcoder>,
    out: Vec<u8>,
    at: usize,
    ended: bool,
    broken: Option<io::Error>,
}

impl<R: Read> Stream<R> {
    /// Detects the encoding from the head of a stream. The error is a sentence for the user,
    /// with the stream.
    pub fn new(mut inner: R) -> Result<Stream<R>, (String, R)> {
        let mut head = Vec::with_capacity(HEAD);
        // Bytes before an error are kept; the error follows them.
        let broken = inner.by_ref().take(HEAD as u64).read_to_end(&mut head).err();
        let detected = match detect(&head, None, head.len() < HEAD) {
            Ok(detected) => detected,
            Err(why) => return Err((why, inner)),
        };
        let skip = Encoding::for_bom(&head).map_or(0, |(_, skip)| skip);
        let mut stream =
            Stream { inner, detected, transcoder: None, out: Vec::new(), at: skip, ended: false, broken };
        if detected.encoding == UTF_8 {
            stream.out = head;
        } else {
            let mut transcoder = Transcoder::new(detected.encoding);
            transcoder.feed(head.get(skip..).unwrap_or(&[]), false, &mut stream.out);
            stream.at = 0;
            stream.transcoder = Some(transcoder);
        }
        Ok(stream)
    }

    /// The encoding.
    pub fn detected(&self) -> DetectedEncoding {
        self.detected
    }

    /// Number of characters that could not be decoded so far.
    pub fn replaced(&self) -> usize {
        self.transcoder.as_ref().map_or(0, |transcoder| transcoder.replaced)
    }

    /// The stream of bytes.
    pub fn into_inner(self) -> R {
        self.inner
    }
}

impl<R: Read> BufRead for Stream<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.at >= self.out.len() && !self.ended {
            if let Some(cause) = self.broken.take() {
                return Err(cause);
            }
            self.at = 0;
            self.out.resize(HEAD, 0);
            let count = loop {
                match self.inner.read(&mut self.out) {
                    Err(cause) if cause.kind() == io::ErrorKind::Interrupted => {}
                    Err(cause) => {
                        self.out.clear();
                        return Err(cause);
                    }
                    Ok(count) => break count,
                }
            };
            self.ended = count == 0;
            self.out.truncate(count);
            if let Some(transcoder) = &mut self.transcoder {
                let mut text = Vec::with_capacity(2 * count + 8);
                transcoder.feed(&self.out, self.ended, &mut text);
                self.out = text;
            }
        }
        Ok(self.out.get(self.at..).unwrap_or(&[]))
    }

    fn consume(&mut self, count: usize) {
        self.at += count;
    }
}

impl<R: Read> Read for Stream<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let have = self.fill_buf()?;
        let count = have.len().min(into.len());
        into[..count].copy_from_slice(&have[..count]);
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{ISO_8859_5, KOI8_R, WINDOWS_1251, WINDOWS_1252};
    use proptest::prelude::*;

    const RUSSIAN: &str = "Президент заявил, что суверенитет страны не обсуждается ни при каких условиях. \
        Об этом он сказал в среду на встрече с рабочими тракторного завода.";

    fn read(bytes: &[u8]) -> (String, &'static str, &'static str, usize) {
        let decoded = decoded(bytes, None).expect("text");
        (decoded.text, decoded.detected.encoding.name(), decoded.detected.basis, decoded.replaced)
    }

    #[test]
    fn encodings_are_distinguished() {
        assert_eq!(read("тест".as_bytes()), ("тест".into(), "UTF-8", "valid", 0));
        assert_eq!(read(b"\xEF\xBB\xBFabc"), ("abc".into(), "UTF-8", "bom", 0));
        assert_eq!(read(b"\xFF\xFEa\0b\0"), ("ab".into(), "UTF-16LE", "bom", 0));
        for (encoding, name) in
            [(WINDOWS_1251, "windows-1251"), (KOI8_R, "KOI8-U"), (ISO_8859_5, "ISO-8859-5")]
        {
            let (bytes, _, _) = encoding.encode(RUSSIAN);
            assert_eq!(read(&bytes), (RUSSIAN.into(), name, "detected", 0));
        }
        let western = "The minister said the café’s owner was “naïve”.";
        let (bytes, _, _) = WINDOWS_1252.encode(western);
        assert_eq!(read(&bytes), (western.into(), "windows-1252", "detected", 0));
    }

    #[test]
    fn utf_16_without_a_mark_is_detected() {
        for text in [RUSSIAN, "The minister said: “No.”\r\n"] {
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(read(&little), (text.into(), "UTF-16LE", "detected", 0));
            assert_eq!(read(&big), (text.into(), "UTF-16BE", "detected", 0));
        }
        assert!(decode(b"a\0b").is_err());
        assert!(decode(&[0; 500]).is_err());
    }

    #[test]
    fn a_damaged_character_is_counted_and_a_declared_encoding_is_used() {
        let mut bytes = RUSSIAN.as_bytes().to_vec();
        bytes.insert(2, 0xFF);
        let (text, name, _, replaced) = read(&bytes);
        assert_eq!((name, replaced), ("UTF-8", 1));
        assert!(text.starts_with("П\u{fffd}резидент"));
        let declared = decoded(b"\xC4\xE0", Some("windows-1251")).unwrap();
        assert_eq!((declared.text.as_str(), declared.detected.basis), ("Да", "declared"));
    }

    #[test]
    fn a_stream_reads_like_the_whole() {
        let long = RUSSIAN.repeat(2000);
        for encoding in [WINDOWS_1251, KOI8_R] {
            let (bytes, _, _) = encoding.encode(&long);
            let mut text = String::new();
            Stream::new(&bytes[..]).ok().unwrap().read_to_string(&mut text).unwrap();
            assert_eq!(text, long);
        }
        let wide: Vec<u8> = long.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut text = String::new();
        Stream::new(&wide[..]).ok().unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, long);
    }

    proptest! {
        #[test]
        fn any_bytes_are_text_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            if let Ok(decoded) = decoded(&bytes, None) {
                prop_assert!(!decoded.text.contains('\0'));
            }
            if let Ok(mut stream) = Stream::new(&bytes[..]) {
                let mut out = Vec::new();
                stream.read_to_end(&mut out).unwrap();
            }
        }
    }
}
