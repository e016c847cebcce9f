//! Features as numbers.
//!
//! Lives here: hashing. May not live here: which features there are.

/// Mixes a feature's template with its values into 32 bits whose upper part
/// is well spread.
#[inline]
pub fn mix(template: u32, values: [u32; 3]) -> u32 {
    let mut hash = template.wrapping_mul(0x9e37_79b1) ^ 0x85eb_ca6b;
    for value in values {
        hash = (hash.rotate_left(13) ^ value).wrapping_mul(0x9e37_79b1);
    }
    hash ^= hash >> 15;
    hash.wrapping_mul(0x2c1b_3c6d)
}

/// A word as a number (FNV-1a).
#[inline]
pub fn word(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
