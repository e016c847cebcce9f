//! What a run knows about a language: words and their classes, read from
//! `lexicons/languages/*`.
//!
//! Lives here: the rules as values with look-ups. May not live here: a word
//! of any language (that is data) or a way to read files (see `ingest`).

pub mod declension;

use crate::model::actor::Gender;
use crate::model::language::declension::Declensions;
use crate::model::tagger_weights::Learned;
use crate::model::text::token_flags::{TokenFlag, TokenFlags, WordClass};
use crate::model::text::{Text, glob};
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What a cue makes of what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CueClass {
    /// "said": the speaker stands behind it.
    Neutral,
    /// "praised", "called for": the speaker is for it.
    Endorsing,
    /// "denied", "ruled out": the speaker is against it.
    Denying,
    /// "suggested": weaker than said.
    Hedged,
    /// "recalled": said earlier.
    Recalled,
    /// "asked whether": no claim.
    Questioning,
}

impl CueClass {
    /// All classes with the word used in tables and files.
    pub const ALL: [(CueClass, &'static str); 6] = [
        (CueClass::Neutral, "neutral"),
        (CueClass::Endorsing, "endorsing"),
        (CueClass::Denying, "denying"),
        (CueClass::Hedged, "hedged"),
        (CueClass::Recalled, "recalled"),
        (CueClass::Questioning, "questioning"),
    ];

    /// The word used in tables.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(class, _)| *class == self).map_or("neutral", |(_, word)| word)
    }
}

/// What a cue may govern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Takes {
    /// A clause, with or without "that".
    pub clause: bool,
    /// A quotation (every cue with `clause` takes one too).
    pub quote: bool,
    /// An infinitive ("promised to").
    pub infinitive: bool,
    /// A noun phrase that is the content ("rejected the offer").
    pub object: bool,
    /// A person addressed may stand before the content ("told reporters").
    pub addressee: bool,
    /// The source follows it: "according to X".
    pub prefix: bool,
    /// The source is a possessive inside it: "in his opinion".
    pub possessive: bool,
    /// Nobody is named: "reportedly".
    pub agentless: bool,
    /// A thought, a wish or a plan, no report of speech: "hopes".
    pub thought: bool,
    /// A noun that may attribute: "his claim that".
    pub noun: bool,
    /// Its object is the source: «цитирует Ладогина».
    pub cited: bool,
}

/// One surface form of a cue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// Its lemma ("say").
    pub lemma: String,
    /// The folded words of this form; `~` is the possessive slot.
    pub words: Vec<String>,
    /// What it makes of the content.
    pub class: CueClass,
    /// What it governs.
    pub takes: Takes,
}

/// What a shifter does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ShifterKind {
    /// Turns the sign.
    Negator,
    /// "Without": turns weakly what follows, and with a negator before it makes a
    /// need of it ("no union without").
    Lack,
    /// Strengthens.
    Amplifier,
    /// Weakens.
    Downtoner,
    /// Makes it less certain.
    Hedge,
    /// Makes it depend on something.
    Conditional,
    /// Overrules what stands before it.
    Adversative,
    /// Turns what it introduces when its sentence ends in a question mark
    /// ("who needs", "why should").
    Rhetorical,
    /// Puts what follows in another's mouth ("some say", "they accuse us of").
    OtherView,
    /// Looks like a shifter and is none ("not only").
    Blocker,
}

impl ShifterKind {
    /// All kinds with the word used in files.
    pub const ALL: [(ShifterKind, &'static str); 10] = [
        (ShifterKind::Negator, "negator"),
        (ShifterKind::Lack, "lack"),
        (ShifterKind::Amplifier, "amplifier"),
        (ShifterKind::Downtoner, "downtoner"),
        (ShifterKind::Hedge, "hedge"),
        (ShifterKind::Conditional, "conditional"),
        (ShifterKind::Adversative, "adversative"),
        (ShifterKind::Rhetorical, "rhetorical"),
        (ShifterKind::OtherView, "other_view"),
        (ShifterKind::Blocker, "blocker"),
    ];

    /// The word used in tables.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("blocker", |(_, word)| word)
    }
}

/// Where a shifter works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ShifterScope {
    /// On what follows in the clause.
    Next,
    /// On what precedes in the clause.
    Previous,
    /// On the whole clause.
    Clause,
    /// On what follows in the clause; on what precedes where it stands last.
    Both,
}

