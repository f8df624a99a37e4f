//! The values of a cell in words, as plain text. Each format escapes it.

use std::fmt::Write;

use model::{Category, Cell, Evidence, Exception, Fact, FactSpec, Key, Optional, Role, Vocabulary};

use crate::text::line_feeds;

/// The text for something that could not be read.
pub const UNREAD: &str = "could not be read";

/// The text for missing evidence.
pub const NO_SOURCE: &str = "no public source";

/// The confidence with its reasons: "Medium (gated document, scope unverified)".
pub fn confidence(cell: &Cell) -> Option<String> {
    let mut words = term(&cell.confidence)?.to_owned();
    let reasons = confidence_reasons(cell);
    if !reasons.is_empty() {
        let _ = write!(words, " ({})", reasons.join(", "));
    }
    Some(words)
}

/// Why the confidence is not high, each reason in words.
pub fn confidence_reasons(cell: &Cell) -> Vec<String> {
    cell.confidence_reasons.items().iter().map(|reason| reason.label().to_lowercase()).collect()
}

/// Where the commitment holds: "European Union, United States (other regions on request)".
pub fn geography(cell: &Cell) -> Option<String> {
    let areas: Vec<_> = cell.geography.items().iter().map(|area| area.name()).collect();
    let areas = areas.join(", ");
    match cell.geography_note.known() {
        Some(note) if areas.is_empty() => Some(note.clone()),
        Some(note) => Some(format!("{areas} ({note})")),
        None if areas.is_empty() => None,
        None => Some(areas),
    }
}

/// A category with what it means.
pub fn category(category: Category) -> String {
    format!("{}. {}", category.label(), category.meaning())
}

/// The label of a term, [`UNREAD`] if it could not be read, `None` if it is not stated.
pub fn term<V: Vocabulary>(value: &Optional<V>) -> Option<&'static str> {
    match value {
        Optional::Absent => None,
        Optional::Unread => Some(UNREAD),
        Optional::Known(value) => Some(value.label()),
    }
}

/// Abbreviations that occur in keys, as readers write them.
const ABBREVIATIONS: [&str; 20] = [
    "AI", "API", "BAA", "DPA", "DPF", "EEA", "EU", "HIPAA", "IBM", "ISO", "NDA", "PHI", "SCC", "SCCs", "SOC",
    "TTL", "UK", "URL", "US", "ZDR",
];

/// A snake_case key as words: `retention_days` becomes "Retention days", `dpa_url` "DPA URL".
pub fn key(key: &str) -> String {
    let word = |word: &str| {
        let known = ABBREVIATIONS.iter().find(|known| known.eq_ignore_ascii_case(word));
        known.map_or_else(|| word.to_owned(), |known| (*known).to_owned())
    };
    let words = key.split('_').map(word).collect::<Vec<_>>().join(" ");
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// The models of an exception by name.
pub fn models(exception: &Exception) -> String {
    exception.models.known().map_or_else(|| format!("models that {UNREAD}"), |models| models.join(", "))
}

/// A fact under a key, as the dictionary of its dimension describes it. What could not be read says so.
pub(crate) fn fact_of(key: &Key, fact: Option<&Fact>, spec: Option<&FactSpec>) -> String {
    let unit = spec.and_then(|spec| spec.unit.known());
    // `retention_days` says it already.
    let unit = unit.filter(|unit| !key.as_str().ends_with(unit.as_str()));
    fact.map_or(UNREAD.to_owned(), |value| self::fact(value, unit.map(String::as_str)))
}

/// The value of a fact, with its unit where it is a number.
pub fn fact(fact: &Fact, unit: Option<&str>) -> String {
    let with_unit = |number: String| match unit {
        Some(unit) => format!("{number} {}", unit.replace('_', " ")),
        None => number,
    };
    match fact {
        Fact::Bool(true) => "yes".to_owned(),
        Fact::Bool(false) => "no".to_owned(),
        Fact::Integer(number) => with_unit(number.to_string()),
        Fact::Decimal(number) => with_unit(number.to_string()),
        Fact::Date(day) => day.to_string(),
        Fact::Text(words) => words.clone(),
        Fact::List(items) if items.is_empty() => "none".to_owned(),
        Fact::List(items) => items.join(", "),
    }
}

/// The answers to the parts of a question, each key and answer in words.
pub fn parts(cell: &Cell) -> impl Iterator<Item = (String, &'static str)> {
    let parts = cell.parts.known().into_iter().flatten();
    parts.map(|(name, answer)| (key(name.as_str()), answer.get().map_or(UNREAD, Vocabulary::label)))
}

/// Whose page an evidence is.
pub fn role(evidence: &Evidence) -> &'static str {
    evidence.counted_role().map_or("role could not be read", Role::phrase)
}

/// Prose as paragraphs: a single line break is a blank, an empty line ends the paragraph.
pub fn paragraphs(prose: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut open = false;
    for line in line_feeds(prose).split('\n') {
        let line = line.trim_matches([' ', '\t']);
        match paragraphs.last_mut() {
            _ if line.is_empty() => open = false,
            Some(paragraph) if open => {
                paragraph.push(' ');
                paragraph.push_str(line);
            }
            _ => {
                paragraphs.push(line.to_owned());
                open = true;
            }
        }
    }
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn values_read_as_words() {
        let registry = sample::registry();
        let cell = registry.platforms["azure"].cell("soc2_type2").unwrap();
        assert_eq!(confidence(cell).unwrap(), "Medium (gated document, scope unverified)");
        assert_eq!(term(&cell.tier), Some("Enterprise only"));
        assert_eq!(fact(&Fact::Integer(5), Some("business_days")), "5 business days");
        assert_eq!(role(&cell.evidence.items()[0]), "primary source");
        let residency = registry.offerings["azure-openai"].cell("data_residency").unwrap();
        assert_eq!(geography(residency).unwrap(), "European Union, United States (other regions on request)");
        assert_eq!(geography(cell), None);
    }
}
