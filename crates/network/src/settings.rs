//! How a run behaves, and who it says it is.

use std::time::Duration;

use model::{Date, Url};
use percent_encoding::{CONTROLS, utf8_percent_encode};

use crate::limits::{ANSWER_TIMEOUT, CONNECT_TIMEOUT, DELAY, MAX_WAIT};

/// The name of the program, by which `robots.txt` may address it.
pub(crate) const ROBOT: &str = "trustreg";

/// How a run behaves.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The address of a page that says who asks and how to reach them. Every request names it.
    pub contact: Url,
    /// The day of the run.
    pub today: Date,
    /// How long to wait between two requests to a host.
    pub delay: Duration,
    /// How long finding a host, or connecting to it, may take.
    pub connect_timeout: Duration,
    /// How long a whole answer may take.
    pub timeout: Duration,
    /// The longest that a host is waited for when it asks for time (`Retry-After`). Beyond, it is left alone.
    pub max_wait: Duration,
}

impl Settings {
    /// The usual behaviour: two seconds between requests, ten for a connection, a minute for an answer, and a minute of
    /// patience.
    pub fn new(contact: Url, today: Date) -> Self {
        Self {
            contact,
            today,
            delay: DELAY,
            connect_timeout: CONNECT_TIMEOUT,
            timeout: ANSWER_TIMEOUT,
            max_wait: MAX_WAIT,
        }
    }

    /// Who asks: program, version and contact.
    pub(crate) fn user_agent(&self) -> String {
        let contact = utf8_percent_encode(self.contact.as_str(), CONTROLS);
        format!("{ROBOT}/{} (+{contact})", env!("CARGO_PKG_VERSION"))
    }
}
