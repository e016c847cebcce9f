//! A panic is a bug of ours. It ends in one line and exit code 1 instead of a stack trace.

use crate::cli::messages;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

/// What the scope of threads says when one of them panicked; the reason was said before.
const SECOND_HAND: &str = "a scoped thread panicked";

/// The last panic. Only a panic that nobody catches is shown: some of a damaged file are
/// caught and become a row of `skipped.csv`.
static LAST: Mutex<Option<String>> = Mutex::new(None);

/// Runs a command; a panic in it becomes a message.
pub fn guarded(command: impl FnOnce() -> ExitCode) -> ExitCode {
    let standard = panic::take_hook();
    // For developers, who ask for it by this variable.
    let trace = std::env::var_os("RUST_BACKTRACE").is_some_and(|value| !value.is_empty() && value != "0");
    panic::set_hook(Box::new(move |info| {
        remember(info);
        if trace {
            standard(info);
        }
    }));
    panic::catch_unwind(AssertUnwindSafe(command)).unwrap_or_else(|_| {
        let last = LAST.lock().unwrap_or_else(PoisonError::into_inner).take();
        let what = last.unwrap_or_else(|| "unknown".into());
        messages::note_line(format!(
            "stance: internal error ({what}); please report it, with the command and its input"
        ));
        ExitCode::from(1)
    })
}

fn remember(info: &PanicHookInfo) {
    let what = info.payload_as_str().unwrap_or("no message");
    if what == SECOND_HAND {
        return;
    }
    let place = info.location().map_or(String::new(), |at| format!(" at {}:{}", at.file(), at.line()));
    let what = what.split_whitespace().collect::<Vec<_>>().join(" ");
    *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Some(format!("{what}{place}"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    /// Runs itself once more, because a hook belongs to the whole process.
    const INSIDE: &str = "STANCE_TEST_OF_A_CRASH";

    #[test]
    fn a_panic_ends_in_one_line_and_code_1() {
        match std::env::var(INSIDE).as_deref() {
            Ok("caught") => {
                let code = guarded(|| {
                    let _ = panic::catch_unwind(|| panic!("a damaged file"));
                    ExitCode::SUCCESS
                });
                std::process::exit(i32::from(code != ExitCode::SUCCESS));
            }
            Ok(_) => {
                let code = guarded(|| {
                    std::thread::scope(|scope| {
                        scope.spawn(|| panic!("ab\u{1b}[31mc\n{}", 1));
                    });
                    ExitCode::SUCCESS
                });
                std::process::exit(if code == ExitCode::from(1) { 1 } else { 0 });
            }
            Err(_) => {}
        }
        let run = |what: &str| {
            let program = std::env::current_exe().unwrap();
            Command::new(program)
                .args(["--exact", "cli::crash::tests::a_panic_ends_in_one_line_and_code_1", "--nocapture"])
                .env(INSIDE, what)
                .env_remove("RUST_BACKTRACE")
                .output()
                .unwrap()
        };
        let output = run("scoped");
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(told.starts_with("stance: internal error (ab\\u{1b}[31mc 1 at src/cli/crash.rs:"), "{told}");
        assert!(told.contains("please report") && told.lines().count() == 1, "{told}");
        let output = run("caught");
        assert_eq!(output.status.code(), Some(0));
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}