/// A word or phrase that changes what it scopes over.
#[derive(Debug, Clone, PartialEq)]
pub struct Shifter {
    /// Folded words, `*` allowed inside each.
    pub words: Vec<String>,
    /// What it does.
    pub kind: ShifterKind,
    /// Multiplier: negators -1 to 0, amplifiers above 1, the rest 0 to 1.
    pub factor: f64,
    /// Where it works.
    pub scope: ShifterScope,
}

/// What part a pronoun plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PronounRole {
    /// "he".
    Subject,
    /// "him".
    Object,
    /// "his".
    Possessive,
    /// "who".
    Relative,
}

/// A pronoun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pronoun {
    /// Unknown means any.
    pub gender: Gender,
    /// "they".
    pub plural: bool,
    /// 1, 2 or 3.
    pub person: u8,
    /// What part it plays.
    pub role: PronounRole,
}

/// A noun for an office or a kind of speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// Folded words, `*` allowed.
    pub words: Vec<String>,
    /// Role id ("head_of_state", "official", "body", "mister").
    pub role: String,
    /// Unknown means any.
    pub gender: Gender,
    /// "presidents".
    pub plural: bool,
}

/// What a word of `calendar.csv` or `dating.csv` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CalendarKind {
    /// Value 1 to 12.
    Month,
    /// Value 1 (Monday) to 7.
    Weekday,
    /// Days from today: yesterday is -1.
    Day,
    /// Value: day, week, month, quarter, year, decade or half year as 0 to 6.
    Unit,
    /// "last" -1, "this" 0, "next" 1, «позапрошлый» -2.
    Direction,
    /// "ago" -1, counted from the day of publication; "earlier" -2, from a time
    /// named before if there is one; «до» -3, the same, with «этого» behind it.
    Ago,
    /// "later" 1; 2 where the account does not move on with it («через»,
    /// "afterwards").
    Later,
    /// "two": value 2; "several": value 0.
    Number,
    /// First month of the season.
    Season,
    /// «г.», «года» after a year.
    YearSuffix,
    /// "s" or «-х» after a decade.
    DecadeSuffix,
    /// "beginning" 1, "middle" 2, "end" 3: a third of what follows; adjectives
    /// ("early") 11 to 13.
    Part,
    /// "first" 1 to "fourth" 4, of halves and quarters.
    Ordinal,
    /// "the same" 0, "the following" 1, "the previous" -1: counted from a time
    /// named before.
    Context,
    /// "weekend": Saturday and Sunday.
    Weekend,
    /// "morning": "this morning" is today, "last night" yesterday.
    DayPart,
    /// "now": the account is back at the day of publication.
    Now,
    /// «летом»: a season that needs no preposition.
    SeasonAdverb,
    /// "nineties": value 90.
    DecadeName,
    /// «февральский»: value 1 to 12; needs a noun for an occasion.
    MonthAdjective,
    /// "between", "from": opens a range. Alone it does not tell when.
    RangeOpen,
    /// "and", "to": joins the ends of a range.
    RangeJoin,
    /// "after", "since", "signed": a time behind it, in the same part of the
    /// sentence, is not the time of the statement. Value 1: of a day behind it
    /// and a meeting or speech it is ("after the talks on Monday").
    Bar,
    /// "for", "by": the same of a time directly behind it.
    Near,
    /// "of", "from": a time directly behind it counts only after a noun for
    /// something said ("her words of 2003").
    Of,
    /// Nouns for something said: "words", "letter".
    Utterance,
    /// Verbs and nouns of coming together: "met".
    Met,
}

