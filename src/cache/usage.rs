//! How much a run took from the cache.

/// Articles taken from the cache and articles computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CacheUsage {
    /// Articles whose rows were in the cache.
    pub found: usize,
    /// Articles whose rows were computed.
    pub computed: usize,
    /// Why the folder could not be written, if it could not.
    pub write_error: Option<String>,
}
