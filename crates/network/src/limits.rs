//! How much is asked of a host, and how much is read of what it answers.

use std::time::Duration;

/// How long to wait between two requests to a host.
pub const DELAY: Duration = Duration::from_secs(2);
/// The longest that finding a host, or connecting to it, may take.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// The longest that a whole answer may take.
pub const ANSWER_TIMEOUT: Duration = Duration::from_secs(60);
/// The longest that a host is waited for when it asks for time. Beyond, it is left alone for the run.
pub const MAX_WAIT: Duration = Duration::from_secs(60);
/// The most bytes of the headers of an answer: 64 KiB.
pub const MAX_HEADER_BYTES: usize = 64 * 1024;
/// The most bytes of a robots.txt: what is beyond is not read, as RFC 9309 allows.
pub const MAX_ROBOTS_BYTES: usize = 500 * 1024;
/// The most redirects that lead to a robots.txt.
pub const MAX_ROBOTS_REDIRECTS: usize = 5;
/// The longest name of a host (RFC 1035).
pub const MAX_HOST_BYTES: usize = 253;
/// The most addresses of a host that are tried.
pub const MAX_ADDRESSES: usize = 8;
/// The longest validator (`ETag`) that is kept to ask whether a page has changed.
pub const MAX_VALIDATOR_BYTES: usize = 1_024;
