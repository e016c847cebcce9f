//! The source as files and what they import of each other. Understands `crate::`, `super::`,
//! `self::`, grouped imports, paths in the code, and names that a module hands on with
//! `pub use`: what counts is the file in which a name is defined.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A source file.
pub struct Module {
    /// "crate", then the names of the modules down to this one.
    pub path: Vec<String>,
    /// Its text without comments and without tests at its end.
    pub code: String,
}

/// The files of the library below `src`, by their path there.
pub struct Source {
    pub modules: BTreeMap<String, Module>,
    /// For each file, the files whose names it uses.
    pub imports: BTreeMap<String, BTreeSet<String>>,
}

impl Source {
    /// Reads all files of the library; `lib.rs`, which only declares modules, is left out.
    pub fn read(folder: &Path) -> Source {
        let mut modules = BTreeMap::new();
        for entry in walk(folder) {
            let relative = entry.strip_prefix(folder).expect("below").to_string_lossy().replace('\\', "/");
            let Some(stem) = relative.strip_suffix(".rs").filter(|stem| !["lib", "main"].contains(stem))
            else {
                continue;
            };
            let names = stem.split('/').filter(|name| *name != "mod").map(str::to_string);
            let path = ["crate".to_string()].into_iter().chain(names).collect();
            let text = std::fs::read_to_string(&entry).expect("source");
            let code = if text.contains("#![cfg(test)]") { String::new() } else { code(&text) };
            modules.insert(relative, Module { path, code });
        }
        let names = Names::new(&modules);
        let imports =
            modules.iter().map(|(file, module)| (file.clone(), names.imports(file, module))).collect();
        Source { modules, imports }
    }

    /// Groups of files that import each other in a circle, sorted.
    pub fn circles(&self) -> Vec<Vec<&str>> {
        let reach: BTreeMap<&str, BTreeSet<&str>> =
            self.modules.keys().map(|file| (file.as_str(), self.reachable(file))).collect();
        let mut circles: BTreeSet<Vec<&str>> = BTreeSet::new();
        for (file, found) in &reach {
            let circle: Vec<&str> =
                found.iter().copied().filter(|other| reach[other].contains(file)).collect();
            if circle.len() > 1 {
                circles.insert(circle);
            }
        }
        circles.into_iter().collect()
    }

    fn reachable(&self, from: &str) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        let mut open: Vec<&str> = self.imports[from].iter().map(String::as_str).collect();
        while let Some(file) = open.pop() {
            if found.insert(file) {
                open.extend(self.imports[file].iter().map(String::as_str));
            }
        }
        found
    }
}

fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder of the source").flatten() {
        let path = entry.path();
        match path.is_dir() {
            true => all.extend(walk(&path)),
            false => all.push(path),
        }
    }
    all
}

/// A text without comments and without the tests at its end.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or("");
    text.lines().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n")
}

/// `{a, b::{c, d as e}}` as paths with the name that each gets.
fn flattened(tree: &str, before: &[String], all: &mut Vec<(Vec<String>, String)>) {
    let tree = tree.trim();
    if let Some((front, group)) = tree.split_once('{').filter(|_| tree.ends_with('}')) {
        let mut path = before.to_vec();
        path.extend(front.split("::").map(str::trim).filter(|name| !name.is_empty()).map(str::to_string));
        let group = &group[..group.len() - 1];
        let (mut depth, mut start) = (0, 0);
        for (at, character) in group.char_indices() {
            match character {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    flattened(&group[start..at], &path, all);
                    start = at + 1;
                }
                _ => {}
            }
        }
        return flattened(&group[start..], &path, all);
    }
    if tree.is_empty() {
        return;
    }
    let (path, alias) = tree.split_once(" as ").unwrap_or((tree, ""));
    let mut names = before.to_vec();
    names.extend(
        path.split("::")
            .map(|name| name.trim().to_string())
            .filter(|name| name != "self" || before.is_empty()),
    );
    let last = names.last().cloned().unwrap_or_default();
    all.push((names, if alias.is_empty() { last } else { alias.trim().to_string() }));
}

/// The `use` declarations of a text, public ones or the others, and the text without them.
fn uses(code: &str) -> (Vec<String>, Vec<String>, String) {
    let (mut public, mut private, mut rest) = (Vec::new(), Vec::new(), String::new());
    let mut open: Option<(bool, String)> = None;
    for line in code.lines() {
        if let Some((is_public, mut text)) = open.take() {
            text.push_str(line.trim());
            match text.strip_suffix(';') {
                Some(whole) if is_public => public.push(whole.to_string()),
                Some(whole) => private.push(whole.to_string()),
                None => open = Some((is_public, text)),
            }
            continue;
        }
        let trimmed = line.trim_start();
        let after = trimmed.strip_prefix("pub").map(|rest| match rest.strip_prefix('(') {
            Some(inner) => inner.split_once(')').map_or("", |(_, rest)| rest).trim_start(),
            None => rest.trim_start(),
        });
        match after.unwrap_or(trimmed).strip_prefix("use ") {
            Some(tree) => match tree.trim().strip_suffix(';') {
                Some(whole) if after.is_some() => public.push(whole.to_string()),
                Some(whole) => private.push(whole.to_string()),
                None => open = Some((after.is_some(), tree.trim().to_string())),
            },
            None => {
                rest.push_str(line);
                rest.push('\n');
            }
        }
    }
    (public, private, rest)
}

