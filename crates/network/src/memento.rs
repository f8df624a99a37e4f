//! The copies of a web archive, by the Memento protocol (RFC 7089).
//!
//! A page whose copy is known is read from there. Else the archive is asked for the newest copy at its TimeGate, which
//! redirects to one. A copy says its day itself (`Memento-Datetime`); an answer that does not is no copy.
//!
//! Archives put a toolbar into the pages that they show, and rewrite the links. Those that run Wayback software return
//! what they stored when `id_` follows the time in the address (pywb calls it the identity modifier). That is what is
//! asked for; what is recorded is the address without it, which a person can open.

use std::time::{SystemTime, UNIX_EPOCH};

use evidence::{Body, Seen, Source, SourceError, Wanted, join, outcome_of};
use http::header::{ACCEPT_ENCODING, CONTENT_LOCATION, CONTENT_TYPE, HeaderName};
use model::{Date, FetchOutcome, Url, Via};

use crate::Client;
use crate::request::Answer;
use crate::route::{Route, Walk};

/// The TimeGate of the Internet Archive: an address follows it.
const WAYBACK_MACHINE: &str = "https://web.archive.org/web/";

const ACCEPT_DATETIME: HeaderName = HeaderName::from_static("accept-datetime");
const MEMENTO_DATETIME: HeaderName = HeaderName::from_static("memento-datetime");

/// Reads copies of a web archive. Clones share what they know of hosts.
#[derive(Clone)]
pub struct Memento {
    client: Client,
    timegate: String,
}

impl Memento {
    /// The Internet Archive.
    pub fn new(client: Client) -> Self {
        Self { client, timegate: WAYBACK_MACHINE.to_owned() }
    }

    /// An archive by its TimeGate, to which the address of a page is appended: `https://web.archive.org/web/`.
    pub fn with_timegate(client: Client, timegate: &Url) -> Self {
        Self { client, timegate: timegate.as_str().to_owned() }
    }

    /// The address to begin at, and whether it is that of a copy. Copies that are known but are not of this archive, such
    /// as those of git archives, are read by other sources.
    fn start(&self, wanted: &Wanted<'_>) -> Option<(Url, bool)> {
        let timegate: Url = self.timegate.parse().ok()?;
        let is_readable = |copy: &&Url| Copy::parse(copy).is_some() || is_host(copy, &timegate);
        if let Some(copy) = wanted.archived_url.filter(is_readable) {
            return Some((plain(copy), true));
        }
        let page = wanted.url.as_str().split('#').next().unwrap_or_default();
        Some((format!("{}{page}", self.timegate).parse().ok()?, false))
    }
}

impl Source for Memento {
    fn look(&mut self, wanted: &Wanted<'_>) -> Result<Option<Seen>, SourceError> {
        let Some((start, is_known)) = self.start(wanted) else { return Ok(None) };
        let (Walk { status, at, redirects }, result) =
            self.client.walk(&start, &ToCopy { now: self.client.now() });
        let mut seen = Seen {
            url: wanted.url.clone(),
            outcome: FetchOutcome::Failed,
            on: self.client.today(),
            http_status: status,
            via: Via::Archive,
            final_url: None,
            archived_url: is_known.then(|| start.clone()),
            content_type: None,
            body: Body::Absent,
            reason: None,
        };
        let answer = match result {
            Ok(answer) => answer,
            Err(failure) => {
                let Some(outcome) = failure.outcome() else { return Ok(None) };
                seen.outcome = outcome;
                seen.reason = Some(failure.reason());
                return Ok(Some(seen));
            }
        };
        // Whatever else a server says, a copy is at the archive that was asked.
        let day = answer.header(MEMENTO_DATETIME).filter(|_| is_host(&at, &start)).and_then(day);
        let named = answer.header(CONTENT_LOCATION).and_then(|location| join(&at, location));
        let copy =
            if redirects > 0 || is_known { Some(at) } else { named.filter(|copy| is_host(copy, &start)) };
        let (Some(on), Some(copy)) = (day, copy) else {
            // What the archive answers is not what the page does: an archive that has no copy knows nothing of it.
            if !is_known && matches!(answer.status, 200..300 | 404 | 410) {
                return Ok(None);
            }
            seen.outcome = match outcome_of(answer.status) {
                FetchOutcome::Blocked => FetchOutcome::Blocked,
                _ => FetchOutcome::Failed,
            };
            seen.reason =
                Some(format!("{} does not answer with a copy: HTTP {}", start.host(), answer.status));
            return Ok(Some(seen));
        };
        let copy = plain(&copy);
        seen.on = on;
        // The page had moved already when it was copied.
        seen.final_url = Copy::parse(&copy)
            .and_then(|copy| copy.page.parse().ok())
            .filter(|page: &Url| page.page_key() != wanted.url.page_key());
        seen.archived_url = Some(copy);
        seen.content_type = answer.header(CONTENT_TYPE).map(ToOwned::to_owned);
        seen.outcome = outcome_of(answer.status);
        if seen.outcome == FetchOutcome::Ok {
            match answer.into_body() {
                Ok(body) => seen.body = Body::Bytes(body),
                Err(failure) => {
                    seen.outcome = FetchOutcome::Unreadable;
                    seen.reason = Some(failure.reason());
                }
            }
        }
        Ok(Some(seen))
    }
}

/// By way of the TimeGate to a copy.
struct ToCopy {
    now: SystemTime,
}

impl Route for ToCopy {
    fn asked(&self, at: &Url) -> Url {
        Copy::parse(at).and_then(|copy| copy.raw()).unwrap_or_else(|| at.clone())
    }

