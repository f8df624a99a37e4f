//! Reads the pages that a registry cites, and says what was seen.
//!
//! A [`Source`] looks at an address: a git archive of documents ([`GitArchive`]), the WARC files of a crawler
//! ([`WarcFiles`]), or any other that implements the trait. What it has [`Seen`] is made text ([`extract`]), in
//! which the stored quotes are looked for ([`Page::find`]). [`judge()`] compares that with the visits before and says
//! what to record and which flags to raise; it is a pure function. Nothing here grades anything.

mod address;
mod charset;
mod decode;
mod diff;
mod extract;
mod git;
mod hash;
mod http;
mod judge;
pub mod limits;
mod looks;
mod packed;
mod quote;
mod source;
mod tally;
mod texts;
mod visit;
mod warc;

pub use address::{join, without_dots};
pub use decode::{DecodeError, decode};
pub use diff::{Part, word_diff};
pub use extract::{Extracted, Extraction, extract, is_current};
pub use git::{Declarations, GitArchive, GitArchiveError};
pub use hash::{InvalidSha256, Sha256};
pub use http::{Message, is_redirect, outcome_of};
pub use judge::{Change, Flag, FlagKind, Flagged, Judgement, Known, judge};
pub use looks::Looks;
pub use packed::PackedError;
pub use quote::{Found, Page, QuoteFound, passages};
pub use source::{Body, Seen, Source, SourceError, Wanted};
pub use tally::{MassFailure, Tally};
pub use texts::Texts;
pub use visit::{Visit, record};
pub use warc::{WarcError, WarcFiles};
