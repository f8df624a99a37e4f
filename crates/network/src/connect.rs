//! Where names lead, and how a connection is opened. Tests bring their own, so that they reach their server and nothing
//! else; the check that an address is public is between the two, and is never left out.

use std::io;
use std::net::{IpAddr, TcpStream, ToSocketAddrs};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::PublicAddress;

/// Looks up the names of hosts.
pub trait Resolver: Send + Sync {
    /// The addresses of a host. It is asked once for each connection.
    ///
    /// # Errors
    ///
    /// When the name is not known, or the answer takes longer than the time.
    fn resolve(&self, host: &str, time: Duration) -> io::Result<Vec<IpAddr>>;
}

/// Opens connections.
pub trait Connect: Send + Sync {
    /// A connection to an address. It was checked; the connection must go there.
    ///
    /// # Errors
    ///
    /// When there is no answer in time, or a refusal.
    fn connect(&self, to: PublicAddress, time: Duration) -> io::Result<TcpStream>;
}

/// The names as the system knows them.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemResolver;

impl Resolver for SystemResolver {
    fn resolve(&self, host: &str, time: Duration) -> io::Result<Vec<IpAddr>> {
        // The system has its own idea of how long it takes, so it is asked by a thread that is left behind.
        let (sender, receiver) = mpsc::sync_channel(1);
        let host = host.to_owned();
        thread::spawn(move || {
            let found = (&*host, 0).to_socket_addrs();
            let _ = sender.send(found.map(|found| found.map(|address| address.ip()).collect()));
        });
        receiver.recv_timeout(time).map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?
    }
}

/// Connections of this machine, without any proxy.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemConnect;

impl Connect for SystemConnect {
    fn connect(&self, to: PublicAddress, time: Duration) -> io::Result<TcpStream> {
        TcpStream::connect_timeout(&to.get(), time)
    }
}
