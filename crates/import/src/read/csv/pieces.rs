//! Scans a long text in pieces, several at a time. Without this, an import of 11,000 rows of 12 MB costs 8 % more
//! instructions on one thread, and on several the scan is not shared.

use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use memchr::{memchr_iter, memchr3};
use rayon::prelude::*;

use super::blank::Blank;
use super::scanner::Scanner;
use crate::read::grid::Grid;

/// The bytes of a piece: enough to be worth a thread, few enough that none is left without work.
pub(crate) const SIZE: usize = 4 * 1024 * 1024;

/// Puts the rest of a text, from the position of a scanner, below the rows of a grid, if each record is sound
/// and has no fewer and no more fields than are wanted; the lines that are blank. Otherwise nothing, as for a
/// text of one piece: reading one record after the other finds what is wrong, and where.
pub(crate) fn rest(
    grid: &mut Grid,
    text: &Arc<String>,
    scanner: &Scanner<'_>,
    wanted: RangeInclusive<usize>,
    size: usize,
) -> Option<Blank> {
    let starts = starts(text.as_bytes(), scanner.at(), size);
    if starts.len() < 2 {
        return None;
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let pieces: Vec<_> = starts.iter().copied().zip(ends).collect();
    let room = grid.left();
    // No piece knows how many rows and cells the others have.
    let (rows, cells) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let is_full = |more: (usize, usize)| {
        let (rows, cells) =
            (rows.fetch_add(more.0, Ordering::Relaxed), cells.fetch_add(more.1, Ordering::Relaxed));
        rows > room.rows || cells > room.cells
    };
    let read = |(start, end): &(usize, usize)| {
        let piece = Grid::of(text, 0).within(room).for_bytes(end - start);
        sound(piece, scanner.piece(*start..*end), &wanted, &is_full)
    };
    let mut whole = grid.clone().for_bytes(text.len() - scanner.at());
    let (mut blank, mut before) = (Blank::default(), scanner.line() - 1);
    let mut append = |whole: &mut Grid, read: Vec<(Grid, Lines)>| {
        for (rows, Lines { blank: more, ended }) in read {
            whole.append(rows, before);
            blank.append(more, before.into());
            before += ended;
        }
    };
    // Some are appended while the next are read, which take the memory of those before them. If all were read first, a
    // tenth of the time of a plan of 110,000 rows would go into clearing memory for them.
    let mut last = Vec::new();
    for some in pieces.chunks(rayon::current_num_threads()) {
        let next = || some.par_iter().map(read).collect::<Option<Vec<_>>>();
        let ((), next) = rayon::join(|| append(&mut whole, last), next);
        last = next?;
        if whole.excess_with(last.iter().map(|(piece, _)| piece)).is_some() {
            return None;
        }
    }
    append(&mut whole, last);
    *grid = whole;
    Some(blank)
}

/// The lines of a piece, counted from where it begins.
struct Lines {
    /// Those of blank records.
    blank: Blank,
    /// How many its records end.
    ended: u32,
}

/// Reads a piece, if each record is sound.
fn sound(
    mut grid: Grid,
    mut scanner: Scanner<'_>,
    wanted: &RangeInclusive<usize>,
    is_full: &(dyn Fn((usize, usize)) -> bool + Sync),
) -> Option<(Grid, Lines)> {
    const OFTEN: usize = 1024;
    let (mut blank, mut told) = (Blank::default(), (0, 0));
    loop {
        if grid.len() >= told.0 + OFTEN {
            if is_full((grid.len() - told.0, grid.cells() - told.1)) {
                return None;
            }
            told = (grid.len(), grid.cells());
        }
        if let Some((first, count)) = scanner.blank_lines() {
            blank.lines(first, count);
        }
        let Some(shape) = scanner.record(&mut grid).ok()? else { break };
        if shape.filled == 0 {
            grid.trim();
            blank.lines(shape.line, 1);
            continue;
        }
        blank.record();
        if shape.filled > *wanted.end() || shape.fields < (*wanted.start()).max(2) || grid.excess().is_some()
        {
            return None;
        }
    }
    Some((grid, Lines { blank, ended: scanner.line() - 1 }))
}

/// The bytes at which pieces begin, each with a record, if the quotes before them are in order: an odd
/// number of them leaves a field open.
fn starts(text: &[u8], first: usize, size: usize) -> Vec<usize> {
    let chunks = text[first..].par_chunks(size);
    let quotes: Vec<usize> = chunks.map(|chunk| memchr_iter(b'"', chunk).count()).collect();
    let (mut starts, mut at, mut before) = (vec![first], first, 0);
    for quotes in quotes {
        // A record may be longer than a piece.
        if starts.last().is_some_and(|last| at > *last) {
            starts.push(record_after(text, at, before % 2 == 1));
        }
        at += size;
        before += quotes;
    }
    starts
}

/// The byte at which the first record after a byte begins.
fn record_after(text: &[u8], mut at: usize, mut is_quoted: bool) -> usize {
    while let Some(next) = memchr3(b'"', b'\n', b'\r', &text[at..]) {
        at += next + 1;
        match text[at - 1] {
            b'"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            b'\r' if text.get(at) == Some(&b'\n') => {}
            _ => return at,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::read::grid::Cell;

    /// The blank lines, and the rows.
    type Read<'g> = (Blank, Vec<(u64, Vec<Cell<'g>>)>);

    fn read(blank: Blank, grid: &Grid) -> Read<'_> {
        let rows = grid.rows(0..grid.len()).filter(|row| !row.is_blank());
        (blank, rows.map(|row| (row.number(), row.cells().collect())).collect())
    }

    fn field() -> impl Strategy<Value = String> {
        prop_oneof![
            4 => "[a-cé ]{0,6}",
            2 => "[a-c,\n\r\" ]{0,9}".prop_map(|text| format!("\"{}\"", text.replace('"', "\"\""))),
            1 => Just(String::new()),
        ]
    }

    fn table() -> impl Strategy<Value = String> {
        let ends = prop::sample::select(vec!["\n", "\r\n", "\r"]);
        let record =
            (prop::collection::vec(field(), 3), ends).prop_map(|(fields, end)| fields.join(",") + end);
        prop::collection::vec(record, 0..30).prop_map(|records| records.concat())
    }

    /// A scanner below the headers, and the grid that has got them.
    fn headed(text: &Arc<String>) -> Option<(Scanner<'_>, Grid)> {
        let (mut scanner, mut grid) = (Scanner::new(text, b','), Grid::of(text, 0));
        scanner.record(&mut grid).ok()??;
        Some((scanner, grid))
    }

    fn one_by_one(text: &Arc<String>, wanted: usize) -> Option<(Blank, Grid)> {
        let (mut scanner, mut grid) = headed(text)?;
        let mut blank = Blank::default();
        while let Some(shape) = scanner.record(&mut grid).ok()? {
            match shape.filled {
                0 => {
                    grid.trim();
                    blank.lines(shape.line, 1);
                    continue;
                }
                filled if filled > wanted || shape.fields < wanted => return None,
                _ => blank.record(),
            }
        }
        grid.trim();
        grid.unescape();
        Some((blank, grid))
    }

    fn in_pieces(text: &Arc<String>, wanted: usize, size: usize) -> Option<(Blank, Grid)> {
        let (scanner, mut grid) = headed(text)?;
        let blank = rest(&mut grid, text, &scanner, wanted..=wanted, size)?;
        grid.trim();
        grid.unescape();
        Some((blank, grid))
    }

    proptest! {
        #[test]
        fn pieces_make_the_whole(table in table(), size in 1_usize..40) {
            let text = Arc::new(format!("a,\"b\nb\",c\r\n{table}"));
            let (blank, grid) = one_by_one(&text, 3).unwrap();
            if let Some((others, pieces)) = in_pieces(&text, 3, size) {
                prop_assert_eq!(read(blank, &grid), read(others, &pieces));
            } else {
                let (scanner, _) = headed(&text).unwrap();
                prop_assert_eq!(starts(text.as_bytes(), scanner.at(), size).len(), 1);
            }
        }

        #[test]
        fn what_is_broken_is_broken_in_pieces(text in "[a\",\n\r]{0,40}", size in 1_usize..12) {
            let text = Arc::new(text);
            if let Some((others, pieces)) = in_pieces(&text, 2, size) {
                let (blank, grid) = one_by_one(&text, 2).unwrap();
                prop_assert_eq!(read(blank, &grid), read(others, &pieces));
            }
        }
    }
}
