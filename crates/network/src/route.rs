//! The way to an answer: how each address on it is asked for, and where a redirect leads.

use evidence::join;
use evidence::limits::{MAX_BODY_BYTES, MAX_REDIRECTS};
use http::header::{ACCEPT_ENCODING, HeaderName};
use model::Url;

use crate::limits::{MAX_ROBOTS_BYTES, MAX_ROBOTS_REDIRECTS};
use crate::request::Answer;

/// How far a way went.
pub(crate) struct Walk {
    /// The status of the last answer.
    pub(crate) status: Option<u16>,
    /// The address of the last answer.
    pub(crate) at: Url,
    /// How many redirects led there.
    pub(crate) redirects: usize,
}

/// How addresses are asked for, and where a redirect leads.
pub(crate) trait Route {
    /// The address that is asked for, for the sake of another.
    fn asked(&self, at: &Url) -> Url {
        at.clone()
    }

    /// More headers of a request.
    fn headers(&self, _at: &Url) -> Vec<(HeaderName, String)> {
        Vec::new()
    }

    /// Where a redirect leads; nothing where that is no address of the web.
    fn next(&self, at: &Url, _answer: &Answer, location: &str) -> Option<Url> {
        join(at, location)
    }

    fn obeys_robots(&self) -> bool {
        true
    }

    fn max_redirects(&self) -> usize {
        MAX_REDIRECTS
    }

    fn max_bytes(&self) -> usize {
        MAX_BODY_BYTES
    }
}

/// To `robots.txt`, which may be asked for always.
pub(crate) struct ToRobots;

impl Route for ToRobots {
    /// What is encoded could not be read in part.
    fn headers(&self, _at: &Url) -> Vec<(HeaderName, String)> {
        vec![(ACCEPT_ENCODING, "identity".to_owned())]
    }

    fn obeys_robots(&self) -> bool {
        false
    }

    fn max_redirects(&self) -> usize {
        MAX_ROBOTS_REDIRECTS
    }

    fn max_bytes(&self) -> usize {
        MAX_ROBOTS_BYTES
    }
}
