//! The options of a project: those of a `stance.toml`, of the command line, and both
//! together. A key stands here once; whoever adds one adds a line to the list below.

use crate::error::{Error, Result};
use crate::ingest::mistake;
use crate::model::Choice;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::path::PathBuf;

macro_rules! settings {
    ($($(#[doc = $doc:literal])* $field:ident: $kind:ty,)*) => {
        /// The options of a project. `None` is what nobody has set; defaults belong to
        /// whoever uses a value.
        #[derive(Debug, Clone, Default, Deserialize, Serialize)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case")]
        pub struct Settings {
            $($(#[doc = $doc])* pub $field: Option<$kind>,)*
            /// File and line of each key that the file sets and no flag replaces.
            #[serde(skip)]
            pub lines: BTreeMap<String, String>,
            /// Roles of `col` that only the file names.
            #[serde(skip)]
            pub columns_of_file: BTreeSet<String>,
            /// The file they came from, if there was one.
            #[serde(skip)]
            pub file: Option<PathBuf>,
        }

        impl Settings {
            /// These settings, and where they are silent those of a file. The columns of
            /// both are kept, role by role.
            pub fn over(mut self, file: Settings) -> Settings {
                let mut lines = file.lines;
                let of_flag = |role: &&String| self.col.as_ref().is_some_and(|own| own.contains_key(*role));
                let columns_of_file =
                    file.col.iter().flat_map(BTreeMap::keys).filter(|role| !of_flag(role)).cloned().collect();
                if let (Some(own), Some(columns)) = (&mut self.col, &file.col) {
                    for (role, column) in columns {
                        own.entry(role.clone()).or_insert_with(|| column.clone());
                    }
                }
                $(if self.$field.is_some() { lines.remove(&stringify!($field).replace('_', "-")); })*
                Settings { $($field: self.$field.or(file.$field),)* lines, columns_of_file, file: file.file }
            }
        }
    };
}

settings! {
    /// Files and folders to read.
    input: Vec<String>,
    /// Folder for the results of `run`.
    out: PathBuf,
    /// Folders of lexicons.
    lexicon: Vec<PathBuf>,
    /// Folder of language rules.
    languages: PathBuf,
    /// Roster file.
    actors: PathBuf,
    /// True to use no roster: everybody who speaks is kept under the name in the text.
    no_roster: bool,
    /// True to attribute thoughts, wishes and plans too.
    all_attributions: bool,
    /// Language of texts that do not name theirs.
    language: String,
    /// Which columns of records hold what: role to column.
    col: BTreeMap<String, String>,
    /// How dates of metadata are written.
    date_format: String,
    /// Globs of files to read.
    include: Vec<String>,
    /// Globs of files to leave out.
    exclude: Vec<String>,
    /// True to follow links in folders.
    follow_links: bool,
    /// Size limit of an article, as in "10M".
    max_article_bytes: String,
    /// Format of standard input and of files without a known ending.
    input_format: String,
    /// How statements are scored.
    method: String,
    /// The scale of the scores.
    scale: String,
    /// auto, year, half, quarter or month.
    period: String,
    /// The day by which statements enter trends: said or published.
    date_by: String,
    /// Pairs of windows: "2003..2013,2019", or a list of such pairs.
    compare: OneOrMore,
    /// File of events.
    events: PathBuf,
    /// Days before and after an event that are compared.
    event_days: i64,
    /// True for rows of the trend by source too.
    by_source: bool,
    /// True to compare every source with itself only.
    within_source: bool,
    /// What counts as one in a mean: statement or article.
    weight: String,
    /// Seed of all resampling.
    seed: u64,
    /// Resamples for each interval.
    replicates: u64,
    /// True to count syndicated copies as often as they were printed.
    keep_duplicates: bool,
    /// Ids of actors to draw.
    draw: Vec<String>,
    /// Files of the charts: png, svg or both.
    charts: String,
    /// light or dark.
    theme: String,
    /// Width and height of a chart in pixels, as in "1600x900".
    size: String,
    /// Pixels to the inch of PNG files.
    dpi: u32,
    /// Format of the tables: csv, parquet or jsonl.
    format: String,
    /// True to leave CSV cells that begin with = + - @ as they are.
    raw_csv: bool,
    /// True to open each CSV with a byte order mark.
    bom: bool,
}

/// A value, or a list of values.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    /// The values.
    pub fn values(&self) -> &[String] {
        match self {
            OneOrMore::One(value) => std::slice::from_ref(value),
            OneOrMore::More(values) => values,
        }
    }
}

/// The settings in a text; `place` is the file's path, for messages.
///
/// # Errors
/// The first mistake, with its line and what to write instead.
pub fn parse(place: &str, text: &str) -> Result<Settings> {
    let mut settings: Settings = toml::from_str(text).map_err(|cause| {
        mistake(place, text, &cause, "`stance init DIR` writes a stance.toml with explained options")
    })?;
    settings.file = Some(PathBuf::from(place));
    settings.lines = text
        .lines()
        .enumerate()
        .filter_map(|(index, line)| {
            let key = line.split('=').next()?.trim().trim_matches(['[', ']']);
            (!key.is_empty() && !key.starts_with('#'))
                .then(|| (key.to_string(), format!("{place}:{}", index + 1)))
        })
        .collect();
    Ok(settings)
}

impl Settings {
    /// The settings of the file that is named, else of `stance.toml` in the current folder,
    /// else none.
    ///
    /// # Errors
    /// Where the file cannot be read, or the first mistake in it.
    pub fn read(named: Option<&PathBuf>) -> Result<Settings> {
        let path = named.cloned().unwrap_or_else(|| PathBuf::from("stance.toml"));
        if named.is_none() && !path.exists() {
            return Ok(Settings::default());
        }
        let place = path.display().to_string();
        let text = crate::files::read_text(&path, crate::ingest::RESOURCE_BYTES).map_err(|cause| {
            Error::input(&place, "the settings file cannot be read", "check the path given to --config")
                .because(cause)
        })?;
        Ok(Settings { file: Some(path), ..parse(&place, &text)? })
    }

    /// True if only the settings file names the column of a role.
    pub fn is_of_file(&self, role: &str) -> bool {
        self.columns_of_file.contains(role)
    }

    /// Names the line of the file that sets a key as the place of an error in its value.
    /// An error in the value of a flag stays as it is.
    ///
    /// # Errors
    /// The error of `result`.
    pub fn blame<T>(&self, key: &str, result: Result<T>) -> Result<T> {
        result.map_err(|error| match self.lines.get(key) {
            Some(place) => Error { place: format!("{place}: {key}"), ..error },
            None => error,
        })
    }

    /// The value of a key that is one of a few words.
    ///
    /// # Errors
    /// For another word, with those that are known.
    pub fn word<T: Choice>(&self, key: &str, value: &Option<String>) -> Result<Option<T>> {
        let Some(word) = value else { return Ok(None) };
        let parsed = T::parse(word).map_err(|unknown| {
            let (last, first) =
                unknown.known.split_last().map_or(("", &[][..]), |(last, first)| (*last, first));
            let remedy = format!("use {} or {last}", first.join(", "));
            Error::input("stance.toml", format!("{key} '{word}' is not known"), remedy)
        });
        self.blame(key, parsed).map(Some)
    }

    /// The value of a key that is a number.
    ///
    /// # Errors
    /// For a number out of bounds.
    pub fn bounded<T: Copy + PartialOrd + Display>(
        &self,
        key: &str,
        value: Option<T>,
        bounds: RangeInclusive<T>,
    ) -> Result<Option<T>> {
        let checked = match value {
            Some(value) if !bounds.contains(&value) => Err(Error::input(
                "stance.toml",
                format!("{key} {value} is out of range"),
                format!("use a number from {} to {}", bounds.start(), bounds.end()),
            )),
            value => Ok(value),
        };
        self.blame(key, checked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Period;

    #[test]
    fn a_flag_replaces_a_line_and_takes_the_blame() {
        let file = parse("s.toml", "period = \"decade\"\nseed = 7\ncompare = [\"2001,2002\"]\n").unwrap();
        let wrong = |settings: &Settings| {
            settings.word::<Period>("period", &settings.period).unwrap_err().to_string()
        };
        assert_eq!(
            wrong(&file),
            "s.toml:1: period: period 'decade' is not known; use year, half, quarter or month"
        );
        let flags = Settings { period: Some("Month".into()), ..Settings::default() };
        let both = flags.over(file);
        let columns = |pairs: &[(&str, &str)]| {
            Some(pairs.iter().map(|(role, column)| (role.to_string(), column.to_string())).collect())
        };
        let of_file = Settings { col: columns(&[("text", "a"), ("date", "b")]), ..Settings::default() };
        let of_flags = Settings { col: columns(&[("text", "c")]), ..Settings::default() };
        assert_eq!(of_flags.over(of_file).col, columns(&[("text", "c"), ("date", "b")]));
        assert_eq!(both.word("period", &both.period).unwrap(), Some(Period::Month));
        assert_eq!((both.seed, both.compare.unwrap().values().len()), (Some(7), 1));
        assert!(both.file.is_some());
    }

    #[test]
    fn every_key_of_the_list_is_read() {
        let all = "input=[]\nout='a'\nlexicon=[]\nlanguages='a'\nactors='a'\nno-roster=true\nall-attributions=true\nlanguage='en'\n\
                   date-format='a'\ninclude=[]\nexclude=[]\nfollow-links=true\nmax-article-bytes='1M'\n\
                   input-format='txt'\nmethod='count'\nscale='mean'\nperiod='year'\ndate-by='said'\ncompare='a,b'\n\
                   events='a'\nevent-days=1\nby-source=true\nwithin-source=true\nweight='article'\nseed=1\nreplicates=100\n\
                   keep-duplicates=true\ndraw=[]\ncharts='png'\ntheme='dark'\nsize='1x1'\ndpi=96\nformat='csv'\n\
                   raw-csv=true\nbom=true\n[col]\ntext='a'\n";
        let read = serde_json::to_value(parse("s.toml", all).unwrap()).unwrap();
        let unset: Vec<_> = read.as_object().unwrap().iter().filter(|(_, value)| value.is_null()).collect();
        assert!(unset.is_empty(), "{unset:?}");
    }
}
