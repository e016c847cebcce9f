//! Hash functions for features and words.

/// Hashes a feature's template and values to 32 bits: the upper half of a sum with odd random
/// factors.
#[inline(always)]
pub fn mix(template: u32, values: [u32; 3]) -> u32 {
    let [a, b, c] = values.map(u64::from);
    let sum = (u64::from(template).wrapping_mul(0x9e37_79b9_7f4a_7c15))
        .wrapping_add(a.wrapping_mul(0xd6e8_feb8_6659_fd93))
        .wrapping_add(b.wrapping_mul(0xa076_1d64_78bd_642f))
        .wrapping_add(c.wrapping_mul(0xe703_7ed1_a0b4_28db));
    ((sum ^ sum >> 32).wrapping_mul(0x8ebc_6af0_9c88_c6e3) >> 32) as u32
}

/// Hash of a word (FNV-1a).
#[inline]
pub fn word(word: &str) -> u32 {
    word.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
