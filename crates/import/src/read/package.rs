//! Workbooks are zip archives. Nothing of one is written to disk, and what is unpacked is counted as
//! it comes: the sizes that an archive states about itself are claims.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, sink};

use diagnostics::quoted;
use memchr::memrchr;
use zip::read::ZipFileEntry;
use zip::{CompressionMethod, ZipArchive};

use crate::limits::{MAX_PARTS, MAX_TEXT_BYTES, MAX_UNPACKED_BYTES};
use crate::read::refused::Refused;

const AGAIN: &str = "save or download the file again: it may have been cut off or changed on its way";

/// An archive, and how much of it is unpacked.
pub(crate) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// The index of each part by its name, folded: parts are named without regard to case.
    parts: BTreeMap<String, usize>,
    is_read: Vec<bool>,
    /// How many bytes may yet be unpacked.
    left: u64,
}

impl<'b> Package<'b> {
    /// Opens an archive.
    pub(crate) fn open(bytes: &'b [u8], left: u64) -> Result<Self, Refused> {
        Self::open_within(bytes, MAX_PARTS, left)
    }

    fn open_within(bytes: &'b [u8], most: usize, left: u64) -> Result<Self, Refused> {
        let broken = |error| Refused::new(format!("the zip archive is broken ({error})"), AGAIN);
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
        if archive.len() > most {
            return Err(Refused::new(
                format!("the zip archive has more than {most} parts"),
                "save the tables in a separate workbook",
            ));
        }
        let twice = |name: &str| Refused::new(format!("the zip archive has {} twice", quoted(name)), AGAIN);
        // The library keeps the last of equal names; other programs may show the first.
        if let Some(name) = listed_twice(bytes, archive.central_directory_start()) {
            return Err(twice(&name));
        }
        let mut parts = BTreeMap::new();
        for index in 0..archive.len() {
            let part = archive.by_index_data(index).map_err(broken)?;
            let name = part.name().map_err(broken)?;
            if part.encrypted() {
                return Err(Refused::new("the zip archive is encrypted", "save it without a password"));
            }
            if name.as_bytes() != part.name_raw() && part.name_raw().is_ascii() || !is_as_listed(bytes, &part)
            {
                let message = format!("the zip archive contradicts itself about {}", quoted(&name));
                return Err(Refused::new(message, AGAIN));
            }
            if parts.insert(fold(&name), index).is_some() {
                return Err(twice(&name));
            }
        }
        let is_read = vec![false; archive.len()];
        Ok(Self { archive, parts, is_read, left })
    }

    /// Returns whether there is a part of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&fold(name))
    }

    /// The text of a part, if there is such a part.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, Refused> {
        let Some(&index) = self.parts.get(&fold(name)) else { return Ok(None) };
        // As much room as the archive claims to need, within what it may have: growing would need twice as much.
        let claimed = self.archive.by_index_data(index).map_or(0, |part| part.size());
        if claimed > self.left {
            return Err(too_much());
        }
        let mut bytes = Vec::with_capacity(claimed as usize + 1);
        let mut is_endless = false;
        let read = self.read(index, |part| {
            let mut part = Texts { part, run: 0 }.take(claimed + 1);
            let read = part.read_to_end(&mut bytes).map(|read| read as u64);
            is_endless = part.get_ref().run > MAX_RUN;
            read
        });
        if bytes.len() as u64 > claimed {
            let message = format!("the zip archive contradicts itself about {}", quoted(name));
            return Err(Refused::new(message, AGAIN));
        }
        if is_endless {
            let message =
                format!("the part {} of the workbook has a text of more than 128 KiB", quoted(name));
            return Err(Refused::new(message, "shorten it"));
        }
        read?;
        if bytes.starts_with(b"\xEF\xBB\xBF") {
            bytes.drain(..3);
        }
        let text = String::from_utf8(bytes).map_err(|_| {
            Refused::new(format!("the part {} of the workbook is not UTF-8", quoted(name)), AGAIN)
        })?;
        Ok(Some(text))
    }

    /// Unpacks what was not asked for, so that an archive is whole or refused; how many bytes may yet be unpacked.
    pub(crate) fn finish(mut self) -> Result<u64, Refused> {
        (0..self.archive.len())
            .filter(|index| !self.is_read[*index])
            .collect::<Vec<_>>()
            .into_iter()
            .try_for_each(|index| self.read(index, |part| std::io::copy(part, &mut sink())))?;
        Ok(self.left)
    }

    /// Unpacks a part. Its checksum is judged by the library when it ends.
    fn read(
        &mut self,
        index: usize,
        take: impl FnOnce(&mut dyn Read) -> std::io::Result<u64>,
    ) -> Result<(), Refused> {
        let broken = |error: &dyn std::fmt::Display| {
            Refused::new(format!("part {} of the zip archive is broken ({error})", index + 1), AGAIN)
        };
        let mut part = self.archive.by_index(index).map_err(|error| broken(&error))?.take(self.left + 1);
        let read = take(&mut part).map_err(|error| broken(&error))?;
        if read > self.left {
            return Err(too_much());
        }
        self.left -= read;
        self.is_read[index] = true;
        Ok(())
    }
}

