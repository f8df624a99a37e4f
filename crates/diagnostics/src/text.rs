//! Texts from data files and files of strangers, made safe to show.

use std::borrow::Cow;
use std::fmt::Write;

use crate::runner;

/// Returns whether a character must not reach a terminal: control characters (a tab or line feed too, in a
/// message), those that turn the direction of text (Unicode Bidi_Control), and the two noncharacters
/// that XML 1.0 has no way to write.
pub(crate) fn is_unsafe(c: char) -> bool {
    model::is_control(c) || model::turns_direction(c) || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Returns a text for use within a line: with unsafe characters in a visible form such as `U+202E`, and
/// without what a CI runner takes for a command anywhere in a line.
pub fn printable(text: &str) -> Cow<'_, str> {
    shown(text, false)
}

/// Returns lines that are ready for a terminal or a log. This is the last step before they are written, after
/// they were wrapped: whatever the data hold, no line begins with a command to a CI runner or holds one,
/// and unsafe characters are visible. With `styled`, sequences of colours and links stay; without, none does.
pub fn printable_lines(text: &str, styled: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for (nth, line) in text.split('\n').enumerate() {
        if nth > 0 {
            out.push('\n');
        }
        let line = shown(line, styled);
        match runner::command_at_start(&line) {
            Some(colon) => out.extend([&line[..colon], "U+003A", &line[colon + 1..]]),
            None => out.push_str(&line),
        }
    }
    out
}

fn shown(text: &str, styled: bool) -> Cow<'_, str> {
    match visible(text, styled) {
        Cow::Borrowed(text) => without_commands(text),
        Cow::Owned(text) => Cow::Owned(without_commands(&text).into_owned()),
    }
}

fn visible(text: &str, styled: bool) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(length) = runner::style(rest).filter(|_| styled) {
            shown.push_str(&rest[..length]);
            rest = &rest[length..];
            continue;
        }
        match c {
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            c if is_unsafe(c) => {
                let _ = write!(shown, "U+{:04X}", u32::from(c));
            }
            c => shown.push(c),
        }
        rest = &rest[c.len_utf8()..];
    }
    Cow::Owned(shown)
}

fn without_commands(text: &str) -> Cow<'_, str> {
    replace_commands(text, "U+0023")
}

/// Returns the text with the second `#` of each command to a CI runner replaced.
pub(crate) fn replace_commands<'a>(text: &'a str, by: &str) -> Cow<'a, str> {
    if runner::command(text).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(hash) = runner::command(rest) {
        out.extend([&rest[..hash], by]);
        rest = &rest[hash + 1..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The text cut to at most `limit` characters, with an ellipsis where something was removed.
pub fn cut(text: &str, limit: usize) -> Cow<'_, str> {
    match text.char_indices().nth(limit) {
        None => Cow::Borrowed(text),
        Some(_) => {
            let end = text.char_indices().nth(limit.saturating_sub(1)).map_or(0, |(at, _)| at);
            Cow::Owned(format!("{}…", &text[..end]))
        }
    }
}

/// A text from the data for use in a message: visible, cut at 80 characters, between backquotes.
pub fn quoted(text: &str) -> String {
    format!("`{}`", printable(&cut(text, 80)))
}

/// "1 error", "2 errors".
pub fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn unsafe_characters_become_visible() {
        assert_eq!(printable("a\u{1b}[31m\u{202e}b\n"), "aU+001B[31mU+202Eb\\n");
        assert_eq!(quoted(&"x".repeat(81)), format!("`{}…`", "x".repeat(79)));
        assert_eq!(cut("abc", 3), "abc");
    }

    #[test]
    fn commands_to_runners_become_text() {
        assert_eq!(printable("a ##[group]b ###[c"), "a #U+0023[group]b ##U+0023[c");
        assert_eq!(printable("a ##vso[task.x]b"), "a #U+0023vso[task.x]b");
        assert_eq!(printable("##TeamCity[x] ##VSO[y]"), "#U+0023TeamCity[x] #U+0023VSO[y]");
        assert_eq!(printable("#\u{200b}#\u{ad}v\u{2060}so[x]"), "#\u{200b}U+0023\u{ad}v\u{2060}so[x]");
        assert_eq!(printable("## [x] #[y] # vso[z] ##vs[o]"), "## [x] #[y] # vso[z] ##vs[o]");
    }

    #[test]
    fn no_line_begins_with_a_command() {
        let shown = |text| printable_lines(text, false);
        assert_eq!(shown("a::b\n::error::c\n"), "a::b\nU+003A:error::c\n");
        assert_eq!(shown(" \u{a0}\u{3000}::x\n :x"), " \u{a0}\u{3000}U+003A:x\n :x");
        assert_eq!(shown("\u{200b}:\u{200b}:x"), "\u{200b}U+003A\u{200b}:x");
        assert_eq!(shown("\t::x\r\u{1b}[31m::y"), "\\t::x\\rU+001B[31m::y");
        assert_eq!(printable_lines("\u{1b}[1m::x\u{1b}[0m", true), "\u{1b}[1mU+003A:x\u{1b}[0m");
        let styled = "\u{1b}[1;31ma\u{1b}[0m \u{1b}]8;;https://a.example/\u{1b}\\b\u{1b}]8;;\u{1b}\\";
        assert_eq!(printable_lines(styled, true), styled);
        assert_eq!(printable_lines("\u{1b}[2J\u{1b}]0;x\u{7}", true), "U+001B[2JU+001B]0;xU+0007");
        assert_eq!(printable_lines("#\u{1b}[1m#[x]", true), "#\u{1b}[1mU+0023[x]");
    }

    fn hostile() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            any::<char>().prop_map(String::from),
            prop::sample::select(vec![
                "::",
                ":",
                "error",
                "##",
                "#",
                "[",
                "vso[",
                "VSO",
                "teamcity[",
                "]",
                " ",
                "\n",
                "\r",
                "\t",
                "\u{1b}[31m",
                "\u{1b}",
                "\u{1b}]8;;x\u{1b}\\",
                "\u{9b}",
                "\u{202e}",
                "\u{200b}",
                "\u{ad}",
                "\u{a0}",
                "\u{2028}",
                "\u{85}",
                "\u{feff}",
                "x",
            ])
            .prop_map(str::to_owned),
        ];
        prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn any_text_is_harmless_in_any_line(text in hostile(), styled in any::<bool>()) {
            let shown = printable_lines(&text, styled);
            prop_assert_eq!(shown.matches('\n').count(), text.matches('\n').count());
            // Once more changes nothing: what is harmless stays as it is.
            prop_assert_eq!(&printable_lines(&shown, styled), &shown);
            let mut plain = shown.clone();
            while let Some(at) = plain.find('\u{1b}') {
                prop_assert!(styled, "{:?}", shown);
                let length = runner::style(&plain[at..]).unwrap();
                plain.replace_range(at..at + length, "");
            }
            for text in [&shown, &plain] {
                for line in text.split('\n') {
                    let unseen = |c: char| c.is_whitespace() || model::is_unseen(c);
                    prop_assert!(!line.trim_start_matches(unseen).starts_with("::"), "{:?}", shown);
                    let solid: String = line.chars().filter(|c| !model::is_unseen(*c)).collect();
                    let solid = solid.to_ascii_lowercase();
                    for command in ["##[", "##vso[", "##teamcity["] {
                        prop_assert!(!solid.contains(command), "{:?}", shown);
                    }
                }
            }
            prop_assert!(!plain.contains(|c| is_unsafe(c) && c != '\n'), "{:?}", shown);
        }
    }
}
