//! Workbooks are zip archives. Nothing of one is written to disk, and what is unpacked is counted as
//! it comes: the sizes that an archive tells of itself are claims.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, sink};

use diagnostics::quoted;
use zip::ZipArchive;

use crate::limits::{MAX_PARTS, MAX_UNPACKED_BYTES};
use crate::refused::Refused;

const AGAIN: &str = "save or fetch the file again: it may have been cut off or changed on its way";

/// An archive, and how much of it is unpacked.
pub(crate) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// The index of each part by its name, folded: parts are named without regard to case.
    parts: BTreeMap<String, usize>,
    is_read: Vec<bool>,
    unpacked: usize,
}

impl<'b> Package<'b> {
    /// Opens an archive.
    pub(crate) fn open(bytes: &'b [u8]) -> Result<Self, Refused> {
        let broken = |error| Refused::new(format!("the zip archive is broken ({error})"), AGAIN);
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
        if archive.len() > MAX_PARTS {
            return Err(Refused::new(
                format!("the zip archive has more than {MAX_PARTS} parts"),
                "save the tables in a workbook of their own",
            ));
        }
        let mut parts = BTreeMap::new();
        for index in 0..archive.len() {
            let part = archive.by_index_data(index).map_err(broken)?;
            let name = part.name().map_err(broken)?;
            if part.encrypted() {
                return Err(Refused::new("the zip archive is encrypted", "save it without a password"));
            }
            if parts.insert(fold(&name), index).is_some() {
                return Err(Refused::new(format!("the zip archive holds {} twice", quoted(&name)), AGAIN));
            }
        }
        let is_read = vec![false; archive.len()];
        Ok(Self { archive, parts, is_read, unpacked: 0 })
    }

    /// Whether there is a part of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&fold(name))
    }

    /// The text of a part, if there is such a part.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, Refused> {
        let Some(&index) = self.parts.get(&fold(name)) else { return Ok(None) };
        let mut bytes = Vec::new();
        self.read(index, |part| part.read_to_end(&mut bytes).map(|read| read as u64))?;
        if bytes.starts_with(b"\xEF\xBB\xBF") {
            bytes.drain(..3);
        }
        let text = String::from_utf8(bytes).map_err(|_| {
            Refused::new(format!("the part {} of the workbook is not UTF-8", quoted(name)), AGAIN)
        })?;
        Ok(Some(text))
    }

    /// Unpacks what was not asked for, so that an archive is whole or refused.
    pub(crate) fn finish(mut self) -> Result<(), Refused> {
        (0..self.archive.len())
            .filter(|index| !self.is_read[*index])
            .collect::<Vec<_>>()
            .into_iter()
            .try_for_each(|index| self.read(index, |part| std::io::copy(part, &mut sink())))
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
        let left = (MAX_UNPACKED_BYTES - self.unpacked) as u64;
        let mut part = self.archive.by_index(index).map_err(|error| broken(&error))?.take(left + 1);
        let read = take(&mut part).map_err(|error| broken(&error))?;
        if read > left {
            let mib = MAX_UNPACKED_BYTES / 1024 / 1024;
            return Err(Refused::new(
                format!("the workbook unpacks to more than {mib} MiB"),
                "split it, or save its tables as CSV",
            ));
        }
        self.unpacked += read as usize;
        self.is_read[index] = true;
        Ok(())
    }
}

fn fold(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}
