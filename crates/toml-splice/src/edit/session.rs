//! A text that is being edited.

use super::entries::TakenApart;
use crate::literal::key;
use crate::node::Node;
use crate::outline::Outline;
use crate::parse::Toml;
use crate::path::{Path, Step};
use crate::style::Style;
use crate::value::Value;
use crate::write::{entry, inline};

/// A text that is being edited, in a style.
pub(super) struct Session<'e, 't> {
    pub(super) style: &'e dyn Style,
    pub(super) outline: Outline<'t>,
    pub(super) apart: TakenApart<'t>,
}

impl<'e, 't> Session<'e, 't> {
    pub(super) fn new(toml: &'t Toml<'t>, style: &'e dyn Style) -> Self {
        Self { style, outline: Outline::new(toml), apart: TakenApart::default() }
    }

    /// The outermost value in brackets that a path leads into.
    pub(super) fn bracket(&self, path: &Path) -> Option<Path> {
        let mut node = self.outline.root();
        for (depth, step) in path.steps().iter().enumerate() {
            if depth > 0 && self.is_bracketed(&node) {
                return Some(path.steps()[..depth].iter().cloned().collect());
            }
            node = node.child(step)?;
        }
        None
    }

    /// Returns whether a header spells a table out, or one below it.
    pub(super) fn has_header(&self, path: &Path) -> bool {
        self.outline.headers_below(path).next().is_some()
    }

    /// Returns whether a table is spelled out by dotted keys alone: it is nowhere as a whole.
    pub(super) fn is_dotted(&self, node: &Node<'_>) -> bool {
        node.is_table() && !self.outline.source[node.span.clone()].starts_with(['{', '['])
    }

    /// A value in the place of another that is not in brackets: long texts on their own lines.
    pub(super) fn value_at(&self, path: &Path, value: &Value) -> String {
        let Some((_, Step::Key(name))) = path.split_last() else { return inline(value) };
        let name = key(name);
        let written = entry(self.style, &name, value);
        self.line_ends(written[name.len() + 3..].trim_end())
    }

    pub(super) fn line_ends(&self, text: &str) -> String {
        if self.outline.newline == "\n" { text.to_owned() } else { text.replace('\n', self.outline.newline) }
    }
}
