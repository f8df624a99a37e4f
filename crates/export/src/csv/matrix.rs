//! The wide table: a row for each offering, a column for each question.

use model::tabular::MATRIX_VIEW_COLUMNS;
use model::{Offering, OfferingId, Registry, resolve};

use crate::grade::Grade;
use crate::left_out::is_id;
use crate::names::Names;
use crate::tables::Table;

/// The name of the table.
pub(super) const MATRIX: &str = "matrix";

/// The grade of every answer of every offering.
pub(super) fn matrix(registry: &Registry) -> Table<'_> {
    let misnamed = registry.misnamed();
    let dimensions = registry.dimensions.iter().map(|dimension| dimension.id.text());
    let rows = move |(id, offering): &(&str, &Offering)| {
        let names = Names::new(registry, &misnamed);
        let answers = resolve(id, offering, names.shared());
        let answers = answers.iter().map(|resolved| Grade::of(resolved).id());
        vec![own(names, id, offering).into_iter().chain(answers).map(str::to_owned).collect()]
    };
    Table::new(MATRIX, MATRIX_VIEW_COLUMNS.into_iter().chain(dimensions), offerings(registry), rows)
}

/// The offerings that views have rows of, by id.
pub(super) fn offerings(registry: &Registry) -> Vec<(&str, &Offering)> {
    let offerings = registry.offerings.iter().map(|(id, offering)| (id.as_str(), offering));
    offerings.filter(|(id, offering)| !offering.is_unread() && is_id::<OfferingId>(id)).collect()
}

/// What an offering has in the columns that views share.
pub(super) fn own<'a>(names: Names<'a>, id: &'a str, offering: &'a Offering) -> [&'a str; 4] {
    [id, names.offering(id, offering), names.developer(offering), names.platform_of_offering(offering)]
}
