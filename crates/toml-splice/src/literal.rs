//! Keys and texts as literals.

use std::fmt::Write;

/// Returns a key, quoted where it must be.
pub fn key(name: &str) -> String {
    let bare = !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    if bare { name.to_owned() } else { quoted(name) }
}

/// A basic string on one line.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        escape(c, &mut out);
    }
    out.push('"');
    out
}

/// The character as a basic string writes it.
pub(crate) fn escape(c: char, out: &mut String) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        c if c.is_control() => {
            let _ = write!(out, "\\u{:04X}", u32::from(c));
        }
        c => out.push(c),
    }
}

/// A multi-line string that says exactly `text`: line breaks as they are, and long lines broken by a
/// backslash at their end, which TOML reads as nothing.
pub(crate) fn prose(text: &str, width: usize) -> String {
    let mut out = String::from("\"\"\"\n");
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
        }
        wrap(line, width, &mut out);
    }
    out.push_str("\"\"\"");
    out
}

fn wrap(line: &str, most: usize, out: &mut String) {
    let mut column = 0;
    for (at, word) in words(line).enumerate() {
        let mut written = String::new();
        for c in word.chars() {
            escape(c, &mut written);
        }
        // A single quotation mark needs no escape in a multi-line string, and reads better without.
        if !written.contains("\\\"\\\"") {
            written = written.replace("\\\"", "\"");
        }
        let width = written.trim_end().chars().count();
        if at > 0 && column + width + 4 > most {
            out.push_str("\\\n");
            column = 0;
        }
        column += written.chars().count();
        out.push_str(&written);
    }
    // A quotation mark at the end would run into the closing ones.
    if out.ends_with('"') && !out.ends_with("\\\"") && !out.ends_with("\"\"\"\n") {
        out.pop();
        out.push_str("\\\"");
    }
}

/// The words of a line, each with the blanks after it, so that all of them together are the line. A
/// line never breaks where the next would begin with a blank, which TOML would swallow.
fn words(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let word = rest.find(' ').unwrap_or(rest.len());
        let blanks = rest[word..].find(|c: char| c != ' ').map_or(rest.len(), |more| word + more);
        let (taken, left) = rest.split_at(blanks);
        // A tab or another blank that TOML would swallow stays with the word before it.
        if left.starts_with(['\t', '\r']) {
            let end = left.find(' ').map_or(rest.len(), |more| blanks + more + 1);
            let (taken, left) = rest.split_at(end);
            rest = left;
            return Some(taken);
        }
        rest = left;
        Some(taken)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTH: usize = 100;

    fn read(literal: &str) -> String {
        toml::de::DeValue::parse(literal).unwrap().into_inner().as_str().unwrap().to_owned()
    }

    #[test]
    fn long_prose_is_wrapped_and_says_the_same() {
        let long = "A sentence of some length, with a \"quoted\" word. ".repeat(8);
        for text in [
            long.as_str(),
            "one\ntwo\n\nthree  ",
            "ends with \"",
            "\"\"\"",
            "\\ back\\slash\\",
            " lead",
            "\n",
            "tab\tx",
            "  two  blanks  ",
        ] {
            let written = prose(text, WIDTH);
            assert_eq!(read(&written), text, "{written}");
            assert!(written.lines().all(|line| line.chars().count() <= WIDTH), "{written}");
        }
    }
}
