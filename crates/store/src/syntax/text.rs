//! Texts in quotes as people mean them.

use std::ops::Range;

use diagnostics::Splice;
use toml_splice::{Held, Item, Values};

use super::kind::Kind;
use super::reader::{Reader, Within, is_odd, is_quote, is_typographic, replace};
use super::slip::Slip;
use super::statement::{line_end_of, string_end};

impl Reader<'_> {
    /// A text, which begins here with a quote of any kind.
    pub(super) fn text_value(&mut self, kind: Kind, within: Within) -> Option<()> {
        let open = self.at;
        let quote = self.peek()?;
        let rest = &self.text[open..self.reach];
        if rest.starts_with("\"\"\"") || rest.starts_with("'''") {
            return self.long_text();
        }
        let strict = if is_typographic(quote) { None } else { string_end(rest).map(|end| open + end) };
        if let Some(end) = strict.filter(|end| self.ends_value(*end, within)) {
            if within == Within::Line && self.reach > line_end_of(self.text, end) && end == open + 2 {
                return self.several_lines(open, quote);
            }
            self.at = end;
            return self.backslashes(open + 1..end - 1, quote);
        }
        if within == Within::Line && self.is_list_of_texts() {
            let end = open + self.text[self.line()].trim_end().trim_end_matches([',', ';']).len();
            let splices = vec![replace(open..open, "["), replace(end..end, "]")];
            self.note(Slip::NoBrackets, open..end, splices, kind == Kind::Texts);
            self.at = end;
            return Some(());
        }
        let line = self.line();
        match self.close(open + quote.len_utf8()..line.end, within) {
            Close::At(close) => self.requoted(open, close),
            Close::Missing(end) if within == Within::Line && self.reach > line.end => {
                let _ = end;
                self.several_lines(open, quote)
            }
            Close::Missing(end) => {
                let is_sure = !self.text[open..end].contains('#');
                let mut splices = vec![replace(end..end, "\"")];
                if quote != '"' {
                    splices.insert(0, replace(open..open + quote.len_utf8(), "\""));
                }
                let slip = if is_typographic(quote) { Slip::Quotes(quote) } else { Slip::NoClosing };
                self.note(slip, end..end, splices, is_sure);
                self.at = end;
                Some(())
            }
            Close::Inside(at) => {
                self.note(Slip::Inner, at, Vec::new(), false);
                self.at = line.end;
                Some(())
            }
        }
    }

    /// Whether a value can end at a byte.
    fn ends_value(&self, end: usize, within: Within) -> bool {
        let rest = &self.text[end..line_end_of(self.text, end)];
        let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || is_odd(c));
        match (within, rest.chars().next()) {
            (_, None | Some('#')) => true,
            (Within::Line, Some(',' | ';')) => {
                let rest = rest[1..].trim_start();
                rest.is_empty() || rest.starts_with('#')
            }
            (Within::List, Some(c)) => {
                matches!(c, ',' | ';' | ']') || is_quote(c) && rest.len() < self.text[end..].len()
            }
            (Within::Braces, Some(c)) => {
                matches!(c, ',' | ';' | '}') || c.is_ascii_lowercase() && rest.contains('=')
            }
            (Within::Line, Some(_)) => false,
        }
    }

    /// Where the text ends whose content begins a range of its line.
    fn close(&self, content: Range<usize>, within: Within) -> Close {
        let line = &self.text[content.clone()];
        if within != Within::Line {
            let is_end = |c: char| matches!(c, ',' | ';' | '}' | ']');
            let mut end = line.len();
            for (at, c) in line.char_indices() {
                let after = line[at + c.len_utf8()..].trim_start();
                if is_quote(c) && (after.is_empty() || after.starts_with(is_end)) {
                    return Close::At(content.start + at..content.start + at + c.len_utf8());
                }
                if is_end(c) {
                    end = at;
                    break;
                }
            }
            return Close::Missing(content.start + line[..end].trim_end().len());
        }
        let trimmed = line.trim_end().trim_end_matches([',', ';']).trim_end();
        let quotes = || trimmed.char_indices().filter(|(_, c)| is_quote(*c));
        // An apostrophe ends no text.
        let is_apostrophe = |at: usize, c: char| {
            matches!(c, '\'' | '’')
                && trimmed[..at].ends_with(char::is_alphanumeric)
                && trimmed[at + c.len_utf8()..].starts_with(char::is_alphanumeric)
        };
        let span = |at: usize, c: char| content.start + at..content.start + at + c.len_utf8();
        match quotes().rfind(|(at, c)| !is_apostrophe(*at, *c)) {
            None => Close::Missing(content.start + trimmed.len()),
            Some((at, c)) => {
                let after = trimmed[at + c.len_utf8()..].trim();
                match after.is_empty() || after.starts_with('#') {
                    true => Close::At(span(at, c)),
                    false => Close::Inside(span(at, c)),
                }
            }
        }
    }

    /// A text between two quotes, of which one is not right, or that has such a quote inside.
    fn requoted(&mut self, open: usize, close: Range<usize>) -> Option<()> {
        let first = self.text[open..].chars().next()?;
        let last = self.text[close.clone()].chars().next()?;
        let content = open + first.len_utf8()..close.start;
        let inside = &self.text[content.clone()];
        let typographic = [first, last].into_iter().find(|c| is_typographic(*c));
        let keeps_escapes = first == '"';
        let mut splices = vec![replace(open..content.start, "\"")];
        let mut is_sure = true;
        let mut characters = inside.char_indices().peekable();
        while let Some((at, c)) = characters.next() {
            let at = content.start + at;
            match c {
                '\\' if keeps_escapes => drop(characters.next()),
                '"' | '\\' => splices.push(replace(at..at, "\\")),
                '#' => is_sure = false,
                _ => {}
            }
        }
        splices.push(replace(close.clone(), "\""));
        let slip = match typographic {
            Some(c) => Slip::Quotes(c),
            None if first != last => Slip::Mismatched,
            None => Slip::Inner,
        };
        // A backslash before the last quote was to be one.
        if slip == Slip::Inner && !inside.contains(first) {
            return None;
        }
        let span = match inside.find(first).filter(|_| slip == Slip::Inner) {
            Some(at) => content.start + at..content.start + at + first.len_utf8(),
            None => open..close.end,
        };
        self.note(slip, span, splices, is_sure);
        self.at = close.end;
        Some(())
    }

    /// Notes the backslashes of a text in double quotes that begin no escape.
    fn backslashes(&mut self, content: Range<usize>, quote: char) -> Option<()> {
        if quote != '"' {
            return Some(());
        }
        let inside = &self.text[content.clone()];
        let (mut all, mut invalid) = (Vec::new(), Vec::new());
        let mut characters = inside.char_indices();
        while let Some((at, c)) = characters.next() {
            if c != '\\' {
                continue;
            }
            let rest = &inside[at + 1..];
            let is_hex = |length: usize| {
                rest.get(1..=length).is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
            };
            let is_valid = match rest.chars().next() {
                Some('b' | 't' | 'n' | 'f' | 'r' | '"' | '\\') => true,
                Some('u') => is_hex(4),
                Some('U') => is_hex(8),
                _ => false,
            };
            let at = content.start + at;
            all.push(replace(at..at, "\\"));
            if !is_valid {
                invalid.push(at..at + 1);
            }
            characters.next();
        }
        if let Some(first) = invalid.first() {
            let is_sure = all.len() == invalid.len();
            // What looks like an escape beside them is one of a path, too.
            self.note(Slip::Backslash, first.clone(), all, is_sure);
        }
        Some(())
    }

    /// Whether the rest of the line is several texts with commas between them.
    fn is_list_of_texts(&self) -> bool {
        let line = self.line();
        let rest = self.text[line].trim_end().trim_end_matches([',', ';']);
        let list = format!("v = [{rest}]");
        let Some(values) = Values::parse(&list) else { return false };
        let items = values.root().get("v").and_then(Item::items);
        items.is_some_and(|mut items| {
            items.len() > 1 && items.all(|item| matches!(item.held(), Held::Text(_)))
        })
    }

    /// A text of several lines between quotes for one.
    fn several_lines(&mut self, open: usize, quote: char) -> Option<()> {
        let body = self.text[open..self.reach].trim_end();
        let end = open + body.len();
        let has_prose = body.contains('\n');
        let last = body.chars().next_back()?;
        let opening =
            open + if body[quote.len_utf8()..].starts_with(quote) { 2 } else { 1 } * quote.len_utf8();
        let closing =
            end - body.chars().rev().take_while(|c| is_quote(*c)).map(char::len_utf8).sum::<usize>();
        if !has_prose || !is_quote(last) || closing <= opening {
            // Only this line is the text.
            let line = open..line_end_of(self.text, open);
            let end = line.start + self.text[line.clone()].trim_end().len();
            let splices = vec![replace(open..open + quote.len_utf8(), "\""), replace(end..end, "\"")];
            let slip = if is_typographic(quote) { Slip::Quotes(quote) } else { Slip::NoClosing };
            self.note(slip, end..end, splices, false);
            self.at = end;
            return Some(());
        }
        let content = &self.text[opening..closing];
        let is_headline = self.name == "`headline`";
        let splices: Vec<Splice> = if is_headline {
            let joined: Vec<_> = content.split_whitespace().collect();
            vec![replace(open..end, &format!("\"{}\"", joined.join(" ")))]
        } else {
            vec![replace(open..opening, "\"\"\""), replace(closing..end, "\"\"\"")]
        };
        let slip = if is_headline { Slip::SplitLine } else { Slip::SeveralLines };
        let is_sure = !content.contains("\"\"\"") && !content.contains('\\');
        self.note(slip, open..opening, splices, is_sure);
        self.at = end;
        Some(())
    }

    /// A text that begins with three quotes.
    fn long_text(&mut self) -> Option<()> {
        let open = self.at;
        let body = self.text[open..self.reach].trim_end();
        if let Some(end) = string_end(body) {
            self.at = open + end;
            return Some(());
        }
        let quotes = &body[..3];
        let end = open + body.len();
        let closing: usize = body[3..].chars().rev().take_while(|c| is_quote(*c)).map(char::len_utf8).sum();
        let is_closed = closing > 0;
        let span = if is_closed { end - closing..end } else { open..open + 3 };
        let splices = vec![replace(end - closing..end, quotes)];
        let slip = if is_closed { Slip::OneQuote } else { Slip::NeverClosed };
        self.note(slip, span, splices, is_closed);
        self.at = end;
        Some(())
    }
}

/// Where a text ends.
enum Close {
    /// At a quote.
    At(Range<usize>),
    /// There is no quote; the text ends before this byte.
    Missing(usize),
    /// There are quotes, the last of them within the text.
    Inside(Range<usize>),
}
