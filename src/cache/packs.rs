//! Entries on the disk: packs that only grow.
//!
//! Every run that computes something writes a pack of its own, so that runs beside
//! each other cannot disturb each other. A pack is entries one after the other: a mark,
//! key, length and tag, then the bytes. At the start the heads of all packs are
//! read; what does not begin with the mark ends a pack (a killed run leaves half an
//! entry there). The tag is compared when an entry is used: it needs the user's key, so
//! that damaged entries and those that somebody else wrote are none.

use crate::cache::private::{Folder, TAG};
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// Under what an entry is found.
pub type Key = [u8; 16];

const MARK: [u8; 4] = *b"stc2";
/// Marks of packs of earlier versions, which are removed like others when room is short.
const EARLIER_MARKS: [[u8; 4]; 1] = [*b"stc1"];
/// Mark, key, length, tag.
const HEAD: usize = 4 + 16 + 4 + TAG;
/// Entries that other lexicons, rosters, options or programs left are removed, the
/// oldest first, when all together are larger.
const MOST_BYTES: u64 = 2_000_000_000;
/// Longest entry. Articles of up to 4 MB are kept; their rows take less than this.
const MOST_ENTRY: u32 = 1 << 28;
/// How entries are compressed.
const LEVEL: i32 = 1;

/// All packs of one context.
#[derive(Debug)]
pub struct Packs {
    home: Folder,
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
    pub fn open(home: Folder, context: &[u8; 32]) -> Packs {
        let name: String = context.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let own = home.path().join(name);
        clear(home.path(), &own, MOST_BYTES);
        let mut packs = Packs {
            folder: own,
            home,
            files: Vec::new(),
            places: HashMap::new(),
            writer: Mutex::default(),
            found: AtomicUsize::new(0),
            missed: AtomicUsize::new(0),
        };
        let mut paths: Vec<PathBuf> = packs_in(&packs.folder).map(|(path, _)| path).collect();
        paths.sort();
        for path in &paths {
            // What cannot be read holds nothing.
            if let Ok(mut file) = crate::files::open_regular(path) {
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
        if head != self::head(&self.home, key, packed) {
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
        if entry.len() > MOST_ENTRY as usize {
            return;
        }
        let mut bytes = head(&self.home, key, &entry).to_vec();
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
    pub fn used(&self) -> crate::cache::Use {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        crate::cache::Use {
            found: self.found.load(Ordering::Relaxed),
            computed: self.missed.load(Ordering::Relaxed),
            trouble: writer.trouble.clone(),
        }
    }
}

/// What stands before the bytes of an entry.
fn head(home: &Folder, key: &Key, packed: &[u8]) -> [u8; HEAD] {
    let mut head = [0; HEAD];
    head[..4].copy_from_slice(&MARK);
    head[4..20].copy_from_slice(key);
    head[20..24].copy_from_slice(&(packed.len() as u32).to_le_bytes());
    let tag = home.tag(&[&head[..24], packed]);
    head[24..].copy_from_slice(&tag);
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
        if head[..4] != MARK || end > size || length > MOST_ENTRY {
            break;
        }
        each(std::array::from_fn(|index| head[4 + index]), at, length);
        at = end;
    }
    Ok(())
}

/// A new pack that nobody else writes.
fn begin(folder: &Path) -> io::Result<File> {
    crate::cache::private::make(folder)?;
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

/// Removes the packs of other contexts, the oldest context first, as long as all packs
/// together are larger than `most`. Nothing else is ever removed: not what lies beside
/// packs, no folder with another name, nothing behind a link.
fn clear(home: &Path, own: &Path, most: u64) {
    let mut contexts: Vec<(SystemTime, u64, PathBuf)> = Vec::new();
    for entry in std::fs::read_dir(home).into_iter().flatten().flatten() {
        // The type of the entry itself: a link is none of ours.
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
            if size > most && begins_as_pack(&pack) && std::fs::remove_file(pack).is_ok() {
                size = size.saturating_sub(found.len());
            }
        }
        // Fails, as it should, when something still lies there.
        let _ = std::fs::remove_dir(context);
        if size <= most {
            break;
        }
    }
}

/// A folder of packs has a name of 16 hexadecimal digits.
fn is_context(name: &std::ffi::OsStr) -> bool {
    name.len() == 16 && name.as_encoded_bytes().iter().all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f'))
}

/// Regular files with the name of a pack, "PROCESS-NUMBER.pack".
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
        Packs::open(Folder::with_key(folder, [5; 32]), context)
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
        assert_eq!(first.used().trouble, None);
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
        assert_eq!((one.used().trouble, two.used().trouble), (None, None));
        let both = opened(folder.path(), &CONTEXT);
        assert_eq!((both.get(&key(1)), both.get(&key(2))), (Some(b"one".to_vec()), Some(b"two".to_vec())));
    }

    #[test]
    fn entries_that_another_key_wrote_are_none() {
        let folder = tempfile::tempdir().unwrap();
        opened(folder.path(), &CONTEXT).put(&key(1), b"forged");
        let other = Packs::open(Folder::with_key(folder.path(), [6; 32]), &CONTEXT);
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
        clear(folder.path(), &at(OWN), 200);
        assert!(at(OLD).exists());
        clear(folder.path(), &at(OWN), 199);
        assert!(!at(OLD).exists() && at(OWN).exists());
        clear(folder.path(), &at(OWN), 0);
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
        clear(folder.path(), &at(OWN), 0);
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
        clear(folder.path(), &folder.path().join(OWN), 0);
        assert!(elsewhere.path().join("1-0.pack").exists() && folder.path().join(OLD).exists());
        assert!(context.join("1-0.pack").symlink_metadata().is_ok());
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_told_and_harms_nothing() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let packs = opened(file.path(), &CONTEXT);
        packs.put(&key(1), b"one");
        assert!(packs.used().trouble.is_some());
    }
}
