//! Files are fetched from the disk before their turn, several at once.
//!
//! Lives here: looking ahead. May not live here: reading articles, or any order but
//! that of the pieces. A disk that must seek, or one behind a network, answers many
//! questions at once faster than one after the other. So a few threads that use no
//! processor read the next files and drop what they read: the system keeps it,
//! and the thread whose turn it is finds it in memory. Whether a file was fetched
//! changes nothing but time.

use crate::error::Result;
use crate::files::open_regular;
use crate::ingest::articles::reader::Piece;
use std::collections::VecDeque;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// So many files are fetched at once.
const READERS: usize = 16;
/// So many pieces are known before their turn.
const AHEAD: usize = 64;
/// Of a large file this much is fetched; the system reads on by itself.
const MOST_BYTES: u64 = 1 << 20;
/// A file that comes faster was in memory already; then only every so many-th is
/// looked at.
const QUICK: Duration = Duration::from_micros(80);
const SKIPPED: usize = 15;

/// Pieces in their order, files among them fetched before.
pub struct Ahead<I> {
    pieces: I,
    waiting: VecDeque<Result<Piece>>,
    fetch: Option<SyncSender<PathBuf>>,
    dry: bool,
}

/// Looks ahead in a stream of pieces.
pub fn ahead<I: Iterator<Item = Result<Piece>>>(pieces: I) -> Ahead<I> {
    Ahead { pieces, waiting: VecDeque::new(), fetch: None, dry: false }
}

impl<I: Iterator<Item = Result<Piece>>> Iterator for Ahead<I> {
    type Item = Result<Piece>;

    fn next(&mut self) -> Option<Result<Piece>> {
        while !self.dry && self.waiting.len() < AHEAD {
            let Some(piece) = self.pieces.next() else {
                self.dry = true;
                break;
            };
            let file = match &piece {
                Ok(Piece::File(source, _)) if !source.is_standard_input() => Some(source.path.clone()),
                _ => None,
            };
            self.waiting.push_back(piece);
            // Records are in memory already: no more of them than are asked for.
            let Some(path) = file else { break };
            if self.waiting.len() > 1 {
                let fetch = self.fetch.get_or_insert_with(readers);
                // When all are busy the file is read in its turn.
                let _ = fetch.try_send(path);
            }
        }
        self.waiting.pop_front()
    }
}

/// Threads that fetch files until nobody asks any more.
fn readers() -> SyncSender<PathBuf> {
    let (fetch, asked) = sync_channel(AHEAD);
    let asked = Arc::new(Mutex::new(asked));
    for _ in 0..READERS {
        let asked = asked.clone();
        // Without a thread nothing is fetched before its turn; no article is lost.
        let _ = std::thread::Builder::new().spawn(move || read_all(&asked));
    }
    fetch
}

fn read_all(asked: &Mutex<Receiver<PathBuf>>) {
    let mut skip = 0;
    loop {
        let next = asked.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(path) = next else { return };
        if skip > 0 {
            skip -= 1;
            continue;
        }
        let start = Instant::now();
        let _ = read(&path);
        skip = if start.elapsed() < QUICK { SKIPPED } else { 0 };
    }
}

/// Reads a file for nothing. What is no file, a pipe for example, is left alone: it
/// could be read only once.
fn read(path: &Path) -> std::io::Result<()> {
    std::io::copy(&mut open_regular(path)?.take(MOST_BYTES), &mut std::io::sink())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::files::format::{Format, Kind, Packing};
    use crate::ingest::files::listing::Source;

    #[test]
    fn pieces_come_in_their_order_whether_they_can_be_fetched_or_not() {
        let folder = tempfile::tempdir().unwrap();
        let kind = Kind { format: Format::Text, packing: Packing::Plain };
        let pieces: Vec<Piece> = (0..300)
            .map(|number| {
                let path = folder.path().join(format!("{number}.txt"));
                if number % 3 == 0 {
                    std::fs::write(&path, "text").unwrap();
                }
                if number % 50 == 7 {
                    return Piece::Ready(Vec::new());
                }
                Piece::File(Source { place: number.to_string(), path }, kind)
            })
            .collect();
        let expected: Vec<String> = pieces.iter().map(|piece| format!("{piece:?}")).collect();
        let mut found = Vec::new();
        let mut asked = 0;
        let counted = pieces.into_iter().map(|piece| {
            asked += 1;
            Ok(piece)
        });
        for piece in ahead(counted) {
            found.push(format!("{:?}", piece.unwrap()));
        }
        assert_eq!(found, expected);
        assert_eq!(asked, 300);
    }
}