impl CalendarKind {
    /// All kinds with the word used in files.
    pub const ALL: [(CalendarKind, &'static str); 27] = [
        (CalendarKind::Month, "month"),
        (CalendarKind::Weekday, "weekday"),
        (CalendarKind::Day, "day"),
        (CalendarKind::Unit, "unit"),
        (CalendarKind::Direction, "direction"),
        (CalendarKind::Ago, "ago"),
        (CalendarKind::Later, "later"),
        (CalendarKind::Number, "number"),
        (CalendarKind::Season, "season"),
        (CalendarKind::YearSuffix, "year_suffix"),
        (CalendarKind::DecadeSuffix, "decade_suffix"),
        (CalendarKind::Part, "part"),
        (CalendarKind::Ordinal, "ordinal"),
        (CalendarKind::Context, "context"),
        (CalendarKind::Weekend, "weekend"),
        (CalendarKind::DayPart, "day_part"),
        (CalendarKind::Now, "now"),
        (CalendarKind::SeasonAdverb, "season_adverb"),
        (CalendarKind::DecadeName, "decade_name"),
        (CalendarKind::MonthAdjective, "month_adjective"),
        (CalendarKind::RangeOpen, "range_open"),
        (CalendarKind::RangeJoin, "range_join"),
        (CalendarKind::Bar, "bar"),
        (CalendarKind::Near, "near"),
        (CalendarKind::Of, "of"),
        (CalendarKind::Utterance, "utterance"),
        (CalendarKind::Met, "met"),
    ];

    /// The words that a `unit` row may have as its value; their position is
    /// the number kept.
    pub const UNITS: [&'static str; 7] = ["day", "week", "month", "quarter", "year", "decade", "half"];
}

/// What the last letters of a word say of it (`endings.csv`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ending {
    /// "saying".
    Gerund,
    /// "walked".
    Past,
    /// "quietly".
    Adverb,
    /// "reports".
    Plural,
    /// "Holm's"; only on names.
    Possessive,
    /// «сказал»: past of a man's doing.
    PastMale,
    /// «сказала»: of a woman's.
    PastFemale,
    /// «сказали»: of several persons'.
    PastPlural,
    /// «сказать», where the word alone shows it.
    Infinitive,
    /// «область»: looks like one of the others and is a noun.
    Noun,
}

impl Ending {
    /// All classes with the word used in files.
    pub const ALL: [(Ending, &'static str); 10] = [
        (Ending::Gerund, "gerund"),
        (Ending::Past, "past"),
        (Ending::Adverb, "adverb"),
        (Ending::Plural, "plural"),
        (Ending::Possessive, "possessive"),
        (Ending::PastMale, "past_male"),
        (Ending::PastFemale, "past_female"),
        (Ending::PastPlural, "past_plural"),
        (Ending::Infinitive, "infinitive"),
        (Ending::Noun, "noun"),
    ];
}

/// A map for look-ups by word.
pub type WordMap<V> = HashMap<String, V, foldhash::fast::FixedState>;

/// The rules of one language.
#[derive(Debug, Clone, Default)]
pub struct Language {
    /// Two-letter code.
    pub code: String,
    /// Cue forms by their first folded word, longest form first.
    pub cues: WordMap<Vec<Cue>>,
    /// Shifters by their first word, or by its first two characters and `*` where
    /// it is a glob, each group in the order of the file; see
    /// [`Language::add_shifter`].
    pub shifters: WordMap<Vec<Shifter>>,
    /// Classes of single folded words; a word may have several.
    pub words: WordMap<Vec<WordClass>>,
    /// Classes of phrases of several words (time anaphors), folded.
    pub phrases: Vec<(Vec<String>, WordClass)>,
    /// Pronouns by folded form; several readings keep the file's order.
    pub pronouns: WordMap<Vec<Pronoun>>,
    /// Titles, longest first.
    pub titles: Vec<Title>,
    /// Calendar words by folded form.
    pub calendar: WordMap<Vec<(CalendarKind, i32)>>,
    /// All that dating knows of words: the calendar and `dating.csv`, by folded
    /// form. Attribution looks at the calendar alone.
    pub dating: WordMap<Vec<(CalendarKind, i32)>>,
    /// Folded, with their final dot.
    pub abbreviations: HashSet<String>,
    /// Folded beginnings of lines that are not the author's text.
    pub boilerplate: Vec<String>,
    /// Folded beginnings of bylines ("by ").
    pub bylines: Vec<String>,
    /// What the last letters of an unknown word say of it, in the file's order.
    pub endings: Vec<(String, Ending)>,
    /// How names and nouns decline, folded; empty where they do not.
    pub declensions: Declensions,
    /// First names by folded form, with the gender and whether the form is the
    /// nominative.
    pub given_names: HashMap<String, Vec<(Gender, bool)>>,
    /// Words and phrases that the rules of other tools name, by their part, with a
    /// value where they have one; folded.
    pub presets: HashMap<String, Vec<(String, f64)>>,
    /// What was learned of attribution; None where nobody has trained it: then
    /// rules attribute.
    pub learned: Option<Arc<Learned>>,
    /// See [`Language::index`].
    pub(crate) indexed: WordMap<TokenFlags>,
    /// First words of titles and shifters that are patterns, by their first two
    /// characters.
    pub(crate) globbed: WordMap<Vec<(String, TokenFlag)>>,
}

impl Language {
    /// A language without rules.
    pub fn new(code: String) -> Self {
        Language { code, ..Language::default() }
    }

