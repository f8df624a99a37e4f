//! The words of closed vocabularies, as people and programs write them.

use std::sync::LazyLock;

use diagnostics::{closest, one_of, quoted};
use model::{
    Category, Confidence, ConfidenceReason, DefaultState, FetchOutcome, Geography, PartAnswer, Role, Route,
    Status, Tier, Via, Vocabulary, folded_name,
};

use crate::map::look_alikes::odd_characters;
use crate::read::invalid_cell::InvalidCell;

/// A vocabulary, whichever it is.
pub(crate) struct Words {
    noun: &'static str,
    values: Vec<Value>,
}

struct Value {
    id: &'static str,
    label: &'static str,
    meaning: &'static str,
    /// The id and the label as they are compared.
    folded: Vec<String>,
}

static STATUS: LazyLock<Words> = LazyLock::new(Words::of::<Status>);
static CONFIDENCE: LazyLock<Words> = LazyLock::new(Words::of::<Confidence>);
static TIER: LazyLock<Words> = LazyLock::new(Words::of::<Tier>);
static ROUTE: LazyLock<Words> = LazyLock::new(Words::of::<Route>);
static DEFAULT: LazyLock<Words> = LazyLock::new(Words::of::<DefaultState>);
static ROLE: LazyLock<Words> = LazyLock::new(|| Words::of::<Role>().told(Role::phrase));
static OUTCOME: LazyLock<Words> = LazyLock::new(Words::of::<FetchOutcome>);
static VIA: LazyLock<Words> = LazyLock::new(Words::of::<Via>);
static CATEGORY: LazyLock<Words> = LazyLock::new(Words::of::<Category>);
static REASON: LazyLock<Words> = LazyLock::new(Words::of::<ConfidenceReason>);
static PART: LazyLock<Words> = LazyLock::new(Words::of::<PartAnswer>);

impl Words {
    fn of<V: Vocabulary>() -> Self {
        let value = |value: &V| Value {
            id: value.id(),
            label: value.label(),
            meaning: value.meaning(),
            folded: [value.id(), value.label()].map(folded_name).to_vec(),
        };
        Self { noun: V::NOUN, values: V::ALL.iter().map(value).collect() }
    }

    /// The same, with the text that readers see for each value.
    fn told<V: Vocabulary + Copy>(mut self, phrase: impl Fn(V) -> &'static str) -> Self {
        self.values
            .iter_mut()
            .zip(V::ALL)
            .for_each(|(value, one)| value.folded.push(folded_name(phrase(*one))));
        self
    }

    /// The vocabulary of a field, by its key.
    pub(crate) fn of_field(key: &str) -> Option<&'static Self> {
        Some(match key {
            "status" => &STATUS,
            "confidence" => &CONFIDENCE,
            "confidence_reasons" => &REASON,
            "tier" => &TIER,
            "route" => &ROUTE,
            "default" => &DEFAULT,
            "role" => &ROLE,
            "outcome" => &OUTCOME,
            "via" => &VIA,
            "category" => &CATEGORY,
            "parts" => &PART,
            _ => return None,
        })
    }

    /// The id that a text means; `None` if the text is an id itself.
    pub(crate) fn read(&self, text: &str) -> Result<Option<&'static str>, InvalidCell> {
        if self.values.iter().any(|value| value.id == text) {
            return Ok(None);
        }
        let wanted = folded_name(text);
        let is_meant = |value: &&Value| value.folded.contains(&wanted);
        match self.values.iter().find(is_meant) {
            Some(value) => Ok(Some(value.id)),
            None => Err(self.refused(text, &wanted)),
        }
    }

    /// The ids of the values.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &'static str> {
        self.values.iter().map(|value| value.id)
    }

    fn refused(&self, text: &str, wanted: &str) -> InvalidCell {
        let message = format!("{}{} is not a {}", quoted(text), odd_characters(text), self.noun);
        let names = self.values.iter().flat_map(|value| [value.id, value.label]);
        let near = closest(text, names).and_then(|near| {
            self.values.iter().find(|value| value.id == near || value.label == near).map(|value| value.id)
        });
        let begins = |value: &&Value| wanted.len() > 1 && value.folded[0].starts_with(wanted);
        let mut candidates: Vec<_> = self.values.iter().filter(begins).collect();
        if candidates.is_empty() {
            if let Some(near) = near {
                return InvalidCell::new(
                    message,
                    format!("did you mean `{near}`? It may be {}", one_of(self.ids())),
                );
            }
            candidates.extend(&self.values);
        }
        let meaning = |value: &&Value| format!("`{}` ({})", value.id, value.meaning.trim_end_matches('.'));
        let candidates: Vec<_> = candidates.iter().map(meaning).collect();
        InvalidCell::new(message, format!("it may be {}", candidates.join(", or ")))
    }
}

