//! Paths that are made on the way down into a record.

use crate::{FieldPath, Step};

/// A path on the stack, from its end to its beginning: nothing is allocated until somebody asks for it.
#[derive(Debug, Clone, Copy)]
pub enum At<'a> {
    /// The record itself.
    Top,
    /// A key of what is above.
    Key(&'a At<'a>, &'a str),
    /// An item of the list above, from 0.
    Index(&'a At<'a>, usize),
}

impl At<'_> {
    /// The path from its beginning.
    pub fn path(&self) -> FieldPath {
        let mut steps = Vec::new();
        let mut here = self;
        loop {
            here = match here {
                Self::Top => break,
                Self::Key(above, key) => {
                    steps.push(Step::Key((*key).to_owned()));
                    above
                }
                Self::Index(above, index) => {
                    steps.push(Step::Index(*index));
                    above
                }
            };
        }
        steps.into_iter().rev().collect()
    }
}
