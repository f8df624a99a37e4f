//! The cost of only reading: the bytes of every file, its TOML events, its tree with the place of each value.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use toml::de::DeTable;
use toml_parser::Source;
use toml_parser::parser::{EventReceiver, RecursionGuard, parse_document};

/// A way to read a file; it returns a number, so that nothing is left undone.
pub(crate) type Floor = fn(&str) -> usize;

/// The bytes, the events and the tree of a file.
pub(crate) const FLOORS: [Floor; 3] =
    [str::len, events, |text| DeTable::parse(text).unwrap().get_ref().len()];

/// Reads every data file in parallel.
pub(crate) fn run(folder: &Path, read: Floor) -> usize {
    let files = files(&folder.join("data"));
    files.par_iter().map(|path| read(&fs::read_to_string(path).unwrap())).sum()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
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
