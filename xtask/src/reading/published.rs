//! What is read, in the form in which it is published as JSON.

use export::Edition;
use model::{Dimension, Entity};
use serde_json::Value;

use crate::Failure;

/// `data.json` with these offerings and dimensions alone.
pub(crate) fn data(edition: &Edition, ids: &[&str], dimensions: &[&Dimension]) -> Result<String, Failure> {
    let mut data = document(edition, "data.json")?;
    only(&mut data["dimensions"], dimensions);
    if let Some(offerings) = data["offerings"].as_array_mut() {
        offerings.retain(|one| one["id"].as_str().is_some_and(|id| ids.contains(&id)));
        // In the order in which they were asked for.
        offerings.sort_by_key(|one| ids.iter().position(|id| one["id"] == **id));
        offerings.iter_mut().for_each(|one| only(&mut one["dimensions"], dimensions));
    }
    Ok(format!("{data:#}\n"))
}

/// The document of an offering, a platform or an organization, with these dimensions alone.
pub(crate) fn entity(
    edition: &Edition,
    entity: &Entity,
    dimensions: &[&Dimension],
) -> Result<String, Failure> {
    let mut document = document(edition, &format!("{}s/{}.json", entity.kind(), entity.id()))?;
    for path in ["/offering/dimensions", "/dimensions", "/operator_answers"] {
        document.pointer_mut(path).into_iter().for_each(|cells| only(cells, dimensions));
    }
    Ok(format!("{document:#}\n"))
}

fn document(edition: &Edition, path: &str) -> Result<Value, Failure> {
    let export = export::json(edition);
    let file = export.files.iter().find(|file| file.path == path);
    let document = file.and_then(|file| serde_json::from_slice(&file.bytes).ok());
    document
        .ok_or_else(|| Failure::Usage(format!("{path} is not published, since its id or its file is faulty")))
}

fn only(by_dimension: &mut Value, dimensions: &[&Dimension]) {
    if let Some(by_dimension) = by_dimension.as_object_mut() {
        by_dimension.retain(|id, _| dimensions.iter().any(|dimension| dimension.id.text() == id));
    }
}
