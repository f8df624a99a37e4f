//! The open questions about a cell, and the decisions that close them.

use diagnostics::{closest, one_of, quoted};
use model::{Cell, Date, Flag, Optional, Review, Slug, Url, Verdict};

use super::subjects::StoredCell;
use crate::Failure;

/// The most words of a question that its id is made of.
const WORDS: usize = 5;

/// The most letters of such a word.
const LETTERS: usize = 12;

/// What a person decided about cells.
#[derive(Debug, Clone)]
pub(crate) struct Decision<'a> {
    pub(crate) verdict: Verdict,
    pub(crate) on: Date,
    pub(crate) by: &'a str,
    pub(crate) reason: Option<&'a str>,
    /// The flag that it closes; without it, the only one that is open.
    pub(crate) flag: Option<&'a str>,
    /// The page that was read for it, if it is about one.
    pub(crate) page: Option<&'a Url>,
}

impl Decision<'_> {
    /// Adds the decision to a cell. Returns the id of the flag that it closes, if it closes one.
    ///
    /// # Errors
    ///
    /// When no flag that is open has the id, or several are open and none is named.
    pub(crate) fn add(&self, one: &StoredCell<'_>, cell: &mut Cell) -> Result<Option<Slug>, Failure> {
        let flag = self.closes(one)?;
        let review = Review {
            on: self.on.into(),
            by: Optional::Known(self.by.to_owned()),
            verdict: self.verdict.into(),
            reason: self.reason.map(str::to_owned).into(),
            flag: flag.clone().into(),
        };
        push(&mut cell.reviews, review, one, "reviews")?;
        Ok(flag)
    }

    fn closes(&self, one: &StoredCell<'_>) -> Result<Option<Slug>, Failure> {
        let open: Vec<&Slug> = one.cell.open_flags().filter_map(|flag| flag.id.known()).collect();
        let ids = || open.iter().map(|id| id.as_str());
        match (self.flag, open.as_slice()) {
            (Some(asked), _) => match open.iter().find(|id| id.as_str() == asked) {
                Some(id) => Ok(Some((*id).clone())),
                None => {
                    let help = match closest(asked, ids()) {
                        Some(meant) => format!("did you mean {}?", quoted(meant)),
                        None if open.is_empty() => "none is open".to_owned(),
                        None => format!("open are {}", one_of(ids()).replace(" or ", " and ")),
                    };
                    Err(Failure::Usage(format!("{} has no open flag {}: {help}", one.name(), quoted(asked))))
                }
            },
            (None, []) => Ok(None),
            (None, [only]) => {
                match self.page.filter(|page| one.cell.open_flags().any(|flag| is_about_other(flag, page))) {
                    None => Ok(Some((*only).clone())),
                    Some(_) => Err(Failure::Usage(format!(
                        "the open flag {} of {} is about another page: if this settles it, name it with --flag",
                        quoted(only.as_str()),
                        one.name()
                    ))),
                }
            }
            (None, _) => Err(Failure::Usage(format!(
                "{} has {} open flags: name the one that this closes with --flag: {}",
                one.name(),
                open.len(),
                one_of(ids())
            ))),
        }
    }
}

/// Whether a flag is about another page: it names pages, and not this one.
fn is_about_other(flag: &Flag, page: &Url) -> bool {
    let url = |word: &str| word.trim_end_matches(['.', ',', ';', ':', ')']).parse::<Url>().ok();
    let named: Vec<String> =
        flag.what.text().split_whitespace().filter_map(url).map(|url| url.page_key()).collect();
    !named.is_empty() && !named.contains(&page.page_key())
}

/// A question about a cell, with an id made of its first words unless it is given one.
///
/// # Errors
///
/// When a flag of the cell has the id.
pub(crate) fn raise(
    one: &StoredCell<'_>,
    cell: &mut Cell,
    id: Option<&Slug>,
    on: Date,
    what: &str,
) -> Result<Slug, Failure> {
    let taken = |id: &str| one.cell.flags.items().iter().any(|flag| flag.id.text() == id);
    let id = match id {
        Some(id) if taken(id.as_str()) => {
            let message =
                format!("{} has a flag {} already: take another id", one.name(), quoted(id.as_str()));
            return Err(Failure::Usage(message));
        }
        Some(id) => id.clone(),
        None => free_id(what, taken)?,
    };
    let flag = Flag { id: id.clone().into(), raised_on: on.into(), what: what.to_owned().into() };
    push(&mut cell.flags, flag, one, "flags")?;
    Ok(id)
}

/// An id of the first words of a text that is not taken.
fn free_id(what: &str, taken: impl Fn(&str) -> bool) -> Result<Slug, Failure> {
    let words = what.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let short = words.take(WORDS).filter(|word| word.len() <= LETTERS);
    let words: Vec<_> = short.map(str::to_ascii_lowercase).collect();
    let stem = if words.is_empty() { "flag".to_owned() } else { words.join("-") };
    let numbered = (2..).map(|number| format!("{stem}-{number}"));
    let free = std::iter::once(stem.clone()).chain(numbered).find(|id| !taken(id));
    free.and_then(|id| id.parse().ok())
        .ok_or_else(|| Failure::Usage(format!("no id can be made of {}: give one with --id", quoted(what))))
}

/// Adds an item to a list of a cell.
pub(crate) fn push<T>(
    list: &mut Optional<Vec<T>>,
    item: T,
    one: &StoredCell<'_>,
    name: &str,
) -> Result<(), Failure> {
    match list {
        Optional::Known(items) => items.push(item),
        Optional::Absent => *list = Optional::Known(vec![item]),
        Optional::Unread => {
            let message = format!("the {name} of {} could not be read: fix them first", one.name());
            return Err(Failure::Usage(message));
        }
    }
    Ok(())
}
