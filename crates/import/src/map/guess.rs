//! Guesses the meanings of a third party's headers. A guess is never applied: it goes into a message or a draft, for a person to
//! decide.

use model::{Dimension, Dimensions, folded_name};

use crate::map::header::bare;
use crate::map::header::{OWNERS, SERVICE};
use crate::map::seek::SOUGHT;
use crate::map::target::Target;
use crate::read::grid::{CellKind, Grid, Row};

/// Words of headers, and the column that they mean, the surest first.
const MEANT: &[(&str, &[&str])] = &[
    (
        "dimension",
        &[
            "question",
            "control",
            "criterion",
            "criteria",
            "requirement",
            "dimension",
            "topic",
            "certification",
        ],
    ),
    ("status", &["answer", "response", "reply"]),
    (
        SERVICE,
        &["service", "vendor", "provider", "product", "supplier", "offering", "platform", "company", "owner"],
    ),
    ("status", &["status", "compliant", "compliance", "result", "available"]),
    ("source_url", &["link", "url", "source", "evidence", "proof", "address", "website", "reference"]),
    ("source_title", &["title", "document"]),
    ("source_quote", &["quote", "excerpt", "wording"]),
    ("verified_on", &["date", "checked", "reviewed", "verified", "updated", "as of"]),
    ("confidence", &["confidence", "certainty"]),
    ("headline", &["headline", "summary", "caveat"]),
    ("note", &["comment", "remark", "note", "detail", "explanation", "description", "justification"]),
    ("tier", &["tier", "plan", "edition"]),
    ("route", &["route", "access", "how to get"]),
    ("geography", &["region", "country", "countries", "geography", "location", "residency"]),
];

/// The column that a header may mean.
pub(crate) fn meant(header: &str, dimensions: &Dimensions) -> Option<Target> {
    if let Some((question, rest)) = of_question(header, dimensions)
        && let Some((column, _)) = of_answer(&rest)
    {
        return Some(Target { question: Some(question), column: column.to_owned() });
    }
    let header = header.to_lowercase();
    let says = |word: &&str| header.contains(*word);
    MEANT.iter().find(|(_, words)| words.iter().any(says)).map(|(column, _)| Target::of(column))
}

/// The question whose label or id is in a header, the longest if several do, and the words beside it.
pub(crate) fn of_question(header: &str, dimensions: &Dimensions) -> Option<(String, Vec<String>)> {
    let in_full = words_of(header);
    let in_short = words_of(bare(header));
    [in_short, in_full].into_iter().find_map(|words| in_words(words, dimensions))
}

fn in_words(words: Vec<String>, dimensions: &Dimensions) -> Option<(String, Vec<String>)> {
    const FILLERS: [&str; 7] = ["a", "for", "in", "of", "on", "the", "to"];
    let found = |one: &Dimension| {
        let named = |name: &str| {
            let name = words_of(name);
            let at = words.windows(name.len().max(1)).position(|window| window == name)?;
            Some((name.len(), at))
        };
        let (length, at) = named(one.label.text()).max(named(one.id.text()))?;
        Some((length, at, one.id.text().to_owned()))
    };
    let (length, at, id) = dimensions.iter().filter_map(found).max_by_key(|(length, ..)| *length)?;
    let mut rest = words;
    rest.drain(at..at + length);
    rest.retain(|word| !FILLERS.contains(&word.as_str()));
    Some((id, rest))
}

/// The column of an answer that words beside a question may mean, and whether every one of them does. Without any, it
/// is the answer itself.
pub(crate) fn of_answer(words: &[String]) -> Option<(&'static str, bool)> {
    if words.is_empty() {
        return Some(("status", true));
    }
    let is_of_answer = |column: &str| !OWNERS.contains(&column) && column != "dimension";
    let (column, meant) = MEANT
        .iter()
        .filter(|(column, _)| is_of_answer(column))
        .find(|(_, meant)| words.iter().any(|word| meant.iter().any(|one| word.contains(one))))?;
    let is_one =
        |word: &String| meant.contains(&word.as_str()) || meant.contains(&word.trim_end_matches('s'));
    Some((column, words.iter().all(is_one)))
}

