//! The contradictions that a dimension declares between a fact and the rest of its cell.

use diagnostics::{Finding, Place, quoted};
use model::{
    Condition, Contradiction, Fact, FactSpec, FieldPath, Geography, Optional, Strength, Subject, Vocabulary,
};

use crate::facts::{mismatch, shown};
use crate::filler::is_filler_fact;
use crate::{CellContext, Raise};

/// A fact that contradicts something else of its cell, or makes a reader doubt it.
pub(crate) struct Clash<'a> {
    /// The declaration of the fact.
    pub(crate) spec: &'a FactSpec,
    contradiction: &'a Contradiction,
    fact: Option<&'a Fact>,
}

/// The facts with a contradiction of this strength; of several of one fact, the first.
pub(crate) fn clashes<'a>(cell: &CellContext<'a>, strength: Strength) -> impl Iterator<Item = Clash<'a>> {
    cell.dictionary().unwrap_or_default().iter().filter_map(move |spec| clash(cell, spec, strength))
}

/// The first contradiction of a declared fact of this strength.
pub(crate) fn clash<'a>(cell: &CellContext<'a>, spec: &'a FactSpec, strength: Strength) -> Option<Clash<'a>> {
    let mut declared = spec.contradicts.items().iter().filter(|one| one.level.is(strength)).peekable();
    declared.peek()?;
    let key = spec.key.known()?.as_str();
    let fact = cell.stated(key).map(|stated| stated.fact);
    let holds = |one: &&Contradiction| is_met(cell, one, fact) && meets_rest(cell, one, fact);
    let contradiction = declared.find(holds)?;
    // A fact that could not be read, or that is none, contradicts nothing.
    let could_be_read = !cell.facts.is_unread() && (fact.is_some() || !cell.states(key));
    let is_one = could_be_read && fact.is_none_or(|fact| mismatch(spec, fact).is_none());
    is_one.then_some(Clash { spec, contradiction, fact })
}

/// Returns whether the fact has the value, or meets the condition.
fn is_met(cell: &CellContext<'_>, contradiction: &Contradiction, fact: Option<&Fact>) -> bool {
    let has_value = |literal: &model::Literal| fact.is_some_and(|fact| literal.matches(fact));
    let meets = |condition: &Condition| match condition {
        Condition::Present => fact.is_some_and(says_something),
        Condition::Absent => fact.is_none(),
        Condition::EmptyOrAbsent => !fact.is_some_and(says_something),
        Condition::Past => matches!(fact, Some(Fact::Date(day)) if *day < cell.today),
        Condition::AboveZero => match fact {
            Some(Fact::Integer(number)) => *number > 0,
            Some(Fact::Decimal(number)) => number.to_f64() > 0.0,
            _ => false,
        },
    };
    contradiction.value.known().is_some_and(has_value) || contradiction.is.known().is_some_and(meets)
}

/// Returns whether everything that the contradiction states of the rest of the cell holds. What the cell does
/// not state, or what could not be read, contradicts nothing.
fn meets_rest(cell: &CellContext<'_>, contradiction: &Contradiction, fact: Option<&Fact>) -> bool {
    // Taken apart by name, so that a new condition cannot be forgotten here.
    let Contradiction {
        level: _,
        value: _,
        is: _,
        status,
        tier,
        default,
        default_other_than,
        geography,
        geography_without,
        fact: other,
        fact_value,
        without_exceptions,
        other_developer,
        own_model,
    } = contradiction;
    let stated = cell.geography.known();
    let beside = other
        .known()
        .and_then(|key| Some(cell.stated(key.as_str())?.fact))
        .filter(|fact| says_something(fact));
    let exceptions = cell.exceptions.known().map_or(0, Vec::len);
    holds(status, |list| cell.status.get().is_some_and(|status| list.contains(&status)))
        && holds(tier, |list| cell.tier.get().is_some_and(|tier| list.contains(&tier)))
        && holds(default, |list| cell.default.get().is_some_and(|default| list.contains(&default)))
        && holds(default_other_than, |list| {
            cell.default.get().is_some_and(|default| !list.contains(&default))
        })
        && holds(geography, |list| stated.is_some_and(|stated| stated.iter().any(|code| list.contains(code))))
        && holds(geography_without, |list| stated.is_some_and(|stated| !any_lies_in(stated, list)))
        && holds(other, |_| beside.is_some())
        && holds(fact_value, |value| beside.is_some_and(|beside| value.matches(beside)))
        && holds(without_exceptions, |without| !cell.exceptions.is_unread() && *without == (exceptions == 0))
        && holds(other_developer, |wanted| serves_others(cell) == Some(*wanted))
        && holds(own_model, |wanted| fact.is_some_and(|fact| lists_own_model(cell, fact) == *wanted))
}

