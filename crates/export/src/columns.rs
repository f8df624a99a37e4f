//! Descriptions of the columns of tables, from the schemas of the data files. Every spreadsheet format describes its
//! columns from this.

use model::tabular::{EvidenceField, WHOLE_MARK, evidence_of_column};
use model::{Dimensions, Document, Sighting, VALUE_TEXTS, Vocabulary as _, annotated_schema};
use serde_json::Value;

use crate::tables::{Table, WHOLE_MEANING};

/// A column of a table.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    /// Its header.
    pub(crate) name: String,
    /// What it says.
    pub(crate) meaning: String,
    /// Whether it is never empty.
    pub(crate) required: bool,
    /// The form of its texts.
    pub(crate) form: Form,
}

/// The form of the texts of a column.
#[derive(Debug, Clone)]
pub(crate) enum Form {
    /// Any text, of at most so many characters where that is limited.
    Text(Option<u32>),
    /// A whole number.
    Integer,
    /// A day, YYYY-MM-DD.
    Date,
    /// `true` or `false`.
    Bool,
    /// One of the values of a vocabulary.
    Term(Vocabulary),
    /// One of these texts.
    OneOf(Vec<String>),
    /// Several texts, of a vocabulary where there is one, with what each of them is where that is said.
    List(Option<Vocabulary>, Option<String>),
    /// Values by their keys.
    Map,
    /// Who stores a cell.
    Owner,
    /// The id of an organization.
    Organization,
    /// The id of a platform.
    Platform,
    /// The id of one of these dimensions.
    Dimension(Vec<String>),
}

/// A closed list of values.
#[derive(Debug, Clone)]
pub(crate) struct Vocabulary {
    /// What the list is called.
    pub(crate) name: String,
    /// Each value with what it says, where that is said.
    pub(crate) values: Vec<(String, Option<String>)>,
}

impl Column {
    /// A column of any texts.
    pub(crate) fn text(name: &str, meaning: &str) -> Self {
        Self { name: name.to_owned(), meaning: meaning.to_owned(), required: false, form: Form::Text(None) }
    }

    /// The same, never empty.
    pub(crate) fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// The same with texts of another form.
    pub(crate) fn form(self, form: Form) -> Self {
        Self { form, ..self }
    }
}

/// The schemas of the data files that tables hold.
pub(crate) struct Schemas {
    organization: Value,
    platform: Value,
    offering: Value,
    visits: Value,
}

impl Schemas {
    pub(crate) fn new() -> Self {
        Self {
            organization: annotated_schema(Document::Organization),
            platform: annotated_schema(Document::Platform),
            offering: annotated_schema(Document::Offering),
            visits: annotated_schema(Document::Visits),
        }
    }

    /// The columns of a table of [`crate::tables`].
    pub(crate) fn columns(&self, table: &Table<'_>, dimensions: &Dimensions) -> Vec<Column> {
        table.header.iter().map(|name| self.column(table, dimensions, name)).collect()
    }

    /// A column of a table of [`crate::tables`].
    pub(crate) fn column(&self, table: &Table<'_>, dimensions: &Dimensions, name: &str) -> Column {
        match table.name {
            "organizations" => field(&self.organization, &self.organization, name, name),
            "platforms" => field(&self.platform, &self.platform, name, name),
            "offerings" => self.of_offering(name),
            _ => self.of_cell(dimensions, name),
        }
    }

    /// A column of an offering.
    pub(crate) fn of_offering(&self, name: &str) -> Column {
        field(&self.offering, &self.offering, name, name)
    }

