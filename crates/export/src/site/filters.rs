//! The filters of the templates.

#![allow(unreachable_pub, reason = "the macro of the library makes what it writes public")]

use std::convert::Infallible;

use askama::Values;
use askama::filters::{Escaper, Safe};
use model::Date;

use super::escape::Markup;

/// The length of a day, `YYYY-MM-DD`.
const DAY: usize = 10;

/// Text with its days kept in one piece: a browser would break a line at their hyphens.
#[askama::filter_fn]
pub(super) fn dated(text: impl AsRef<str>, _: &dyn Values) -> Result<Safe<String>, Infallible> {
    let text = text.as_ref();
    let mut out = String::with_capacity(text.len() + 32);
    let mut escape = |text: &str, before: &str, after: &str| {
        out.push_str(before);
        if Markup.write_escaped_str(&mut out, text).is_err() {
            unreachable!("memory takes every text");
        }
        out.push_str(after);
    };
    let mut plain = 0;
    for (at, _) in text.match_indices(|c: char| c.is_ascii_digit()) {
        let day = text.get(at..at + DAY).filter(|day| at >= plain && day.parse::<Date>().is_ok());
        if let Some(day) = day {
            escape(&text[plain..at], "", "");
            escape(day, "<span class=\"day\">", "</span>");
            plain = at + DAY;
        }
    }
    escape(&text[plain..], "", "");
    Ok(Safe(out))
}
