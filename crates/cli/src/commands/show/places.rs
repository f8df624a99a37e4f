//! Where answers are stored.

use std::collections::HashMap;

use diagnostics::{Location, Locator, Place};
use model::{Answer, Entity, Resolved, Subject};
use store::FileLocator;

use crate::Failure;
use crate::folder::Folder;
use crate::global::Global;

/// The file and line of each cell, by whom it is of and by its question.
pub(super) struct Places(HashMap<(Entity, String), String>);

impl Places {
    /// Finds the cells of some answers.
    pub(super) fn new(global: &Global, answers: &[Resolved<'_>]) -> Result<Self, Failure> {
        let folder = Folder::open(global)?;
        let cells = answers.iter().flat_map(|resolved| {
            let id = resolved.dimension.id.text();
            let own = match &resolved.answer {
                Answer::Cell(owner, _) => Some(owner.clone()),
                _ => None,
            };
            let operator = resolved.operator.as_ref();
            let operator = operator.map(|one| Entity::Organization(one.organization.to_owned()));
            own.into_iter().chain(operator).map(move |owner| (owner, id.to_owned()))
        });
        let cells: Vec<_> = cells.collect();
        let wanted: Vec<_> =
            cells.iter().map(|(owner, id)| Place::key(Subject::cell(owner.clone(), id.as_str()))).collect();
        let locator = FileLocator::new(&folder.tree, folder.prefix.clone());
        let located = locator.locate(&wanted.iter().collect::<Vec<_>>());
        let shown = cells.into_iter().zip(located).filter_map(|(cell, location)| match location {
            Some(Location::File(range)) => Some((cell, format!("{}:{}", range.file, range.start.line))),
            _ => None,
        });
        Ok(Self(shown.collect()))
    }

    /// The file and line of a cell.
    pub(super) fn of(&self, owner: &Entity, id: &str) -> Option<&str> {
        self.0.get(&(owner.clone(), id.to_owned())).map(String::as_str)
    }
}
