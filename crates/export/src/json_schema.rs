//! The JSON Schemas of the data files and of import profiles, for validators and, under `editor/`, for TOML editors.

use model::{Dimensions, Document, Entity, Subject};
use serde_json::Value;

use crate::{Export, OutputFile};

/// The schema of each kind of file, and the same with the dimensions by name for editors.
pub fn json_schema(dimensions: &Dimensions) -> Export<'static> {
    let files = Document::ALL.into_iter().chain([Document::Profile]).flat_map(|document| {
        let path = format!("{}.schema.json", document.name());
        [
            file(format!("editor/{path}"), &model::editor_schema(document, dimensions)),
            file(path, &model::schema(document)),
        ]
    });
    let unread = Subject::entity(Entity::File("dimensions.toml".to_owned()));
    let left_out = if dimensions.is_complete() { Vec::new() } else { vec![unread] };
    Export::new(files.collect(), left_out)
}

fn file(path: String, schema: &Value) -> OutputFile<'static> {
    OutputFile::new(path, format!("{schema:#}\n").into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn writes_two_schemas_for_each_kind_of_file() {
        let export = json_schema(&sample::registry().dimensions);
        assert_eq!(export.files.len(), 14);
        assert!(export.files.is_sorted_by(|a, b| a.path < b.path));
        assert!(export.left_out.is_empty());
        for file in &export.files {
            let text = std::str::from_utf8(file.made().unwrap()).unwrap();
            assert!(text.starts_with("{\n  \"$schema\"") && text.ends_with("\n}\n"), "{}", file.path);
        }
        let offering = export.files.iter().find(|file| file.path == "editor/offering.schema.json").unwrap();
        assert!(std::str::from_utf8(&offering.bytes()).unwrap().contains("\"soc2_type2\""));
    }

    #[test]
    fn tells_that_dimensions_are_missing() {
        assert_eq!(json_schema(&Dimensions::default()).left_out.len(), 1);
    }
}
