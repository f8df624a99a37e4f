//! Reads blobs from git's object database.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, PoisonError};

/// The blobs of a repository, for all its states: one `git cat-file --batch`, which is started when the first blob is
/// read and asked for one after the other, so that neither processes nor texts pile up.
#[derive(Debug)]
pub(super) struct Blobs(Mutex<(Command, Option<Batch>)>);

/// A `git cat-file --batch`.
#[derive(Debug)]
struct Batch {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// What git has under an id.
pub(super) enum Blob {
    /// The content.
    Content(Vec<u8>),
    /// More than is read; the size.
    TooLarge(u64),
    /// Nothing.
    Missing,
}

impl Blobs {
    /// The blobs that a plain `git` on the repository reads.
    pub(super) fn new(mut git: Command) -> Self {
        git.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        Self(Mutex::new((git, None)))
    }

    /// A blob by its id, up to a size.
    pub(super) fn read(&self, id: &str, limit: u64) -> io::Result<Blob> {
        let (command, running) = &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut batch = match running.take() {
            Some(batch) => batch,
            None => Batch::start(command)?,
        };
        let blob = batch.read(id, limit);
        *running = Some(batch);
        blob
    }
}

impl Batch {
    fn start(command: &mut Command) -> io::Result<Self> {
        let mut child = command.spawn()?;
        let pipe = || io::Error::other("git has no open pipes");
        let questions = child.stdin.take().ok_or_else(pipe)?;
        let answers = BufReader::new(child.stdout.take().ok_or_else(pipe)?);
        Ok(Self { child, questions, answers })
    }

    fn read(&mut self, id: &str, limit: u64) -> io::Result<Blob> {
        writeln!(self.questions, "{id}")?;
        self.questions.flush()?;
        let mut header = String::new();
        if self.answers.read_line(&mut header)? == 0 {
            // Versions that know no `GIT_NO_LAZY_FETCH` end where they may not fetch.
            return Ok(Blob::Missing);
        }
        // `<id> blob <size>`, or `<id> missing`.
        let answer = header.strip_prefix(id).map(str::trim);
        if answer == Some("missing") {
            return Ok(Blob::Missing);
        }
        let size = answer.and_then(|answer| answer.strip_prefix("blob ")?.parse::<u64>().ok());
        let Some(size) = size else {
            return Err(io::Error::other(format!("git answers {:?}", header.trim_end())));
        };
        let mut content = (&mut self.answers).take(size);
        let blob = if size > limit {
            io::copy(&mut content, &mut io::sink())?;
            Blob::TooLarge(size)
        } else {
            let mut bytes = Vec::new();
            content.read_to_end(&mut bytes)?;
            Blob::Content(bytes)
        };
        if content.limit() > 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        // A line feed follows.
        self.answers.read_exact(&mut [0])?;
        Ok(blob)
    }
}

impl Drop for Batch {
    /// It only reads, so it may be stopped at any point.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