    /// A column of a cell, or of an evidence of one.
    pub(crate) fn of_cell(&self, dimensions: &Dimensions, name: &str) -> Column {
        let in_view = EvidenceField::ALL.into_iter().find(|field| field.name() == name);
        match (name, evidence_of_column(name).map(|(_, field)| field).or(in_view)) {
            ("owner", _) => {
                let meaning =
                    "The file that holds the cell: `organization:ID`, `platform:ID` or `offering:ID`.";
                Column::text(name, meaning).required().form(Form::Owner)
            }
            ("dimension", _) => {
                let ids = dimensions.iter().map(|dimension| dimension.id.text().to_owned()).collect();
                let meaning = "The question that the cell answers.";
                Column::text(name, meaning).required().form(Form::Dimension(ids))
            }
            ("n", _) => {
                let meaning = "The position of the source in its cell, counted from 1.";
                Column::text(name, meaning).required().form(Form::Integer)
            }
            ("seen", _) => {
                let states = Sighting::ALL.iter().map(|state| state.id().to_owned()).collect();
                let meaning = "What visits of machines say of the source since it was read.";
                Column::text(name, meaning).form(Form::OneOf(states))
            }
            ("seen_on", _) => Column::text(name, "The day of that visit.").form(Form::Date),
            (WHOLE_MARK, _) => Column::text(name, WHOLE_MEANING),
            (_, Some(evidence)) => {
                let (key, is_of_fetch) = evidence.key();
                let record = self.definition(if is_of_fetch { "Fetch" } else { "Evidence" });
                // A row may do without evidence, and without an attempt to read it.
                Column { required: false, ..field(&self.offering, record, key, name) }
            }
            ("headline", None) => {
                let limit = Form::Text(Some(model::MAX_HEADLINE_CHARACTERS));
                field(&self.offering, self.definition("Cell"), name, name).form(limit)
            }
            _ => field(&self.offering, self.definition("Cell"), name, name),
        }
    }

    /// A column of an exception, or of the cell that makes it.
    pub(crate) fn of_exception(&self, dimensions: &Dimensions, name: &str) -> Column {
        let exception = self.definition("Exception");
        match name {
            "n" => {
                let meaning = "The position of the exception in its cell, counted from 1.";
                Column::text(name, meaning).required().form(Form::Integer)
            }
            _ if exception["properties"].get(name).is_some() => field(&self.offering, exception, name, name),
            _ => self.of_cell(dimensions, name),
        }
    }

    /// A column of a visit.
    pub(crate) fn of_visit(&self, name: &str) -> Column {
        match name {
            "host" => Column::text(name, "The host of the page.").required(),
            "n" => {
                let meaning = "The position of the visit among those of its host, counted from 1.";
                Column::text(name, meaning).required().form(Form::Integer)
            }
            _ => field(&self.visits, &self.visits["$defs"]["Visit"], name, name),
        }
    }

    /// A record below those of the files.
    fn definition(&self, name: &str) -> &Value {
        &self.offering["$defs"][name]
    }
}

/// A column by the key of a record of the schema.
fn field(schema: &Value, record: &Value, key: &str, name: &str) -> Column {
    let property = &record["properties"][key];
    let form = match (property["type"].as_str(), reference(property)) {
        (Some("integer"), _) => Form::Integer,
        (Some("object"), _) => Form::Map,
        (Some("array"), _) => {
            let item = &property["items"];
            let about = reference(item).and_then(|name| schema["$defs"][name]["description"].as_str());
            Form::List(vocabulary(schema, item), about.map(str::to_owned))
        }
        (_, Some("Date")) => Form::Date,
        (_, Some("OrganizationId")) if key != "id" => Form::Organization,
        (_, Some("PlatformId")) if key != "id" => Form::Platform,
        _ => vocabulary(schema, property).map_or(Form::Text(None), Form::Term),
    };
    let names = record["required"].as_array();
    Column {
        required: names.is_some_and(|names| names.iter().any(|name| name == key)),
        ..Column::text(name, property["description"].as_str().unwrap_or_default()).form(form)
    }
}

/// The name of the definition that a property refers to.
fn reference(property: &Value) -> Option<&str> {
    property["$ref"].as_str()?.strip_prefix("#/$defs/")
}

fn vocabulary(schema: &Value, property: &Value) -> Option<Vocabulary> {
    let name = reference(property)?;
    let definition = &schema["$defs"][name];
    // "Label: what it says."
    let about = |id: &str| {
        let (_, meaning) = definition[VALUE_TEXTS][id].as_str()?.split_once(": ")?;
        Some(meaning.to_owned())
    };
    let ids = definition["enum"].as_array()?.iter().filter_map(Value::as_str);
    Some(Vocabulary { name: name.to_owned(), values: ids.map(|id| (id.to_owned(), about(id))).collect() })
}
