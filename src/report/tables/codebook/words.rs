//! What every column of every table means, in words.
//!
//! Lives here: the words. May not live here: how they are written down.

/// A column: name, meaning, unit and range, when it is empty.
pub type Column = (&'static str, &'static str, &'static str, &'static str);

/// Who and on what, at the head of most tables.
pub const WHO: [Column; 3] = [
    ("actor_id", "id on the roster, or the name for speakers off the roster", "text", "never"),
    ("actor", "name for people", "text", "never"),
    ("axis", "id of the axis", "text", "never"),
];

const TREND: &[Column] = &[
    (
        "period",
        "the calendar period; periods without a statement between an actor's first and last are rows with n_statements 0",
        "2019, 2019-H1, 2019-Q1, 2019-02",
        "never",
    ),
    ("period_start", "its first day", "date", "never"),
    ("period_end", "its last day", "date", "never"),
    (
        "n_statements",
        "statements with a score on the axis, near-duplicates counted once; a statement whose possible days reach beyond a period belongs to the middle one, and to no period when they are more than a period has (skipped.csv)",
        "count",
        "never; 0 is a gap",
    ),
    ("n_articles", "articles they come from; this n tells how much is known", "count", "never"),
    ("n_hits", "lexicon matches behind them", "count", "never"),
    (
        "mean",
        "mean score of the statements, or of the articles' means with --weight article",
        "[-1, 1]: -1 is the negative pole",
        "no statement",
    ),
    (
        "se",
        "standard error of the mean: standard deviation over resampled articles",
        ">= 0",
        "fewer than 2 articles",
    ),
    (
        "ci_low",
        "lower end of the 95 % interval of the mean from resampled articles, widened for few articles",
        "[-1, 1]",
        "fewer than 5 articles",
    ),
    ("ci_high", "upper end", "[-1, 1]", "fewer than 5 articles"),
    (
        "flag",
        "few_statements: below 3; few_articles: below 5, no interval; small_sample: 5 to 9 articles; coarse_dates: the possible days of a statement reach beyond the period; overdispersed: design_effect above 2",
        "words with spaces between",
        "nothing to warn of",
    ),
    (
        "source",
        "who printed the statements, with --by-source; such rows follow those of all sources together",
        "text",
        "all sources together, or an unknown source",
    ),
    ("n_sources", "different sources in the cell", "count", "never"),
    (
        "within_source_mean",
        "the mean as it would be had every period the same mix of sources (least squares of score = source + period)",
        "about [-1, 1]",
        "without --within-source; no source in common with the other periods",
    ),
    ("n_positive", "hits that speak for the positive pole", "count", "never"),
    ("n_negative", "hits that speak for the negative pole", "count", "never"),
    (
        "log_odds",
        "ln((n_positive + 0.5) / (n_negative + 0.5))",
        "any number, 0 is balance",
        "no hit for a pole",
    ),
    ("log_odds_se", "its error if every hit were independent", "> 0", "as log_odds"),
    ("log_odds_boot_se", "its error from resampled articles", ">= 0", "fewer than 5 articles"),
    (
        "log_odds_low",
        "lower end of its 95 % interval: from log_odds_boot_se when design_effect is above 2, else from the Beta posterior when a pole has fewer than 5 hits, else from log_odds_se",
        "any number",
        "as log_odds",
    ),
    ("log_odds_high", "upper end", "any number", "as log_odds"),
    (
        "design_effect",
        "(log_odds_boot_se / log_odds_se) squared: how much more articles vary than independent hits would",
        ">= 0",
        "fewer than 5 articles",
    ),
    ("boot_failed", "resamples in which the mean could not be computed", "count", "never"),
];

