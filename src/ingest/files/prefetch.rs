//! Reads files into the page cache before their turn, several at once. A disk that must seek,
//! or one behind a network, answers many requests at once faster than one after the other, so
//! a few threads read the next files and drop what they read. It changes nothing but time.

use crate::error::Result;
use crate::files::open_regular;
use crate::ingest::articles::item::WorkItem;
use std::collections::VecDeque;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Number of files that are read at once.
const READERS: usize = 16;
/// Number of work items that are known before their turn.
const WAITING: usize = 64;
/// Maximum number of bytes of a file that are read; the system reads on by itself.
const MOST_BYTES: u64 = 1 << 20;
/// A file that is read faster was in memory already; then the next [`SKIPPED`] files are not
/// read.
const QUICK: Duration = Duration::from_micros(80);
const SKIPPED: usize = 15;

/// Work items in their order, files among them read before.
pub struct Prefetch<I> {
    items: I,
    waiting: VecDeque<Result<WorkItem>>,
    fetch: Option<SyncSender<PathBuf>>,
    ended: bool,
}

/// Prefetches the files of a stream of work items.
pub fn prefetch<I: Iterator<Item = Result<WorkItem>>>(items: I) -> Prefetch<I> {
    Prefetch { items, waiting: VecDeque::new(), fetch: None, ended: false }
}

impl<I: Iterator<Item = Result<WorkItem>>> Iterator for Prefetch<I> {
    type Item = Result<WorkItem>;

    fn next(&mut self) -> Option<Result<WorkItem>> {
        while !self.ended && self.waiting.len() < WAITING {
            let Some(item) = self.items.next() else {
                self.ended = true;
                break;
            };
            let file = match &item {
                Ok(WorkItem::File(source, _)) if !source.is_standard_input() => Some(source.path.clone()),
                _ => None,
            };
            self.waiting.push_back(item);
            // RecordBatch are in memory already: no more of them than are asked for.
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

/// Threads that read files until the sender is dropped.
fn readers() -> SyncSender<PathBuf> {
    let (fetch, asked) = sync_channel(WAITING);
    let asked = Arc::new(Mutex::new(asked));
    for _ in 0..READERS {
        let asked = asked.clone();
        // Without a thread nothing is fetched before its turn; no article is lost.
        let _ = std::thread::Builder::new().spawn(move || read_all(&asked));
    }
    fetch
}

fn read_all(requests: &Mutex<Receiver<PathBuf>>) {
    let mut skip = 0;
    loop {
        let next = requests.lock().unwrap_or_else(PoisonError::into_inner).recv();
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

/// Reads a file only to bring it into the page cache. A pipe is left alone: it can be read only
/// once.
fn read(path: &Path) -> std::io::Result<()> {
    std::io::copy(&mut open_regular(path)?.take(MOST_BYTES), &mut std::io::sink())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::files::format::{Compression, FileFormat, FileKind};
    use crate::ingest::files::listing::Source;

    #[test]
    fn items_come_in_their_order_whether_they_can_be_fetched_or_not() {
        let folder = tempfile::tempdir().unwrap();
        let kind = FileKind { format: FileFormat::Text, compression: Compression::Plain };
        let items: Vec<WorkItem> = (0..300)
            .map(|number| {
                let path = folder.path().join(format!("{number}.txt"));
                if number % 3 == 0 {
                    std::fs::write(&path, "text").unwrap();
                }
                if number % 50 == 7 {
                    return WorkItem::Ready(Vec::new());
                }
                WorkItem::File(Source { place: number.to_string(), path }, kind)
            })
            .collect();
        let expected: Vec<String> = items.iter().map(|item| format!("{item:?}")).collect();
        let mut found = Vec::new();
        let mut asked = 0;
        let counted = items.into_iter().map(|item| {
            asked += 1;
            Ok(item)
        });
        for item in prefetch(counted) {
            found.push(format!("{:?}", item.unwrap()));
        }
        assert_eq!(found, expected);
        assert_eq!(asked, 300);
    }
}
