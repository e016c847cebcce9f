//! The threads of a command. They are started by us and at the start: left to the libraries,
//! a system without room for another thread ends in a panic in the middle of the work.

use crate::error::{Error, Result};
use clap::ArgMatches;

/// Maximum number of threads, more than the largest machines have. A run starts each of them
/// twice (rayon's and those of `pipeline::in_order`), and systems limit their number.
const MOST: usize = 512;
/// How rayon is told a number of threads from outside.
const RAYON: &str = "RAYON_NUM_THREADS";
/// The same for polars, which panics where the number cannot be had.
const POLARS: &str = "POLARS_MAX_THREADS";

/// Starts the threads that the option `--threads` of a command asks for, else one a core.
pub fn start(matches: &ArgMatches) -> Result<()> {
    let variable = |name: &str| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned());
    polars(variable(POLARS).as_deref())?;
    let count = count(option(matches), variable(RAYON).as_deref())?;
    rayon::ThreadPoolBuilder::new().num_threads(count).build_global().map_err(|cause| {
        let remedy = "give fewer with --threads, or raise the limits of memory and processes (ulimit)";
        Error::run("", format!("{count} threads cannot be started"), remedy).because(cause)
    })
}

/// `--threads` of the innermost subcommand; None for those without it.
fn option(matches: &ArgMatches) -> Option<usize> {
    match matches.subcommand() {
        Some((_, inner)) => option(inner),
        None => matches.try_get_one::<usize>("threads").ok().flatten().copied(),
    }
}

fn count(option: Option<usize>, variable: Option<&str>) -> Result<usize> {
    match option {
        Some(0) => Err(Error::input("--threads", "0 threads can do nothing", "give 1 or more")),
        Some(count) if count > MOST => {
            let message = format!("{count} threads are more than the maximum of {MOST}");
            Err(Error::input("--threads", message, "leave it out: one thread a core is fastest"))
        }
        Some(count) => Ok(count),
        // The variable is meant for all programs, so that an odd value is no mistake of this
        // command. It may leave cores to others, not ask for more than there are.
        None => {
            let cores = std::thread::available_parallelism().map_or(1, usize::from).min(MOST);
            let wanted = variable.and_then(|value| value.trim().parse::<usize>().ok());
            Ok(wanted.filter(|count| *count > 0).map_or(cores, |count| count.min(cores)))
        }
    }
}

fn polars(variable: Option<&str>) -> Result<()> {
    match variable.map(str::parse::<usize>) {
        None => Ok(()),
        Some(Ok(count)) if (1..=MOST).contains(&count) => Ok(()),
        Some(_) => Err(Error::input(
            POLARS,
            format!("the environment variable is '{}'", variable.unwrap_or_default()),
            format!("unset it, or set it to a number from 1 to {MOST}"),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absurd_numbers_are_refused_or_bounded() {
        assert_eq!(count(Some(7), Some("3")).unwrap(), 7);
        assert_eq!(count(None, Some("1")).unwrap(), 1);
        let cores = count(None, None).unwrap();
        assert_eq!(count(None, Some("100000")).unwrap(), cores);
        for odd in ["0", "-1", "many", "", "99999999999999999999999"] {
            assert_eq!(count(None, Some(odd)).unwrap(), cores, "{odd}");
        }
        assert!(count(Some(0), None).is_err());
        assert!(count(Some(100_000), None).unwrap_err().to_string().contains("maximum of 512"));
        for (value, fine) in
            [("4", true), ("512", true), ("0", false), ("513", false), ("x", false), ("", false)]
        {
            assert_eq!(polars(Some(value)).is_ok(), fine, "{value}");
        }
        assert!(polars(None).is_ok());
    }
}
