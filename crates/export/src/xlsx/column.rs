//! What the columns of the importable tables hold, as the schema of the data files says.

use model::tabular::{EvidenceField, WHOLE_MARK, evidence_of_column};
use model::{Dimensions, Document, schema};
use serde_json::Value;

use crate::tables::{Table, WHOLE_MEANING};

/// A column of an importable table.
pub(super) struct Column {
    /// Its name.
    pub(super) name: String,
    /// What it holds, in sentences.
    pub(super) about: String,
    /// Whether every row must fill it in.
    pub(super) required: bool,
    /// The form of its texts.
    pub(super) form: Form,
}

/// The form of the texts of a column.
pub(super) enum Form {
    /// Any text, of at most so many characters where that is limited.
    Text(Option<u32>),
    /// A day, YYYY-MM-DD.
    Day,
    /// A whole number.
    Number,
    /// One of the values of a vocabulary.
    Term(Vocabulary),
    /// Some of the values of a vocabulary.
    Terms(Vocabulary),
    /// The id of something that stands in another table of the workbook, or in the registry already.
    Reference(&'static str),
    /// The id of a dimension.
    Dimension,
}

/// A closed list of values.
pub(super) struct Vocabulary {
    /// What the list is called.
    pub(super) name: String,
    /// Each value with what it says, where that is said.
    pub(super) values: Vec<(String, Option<String>)>,
}

/// The list of the ids of all dimensions.
pub(super) const DIMENSIONS: &str = "dimension";
/// The list of all who can have cells.
pub(super) const OWNERS: &str = "owner";
/// The list of the ids of all organizations.
pub(super) const ORGANIZATIONS: &str = "organization";
/// The list of the ids of all platforms.
pub(super) const PLATFORMS: &str = "platform";

/// What the schemas say of every field.
pub(super) struct Texts {
    organization: Value,
    platform: Value,
    offering: Value,
}

impl Texts {
    pub(super) fn new() -> Self {
        Self {
            organization: schema(Document::Organization),
            platform: schema(Document::Platform),
            offering: schema(Document::Offering),
        }
    }

    /// The columns of a table.
    pub(super) fn columns(&self, table: &Table, dimensions: &Dimensions) -> Vec<Column> {
        let column = |name: &String| match (table.name, name.as_str()) {
            ("organizations", _) => field(&self.organization, &self.organization, name, name),
            ("platforms", _) => field(&self.platform, &self.platform, name, name),
            ("offerings", _) => field(&self.offering, &self.offering, name, name),
            (_, "owner") => Column {
                name: name.clone(),
                about: "Whose answer it is: `offering:ID`, `platform:ID` or `organization:ID`.".to_owned(),
                required: true,
                form: Form::Reference(OWNERS),
            },
            (_, "dimension") => {
                let questions =
                    dimensions.iter().map(|one| format!("\n{}: {}", one.id.text(), one.question.text()));
                Column {
                    name: name.clone(),
                    about: "The question that it answers.".to_owned() + &questions.collect::<String>(),
                    required: true,
                    form: Form::Dimension,
                }
            }
            (_, WHOLE_MARK) => Column {
                name: name.clone(),
                about: WHOLE_MEANING.to_owned(),
                required: false,
                form: Form::Text(None),
            },
            (_, cell) => self.of_cell(cell),
        };
        table.header.iter().map(column).collect()
    }

    fn of_cell(&self, name: &str) -> Column {
        let definition = |name: &str| &self.offering["$defs"][name];
        let Some((n, evidence)) = evidence_of_column(name) else {
            let mut column = field(&self.offering, definition("Cell"), name, name);
            if name == "headline" {
                column.form = Form::Text(Some(model::MAX_HEADLINE_CHARACTERS));
            }
            return column;
        };
        let (definition, key) = match evidence {
            EvidenceField::FetchOutcome => (definition("Fetch"), "outcome"),
            EvidenceField::FetchedOn => (definition("Fetch"), "on"),
            EvidenceField::HttpStatus => (definition("Fetch"), "http_status"),
            EvidenceField::FetchVia => (definition("Fetch"), "via"),
            EvidenceField::ReportedBy => (definition("Fetch"), "reported_by"),
            _ => (definition("Evidence"), evidence.name()),
        };
        let mut column = field(&self.offering, definition, key, name);
        // A row may do without evidence, and without an attempt to read it.
        column.required = false;
        column.about = format!("Evidence {n}: {}", column.about);
        column
    }
}

/// A column by the key of a record of the schema.
fn field(schema: &Value, record: &Value, key: &str, name: &str) -> Column {
    let property = &record["properties"][key];
    let required = record["required"].as_array().is_some_and(|keys| keys.iter().any(|one| one == key));
    let mut about = property["description"].as_str().unwrap_or_default().replace('\n', " ");
    let form = match property["type"].as_str() {
        Some("integer") => Form::Number,
        Some("object") => {
            about.push_str(" Write key=value; key=value.");
            Form::Text(None)
        }
        Some("array") => {
            let of_item =
                reference(&property["items"]).and_then(|name| schema["$defs"][name]["description"].as_str());
            for sentence in of_item.into_iter().chain(["Several are separated by commas."]) {
                about.push_str(&format!(" {sentence}"));
            }
            vocabulary(schema, &property["items"]).map_or(Form::Text(None), Form::Terms)
        }
        _ => match (reference(property), vocabulary(schema, property)) {
            (Some("Date"), _) => {
                about.push_str(" Write YYYY-MM-DD.");
                Form::Day
            }
            (Some("OrganizationId"), _) if key != "id" => Form::Reference(ORGANIZATIONS),
            (Some("PlatformId"), _) if key != "id" => Form::Reference(PLATFORMS),
            (_, Some(vocabulary)) => Form::Term(vocabulary),
            _ => Form::Text(None),
        },
    };
    Column { name: name.to_owned(), about, required, form }
}

/// The name of the definition that a property refers to.
fn reference(property: &Value) -> Option<&str> {
    property["$ref"].as_str()?.rsplit('/').next()
}

fn vocabulary(schema: &Value, property: &Value) -> Option<Vocabulary> {
    let name = reference(property)?;
    let definition = &schema["$defs"][name];
    // "Label: what it says."
    let about = |id: &str| {
        let (_, meaning) = definition["x-enum-descriptions"][id].as_str()?.split_once(": ")?;
        Some(meaning.to_owned())
    };
    let ids = definition["enum"].as_array()?.iter().filter_map(Value::as_str);
    Some(Vocabulary { name: name.to_owned(), values: ids.map(|id| (id.to_owned(), about(id))).collect() })
}

impl Column {
    /// Everything that a person must know to fill it in.
    pub(super) fn help(&self) -> String {
        let mut help = String::new();
        if self.required {
            help.push_str("Required. ");
        }
        help.push_str(&self.about);
        match &self.form {
            Form::Text(Some(limit)) => help.push_str(&format!(" At most {limit} characters.")),
            Form::Term(vocabulary) | Form::Terms(vocabulary) => {
                for (id, about) in &vocabulary.values {
                    if let Some(about) = about {
                        help.push_str(&format!("\n{id}: {about}"));
                    }
                }
            }
            _ => {}
        }
        help
    }
}
