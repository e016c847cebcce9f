//! Text that is made to be slow costs no more a megabyte than prose.
//!
//!     cargo bench --bench hostile
//!
//! Each text has 5 MB in one article (1 million sentences are 6 MB) and is read
//! with one thread; the figure is its time a megabyte over that of prose made of
//! invented sentences, in the same run.

use std::process::{Command, Stdio};
use std::time::Instant;

const SIZE: usize = 5_000_000;

fn main() {
    let prose = "Governor Lind said on Monday that the union would not be joined, because the country’s \
                 sovereignty is worth more. “We will not give it up,” she told reporters in the capital. \
                 The harbour was closed for two days after the storm, and trade fell by a tenth.\n\n";
    let many = |piece: &str, bytes: usize| piece.repeat(bytes / piece.len());
    let texts: [(&str, String); 12] = [
        ("prose", many(prose, SIZE)),
        ("one letter", many("a", SIZE)),
        ("quotation marks", many("“", SIZE)),
        ("straight quotation marks", many("\"", SIZE)),
        ("said said said", many("said ", SIZE)),
        ("nested quotations", many("“he said ‘", SIZE / 2) + &many("’ she said” ", SIZE / 2)),
        ("1 million sentences", many("It is. ", 7_000_000)),
        ("names", many("Anna Lind ", SIZE)),
        ("initials", many("J. R. ", SIZE)),
        ("brackets", many("((", SIZE)),
        ("terms of the lexicon", many("sovereignty union ", SIZE)),
        ("commas", many("not, ", SIZE)),
    ];
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut base = None;
    for (name, text) in texts {
        let path = folder.path().join("2019-03-01_text.txt");
        std::fs::write(&path, &text).expect("a file");
        let start = Instant::now();
        let done = Command::new(env!("CARGO_BIN_EXE_stance"))
            .args(["score", &path.display().to_string(), "--language", "en", "--threads", "1", "-q"])
            .args(["--out", &folder.path().join("out").display().to_string()])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stderr(Stdio::null())
            .status()
            .expect("the binary starts");
        let each = start.elapsed().as_secs_f64() / (text.len() as f64 / 1e6);
        let base = *base.get_or_insert(each);
        let end = if done.success() { "" } else { "   (no result)" };
        println!("{name:<26} {each:>7.3} s/MB  {:>5.2} x prose{end}", each / base);
    }
}
