//! What reading alone costs: the bytes of every file, its TOML events, its tree with the place of each value.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use toml::de::DeTable;
use toml_parser::Source;
use toml_parser::parser::{Event, EventReceiver, RecursionGuard, parse_document};

/// A way to read a file, with its name; it returns a number, so that nothing is left undone.
pub(crate) const FLOORS: [(&str, fn(&str) -> usize); 3] =
    [("read", str::len), ("events", events), ("tree", |text| DeTable::parse(text).unwrap().get_ref().len())];

/// Reads every data file in parallel.
pub(crate) fn run(folder: &Path, read: fn(&str) -> usize) -> usize {
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
