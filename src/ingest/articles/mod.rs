//! From files and records to articles and statements, whatever their format.

pub(crate) mod docx;
pub(crate) mod file_notes;
pub(crate) mod from_file;
pub(crate) mod from_record;
pub(crate) mod html;
pub(crate) mod item;
pub(crate) mod markup;
pub(crate) mod reader;
pub(crate) mod record_file;
pub(crate) mod settle;
pub(crate) mod statements;
