//! Reads a statement that is not valid TOML as people mean it, and notes each slip with the bytes that correct it.

use std::ops::Range;

use diagnostics::Splice;
use memchr::memchr3;
use model::Document;

use super::kind::Kind;
use super::slip::Slip;
use super::statement::{Statement, is_key_byte, is_name, line_end_of};

/// A slip of a statement.
#[derive(Debug, Clone)]
pub(super) struct Note {
    pub(super) slip: Slip,
    /// The key or header that it is about.
    pub(super) name: String,
    pub(super) span: Range<usize>,
    /// What corrects it; empty where a person must say what is meant.
    pub(super) splices: Vec<Splice>,
    /// Whether nothing else can be meant.
    pub(super) is_sure: bool,
}

/// Where a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    Line,
    List,
    Braces,
}

/// A character that is no quote of TOML and is meant as one.
pub(super) fn is_typographic(c: char) -> bool {
    matches!(
        c,
        '“' | '”'
            | '„'
            | '‟'
            | '«'
            | '»'
            | '″'
            | '＂'
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '‹'
            | '›'
            | '´'
            | '`'
    )
}

pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'') || is_typographic(c)
}

/// A blank that TOML does not know, or a character without a width.
pub(super) fn is_odd(c: char) -> bool {
    !c.is_ascii() && c.is_whitespace() || is_hidden(c)
}

fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{180e}')
}

/// Reads one statement.
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    pub(super) document: Option<Document>,
    /// The keys of the table in which the statement is.
    pub(super) table: &'t [String],
    pub(super) at: usize,
    /// How far it can reach.
    pub(super) reach: usize,
    pub(super) notes: Vec<Note>,
    /// The key that is read.
    pub(super) name: String,
    /// How many brackets are open.
    pub(super) depth: usize,
}

/// Lines that are longer are left to the parser: no person writes them.
const LONG: usize = 10_000;
/// The most brackets within each other.
const DEEP: usize = 16;

impl<'t> Reader<'t> {
    pub(super) fn new(
        text: &'t str,
        document: Option<Document>,
        table: &'t [String],
        statement: &Statement,
    ) -> Self {
        let Statement { span, reach, .. } = statement;
        let (at, reach, name) = (span.start, *reach, String::new());
        Self { text, document, table, at, reach, notes: Vec::new(), name, depth: 0 }
    }

    /// Reads the statement; none where that is not understood. What was noted then is void.
    pub(super) fn statement(&mut self) -> Option<()> {
        let line = self.line();
        if line.len() > LONG {
            return None;
        }
        self.odd_characters(line);
        self.blanks();
        match self.peek() {
            None => Some(()),
            Some('#') => Some(()),
            Some('[') => self.header(),
            _ if self.is_header_without_opening() => self.header(),
            _ => self.entry(),
        }
    }

    /// The rest of the line that is read.
    pub(super) fn line(&self) -> Range<usize> {
        self.at..line_end_of(self.text, self.at)
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.text[self.at..self.reach.max(self.at)].chars().next()
    }

    pub(super) fn blanks(&mut self) {
        while let Some(c) = self.peek().filter(|c| matches!(c, ' ' | '\t' | '\r') || is_odd(*c)) {
            self.at += c.len_utf8();
        }
    }

    /// Goes into a bracket.
    pub(super) fn enter(&mut self) -> Option<()> {
        self.depth += 1;
        self.at += 1;
        (self.depth <= DEEP).then_some(())
    }

    pub(super) fn note(&mut self, slip: Slip, span: Range<usize>, splices: Vec<Splice>, is_sure: bool) {
        let name = self.name.clone();
        self.notes.push(Note { slip, name, span, splices, is_sure });
    }

