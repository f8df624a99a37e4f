//! Paths to the values of a document.

use std::fmt;
use std::str::FromStr;

use crate::literal::key;

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The value under a key.
    Key(String),
    /// The item at an index, from 0.
    Index(usize),
}

/// The path of a value from the top of a document: `servers[0].ports`.
///
/// ```
/// use toml_splice::{Path, Step};
///
/// let path: Path = "servers[0].ports".parse().unwrap();
/// assert_eq!(path.steps()[1], Step::Index(0));
/// assert_eq!(path, Path::default().key("servers").index(0).key("ports"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Path(Vec<Step>);

impl Path {
    /// Returns this path with a key below it.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.0.push(Step::Key(key.into()));
        self
    }

    /// Returns this path with an item of a list below it.
    #[must_use]
    pub fn index(mut self, index: usize) -> Self {
        self.0.push(Step::Index(index));
        self
    }

    /// Returns this path with a step below it.
    #[must_use]
    pub fn step(mut self, step: Step) -> Self {
        self.0.push(step);
        self
    }

    /// Returns the steps from the top.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Returns whether this is the path of `other`, or of a value within it.
    pub fn is_below(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0)
    }

    /// Returns the path without its last step, and that step; none for the path of the document.
    pub fn split_last(&self) -> Option<(Self, &Step)> {
        let (last, parent) = self.0.split_last()?;
        Some((Self(parent.to_vec()), last))
    }

    /// Returns the keys of the path as a header writes them: a header names no index.
    pub(crate) fn header(&self) -> String {
        header(&self.0)
    }
}

/// Returns the keys among some steps as a header writes them.
pub(crate) fn header(steps: &[Step]) -> String {
    let keys = steps.iter().filter_map(|step| match step {
        Step::Key(name) => Some(key(name)),
        Step::Index(_) => None,
    });
    keys.collect::<Vec<_>>().join(".")
}

impl FromIterator<Step> for Path {
    fn from_iter<I: IntoIterator<Item = Step>>(steps: I) -> Self {
        Self(steps.into_iter().collect())
    }
}

impl fmt::Display for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            match step {
                Step::Index(index) => write!(formatter, "[{index}]")?,
                Step::Key(name) => {
                    write!(formatter, "{}{}", if at == 0 { "" } else { "." }, key(name))?;
                }
            }
        }
        Ok(())
    }
}

/// A text that is no path such as `servers[0].ports`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a path such as `servers[0].ports`")]
pub struct InvalidPath(pub String);

impl FromStr for Path {
    type Err = InvalidPath;

    /// Reads a path of bare keys and indexes.
    fn from_str(text: &str) -> Result<Self, InvalidPath> {
        let invalid = || InvalidPath(text.to_owned());
        let mut path = Self::default();
        for part in text.split('.') {
            let mut pieces = part.split('[');
            let name = pieces.next().unwrap_or("");
            if name.is_empty() || key(name) != name {
                return Err(invalid());
            }
            path = path.key(name);
            for piece in pieces {
                let index = piece.strip_suffix(']').and_then(|index| index.parse().ok());
                path = path.index(index.ok_or_else(invalid)?);
            }
        }
        Ok(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_read_as_it_is_written() {
        for text in ["a", "a.b-c_d", "a[0].b[12][3]"] {
            assert_eq!(text.parse::<Path>().unwrap().to_string(), text);
        }
        for text in ["", ".", "a.", "[0]", "a[x]", "a[0", "a b", "\"a\""] {
            assert!(text.parse::<Path>().is_err(), "{text}");
        }
        assert_eq!(Path::default().key("a b").index(1).key("c").to_string(), "\"a b\"[1].c");
    }
}
