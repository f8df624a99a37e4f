//! The cost of only reading: the bytes of every data file, its TOML events, its tree with the place of each value; the
//! rows of a table.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use toml::de::DeTable;
use toml_parser::Source;
use toml_parser::parser::{EventReceiver, RecursionGuard, parse_document};

/// Reads the files of a data folder, or a table, and returns a number, so that nothing is left undone; none if there is
/// no floor with this name.
pub fn read(floor: &str, path: &Path) -> Option<io::Result<usize>> {
    Some(match floor {
        "bytes" => each(path, |text| Ok(text.len())),
        "events" => each(path, |text| Ok(events(text))),
        "tree" => each(path, |text| {
            DeTable::parse(text).map(|table| table.get_ref().len()).map_err(io::Error::other)
        }),
        "csv" => rows_of_csv(path).map_err(io::Error::other),
        "xlsx" => rows_of_xlsx(path).map_err(io::Error::other),
        _ => return None,
    })
}

/// Reads every TOML file of a folder, in parallel.
fn each(folder: &Path, read: impl Fn(&str) -> io::Result<usize> + Sync) -> io::Result<usize> {
    files(folder)?.par_iter().map(|path| read(&fs::read_to_string(path)?)).sum()
}

/// The TOML files of a folder and those below it.
pub(crate) fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            found.push(path);
        }
    }
    Ok(found)
}

/// The rows of a CSV file without its header.
fn rows_of_csv(path: &Path) -> csv::Result<usize> {
    let mut reader = csv::Reader::from_path(path)?;
    let (mut record, mut rows) = (csv::StringRecord::new(), 0);
    while reader.read_record(&mut record)? {
        rows += 1;
    }
    Ok(rows)
}

/// The rows of the first sheet of a workbook without its header.
fn rows_of_xlsx(path: &Path) -> Result<usize, calamine::XlsxError> {
    let mut workbook: calamine::Xlsx<_> = calamine::open_workbook(path)?;
    let sheet = calamine::Reader::sheet_names(&workbook).remove(0);
    let mut reader = workbook.worksheet_cells_reader(&sheet)?;
    let mut last = 0;
    while let Some(cell) = reader.next_cell()? {
        last = cell.get_position().0;
    }
    Ok(last as usize)
}

struct Count(usize);

impl EventReceiver for Count {
    fn simple_key(
        &mut self,
        _: toml_parser::Span,
        _: Option<toml_parser::decoder::Encoding>,
        _: &mut dyn toml_parser::ErrorSink,
    ) {
        self.0 += 1;
    }

    fn scalar(
        &mut self,
        _: toml_parser::Span,
        _: Option<toml_parser::decoder::Encoding>,
        _: &mut dyn toml_parser::ErrorSink,
    ) {
        self.0 += 1;
    }
}

fn events(text: &str) -> usize {
    let tokens = Source::new(text).lex().into_vec();
    let mut count = Count(0);
    parse_document(&tokens, &mut RecursionGuard::new(&mut count, 80), &mut ());
    count.0
}