fn too_much() -> Refused {
    let mib = MAX_UNPACKED_BYTES / 1024 / 1024;
    let message = format!("the workbooks unpack to more than {mib} MiB");
    Refused::new(message, "split the workbook, or save its tables as CSV")
}

/// The name of a part that the directory of a zip archive (APPNOTE 4.3.12) lists twice.
fn listed_twice(bytes: &[u8], directory: u64) -> Option<String> {
    let mut rest = bytes.get(usize::try_from(directory).ok()?..)?;
    let mut names = BTreeSet::new();
    while let Some(record) = rest.strip_prefix(b"PK\x01\x02") {
        let length =
            |at: usize| record.get(at..at + 2).map(|two| usize::from(two[0]) | usize::from(two[1]) << 8);
        let (name, extra, comment) = (length(24)?, length(26)?, length(28)?);
        let name = record.get(42..42 + name)?;
        if !names.insert(name) {
            return Some(String::from_utf8_lossy(name).into_owned());
        }
        rest = record.get(42 + name.len() + extra + comment..)?;
    }
    None
}

/// Returns whether the header before the content of a part (APPNOTE 4.3.7) says of it what the directory says: some programs go
/// by the one, some by the other.
fn is_as_listed(bytes: &[u8], part: &ZipFileEntry<'_>) -> bool {
    const HAS_DESCRIPTOR: u16 = 1 << 3;
    let header = usize::try_from(part.header_start()).ok().and_then(|start| bytes.get(start..));
    let Some(header) = header.and_then(|header| header.strip_prefix(b"PK\x03\x04")) else { return false };
    let short = |at: usize| header.get(at..at + 2).map(|two| u16::from_le_bytes([two[0], two[1]]));
    let long = |at: usize| Some(u32::from(short(at)?) | u32::from(short(at + 2)?) << 16);
    let is_size = |at: usize, size: u64| long(at) == Some(u32::MAX) || long(at).map(u64::from) == Some(size);
    let is_later = short(2).is_some_and(|flags| flags & HAS_DESCRIPTOR != 0);
    let method = match part.compression() {
        CompressionMethod::STORE => Some(0),
        CompressionMethod::DEFLATE => Some(8),
        // Those that cannot be unpacked are refused when they are.
        _ => short(4),
    };
    let name = short(22).and_then(|length| header.get(26..26 + usize::from(length)));
    name == Some(part.name_raw())
        && short(4) == method
        && (is_later
            || long(10) == Some(part.crc32())
                && is_size(14, part.compressed_size())
                && is_size(18, part.size()))
}

/// The most bytes between two tags: a text of 128 KiB, of which every character is escaped.
const MAX_RUN: usize = 8 * MAX_TEXT_BYTES;

/// Reads a part, and stops within a text that is too long for any cell.
struct Texts<R> {
    part: R,
    /// The bytes since the last tag began.
    run: usize,
}

