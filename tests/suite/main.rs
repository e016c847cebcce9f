//! Integration tests: the binary on real files, and the laws of the layout.
//! One binary, because each one links polars.

mod composition;
mod discover;
mod evaluate;
mod explain;
mod laws;
mod layout;
mod lexicon;
mod messages;
mod page;
mod real_column;
mod sample;
mod sentences;
mod statements;
mod support;
