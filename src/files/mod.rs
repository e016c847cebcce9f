//! Opening files that strangers may have prepared, and recognising folders that stance
//! wrote. Every stage that touches the disk asks here, so that the rule exists once.

pub(crate) mod open;
pub(crate) mod own;
pub(crate) mod place;

pub use crate::files::open::{none_is_free, open_regular, read_bytes, read_text};
pub use crate::files::own::{FORMAT, MANIFEST, PROGRAM, is_results};
pub use crate::files::place::{path_of, place};