fn holds<T>(condition: &Optional<T>, check: impl Fn(&T) -> bool) -> bool {
    match condition {
        Optional::Absent => true,
        Optional::Unread => false,
        Optional::Known(condition) => check(condition),
    }
}

/// An empty list, or a text that only fills the key, says nothing.
fn says_something(fact: &Fact) -> bool {
    !matches!(fact, Fact::List(items) if items.is_empty()) && !is_filler_fact(fact)
}

fn any_lies_in(stated: &[Geography], areas: &[Geography]) -> bool {
    stated.iter().any(|code| areas.iter().any(|area| code.lies_in(*area)))
}

/// Returns whether the cell is an offering's whose developer does not run its platform; nothing where that is
/// not known.
fn serves_others(cell: &CellContext<'_>) -> Option<bool> {
    let offering = cell.owner.as_offering()?;
    let developer = offering.developer.known()?;
    let (_, platform) = cell.owner.env.shared.platform(offering.platform.known()?.as_str())?;
    Some(platform.operator.known()? != developer)
}

/// Returns whether one of the listed models is of the offering's family or developer. Whatever a host of many
/// developers lists is among its models.
fn lists_own_model(cell: &CellContext<'_>, fact: &Fact) -> bool {
    let Some(offering) = cell.owner.as_offering() else { return false };
    let developer = match &offering.developer {
        Optional::Absent => return true,
        Optional::Unread => return false,
        Optional::Known(id) => cell.owner.env.shared.organization(id.as_str()),
    };
    let developer = developer.map_or("", |(_, organization)| organization.name.text());
    let listed = match fact {
        Fact::Text(text) => std::slice::from_ref(text),
        Fact::List(items) => items,
        _ => return false,
    };
    let names = names_in(offering.model_family.text()).chain(names_in(developer));
    let mut names = names.filter(|name| name.starts_with(char::is_uppercase));
    names.any(|name| listed.iter().any(|item| names_in(item).any(|word| word.eq_ignore_ascii_case(name))))
}

/// The words of a name: `GPT` and `5` of `GPT-5`.
fn names_in(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

impl Clash<'_> {
    /// Raises a finding at the fact, or where it belongs, with all that it goes against.
    pub(crate) fn raise<'r>(&self, cell: &CellContext<'_>, raise: &'r mut Raise<'_>) -> &'r mut Finding {
        let subject = cell.at(FieldPath::of("facts").key(self.spec.key.text()));
        let place = if self.fact.is_some() { subject.into() } else { Place::missing(subject) };
        let rest = self.rest(cell);
        let words: Vec<_> = rest.iter().map(|(words, _)| words.as_str()).collect();
        let beside =
            if words.is_empty() { String::new() } else { format!(" beside {}", words.join(" and ")) };
        let mut draft = raise.at(place, format!("{} states {}{beside}", cell.name(), self.stated()));
        for (words, subject) in rest {
            draft = draft.related(subject, words);
        }
        draft
    }

    /// Returns whether it is the status that the fact contradicts.
    pub(crate) fn is_about_status(&self) -> bool {
        !self.contradiction.status.is_absent()
    }

    fn stated(&self) -> String {
        let key = quoted(self.spec.key.text());
        let past = if self.contradiction.is.is(Condition::Past) { ", which is past," } else { "" };
        match self.fact {
            None => format!("no {key}"),
            Some(Fact::List(items)) if items.is_empty() => format!("an empty {key}"),
            Some(Fact::List(_)) => key,
            Some(fact) => format!("{key} as {}{past}", shown(fact)),
        }
    }

    /// What the fact contradicts, in words, with its place.
    fn rest(&self, cell: &CellContext<'_>) -> Vec<(String, Subject)> {
        let contradiction = self.contradiction;
        let mut rest = Vec::new();
        let mut add = |stated: bool, field: &str, words: String| {
            if stated {
                rest.push((words, cell.at(field)));
            }
        };
        add(!contradiction.status.is_absent(), "status", word("status", cell.status.get()));
        add(!contradiction.tier.is_absent(), "tier", word("tier", cell.tier.get()));
        let default = !contradiction.default.is_absent() || !contradiction.default_other_than.is_absent();
        add(default, "default", word("default", cell.default.get()));
        let codes: Vec<_> = cell.geography.items().iter().map(|code| code.code()).collect();
        let geography = !contradiction.geography.is_absent() || !contradiction.geography_without.is_absent();
        add(geography, "geography", format!("the geography `{}`", codes.join(", ")));
        if let Some(key) = contradiction.fact.known() {
            rest.push((format!("the fact `{key}`"), cell.at(FieldPath::of("facts").key(key.as_str()))));
        }
        rest
    }
}

fn word<V: Vocabulary>(noun: &str, value: Option<V>) -> String {
    format!("the {noun} `{}`", value.map_or("", Vocabulary::id))
}
