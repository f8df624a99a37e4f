//! The facts of a cell beside the dictionary of its dimension.

mod settled;
mod stated;
mod undeclared;

use model::{Date, Dimension, Fact, FactFormat, FactSpec, FactType, Optional, Synonym, Url};

pub(crate) use self::settled::{cleaned, listed, renamed, retyped, settled, trimmed};
pub(crate) use self::stated::StatedFact;
pub(crate) use self::undeclared::{Seems, UndeclaredFacts, tells_of_reader};
use crate::CellContext;
use crate::filler::is_filler;

/// Something that a declared fact must not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mismatch {
    /// The item that is wrong, where the value is a list.
    pub(crate) item: Option<usize>,
    /// What it is.
    pub(crate) is: String,
    /// What it should be.
    pub(crate) wanted: String,
}

/// The declared facts of a dimension; nothing where it is not known what is declared.
fn dictionary(dimension: &Dimension) -> Option<&[FactSpec]> {
    match &dimension.facts {
        Optional::Absent => Some(&[]),
        Optional::Unread => None,
        Optional::Known(specs) => Some(specs),
    }
}

impl<'a> CellContext<'a> {
    /// The fact of this key, if it is stated and could be read.
    pub(crate) fn stated(&self, key: &str) -> Option<&StatedFact<'a>> {
        let at = self.stated.binary_search_by_key(&key, |stated| stated.key).ok()?;
        self.stated.get(at)
    }

    /// Returns whether a fact of this key is stated, readable or not.
    pub(crate) fn states(&self, key: &str) -> bool {
        self.cell.facts.known().is_some_and(|facts| facts.contains_key(key))
    }

    /// The declared facts of the dimension; nothing where it is not known what is declared.
    pub(crate) fn dictionary(&self) -> Option<&'a [FactSpec]> {
        dictionary(self.dimension?)
    }

    /// Returns whether a fact describes its reader instead of the offering. What the dimension declares is one.
    pub(crate) fn is_of_reader(&self, stated: &StatedFact<'_>) -> bool {
        let is_known = stated.spec.is_some() || stated.synonym.is_some();
        !is_known && self.seems(stated.key) == Seems::OfReader
    }

    /// Returns whether a declared fact needs a new value: of the wrong type, or a list in a text.
    pub(crate) fn is_mismatched(&self, key: &str) -> bool {
        let declared = self.stated(key).and_then(|stated| Some((stated.spec?, stated.fact)));
        declared.is_some_and(|(spec, fact)| mismatch(spec, fact).is_some() || is_list_in_text(spec, fact))
    }
}

/// Returns whether a value has the form in which a synonym is meant.
fn is_meant(synonym: &Synonym, fact: &Fact) -> bool {
    let has_type = match synonym.when {
        Optional::Absent => true,
        Optional::Unread => false,
        Optional::Known(kind) => has_type(fact, kind),
    };
    let has_format = match (&synonym.when_format, fact) {
        (Optional::Absent, _) => true,
        (Optional::Known(format), Fact::Text(text)) => has_format(text, *format),
        _ => false,
    };
    has_type && has_format
}

/// Why a value is none that the declaration wants. A text in the place of a list is no mismatch: what it
/// says is plain.
pub(crate) fn mismatch(spec: &FactSpec, fact: &Fact) -> Option<Mismatch> {
    let kind = spec.kind.get()?;
    if kind == FactType::List && matches!(fact, Fact::Text(_)) {
        return None;
    }
    if !has_type(fact, kind) {
        return Some(Mismatch { item: None, is: shown(fact), wanted: noun(kind).to_owned() });
    }
    match fact {
        Fact::Text(text) => mismatched_text(spec, text, None),
        Fact::List(items) => {
            items.iter().enumerate().find_map(|(at, text)| mismatched_text(spec, text, Some(at)))
        }
        _ => None,
    }
}