    /// Notes the characters of a line that cannot be seen, outside of quotes.
    fn odd_characters(&mut self, line: Range<usize>) {
        let mut quote = None;
        let mut splices = Vec::new();
        let mut first = None;
        for (at, c) in self.text[line.clone()].char_indices() {
            let at = line.start + at;
            match quote {
                Some(open) => quote = quote.filter(|_| c != open && !(is_typographic(open) && is_quote(c))),
                None if is_quote(c) => quote = Some(c),
                None if c == '#' => break,
                None if is_odd(c) => {
                    first.get_or_insert((c, at..at + c.len_utf8()));
                    let insert = if is_hidden(c) || at == line.start { "" } else { " " };
                    splices.push(replace(at..at + c.len_utf8(), insert));
                }
                None => {}
            }
        }
        if let Some((c, span)) = first {
            self.note(Slip::Blank(c), span, splices, true);
        }
    }

    /// Whether the line is a name with a bracket behind it.
    fn is_header_without_opening(&self) -> bool {
        let line = self.text[self.line()].trim_end();
        line.ends_with(']') && keys_of(line.trim_end_matches(']')).is_some()
    }

    /// A header: brackets around a name.
    fn header(&mut self) -> Option<()> {
        let line = self.line();
        let content = &self.text[line.clone()];
        let opening = content.chars().take_while(|c| *c == '[').count();
        let rest = &content[opening..];
        let name = &rest[..memchr3(b']', b'#', b'=', rest.as_bytes()).unwrap_or(rest.len())];
        let after = &rest[name.len()..];
        let closing = after.chars().take_while(|c| *c == ']').count();
        let after = after[closing..].trim();
        let keys = keys_of(name)?;
        self.name = format!("`[{}]`", name.trim());
        let start = line.start + opening;
        let end = start + name.trim_end().len();
        let span = line.start..start + name.len() + closing;
        // Two brackets for one are valid, and a value of the wrong type.
        let may_be_right = opening == closing && opening >= 2;
        let kind = if may_be_right { Kind::Open } else { Kind::at(self.document, &keys) };
        let (wanted, is_known) = match kind {
            Kind::Table => (1, true),
            Kind::Tables => (2, true),
            _ => (opening.max(closing).min(2), false),
        };
        if opening != closing || opening < wanted {
            let slip = if opening == closing { Slip::OneBracket } else { Slip::Brackets };
            let splices = vec![
                replace(line.start..start, &"[".repeat(wanted)),
                replace(end..start + name.len() + closing, &"]".repeat(wanted)),
            ];
            let is_sure = is_known || opening.min(closing) == 0 && opening.max(closing) < 3;
            self.note(slip, span.clone(), splices, is_sure);
        }
        if !after.is_empty() && !after.starts_with('#') {
            let end = span.end + self.text[span.end..line.end].trim_end().len();
            match matches!(after, ":" | "," | ";" | "=") {
                true => self.note(Slip::AfterHeader, span.end..end, vec![replace(span.end..end, "")], true),
                false => return None,
            }
        }
        self.at = line.end;
        Some(())
    }

    /// A key, a sign and a value.
    fn entry(&mut self) -> Option<()> {
        let line = self.line();
        let content = &self.text[line.clone()];
        let (key, sign, value) = parted(content)?;
        let key_at = line.start + (key.as_ptr() as usize - content.as_ptr() as usize);
        let bare: String = key.chars().filter(|c| !is_odd(*c) || c.is_whitespace()).collect();
        self.name = format!("`{}`", bare.trim());
        let keys = match keys_of(&bare) {
            Some(keys) => keys,
            None => self.odd_key(key_at, key)?,
        };
        let path: Vec<String> = self.table.iter().chain(&keys).cloned().collect();
        let kind = Kind::at(self.document, &path);
        let value_at = line.start + value;
        let key_end = key_at + key.len();
        let value_word = self.text[value_at..line.end].trim();
        match sign {
            "=" => {}
            "" => {
                // A word or two without a sign are a key with its value only where the key is known.
                let is_value = value_word.starts_with(|c: char| is_quote(c) || c == '[' || c == '{');
                if value_word.is_empty() || !is_value && kind == Kind::Open {
                    return None;
                }
                self.note(Slip::NoSign, key_end..key_end, vec![replace(key_end..key_end, " =")], true);
            }
            sign => {
                let start = key_end + self.text[key_end..].find(sign)?;
                let insert = if self.text[..start].ends_with(' ') { "=" } else { " =" };
                let sign_span = start..start + sign.len();
                self.note(Slip::Sign(sign), sign_span.clone(), vec![replace(sign_span, insert)], true);
            }
        }
        self.at = value_at;
        self.blanks();
        self.value(&path, kind, Within::Line)?;
        self.after_value()
    }

