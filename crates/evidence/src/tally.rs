//! Whether a run goes wrong as a whole: when much of what could be read yesterday cannot be read today, that is a
//! failure of the line, of the run or of a program, and nothing of it is to be recorded.

use std::collections::HashSet;

/// Fewer pages than this say nothing about a run.
const ENOUGH: usize = 20;

/// A run that is to be stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{worse} of the {pages} pages cannot be read any more or lost a quote: nothing is recorded")]
pub struct MassFailure {
    /// How many pages the run looks at.
    pub pages: usize,
    /// How many of them are worse than before, at least.
    pub worse: usize,
}

/// Fewer hosts than this may all be down.
const FEW_HOSTS: usize = 3;

/// Counts how the pages of a run compare with before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    hosts: usize,
    pages: usize,
    worse: usize,
    worse_hosts: HashSet<String>,
}

impl Tally {
    /// A tally of a run that looks at so many pages of so many hosts.
    pub fn new(hosts: usize, pages: usize) -> Self {
        Self { hosts, pages, ..Self::default() }
    }

    /// Counts a page of a host.
    ///
    /// # Errors
    ///
    /// When at least half of the pages of the run, and of no fewer than 20, are worse than before, on three hosts or all.
    pub fn add(&mut self, host: &str, is_worse: bool) -> Result<(), MassFailure> {
        if is_worse {
            self.worse += 1;
            self.worse_hosts.insert(host.to_owned());
        }
        let is_wide = self.worse_hosts.len() >= self.hosts.min(FEW_HOSTS);
        let is_mass = self.pages >= ENOUGH && self.worse * 2 >= self.pages && is_wide;
        if is_mass { Err(MassFailure { pages: self.pages, worse: self.worse }) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_stops_when_half_of_the_pages_are_worse() {
        let mut tally = Tally::new(1, ENOUGH);
        for page in 0..ENOUGH - 2 {
            assert_eq!(tally.add("a.example", page % 2 == 0), Ok(()));
        }
        assert_eq!(tally.add("a.example", true), Err(MassFailure { pages: 20, worse: 10 }));
        let mut tally = Tally::new(1, 1000);
        assert!((0..1000).all(|page| tally.add("a.example", page % 3 == 0).is_ok()));
    }

    #[test]
    fn one_host_that_is_down_stops_no_run() {
        let mut tally = Tally::new(5, 200);
        assert!((0..100).all(|_| tally.add("a.example", true).is_ok()));
        assert!(tally.add("b.example", true).is_ok());
        assert!(tally.add("c.example", true).is_err());
    }
}
