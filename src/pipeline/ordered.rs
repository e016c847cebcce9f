//! Processes items on several threads and delivers the results in the order of the items.
//!
//! Every thread takes the next item, prepares it, waits until all earlier items are admitted, processes
//! it and hands over the result. The thread that has the result which is due next writes it and all
//! waiting results that follow it. So no thread only reads or only writes, and the number of items in
//! progress is bounded: memory does not grow with the input.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Maximum number of items in progress per thread: enough that the other threads need not wait for one
/// slow item.
const ITEMS_PER_THREAD: usize = 4;

struct ItemSource<I> {
    next: I,
    /// Number of items taken so far.
    taken: usize,
    exhausted: bool,
}

struct Progress<R, A, S, E> {
    /// Number of the item that is admitted next.
    admitted: usize,
    /// None while a thread admits an item.
    admit: Option<A>,
    /// Results that wait for earlier ones, by number.
    waiting: BTreeMap<usize, R>,
    /// Number of the result that is due next.
    due: usize,
    /// Number of items that are taken and whose results are not delivered.
    in_progress: usize,
    /// None while a thread delivers results to it.
    sink: Option<S>,
    /// The first error of the sink.
    failed: Option<E>,
    /// True after an error or a panic: all threads end.
    stopped: bool,
}

/// The stages that every item passes.
pub struct WorkStages<N, P, A, W, S> {
    /// Returns the next item; called by one thread at a time.
    pub next: N,
    /// Work that needs only the item itself; called by any thread.
    pub prepare: P,
    /// Short work that must happen in the order of the items.
    pub admit: A,
    /// The main work; called by any thread.
    pub work: W,
    /// Takes the results in the order of the items; one thread at a time.
    pub sink: S,
}

/// Processes all items on `threads` threads.
///
/// # Errors
/// The first error of the sink, which ends the processing.
pub fn in_order<T, U, R, E>(
    threads: usize,
    stages: WorkStages<
        impl FnMut() -> Option<T> + Send,
        impl Fn(T) -> U + Sync,
        impl FnMut(&mut U) + Send,
        impl Fn(U) -> R + Sync,
        impl FnMut(R) -> Result<(), E> + Send,
    >,
) -> Result<(), E>
where
    T: Send,
    R: Send,
    E: Send,
{
    let WorkStages { next, prepare, admit, work, sink } = stages;
    let threads = threads.max(1);
    let source = Mutex::new(ItemSource { next, taken: 0, exhausted: false });
    let progress = Mutex::new(Progress {
        admitted: 0,
        admit: Some(admit),
        waiting: BTreeMap::new(),
        due: 0,
        in_progress: 0,
        sink: Some(sink),
        failed: None,
        stopped: false,
    });
    let changed = Condvar::new();
    std::thread::scope(|scope| {
        let run = || {
            // A panic in one thread must not leave the others waiting.
            let _guard = Guard { progress: &progress, changed: &changed };
            while let Some((number, item)) = take(&source, &progress, &changed, threads * ITEMS_PER_THREAD) {
                let mut item = prepare(item);
                if !admitted(&progress, &changed, number, &mut item) {
                    return;
                }
                let result = work(item);
                hand_over(&progress, &changed, number, result);
            }
        };
        for _ in 1..threads {
            // If the system refuses another thread, fewer do the work.
            if std::thread::Builder::new().spawn_scoped(scope, run).is_err() {
                break;
            }
        }
        run();
    });
    let progress = progress.into_inner().unwrap_or_else(PoisonError::into_inner);
    progress.failed.map_or(Ok(()), Err)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits until fewer than `limit` items are in progress, then takes the next one.
fn take<T, R, A, S, E>(
    source: &Mutex<ItemSource<impl FnMut() -> Option<T>>>,
    progress: &Mutex<Progress<R, A, S, E>>,
    changed: &Condvar,
    limit: usize,
) -> Option<(usize, T)> {
    let mut state = lock(progress);
    while state.in_progress >= limit && !state.stopped {
        state = changed.wait(state).unwrap_or_else(PoisonError::into_inner);
    }
    if state.stopped {
        return None;
    }
    state.in_progress += 1;
    drop(state);
    let taken = {
        let mut source = lock(source);
        let item = if source.exhausted { None } else { (source.next)() };
        source.exhausted |= item.is_none();
        let number = source.taken;
        source.taken += usize::from(item.is_some());
        item.map(|item| (number, item))
    };
    if taken.is_none() {
        lock(progress).in_progress -= 1;
        changed.notify_all();
    }
    taken
}

/// Waits until all earlier items are admitted and admits this one. Returns false if the processing has
/// stopped.
fn admitted<U, R, A: FnMut(&mut U), S, E>(
    progress: &Mutex<Progress<R, A, S, E>>,
    changed: &Condvar,
    number: usize,
    item: &mut U,
) -> bool {
    let mut state = lock(progress);
    while state.admitted != number && !state.stopped {
        state = changed.wait(state).unwrap_or_else(PoisonError::into_inner);
    }
    // Only the thread with the next item gets here.
    let Some(mut admit) = state.admit.take().filter(|_| !state.stopped) else { return false };
    drop(state);
    admit(item);
    let mut state = lock(progress);
    state.admit = Some(admit);
    state.admitted += 1;
    drop(state);
    changed.notify_all();
    true
}

/// Hands over a result, and delivers all results that are due to the sink unless another thread does so
/// already.
fn hand_over<R, A, E, S: FnMut(R) -> Result<(), E>>(
    progress: &Mutex<Progress<R, A, S, E>>,
    changed: &Condvar,
    number: usize,
    result: R,
) {
    let mut state = lock(progress);
    state.waiting.insert(number, result);
    let Some(mut sink) = state.sink.take() else { return };
    while !state.stopped {
        let due = state.due;
        let Some(result) = state.waiting.remove(&due) else { break };
        drop(state);
        let done = sink(result);
        state = lock(progress);
        state.due += 1;
        state.in_progress -= 1;
        if let Err(error) = done {
            state.failed.get_or_insert(error);
            state.stopped = true;
        }
        changed.notify_all();
    }
    state.sink = Some(sink);
}

/// Stops the processing if its thread panics.
struct Guard<'a, R, A, S, E> {
    progress: &'a Mutex<Progress<R, A, S, E>>,
    changed: &'a Condvar,
}

