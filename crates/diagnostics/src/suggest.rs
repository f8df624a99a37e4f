//! Did you mean.

/// What was probably meant by a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guess<'a> {
    /// The candidate that is closest.
    pub meant: &'a str,
    /// Whether no other candidate is as close.
    pub is_alone: bool,
    /// Whether the two differ in nothing but case, blanks, hyphens and underscores.
    pub is_sure: bool,
}

/// The candidate closest to a text, where one is close enough to be what was meant.
pub fn closest<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    guess(text, candidates).map(|guess| guess.meant)
}

/// As [`closest`], with how good a guess it is.
pub fn guess<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<Guess<'a>> {
    let wanted = fold(text);
    let longest = wanted.chars().count();
    let mut best: Option<(usize, Guess<'a>)> = None;
    for meant in candidates {
        let folded = fold(meant);
        let limit = longest.max(folded.chars().count()) / 3;
        let is_sure = folded == wanted;
        let distance =
            if starts_a_word(&folded, &wanted) { 1 } else { strsim::osa_distance(&wanted, &folded) };
        let distance = if is_sure { 0 } else { distance };
        match &mut best {
            _ if distance > limit && !is_sure => {}
            Some((known, guess)) if distance == *known => guess.is_alone = false,
            Some((known, _)) if distance > *known => {}
            _ => best = Some((distance, Guess { meant, is_alone: true, is_sure })),
        }
    }
    best.map(|(_, guess)| guess)
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
    fn knows_how_good_a_guess_is() {
        let quality = |text, candidates: [&'static str; 2]| {
            guess(text, candidates).map(|guess| (guess.meant, guess.is_alone, guess.is_sure))
        };
        assert_eq!(quality("Yes-Public", ["yes_public", "partial"]), Some(("yes_public", true, true)));
        assert_eq!(quality("yes_publik", ["yes_public", "partial"]), Some(("yes_public", true, false)));
        assert_eq!(quality("route", ["routa", "routb"]), Some(("routa", false, false)));
        assert_eq!(quality("public", ["public_page", "Public"]), Some(("Public", true, true)));
    }

    #[test]
    fn lists_what_may_be_written() {
        assert_eq!(one_of(["a"]), "`a`");
        assert_eq!(one_of(["a", "b", "c"]), "`a`, `b` or `c`");
    }
}
