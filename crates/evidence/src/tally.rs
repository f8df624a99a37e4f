//! Whether a run goes wrong as a whole: when much of what could be read yesterday cannot be read today, that is a
//! failure of the line, of the run or of a program, and nothing of it is to be recorded.

/// Fewer pages than this say nothing about a run.
const ENOUGH: usize = 20;

/// A run that is to be stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "{worse} of the {looked} pages that were looked at cannot be read any more or lost a quote: nothing is recorded"
)]
pub struct MassFailure {
    /// How many pages were looked at.
    pub looked: usize,
    /// How many of them are worse than before.
    pub worse: usize,
}

/// Counts how the pages of a run compare with before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    looked: usize,
    worse: usize,
}

impl Tally {
    /// Counts a page.
    ///
    /// # Errors
    ///
    /// When at least half of the pages so far, and of no fewer than 20, are worse than before.
    pub fn add(&mut self, is_worse: bool) -> Result<(), MassFailure> {
        self.looked += 1;
        self.worse += usize::from(is_worse);
        let is_mass = self.looked >= ENOUGH && self.worse * 2 >= self.looked;
        if is_mass { Err(MassFailure { looked: self.looked, worse: self.worse }) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_stops_when_half_of_the_pages_are_worse() {
        let mut tally = Tally::default();
        for page in 0..ENOUGH - 1 {
            assert_eq!(tally.add(page % 2 == 0), Ok(()));
        }
        assert_eq!(tally.add(true), Err(MassFailure { looked: 20, worse: 11 }));
        let mut tally = Tally::default();
        assert!((0..1000).all(|page| tally.add(page % 3 == 0).is_ok()));
    }
}
