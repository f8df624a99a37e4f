//! A server on this machine that plays the web: all hosts at once, by the `Host` of a request. It records every request,
//! and how many connections were open to a host.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) is_tls: bool,
    pub(crate) host: String,
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header.eq_ignore_ascii_case(name)).map(|(_, value)| &**value)
    }
}

/// How the server answers.
pub(crate) enum Reply {
    /// These bytes, and the end of the connection.
    Bytes(Vec<u8>),
    /// These bytes, and then nothing while the client waits.
    Silence(Vec<u8>),
    /// These bytes, then one more now and then, while the client reads.
    Drip(Vec<u8>),
    /// These bytes, then more as fast as the client reads.
    Endless(Vec<u8>),
}

/// An answer with its length.
pub(crate) fn reply(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Reply {
    let length = body.as_ref().len().to_string();
    let mut bytes = head(status, headers);
    bytes.truncate(bytes.len() - 2);
    bytes.extend(format!("Content-Length: {length}\r\n\r\n").into_bytes());
    bytes.extend(body.as_ref());
    Reply::Bytes(bytes)
}

/// The status and the headers of an answer.
pub(crate) fn head(status: u16, headers: &[(&str, &str)]) -> Vec<u8> {
    let lines: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    format!("HTTP/1.1 {status} Status\r\n{lines}\r\n").into_bytes()
}

pub(crate) type Play = dyn Fn(&Request) -> Reply + Send + Sync;

#[derive(Default)]
struct Log {
    requests: Vec<Request>,
    open: HashMap<String, Vec<TcpStream>>,
    most_open: HashMap<String, usize>,
}

pub(crate) struct Server {
    pub(crate) http: SocketAddr,
    pub(crate) https: SocketAddr,
    log: Arc<Mutex<Log>>,
}

impl Server {
    pub(crate) fn start(play: Arc<Play>) -> Self {
        let log = Arc::<Mutex<Log>>::default();
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(Certificates));
        let listen = |tls: Option<Arc<ServerConfig>>| {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let address = listener.local_addr().unwrap();
            let (play, log) = (Arc::clone(&play), Arc::clone(&log));
            thread::spawn(move || {
                for stream in listener.incoming().filter_map(Result::ok) {
                    let (play, log, tls) = (Arc::clone(&play), Arc::clone(&log), tls.clone());
                    thread::spawn(move || {
                        let raw = stream.try_clone().unwrap();
                        match tls {
                            Some(config) => {
                                let connection = ServerConnection::new(config).unwrap();
                                serve(StreamOwned::new(connection, stream), raw, true, &*play, &log);
                            }
                            None => serve(stream, raw, false, &*play, &log),
                        }
                    });
                }
            });
            address
        };
        let (http, https) = (listen(None), listen(Some(Arc::new(config))));
        Self { http, https, log }
    }

    /// Every request so far.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.log.lock().unwrap().requests.clone()
    }

    /// The paths that were asked of a host so far.
    pub(crate) fn paths(&self, host: &str) -> Vec<String> {
        self.requests()
            .into_iter()
            .filter(|request| request.host == host)
            .map(|request| request.path)
            .collect()
    }

    /// The most connections that were open to any host at a time.
    pub(crate) fn most_open(&self) -> usize {
        self.log.lock().unwrap().most_open.values().copied().max().unwrap_or(0)
    }
}

fn serve(mut stream: impl Read + Write, raw: TcpStream, is_tls: bool, play: &Play, log: &Mutex<Log>) {
    let Some(request) = read(&mut stream, is_tls) else { return };
    {
        let mut log = log.lock().unwrap();
        let open = log.open.entry(request.host.clone()).or_default();
        // A connection that the client has closed reads as ended.
        open.retain(|stream| {
            stream.set_nonblocking(true).unwrap();
            let is_open = !matches!(stream.peek(&mut [0]), Ok(0));
            let is_open = is_open && stream.take_error().is_ok_and(|error| error.is_none());
            stream.set_nonblocking(false).unwrap();
            is_open
        });
        open.push(raw.try_clone().unwrap());
        let count = open.len();
        let most = log.most_open.entry(request.host.clone()).or_default();
        *most = count.max(*most);
        log.requests.push(request.clone());
    }
    let mut send = |bytes: &[u8]| stream.write_all(bytes).and_then(|()| stream.flush());
    match play(&request) {
        Reply::Bytes(bytes) => {
            let _ = send(&bytes);
        }
        Reply::Silence(bytes) => {
            let _ = send(&bytes);
            let _ = stream.read(&mut [0; 100]);
        }
        Reply::Drip(bytes) => {
            let mut sent = send(&bytes);
            while sent.is_ok() {
                thread::sleep(Duration::from_millis(50));
                sent = send(b"a");
            }
        }
        Reply::Endless(bytes) => {
            let mut sent = send(&bytes);
            while sent.is_ok() {
                sent = send(&[b'a'; 65_536]);
            }
        }
    }
    // The log has the connection too, so that the end of this one would not end it.
    let _ = raw.shutdown(Shutdown::Write);
}

fn read(stream: &mut impl Read, is_tls: bool) -> Option<Request> {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        bytes.push(byte[0]);
    }
    let text = String::from_utf8(bytes).ok()?;
    let mut lines = text.lines();
    let path = lines.next()?.strip_prefix("GET ")?.strip_suffix(" HTTP/1.1")?.to_owned();
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let host = headers.iter().find(|(name, _)| name == "host")?.1.clone();
    Some(Request { is_tls, host, path, headers })
}

/// One certificate for all hosts, but for those whose name says what is wrong with theirs.
#[derive(Debug)]
struct Certificates;

impl ResolvesServerCert for Certificates {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let certificate: &'static [u8] = match hello.server_name()? {
            "expired.example" => include_bytes!("../../tests/data/expired.der"),
            "other.example" => include_bytes!("../../tests/data/other.der"),
            "self.example" => include_bytes!("../../tests/data/self.der"),
            _ => include_bytes!("../../tests/data/valid.der"),
        };
        let key = PrivateKeyDer::try_from(&include_bytes!("../../tests/data/key.der")[..]).unwrap();
        let key = rustls::crypto::ring::sign::any_supported_type(&key).unwrap();
        Some(Arc::new(CertifiedKey::new(vec![CertificateDer::from(certificate)], key)))
    }
}
