//! What a project sets: from settings to the options of each stage.

pub(crate) mod analysis;
pub(crate) mod chart_files;
pub(crate) mod date_by;
pub(crate) mod reading;
pub(crate) mod scoring;
pub(crate) mod settings;
