//! The form in which the registry wants the texts of a column, and how other forms that name one value become it.

use std::borrow::Cow;

use model::tabular::{read_facts, read_list, write_list};
use model::{Date, DateOrder, Fact, FieldPath, Key, Shape};

use crate::map::days::{self, Unread};
use crate::map::header::{Column, SERVICE, field_at, name_of};
use crate::map::name_index::{NameIndex, Naming};
use crate::map::vocabulary::{Words, geography};
use crate::read::invalid_cell::InvalidCell;

/// The form of the texts of a column.
#[derive(Clone, Copy)]
pub(crate) enum Form {
    /// Nothing reads it.
    Remark,
    /// Any, as it is.
    Exact,
    /// Prose.
    Text,
    /// A word of a vocabulary.
    Word(&'static Words),
    /// A list of such words.
    List(&'static Words),
    /// A list of areas.
    Areas,
    /// Answers to the parts of a question.
    Parts(&'static Words),
    /// Facts.
    Facts,
    /// A day.
    Day,
    /// A whole number.
    Whole,
    /// The address of a page.
    Address,
    /// Whom a cell is about.
    Owner(Naming),
    /// The question that a cell answers.
    Dimension,
    /// An entity of one kind.
    Reference(&'static str),
}

impl Form {
    /// The form of a column by what it holds and its name.
    pub(crate) fn of(column: &Column, name: &str) -> Self {
        match column {
            Column::Owner => Self::Owner(match name {
                "offering" => Naming::Offering,
                SERVICE => Naming::Service,
                _ => Naming::Owner,
            }),
            Column::Dimension => Self::Dimension,
            Column::Field(path) => Self::of_field(path),
            Column::List("geography") => Self::Areas,
            Column::List(name) => Words::of_field(name).map_or(Self::Exact, Self::List),
            Column::Map(name) => Words::of_field(name).map_or(Self::Facts, Self::Parts),
            _ => Self::Remark,
        }
    }

    fn of_field(path: &FieldPath) -> Self {
        let Some(field) = field_at(path) else { return Self::Exact };
        match field.shape {
            Shape::Date => return Self::Day,
            Shape::Integer => return Self::Whole,
            Shape::Address => return Self::Address,
            _ => {}
        }
        match field.key {
            "operator" | "developer" => Self::Reference("organization"),
            "platform" => Self::Reference("platform"),
            "id" => Self::Exact,
            key => Words::of_field(key).map_or(Self::Text, Self::Word),
        }
    }

    /// The text in this form that another names; `None` if it is in this form, or if that is not clear.
    pub(crate) fn read(
        self,
        text: &str,
        names: &NameIndex<'_>,
        order: Option<DateOrder>,
    ) -> Result<Option<String>, Unfit> {
        let owned = |id: Option<&str>| id.map(str::to_owned);
        Ok(match self {
            Self::Remark | Self::Exact | Self::Text | Self::Facts | Self::Address => None,
            Self::Word(words) => owned(words.read(text)?),
            Self::List(words) => list(text, |item| words.read(item))?,
            Self::Areas => list(text, geography)?,
            Self::Parts(words) => parts(text, words)?,
            Self::Day if text.parse::<Date>().is_ok() => None,
            Self::Day => match days::read(text, order) {
                Ok(day) => Some(day.to_string()),
                Err(Unread::Order { day_first, month_first }) => {
                    return Err(Unfit::Order { day_first, month_first });
                }
                Err(Unread::NoDay) => return Err(days::no_day(text, order).into()),
            },
            Self::Whole => whole(text).map(str::to_owned),
            Self::Owner(naming) => names.owner(text, naming)?,
            Self::Dimension => owned(names.dimension(text)?),
            Self::Reference(kind) => names.reference(text, kind)?,
        })
    }
}

/// Why a text names nothing.
#[derive(Debug)]
pub(crate) enum Unfit {
    /// It is not of the form.
    Invalid(InvalidCell),
    /// It is a day, if it is known whether the day or the month comes first.
    Order { day_first: bool, month_first: bool },
}

impl From<InvalidCell> for Unfit {
    fn from(invalid: InvalidCell) -> Self {
        Self::Invalid(invalid)
    }
}

/// The whole number that programs write as `200.0`.
fn whole(text: &str) -> Option<&str> {
    let (whole, fraction) = text.split_once('.')?;
    let is_whole =
        whole.parse::<i64>().is_ok() && !fraction.is_empty() && fraction.bytes().all(|b| b == b'0');
    is_whole.then_some(whole)
}

/// A list whose items are words: parted by commas, semicolons or line ends.
fn list(
    text: &str,
    read: impl Fn(&str) -> Result<Option<&'static str>, InvalidCell>,
) -> Result<Option<String>, InvalidCell> {
    let other = text.contains([';', '\n']).then(|| text.replace([';', '\n'], ","));
    // The caller that splits the list refuses what is not a list.
    let Ok(items) = read_list(other.as_deref().unwrap_or(text)) else { return Ok(None) };
    let (mut words, mut differs) = (Vec::with_capacity(items.len()), other.is_some());
    for (_, item) in items {
        match read(&item)? {
            Some(word) => {
                differs = true;
                words.push(word.to_owned());
            }
            None => words.push(item),
        }
    }
    Ok(differs.then(|| write_list(words)))
}

/// Answers to parts: each key in snake_case, each answer a word.
fn parts(text: &str, words: &Words) -> Result<Option<String>, InvalidCell> {
    let Ok(entries) = read_facts(text) else { return Ok(None) };
    let (mut parts, mut differs) = (Vec::with_capacity(entries.len()), false);
    for (_, key, answer) in entries {
        let Fact::Text(answer) = answer else { return Ok(None) };
        let folded =
            key.parse::<Key>().is_err().then(|| name_of(key)).filter(|name| name.parse::<Key>().is_ok());
        let word = words.read(&answer)?;
        differs |= folded.is_some() || word.is_some();
        parts.push((
            folded.map_or(Cow::Borrowed(key), Cow::Owned),
            word.map_or(Cow::Owned(answer), Cow::Borrowed),
        ));
    }
    let part = |(key, answer): &(Cow<'_, str>, Cow<'_, str>)| format!("{key}={answer}");
    Ok(differs.then(|| parts.iter().map(part).collect::<Vec<_>>().join("; ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(form: Form, text: &str) -> Result<Option<String>, String> {
        let registry = model::Registry::default();
        form.read(text, &NameIndex::new(&registry), None).map_err(|unfit| match unfit {
            Unfit::Invalid(invalid) => invalid.message,
            Unfit::Order { .. } => "order".to_owned(),
        })
    }

    #[test]
    fn texts_take_the_form_of_their_column() {
        let is = |text: &str| Ok(Some(text.to_owned()));
        assert_eq!(read(Form::Whole, "200.0"), is("200"));
        assert_eq!(read(Form::Whole, "200"), Ok(None));
        assert_eq!(read(Form::Whole, "200.5"), Ok(None));
        assert_eq!(read(Form::Areas, "EU; us"), is("EU, US"));
        assert_eq!(read(Form::Areas, "EU, US"), Ok(None));
        assert_eq!(read(Form::Areas, "EU, Mars"), Err("`Mars` is not an area or a country".to_owned()));
        let parts = Form::Parts(Words::of_field("parts").unwrap());
        assert_eq!(read(parts, "DPA=Yes; sccs=no"), is("dpa=yes; sccs=no"));
        assert_eq!(read(parts, "dpa=yes; sccs=no"), Ok(None));
        assert_eq!(read(parts, "dpa=perhaps"), Err("`perhaps` is not a part answer".to_owned()));
        assert_eq!(read(parts, "dpa"), Ok(None));
        let reasons = Form::List(Words::of_field("confidence_reasons").unwrap());
        assert_eq!(read(reasons, "Gated document; inferred"), is("gated_document, inferred"));
        assert_eq!(read(Form::Day, "2026-07-05"), Ok(None));
        assert_eq!(read(Form::Day, "2026/7/5"), is("2026-07-05"));
        assert_eq!(read(Form::Day, "7/5/2026"), Err("order".to_owned()));
    }
}