const SMOOTH: &[Column] = &[
    ("piece", "stretch of the line, counted from 1; it breaks over wide gaps", "count", "never"),
    ("day", "place on the line", "date", "never"),
    (
        "value",
        "LOESS of the period means, degree 1, periods weighted by articles; from 5 periods on",
        "[-1, 1]",
        "never",
    ),
    (
        "ci_low",
        "lower end of the pointwise 95 % band from resampled articles",
        "[-1, 1]",
        "fewer than 5 articles near",
    ),
    ("ci_high", "upper end", "[-1, 1]", "fewer than 5 articles near"),
    ("span", "share of the periods that each place looks at, chosen by cross-validation", "[0, 1]", "never"),
];

const SLOPES: &[Column] = &[
    ("n_periods", "periods with statements", "count", "never"),
    (
        "slope_per_year",
        "Theil-Sen slope of the period means: median of all pairwise slopes",
        "units of the scale a year",
        "never",
    ),
    ("ci_low", "lower end of its 95 % interval", "units a year", "never"),
    ("ci_high", "upper end", "units a year", "never"),
    ("intercept", "value of that line at year 0: mean = intercept + slope_per_year x year", "units", "never"),
    ("kendall_s", "pairs of periods that rise less pairs that fall", "count", "never"),
    ("kendall_tau", "the same as a share of all pairs", "[-1, 1]", "never"),
    ("z", "kendall_s standardised, ties counted", "any number", "never"),
    ("p", "two-sided p of no drift", "(0, 1]", "never"),
    (
        "p_exact",
        "whether p was counted out over all orders (below 8 periods) instead of the normal distribution",
        "yes, no",
        "never",
    ),
    (
        "z_corrected",
        "z with the variance of Hamed & Rao for series whose neighbours are alike, never below the plain variance",
        "any number",
        "fewer than 10 periods",
    ),
    (
        "p_corrected",
        "its two-sided p; the sentence in finding goes by this one where there is one",
        "(0, 1]",
        "fewer than 10 periods",
    ),
    ("finding", "one plain sentence", "text", "never"),
];

const MODELS: &[Column] = &[
    ("model", "constant; linear; steps_K: K breaks between levels; linear_and_step", "text", "never"),
    ("breaks", "first periods of the new levels", "periods with spaces between", "no breaks"),
    ("n_periods", "periods with statements; below 6 nothing is fitted", "count", "never"),
    ("rss", "residual sum of squares, periods weighted by articles (mean weight 1)", ">= 0", "never"),
    (
        "bic",
        "Bayesian information criterion; parameters are levels or slopes, dates of breaks and the variance",
        "any number, smaller is better",
        "never",
    ),
    ("delta_bic", "by how much it is worse than the best of this actor and axis", ">= 0", "never"),
    ("verdict", "best; undecided: several lie within 2 of the best; worse", "text", "never"),
    (
        "by_penalty",
        "whether a second rule, a penalty of 2 s^2 ln n for each break (PELT), leaves just these levels; it knows no lines",
        "yes, no",
        "never",
    ),
];

const BREAKS: &[Column] = &[
    ("period", "first period of the new level", "as in trend.csv", "never"),
    ("day", "its first day", "date", "never"),
    (
        "day_low",
        "first day of the periods in which the break lies with 95 %, from resampled articles",
        "date",
        "never",
    ),
    ("day_high", "last day of these periods", "date", "never"),
    ("level_before", "mean level before", "[-1, 1]", "never"),
    ("level_after", "mean level after", "[-1, 1]", "never"),
    (
        "p",
        "p of a break at an unknown date against no change, neighbouring periods alike (one p for all breaks of a series)",
        "(0, 1]",
        "never",
    ),
    (
        "decided",
        "whether steps describe the series better than a line or one level (BIC by 2 or more) and p is below 0.05; do not report a break with no here",
        "yes, no",
        "never",
    ),
    ("finding", "one plain sentence", "text", "never"),
];

