//! Registries for tests.

use model::{
    Cell, Dimension, DimensionFile, DimensionId, Dimensions, Evidence, Offering, Optional, Registry,
};

/// A registry of one question, and an offering for each list of evidence.
pub(super) fn registry(cells: impl Iterator<Item = Vec<Evidence>>) -> Registry {
    let id: DimensionId = "soc2_type2".parse().unwrap();
    let dimension = Dimension { id: id.clone().into(), ..Dimension::default() };
    let offerings = cells.enumerate().map(|(at, evidence)| {
        let cell = Cell { evidence: Optional::Known(evidence), ..Cell::default() };
        let cells = Optional::Known([(id.clone(), cell)].into());
        (format!("o{at}"), Offering { cells, ..Offering::default() })
    });
    Registry {
        offerings: offerings.collect(),
        dimensions: Dimensions::new(DimensionFile { dimensions: vec![dimension].into() }),
        ..Registry::default()
    }
}
