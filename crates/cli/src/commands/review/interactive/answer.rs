//! What a person can say of a page.

/// What can be answered.
pub(super) const HELP: &str = "\
  v  verify: you opened the page today, and the answers hold
  r  read: you opened the page today; the answers are not confirmed
  c  correct an answer
  f  flag: raise a question about the answers
  d  dismiss the open flags
  x  the page could not be read: not found, blocked, …
  s  skip the page        q  quit
  After the letter, numbers choose among the answers: v 1 3
";

/// What a person says of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Verify,
    Read,
    Correct,
    Flag,
    Dismiss,
    Unreadable,
    Skip,
    Quit,
}

/// Reads an answer: a letter, and the numbers of cells, from 1; all where there are none. Nothing where it is not one.
pub(super) fn answer(line: &str, cells: usize) -> Option<(Answer, Vec<usize>)> {
    let mut words = line.split_whitespace();
    let answer = match words.next()? {
        "v" | "verify" => Answer::Verify,
        "r" | "read" => Answer::Read,
        "c" | "correct" => Answer::Correct,
        "f" | "flag" => Answer::Flag,
        "d" | "dismiss" => Answer::Dismiss,
        "x" => Answer::Unreadable,
        "s" | "skip" => Answer::Skip,
        "q" | "quit" => Answer::Quit,
        _ => return None,
    };
    let numbers: Option<Vec<usize>> =
        words.map(|word| word.parse::<usize>().ok()?.checked_sub(1).filter(|at| *at < cells)).collect();
    numbers.map(|numbers| (answer, if numbers.is_empty() { (0..cells).collect() } else { numbers }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_a_letter_and_numbers_of_cells() {
        assert_eq!(answer("v", 2), Some((Answer::Verify, vec![0, 1])));
        assert_eq!(answer(" dismiss 2 \n", 2), Some((Answer::Dismiss, vec![1])));
        for line in ["", "?", "z", "v 0", "v 3", "v all"] {
            assert_eq!(answer(line, 2), None, "{line}");
        }
    }
}