const SHIFTS: &[Column] = &[
    (
        "test",
        "permutation: two windows that were named; event: the time before and after an event",
        "text",
        "never",
    ),
    ("window_a", "the earlier window", "as typed, or two dates", "never"),
    ("window_b", "the later window", "as typed, or two dates", "never"),
    ("n_a", "articles with a score in the earlier window", "count", "never"),
    ("n_b", "articles with a score in the later window", "count", "never"),
    ("mean_a", "mean in the earlier window", "[-1, 1]", "never"),
    ("mean_b", "mean in the later window", "[-1, 1]", "never"),
    ("difference", "mean_b - mean_a; positive is towards the positive pole", "[-2, 2]", "never"),
    (
        "ci_low",
        "lower end of its 95 % interval from resampled articles",
        "[-2, 2]",
        "fewer than 5 articles on a side",
    ),
    ("ci_high", "upper end", "[-2, 2]", "fewer than 5 articles on a side"),
    (
        "p",
        "two-sided p: share of relabellings of the articles with as large a difference",
        "(0, 1]",
        "--within-source, and no source printed both",
    ),
    (
        "q",
        "p corrected for all rows of the same test (Benjamini and Hochberg): among findings with q < 0.05, 5 % are expected to be false",
        "(0, 1]",
        "as p",
    ),
    ("finding", "one plain sentence", "text", "never"),
    ("event", "the event", "text", "the test is no event"),
    (
        "said_a_from",
        "first day on which what was said in the earlier window can have been said",
        "date",
        "never",
    ),
    ("said_a_to", "last day", "date", "never"),
    ("said_b_from", "first day for the later window", "date", "never"),
    ("said_b_to", "last day", "date", "never"),
    (
        "cliffs_delta",
        "how much more often an article of the later window lies higher than lower than one of the earlier",
        "[-1, 1]",
        "never",
    ),
    (
        "within_source_difference",
        "the difference with every source compared with itself; p then relabels within sources",
        "[-2, 2]",
        "without --within-source; no source printed both",
    ),
    ("permutations", "relabellings looked at", "count", "never"),
    ("p_exact", "whether these are all there are", "yes, no", "never"),
    ("p_smallest", "the smallest p that so few articles can reach", "(0, 1]", "never"),
    (
        "placebo_rank",
        "rank of the size of the event's difference among those at the first of every month that could be tested",
        "count, 1 is the largest",
        "the test is no event; nothing to compare",
    ),
    ("placebo_dates", "how many dates were ranked, the event's included", "count", "as placebo_rank"),
    (
        "local_jump",
        "jump at the event between a line through what was said before and one through what was said after",
        "units of the scale",
        "the test is no event; fewer than 5 articles on a side",
    ),
    ("local_jump_se", "its standard error, every article with a spread of its own", ">= 0", "as local_jump"),
];

const POOLED: &[Column] = &[
    ("period", "the calendar period", "as in trend.csv", "never"),
    ("period_start", "its first day", "date", "never"),
    ("period_end", "its last day", "date", "never"),
    ("n_statements", "statements with a score, as in trend.csv", "count", "never"),
    ("n_articles", "articles they come from, as in trend.csv", "count", "never"),
    ("positive", "hits for the positive pole, added up", "count", "never"),
    ("negative", "hits for the negative pole, added up", "count", "never"),
    (
        "words",
        "words of all statements of the actor in the period, also of those without a score",
        "count",
        "never",
    ),
    ("position", "position of the sums on the chosen scale", "any number", "no hit for a pole"),
    ("se", "its error if every hit were independent", ">= 0", "as position; a single hit with valence"),
    ("ci_low", "lower end of its 95 % interval", "any number", "as se"),
    ("ci_high", "upper end", "any number", "as se"),
    (
        "interval",
        "what the interval rests on: se; the Beta posterior, where a pole has fewer than 5 hits; se_articles, where design_effect is above 2",
        "normal, beta, articles",
        "no interval",
    ),
    (
        "importance",
        "logarithm of the share of words that are about the axis",
        "any number",
        "it cannot be had",
    ),
    ("se_articles", "its error from resampled articles", ">= 0", "fewer than 5 articles"),
    ("design_effect", "(se_articles / se) squared", ">= 0", "as se_articles"),
    ("flag", "as in trend.csv; overdispersed: design_effect above 2", "words", "no warning"),
];

