//! Tables that cost more than their size where a reader looks back, or a message repeats what it is about.

use std::fs;
use std::path::Path;

use crate::shapes::{IMPORT, Shape};

/// Every shape of tables.
pub(crate) fn shapes() -> Vec<Shape> {
    let shape = |name, size, make| Shape { name, arguments: IMPORT, size, make };
    vec![
        shape("carriage returns", 20_000, |folder, n| {
            write(folder, &format!("owner,dimension,status\n{}", "\r".repeat(n)));
        }),
        shape("rows ended by carriage returns", 2_000, |folder, n| {
            write(
                folder,
                &format!("owner,dimension,status\r{}", "offering:acme-chat,soc2_type2,no\r".repeat(n)),
            );
        }),
        shape("facts in one cell", 50, |folder, n| {
            let facts: Vec<_> = (0..n).map(|at| format!("k{at}=1")).collect();
            cell(folder, "facts", &facts.join("; "));
        }),
        shape("unknown areas in one cell", 100, |folder, n| {
            let areas: Vec<_> = (0..n).map(|at| format!("X{at}")).collect();
            cell(folder, "geography", &areas.join(","));
        }),
        shape("rows about unknown owners", 250, |folder, n| {
            let row = |at| format!("offering:acme-chta-{at},soc2_type2,no\n");
            write(folder, &format!("owner,dimension,status\n{}", (0..n).map(row).collect::<String>()));
        }),
        shape("rows with wrong values", 250, |folder, n| {
            write(
                folder,
                &format!("owner,dimension,status\n{}", "offering:acme-chat,soc2_type2,nope\n".repeat(n)),
            );
        }),
        shape("quotes", 4_000, |folder, n| cell(folder, "note", &"\"\"".repeat(n))),
    ]
}

fn write(folder: &Path, table: &str) {
    fs::write(folder.join("table.csv"), table).unwrap();
}

fn cell(folder: &Path, column: &str, value: &str) {
    write(folder, &format!("owner,dimension,{column}\noffering:acme-chat,soc2_type2,\"{value}\"\n"));
}
