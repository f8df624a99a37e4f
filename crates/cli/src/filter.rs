//! Filter expressions: for which offerings an expression of the Common Expression Language
//! (<https://cel.dev>) holds.
//!
//! The expression may be a stranger's. Its length, nesting and loops are bounded, and it is read and
//! evaluated on a thread whose stack has room for what these bounds allow.

mod bounds;
mod check;
mod context;
mod fault;
mod fields;
mod shape;

use std::thread;

use cel::{ExecutionError, Program, Value};
use diagnostics::printable;
use export::{Edition, ResolvedOffering};

pub(crate) use self::fault::Fault;

/// The stack of the thread. The deepest expression within the bounds takes a quarter of it; memory
/// that is not touched is not taken.
const STACK_BYTES: usize = 256 << 20;

/// For which offerings an expression holds.
#[derive(Debug, Default)]
pub(crate) struct Matches<'a> {
    /// Those for which it holds.
    pub(crate) holds: Vec<ResolvedOffering<'a>>,
    /// The ids of those for which it hangs on something that is not stated, or on values that cannot
    /// be compared.
    pub(crate) undecided: Vec<&'a str>,
    /// The number of all offerings.
    pub(crate) of: usize,
}

/// The offerings for which an expression holds.
///
/// # Errors
///
/// When the expression is faulty: it cannot be read, names what is not there, does not give true or
/// false, or cannot be evaluated for any offering.
pub(crate) fn matches<'a>(expression: &str, edition: &'a Edition) -> Result<Matches<'a>, Fault> {
    bounds::bounded(expression)?;
    let unable = |_| Fault::new("the expression cannot be evaluated", 0..expression.len());
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK_BYTES);
        let run = thread.spawn_scoped(scope, || evaluate(expression, edition));
        run.map_err(|_| unable(()))?.join().map_err(|_| unable(()))?
    })
}

/// What evaluation comes to for one offering.
enum Verdict {
    Holds,
    DoesNot,
    /// It hangs on something that is not stated.
    NotStated,
    /// Values of the wrong kinds met, or arithmetic failed.
    Failed(ExecutionError),
}

fn evaluate<'a>(expression: &str, edition: &'a Edition) -> Result<Matches<'a>, Fault> {
    let program = Program::compile(expression).map_err(|errors| Fault::of_syntax(expression, &errors))?;
    let fields = fields::fields(edition.registry());
    check::check(expression, program.expression(), program.source_info(), &fields)?;
    let mut matches = Matches::default();
    let mut failure = None;
    let mut decided = false;
    for one in edition.offerings() {
        matches.of += 1;
        match judge(expression, &program, edition, &one)? {
            Verdict::Holds => matches.holds.push(one),
            Verdict::DoesNot => decided = true,
            Verdict::NotStated => matches.undecided.push(one.id),
            Verdict::Failed(error) => {
                failure.get_or_insert((one.id, error));
                matches.undecided.push(one.id);
            }
        }
    }
    match failure {
        // Where it never works, the expression is to blame and not the data.
        Some((id, error)) if !decided && matches.holds.is_empty() => {
            let message = format!("this cannot be evaluated: {}, for offering {id}", words(&error));
            Err(Fault::new(message, 0..expression.len()))
        }
        _ => Ok(matches),
    }
}

fn judge(
    expression: &str,
    program: &Program,
    edition: &Edition,
    one: &ResolvedOffering<'_>,
) -> Result<Verdict, Fault> {
    match program.execute(&context::context(edition, one)) {
        Ok(Value::Bool(true)) => Ok(Verdict::Holds),
        Ok(Value::Bool(false)) => Ok(Verdict::DoesNot),
        Ok(other) => {
            let given = other.type_of().to_string();
            let message =
                format!("the result of the expression is {}, but must be true or false", kind(&given));
            Err(Fault::new(message, 0..expression.len()))
        }
        Err(ExecutionError::NoSuchKey(_)) => Ok(Verdict::NotStated),
        Err(error) => Ok(Verdict::Failed(error)),
    }
}

/// Why an expression cannot be evaluated.
fn words(error: &ExecutionError) -> String {
    match error {
        ExecutionError::NoSuchOverload(overload) => {
            let operator = overload.function().trim_matches(['_', '@', '[', ']']);
            let operands: Vec<_> = overload.argument_types().iter().map(|name| kind(name)).collect();
            format!("`{}` does not work with {}", printable(operator), operands.join(" and "))
        }
        ExecutionError::DivisionByZero(_) | ExecutionError::RemainderByZero(_) => {
            "a division by zero".to_owned()
        }
        ExecutionError::Overflow(..) => "a number exceeds 64 bits".to_owned(),
        ExecutionError::UnsupportedBinaryOperator(_, left, right)
        | ExecutionError::ValuesNotComparable(left, right) => {
            let [left, right] = [left, right].map(|value| value.type_of().to_string());
            format!("{} does not work with {}", kind(&left), kind(&right))
        }
        // The library's own words would show whole values.
        ExecutionError::FunctionError { function, .. } => format!("`{}` fails", printable(function)),
        ExecutionError::IndexOutOfBounds(_) => "an index is beyond the end of its list".to_owned(),
        _ => "values of these types cannot be combined".to_owned(),
    }
}

/// What a type of CEL is called in a sentence.
fn kind(name: &str) -> &str {
    match name {
        "string" => "a text",
        "int" | "uint" => "a whole number",
        "double" | "float" => "a decimal number",
        "bool" => "true or false",
        "list" => "a list",
        "map" => "a table",
        "null" | "null_type" => "null",
        "type" => "a type",
        _ => "another type of value",
    }
}

#[cfg(test)]
mod tests;
