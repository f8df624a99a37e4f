//! HTTP answers, as a crawler kept them (RFC 9112).

use model::FetchOutcome;

use crate::decode::{DecodeError, decode};
use crate::limits::{MAX_BODY_BYTES, MAX_HEADER_BYTES, MAX_HEADERS};

/// What an answer with this status means for a page. "Refused" is not "gone".
pub fn outcome_of(status: u16) -> FetchOutcome {
    match status {
        200..300 => FetchOutcome::Ok,
        404 | 410 => FetchOutcome::NotFound,
        // The page is there, for those who log in or pay.
        401 | 402 | 407 | 511 => FetchOutcome::Gated,
        // 999 is what some sites answer to robots.
        403 | 405 | 406 | 418 | 429 | 451 | 999 => FetchOutcome::Blocked,
        _ => FetchOutcome::Failed,
    }
}

/// Whether an answer with this status says where the page is instead.
pub fn is_redirect(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

/// An HTTP answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its status.
    pub status: u16,
    /// Its headers, in the order in which they came.
    pub headers: Vec<(String, String)>,
    /// What follows the headers, as it was kept.
    body: Vec<u8>,
}

impl Message {
    /// Reads an answer; nothing where it is none.
    pub fn parse(bytes: Vec<u8>) -> Option<Self> {
        // Some crawlers write the line of a later version than its own form has.
        let (skipped, line) = match bytes.strip_prefix(b"HTTP/2") {
            Some(rest) => {
                let rest = rest.strip_prefix(b".0").unwrap_or(rest);
                (bytes.len() - rest.len(), Some("HTTP/1.1"))
            }
            None => (0, None),
        };
        let head = &bytes[skipped..bytes.len().min(skipped + MAX_HEADER_BYTES)];
        let head = [line.unwrap_or_default().as_bytes(), head].concat();
        let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut response = httparse::Response::new(&mut headers);
        let mut config = httparse::ParserConfig::default();
        config
            .allow_spaces_after_header_name_in_responses(true)
            .allow_obsolete_multiline_headers_in_responses(true)
            .allow_multiple_spaces_in_response_status_delimiters(true)
            .ignore_invalid_headers_in_responses(true);
        let httparse::Status::Complete(length) = config.parse_response(&mut response, &head).ok()? else {
            return None;
        };
        let status = response.code?;
        let headers = response
            .headers
            .iter()
            .map(|header| (header.name.to_owned(), String::from_utf8_lossy(header.value).trim().to_owned()));
        let headers = headers.collect();
        let start = skipped + length - line.map_or(0, str::len);
        let mut body = bytes;
        body.drain(..start.min(body.len()));
        Some(Self { status, headers, body })
    }

    /// The first value of a header, by its name in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(header, _)| header.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The body without the encodings of the transfer. Crawlers that take these off often keep the headers that name
    /// them, so that a body which is not encoded as they say is taken as it is where it looks like a page.
    ///
    /// # Errors
    ///
    /// When it cannot be unpacked.
    pub fn into_body(self) -> Result<Vec<u8>, DecodeError> {
        let says = |header: &str| self.header(header).unwrap_or_default().to_ascii_lowercase();
        let (transfer, content) = (says("transfer-encoding"), says("content-encoding"));
        let chunked = transfer.split(',').any(|one| one.trim() == "chunked");
        let body = match chunked.then(|| unchunked(&self.body)) {
            Some(Chunks::Whole(whole)) => whole,
            Some(Chunks::BrokenOff) => return Err(broken_off()),
            Some(Chunks::None) | None => self.body,
        };
        // Where no encoding was taken off, the length that was announced is that of the body.
        let announced = self.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
        let announced = announced.and_then(|(_, length)| length.trim().parse::<usize>().ok());
        if content.is_empty() && !chunked && announced.is_some_and(|length| body.len() < length) {
            return Err(broken_off());
        }
        let begins_like_a_page = body.starts_with(b"%PDF-") || body.trim_ascii_start().starts_with(b"<");
        if begins_like_a_page && body.len() <= MAX_BODY_BYTES { Ok(body) } else { decode(body, &content) }
    }
}

