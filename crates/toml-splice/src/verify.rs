//! Reads an edited text again: it must say what the edits promise, and everything else as before.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::edit::Edit;
use crate::meaning::Meaning;
use crate::parse::Toml;
use crate::path::{Path, Step};
use crate::splice::Splice;
use crate::values::Values;

/// Returns whether a splice that makes one edit changes a single value or its key, and that says exactly what the edit
/// makes of it. What surrounds them is no other than before, so nothing else is read again: that takes a fifth of the
/// time that a file with fixes takes.
pub(crate) fn keeps_promise_within(toml: &Toml<'_>, edit: &Edit, splice: &Splice) -> bool {
    let (node, depth) = toml.find(edit.path());
    if depth != edit.path().steps().len() || node.is_list() || node.is_table() {
        return false;
    }
    let span = match edit {
        Edit::Rename(..) => node.key.clone(),
        _ => Some(node.span.clone()),
    };
    let Some(span) = span.filter(|span| span.start <= splice.start && splice.end <= span.end) else {
        return false;
    };
    let parts = [&toml.text()[span.start..splice.start], &splice.insert, &toml.text()[splice.end..span.end]];
    let written = parts.concat();
    let is_all = |part: Range<usize>| part.len() == written.len();
    let line = match edit {
        Edit::Rename(..) => format!("{written} = 0"),
        _ => format!("v = {written}"),
    };
    let Some(values) = Values::parse(&line) else { return false };
    let mut entries = values.root().entries().into_iter().flatten();
    let (Some((key, item)), None) = (entries.next(), entries.next()) else { return false };
    match edit {
        Edit::Rename(path, name) => {
            let parent = path.split_last().map(|(parent, _)| toml.find(&parent).0);
            let is_new = parent.is_some_and(|parent| parent.child(&Step::Key(name.clone())).is_none());
            is_new && key == name && item.key_span().is_some_and(is_all)
        }
        Edit::Set(_, value) => is_all(item.span()) && Meaning::from(value).is_said_by(item),
        Edit::Replace(_, range, with) => {
            let said = node.text().filter(|text| text.get(range.clone()).is_some());
            let made = said.map(|text| [&text[..range.start], with, &text[range.end..]].concat());
            is_all(item.span()) && made.is_some_and(|made| Meaning::Text(made.into()).is_said_by(item))
        }
        Edit::Remove(_) => false,
    }
}

/// Returns whether `after` is valid TOML and says exactly what the edits make of a text.
pub(crate) fn keeps_promise<'e>(
    toml: &'e Toml<'e>,
    after: &str,
    edits: impl IntoIterator<Item = &'e Edit>,
) -> bool {
    let after = Values::parse(after);
    after.is_some_and(|after| made(toml, edits).is_some_and(|made| made.is_said_by(after.root())))
}

/// What a text says with the edits made. Every path is one of the unedited text, so values
/// change first, items go from the last to the first, and keys change from the inmost to the
/// outmost.
fn made<'e>(toml: &'e Toml<'e>, edits: impl IntoIterator<Item = &'e Edit>) -> Option<Meaning<'e>> {
    let mut said = toml.root().meaning();
    let (mut parts, mut removals, mut names) = (Vec::new(), Vec::new(), Vec::new());
    for edit in edits {
        match edit {
            Edit::Set(path, value) => set(&mut said, path.steps(), value.into())?,
            Edit::Replace(path, range, with) => parts.push((path, range, with)),
            Edit::Remove(path) => removals.push(path),
            Edit::Rename(path, name) => names.push((path, name)),
        }
    }
    parts.sort_by_key(|(path, range, _)| (*path, range.start));
    for (path, range, with) in parts.into_iter().rev() {
        let Meaning::Text(text) = at(&mut said, path.steps())? else { return None };
        text.get(range.clone())?;
        text.to_mut().replace_range(range.clone(), with);
    }
    removals.sort();
    for path in removals.into_iter().rev() {
        let (last, parent) = path.steps().split_last()?;
        match (at(&mut said, parent)?, last) {
            (Meaning::Table(fields), Step::Key(key)) => drop(fields.remove(key.as_str())?),
            (Meaning::List(items), Step::Index(index)) if *index < items.len() => {
                items.remove(*index);
            }
            _ => return None,
        }
    }
    names.sort();
    for (path, name) in names.into_iter().rev() {
        rename(&mut said, path, name)?;
    }
    Some(said)
}

fn rename<'e>(said: &mut Meaning<'e>, path: &Path, name: &'e str) -> Option<()> {
    let (Step::Key(key), parent) = path.steps().split_last()? else { return None };
    let Meaning::Table(fields) = at(said, parent)? else { return None };
    let value = fields.remove(key.as_str())?;
    fields.insert(Cow::Borrowed(name), value).is_none().then_some(())
}

fn at<'v, 'e>(value: &'v mut Meaning<'e>, path: &[Step]) -> Option<&'v mut Meaning<'e>> {
    path.iter().try_fold(value, |here, step| match (here, step) {
        (Meaning::Table(fields), Step::Key(key)) => fields.get_mut(key.as_str()),
        (Meaning::List(items), Step::Index(index)) => items.get_mut(*index),
        _ => None,
    })
}

/// Gives a path a value; tables and lists on the way are made where they are missing.
fn set<'e>(value: &mut Meaning<'e>, path: &'e [Step], new: Meaning<'e>) -> Option<()> {
    let Some((step, rest)) = path.split_first() else {
        *value = new;
        return Some(());
    };
    let inner = match (value, step) {
        (Meaning::Table(fields), Step::Key(key)) => {
            fields.entry(Cow::Borrowed(key.as_str())).or_insert_with(|| empty_for(rest))
        }
        (Meaning::List(items), Step::Index(index)) => {
            if *index >= items.len() {
                items.push(empty_for(rest));
            }
            let last = items.len() - 1;
            items.get_mut((*index).min(last))?
        }
        _ => return None,
    };
    set(inner, rest, new)
}

