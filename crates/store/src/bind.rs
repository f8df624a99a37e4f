//! Subjects, values and edits of the registry as those of a TOML document.

use diagnostics::Edit;
use model::{Entity, FieldPath, Subject, Value};
use toml_splice::{Node, Path, Step, Toml};

/// Returns the path of a subject within its file; none for a dimension that is not there.
pub(crate) fn path(subject: &Subject, toml: &Toml<'_>) -> Option<Path> {
    let path = match (&subject.entity, &subject.dimension) {
        (Entity::Dimension(id), _) => Path::default().key("dimensions").index(place_of(id, toml)?),
        (_, Some(dimension)) => Path::default().key("cells").key(dimension),
        _ => Path::default(),
    };
    let field = subject.field.iter().flat_map(FieldPath::steps);
    Some(field.fold(path, |path, step| path.step(self::step(step))))
}

/// The place of a dimension in the list of `dimensions.toml`.
fn place_of(id: &str, toml: &Toml<'_>) -> Option<usize> {
    let list = toml.root().child(&Step::Key("dimensions".to_owned()))?;
    let of_dimension = Step::Key("id".to_owned());
    let is_stated = |dimension: Node<'_>| dimension.child(&of_dimension)?.text().map(|stated| stated == id);
    list.items()?.position(|dimension| is_stated(dimension) == Some(true))
}

fn step(step: &model::Step) -> Step {
    match step {
        model::Step::Key(key) => Step::Key(key.clone()),
        model::Step::Index(index) => Step::Index(*index),
    }
}

/// Returns a value as TOML writes it.
pub(crate) fn value(stated: &Value) -> toml_splice::Value {
    match stated {
        Value::Text(text) => toml_splice::Value::Text(text.clone()),
        Value::Bool(value) => toml_splice::Value::Bool(*value),
        Value::Integer(number) => toml_splice::Value::Integer(*number),
        Value::Decimal(number) => toml_splice::Value::Float(number.to_string()),
        Value::Date(date) => match date.to_string().parse() {
            Ok(date) => toml_splice::Value::Datetime(date),
            // TOML has no years before 0.
            Err(_) => toml_splice::Value::Text(date.to_string()),
        },
        Value::List(items) => toml_splice::Value::List(items.iter().map(value).collect()),
        Value::Table(fields) => {
            let fields = fields.iter().map(|(key, stated)| (key.clone(), value(stated)));
            toml_splice::Value::Table(fields.collect())
        }
    }
}

/// Returns an edit of a subject as one of its file; none for a dimension that is not
/// there, and for bytes.
pub(crate) fn edit(edit: &Edit, toml: &Toml<'_>) -> Option<toml_splice::Edit> {
    let path = path(edit.subject(), toml)?;
    Some(match edit {
        Edit::Splice(..) => return None,
        Edit::Set(_, stated) => toml_splice::Edit::Set(path, value(stated)),
        Edit::Remove(_) => toml_splice::Edit::Remove(path),
        Edit::Rename(_, name) => toml_splice::Edit::Rename(path, name.clone()),
        Edit::Replace(_, range, with) => toml_splice::Edit::Replace(path, range.clone(), with.clone()),
    })
}

/// Returns the subject of a value within another.
pub(crate) fn below(subject: &Subject, steps: &[Step]) -> Subject {
    let more = steps.iter().map(|step| match step {
        Step::Key(key) => model::Step::Key(key.clone()),
        Step::Index(index) => model::Step::Index(*index),
    });
    let field: FieldPath = subject.field.iter().flat_map(FieldPath::steps).cloned().chain(more).collect();
    Subject { field: (!field.steps().is_empty()).then_some(field), ..subject.clone() }
}
