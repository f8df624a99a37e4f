//! Text of PDF files.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use pdfboss_core::{Document, Error};
use pdfboss_output::ReadingOrder;

use super::lines::Lines;
use crate::limits::{MAX_PDF_PAGES, MAX_PDF_TIME, MAX_TEXT_BYTES};

/// A new version of `pdfboss-output` may make another text of a file. A test notices, and this name changes with it.
pub(super) const NAME: &str = "pdf-1";

/// The stack of the thread that reads, in bytes: the library calls itself for what is nested.
const STACK: usize = 16 << 20;

const BROKEN: &str = "it is a PDF that cannot be read";
const SLOW: &str = "it is a PDF that takes too long to read";

/// The text of a file, page by page. The library bounds what it unpacks, how deep it goes and how often it repeats, but
/// not the time that all of it takes, and it is meant not to panic. So it runs in a thread of its own: a file that takes
/// too long or ends the thread is unreadable, and the run goes on. A thread that is given up ends with its page.
pub(super) fn text_of(body: &[u8]) -> Result<Lines, &'static str> {
    let body = body.to_vec();
    within(MAX_PDF_TIME, move || read(body))
}

/// What a function returns, if it does so within a time and does not panic.
fn within(
    time: Duration,
    read: impl FnOnce() -> Result<Lines, &'static str> + Send + 'static,
) -> Result<Lines, &'static str> {
    let (sender, receiver) = mpsc::channel();
    let thread = thread::Builder::new().stack_size(STACK).spawn(move || sender.send(read()));
    thread.map_err(|_| BROKEN)?;
    receiver.recv_timeout(time).unwrap_or_else(|error| match error {
        RecvTimeoutError::Timeout => Err(SLOW),
        RecvTimeoutError::Disconnected => Err(BROKEN),
    })
}

fn read(body: Vec<u8>) -> Result<Lines, &'static str> {
    let start = Instant::now();
    let document = Document::load(body).map_err(|error| match error {
        Error::Encrypted => "it is a PDF that needs a password",
        _ => BROKEN,
    })?;
    if document.page_count() > MAX_PDF_PAGES {
        return Err("it is a PDF of too many pages");
    }
    let mut lines = Lines::default();
    for number in 0..document.page_count() {
        let page = document.page(number).map_err(|_| BROKEN)?;
        let text = pdfboss_output::extract_text(&document, &page, ReadingOrder::Content);
        for line in text.unwrap_or_default().lines() {
            lines.push(line);
            lines.end();
        }
        if lines.len() > MAX_TEXT_BYTES {
            return Err("its text is too long");
        }
        if start.elapsed() > MAX_PDF_TIME {
            return Err(SLOW);
        }
    }
    if lines.len() == 0 { Err("it is a PDF without text, such as a scan") } else { Ok(lines) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pdf_that_takes_too_long_is_given_up() {
        let (sender, receiver) = mpsc::channel::<()>();
        let waiting = move || receiver.recv().map(|()| Lines::default()).map_err(|_| BROKEN);
        assert_eq!(within(Duration::from_millis(1), waiting).err(), Some(SLOW));
        drop(sender);
        let panicking = || -> Result<Lines, &'static str> { std::panic::resume_unwind(Box::new("broken")) };
        assert_eq!(within(MAX_PDF_TIME, panicking).err(), Some(BROKEN));
        assert!(within(MAX_PDF_TIME, || Ok(Lines::default())).is_ok());
    }
}