    /// A key that is in other quotes or has a blank in it.
    fn odd_key(&mut self, at: usize, key: &str) -> Option<Vec<String>> {
        let inner = key.trim_matches(is_typographic);
        if inner.len() < key.len()
            && let Some(keys) = keys_of(inner)
        {
            let quote = key.chars().find(|c| is_typographic(*c))?;
            self.name = format!("`{inner}`");
            self.note(
                Slip::Quotes(quote),
                at..at + key.len(),
                vec![replace(at..at + key.len(), inner)],
                true,
            );
            return Some(keys);
        }
        let words: Vec<_> = key.split_whitespace().collect();
        let joined = words.join("_").to_lowercase().replace('-', "_");
        if words.len() > 4 || !joined.bytes().all(is_key_byte) || joined.is_empty() {
            return None;
        }
        let keys = vec![joined.clone()];
        let path: Vec<String> = self.table.iter().chain(&keys).cloned().collect();
        let is_sure = Kind::at(self.document, &path) != Kind::Open;
        self.note(Slip::KeyBlank, at..at + key.len(), vec![replace(at..at + key.len(), &joined)], is_sure);
        Some(keys)
    }

    /// What follows the value of a line: nothing, or a comma that does not belong there.
    fn after_value(&mut self) -> Option<()> {
        self.blanks();
        let start = self.at;
        while self.peek().is_some_and(|c| matches!(c, ',' | ';')) {
            self.at += 1;
            self.blanks();
        }
        let line = self.line();
        let rest = self.text[line.clone()].trim_matches(|c: char| c.is_whitespace() || is_odd(c));
        if !rest.is_empty() && !rest.starts_with('#') {
            return None;
        }
        if self.at > start {
            let end = start + self.text[start..self.at].trim_end().len();
            self.note(Slip::Comma, start..end, vec![replace(start..end, "")], true);
        }
        self.at = line.end;
        Some(())
    }
}

/// A line taken apart: its key, the sign after it, and where the value begins.
fn parted(line: &str) -> Option<(&str, &'static str, usize)> {
    let key_start = line.len() - line.trim_start_matches(|c: char| c.is_whitespace() || is_odd(c)).len();
    let sign_at = line.find(['=', ':']).filter(|at| {
        let key = line[..*at].trim();
        !key.is_empty() && key.len() < 80
    });
    if let Some(at) = sign_at {
        let rest = &line[at..];
        let sign = [":=", "=>", "==", "=", ":"].into_iter().find(|sign| rest.starts_with(sign))?;
        let value = at + sign.len();
        let key = line[key_start..at].trim_end();
        let is_colon = sign != ":"
            || line[value..].starts_with(|c: char| c.is_whitespace() || is_quote(c))
            || line[value..].is_empty();
        if is_colon && !(sign == ":" && key.starts_with(char::is_uppercase)) {
            return Some((key, sign, value));
        }
    }
    let rest = &line[key_start..];
    let end = rest.find(|c: char| c.is_whitespace() || is_quote(c))?;
    let key = &rest[..end];
    let is_key = key.starts_with(|c: char| c.is_ascii_lowercase()) && keys_of(key).is_some();
    is_key.then_some((key, "", key_start + end))
}

/// The keys of a dotted name; none where it is not one.
pub(super) fn keys_of(name: &str) -> Option<Vec<String>> {
    let name = name.trim();
    is_name(name)
        .then(|| name.split('.').map(|part| part.trim().trim_matches(['"', '\'']).to_owned()).collect())
}

pub(super) fn replace(range: Range<usize>, insert: &str) -> Splice {
    Splice { start: range.start, end: range.end, insert: insert.to_owned() }
}
