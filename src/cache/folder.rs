//! The folder of a cache, and the check that it is the user's own.
//!
//! Results contain what is in the cache, so it must not come from somebody else. A folder is refused
//! if it is a link, belongs to another user or can be written by others (on Unix; elsewhere only
//! links are detected). Entries carry a tag made with a key in the user's own cache folder, so that a
//! folder from a stranger's archive yields nothing.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::io;
use std::path::{Path, PathBuf};

/// Length of a tag, in bytes.
pub const TAG_BYTES: usize = 16;
const KEY_BYTES: usize = 32;
/// The file of the key, below the user's cache folder.
const KEY_FILE: &str = "stancetrack/cache-key";

/// A folder that was checked.
#[derive(Debug, Clone)]
pub struct CacheFolder {
    path: PathBuf,
    key: [u8; KEY_BYTES],
}

impl CacheFolder {
    /// Opens or creates the folder.
    ///
    /// # Errors
    /// A sentence that says why the folder is not used.
    pub fn open(path: &Path) -> Result<CacheFolder, String> {
        let place = path.display();
        let key = key(&user_folder()?.join(KEY_FILE))?;
        create(path).map_err(|cause| format!("{place}: {cause}"))?;
        Ok(CacheFolder { path: path.to_path_buf(), key })
    }

    /// A folder with a given key, unchecked.
    #[cfg(test)]
    pub fn with_key(path: &Path, key: [u8; KEY_BYTES]) -> CacheFolder {
        CacheFolder { path: path.to_path_buf(), key }
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The tag of some bytes: HMAC-SHA-256, truncated.
    pub fn tag(&self, parts: &[&[u8]]) -> [u8; TAG_BYTES] {
        // Keys of any length are allowed, so this cannot fail.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.key) else { return [0; TAG_BYTES] };
        parts.iter().for_each(|part| mac.update(part));
        let whole = mac.finalize().into_bytes();
        std::array::from_fn(|index| whole[index])
    }
}

/// Creates a folder that only the user may write, or checks an existing one.
pub fn create(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    if path.symlink_metadata().is_err() {
        if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            std::fs::create_dir_all(parent)?;
        }
        match builder.create(path) {
            Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => {}
            made => made?,
        }
    }
    check(path)
}

/// Refuses a link, and a folder that others may write.
fn check(path: &Path) -> io::Result<()> {
    let found = path.symlink_metadata()?;
    let refused = |what: &str| Err(io::Error::new(io::ErrorKind::PermissionDenied, what));
    if found.is_symlink() {
        return refused("this is a link; the cache is not kept behind links");
    }
    if !found.is_dir() {
        return Err(io::ErrorKind::NotADirectory.into());
    }
    match owner_fault(&found, 0o022) {
        Some(what) => refused(what),
        None => Ok(()),
    }
}

/// What is wrong with owner or permissions, if anything; `forbidden` are bits of the mode.
#[cfg(unix)]
fn owner_fault(found: &std::fs::Metadata, forbidden: u32) -> Option<&'static str> {
    use std::os::unix::fs::MetadataExt;
    if found.uid() != rustix::process::geteuid().as_raw() {
        Some("it belongs to another user")
    } else if found.mode() & forbidden != 0 {
        Some("others may write to it (chmod go-w)")
    } else {
        None
    }
}

/// Owners are only checked on Unix.
#[cfg(not(unix))]
fn owner_fault(_: &std::fs::Metadata, _: u32) -> Option<&'static str> {
    None
}

/// The user's folder for caches.
fn user_folder() -> Result<PathBuf, String> {
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    folder("XDG_CACHE_HOME")
        .or_else(|| folder("HOME").map(|home| home.join(".cache")))
        .or_else(|| folder("LOCALAPPDATA"))
        .ok_or_else(|| "there is no home folder for the key of the cache; set XDG_CACHE_HOME".into())
}

/// The user's key, created at the first use.
fn key(path: &Path) -> Result<[u8; KEY_BYTES], String> {
    let failed = |cause: &dyn std::fmt::Display| format!("{}: {cause}", path.display());
    if path.symlink_metadata().is_err() {
        new_key(path).map_err(|cause| failed(&cause))?;
    }
    let found = path.symlink_metadata().map_err(|cause| failed(&cause))?;
    if !found.is_file() {
        return Err(failed(&"this is not a regular file"));
    }
    if let Some(what) = owner_fault(&found, 0o077) {
        return Err(failed(&format!("{what}; only you may read it (chmod 600)")));
    }
    let bytes = std::fs::read(path).map_err(|cause| failed(&cause))?;
    bytes.try_into().map_err(|_| failed(&"this is no key of stance; remove the file"))
}

fn new_key(path: &Path) -> io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder)?;
    let mut key = [0; KEY_BYTES];
    getrandom::fill(&mut key).map_err(io::Error::other)?;
    let file = tempfile::NamedTempFile::new_in(folder)?;
    std::fs::write(file.path(), key)?;
    match file.persist_noclobber(path) {
        // Another run has created it meanwhile.
        Err(cause) if cause.error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        kept => kept.map(drop).map_err(|cause| cause.error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("below/key");
        let first = key(&path).unwrap();
        assert_eq!(key(&path).unwrap(), first);
        assert_ne!(first, [0; KEY_BYTES]);
        std::fs::write(&path, "short").unwrap();
        assert!(key(&path).unwrap_err().contains("no key"));
    }

    #[test]
    fn tags_depend_on_the_key_and_on_every_byte() {
        let of = |key: u8, text: &[u8]| CacheFolder::with_key(Path::new("x"), [key; KEY_BYTES]).tag(&[text]);
        assert_eq!(of(1, b"ab"), of(1, b"ab"));
        assert_ne!(of(1, b"ab"), of(2, b"ab"));
        assert_ne!(of(1, b"ab"), of(1, b"ac"));
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_of_others_and_a_link_are_not_used() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (own, link) = (folder.path().join("own"), folder.path().join("link"));
        create(&own).unwrap();
        assert_eq!(own.metadata().unwrap().permissions().mode() & 0o777, 0o700);
        std::os::unix::fs::symlink(&own, &link).unwrap();
        assert!(create(&link).unwrap_err().to_string().contains("link"));
        for mode in [0o770, 0o702, 0o777] {
            std::fs::set_permissions(&own, std::fs::Permissions::from_mode(mode)).unwrap();
            assert!(create(&own).unwrap_err().to_string().contains("others may write"));
        }
        std::fs::set_permissions(&own, std::fs::Permissions::from_mode(0o755)).unwrap();
        create(&own).unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        assert!(create(&file).is_err());
    }
}
