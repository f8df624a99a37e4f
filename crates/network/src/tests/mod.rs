//! The sources against a server on this machine. Names lead to addresses of the public, which are checked as always; only
//! the connection goes elsewhere.

mod addresses;
mod conditional;
mod copies;
mod many;
mod outcomes;
mod polite;
mod server;
mod tls;

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use evidence::{Seen, Source, Visit, Wanted};
use model::{Date, Url};
use ureq::tls::{Certificate, RootCerts};

use self::server::{Reply, Request, Server, reply};
use crate::{Client, Clock, Connect, Network, PublicAddress, Resolver, Settings, Validators};

/// All that a test looks at.
struct World {
    server: Server,
    names: Arc<Names>,
    wire: Arc<Wire>,
    clock: Arc<TestClock>,
    client: Client,
}

impl World {
    /// A web that is played.
    fn new(play: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Self {
        Self::with(play, Duration::from_secs(20), RootCerts::WebPki)
    }

    fn with(
        play: impl Fn(&Request) -> Reply + Send + Sync + 'static,
        timeout: Duration,
        roots: RootCerts,
    ) -> Self {
        let server = Server::start(Arc::new(play));
        let names = Arc::<Names>::default();
        let wire = Arc::new(Wire { http: server.http, https: server.https, connections: Mutex::default() });
        let clock = Arc::<TestClock>::default();
        let client = client(&names, &wire, &clock, timeout, today(), roots);
        Self { server, names, wire, clock, client }
    }

    fn network(&self) -> Network {
        Network::new(self.client.clone(), Validators::default())
    }

    /// Looks at an address for the first time.
    fn look(&self, url: &str) -> Seen {
        look(&mut self.network(), url, None).expect(url)
    }
}

/// The client of a run.
fn client(
    names: &Arc<Names>,
    wire: &Arc<Wire>,
    clock: &Arc<TestClock>,
    timeout: Duration,
    today: Date,
    roots: RootCerts,
) -> Client {
    let settings = Settings {
        timeout,
        connect_timeout: timeout,
        ..Settings::new(url("https://registry.example/about"), today)
    };
    Client::trusting(settings, Arc::clone(names) as _, Arc::clone(wire) as _, Arc::clone(clock) as _, roots)
}

fn look(source: &mut dyn Source, address: &str, last_read: Option<&Visit>) -> Option<Seen> {
    source.look(&Wanted { url: &url(address), archived_url: None, last_read }).unwrap()
}

fn url(text: &str) -> Url {
    text.parse().unwrap()
}

fn today() -> Date {
    Date::new(2026, 11, 30).unwrap()
}

/// A page with a text, and what a site puts around it.
fn page(text: &str) -> String {
    format!(
        "<!doctype html><html><head><title>Terms</title><script>1</script></head><body><nav>Home</nav><main><h1>Terms \
         of service</h1><p>{text}</p><p>These terms govern the use of the interface for programs. They apply to all \
         customers, from the day on which they accept them, until either side ends the contract. Each \
         side may end it with a notice of thirty days.</p></main></body></html>"
    )
}

/// An HTML page, whole.
fn html(text: &str) -> Reply {
    reply(200, &[("Content-Type", "text/html; charset=utf-8")], page(text))
}

/// Our test authority alone.
fn roots() -> RootCerts {
    RootCerts::new_with_certs(&[Certificate::from_der(include_bytes!("../../tests/data/ca.der"))])
}

/// Names as a test sets them: the answers one after the other, the last one again and again. All others lead to an
/// address of the public that is theirs alone.
#[derive(Default)]
struct Names {
    set: Mutex<HashMap<String, Vec<Vec<IpAddr>>>>,
    asked: Mutex<Vec<String>>,
}

impl Names {
    fn set(&self, host: &str, answers: &[&[&str]]) {
        let answers = answers.iter().map(|answer| answer.iter().map(|ip| ip.parse().unwrap()).collect());
        self.set.lock().unwrap().insert(host.to_owned(), answers.collect());
    }

    fn of(host: &str) -> IpAddr {
        let mut hasher = DefaultHasher::new();
        host.hash(&mut hasher);
        let [a, b, c, ..] = hasher.finish().to_be_bytes();
        IpAddr::V4(Ipv4Addr::new(93, a, b, c))
    }
}

impl Resolver for Names {
    fn resolve(&self, host: &str, _: Duration) -> io::Result<Vec<IpAddr>> {
        self.asked.lock().unwrap().push(host.to_owned());
        match self.set.lock().unwrap().get_mut(host) {
            Some(answers) if answers.is_empty() => Err(io::Error::other("no such name")),
            Some(answers) if answers.len() > 1 => Ok(answers.remove(0)),
            Some(answers) => Ok(answers[0].clone()),
            None => Ok(vec![Self::of(host)]),
        }
    }
}

/// Connections to the server, with where they would have gone.
struct Wire {
    http: SocketAddr,
    https: SocketAddr,
    connections: Mutex<Vec<SocketAddr>>,
}

impl Connect for Wire {
    fn connect(&self, to: PublicAddress, time: Duration) -> io::Result<TcpStream> {
        self.connections.lock().unwrap().push(to.get());
        match to.get().port() {
            443 => TcpStream::connect_timeout(&self.https, time),
            80 => TcpStream::connect_timeout(&self.http, time),
            _ => Err(io::ErrorKind::ConnectionRefused.into()),
        }
    }
}

/// A clock that moves only when someone sleeps.
struct TestClock {
    now: Mutex<SystemTime>,
    slept: Mutex<Vec<Duration>>,
}

impl Default for TestClock {
    fn default() -> Self {
        // Mon, 30 Nov 2026 12:00:00 GMT
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_796_040_000);
        Self { now: Mutex::new(now), slept: Mutex::default() }
    }
}

impl TestClock {
    fn slept(&self) -> Vec<u64> {
        self.slept.lock().unwrap().iter().map(Duration::as_secs).collect()
    }
}

impl Clock for TestClock {
    fn now(&self) -> SystemTime {
        *self.now.lock().unwrap()
    }

    fn sleep(&self, time: Duration) {
        *self.now.lock().unwrap() += time;
        self.slept.lock().unwrap().push(time);
    }
}
