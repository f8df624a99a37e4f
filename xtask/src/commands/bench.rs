//! `bench`: measures the commands beside what only reads the same files, and beside the programs that people use
//! instead. All are processes, and take turns.

mod corpus;
mod json;
mod measurements;
mod peers;
mod programs;
mod rounds;
mod row;
mod table;
mod task;

use cli::terminal::{note, print};
use cli::{Failure, Global, Outcome};
use diagnostics::closest;

use self::corpus::Corpus;
use self::measurements::{GROUPS, MEASUREMENTS, Measurement};
use self::programs::Programs;
use self::row::Measured;
use crate::arguments::{BenchArguments, BenchFormat};
use crate::cargo;

pub(crate) fn run(global: &Global, arguments: &BenchArguments) -> Result<Outcome, Failure> {
    let chosen = chosen(&arguments.only)?;
    if arguments.list {
        print(&list(&chosen))?;
        return Ok(Outcome::Success);
    }
    let programs = Programs::build(global, cargo::workspace()?)?;
    let is_table = arguments.format() == BenchFormat::Table;
    let mut all = Vec::new();
    for size in &arguments.sizes {
        let corpus = Corpus { programs: &programs, size: *size, seed: arguments.seed, today: global.today };
        let measured = rounds::run(global, &corpus, &chosen, arguments.rounds)?;
        if is_table {
            print(&table::table(&measured))?;
        }
        all.push(measured);
    }
    if !is_table {
        print(&json::document(&all, arguments))?;
    }
    let failed = all.iter().flat_map(Measured::failed).collect::<Vec<_>>();
    for name in &failed {
        note(global, &format!("`{name}` failed"));
    }
    Ok(if failed.is_empty() { Outcome::Success } else { Outcome::Findings })
}

/// The measurements of these groups, and those with one of these texts in their names, each with those that it is
/// compared with; all of them where there are no texts.
fn chosen(wanted: &[String]) -> Result<Vec<&'static Measurement>, Failure> {
    let is_it = |measurement: &Measurement, text: &String| match GROUPS.contains(&text.as_str()) {
        true => measurement.group == text,
        false => measurement.name.contains(text.as_str()),
    };
    if let Some(text) = wanted.iter().find(|text| !MEASUREMENTS.iter().any(|one| is_it(one, text))) {
        let words = MEASUREMENTS.iter().flat_map(|one| one.name.split([' ', ',', '(', ')']));
        let names = MEASUREMENTS.iter().map(|one| one.name);
        let help = match closest(text, GROUPS.into_iter().chain(names).chain(words)) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "`cargo xtask bench --list` lists them".to_owned(),
        };
        return Err(Failure::Usage(format!("no measurement has `{text}` in its name: {help}")));
    }
    let is_wanted = |one: &Measurement| wanted.is_empty() || wanted.iter().any(|wanted| is_it(one, wanted));
    let is_beside = |one: &Measurement| {
        MEASUREMENTS.iter().any(|other| is_wanted(other) && other.beside.contains(&one.name))
    };
    Ok(MEASUREMENTS.iter().filter(|one| is_wanted(one) || is_beside(one)).collect())
}

/// The measurements by group.
fn list(chosen: &[&Measurement]) -> String {
    let mut out = String::new();
    for group in GROUPS {
        let names: Vec<_> = chosen.iter().filter(|one| one.group == group).map(|one| one.name).collect();
        if !names.is_empty() {
            out.push_str(&format!("{group}\n  {}\n", names.join("\n  ")));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(wanted: &[&str]) -> Result<Vec<&'static str>, String> {
        let wanted: Vec<_> = wanted.iter().map(|text| (*text).to_owned()).collect();
        let chosen = chosen(&wanted).map_err(|failure| failure.to_string())?;
        Ok(chosen.into_iter().map(|one| one.name).collect())
    }

    #[test]
    fn measurements_are_chosen_by_group_or_name_with_what_they_are_compared_with() {
        assert_eq!(names(&["floors"]).unwrap(), ["read bytes", "read events", "read tree"]);
        assert_eq!(names(&["staged"]).unwrap(), ["lint", "git cat-file", "lint --staged"]);
        assert_eq!(names(&["taplo", "ajv"]).unwrap(), ["lint", "ajv", "taplo"]);
        assert_eq!(names(&[]).unwrap().len(), MEASUREMENTS.len());
    }

    #[test]
    fn a_name_that_is_not_there_gets_the_nearest() {
        assert_eq!(
            names(&["floors", "lnit"]).unwrap_err(),
            "no measurement has `lnit` in its name: did you mean `lint`?"
        );
        assert_eq!(
            names(&["tabulo"]).unwrap_err(),
            "no measurement has `tabulo` in its name: did you mean `taplo`?"
        );
        assert!(names(&["qqqqqq"]).unwrap_err().ends_with("`cargo xtask bench --list` lists them"));
    }

    #[test]
    fn each_measurement_is_compared_with_earlier_ones() {
        for (at, one) in MEASUREMENTS.iter().enumerate() {
            assert!(GROUPS.contains(&one.group), "{}", one.name);
            for beside in one.beside {
                assert!(MEASUREMENTS[..at].iter().any(|other| other.name == *beside), "{}", one.name);
            }
        }
    }
}
