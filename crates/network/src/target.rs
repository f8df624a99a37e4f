//! What is asked of whom: an address of the web in the one spelling in which it is sent.
//!
//! A host is a name in small ASCII letters. Whatever a program could take for an address of the network is none: it
//! would pass the names by, and there are more spellings of `127.0.0.1` than anyone lists.

use std::fmt;

use evidence::without_dots;
use http::Uri;
use model::Url;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::limits::MAX_HOST_BYTES;

/// Why an address is not asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is not of the web.
    #[error("only `http` and `https` are opened")]
    Scheme,
    /// It names a port other than that of its scheme.
    #[error("only the usual port of `http` or `https` is opened")]
    Port,
    /// It holds a user name or a password.
    #[error("an address with a user name or a password is not opened")]
    UserInformation,
    /// Its host is a number, not a name.
    #[error("only hosts that have a name are opened, not numbers")]
    Number,
    /// Its host is not a name of the web.
    #[error("its host is not a full name in ASCII, such as `example.com` or `xn--bcher-kva.example`")]
    Host,
    /// It cannot be sent.
    #[error("it cannot be sent in a request")]
    Spelling,
}

/// The characters that a path must not hold as they are.
const IN_PATH: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'\\');

/// An address that may be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Target {
    pub(crate) is_tls: bool,
    pub(crate) host: String,
    /// The path and the query.
    pub(crate) path: String,
}

impl Target {
    /// The target of an address.
    pub(crate) fn new(url: &Url) -> Result<Self, Refusal> {
        let is_tls = match url.scheme().to_ascii_lowercase().as_str() {
            "https" => true,
            "http" => false,
            _ => return Err(Refusal::Scheme),
        };
        let authority = url.authority();
        if authority.contains('@') {
            return Err(Refusal::UserInformation);
        }
        if authority.starts_with('[') {
            return Err(Refusal::Number);
        }
        let (host, port) = authority.split_once(':').unwrap_or((authority, ""));
        if !["", if is_tls { "443" } else { "80" }].contains(&port) {
            return Err(Refusal::Port);
        }
        let host = host.to_ascii_lowercase();
        check_host(&host)?;
        let rest = url.rest().split('#').next().unwrap_or_default();
        let (path, query) = rest.split_at(rest.find('?').unwrap_or(rest.len()));
        let path = format!("{}{query}", without_dots(path));
        let path = utf8_percent_encode(&path, IN_PATH).to_string();
        Ok(Self { is_tls, host, path })
    }

    /// The file that says which paths of its host robots may ask for.
    pub(crate) fn robots(&self) -> Self {
        Self { path: "/robots.txt".to_owned(), ..self.clone() }
    }

    /// The target as the HTTP library takes it.
    pub(crate) fn uri(&self) -> Result<Uri, Refusal> {
        let uri = Uri::builder().scheme(self.scheme()).authority(&*self.host).path_and_query(&*self.path);
        uri.build().map_err(|_| Refusal::Spelling)
    }

    /// The target as an address.
    pub(crate) fn url(&self) -> Option<Url> {
        self.to_string().parse().ok()
    }

    fn scheme(&self) -> &'static str {
        if self.is_tls { "https" } else { "http" }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}{}", self.scheme(), self.host, self.path)
    }
}

fn check_host(host: &str) -> Result<(), Refusal> {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    // By the URL standard, a host whose last label is a number in any form is an address of IPv4.
    let last = host.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
    let digits = last.strip_prefix("0x");
    if last.bytes().all(|byte| byte.is_ascii_digit())
        || digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
    {
        return Err(Refusal::Number);
    }
    if host.len() > MAX_HOST_BYTES || !host.contains('.') || !host.split('.').all(is_label) {
        return Err(Refusal::Host);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(text: &str) -> Result<String, Refusal> {
        Target::new(&text.parse().unwrap()).map(|target| target.to_string())
    }

    #[test]
    fn an_address_has_one_spelling() {
        for (text, sent) in [
            ("https://Example.COM", "https://example.com/"),
            ("HTTPS://example.com:443/a?b#c", "https://example.com/a?b"),
            ("http://example.com:80?q=1", "http://example.com/?q=1"),
            ("https://example.com/a/./b/../c", "https://example.com/a/c"),
            ("https://example.com/a/%2e%2E/%2e/private", "https://example.com/private"),
            ("https://example.com/../../x/..", "https://example.com/"),
            ("https://example.com/règles?ü", "https://example.com/r%C3%A8gles?%C3%BC"),
            ("https://example.com/a%20b", "https://example.com/a%20b"),
            ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/"),
        ] {
            assert_eq!(target(text).as_deref(), Ok(sent));
            assert_eq!(Target::new(&text.parse().unwrap()).unwrap().uri().unwrap().to_string(), sent);
        }
    }

    #[test]
    fn odd_spellings_of_hosts_are_refused() {
        for (text, refusal) in [
            ("ftp://example.com/", Refusal::Scheme),
            ("file://example.com/etc/passwd", Refusal::Scheme),
            ("gopher://example.com:70/", Refusal::Scheme),
            ("https://example.com:8443/", Refusal::Port),
            ("https://example.com:80/", Refusal::Port),
            ("http://example.com:443/", Refusal::Port),
            ("http://example.com:22/", Refusal::Port),
            ("http://example.com:080/", Refusal::Port),
            ("https://me@example.com/", Refusal::UserInformation),
            ("https://me:secret@example.com/", Refusal::UserInformation),
            ("https://example.com@127.0.0.1/", Refusal::UserInformation),
            ("https://example.com:443@10.0.0.1/", Refusal::UserInformation),
            ("http://127.0.0.1/", Refusal::Number),
            ("http://8.8.8.8/", Refusal::Number),
            ("http://127.1/", Refusal::Number),
            ("http://2130706433/", Refusal::Number),
            ("http://0x7f000001/", Refusal::Number),
            ("http://0x7f.0.0.1/", Refusal::Number),
            ("http://0177.0.0.1/", Refusal::Number),
            ("http://127.0.0.0x1/", Refusal::Number),
            ("http://127.0.0.1./", Refusal::Number),
            ("http://example.0x/", Refusal::Number),
            ("http://[::1]/", Refusal::Number),
            ("http://[::ffff:127.0.0.1]:80/", Refusal::Number),
            ("http://[fe80::1%25eth0]/", Refusal::Number),
            ("http://localhost/", Refusal::Host),
            ("http://metadata/", Refusal::Host),
            ("https://example.com./", Refusal::Host),
            ("https://.example.com/", Refusal::Host),
            ("https://a..example.com/", Refusal::Host),
            ("https://bücher.example/", Refusal::Host),
            ("https://ⓔxample.com/", Refusal::Host),
            ("https://example。com/", Refusal::Host),
            ("https://１２７.0.0.1.example.com/", Refusal::Host),
            ("https://exa%6dple.com/", Refusal::Host),
            ("https://-a.example.com/", Refusal::Host),
            ("https://a_b.example.com/", Refusal::Host),
        ] {
            assert_eq!(target(text), Err(refusal), "{text}");
        }
        let long = format!("https://{}.com/", ["a".repeat(60).as_str(); 4].join("."));
        assert!(target(&long).is_ok());
        assert_eq!(target(&format!("https://{}.com/", "a".repeat(64))), Err(Refusal::Host));
    }
}
