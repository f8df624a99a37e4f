//! The index of the lint rules, which a command writes.

use std::fs;
use std::io;
use std::path::Path;

use super::Fault;

/// The page, from the root of the repository.
const INDEX: &str = "docs/rules/README.md";

pub(super) fn faults(root: &Path) -> io::Result<Vec<Fault>> {
    let is_in_step = fs::read_to_string(root.join(INDEX))? == cli::rule_index(true);
    let message = "it is not in step with the rules: cargo xtask export rules".to_owned();
    Ok(if is_in_step { Vec::new() } else { vec![Fault { file: INDEX.into(), message }] })
}
