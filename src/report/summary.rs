//! The short table at the end of a run. Colours only repeat what signs and heights say.

use crate::model::{TrendPoint, visible_line};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// One actor in the summary.
#[derive(Debug, Clone, PartialEq)]
pub struct SummaryRow {
    /// Name for people.
    pub actor: String,
    /// Statements with a score.
    pub statements: usize,
    /// Mean of the first third of the periods that hold statements; None for a
    /// single period, which is no course.
    pub then: Option<f64>,
    /// Mean of the last third.
    pub now: Option<f64>,
    /// First day of each period, and its mean; gaps as None.
    pub line: Vec<(NaiveDate, Option<f64>)>,
}

impl SummaryRow {
    /// The row of one actor from the points of one axis, in order of time.
    pub fn new(actor: &str, points: &[&TrendPoint]) -> Self {
        let filled: Vec<&&TrendPoint> = points.iter().filter(|point| point.mean.is_some()).collect();
        let third = filled.len().div_ceil(3);
        let mean = |points: &[&&TrendPoint]| {
            let n: usize = points.iter().map(|point| point.statements).sum();
            let sum: f64 = points.iter().map(|p| p.mean.unwrap_or(0.0) * p.statements as f64).sum();
            (n > 0).then(|| sum / n as f64)
        };
        SummaryRow {
            actor: actor.to_string(),
            statements: points.iter().map(|point| point.statements).sum(),
            then: mean(&filled[..third.min(filled.len())]).filter(|_| filled.len() > 1),
            now: mean(&filled[filled.len() - third.min(filled.len())..]),
            line: points.iter().map(|point| (point.start, point.mean)).collect(),
        }
    }
}

/// The axis of a summary.
#[derive(Debug, Clone, Copy)]
pub struct SummaryAxis<'a> {
    /// For people.
    pub name: &'a str,
    /// The pole at -1.
    pub negative: &'a str,
    /// The pole at +1.
    pub positive: &'a str,
}

/// True if a terminal wants colours: none for `NO_COLOR` (no-color.org) and for
/// terminals without any.
pub fn colours(terminal: bool, no_color: Option<&str>, term: Option<&str>) -> bool {
    terminal && no_color.is_none_or(str::is_empty) && term != Some("dumb")
}

const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Widest sparkline, in columns; longer ones are averaged.
const LONGEST: usize = 40;
/// Widest name, in columns.
const WIDEST: usize = 30;
const BOLD: &str = "\u{1b}[1m";
/// Yellow and blue, as orange and blue in the charts: the colour-blind can tell
/// them apart.
const NEGATIVE: &str = "\u{1b}[33m";
const POSITIVE: &str = "\u{1b}[34m";
const PLAIN: &str = "\u{1b}[0m";

/// The control sequences of a summary in colours. There are no others: names are made
/// visible before they are coloured.
pub const COLOUR_CODES: [&str; 4] = [BOLD, NEGATIVE, POSITIVE, PLAIN];

struct Paint(bool);

impl Paint {
    fn paint(&self, code: &str, text: &str) -> String {
        if self.0 && !text.trim().is_empty() { format!("{code}{text}{PLAIN}") } else { text.into() }
    }

    fn pole(&self, value: f64, text: &str) -> String {
        match value {
            value if value <= -0.005 => self.paint(NEGATIVE, text),
            value if value >= 0.005 => self.paint(POSITIVE, text),
            _ => text.into(),
        }
    }
}

