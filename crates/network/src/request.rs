//! One request and its answer. The library speaks HTTP and TLS; what it is allowed to do is decided here: nothing but a
//! connection to an address that belongs to the public, and no more bytes and time than the limits.

use std::fmt;
use std::io::{ErrorKind, Read};
use std::net::SocketAddr;
use std::sync::Arc;

use evidence::limits::MAX_BODY_BYTES;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap, HeaderName};
use ureq::Agent;
use ureq::config::Config;
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver as UreqResolver};
use ureq::unversioned::transport::{ConnectionDetails, Connector, LazyBuffers, NextTimeout, RustlsConnector};

use crate::limits::{MAX_ADDRESSES, MAX_HEADER_BYTES};
use crate::stream::Stream;
use crate::target::Target;
use crate::{Connect, Failure, PublicAddress, Resolver, Settings};

/// What pages may be; others are not read.
const ACCEPT: &str =
    "text/html, application/xhtml+xml, application/pdf, text/markdown, text/plain;q=0.9, */*;q=0.1";

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    /// What came with a success, in the encodings of its headers.
    pub(crate) body: Vec<u8>,
    /// Whether there is more than was read.
    pub(crate) is_cut: bool,
}

impl Answer {
    /// The first value of a header, where it is text.
    pub(crate) fn header(&self, name: impl http::header::AsHeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok().map(str::trim)
    }

    /// The same of a header in which servers write characters beyond ASCII, although they should not.
    pub(crate) fn text(&self, name: impl http::header::AsHeaderName) -> Option<&str> {
        std::str::from_utf8(self.headers.get(name)?.as_bytes()).ok().map(str::trim)
    }

    /// The body without its encodings.
    pub(crate) fn into_body(self) -> Result<Vec<u8>, Failure> {
        if self.is_cut {
            return Err(Failure::TooLarge);
        }
        let encodings: Vec<&str> =
            self.headers.get_all(CONTENT_ENCODING).iter().filter_map(|value| value.to_str().ok()).collect();
        Ok(evidence::decode(self.body, &encodings.join(","))?)
    }
}

/// Sends requests.
pub(crate) struct Http {
    agent: Agent,
}

impl Http {
    pub(crate) fn new(
        settings: &Settings,
        resolver: Arc<dyn Resolver>,
        connect: Arc<dyn Connect>,
        roots: RootCerts,
    ) -> Self {
        let config = Config::builder()
            // It would go past the resolver.
            .proxy(None)
            .user_agent(settings.user_agent())
            .accept(ACCEPT)
            .accept_encoding("gzip, br")
            .http_status_as_error(false)
            // Each is checked by `Client`.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_response_header_size(MAX_HEADER_BYTES)
            .max_idle_connections(0)
            .max_idle_connections_per_host(0)
            .timeout_global(Some(settings.timeout))
            .timeout_resolve(Some(settings.connect_timeout))
            .timeout_connect(Some(settings.connect_timeout))
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .build();
        let connector = Guard { connect }.chain(RustlsConnector::default());
        Self { agent: Agent::with_parts(config, connector, Names { resolver }) }
    }

    /// Asks for a target, once. Of a body no more is read than the limit.
    pub(crate) fn get(
        &self,
        target: &Target,
        headers: &[(HeaderName, String)],
        limit: usize,
    ) -> Result<Answer, Failure> {
        let mut request =
            self.agent.get(target.uri()?).header("connection", "close").header("accept-language", "en");
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let response = request.call().map_err(failure)?;
        let (parts, body) = response.into_parts();
        let mut answer =
            Answer { status: parts.status.as_u16(), headers: parts.headers, body: Vec::new(), is_cut: false };
        // Nothing of what comes with a refusal or a redirect is used.
        if !parts.status.is_success() {
            return Ok(answer);
        }
        let length = answer.header(CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
        answer.is_cut = length.is_some_and(|length| length > limit as u64);
        if !answer.is_cut || limit < MAX_BODY_BYTES {
            let read = body.into_reader().take(limit as u64 + 1).read_to_end(&mut answer.body);
            read.map_err(|error| failure(error.into()))?;
            answer.is_cut = answer.body.len() > limit;
            answer.body.truncate(limit);
        }
        Ok(answer)
    }
}

/// Asks the resolver for the addresses of a host.
struct Names {
    resolver: Arc<dyn Resolver>,
}

impl UreqResolver for Names {
    fn resolve(
        &self,
        uri: &http::Uri,
        _: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let port = if uri.scheme() == Some(&http::uri::Scheme::HTTPS) { 443 } else { 80 };
        let host = uri.host().ok_or(ureq::Error::HostNotFound)?;
        let found = self.resolver.resolve(host, *timeout.after).map_err(|error| {
            ureq::Error::Other(Box::new(Failure::NoName { host: host.to_owned(), error: error.to_string() }))
        })?;
        let mut addresses = self.empty();
        for address in found.into_iter().take(MAX_ADDRESSES) {
            addresses.push(SocketAddr::new(address, port));
        }
        Ok(addresses)
    }
}

/// Opens connections, to addresses of the public only. It is handed the addresses that were resolved for this connection,
/// and each is checked where it is used, so that no other answer can come between.
struct Guard {
    connect: Arc<dyn Connect>,
}

impl Connector for Guard {
    type Out = Stream;

    fn connect(&self, details: &ConnectionDetails<'_>, _: Option<()>) -> Result<Option<Stream>, ureq::Error> {
        let host = || details.uri.host().unwrap_or_default().to_owned();
        let public: Vec<PublicAddress> =
            (&details.addrs).into_iter().filter_map(|address| PublicAddress::new(*address)).collect();
        if public.is_empty() {
            return Err(ureq::Error::Other(Box::new(Failure::NotPublic { host: host() })));
        }
        let time = *details.timeout.after / public.len() as u32;
        let mut last = None;
        for address in public {
            match self.connect.connect(address, time) {
                Ok(stream) => {
                    stream.set_nodelay(true)?;
                    let buffers = LazyBuffers::new(
                        details.config.input_buffer_size(),
                        details.config.output_buffer_size(),
                    );
                    return Ok(Some(Stream::new(stream, buffers)));
                }
                Err(error) => last = Some(error),
            }
        }
        let error = last.map(|error| error.to_string()).unwrap_or_default();
        Err(ureq::Error::Other(Box::new(Failure::NoConnection { host: host(), error })))
    }
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Names").finish_non_exhaustive()
    }
}

impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard").finish_non_exhaustive()
    }
}

/// What an error of the library means.
fn failure(error: ureq::Error) -> Failure {
    match error {
        ureq::Error::Other(error) => match error.downcast::<Failure>() {
            Ok(failure) => *failure,
            Err(error) => Failure::Broken(error.to_string()),
        },
        ureq::Error::Timeout(_) => Failure::Slow,
        ureq::Error::Rustls(error) => Failure::Tls(error.to_string()),
        // TLS reports a certificate that is not valid as data that are not.
        ureq::Error::Io(error) => match error.kind() {
            ErrorKind::InvalidData => Failure::Tls(error.to_string()),
            ErrorKind::TimedOut => Failure::Slow,
            _ => Failure::Broken(error.to_string()),
        },
        error => Failure::Broken(error.to_string()),
    }
}
