//! What an expression may not exceed, so that it takes neither much stack nor much time.

use cel::IdedExpr;
use cel::common::ast::{EntryExpr, Expr};

use super::fault::Fault;

/// The bytes that an expression may have.
pub(super) const MAX_BYTES: usize = 4_000;
/// How deep brackets may be nested.
pub(super) const MAX_NESTING: usize = 24;
/// How many loops may lie in each other or follow on each other. Each multiplies the work, and what
/// `map` makes can grow with each.
pub(super) const MAX_LOOPS: usize = 2;

/// Refuses an expression that would take too much stack or time.
pub(super) fn bounded(expression: &str) -> Result<(), Fault> {
    if expression.len() > MAX_BYTES {
        let message = format!("the expression has {} bytes: {MAX_BYTES} are allowed", expression.len());
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

/// How many loops lie in each other, or follow on each other, in an expression.
pub(super) fn loops(expression: &IdedExpr) -> usize {
    let deepest = |parts: &[&IdedExpr]| parts.iter().map(|part| loops(part)).max().unwrap_or(0);
    match &expression.expr {
        Expr::Comprehension(one) => {
            1 + deepest(&[&one.iter_range, &one.accu_init, &one.loop_cond, &one.loop_step, &one.result])
        }
        Expr::Call(call) => {
            call.target.iter().map(|target| &**target).chain(&call.args).map(loops).max().unwrap_or(0)
        }
        Expr::Select(select) => loops(&select.operand),
        Expr::List(list) => list.elements.iter().map(loops).max().unwrap_or(0),
        Expr::Map(map) => map.entries.iter().map(|entry| entry_loops(&entry.expr)).max().unwrap_or(0),
        Expr::Struct(object) => {
            object.entries.iter().map(|entry| entry_loops(&entry.expr)).max().unwrap_or(0)
        }
        Expr::Ident(_) | Expr::Literal(_) | Expr::Unspecified => 0,
    }
}

fn entry_loops(entry: &EntryExpr) -> usize {
    match entry {
        EntryExpr::StructField(field) => loops(&field.value),
        EntryExpr::MapEntry(entry) => loops(&entry.key).max(loops(&entry.value)),
    }
}