/// The code of an area that a text names; nothing where the text is a code itself.
pub(crate) fn geography(text: &str) -> Result<Option<&'static str>, InvalidCell> {
    if text.parse::<Geography>().is_ok() {
        return Ok(None);
    }
    let upper = text.to_uppercase();
    if let Ok(area) = upper.parse::<Geography>() {
        return Ok(Some(area.code()));
    }
    let wanted = folded_name(text);
    let areas = Geography::codes().filter_map(|code| code.parse::<Geography>().ok());
    if let Some(area) = areas.into_iter().find(|area| folded_name(area.name()) == wanted) {
        return Ok(Some(area.code()));
    }
    let message = format!("{}{} is not an area or a country", quoted(text), odd_characters(text));
    let help = match Geography::meant_by(text) {
        Some(meant) => format!("did you mean `{}`?", meant.code()),
        None => "write EU, EEA, GLOBAL, or the two letters of a country (ISO 3166-1 alpha-2)".to_owned(),
    };
    Err(InvalidCell::new(message, help))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(text: &str) -> Result<Option<&'static str>, String> {
        STATUS.read(text).map_err(|invalid| format!("{}: {}", invalid.message, invalid.help))
    }

    #[test]
    fn words_are_taken_as_people_and_the_registry_write_them() {
        assert_eq!(status("yes_public"), Ok(None));
        for text in ["Yes, public", "yes-public", "YES PUBLIC", "Yes_Public"] {
            assert_eq!(status(text), Ok(Some("yes_public")), "{text}");
        }
        assert_eq!(status("Yes, sales‑gated"), Ok(Some("yes_sales_gated")), "a non-breaking hyphen");
        assert_eq!(ROUTE.read("Trust center (NDA)").unwrap(), Some("trust_center_nda"));
        assert_eq!(DEFAULT.read("On by default").unwrap(), Some("enabled"));
        assert_eq!(OUTCOME.read("Read").unwrap(), Some("ok"));
        assert_eq!(ROLE.read("Primary source").unwrap(), Some("primary"));
        assert_eq!(ROLE.read("regulator or certifier").unwrap(), Some("authority"));
        for (text, code) in [("eu", "EU"), ("Germany", "DE"), ("european union", "EU"), ("us", "US")] {
            assert_eq!(geography(text).unwrap(), Some(code), "{text}");
        }
    }

    #[test]
    fn no_text_names_two_values() {
        for field in [
            "status",
            "confidence",
            "confidence_reasons",
            "tier",
            "route",
            "default",
            "role",
            "outcome",
            "via",
            "category",
            "parts",
        ] {
            let words = Words::of_field(field).unwrap();
            let named = |value: &Value| value.folded.clone();
            for (nth, value) in words.values.iter().enumerate() {
                let clash = words.values[nth + 1..]
                    .iter()
                    .any(|other| named(other).iter().any(|name| named(value).contains(name)));
                assert!(!clash, "{field}: {}", value.id);
            }
        }
    }

    #[test]
    fn a_word_that_may_mean_several_is_refused_with_what_they_mean() {
        assert_eq!(
            status("Yes").unwrap_err(),
            "`Yes` is not a status: it may be `yes_public` (The commitment holds, and anyone can read it), or \
             `yes_sales_gated` (The commitment holds, but reading or getting it needs an account, a form, an \
             agreement or a sale)"
        );
        assert!(
            status("N/A")
                .unwrap_err()
                .ends_with("or `no` (A source states that the commitment does not hold)")
        );
        assert!(status("partail").unwrap_err().contains("did you mean `partial`? It may be `yes_public`, "));
        assert!(
            status("yes_рublic")
                .unwrap_err()
                .starts_with("`yes_рublic` (with `р` U+0440, which looks like `p`) is not a status: did")
        );
        assert_eq!(geography("UK").unwrap_err().help, "did you mean `GB`?");
        assert!(geography("Atlantis").is_err());
    }
}
