//! Texts from data files in the places of a page: one function for each kind of place.

use std::fmt::{self, Write};

use askama::filters::Escaper;
use model::Url;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::text::{is_hidden, visible};

/// Text between tags or in a quoted attribute, of HTML or XML. Nothing in it acts as markup; control
/// characters and those that turn the direction of text become visible. All templates escape by it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Markup;

impl Escaper for Markup {
    fn write_escaped_str<W: Write>(&self, mut dest: W, text: &str) -> fmt::Result {
        let mut plain = 0;
        for (at, c) in text.char_indices() {
            let reference = match c {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                '\r' => " ",
                '\n' | '\t' => continue,
                c if is_hidden(c) => "",
                _ => continue,
            };
            dest.write_str(&text[plain..at])?;
            plain = at + c.len_utf8();
            if reference.is_empty() {
                dest.write_str(&visible(c))?;
            } else {
                dest.write_str(reference)?;
            }
        }
        dest.write_str(&text[plain..])
    }
}

/// An address that a page may link to: https and nothing else. Others are shown as text.
pub(super) fn https(url: &Url) -> Option<&str> {
    url.scheme().eq_ignore_ascii_case("https").then(|| url.as_str())
}

/// What stays as it is in a query (RFC 3986, section 2.3).
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Text as a value in the query of an address.
pub(super) fn query(text: &str) -> String {
    utf8_percent_encode(text, UNRESERVED).to_string()
}

/// JSON for a script element: nothing in it ends the element or begins a comment.
pub(super) fn script_json(value: &Value) -> String {
    value
        .to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn markup(text: &str) -> String {
        let mut out = String::new();
        Markup.write_escaped_str(&mut out, text).unwrap();
        out
    }

    #[test]
    fn text_stays_text() {
        assert_eq!(markup("plain é\tx\ny"), "plain é\tx\ny");
        assert_eq!(
            markup("<a href='x' b=\"y\">&amp;"),
            "&lt;a href=&#39;x&#39; b=&quot;y&quot;&gt;&amp;amp;"
        );
        assert_eq!(
            markup("a\u{202e}b\u{0}\u{85}\u{ffff}\u{fdd0}"),
            "a⟨U+202E⟩b⟨U+0000⟩⟨U+0085⟩⟨U+FFFF⟩⟨U+FDD0⟩"
        );
        assert_eq!(markup("a\r\nb"), "a \nb");
    }

    #[test]
    fn only_https_is_linked() {
        let linked = |url: &str| https(&url.parse().unwrap()).is_some();
        assert!(linked("https://a.b/") && linked("HTTPS://a.b/"));
        assert!(!linked("http://a.b/") && !linked("javascript://a.b/%0Aalert(1)"));
    }

    #[test]
    fn queries_hold_any_text() {
        assert_eq!(query("a b&c=d/é~"), "a%20b%26c%3Dd%2F%C3%A9~");
    }

    #[test]
    fn json_never_ends_its_script() {
        let hostile = json!({"name": "</script><!--<script>&\u{2028}"});
        let written = script_json(&hostile);
        assert!(!written.contains(['<', '>', '&', '\u{2028}']), "{written}");
        assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), hostile);
    }
}
