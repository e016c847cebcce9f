//! Opening files that strangers may have prepared, and recognising folders that stance
//! wrote. Every stage that touches the disk asks here, so that the rule exists once.

mod open;
mod own;
mod place;

pub use open::{none_is_free, open_regular, read_bytes, read_text};
pub use own::{FORMAT, MANIFEST, PROGRAM, is_results};
pub use place::{path_of, place};