fn mismatched_text(spec: &FactSpec, text: &str, item: Option<usize>) -> Option<Mismatch> {
    // The rule text/untrimmed reports spaces around it.
    let text = text.trim();
    let values = spec.one_of.known();
    let wanted = match (values, spec.format.get()) {
        (Some(values), _) if !values.iter().any(|value| value == text) => {
            diagnostics::one_of(values.iter().map(String::as_str))
        }
        (_, Some(format)) if !has_format(text, format) => form(format).to_owned(),
        _ => return None,
    };
    Some(Mismatch { item, is: format!("the text {}", diagnostics::quoted(text)), wanted })
}

/// Returns whether a declared list is written as a text that says something.
pub(crate) fn is_list_in_text(spec: &FactSpec, fact: &Fact) -> bool {
    spec.kind.is(FactType::List) && matches!(fact, Fact::Text(text) if !is_filler(text))
}

/// Returns whether a value has a type. A whole number is a decimal number, too.
pub(crate) fn has_type(fact: &Fact, kind: FactType) -> bool {
    matches!(
        (fact, kind),
        (Fact::Bool(_), FactType::Bool)
            | (Fact::Integer(_), FactType::Integer | FactType::Decimal)
            | (Fact::Decimal(_), FactType::Decimal)
            | (Fact::Date(_), FactType::Date)
            | (Fact::Text(_), FactType::Text)
            | (Fact::List(_), FactType::List)
    )
}

fn has_format(text: &str, format: FactFormat) -> bool {
    match format {
        FactFormat::Url => text.parse::<Url>().is_ok_and(|url| url.scheme().eq_ignore_ascii_case("https")),
        FactFormat::Host => is_host(text),
        // A leap year has every day.
        FactFormat::MonthDay => text.len() == 5 && format!("2024-{text}").parse::<Date>().is_ok(),
    }
}

/// Returns whether a text is a host name of at least two labels (RFC 1123; letters beyond ASCII allowed).
pub(crate) fn is_host(text: &str) -> bool {
    let is_label = |label: &str| {
        let inner = |c: char| c.is_alphanumeric() || c == '-';
        !label.is_empty() && label.chars().all(inner) && !label.starts_with('-') && !label.ends_with('-')
    };
    text.contains('.') && text.split('.').all(is_label)
}

/// A type in words.
fn noun(kind: FactType) -> &'static str {
    match kind {
        FactType::Bool => "`true` or `false`",
        FactType::Integer => "a whole number",
        FactType::Decimal => "a number",
        FactType::Date => "a date",
        FactType::Text => "a text",
        FactType::List => "a list of texts",
    }
}

/// A form in words.
fn form(format: FactFormat) -> &'static str {
    match format {
        FactFormat::Url => "an https address",
        FactFormat::Host => "the name of a host",
        FactFormat::MonthDay => "a month and day, MM-DD",
    }
}

/// What a declared fact should be, in words: "a whole number, in days (longest default retention)".
pub(crate) fn describe(spec: &FactSpec) -> String {
    let mut shown = match (spec.one_of.known(), spec.format.get(), spec.kind.get()) {
        (Some(values), ..) => diagnostics::one_of(values.iter().map(String::as_str)),
        (None, Some(format), Some(FactType::List)) => format!("a list, each item {}", form(format)),
        (None, Some(format), _) => form(format).to_owned(),
        (None, None, Some(kind)) => noun(kind).to_owned(),
        (None, None, None) => "what the dimension declares".to_owned(),
    };
    if let Some(unit) = spec.unit.known() {
        shown.push_str(&format!(", in {}", unit.replace('_', " ")));
    }
    if let Some(meaning) = spec.meaning.known() {
        shown.push_str(&format!(" ({meaning})"));
    }
    diagnostics::printable(&shown).into_owned()
}

/// A value in words.
pub(crate) fn shown(fact: &Fact) -> String {
    match fact {
        Fact::Bool(value) => format!("`{value}`"),
        Fact::Integer(value) => format!("the number `{value}`"),
        Fact::Decimal(value) => format!("the number {}", diagnostics::quoted(value.as_str())),
        Fact::Date(value) => format!("the date `{value}`"),
        Fact::Text(text) => format!("the text {}", diagnostics::quoted(text)),
        Fact::List(_) => "a list".to_owned(),
    }
}