    /// Adds a shifter to the look-up.
    pub fn add_shifter(&mut self, shifter: Shifter) {
        let first = shifter.words.first().map_or("", String::as_str);
        let key = match first.split_once('*') {
            Some((literal, _)) => format!("{}*", start_of(literal)),
            None => first.to_string(),
        };
        self.shifters.entry(key).or_default().push(shifter);
    }

    /// The shifters whose first word may be this folded word.
    pub fn shifters(&self, word: &str) -> impl Iterator<Item = &Shifter> {
        // A stack buffer, because this is asked of every word.
        let start = start_of(word);
        let mut key = [0u8; 9];
        let open = key.get_mut(..start.len()).map(|cells| cells.copy_from_slice(start.as_bytes()));
        let end = start.len() + 1;
        if let Some(cell) = key.get_mut(start.len()) {
            *cell = b'*';
        }
        let glob = open.and(key.get(..end)).and_then(|key| std::str::from_utf8(key).ok());
        let globs = glob.and_then(|key| self.shifters.get(key));
        self.shifters.get(word).into_iter().flatten().chain(globs.into_iter().flatten())
    }

    /// What the last letters of a folded word say of it: the longest ending.
    pub fn ending(&self, word: &str) -> Option<Ending> {
        let fits =
            self.endings.iter().filter(|(ending, _)| word.ends_with(ending.as_str()) && word != ending);
        fits.max_by_key(|(ending, _)| ending.len()).map(|(_, class)| *class)
    }

    /// What the files say of a folded word.
    pub fn facts(&self, word: &str) -> TokenFlags {
        if self.indexed.is_empty() {
            return self.look_up(word).and(self.openings(word));
        }
        let own = self.indexed.get(word).copied().unwrap_or_default();
        let own = self.patterns(word).fold(own, |own, (_, fact)| own.with(*fact));
        let bare = without_possessive(word);
        let titled = bare.len() < word.len()
            && (self.indexed.get(bare).is_some_and(|facts| facts.has(TokenFlag::Title))
                || self.patterns(bare).any(|(_, fact)| *fact == TokenFlag::Title));
        if titled { own.with(TokenFlag::Title) } else { own }
    }

    /// Gathers the facts of all words, so that one look-up finds them. To be
    /// called when nothing more is added.
    pub fn index(&mut self) {
        self.indexed.clear();
        self.globbed.clear();
        let words = self.words.keys().chain(self.pronouns.keys()).chain(self.cues.keys());
        let words = words.chain(self.calendar.keys()).chain(self.dating.keys()).map(String::as_str);
        let words = words.chain(self.anaphors());
        let mut facts: WordMap<TokenFlags> =
            words.map(|word| (word.to_string(), self.look_up(word))).collect();
        let mut globbed: WordMap<Vec<(String, TokenFlag)>> = WordMap::default();
        let titles = self.titles.iter().filter_map(|title| Some((title.words.first()?, TokenFlag::Title)));
        let shifters = self.shifters.values().flatten();
        let shifters = shifters.filter_map(|shifter| Some((shifter.words.first()?, TokenFlag::Shifter)));
        for (first, fact) in titles.chain(shifters) {
            if first.contains('*') {
                globbed.entry(start_of(first).to_string()).or_default().push((first.clone(), fact));
            } else {
                let known = facts.entry(first.clone()).or_default();
                *known = known.with(fact);
            }
        }
        self.indexed = facts;
        self.globbed = globbed;
    }

    /// The patterns of first words that a folded word fits, with what begins so.
    fn patterns(&self, word: &str) -> impl Iterator<Item = &(String, TokenFlag)> {
        let known = self.globbed.get(start_of(word)).into_iter().flatten();
        known.filter(move |(pattern, _)| glob(pattern, word))
    }

