//! The files that this program carries: languages, lexicons, rosters and events, as they
//! lie in the repository. `build.rs` writes the table.

/// Name and bytes of every file, sorted by name: "lexicons/sentiment/terms.en.csv".
static FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The bytes of a file.
pub fn file(name: &str) -> Option<&'static [u8]> {
    let at = FILES.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
    FILES.get(at).map(|(_, bytes)| *bytes)
}

/// Name and bytes of all files of a folder and its folders, sorted by name; of a file, only
/// its own.
pub fn below(folder: &str) -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let inside = move |name: &str| {
        name.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    FILES.iter().copied().filter(move |(name, _)| inside(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_by_name_and_by_folder() {
        assert!(FILES.is_sorted_by(|one, two| one.0 < two.0));
        for (name, bytes) in FILES {
            assert_eq!(file(name), Some(*bytes), "{name}");
            let disk = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
            assert_eq!(std::fs::read(&disk).unwrap(), *bytes, "{name}");
        }
        assert!(below("lexicons/sentiment").any(|(name, _)| name == "lexicons/sentiment/lexicon.toml"));
        assert_eq!(below("lexicons/sent").count(), 0);
        assert_eq!(below("data/events/belarus-russia.csv").count(), 1);
        assert_eq!(file("lexicons/sentiment"), None);
    }
}
