//! The plain values that all stages share. Imports nothing else of the project.

pub mod actor;
pub mod article;
pub mod choice;
pub mod coding;
pub mod interned;
pub mod language;
pub mod lexicon;
pub mod plural;
pub mod pooled;
pub(crate) mod scored;
pub mod statement;
pub mod tagger_weights;
pub mod term;
pub mod text;
pub mod visible;
pub mod weight_table;

pub use crate::model::actor::{Actor, ActorKind, Country, Office, Roster};
pub use crate::model::article::{Article, DateBasis, InputFile, Published, Record, Skipped};
pub use crate::model::choice::{Choice, UnknownWord};
pub use crate::model::coding::{Coded, Gold};
pub use crate::model::interned::Name;
pub use crate::model::language::calendar::CalendarKind;
pub use crate::model::language::cue::{Cue, CueClass, Takes};
pub use crate::model::language::declension::{Declension, Declensions};
pub use crate::model::language::ending::Ending;
pub use crate::model::language::gender::Gender;
pub use crate::model::language::possessive::Possessives;
pub use crate::model::language::preset::PresetRole;
pub use crate::model::language::pronoun::{Pronoun, PronounRole};
pub use crate::model::language::shifter::{Shifter, ShifterKind, ShifterScope};
pub use crate::model::language::title::{Role, Title};
pub use crate::model::language::{Language, WordMap};
pub use crate::model::lexicon::{
    Axis, Calibration, Derived, Entry, EntryKind, Lexicon, Pattern, PatternPart,
};
pub use crate::model::plural::counted;
pub use crate::model::pooled::{PooledPoint, PooledPosition};
pub use crate::model::scored::blocks::Blocks;
pub use crate::model::scored::counting::{Counting, Voice, word_count};
pub use crate::model::scored::hit::{Hit, NoScore, Score, Scored, Status};
pub use crate::model::scored::row::{Duplicate, Row};
pub use crate::model::scored::shift::{Analysis, ChangePoint, Event, Fit, Shift, Window, bounds};
pub use crate::model::scored::table::{NameTable, ScoredRow, Scores};
pub use crate::model::scored::trend::{
    Flag, IntervalBasis, Line, LinePoint, LogOdds, Observation, Period, Slope, TrendPoint,
};
pub use crate::model::statement::{
    AUTHOR, Attributed, Form, Held, Precision, Said, Scope, Speaker, Statement, middle,
};
pub use crate::model::tagger_weights::{Annotation, Learned, TaggerTables};
pub use crate::model::term::TermShift;
pub use crate::model::text::token_flags::{TokenFlag, TokenFlags, WordClass};
pub use crate::model::text::{Paragraph, Quotation, Sentence, Span, Text, Token, TokenKind, glob};
pub use crate::model::visible::{hidden, visible, visible_line};
pub use crate::model::weight_table::WeightTable;
