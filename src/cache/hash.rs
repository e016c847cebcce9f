//! A hash over many values.
//!
//! Lives here: how values are put one behind the other. May not live here: which.

use sha2::{Digest, Sha256};

/// SHA-256 over values that cannot run together: each comes with its length.
#[derive(Debug, Clone, Default)]
pub struct Pieces(Sha256);

impl Pieces {
    /// Adds a value.
    pub fn add(&mut self, bytes: impl AsRef<[u8]>) -> &mut Self {
        let bytes = bytes.as_ref();
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
        self
    }

    /// The hash.
    pub fn bytes(self) -> [u8; 32] {
        self.0.finalize().into()
    }

    /// The hash as 64 digits.
    pub fn hex(self) -> String {
        self.bytes().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(values: &[&str]) -> String {
        let mut pieces = Pieces::default();
        for value in values {
            pieces.add(value);
        }
        pieces.hex()
    }

    #[test]
    fn values_do_not_run_together() {
        assert_eq!(hex(&["ab", "c"]), hex(&["ab", "c"]));
        for other in [&["a", "bc"][..], &["abc"], &["ab", "c", ""], &["c", "ab"]] {
            assert_ne!(hex(&["ab", "c"]), hex(other), "{other:?}");
        }
    }
}