fn broken_off() -> DecodeError {
    DecodeError::Broken(std::io::ErrorKind::UnexpectedEof.into())
}

/// A body that is said to be in chunks.
enum Chunks {
    /// What they hold.
    Whole(Vec<u8>),
    /// It broke off within one, or before the last.
    BrokenOff,
    /// It is not in chunks: some crawlers take them off and keep the header.
    None,
}

/// The content of chunks (RFC 9112, section 7.1).
fn unchunked(body: &[u8]) -> Chunks {
    let mut whole = Vec::new();
    let mut rest = body;
    loop {
        let Ok(httparse::Status::Complete((start, size))) = httparse::parse_chunk_size(rest) else {
            return if rest.len() == body.len() { Chunks::None } else { Chunks::BrokenOff };
        };
        let content = &rest[start..];
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        if size == 0 {
            return Chunks::Whole(whole);
        }
        if size > content.len() {
            return Chunks::BrokenOff;
        }
        whole.extend_from_slice(&content[..size]);
        let after = &content[size..];
        rest = after.strip_prefix(b"\r\n").unwrap_or(after);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_answers_as_crawlers_keep_them() {
        let answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n<p>a\r\n3;x=y\r\n b.\r\n0\r\n\r\n";
        let message = Message::parse(answer.to_vec()).unwrap();
        assert_eq!((message.status, message.header("content-TYPE")), (200, Some("text/html")));
        assert_eq!(message.into_body().unwrap(), b"<p>a b.");
        for line in ["HTTP/2 404", "HTTP/2.0 404 Not Found", "HTTP/1.0 404"] {
            let message = Message::parse(format!("{line}\r\nX: y\r\n\r\nbody").into_bytes()).unwrap();
            assert_eq!(
                (message.status, message.header("x"), &message.body[..]),
                (404, Some("y"), &b"body"[..])
            );
        }
        assert_eq!(Message::parse(b"GET / HTTP/1.1\r\n\r\n".to_vec()), None);
        assert_eq!(Message::parse(b"HTTP/1.1 200 OK\r\nX: y\r\n".to_vec()), None);
    }

    #[test]
    fn a_body_that_was_unpacked_already_is_taken_as_it_is() {
        let answer = b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nTransfer-Encoding: chunked\r\n\r\n<html>Hello</html>";
        assert_eq!(Message::parse(answer.to_vec()).unwrap().into_body().unwrap(), b"<html>Hello</html>");
    }

    #[test]
    fn a_body_that_broke_off_is_no_page() {
        let is_whole = |headers: &str, body: &str| {
            let answer = format!("HTTP/1.1 200 OK\r\n{headers}\r\n\r\n{body}");
            Message::parse(answer.into_bytes()).unwrap().into_body().is_ok()
        };
        assert!(is_whole("Content-Length: 7", "<p>Text"));
        assert!(!is_whole("Content-Length: 5000", "<p>Text"));
        assert!(is_whole("Transfer-Encoding: chunked", "7\r\n<p>Text\r\n0\r\n\r\n"));
        assert!(!is_whole("Transfer-Encoding: chunked", "1000\r\n<p>Text"));
        assert!(!is_whole("Transfer-Encoding: chunked", "7\r\n<p>Text\r\nzz\r\n"));
        // Crawlers that unpack bodies keep the headers.
        assert!(is_whole("Content-Encoding: gzip\r\nContent-Length: 5000", "<p>Text"));
    }

    #[test]
    fn refused_is_not_gone() {
        for status in 100..=999 {
            assert_eq!(outcome_of(status) == FetchOutcome::NotFound, matches!(status, 404 | 410), "{status}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn no_answer_breaks_it(bytes in prop::collection::vec(any::<u8>(), 0..300), head in "HTTP/[12](\\.[01])? [0-9]{3}[^\r]{0,9}\r\n") {
            let bytes = [head.as_bytes(), b"transfer-encoding: chunked\r\n\r\n", &bytes].concat();
            if let Some(message) = Message::parse(bytes) {
                let _ = message.into_body();
            }
        }
    }
}
