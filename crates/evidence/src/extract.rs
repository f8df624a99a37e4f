//! Makes text of a page.
//!
//! The text is what its hash is made of, so it must stay the same as long as a reader sees the same. Therefore it holds
//! no markup, no scripts and styles, no comments, and nothing of the frame that a site puts around each of its pages:
//! navigation, banners, footers, asides, dialogs, links to related pages, how long ago it was updated, and elements that
//! are hidden. What is left out in this way is kept beside it, since a quote may come from there. Each block is a line; white space within a line is one blank;
//! characters without width are left out, and letters are in their composed form (NFC).
//!
//! What made a text is named with a version (`html-1`). A change that makes another text of the same page gets a new
//! version, so that such a change is never taken for one of the page. Tests hold the hashes of samples.

mod frame;
mod html;
mod lines;
mod markdown;
mod pdf;

use crate::Sha256;
use crate::charset::text_of;
use crate::limits::{MAX_BODY_BYTES, MAX_TEXT_BYTES};
use lines::Lines;

/// The extractor of plain text.
const PLAIN: &str = "text-1";

/// Whether texts are made by an extractor of this name today, so that what it made is comparable with a new text.
pub fn is_current(extractor: &str) -> bool {
    [html::NAME, markdown::NAME, pdf::NAME, PLAIN].contains(&extractor)
}

/// Fewer characters than this are no page: a page that needs scripts, or a login, says little without them.
const LITTLE: usize = 200;

/// The frame of a site alone has seldom more characters than this.
const FRAME: usize = 2_000;

/// The text of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extracted {
    /// What a reader sees, without the frame of the site.
    pub text: String,
    /// The frame of the site, and what is hidden until a reader asks for it.
    pub aside: String,
    /// What made the text, with its version.
    pub extractor: &'static str,
}

impl Extracted {
    /// The hash of the text.
    pub fn sha256(&self) -> Sha256 {
        Sha256::of(self.text.as_bytes())
    }
}

/// What came of making text of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Extraction {
    /// Its text.
    Text(Extracted),
    /// Little more than a form that asks for a password.
    Login,
    /// No text, and why.
    Unreadable(&'static str),
}

/// The kinds of bodies of which text is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Html,
    Markdown,
    Pdf,
    Text,
}

/// Makes text of a body. It neither panics nor takes long, whatever the body is.
pub fn extract(body: &[u8], content_type: Option<&str>) -> Extraction {
    if body.len() > MAX_BODY_BYTES {
        return Extraction::Unreadable("it is too long");
    }
    let Some(kind) = kind_of(body, content_type) else {
        return Extraction::Unreadable("it is neither HTML, PDF, Markdown nor plain text");
    };
    let (text, aside, extractor) = match kind {
        Kind::Pdf => match pdf::text_of(body) {
            Ok(lines) => (lines, Lines::default(), pdf::NAME),
            Err(reason) => return Extraction::Unreadable(reason),
        },
        Kind::Html => {
            let page = html::read(&text_of(body, content_type));
            let said = page.text.len() + page.aside.len();
            if page.asks_for_password && said < FRAME {
                return Extraction::Login;
            }
            if page.has_scripts && said < LITTLE {
                return Extraction::Unreadable("it shows its text only to browsers that run its scripts");
            }
            // A site that marks its text as part of its frame.
            let (mut text, aside) = (page.text, page.aside);
            let aside = if text.len() < LITTLE && aside.len() > FRAME {
                text.append(aside);
                Lines::default()
            } else {
                aside
            };
            (text, aside, html::NAME)
        }
        Kind::Markdown => (markdown::read(&text_of(body, content_type)), Lines::default(), markdown::NAME),
        Kind::Text => {
            let mut lines = Lines::default();
            text_of(body, content_type).lines().for_each(|line| {
                lines.push(line);
                lines.end();
            });
            (lines, Lines::default(), PLAIN)
        }
    };
    let (text, aside) = (text.finish(), aside.finish());
    if kind == Kind::Html && frame::is_failure(&text) {
        return Extraction::Unreadable(
            "it says that something went wrong, or asks whether the reader is human",
        );
    }
    if text.len() > MAX_TEXT_BYTES || aside.len() > MAX_TEXT_BYTES {
        return Extraction::Unreadable("its text is too long");
    }
    if text.is_empty() && aside.is_empty() {
        return Extraction::Unreadable("it holds no text");
    }
    Extraction::Text(Extracted { text, aside, extractor })
}

/// The kind of a body: PDF by what it begins with, else by what the source says, else by a look at it.
fn kind_of(body: &[u8], content_type: Option<&str>) -> Option<Kind> {
    let start = &body[..body.len().min(1024)];
    if memchr::memmem::find(start, b"%PDF-").is_some() {
        return Some(Kind::Pdf);
    }
    let said =
        content_type.and_then(|said| said.split(';').next()).unwrap_or_default().trim().to_ascii_lowercase();
    match said.as_str() {
        "text/html" | "application/xhtml+xml" => Some(Kind::Html),
        "text/markdown" | "text/x-markdown" => Some(Kind::Markdown),
        "" | "application/octet-stream" | "text/plain" if looks_like_html(start) => Some(Kind::Html),
        "" | "application/octet-stream" if std::str::from_utf8(body).is_ok() => Some(Kind::Text),
        said if said.starts_with("text/") => Some(Kind::Text),
        _ => None,
    }
}

fn looks_like_html(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    let begins =
        |tag: &str| start.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes()));
    ["<!doctype html", "<html", "<head", "<body"].into_iter().any(begins)
}

#[cfg(test)]
mod tests;
