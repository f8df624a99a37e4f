//! The results of measurements.

use std::time::Duration;

use super::measurements::Measurement;
use crate::arguments::Size;

/// What a run of a process cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cost {
    pub(super) time: Duration,
    /// The time of all processor cores together.
    pub(super) cores: Duration,
    /// The most memory, in bytes; 0 where the system does not say.
    pub(super) memory: u64,
}

/// The results of one size.
pub(super) struct Measured {
    pub(super) size: Size,
    pub(super) files: usize,
    pub(super) bytes: u64,
    /// How many rounds there were.
    pub(super) rounds: u32,
    pub(super) rows: Vec<Row>,
}

/// The results of a measurement.
pub(super) struct Row {
    pub(super) measurement: &'static Measurement,
    /// What it cost in each round; fewer than there were rounds, if it takes long.
    pub(super) costs: Vec<Cost>,
    /// Why it was not measured.
    pub(super) skipped: Option<Skipped>,
}

/// Why something was not measured.
pub(super) enum Skipped {
    /// It cannot be: its program is not installed, or the data are too large for it.
    Unable(String),
    /// Its program failed.
    Failed(String),
}

impl Skipped {
    pub(super) fn reason(&self) -> &str {
        let (Self::Unable(reason) | Self::Failed(reason)) = self;
        reason
    }
}

impl Row {
    fn times(&self) -> impl Iterator<Item = f64> {
        self.costs.iter().map(|cost| milliseconds(cost.time))
    }

    /// The median of its times, the shortest and the longest, in milliseconds.
    pub(super) fn time(&self) -> Option<[f64; 3]> {
        let middle = median(self.times().collect())?;
        let least = self.times().fold(f64::INFINITY, f64::min);
        Some([middle, least, self.times().fold(0.0, f64::max)])
    }

    /// The median of the time of all cores, in milliseconds.
    pub(super) fn cores(&self) -> Option<f64> {
        median(self.costs.iter().map(|cost| milliseconds(cost.cores)).collect())
    }

    /// The most memory that it had in any round, if the system says.
    pub(super) fn memory(&self) -> Option<u64> {
        self.costs.iter().map(|cost| cost.memory).max().filter(|memory| *memory > 0)
    }
}

impl Measured {
    /// How often the time of a row is that of what it is compared with: the median of the ratios of the rounds, since
    /// what else the machine does slows both.
    pub(super) fn ratio(&self, row: &Row) -> Option<f64> {
        self.ratio_of(row, |cost| cost.time)
    }

    /// As [`Self::ratio`], of the time of all cores, in which hardly counts what else the machine does.
    pub(super) fn ratio_of_cores(&self, row: &Row) -> Option<f64> {
        self.ratio_of(row, |cost| cost.cores)
    }

    fn ratio_of(&self, row: &Row, part: fn(&Cost) -> Duration) -> Option<f64> {
        let of = |row: &Row, round: usize| Some(milliseconds(part(row.costs.get(round)?)));
        let beside: Option<Vec<_>> = row.measurement.beside.iter().map(|name| self.row(name)).collect();
        let beside = beside.filter(|beside| !beside.is_empty())?;
        let in_round = |round: usize| {
            let times: Option<Vec<_>> = beside.iter().map(|other| of(other, round)).collect();
            Some(of(row, round)? / times?.iter().sum::<f64>())
        };
        median((0..row.costs.len()).filter_map(in_round).collect())
    }

    fn row(&self, name: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.measurement.name == name)
    }

    /// The measurements whose programs failed, those of others aside.
    pub(super) fn failed(&self) -> impl Iterator<Item = &'static str> {
        let has_failed = |row: &&Row| matches!(row.skipped, Some(Skipped::Failed(_)));
        let failed = self.rows.iter().filter(has_failed).filter(|row| row.measurement.group != "peers");
        failed.map(|row| row.measurement.name)
    }
}

pub(super) fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The median, of two in the middle their mean.
fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_unstable_by(f64::total_cmp);
    let (lower, upper) = (numbers.get(numbers.len().checked_sub(1)? / 2)?, numbers.get(numbers.len() / 2)?);
    Some(f64::midpoint(*lower, *upper))
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::measurements::MEASUREMENTS;
    use super::*;

    fn row(name: &str, milliseconds: &[u64]) -> Row {
        let cores = if name == "read tree" { 1 } else { 2 };
        let cost = |time: &u64| Cost {
            time: Duration::from_millis(*time),
            cores: Duration::from_millis(time * cores),
            memory: time << 20,
        };
        let measurement = MEASUREMENTS.iter().find(|one| one.name == name).unwrap();
        Row { measurement, costs: milliseconds.iter().map(cost).collect(), skipped: None }
    }

    /// Results as a run has them: in its second round the machine was busy.
    pub(in super::super) fn measured() -> Measured {
        let skipped = |name, skipped| Row { skipped: Some(skipped), ..row(name, &[]) };
        let rows = vec![
            row("read tree", &[10, 100, 20]),
            row("lint", &[20, 200, 30]),
            row("git cat-file", &[5, 50, 10]),
            row("lint --staged", &[50, 500, 60]),
            skipped("export xlsx", Skipped::Failed("exit status 2: it does not fit".to_owned())),
            skipped("ajv", Skipped::Unable("not installed: npm install --global ajv-cli".to_owned())),
            row("taplo", &[1_234]),
            skipped("tombi", Skipped::Failed("exit status 1: there is no network".to_owned())),
        ];
        Measured { size: Size::Offerings(1_000), files: 1_042, bytes: 16_300_000, rounds: 3, rows }
    }

    #[test]
    fn a_median_is_in_the_middle() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(median(vec![]), None);
    }

    #[test]
    fn a_ratio_is_that_of_most_rounds() {
        let measured = measured();
        let ratio = |name| measured.ratio(measured.row(name).unwrap());
        assert_eq!(ratio("read tree"), None);
        assert_eq!(ratio("lint"), Some(2.0));
        assert_eq!(ratio("lint --staged"), Some(2.0));
        assert_eq!(ratio("taplo"), Some(1_234.0 / 20.0));
        assert_eq!(ratio("ajv"), None);
        let of_cores = |name| measured.ratio_of_cores(measured.row(name).unwrap());
        assert_eq!((of_cores("lint"), of_cores("lint --staged")), (Some(4.0), Some(2.0)));
        assert_eq!(measured.failed().collect::<Vec<_>>(), ["export xlsx"]);
    }

    #[test]
    fn time_and_memory_are_those_of_all_rounds() {
        let measured = measured();
        let lint = measured.row("lint").unwrap();
        assert_eq!(lint.time(), Some([30.0, 20.0, 200.0]));
        assert_eq!((lint.cores(), lint.memory()), (Some(60.0), Some(200 << 20)));
        let ajv = measured.row("ajv").unwrap();
        assert_eq!((ajv.time(), ajv.cores(), ajv.memory()), (None, None, None));
    }
}
