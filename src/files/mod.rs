//! Opens files that may be prepared to do harm, and recognises results folders of stance. All stages that
//! use the disk share these rules.

pub(crate) mod open;
pub(crate) mod own;
pub(crate) mod place;

pub use crate::files::open::{none_is_free, open_regular, read_bytes, read_text};
pub use crate::files::own::{FORMAT, MANIFEST, PROGRAM, is_results};
pub use crate::files::place::{path_of, place};
