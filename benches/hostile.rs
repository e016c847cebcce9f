//! Text that is made to be slow costs no more a megabyte than prose.
//!
//!     cargo bench --bench hostile
//!
//! Each text has 5 MB in one article (1 million sentences have 7 MB) and is read with one thread. The figure is
//! its processor time a megabyte over that of prose made of invented sentences, in the same run; time on the
//! clock would tell what else the machine does. Start-up (lexicons, roster, weights) is measured alone and taken
//! off. Memory is the peak of the process. Linux only: times are read from /proc.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const SIZE: usize = 5_000_000;
/// More than this many times prose is a finding.
const MOST: f64 = 3.0;

fn main() {
    let prose = "Governor Lind said on Monday that the union would not be joined, because the country’s \
                 sovereignty is worth more. “We will not give it up,” she told reporters in the capital. \
                 The harbour was closed for two days after the storm, and trade fell by a tenth.\n\n";
    let many = |piece: &str, bytes: usize| piece.repeat(bytes / piece.len());
    let texts: [(&str, String); 14] = [
        ("prose", many(prose, SIZE)),
        ("one letter", many("a", SIZE)),
        ("quotation marks", many("“", SIZE)),
        ("straight quotation marks", many("\"", SIZE)),
        ("said said said", many("said ", SIZE)),
        ("nested quotations", many("“he said ‘", SIZE / 2) + &many("’ she said” ", SIZE / 2)),
        ("quotations and cues", many("“no” said ", SIZE)),
        ("1 million sentences", many("It is. ", 7_000_000)),
        ("names", many("Anna Lind ", SIZE)),
        ("initials", many("J. R. ", SIZE)),
        ("brackets", many("((", SIZE)),
        ("terms of the lexicon", many("sovereignty union ", SIZE)),
        ("dates", many("in March 2003 ", SIZE)),
        ("commas", many("not, ", SIZE)),
    ];
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("2019-03-01_text.txt");
    let start = run(folder.path(), &path, "It is.").0;
    println!("| text | MB | processor s | s/MB | times prose | peak MB |");
    println!("| --- | --- | --- | --- | --- | --- |");
    let mut base = None;
    let mut slow = 0;
    for (name, text) in texts {
        let size = text.len() as f64 / 1e6;
        let (seconds, memory, done) = run(folder.path(), &path, &text);
        let each = (seconds - start).max(0.0) / size;
        let times = each / *base.get_or_insert(each);
        let note = if !done {
            " no result"
        } else if times > MOST {
            " slow"
        } else {
            ""
        };
        slow += usize::from(!note.is_empty());
        println!("| {name} | {size:.1} | {seconds:.2} | {each:.3} | {times:.2}{note} | {memory} |");
    }
    println!("\nstart-up {start:.2} s; {slow} texts without a result or beyond {MOST} times prose");
}

/// Processor seconds, peak memory in MB, and whether there was a result.
fn run(folder: &Path, path: &Path, text: &str) -> (f64, u64, bool) {
    std::fs::write(path, text).expect("a file");
    let before = children_time();
    let mut child = Command::new(env!("CARGO_BIN_EXE_stance"))
        .args(["score", &path.display().to_string(), "--language", "en", "--threads", "1", "-q"])
        .args(["--out", &folder.join("out").display().to_string()])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary starts");
    let mut memory = 0;
    let status = loop {
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak = peak.and_then(|rest| rest.trim().trim_end_matches(" kB").parse::<u64>().ok());
        memory = memory.max(peak.unwrap_or(0) / 1024);
        match child.try_wait().expect("a child") {
            Some(status) => break status,
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    (children_time() - before, memory, status.success())
}

/// Processor time of all children that have ended: fields 16 and 17 of /proc/self/stat, in hundredths.
fn children_time() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let behind = stat.rsplit_once(')').map_or("", |(_, behind)| behind);
    let fields: Vec<f64> = behind.split_whitespace().filter_map(|field| field.parse().ok()).collect();
    // The state, a letter, is dropped by the parse; so the sixteenth field has place 12.
    fields.get(12).zip(fields.get(13)).map_or(0.0, |(user, system)| (user + system) / 100.0)
}
