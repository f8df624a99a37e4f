//! Where a commitment holds.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

/// `EU`, `EEA`, `GLOBAL`, or a country by its ISO 3166-1 alpha-2 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Geography(&'static str);

/// A text that is neither an area nor a country code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no geography: write EU, EEA, GLOBAL or an ISO 3166-1 alpha-2 code")]
pub struct UnknownGeography(pub String);

/// Areas that are more than one country.
const AREAS: &[&str] = &["EU", "EEA", "GLOBAL"];

/// The officially assigned codes of ISO 3166-1 alpha-2.
#[rustfmt::skip]
const COUNTRIES: &[&str] = &[
    "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AQ", "AR", "AS", "AT", "AU", "AW", "AX", "AZ",
    "BA", "BB", "BD", "BE", "BF", "BG", "BH", "BI", "BJ", "BL", "BM", "BN", "BO", "BQ", "BR", "BS",
    "BT", "BV", "BW", "BY", "BZ", "CA", "CC", "CD", "CF", "CG", "CH", "CI", "CK", "CL", "CM", "CN",
    "CO", "CR", "CU", "CV", "CW", "CX", "CY", "CZ", "DE", "DJ", "DK", "DM", "DO", "DZ", "EC", "EE",
    "EG", "EH", "ER", "ES", "ET", "FI", "FJ", "FK", "FM", "FO", "FR", "GA", "GB", "GD", "GE", "GF",
    "GG", "GH", "GI", "GL", "GM", "GN", "GP", "GQ", "GR", "GS", "GT", "GU", "GW", "GY", "HK", "HM",
    "HN", "HR", "HT", "HU", "ID", "IE", "IL", "IM", "IN", "IO", "IQ", "IR", "IS", "IT", "JE", "JM",
    "JO", "JP", "KE", "KG", "KH", "KI", "KM", "KN", "KP", "KR", "KW", "KY", "KZ", "LA", "LB", "LC",
    "LI", "LK", "LR", "LS", "LT", "LU", "LV", "LY", "MA", "MC", "MD", "ME", "MF", "MG", "MH", "MK",
    "ML", "MM", "MN", "MO", "MP", "MQ", "MR", "MS", "MT", "MU", "MV", "MW", "MX", "MY", "MZ", "NA",
    "NC", "NE", "NF", "NG", "NI", "NL", "NO", "NP", "NR", "NU", "NZ", "OM", "PA", "PE", "PF", "PG",
    "PH", "PK", "PL", "PM", "PN", "PR", "PS", "PT", "PW", "PY", "QA", "RE", "RO", "RS", "RU", "RW",
    "SA", "SB", "SC", "SD", "SE", "SG", "SH", "SI", "SJ", "SK", "SL", "SM", "SN", "SO", "SR", "SS",
    "ST", "SV", "SX", "SY", "SZ", "TC", "TD", "TF", "TG", "TH", "TJ", "TK", "TL", "TM", "TN", "TO",
    "TR", "TT", "TV", "TW", "TZ", "UA", "UG", "UM", "US", "UY", "UZ", "VA", "VC", "VE", "VG", "VI",
    "VN", "VU", "WF", "WS", "YE", "YT", "ZA", "ZM", "ZW",
];

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

    /// Whether it is `area` or a part of it.
    pub fn lies_in(self, area: Self) -> bool {
        let in_union = || self == Self::EU || UNION.contains(&self.0);
        self == area
            || area == Self::GLOBAL
            || area == Self::EU && in_union()
            || area == Self::EEA && (in_union() || EEA_ONLY.contains(&self.0))
    }

    /// All codes, areas first.
    pub fn codes() -> impl Iterator<Item = &'static str> {
        AREAS.iter().chain(COUNTRIES).copied()
    }

    /// The right code for one that is commonly written in its place (`UK` for `GB`). These are
    /// reserved codes and names of ISO 3166, too far from the right one to be found by spelling.
    pub fn meant_by(text: &str) -> Option<Self> {
        let code = match text.to_ascii_uppercase().as_str() {
            "UK" => "GB",
            "EL" => "GR",
            "USA" => "US",
            "EUROPE" | "EUROPEAN UNION" => "EU",
            "WORLD" | "WORLDWIDE" | "ANY" => "GLOBAL",
            other => return other.parse().ok(),
        };
        code.parse().ok()
    }
}

impl FromStr for Geography {
    type Err = UnknownGeography;

    fn from_str(text: &str) -> Result<Self, UnknownGeography> {
        let code = AREAS.iter().find(|area| **area == text);
        let code = code.or_else(|| COUNTRIES.binary_search(&text).ok().map(|at| &COUNTRIES[at]));
        code.map(|code| Self(code)).ok_or_else(|| UnknownGeography(text.to_owned()))
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
        assert!(UNION.iter().chain(EEA_ONLY).all(|state| COUNTRIES.contains(state)));
    }

    #[test]
    fn knows_areas_and_countries() {
        assert_eq!(COUNTRIES.len(), 249);
        assert!(COUNTRIES.is_sorted());
        assert_eq!("EEA".parse(), Ok(Geography::EEA));
        assert_eq!("GB".parse::<Geography>().unwrap().code(), "GB");
        assert!("UK".parse::<Geography>().is_err());
        assert_eq!(Geography::meant_by("uk").unwrap().code(), "GB");
        assert_eq!(Geography::meant_by("gb").unwrap().code(), "GB");
        assert_eq!(Geography::meant_by("Atlantis"), None);
    }
}
