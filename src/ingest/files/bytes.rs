//! The bytes of a file: decompressed, hashed and counted while they are read. A file that unpacks
//! to something absurdly large is an error.

use crate::files::open_regular;
use crate::ingest::files::format::Compression;
use crate::ingest::files::listing::Source;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek};

/// Number of unpacked bytes above which the ratio is checked.
pub(crate) const UNCHECKED: u64 = 16 << 20;
/// Maximum ratio of unpacked to compressed bytes. Text compresses to a tenth or a twentieth;
/// gzip cannot exceed 1032.
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

/// The bytes as stored: everything that is read goes into the hash.
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
    /// Opens a file, or standard input. A file that cannot be opened is an error.
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

    /// Everything; None if it is more than `limit` bytes.
    pub fn all(&mut self, limit: usize) -> io::Result<Option<Vec<u8>>> {
        let mut bytes = Vec::new();
        self.take(limit as u64 + 1).read_to_end(&mut bytes)?;
        Ok((bytes.len() <= limit).then_some(bytes))
    }

    /// SHA-256 and length of the file as stored. The rest of it is read now.
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

/// A file that can be read in any order, with its SHA-256 and length as stored. Compressed files
/// and standard input are unpacked into a temporary file without a name.
pub fn seekable(source: &Source, compression: Compression) -> io::Result<(File, (String, u64))> {
    if compression == Compression::Plain && !source.is_standard_input() {
        // Opened once: a second time the path could lead to another file.
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
        if self.out > UNCHECKED && self.out / raw > RATIO {
            return Err(io::Error::other(format!(
                "it unpacks to more than {RATIO} times its size: this is no text"
            )));
        }
        Ok(count)
    }
}
