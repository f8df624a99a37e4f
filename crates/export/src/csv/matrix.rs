//! The wide table: a row for each offering, a column for each question.

use model::tabular::MATRIX_VIEW_COLUMNS;
use model::{OfferingId, resolve};

use crate::grade::Grade;
use crate::names::Names;
use crate::tables::Table;

/// The name of the table.
pub(super) const MATRIX: &str = "matrix";

/// The grade of every answer of every offering.
pub(super) fn matrix(names: Names<'_>) -> Table {
    let registry = names.registry();
    let own = MATRIX_VIEW_COLUMNS.map(str::to_owned);
    let dimensions = registry.dimensions.iter().map(|dimension| dimension.id.text().to_owned());
    let readable = registry.offerings.iter().filter(|(_, offering)| !offering.is_unread());
    let rows = readable.filter(|(id, _)| id.parse::<OfferingId>().is_ok()).map(|(id, offering)| {
        let own = [
            id.as_str(),
            names.offering(id, offering),
            names.developer(offering),
            names.platform_of_offering(offering),
        ];
        let answers = resolve(id, offering, names.shared());
        let answers = answers.iter().map(|resolved| Grade::of(resolved).id());
        own.into_iter().chain(answers).map(str::to_owned).collect()
    });
    Table { name: MATRIX, rows: rows.collect(), header: own.into_iter().chain(dimensions).collect() }
}