fn empty_for<'e>(path: &[Step]) -> Meaning<'e> {
    match path.first() {
        Some(Step::Index(_)) => Meaning::List(Vec::new()),
        _ => Meaning::Table(BTreeMap::new()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sample::path;
    use crate::splice::splice;

    #[test]
    fn nothing_but_what_is_promised_may_change() {
        let toml = Toml::parse("a = 1\nb = 10:00:00\nc = 99999999999999999999\nd = 1.0\ne = inf\n[f]\n");
        let edits = [Edit::Set(path("a"), 2.into())];
        let kept = |after: &str| keeps_promise(&toml, after, &edits);
        assert!(kept("a = 2\nb = 10:00:00\nc = 99999999999999999999\nd = 1.00\ne = inf\n"));
        for (from, to) in [
            ("a = 2", "a = 2.0"),
            ("a = 2", "a = '2'"),
            ("10:00:00", "11:00:00"),
            ("99999999999999999999", "99999999999999999998"),
            ("1.0", "1.5"),
            ("inf", "-inf"),
            ("e = inf", "g = inf"),
            ("e = inf", "e = inf\ng = 1"),
            ("e = inf", "e = "),
        ] {
            let after = "a = 2\nb = 10:00:00\nc = 99999999999999999999\nd = 1.0\ne = inf\n".replace(from, to);
            assert!(!kept(&after), "{after}");
        }
    }

    const DOCUMENT: &str = "\u{feff}a = 1 # one\n'b' = [\"x\", 'y',2]\nc.d = \"\"\"\r\none \\\n  two\r\n\"\"\"\n\
        e = {f=\"x\", g = 1}\n[h]\ni = '''z'''\nj = 2026-01-02\n[[k]]\nl=\"last\"";
    const PATHS: [&str; 11] = ["a", "b", "b[0]", "b[2]", "c", "c.d", "e.f", "h", "h.i", "h.j", "k[0].l"];
    const PIECES: [&str; 18] =
        ["\"", "'", "\\", "\n", "\r\n", "=", "#", ",", "]", "}", ".", " ", "x", "1", "é", "h", "-", "\"\"\""];

    fn any_text() -> impl Strategy<Value = String> {
        let pieces = prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..4);
        let whole = prop::sample::select(vec!["x", "1", "\"x\"", "true", "a", "h"]);
        prop_oneof![pieces.prop_map(|pieces| pieces.concat()), whole.prop_map(str::to_owned)]
    }

    fn any_edit() -> impl Strategy<Value = Edit> {
        let path = || prop::sample::select(PATHS.to_vec()).prop_map(path);
        let values: [crate::Value; 4] = ["x".into(), "one two\n".into(), 1.into(), true.into()];
        prop_oneof![
            (path(), prop::sample::select(values.to_vec())).prop_map(|(path, value)| Edit::Set(path, value)),
            (path(), any_text()).prop_map(|(path, name)| Edit::Rename(path, name)),
            (path(), 0..5_usize, 0..3_usize, any_text())
                .prop_map(|(path, start, length, with)| Edit::Replace(path, start..start + length, with)),
            path().prop_map(Edit::Remove),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn what_is_kept_within_a_value_is_kept_by_the_text(
            edit in any_edit(),
            (start, length) in (0..10_usize, 0..10_usize),
            is_whole in any::<bool>(),
            insert in any_text(),
        ) {
            let toml = Toml::parse(DOCUMENT);
            prop_assert!(toml.is_valid());
            let (node, _) = toml.find(edit.path());
            let is_rename = matches!(edit, Edit::Rename(..));
            let span = node.key.clone().filter(|_| is_rename).unwrap_or(node.span.clone());
            let part = span.start + start..span.start + start + length;
            let Range { start, end } = if is_whole { span } else { part };
            if DOCUMENT.get(start..end).is_some() {
                let splices = [Splice { start, end, insert }];
                let after = splice(DOCUMENT, &splices);
                let is_kept = keeps_promise_within(&toml, &edit, &splices[0]);
                prop_assert!(!is_kept || keeps_promise(&toml, &after, [&edit]), "{:?} {:?}", edit, after);
            }
        }
    }

    #[test]
    fn a_changed_value_is_all_that_is_read() {
        let toml = Toml::parse(DOCUMENT);
        let kept = |edit: Edit, from: &str, insert: &str| {
            let start = DOCUMENT.find(from).unwrap();
            let splice = Splice { start, end: start + from.len(), insert: insert.to_owned() };
            keeps_promise_within(&toml, &edit, &splice)
        };
        let set = || Edit::Set(path("h.j"), "x".into());
        assert!(kept(set(), "2026-01-02", "\"x\""));
        assert!(kept(Edit::Replace(path("c.d"), 4..7, "\"2\"".into()), "two", "\\\"2\\\""));
        assert!(kept(Edit::Rename(path("e.f"), "x".into()), "f", "x"));
        for more in ["'y'", "'x'\ny = 1", "'x' # why", "x", "['x']"] {
            assert!(!kept(set(), "2026-01-02", more), "{more}");
        }
        assert!(!kept(Edit::Set(path("a"), "x".into()), "2026-01-02", "'x'"));
        assert!(!kept(Edit::Rename(path("e.f"), "g".into()), "f", "g"));
        assert!(!kept(Edit::Rename(path("h"), "x".into()), "h", "x"));
    }
}
