//! Integration tests: the binary on real files, and the laws of the layout.
//! One binary, because each one links polars.

mod bombs;
mod cache;
mod composition;
mod dates;
mod discover;
mod endings;
mod evaluate;
mod explain;
mod hostile;
mod init;
mod inputs;
mod laws;
mod layout;
mod lexicon;
mod limits;
mod links;
mod messages;
mod mistakes;
mod outputs;
mod page;
mod pooled;
mod presets;
mod real_column;
mod records;
mod safety;
mod sample;
mod sampling;
mod sentences;
mod simulation;
mod statements;
mod support;
mod terminal;
mod trends;
mod unchanged;
mod verify;
