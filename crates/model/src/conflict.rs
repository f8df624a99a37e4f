//! Merge conflicts of git within a text.

use std::ops::Range;

const OURS: &str = "<<<<<<<";
const BASE: &str = "|||||||";
const PARTED: &str = "=======";
const THEIRS: &str = ">>>>>>>";

/// Returns whether a line is a marker: the sign alone, or a blank and a name behind it.
fn is_marker(line: &str, sign: &str) -> bool {
    line.strip_prefix(sign).is_some_and(|rest| rest.trim_end().is_empty() || rest.starts_with(' '))
}

/// The lines of a text with the byte at which each begins.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line.trim_end_matches(['\n', '\r'])))
    })
}

/// Returns the conflicts of a text, each from its first marker to the end of its last; a marker without
/// its counterpart is one, too.
pub fn conflicts(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if !text.contains(OURS) && !text.contains(THEIRS) {
        return found;
    }
    let mut open: Option<Range<usize>> = None;
    for (start, line) in lines(text) {
        let marker = start..start + line.len();
        if is_marker(line, OURS) {
            open.get_or_insert(marker);
        } else if is_marker(line, THEIRS) {
            let start = open.take().map_or(start, |first| first.start);
            found.push(start..marker.end);
        }
    }
    found.extend(open);
    found
}

/// Returns the text as it would be with the first side of each conflict, blanks in the place of the rest,
/// so that every other byte keeps its place.
pub fn first_sides(text: &str) -> String {
    let conflicts = conflicts(text);
    let mut kept = String::with_capacity(text.len());
    let (mut next, mut is_first) = (conflicts.iter().peekable(), true);
    for line in text.split_inclusive('\n') {
        let start = kept.len();
        while next.next_if(|conflict| conflict.end <= start).is_some() {}
        if !next.peek().is_some_and(|conflict| conflict.contains(&start)) {
            is_first = true;
            kept.push_str(line);
            continue;
        }
        let content = line.trim_end_matches(['\n', '\r']);
        let marks = |sign: &str| is_marker(content, sign);
        is_first &= !marks(BASE) && !marks(PARTED);
        if is_first && !marks(OURS) && !marks(THEIRS) {
            kept.push_str(line);
        } else {
            kept.extend(std::iter::repeat_n(' ', content.len()));
            kept.push_str(&line[content.len()..]);
        }
        is_first |= marks(THEIRS);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    const MERGED: &str =
        "a = 1\n<<<<<<< HEAD\nb = 2\n||||||| 4f1c\nb = 1\n=======\nb = 3\n>>>>>>> topic\nc = 4\n";

    #[test]
    fn conflicts_are_found_whole() {
        for text in [MERGED.to_owned(), MERGED.replace('\n', "\r\n")] {
            let found = conflicts(&text);
            assert_eq!(found.len(), 1);
            let part = &text[found[0].clone()];
            assert!(part.starts_with("<<<<<<< HEAD") && part.ends_with(">>>>>>> topic"), "{part}");
        }
        assert_eq!(conflicts(&format!("{MERGED}{MERGED}")).len(), 2);
        let parts =
            |text: &'static str| conflicts(text).into_iter().map(|range| &text[range]).collect::<Vec<_>>();
        assert_eq!(parts("x\n>>>>>>> topic"), [">>>>>>> topic"]);
        assert_eq!(parts("<<<<<<<\nx"), ["<<<<<<<"]);
        for text in ["<<<<<<<<\n", ">>>>>>>x", "a <<<<<<< b", "x\n=======\n", "> > >>>>>>>"] {
            assert_eq!(conflicts(text), [], "{text}");
        }
    }

    #[test]
    fn the_first_side_stays_in_its_place() {
        let kept = first_sides(MERGED);
        assert_eq!(kept.len(), MERGED.len());
        let lines: Vec<_> = kept.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        assert_eq!(lines, ["a = 1", "b = 2", "c = 4"]);
        let twice = format!("{MERGED}{}", MERGED.replace("b", "d"));
        assert!(first_sides(&twice).contains("\nd = 2\n") && !first_sides(&twice).contains("d = 3"));
    }
}
