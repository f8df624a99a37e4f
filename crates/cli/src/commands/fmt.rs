//! `fmt`: canonical key order and layout of the data files.

use model::{Dimensions, Document};
use registry::is_among;
use store::{Source, Store, Write, document_of, format};

use crate::arguments::FmtArguments;
use crate::diff::changed;
use crate::folder::Folder;
use crate::global::Global;
use crate::terminal::{complain, note, print, print_diff};
use crate::{Failure, Outcome};

/// What formatting the data files would do.
#[derive(Default)]
pub(crate) struct Formatted {
    /// The files that differ from their canonical form.
    pub(crate) writes: Vec<Write>,
    /// Those that cannot be formatted, and why.
    pub(crate) refused: Vec<String>,
    /// How many were looked at.
    pub(crate) files: usize,
}

pub(crate) fn run(global: &Global, arguments: &FmtArguments) -> Result<Outcome, Failure> {
    let (folder, writer) = Folder::open_for(global, !arguments.check && !arguments.diff)?;
    let only = folder.shown(&arguments.paths, &[])?;
    let Formatted { writes, refused, files } = formatted(&folder, &only)?;
    if let Some(writer) = &writer {
        writer.write(writes.iter().cloned())?;
    }
    let mut out = String::new();
    for write in &writes {
        let name = format!("{}{}", folder.prefix, write.path);
        if arguments.diff {
            out.push_str(&changed(&name, write));
        } else if arguments.check || !global.quiet {
            out.push_str(&format!("{name}\n"));
        }
    }
    if !global.quiet && !arguments.diff {
        let verb = if writer.is_some() { "formatted" } else { "to format" };
        out.push_str(&format!("{} of {} {verb}\n", writes.len(), diagnostics::count(files, "file")));
    }
    if arguments.diff { print_diff(&out) } else { print(&out) }?;
    let strays = folder.tree.strays()?.into_iter().map(|path| format!("{}{path}", folder.prefix));
    for name in strays.filter(|name| is_among(name, &only)) {
        let command = diagnostics::command();
        note(global, &format!("{name} is not a data file and was skipped: {command} lint shows why"));
    }
    refused.iter().for_each(|reason| complain(global, reason));
    let differs = arguments.check && !writes.is_empty();
    Ok(if differs || !refused.is_empty() { Outcome::Findings } else { Outcome::Success })
}

/// The canonical forms of the files in the paths to show; of all files where there are none.
pub(crate) fn formatted(folder: &Folder, only: &[String]) -> Result<Formatted, Failure> {
    let dimensions = Store::open(&folder.tree)?.shared()?.dimensions;
    let mut formatted = Formatted::default();
    for path in folder.tree.list()? {
        let name = format!("{}{path}", folder.prefix);
        let Some(document) = document_of(&path).filter(|_| is_among(&name, only)) else { continue };
        formatted.files += 1;
        let content = folder.tree.read(&path)?.map_err(|reason| reason.to_string());
        let write = content.and_then(|bytes| canonical(document, &dimensions, path, bytes));
        match write {
            Ok(write) => formatted.writes.extend(write),
            Err(reason) => formatted.refused.push(format!("{name} {reason}")),
        }
    }
    Ok(formatted)
}

/// The canonical form of a file, unless it has it.
fn canonical(
    document: Document,
    dimensions: &Dimensions,
    path: String,
    bytes: Vec<u8>,
) -> Result<Option<Write>, String> {
    if document.has_cells() && !dimensions.is_complete() {
        return Err("was not changed: dimensions.toml, which orders its cells, cannot be read".to_owned());
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| "is not UTF-8".to_owned())?;
    let after = format(document, dimensions, text).map_err(|error| error.to_string())?.into_bytes();
    Ok((after != bytes).then_some(Write { path, before: Some(bytes), after: Some(after) }))
}
