//! Did you mean.

/// The candidate closest to a text, where one is close enough to be what was meant.
pub fn closest<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = fold(text);
    let longest = wanted.chars().count();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let folded = fold(candidate);
        let limit = longest.max(folded.chars().count()) / 3;
        let distance =
            if starts_a_word(&folded, &wanted) { 1 } else { strsim::osa_distance(&wanted, &folded) };
        if (distance <= limit || distance == 0) && best.is_none_or(|(known, _)| distance < known) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Case, blanks, hyphens and underscores are no difference to one who guesses a name.
fn fold(text: &str) -> String {
    let kept = text
        .trim()
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_' | '\u{2010}'..='\u{2015}'));
    kept.flat_map(char::to_lowercase).collect()
}

/// `first` for `first_party`: a beginning of four letters or more is a good guess.
fn starts_a_word(candidate: &str, wanted: &str) -> bool {
    wanted.chars().count() >= 4
        && (candidate.starts_with(wanted) || wanted.starts_with(candidate))
        && !candidate.is_empty()
}

/// "`a`, `b` or `c`", for the values that may be written; a long list is cut.
pub fn one_of<'a>(values: impl IntoIterator<Item = &'a str>) -> String {
    const SHOWN: usize = 12;
    let values: Vec<_> = values.into_iter().map(|value| format!("`{value}`")).collect();
    if values.len() > SHOWN {
        return format!("{} and {} more", values[..SHOWN].join(", "), values.len() - SHOWN);
    }
    match values.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        let candidates = ["yes_public", "yes_sales_gated", "partial", "no"];
        for (text, meant) in [
            ("yes-public", "yes_public"),
            ("Partial", "partial"),
            ("yes_publik", "yes_public"),
            ("partail", "partial"),
        ] {
            assert_eq!(closest(text, candidates), Some(meant), "{text}");
        }
        assert_eq!(closest("banana", candidates), None);
        assert_eq!(closest("", candidates), None);
    }

    #[test]
    fn lists_what_may_be_written() {
        assert_eq!(one_of(["a"]), "`a`");
        assert_eq!(one_of(["a", "b", "c"]), "`a`, `b` or `c`");
    }
}
