//! Geography: the regions and countries in which a commitment holds.

mod countries;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use self::countries::COUNTRIES;

/// `EU`, `EEA`, `GLOBAL`, or a country by its ISO 3166-1 alpha-2 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Geography(&'static str);

/// A text that is neither an area nor a country code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no geography: write EU, EEA, GLOBAL or an ISO 3166-1 alpha-2 code")]
pub struct UnknownGeography(pub String);

/// Areas that are more than one country, each with its name.
const AREAS: &[(&str, &str)] =
    &[("EU", "European Union"), ("EEA", "European Economic Area"), ("GLOBAL", "worldwide")];

/// The member states of the European Union.
#[rustfmt::skip]
const UNION: &[&str] = &[
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT",
    "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// The states of the European Economic Area that are not in the Union.
const EEA_ONLY: &[&str] = &["IS", "LI", "NO"];

impl Geography {
    /// The European Union.
    pub const EU: Self = Self("EU");
    /// The European Economic Area.
    pub const EEA: Self = Self("EEA");
    /// Anywhere in the world.
    pub const GLOBAL: Self = Self("GLOBAL");

    /// The code as files write it.
    pub fn code(self) -> &'static str {
        self.0
    }

    /// What it is called in a sentence.
    pub fn name(self) -> &'static str {
        let known = AREAS.iter().chain(COUNTRIES).find(|(code, _)| *code == self.0);
        known.map_or(self.0, |(_, name)| name)
    }

    /// Returns whether it is `area` or a part of it.
    pub fn lies_in(self, area: Self) -> bool {
        let in_union = || self == Self::EU || UNION.contains(&self.0);
        self == area
            || area == Self::GLOBAL
            || area == Self::EU && in_union()
            || area == Self::EEA && (in_union() || EEA_ONLY.contains(&self.0))
    }

    /// All codes, areas first.
    pub fn codes() -> impl Iterator<Item = &'static str> {
        AREAS.iter().chain(COUNTRIES).map(|(code, _)| *code)
    }

    /// The right code for what is commonly written in its place: a reserved code of ISO 3166 (`UK` for
    /// `GB`), or the name of a country or area (`Germany` for `DE`).
    pub fn meant_by(text: &str) -> Option<Self> {
        let code = match text.to_ascii_uppercase().as_str() {
            "UK" => "GB",
            "EL" => "GR",
            "USA" | "UNITED STATES OF AMERICA" => "US",
            "CZECH REPUBLIC" => "CZ",
            "TURKEY" => "TR",
            "EUROPE" => "EU",
            "WORLD" | "ANY" => "GLOBAL",
            other => return other.parse().ok().or_else(|| Self::named(text)),
        };
        code.parse().ok()
    }

    /// Returns whether a text that means a code may mean something else too: Europe is more than the Union, and
    /// there are other places of the name.
    pub fn is_ambiguous(text: &str) -> bool {
        ["europe", "georgia", "jersey"].iter().any(|name| text.eq_ignore_ascii_case(name))
    }

    /// The area or country of a name, in any case.
    fn named(text: &str) -> Option<Self> {
        let name = text.trim().to_lowercase();
        let known = AREAS.iter().chain(COUNTRIES).find(|(_, known)| known.to_lowercase() == name);
        known.map(|(code, _)| Self(code))
    }
}

impl FromStr for Geography {
    type Err = UnknownGeography;

    fn from_str(text: &str) -> Result<Self, UnknownGeography> {
        let area = AREAS.iter().find(|(code, _)| *code == text);
        let country = || Some(&COUNTRIES[COUNTRIES.binary_search_by_key(&text, |(code, _)| code).ok()?]);
        area.or_else(country).map(|(code, _)| Self(code)).ok_or_else(|| UnknownGeography(text.to_owned()))
    }
}

impl fmt::Display for Geography {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

impl JsonSchema for Geography {
    fn schema_name() -> Cow<'static, str> {
        "Geography".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "enum": Self::codes().collect::<Vec<_>>(),
            "description": "EU, EEA, GLOBAL, or a country by its ISO 3166-1 alpha-2 code.",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_lie_in_areas() {
        let code = |text: &str| text.parse::<Geography>().unwrap();
        assert!(code("DE").lies_in(Geography::EU) && code("NO").lies_in(Geography::EEA));
        assert!(Geography::EU.lies_in(Geography::EEA) && !Geography::EEA.lies_in(Geography::EU));
        assert!(!code("GB").lies_in(Geography::EEA) && code("GB").lies_in(Geography::GLOBAL));
        assert!(!Geography::GLOBAL.lies_in(Geography::EU) && code("US").lies_in(code("US")));
        assert!(UNION.iter().chain(EEA_ONLY).all(|state| code(state).code() == *state));
    }

    #[test]
    fn knows_areas_and_countries() {
        assert_eq!(COUNTRIES.len(), 249);
        assert!(COUNTRIES.is_sorted_by(|(a, _), (b, _)| a < b));
        assert_eq!("DE".parse::<Geography>().unwrap().name(), "Germany");
        assert_eq!(Geography::EU.name(), "European Union");
        assert_eq!("EEA".parse(), Ok(Geography::EEA));
        assert_eq!("GB".parse::<Geography>().unwrap().code(), "GB");
        assert!("UK".parse::<Geography>().is_err());
        assert_eq!(Geography::meant_by("uk").unwrap().code(), "GB");
        assert_eq!(Geography::meant_by("gb").unwrap().code(), "GB");
        assert_eq!(Geography::meant_by("Atlantis"), None);
        for (name, code) in
            [("Germany", "DE"), ("åland islands", "AX"), ("European Union", "EU"), ("Worldwide", "GLOBAL")]
        {
            assert_eq!(Geography::meant_by(name).unwrap().code(), code);
            assert!(!Geography::is_ambiguous(name));
        }
        assert!(Geography::is_ambiguous("Europe") && Geography::is_ambiguous("Georgia"));
    }
}
