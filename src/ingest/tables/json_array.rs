//! A JSON array of objects, or objects one after the other, as a stream with one object a
//! line, in bounded memory. Objects are found by their brackets; whether they are valid JSON
//! is checked when the lines are read.

use std::io::{self, BufRead, Read};

/// The stream. Line breaks inside of objects become spaces.
pub struct ObjectLines<R> {
    inner: R,
    out: Vec<u8>,
    at: usize,
    /// Number of brackets open inside of the current object.
    depth: usize,
    in_string: bool,
    escaped: bool,
    /// True inside of a value that is no object, or behind its first byte.
    in_scalar: bool,
    in_array: bool,
    started: bool,
}

impl<R: BufRead> ObjectLines<R> {
    /// Reads objects from a stream of UTF-8.
    pub fn new(inner: R) -> Self {
        ObjectLines {
            inner,
            out: Vec::new(),
            at: 0,
            depth: 0,
            in_string: false,
            escaped: false,
            in_scalar: false,
            in_array: false,
            started: false,
        }
    }

    /// The stream behind.
    pub fn into_inner(self) -> R {
        self.inner
    }

    fn add(&mut self, byte: u8) {
        if self.in_string {
            self.out.push(if byte == b'\n' { b' ' } else { byte });
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            return;
        }
        if self.depth == 0 {
            return self.between(byte);
        }
        self.out.push(if matches!(byte, b'\n' | b'\r') { b' ' } else { byte });
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth -= 1;
                if self.depth == 0 {
                    self.out.push(b'\n');
                }
            }
            _ => {}
        }
    }

    /// A byte outside of all objects. A value that is no object becomes a line too, which is no
    /// record and will be named.
    fn between(&mut self, byte: u8) {
        let first = !self.started && !byte.is_ascii_whitespace();
        self.started |= first;
        match byte {
            b'[' if first => self.in_array = true,
            b',' | b']' | b' ' | b'\t' | b'\r' | b'\n' => {
                if self.in_scalar {
                    self.out.push(b'\n');
                    self.in_scalar = false;
                }
            }
            b'{' | b'[' => {
                if self.in_scalar {
                    self.out.push(b'\n');
                    self.in_scalar = false;
                }
                self.depth = 1;
                self.out.push(byte);
            }
            b'"' => {
                self.in_scalar = true;
                self.in_string = true;
                self.out.push(byte);
            }
            _ => {
                self.in_scalar = true;
                self.out.push(byte);
            }
        }
    }
}

impl<R: BufRead> BufRead for ObjectLines<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.at >= self.out.len() {
            self.out.clear();
            self.at = 0;
            let chunk = self.inner.fill_buf()?.to_vec();
            if chunk.is_empty() {
                break;
            }
            self.inner.consume(chunk.len());
            chunk.iter().for_each(|byte| self.add(*byte));
        }
        Ok(self.out.get(self.at..).unwrap_or(&[]))
    }

    fn consume(&mut self, count: usize) {
        self.at += count;
    }
}

impl<R: BufRead> Read for ObjectLines<R> {
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
    use proptest::prelude::*;

    fn lines(text: &str) -> Vec<String> {
        let mut out = String::new();
        ObjectLines::new(text.as_bytes()).read_to_string(&mut out).unwrap();
        out.lines().map(str::to_string).collect()
    }

    #[test]
    fn every_object_is_a_line() {
        let array = "[\n  {\"a\": \"}]\\\"\",\n   \"b\": [1, {}]},\n  {\"a\": 2}\n]\n";
        assert_eq!(lines(array), ["{\"a\": \"}]\\\"\",    \"b\": [1, {}]}", "{\"a\": 2}"]);
        assert_eq!(lines("{\"a\": 1}\n{\"a\": 2}"), ["{\"a\": 1}", "{\"a\": 2}"]);
        assert_eq!(lines("[1, \"x,y\", {}]"), ["1", "\"x,y\"", "{}"]);
        assert!(lines(" [ ] ").is_empty() && lines("").is_empty());
    }

    proptest! {
        #[test]
        fn what_serde_writes_is_read_back(texts in proptest::collection::vec("\\PC{0,12}", 0..5), pretty: bool) {
            let objects: Vec<serde_json::Value> =
                texts.iter().map(|text| serde_json::json!({"text": text, "more": [text, {"x": 1}]})).collect();
            let write = if pretty { serde_json::to_string_pretty } else { serde_json::to_string };
            let found = lines(&write(&objects).unwrap());
            let read: Vec<serde_json::Value> =
                found.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
            prop_assert_eq!(read, objects);
        }

        #[test]
        fn any_text_is_read_to_its_end(text in "[\\[\\]{},\"\\\\a\n ]{0,60}") {
            lines(&text);
        }
    }
}
