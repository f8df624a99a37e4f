//! Values as people mean them.

use diagnostics::Splice;
use model::{days_meant, no_such_day};
use toml_splice::is_valid;

use super::kind::Kind;
use super::reader::{Reader, Within, is_quote, is_typographic, replace};
use super::slip::Slip;
use super::statement::line_end_of;

/// Words for "no value" in other languages.
const NOTHING: [&str; 6] = ["null", "none", "nil", "n/a", "undefined", "~"];

impl Reader<'_> {
    /// Reads a value, which begins here.
    pub(super) fn value(&mut self, path: &[String], kind: Kind, within: Within) -> Option<()> {
        match self.peek() {
            Some(c) if is_quote(c) => self.text_value(kind, within),
            Some('[') => self.list(kind),
            Some('{') => self.braces(path),
            _ => self.bare(kind, within),
        }
    }

    /// A value without quotes and brackets.
    fn bare(&mut self, kind: Kind, within: Within) -> Option<()> {
        let start = self.at;
        let line = self.line();
        let rest = &self.text[line.clone()];
        let comment = rest.match_indices('#').find(|(at, _)| *at == 0 || rest[..*at].ends_with([' ', '\t']));
        let rest = comment.map_or(rest, |(at, _)| &rest[..at]);
        let end = match within {
            Within::Line => rest.len(),
            Within::List => rest.find([',', ';', ']']).unwrap_or(rest.len()),
            Within::Braces => rest.find([',', ';', '}']).unwrap_or(rest.len()),
        };
        let mut word = rest[..end].trim();
        if within == Within::Line {
            word = word.trim_end_matches([',', ';']).trim_end();
        }
        let span = start..start + word.len();
        let length = word.len();
        let with = |insert: &str| vec![replace(start..start + length, insert)];
        self.at = span.end;
        if word.is_empty() {
            let span = if comment.is_some() { start..start } else { line.end..line.end };
            self.note(Slip::NoValue, span, Vec::new(), false);
            return (within == Within::Line).then_some(());
        }
        if matches!(kind, Kind::Day | Kind::Open)
            && let Some((day, time)) = dated(word)
        {
            match (numbers_of(day), time) {
                (Some(numbers), _) if no_such_day(day).is_some() => {
                    self.note(Slip::NoSuchDay(numbers), span, Vec::new(), false);
                    return Some(());
                }
                (_, true) if kind == Kind::Day => {
                    self.note(Slip::TimeOfDay, span, with(day), false);
                    return Some(());
                }
                _ => {}
            }
        }
        if is_valid(&format!("v = {word}")) {
            return Some(());
        }
        let lower = word.to_lowercase();
        let days = days_meant(word);
        match (lower.as_str(), kind) {
            ("true" | "false", _) => self.note(Slip::TrueFalse, span, with(&lower), true),
            ("yes" | "on", Kind::Bool) => self.note(Slip::TrueFalse, span, with("true"), true),
            ("no" | "off", Kind::Bool) => self.note(Slip::TrueFalse, span, with("false"), true),
            ("yes" | "no" | "on" | "off", Kind::Open) => self.note(Slip::YesNo, span, Vec::new(), false),
            (nothing, _) if NOTHING.contains(&nothing) && within == Within::Line => {
                self.note(Slip::Nothing, span, Vec::new(), false);
            }
            _ if !days.is_empty() && kind != Kind::Text => match days.as_slice() {
                [one, other, ..] => {
                    self.note(Slip::UncertainDay(*one, *other), span, Vec::new(), false);
                }
                [day] => self.note(Slip::Day, span, with(&day.to_string()), true),
                [] => return None,
            },
            (_, Kind::Day) if !is_dated(word) && !word.contains(is_quote) => {
                self.note(Slip::NoDay, span, Vec::new(), false);
            }
            (_, Kind::Day | Kind::Number) if !word.ends_with(is_quote) => return None,
            _ if word.ends_with(is_quote) => {
                let last = word.chars().next_back()?;
                let content = &word[..word.len() - last.len_utf8()];
                if content.contains(['"', '\\']) {
                    return None;
                }
                let slip = if is_typographic(last) { Slip::Quotes(last) } else { Slip::NoOpening };
                let splices: Vec<Splice> = vec![
                    replace(span.start..span.start, "\""),
                    replace(span.end - last.len_utf8()..span.end, "\""),
                ];
                self.note(slip, span, splices, true);
            }
            _ => {
                let is_numeric = word.bytes().all(|byte| !byte.is_ascii_alphabetic()) && kind == Kind::Open;
                if is_numeric
                    && word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.'))
                {
                    return None;
                }
                let is_amount = word.starts_with(|c: char| c.is_ascii_digit()) && kind == Kind::Open;
                let is_one_word = !word.contains(char::is_whitespace);
                let is_sure = (comment.is_none() || is_one_word) && !word.contains(is_quote) && !is_amount;
                let escaped = word.replace('\\', "\\\\").replace('"', "\\\"");
                let splices = match escaped == word {
                    true => vec![replace(span.start..span.start, "\""), replace(span.end..span.end, "\"")],
                    false => with(&format!("\"{escaped}\"")),
                };
                self.note(Slip::Unquoted, span, splices, is_sure);
            }
        }
        Some(())
    }

    /// A list, which may have several lines.
    fn list(&mut self, kind: Kind) -> Option<()> {
        let item_kind = if kind == Kind::Texts { Kind::Text } else { Kind::Open };
        self.enter()?;
        let mut last_end = self.at;
        loop {
            self.gaps();
            match self.peek() {
                None => break,
                Some(']') => {
                    self.depth -= 1;
                    self.at += 1;
                    return Some(());
                }
                Some(',' | ';' | '}' | ')' | '=' | ':') => return None,
                Some(_) => {}
            }
            self.value(&[], item_kind, Within::List)?;
            last_end = self.at;
            self.gaps();
            match self.peek() {
                Some(',') => self.at += 1,
                Some(';') => {
                    self.note(
                        Slip::Semicolon,
                        self.at..self.at + 1,
                        vec![replace(self.at..self.at + 1, ",")],
                        true,
                    );
                    self.at += 1;
                }
                Some(']') | None => {}
                Some(_) => {
                    self.note(Slip::NoComma, last_end..last_end, vec![replace(last_end..last_end, ",")], true)
                }
            }
        }
        self.note(Slip::ListEnd, last_end..last_end, vec![replace(last_end..last_end, "]")], true);
        self.at = last_end;
        Some(())
    }

    /// A table in braces, on one line.
    fn braces(&mut self, path: &[String]) -> Option<()> {
        self.enter()?;
        loop {
            self.gaps();
            let start = self.at;
            match self.peek() {
                Some('}') => {
                    self.depth -= 1;
                    self.at += 1;
                    return Some(());
                }
                None => break,
                Some(_) => {}
            }
            let rest = &self.text[self.line()];
            let sign = rest.find(['=', ':'])?;
            let keys = super::reader::keys_of(&rest[..sign])?;
            self.name = format!("`{}`", rest[..sign].trim());
            if rest[sign..].starts_with(':') {
                let at = start + sign;
                let insert = if rest[..sign].ends_with(' ') { "=" } else { " =" };
                self.note(Slip::Sign(":"), at..at + 1, vec![replace(at..at + 1, insert)], true);
            }
            self.at = start + sign + 1;
            self.blanks();
            let path: Vec<String> = path.iter().chain(&keys).cloned().collect();
            self.value(&path, Kind::at(self.document, &path), Within::Braces)?;
            let end = self.at;
            self.blanks();
            match self.peek() {
                Some(',') => self.at += 1,
                Some('}') => {}
                Some(';') => {
                    self.note(
                        Slip::Semicolon,
                        self.at..self.at + 1,
                        vec![replace(self.at..self.at + 1, ",")],
                        true,
                    );
                    self.at += 1;
                }
                Some(c) if c.is_ascii_alphabetic() => {
                    self.note(Slip::NoComma, end..end, vec![replace(end..end, ",")], true);
                }
                Some('\n' | '#') | None => {
                    self.at = end;
                    break;
                }
                Some(_) => return None,
            }
        }
        let end = self.at.min(line_end_of(self.text, self.at));
        self.note(Slip::BraceEnd, end..end, vec![replace(end..end, " }")], true);
        Some(())
    }

    /// Goes over blanks, line breaks and comments.
    fn gaps(&mut self) {
        loop {
            self.blanks();
            match self.peek() {
                Some('\n') => self.at += 1,
                Some('#') => self.at = line_end_of(self.text, self.at).min(self.reach),
                _ => return,
            }
        }
    }
}

/// The date at the beginning of a word that has the form of one, alone or with a time of day, and whether there is one.
fn dated(word: &str) -> Option<(&str, bool)> {
    let (day, time) = word.split_at_checked(10)?;
    let is_time = || {
        let mut chars = time.chars();
        chars.next().is_some_and(|c| "Tt ".contains(c))
            && chars.all(|c| c.is_ascii_digit() || ":.+-Zz".contains(c))
    };
    (is_dated(day) && (time.is_empty() || is_time())).then_some((day, !time.is_empty()))
}

/// The year, month and day of a text in the form of a date.
fn numbers_of(day: &str) -> Option<[i16; 3]> {
    let mut numbers = day.split('-').map(str::parse);
    Some([numbers.next()?.ok()?, numbers.next()?.ok()?, numbers.next()?.ok()?])
}

/// Whether a text has the form of a date, so that the parser says better what is wrong with it.
fn is_dated(word: &str) -> bool {
    word.len() >= 10
        && word.bytes().take(10).enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}
