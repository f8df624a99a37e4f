//! Commands that CI runners take from the lines of a log.
//!
//! | runner | command | where |
//! |---|---|---|
//! | GitHub, Gitea, Forgejo | `::name …::text` | at the start of a line, after white space |
//! | GitHub, Azure Pipelines | `##[name …]text` | anywhere in a line |
//! | Azure Pipelines | `##vso[name …]text` | anywhere in a line |
//! | TeamCity | `##teamcity[name …]` | anywhere in a line |
//!
//! Section markers of GitLab need a carriage return, and notes of Jenkins an escape character: both are control
//! characters. A `---` or `+++` of Buildkite only folds the log.
//!
//! The runners of GitHub and Azure compare texts by culture, which passes over characters without a glyph
//! between those of a command. So does this module, and over colours too, since some logs take them out.

/// What follows `##` in a command, in any case.
const AFTER_HASHES: [&str; 3] = ["[", "vso[", "teamcity["];

/// Returns the byte of the second `#` of the first command that counts anywhere in a line.
pub(crate) fn command(text: &str) -> Option<usize> {
    text.match_indices('#').find_map(|(first, _)| {
        let rest = skip(&text[first + 1..]);
        let after = rest.strip_prefix('#')?;
        AFTER_HASHES.iter().any(|word| begins_with(after, word)).then(|| text.len() - rest.len())
    })
}

/// Returns the byte of the first colon of a line that is a command from its start.
pub(crate) fn command_at_start(line: &str) -> Option<usize> {
    let mut rest = skip(line);
    while let Some(after) = rest.strip_prefix(char::is_whitespace) {
        rest = skip(after);
    }
    let after = rest.strip_prefix(':')?;
    skip(after).starts_with(':').then(|| line.len() - rest.len())
}

/// Returns the length of the sequence with which a text begins, if it is one that colours and links are made of:
/// SGR (ECMA-48), or the beginning or end of a link (OSC 8) with an address of printable ASCII.
pub(crate) fn style(text: &str) -> Option<usize> {
    let sequence = text.strip_prefix('\u{1b}')?;
    let rest = if let Some(sgr) = sequence.strip_prefix('[') {
        sgr.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').strip_prefix('m')?
    } else {
        let link = sequence.strip_prefix("]8;;")?;
        link.trim_start_matches(|c: char| c.is_ascii_graphic()).strip_prefix("\u{1b}\\")?
    };
    Some(text.len() - rest.len())
}

fn begins_with(text: &str, word: &str) -> bool {
    let mut rest = text;
    word.chars().all(|wanted| {
        rest = skip(rest);
        let mut characters = rest.chars();
        let is_same = characters.next().is_some_and(|c| c.eq_ignore_ascii_case(&wanted));
        rest = characters.as_str();
        is_same
    })
}

/// The text without the characters at its start that a comparison by culture passes over.
fn skip(text: &str) -> &str {
    let mut rest = text;
    loop {
        if let Some(length) = style(rest) {
            rest = &rest[length..];
        } else if let Some(after) = rest.strip_prefix(model::is_unseen) {
            rest = after;
        } else {
            return rest;
        }
    }
}
