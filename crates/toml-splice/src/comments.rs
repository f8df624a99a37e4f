//! The comments of a text.

use std::ops::Range;

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

/// Returns the bytes of each comment of a text, in order: from the `#` to the end of its line.
///
/// ```
/// let text = "a = '# no' # yes\n";
/// let comments: Vec<_> = toml_splice::comments(text).map(|span| &text[span]).collect();
/// assert_eq!(comments, ["# yes"]);
/// ```
pub fn comments(text: &str) -> impl Iterator<Item = Range<usize>> {
    let comments = Source::new(text).lex().filter(|token| token.kind() == TokenKind::Comment);
    comments.map(|token| token.span().start()..token.span().end())
}
