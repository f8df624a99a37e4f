//! What servers say by which to ask whether a page has changed (RFC 9110, section 13): kept from one run to the next.

use std::collections::BTreeMap;

use evidence::Visit;
use model::{Url, Via};
use serde::{Deserialize, Serialize};

use crate::limits::MAX_VALIDATOR_BYTES;

/// A text that holds no validators.
#[derive(Debug, thiserror::Error)]
#[error("it is not a list of validators: {0}")]
pub struct InvalidValidators(#[from] serde_json::Error);

/// The validators of pages. Save them with the visits of a run or not at all: they speak of what was recorded.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Validators(BTreeMap<String, Validator>);

/// What a server said when it was asked for a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Validator {
    /// The address that answered, after redirects.
    pub(crate) at: String,
    /// Its `ETag`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) etag: Option<String>,
    /// Its `Last-Modified`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) last_modified: Option<String>,
    /// The day of the visit.
    pub(crate) on: String,
    /// The length of the body, as the visit has it.
    pub(crate) bytes: u64,
}

impl Validators {
    /// Reads what [`Validators::to_text`] wrote.
    ///
    /// # Errors
    ///
    /// When it is something else.
    pub fn from_text(text: &str) -> Result<Self, InvalidValidators> {
        Ok(serde_json::from_str(text)?)
    }

    /// The validators as text, one page a line, in the order of addresses.
    pub fn to_text(&self) -> String {
        let line = |(url, validator): (&String, &Validator)| {
            let (url, validator) = (serde_json::to_string(url), serde_json::to_string(validator));
            url.and_then(|url| validator.map(|validator| format!("{url}: {validator}")))
        };
        let lines: Vec<String> = self.0.iter().map(line).filter_map(Result::ok).collect();
        format!("{{\n{}\n}}\n", lines.join(",\n"))
    }

    /// What to ask with: the validator of the very answer that the last visit read. If it was read otherwise, "not
    /// modified" would say nothing about it.
    pub(crate) fn of(&self, url: &Url, last_read: Option<&Visit>) -> Option<&Validator> {
        let (last, validator) = (last_read?, self.0.get(&*url.identity())?);
        let is_same = last.is_read()
            && last.via == Via::Direct
            && last.on.to_string() == validator.on
            && last.bytes == Some(validator.bytes);
        is_same.then_some(validator)
    }

    /// Keeps what came with an answer, or forgets what came before if nothing did.
    pub(crate) fn put(&mut self, url: &Url, validator: Validator) {
        let fits = |text: &Option<String>| text.as_ref().is_none_or(|text| text.len() <= MAX_VALIDATOR_BYTES);
        let says = validator.etag.is_some() || validator.last_modified.is_some();
        if says && fits(&validator.etag) && fits(&validator.last_modified) {
            self.0.insert(url.identity().into_owned(), validator);
        } else {
            self.0.remove(&*url.identity());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_kept_as_text() {
        let (one, other) =
            ("https://example.com/a".parse().unwrap(), "https://example.com/b".parse().unwrap());
        let validator = Validator {
            at: "https://example.com/a".to_owned(),
            etag: Some("\"x\\y\"".to_owned()),
            last_modified: None,
            on: "2026-01-01".to_owned(),
            bytes: 7,
        };
        let mut kept = Validators::default();
        assert_eq!(Validators::from_text(&kept.to_text()).unwrap(), kept);
        kept.put(&one, validator.clone());
        kept.put(&other, validator.clone());
        assert_eq!(kept.to_text().lines().count(), 4);
        assert_eq!(Validators::from_text(&kept.to_text()).unwrap(), kept);
        kept.put(&one, Validator { etag: None, ..validator.clone() });
        kept.put(&other, Validator { etag: Some("x".repeat(5_000)), ..validator });
        assert_eq!(kept, Validators::default());
        assert!(Validators::from_text("[]").is_err());
    }
}
