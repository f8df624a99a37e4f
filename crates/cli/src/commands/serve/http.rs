//! As much of HTTP/1.1 (RFC 9112) as a preview on this machine needs: GET and HEAD, one request a
//! connection. A request can name nothing but a path in the site, and nothing is read from the disk.
//!
//! Only pages of the preview itself may read it. Another site can have a browser send requests to this
//! machine, also under its own name that it has directed here, so the names that a request gives are checked.

use std::io::{self, Read, Write};
use std::sync::Arc;

use percent_encoding::percent_decode_str;

/// The longest head of a request, in bytes.
const MAX_HEAD: usize = 8 * 1024;

/// The names of this machine, as browsers write them.
const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// What a request asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    /// The path below the site, without a leading `/`.
    pub(super) path: String,
    /// Whether only the head of the answer is wanted.
    pub(super) head_only: bool,
}

/// What a client gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    status: &'static str,
    /// The media type, or for a redirection the path to go to.
    about: Header,
    /// Shared with other answers, so that many clients who take in the same file need its memory once.
    body: Arc<Vec<u8>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Header {
    Type(&'static str),
    Location(String),
}

impl Answer {
    /// What is at a path.
    pub(super) fn found(path: &str, body: impl Into<Arc<Vec<u8>>>) -> Self {
        Self { status: "200 OK", about: Header::Type(media_type(path)), body: body.into() }
    }

    /// There is nothing: the page that says so.
    pub(super) fn missing(page: Vec<u8>) -> Self {
        Self { status: "404 Not Found", about: Header::Type(media_type("404.html")), body: page.into() }
    }

    /// It is at another path, counted from the root.
    pub(super) fn moved(path: &str) -> Self {
        Self {
            status: "301 Moved Permanently",
            about: Header::Location(format!("/{path}")),
            body: Arc::default(),
        }
    }

    /// A request that is not answered, and why.
    pub(super) fn refused(status: &'static str) -> Self {
        let body = format!("{status}\n").into_bytes();
        Self { status, about: Header::Type("text/plain; charset=utf-8"), body: body.into() }
    }

    /// Writes it to a client.
    pub(super) fn write(&self, to: &mut impl Write, head_only: bool) -> io::Result<()> {
        let about = match &self.about {
            Header::Type(media_type) => format!("Content-Type: {media_type}"),
            Header::Location(path) => format!("Location: {path}"),
        };
        let head = format!(
            "HTTP/1.1 {}\r\n{about}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
             X-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: same-origin\r\n\
             X-Frame-Options: DENY\r\nConnection: close\r\n\r\n",
            self.status,
            self.body.len()
        );
        to.write_all(head.as_bytes())?;
        if !head_only {
            to.write_all(&self.body)?;
        }
        to.flush()
    }
}

/// The media type of a file of the site, by its name (RFC 6838).
fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("csv") => "text/csv; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("xml") => "application/xml",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Reads the head of a request; nothing where it is too long. What follows in the stream may be read too.
pub(super) fn head(stream: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut head = Vec::new();
    let mut part = [0; 1024];
    loop {
        if let Some(end) = head.windows(4).position(|end| end == b"\r\n\r\n") {
            head.truncate(end + 4);
            return Ok(Some(head));
        }
        if head.len() > MAX_HEAD {
            return Ok(None);
        }
        match stream.read(&mut part)? {
            0 => return Ok(Some(head)),
            read => head.extend_from_slice(&part[..read]),
        }
    }
}

/// What a request to a port asks for, or the status of the refusal.
pub(super) fn parse(head: &[u8], port: u16) -> Result<Asked, &'static str> {
    const BAD: &str = "400 Bad Request";
    let head = std::str::from_utf8(head).map_err(|_| BAD)?;
    let mut lines = head.strip_suffix("\r\n\r\n").ok_or(BAD)?.split("\r\n");
    let mut words = lines.next().unwrap_or_default().split(' ');
    let (Some(method), Some(target), Some("HTTP/1.0" | "HTTP/1.1"), None) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(BAD);
    };
    let head_only = match method {
        "GET" => false,
        "HEAD" => true,
        _ => return Err("405 Method Not Allowed"),
    };
    let fields: Option<Vec<_>> = lines.map(|line| line.split_once(':')).collect();
    let fields = fields.ok_or(BAD)?;
    let all = |name: &str| {
        let named = fields.iter().filter(move |(field, _)| field.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.trim_matches([' ', '\t'])).collect::<Vec<_>>()
    };
    match all("Host").as_slice() {
        [host] if is_own(host, port) => {}
        [_] => return Err("421 Misdirected Request"),
        _ => return Err(BAD),
    }
    let is_own_page = |origin: &&str| origin.strip_prefix("http://").is_some_and(|host| is_own(host, port));
    // A link from elsewhere may be followed; what it opens cannot be read from there.
    let is_followed = all("Sec-Fetch-Mode") == ["navigate"] && all("Sec-Fetch-Dest") == ["document"];
    let is_from_here = all("Sec-Fetch-Site").iter().all(|site| ["same-origin", "none"].contains(site));
    if !all("Origin").iter().all(is_own_page) || !is_from_here && !is_followed {
        return Err("403 Forbidden");
    }
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let path = path.strip_prefix('/').ok_or(BAD)?;
    let path = percent_decode_str(path).decode_utf8().map_err(|_| BAD)?;
    let is_plain =
        |part: &str| part != "." && part != ".." && !part.contains(|c: char| c.is_control() || c == '\\');
    if path.split('/').all(is_plain) { Ok(Asked { path: path.into_owned(), head_only }) } else { Err(BAD) }
}

