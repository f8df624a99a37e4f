//! As much of HTTP/1.1 (RFC 9112) as a preview on this machine needs: GET and HEAD, one request a
//! connection. A request can name nothing but a path in the site, and nothing is read from the disk.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

use percent_encoding::percent_decode_str;

/// The longest head of a request, in bytes.
const MAX_HEAD: usize = 8 * 1024;

/// How long a client may take to send a request or to take in an answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// The most clients at a time.
const MAX_CLIENTS: usize = 64;

/// A request for a path of the site, to be answered.
pub(super) struct Request {
    /// The path below the site, without a leading `/`.
    pub(super) path: String,
    answer: Sender<Answer>,
}

/// What a client gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answer {
    status: &'static str,
    /// The media type, or for a redirection the path to go to.
    about: Header,
    body: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Header {
    Type(&'static str),
    Location(String),
}

impl Request {
    /// Answers it. A client that is gone gets nothing.
    pub(super) fn answer(self, answer: Answer) {
        // The thread that waits for it ends only after it has it.
        let _ = self.answer.send(answer);
    }
}

impl Answer {
    /// What stands at a path.
    pub(super) fn found(path: &str, body: Vec<u8>) -> Self {
        Self { status: "200 OK", about: Header::Type(media_type(path)), body }
    }

    /// Nothing stands there: the page that says so.
    pub(super) fn missing(page: Vec<u8>) -> Self {
        Self { status: "404 Not Found", about: Header::Type(media_type("404.html")), body: page }
    }

    /// It stands at another path, counted from the root.
    pub(super) fn moved(path: &str) -> Self {
        Self {
            status: "301 Moved Permanently",
            about: Header::Location(format!("/{path}")),
            body: Vec::new(),
        }
    }

    fn refused(status: &'static str) -> Self {
        let body = format!("{status}\n").into_bytes();
        Self { status, about: Header::Type("text/plain; charset=utf-8"), body }
    }

    fn write(&self, to: &mut impl Write, head_only: bool) -> io::Result<()> {
        let about = match &self.about {
            Header::Type(media_type) => format!("Content-Type: {media_type}"),
            Header::Location(path) => format!("Location: {path}"),
        };
        let head = format!(
            "HTTP/1.1 {}\r\n{about}\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
             X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
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

/// Takes in requests in the background. Those that make no sense are refused at once.
pub(super) fn listen(listener: TcpListener) -> Receiver<Request> {
    let (requests, taken) = mpsc::channel();
    let clients = Arc::new(AtomicUsize::new(0));
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            if clients.load(Ordering::Relaxed) >= MAX_CLIENTS {
                // Whether a client that comes too many hears of it is not waited for.
                let _ = Answer::refused("503 Service Unavailable").write(&mut stream, false);
                continue;
            }
            clients.fetch_add(1, Ordering::Relaxed);
            let (requests, clients) = (requests.clone(), clients.clone());
            thread::spawn(move || {
                // A client that breaks off is no fault of the preview.
                let _ = serve(stream, &requests);
                clients.fetch_sub(1, Ordering::Relaxed);
            });
        }
    });
    taken
}

fn serve(mut stream: TcpStream, requests: &Sender<Request>) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let head = match head(&mut stream)? {
        Some(head) => head,
        None => return refuse(&mut stream, "431 Request Header Fields Too Large"),
    };
    let (head_only, path) = match parse(&head) {
        Ok(asked) => asked,
        Err(status) => return refuse(&mut stream, status),
    };
    let (answer, answered) = mpsc::channel();
    let sent = requests.send(Request { path, answer });
    match sent.ok().and_then(|()| answered.recv().ok()) {
        Some(answer) => answer.write(&mut stream, head_only),
        None => refuse(&mut stream, "503 Service Unavailable"),
    }
}

/// Refuses a request, and takes in what the client still sends, so that it reads the answer.
fn refuse(stream: &mut TcpStream, status: &'static str) -> io::Result<()> {
    Answer::refused(status).write(stream, false)?;
    stream.shutdown(std::net::Shutdown::Write)?;
    io::copy(&mut stream.take(1024 * 1024), &mut io::sink()).map(drop)
}

/// The head of a request; nothing where it is too long.
fn head(stream: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut head = Vec::new();
    let mut part = [0; 1024];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        if head.len() > MAX_HEAD {
            return Ok(None);
        }
        match stream.read(&mut part)? {
            0 => break,
            read => head.extend_from_slice(&part[..read]),
        }
    }
    Ok(Some(head))
}

/// Whether only the head of the answer is wanted, and the path below the site; or the status of the
/// refusal.
fn parse(head: &[u8]) -> Result<(bool, String), &'static str> {
    const BAD: &str = "400 Bad Request";
    let line = head.split(|byte| *byte == b'\r').next().unwrap_or_default();
    let line = std::str::from_utf8(line).map_err(|_| BAD)?;
    let mut words = line.split(' ');
    let (Some(method), Some(target), Some(version), None) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(BAD);
    };
    if !version.starts_with("HTTP/1.") {
        return Err(BAD);
    }
    let head_only = match method {
        "GET" => false,
        "HEAD" => true,
        _ => return Err("405 Method Not Allowed"),
    };
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let path = path.strip_prefix('/').ok_or(BAD)?;
    let path = percent_decode_str(path).decode_utf8().map_err(|_| BAD)?;
    let is_plain =
        |part: &str| part != "." && part != ".." && !part.contains(|c: char| c.is_control() || c == '\\');
    if path.split('/').all(is_plain) { Ok((head_only, path.into_owned())) } else { Err(BAD) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_name_paths_of_the_site() {
        let asked = |line: &str| parse(format!("{line}\r\nHost: x\r\n\r\n").as_bytes());
        assert_eq!(asked("GET / HTTP/1.1"), Ok((false, String::new())));
        assert_eq!(asked("HEAD /a/b.html?c=d HTTP/1.0"), Ok((true, "a/b.html".to_owned())));
        assert_eq!(asked("GET /a%20b HTTP/1.1"), Ok((false, "a b".to_owned())));
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
        assert_eq!(parse(b"\xff\xfe"), Err("400 Bad Request"));
    }

    #[test]
    fn heads_have_a_limit() {
        assert_eq!(head(&mut &b"GET / HTTP/1.1\r\n\r\nrest"[..]).unwrap().unwrap().len(), 22);
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
