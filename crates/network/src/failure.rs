//! Why a page was not read.

use evidence::{DecodeError, limits};
use model::FetchOutcome;

use crate::Refusal;

/// Why a page was not read.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The address itself.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// A redirect to an address that is not opened.
    #[error("it redirects to {to}: {why}")]
    RedirectRefused {
        /// Where it leads.
        to: String,
        /// Why it is not followed.
        why: Refusal,
    },
    /// A redirect to something that is not an address of the web.
    #[error("it redirects to something that is not an address of the web")]
    RedirectBroken,
    /// Redirects that come back to where they were.
    #[error("its redirects go round in a circle")]
    RedirectLoop,
    /// More redirects than are followed.
    #[error("it redirects more than {0} times")]
    RedirectLimit(usize),
    /// The host is not known.
    #[error("no address of {host} was found: {error}")]
    NoName {
        /// The host.
        host: String,
        /// What the resolver says.
        error: String,
    },
    /// The host leads to this machine or to a network that is not of the public.
    #[error("{host} has no public address, and no other is opened")]
    NotPublic {
        /// The host.
        host: String,
    },
    /// No connection.
    #[error("no connection to {host}: {error}")]
    NoConnection {
        /// The host.
        host: String,
        /// What the system says.
        error: String,
    },
    /// The connection is not safe.
    #[error("the connection is not safe: {0}")]
    Tls(String),
    /// No answer in time, or not the whole.
    #[error("it did not answer in time")]
    Slow,
    /// An answer that is not HTTP, or broke off.
    #[error("its answer broke off or is not well formed: {0}")]
    Broken(String),
    /// A body beyond the limit.
    #[error("it has more than {} bytes", limits::MAX_BODY_BYTES)]
    TooLarge,
    /// A body that cannot be unpacked.
    #[error("{0}")]
    Decode(#[from] DecodeError),
    /// The site asks robots not to ask for it.
    #[error("the robots.txt of {host} does not allow {path}")]
    Robots {
        /// The host.
        host: String,
        /// The path with its query.
        path: String,
    },
    /// What the site asks of robots is not known, which forbids all.
    #[error("the robots.txt of {host} could not be read, so nothing of it is: {why}")]
    RobotsUnknown {
        /// The host.
        host: String,
        /// Why.
        why: String,
    },
    /// The host asked to be left alone for longer than this run waits.
    #[error("{host} is left alone for this run")]
    Left {
        /// The host.
        host: String,
    },
    /// "Not modified", although nothing was said to compare with.
    #[error("it answers that nothing changed, but was not asked that")]
    NothingToCompare,
}

impl Failure {
    /// What it means for the page; nothing where it was not looked at.
    pub(crate) fn outcome(&self) -> Option<FetchOutcome> {
        match self {
            Self::Left { .. } => None,
            Self::Robots { .. } => Some(FetchOutcome::Blocked),
            Self::TooLarge | Self::Decode(_) => Some(FetchOutcome::Unreadable),
            _ => Some(FetchOutcome::Failed),
        }
    }

    /// What a person reads, in one line of bounded length.
    pub(crate) fn reason(&self) -> String {
        const GLANCE: usize = 300;
        self.to_string().chars().map(|c| if c.is_control() { ' ' } else { c }).take(GLANCE).collect()
    }
}
