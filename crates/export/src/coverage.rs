//! Counts how many answers were read, how they were confirmed, and how many are missing.

use model::{Answer, Bearing, Cell, Date, Resolved};

/// Answers counted by what was read for them. The counts are independent; none is a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Coverage {
    /// The answers.
    pub answers: usize,
    /// Those with an own reading: a source was opened, or a copy of it was read.
    pub read: usize,
    /// Those that a person confirmed against a source that was read.
    pub verified: usize,
    /// Those that are confirmed only by what another source reports to have read.
    pub reported: usize,
    /// Those without a day as of which they speak.
    pub undated: usize,
    /// The questions without an answer.
    pub not_graded: usize,
    /// The oldest day as of which one of the answers speaks.
    pub oldest: Option<Date>,
}

impl Coverage {
    /// Counts answers that hold. A question that does not arise counts nowhere.
    pub fn of<'r, 'a: 'r>(answers: impl IntoIterator<Item = &'r Resolved<'a>>) -> Self {
        let mut coverage = Self::default();
        for resolved in answers {
            match &resolved.answer {
                Answer::Cell(_, cell) => coverage.add(cell),
                Answer::Missing => coverage.not_graded += 1,
                Answer::NotApplicable | Answer::Unknown => {}
            }
        }
        coverage
    }

    /// Counts stored cells.
    pub fn of_cells<'a>(cells: impl IntoIterator<Item = &'a Cell>) -> Self {
        let mut coverage = Self::default();
        cells.into_iter().for_each(|cell| coverage.add(cell));
        coverage
    }

    fn add(&mut self, cell: &Cell) {
        let as_of = cell.as_of();
        self.answers += 1;
        self.read += usize::from(cell.has_own_reading());
        match cell.verification() {
            Some((_, Bearing::Own)) => self.verified += 1,
            Some((_, Bearing::Reported)) => self.reported += 1,
            None => {}
        }
        self.undated += usize::from(as_of.is_none());
        self.oldest = self.oldest.into_iter().chain(as_of).min();
    }
}