/// Which file defines what a path names.
struct Names<'a> {
    files: BTreeMap<&'a [String], &'a str>,
    /// What a module hands on: its path and a name, to the path of that.
    handed_on: BTreeMap<(&'a [String], String), Vec<String>>,
}

impl<'a> Names<'a> {
    fn new(modules: &'a BTreeMap<String, Module>) -> Names<'a> {
        let files = modules.iter().map(|(file, module)| (module.path.as_slice(), file.as_str())).collect();
        let mut names = Names { files, handed_on: BTreeMap::new() };
        for module in modules.values() {
            for tree in uses(&module.code).0 {
                for (path, name) in names.absolute(&tree, &module.path) {
                    names.handed_on.insert((&module.path, name), path);
                }
            }
        }
        names
    }

    /// The paths of a `use` from the root on; those of other crates are left out.
    fn absolute(&self, tree: &str, at: &[String]) -> Vec<(Vec<String>, String)> {
        let mut all = Vec::new();
        flattened(tree, &[], &mut all);
        all.into_iter().filter_map(|(path, name)| Some((self.rooted(path, at)?, name))).collect()
    }

    fn rooted(&self, path: Vec<String>, at: &[String]) -> Option<Vec<String>> {
        let up = path.iter().take_while(|name| *name == "super").count();
        if up > 0 {
            let above = at.get(..at.len().checked_sub(up)?)?;
            return Some(above.iter().chain(&path[up..]).cloned().collect());
        }
        match path.first()?.as_str() {
            "crate" => Some(path),
            "self" => Some(at.iter().chain(&path[1..]).cloned().collect()),
            first => {
                let child: Vec<String> = at.iter().cloned().chain([first.to_string()]).collect();
                self.files.contains_key(child.as_slice()).then(|| at.iter().chain(&path).cloned().collect())
            }
        }
    }

    /// The file that defines what a path from the root names.
    fn file(&self, path: &[String], depth: usize) -> Option<&'a str> {
        for length in (1..=path.len()).rev() {
            let Some(file) = self.files.get(&path[..length]) else { continue };
            if let Some(name) = path.get(length).filter(|_| depth < 8)
                && let Some(to) = self.handed_on.get(&(&path[..length], name.clone()))
            {
                let rest: Vec<String> = to.iter().chain(&path[length + 1..]).cloned().collect();
                return self.file(&rest, depth + 1);
            }
            return Some(file);
        }
        None
    }

    fn imports(&self, file: &str, module: &Module) -> BTreeSet<String> {
        let (_, private, rest) = uses(&module.code);
        let mut paths: Vec<Vec<String>> = Vec::new();
        for tree in private {
            paths.extend(self.absolute(&tree, &module.path).into_iter().map(|(path, _)| path));
        }
        // Paths in the code: words with `::` between.
        for chunk in rest.split(|character: char| !(character.is_alphanumeric() || "_:".contains(character)))
        {
            let path: Vec<String> = chunk.split("::").map(str::to_string).collect();
            if path.len() > 1 && path.iter().all(|name| !name.is_empty() && !name.contains(':')) {
                paths.extend(self.rooted(path, &module.path));
            }
        }
        let found = paths.iter().filter_map(|path| self.file(path, 0));
        found.filter(|other| *other != file).map(str::to_string).collect()
    }
}

#[test]
fn all_forms_of_imports_are_seen() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("lib.rs", "mod a; mod b; mod c;");
    write("a/mod.rs", "mod deep;\npub(crate) use deep::Thing;\npub use crate::c::{Other as Renamed};\n");
    write("a/deep.rs", "pub struct Thing; // crate::c\n");
    write(
        "b.rs",
        "use crate::{\n    a::{Renamed, Thing},\n    error,\n};\n#[cfg(test)]\nmod tests { use crate::b2; }\n",
    );
    write("b2.rs", "fn f() { super::b::g(crate::a::Thing) }\n");
    write("c.rs", "use crate::b2;\n");
    write("d.rs", "use std::fmt::{self, Write};\nuse crate::d2::{self};\n");
    write("d2.rs", "fn f() -> self::d2::X { crate::d::f() }\n");
    let source = Source::read(folder.path());
    let imports = |file: &str| source.imports[file].iter().map(String::as_str).collect::<Vec<_>>();
    assert_eq!(imports("b.rs"), ["a/deep.rs", "c.rs"]);
    assert_eq!(imports("b2.rs"), ["a/deep.rs", "b.rs"]);
    assert_eq!(imports("d.rs"), ["d2.rs"]);
    assert_eq!(source.circles(), [vec!["b.rs", "b2.rs", "c.rs"], vec!["d.rs", "d2.rs"]]);
}
