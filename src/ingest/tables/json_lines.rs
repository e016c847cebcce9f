//! Lines of a stream, in batches, in bounded memory.

use std::io::{self, BufRead, Read};

/// Approximate number of bytes of a batch.
const BATCH: usize = 256 << 10;

/// Consecutive whole lines of a file.
#[derive(Debug, Default, PartialEq)]
pub struct LineBatch {
    /// The lines with their ends. One that was too long is an empty line here.
    pub bytes: Vec<u8>,
    /// Number of the first line; the file's first is 1.
    pub first: usize,
    /// Numbers of lines longer than the limit.
    pub too_long: Vec<usize>,
}

/// A stream of lines.
pub struct LineReader<R> {
    reader: R,
    next: usize,
    longest: usize,
    broken: Option<io::Error>,
    peeked: Option<LineBatch>,
}

impl<R: BufRead> LineReader<R> {
    /// LineReader of at most `longest` bytes.
    pub fn new(reader: R, longest: usize) -> Self {
        LineReader { reader, next: 1, longest, broken: None, peeked: None }
    }

    /// The next batch; None at the end. Whole lines before an error come first,
    /// the error with the next call.
    pub fn batch(&mut self) -> io::Result<Option<LineBatch>> {
        if let Some(batch) = self.peeked.take() {
            return Ok(Some(batch));
        }
        if let Some(cause) = self.broken.take() {
            return Err(cause);
        }
        let mut batch = LineBatch { first: self.next, ..LineBatch::default() };
        while batch.bytes.len() < BATCH {
            let before = batch.bytes.len();
            let most = self.longest as u64 + 1;
            let read = self.reader.by_ref().take(most).read_until(b'\n', &mut batch.bytes);
            match read {
                Ok(0) => break,
                Ok(_) => {}
                Err(cause) if before == 0 => return Err(cause),
                Err(cause) => {
                    batch.bytes.truncate(before);
                    self.broken = Some(cause);
                    break;
                }
            }
            if batch.bytes.len() - before > self.longest && batch.bytes.last() != Some(&b'\n') {
                batch.bytes.truncate(before);
                batch.bytes.push(b'\n');
                batch.too_long.push(self.next);
                self.reader.skip_until(b'\n')?;
            }
            self.next += 1;
        }
        Ok((self.next > batch.first).then_some(batch))
    }

    /// The next batch, which the next call of `batch` returns again.
    pub fn peek(&mut self) -> io::Result<Option<&LineBatch>> {
        if self.peeked.is_none() {
            self.peeked = match self.batch() {
                Ok(batch) => batch,
                Err(cause) => {
                    let again = io::Error::new(cause.kind(), cause.to_string());
                    self.broken = Some(cause);
                    return Err(again);
                }
            };
        }
        Ok(self.peeked.as_ref())
    }

    /// The stream behind.
    pub fn into_inner(self) -> R {
        self.reader
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_too_long_is_named_and_the_next_is_read() {
        let text = format!("short\n{}\nlast", "x".repeat(50));
        let mut lines = LineReader::new(text.as_bytes(), 10);
        let batch = lines.batch().unwrap().unwrap();
        assert_eq!(batch.bytes, b"short\n\nlast");
        assert_eq!((batch.first, batch.too_long), (1, vec![2]));
        assert_eq!(lines.batch().unwrap(), None);
    }

    #[test]
    fn batches_number_their_lines() {
        let text = "0123456789\n".repeat(60_000);
        let mut lines = LineReader::new(text.as_bytes(), 100);
        let mut next = 1;
        while let Some(batch) = lines.batch().unwrap() {
            assert_eq!(batch.first, next);
            assert!(batch.bytes.len() < BATCH + 20);
            next += batch.bytes.split_inclusive(|byte| *byte == b'\n').count();
        }
        assert_eq!(next, 60_001);
    }
}
