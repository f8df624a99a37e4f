use diagnostics::{Edit, FixKind, Severity, cut, printable};
use model::{Fact, FieldPath, Value};

use crate::facts::{Stated, describe, is_list_in_text, misfit};
use crate::{CellContext, Raise, Rule};

pub(crate) static RULE: Rule =
    Rule::cell("fact/list-in-text", Severity::Warning, include_str!("list_in_text.md"), check)
        .fixable(FixKind::Safe);

fn check(cell: &CellContext<'_>, raise: &mut Raise<'_>) {
    for &Stated { key, fact, spec, .. } in &cell.stated {
        let (Fact::Text(text), Some(spec)) = (fact, spec) else { continue };
        if !is_list_in_text(spec, fact) {
            continue;
        }
        let subject = cell.at(FieldPath::of("facts").key(key));
        let draft = raise
            .at(subject.clone(), format!("the fact `{key}` of {} is a list written as a text", cell.name()));
        let (items, plain) = split(text);
        let list = Fact::List(items.iter().map(|item| (*item).to_owned()).collect());
        if misfit(spec, &list).is_some() {
            draft.help(format!("write {}", describe(spec)));
            continue;
        }
        let written: Vec<_> = items.iter().map(|item| format!("{item:?}")).collect();
        let written = printable(&cut(&written.join(", "), 200)).into_owned();
        let title = format!("write `{key} = [{written}]`");
        let perhaps = if plain { "" } else { ", if these are the items" };
        draft.help(format!("{title}{perhaps}")).fix(
            title,
            plain,
            vec![Edit::Set(subject, Value::from(&list))],
        );
    }
}

/// The items of a text, and whether it is plain that these are they.
fn split(text: &str) -> (Vec<&str>, bool) {
    let separator = if text.contains(';') { ';' } else { ',' };
    let items: Vec<_> = text.split(separator).map(str::trim).filter(|item| !item.is_empty()).collect();
    let one = items.len() < 2;
    // "a, b and c" may be two items or three, "1,000 models" is one, and a bracket may hold a comma.
    let joined = |word: &str| text.split_whitespace().any(|found| found == word);
    let spaced =
        text.split(separator).skip(1).all(|part| part.is_empty() || part.starts_with(char::is_whitespace));
    let doubtful = ["and", "or", "&", "etc", "etc."].iter().any(|word| joined(word))
        || text.contains(['(', '[', '{', '"', '\n'])
        || separator == ';' && text.contains(',')
        || !spaced;
    (items, one || !doubtful)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_what_is_plainly_a_list() {
        assert_eq!(split(" EU, US,"), (vec!["EU", "US"], true));
        assert_eq!(split("a; b"), (vec!["a", "b"], true));
        assert_eq!(split("plugins and tools"), (vec!["plugins and tools"], true));
        assert_eq!(
            split("copyright, safety and security"),
            (vec!["copyright", "safety and security"], false)
        );
        for doubtful in ["1,000 models", "A (b, c), d", "a, b; c", "2,3", "x, y etc."] {
            assert!(!split(doubtful).1, "{doubtful}");
        }
    }
}
