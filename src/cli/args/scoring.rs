//! Options of scoring.

use crate::cli::args::analysis::name;
use crate::project::settings::Settings;
use crate::score::Method;
use clap::{Args, ValueEnum};

/// How statements are scored and on what scale.
#[derive(Args, Debug, Clone, Copy)]
pub struct ScoringArgs {
    /// How statements are scored [default: compositional]
    #[arg(long, value_enum)]
    pub method: Option<MethodArg>,
    /// The scale of the scores [default: mean]
    #[arg(long, value_enum)]
    pub scale: Option<ScaleArg>,
}

impl ScoringArgs {
    /// Writes the flags that were given into settings.
    pub fn fill(&self, settings: &mut Settings) {
        settings.method = self.method.map(name);
        settings.scale = self.scale.map(name);
    }
}

/// How statements are scored.
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum MethodArg {
    /// Targets, appraisals, negation and the other shifters
    Compositional,
    /// Plain counting of dictionary words, for comparison
    Count,
    /// quanteda's look-up, as textstat_polarity does it (scope dictionary)
    Quanteda,
    /// quanteda's look-up, nested matches of other keys counted too (scope key)
    QuantedaKey,
    /// Lexicoder: a look-up in which a negated word counts on the other pole
    Lsd,
    /// VADER's rules with your weights (times 4) and this language's word lists
    Vader,
    /// sentimentr's formula as it is coded
    Sentimentr,
    /// sentometrics' clusters of valence shifters
    Cluster,
}

/// On what scale scores are.
#[derive(ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScaleArg {
    /// The method's own, from -1 to 1
    Mean,
    /// (P - N) / (P + N), P and N being what stands on the two poles
    Proportion,
    /// (P - N) / words; for quanteda and lsd by features, as quanteda counts them
    Share,
    /// ln((P + 0.5) / (N + 0.5)), without ends
    Logit,
    /// Mean weight of the hits
    Valence,
    /// Sum of weights by words
    ValenceShare,
    /// Sum of weights, without ends
    ValenceSum,
}

impl From<MethodArg> for Method {
    fn from(method: MethodArg) -> Method {
        match method {
            MethodArg::Compositional => Method::Compositional,
            MethodArg::Count => Method::Count,
            MethodArg::Quanteda => Method::Quanteda,
            MethodArg::QuantedaKey => Method::QuantedaKey,
            MethodArg::Lsd => Method::Lsd,
            MethodArg::Vader => Method::Vader,
            MethodArg::Sentimentr => Method::Sentimentr,
            MethodArg::Cluster => Method::Cluster,
        }
    }
}
