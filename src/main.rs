//! The `stance` command: parse, hand over to [`stancetrack::cli`], print what
//! went wrong, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    stancetrack::cli::main()
}
