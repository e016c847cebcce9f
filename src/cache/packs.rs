//! Entries on the disk: packs that only grow.
//!
//! Lives here: files and their damage. May not live here: what an entry holds.
//!
//! Every run that computes something writes a pack of its own, so that runs beside
//! each other cannot disturb each other. A pack is entries one after the other: a mark,
//! key, length and checksum, then the bytes. At the start the heads of all packs are
//! read; what does not begin with the mark ends a pack (a killed run leaves half an
//! entry there). The checksum is compared when an entry is used.

use super::memo::RUNS;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// Under what an entry is found.
pub type Key = [u8; 16];

const MARK: [u8; 4] = *b"stc1";
/// Mark, key, length, checksum.
const HEAD: usize = 4 + 16 + 4 + 8;
/// Entries that other lexicons, rosters, options or programs left are removed, the
/// oldest first, when all together are larger.
const MOST_BYTES: u64 = 2_000_000_000;
/// How entries are compressed.
const LEVEL: i32 = 1;

/// All packs of one context.
#[derive(Debug)]
pub struct Packs {
    folder: PathBuf,
    files: Vec<Mutex<File>>,
    /// Number of the pack, where the entry begins, how long it is.
    places: HashMap<Key, (u32, u64, u32)>,
    writer: Mutex<Writer>,
    found: AtomicUsize,
    missed: AtomicUsize,
}

#[derive(Debug, Default)]
struct Writer {
    file: Option<File>,
    trouble: Option<String>,
}

impl Packs {
    /// Opens the packs of a context in a cache's folder.
    pub fn open(folder: &Path, context: &[u8; 32]) -> Packs {
        let name: String = context.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let own = folder.join(name);
        clear(folder, &own, MOST_BYTES);
        let mut packs = Packs {
            folder: own,
            files: Vec::new(),
            places: HashMap::new(),
            writer: Mutex::default(),
            found: AtomicUsize::new(0),
            missed: AtomicUsize::new(0),
        };
        let mut paths: Vec<PathBuf> = std::fs::read_dir(&packs.folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .collect();
        paths.sort();
        for path in paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "pack")) {
            // What cannot be read holds nothing.
            if let Ok(mut file) = File::open(path) {
                let number = packs.files.len() as u32;
                let _ = heads(&mut file, |key, at, length| {
                    packs.places.insert(key, (number, at, length));
                });
                packs.files.push(Mutex::new(file));
            }
        }
        packs
    }

    /// The bytes of an entry, if they are whole.
    pub fn get(&self, key: &Key) -> Option<Vec<u8>> {
        let (number, at, length) = *self.places.get(key)?;
        let mut bytes = vec![0; HEAD + length as usize];
        {
            let mut file = self.files.get(number as usize)?.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(at)).ok()?;
            file.read_exact(&mut bytes).ok()?;
        }
        let (head, packed) = bytes.split_at(HEAD);
        if head != self::head(key, packed) {
            return None;
        }
        let (length, packed) = packed.split_first_chunk::<4>()?;
        zstd::bulk::decompress(packed, u32::from_le_bytes(*length) as usize).ok()
    }

    /// Adds an entry. What cannot be written is not kept.
    pub fn put(&self, key: &Key, bytes: &[u8]) {
        let (Ok(packed), Ok(length)) = (zstd::bulk::compress(bytes, LEVEL), u32::try_from(bytes.len()))
        else {
            return;
        };
        let mut entry = length.to_le_bytes().to_vec();
        entry.extend(packed);
        let mut bytes = head(key, &entry).to_vec();
        bytes.extend(entry);
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        if writer.trouble.is_some() {
            return;
        }
        // At once, so that a run that is killed has left all that it did.
        let file = match writer.file.take() {
            Some(file) => Ok(file),
            None => begin(&self.folder),
        };
        match file.and_then(|mut file| file.write_all(&bytes).map(|()| file)) {
            Ok(file) => writer.file = Some(file),
            Err(cause) => writer.trouble = Some(format!("{}: {cause}", self.folder.display())),
        }
    }

    /// Counts an entry that was used.
    pub fn found(&self) {
        self.found.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts one that was not there.
    pub fn missed(&self) {
        self.missed.fetch_add(1, Ordering::Relaxed);
    }

    /// What was used.
    pub fn used(&self) -> super::Use {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        super::Use {
            found: self.found.load(Ordering::Relaxed),
            computed: self.missed.load(Ordering::Relaxed),
            trouble: writer.trouble.clone(),
        }
    }
}

/// What stands before the bytes of an entry.
fn head(key: &Key, packed: &[u8]) -> [u8; HEAD] {
    let mut head = [0; HEAD];
    head[..4].copy_from_slice(&MARK);
    head[4..20].copy_from_slice(key);
    head[20..24].copy_from_slice(&(packed.len() as u32).to_le_bytes());
    let mut hash = Sha256::new();
    hash.update(&head[..24]);
    hash.update(packed);
    head[24..].copy_from_slice(&hash.finalize()[..8]);
    head
}

