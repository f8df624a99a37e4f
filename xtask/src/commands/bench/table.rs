//! Results as a table.

use std::fmt::Write;

use super::row::{Measured, Row};
use crate::arguments::grouped;

/// The table of one size.
pub(super) fn table(measured: &Measured) -> String {
    let Measured { size, files, bytes, rounds, rows } = measured;
    let mut out = format!(
        "\n{size}: {} files, {:.1} MB; rounds: {rounds}\n\n{:28} {:>11} {:>9} {:>9} {:>9} {:>9} {:>7} {:>9}\n",
        grouped(*files),
        *bytes as f64 / 1e6,
        "",
        "median",
        "shortest",
        "longest",
        "cores",
        "memory",
        "ratio",
        "of cores"
    );
    let mut group = "";
    for row in rows {
        let Some([median, shortest, longest]) = row.time() else { continue };
        if row.measurement.group != group {
            group = row.measurement.group;
            let _ = writeln!(out, "{group}");
        }
        let _ = write!(
            out,
            "  {:26} {:>8} ms {:>9} {:>9} {:>9} {:>9}",
            row.measurement.name,
            time(median),
            time(shortest),
            time(longest),
            time(row.cores().unwrap_or_default()),
            row.memory().map_or("unknown".to_owned(), |bytes| format!("{} MiB", bytes.div_ceil(1 << 20)))
        );
        if let (Some(ratio), Some(of_cores)) = (measured.ratio(row), measured.ratio_of_cores(row)) {
            let beside = row.measurement.beside.join(" + ");
            let _ = write!(out, " {ratio:>7.2} {of_cores:>9.2} x {beside}");
        }
        if row.costs.len() < *rounds as usize {
            let _ = write!(out, " (rounds: {})", row.costs.len());
        }
        out.push('\n');
    }
    let skipped = |row: &Row| {
        let reason = row.skipped.as_ref()?.reason();
        Some(format!("  {:26} {reason}\n", row.measurement.name))
    };
    let skipped: String = rows.iter().filter_map(skipped).collect();
    if !skipped.is_empty() {
        let _ = write!(out, "not measured\n{skipped}");
    }
    out
}

/// Milliseconds, with a digit after the point where it counts.
fn time(milliseconds: f64) -> String {
    if milliseconds < 100.0 { format!("{milliseconds:.1}") } else { grouped(milliseconds.round() as usize) }
}

#[cfg(test)]
mod tests {
    use super::super::row::tests::measured;
    use super::*;

    #[test]
    fn a_table_has_times_memory_and_ratios() {
        insta::assert_snapshot!(table(&measured()));
    }

    #[test]
    fn numbers_are_short() {
        assert_eq!([7.04, 99.94, 100.4, 12_345.6].map(time), ["7.0", "99.9", "100", "12,346"]);
    }
}
