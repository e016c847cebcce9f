//! Interned names of axes, terms and features.
//!
//! Interning is machinery and still in `model`, because hits and scores hold these names and millions of
//! them must not each own a string. Interned names are never freed: never intern words of texts.

use serde::{Serialize, Serializer};
use std::cmp::Ordering;
use std::collections::HashSet;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::{LazyLock, Mutex, PoisonError};

/// A name that is stored once for the whole program, so that copies cost no memory and comparisons compare
/// pointers. It is never freed: only for names from lexicons, never for words of texts.
#[derive(Clone, Copy, Default, Eq)]
pub struct Name(&'static str);

static INTERNED: LazyLock<Mutex<HashSet<&'static str>>> = LazyLock::new(Mutex::default);

impl Name {
    /// Interns a name. Takes a lock: call it once and copy the result.
    pub fn of(name: &str) -> Name {
        if name.is_empty() {
            return Name::default();
        }
        let mut known = INTERNED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known.get(name) {
            return Name(found);
        }
        let kept: &'static str = Box::leak(name.into());
        known.insert(kept);
        Name(kept)
    }

    /// The name, if it is interned already.
    pub fn known(name: &str) -> Option<Name> {
        INTERNED.lock().unwrap_or_else(PoisonError::into_inner).get(name).map(|found| Name(found))
    }

    /// The name as text.
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        // Every name is stored once, except the empty one.
        self.0.len() == other.0.len() && (self.0.is_empty() || std::ptr::eq(self.0, other.0))
    }
}

impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Name {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(other.0)
    }
}

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        self.0
    }
}

impl AsRef<str> for Name {
    fn as_ref(&self) -> &str {
        self.0
    }
}

impl From<&str> for Name {
    fn from(name: &str) -> Self {
        Name::of(name)
    }
}

impl From<String> for Name {
    fn from(name: String) -> Self {
        Name::of(&name)
    }
}

impl From<&String> for Name {
    fn from(name: &String) -> Self {
        Name::of(name)
    }
}

impl From<Name> for String {
    fn from(name: Name) -> Self {
        name.0.to_string()
    }
}

impl PartialEq<str> for Name {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Name {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl PartialEq<String> for Name {
    fn eq(&self, other: &String) -> bool {
        self.0 == other
    }
}

impl PartialEq<Name> for String {
    fn eq(&self, other: &Name) -> bool {
        self == other.0
    }
}

impl PartialEq<Name> for str {
    fn eq(&self, other: &Name) -> bool {
        self == other.0
    }
}

impl PartialEq<Name> for &str {
    fn eq(&self, other: &Name) -> bool {
        *self == other.0
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.0, f)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.0, f)
    }
}

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_names_are_one_copy() {
        let (one, two) = (Name::of("sovereignty of test"), Name::from("sovereignty of test".to_string()));
        assert!(std::ptr::eq(one.as_str(), two.as_str()));
        assert_eq!(one, "sovereignty of test");
        assert_eq!(Name::known("sovereignty of test"), Some(one));
        assert_eq!(Name::known("a name that nobody bears"), None);
        assert_eq!(Name::of(""), Name::default());
    }
}