impl<R, A, S, E> Drop for Guard<'_, R, A, S, E> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            lock(self.progress).stopped = true;
            self.changed.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn results_come_in_order_and_few_are_under_way() {
        for threads in [1, 2, 7] {
            let (under_way, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
            let mut items = 0..500usize;
            let mut found = Vec::new();
            let mut known = 0;
            let stages = WorkStages {
                next: || {
                    let now = under_way.fetch_add(1, Ordering::SeqCst) + 1;
                    most.fetch_max(now, Ordering::SeqCst);
                    items.next()
                },
                prepare: |item| (item, 0),
                admit: |item: &mut (usize, usize)| {
                    item.1 = known;
                    known += 1;
                },
                work: |(item, order)| {
                    assert_eq!(item, order);
                    // The first of ten takes longest.
                    if item % 10 == 0 {
                        std::thread::sleep(std::time::Duration::from_millis(1));
                    }
                    item * 2
                },
                sink: |result| {
                    under_way.fetch_sub(1, Ordering::SeqCst);
                    found.push(result);
                    Ok::<(), ()>(())
                },
            };
            assert_eq!(in_order(threads, stages), Ok(()));
            assert_eq!(found, (0..500).map(|item| item * 2).collect::<Vec<_>>());
            // A look beyond the end counts once a thread.
            assert!(most.load(Ordering::SeqCst) <= threads * ITEMS_PER_THREAD + threads);
        }
    }

    #[test]
    fn an_error_of_the_sink_ends_it() {
        let mut items = 0..;
        let stages = WorkStages {
            next: || items.next(),
            prepare: |item| item,
            admit: |_: &mut i32| (),
            work: |item| item,
            sink: |item: i32| if item < 20 { Ok(()) } else { Err(item) },
        };
        assert_eq!(in_order(3, stages), Err(20));
    }

    #[test]
    fn a_panic_is_no_deadlock() {
        let caught = std::panic::catch_unwind(|| {
            let mut items = 0..100;
            let stages = WorkStages {
                next: || items.next(),
                prepare: |item| item,
                admit: |_: &mut i32| (),
                work: |item| assert!(item != 5),
                sink: |()| Ok::<(), ()>(()),
            };
            in_order(2, stages)
        });
        assert!(caught.is_err());
    }
}
