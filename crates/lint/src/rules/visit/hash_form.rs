use diagnostics::{Severity, quoted};

use crate::{Raise, Rule, VisitsContext};

pub(crate) static RULE: Rule =
    Rule::visits("visit/hash-form", Severity::Error, include_str!("hash_form.md"), check);

fn check(visits: &VisitsContext<'_>, raise: &mut Raise<'_>) {
    for (at, visit) in visits.items().iter().enumerate() {
        let Some(hash) = visit.sha256.known() else { continue };
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if hash.len() == 64 && hash.bytes().all(is_digit) {
            continue;
        }
        raise
            .at(visits.field(at, "sha256"), format!("{} states {} as its hash, which is not a SHA-256 hash", visits.name(at), quoted(hash)))
            .help("write 64 hexadecimal digits in lower case, or leave it out");
    }
}
