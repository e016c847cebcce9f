//! How statements are scored and on what scale, as a project sets it.

use crate::error::{Error, Result};
use crate::model::Choice;
use crate::project::options::settings::Settings;
use crate::score::{Method, Scale};

/// How statements are scored and on what scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scoring {
    pub method: Method,
    pub scale: Scale,
}

impl Scoring {
    /// The scoring that settings name; compositional, on its own scale, where they are silent.
    ///
    /// # Errors
    /// For unknown words, and for a scale of a method that has a formula of its own.
    pub fn new(settings: &Settings) -> Result<Scoring> {
        let method: Method = settings.word("method", &settings.method)?.unwrap_or_default();
        let scale: Scale = settings.word("scale", &settings.scale)?.unwrap_or_default();
        if scale != Scale::Mean && method.has_own_scale() {
            let error = Error::input(
                "--scale",
                format!("--method {} has a formula of its own", method.as_str()),
                "leave --scale out, or use --method count, quanteda, lsd or compositional",
            );
            return settings.blame("scale", Err(error));
        }
        Ok(Scoring { method, scale })
    }
}
