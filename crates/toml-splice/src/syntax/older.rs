//! Finds what the parser accepts but TOML 1.0 does not. The parser reads TOML 1.1; TOML 1.0 is what every
//! program that reads TOML can read.
//!
//! A time without seconds is the one newer form that is not looked for.

use std::ops::Range;

use memchr::{memchr2_iter, memchr3};
use toml_parser::lexer::TokenKind;
use toml_parser::{Source, Span};

/// A form that TOML 1.0 refuses: where it is, what is wrong, and what to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewerForm {
    /// Where it is.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to write.
    pub help: String,
}

/// Returns the forms of a valid text that TOML 1.0 refuses, in the order of the text; of more than `most`, the first.
///
/// ```
/// use toml_splice::newer_forms;
///
/// let forms = newer_forms("a = { b = 1, }\n", 10);
/// assert_eq!(forms[0].message, "TOML 1.0 allows no comma before a `}`");
/// ```
pub fn newer_forms(text: &str, most: usize) -> Vec<NewerForm> {
    if !may_hold_one(text.as_bytes()) {
        return Vec::new();
    }
    let mut forms = Forms { text, brackets: Vec::new(), comma: None, found: Vec::new() };
    for token in Source::new(text).lex() {
        forms.take(token.kind(), token.span());
        if forms.found.len() > most {
            break;
        }
    }
    forms.found.sort_by_key(|form| form.span.start);
    forms.found
}

/// Returns whether a glance finds something that may be a newer form: nearly no file has any.
fn may_hold_one(text: &[u8]) -> bool {
    memchr2_iter(b'{', b'\\', text).any(|at| match text[at] {
        b'\\' => matches!(text.get(at + 1), Some(b'e' | b'x')),
        _ => !is_on_one_line(&text[at + 1..]),
    })
}

/// Returns whether what follows a `{` is plainly a table on one line without a comma at its end.
fn is_on_one_line(rest: &[u8]) -> bool {
    let Some(end) = memchr3(b'{', b'}', b'\n', rest).filter(|end| rest[*end] == b'}') else { return false };
    let inside = &rest[..end];
    let quotes = inside.iter().filter(|byte| **byte == b'"').count();
    quotes % 2 == 0 && !inside.contains(&b'\'') && !inside.trim_ascii_end().ends_with(b",")
}

/// Gathers newer forms. In a valid text the tokens show what is in braces.
struct Forms<'t> {
    text: &'t str,
    /// The brackets that are open; for a brace, where it is and whether something was found in it.
    brackets: Vec<Option<(Span, bool)>>,
    /// The comma after which nothing came yet.
    comma: Option<Span>,
    found: Vec<NewerForm>,
}

const BRACES: &str =
    "write what is in braces on one line, without a comma before the `}`; a longer table gets its own header";

impl Forms<'_> {
    fn take(&mut self, kind: TokenKind, span: Span) {
        match kind {
            TokenKind::Whitespace | TokenKind::Comment => return,
            TokenKind::Newline => {
                if let Some(Some((brace, found @ false))) = self.brackets.last_mut() {
                    *found = true;
                    let brace = *brace;
                    self.find(brace, "TOML 1.0 allows no line break in a table in braces", BRACES);
                }
                return;
            }
            TokenKind::LeftCurlyBracket => self.brackets.push(Some((span, false))),
            TokenKind::LeftSquareBracket => self.brackets.push(None),
            TokenKind::RightCurlyBracket => {
                let table = self.brackets.pop().flatten();
                if let (Some(comma), Some((_, false))) = (self.comma, table) {
                    self.find(comma, "TOML 1.0 allows no comma before a `}`", BRACES);
                }
            }
            TokenKind::RightSquareBracket => drop(self.brackets.pop()),
            TokenKind::BasicString | TokenKind::MlBasicString => self.escapes(span),
            _ => {}
        }
        self.comma = (kind == TokenKind::Comma).then_some(span);
    }

    fn find(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        let span = span.start()..span.end();
        self.found.push(NewerForm { span, message: message.into(), help: help.into() });
    }

    /// Finds the escapes of a text in double quotes that are new.
    fn escapes(&mut self, span: Span) {
        let raw = &self.text[span.start()..span.end()];
        let mut bytes = raw.bytes().enumerate();
        while let Some((at, byte)) = bytes.next() {
            let escaped = if byte == b'\\' { bytes.next() } else { continue };
            let (length, code) = match escaped {
                Some((_, b'e')) => (2, Some(0x1B)),
                Some((_, b'x')) => {
                    (4, raw.get(at + 2..at + 4).and_then(|hex| u32::from_str_radix(hex, 16).ok()))
                }
                _ => continue,
            };
            let start = span.start() + at;
            let escape = raw.get(at..at + length).unwrap_or("\\x");
            let message = format!("TOML 1.0 has no escape `{escape}`");
            let help = format!("write `\\u{:04X}`", code.unwrap_or_default());
            self.find(Span::new_unchecked(start, start + escape.len()), message, help);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, String)> {
        let (_, errors) = toml::de::DeTable::parse_recoverable(text);
        assert!(errors.is_empty(), "{text:?}: {errors:?}");
        newer_forms(text, 100).into_iter().map(|form| (&text[form.span], form.message)).collect()
    }

    #[test]
    fn what_toml_1_0_takes_is_passed_over() {
        for text in [
            "fetch = { outcome = \"ok\", on = 2026-06-01 }\n",
            "a = { b = [\n  1,\n  2,\n] }\n",
            "a = { b = \"\"\"\nx,\n\"\"\" }\n",
            "a = { b = '}', c = \"},\", d = \"{\" }\n",
            "a = {}\nb = { c = { d = 1 }, e = [{ f = 1 }] }\n",
            "a = '\\e \\x41' # { a = 1,\n",
            "a = \"C:\\\\example \\\\x41\"\n",
            "a = '''\n{ \\x41 ,}\n'''\n",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn what_is_new_in_toml_1_1_is_found_where_it_is() {
        let line_break = "TOML 1.0 allows no line break in a table in braces".to_owned();
        let comma = "TOML 1.0 allows no comma before a `}`".to_owned();
        for (text, expected) in [
            ("a = {\n  b = 1,\n}\n", vec![("{", line_break.clone())]),
            ("a = { b = 1\r\n}\r\n", vec![("{", line_break.clone())]),
            ("a = { b = 1, # why\n c = 2 }\n", vec![("{", line_break.clone())]),
            ("a = { b =\n # why\n 1 }\n", vec![("{", line_break.clone())]),
            ("a = { b\n = 1 }\n", vec![("{", line_break.clone())]),
            ("a = { b = [\n{ c = 1\n}] }\n", vec![("{", line_break.clone())]),
            ("a = { b = 1, }\n", vec![(",", comma.clone())]),
            ("a = { b = '},', }\n", vec![(",", comma.clone())]),
            ("a = { b = { c = 1 }, }\n", vec![(",", comma.clone())]),
            ("a = [{ b = [1,], },]\n", vec![(",", comma)]),
            ("a = { b = { c = 1,\n} }\n", vec![("{", line_break)]),
            ("a = \"\\e[31m\"\n", vec![("\\e", "TOML 1.0 has no escape `\\e`".to_owned())]),
            (
                "\"\\x41\" = \"\"\"\n\\\\x\\x42\"\"\"\n",
                vec![
                    ("\\x41", "TOML 1.0 has no escape `\\x41`".to_owned()),
                    ("\\x42", "TOML 1.0 has no escape `\\x42`".to_owned()),
                ],
            ),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
