//! `KEY=VALUE`: what a field or a fact of an answer shall be, typed as files hold it.

use diagnostics::{closest, one_of, quoted};
use model::read::Faults;
use model::tabular::{TabularError, read_facts, read_list};
use model::{
    Cell, Confidence, ConfidenceReason, DefaultState, Dimension, Fact, Field, Optional, Plain, Record, Route,
    Shape, Status, Tier, Vocabulary,
};

use crate::Failure;

/// What begins the name of a fact.
const FACTS: &str = "facts.";

/// Gives a field or a fact of a cell the value that a text says.
///
/// # Errors
///
/// When the text has no such form, or the field no such value.
pub(super) fn assign(cell: &mut Cell, dimension: Option<&Dimension>, text: &str) -> Result<(), Failure> {
    let Some((key, value)) = text.split_once('=') else {
        let message = format!("{} has no `=`: write KEY=VALUE, such as status=partial", quoted(text));
        return Err(Failure::Usage(message));
    };
    match key.strip_prefix(FACTS) {
        Some(_) => assign_fact(cell, dimension, text),
        None => assign_field(cell, key, value),
    }
}

fn assign_field(cell: &mut Cell, key: &str, value: &str) -> Result<(), Failure> {
    let settable = |field: &&Field| !matches!(field.shape, Shape::Map | Shape::Record);
    let fields = || Cell::FIELDS.iter().filter(settable);
    let Some(field) = fields().find(|field| field.key == key) else {
        let keys = || fields().map(|field| field.key);
        let help = closest(key, keys()).map_or_else(
            || format!("write {}, or facts.KEY", one_of(keys())),
            |meant| format!("did you mean `{meant}`?"),
        );
        return Err(Failure::Usage(format!(
            "an answer has no field {} that can be set here: {help}",
            quoted(key)
        )));
    };
    let list;
    let plain = match field.shape {
        Shape::Date => value.parse().map_or(Plain::from(value), Plain::Date),
        Shape::Integer => value.parse().map_or(Plain::from(value), Plain::Integer),
        Shape::Bool => value.parse().map_or(Plain::from(value), Plain::Bool),
        Shape::List => {
            list = read_list(value).map_err(|error| faulty(key, &error))?;
            Plain::List(list.iter().map(|(_, item)| Plain::from(item.as_str())).collect())
        }
        _ => Plain::from(value),
    };
    let mut faults = Faults::default();
    cell.read_field(key, plain, &mut faults);
    if faults.any() {
        return Err(Failure::Usage(format!(
            "{} is no value of `{key}`{}",
            quoted(value),
            values_of(key, value)
        )));
    }
    Ok(())
}

/// What may be written for a field whose value is a word.
fn values_of(key: &str, value: &str) -> String {
    fn words<V: Vocabulary>(value: &str) -> String {
        let ids = || V::ALL.iter().map(|word| word.id());
        match closest(value, ids()) {
            Some(meant) => format!(": did you mean `{meant}`?"),
            None => format!(": write {}", one_of(ids())),
        }
    }
    match key {
        "status" => words::<Status>(value),
        "confidence" => words::<Confidence>(value),
        "confidence_reasons" => words::<ConfidenceReason>(value),
        "tier" => words::<Tier>(value),
        "route" => words::<Route>(value),
        "default" => words::<DefaultState>(value),
        "verified_on" => ": write YYYY-MM-DD".to_owned(),
        _ => String::new(),
    }
}

fn assign_fact(cell: &mut Cell, dimension: Option<&Dimension>, text: &str) -> Result<(), Failure> {
    let bare = text.strip_prefix(FACTS).unwrap_or(text);
    let facts = read_facts(bare).map_err(|error| faulty("facts", &error))?;
    for (_, key, fact) in facts {
        let typed = key.parse().map_err(|error: model::InvalidId| Failure::Usage(error.to_string()))?;
        let declared = || dimension.into_iter().flat_map(|one| one.facts.items()).map(|spec| spec.key.text());
        let is_known = declared().any(|known| known == key);
        if let Some(meant) = closest(key, declared()).filter(|_| !is_known) {
            let message = format!("the question has no fact {}: did you mean `facts.{meant}`?", quoted(key));
            return Err(Failure::Usage(message));
        }
        set_fact(cell, typed, fact)?;
    }
    Ok(())
}

fn set_fact(cell: &mut Cell, key: model::Key, fact: Fact) -> Result<(), Failure> {
    match &mut cell.facts {
        Optional::Known(facts) => {
            facts.insert(key, fact.into());
        }
        Optional::Absent => cell.facts = Optional::Known([(key, fact.into())].into()),
        Optional::Unread => {
            return Err(Failure::Usage(
                "the facts of the answer could not be read: fix them first".to_owned(),
            ));
        }
    }
    Ok(())
}

fn faulty(key: &str, error: &TabularError) -> Failure {
    Failure::Usage(format!("the value of `{key}`: {}", error.what))
}
