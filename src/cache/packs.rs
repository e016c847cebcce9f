//! The entries of the cache on disk, in files that only grow (packs).
//!
//! Every run that computes something writes a pack of its own, so that parallel runs do not disturb
//! each other. A pack is a sequence of entries: a mark, key, length and tag, then the compressed
//! bytes. Opening reads the headers of all packs; reading a pack stops where no mark follows, because
//! a killed run can leave half an entry. The tag is verified when an entry is used. It needs the
//! user's key, so that damaged and foreign entries are ignored.

use crate::cache::folder::{CacheFolder, TAG_BYTES, create};
use crate::cache::usage::CacheUsage;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// The key of an entry.
pub type Key = [u8; 16];

/// Every entry begins with these bytes.
const MARK: [u8; 4] = *b"stc2";
/// Marks of packs of earlier versions, which may be removed to free space.
const EARLIER_MARKS: [[u8; 4]; 1] = [*b"stc1"];
/// Length of a header: mark, key, length, tag.
const HEADER_BYTES: usize = 4 + 16 + 4 + TAG_BYTES;
/// Maximum size of all packs together, in bytes. Above it the packs of other contexts (lexicons, rosters,
/// options, program versions) are removed, the oldest first.
const MAX_BYTES: u64 = 2_000_000_000;
/// Maximum size of an entry, in bytes. The rows of the largest cached article take less.
const MAX_ENTRY_BYTES: u32 = 1 << 28;
/// Compression level of zstd.
const LEVEL: i32 = 1;

/// All packs of one context.
#[derive(Debug)]
pub struct Packs {
    home: CacheFolder,
    folder: PathBuf,
    files: Vec<Mutex<File>>,
    /// For each key the number of the pack, the offset and the length of the entry.
    index: HashMap<Key, (u32, u64, u32)>,
    writer: Mutex<Writer>,
    found: AtomicUsize,
    computed: AtomicUsize,
}

#[derive(Debug, Default)]
struct Writer {
    file: Option<File>,
    write_error: Option<String>,
}

impl Packs {
    /// Opens the packs of a context in a cache's folder.
    pub fn open(home: CacheFolder, context: &[u8; 32]) -> Packs {
        let name: String = context.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let own = home.path().join(name);
        evict(home.path(), &own, MAX_BYTES);
        let mut packs = Packs {
            folder: own,
            home,
            files: Vec::new(),
            index: HashMap::new(),
            writer: Mutex::default(),
            found: AtomicUsize::new(0),
            computed: AtomicUsize::new(0),
        };
        let mut paths: Vec<PathBuf> = packs_in(&packs.folder).map(|(path, _)| path).collect();
        paths.sort();
        for path in &paths {
            // A file that cannot be read has no entries.
            if let Ok(mut file) = crate::files::open_regular(path) {
                let number = packs.files.len() as u32;
                let _ = read_headers(&mut file, |key, at, length| {
                    packs.index.insert(key, (number, at, length));
                });
                packs.files.push(Mutex::new(file));
            }
        }
        packs
    }

    /// The bytes of an entry, if it exists and is valid.
    pub fn get(&self, key: &Key) -> Option<Vec<u8>> {
        let (number, at, length) = *self.index.get(key)?;
        let mut bytes = vec![0; HEADER_BYTES + length as usize];
        {
            let mut file = self.files.get(number as usize)?.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(at)).ok()?;
            file.read_exact(&mut bytes).ok()?;
        }
        let (head, packed) = bytes.split_at(HEADER_BYTES);
        if head != entry_header(&self.home, key, packed) {
            return None;
        }
        let (length, packed) = packed.split_first_chunk::<4>()?;
        zstd::bulk::decompress(packed, u32::from_le_bytes(*length) as usize).ok()
    }

    /// Adds an entry. Errors of writing end up in [`CacheUsage::write_error`].
    pub fn put(&self, key: &Key, bytes: &[u8]) {
        let (Ok(packed), Ok(length)) = (zstd::bulk::compress(bytes, LEVEL), u32::try_from(bytes.len()))
        else {
            return;
        };
        let mut entry = length.to_le_bytes().to_vec();
        entry.extend(packed);
        if entry.len() > MAX_ENTRY_BYTES as usize {
            return;
        }
        let mut bytes = entry_header(&self.home, key, &entry).to_vec();
        bytes.extend(entry);
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        if writer.write_error.is_some() {
            return;
        }
        // Written at once, so that a killed run loses nothing.
        let file = match writer.file.take() {
            Some(file) => Ok(file),
            None => new_pack(&self.folder),
        };
        match file.and_then(|mut file| file.write_all(&bytes).map(|()| file)) {
            Ok(file) => writer.file = Some(file),
            Err(cause) => writer.write_error = Some(format!("{}: {cause}", self.folder.display())),
        }
    }

    /// Counts an article whose rows were in the cache.
    pub fn count_found(&self) {
        self.found.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts an article whose rows were computed.
    pub fn count_computed(&self) {
        self.computed.fetch_add(1, Ordering::Relaxed);
    }

    /// How often the cache was used so far.
    pub fn usage(&self) -> CacheUsage {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        CacheUsage {
            found: self.found.load(Ordering::Relaxed),
            computed: self.computed.load(Ordering::Relaxed),
            write_error: writer.write_error.clone(),
        }
    }
}

