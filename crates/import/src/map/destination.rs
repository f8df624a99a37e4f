//! The destination of the texts of a column.

use model::{Evidence, Fetch, Record as _, Step};

use crate::map::header::Column;

/// Where the texts of a column go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Destination {
    /// Nowhere.
    Nowhere,
    /// The digest of the cell as it was exported.
    Whole,
    /// The field at a position of the record, as one value.
    Own(usize),
    /// The field at a position, as a list.
    List(usize),
    /// The field at a position, as facts or parts.
    Map(usize),
    /// A field of the n-th source, from 0.
    Source(usize, usize),
    /// The n-th source: a field of the attempt to read it.
    Fetch(usize, usize),
}

impl Destination {
    /// Where the texts of a column go in a record with these keys.
    pub(crate) fn of(column: &Column, keys: &[&str]) -> Self {
        let position = |keys: &[&str], name: &str| keys.iter().position(|key| *key == name);
        let found = match column {
            Column::Owner | Column::Dimension | Column::Remark => None,
            Column::Whole => Some(Self::Whole),
            Column::List(name) => position(keys, name).map(Self::List),
            Column::Map(name) => position(keys, name).map(Self::Map),
            Column::Field(path) => match path.steps() {
                [Step::Key(name)] => position(keys, name).map(Self::Own),
                [_, Step::Index(nth), Step::Key(name)] => {
                    position(Evidence::KEYS, name).map(|at| Self::Source(*nth, at))
                }
                [_, Step::Index(nth), _, Step::Key(name)] => {
                    position(Fetch::KEYS, name).map(|at| Self::Fetch(*nth, at))
                }
                _ => None,
            },
        };
        found.unwrap_or(Self::Nowhere)
    }
}