/// The table as text, aligned for terminals, all sparklines on one scale of
/// time. `colour` asks for ANSI colours.
pub fn summary(axis: SummaryAxis, rows: &[SummaryRow], colour: bool) -> String {
    let paint = Paint(colour);
    let names: Vec<String> = rows.iter().map(|row| shortened(&row.actor, WIDEST)).collect();
    let width = names.iter().map(|name| name.width()).max().unwrap_or(0).max(5);
    let periods: BTreeSet<NaiveDate> =
        rows.iter().flat_map(|row| &row.line).map(|(start, _)| *start).collect();
    let periods: Vec<NaiveDate> = periods.into_iter().collect();
    let span = match (periods.first(), periods.last()) {
        (Some(first), Some(last)) => format!(", {} to {}", first.format("%Y"), last.format("%Y")),
        _ => String::new(),
    };
    let head = format!(
        "{}      n   then    now change  {}: ▁ {} … █ {}{span}",
        pad("actor", width),
        visible_line(axis.name),
        visible_line(axis.negative),
        visible_line(axis.positive)
    );
    let mut text = format!("{}\n", paint.paint(BOLD, &head));
    for (row, name) in rows.iter().zip(&names) {
        let change = row.then.zip(row.now).map(|(then, now)| now - then);
        let cell = |value: Option<f64>| match value {
            Some(value) => paint.pole(value, &format!("{:>6}", signed(value))),
            None => "     –".into(),
        };
        let line = format!(
            "{} {:>6} {} {} {}  {}",
            pad(name, width),
            row.statements,
            cell(row.then),
            cell(row.now),
            cell(change),
            sparkline(&row.line, &periods, &paint)
        );
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn signed(value: f64) -> String {
    let shown = (value * 100.0).round() / 100.0 + 0.0;
    format!("{shown:+.2}")
}

fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// A name that fits, without characters that move the cursor.
fn shortened(name: &str, most: usize) -> String {
    let name = visible_line(name);
    if name.width() <= most {
        return name.into_owned();
    }
    let mut short = String::new();
    for character in name.chars() {
        if short.width() + character.width().unwrap_or(0) >= most {
            break;
        }
        short.push(character);
    }
    format!("{}…", short.trim_end())
}

fn sparkline(line: &[(NaiveDate, Option<f64>)], periods: &[NaiveDate], paint: &Paint) -> String {
    let columns = periods.len().min(LONGEST);
    let mut sums = vec![(0.0, 0usize); columns];
    for (start, mean) in line {
        if let (Ok(place), Some(mean)) = (periods.binary_search(start), mean) {
            let cell = &mut sums[place * columns / periods.len()];
            *cell = (cell.0 + mean, cell.1 + 1);
        }
    }
    sums.iter()
        .map(|(sum, count)| match count {
            0 => " ".to_string(),
            count => {
                let mean = (sum / *count as f64).clamp(-1.0, 1.0);
                let bar = BARS[((mean + 1.0) / 2.0 * 7.0).round() as usize];
                paint.pole(mean, &bar.to_string())
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const AXIS: SummaryAxis = SummaryAxis { name: "Position", negative: "leave", positive: "stay" };

    fn year(year: i32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, 1, 1).unwrap()
    }

    fn row(actor: &str, first: i32, means: &[Option<f64>]) -> SummaryRow {
        let line = means.iter().enumerate().map(|(n, mean)| (year(first + n as i32), *mean)).collect();
        SummaryRow { actor: actor.into(), statements: 3, then: Some(0.5), now: Some(-0.25), line }
    }

    #[test]
    fn names_in_both_scripts_stand_in_line_and_years_below_one_another() {
        let rows = [
            row("Ann", 2001, &[Some(1.0), None, Some(-1.0)]),
            row("Анна Линд", 2003, &[Some(0.0)]),
            SummaryRow { then: None, now: None, ..row("日本 Lind", 2003, &[Some(1.0)]) },
        ];
        let expected = "\
actor          n   then    now change  Position: ▁ leave … █ stay, 2001 to 2003
Ann            3  +0.50  -0.25  -0.75  █ ▁
Анна Линд      3  +0.50  -0.25  -0.75    ▅
日本 Lind      3      –      –      –    █
";
        assert_eq!(summary(AXIS, &rows, false), expected);
    }

    #[test]
    fn colours_change_nothing_but_colours() {
        let rows = [row("Ann", 2001, &[Some(1.0), None, Some(-1.0)])];
        let coloured = summary(AXIS, &rows, true);
        assert!(
            coloured.contains("\u{1b}[34m█\u{1b}[0m") && coloured.contains("\u{1b}[33m▁"),
            "{coloured:?}"
        );
        let mut bare = coloured;
        for code in COLOUR_CODES {
            bare = bare.replace(code, "");
        }
        assert_eq!(bare, summary(AXIS, &rows, false));
    }

    #[test]
    fn names_of_strangers_colour_nothing() {
        let axis = SummaryAxis { name: "Po\u{1b}[1msition", negative: "a\nb", positive: "\u{202e}stay" };
        let rows = [row("Ann \u{1b}[34mLind", 2001, &[Some(1.0), None])];
        let text = summary(axis, &rows, false);
        assert!(!text.chars().any(|c| crate::model::hidden(c) && c != '\n'), "{text:?}");
        assert_eq!(text.lines().count(), 2, "{text}");
        assert!(text.contains("Ann \\u{1b}[34mLind"), "{text}");
        let coloured = summary(axis, &rows, true);
        assert_eq!(coloured.matches('\u{1b}').count(), 10, "head, three numbers, a bar: {coloured:?}");
    }

    #[test]
    fn no_color_and_dumb_terminals_are_heeded() {
        assert!(colours(true, None, Some("xterm")));
        assert!(colours(true, Some(""), None), "an empty NO_COLOR asks for nothing");
        assert!(!colours(true, Some("1"), Some("xterm")));
        assert!(!colours(true, None, Some("dumb")));
        assert!(!colours(false, None, Some("xterm")));
    }

    #[test]
    fn long_names_and_long_lines_are_shortened() {
        let means: Vec<Option<f64>> = (0..300).map(|n| Some(f64::from(n) / 150.0 - 1.0)).collect();
        let rows = [row("A body with a name of far more than thirty letters\u{7}", 1700, &means)];
        let text = summary(AXIS, &rows, false);
        let line = text.lines().nth(1).unwrap();
        assert!(line.starts_with("A body with a name of far mor… "), "{line}");
        assert_eq!(line.chars().filter(|c| BARS.contains(c)).count(), LONGEST);
    }
}