/// Returns whether a host with its port is that of the preview.
fn is_own(host: &str, port: u16) -> bool {
    let with_port = |name: &&str| host.eq_ignore_ascii_case(&format!("{name}:{port}"));
    // Browsers leave the port of the scheme out.
    let without = |name: &&str| port == 80 && host.eq_ignore_ascii_case(name);
    NAMES.iter().any(|name| with_port(name) || without(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(line: &str, fields: &str) -> Result<Asked, &'static str> {
        parse(format!("{line}\r\n{fields}\r\n").as_bytes(), 4000)
    }

    #[test]
    fn requests_name_paths_of_the_site() {
        let asked = |line: &str| asked(line, "Host: localhost:4000\r\n");
        let path = |path: &str, head_only| Ok(Asked { path: path.to_owned(), head_only });
        assert_eq!(asked("GET / HTTP/1.1"), path("", false));
        assert_eq!(asked("HEAD /a/b.html?c=d HTTP/1.0"), path("a/b.html", true));
        assert_eq!(asked("GET /a%20b HTTP/1.1"), path("a b", false));
        for bad in [
            "",
            "GET",
            "GET /",
            "GET a HTTP/1.1",
            "GET http://x/ HTTP/1.1",
            "GET /../x HTTP/1.1",
            "GET /a/%2e%2e/x HTTP/1.1",
            "GET /a/..%5cx HTTP/1.1",
            "GET /%00 HTTP/1.1",
            "GET /%ff HTTP/1.1",
            "GET / x HTTP/1.1",
            "GET / HTTP/2",
        ] {
            assert_eq!(asked(bad), Err("400 Bad Request"), "{bad}");
        }
        assert_eq!(asked("POST / HTTP/1.1"), Err("405 Method Not Allowed"));
        assert_eq!(parse(b"\xff\xfe\r\n\r\n", 4000), Err("400 Bad Request"));
        assert_eq!(parse(b"GET / HTTP/1.1\r\nHost: localhost:4000\r\n", 4000), Err("400 Bad Request"));
    }

    #[test]
    fn requests_name_this_machine_and_come_from_its_pages() {
        let status = |fields: &str| asked("GET / HTTP/1.1", fields).err().unwrap_or("200 OK");
        for host in ["localhost:4000", "127.0.0.1:4000", "[::1]:4000", "LocalHost:4000"] {
            assert_eq!(status(&format!("host:{host} \r\n")), "200 OK", "{host}");
        }
        for host in [
            "",
            "evil.example",
            "evil.example:4000",
            "localhost",
            "localhost:80",
            "localhost:4001",
            "localhost.:4000",
            "localhost:4000.evil.example",
            "127.0.0.1:4000@evil.example",
            "0.0.0.0:4000",
        ] {
            assert_eq!(status(&format!("Host: {host}\r\n")), "421 Misdirected Request", "{host}");
        }
        for fields in ["", "Host: localhost:4000\r\nHost: localhost:4000\r\n", "Host\r\n"] {
            assert_eq!(status(fields), "400 Bad Request", "{fields}");
        }
        assert!(is_own("localhost", 80) && is_own("localhost:80", 80) && !is_own("localhost", 4000));

        let status = |fields: &str| status(&format!("Host: localhost:4000\r\n{fields}"));
        let navigation = "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n";
        for fields in [
            "Origin: http://localhost:4000\r\n",
            "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors\r\n",
            &format!("Sec-Fetch-Site: none\r\n{navigation}"),
            &format!("Sec-Fetch-Site: cross-site\r\n{navigation}"),
        ] {
            assert_eq!(status(fields), "200 OK", "{fields}");
        }
        for fields in [
            "Origin: null\r\n",
            "Origin: https://localhost:4000\r\n",
            "Origin: http://evil.example\r\n",
            "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n",
            "Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: cors\r\n",
            "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n",
        ] {
            assert_eq!(status(fields), "403 Forbidden", "{fields}");
        }
    }

    #[test]
    fn heads_have_a_limit() {
        assert_eq!(
            head(&mut &b"GET / HTTP/1.1\r\n\r\nrest"[..]).unwrap().unwrap(),
            b"GET / HTTP/1.1\r\n\r\n"
        );
        assert_eq!(head(&mut io::repeat(b'a')).unwrap(), None);
    }

    #[test]
    fn answers_say_what_they_are() {
        let written = |answer: Answer, head_only| {
            let mut out = Vec::new();
            answer.write(&mut out, head_only).unwrap();
            String::from_utf8(out).unwrap()
        };
        let page = written(Answer::found("a.html", b"body".to_vec()), false);
        assert!(page.starts_with(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 4\r\n"
        ));
        assert!(page.ends_with("\r\n\r\nbody"));
        assert!(written(Answer::found("a.html", b"body".to_vec()), true).ends_with("\r\n\r\n"));
        assert!(written(Answer::moved("a/"), false).contains("\r\nLocation: /a/\r\n"));
    }
}