/// The header of an entry.
fn entry_header(home: &CacheFolder, key: &Key, packed: &[u8]) -> [u8; HEADER_BYTES] {
    let mut head = [0; HEADER_BYTES];
    head[..4].copy_from_slice(&MARK);
    head[4..20].copy_from_slice(key);
    head[20..24].copy_from_slice(&(packed.len() as u32).to_le_bytes());
    let tag = home.tag(&[&head[..24], packed]);
    head[24..].copy_from_slice(&tag);
    head
}

/// Calls `each` with key, offset and length of every complete entry of a pack.
fn read_headers(file: &mut File, mut each: impl FnMut(Key, u64, u32)) -> io::Result<()> {
    let size = file.metadata()?.len();
    let mut at = 0;
    let mut head = [0; HEADER_BYTES];
    while at + HEADER_BYTES as u64 <= size {
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(&mut head)?;
        let length = u32::from_le_bytes([head[20], head[21], head[22], head[23]]);
        let end = at + HEADER_BYTES as u64 + u64::from(length);
        if head[..4] != MARK || end > size || length > MAX_ENTRY_BYTES {
            break;
        }
        each(std::array::from_fn(|index| head[4 + index]), at, length);
        at = end;
    }
    Ok(())
}

/// Creates a pack that no other run writes.
fn new_pack(folder: &Path) -> io::Result<File> {
    create(folder)?;
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

/// Removes the packs of other contexts, the oldest context first, while all packs together are larger
/// than `max_bytes`. Nothing else is ever removed: no other files, no folder with another name, nothing
/// behind a link.
fn evict(home: &Path, own: &Path, max_bytes: u64) {
    let mut contexts: Vec<(SystemTime, u64, PathBuf)> = Vec::new();
    for entry in std::fs::read_dir(home).into_iter().flatten().flatten() {
        // The type of the entry itself: links are skipped.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) && is_context(&entry.file_name()) {
            let known: Vec<std::fs::Metadata> = packs_in(&entry.path()).map(|(_, found)| found).collect();
            let size = known.iter().map(std::fs::Metadata::len).sum();
            let latest = known.iter().filter_map(|found| found.modified().ok()).max();
            contexts.push((latest.unwrap_or(SystemTime::UNIX_EPOCH), size, entry.path()));
        }
    }
    let mut size: u64 = contexts.iter().map(|(_, size, _)| size).sum();
    contexts.sort();
    for (_, _, context) in contexts.iter().filter(|(_, _, path)| path != own) {
        for (pack, found) in packs_in(context) {
            if size > max_bytes && begins_as_pack(&pack) && std::fs::remove_file(pack).is_ok() {
                size = size.saturating_sub(found.len());
            }
        }
        // Fails on purpose if the folder is not empty.
        let _ = std::fs::remove_dir(context);
        if size <= max_bytes {
            break;
        }
    }
}

/// True for the name of a folder of packs: 16 hexadecimal digits.
fn is_context(name: &std::ffi::OsStr) -> bool {
    name.len() == 16 && name.as_encoded_bytes().iter().all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f'))
}

/// The regular files with a pack's name, "PROCESS-NUMBER.pack".
fn packs_in(context: &Path) -> impl Iterator<Item = (PathBuf, std::fs::Metadata)> {
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    let is_pack = move |name: &str| {
        let parts = name.strip_suffix(".pack").and_then(|name| name.split_once('-'));
        parts.is_some_and(|(process, number)| is_number(process) && is_number(number))
    };
    let entries = std::fs::read_dir(context).into_iter().flatten().flatten();
    entries.filter(move |entry| entry.file_name().to_str().is_some_and(is_pack)).filter_map(|entry| {
        let found = entry.path().symlink_metadata().ok()?;
        found.is_file().then(|| (entry.path(), found))
    })
}

