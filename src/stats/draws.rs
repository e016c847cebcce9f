//! The only random numbers of the statistics: bootstrap replicates, permutations, samples.
//!
//! They are counter based (the output function of SplitMix64; Steele, Lea & Flood 2014) and
//! keyed by the run's seed, the purpose and the replicate, so that neither threads nor the
//! order of calls can change a digit.

use sha2::{Digest, Sha256};

/// The random numbers of one purpose of one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key(u64);

impl Key {
    /// From the run's seed and the parts of the purpose's name.
    pub fn new(seed: u64, purpose: &[&str]) -> Key {
        let mut hasher = Sha256::new();
        hasher.update(seed.to_le_bytes());
        for part in purpose {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        let digest = hasher.finalize();
        let mut first = [0u8; 8];
        first.copy_from_slice(&digest[..8]);
        Key(u64::from_le_bytes(first))
    }

    /// The random numbers of one replicate; what is drawn once takes replicate 0.
    pub fn replicate(self, replicate: usize) -> Draws {
        Draws { state: mix(self.0 ^ mix(replicate as u64 + 1)), spare: None }
    }
}

/// The output function of SplitMix64.
fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// A stream of random numbers.
#[derive(Debug, Clone)]
pub struct Draws {
    state: u64,
    spare: Option<u32>,
}

impl Draws {
    /// The next 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.state)
    }

    /// A whole number below `n`; 0 where `n` is 0. `n` must be below 2^32, and every number
    /// is then as likely as any other to within n / 2^32.
    pub fn below(&mut self, n: usize) -> usize {
        let half = match self.spare.take() {
            Some(half) => half,
            None => {
                let both = self.bits();
                self.spare = Some(both as u32);
                (both >> 32) as u32
            }
        };
        bounded(u64::from(half), n as u64)
    }

    /// A number in [0, 1).
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Fills `into` with as many numbers below `count` as `count`, drawn with replacement.
    pub fn resample(&mut self, count: usize, into: &mut Vec<usize>) {
        into.clear();
        into.extend((0..count).map(|_| self.below(count)));
    }

    /// Puts values into random order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, values: &mut [T]) {
        for last in (1..values.len()).rev() {
            values.swap(last, self.below(last + 1));
        }
    }
}

/// A whole number below `n` from 32 random bits.
pub fn bounded(half: u64, n: u64) -> usize {
    ((half * n) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_drawn_as_often() {
        let mut counts = [0usize; 7];
        let mut draws = Key::new(3, &["even"]).replicate(0);
        for _ in 0..70_000 {
            counts[draws.below(7)] += 1;
        }
        assert!(counts.iter().all(|count| (9_700..10_300).contains(count)), "{counts:?}");
    }

    #[test]
    fn a_stream_depends_on_seed_purpose_and_replicate() {
        let bits = |seed, purpose: &[&str], replicate| Key::new(seed, purpose).replicate(replicate).bits();
        let one = bits(1, &["a", "b"], 0);
        assert_eq!(one, bits(1, &["a", "b"], 0));
        for other in [bits(2, &["a", "b"], 0), bits(1, &["ab", ""], 0), bits(1, &["a", "b"], 1)] {
            assert_ne!(one, other);
        }
    }

    #[test]
    fn a_shuffle_keeps_all_values() {
        let mut values: Vec<usize> = (0..50).collect();
        Key::new(1, &["a"]).replicate(0).shuffle(&mut values);
        assert_ne!(values, (0..50).collect::<Vec<_>>());
        values.sort_unstable();
        assert_eq!(values, (0..50).collect::<Vec<_>>());
    }
}
