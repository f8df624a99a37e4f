//! Reports texts, lists and tables beyond a limit, which are not checked any further.

use std::borrow::Cow;

use diagnostics::{Finding, Place, quoted};
use model::limits::MAX_HOST_CHARACTERS;
use model::{Entity, Step, Url};
use serde_json::{Map, Value};

use super::{BEYOND_LIMIT, Judge};
use crate::schema::Schema;

impl Schema {
    /// A document with every list and table empty that holds more than it may, and the findings about these:
    /// what is in them is judged no further.
    pub(super) fn within_limits<'j>(
        &self,
        owner: &Entity,
        json: &'j Value,
    ) -> (Cow<'j, Value>, Vec<Finding>) {
        let mut paths = Vec::new();
        self.find_beyond(self.node(&[]), json, &mut Vec::new(), &mut paths);
        if paths.is_empty() {
            return (Cow::Borrowed(json), Vec::new());
        }
        let judge = Judge { schema: self, owner, json };
        let findings = paths.iter().map(|path| judge.long_list(path)).collect();
        let mut within = json.clone();
        for path in &paths {
            match at_mut(&mut within, path) {
                Some(Value::Array(items)) => items.clear(),
                Some(Value::Object(entries)) => *entries = Map::new(),
                _ => {}
            }
        }
        (Cow::Owned(within), findings)
    }

    /// Finds the lists and tables that hold more than they may, and does not look into them.
    fn find_beyond(&self, node: &Value, json: &Value, path: &mut Vec<Step>, found: &mut Vec<Vec<Step>>) {
        let is_beyond =
            |keyword: &str, count: usize| node[keyword].as_u64().is_some_and(|most| count as u64 > most);
        match json {
            Value::Array(items) if is_beyond("maxItems", items.len()) => found.push(path.clone()),
            Value::Object(entries) if is_beyond("maxProperties", entries.len()) => found.push(path.clone()),
            Value::Array(items) => {
                let node = self.item(node);
                for (at, item) in items.iter().enumerate() {
                    path.push(Step::Index(at));
                    self.find_beyond(node, item, path, found);
                    path.pop();
                }
            }
            Value::Object(entries) => {
                for (key, value) in entries.iter().filter(|(_, value)| value.is_array() || value.is_object())
                {
                    path.push(Step::Key(key.clone()));
                    self.find_beyond(self.entry(node, key), value, path, found);
                    path.pop();
                }
            }
            _ => {}
        }
    }
}

impl Judge<'_> {
    /// A list or table with more in it than it may hold.
    fn long_list(&self, path: &[Step]) -> Finding {
        let (count, keyword, what) = match self.at(path) {
            Some(Value::Object(entries)) => (entries.len(), "maxProperties", "keys"),
            list => (list.and_then(Value::as_array).map_or(0, Vec::len), "maxItems", "items"),
        };
        let most = &self.schema.node(path)[keyword];
        let message = format!("{} has {count} {what}; the limit is {most}", self.name(path));
        self.finding(BEYOND_LIMIT, Place::key(self.subject(path)), message)
            .with_help("remove what is not needed: until then, nothing in it is read")
    }

    /// A text that is longer than it may be.
    pub(super) fn long_text(&self, path: &[Step]) -> Finding {
        let most = &self.schema.node(path)["maxLength"];
        let count = self.at(path).and_then(Value::as_str).unwrap_or_default().chars().count();
        let message = format!("{} has {count} characters; the limit is {most}", self.name(path));
        self.finding(BEYOND_LIMIT, Place::from(self.subject(path)), message)
            .with_help("shorten it: keep what a reader needs, and cite the page for the rest")
    }

    /// An address with a host that is longer than one may be.
    pub(super) fn long_host(&self, path: &[Step], text: &str) -> Option<Finding> {
        let is_address = self.schema.node(path)["pattern"] == Url::PATTERN;
        let (_, rest) = text.split_once("://").filter(|_| is_address)?;
        let count = rest.chars().position(|c| matches!(c, '/' | '?' | '#')).unwrap_or(rest.chars().count());
        (count > MAX_HOST_CHARACTERS).then(|| {
            let name = self.name(path);
            let message =
                format!("the host in {name} has {count} characters; the limit is {MAX_HOST_CHARACTERS}");
            self.finding(BEYOND_LIMIT, Place::from(self.subject(path)), message)
                .with_help("write the address as a browser shows it: no host can be longer (RFC 1035)")
        })
    }

    /// The keys of a table that are longer than they may be.
    pub(super) fn long_keys(&self, path: &[Step]) -> Vec<Finding> {
        let most = &self.schema.node(path)["propertyNames"]["maxLength"];
        let keys = self.at(path).and_then(Value::as_object).into_iter().flatten().map(|(key, _)| key);
        let counted = keys.map(|key| (key, key.chars().count()));
        let long = counted.filter(|(_, count)| most.as_u64().is_some_and(|most| *count as u64 > most));
        long.map(|(key, count)| {
            let mut at = path.to_vec();
            at.push(Step::Key(key.clone()));
            let (key, name) = (quoted(key), self.name(path));
            let message = format!("the key {key} of {name} has {count} characters; the limit is {most}");
            let place = Place::key(self.subject(&at));
            self.finding(BEYOND_LIMIT, place, message).with_help("give it a shorter name")
        })
        .collect()
    }
}

fn at_mut<'v>(json: &'v mut Value, path: &[Step]) -> Option<&'v mut Value> {
    path.iter().try_fold(json, |here, step| match step {
        Step::Key(key) => here.get_mut(key),
        Step::Index(index) => here.get_mut(*index),
    })
}
