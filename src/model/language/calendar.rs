//! Classes of time words (`calendar.csv` and `dating.csv`).

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
