//! Addresses on the web.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::limits::{MAX_HOST_CHARACTERS, MAX_URL_CHARACTERS};

/// An absolute address: a scheme, `://`, a host and whatever follows (RFC 3986, non-ASCII
/// characters allowed as in RFC 3987). That the scheme is `https` is a lint rule's business.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Url {
    text: Box<str>,
    /// Where the scheme, the host and what precedes the path end, found once when it is read.
    scheme_end: u16,
    host_start: u16,
    host_end: u16,
    authority_end: u16,
}

// The longest address, each character of four bytes, has its places in 16 bits.
const _: () = assert!(MAX_URL_CHARACTERS * 4 <= u16::MAX as usize);

/// A text that is not an absolute address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an absolute address such as `https://example.com/page`")]
pub struct InvalidUrl(pub String);

/// The first character beyond ASCII that is a blank: no address holds one, though it may look like one.
pub fn wide_blank(text: &str) -> Option<char> {
    if text.is_ascii() {
        return None;
    }
    // U+0085 is a control character, not a blank.
    text.chars().find(|c| !c.is_ascii() && *c != '\u{85}' && c.is_whitespace())
}

/// The most characters of what precedes the path: a host, and what a port adds to it.
const MAX_AUTHORITY_CHARACTERS: usize = MAX_HOST_CHARACTERS + ":65535".len();

/// Returns whether RFC 3986, or RFC 3987 beyond ASCII, allows a byte in an address.
fn is_allowed(byte: u8) -> bool {
    !matches!(byte, 0..=b' ' | b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' | 0x7f)
}

impl Url {
    /// The form of an address as a regular expression (ECMA-262, anchored).
    pub const PATTERN: &'static str = r#"^[A-Za-z][A-Za-z0-9+.\-]*://[^\u0000-\u0020\u007f\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"<>\\^`{|}/?#]{1,259}([/?#][^\u0000-\u0020\u007f\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"<>\\^`{|}]*)?$"#;

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The scheme in the case it was written: `https`.
    pub fn scheme(&self) -> &str {
        &self.text[..self.scheme_end.into()]
    }

    /// Returns whether a browser opens it as a page.
    pub fn is_web(&self) -> bool {
        ["http", "https"].iter().any(|scheme| self.scheme().eq_ignore_ascii_case(scheme))
    }

    /// Everything between `://` and the path, query or fragment: user information, host and port.
    pub fn authority(&self) -> &str {
        &self.text[usize::from(self.scheme_end) + "://".len()..self.authority_end.into()]
    }

    /// The path, query and fragment.
    pub fn rest(&self) -> &str {
        &self.text[self.authority_end.into()..]
    }

    /// The spelling under which two addresses of one page are equal: scheme and host in small letters,
    /// without the default port of the scheme and without an empty query or fragment. The fragment
    /// itself counts, since it may name a section that is cited on its own.
    pub fn identity(&self) -> Cow<'_, str> {
        let (scheme, authority) = (self.scheme(), self.authority());
        let rest = self.rest();
        let kept = rest.strip_suffix('#').unwrap_or(rest);
        let kept = kept.strip_suffix('?').unwrap_or(kept);
        let host = authority.rfind('@').map_or(0, |at| at + 1);
        let port = match scheme.len() {
            4 if scheme.eq_ignore_ascii_case("http") => ":80",
            5 if scheme.eq_ignore_ascii_case("https") => ":443",
            _ => "",
        };
        let has_port = !port.is_empty() && authority.ends_with(port);
        let is_plain = kept.len() == rest.len()
            && !has_port
            && !authority[host..].bytes().chain(scheme.bytes()).any(|byte| byte.is_ascii_uppercase());
        if is_plain {
            return Cow::Borrowed(&self.text);
        }
        let (user, host) = authority.split_at(host);
        let host = if has_port { &host[..host.len() - port.len()] } else { host };
        Cow::Owned(format!("{}://{user}{}{kept}", scheme.to_ascii_lowercase(), host.to_ascii_lowercase()))
    }

    /// What is equal for all spellings of one page: scheme, `www.`, a slash at the end and the fragment do not count.
    pub fn page_key(&self) -> String {
        let identity = self.identity();
        let rest = identity.split_once("://").map_or(&*identity, |(_, rest)| rest);
        let rest = rest.split('#').next().unwrap_or_default();
        let rest = rest.strip_prefix("www.").unwrap_or(rest);
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        format!("{}?{query}", path.trim_end_matches('/'))
    }

    /// The host without user information and port.
    pub fn host(&self) -> &str {
        &self.text[self.host_start.into()..self.host_end.into()]
    }

    /// The address that a text is, if it is one.
    fn read(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once(':')?;
        let rest = rest.strip_prefix("//")?;
        let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte));
        if !is_scheme || !rest.bytes().all(is_allowed) || wide_blank(rest).is_some() {
            return None;
        }
        let end = rest.bytes().position(|byte| matches!(byte, b'/' | b'?' | b'#'));
        let authority = &rest[..end.unwrap_or(rest.len())];
        let fits = |text: &str, limit: usize| text.len() <= limit || text.chars().count() <= limit;
        if authority.is_empty()
            || !fits(text, MAX_URL_CHARACTERS)
            || !fits(authority, MAX_AUTHORITY_CHARACTERS)
        {
            return None;
        }
        let start = text.len() - rest.len();
        let host = host_in(authority);
        Some(Self {
            text: text.into(),
            scheme_end: scheme.len() as u16,
            host_start: (start + host.start) as u16,
            host_end: (start + host.end) as u16,
            authority_end: (start + authority.len()) as u16,
        })
    }
}

