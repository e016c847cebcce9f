//! The `stance` command: parse, hand over to [`stancetrack::cli`], print what
//! went wrong, exit code.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    stancetrack::cli::main()
}
