//! The schemas beside the data folder, which are made of the model.

use export::Export;
use store::Store;

use crate::Failure;
use crate::folder::Folder;
use crate::output_folder::{Mode, OutputFolder, Ownership};

/// Their folder in the repository.
pub(crate) const FOLDER: &str = "schema";

/// The words by which a schema is known as one that this command has written.
pub(crate) const OWNERSHIP: Ownership = Ownership::Mark(|_| model::SCHEMA_MARK.to_owned());

/// The schemas of the model.
pub(crate) fn of_model(folder: &Folder) -> Result<Export<'static>, Failure> {
    let (registry, _) = Store::open(&folder.tree)?.registry()?;
    Ok(export::json_schema(&registry.dimensions))
}

/// Unified diffs from the schemas beside the data folder to those of the model.
pub(crate) fn differences(folder: &Folder) -> Result<String, Failure> {
    let out = folder.repository().join(FOLDER);
    let mut output = OutputFolder::open(&out, folder.absolute(), OWNERSHIP, Mode::Check)?;
    output.put_all(&of_model(folder)?.files)?;
    Ok(output.finish()?.differences)
}
