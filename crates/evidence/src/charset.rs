//! In which characters a page is written.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// How many bytes at the beginning of a page may say how it is written, as in browsers.
const PRESCAN: usize = 1024;

/// The text of a page: by its byte order mark, else what the answer says (`text/html; charset=…`), else what the
/// page says of itself, else UTF-8 where it is that, else windows-1252, as browsers do.
pub(crate) fn text_of(bytes: &[u8], content_type: Option<&str>) -> String {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = marked
        .or_else(|| parameter(content_type?))
        .or_else(|| declared(&bytes[..bytes.len().min(PRESCAN)]))
        .unwrap_or_else(|| if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1252 });
    encoding.decode(bytes).0.into_owned()
}

/// The charset of a content type.
fn parameter(content_type: &str) -> Option<&'static Encoding> {
    let mut parameters = content_type.split(';').skip(1);
    let value = parameters.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then_some(value)
    })?;
    Encoding::for_label(value.trim().trim_matches(['"', '\'']).as_bytes())
}

/// What `<meta charset>`, or its older form, says at the beginning of a page.
fn declared(start: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(start).to_ascii_lowercase();
    let tags = start.split("<meta").skip(1).filter_map(|rest| rest.split('>').next());
    let label = tags.filter_map(|tag| tag.split_once("charset")).find_map(|(_, rest)| {
        let value = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        value.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '/')).next()
    })?;
    let encoding = Encoding::for_label(label.as_bytes())?;
    // A page whose letters can be read as ASCII is not in UTF-16.
    Some(if encoding.is_ascii_compatible() { encoding } else { UTF_8 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_charset_is_found_where_browsers_look() {
        for (bytes, content_type, text) in [
            (&b"caf\xe9"[..], None, "café"),
            ("café".as_bytes(), None, "café"),
            (b"caf\xe9", Some("text/html; Charset=\"ISO-8859-1\""), "café"),
            (b"\xef\xbb\xbfcaf\xc3\xa9", Some("text/html; charset=latin1"), "café"),
            (b"\xff\xfec\0a\0", None, "ca"),
            (b"\x82\xa0", Some("text/plain;charset=shift_jis"), "あ"),
            (b"<meta charset=koi8-r>\xc1", None, "<meta charset=koi8-r>а"),
            (
                b"<META http-equiv=Content-Type content=\"text/html; charset=koi8-r\">\xc1",
                Some("text/html; charset=nonsense"),
                "<META http-equiv=Content-Type content=\"text/html; charset=koi8-r\">а",
            ),
            (b"<meta charset=utf-16>a", None, "<meta charset=utf-16>a"),
        ] {
            assert_eq!(text_of(bytes, content_type), text);
        }
    }
}
