//! Finds what an expression names wrongly before it is evaluated: fields, dimensions, values, functions.

use std::ops::Range;

use cel::IdedExpr;
use cel::common::ast::{
    CallExpr, ComprehensionExpr, EntryExpr, Expr, LiteralValue, SelectExpr, SourceInfo, operators,
};
use diagnostics::{closest, one_of, quoted};
use model::{Date, Geography};
use serde_json::{Map, Value};

use super::bounds::{MAX_LOOPS, affordable, loops};
use super::fault::{Fault, floor};
use super::shape::{Shape, is_day, keys, properties, quotes, values};

/// The functions of CEL that are offered, besides the loops.
const FUNCTIONS: [&str; 12] = [
    "bool",
    "bytes",
    "contains",
    "double",
    "dyn",
    "endsWith",
    "int",
    "size",
    "startsWith",
    "string",
    "type",
    "uint",
];
/// What is written as a function but is read as a part of the language, with its form.
const MACROS: [(&str, &str); 7] = [
    ("has", "has(cells.DIMENSION.tier)"),
    ("all", "evidence.all(one, CONDITION)"),
    ("exists", "evidence.exists(one, CONDITION)"),
    ("exists_one", "evidence.exists_one(one, CONDITION)"),
    ("existsOne", "evidence.existsOne(one, CONDITION)"),
    ("filter", "evidence.filter(one, CONDITION)"),
    ("map", "evidence.map(one, EXPRESSION)"),
];
/// The operators that compare two values.
const ORDERS: [&str; 6] = [
    operators::EQUALS,
    operators::NOT_EQUALS,
    operators::LESS,
    operators::LESS_EQUALS,
    operators::GREATER,
    operators::GREATER_EQUALS,
];
/// The names of types, to compare with what `type` gives.
const TYPES: [&str; 9] = ["bool", "bytes", "double", "int", "list", "map", "null_type", "string", "uint"];

/// Checks an expression against the schema of what it may name.
pub(super) fn check(
    text: &str,
    expression: &IdedExpr,
    source: &SourceInfo,
    fields: &Value,
) -> Result<(), Fault> {
    affordable(expression, text.len())?;
    let mut checker = Checker { text, source, fields, variables: Vec::new() };
    checker.shape(expression)?;
    Ok(())
}

struct Checker<'a> {
    text: &'a str,
    source: &'a SourceInfo,
    fields: &'a Value,
    /// The variables of the loops around, innermost last.
    variables: Vec<(&'a str, Shape<'a>)>,
}

impl<'a> Checker<'a> {
    /// Checks an expression and says what is known of its value.
    fn shape(&mut self, expression: &'a IdedExpr) -> Result<Shape<'a>, Fault> {
        match &expression.expr {
            Expr::Ident(name) => self.variable(name, self.place(expression)),
            Expr::Select(select) => self.select(select),
            Expr::Call(call) => self.call(expression, call),
            Expr::Comprehension(comprehension) => self.comprehension(expression, comprehension),
            Expr::List(list) => {
                list.elements.iter().try_for_each(|element| self.shape(element).map(drop))?;
                Ok(Shape::Any)
            }
            Expr::Map(map) => self.entries(map.entries.iter().map(|entry| &entry.expr)),
            Expr::Struct(object) => self.entries(object.entries.iter().map(|entry| &entry.expr)),
            Expr::Literal(_) | Expr::Unspecified => Ok(Shape::Any),
        }
    }

    fn entries(&mut self, entries: impl Iterator<Item = &'a EntryExpr>) -> Result<Shape<'a>, Fault> {
        for entry in entries {
            match entry {
                EntryExpr::StructField(field) => drop(self.shape(&field.value)?),
                EntryExpr::MapEntry(entry) => {
                    self.shape(&entry.key)?;
                    self.shape(&entry.value)?;
                }
            }
        }
        Ok(Shape::Any)
    }

    fn variable(&self, name: &str, place: Range<usize>) -> Result<Shape<'a>, Fault> {
        if let Some((_, shape)) = self.variables.iter().rev().find(|(variable, _)| *variable == name) {
            return Ok(shape.clone());
        }
        let fields = properties(self.fields);
        if let Some(field) = fields.and_then(|fields| fields.get(name)) {
            return Ok(self.described(field));
        }
        if TYPES.contains(&name) {
            return Ok(Shape::Any);
        }
        let dimensions = properties(&self.fields["properties"]["cells"]);
        let of_cell = properties(&self.fields["$defs"]["Cell"]);
        let is_in = |map: Option<&Map<String, Value>>| map.is_some_and(|map| map.contains_key(name));
        let help = if is_in(dimensions) {
            format!("it is a dimension: write `cells.{name}`")
        } else if is_in(of_cell) {
            format!("it is a field of a cell: write `cells.DIMENSION.{name}`")
        } else if let Some(meant) = closest(name, keys(fields)) {
            format!("did you mean `{meant}`?")
        } else if let Some(meant) = closest(name, keys(dimensions)) {
            format!("did you mean `cells.{meant}`?")
        } else {
            format!("there are {}", one_of(keys(fields)).replace(" or ", " and "))
        };
        Err(Fault::new(format!("there is no name {}: {help}", quoted(name)), place))
    }

    fn select(&mut self, select: &'a SelectExpr) -> Result<Shape<'a>, Fault> {
        let operand = self.shape(&select.operand)?;
        self.member(&operand, &select.field, || self.field_place(select))
    }

    /// The field of a value.
    fn member(
        &self,
        of: &Shape<'a>,
        field: &str,
        place: impl Fn() -> Range<usize>,
    ) -> Result<Shape<'a>, Fault> {
        let schema = match of {
            Shape::Any => return Ok(Shape::Any),
            Shape::KeyOf(_) => {
                return Err(Fault::new(format!("a text has no field {}", quoted(field)), place()));
            }
            Shape::List(_) => return Err(no_field_of_list(field, place())),
            Shape::Schema(schema) => *schema,
        };
        let Some(known) = properties(schema) else {
            return match schema["type"].as_str() {
                Some("array") => Err(no_field_of_list(field, place())),
                Some("string") => Err(Fault::new(format!("a text has no field {}", quoted(field)), place())),
                _ => Ok(Shape::Any),
            };
        };
        if let Some(found) = known.get(field) {
            return Ok(self.described(found));
        }
        let meant = closest(field, keys(Some(known)));
        let help = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None if known.is_empty() => "nothing is declared or stated here".to_owned(),
            None => format!("write {}", one_of(keys(Some(known)))),
        };
        Err(Fault::new(format!("there is no name {} here: {help}", quoted(field)), place()))
    }

