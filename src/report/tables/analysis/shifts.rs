//! The table `shifts`: tested changes between two stretches of time.

use crate::model::Shift;
use crate::report::tables::schema::Schema;

/// The columns of `shifts`.
pub fn schema() -> Schema<Shift> {
    Schema::<Shift>::new("shifts", "A row is a tested change between two stretches of time.")
        .actor_on_axis(|shift| [&shift.actor_id, &shift.actor, &shift.axis])
        .text(
            "test",
            "permutation: two windows that were named; event: the time before and after an \
             event",
            "text",
            "never",
            |shift| &shift.test,
        )
        .text("window_a", "the earlier window", "as typed, or two dates", "never", |shift| &shift.window_a)
        .text("window_b", "the later window", "as typed, or two dates", "never", |shift| &shift.window_b)
        .integer("n_a", "articles with a score in the earlier window", "count", "never", |shift| shift.n.0)
        .integer("n_b", "articles with a score in the later window", "count", "never", |shift| shift.n.1)
        .number("mean_a", "mean in the earlier window", "[-1, 1]", "never", |shift| shift.mean.0)
        .number("mean_b", "mean in the later window", "[-1, 1]", "never", |shift| shift.mean.1)
        .number(
            "difference",
            "mean_b - mean_a; positive is towards the positive pole",
            "[-2, 2]",
            "never",
            |shift| shift.difference,
        )
        .number(
            "ci_low",
            "lower end of its 95 % interval from resampled articles",
            "[-2, 2]",
            "fewer than 5 articles on a side",
            |shift| shift.interval.map(|interval| interval.0),
        )
        .number("ci_high", "upper end", "[-2, 2]", "fewer than 5 articles on a side", |shift| {
            shift.interval.map(|interval| interval.1)
        })
        .number(
            "p",
            "two-sided p: share of relabellings of the articles with as large a difference",
            "(0, 1]",
            "--within-source, and no source printed both",
            |shift| shift.p,
        )
        .number(
            "q",
            "p corrected for all rows of the same test (Benjamini and Hochberg): among \
             findings with q < 0.05, 5 % are expected to be false",
            "(0, 1]",
            "as p",
            |shift| shift.q,
        )
        .text("finding", "one plain sentence", "text", "never", |shift| &shift.finding)
        .optional_text("event", "the event", "text", "the test is no event", |shift| shift.event.as_deref())
        .day(
            "said_a_from",
            "first day on which what was said in the earlier window can have been said",
            "date",
            "never",
            |shift| shift.said_a.0,
        )
        .day("said_a_to", "last day", "date", "never", |shift| shift.said_a.1)
        .day("said_b_from", "first day for the later window", "date", "never", |shift| shift.said_b.0)
        .day("said_b_to", "last day", "date", "never", |shift| shift.said_b.1)
        .number(
            "cliffs_delta",
            "how much more often an article of the later window lies higher than lower than \
             one of the earlier",
            "[-1, 1]",
            "never",
            |shift| shift.cliffs_delta,
        )
        .number(
            "within_source_difference",
            "the difference with every source compared with itself; p then relabels within \
             sources",
            "[-2, 2]",
            "without --within-source; no source printed both",
            |shift| shift.within_source,
        )
        .integer("permutations", "relabellings looked at", "count", "never", |shift| shift.permutations)
        .yes_no("p_exact", "whether these are all there are", "yes, no", "never", |shift| shift.exact)
        .number("p_smallest", "the smallest p that so few articles can reach", "(0, 1]", "never", |shift| {
            shift.smallest_p
        })
        .integer(
            "placebo_rank",
            "rank of the size of the event's difference among those at the first of every \
             month that could be tested",
            "count, 1 is the largest",
            "the test is no event; nothing to compare",
            |shift| shift.placebo.map(|placebo| placebo.0),
        )
        .integer(
            "placebo_dates",
            "how many dates were ranked, the event's included",
            "count",
            "as placebo_rank",
            |shift| shift.placebo.map(|placebo| placebo.1),
        )
        .number(
            "local_jump",
            "jump at the event between a line through what was said before and one through \
             what was said after",
            "units of the scale",
            "the test is no event; fewer than 5 articles on a side",
            |shift| shift.local_jump.map(|jump| jump.0),
        )
        .number(
            "local_jump_se",
            "its standard error, every article with a spread of its own",
            ">= 0",
            "as local_jump",
            |shift| shift.local_jump.map(|jump| jump.1),
        )
}
