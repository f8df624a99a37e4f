//! Did you mean.

use std::borrow::Cow;

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
    nearest(&fold(text), candidates.into_iter().map(|name| (Cow::Owned(fold(name)), name)))
}

/// As [`guess`], of texts of which only what counts is left; each candidate with its name.
fn nearest<'f, 'a>(
    wanted: &str,
    candidates: impl Iterator<Item = (Cow<'f, str>, &'a str)>,
) -> Option<Guess<'a>> {
    let letters: Vec<char> = wanted.chars().collect();
    let mut best: Option<(usize, Guess<'a>)> = None;
    for (folded, meant) in candidates {
        let others: Vec<char> = folded.chars().collect();
        let is_sure = folded == wanted;
        let limit = letters.len().max(others.len()) / 3;
        // One that is further away than the best so far does not count.
        let most = best.as_ref().map_or(limit, |(known, _)| limit.min(*known));
        let distance = if is_sure {
            0
        } else if starts_a_word(&folded, wanted) && limit > 0 {
            1
        } else if let Some(distance) = distance_within(&letters, &others, most) {
            distance
        } else {
            continue;
        };
        match &mut best {
            Some((known, guess)) if distance == *known => guess.is_alone = false,
            Some((known, _)) if distance > *known => {}
            _ => best = Some((distance, Guess { meant, is_alone: true, is_sure })),
        }
    }
    best.map(|(_, guess)| guess)
}

/// The names of which one may be meant. However many there are, asking for one costs the same.
#[derive(Debug, Default)]
pub struct Candidates {
    /// The names in the order of their letters, and in that of their letters from behind.
    orders: [Vec<Candidate>; 2],
}

/// A name: what of it counts, and as it is written.
type Candidate = (String, String);

/// Up to so many candidates are all compared; of more, those that begin or end most alike, half as many each.
const COMPARED: usize = 64;

impl Candidates {
    /// These names.
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let mut forwards: Vec<_> = names.into_iter().map(|name| (fold(name), name.to_owned())).collect();
        let mut backwards: Vec<_> = match forwards.len() {
            ..=COMPARED => Vec::new(),
            _ => forwards.iter().map(|(folded, name)| (backwards(folded), name.clone())).collect(),
        };
        if !backwards.is_empty() {
            forwards.sort_unstable();
            backwards.sort_unstable();
        }
        Self { orders: [forwards, backwards] }
    }

    /// As [`closest`] among these names. Of very many, one that begins and ends differently may be missed.
    pub fn closest(&self, text: &str) -> Option<&str> {
        self.guess(text).map(|guess| guess.meant)
    }

    /// As [`Self::closest`], with how good a guess it is.
    pub fn guess(&self, text: &str) -> Option<Guess<'_>> {
        let wanted = fold(text);
        let [forwards, from_behind] = &self.orders;
        if from_behind.is_empty() {
            nearest(&wanted, forwards.iter().map(|(folded, name)| (folded.into(), name.as_str())))
        } else {
            let ahead = around(forwards, &wanted).iter().map(|(folded, name)| (folded.into(), name.as_str()));
            let behind = around(from_behind, &backwards(&wanted)).iter();
            nearest(
                &wanted,
                ahead.chain(behind.map(|(folded, name)| (backwards(folded).into(), name.as_str()))),
            )
        }
    }
}

fn backwards(text: &str) -> String {
    text.chars().rev().collect()
}

/// The names on both sides of the place where a text would be.
fn around<'n>(order: &'n [Candidate], text: &str) -> &'n [Candidate] {
    let at = order.partition_point(|(folded, _)| folded.as_str() < text);
    &order[at.saturating_sub(COMPARED / 4)..order.len().min(at + COMPARED / 4)]
}

/// Returns whether two names have the same digits in the same order: one that has others names something else, such as
/// another standard, and is no misspelling.
pub fn same_digits(a: &str, b: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    digits(a) == digits(b)
}

/// How many slips part two texts, if there are at most so many: see [`closest`].
pub fn slips(a: &str, b: &str, most: usize) -> Option<usize> {
    let letters = |text: &str| text.chars().collect::<Vec<_>>();
    distance_within(&letters(a), &letters(b), most)
}

/// How many slips part two texts, if these are at most so many: a letter more, less or another, or two neighbours
/// exchanged (the optimal string alignment distance). Only what is within the limit is computed.
fn distance_within(a: &[char], b: &[char], most: usize) -> Option<usize> {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..], &b[same..]);
    let same = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - same], &b[..b.len() - same]);
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let beyond = most + 1;
    // The distances of the beginnings of `b` from those of `a`, for the last two and this one.
    let mut rows = [vec![beyond; b.len() + 1], (0..=b.len()).collect(), vec![beyond; b.len() + 1]];
    for (i, letter) in a.iter().enumerate() {
        let (first, last) = ((i + 1).saturating_sub(most), b.len().min(i + 1 + most));
        let [before, above, here] = &mut rows;
        here.fill(beyond);
        if first == 0 {
            here[0] = i + 1;
        }
        for j in first.max(1)..=last {
            let replaced = above[j - 1] + usize::from(*letter != b[j - 1]);
            let mut least = replaced.min(above[j] + 1).min(here[j - 1] + 1);
            if i > 0 && j > 1 && *letter == b[j - 2] && a[i - 1] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            here[j] = least.min(beyond);
        }
        rows.rotate_left(1);
    }
    Some(rows[1][b.len()]).filter(|distance| *distance <= most)
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
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn a_distance_within_a_limit_is_the_distance(a in "[abc]{0,9}", b in "[abc]{0,9}", most in 0..6_usize) {
            let letters = |text: &str| text.chars().collect::<Vec<_>>();
            let whole = Some(strsim::osa_distance(&a, &b)).filter(|distance| *distance <= most);
            prop_assert_eq!(distance_within(&letters(&a), &letters(&b), most), whole);
        }
    }

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
    fn among_very_many_names_the_near_ones_are_compared() {
        let names: Vec<String> = (0..100 * COMPARED).map(|at| format!("provider-{at:05}-cloud")).collect();
        let candidates = Candidates::new(names.iter().map(String::as_str));
        assert_eq!(candidates.closest("provider-01234-clout"), Some("provider-01234-cloud"));
        assert_eq!(candidates.closest("Provider_04000_Cloud"), Some("provider-04000-cloud"));
        assert_eq!(candidates.closest("banana"), None);
        let few = Candidates::new(["acme", "globex"]);
        assert_eq!((few.closest("akme"), few.closest("banana")), (Some("acme"), None));
    }

    #[test]
    fn lists_what_may_be_written() {
        assert_eq!(one_of(["a"]), "`a`");
        assert_eq!(one_of(["a", "b", "c"]), "`a`, `b` or `c`");
    }
}
