//! The data of an offering for filter expressions, as values of CEL.

use std::collections::HashMap;

use cel::{Context, Value};
use export::{Edition, Grade, ResolvedOffering};
use model::{Answer, Date, FetchOutcome, Record as _, Resolved, Role, Vocabulary};

/// Lists that are empty where a cell does not state them.
const LISTS: [&str; 7] =
    ["confidence_reasons", "geography", "exceptions", "evidence", "reviews", "flags", "to_check"];
/// Maps that are empty where a cell does not state them.
const MAPS: [&str; 2] = ["facts", "parts"];

/// Fields of an offering that are null where they are not stated, since `has` asks of no variable.
const NULLABLE: [&str; 7] =
    ["name", "developer", "platform", "category", "model_family", "summary", "operator"];

/// The variables of an offering. What a cell does not state is not there, so that `has` can ask for it.
pub(super) fn context(edition: &Edition, one: &ResolvedOffering<'_>) -> Context<'static, 'static> {
    let (names, today) = (edition.names(), edition.day());
    let mut context = Context::default();
    NULLABLE.iter().for_each(|key| context.add_variable_from_value(*key, Value::Null));
    for (key, value) in one.offering.fields() {
        context.add_variable_from_value(key, to_cel(&value));
    }
    let platform = names.platform_of(one.offering);
    if let Some(operator) = platform.and_then(|(_, platform)| platform.operator.known()) {
        context.add_variable_from_value("operator", operator.to_string());
    }
    let id = |resolved: &Resolved<'_>| Value::from(resolved.dimension.id.text());
    let watch_outs: Vec<_> = one.answers.iter().filter(|answer| answer.is_watch_out()).map(id).collect();
    let settings: Vec<_> = one.answers.iter().filter(|answer| answer.is_setting_to_make()).map(id).collect();
    let doubted = |resolved: &&Resolved<'_>| {
        resolved.cell().is_some_and(|cell| !cell.doubts(resolved.dimension, today).is_empty())
    };
    let to_check: Vec<_> = one.answers.iter().filter(doubted).map(id).collect();
    context.add_variable_from_value("id", one.id);
    context.add_variable_from_value("to_check", to_check);
    context.add_variable_from_value("watch_outs", watch_outs);
    context.add_variable_from_value("settings_to_make", settings);
    let cells =
        one.answers.iter().map(|resolved| (resolved.dimension.id.text().to_owned(), cell(resolved, today)));
    context.add_variable_from_value("cells", cells.collect::<HashMap<_, _>>());
    context
}

/// The answer to one question.
fn cell(resolved: &Resolved<'_>, today: Date) -> Value {
    let empty = |key: &&str| ((*key).to_owned(), Value::from(Vec::<Value>::new()));
    let mut fields: HashMap<_, _> = LISTS.iter().map(empty).collect();
    fields.extend(MAPS.map(|key| (key.to_owned(), Value::from(HashMap::<String, Value>::new()))));
    fields.insert("own_reading".to_owned(), resolved.cell().is_some_and(model::Cell::has_own_reading).into());
    if let Answer::Cell(owner, cell) = &resolved.answer {
        fields.extend(cell.fields().iter().map(|(key, value)| ((*key).to_owned(), to_cel(value))));
        fields.insert("owner".to_owned(), owner.reference().unwrap_or_default().into());
        let evidence = cell.evidence.items().iter().map(evidence);
        fields.insert("evidence".to_owned(), evidence.collect::<Vec<_>>().into());
        let expires = cell.current_until(resolved.dimension);
        let days = [("as_of", cell.as_of()), ("expires", expires)];
        fields.extend(
            days.into_iter().filter_map(|(key, day)| Some((key.to_owned(), day?.to_string().into()))),
        );
        fields.extend(expires.map(|day| ("days_left".to_owned(), day.days_since(today).into())));
        let doubts = cell.doubts(resolved.dimension, today).into_iter().map(|doubt| Value::from(doubt.id()));
        fields.insert("to_check".to_owned(), doubts.collect::<Vec<_>>().into());
    }
    fields.insert("status".to_owned(), Grade::of(resolved).id().into());
    fields.into()
}

/// An evidence, with what it counts as where it does not say.
fn evidence(evidence: &model::Evidence) -> Value {
    let mut fields: HashMap<_, _> =
        evidence.fields().iter().map(|(key, value)| ((*key).to_owned(), to_cel(value))).collect();
    if evidence.role.is_absent() {
        fields.insert("role".to_owned(), Role::Secondary.id().into());
    }
    if evidence.fetch.is_absent() {
        let fetch = HashMap::from([("outcome", FetchOutcome::NotAttempted.id())]);
        fields.insert("fetch".to_owned(), fetch.into());
    }
    fields.into()
}

/// A date is the text `YYYY-MM-DD`, which sorts as days do.
fn to_cel(value: &model::Value) -> Value {
    match value {
        model::Value::Text(text) => text.as_str().into(),
        model::Value::Bool(value) => (*value).into(),
        model::Value::Integer(number) => (*number).into(),
        model::Value::Decimal(number) => number.to_f64().into(),
        model::Value::Date(date) => date.to_string().into(),
        model::Value::List(items) => items.iter().map(to_cel).collect::<Vec<_>>().into(),
        model::Value::Table(fields) => {
            fields.iter().map(|(key, value)| (key.clone(), to_cel(value))).collect::<HashMap<_, _>>().into()
        }
    }
}
