//! The preview: it serves what is there, follows the data, and takes nothing a client says on trust.

use std::cell::RefCell;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::{Scratch, TODAY};

/// A running preview, stopped when dropped.
struct Preview {
    child: Child,
    address: String,
    /// The lines that it prints, of both streams.
    lines: Receiver<String>,
    seen: RefCell<Vec<String>>,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Preview {
    fn start(scratch: &Scratch) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command
            .args(["serve", "--port", "0", "--today", TODAY])
            .current_dir(scratch.path())
            .env("NO_COLOR", "1");
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (send, lines) = mpsc::channel();
        let streams: [Box<dyn Read + Send>; 2] =
            [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
        for stream in streams {
            let send = send.clone();
            thread::spawn(move || {
                BufReader::new(stream).lines().map_while(Result::ok).try_for_each(|line| send.send(line))
            });
        }
        let mut preview = Self { child, address: String::new(), lines, seen: RefCell::default() };
        let line = preview.until("http://127.0.0.1:");
        preview.address = line.trim_start_matches("http://").trim_end_matches('/').to_owned();
        preview
    }

    /// Waits for a line that holds these words. The two streams come in no order.
    fn until(&self, words: &str) -> String {
        let mut seen = self.seen.borrow_mut();
        loop {
            if let Some(line) = seen.iter().find(|line| line.contains(words)) {
                return line.clone();
            }
            let line = self.lines.recv_timeout(Duration::from_secs(60));
            let line = line.unwrap_or_else(|error| panic!("no line has {words:?}, {error}: {seen:?}"));
            seen.push(line);
        }
    }

    /// Sends bytes and gives the whole answer.
    fn send(&self, request: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        // A request that is too long may be refused before it is sent.
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Sends a request with the right host and more fields.
    fn request(&self, line: &str, fields: &str) -> String {
        self.send(format!("{line}\r\nHost: {}\r\n{fields}\r\n", self.address).as_bytes())
    }

    fn get(&self, path: &str) -> String {
        self.request(&format!("GET {path} HTTP/1.1"), "")
    }

    /// Asks until the answer fits.
    fn get_until(&self, path: &str, fits: impl Fn(&str) -> bool) -> String {
        let started = Instant::now();
        loop {
            let answer = self.get(path);
            if fits(&answer) {
                return answer;
            }
            assert!(started.elapsed() < Duration::from_secs(60), "{answer}");
            thread::sleep(Duration::from_millis(50));
        }
    }
}

#[test]
fn the_preview_follows_the_data() {
    let scratch = Scratch::new();
    let preview = Preview::start(&scratch);
    let page = preview.get("/offerings/acme-chat/index.html?x=y");
    assert!(page.starts_with("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"), "{page}");
    assert!(page.contains("<h1>Acme Chat</h1>") && page.contains("src=\"../../preview.js\""));
    assert!(page.contains("connect-src &#39;self&#39;"));
    assert!(preview.get("/").contains("id=\"matrix\""));
    assert!(preview.get("/style.css").contains("Content-Type: text/css"));
    assert!(preview.get("/data.json").contains("Content-Type: application/json"));
    assert!(preview.get("/preview.js").contains("preview-state"));
    assert!(
        preview
            .get("/offerings/acme-chat")
            .contains("301 Moved Permanently\r\nLocation: /offerings/acme-chat/\r\n")
    );
    let head = preview.request("HEAD /index.html HTTP/1.1", "");
    assert!(head.starts_with("HTTP/1.1 200 OK") && head.ends_with("\r\n\r\n"), "{head}");
    assert!(preview.get("/preview-state").ends_with("\r\n\r\n0"));

    scratch.replace("offerings/acme-chat.toml", "name = \"Acme Chat\"", "name = \"Acme Talk\"");
    preview.get_until("/preview-state", |answer| answer.ends_with("\r\n\r\n1"));
    assert!(preview.get("/offerings/acme-chat/").contains("<h1>Acme Talk</h1>"));

    // What cannot be read is reported, and the last good state stays.
    let good = scratch.read("offerings/acme-chat.toml");
    scratch.write("offerings/acme-chat.toml", good.replace("name = \"Acme Talk\"", "name = "));
    preview.until("schema/syntax");
    preview.until("the last good state");
    assert!(preview.get("/offerings/acme-chat/").contains("<h1>Acme Talk</h1>"));
    scratch.write("offerings/acme-chat.toml", good.replace("Acme Talk", "Acme Speak"));
    preview.get_until("/offerings/acme-chat/", |answer| answer.contains("<h1>Acme Speak</h1>"));
}

#[test]
fn the_preview_refuses_what_makes_no_sense() {
    let scratch = Scratch::new();
    let preview = Preview::start(&scratch);
    for missing in ["/nothing", "/data/registry.toml", "/offerings/", "/style.css/", "/%3Cscript%3E"] {
        let answer = preview.get(missing);
        assert!(answer.starts_with("HTTP/1.1 404 Not Found"), "{missing}: {answer}");
        assert!(answer.contains("Page not found") && !answer.contains("<script>"));
    }
    for bad in [
        "/../data/registry.toml",
        "/..%2f..%2fetc/passwd",
        "/%2e%2e/",
        "//../x",
        "/a\\b",
        "/%00",
        "x",
        "/a b",
    ] {
        let answer = preview.get(bad);
        assert!(answer.starts_with("HTTP/1.1 400 Bad Request"), "{bad}: {answer}");
    }
    for (request, status) in [
        (&b"POST / HTTP/1.1\r\n\r\n"[..], "405"),
        (b"\r\n\r\n", "400"),
        (b"GET / HTTP/9\r\n\r\n", "400"),
        (b"\xff\xfe\x00\x01\r\n\r\n", "400"),
    ] {
        let answer = preview.send(request);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
    }
    for (fields, status) in [
        ("Origin: http://evil.example\r\n", "403 Forbidden"),
        ("Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n", "403 Forbidden"),
        ("Content-Length: 5\r\n", "200 OK"),
    ] {
        let answer = preview.request("GET /data.json HTTP/1.1", fields);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}\r\n")), "{fields}: {answer}");
    }
    for host in ["evil.example", "localhost", "127.0.0.1:1"] {
        let answer = preview.send(format!("GET /data.json HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes());
        assert!(answer.starts_with("HTTP/1.1 421 Misdirected Request\r\n"), "{host}: {answer}");
    }
    let long = format!("GET /{} HTTP/1.1\r\n\r\n", "a".repeat(100_000));
    assert!(preview.send(long.as_bytes()).starts_with("HTTP/1.1 431"));
    // One that says nothing blocks no other client.
    let silent = TcpStream::connect(&preview.address).unwrap();
    assert!(preview.get("/").starts_with("HTTP/1.1 200 OK"));
    drop(silent);
    assert!(preview.get("/").starts_with("HTTP/1.1 200 OK"));
}

#[test]
fn slow_clients_keep_nobody_out() {
    let scratch = Scratch::new();
    let preview = Preview::start(&scratch);
    let slow: Vec<_> = (0..200)
        .map(|_| {
            let mut stream = TcpStream::connect(&preview.address).unwrap();
            let _ = stream.write_all(b"GET / HTTP/1.1\r\nHo");
            stream
        })
        .collect();
    for _ in 0..10 {
        assert!(preview.get("/").starts_with("HTTP/1.1 200 OK"));
    }
    // The oldest was closed to make room.
    let mut rest = Vec::new();
    let _ = (&slow[0]).read_to_end(&mut rest);
    assert!(rest.is_empty(), "{:?}", String::from_utf8_lossy(&rest));
}

#[test]
fn whatever_is_saved_the_preview_stays() {
    let scratch = Scratch::new();
    let preview = Preview::start(&scratch);
    let offering = "offerings/acme-chat.toml";
    let good = scratch.read(offering);
    let wide = format!("{}tier = \"self\"", "\t".repeat(70_000));
    let deep = format!("x = {}", "[".repeat(100_000));
    let states: [(&str, &str, Vec<u8>); 7] = [
        (offering, "the last good state", good.replace("tier = \"self_serve\"", &wide).into_bytes()),
        (offering, "schema/syntax", deep.into_bytes()),
        (offering, "schema/", b"\xff\xfe\x00".to_vec()),
        (offering, "schema/", Vec::new()),
        ("registry.toml", "schema/syntax", b"name = \x00".to_vec()),
        ("dimensions.toml", "schema/syntax", b"[[dimensions".to_vec()),
        ("platforms/acme-cloud.toml", "schema/", b"id = 1".to_vec()),
    ];
    for (at, (path, rule, bytes)) in states.into_iter().enumerate() {
        let before = fs::read(scratch.file(path)).unwrap();
        scratch.write(path, bytes);
        preview.until(rule);
        preview.until("the last good state");
        assert!(preview.get("/offerings/acme-chat/").contains("<h1>Acme Chat</h1>"), "{at}");
        preview.seen.borrow_mut().clear();
        scratch.write(path, before);
        preview.get_until("/preview-state", |answer| answer.ends_with(&format!("\r\n\r\n{}", at + 1)));
    }
    // A folder that goes and comes back.
    fs::rename(scratch.path().join("data"), scratch.path().join("gone")).unwrap();
    preview.until("the last good state");
    assert!(preview.get("/offerings/acme-chat/").contains("<h1>Acme Chat</h1>"));
}

#[test]
fn a_port_in_use_is_told() {
    let scratch = Scratch::new();
    let preview = Preview::start(&scratch);
    let port = preview.address.rsplit(':').next().unwrap();
    let run = scratch.run(&["serve", "--port", port]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("choose another with --port"), "{}", run.stderr);
}

#[test]
fn a_file_with_a_line_of_any_length_does_not_end_the_preview() {
    let scratch = Scratch::new();
    let preview = Preview::start(&scratch);
    let path = "offerings/acme-chat.toml";
    let text = scratch
        .read(path)
        .replace("tier = \"self_serve\"", &format!("tier ={}\"self\"", "\t".repeat(70_000)));
    scratch.write(path, text);
    preview.until("schema/unknown-value");
    preview.until("pages show the last good state");
    assert!(preview.get("/offerings/acme-chat/").contains("<h1>Acme Chat</h1>"));
}
