use diagnostics::{Severity, quoted};

use crate::address::same_page;
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("evidence/archive-mismatch", Severity::Warning, include_str!("archive_mismatch.md"), check);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for (at, evidence) in cell.cell.evidence.items().iter().enumerate() {
        let (Some(url), Some(archived)) = (evidence.url.known(), evidence.archived_url.known()) else {
            continue;
        };
        let what = match copied(archived.as_str()) {
            _ if same_page(archived.as_str(), url.as_str()) => "the page itself".to_owned(),
            Some(page) if !same_page(page, url.as_str()) => format!("a copy of {}", quoted(page)),
            _ => continue,
        };
        raise
            .at(
                cell.of_evidence(at, "archived_url"),
                format!("{} cites {what} as the archived copy of {}", cell.name(), quoted(url.as_str())),
            )
            .help("give the address of a copy of this very page, or leave `archived_url` out")
            .related(cell.of_evidence(at, "url"), "the page that is cited");
    }
}

/// The page of which an archive's address says that it holds a copy: what follows a second scheme, or
/// a time stamp.
fn copied(archived: &str) -> Option<&str> {
    let rest = archived.split_once("://")?.1;
    let scheme = |name: &str| rest.find(name);
    if let Some(start) = scheme("https://").into_iter().chain(scheme("http://")).min() {
        return Some(&rest[start..]);
    }
    let mut at = 0;
    for segment in rest.split('/') {
        at += segment.len() + 1;
        let digits = segment.bytes().take_while(u8::is_ascii_digit).count();
        if digits >= "202606010000".len() {
            return rest.get(at..).filter(|page| !page.is_empty());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::copied;

    #[test]
    fn archives_name_the_page_that_they_copy() {
        for (archived, page) in [
            ("https://web.archive.org/web/20260601000000/https://a.example/b", Some("https://a.example/b")),
            ("https://web.archive.org/web/20260601000000id_/a.example/b", Some("a.example/b")),
            ("https://archive.example/2026/http://a.example", Some("http://a.example")),
            ("https://perma.example/AB12-CD34", None),
            ("https://a.example/legal/20250115/terms.pdf", None),
            ("https://archive.example/20260601000000/", None),
        ] {
            assert_eq!(copied(archived), page, "{archived}");
        }
    }
}
