//! The texts of the files of a new registry. Settings are those of this repository, which tries them.

use std::fmt::Write;

use diagnostics::one_of;
use model::{Document, Value};
use serde_json::Value as Json;
use store::{NewFile, canonical};

use super::place::Place;
use crate::terminal::wrapped;
use crate::{IN_A_CLONE, PRODUCT, shell, version};

/// The questions of the AI Provider Trust Registry.
pub(super) const QUESTIONS: &str = include_str!("../../../../../data/dimensions.toml");

/// Settings for editors, by the name of their file.
pub(super) const EDITORS: [(&str, &str); 4] = [
    ("tombi.toml", include_str!("../../../../../tombi.toml")),
    (".taplo.toml", include_str!("../../../../../.taplo.toml")),
    (".vscode/extensions.json", include_str!("../../../../../.vscode/extensions.json")),
    (".vscode/settings.json", include_str!("../../../../../.vscode/settings.json")),
];

/// The folder of the workflows of GitHub.
pub(super) const WORKFLOWS: &str = ".github/workflows/";

/// The comment on a command that is not complete.
const TO_FILL_IN: &str =
    "      # Write the address of the toolkit here. `--rev COMMIT` before it keeps one version.\n";

/// Other files of the repository may have other line ends.
const ATTRIBUTES: &str = "\
# The same bytes on every machine, also where git is set to write CRLF (the default of Git for Windows): what is
# generated is compared byte by byte.
/data/** text=auto eol=lf
/schema/** text=auto eol=lf linguist-generated
";

/// The columns of a comment.
const WIDTH: usize = 100;

/// Settings for git, by the name of their file. What is ignored is what this repository ignores of a registry.
pub(super) fn git() -> [(&'static str, &'static str); 2] {
    let ignored = include_str!("../../../../../.gitignore");
    // What follows this line is about what the commands write.
    let written = ignored.find("# What an export writes").map_or(ignored, |at| &ignored[at..]);
    [(".gitattributes", ATTRIBUTES), (".gitignore", written)]
}

/// A setting of this repository, for a data folder of another name and outside of the toolkit.
pub(super) fn for_folder(text: &str, name: &str) -> String {
    let text = text.replace("\"data/", &format!("\"{name}/")).replace("\n/data/", &format!("\n/{name}/"));
    text.replace(IN_A_CLONE, PRODUCT)
}

/// The file of the registry: what is known, and comments that say what else it may state.
pub(super) fn registry(known: &[(String, Value)]) -> String {
    let mut text = canonical::file(Document::Registry, known);
    let schema = model::schema(Document::Registry);
    let is_known = |name: &str| known.iter().any(|(known, _)| known == name);
    for (name, property) in
        properties(&schema).filter(|(name, property)| is_text(property) && !is_known(name))
    {
        offer(&mut text, &schema, name, property);
    }
    text
}

/// The file of a registry without questions: a comment that shows the form of one.
pub(super) fn no_questions() -> String {
    let mut text =
        canonical::file(Document::Dimensions, &[("dimensions".to_owned(), Value::List(Vec::new()))]);
    text.push('\n');
    comment(
        &mut text,
        "A question. For the first one, delete the line `dimensions = []`; for each one, delete the `# ` before a copy \
         of these lines and write each value.",
    );
    text.push_str("# [[dimensions]]\n");
    let schema = model::schema(Document::Dimensions);
    let dimension = schema.pointer("/$defs/Dimension").unwrap_or(&Json::Null);
    let required = dimension["required"].as_array().map(Vec::as_slice).unwrap_or_default();
    for (name, property) in properties(dimension).filter(|(name, _)| required.contains(&Json::from(*name))) {
        offer(&mut text, &schema, name, property);
    }
    text
}

/// The properties of a schema.
fn properties(schema: &Json) -> impl Iterator<Item = (&str, &Json)> {
    let properties = schema["properties"].as_object();
    properties.into_iter().flatten().map(|(name, property)| (name.as_str(), property))
}

/// Returns whether a property is a text.
fn is_text(property: &Json) -> bool {
    property["type"] == "string" || property.get("$ref").is_some()
}

/// Adds a comment that says what a property of a schema is, and the line that states it, as a comment.
fn offer(text: &mut String, schema: &Json, name: &str, property: &Json) {
    let definition =
        property["$ref"].as_str().and_then(|place| schema.pointer(place.trim_start_matches('#')));
    let values = definition.and_then(|definition| definition["enum"].as_array());
    let values: Vec<_> = values.into_iter().flatten().filter_map(Json::as_str).collect();
    let about = property["description"].as_str().unwrap_or_default();
    match values.is_empty() {
        true => comment(text, about),
        false => comment(text, &format!("{}: {}.", about.trim_end_matches('.'), one_of(values))),
    }
    let value = if property["type"] == "integer" { "1" } else { "\"\"" };
    let _ = writeln!(text, "# {name} = {value}");
}

fn comment(text: &mut String, words: &str) {
    text.push_str(&wrapped(words, WIDTH, "## ", "## "));
    text.push('\n');
}

/// The workflow that lints the registry, at the top of its repository. Its other actions are those of this repository.
pub(super) fn workflow(place: &Place) -> NewFile {
    let lint = include_str!("../../../../../.github/workflows/lint.yml");
    let action = |name: &str| {
        let line = lint.lines().find(|line| line.contains(name)).unwrap_or_default();
        line.split_once("uses: ").map_or("", |(_, action)| action)
    };
    let data = place.data_from_top();
    let named = if data == "data" { String::new() } else { format!(" --data {}", shell::quoted(&data)) };
    let label = place.label();
    let dash = if label.is_empty() { "" } else { "-" };
    let (install, is_complete) = version::install();
    let about = if is_complete { "" } else { TO_FILL_IN };
    let text = include_str!("workflow.yml")
        .replace(TO_FILL_IN, about)
        .replace("CHECKOUT", action("actions/checkout@"))
        .replace("INSTALL", &install)
        .replace("NAME", &format!("{PRODUCT}{dash}{label}"))
        .replace(" --data DATA", &named);
    NewFile {
        path: place.at_top(&format!("{WORKFLOWS}{PRODUCT}{dash}{label}.yml")),
        bytes: text.into_bytes(),
    }
}
