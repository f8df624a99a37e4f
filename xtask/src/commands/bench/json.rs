//! Results as JSON.

use std::env::consts::{ARCH, OS};
use std::num::NonZero;
use std::thread;

use serde_json::{Value, json};

use super::row::{Measured, Row, milliseconds};
use crate::arguments::{BenchArguments, Size};

/// All results as one document.
pub(super) fn document(all: &[Measured], arguments: &BenchArguments) -> String {
    let document = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "system": format!("{OS} {ARCH}"),
        "cores": thread::available_parallelism().map_or(1, NonZero::get),
        "seed": arguments.seed,
        "sizes": all.iter().map(size).collect::<Vec<_>>(),
    });
    format!("{document:#}\n")
}

fn size(measured: &Measured) -> Value {
    json!({
        "size": match measured.size {
            Size::Data => json!("data"),
            Size::Offerings(offerings) => json!(offerings),
        },
        "files": measured.files,
        "bytes": measured.bytes,
        "measurements": measured.rows.iter().map(|row| measurement(measured, row)).collect::<Vec<_>>(),
    })
}

fn measurement(measured: &Measured, row: &Row) -> Value {
    let mut value = json!({ "group": row.measurement.group, "name": row.measurement.name });
    match (&row.skipped, row.time()) {
        (Some(skipped), _) => value["not_measured"] = json!(skipped.reason()),
        (None, None) => {}
        (None, Some([median, shortest, longest])) => {
            value["median_ms"] = json!(median);
            value["shortest_ms"] = json!(shortest);
            value["longest_ms"] = json!(longest);
            value["cores_ms"] = json!(row.cores());
            value["memory_bytes"] = json!(row.memory());
            let times: Vec<_> = row.costs.iter().map(|cost| milliseconds(cost.time)).collect();
            value["times_ms"] = json!(times);
            if let Some(ratio) = measured.ratio(row) {
                value["beside"] = json!(row.measurement.beside);
                value["ratio"] = json!(ratio);
                value["ratio_of_cores"] = json!(measured.ratio_of_cores(row));
            }
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::super::row::tests::measured;
    use super::*;

    #[test]
    fn json_has_the_times_of_every_round() {
        insta::assert_snapshot!(format!("{:#}", size(&measured())));
    }
}
