//! A hash over several values.

use sha2::{Digest, Sha256};

/// SHA-256 over values, each with its length, so that different lists of values cannot give the same
/// input.
#[derive(Debug, Clone, Default)]
pub struct HashBuilder(Sha256);

impl HashBuilder {
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

    /// The hash as 64 hexadecimal digits.
    pub fn hex(self) -> String {
        self.bytes().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(values: &[&str]) -> String {
        let mut hash = HashBuilder::default();
        for value in values {
            hash.add(value);
        }
        hash.hex()
    }

    #[test]
    fn values_do_not_run_together() {
        assert_eq!(hex(&["ab", "c"]), hex(&["ab", "c"]));
        for other in [&["a", "bc"][..], &["abc"], &["ab", "c", ""], &["c", "ab"]] {
            assert_ne!(hex(&["ab", "c"]), hex(other), "{other:?}");
        }
    }
}
