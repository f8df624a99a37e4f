//! A TCP connection as the HTTP library reads and writes it. The library has one of its own, but opens that itself.

use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use ureq::Error;
use ureq::unversioned::transport::{Buffers, LazyBuffers, NextTimeout, Transport};

/// A connection and its buffers.
#[derive(Debug)]
pub(crate) struct Stream {
    stream: TcpStream,
    buffers: Buffered,
}

/// The library's buffers, which do not show what they hold.
struct Buffered(LazyBuffers);

impl std::fmt::Debug for Buffered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("buffers")
    }
}

impl Stream {
    pub(crate) fn new(stream: TcpStream, buffers: LazyBuffers) -> Self {
        Self { stream, buffers: Buffered(buffers) }
    }
}

impl Transport for Stream {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers.0
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.stream.set_write_timeout(Some(left(&timeout)?))?;
        let output = &self.buffers.0.output()[..amount];
        self.stream.write_all(output).map_err(|error| in_time(error, &timeout))
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.stream.set_read_timeout(Some(left(&timeout)?))?;
        let input = self.buffers.0.input_append_buf();
        let read = loop {
            match self.stream.read(input) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                read => break read.map_err(|error| in_time(error, &timeout))?,
            }
        };
        self.buffers.0.input_appended(read);
        Ok(read > 0)
    }

    /// No connection is used again.
    fn is_open(&mut self) -> bool {
        false
    }
}

/// The time that is left; there is always a limit.
fn left(timeout: &NextTimeout) -> Result<Duration, Error> {
    let left = *timeout.after;
    if left.is_zero() { Err(Error::Timeout(timeout.reason)) } else { Ok(left) }
}

/// Systems report the end of the time in two ways.
fn in_time(error: io::Error, timeout: &NextTimeout) -> Error {
    match error.kind() {
        ErrorKind::WouldBlock | ErrorKind::TimedOut => Error::Timeout(timeout.reason),
        _ => Error::Io(error),
    }
}
