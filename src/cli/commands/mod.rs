//! One file a command: its options, one call, and what it prints.

pub(crate) mod actors;
pub(crate) mod attribute;
pub(crate) mod calibrate;
pub(crate) mod evaluate;
pub(crate) mod explain;
pub(crate) mod init;
pub(crate) mod run;
pub(crate) mod sample;
pub(crate) mod score;
pub(crate) mod train;
pub(crate) mod trend;
pub(crate) mod verify;
