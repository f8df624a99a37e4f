//! Texts that lead somewhere.

use model::{Fact, Url};

use super::escape::https;
use crate::view::FactView;

/// A text that leads to a page where it is a web address.
#[derive(Debug)]
pub(super) struct Linked {
    pub(super) text: String,
    pub(super) href: Option<String>,
}

impl Linked {
    /// Text that leads nowhere.
    pub(super) fn plain(text: &str) -> Self {
        Self { text: text.to_owned(), href: None }
    }

    /// Text that leads to the page whose address all of it is.
    pub(super) fn new(text: &str) -> Self {
        let url = text.parse::<Url>().ok();
        let href = url.as_ref().and_then(https).map(ToOwned::to_owned);
        Self { text: text.to_owned(), href }
    }

    /// The values of a fact, each with its unit.
    pub(super) fn of(fact: &FactView<'_>) -> Vec<Self> {
        match fact.fact {
            Some(Fact::List(items)) if !items.is_empty() => {
                items.iter().map(|item| Self::new(item)).collect()
            }
            Some(Fact::Text(text)) if fact.is_listed => vec![Self::plain(&text.replace('_', " "))],
            Some(Fact::Text(text)) => vec![Self::new(text)],
            Some(other) => vec![Self::plain(&crate::words::fact(other, fact.unit))],
            None => vec![Self::plain(&fact.words)],
        }
    }
}