const DUPLICATES: &[Column] = &[
    (
        "statement_id",
        "the statement that repeats an earlier one and is not counted (but with --keep-duplicates)",
        "text",
        "never",
    ),
    ("duplicate_of", "the earlier one", "text", "never"),
    ("speaker", "who said it", "text", "never"),
    (
        "rule",
        "equal: the same words; near: half of the word triples in common; contained: nine tenths of the shorter one's triples",
        "text",
        "never",
    ),
    ("similarity", "share of common word triples", "[0, 1]", "never"),
];

const STATEMENTS: &[Column] = &[
    ("statement_id", "article_id and a number", "text", "never"),
    ("article_id", "the file's name without its ending, or the record's id", "text", "never"),
    ("source", "who printed it", "text", "unknown"),
    (
        "published",
        "day of publication; where published_precision says month, quarter or year, the first day of that",
        "date",
        "unknown",
    ),
    ("said_from", "first day on which it can have been said", "date", "no date at all: out of trends"),
    ("said_to", "last day", "date", "as said_from"),
    ("said_precision", "how exactly that is known", "day, month, quarter, year", "as said_from"),
    (
        "date_basis",
        "expression: words of the text decided; published: the day of publication stands in",
        "text",
        "as said_from",
    ),
    ("actor_id", "id on the roster", "text", "the speaker is not on the roster"),
    (
        "actor",
        "name for people; (author) is the article's own voice and stays out of trends",
        "text",
        "nobody is named",
    ),
    ("speaker", "the words that name the speaker", "text", "nobody is named"),
    ("form", "direct, mixed, indirect, turn, author", "text", "never"),
    ("cue", "the words that attribute", "text", "none"),
    ("cue_class", "neutral, endorsing, denying, hedged, recalled ...", "text", "never"),
    ("start", "first byte of the statement in the article's body", "UTF-8 bytes", "never"),
    ("end", "the byte behind its last", "UTF-8 bytes", "never"),
    ("spans", "its pieces as start-end", "UTF-8 bytes", "never"),
    ("speaker_start", "first byte of speaker", "UTF-8 bytes", "nobody is named"),
    ("speaker_end", "the byte behind its last", "UTF-8 bytes", "nobody is named"),
    ("language", "language of the article", "two letters", "never"),
    ("text", "the words", "text", "never"),
    ("duplicate_of", "the earlier statement that it repeats", "text", "it repeats none"),
    ("because", "why this speaker", "text", "never"),
    ("speaks_for", "for whom a spokesman speaks", "text", "nobody else"),
    ("said_words", "the words that dated it", "text", "the day of publication stands in"),
    ("said_note", "what was odd about the date", "text", "nothing was"),
    (
        "published_precision",
        "how exactly the publication is known",
        "day, month, quarter, year",
        "no date of publication",
    ),
];

/// Columns of `statements.csv` that every axis adds, after the axis' id.
pub const AXIS: &[Column] = &[
    ("", "score on the axis", "[-1, 1]", "no evidence: nothing said is not 0"),
    ("_hits", "lexicon matches that carried weight", "count", "never"),
    (
        "_why_not",
        "why there is no score: no_match, no_weight, question, language",
        "text",
        "there is a score",
    ),
    ("_positive", "matches that speak for the positive pole", "count", "never"),
    ("_negative", "matches that speak for the negative pole", "count", "never"),
];

