//! Gives the program a fingerprint of its own source, by which the cache of results
//! knows that another program made them.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

fn add(path: &Path, hasher: &mut DefaultHasher) {
    if path.is_dir() {
        let mut entries: Vec<_> = std::fs::read_dir(path)
            .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
            .unwrap_or_default();
        entries.sort();
        entries.iter().for_each(|entry| add(entry, hasher));
    } else {
        path.hash(hasher);
        std::fs::read(path).unwrap_or_default().hash(hasher);
    }
}

fn main() {
    let mut hasher = DefaultHasher::new();
    for path in ["src", "Cargo.toml", "Cargo.lock", "build.rs"] {
        println!("cargo:rerun-if-changed={path}");
        add(Path::new(path), &mut hasher);
    }
    println!("cargo:rustc-env=STANCE_SOURCE={:016x}", hasher.finish());
}
