//! The questions, as data: `dimensions.toml`.

use std::collections::HashMap;

use schemars::JsonSchema;

use crate::limits::{MAX_DIMENSIONS, MAX_FACTS};
use crate::record::record;
use crate::{
    Condition, DimensionId, Fact, FactFormat, FactType, Geography, Key, Level, Mend, Optional, Required,
    Slug, Status, Strength, Tier,
};

record! {
    /// The file `dimensions.toml`.
    #[schemars(title = "Dimensions")]
    pub struct DimensionFile {
        /// The questions that every offering answers.
        #[schemars(extend("maxItems" = MAX_DIMENSIONS))]
        dimensions: Required<Vec<Dimension>>,
    }
}

record! {
    /// A question that every offering answers.
    pub struct Dimension (at most MAX_DIMENSIONS) {
        /// The id; cells use it as their key.
        id: Required<DimensionId>,
        /// A short name, for table headers.
        label: Required<String> as Name,
        /// The question, worded so that yes is the good answer.
        question: Required<String> as Title,
        /// The name of its page on the published site.
        slug: Required<Slug>,
        /// The group in which readers see it.
        group: Required<String> as Name,
        /// Which company it grades.
        level: Required<Level>,
        /// Its position among the dimensions, counted from 1.
        order: Required<i64>,
        /// Instructions for grading.
        guidance: Optional<String> as Guide,
        /// The parts of a compound question.
        #[schemars(extend("maxItems" = MAX_FACTS))]
        parts: Optional<Vec<Key>>,
        /// The number of days after its as-of date for which an answer is current; 180 by default.
        stale_after_days: Optional<i64>,
        /// The number of days before its last day from which on an answer is due soon; 30 by default.
        due_soon_days: Optional<i64>,
        /// The number of days after its last day from which on an answer is far past it, which is an error; by default
        /// twice `stale_after_days`.
        far_past_days: Optional<i64>,
        /// The declared facts. A cell may have others, too.
        #[schemars(extend("maxItems" = MAX_FACTS))]
        facts: Optional<Vec<FactSpec>>,
    }
}

record! {
    /// A declared fact of a dimension.
    pub struct FactSpec (at most MAX_FACTS) {
        /// Its key.
        key: Required<Key>,
        /// Its type.
        kind ("type"): Required<FactType>,
        /// The allowed values, if the text must be one of a list.
        one_of: Optional<Vec<String>> as Code,
        /// The format of the text.
        format: Optional<FactFormat>,
        /// The unit of a quantity: `days`.
        unit: Optional<String> as Code,
        /// The smallest plausible number.
        minimum: Optional<i64>,
        /// The largest plausible number.
        maximum: Optional<i64>,
        /// Whether the date may be in the future, like the end of a certificate.
        may_lie_ahead: Optional<bool>,
        /// The number of days for which a yes may rest on this date: 0 for the end of a certificate, 365 for the date of
        /// a report. The last days of recurring periods (`month_day`) count from the first one after the as-of date.
        valid_for_days: Optional<i64>,
        /// What the fact states.
        meaning: Required<String> as Remark,
        /// Keys that people write by mistake instead of this one.
        synonyms: Optional<Vec<Synonym>>,
        /// Other statements of the cell that contradict this fact, or make a reader doubt it.
        contradicts: Optional<Vec<Contradiction>>,
    }
}

record! {
    /// A key that people write by mistake instead of that of a declared fact.
    pub struct Synonym {
        /// The key.
        key: Required<Key>,
        /// How to convert it to the declared fact; `rename` by default.
        mend: Optional<Mend>,
        /// Applies only to values of this type.
        when: Optional<FactType>,
        /// Applies only to texts of this format.
        when_format: Optional<FactFormat>,
    }
}

/// A text or truth value in a contradiction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Literal {
    /// `true` or `false`.
    Bool(bool),
    /// A text.
    Text(String),
}

impl JsonSchema for Literal {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Literal".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": ["boolean", "string"], "description": "A text, or true or false." })
    }
}

impl Literal {
    /// Returns whether a fact has this value.
    pub fn matches(&self, fact: &Fact) -> bool {
        match (self, fact) {
            (Self::Bool(wanted), Fact::Bool(value)) => wanted == value,
            (Self::Text(wanted), Fact::Text(value)) => wanted == value,
            _ => false,
        }
    }
}