const HITS: &[Column] = &[
    ("statement_id", "the statement", "text", "never"),
    ("axis", "id of the axis", "text", "an appraisal that values nothing"),
    ("kind", "target, appraisal or term", "text", "never"),
    ("term", "the lexicon's term as typed", "text", "never"),
    ("matched", "the words it matched", "text", "never"),
    ("start", "first byte in the article's body", "UTF-8 bytes", "never"),
    ("end", "the byte behind the last", "UTF-8 bytes", "never"),
    ("weight", "the term's weight", "[-1, 1]", "never"),
    ("status", "asserted, negated, conditional, hedged, governed, unattached, blocking", "text", "never"),
    ("factor", "product of what touched it", "number", "never"),
    ("contribution", "what it adds to the axis", "[-1, 1]", "never"),
    ("target", "what an appraisal values", "text", "no appraisal"),
    ("shifters", "what turned or damped it, with multipliers", "text", "nothing"),
];

const ACTORS: &[Column] = &[
    ("actor_id", "id on the roster", "text", "never"),
    ("actor", "name for people", "text", "never"),
    ("n_statements", "statements, scored or not", "count", "never"),
    ("n_articles", "articles", "count", "never"),
    ("first_said", "first day on which any can have been said", "date", "no dates"),
    ("last_said", "last day", "date", "no dates"),
];

const UNLISTED: &[Column] = &[
    ("speaker", "a speaker who is not on the roster", "text", "never"),
    ("n_statements", "statements", "count", "never"),
    ("n_articles", "articles", "count", "never"),
    ("example_id", "id of one statement", "text", "never"),
    ("example", "its words", "text", "never"),
];

const SKIPPED: &[Column] = &[
    ("path", "file, with line where it is one; for coarse_date the id of the article", "text", "never"),
    (
        "reason",
        "a short stable word; coarse_date: a statement is dated more coarsely than the periods are long and stands in no row of trend.csv",
        "text",
        "never",
    ),
    ("detail", "what was found and what to do", "text", "never"),
];

const INPUTS: &[Column] = &[
    ("path", "file as it was named", "text", "never"),
    ("format", "what it was read as", "text", "never"),
    ("bytes", "its size as it lies there", "bytes", "never"),
    (
        "encoding",
        "the encoding it was read in",
        "text",
        "Parquet and Word files, and files of which nothing was read",
    ),
    ("encoding_basis", "bom, valid (UTF-8 throughout), declared or detected", "text", "as encoding"),
    ("replaced", "characters that could not be read and stand as U+FFFD", "count", "never"),
    ("sha256", "hash of its bytes as they lie there", "text", "never"),
];

/// A table, whether it begins with [`WHO`], its columns, what a row is.
pub const TABLES: &[(&str, bool, &[Column], &str)] = &[
    ("statements.csv", false, STATEMENTS, "A row is a statement."),
    ("hits.csv", false, HITS, "A row is one lexicon match in one statement: the evidence of the scores."),
    ("trend.csv", true, TREND, "A row is an actor on an axis in a period (from a source)."),
    ("smooth.csv", true, SMOOTH, "A row is a place on the smooth line of an actor on an axis."),
    ("slopes.csv", true, SLOPES, "A row is an actor on an axis: is there a steady drift? From 3 periods on."),
    (
        "models.csv",
        true,
        MODELS,
        "A row is one description of an actor on an axis; compare them before you believe in a break.",
    ),
    (
        "breaks.csv",
        true,
        BREAKS,
        "A row is a break of level of an actor on an axis, where steps are better than one level.",
    ),
    ("shifts.csv", true, SHIFTS, "A row is a tested change between two stretches of time."),
    (
        "pooled.csv",
        true,
        POOLED,
        "A row is an actor on an axis in a period, from the counts of the whole period; with --scale logit or valence.",
    ),
    (
        "duplicates.csv",
        false,
        DUPLICATES,
        "A row is a statement that repeats another and was not counted (but with --keep-duplicates).",
    ),
    ("actors.csv", false, ACTORS, "A row is an actor on the roster who speaks."),
    ("unlisted_speakers.csv", false, UNLISTED, "A row is a speaker who is not on the roster."),
    ("inputs.csv", false, INPUTS, "A row is a file that was read."),
    ("skipped.csv", false, SKIPPED, "A row is something that could not be used."),
];
