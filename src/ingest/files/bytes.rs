//! The bytes of a file: unpacked, hashed and counted while they stream by.
//!
//! Lives here: compression, hashes, and the guard against files that unpack to
//! something absurd. May not live here: encodings, formats.

use crate::files::open_regular;
use crate::ingest::files::format::Compression;
use crate::ingest::files::listing::Source;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek};

/// From how many unpacked bytes on the ratio is looked at.
pub(crate) const FREE: u64 = 16 << 20;
/// How many times its size a file may unpack to. Text packs to a tenth or a
/// twentieth; gzip cannot exceed 1032.
pub(crate) const RATIO: u64 = 250;

/// A file being read.
pub struct Bytes {
    unpacked: Unpacked,
    out: u64,
}

enum Unpacked {
    Plain(BufReader<Hashed>),
    Gzip(Box<flate2::bufread::MultiGzDecoder<BufReader<Hashed>>>),
    Zstandard(zstd::Decoder<'static, BufReader<Hashed>>),
}

/// The raw side: everything read from here goes into the hash.
struct Hashed {
    from: Box<dyn Read + Send>,
    digest: Sha256,
    bytes: u64,
}

impl Read for Hashed {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(into)?;
        self.digest.update(&into[..count]);
        self.bytes += count as u64;
        Ok(count)
    }
}

impl Bytes {
    /// Opens a file, or standard input.
    pub fn open(source: &Source, compression: Compression) -> io::Result<Bytes> {
        if source.is_standard_input() {
            return Bytes::new(Box::new(io::stdin()), compression);
        }
        Bytes::new(Box::new(open_regular(&source.path)?), compression)
    }

    fn new(from: Box<dyn Read + Send>, compression: Compression) -> io::Result<Bytes> {
        let hashed = BufReader::with_capacity(1 << 16, Hashed { from, digest: Sha256::new(), bytes: 0 });
        let unpacked = match compression {
            Compression::Plain => Unpacked::Plain(hashed),
            Compression::Gzip => Unpacked::Gzip(Box::new(flate2::bufread::MultiGzDecoder::new(hashed))),
            Compression::Zstandard => Unpacked::Zstandard(zstd::Decoder::with_buffer(hashed)?),
        };
        Ok(Bytes { unpacked, out: 0 })
    }

    fn raw(&self) -> &Hashed {
        match &self.unpacked {
            Unpacked::Plain(reader) => reader.get_ref(),
            Unpacked::Gzip(reader) => reader.get_ref().get_ref(),
            Unpacked::Zstandard(reader) => reader.get_ref().get_ref(),
        }
    }

    /// Everything, or None when it is more than `most` bytes.
    pub fn all(&mut self, most: usize) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        self.take(most as u64 + 1).read_to_end(&mut bytes)?;
        Ok((bytes.len() <= most).then_some(bytes))
    }

    /// SHA-256 and length of the file as it lies there. What was not read yet
    /// is read now.
    pub fn digest(self) -> io::Result<(String, u64)> {
        let mut rest = match self.unpacked {
            Unpacked::Plain(reader) => reader,
            Unpacked::Gzip(reader) => reader.into_inner(),
            Unpacked::Zstandard(reader) => reader.finish(),
        };
        loop {
            let count = rest.fill_buf()?.len();
            if count == 0 {
                break;
            }
            rest.consume(count);
        }
        let hashed = rest.into_inner();
        let digest: String = hashed.digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok((digest, hashed.bytes))
    }
}

/// A file in which one can go back and forth, with its SHA-256 and length as it
/// lies there. What is packed or comes from standard input is unpacked into a
/// temporary file without a name.
pub fn seekable(source: &Source, compression: Compression) -> io::Result<(File, (String, u64))> {
    if compression == Compression::Plain && !source.is_standard_input() {
        // Opened once: a second look at the path could show another file.
        let mut file = open_regular(&source.path)?;
        let digest = Bytes::new(Box::new(file.try_clone()?), compression)?.digest()?;
        file.rewind()?;
        return Ok((file, digest));
    }
    let mut bytes = Bytes::open(source, compression)?;
    let mut file = tempfile::tempfile()?;
    io::copy(&mut bytes, &mut file)?;
    file.rewind()?;
    Ok((file, bytes.digest()?))
}

impl Read for Bytes {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = match &mut self.unpacked {
            Unpacked::Plain(reader) => return reader.read(into),
            Unpacked::Gzip(reader) => reader.read(into)?,
            Unpacked::Zstandard(reader) => reader.read(into)?,
        };
        self.out += count as u64;
        let raw = self.raw().bytes.max(1);
        if self.out > FREE && self.out / raw > RATIO {
            return Err(io::Error::other(format!(
                "it unpacks to more than {RATIO} times its size: this is no text"
            )));
        }
        Ok(count)
    }
}
