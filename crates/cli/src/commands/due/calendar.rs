//! What is due as a calendar (iCalendar, RFC 5545): an event of a whole day a page.

use diagnostics::hash;
use model::Date;
use registry::{PageToRead, Worklist};

use crate::commands::review::due_in;
use crate::maintenance::subjects::name;

/// The most bytes of a line, without its end.
const LINE: usize = 75;

/// A calendar of the pages that are to be read again. The same list gives the same bytes, and a page keeps its event
/// from one calendar to the next.
pub(super) fn calendar(list: &Worklist<'_>, registry: &str, today: Date) -> String {
    let mut out = String::new();
    let mut line = |name: &str, value: &str| out.push_str(&folded(&format!("{name}:{value}")));
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//Trust Registry//trustreg due//EN");
    line("X-WR-CALNAME", &text(&format!("{registry}: pages to read again")));
    for page in &list.pages {
        event(page, today, &mut line);
    }
    line("END", "VCALENDAR");
    out
}

fn event(page: &PageToRead<'_>, today: Date, line: &mut impl FnMut(&str, &str)) {
    let Some(due) = page.cells.iter().filter_map(|one| one.due).min() else { return };
    let title = page.title.unwrap_or(page.url.as_str());
    let cells = page.cells.iter().map(|one| {
        let due = due_in(one, today).unwrap_or_default();
        format!("{}: {due}", name(&one.subject))
    });
    let cells: Vec<_> = cells.collect();
    line("BEGIN", "VEVENT");
    line("UID", &format!("{}@trustreg", hash(&page.url.identity())));
    line("DTSTAMP", &format!("{}T000000Z", basic(today)));
    line("DTSTART;VALUE=DATE", &basic(due));
    line("SUMMARY", &text(&format!("Read again: {title}")));
    line("DESCRIPTION", &text(&cells.join("\n")));
    line("URL", &uri(page.url.as_str()));
    line("TRANSP", "TRANSPARENT");
    line("END", "VEVENT");
}

/// A day in the basic form of ISO 8601: `20260715`.
fn basic(day: Date) -> String {
    day.to_string().replace('-', "")
}

/// A text with what has a meaning of its own escaped (section 3.3.11); other control characters cannot be written.
fn text(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// An address, which cannot hold what would end its line.
fn uri(url: &str) -> String {
    url.chars().filter(|c| !c.is_control()).collect()
}

/// A line in parts of at most 75 bytes (section 3.1), each a whole number of characters.
fn folded(line: &str) -> String {
    let mut out = String::new();
    let mut bytes = 0;
    for c in line.chars() {
        if bytes + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            bytes = 1;
        }
        out.push(c);
        bytes += c.len_utf8();
    }
    out.push_str("\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters() {
        let long = format!("SUMMARY:{}", "ä".repeat(80));
        let parts: Vec<_> = folded(&long).split("\r\n").map(str::to_owned).collect();
        assert!(parts.iter().all(|part| part.len() <= LINE), "{parts:?}");
        assert_eq!(parts.concat().replace(' ', ""), long);
        assert_eq!(folded("END:VCALENDAR"), "END:VCALENDAR\r\n");
    }

    #[test]
    fn texts_keep_their_lines_and_end_none() {
        assert_eq!(text("a;b,c\\\nd\r\u{7}"), "a\\;b\\,c\\\\\\nd  ");
        assert_eq!(uri("https://a.example/\r\nX"), "https://a.example/X");
    }
}
