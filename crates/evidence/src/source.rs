//! Where pages are looked at: one trait, one module for each kind of source.

use model::{Date, FetchOutcome, Url, Via};

use crate::Visit;

/// An address to look at, with what is known of it.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The address that is cited.
    pub url: &'a Url,
    /// The permanent address of a copy, where one is known.
    pub archived_url: Option<&'a Url>,
    /// The last visit that read it.
    pub last_read: Option<&'a Visit>,
}

/// What came with an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Nothing that could be a page: a refusal, an error, an answer that broke off.
    Absent,
    /// The source says that it is what the last visit read (HTTP 304).
    Unchanged,
    /// The bytes, without any encoding of the transfer.
    Bytes(Vec<u8>),
}

/// What a source has seen at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The address that was looked for.
    pub url: Url,
    /// What came of it. An answer that came whole is `ok` here even where no text can be made of it.
    pub outcome: FetchOutcome,
    /// The day of the visit; for a copy, the day of the copy.
    pub on: Date,
    /// The status of the last answer, where there was one.
    pub http_status: Option<u16>,
    /// Whether the page itself was opened or a copy was read.
    pub via: Via,
    /// Where redirects led, if there were any.
    pub final_url: Option<Url>,
    /// The permanent address of the copy that was read.
    pub archived_url: Option<Url>,
    /// What the source says of the kind of the body, such as `text/html; charset=utf-8`.
    pub content_type: Option<String>,
    /// What came.
    pub body: Body,
    /// Why nothing could be read, in words for a person, where the status does not say it: no answer in time, a
    /// certificate that is not valid, an address that is not opened.
    pub reason: Option<String>,
}

/// Looks at addresses, one after the other, and waits for each.
pub trait Source: Send {
    /// What it sees at an address; nothing where it cannot know, as an archive that has no copy.
    ///
    /// # Errors
    ///
    /// When the source itself fails, so that it cannot look at others either. What an address answers is no error.
    fn look(&mut self, wanted: &Wanted<'_>) -> Result<Option<Seen>, SourceError>;
}

/// Several sources: the newest that any of them has seen, and of one day what could be read.
impl Source for Vec<Box<dyn Source>> {
    fn look(&mut self, wanted: &Wanted<'_>) -> Result<Option<Seen>, SourceError> {
        let mut newest: Option<Seen> = None;
        for source in self {
            let rank = |seen: &Seen| (seen.on, seen.outcome == FetchOutcome::Ok);
            if let Some(seen) = source.look(wanted)?
                && newest.as_ref().is_none_or(|other| rank(other) < rank(&seen))
            {
                newest = Some(seen);
            }
        }
        Ok(newest)
    }
}

/// A source that failed.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// A git archive.
    #[error(transparent)]
    Git(#[from] crate::GitArchiveError),
    /// WARC files.
    #[error(transparent)]
    Warc(#[from] crate::WarcError),
    /// A source of another crate.
    #[error(transparent)]
    Other(Box<dyn std::error::Error + Send + Sync>),
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(Option<(i64, FetchOutcome)>);

    impl Source for Fixed {
        fn look(&mut self, wanted: &Wanted<'_>) -> Result<Option<Seen>, SourceError> {
            Ok(self.0.map(|(day, outcome)| Seen {
                url: wanted.url.clone(),
                outcome,
                on: Date::new(2026, 1, 1).unwrap().plus_days(day),
                http_status: None,
                via: Via::Archive,
                final_url: None,
                archived_url: None,
                content_type: None,
                body: Body::Absent,
                reason: None,
            }))
        }
    }

    #[test]
    fn of_several_sources_the_newest_counts() {
        let url = "https://example.com/".parse().unwrap();
        let look = |days: &[Option<(i64, FetchOutcome)>]| {
            let mut sources: Vec<Box<dyn Source>> =
                days.iter().map(|day| Box::new(Fixed(*day)) as _).collect();
            let seen = sources.look(&Wanted { url: &url, archived_url: None, last_read: None }).unwrap();
            seen.map(|seen| (seen.on.to_string(), seen.outcome))
        };
        let (ok, failed) = (FetchOutcome::Ok, FetchOutcome::Failed);
        assert_eq!(
            look(&[None, Some((1, ok)), Some((3, ok)), Some((2, ok))]),
            Some(("2026-01-04".to_owned(), ok))
        );
        assert_eq!(look(&[Some((1, ok)), Some((1, failed))]), Some(("2026-01-02".to_owned(), ok)));
        assert_eq!(look(&[None]), None);
    }
}
