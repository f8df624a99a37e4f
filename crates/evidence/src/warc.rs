//! WARC files (ISO 28500), plain or gzip: what a crawler fetched, and when.
//!
//! Opening a file reads it once and remembers where the newest answer of each address is. Redirects are followed as
//! far as the files hold their targets. A record that says "as before" (`revisit`) is read where the files hold what
//! it refers to.

mod index;
mod record;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use model::{FetchOutcome, Url, Via};

use self::index::{Index, Kind, Place};
use self::record::Record;
use crate::http::is_redirect;
use crate::limits::{MAX_BODY_BYTES, MAX_HEADER_BYTES, MAX_REDIRECTS};
use crate::{Body, Message, Seen, Source, SourceError, Wanted, join, outcome_of};

/// A WARC file that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum WarcError {
    /// The system does not give it.
    #[error("{file} cannot be read: {error}")]
    Io {
        /// The file.
        file: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// It is not what it should be.
    #[error("{file} is no whole WARC file: at byte {at}, {what}")]
    Broken {
        /// The file.
        file: PathBuf,
        /// Where, in the file as it is.
        at: u64,
        /// What is wrong.
        what: String,
    },
    /// The files hold more than is read.
    #[error("the WARC files hold more than {limit} {what}")]
    TooLarge {
        /// How much is read.
        limit: u64,
        /// Of what.
        what: &'static str,
    },
}

/// The answers that WARC files hold.
#[derive(Debug)]
pub struct WarcFiles {
    index: Index,
}

/// An answer in the files.
struct Answer {
    status: u16,
    content_type: Option<String>,
    location: Option<String>,
    body: Option<Vec<u8>>,
}

impl WarcFiles {
    /// Reads where the answers of the files are.
    ///
    /// # Errors
    ///
    /// When a file cannot be read or is no whole WARC file, or they hold too much.
    pub fn open<P: AsRef<Path>>(files: &[P]) -> Result<Self, WarcError> {
        let mut index = Index::default();
        for file in files {
            index.add(file.as_ref())?;
        }
        Ok(Self { index })
    }

    /// How many addresses the files hold an answer of.
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// Whether they hold none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn answer(&self, place: &Place) -> Result<Option<Answer>, WarcError> {
        let record = self.index.read(place, MAX_BODY_BYTES + MAX_HEADER_BYTES)?;
        let (Some(block), truncated) = (record.block, record.truncated) else {
            // Longer than any body that is read.
            return Ok(Some(Answer { status: 200, content_type: None, location: None, body: None }));
        };
        if place.kind == Kind::Resource {
            let (content_type, body) = (record.content_type, Some(block).filter(|_| !truncated));
            return Ok(Some(Answer { status: 200, content_type, location: None, body }));
        }
        let Some(message) = Message::parse(block) else { return Ok(None) };
        if place.kind == Kind::Revisit {
            let Some(original) = self.index.original(place) else { return Ok(None) };
            let Some(before) = self.answer(original)? else { return Ok(None) };
            // A revisit may keep only some headers, and "not modified" is the status of the question, not of the page.
            let status = if message.status == 304 { before.status } else { message.status };
            let content_type = message.header("content-type").map(ToOwned::to_owned).or(before.content_type);
            let location = message.header("location").map(ToOwned::to_owned).or(before.location);
            return Ok(Some(Answer { status, content_type, location, body: before.body }));
        }
        let header = |name: &str| message.header(name).map(ToOwned::to_owned);
        let (content_type, location) = (header("content-type"), header("location"));
        let status = message.status;
        Ok(Some(Answer {
            status,
            content_type,
            location,
            body: message.into_body().ok().filter(|_| !truncated),
        }))
    }
}

impl Source for WarcFiles {
    fn look(&mut self, wanted: &Wanted<'_>) -> Result<Option<Seen>, SourceError> {
        let mut url = wanted.url.clone();
        let mut passed = HashSet::new();
        let mut seen: Option<Seen> = None;
        for _ in 0..=MAX_REDIRECTS {
            let Some(place) = self.index.find(&url) else { break };
            let Some(answer) = self.answer(place)? else { break };
            let outcome = match (outcome_of(answer.status), &answer.body) {
                // It came, but broke off, was too long, or was not encoded as it said.
                (FetchOutcome::Ok, None) => FetchOutcome::Unreadable,
                (outcome, _) => outcome,
            };
            let is_first = passed.is_empty();
            let body = match (outcome, answer.body) {
                (FetchOutcome::Ok, Some(bytes)) => Body::Bytes(bytes),
                _ => Body::Absent,
            };
            seen = Some(Seen {
                url: wanted.url.clone(),
                outcome,
                on: place.on,
                http_status: (place.kind != Kind::Resource).then_some(answer.status),
                // A crawler has opened the page itself on the day of its record.
                via: Via::Direct,
                final_url: (!is_first).then(|| url.clone()),
                archived_url: None,
                content_type: answer.content_type,
                body,
                reason: None,
            });
            let target =
                answer.location.filter(|_| is_redirect(answer.status)).and_then(|to| join(&url, &to));
            let Some(target) = target else { break };
            passed.insert(url.identity().into_owned());
            if passed.contains(&*target.identity()) {
                break;
            }
            url = target;
        }
        // The crawler left out where the redirect leads: nothing is known of the page.
        let is_open =
            |seen: &Seen| seen.http_status.is_some_and(is_redirect) && !passed.contains(&*url.identity());
        Ok(seen.filter(|seen| !is_open(seen)))
    }
}

/// The address that a record is about. Some crawlers write it in angle brackets.
fn target(record: &Record) -> Option<Url> {
    let text = record.target.as_deref()?.trim();
    let text = text.strip_prefix('<').and_then(|text| text.strip_suffix('>')).unwrap_or(text);
    text.parse::<Url>().ok().filter(Url::is_web)
}

#[cfg(test)]
mod tests;