/// Goes through the heads of a pack as far as they are whole.
fn heads(file: &mut File, mut each: impl FnMut(Key, u64, u32)) -> io::Result<()> {
    let size = file.metadata()?.len();
    let mut at = 0;
    let mut head = [0; HEAD];
    while at + HEAD as u64 <= size {
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(&mut head)?;
        let length = u32::from_le_bytes([head[20], head[21], head[22], head[23]]);
        let end = at + HEAD as u64 + u64::from(length);
        if head[..4] != MARK || end > size {
            break;
        }
        each(std::array::from_fn(|index| head[4 + index]), at, length);
        at = end;
    }
    Ok(())
}

/// A new pack that nobody else writes.
fn begin(folder: &Path) -> io::Result<File> {
    std::fs::create_dir_all(folder)?;
    let process = std::process::id();
    for number in 0..u32::MAX {
        let path = folder.join(format!("{process}-{number}.pack"));
        match File::options().write(true).create_new(true).open(path) {
            Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => {}
            opened => return opened,
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Removes the packs of other contexts, the oldest first, as long as the whole cache is
/// larger than `most`. What is kept of whole runs counts, but is small, has a bound of
/// its own and stays.
fn clear(folder: &Path, own: &Path, most: u64) {
    let mut all: Vec<(SystemTime, u64, PathBuf)> = Vec::new();
    for context in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = context.path();
        let files = std::fs::read_dir(&path).into_iter().flatten().flatten();
        let known: Vec<std::fs::Metadata> = files.filter_map(|file| file.metadata().ok()).collect();
        let size = known.iter().map(std::fs::Metadata::len).sum();
        let latest = known.iter().filter_map(|file| file.modified().ok()).max();
        all.push((latest.unwrap_or(SystemTime::UNIX_EPOCH), size, path));
    }
    let mut size: u64 = all.iter().map(|(_, size, _)| size).sum();
    all.sort();
    let runs = folder.join(RUNS);
    for (_, bytes, path) in all.iter().filter(|(_, _, path)| path != own && *path != runs) {
        if size <= most {
            break;
        }
        let _ = std::fs::remove_dir_all(path);
        size -= bytes;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTEXT: [u8; 32] = [7; 32];

    fn key(number: u8) -> Key {
        [number; 16]
    }

    fn pack(folder: &Path) -> PathBuf {
        let own = std::fs::read_dir(folder).unwrap().flatten().next().unwrap().path();
        std::fs::read_dir(own).unwrap().flatten().next().unwrap().path()
    }

    #[test]
    fn entries_come_back_and_a_flipped_byte_loses_them_only() {
        let folder = tempfile::tempdir().unwrap();
        let first = Packs::open(folder.path(), &CONTEXT);
        assert_eq!(first.get(&key(1)), None);
        (0..3).for_each(|number| first.put(&key(number), &[number; 100]));
        assert_eq!(first.used().trouble, None);
        let path = pack(folder.path());
        let whole = std::fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x10;
            std::fs::write(&path, bytes).unwrap();
            let again = Packs::open(folder.path(), &CONTEXT);
            let right = |number: u8| again.get(&key(number)).map(|bytes| bytes == [number; 100]);
            let found: Vec<Option<bool>> = (0..3).map(right).collect();
            assert!(!found.contains(&Some(false)), "byte {at}: {found:?}");
            assert!(found.contains(&None), "byte {at}: {found:?}");
        }
        std::fs::write(&path, &whole[..whole.len() - 1]).unwrap();
        let cut = Packs::open(folder.path(), &CONTEXT);
        assert!(cut.get(&key(1)).is_some() && cut.get(&key(2)).is_none());
        assert_eq!(Packs::open(folder.path(), &[8; 32]).get(&key(1)), None);
    }

    #[test]
    fn packs_beside_each_other_hold_together() {
        let folder = tempfile::tempdir().unwrap();
        let (one, two) = (Packs::open(folder.path(), &CONTEXT), Packs::open(folder.path(), &CONTEXT));
        one.put(&key(1), b"one");
        two.put(&key(2), b"two");
        assert_eq!((one.used().trouble, two.used().trouble), (None, None));
        let both = Packs::open(folder.path(), &CONTEXT);
        assert_eq!((both.get(&key(1)), both.get(&key(2))), (Some(b"one".to_vec()), Some(b"two".to_vec())));
    }

    #[test]
    fn what_other_contexts_left_goes_and_what_is_kept_of_runs_counts_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: usize| {
            std::fs::create_dir_all(folder.path().join(name)).unwrap();
            std::fs::write(folder.path().join(name).join("file"), vec![0; bytes]).unwrap();
        };
        let there = |name: &str| folder.path().join(name).exists();
        [RUNS, "old", "own"].into_iter().for_each(|name| write(name, 100));
        let own = folder.path().join("own");
        clear(folder.path(), &own, 300);
        assert!(there("old"));
        clear(folder.path(), &own, 299);
        assert!(!there("old") && there("own") && there(RUNS));
        clear(folder.path(), &own, 0);
        assert!(there("own") && there(RUNS));
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_told_and_harms_nothing() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let packs = Packs::open(file.path(), &CONTEXT);
        packs.put(&key(1), b"one");
        assert!(packs.used().trouble.is_some());
    }
}
