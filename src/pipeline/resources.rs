//! What articles are processed with.

use crate::attribute::RosterIndex;
use crate::model::{Language, Lexicon, Roster, Scope, Scored, Statement, Text};
use crate::score;
use crate::score::{Matcher, Method, Scale};

/// Everything that articles are processed with.
#[derive(Debug, Clone)]
pub struct Resources {
    /// The rules of each language.
    pub languages: Vec<Language>,
    /// The roster, indexed.
    pub names: RosterIndex,
    /// The lexicons, indexed.
    pub matchers: Vec<Matcher>,
    /// The method of scoring.
    pub method: Method,
    /// The scale of scores, if it is not that of the method.
    pub scale: Scale,
    /// Which attributions count.
    pub scope: Scope,
}

impl Resources {
    /// Indexes roster and lexicons.
    pub fn new(languages: Vec<Language>, roster: &Roster, lexicons: Vec<Lexicon>, method: Method) -> Self {
        let names = RosterIndex::new(roster, &languages);
        let matchers = lexicons.into_iter().map(|lexicon| Matcher::new(lexicon, &languages)).collect();
        Resources { languages, names, matchers, method, scale: Scale::default(), scope: Scope::default() }
    }

    /// The rules of a language.
    pub fn language(&self, code: &str) -> Option<&Language> {
        self.languages.iter().find(|language| language.code == code)
    }

    /// The scores of a statement under every lexicon.
    pub(crate) fn scores(
        &self,
        statement: &Statement,
        text: &Text,
        body: &str,
        language: &Language,
    ) -> Vec<Scored> {
        self.matchers
            .iter()
            .map(|matcher| {
                let Resources { method, scale, .. } = *self;
                let mut scored = score::score(statement, text, body, matcher, language, method);
                score::on_scale(&mut scored, scale, statement, text, matcher.lexicon(), method);
                scored
            })
            .collect()
    }
}
