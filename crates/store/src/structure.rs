//! Structural findings: what the JSON Schema refuses, in the registry's words.

mod below;
mod beyond;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use diagnostics::{Applicability, Edit, Finding, Guess, Place, RuleId, Severity, guess, one_of, quoted};
use jsonschema::error::ValidationErrorKind as Kind;
use model::limits::MAX_FINDINGS;
use model::{
    BaseUrl, Date, DimensionId, Document, Entity, FieldPath, Geography, Step, Subject, Url, days_meant,
    no_such_day, wide_blank,
};
use serde_json::{Value, json};

use crate::schema::{Schema, key_of};

/// A key that the structure does not know.
pub(crate) const UNKNOWN_KEY: RuleId = RuleId("schema/unknown-key");
/// A key that the structure demands.
pub(crate) const MISSING_KEY: RuleId = RuleId("schema/missing-key");
/// A value of another type.
pub(crate) const WRONG_TYPE: RuleId = RuleId("schema/wrong-type");
/// A value outside its vocabulary.
pub(crate) const UNKNOWN_VALUE: RuleId = RuleId("schema/unknown-value");
/// A text of another form.
pub(crate) const BAD_FORMAT: RuleId = RuleId("schema/bad-format");

/// A text, list or table beyond its limit.
pub(crate) const BEYOND_LIMIT: RuleId = RuleId("schema/beyond-limit");

/// Everything that the schema refuses in a document, one finding a cause. Of very many, the first.
///
/// `owner` is whom the file is about; a dimension of `dimensions.toml` is found by its id.
pub fn structural_findings(document: Document, owner: &Entity, json: &Value) -> Vec<Finding> {
    let schema = Schema::of(document);
    let (within, mut findings) = schema.within_limits(owner, json);
    let mut all = refused(schema, owner, &within);
    findings.append(&mut all);
    cap(&mut findings);
    findings
}

/// Everything that the schema refuses in a document whose lists and tables are within their limits.
fn refused(schema: &Schema, owner: &Entity, json: &Value) -> Vec<Finding> {
    let judge = Judge { schema, owner, json };
    // One value can fail several keywords (a number fails both `type` and `enum`): the first says it.
    let mut values: BTreeMap<Vec<Step>, (u8, Finding)> = BTreeMap::new();
    let mut findings = Vec::new();
    let (mut missing, mut meant) = (Vec::new(), Vec::new());
    let mut long_keys = BTreeSet::new();
    for error in schema.validator().iter_errors(json) {
        if findings.len() + missing.len() + values.len() > MAX_FINDINGS {
            break;
        }
        let path = steps(error.instance_path().as_str(), json);
        match error.kind() {
            Kind::Required { property } => {
                missing.push((path, property.as_str().unwrap_or_default().to_owned()));
            }
            Kind::AdditionalProperties { unexpected } => {
                let (strays, unexpected) = judge.strays(&path, unexpected);
                if let Some((finding, moved)) = strays {
                    findings.push(finding);
                    meant.extend(moved);
                }
                let unexpected = || unexpected.iter().take(MAX_FINDINGS + 1).copied();
                let guesses = unexpected().filter_map(|key| judge.meant_by(&path, key));
                meant.extend(guesses.map(|guess| (path.clone(), guess.meant.to_owned())));
                findings.extend(unexpected().map(|key| judge.unknown_key(&path, key)));
            }
            Kind::PropertyNames { .. } => drop(long_keys.insert(path)),
            kind => {
                let rank = match kind {
                    Kind::Type { .. } => 0,
                    Kind::Enum { .. } => 1,
                    Kind::MaxLength { .. } => 2,
                    _ => 3,
                };
                let finding = match rank {
                    0 => judge.wrong_type(&path),
                    1 => judge.unknown_value(&path),
                    2 => judge.long_text(&path),
                    _ => judge.bad_format(&path),
                };
                if values.get(&path).is_none_or(|(known, _)| rank < *known) {
                    values.insert(path, (rank, finding));
                }
            }
        }
    }
    // A misspelt key is not missing.
    let meant: HashSet<_> = meant.into_iter().collect();
    missing.retain(|lack| !meant.contains(lack));
    findings.extend(missing.iter().map(|(path, key)| judge.missing_key(path, key)));
    findings.extend(long_keys.iter().flat_map(|path| judge.long_keys(path)));
    findings.extend(values.into_values().map(|(_, finding)| finding));
    findings
}

