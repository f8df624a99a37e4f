//! The connections of the preview. Each has its own thread, is dropped after a while, and makes room
//! for a new one when there are too many: a slow client does not keep others out.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::http::{Answer, head, parse};

/// How long a client may take to send a whole request, and then to take in the whole answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// The most clients at a time.
const MAX_CLIENTS: usize = 64;

/// The most bytes that are still taken in after an answer.
const MAX_REST: u64 = 1024 * 1024;

/// A request for a path of the site, to be answered.
pub(super) struct Request {
    /// The path below the site, without a leading `/`.
    pub(super) path: String,
    answer: Sender<Answer>,
}

impl Request {
    /// Answers it. A client that has disconnected gets nothing.
    pub(super) fn answer(self, answer: Answer) {
        // The thread that waits for it ends only after it has it.
        let _ = self.answer.send(answer);
    }
}

/// Takes in requests in the background. Those that make no sense are refused at once.
pub(super) fn listen(listener: TcpListener, port: u16) -> Receiver<Request> {
    let (requests, taken) = mpsc::channel();
    let clients = Clients::default();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(stream) = stream else {
                // The system has no room for another connection.
                thread::sleep(Duration::from_millis(50));
                continue;
            };
            let Some(client) = clients.admit(&stream) else {
                // Whether a client that comes too many hears of it is not waited for.
                let _ = stream.set_nonblocking(true);
                let _ = Answer::refused("503 Service Unavailable").write(&mut &stream, false);
                continue;
            };
            let requests = requests.clone();
            // A client that breaks off is no fault of the preview; one without a thread is dropped.
            let _ = thread::Builder::new().spawn(move || serve(&stream, &client, port, &requests));
        }
    });
    taken
}

fn serve(stream: &TcpStream, client: &Client, port: u16, requests: &Sender<Request>) -> io::Result<()> {
    let head = match head(&mut Patient::new(stream)) {
        Ok(Some(head)) => head,
        Ok(None) => return end(stream, &Answer::refused("431 Request Header Fields Too Large"), false),
        Err(error) if matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock) => {
            return end(stream, &Answer::refused("408 Request Timeout"), false);
        }
        Err(error) => return Err(error),
    };
    let asked = match parse(&head, port) {
        Ok(asked) => asked,
        Err(status) => return end(stream, &Answer::refused(status), false),
    };
    let (answer, answered) = mpsc::channel();
    client.set_waiting(true);
    let sent = requests.send(Request { path: asked.path, answer });
    let answer = sent.ok().and_then(|()| answered.recv().ok());
    client.set_waiting(false);
    end(stream, &answer.unwrap_or(Answer::refused("503 Service Unavailable")), asked.head_only)
}

/// Answers a client, and takes in what it still sends, so that it reads the answer (RFC 9112, 9.6).
fn end(stream: &TcpStream, answer: &Answer, head_only: bool) -> io::Result<()> {
    let mut patient = Patient::new(stream);
    answer.write(&mut patient, head_only)?;
    stream.shutdown(Shutdown::Write)?;
    io::copy(&mut patient.take(MAX_REST), &mut io::sink()).map(drop)
}

/// A connection that is given up at a moment, however slowly the other side sends or takes in.
struct Patient<'s> {
    stream: &'s TcpStream,
    until: Instant,
}

impl<'s> Patient<'s> {
    fn new(stream: &'s TcpStream) -> Self {
        Self { stream, until: Instant::now() + PATIENCE }
    }

    fn left(&self) -> io::Result<Option<Duration>> {
        match self.until.saturating_duration_since(Instant::now()) {
            Duration::ZERO => Err(ErrorKind::TimedOut.into()),
            left => Ok(Some(left)),
        }
    }
}

impl Read for Patient<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(self.left()?)?;
        self.stream.read(into)
    }
}

impl Write for Patient<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(self.left()?)?;
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// The connections that are open, oldest first.
#[derive(Clone, Default)]
struct Clients(Arc<Mutex<Vec<Open>>>);

struct Open {
    number: u64,
    stream: TcpStream,
    /// Whether the preview owes it an answer.
    is_waiting: bool,
}

/// One of the connections. It makes room when dropped.
struct Client {
    number: u64,
    all: Clients,
}

impl Clients {
    /// Admits a connection. Where there are too many, the oldest that waits for no answer is closed; nothing
    /// where all of them wait.
    fn admit(&self, stream: &TcpStream) -> Option<Client> {
        let stream = stream.try_clone().ok()?;
        let mut open = self.open();
        if open.len() >= MAX_CLIENTS {
            let oldest = open.iter().position(|client| !client.is_waiting)?;
            // Its thread finds it closed, and ends.
            let _ = open.remove(oldest).stream.shutdown(Shutdown::Both);
        }
        let number = open.last().map_or(0, |last| last.number + 1);
        open.push(Open { number, stream, is_waiting: false });
        Some(Client { number, all: self.clone() })
    }

    fn open(&self) -> MutexGuard<'_, Vec<Open>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Client {
    fn set_waiting(&self, is_waiting: bool) {
        if let Some(client) = self.all.open().iter_mut().find(|client| client.number == self.number) {
            client.is_waiting = is_waiting;
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.all.open().retain(|client| client.number != self.number);
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    #[test]
    fn a_client_is_given_up_however_often_it_sends() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let mut here = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (there, _) = listener.accept().unwrap();
        here.write_all(b"GET").unwrap();
        let mut patient = Patient::new(&there);
        assert!(patient.read(&mut [0]).is_ok());
        patient.until = Instant::now();
        assert_eq!(patient.read(&mut [0]).unwrap_err().kind(), ErrorKind::TimedOut);
        assert_eq!(patient.write(b"x").unwrap_err().kind(), ErrorKind::TimedOut);
    }

    #[test]
    fn the_oldest_idle_client_makes_room() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let clients = Clients::default();
        let connect = || {
            let here = TcpStream::connect(address).unwrap();
            let (there, _) = listener.accept().unwrap();
            (here, clients.admit(&there), there)
        };
        let mut all: Vec<_> = (0..MAX_CLIENTS).map(|_| connect()).collect();
        all[0].1.as_ref().unwrap().set_waiting(true);
        let newest = connect();
        assert!(newest.1.is_some());
        // The second was closed: it reads the end. The first still waits for its answer.
        assert_eq!(all[1].0.read(&mut [0]).unwrap(), 0);
        all[0].0.set_nonblocking(true).unwrap();
        assert_eq!(all[0].0.read(&mut [0]).unwrap_err().kind(), ErrorKind::WouldBlock);

        for client in all.iter().chain([&newest]).filter_map(|(_, client, _)| client.as_ref()) {
            client.set_waiting(true);
        }
        assert!(connect().1.is_none());
        drop(newest);
        assert!(connect().1.is_some());
    }
}
