//! The stored cells of an entity.

use super::CellDigest;

/// Stored cells by dimension, in their order. A registry has many, so they take no more room than they need.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CellDigests(Box<[(Box<str>, CellDigest)]>);

impl CellDigests {
    /// The cell that answers a question.
    pub fn get(&self, dimension: &str) -> Option<&CellDigest> {
        let at = self.0.binary_search_by(|(id, _)| (**id).cmp(dimension)).ok()?;
        Some(&self.0[at].1)
    }

    /// The questions that have a cell.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(id, _)| &**id)
    }

    /// The cells.
    pub fn cells(&self) -> impl Iterator<Item = &CellDigest> {
        self.0.iter().map(|(_, cell)| cell)
    }

    /// The cells with the ids of their questions.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &CellDigest)> {
        self.0.iter().map(|(id, cell)| (&**id, cell))
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

impl<'a> FromIterator<(&'a str, CellDigest)> for CellDigests {
    fn from_iter<T: IntoIterator<Item = (&'a str, CellDigest)>>(cells: T) -> Self {
        let mut cells: Vec<_> = cells.into_iter().map(|(id, cell)| (id.into(), cell)).collect();
        cells.sort_by(|(one, _), (other, _): &(Box<str>, _)| one.cmp(other));
        Self(cells.into())
    }
}
