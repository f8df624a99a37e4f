//! Addresses on the web.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::limits::{MAX_HOST_CHARACTERS, MAX_URL_CHARACTERS};

/// An absolute address: a scheme, `://`, a host and whatever follows (RFC 3986, non-ASCII
/// characters allowed as in RFC 3987). That the scheme is `https` is a lint rule's business.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Url(Box<str>);

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

/// Whether RFC 3986, or RFC 3987 beyond ASCII, allows a byte in an address.
fn is_allowed(byte: u8) -> bool {
    !matches!(byte, 0..=b' ' | b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' | 0x7f)
}

impl Url {
    /// The form of an address as a regular expression (ECMA-262, anchored).
    pub const PATTERN: &'static str = r#"^[A-Za-z][A-Za-z0-9+.\-]*://[^\u0000-\u0020\u007f\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"<>\\^`{|}/?#]{1,259}([/?#][^\u0000-\u0020\u007f\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"<>\\^`{|}]*)?$"#;

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The scheme in the case it was written: `https`.
    pub fn scheme(&self) -> &str {
        &self.0[..self.colon()]
    }

    /// Whether a browser opens it as a page.
    pub fn is_web(&self) -> bool {
        ["http", "https"].iter().any(|scheme| self.scheme().eq_ignore_ascii_case(scheme))
    }

    /// Everything between `://` and the path, query or fragment: user information, host and port.
    pub fn authority(&self) -> &str {
        let rest = &self.0[self.colon() + "://".len()..];
        let end = rest.bytes().position(|byte| matches!(byte, b'/' | b'?' | b'#'));
        &rest[..end.unwrap_or(rest.len())]
    }

    /// The spelling under which two addresses of one page are equal: scheme and host in small letters,
    /// without the default port of the scheme and without an empty query or fragment. The fragment
    /// itself counts, since it may name a section that is cited on its own.
    pub fn identity(&self) -> Cow<'_, str> {
        let (scheme, authority) = (self.scheme(), self.authority());
        let rest = &self.0[scheme.len() + "://".len() + authority.len()..];
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
            return Cow::Borrowed(&self.0);
        }
        let (user, host) = authority.split_at(host);
        let host = if has_port { &host[..host.len() - port.len()] } else { host };
        Cow::Owned(format!("{}://{user}{}{kept}", scheme.to_ascii_lowercase(), host.to_ascii_lowercase()))
    }

    /// Where `://` stands: at the first colon, since a scheme has none.
    fn colon(&self) -> usize {
        self.0.bytes().position(|byte| byte == b':').unwrap_or(0)
    }

    /// The host without user information and port.
    pub fn host(&self) -> &str {
        let authority = self.authority();
        let user = authority.bytes().rposition(|byte| byte == b'@');
        let host = &authority[user.map_or(0, |at| at + 1)..];
        let port = host.bytes().rposition(|byte| !byte.is_ascii_digit());
        match port.filter(|at| host.as_bytes()[*at] == b':') {
            Some(at) => &host[..at],
            None => host,
        }
    }
}

impl FromStr for Url {
    type Err = InvalidUrl;

    fn from_str(text: &str) -> Result<Self, InvalidUrl> {
        let valid = text.split_once(':').is_some_and(|(scheme, rest)| {
            let rest = rest.strip_prefix("//").unwrap_or_default();
            scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte))
                && !rest.is_empty()
                && !rest.starts_with(['/', '?', '#'])
                && rest.bytes().all(is_allowed)
                && wide_blank(rest).is_none()
        });
        let url = Self(text.into());
        let fits = |text: &str, limit: usize| text.len() <= limit || text.chars().count() <= limit;
        if valid && fits(text, MAX_URL_CHARACTERS) && fits(url.authority(), MAX_AUTHORITY_CHARACTERS) {
            Ok(url)
        } else {
            Err(InvalidUrl(text.to_owned()))
        }
    }
}

impl AsRef<str> for Url {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Url {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
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
}
