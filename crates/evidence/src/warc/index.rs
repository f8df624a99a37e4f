//! Where the newest answer of each address is in WARC files.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use flate2::bufread::GzDecoder;
use model::{Date, Url};

use super::record::{self, Record};
use super::{WarcError, target};
use crate::limits::{MAX_WARC_RATIO, MAX_WARC_RECORDS};

/// What a record holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An HTTP answer.
    Response,
    /// An HTTP answer whose body is that of an earlier one.
    Revisit,
    /// A body alone.
    Resource,
}

/// Where a record is.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) kind: Kind,
    pub(super) on: Date,
    /// The time as it is written.
    date: String,
    file: usize,
    /// Where its packed member, or in a plain file the record itself, begins.
    at: u64,
    /// How many records of the member come before it. Writers make a member of each record.
    before: usize,
    /// The digest of its payload, and for a revisit the address that it refers to.
    digest: Option<String>,
    refers_to: Option<String>,
}

/// The places of records, by address and by digest.
#[derive(Debug, Default)]
pub(super) struct Index {
    files: Vec<PathBuf>,
    newest: HashMap<String, Place>,
    /// Answers with a body of their own, to which a revisit may refer.
    originals: HashMap<String, Place>,
    records: usize,
}

impl Index {
    pub(super) fn len(&self) -> usize {
        self.newest.len()
    }

    pub(super) fn find(&self, url: &Url) -> Option<&Place> {
        let identity = url.identity();
        // A crawler asks for an address without its fragment.
        let address = identity.split('#').next().unwrap_or_default();
        self.newest.get(address).or_else(|| self.newest.get(&with_path(address)?))
    }

    /// The answer whose body a revisit repeats: by the digest of the body, else by the address that it names.
    pub(super) fn original(&self, revisit: &Place) -> Option<&Place> {
        let by_digest = revisit.digest.as_ref().and_then(|digest| self.originals.get(digest));
        by_digest.or_else(|| self.originals.get(revisit.refers_to.as_deref()?))
    }

    /// Adds the records of a file.
    pub(super) fn add(&mut self, path: &Path) -> Result<(), WarcError> {
        let io = |error| WarcError::Io { file: path.to_owned(), error };
        let mut input = BufReader::with_capacity(1 << 16, File::open(path).map_err(io)?);
        let length = input.get_ref().metadata().map_err(io)?.len();
        let number = self.files.len();
        self.files.push(path.to_owned());
        let mut room = length.saturating_mul(MAX_WARC_RATIO).saturating_add(1 << 20);
        let is_packed = input.fill_buf().map_err(io)?.starts_with(&[0x1f, 0x8b]);
        let mut at = 0;
        while !input.fill_buf().map_err(io)?.is_empty() {
            let broken =
                |error: io::Error| WarcError::Broken { file: path.to_owned(), at, what: error.to_string() };
            if is_packed {
                let mut member = BufReader::new(GzDecoder::new(&mut input).take(room));
                let mut before = 0;
                while let Some(record) = record::next(&mut member, 0).map_err(broken)? {
                    self.note(&record, number, at, before)?;
                    before += 1;
                }
                room = member.into_inner().limit();
                if room == 0 {
                    return Err(broken(io::Error::other(
                        "it holds far more than pages do when it is unpacked",
                    )));
                }
            } else if let Some(record) = record::next(&mut input, 0).map_err(broken)? {
                self.note(&record, number, at, 0)?;
            }
            at = input.stream_position().map_err(io)?;
        }
        Ok(())
    }

    fn note(&mut self, record: &Record, file: usize, at: u64, before: usize) -> Result<(), WarcError> {
        self.records += 1;
        if self.records > MAX_WARC_RECORDS {
            return Err(WarcError::TooLarge { limit: MAX_WARC_RECORDS as u64, what: "records" });
        }
        let kind = match record.kind.as_str() {
            "response" => Kind::Response,
            "revisit" => Kind::Revisit,
            "resource" => Kind::Resource,
            _ => return Ok(()),
        };
        let (Some(url), Some(on)) = (target(record), record.day()) else { return Ok(()) };
        let address = url.identity().split('#').next().unwrap_or_default().to_owned();
        let place = Place {
            kind,
            on,
            date: record.date.clone(),
            file,
            at,
            before,
            digest: record.payload_digest.clone(),
            refers_to: record.refers_to_target.clone(),
        };
        if kind == Kind::Response {
            for name in [Some(&address), place.digest.as_ref()].into_iter().flatten() {
                let original = self.originals.entry(name.clone()).or_insert_with(|| place.clone());
                if original.date < place.date {
                    *original = place.clone();
                }
            }
        }
        let newest = self.newest.entry(address).or_insert_with(|| place.clone());
        if newest.date < place.date {
            *newest = place;
        }
        Ok(())
    }

    /// Reads a record, with its block up to a limit.
    pub(super) fn read(&self, place: &Place, keep: usize) -> Result<Record, WarcError> {
        let path = &self.files[place.file];
        let io = |error| WarcError::Io { file: path.clone(), error };
        let mut input = BufReader::new(File::open(path).map_err(io)?);
        let is_packed = input.fill_buf().map_err(io)?.starts_with(&[0x1f, 0x8b]);
        input.seek(SeekFrom::Start(place.at)).map_err(io)?;
        let read = if is_packed {
            nth(&mut BufReader::new(GzDecoder::new(input)), place.before, keep)
        } else {
            record::next(&mut input, keep)
        };
        let changed = || io::Error::other("it has changed since it was opened");
        let broken = |error: io::Error| WarcError::Broken {
            file: path.clone(),
            at: place.at,
            what: error.to_string(),
        };
        read.and_then(|record| record.ok_or_else(changed)).map_err(broken)
    }
}

fn nth(reader: &mut impl BufRead, before: usize, keep: usize) -> io::Result<Option<Record>> {
    for _ in 0..before {
        record::next(reader, 0)?;
    }
    record::next(reader, keep)
}

/// An address of a host alone, as crawlers write it: with a slash.
fn with_path(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    (!rest.contains('/')).then(|| match rest.split_once('?') {
        Some((host, query)) => format!("{scheme}://{host}/?{query}"),
        None => format!("{scheme}://{rest}/"),
    })
}
