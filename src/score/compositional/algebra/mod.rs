//! The algebra of signs: the contribution of each hit.
//!
//! The rules are stated in docs/METHOD.md 4.3 and 4.4. The product runs from the target outwards:
//! each appraisal that governs keeps or turns the sign of what it governs.

pub(crate) mod hits;
pub(crate) mod tests;

use crate::model::{CueClass, Entry, EntryKind, Hit, ShifterKind, Span, Status};
use crate::score::compositional::algebra::hits::Valuation;
use crate::score::compositional::context::MatchContext;
use crate::score::compositional::shifters::Found;
use crate::score::compositional::target_group::{Link, TargetGroup};

/// The value of a target that nothing else values, under an endorsing or denying cue or a
/// predicate that refuses: "supports the union", "a merger is out of the question".
const BARE: f64 = 0.7;
/// Factor of an appraisal in the next sentence whose pronoun takes up the target.
const TAKEN_UP: f64 = 0.9;
/// The same without a pronoun.
const LEFT_OPEN: f64 = 0.5;
/// Maximum number of tokens between blame and the verb that it governs ("pointless to join").
const GOVERNED_GAP: usize = 2;
/// A target of less weight is little more than a name: that something is done "without" it does
/// not mean that it is needed.
const NAMED: f64 = 0.1;
/// An appraisal for a thing, denied or not, of at least this weight proposes it.
const PROPOSED: f64 = 0.3;

/// An appraisal with what turns it.
struct Valued<'a> {
    /// The match.
    index: usize,
    /// What its entry says here, under its negators.
    weight: f64,
    /// The sign of what it governs: it makes a lost thing a gain.
    sign: f64,
    negators: Vec<&'a Found<'a>>,
}

impl Valued<'_> {
    /// True if two values are for and against the same thing.
    fn contradicts(&self, other: &Valued) -> bool {
        (self.weight * self.sign) * (other.weight * other.sign) < 0.0
    }
}

/// The target of a group with what works on it from before.
struct Signs<'a> {
    /// -1 for a target that names the opposite of its axis, else 1.
    own: f64,
    /// Negators of the target itself.
    negators: Vec<&'a Found<'a>>,
    /// Cues and predicates that deny the whole, with their factors.
    denials: Vec<(Span, f64)>,
    /// Appraisals that govern the target, the innermost first.
    chain: Vec<Valued<'a>>,
    /// Appraisals before the target that govern nothing ("sacred sovereignty").
    modifiers: Vec<Valued<'a>>,
    /// The product of signs of the target and of the chain.
    product: f64,
}

impl Signs<'_> {
    /// True if the whole is denied; two denials cancel out.
    fn denied(&self) -> bool {
        self.denials.len() % 2 == 1
    }

    /// The denials that count: none where they cancel out.
    fn denying(&self) -> &[(Span, f64)] {
        if self.denied() { &self.denials } else { &[] }
    }
}