    fn headers(&self, at: &Url) -> Vec<(HeaderName, String)> {
        let mut headers = vec![(ACCEPT_ENCODING, "gzip".to_owned())];
        if Copy::parse(at).is_none() {
            headers.push((ACCEPT_DATETIME, httpdate::fmt_http_date(self.now)));
        }
        headers
    }

    /// A redirect that was copied leads to where the page had moved, not out of the archive.
    fn next(&self, at: &Url, answer: &Answer, location: &str) -> Option<Url> {
        let next = join(at, location)?;
        let is_copied = answer.headers.contains_key(MEMENTO_DATETIME) && Copy::parse(&next).is_none();
        match Copy::parse(at).filter(|_| is_copied) {
            Some(copy) => copy.moved_to(location),
            None => Some(plain(&next)),
        }
    }
}

/// The address of a copy at an archive that runs Wayback software.
#[derive(Debug, PartialEq, Eq)]
struct Copy<'a> {
    /// The archive and the collection, up to the slash before the time.
    archive: &'a str,
    /// The time, in 14 digits.
    time: &'a str,
    /// The page.
    page: &'a str,
}

impl<'a> Copy<'a> {
    fn parse(url: &'a Url) -> Option<Self> {
        let text = url.as_str();
        let path = text.len() - url.rest().len();
        let mut from = path;
        loop {
            let slash = from + text[from..].find('/')?;
            let after = &text[slash + 1..];
            let (segment, page) = after.split_once('/')?;
            let is_page = ["http://", "https://"].iter().any(|scheme| page.starts_with(scheme));
            if is_page {
                let (time, modifier) = segment.split_at_checked(14)?;
                let is_time = time.bytes().all(|byte| byte.is_ascii_digit());
                let is_modifier = matches!(modifier.as_bytes(), [] | [b'a'..=b'z', b'a'..=b'z', b'_']);
                return (is_time && is_modifier).then_some(Self { archive: &text[..=slash], time, page });
            }
            from = slash + 1;
        }
    }

    /// What the archive stored, as it was.
    fn raw(&self) -> Option<Url> {
        format!("{}{}id_/{}", self.archive, self.time, self.page).parse().ok()
    }

    /// The copy of the page to which this one redirected.
    fn moved_to(&self, location: &str) -> Option<Url> {
        let page = join(&self.page.parse().ok()?, location)?;
        format!("{}{}/{page}", self.archive, self.time).parse().ok()
    }
}

/// The address at which a person sees a copy.
fn plain(url: &Url) -> Url {
    let copy = Copy::parse(url);
    let plain = copy.and_then(|copy| format!("{}{}/{}", copy.archive, copy.time, copy.page).parse().ok());
    plain.unwrap_or_else(|| url.clone())
}

fn is_host(one: &Url, other: &Url) -> bool {
    one.host().eq_ignore_ascii_case(other.host())
}

/// The day of an HTTP date.
fn day(text: &str) -> Option<Date> {
    const DAY: u64 = 24 * 60 * 60;
    let time = httpdate::parse_http_date(text).ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(Date::new(1970, 1, 1)?.plus_days(i64::try_from(time.as_secs() / DAY).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_known_by_their_address() {
        for (text, raw) in [
            (
                "https://web.archive.org/web/20260822101112/https://example.com/terms?a=b",
                Some("https://web.archive.org/web/20260822101112id_/https://example.com/terms?a=b"),
            ),
            (
                "https://web.archive.org/web/20260822101112if_/http://example.com/",
                Some("https://web.archive.org/web/20260822101112id_/http://example.com/"),
            ),
            (
                "https://arquivo.pt/wayback/20180919142909mp_/https://example.com/",
                Some("https://arquivo.pt/wayback/20180919142909id_/https://example.com/"),
            ),
            ("https://web.archive.org/web/2026/https://example.com/", None),
            ("https://web.archive.org/web/https://example.com/", None),
            ("https://web.archive.org/web/*/https://example.com/", None),
            ("https://github.com/OpenTermsArchive/genai-versions/blob/0a1b/OpenAI/Terms.md", None),
            ("https://web.archive.org/web/20260822101112é_/https://example.com/", None),
            ("https://example.com", None),
        ] {
            let url: Url = text.parse().unwrap();
            let copy = Copy::parse(&url);
            assert_eq!(
                copy.and_then(|copy| copy.raw()).map(|url| url.as_str().to_owned()).as_deref(),
                raw,
                "{text}"
            );
            if let Some(raw) = raw {
                assert_eq!(plain(&raw.parse().unwrap()).as_str(), raw.replace("id_", ""));
            }
        }
    }

    #[test]
    fn the_internet_archive_is_asked_at_its_timegate() {
        let contact: Url = "https://registry.example/".parse().unwrap();
        let day = Date::new(2026, 11, 30).unwrap();
        let archive = Memento::new(Client::new(crate::Settings::new(contact, day)));
        let (page, copy): (Url, Url) = (
            "https://example.com/terms?a#b".parse().unwrap(),
            "https://web.archive.org/web/20260822101112if_/https://example.com/terms".parse().unwrap(),
        );
        let start = |archived_url| {
            let (start, is_known) =
                archive.start(&Wanted { url: &page, archived_url, last_read: None }).unwrap();
            (start.as_str().to_owned(), is_known)
        };
        assert_eq!(
            start(None),
            ("https://web.archive.org/web/https://example.com/terms?a".to_owned(), false)
        );
        assert_eq!(start(Some(&copy)), (copy.as_str().replace("if_", ""), true));
    }

    #[test]
    fn a_copy_says_its_day() {
        assert_eq!(day("Sat, 22 Aug 2026 23:59:59 GMT"), Date::new(2026, 8, 22));
        assert_eq!(day("22 August"), None);
    }
}
