//! Addresses behind which paths are put.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::Url;

/// The address of a site or repository: an address of the web without user information, query and
/// fragment. It is published, and the paths of pages are put behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(Url);

/// A text that is not such an address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a web address without user name, query and fragment, such as `https://example.com/`")]
pub struct InvalidBaseUrl(pub String);

impl BaseUrl {
    /// The form of such an address as a regular expression (ECMA-262, anchored).
    pub const PATTERN: &'static str = r#"^[Hh][Tt][Tt][Pp][Ss]?://[^\u0000-\u0020\u007f\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"<>\\^`{|}/?#@]{1,259}(/[^\u0000-\u0020\u007f\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"<>\\^`{|}?#]*)?$"#;

    /// The address.
    pub fn as_url(&self) -> &Url {
        &self.0
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl FromStr for BaseUrl {
    type Err = InvalidBaseUrl;

    fn from_str(text: &str) -> Result<Self, InvalidBaseUrl> {
        let url = text.parse::<Url>().ok();
        let is_base =
            |url: &Url| url.is_web() && !url.authority().contains('@') && !text.contains(['?', '#']);
        url.filter(is_base).map(Self).ok_or_else(|| InvalidBaseUrl(text.to_owned()))
    }
}

impl AsRef<str> for BaseUrl {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl JsonSchema for BaseUrl {
    fn schema_name() -> Cow<'static, str> {
        "BaseUrl".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Url::json_schema(generator);
        schema.insert("pattern".to_owned(), Self::PATTERN.into());
        let about = "A web address without user name, query and fragment, such as https://example.com/.";
        schema.insert("description".to_owned(), about.into());
        schema
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_paths_can_be_put_behind() {
        for good in [
            "https://a.example",
            "HTTP://a.example/",
            "https://a.example:8443/x/y.git",
            "https://a.example/~x/@y",
        ] {
            assert_eq!(good.parse::<BaseUrl>().unwrap().as_str(), good);
        }
        for bad in [
            "https://a.example/?x",
            "https://a.example?",
            "https://a.example/#x",
            "https://a.example#",
            "https://user:word@a.example/",
            "https://token@a.example/",
            "https://@a.example/",
            "ssh://git@a.example/x.git",
            "ftp://a.example/",
            "a.example",
            "https://",
        ] {
            assert!(bad.parse::<BaseUrl>().is_err(), "{bad}");
        }
    }
}