/// Keeps as many findings of a file as are listed, and says with the last that there are more.
pub(crate) fn cap(findings: &mut Vec<Finding>) {
    if findings.len() <= MAX_FINDINGS {
        return;
    }
    findings.truncate(MAX_FINDINGS);
    if let Some(last) = findings.last_mut() {
        let help = last.help.take().unwrap_or_default();
        last.help =
            Some(format!("{help}; the file has more faults, which are listed after you correct these"));
    }
}

/// The steps of a JSON Pointer (RFC 6901); whether one is a key or an index, the document says.
fn steps(pointer: &str, json: &Value) -> Vec<Step> {
    let mut here = json;
    let mut steps = Vec::new();
    for segment in pointer.split('/').skip(1) {
        let segment = segment.replace("~1", "/").replace("~0", "~");
        match (here, segment.parse::<usize>()) {
            (Value::Array(items), Ok(index)) => {
                here = items.get(index).unwrap_or(&Value::Null);
                steps.push(Step::Index(index));
            }
            _ => {
                here = here.get(&segment).unwrap_or(&Value::Null);
                steps.push(Step::Key(segment));
            }
        }
    }
    steps
}

/// Says what was probably meant; the fix writes it where no other guess is as good, and is safe where
/// it is no guess at all.
fn suggest(finding: Finding, guess: Guess<'_>, help: String, edit: impl FnOnce(&str) -> Edit) -> Finding {
    let finding = finding.with_help(help);
    if !guess.is_alone {
        return finding;
    }
    finding.with_fix(
        format!("write `{}`", guess.meant),
        Applicability::safe_if(guess.is_sure),
        vec![edit(guess.meant)],
    )
}

/// Words the faults of one document.
struct Judge<'a> {
    schema: &'a Schema,
    owner: &'a Entity,
    json: &'a Value,
}

