//! The pages themselves.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use evidence::{Body, Seen, Source, SourceError, Wanted, outcome_of};
use http::header::{CONTENT_TYPE, ETAG, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED};
use model::{FetchOutcome, Url, Via};

use crate::request::Answer;
use crate::route::{Route, Walk};
use crate::validators::{Validator, Validators};
use crate::{Client, Failure};

/// Opens pages on the network. Clones share what they know.
///
/// A page that was read before is asked only whether it has changed. A caller that has not kept the text of that visit, or
/// whose extractor is newer, asks without [`Wanted::last_read`], so that the page is sent.
#[derive(Clone)]
pub struct Network {
    client: Client,
    validators: Arc<Mutex<Validators>>,
}

impl Network {
    /// The source, with the validators of the last run.
    pub fn new(client: Client, validators: Validators) -> Self {
        Self { client, validators: Arc::new(Mutex::new(validators)) }
    }

    /// The validators to keep for the next run.
    pub fn validators(&self) -> Validators {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Validators> {
        self.validators.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The body of an answer that came whole.
    fn body(
        &self,
        wanted: &Wanted<'_>,
        at: &Url,
        asked_with: Option<Validator>,
        answer: Answer,
    ) -> Result<Body, Failure> {
        let on = self.client.today().to_string();
        if answer.status == 304 {
            let validator = asked_with.filter(|validator| validator.at == at.as_str());
            let validator = validator.ok_or(Failure::NothingToCompare)?;
            self.lock().put(wanted.url, Validator { on, ..validator });
            return Ok(Body::Unchanged);
        }
        let header = |name: HeaderName| answer.header(name).map(ToOwned::to_owned);
        let (etag, last_modified) = (header(ETAG), header(LAST_MODIFIED));
        let body = answer.into_body()?;
        let (at, bytes) = (at.as_str().to_owned(), body.len() as u64);
        self.lock().put(wanted.url, Validator { at, etag, last_modified, on, bytes });
        Ok(Body::Bytes(body))
    }
}

impl Source for Network {
    fn look(&mut self, wanted: &Wanted<'_>) -> Result<Option<Seen>, SourceError> {
        let validator = self.lock().of(wanted.url, wanted.last_read).cloned();
        let (Walk { status, at, redirects }, result) =
            self.client.walk(wanted.url, &Direct { validator: validator.as_ref() });
        let mut seen = Seen {
            url: wanted.url.clone(),
            outcome: FetchOutcome::Failed,
            on: self.client.today(),
            http_status: status,
            via: Via::Direct,
            final_url: (redirects > 0).then(|| at.clone()),
            archived_url: None,
            content_type: None,
            body: Body::Absent,
            reason: None,
        };
        let result = result.and_then(|answer| {
            seen.content_type = answer.header(CONTENT_TYPE).map(ToOwned::to_owned);
            seen.outcome = if answer.status == 304 { FetchOutcome::Ok } else { outcome_of(answer.status) };
            if seen.outcome == FetchOutcome::Ok {
                self.body(wanted, &at, validator, answer)
            } else {
                Ok(Body::Absent)
            }
        });
        match result {
            Ok(body) => seen.body = body,
            Err(failure) => {
                let Some(outcome) = failure.outcome() else { return Ok(None) };
                seen.outcome = outcome;
                seen.reason = Some(failure.reason());
            }
        }
        Ok(Some(seen))
    }
}

/// To the page itself. An address that answered before is asked whether anything changed.
struct Direct<'a> {
    validator: Option<&'a Validator>,
}

impl Route for Direct<'_> {
    fn headers(&self, at: &Url) -> Vec<(HeaderName, String)> {
        let Some(validator) = self.validator.filter(|validator| validator.at == at.as_str()) else {
            return Vec::new();
        };
        let etag = validator.etag.clone().map(|etag| (IF_NONE_MATCH, etag));
        let modified = validator.last_modified.clone().map(|day| (IF_MODIFIED_SINCE, day));
        etag.into_iter().chain(modified).collect()
    }
}
