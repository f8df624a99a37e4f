//! What a run has seen so far, until it is recorded: a run that was stopped goes on where it was, and one that only
//! showed its plan need not look again to record it.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use model::{Date, FetchOutcome, Url, Via};
use serde_json::{Value, json};

use crate::limits::{MAX_BODY_BYTES, MAX_HEADER_BYTES};
use crate::packed::{self, PackedError};
use crate::{Body, Seen, Sha256};

/// The looks of runs that are not recorded yet, a file each.
#[derive(Debug, Clone)]
pub struct Looks {
    folder: PathBuf,
}

impl Looks {
    /// The looks that are kept in a folder. It is made when the first is put into it.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// Keeps what was seen, in the place of what was seen at this address before.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub fn put(&self, seen: &Seen, today: Date) -> Result<(), PackedError> {
        let body = match &seen.body {
            Body::Absent => "absent",
            Body::Unchanged => "unchanged",
            Body::Bytes(_) => "bytes",
        };
        let url = |url: &Option<Url>| url.as_ref().map(|url| url.as_str().to_owned());
        let head = json!({
            "looked_on": today.to_string(),
            "url": seen.url.as_str(),
            "outcome": seen.outcome.to_string(),
            "on": seen.on.to_string(),
            "http_status": seen.http_status,
            "via": seen.via.to_string(),
            "final_url": url(&seen.final_url),
            "archived_url": url(&seen.archived_url),
            "content_type": seen.content_type,
            "body": body,
            "reason": seen.reason,
        });
        let mut bytes = format!("{head}\n").into_bytes();
        if let Body::Bytes(body) = &seen.body {
            bytes.extend_from_slice(body);
        }
        packed::write(&self.folder, &self.path(&seen.url), &bytes)
    }

    /// What was seen at an address, where it was looked at on a day or later. What is damaged counts as not kept.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub fn get(&self, url: &Url, not_before: Date) -> Result<Option<Seen>, PackedError> {
        let bytes = match packed::read(&self.path(url), MAX_BODY_BYTES + MAX_HEADER_BYTES) {
            Err(PackedError::Damaged(_)) => None,
            read => read?,
        };
        let kept = bytes
            .and_then(seen)
            .filter(|(looked_on, seen)| not_before <= *looked_on && seen.url.identity() == url.identity());
        Ok(kept.map(|(_, seen)| Seen { url: url.clone(), ..seen }))
    }

    /// Forgets all looks, as they are recorded now or are not to be trusted.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub fn clear(&self) -> io::Result<()> {
        match fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn path(&self, url: &Url) -> PathBuf {
        Path::new(&self.folder).join(format!("{}.zst", Sha256::of(url.identity().as_bytes())))
    }
}

/// The day of a look, and what a file says was seen; nothing where it says it in another way.
fn seen(mut bytes: Vec<u8>) -> Option<(Date, Seen)> {
    let end = memchr::memchr(b'\n', &bytes)?;
    let head: Value = serde_json::from_slice(&bytes[..end]).ok()?;
    bytes.drain(..=end);
    let text = |key: &str| head.get(key).and_then(Value::as_str);
    let url = |key: &str| text(key).map(str::parse).transpose().ok();
    let looked_on = text("looked_on")?.parse().ok()?;
    let seen = Seen {
        url: text("url")?.parse().ok()?,
        outcome: text("outcome")?.parse::<FetchOutcome>().ok()?,
        on: text("on")?.parse().ok()?,
        http_status: head.get("http_status")?.as_u64().and_then(|status| status.try_into().ok()),
        via: text("via")?.parse::<Via>().ok()?,
        final_url: url("final_url")?,
        archived_url: url("archived_url")?,
        content_type: text("content_type").map(ToOwned::to_owned),
        body: match text("body")? {
            "bytes" => Body::Bytes(bytes),
            "unchanged" => Body::Unchanged,
            _ => Body::Absent,
        },
        reason: text("reason").map(ToOwned::to_owned),
    };
    Some((looked_on, seen))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_look_is_kept_until_it_is_recorded() {
        let folder = tempfile::tempdir().unwrap();
        let looks = Looks::new(folder.path().join("looks"));
        let mut look = Seen {
            url: "https://example.com/terms".parse().unwrap(),
            outcome: FetchOutcome::Ok,
            on: day("2026-06-01"),
            http_status: Some(200),
            via: Via::Direct,
            final_url: "https://example.com/terms/".parse().ok(),
            archived_url: None,
            content_type: Some("text/html".to_owned()),
            body: Body::Bytes(b"<p>\n\nText".to_vec()),
            reason: None,
        };
        let get = |look: &Seen, day: Date| looks.get(&look.url, day).unwrap();
        assert_eq!(get(&look, look.on), None);
        looks.put(&look, look.on).unwrap();
        assert_eq!(get(&look, look.on), Some(look.clone()));
        assert_eq!(get(&look, day("2026-06-02")), None, "it is too old");
        (look.body, look.reason) = (Body::Absent, Some("it did not answer in time".to_owned()));
        (look.outcome, look.http_status, look.content_type) = (FetchOutcome::Failed, None, None);
        looks.put(&look, look.on).unwrap();
        assert_eq!(get(&look, look.on), Some(look.clone()));
        for damage in [&b"nonsense"[..], b""] {
            fs::write(looks.path(&look.url), damage).unwrap();
            assert_eq!(get(&look, look.on), None);
        }
        looks.put(&look, look.on).unwrap();
        looks.clear().unwrap();
        looks.clear().unwrap();
        assert_eq!(get(&look, look.on), None);
    }
}