fn begins_as_pack(path: &Path) -> bool {
    let mut mark = [0; 4];
    let read = crate::files::open_regular(path).and_then(|mut file| file.read_exact(&mut mark));
    read.is_ok() && (mark == MARK || EARLIER_MARKS.contains(&mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTEXT: [u8; 32] = [7; 32];

    fn key(number: u8) -> Key {
        [number; 16]
    }

    fn opened(folder: &Path, context: &[u8; 32]) -> Packs {
        Packs::open(CacheFolder::with_key(folder, [5; 32]), context)
    }

    fn pack(folder: &Path) -> PathBuf {
        let own = std::fs::read_dir(folder).unwrap().flatten().next().unwrap().path();
        std::fs::read_dir(own).unwrap().flatten().next().unwrap().path()
    }

    #[test]
    fn entries_come_back_and_a_flipped_byte_loses_them_only() {
        let folder = tempfile::tempdir().unwrap();
        let first = opened(folder.path(), &CONTEXT);
        assert_eq!(first.get(&key(1)), None);
        (0..3).for_each(|number| first.put(&key(number), &[number; 100]));
        assert_eq!(first.usage().write_error, None);
        let path = pack(folder.path());
        let whole = std::fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x10;
            std::fs::write(&path, bytes).unwrap();
            let again = opened(folder.path(), &CONTEXT);
            let right = |number: u8| again.get(&key(number)).map(|bytes| bytes == [number; 100]);
            let found: Vec<Option<bool>> = (0..3).map(right).collect();
            assert!(!found.contains(&Some(false)), "byte {at}: {found:?}");
            assert!(found.contains(&None), "byte {at}: {found:?}");
        }
        std::fs::write(&path, &whole[..whole.len() - 1]).unwrap();
        let cut = opened(folder.path(), &CONTEXT);
        assert!(cut.get(&key(1)).is_some() && cut.get(&key(2)).is_none());
        assert_eq!(opened(folder.path(), &[8; 32]).get(&key(1)), None);
    }

    #[test]
    fn packs_beside_each_other_hold_together() {
        let folder = tempfile::tempdir().unwrap();
        let (one, two) = (opened(folder.path(), &CONTEXT), opened(folder.path(), &CONTEXT));
        one.put(&key(1), b"one");
        two.put(&key(2), b"two");
        assert_eq!((one.usage().write_error, two.usage().write_error), (None, None));
        let both = opened(folder.path(), &CONTEXT);
        assert_eq!((both.get(&key(1)), both.get(&key(2))), (Some(b"one".to_vec()), Some(b"two".to_vec())));
    }

    #[test]
    fn entries_that_another_key_wrote_are_none() {
        let folder = tempfile::tempdir().unwrap();
        opened(folder.path(), &CONTEXT).put(&key(1), b"forged");
        let other = Packs::open(CacheFolder::with_key(folder.path(), [6; 32]), &CONTEXT);
        assert_eq!(other.get(&key(1)), None);
    }

    const OLD: &str = "00000000000000aa";
    const OWN: &str = "00000000000000bb";

    /// A file with the head of a pack, of 100 bytes.
    fn write(path: &Path) {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, [&MARK[..], &[0; 96]].concat()).unwrap();
    }

    #[test]
    fn packs_of_other_contexts_go_when_room_is_short() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        write(&at(OLD).join("1-0.pack"));
        write(&at(OWN).join("1-0.pack"));
        evict(folder.path(), &at(OWN), 200);
        assert!(at(OLD).exists());
        evict(folder.path(), &at(OWN), 199);
        assert!(!at(OLD).exists() && at(OWN).exists());
        evict(folder.path(), &at(OWN), 0);
        assert!(at(OWN).join("1-0.pack").exists());
    }

    #[test]
    fn nothing_but_packs_of_ours_is_ever_removed() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let theirs = [
            at("thesis/1-0.pack"),
            at("photos/a.jpg"),
            at(OLD).join("notes.txt"),
            at(OLD).join("x-0.pack"),
            at(OLD).join("1-0.pack.txt"),
            at("00000000000000AA/1-0.pack"),
            at("runs/1-0.pack"),
        ];
        theirs.iter().for_each(|path| write(path));
        // The name of a pack, but not the head of one.
        std::fs::write(at(OLD).join("2-0.pack"), "my own").unwrap();
        write(&at(OLD).join("1-0.pack"));
        evict(folder.path(), &at(OWN), 0);
        assert!(theirs.iter().all(|path| path.exists()));
        assert!(at(OLD).join("2-0.pack").exists() && !at(OLD).join("1-0.pack").exists());
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_worked_through() {
        use std::os::unix::fs::symlink;
        let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        write(&elsewhere.path().join("1-0.pack"));
        symlink(elsewhere.path(), folder.path().join(OLD)).unwrap();
        let context = folder.path().join("00000000000000cc");
        std::fs::create_dir(&context).unwrap();
        symlink(elsewhere.path().join("1-0.pack"), context.join("1-0.pack")).unwrap();
        evict(folder.path(), &folder.path().join(OWN), 0);
        assert!(elsewhere.path().join("1-0.pack").exists() && folder.path().join(OLD).exists());
        assert!(context.join("1-0.pack").symlink_metadata().is_ok());
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_told_and_harms_nothing() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let packs = opened(file.path(), &CONTEXT);
        packs.put(&key(1), b"one");
        assert!(packs.usage().write_error.is_some());
    }
}
