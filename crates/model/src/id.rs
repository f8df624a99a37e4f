//! Names of entities, dimensions and keys.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::limits::MAX_ID_CHARACTERS;

/// A text that is not an id of the wanted form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidId {
    /// It has other characters, or separators in the wrong places.
    #[error("`{text}` is not in {form}")]
    Form {
        /// The refused text.
        text: String,
        /// The form that was wanted, with an example.
        form: &'static str,
    },
    /// It has more than [`MAX_ID_CHARACTERS`].
    #[error("an id has at most {MAX_ID_CHARACTERS} characters, and this one has {0}")]
    TooLong(usize),
}

/// Returns whether `text` is lower-case words of letters and digits, joined by single `separator`s.
fn is_words(text: &str, separator: u8, letter_first: bool) -> bool {
    let bytes = text.as_bytes();
    let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    bytes.first().is_some_and(|first| first.is_ascii_lowercase() || !letter_first && first.is_ascii_digit())
        && bytes.last().is_some_and(|last| is_word(*last))
        && bytes.iter().all(|byte| is_word(*byte) || *byte == separator)
        && !bytes.windows(2).any(|pair| pair == [separator, separator])
}

/// Returns whether a text has the form of an entity's id. Entities are known by the names of their files, which may
/// be anything: what is offered to people, or to their shell, is an id.
pub fn is_entity_id(text: &str) -> bool {
    is_words(text, b'-', false)
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $separator:literal, $letter_first:literal, $pattern:literal, $form:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);

        impl $name {
            /// The form of these names as a regular expression (ECMA-262, anchored).
            pub const PATTERN: &'static str = $pattern;
            /// The form of these names in words, with an example.
            pub const FORM: &'static str = $form;

            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                if !is_words(text, $separator, $letter_first) {
                    Err(InvalidId::Form { text: text.to_owned(), form: $form })
                } else if text.len() > MAX_ID_CHARACTERS {
                    Err(InvalidId::TooLong(text.len()))
                } else {
                    Ok(Self(text.into()))
                }
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "pattern": $pattern, "maxLength": MAX_ID_CHARACTERS, "description": concat!("A name in ", $form, ".") })
            }
        }
    };
}

id!(
    /// The id of an offering, equal to its file name: `azure-openai`.
    OfferingId, b'-', false, "^[a-z0-9]+(-[a-z0-9]+)*$", "kebab-case: lower-case letters, digits and single hyphens, such as `azure-openai`"
);
id!(
    /// The id of an organization, equal to its file name: `openai`.
    OrganizationId, b'-', false, "^[a-z0-9]+(-[a-z0-9]+)*$", "kebab-case: lower-case letters, digits and single hyphens, such as `hugging-face`"
);
id!(
    /// The id of a platform, equal to its file name: `aws-bedrock`.
    PlatformId, b'-', false, "^[a-z0-9]+(-[a-z0-9]+)*$", "kebab-case: lower-case letters, digits and single hyphens, such as `aws-bedrock`"
);
id!(
    /// The name of a page of the public site: `gpai-code-of-practice`. Also the form of flag ids.
    Slug, b'-', false, "^[a-z0-9]+(-[a-z0-9]+)*$", "kebab-case: lower-case letters, digits and single hyphens, such as `hipaa-baa`"
);
id!(
    /// The id of a dimension: `soc2_type2`.
    DimensionId, b'_', true, "^[a-z][a-z0-9]*(_[a-z0-9]+)*$", "snake_case: lower-case letters, digits and single underscores, such as `soc2_type2`"
);
id!(
    /// The key of a fact or of a part of a question: `retention_days`.
    Key, b'_', true, "^[a-z][a-z0-9]*(_[a-z0-9]+)*$", "snake_case: lower-case letters, digits and single underscores, such as `retention_days`"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_words_joined_by_single_separators() {
        for good in ["a", "a1", "azure-openai", "1-2", "x-y-z"] {
            assert!(good.parse::<OfferingId>().is_ok(), "{good}");
        }
        for bad in ["", "-a", "a-", "a--b", "A", "a_b", "a b", "a/b", "..", "é", "a\n"] {
            assert!(bad.parse::<OfferingId>().is_err(), "{bad}");
        }
        assert!("a".repeat(MAX_ID_CHARACTERS).parse::<OfferingId>().is_ok());
        let too_long = "a".repeat(MAX_ID_CHARACTERS + 1).parse::<OfferingId>();
        assert_eq!(too_long, Err(InvalidId::TooLong(MAX_ID_CHARACTERS + 1)));
        assert!("soc2_type2".parse::<DimensionId>().is_ok());
        assert!("2_type".parse::<DimensionId>().is_err());
    }
}
