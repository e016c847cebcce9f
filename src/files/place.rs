//! Paths as text and back. File names need not be UTF-8, but tables and messages are.

use std::path::{Path, PathBuf};

/// A path as text. Bytes of a name that are not UTF-8 are written as `\xFF`.
pub fn place(path: &Path) -> String {
    let mut place = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        place.push_str(chunk.valid());
        for byte in chunk.invalid() {
            place.push_str(&format!("\\x{byte:02X}"));
        }
    }
    place
}

/// The path for a text that [`place`] wrote. An existing file whose name contains `\xFF` literally wins.
pub fn path_of(place: &str) -> PathBuf {
    let plain = PathBuf::from(place);
    if !place.contains("\\x") || plain.symlink_metadata().is_ok() {
        return plain;
    }
    bytes_of(place).unwrap_or(plain)
}

#[cfg(unix)]
fn bytes_of(place: &str) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    let mut bytes = Vec::new();
    let mut rest = place;
    while let Some((before, after)) = rest.split_once("\\x") {
        bytes.extend(before.as_bytes());
        match after.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..)?;
            }
            None => {
                bytes.extend(b"\\x");
                rest = after;
            }
        }
    }
    bytes.extend(rest.as_bytes());
    Some(std::ffi::OsString::from_vec(bytes).into())
}

/// On other systems names are Unicode.
#[cfg(not(unix))]
fn bytes_of(_: &str) -> Option<PathBuf> {
    None
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    #[test]
    fn names_that_are_not_utf_8_come_back() {
        for bytes in [&b"a/\xff.txt"[..], b"a/\xd0\x90\xfe\xff", b"plain", "Œuvre".as_bytes()] {
            let path = Path::new(OsStr::from_bytes(bytes));
            assert_eq!(path_of(&place(path)), path);
        }
        assert_eq!(place(Path::new(OsStr::from_bytes(b"a\xff"))), "a\\xFF");
    }
}