/// The words of a header in lower case.
fn words_of(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    parts.map(str::to_lowercase).collect()
}

/// The row that looks most like headers, by its index, and how many of its cells do: short texts that differ, with a
/// row below them.
pub(crate) fn likeliest(grid: &Grid) -> Option<(usize, usize)> {
    let rows = || grid.rows(0..grid.len()).filter(|row| !row.is_blank()).take(SOUGHT + 1);
    let below = rows().skip(1).map(Some).chain([None]);
    let headed = rows().zip(below).filter(|(_, below)| below.is_some());
    let counts = headed.map(|(row, _)| (row.index(), headers(row)));
    // The first of the greatest.
    let best = counts.reduce(|best, next| if next.1 > best.1 { next } else { best });
    best.filter(|(_, headers)| *headers > 1)
}

/// How many cells of a row look like headers; none where two say the same.
fn headers(row: Row<'_>) -> usize {
    const LONGEST: usize = 60;
    let is_header = |text: &str| {
        text.chars().count() <= LONGEST && text.contains(char::is_alphabetic) && !text.contains("://")
    };
    let texts: Vec<String> = row
        .cells()
        .filter(|cell| cell.kind == CellKind::Text && is_header(cell.text))
        .map(|cell| folded_name(cell.text))
        .collect();
    let is_twice = |at: usize| texts[..at].contains(&texts[at]);
    if (0..texts.len()).any(is_twice) { 0 } else { texts.len() }
}

/// What to do about a table whose headers are not ours: which row looks like headers, and how to name them.
pub(crate) fn advice(grid: &Grid, file: &str) -> Option<String> {
    let (index, _) = likeliest(grid)?;
    let row = grid.row(index);
    let texts: Vec<&str> = row.cells().map(|cell| cell.text).collect();
    let shown = texts.iter().take(3).map(|text| diagnostics::quoted(text)).collect::<Vec<_>>().join(", ");
    let more = if texts.len() > 3 { ", …" } else { "" };
    let dimensions = Dimensions::default();
    let first = texts.iter().find_map(|text| Some((text, meant(text, &dimensions)?)));
    let map = match first {
        Some((text, target)) => format!("--map '{text}={target}'"),
        None => format!("--map '{}=owner'", texts.first()?),
    };
    let stem = file.rsplit(['/', '\\']).next().and_then(|name| name.split('.').next()).unwrap_or("profile");
    Some(format!(
        "row {} looks like headers: {shown}{more}. Name them, such as `{}`, or write a draft of a profile with `--save-profile {stem}.toml`",
        row.number(),
        diagnostics::printable(&map),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_others_are_guessed_by_their_words() {
        let dimensions = Dimensions::default();
        for (header, column) in [
            ("Our service", "service"),
            ("Question", "dimension"),
            ("Vendor answer", "status"),
            ("Evidence URL", "source_url"),
            ("Date checked", "verified_on"),
            ("Comments", "note"),
        ] {
            assert_eq!(meant(header, &dimensions).unwrap().to_string(), column, "{header}");
        }
        assert_eq!(meant("Internal id", &dimensions), None);
    }

    #[test]
    fn the_first_row_of_most_short_texts_looks_like_headers() {
        let mut grid = Grid::default();
        let rows: [&[&str]; 4] = [
            &["Vendor questionnaire"],
            &["Service", "Question", "Answer"],
            &["acme-chat", "Do you hold a SOC 2 report?", "Y"],
            &["acme-chat", "Do you sign a BAA?", "N"],
        ];
        for (nth, texts) in rows.iter().enumerate() {
            grid.begin_row(nth as u32 + 1);
            texts.iter().enumerate().for_each(|(at, text)| grid.push(at as u16, CellKind::Text, text));
        }
        assert_eq!(likeliest(&grid), Some((1, 3)));
        assert_eq!(
            advice(&grid, "in/acme.csv").unwrap(),
            "row 2 looks like headers: `Service`, `Question`, `Answer`. Name them, such as `--map 'Service=service'`, \
             or write a draft of a profile with `--save-profile acme.toml`"
        );
    }
}
