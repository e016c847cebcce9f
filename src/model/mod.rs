//! The ground floor: the plain values that every stage speaks of.
//!
//! Lives here: the vocabulary of the project as types (article, actor,
//! statement, lexicon, hit, score, trend). May not live here: reading,
//! writing, or any decision; this module imports nothing of the project.

pub mod actor;
pub mod article;
pub mod blocks;
pub mod counted;
pub mod declension;
pub mod gold;
pub mod language;
pub mod lexicon;
pub mod name;
pub mod row;
pub mod score;
pub mod scores;
pub mod shift;
pub mod statement;
pub mod term;
pub mod text;
pub mod trend;
pub mod visible;
pub mod weights;
pub mod words;

pub use actor::{Actor, ActorKind, Country, Gender, Office, Roster};
pub use article::{Article, DateBasis, InputFile, Published, Record, Skipped};
pub use blocks::Blocks;
pub use counted::counted;
pub use declension::{Declension, Declensions};
pub use gold::{Coded, Gold};
pub use language::{
    CalendarKind, Cue, CueClass, Ending, Language, Pronoun, PronounRole, Shifter, ShifterKind, ShifterScope,
    Takes, Title, WordMap, without_possessive,
};
pub use lexicon::{Axis, Calibration, Derived, Entry, EntryKind, Lexicon, Pattern, PatternPart};
pub use name::Name;
pub use row::{Duplicate, Row};
pub use score::{Hit, NoScore, Score, Scored, Status};
pub use scores::{Names, ScoredRow, Scores};
pub use shift::{Analysis, ChangePoint, Event, Fit, Shift, Window, bounds};
pub use statement::{AUTHOR, Attributed, Form, Held, Precision, Said, Scope, Speaker, Statement, middle};
pub use term::TermShift;
pub use text::{Paragraph, Quotation, Sentence, Span, Text, Token, TokenKind, glob};
pub use trend::{Flag, Line, LinePoint, LogOdds, Observation, Period, Slope, TrendPoint};
pub use visible::{hidden, visible, visible_line};
pub use weights::{Annotation, Learned, TaggerTables, WeightTable};
pub use words::{Fact, Facts, WordClass};
