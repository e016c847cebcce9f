//! The count of articles on a terminal while a command works.

use crate::cli::messages;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Does `work`, which says how many articles are done, with a count on a terminal; elsewhere,
/// and where nothing is to be said, without.
pub fn with_progress<R>(quiet: bool, work: impl FnOnce(&(dyn Fn(usize) + Sync)) -> R) -> R {
    let bar = ProgressBar::new_spinner();
    bar.set_draw_target(if quiet || !messages::on_terminal() {
        ProgressDrawTarget::hidden()
    } else {
        ProgressDrawTarget::stderr()
    });
    if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} articles, {per_sec}") {
        bar.set_style(style);
    }
    let done = work(&|count| bar.inc(count as u64));
    bar.finish_and_clear();
    done
}
