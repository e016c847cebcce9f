//! A run that is told to end removes the hidden folder that it had begun.

#[cfg(unix)]
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGXFSZ};

/// Watches for signals that end a process. Where that cannot be done, the next run removes
/// what is left.
#[cfg(unix)]
pub fn watch() {
    // With any handler, a file that grows beyond `ulimit -f` is an error of writing, which
    // is told and cleaned up as any other, and does not end the process.
    let _ = signal_hook::flag::register(SIGXFSZ, std::sync::Arc::default());
    // nohup and background jobs of scripts have some of them ignored, and that must stay.
    let wanted = [SIGHUP, SIGINT, SIGTERM].into_iter().filter(|signal| !is_ignored(*signal));
    let Ok(mut signals) = signal_hook::iterator::Signals::new(wanted) else { return };
    let wait = move || {
        if let Some(signal) = signals.forever().next() {
            // As long as this lives no results are put in place.
            let _none_begins = crate::report::remove_unfinished();
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    };
    let _ = std::thread::Builder::new().name("signals".into()).stack_size(1 << 18).spawn(wait);
}

/// Other systems end a process without asking it.
#[cfg(not(unix))]
pub fn watch() {}

/// Whether whoever started this process has a signal ignored. Only Linux tells; elsewhere
/// the end of a terminal (SIGHUP) is left as it is.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    match ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()) {
        Some(mask) => mask >> (signal - 1) & 1 == 1,
        None => signal == SIGHUP,
    }
}
