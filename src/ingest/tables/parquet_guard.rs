//! Calls a library that panics on some damaged files. A panic becomes an error and prints nothing:
//! a page of its words on the terminal would look as if the run had ended.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    /// Number of guarded calls that this thread is in.
    static GUARDED: Cell<usize> = const { Cell::new(0) };
}

/// Does the work; a panic in it is the error that the file is damaged.
pub fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    static HOOK: Once = Once::new();
    // The hook belongs to the process: it is set once, and on threads that are not in a
    // guarded call it does what was done before.
    HOOK.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |panic| {
            if GUARDED.try_with(Cell::get).unwrap_or(0) == 0 {
                before(panic);
            }
        }));
    });
    let count = GUARDED.get();
    GUARDED.set(count + 1);
    let done = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(count);
    done.unwrap_or_else(|_| Err("the file is damaged".into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_and_the_thread_is_free_again() {
        assert_eq!(guarded(|| Ok::<_, String>(7)), Ok(7));
        let inner = guarded(|| guarded::<()>(|| panic!("inside")).map(|()| 1));
        assert_eq!(inner, Err("the file is damaged".into()));
        assert_eq!(GUARDED.get(), 0);
    }
}