/// Where the host is between user information and port.
fn host_in(authority: &str) -> Range<usize> {
    let user = authority.bytes().rposition(|byte| byte == b'@');
    let start = user.map_or(0, |at| at + 1);
    let host = &authority[start..];
    let port = host.bytes().rposition(|byte| !byte.is_ascii_digit());
    match port.filter(|at| host.as_bytes()[*at] == b':') {
        Some(at) => start..start + at,
        None => start..authority.len(),
    }
}

impl FromStr for Url {
    type Err = InvalidUrl;

    fn from_str(text: &str) -> Result<Self, InvalidUrl> {
        Self::read(text).ok_or_else(|| InvalidUrl(text.to_owned()))
    }
}

impl AsRef<str> for Url {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Url {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl JsonSchema for Url {
    fn schema_name() -> Cow<'static, str> {
        "Url".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": Self::PATTERN,
            "maxLength": MAX_URL_CHARACTERS,
            "description": "An absolute address such as https://example.com/page.",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_addresses_apart() {
        let url: Url = "HTTPS://user:word@Example.com:8443/a?b#c".parse().unwrap();
        assert_eq!((url.scheme(), url.host()), ("HTTPS", "Example.com"));
        assert_eq!(url.authority(), "user:word@Example.com:8443");
        for (address, host) in [
            ("https://a@b@c.example", "c.example"),
            ("https://a.example:/x:1", "a.example"),
            ("https://a.example:8o", "a.example:8o"),
            ("https://a:1:2", "a:1"),
            ("https://127.0.0.1", "127.0.0.1"),
            ("https://12", "12"),
            ("https://x@", ""),
        ] {
            assert_eq!(address.parse::<Url>().unwrap().host(), host, "{address}");
        }
    }

    #[test]
    fn spellings_of_one_page_have_one_identity() {
        let identity = |text: &str| text.parse::<Url>().unwrap().identity().into_owned();
        for same in ["https://a.example/X?y#z", "HTTPS://A.Example/X?y#z", "https://a.example:443/X?y#z"] {
            assert_eq!(identity(same), "https://a.example/X?y#z");
        }
        assert_eq!(identity("http://a.example:80/?#"), "http://a.example/");
        assert_eq!(identity("https://Jo@A.example/"), "https://Jo@a.example/");
        assert_eq!(identity("http://a.example:443/"), "http://a.example:443/");
        assert_ne!(identity("https://a.example/x"), identity("https://a.example/X"));
        assert_ne!(identity("https://a.example/x#a"), identity("https://a.example/x#b"));
    }

    #[test]
    fn an_address_is_no_longer_than_its_limits() {
        assert!(Url::PATTERN.contains(&format!("{{1,{MAX_AUTHORITY_CHARACTERS}}}")));
        let of = |host: usize, path: usize| format!("https://{}/{}", "é".repeat(host), "é".repeat(path));
        let whole = MAX_URL_CHARACTERS - "https://a/".len();
        assert!(of(MAX_AUTHORITY_CHARACTERS, 1).parse::<Url>().is_ok());
        assert!(of(MAX_AUTHORITY_CHARACTERS + 1, 1).parse::<Url>().is_err());
        assert!(of(1, whole).parse::<Url>().is_ok() && of(1, whole + 1).parse::<Url>().is_err());
    }

    #[test]
    fn refuses_what_is_no_address() {
        for bad in [
            "",
            "example.com",
            "https://",
            "https:///x",
            "javascript:alert(1)",
            "https://a b",
            "https://a\n",
            "1a://x",
            "https://a<b",
        ] {
            assert!(bad.parse::<Url>().is_err(), "{bad}");
        }
    }

    #[test]
    fn spellings_of_one_page_are_alike() {
        let page = "https://example.com/terms".parse::<Url>().unwrap();
        for same in
            ["http://www.Example.com:80/terms/", "https://example.com/terms#s2", "https://example.com/terms?"]
        {
            assert!(page.page_key() == same.parse::<Url>().unwrap().page_key(), "{same}");
        }
        for other in
            ["https://example.com/terms/v2", "https://example.com/terms?v=2", "https://example.org/terms"]
        {
            assert!(page.page_key() != other.parse::<Url>().unwrap().page_key(), "{other}");
        }
    }
}
