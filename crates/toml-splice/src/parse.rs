//! A TOML text and what was parsed of it.

use std::fmt;

use toml::de::Error;

use crate::node::Node;
use crate::path::Path;
use crate::values::Values;

/// A TOML text, its values, and the errors of the parser.
///
/// ```
/// use toml_splice::Toml;
///
/// let toml = Toml::parse("name = 'A' # the name\n[owner]\nid = 1\n");
/// let (node, depth) = toml.find(&"owner.id".parse().unwrap());
/// assert_eq!((depth, node.written()), (2, "1"));
/// assert_eq!(toml.find(&"owner.x".parse().unwrap()).1, 1);
/// ```
pub struct Toml<'t> {
    text: &'t str,
    values: Values<'t>,
    errors: Vec<Error>,
}

impl<'t> Toml<'t> {
    /// Parses a text. Where it is not valid, the values are what could be read.
    pub fn parse(text: &'t str) -> Self {
        let (values, errors) = Values::parse_recoverable(text);
        Self { text, values, errors }
    }

    /// Returns the text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Returns whether the parser found no error.
    pub fn is_valid(&self) -> bool {
        self.errors.is_empty()
    }

    /// Returns the errors of the parser. `syntax_errors` says where each fault begins.
    pub fn errors(&self) -> &[Error] {
        &self.errors
    }

    /// Returns the document as a node.
    pub fn root(&self) -> Node<'_> {
        Node::new(self.text, self.values.root())
    }

    /// Returns the value at a path, or the last one on the way to it, and how many steps lead there.
    pub fn find(&self, path: &Path) -> (Node<'_>, usize) {
        self.root().descend(path.steps())
    }
}

impl fmt::Debug for Toml<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Toml").field("text", &self.text).finish_non_exhaustive()
    }
}
