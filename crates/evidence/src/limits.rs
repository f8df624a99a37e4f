//! How much is read of what strangers serve. What is beyond a limit is left unread and reported as unreadable, or
//! refused with the limit; nothing is cut off in silence.

use std::time::Duration;

/// The most bytes of the body of a page, before and after it is decoded: 16 MiB.
pub const MAX_BODY_BYTES: usize = 16 * 1024 * 1024;
/// The most bytes of the text of a page: 16 MiB.
pub const MAX_TEXT_BYTES: usize = 16 * 1024 * 1024;
/// The most pages of a PDF.
pub const MAX_PDF_PAGES: usize = 5_000;
/// How long a PDF may take to read. Real ones take a second at most.
pub const MAX_PDF_TIME: Duration = Duration::from_secs(30);
/// The most encodings that a body may be wrapped in, such as `gzip, br`.
pub const MAX_ENCODINGS: usize = 4;
/// The most headers of an HTTP message, or of a WARC record.
pub const MAX_HEADERS: usize = 256;
/// The most bytes of the headers of an HTTP message, or of a WARC record: 256 KiB.
pub const MAX_HEADER_BYTES: usize = 256 * 1024;
/// The most redirects that are followed from one address.
pub const MAX_REDIRECTS: usize = 10;
/// The most records of all WARC files of a run.
pub const MAX_WARC_RECORDS: usize = 20_000_000;
/// The most bytes that a WARC file may hold for each of its own, unpacked. Real pages stay below 50; a file of packed
/// zeros has 1,000.
pub const MAX_WARC_RATIO: u64 = 200;
/// The most files of a git archive.
pub const MAX_GIT_FILES: usize = 1_000_000;
/// The most that git may write about an archive, in bytes: 512 MiB.
pub const MAX_GIT_BYTES: u64 = 512 * 1024 * 1024;
/// The largest file that declares the documents of a service, in bytes: 4 MiB.
pub const MAX_DECLARATION_BYTES: u64 = 4 * 1024 * 1024;
/// The most pairs of words that two changed places of two texts are compared by. Beyond, one is shown as removed and
/// the other as added.
pub const MAX_DIFF_PAIRS: usize = 4_000_000;