record! {
    /// A contradiction between a fact and the rest of its cell. It applies if the fact has `value` or meets `is`,
    /// and every other condition that is stated holds.
    pub struct Contradiction {
        /// How strong the contradiction is.
        level: Required<Strength>,
        /// The value of the fact.
        value: Optional<Literal> as Code,
        /// The condition that the fact must meet.
        is: Optional<Condition>,
        /// The status must be one of these.
        status: Optional<Vec<Status>>,
        /// The tier must be one of these.
        tier: Optional<Vec<Tier>>,
        /// The default must be one of these.
        default: Optional<Vec<crate::DefaultState>>,
        /// The default must be stated and be none of these.
        default_other_than: Optional<Vec<crate::DefaultState>>,
        /// The geography must include one of these.
        geography: Optional<Vec<Geography>>,
        /// The geography must include none of these.
        geography_without: Optional<Vec<Geography>>,
        /// The cell must state this other fact.
        fact: Optional<Key>,
        /// The other fact must have this value.
        fact_value: Optional<Literal> as Code,
        /// The cell must have no exceptions.
        without_exceptions: Optional<bool>,
        /// The developer of the offering must not be the operator of its platform.
        other_developer: Optional<bool>,
        /// One of the models that the fact lists must belong to the offering.
        own_model: Optional<bool>,
    }
}

impl Dimension {
    /// The declared fact with this key.
    pub fn fact(&self, key: &str) -> Option<&FactSpec> {
        self.facts.items().iter().find(|spec| spec.key.text() == key)
    }
}

/// A question with the id of another one, which counts in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeat {
    /// The id.
    pub id: DimensionId,
    /// The place in the file, from 0, of the question that counts.
    pub first: usize,
    /// The place of the other one.
    pub second: usize,
}

/// The dimensions, in their order, found by id.
#[derive(Debug, Clone, Default)]
pub struct Dimensions {
    list: Vec<Dimension>,
    by_id: HashMap<DimensionId, usize>,
    /// The dimensions that declare a fact, by its key.
    by_fact: HashMap<Key, Vec<usize>>,
    repeats: Vec<Repeat>,
    complete: bool,
}

impl Dimensions {
    /// Orders the dimensions of a file. Those whose id could not be read are left out, and make the
    /// set incomplete; of several with one id, the first in the file counts.
    pub fn new(file: DimensionFile) -> Self {
        let (stated, mut complete) = match file.dimensions {
            Required::Known(list) => (list, true),
            Required::Unread => (Vec::new(), false),
        };
        let (mut list, mut repeats) = (Vec::new(), Vec::new());
        let mut seen: HashMap<DimensionId, usize> = HashMap::new();
        for (at, dimension) in stated.into_iter().enumerate() {
            let Some(id) = dimension.id.known().cloned() else {
                complete = false;
                continue;
            };
            let first = *seen.entry(id.clone()).or_insert(at);
            if first == at {
                list.push(dimension);
            } else {
                repeats.push(Repeat { id, first, second: at });
            }
        }
        list.sort_by_key(|dimension| dimension.order.get().unwrap_or(i64::MAX));
        let by_id = list.iter().enumerate();
        let by_id = by_id.filter_map(|(at, dimension)| Some((dimension.id.known()?.clone(), at))).collect();
        let mut by_fact: HashMap<Key, Vec<usize>> = HashMap::new();
        for (at, dimension) in list.iter().enumerate() {
            for key in dimension.facts.items().iter().filter_map(|fact| fact.key.known()) {
                let declaring = by_fact.entry(key.clone()).or_default();
                if declaring.last() != Some(&at) {
                    declaring.push(at);
                }
            }
        }
        Self { list, by_id, by_fact, repeats, complete }
    }

    /// The questions that have the id of an earlier one, so that they do not count.
    pub fn repeats(&self) -> &[Repeat] {
        &self.repeats
    }

    /// The dimension with this id.
    pub fn get(&self, id: &str) -> Option<&Dimension> {
        self.by_id.get(id).map(|at| &self.list[*at])
    }

    /// The dimensions that declare a fact with this key, in their order.
    pub fn declaring(&self, key: &str) -> impl Iterator<Item = &Dimension> {
        self.by_fact.get(key).into_iter().flatten().map(|at| &self.list[*at])
    }

    /// All dimensions in their order.
    pub fn iter(&self) -> std::slice::Iter<'_, Dimension> {
        self.list.iter()
    }

    /// Returns whether every dimension of the file is here. If not, an id that is not found may still exist.
    pub fn is_complete(&self) -> bool {
        self.complete
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_with_one_id_the_first_counts() {
        let dimension = |label: &str| Dimension {
            id: "soc2_type2".parse::<DimensionId>().unwrap().into(),
            label: label.to_owned().into(),
            ..Dimension::default()
        };
        let file = DimensionFile { dimensions: vec![dimension("first"), dimension("second")].into() };
        let dimensions = Dimensions::new(file);
        assert_eq!(dimensions.iter().count(), 1);
        assert_eq!(dimensions.get("soc2_type2").unwrap().label.text(), "first");
        let id = "soc2_type2".parse().unwrap();
        assert_eq!(dimensions.repeats(), [Repeat { id, first: 0, second: 1 }]);
    }
}