impl<R: Read> Read for Texts<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let room = buffer.len().min(MAX_TEXT_BYTES);
        let read = self.part.read(&mut buffer[..room])?;
        let after = memrchr(b'<', &buffer[..read]).map(|tag| read - tag);
        self.run = after.unwrap_or(self.run + read);
        if self.run > MAX_RUN {
            return Err(std::io::Error::other("a text is too long"));
        }
        Ok(read)
    }
}

fn fold(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            archive.start_file(*name, SimpleFileOptions::default()).unwrap();
            archive.write_all(content).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn what_is_unpacked_is_counted_and_not_believed() {
        let mut bytes = archive(&[("a", &[b' '; 5000]), ("b", &[b' '; 5000])]);
        let whole = |bytes: &[u8], left| Package::open_within(bytes, 10, left).and_then(Package::finish);
        assert_eq!(whole(&bytes, 10_000), Ok(0));
        assert!(whole(&bytes, 9_999).unwrap_err().message.contains("unpack to more than"));
        // A directory that claims less, as that of a bomb does: the size is in it before the name.
        let claims: Vec<usize> =
            (0..bytes.len() - 4).filter(|at| bytes[*at..*at + 4] == 5000_u32.to_le_bytes()).collect();
        for at in claims {
            bytes[at..at + 4].copy_from_slice(&1_u32.to_le_bytes());
        }
        assert!(whole(&bytes, 9_999).is_err());
    }

    #[test]
    fn reading_stops_within_a_text_that_is_too_long() {
        let endless = |tag: &'static [u8]| {
            let (mut part, mut bytes) =
                (Texts { part: tag.chain(std::io::repeat(b'a')), run: 0 }, Vec::new());
            assert!(part.read_to_end(&mut bytes).is_err());
            bytes.len()
        };
        assert!(endless(b"<t>") <= MAX_RUN + MAX_TEXT_BYTES);
        let texts = format!("<t>{}</t>", "a".repeat(MAX_TEXT_BYTES)).repeat(10);
        let bytes = archive(&[("texts", texts.as_bytes()), ("endless", &vec![b'a'; MAX_RUN + 1])]);
        let mut package = Package::open(&bytes, 1 << 30).unwrap();
        assert_eq!(package.text("texts").unwrap().unwrap().len(), texts.len());
        let refused = package.text("endless").unwrap_err();
        assert_eq!(refused.message, "the part `endless` of the workbook has a text of more than 128 KiB");
    }

    #[test]
    fn parts_are_named_without_regard_to_case_and_stand_once() {
        let bytes = archive(&[("XL\\Workbook.xml", b"x"), ("/other", b"y")]);
        let mut package = Package::open(&bytes, 1 << 30).unwrap();
        assert_eq!(package.text("xl/workbook.xml").unwrap().as_deref(), Some("x"));
        assert!(package.has("Other") && !package.has("another"));
        let message = |parts: &[(&str, &[u8])], most| {
            Package::open_within(&archive(parts), most, 10).map(|_| ()).unwrap_err().message
        };
        assert_eq!(message(&[("a", b""), ("A", b"")], 9), "the zip archive has `A` twice");
        assert_eq!(message(&[("a", b""), ("b", b"")], 1), "the zip archive has more than 1 parts");
        // The name of a part is before its content and in the directory, and a forger changes both, or one.
        let names = |bytes: &[u8]| {
            (0..bytes.len()).filter(|at| bytes[*at..].starts_with(b"part-b")).collect::<Vec<_>>()
        };
        let forged = |places: &[usize]| {
            let mut bytes = archive(&[("part-a", b"1"), ("part-b", b"2")]);
            let found = names(&bytes);
            places.iter().for_each(|at| bytes[found[*at] + 5] = b'a');
            Package::open(&bytes, 1 << 30).map(|_| ()).unwrap_err().message
        };
        assert_eq!(forged(&[0, 1]), "the zip archive has `part-a` twice");
        assert_eq!(forged(&[0]), "the zip archive contradicts itself about `part-b`");
    }
}
