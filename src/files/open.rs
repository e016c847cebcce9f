//! Opens regular files only. Reading a pipe could block for ever, and a device never ends. The type is
//! checked after opening, because the file at a path can be replaced between a check and the opening.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;
use std::time::Duration;

/// Opens a regular file for reading, through links.
///
/// # Errors
/// Those of the system, and [`io::ErrorKind::InvalidInput`] for folders, pipes, sockets
/// and devices.
pub fn open_regular(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        // Without this flag opening a pipe would wait for a writer.
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits() as i32);
    }
    let file = open_when_handle_is_free(&options, path)?;
    let kind = file.metadata()?.file_type();
    if kind.is_file() {
        return Ok(file);
    }
    let what = if kind.is_dir() { "this is a folder" } else { "this is a pipe, a socket or a device" };
    Err(io::Error::new(io::ErrorKind::InvalidInput, format!("{what}, not a regular file")))
}

/// Number of attempts to open a file while no file handle is free.
const ATTEMPTS: usize = 50;
/// Time between two attempts.
const PAUSE: Duration = Duration::from_millis(10);

/// Opens a file. If the process has as many files open as it may (`ulimit -n`), it waits up to half a
/// second for other threads to close theirs, so that the file does not count as unreadable.
fn open_when_handle_is_free(options: &OpenOptions, path: &Path) -> io::Result<File> {
    for _ in 1..ATTEMPTS {
        match options.open(path) {
            Err(cause) if none_is_free(&cause) => std::thread::sleep(PAUSE),
            opened => return opened,
        }
    }
    options.open(path)
}

/// True if an error says that no file handle is free.
pub fn none_is_free(cause: &io::Error) -> bool {
    #[cfg(unix)]
    let full = [rustix::io::Errno::MFILE, rustix::io::Errno::NFILE].map(|errno| errno.raw_os_error());
    #[cfg(not(unix))]
    let full: [i32; 0] = [];
    cause.raw_os_error().is_some_and(|code| full.contains(&code))
}

/// The text of a regular file of at most `max_bytes` bytes.
///
/// # Errors
/// Those of [`open_regular`]; [`io::ErrorKind::FileTooLarge`] for a larger file, and
/// [`io::ErrorKind::InvalidData`] for one that is not UTF-8.
pub fn read_text(path: &Path, max_bytes: u64) -> io::Result<String> {
    let text = String::from_utf8(read_bytes(path, max_bytes)?);
    text.map_err(|cause| io::Error::new(io::ErrorKind::InvalidData, cause.utf8_error()))
}

/// The content of a regular file of at most `max_bytes` bytes.
///
/// # Errors
/// Those of [`open_regular`]; [`io::ErrorKind::FileTooLarge`] for a larger file.
pub fn read_bytes(path: &Path, max_bytes: u64) -> io::Result<Vec<u8>> {
    let file = open_regular(path)?;
    let large = || {
        let what = format!("the file is larger than {max_bytes} bytes");
        io::Error::new(io::ErrorKind::FileTooLarge, what)
    };
    // Checked before reading: a sparse file can have any size.
    if file.metadata()?.len() > max_bytes {
        return Err(large());
    }
    let mut bytes = Vec::new();
    file.take(max_bytes + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > max_bytes { Err(large()) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_up_to_its_bound_and_a_folder_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "12345").unwrap();
        assert_eq!(read_text(&path, 5).unwrap(), "12345");
        assert_eq!(read_text(&path, 4).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
        assert_eq!(open_regular(folder.path()).unwrap_err().kind(), io::ErrorKind::InvalidInput);
    }

    #[cfg(unix)]
    #[test]
    fn pipes_and_devices_are_refused_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        for path in [pipe.as_path(), Path::new("/dev/zero")] {
            assert_eq!(open_regular(path).unwrap_err().kind(), io::ErrorKind::InvalidInput);
        }
    }
}
