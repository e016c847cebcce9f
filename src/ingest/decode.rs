//! Bytes to text.
//!
//! Lives here: encodings. May not live here: formats. Nothing is dropped in
//! silence: bytes that are no text are an error with a reason.

/// Text of a file, whatever its encoding: a byte order mark decides, else
/// UTF-8 if valid, else detection (chardetng). The error is a sentence for the
/// user.
pub fn decode(bytes: &[u8]) -> Result<String, String> {
    if let Some((encoding, skip)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes.get(skip..).unwrap_or(&[]));
        return Ok(text.into_owned());
    }
    if bytes.contains(&0) {
        return Err("holds NUL bytes: this is no text file".into());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_string());
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Deny);
    let (text, _, damaged) = encoding.decode(bytes);
    let control = text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count();
    if damaged || control * 20 > text.chars().count() {
        return Err(format!("is neither UTF-8 nor clean {}: save it as UTF-8", encoding.name()));
    }
    Ok(text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_encodings_are_read() {
        assert_eq!(decode("тест".as_bytes()).unwrap(), "тест");
        assert_eq!(decode(b"\xEF\xBB\xBFabc").unwrap(), "abc");
        assert_eq!(decode(b"\xFF\xFEa\0b\0").unwrap(), "ab");
        let (bytes, _, _) = encoding_rs::WINDOWS_1251
            .encode("Президент заявил, что суверенитет страны не обсуждается ни при каких условиях.");
        assert!(decode(&bytes).unwrap().starts_with("Президент заявил"));
        assert!(decode(b"a\0b").is_err());
    }
}