impl Judge<'_> {
    fn missing_key(&self, path: &[Step], key: &str) -> Finding {
        let mut at = path.to_vec();
        at.push(Step::Key(key.to_owned()));
        let node = self.schema.node(&at);
        let subject = self.subject(&at);
        let message = format!("{} lacks `{key}`", self.name(path));
        let mut help = format!("add `{key} = …`: {}", self.wanted(node));
        if let Some(about) = self.schema.node(path)["properties"][key]["description"].as_str() {
            help = format!("{help} ({})", about.trim_end_matches('.'));
        }
        self.finding(MISSING_KEY, Place::missing(subject), message).with_help(help)
    }

    fn unknown_key(&self, path: &[Step], key: &str) -> Finding {
        let mut at = path.to_vec();
        at.push(Step::Key(key.to_owned()));
        let subject = self.subject(&at);
        let node = self.schema.node(path);
        let Some(properties) = node["properties"].as_object() else {
            let form = if path.is_empty() { "" } else { DimensionId::FORM };
            let message = format!("the key {} of {} is not in snake_case", quoted(key), self.name(path));
            return self
                .finding(BAD_FORMAT, Place::key(subject), message)
                .with_help(format!("write it in {form}"));
        };
        let message = format!("{} has the unknown key {}", self.name(path), quoted(key));
        let finding = self.finding(UNKNOWN_KEY, Place::key(subject.clone()), message);
        match self.meant_by(path, key) {
            Some(guess) => suggest(finding, guess, format!("did you mean `{}`?", guess.meant), |meant| {
                Edit::Rename(subject, meant.to_owned())
            }),
            None => {
                finding.with_help(format!("it may have {}", one_of(properties.keys().map(String::as_str))))
            }
        }
    }

    /// The key that an unknown one of a table may mean: the closest of the missing ones.
    fn meant_by(&self, path: &[Step], key: &str) -> Option<Guess<'_>> {
        let stated = self.at(path).and_then(Value::as_object);
        let keys = self.schema.keys(path.iter().map(key_of));
        guess(key, keys.into_iter().filter(|name| stated.is_none_or(|stated| !stated.contains_key(*name))))
    }

    fn wrong_type(&self, path: &[Step]) -> Finding {
        let node = self.schema.node(path);
        let found = match self.at(path) {
            Some(Value::String(text)) if text.parse::<Date>().is_ok() => "a date",
            Some(Value::String(_)) => "a text",
            Some(Value::Number(_)) => "a number",
            Some(Value::Bool(_)) => "true or false",
            Some(Value::Array(_)) => "a list",
            Some(Value::Object(_)) => "a table",
            Some(Value::Null) | None if node["format"] == "date" => "a date with a time, or no date",
            Some(Value::Null) | None => "a time, an infinite number or one that is too large",
        };
        let message = format!("{} is {found}", self.name(path));
        let subject = self.subject(path);
        let finding = self
            .finding(WRONG_TYPE, Place::from(subject.clone()), message)
            .with_help(format!("write {}", self.example(path, node).unwrap_or_else(|| self.wanted(node))));
        match self.at(path).and_then(Value::as_str).and_then(|text| self.typed(node, text)) {
            Some((title, value)) => {
                finding.with_fix(title, Applicability::Safe, vec![Edit::Set(subject, value)])
            }
            None => finding,
        }
    }

    /// The value that a text in quotes is beyond doubt, where the schema wants another type.
    fn typed(&self, node: &Value, text: &str) -> Option<(&'static str, model::Value)> {
        match node["type"].as_str()? {
            "integer" => {
                let number: i64 = text.parse().ok()?;
                (number.to_string() == text).then_some(("remove the quotes", model::Value::Integer(number)))
            }
            "boolean" => Some(("remove the quotes", model::Value::Bool(text.parse().ok()?))),
            "array" if self.schema.deref(&node["items"])["type"] == "string" => {
                let is_one = !text.trim().is_empty() && !text.contains([',', ';', '\n']);
                is_one.then(|| ("make it a list with one item", model::Value::texts([text])))
            }
            _ => None,
        }
    }

    /// A table as it may be written where a text is, with that text where it belongs: a `fetch` with the
    /// outcome, the day and the way of reading.
    fn example(&self, path: &[Step], node: &Value) -> Option<String> {
        let text = self.at(path)?.as_str()?;
        let Some(Step::Key(key)) = path.last().filter(|step| key_of(step) == Some("fetch")) else {
            return None;
        };
        let values = |name: &str| {
            let values = self.schema.deref(&node["properties"][name])["enum"].as_array();
            values.into_iter().flatten().filter_map(Value::as_str)
        };
        let value = |name: &str| {
            values(name)
                .find(|value| *value == text)
                .or_else(|| values(name).next())
                .map(|value| format!("\"{value}\""))
        };
        let days = days_meant(text);
        let on = if let [day] = days.as_slice() { day.to_string() } else { "…".to_owned() };
        let (outcome, via) = (value("outcome")?, value("via")?);
        Some(format!("`{key} = {{ outcome = {outcome}, on = {on}, via = {via} }}`"))
    }

    fn unknown_value(&self, path: &[Step]) -> Finding {
        let node = self.schema.node(path);
        let text = self.at(path).and_then(Value::as_str).unwrap_or_default();
        let values = || node["enum"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let subject = self.subject(path);
        let message = format!("{} has the unknown value {}", self.name(path), quoted(text));
        let finding = self.finding(UNKNOWN_VALUE, Place::from(subject.clone()), message);
        let is_geography = values().any(|value| value == Geography::GLOBAL.code());
        let meant = if is_geography {
            // Two letters are too close to too many others to be guessed.
            Geography::meant_by(text).map(|meant| Guess {
                meant: meant.code(),
                is_alone: true,
                is_sure: !Geography::is_ambiguous(text),
            })
        } else {
            // A label has commas where an id has none.
            guess(&text.replace(',', ""), values())
        };
        match meant {
            Some(guess) => {
                let help = format!("did you mean `{}`? It may be {}", guess.meant, one_of(values()));
                suggest(finding, guess, help, |meant| Edit::Set(subject, meant.into()))
            }
            None if text.eq_ignore_ascii_case("yes") && values().any(|value| value == "yes_public") => finding
                .with_help(
                    "write `yes_public` where anyone can read it, and `yes_sales_gated` where it needs an account or a request",
                ),
            None => finding.with_help(format!("write {}", one_of(values()))),
        }
    }

    fn bad_format(&self, path: &[Step]) -> Finding {
        let node = self.schema.node(path);
        let text = self.at(path).and_then(Value::as_str).unwrap_or_default();
        if let Some(finding) = self.long_host(path, text) {
            return finding;
        }
        let place = Place::from(self.subject(path));
        let is_address = [Url::PATTERN, BaseUrl::PATTERN].iter().any(|pattern| node["pattern"] == *pattern);
        if let Some(blank) = wide_blank(text).filter(|_| is_address) {
            let message = format!("{} holds U+{:04X}, a blank", self.name(path), u32::from(blank));
            return self.finding(BAD_FORMAT, place, message).with_help("remove it: an address has no spaces");
        }
        let is_date = node["format"] == "date";
        let message = format!("{} is {}", self.name(path), quoted(text));
        if let Some(why) = no_such_day(text).filter(|_| is_date) {
            let message = format!("{message}, which is no day: {why}");
            let help = "write the day that is meant: year, month and day, without quotes";
            return self.finding(BAD_FORMAT, place, message).with_help(help);
        }
        let finding = self.finding(BAD_FORMAT, place, message);
        let meant = if is_date { days_meant(text) } else { Vec::new() };
        match meant.as_slice() {
            [day] => finding.with_help(format!("write {day}: year, month and day, without quotes")).with_fix(
                format!("write {day}"),
                Applicability::Safe,
                vec![Edit::Set(self.subject(path), model::Value::Date(*day))],
            ),
            [one, other, ..] => finding.with_help(format!("write {one} or {other}, whichever is meant")),
            [] if is_address && text.trim() != text => {
                finding.with_help("delete the blanks at its ends: an address has none").with_fix(
                    "delete them",
                    Applicability::Safe,
                    vec![Edit::Set(self.subject(path), text.trim().into())],
                )
            }
            [] => finding.with_help(format!("write {}", self.wanted(node))),
        }
    }

    fn finding(&self, rule: RuleId, place: Place, message: String) -> Finding {
        Finding::new(rule, Severity::Error, place, message)
    }

    /// What a part of the schema wants, in words.
    fn wanted(&self, node: &Value) -> String {
        if let Some(values) = node["enum"].as_array() {
            return one_of(values.iter().filter_map(Value::as_str));
        }
        if node["pattern"].is_string() {
            let about = node["description"].as_str().unwrap_or_default().trim_end_matches('.');
            let mut words = about.chars();
            let lower = words.next().map(|first| first.to_lowercase().chain(words).collect::<String>());
            return lower.unwrap_or_default();
        }
        match node["type"].as_str() {
            Some("string") => "a text between quotes".to_owned(),
            Some("integer") => "a whole number".to_owned(),
            Some("boolean") => "true or false".to_owned(),
            Some("array") => match self.schema.deref(&node["items"])["type"].as_str() {
                Some("object") => "a list of tables".to_owned(),
                _ => "a list of texts, `[\"…\", \"…\"]`".to_owned(),
            },
            Some("object") => "a table".to_owned(),
            _ if node["type"] == json!(["string", "array"]) => "a text, or a list of texts".to_owned(),
            _ if node["type"] == json!(["string", "object"]) => "a text, or a table of texts".to_owned(),
            _ if node["type"].as_array().is_some_and(|types| types.len() == 2) => {
                "a text, or true or false".to_owned()
            }
            _ => "true or false, a number, a date, a text, or a list of texts".to_owned(),
        }
    }

    fn at(&self, path: &[Step]) -> Option<&Value> {
        path.iter().try_fold(self.json, |here, step| match step {
            Step::Key(key) => here.get(key),
            Step::Index(index) => here.get(index),
        })
    }

    /// What a path in the document is about.
    fn subject(&self, path: &[Step]) -> Subject {
        let (subject, rest) = self.owner_at(path);
        match rest {
            [] => subject,
            rest => subject.with(rest.iter().cloned().collect::<FieldPath>()),
        }
    }

    /// The cell, dimension or entity that holds a path, and the rest of the path within it.
    fn owner_at<'p>(&self, path: &'p [Step]) -> (Subject, &'p [Step]) {
        match path {
            [Step::Key(cells), Step::Key(id), rest @ ..]
                if cells == "cells" && id.parse::<DimensionId>().is_ok() =>
            {
                (Subject::cell(self.owner.clone(), id.clone()), rest)
            }
            [Step::Key(dimensions), Step::Index(at), rest @ ..] if dimensions == "dimensions" => {
                match self.json["dimensions"][at]["id"].as_str() {
                    Some(id) if id.parse::<DimensionId>().is_ok() => {
                        (Subject::entity(Entity::Dimension(id.to_owned())), rest)
                    }
                    _ => (Subject::entity(self.owner.clone()), path),
                }
            }
            path => (Subject::entity(self.owner.clone()), path),
        }
    }

    /// What is at a path, in words: "`status` of cell `soc2_type2` of offering `acme`".
    fn name(&self, path: &[Step]) -> String {
        let (subject, rest) = self.owner_at(path);
        let owner = match &subject.entity {
            Entity::Registry => "the registry".to_owned(),
            Entity::File(path) => quoted(path),
            entity => format!("{} {}", entity.kind(), quoted(entity.id())),
        };
        let owner = match &subject.dimension {
            Some(dimension) => format!("cell `{dimension}` of {owner}"),
            None => owner,
        };
        match rest {
            [] => owner,
            rest => {
                format!("{} of {owner}", quoted(&rest.iter().cloned().collect::<FieldPath>().to_string()))
            }
        }
    }
}
