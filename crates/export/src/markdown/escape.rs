//! Text from data files as Markdown that shows exactly this text.

use std::borrow::Cow;

use model::Url;

use crate::text::{is_hidden, line_feeds, visible};
use crate::words;

/// Text for any place in a line: a paragraph, a list item, a table cell, a heading, a link's label.
/// Nothing in it acts as markup, neither by GFM (also where the text begins a line) nor by what
/// GitHub adds: mentions, references, emoji codes and formulas. Blanks are folded; a line break
/// becomes `<br>`; control and bidirectional characters become visible.
pub(super) fn text(raw: &str) -> String {
    let raw = line_feeds(raw);
    let mut out = String::with_capacity(raw.len() + 8);
    for line in raw.trim_matches([' ', '\t', '\n']).split('\n') {
        if !out.is_empty() {
            out.push_str("<br>");
        }
        escape_line(&folded(line), &mut out);
    }
    out
}

/// A line with single blanks.
fn folded(line: &str) -> Cow<'_, str> {
    let is_folded = !line.contains("  ") && !line.contains('\t') && line.trim_matches(' ') == line;
    if is_folded {
        return Cow::Borrowed(line);
    }
    let words: Vec<_> = line.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
    Cow::Owned(words.join(" "))
}

/// Prose as paragraphs.
pub(super) fn paragraphs(raw: &str) -> Vec<String> {
    words::paragraphs(raw).iter().map(|paragraph| text(paragraph)).collect()
}

/// A link to a web page. What is no web address is shown beside the label and leads nowhere.
pub(super) fn link(label: &str, url: &Url) -> String {
    if url.is_web() {
        format!("[{}]({})", text(label), destination(url.as_str()))
    } else {
        format!("{} ({})", text(label), text(url.as_str()))
    }
}

/// Text that is a link where all of it is a web address.
pub(super) fn linked(words: &str) -> String {
    match words.parse::<Url>() {
        Ok(url) if url.is_web() => link(words, &url),
        _ => text(words),
    }
}

fn escape_line(line: &str, out: &mut String) {
    let mut at = 0;
    // Plain text, most of every line, is copied as it is.
    while let Some((c, plain)) = line[at..].chars().next().map(|c| (c, plain(&line[at..]))) {
        if plain > 0 {
            out.push_str(&line[at..at + plain]);
            at += plain;
            continue;
        }
        let (before, after) = (&line[..at], &line[at + c.len_utf8()..]);
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // A backslash would not keep a pipe from splitting a table cell in every reader.
            '|' => out.push_str("&#124;"),
            // GitHub reads `$…$` as a formula before it reads backslashes.
            '$' => out.push_str("&#36;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '~' | '#' => out.extend(['\\', c]),
            // Bullets, underlines of headings and numbers of lists act where a line begins.
            '-' | '+' | '=' if at == 0 => out.extend(['\\', c]),
            '.' | ')' if is_list_number(before, after) => out.extend(['\\', c]),
            // Some readers take an escaped bracket after it for an image inside a link.
            '!' if after.starts_with('[') => out.extend(['\\', c]),
            // Addresses in running text stay text: GFM would take escapes into the link.
            ':' if after.starts_with("//") && before.ends_with(char::is_alphanumeric) => {
                out.push_str("&#58;");
            }
            '.' if ends_with_www(before) => out.push_str("&#46;"),
            c if is_hidden(c) => out.push_str(&visible(c)),
            c => out.push(c),
        }
        // GitHub looks for these in the rendered text, where escapes are no longer visible. An empty comment
        // parts them and shows nothing.
        let acts_later = match c {
            '@' | '#' => !after.is_empty() && !after.starts_with(' '),
            ':' => is_emoji_code(after),
            _ => false,
        };
        if acts_later {
            out.push_str("<!-- -->");
        }
        at += c.len_utf8();
    }
}

/// How many bytes at the beginning of a text are characters that nothing ever escapes.
fn plain(text: &str) -> usize {
    let is_plain =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b',' | b'\'' | b'"' | b'(' | b'/');
    text.bytes().take_while(is_plain).count()
}

fn ends_with_www(before: &str) -> bool {
    before.as_bytes().last_chunk::<3>().is_some_and(|last| last.eq_ignore_ascii_case(b"www"))
}

/// Returns whether the text between `before` and `after` would become the number of a list.
fn is_list_number(before: &str, after: &str) -> bool {
    // CommonMark takes nine digits at most.
    let digits = (1..=9).contains(&before.len()) && before.bytes().all(|byte| byte.is_ascii_digit());
    digits && (after.is_empty() || after.starts_with(' '))
}

/// Returns whether a colon before `after` may begin an emoji code such as `:tada:`.
fn is_emoji_code(after: &str) -> bool {
    let is_code = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-');
    after.split_once(':').is_some_and(|(code, _)| !code.is_empty() && code.chars().all(is_code))
}

/// A web address as the destination of a link: nothing in it ends the destination, splits a table
/// cell or is read as an entity or a formula.
fn destination(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '$' => out.push_str("&#36;"),
            '(' | ')' | '<' | '>' | '\\' | '|' | '`' | '"' | ' ' => push_percent(c, &mut out),
            c if is_hidden(c) || c.is_whitespace() => push_percent(c, &mut out),
            c => out.push(c),
        }
    }
    out
}

fn push_percent(c: char, out: &mut String) {
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        out.push_str(&format!("%{byte:02X}"));
    }
}

#[cfg(test)]
pub(super) mod tests;
