//! Keys and single values of a text. Nearly all are what is between their quotes; the others are decoded.

use std::borrow::Cow;

use memchr::memchr;
use toml_parser::decoder::{Encoding, ScalarKind};
use toml_parser::{ErrorSink, Raw, Source, Span};

use super::Held;
use crate::strings::as_read;

/// The keys and single values of a text.
pub(super) struct Scalars<'t> {
    text: &'t str,
}

impl<'t> Scalars<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text }
    }

    fn written(&self, span: Span) -> Option<&'t str> {
        self.text.get(span.start()..span.end())
    }

    /// A key that needs no decoding.
    pub(super) fn key(&self, span: Span, encoding: Option<Encoding>) -> Option<&'t str> {
        let written = self.written(span)?;
        match encoding {
            None => {
                let is_bare = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
                Some(written).filter(|key| !key.is_empty() && key.as_bytes().iter().all(is_bare))
            }
            Some(Encoding::BasicString | Encoding::LiteralString) => match plain_text(written, encoding?)? {
                Cow::Borrowed(key) => Some(key),
                Cow::Owned(_) => None,
            },
            Some(_) => None,
        }
    }

    /// A single value. What is wrong in it is an error, or nothing is returned.
    pub(super) fn value(
        &self,
        span: Span,
        encoding: Option<Encoding>,
        errors: &mut dyn ErrorSink,
    ) -> Option<Held<'t>> {
        let written = self.written(span)?;
        if let Some(text) = encoding.and_then(|encoding| plain_text(written, encoding)) {
            return Some(Held::Text(text));
        }
        let mut decoded = Cow::Borrowed("");
        let kind = Raw::new_unchecked(written, encoding, span).decode_scalar(&mut decoded, errors);
        Some(match kind {
            ScalarKind::String => match as_read(&decoded, written) {
                Cow::Borrowed(_) => Held::Text(decoded),
                Cow::Owned(text) => Held::Text(Cow::Owned(text)),
            },
            ScalarKind::Boolean(value) => Held::Bool(value),
            ScalarKind::DateTime => Held::Datetime(decoded.parse().ok()?),
            ScalarKind::Float => Held::Float(decoded),
            ScalarKind::Integer(radix) => Held::integer(decoded, radix.value()),
        })
    }

    pub(super) fn comment(&self, span: Span, errors: &mut dyn ErrorSink) {
        if let Some(comment) = Source::new(self.text).get(span) {
            comment.decode_comment(errors);
        }
    }

    pub(super) fn newline(&self, span: Span, errors: &mut dyn ErrorSink) {
        // A line feed alone is what most are, and is valid.
        if self.written(span) != Some("\n")
            && let Some(newline) = Source::new(self.text).get(span)
        {
            newline.decode_newline(errors);
        }
    }
}

/// The text of a literal without control characters and with none but the usual escapes. The decoder of the parser reads
/// all literals, byte by byte: a lint would take 23 % more.
fn plain_text(literal: &str, encoding: Encoding) -> Option<Cow<'_, str>> {
    let (quotes, has_escapes) = match encoding {
        Encoding::BasicString => ("\"", true),
        Encoding::LiteralString => ("'", false),
        Encoding::MlBasicString => ("\"\"\"", true),
        Encoding::MlLiteralString => ("'''", false),
    };
    let text = literal.strip_prefix(quotes)?.strip_suffix(quotes)?;
    let text = match quotes.len() {
        3 => text.strip_prefix('\n').unwrap_or(text),
        _ => text,
    };
    // Without a branch for each byte, so that many are looked at at once.
    let is_control = |byte: u8| (byte < b' ') & (byte != b'\n') & (byte != b'\t') | (byte == 0x7F);
    if text.bytes().fold(false, |has, byte| has | is_control(byte)) {
        return None;
    }
    match memchr(b'\\', text.as_bytes()) {
        Some(first) if has_escapes => unescaped(text, first).map(Cow::Owned),
        _ => Some(Cow::Borrowed(text)),
    }
}

/// A text with its escapes replaced, the first of which is at `first`; nothing where there are unusual ones.
fn unescaped(text: &str, first: usize) -> Option<String> {
    let mut read = String::with_capacity(text.len());
    let (mut rest, mut next) = (text, Some(first));
    while let Some(at) = next {
        read.push_str(&rest[..at]);
        read.push(match rest.as_bytes().get(at + 1)? {
            b'"' => '"',
            b'\\' => '\\',
            b'n' => '\n',
            b't' => '\t',
            _ => return None,
        });
        rest = &rest[at + 2..];
        next = memchr(b'\\', rest.as_bytes());
    }
    read.push_str(rest);
    Some(read)
}
