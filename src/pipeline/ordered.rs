//! Work on many threads, results in the order of the items.
//!
//! Lives here: the bounded queue between a source, the threads and a sink. May
//! not live here: what the work is. A thread takes the next item, prepares it, waits
//! until all before it are admitted, works on it and hands its result over; whoever holds the result that is next in turn carries it,
//! and all that wait behind it, to the sink. So there is no thread that only
//! reads or only writes, and no more items are under way than the bound allows:
//! memory does not grow with the input.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Items under way for each thread: enough that nobody waits for one slow item.
const AHEAD: usize = 4;

struct Source<I> {
    next: I,
    taken: usize,
    dry: bool,
}

struct Line<R, A, S, E> {
    /// Number of the item that is admitted next; None while a thread admits.
    admitted: usize,
    admit: Option<A>,
    /// Results that wait for their turn.
    waiting: BTreeMap<usize, R>,
    /// Number of the result that is next.
    turn: usize,
    /// Items taken and not yet handed over.
    under_way: usize,
    /// None while a thread carries results to it.
    sink: Option<S>,
    failed: Option<E>,
    /// Nothing more is to be done.
    stopped: bool,
}

/// The steps that an item goes through.
pub struct Steps<N, P, A, W, S> {
    /// The next item; one thread at a time.
    pub next: N,
    /// What can be done to an item by itself; any thread.
    pub prepare: P,
    /// What must be done in the order of the items before the work, and is quick.
    pub admit: A,
    /// The work; any thread.
    pub work: W,
    /// Takes the results in the order of the items; one thread at a time.
    pub sink: S,
}

/// Takes all items through the steps on so many threads. The first error of the
/// sink ends it.
pub fn in_order<T, U, R, E>(
    threads: usize,
    steps: Steps<
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
    let Steps { next, prepare, admit, work, sink } = steps;
    let threads = threads.max(1);
    let source = Mutex::new(Source { next, taken: 0, dry: false });
    let line = Mutex::new(Line {
        admitted: 0,
        admit: Some(admit),
        waiting: BTreeMap::new(),
        turn: 0,
        under_way: 0,
        sink: Some(sink),
        failed: None,
        stopped: false,
    });
    let moved = Condvar::new();
    std::thread::scope(|scope| {
        let run = || {
            // A panic in one thread must not leave the others waiting.
            let _guard = Guard { line: &line, moved: &moved };
            while let Some((number, item)) = take(&source, &line, &moved, threads * AHEAD) {
                let mut item = prepare(item);
                if !admitted(&line, &moved, number, &mut item) {
                    return;
                }
                let result = work(item);
                hand_over(&line, &moved, number, result);
            }
        };
        for _ in 1..threads {
            // Where the system has no room for another thread, fewer do the work.
            if std::thread::Builder::new().spawn_scoped(scope, run).is_err() {
                break;
            }
        }
        run();
    });
    let line = line.into_inner().unwrap_or_else(PoisonError::into_inner);
    line.failed.map_or(Ok(()), Err)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits for a free place, then takes the next item.
fn take<T, R, A, S, E>(
    source: &Mutex<Source<impl FnMut() -> Option<T>>>,
    line: &Mutex<Line<R, A, S, E>>,
    moved: &Condvar,
    places: usize,
) -> Option<(usize, T)> {
    let mut state = lock(line);
    while state.under_way >= places && !state.stopped {
        state = moved.wait(state).unwrap_or_else(PoisonError::into_inner);
    }
    if state.stopped {
        return None;
    }
    state.under_way += 1;
    drop(state);
    let taken = {
        let mut source = lock(source);
        let item = if source.dry { None } else { (source.next)() };
        source.dry |= item.is_none();
        let number = source.taken;
        source.taken += usize::from(item.is_some());
        item.map(|item| (number, item))
    };
    if taken.is_none() {
        lock(line).under_way -= 1;
        moved.notify_all();
    }
    taken
}

/// Waits until all items before this one are admitted, and admits it. False when
/// there is nothing more to do.
fn admitted<U, R, A: FnMut(&mut U), S, E>(
    line: &Mutex<Line<R, A, S, E>>,
    moved: &Condvar,
    number: usize,
    item: &mut U,
) -> bool {
    let mut state = lock(line);
    while state.admitted != number && !state.stopped {
        state = moved.wait(state).unwrap_or_else(PoisonError::into_inner);
    }
    // Only the thread whose item is next comes here.
    let Some(mut admit) = state.admit.take().filter(|_| !state.stopped) else { return false };
    drop(state);
    admit(item);
    let mut state = lock(line);
    state.admit = Some(admit);
    state.admitted += 1;
    drop(state);
    moved.notify_all();
    true
}

/// Puts a result in line and carries what is next in turn to the sink, unless
/// another thread does so already.
fn hand_over<R, A, E, S: FnMut(R) -> Result<(), E>>(
    line: &Mutex<Line<R, A, S, E>>,
    moved: &Condvar,
    number: usize,
    result: R,
) {
    let mut state = lock(line);
    state.waiting.insert(number, result);
    let Some(mut sink) = state.sink.take() else { return };
    while !state.stopped {
        let turn = state.turn;
        let Some(result) = state.waiting.remove(&turn) else { break };
        drop(state);
        let done = sink(result);
        state = lock(line);
        state.turn += 1;
        state.under_way -= 1;
        if let Err(error) = done {
            state.failed.get_or_insert(error);
            state.stopped = true;
        }
        moved.notify_all();
    }
    state.sink = Some(sink);
}

/// Stops the line when its thread ends by a panic.
struct Guard<'a, R, A, S, E> {
    line: &'a Mutex<Line<R, A, S, E>>,
    moved: &'a Condvar,
}

impl<R, A, S, E> Drop for Guard<'_, R, A, S, E> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            lock(self.line).stopped = true;
            self.moved.notify_all();
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
            let steps = Steps {
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
            assert_eq!(in_order(threads, steps), Ok(()));
            assert_eq!(found, (0..500).map(|item| item * 2).collect::<Vec<_>>());
            // A look beyond the end counts once a thread.
            assert!(most.load(Ordering::SeqCst) <= threads * AHEAD + threads);
        }
    }

    #[test]
    fn an_error_of_the_sink_ends_it() {
        let mut items = 0..;
        let steps = Steps {
            next: || items.next(),
            prepare: |item| item,
            admit: |_: &mut i32| (),
            work: |item| item,
            sink: |item: i32| if item < 20 { Ok(()) } else { Err(item) },
        };
        assert_eq!(in_order(3, steps), Err(20));
    }

    #[test]
    fn a_panic_is_no_deadlock() {
        let caught = std::panic::catch_unwind(|| {
            let mut items = 0..100;
            let steps = Steps {
                next: || items.next(),
                prepare: |item| item,
                admit: |_: &mut i32| (),
                work: |item| assert!(item != 5),
                sink: |()| Ok::<(), ()>(()),
            };
            in_order(2, steps)
        });
        assert!(caught.is_err());
    }
}