impl MatchContext<'_> {
    /// The hits of one target and its appraisals.
    pub fn group(&self, group: &TargetGroup) -> Vec<Hit> {
        let target = self.entry(group.target);
        let signs = self.signs(group);
        // A term that says the same under negation is changed by nothing.
        if target.kind == EntryKind::Term && target.weight * target.negated > 0.0 {
            let others = group.before.iter().chain(&group.behind);
            let silent = others.map(|index| self.silent(*index, Status::Governed));
            return std::iter::once(self.mentioned(group, &signs)).chain(silent).collect();
        }
        let behind = self.behind(group, &signs);
        let mut hits = match signs.chain.split_last() {
            Some((outer, inner)) => self.governed(group, &signs, (outer, inner), &behind),
            None => self.qualified(group, &signs, &behind),
        };
        for later in &behind {
            let taken_up = group.later.iter().any(|(index, _)| *index == later.index);
            let turn = if signs.denied() && !taken_up { -1.0 } else { 1.0 };
            hits.push(self.valued(group, later, later.weight, later.sign * turn, &[]));
        }
        hits
    }

    /// What works on a target from before it, from the target outwards.
    fn signs(&self, group: &TargetGroup) -> Signs<'_> {
        let own = if self.entry(group.target).weight < 0.0 { -1.0 } else { 1.0 };
        let negators = self.negators(group.target, &group.before);
        let nearer: Vec<usize> = group.before.iter().copied().chain([group.target]).collect();
        let mut product = if negators.is_empty() { own } else { -own };
        let (mut chain, mut modifiers): (Vec<Valued>, Vec<Valued>) = Default::default();
        for index in &group.before {
            let entry = self.entry(*index);
            let negators = self.negators(*index, &nearer);
            let weight = self.under(entry, &negators, *index);
            let turned = if negators.is_empty() { 1.0 } else { -1.0 };
            let sign = if feared(entry) { 1.0 } else { product };
            let valued = Valued { index: *index, weight, sign, negators };
            // "Pointless to join" governs as a verb does; "a pointless union" does not.
            let blames = entry.weight < 0.0
                && chain.last().is_some_and(|inner| self.gap(*index, inner.index) <= GOVERNED_GAP);
            if entry.direction == 0 && !blames {
                modifiers.push(valued);
            } else {
                let direction = if entry.direction == 0 { -1.0 } else { f64::from(entry.direction) };
                product *= direction * turned;
                chain.push(valued);
            }
        }
        Signs { own, negators, denials: self.denials(group), chain, modifiers, product }
    }

    /// Number of tokens between two matches, the first before the second.
    fn gap(&self, first: usize, second: usize) -> usize {
        self.placed[second].found.tokens.start.saturating_sub(self.placed[first].found.tokens.end)
    }

    /// The appraisals behind a target, in its clause or in others, with what turns them. There
    /// are none where the target is proposed: then the proposal stands, whatever came of it.
    fn behind<'a>(&'a self, group: &TargetGroup, signs: &Signs<'a>) -> Vec<Valued<'a>> {
        let proposed = signs.chain.last().is_some_and(|outer| {
            let entry = self.entry(outer.index);
            entry.direction > 0 && entry.weight > PROPOSED && entry.negated > PROPOSED
        });
        if proposed {
            return Vec::new();
        }
        let free = signs.chain.is_empty();
        let own_clause = group.behind.iter().map(|index| (*index, 1.0, free));
        // Across a border it values the target itself, and only a consequence what is done to it.
        let others = group.later.iter().map(|(index, link)| match link {
            Link::Pronoun => (*index, TAKEN_UP, true),
            Link::Adjacent => (*index, LEFT_OPEN, true),
            Link::Consequence => (*index, 1.0, free),
        });
        let valued = own_clause.chain(others).map(|(index, reach, of_target)| {
            let entry = self.entry(index);
            let mut negators = self.negators(index, &group.behind);
            // "No union will do", "we will not let it be occupied".
            if free && negators.is_empty() {
                negators.clone_from(&signs.negators);
            }
            let sign = match (feared(entry), of_target) {
                (true, _) => 1.0,
                (false, true) => signs.own,
                (false, false) => signs.product,
            };
            let weight = self.under(entry, &negators, index) * reach;
            Valued { index, weight, sign, negators }
        });
        valued.collect()
    }

    /// The hits before a target that is governed: the outermost speaks for all, with the weight
    /// of the strongest, unless what stands behind contradicts it.
    fn governed(
        &self,
        group: &TargetGroup,
        signs: &Signs,
        (outer, inner): (&Valued, &[Valued]),
        behind: &[Valued],
    ) -> Vec<Hit> {
        // "It would be a mistake to leave": the mistake says it all.
        let overruled = behind.iter().any(|later| {
            let near = self.entry(later.index).direction != 0
                || group.behind.contains(&later.index)
                || group.later.contains(&(later.index, Link::Consequence));
            near && later.contradicts(outer)
        });
        let first = if overruled {
            self.silent(outer.index, Status::Governed)
        } else {
            let entry = self.entry(outer.index);
            let weight = match (signs.denied(), outer.negators.is_empty()) {
                (true, true) => entry.negated,
                (true, false) => entry.weight,
                (false, _) => outer.weight.signum() * self.strongest(group, outer, inner),
            };
            self.valued(group, outer, weight, outer.sign, signs.denying())
        };
        let others = inner.iter().chain(&signs.modifiers);
        let silent = others.map(|other| self.silent(other.index, Status::Governed));
        std::iter::once(first).chain(silent).collect()
    }

    /// The greatest weight in size of a chain, and of its target if that is a term.
    fn strongest(&self, group: &TargetGroup, outer: &Valued, inner: &[Valued]) -> f64 {
        let strongest = inner.iter().map(|one| one.weight.abs()).fold(outer.weight.abs(), f64::max);
        let target = self.entry(group.target);
        if target.kind == EntryKind::Term { strongest.max(target.weight.abs()) } else { strongest }
    }

    /// The hits before a target that nothing governs: its modifiers, and itself if nothing
    /// values it. "Full independence is an illusion": what stands behind overrules a modifier
    /// that contradicts it.
    fn qualified(&self, group: &TargetGroup, signs: &Signs, behind: &[Valued]) -> Vec<Hit> {
        let turn = if signs.denied() { -1.0 } else { 1.0 };
        let modifiers = signs.modifiers.iter().map(|modifier| {
            let overruled =
                behind.iter().any(|later| group.behind.contains(&later.index) && later.contradicts(modifier));
            if overruled {
                return self.silent(modifier.index, Status::Governed);
            }
            self.valued(group, modifier, modifier.weight, modifier.sign * turn, signs.denying())
        });
        let mut hits: Vec<Hit> = modifiers.collect();
        let is_term = self.entry(group.target).kind == EntryKind::Term;
        if behind.is_empty() && (signs.modifiers.is_empty() || is_term) {
            hits.push(self.mentioned(group, signs));
        }
        hits
    }

    /// The hit of a target or term that nothing values.
    fn mentioned(&self, group: &TargetGroup, signs: &Signs) -> Hit {
        let Signs { own, negators, denials, .. } = signs;
        let entry = self.entry(group.target);
        let is_target = entry.kind == EntryKind::Target;
        let refused =
            if is_target && negators.is_empty() && denials.is_empty() { self.refused(group) } else { None };
        let turned = (negators.len().min(1) + denials.len() + usize::from(refused.is_some())) % 2 == 1;
        let endorsed = self.statement.cue_class == CueClass::Endorsing && self.statement.cue.is_some();
        let weight = match (turned, is_target) {
            _ if self.needed(group, negators) => BARE * own,
            (false, true) if endorsed => BARE * own,
            (true, true) if !denials.is_empty() || endorsed => -BARE * own,
            (false, _) => entry.weight,
            (true, _) if negators.is_empty() => entry.negated,
            (true, _) => self.under(entry, negators, group.target),
        };
        let mut degree = self.degree(&[group.target]);
        // "Who needs such a union?"
        let weight =
            if is_target && degree.factor < 0.0 && entry.weight != 0.0 { BARE * own } else { weight };
        // A thing named in a condition or a guess is not supported.
        if is_target && matches!(degree.status, Status::Conditional | Status::Hedged) {
            degree.factor = 0.0;
        }
        degree.shifters.extend(negators.iter().copied().chain(refused).map(|found| self.turning(found)));
        degree.shifters.extend(denials.iter().map(|denial| self.denying(*denial)));
        if let (true, Some(cue)) = (endorsed, self.statement.cue) {
            degree.shifters.push((cue, cue.of(self.body).to_string(), 1.0));
        }
        self.hit(group.target, None, Valuation { weight, degree: degree.negated_if(turned) })
    }

    /// "Without a common market we shall not live": the market is needed.
    fn needed(&self, group: &TargetGroup, negators: &[&Found]) -> bool {
        let entry = self.entry(group.target);
        entry.kind == EntryKind::Target
            && entry.weight.abs() > NAMED
            && !negators.is_empty()
            && negators.iter().all(|found| found.shifter.kind == ShifterKind::Lack)
            && self.clause(group.target).is_some_and(|clause| {
                let sentence = self.sentence(clause.sentence);
                self.near(group.target).iter().any(|found| {
                    found.shifter.kind == ShifterKind::Negator && sentence.contains(&found.tokens.start)
                })
            })
    }

    /// The hit of an appraisal that values the target of a group.
    fn valued(
        &self,
        group: &TargetGroup,
        value: &Valued,
        weight: f64,
        sign: f64,
        denials: &[(Span, f64)],
    ) -> Hit {
        let mut degree = self.degree(&[value.index, group.target]);
        degree.factor *= sign;
        degree.shifters.extend(value.negators.iter().map(|found| self.turning(found)));
        degree.shifters.extend(denials.iter().map(|denial| self.denying(*denial)));
        let turned = !value.negators.is_empty() ^ !denials.is_empty();
        self.hit(value.index, Some(group.target), Valuation { weight, degree: degree.negated_if(turned) })
    }

    /// A negator as hits keep it.
    fn turning(&self, found: &Found) -> (Span, String, f64) {
        (self.span(&found.tokens), self.words(&found.tokens), -1.0)
    }

    /// A denial as hits keep it.
    fn denying(&self, (span, factor): (Span, f64)) -> (Span, String, f64) {
        (span, span.of(self.body).to_string(), factor)
    }
}

/// True if an appraisal is about a loss that nobody chose. It speaks for the axis whatever it
/// takes away: a lost union is missed, a lost barrier is not.
fn feared(entry: &Entry) -> bool {
    entry.weight > 0.0 && entry.direction < 0
}
