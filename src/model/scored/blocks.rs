//! A list that grows without being copied. A full `Vec` is copied into one of twice the size, so that three
//! times its values are in memory at that moment; with millions of values this decides how much memory a
//! run needs.

/// Number of values in each block.
const BLOCK: usize = 1 << 14;

/// A list in blocks of the same length.
#[derive(Debug, Clone)]
pub struct Blocks<T> {
    /// All but the last are full.
    blocks: Vec<Vec<T>>,
}

impl<T> Default for Blocks<T> {
    fn default() -> Self {
        Blocks { blocks: Vec::new() }
    }
}

impl<T: Copy> Blocks<T> {
    /// Number of values.
    pub fn len(&self) -> usize {
        self.blocks.last().map_or(0, |last| (self.blocks.len() - 1) * BLOCK + last.len())
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Adds a value at the end.
    pub fn push(&mut self, value: T) {
        match self.blocks.last_mut() {
            Some(last) if last.len() < BLOCK => last.push(value),
            // The first block grows, because most lists are short.
            None => self.blocks.push(vec![value]),
            Some(_) => {
                let mut block = Vec::with_capacity(BLOCK);
                block.push(value);
                self.blocks.push(block);
            }
        }
    }

    /// The value with a number, counted from 0.
    pub fn get(&self, index: usize) -> Option<T> {
        self.blocks.get(index / BLOCK)?.get(index % BLOCK).copied()
    }

    /// The last value.
    pub fn last(&self) -> Option<T> {
        self.blocks.last()?.last().copied()
    }

    /// All values in order.
    pub fn iter(&self) -> impl Iterator<Item = T> + '_ {
        self.blocks.iter().flatten().copied()
    }
}

impl<T> std::ops::Index<usize> for Blocks<T> {
    type Output = T;

    fn index(&self, index: usize) -> &T {
        &self.blocks[index / BLOCK][index % BLOCK]
    }
}

impl<T> std::ops::IndexMut<usize> for Blocks<T> {
    fn index_mut(&mut self, index: usize) -> &mut T {
        &mut self.blocks[index / BLOCK][index % BLOCK]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_comes_out_in_order() {
        for length in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 7] {
            let mut blocks = Blocks::default();
            (0..length).for_each(|n| blocks.push(n * 3));
            assert_eq!((blocks.len(), blocks.is_empty()), (length, length == 0));
            assert_eq!(blocks.last(), length.checked_sub(1).map(|n| n * 3));
            assert!(blocks.iter().eq((0..length).map(|n| n * 3)));
            assert!((0..length).all(|n| blocks[n] == n * 3 && blocks.get(n) == Some(n * 3)));
            assert_eq!(blocks.get(length), None);
            if length > 0 {
                blocks[length - 1] = 1;
                assert_eq!(blocks.last(), Some(1));
            }
        }
    }
}
