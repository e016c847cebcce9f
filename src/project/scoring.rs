//! How statements are scored and on what scale, as a project sets it.

use crate::error::{Error, Result};
use crate::project::settings::Settings;
use crate::score::{Method, Scale};

/// Methods by their names.
const METHODS: [(&str, Method); 8] = [
    ("compositional", Method::Compositional),
    ("count", Method::Count),
    ("quanteda", Method::Quanteda),
    ("quanteda-key", Method::QuantedaKey),
    ("lsd", Method::Lsd),
    ("vader", Method::Vader),
    ("sentimentr", Method::Sentimentr),
    ("cluster", Method::Cluster),
];

/// Scales by their names.
const SCALES: [(&str, Scale); 7] = [
    ("mean", Scale::Mean),
    ("proportion", Scale::Proportion),
    ("share", Scale::Share),
    ("logit", Scale::Logit),
    ("valence", Scale::Valence),
    ("valence-share", Scale::ValenceShare),
    ("valence-sum", Scale::ValenceSum),
];

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
        let method = settings.word("method", &settings.method, &METHODS)?.unwrap_or(Method::Compositional);
        let scale = settings.word("scale", &settings.scale, &SCALES)?.unwrap_or_default();
        let scoring = Scoring { method, scale };
        if scale != Scale::Mean && method.has_own_scale() {
            let error = Error::input(
                "--scale",
                format!("--method {} has a formula of its own", scoring.method_name()),
                "leave --scale out, or use --method count, quanteda, lsd or compositional",
            );
            return settings.blame("scale", Err(error));
        }
        Ok(scoring)
    }

    /// The name of the method.
    pub fn method_name(self) -> &'static str {
        METHODS.iter().find(|(_, method)| *method == self.method).map_or("", |(name, _)| name)
    }

    /// The name of the scale.
    pub fn scale_name(self) -> &'static str {
        SCALES.iter().find(|(_, scale)| *scale == self.scale).map_or("", |(name, _)| name)
    }

    /// What the caption of a chart says of it.
    pub fn caption(self) -> String {
        let method = match self.method {
            Method::Compositional => "compositional lexicon score",
            Method::Count => "plain dictionary count",
            Method::Quanteda | Method::QuantedaKey => "dictionary look-up as in quanteda",
            Method::Lsd => "dictionary look-up with Lexicoder's negation",
            Method::Vader => "VADER's rules on this lexicon",
            Method::Sentimentr => "sentimentr's formula on this lexicon",
            Method::Cluster => "clusters of valence shifters on this lexicon",
        };
        match self.scale.formula() {
            "" => method.to_string(),
            formula => format!("{method}, {formula}"),
        }
    }
}