    /// Whether a title or a shifter may begin with a folded word, without the index.
    fn openings(&self, word: &str) -> TokenFlags {
        let bare = without_possessive(word);
        let begins = |words: &[String], word: &str| words.first().is_some_and(|first| glob(first, word));
        let title = self.titles.iter().any(|title| begins(&title.words, word) || begins(&title.words, bare));
        let shifter = self.shifters(word).any(|shifter| begins(&shifter.words, word));
        let told = [(TokenFlag::Title, title), (TokenFlag::Shifter, shifter)];
        told.iter()
            .filter(|(_, here)| *here)
            .fold(TokenFlags::default(), |facts, (fact, _)| facts.with(*fact))
    }

    /// The words with which phrases that point back in time begin.
    fn anaphors(&self) -> impl Iterator<Item = &str> {
        let phrases = self.phrases.iter().filter(|(_, class)| *class == WordClass::TimeAnaphor);
        phrases.filter_map(|(words, _)| words.first().map(String::as_str))
    }

    fn look_up(&self, word: &str) -> TokenFlags {
        let classes = self.words.get(word).into_iter().flatten();
        let classes = classes.fold(TokenFlags::default(), |facts, class| facts.with_class(*class));
        let told = [
            (TokenFlag::Pronoun, self.pronouns.contains_key(word)),
            (TokenFlag::Cue, self.cues.contains_key(word)),
            (TokenFlag::Calendar, self.calendar.contains_key(word)),
            (TokenFlag::Dating, self.dating.contains_key(word)),
            (TokenFlag::Anaphor, self.anaphors().any(|first| first == word)),
        ];
        told.iter().filter(|(_, true_here)| *true_here).fold(classes, |facts, (fact, _)| facts.with(*fact))
    }

    /// How many tokens a phrase of a class takes at token `at`; 0 when none
    /// stands there.
    pub fn phrase_at(&self, text: &Text, at: usize, end: usize, class: WordClass) -> usize {
        let fits = |words: &[String]| {
            at + words.len() <= end && words.iter().zip(at..).all(|(word, index)| text.word(index) == word)
        };
        let phrases = self.phrases.iter().filter(|(_, found)| *found == class);
        phrases.filter(|(words, _)| fits(words)).map(|(words, _)| words.len()).max().unwrap_or(0)
    }

    /// Whether a folded word belongs to a class.
    pub fn is(&self, word: &str, class: WordClass) -> bool {
        self.words.get(word).is_some_and(|classes| classes.contains(&class))
    }
}

/// A folded word without the possessive ending that names and titles may carry.
pub fn without_possessive(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix('\'')).unwrap_or(word)
}

/// The first two characters of a word, by which shifters are looked up.
fn start_of(word: &str) -> &str {
    let end = word.char_indices().nth(2).map_or(word.len(), |(at, _)| at);
    word.get(..end).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_tells_whether_a_title_or_a_shifter_may_begin_with_it() {
        let title = |words: &[&str]| Title {
            words: words.iter().map(|word| word.to_string()).collect(),
            role: "official".into(),
            gender: Gender::Unknown,
            plural: false,
        };
        let shifter = |first: &str| Shifter {
            words: vec![first.to_string(), "all".into()],
            kind: ShifterKind::Negator,
            factor: -1.0,
            scope: ShifterScope::Next,
        };
        let mut language = Language::new("en".into());
        language.titles = vec![title(&["prime", "minister"]), title(&["secretar*"])];
        language.add_shifter(shifter("not"));
        language.add_shifter(shifter("hard*"));
        let mut indexed = language.clone();
        indexed.index();
        // Title, shifter.
        let cases = [
            ("prime", true, false),
            ("prime's", true, false),
            ("minister", false, false),
            ("secretaries", true, false),
            ("secretaries'", true, false),
            ("secret", false, false),
            ("not", false, true),
            ("not's", false, false),
            ("hardly", false, true),
            ("har", false, false),
            ("", false, false),
        ];
        for (word, opens_title, opens_shifter) in cases {
            for language in [&language, &indexed] {
                let facts = language.facts(word);
                assert_eq!(
                    (facts.has(TokenFlag::Title), facts.has(TokenFlag::Shifter)),
                    (opens_title, opens_shifter),
                    "{word}"
                );
            }
        }
    }
}
