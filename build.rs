//! Gives the program a fingerprint of its own source, by which the cache of results knows
//! that another program made them, and a table of the files that it carries.

use std::fmt::Write;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// Folders whose files are embedded, from the root of the repository.
const EMBEDDED: [&str; 3] = ["lexicons", "data/actors", "data/events"];

/// All files of a folder, sorted; a file is a folder of itself. Hidden files are left out.
fn files(path: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(path) else {
        found.push(path.to_path_buf());
        return;
    };
    let mut entries: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    let hidden = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    entries.iter().filter(|entry| !hidden(entry)).for_each(|entry| files(entry, found));
}

fn fingerprint() -> u64 {
    let mut hasher = DefaultHasher::new();
    for path in ["src", "Cargo.toml", "Cargo.lock", "build.rs"] {
        println!("cargo:rerun-if-changed={path}");
        let mut found = Vec::new();
        files(Path::new(path), &mut found);
        for file in found {
            file.hash(&mut hasher);
            std::fs::read(file).unwrap_or_default().hash(&mut hasher);
        }
    }
    hasher.finish()
}

/// The source of a table of name and bytes, sorted by name. The compiler reads the bytes:
/// tables of numbers would take it long.
fn embedded(root: &Path) -> String {
    let mut found = Vec::new();
    for folder in EMBEDDED {
        println!("cargo:rerun-if-changed={}", root.join(folder).display());
        files(&root.join(folder), &mut found);
    }
    let mut table = String::from("&[\n");
    found.sort();
    for file in found {
        let name = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        let _ = writeln!(table, "    ({name:?}, include_bytes!({:?})),", file.display().to_string());
    }
    table.push_str("]\n");
    table
}

fn main() {
    println!("cargo:rustc-env=STANCE_SOURCE={:016x}", fingerprint());
    let here = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    // The fuzz targets are a package in a folder of the repository and use this script too.
    let root = if here.join("lexicons").is_dir() { here } else { here.join("..") };
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    if let Err(cause) = std::fs::write(out.join("embedded.rs"), embedded(&root)) {
        println!("cargo:warning=the table of embedded files cannot be written: {cause}");
        std::process::exit(1);
    }
}
