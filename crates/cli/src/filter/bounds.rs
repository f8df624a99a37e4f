//! The limits of an expression, so that it takes neither much stack nor much time.

use cel::IdedExpr;
use cel::common::ast::{EntryExpr, Expr, IdedEntryExpr, operators};

use super::fault::Fault;

/// The bytes that an expression may have.
pub(super) const MAX_BYTES: usize = 4_000;
/// How deep brackets may be nested.
pub(super) const MAX_NESTING: usize = 24;
/// How many loops may lie in each other or follow on each other. Each multiplies the work, and what
/// `map` makes can grow with each.
pub(super) const MAX_LOOPS: usize = 2;
/// How many items the lists and maps written in an expression may have, so that a loop over them is
/// no longer than one over the registry's own.
const MAX_ITEMS: usize = 100;
/// How often an expression may add: in loops, a text that is added to itself grows by the product.
const MAX_ADDITIONS: usize = 20;

/// Refuses an expression that would take too much stack or time.
pub(super) fn bounded(expression: &str) -> Result<(), Fault> {
    if expression.len() > MAX_BYTES {
        let message = format!("the expression has {} bytes; the limit is {MAX_BYTES}", expression.len());
        return Err(Fault::new(message, 0..0));
    }
    let mut depth = 0_usize;
    // Brackets in texts count too: a bound need not be exact, and this one needs no second grammar.
    for (at, c) in expression.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_NESTING {
            let message = format!("brackets are nested more than {MAX_NESTING} deep");
            return Err(Fault::new(message, at..at + 1));
        }
    }
    Ok(())
}

/// Refuses an expression that would take too much time or memory.
///
/// # Errors
///
/// When its lists are too long, or it adds too often. Loops are refused at their place.
pub(super) fn affordable(expression: &IdedExpr, length: usize) -> Result<(), Fault> {
    let refuse = |message| Err(Fault::new(message, 0..length));
    match (items(expression), additions(expression)) {
        (items, _) if items > MAX_ITEMS => {
            refuse(format!("the lists in the expression have {items} items; the limit is {MAX_ITEMS}"))
        }
        (_, additions) if additions > MAX_ADDITIONS => {
            refuse(format!("there are {additions} additions; the limit is {MAX_ADDITIONS}"))
        }
        _ => Ok(()),
    }
}

/// How many loops lie in each other, or follow on each other, in an expression.
pub(super) fn loops(expression: &IdedExpr) -> usize {
    let own = usize::from(matches!(expression.expr, Expr::Comprehension(_)));
    own + parts(expression).into_iter().map(loops).max().unwrap_or(0)
}

/// How many items the lists and maps that are written in an expression have.
fn items(expression: &IdedExpr) -> usize {
    sum(expression, &|one| match &one.expr {
        Expr::List(list) => list.elements.len(),
        Expr::Map(map) => map.entries.len(),
        _ => 0,
    })
}

/// How often an expression adds: numbers, texts or lists.
fn additions(expression: &IdedExpr) -> usize {
    let adds = |one: &IdedExpr| matches!(&one.expr, Expr::Call(call) if call.func_name == operators::ADD);
    sum(expression, &|one| usize::from(adds(one)))
}

fn sum(expression: &IdedExpr, of: &dyn Fn(&IdedExpr) -> usize) -> usize {
    of(expression) + parts(expression).into_iter().map(|part| sum(part, of)).sum::<usize>()
}

/// The expressions right below an expression.
fn parts(expression: &IdedExpr) -> Vec<&IdedExpr> {
    match &expression.expr {
        Expr::Call(call) => call.target.iter().map(|target| &**target).chain(&call.args).collect(),
        Expr::Comprehension(one) => {
            vec![&one.iter_range, &one.accu_init, &one.loop_cond, &one.loop_step, &one.result]
        }
        Expr::List(list) => list.elements.iter().collect(),
        Expr::Map(map) => map.entries.iter().flat_map(entry_parts).collect(),
        Expr::Select(select) => vec![&select.operand],
        Expr::Struct(object) => object.entries.iter().flat_map(entry_parts).collect(),
        Expr::Ident(_) | Expr::Literal(_) | Expr::Unspecified => Vec::new(),
    }
}

fn entry_parts(entry: &IdedEntryExpr) -> Vec<&IdedExpr> {
    match &entry.expr {
        EntryExpr::StructField(field) => vec![&field.value],
        EntryExpr::MapEntry(entry) => vec![&entry.key, &entry.value],
    }
}
