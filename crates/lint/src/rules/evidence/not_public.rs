use std::ops::Range;

use diagnostics::{Edit, Applicability, Place, Severity, quoted};
use model::Url;

use crate::address::host_range;
use crate::hosts::is_private;
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("evidence/not-public", Severity::Error, include_str!("not_public.md"), check)
        .fixable(Applicability::Unsafe);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for (at, evidence) in cell.cell.evidence.items().iter().enumerate() {
        judge(cell, at, "url", evidence.url.known(), raise);
        judge(cell, at, "archived_url", evidence.archived_url.known(), raise);
    }
}

/// Why an address leads to no public page.
struct Fault {
    what: &'static str,
    at: Range<usize>,
    help: &'static str,
    /// The address that was probably meant.
    meant: Option<Url>,
}

fn judge(cell: &CellContext<'_>, at: usize, key: &str, url: Option<&Url>, raise: &mut Raise<'_>) {
    let Some((url, fault)) = url.and_then(|url| Some((url, fault(url)?))) else { return };
    let field = cell.of_evidence(at, key);
    let draft = raise
        .at(
            Place::within(field.clone(), fault.at),
            format!("{} cites {}, {}", cell.name(), quoted(url.as_str()), fault.what),
        )
        .help(fault.help);
    if let Some(meant) = fault.meant {
        let title = format!("write {}", quoted(meant.as_str()));
        draft.fix(title, Applicability::Unsafe, vec![Edit::Set(field, meant.as_str().into())]);
    }
}

fn fault(url: &Url) -> Option<Fault> {
    let text = url.as_str();
    if let Some(meant) = without_first_scheme(url) {
        return Some(Fault {
            what: "which has a scheme twice",
            at: 0..text.len() - meant.as_str().len(),
            help: "write the scheme once",
            meant: Some(meant),
        });
    }
    if is_private(url.host()) {
        return Some(Fault {
            what: "which answers only inside a network",
            at: host_range(url),
            help: "give the public address of the page; if there is none, it is not evidence",
            meant: None,
        });
    }
    let kept = text.len() - trailing(text);
    (kept < text.len()).then(|| Fault {
        what: "which ends with punctuation",
        at: kept..text.len(),
        help: "remove the punctuation, and open the address once",
        meant: text[..kept].parse().ok(),
    })
}

/// Returns the address after the first scheme, if another scheme follows it: `https://https://…`, also without
/// its colon.
fn without_first_scheme(url: &Url) -> Option<Url> {
    let host = url.host();
    if !["http", "https"].iter().any(|scheme| host.eq_ignore_ascii_case(scheme)) {
        return None;
    }
    let rest = &url.as_str()[host_range(url).end..];
    let rest = rest.trim_start_matches(':').strip_prefix("//")?;
    format!("{}://{rest}", host.to_ascii_lowercase()).parse().ok()
}

/// Returns the bytes at the end of an address that are punctuation of a sentence. A bracket that is opened in the
/// address belongs to it.
fn trailing(text: &str) -> usize {
    // How many brackets are closed and not opened, counted when one first ends the address.
    let mut surplus: [Option<usize>; 2] = [None; 2];
    let mut kept = text;
    while let Some(last) = kept.chars().next_back() {
        match last {
            '.' | ',' | ';' | ':' | '!' | '\'' | '…' | '’' | '”' | '»' => {}
            ')' | ']' => {
                let (kind, open) = if last == ')' { (0, '(') } else { (1, '[') };
                let count = || kept.matches(last).count().saturating_sub(kept.matches(open).count());
                let left = surplus[kind].get_or_insert_with(count);
                if *left == 0 {
                    break;
                }
                *left -= 1;
            }
            _ => break,
        }
        kept = &kept[..kept.len() - last.len_utf8()];
    }
    text.len() - kept.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(url: &str) -> Option<(&'static str, Option<String>)> {
        let fault = fault(&url.parse().unwrap())?;
        Some((fault.what, fault.meant.map(|meant| meant.as_str().to_owned())))
    }

    #[test]
    fn addresses_that_lead_nowhere_are_found() {
        for (url, meant) in [
            ("https://https://a.example/x", Some("https://a.example/x")),
            ("https://http//a.example/x", Some("http://a.example/x")),
            ("https://a.example/x.", Some("https://a.example/x")),
            ("https://a.example/x),", Some("https://a.example/x")),
            ("https://localhost:8080/x", None),
            ("https://0x7f.1/x", None),
        ] {
            let found = of(url);
            assert!(found.is_some(), "{url}");
            assert_eq!(found.and_then(|(_, meant)| meant).as_deref(), meant, "{url}");
        }
        for url in ["https://a.example/Foo_(bar)", "https://a.example/?x=[1]", "https://8.8.8.8/", "https://http.example/"] {
            assert_eq!(of(url), None, "{url}");
        }
    }
}
