//! Blank lines between the records of a table: the first, and how many there are.

/// Blank lines, those with records below them apart from those that end the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Blank {
    /// Those with a record below them.
    between: Run,
    /// Those below the last record.
    last: Run,
    /// Whether there is any record.
    has_records: bool,
}

/// Some lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Run {
    first: u64,
    count: u64,
}

impl Run {
    fn add(&mut self, other: Self) {
        if self.count == 0 {
            self.first = if other.count == 0 { 0 } else { other.first };
        }
        self.count += other.count;
    }
}

impl Blank {
    /// So many blank lines come next, from one on.
    pub(super) fn lines(&mut self, first: u64, count: u64) {
        self.last.add(Run { first, count });
    }

    /// A record comes next.
    pub(super) fn record(&mut self) {
        self.has_records = true;
        self.between.add(std::mem::take(&mut self.last));
    }

    /// What comes next was read apart, its lines counted from so many further down.
    pub(super) fn append(&mut self, other: Self, lines: u64) {
        let moved = |run: Run| Run { first: run.first + lines, ..run };
        if other.has_records {
            self.lines(other.between.first + lines, other.between.count);
            self.record();
        }
        self.last.add(moved(other.last));
    }

    /// The first of those with a record below them, and how many there are.
    pub(super) fn between(&self) -> Option<(u64, u64)> {
        (self.between.count > 0).then_some((self.between.first, self.between.count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_at_the_end_are_none_between_records() {
        let mut blank = Blank::default();
        blank.lines(2, 1);
        blank.record();
        blank.lines(4, 2);
        assert_eq!(blank.between(), Some((2, 1)));
        let mut more = Blank::default();
        more.lines(1, 1);
        assert_eq!(more.between(), None);
        blank.append(more, 5);
        assert_eq!(blank.between(), Some((2, 1)));
        more.record();
        more.lines(3, 9);
        blank.append(more, 6);
        assert_eq!(blank.between(), Some((2, 5)));
    }
}
