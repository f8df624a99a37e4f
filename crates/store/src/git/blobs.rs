//! Reads blobs from git's object database.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// One `git cat-file --batch`, which is asked for one blob after the other, so that neither processes
/// nor texts pile up.
#[derive(Debug)]
pub(super) struct Blobs {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// A blob, or the size of one that is too large.
pub(super) type Blob = Result<Vec<u8>, u64>;

impl Blobs {
    /// Starts the command, which must be a plain `git` on the repository.
    pub(super) fn start(mut git: Command) -> io::Result<Self> {
        let command = git.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::null()).spawn()?;
        let pipe = || io::Error::other("git has no pipes");
        let questions = child.stdin.take().ok_or_else(pipe)?;
        let answers = BufReader::new(child.stdout.take().ok_or_else(pipe)?);
        Ok(Self { child, questions, answers })
    }

    /// A blob by its id, up to a size.
    pub(super) fn read(&mut self, id: &str, limit: u64) -> io::Result<Blob> {
        writeln!(self.questions, "{id}")?;
        self.questions.flush()?;
        let mut header = String::new();
        self.answers.read_line(&mut header)?;
        // `<id> blob <size>`, or `<id> missing`.
        let size = header.strip_prefix(id).and_then(|rest| rest.strip_prefix(" blob "));
        let Some(size) = size.and_then(|size| size.trim_end().parse::<u64>().ok()) else {
            return Err(io::Error::other(format!("git has no such file: {}", header.trim_end())));
        };
        let mut content = (&mut self.answers).take(size);
        let blob = if size > limit {
            io::copy(&mut content, &mut io::sink())?;
            Err(size)
        } else {
            let mut bytes = Vec::new();
            content.read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        if content.limit() > 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        // A line feed follows.
        self.answers.read_exact(&mut [0])?;
        Ok(blob)
    }
}

impl Drop for Blobs {
    /// It only reads, so it may be stopped at any point.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
