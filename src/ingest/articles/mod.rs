//! From files and records to articles, whatever their format.

pub(crate) mod docx;
pub(crate) mod from_file;
pub(crate) mod html;
pub(crate) mod markup;
pub(crate) mod reader;
pub(crate) mod record_file;
pub(crate) mod statement_records;