    fn call(&mut self, expression: &'a IdedExpr, call: &'a CallExpr) -> Result<Shape<'a>, Fault> {
        let name = call.func_name.as_str();
        let is_function =
            name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && !name.starts_with("_");
        if is_function && !FUNCTIONS.contains(&name) {
            return Err(self.unknown_function(expression, call));
        }
        if let Some(target) = &call.target {
            self.shape(target)?;
        }
        let shapes = call.args.iter().map(|argument| self.shape(argument)).collect::<Result<Vec<_>, _>>();
        let (name, [left, right]) = (name, call.args.as_slice()) else { return shapes.map(|_| Shape::Any) };
        // A value without quotes would be reported as an unknown name.
        let shapes = shapes.map_err(|fault| self.unquoted(left, right).unwrap_or(fault))?;
        match name {
            operators::EQUALS | operators::NOT_EQUALS => {
                self.value(&shapes[0], right)?;
                self.value(&shapes[1], left)?;
            }
            operators::IN => match (&right.expr, &shapes[1]) {
                (Expr::List(list), _) => {
                    list.elements.iter().try_for_each(|element| self.value(&shapes[0], element))?;
                }
                (_, list) => self.value(&self.item(list), left)?,
            },
            operators::INDEX => return self.index(&shapes[0], right),
            _ => {}
        }
        if ORDERS.contains(&name) {
            self.day(&shapes[0], right)?;
            self.day(&shapes[1], left)?;
        }
        Ok(Shape::Any)
    }

    /// The item or entry of a value at an index.
    fn index(&self, of: &Shape<'a>, index: &'a IdedExpr) -> Result<Shape<'a>, Fault> {
        match (&index.expr, of) {
            (Expr::Literal(LiteralValue::String(key)), _) => {
                self.member(of, key.inner(), || self.place(index))
            }
            (_, Shape::Schema(schema)) if properties(schema).is_some() => {
                Ok(schema.get("additionalProperties").map_or(Shape::Any, |each| self.described(each)))
            }
            _ => Ok(self.item(of)),
        }
    }

    fn comprehension(
        &mut self,
        expression: &'a IdedExpr,
        comprehension: &'a ComprehensionExpr,
    ) -> Result<Shape<'a>, Fault> {
        if loops(expression) > MAX_LOOPS {
            let message = format!("at most {MAX_LOOPS} loops may be in or after each other");
            return Err(Fault::new(message, self.place(expression)));
        }
        let range = self.shape(&comprehension.iter_range)?;
        let item = self.item(&range);
        self.variables.push((&comprehension.iter_var, item.clone()));
        self.variables.push((&comprehension.accu_var, Shape::Any));
        for part in [
            &comprehension.accu_init,
            &comprehension.loop_cond,
            &comprehension.loop_step,
            &comprehension.result,
        ] {
            self.shape(part)?;
        }
        self.variables.truncate(self.variables.len() - 2);
        // `filter` keeps items as they are.
        let keeps = matches!(&comprehension.loop_step.expr, Expr::Call(step) if step.func_name == operators::CONDITIONAL);
        Ok(if keeps { Shape::List(Box::new(item)) } else { Shape::Any })
    }

    /// The items of a list, or the keys of a map.
    fn item(&self, of: &Shape<'a>) -> Shape<'a> {
        match of {
            Shape::List(item) => (**item).clone(),
            Shape::Schema(schema) => match (properties(schema), schema.get("items")) {
                (Some(fields), _) => Shape::KeyOf(fields),
                (None, Some(items)) => self.described(items),
                (None, None) => Shape::Any,
            },
            _ => Shape::Any,
        }
    }

    /// Checks a literal that is compared with a value of this shape.
    fn value(&self, shape: &Shape<'a>, literal: &'a IdedExpr) -> Result<(), Fault> {
        let Expr::Literal(literal_value) = &literal.expr else { return Ok(()) };
        let Some(values) = values(shape) else { return Ok(()) };
        if matches!(literal_value, LiteralValue::Null) {
            return Ok(());
        }
        let LiteralValue::String(written) = literal_value else {
            let message = format!(
                "a text is required here: write {}",
                one_of(quotes(&values).iter().map(String::as_str))
            );
            return Err(Fault::new(message, self.place(literal)));
        };
        let written = written.inner();
        if values.contains(&written) {
            return Ok(());
        }
        // `UK` for `GB`: too far apart to be found by spelling.
        let country =
            || Geography::meant_by(written).map(Geography::code).filter(|code| values.contains(code));
        let help = match closest(written, values.iter().copied()).or_else(country) {
            Some(meant) => format!("did you mean `\"{meant}\"`?"),
            None => format!("write {}", one_of(quotes(&values).iter().map(String::as_str))),
        };
        Err(Fault::new(
            format!("{} is not a possible value here: {help}", quoted(written)),
            self.place(literal),
        ))
    }

    /// Checks a literal that is compared with a day. Days are compared as texts, which is right for one form
    /// alone.
    fn day(&self, shape: &Shape<'a>, literal: &'a IdedExpr) -> Result<(), Fault> {
        let (true, Expr::Literal(LiteralValue::String(written))) = (is_day(shape), &literal.expr) else {
            return Ok(());
        };
        match written.inner().parse::<Date>() {
            Ok(_) => Ok(()),
            Err(error) => Err(Fault::new(error.to_string(), self.place(literal))),
        }
    }

    /// The fault of a value that lacks its quotes: `cells.hipaa_baa.status == yes_public`.
    fn unquoted(&mut self, left: &'a IdedExpr, right: &'a IdedExpr) -> Option<Fault> {
        for (value, word) in [(left, right), (right, left)] {
            let Expr::Ident(name) = &word.expr else { continue };
            let Ok(shape) = self.shape(value) else { continue };
            if values(&shape).is_some_and(|values| values.contains(&name.as_str())) {
                let message = format!("{} is a text: write `\"{name}\"`", quoted(name));
                return Some(Fault::new(message, self.place(word)));
            }
        }
        None
    }

    fn unknown_function(&self, expression: &IdedExpr, call: &CallExpr) -> Fault {
        let name = call.func_name.as_str();
        let before = self.place(expression).start;
        let place = self.text[..before].rfind(name).map_or(before..before + 1, |at| at..at + name.len());
        if let Some((_, form)) = MACROS.iter().find(|(macro_name, _)| *macro_name == name) {
            return Fault::new(format!("write {} as `{form}`", quoted(name)), place);
        }
        let known = FUNCTIONS.into_iter().chain(MACROS.iter().map(|(name, _)| *name));
        let help = match closest(name, known.clone()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => {
                format!("there are {}", known.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "))
            }
        };
        Fault::new(format!("there is no function {}: {help}", quoted(name)), place)
    }

    /// What a schema says, behind a reference.
    fn described(&self, schema: &'a Value) -> Shape<'a> {
        let definition = schema["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/"));
        Shape::Schema(definition.map_or(schema, |name| &self.fields["$defs"][name]))
    }

    /// The place of a part of the expression.
    fn place(&self, expression: &IdedExpr) -> Range<usize> {
        match self.source.offset_for(expression.id) {
            Some((start, last)) => {
                let start = floor(self.text, start as usize);
                let end = floor(self.text, last as usize + 1).max(start);
                start..end
            }
            None => 0..self.text.len(),
        }
    }

    /// The place of the name of a selected field: after the value that has it.
    fn field_place(&self, select: &SelectExpr) -> Range<usize> {
        let from = match &select.operand.expr {
            Expr::Select(operand) => self.field_place(operand).end,
            _ => self.place(&select.operand).end,
        };
        let name = select.field.as_str();
        let at = self.text.get(from..).and_then(|rest| rest.find(name));
        at.map_or(from..from, |at| from + at..from + at + name.len())
    }
}

fn no_field_of_list(field: &str, place: Range<usize>) -> Fault {
    Fault::new(format!("a list has no field {}: write `exists(one, one.{field} == …)`", quoted(field)), place)
}
